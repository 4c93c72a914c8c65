//! Quality: ratings, audits, complaints and compliments, feedback and policies.

use chrono::NaiveDate;
use csc_measures::tables::{Audit, Complaint, Compliment, FeedbackReport, PolicyDocument, RagRating, Table};

use crate::chance::{Chance, Stream};
use crate::council::Council;
use crate::course::{INSPECTION, Trend};
use crate::diary::{EXTRACT, HISTORY, any_day, day, known, plus, plus_months};
use crate::people::Child;
use crate::seasons::is_holiday;

const RED: Trend = Trend::inspected(110, 175, 65);
const AMBER: Trend = Trend::inspected(400, 440, 360);
/// For every ten thousand children and month.
const AUDITS: (u64, u64) = (9, 24);
const COMPLAINTS: u64 = 4;
const COMPLIMENTS: u64 = 6;
/// When the schools are closed there is less of everything, in a hundred.
const IN_AUGUST: u64 = 55;
const AUDIT_NOT_COMPLETED: u32 = 50;
const INADEQUATE: Trend = Trend::inspected(210, 330, 90);
const JUDGEMENTS: [(u32, &str); 3] = [(450, "requires_improvement"), (380, "good"), (60, "outstanding")];
const UNGRADED: u32 = 40;
const BY_CHILD: Trend = Trend::inspected(120, 100, 220);
const TO_STAGE_TWO: Trend = Trend::inspected(90, 130, 60);
/// Policies whose review is put off.
const PUT_OFF: Trend = Trend::inspected(350, 520, 60);
const POLICIES: [&str; 36] = [
    "Adoption",
    "Advocacy",
    "Allegations against staff",
    "Allocation of cases",
    "Assessment",
    "Care planning",
    "Case recording",
    "Child protection conferences",
    "Child sexual exploitation",
    "Children with disabilities",
    "Complaints",
    "Connected carers",
    "Court work",
    "Domestic abuse",
    "Early help",
    "Education of looked after children",
    "Family group conferences",
    "Female genital mutilation",
    "Fostering",
    "Health of looked after children",
    "Independent reviewing",
    "Leaving care",
    "Levels of need",
    "Missing children",
    "Neglect",
    "Pathway planning",
    "Placements",
    "Pre-birth assessment",
    "Private fostering",
    "Safer recruitment",
    "Short breaks",
    "Special guardianship",
    "Strategy discussions",
    "Supervision",
    "Unaccompanied children",
    "Visits to children",
];

/// What a rating is of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Scope {
    ChildProtection,
    CareChild,
    CarePlan,
}

/// Rates a child or a plan, most of the time; there were no ratings before the history begins.
pub(crate) fn rate(council: &mut Council, child: &mut Child, scope: Scope, date: NaiveDate) {
    if !(HISTORY..=EXTRACT).contains(&date) || child.own.one_in(25) {
        return;
    }
    let red = RED.at(date);
    let rating = child.own.pick(&[(red, "red"), (AMBER.at(date), "amber")], "green");
    let row = RagRating {
        rag_rating_id: council.id(Table::RagRatings),
        person_id: child.id.clone(),
        scope: match scope {
            Scope::ChildProtection => "cp_child",
            Scope::CareChild => "cla_child",
            Scope::CarePlan => "cla_care_plan",
        }
        .to_owned(),
        date,
        rating: rating.to_owned(),
    };
    council.add(&row);
}

/// Everything of the service that is nobody's journey.
pub(crate) fn oversee(council: &mut Council, children: u64, seed: u64) {
    let chance = &mut Chance::new(seed, Stream::Quality);
    let mut month = HISTORY;
    let mut number = 0;
    while month <= EXTRACT {
        let last = plus(plus_months(month, 1), -1);
        let season = if is_holiday(plus(month, 9)) { IN_AUGUST } else { 100 };
        let audits = if month < INSPECTION { AUDITS.0 } else { AUDITS.1 };
        for _ in 0..chance.about(children * audits * season / 1000).max(1) {
            audit(council, chance, month, last);
        }
        for _ in 0..chance.about(children * COMPLAINTS * season / 1000) {
            complain(council, chance, month, last);
        }
        for _ in 0..chance.about(children * COMPLIMENTS / 10) {
            let row = Compliment {
                compliment_id: council.id(Table::Compliments),
                received_date: any_day(chance, month, last),
            };
            council.add(&row);
        }
        number += 1;
        if number % 3 == 0 || chance.happens(150) {
            report(council, chance, month, last);
        }
        month = plus_months(month, 1);
    }
    for title in POLICIES {
        policy(council, chance, title);
    }
}

fn audit(council: &mut Council, chance: &mut Chance, first: NaiveDate, last: NaiveDate) {
    let completed = council.diary.working_back(any_day(chance, first, last)).max(first);
    let judgement = if chance.happens(INADEQUATE.at(completed)) {
        "inadequate"
    } else {
        chance.pick(&JUDGEMENTS, "adequate")
    };
    let row = Audit {
        audit_id: council.id(Table::Audits),
        person_id: case_to_audit(council, chance, completed),
        completed_date: Some(completed).filter(|_| !chance.happens(AUDIT_NOT_COMPLETED)),
        judgement: Some(judgement.to_owned()).filter(|_| !chance.happens(UNGRADED)),
    };
    council.add(&row);
}

/// A child who came on record not long before; nobody, if none is found soon.
fn case_to_audit(council: &Council, chance: &mut Chance, on: NaiveDate) -> Option<String> {
    let count = u64::try_from(council.children.len()).unwrap_or_default();
    (0..60).find_map(|_| {
        let place = usize::try_from(chance.below(count)).ok()?;
        let (child, since) = council.children.get(place)?;
        let is_known = *since >= HISTORY && (plus(*since, 14)..plus(*since, 400)).contains(&on);
        is_known.then(|| child.clone())
    })
}

fn complain(council: &mut Council, chance: &mut Chance, first: NaiveDate, last: NaiveDate) {
    let received = any_day(chance, first, last);
    let stage = chance.pick(&[(650, Some(1)), (60, Some(2))], None);
    let escalated = chance.happens(TO_STAGE_TWO.at(received)) && stage != Some(2);
    let stage_two = escalated.then(|| council.diary.working(plus(received, chance.between(25, 90))));
    let row = Complaint {
        complaint_id: council.id(Table::Complaints),
        received_date: received,
        stage,
        stage_two_date: stage_two.and_then(known),
        made_by_child: chance.recorded(BY_CHILD.at(received), 50),
        statutory: chance.pick(&[(800, Some(true)), (80, Some(false))], None),
    };
    council.add(&row);
}

fn report(council: &mut Council, chance: &mut Chance, first: NaiveDate, last: NaiveDate) {
    const TITLES: [(u32, (&str, &str)); 3] = [
        (
            300,
            ("What children told us about their reviews", "Children now choose who comes to their review."),
        ),
        (
            300,
            (
                "Feedback from parents on assessments",
                "Parents get a copy of the assessment before it is signed.",
            ),
        ),
        (200, ("Care leavers' forum", "The forum asked for one named adviser, and has one.")),
    ];
    let (title, text) = chance
        .pick(&TITLES, ("Compliments and complaints of the quarter", "Calls are returned the same day."));
    let row = FeedbackReport {
        feedback_report_id: council.id(Table::FeedbackReports),
        date: any_day(chance, first, last),
        title: Some(title.to_owned()),
        text: Some(text.to_owned()),
    };
    council.add(&row);
}

/// A policy, one edition after another: each review makes a new one, until the last. Before the inspection
/// reviews were put off; since, nearly none is.
fn policy(council: &mut Council, chance: &mut Chance, title: &str) {
    let mut from = any_day(chance, day(2010, 6, 1), day(2013, 12, 31));
    let retires = chance.one_in(14).then(|| plus(day(2018, 1, 1), chance.between(0, 600)));
    let mut is_first = true;
    while from <= EXTRACT && retires.is_none_or(|retired| from < retired) {
        let due = plus_months(from, 36);
        let is_put_off = chance.happens(PUT_OFF.at(due));
        let days = if is_put_off { chance.between(60, 420) } else { chance.between(-200, -5) };
        let next = council.diary.working(plus(due, days));
        let end = retires.filter(|retired| *retired <= next).unwrap_or(next);
        if end >= HISTORY {
            let row = PolicyDocument {
                policy_id: council.id(Table::Policies),
                title: Some(title.to_owned()),
                in_force_from: Some(from).filter(|_| !is_first || !chance.one_in(9)),
                retired_on: known(end),
                last_reviewed: Some(from).filter(|_| !chance.one_in(11)),
            };
            council.add(&row);
        }
        is_first = false;
        from = next;
    }
}
