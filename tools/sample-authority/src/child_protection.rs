//! Child protection: strategy discussion, enquiry, conference, plan, visits and reviews.

use chrono::NaiveDate;
use csc_measures::tables::{
    CpPlan, CpReview, CpVisit, InitialConference, Section47Enquiry, StrategyDiscussion, Table,
};

use crate::council::Council;
use crate::course::Trend;
use crate::diary::{EXTRACT, HISTORY, any_day, day, known, plus, plus_months};
use crate::front_door::Case;
use crate::missing;
use crate::people::Child;
use crate::posts::Team;
use crate::quality::{Scope, rate};
use crate::seasons::is_holiday;
use crate::visits::{Rhythm, reviews, visits};

const HEALTH_INVOLVED: Trend = Trend::inspected(800, 700, 950);
const SCHOOL_INVOLVED: Trend = Trend::inspected(700, 610, 840);
const INVOLVED_NOT_RECORDED: u32 = 30;
/// When the schools are closed, fewer come to the telephone.
const SCHOOL_IN_THE_HOLIDAYS: u32 = 550;
const ON_NO_ROLL: u32 = 40;
const CONFERENCE_IN_TIME: Trend = Trend::inspected(790, 640, 880);
/// Of the conferences in time, in a thousand: those after so many working days. Most are held in the last of the days
/// that there are.
const HELD_AFTER: [(u32, (i64, i64)); 2] = [(200, (7, 10)), (220, (11, 12))];
const AT_LAST: (i64, i64) = (13, 15);
const LATE: (i64, i64) = (16, 32);
/// Enquiries whose record the conference does not name.
const NO_LINK: u64 = 60;
/// Conferences that somebody recorded twice on the day.
const RECORDED_TWICE: u64 = 90;
const REVIEW_IN_TIME: Trend = Trend::inspected(940, 870, 975);
const VISITS: Rhythm = Rhythm {
    first: (1, 9),
    usual: (8, 15),
    gap: (20, 40),
    gaps: Trend::inspected(130, 270, 60),
    seen: Trend::inspected(910, 880, 950),
    seen_alone: Trend::inspected(680, 560, 820),
};
/// The review that ends the plan: the first, the second and so on.
const ENDS_AT: [(u32, usize); 3] = [(250, 0), (450, 1), (210, 2)];
/// Children with a plan who had one years ago.
const EARLIER_PLAN: Trend = Trend::inspected(130, 160, 130);
/// Plans that nobody closed on the eighteenth birthday.
const LEFT_OPEN_AT_18: u64 = 5;
/// A plan that is entered a second time is so many days after the first, the day the system was changed.
const ENTERED_AFTER: i64 = 30;

/// How a plan came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    New,
    TransferIn,
    OtherAuthority,
}

/// Strategy discussion and enquiry; returns the enquiry's id.
pub(crate) fn enquire(
    council: &mut Council,
    child: &mut Child,
    case: &Case,
    on: NaiveDate,
) -> Option<String> {
    if !(HISTORY..=EXTRACT).contains(&on) || on >= child.childhood_ends() {
        return None;
    }
    discuss(council, child, on);
    let enquiry = council.id(Table::Section47Enquiries);
    council.add(&Section47Enquiry {
        s47_enquiry_id: enquiry.clone(),
        person_id: child.id.clone(),
        referral_id: case.referral.clone(),
        start_date: on,
    });
    Some(enquiry)
}

/// A strategy discussion.
pub(crate) fn discuss(council: &mut Council, child: &mut Child, on: NaiveDate) {
    if !(HISTORY..=EXTRACT).contains(&on) || on >= child.childhood_ends() {
        return;
    }
    let chance = &mut child.own;
    let health = chance.recorded(HEALTH_INVOLVED.at(on), INVOLVED_NOT_RECORDED);
    let holiday = if is_holiday(on) { SCHOOL_IN_THE_HOLIDAYS } else { 1000 };
    let school = chance.recorded(SCHOOL_INVOLVED.at(on) * holiday / 1000, INVOLVED_NOT_RECORDED);
    let is_on_no_roll = chance.happens(ON_NO_ROLL);
    let row = StrategyDiscussion {
        discussion_id: council.id(Table::StrategyDiscussions),
        person_id: child.id.clone(),
        date: on,
        health_involved: health,
        school_involved: school,
        school_not_applicable: Some(is_on_no_roll),
    };
    council.add(&row);
}

/// The initial conference of an enquiry; returns its day.
pub(crate) fn confer(
    council: &mut Council,
    child: &mut Child,
    enquiry: Option<String>,
    strategy: NaiveDate,
    origin: Origin,
) -> NaiveDate {
    let decision = council.diary.after(strategy, child.shared.between(2, 6));
    let (low, high) = if child.shared.happens(CONFERENCE_IN_TIME.at(strategy)) {
        child.shared.pick(&HELD_AFTER, AT_LAST)
    } else {
        LATE
    };
    let working_days = child.shared.between(low, high);
    let held = council.diary.after(strategy, working_days);
    if !(HISTORY..=EXTRACT).contains(&decision) || held >= child.childhood_ends() {
        return held;
    }
    // One that lies ahead may have a day already, or none.
    let date = Some(held).filter(|held| *held <= EXTRACT || child.shared.happens(500));
    let row = InitialConference {
        icpc_id: council.id(Table::InitialConferences),
        person_id: child.id.clone(),
        s47_enquiry_id: enquiry.filter(|_| !child.own.one_in(NO_LINK)),
        date,
        transfer_in: Some(origin == Origin::TransferIn),
        decision_date: Some(decision),
    };
    council.add(&row);
    if child.own.one_in(RECORDED_TWICE) {
        let again = InitialConference { icpc_id: council.id(Table::InitialConferences), ..row };
        council.add(&again);
    }
    held
}

/// The plan from the conference on, until a review ends it or `by` comes; returns its end.
pub(crate) fn plan(
    council: &mut Council,
    child: &mut Child,
    start: NaiveDate,
    by: NaiveDate,
    origin: Origin,
) -> NaiveDate {
    if start > EXTRACT || start >= child.childhood_ends() {
        return start;
    }
    if origin == Origin::New && !child.had_plan && child.shared.happens(EARLIER_PLAN.at(start)) {
        earlier_plan(council, child, start);
    }
    child.had_plan = true;
    let chain = reviews(
        &council.diary,
        &mut child.shared,
        start,
        plus_months(start, 30),
        REVIEW_IN_TIME,
        |before, held| plus_months(before, if held == 0 { 3 } else { 6 }),
    );
    let last = child.shared.pick(&ENDS_AT, 3);
    let ending = chain.iter().filter_map(|review| review.date).nth(last);
    let grown = child.childhood_ends();
    let end = ending.unwrap_or(plus_months(start, 31)).min(by).max(plus(start, 1));
    let is_left_open = grown < end && child.own.one_in(LEFT_OPEN_AT_18);
    let end = if is_left_open { end } else { end.min(grown) };

    let plan = council.id(Table::CpPlans);
    council.add(&CpPlan {
        cp_plan_id: plan.clone(),
        person_id: child.id.clone(),
        start_date: start,
        end_date: known(end).filter(|_| !is_left_open),
        other_authority: Some(origin == Origin::OtherAuthority),
        transfer_in: Some(origin == Origin::TransferIn),
    });
    if !child.own.happens(220) {
        rate(council, child, Scope::ChildProtection, start);
    }
    let stop = end.min(grown);
    if stop < HISTORY {
        return stop;
    }
    if origin != Origin::OtherAuthority && !is_left_open {
        spoil(council, child, &plan, start, stop);
    }
    for review in chain.iter().take_while(|review| review.date.is_none_or(|date| date <= stop)) {
        let row = CpReview {
            cp_review_id: council.id(Table::CpReviews),
            person_id: child.id.clone(),
            cp_plan_id: plan.clone(),
            date: review.date,
        };
        council.add(&row);
        if let Some(date) = review.date.filter(|date| *date < stop) {
            rate(council, child, Scope::ChildProtection, date);
        }
    }
    for visit in visits(&council.diary, child, &VISITS, start, stop) {
        let row = CpVisit {
            cp_visit_id: council.id(Table::CpVisits),
            person_id: child.id.clone(),
            date: visit.date,
            seen: visit.seen,
            seen_alone: visit.seen_alone,
        };
        council.add(&row);
    }
    missing::from_home(council, child, start, stop);
    council.allocate(Team::Safeguarding, child, start, stop);
    council.involve(Team::Reviewing, child, Some("Conference Chair"), start, stop);
    stop
}

/// What slips at the keyboard add to a plan that is over: a review after its end, and the plan once more.
fn spoil(council: &mut Council, child: &Child, plan: &str, start: NaiveDate, end: NaiveDate) {
    let after = council.diary.working(plus(end, 12));
    if end < HISTORY || after > EXTRACT {
        return;
    }
    if council.faults.adds_late_review() {
        let row = CpReview {
            cp_review_id: council.id(Table::CpReviews),
            person_id: child.id.clone(),
            cp_plan_id: plan.to_owned(),
            date: Some(after),
        };
        council.add(&row);
    }
    let again = plus(start, ENTERED_AFTER);
    if again < end && council.faults.enters_plan_again() {
        let row = CpPlan {
            cp_plan_id: council.id(Table::CpPlans),
            person_id: child.id.clone(),
            start_date: again,
            end_date: Some(end),
            other_authority: Some(false),
            transfer_in: Some(false),
        };
        council.add(&row);
    }
}

/// A plan of years ago, of which only the bare record is left.
fn earlier_plan(council: &mut Council, child: &mut Child, before: NaiveDate) {
    let earliest = child.born.max(day(2009, 6, 1));
    let latest = plus(before.min(HISTORY), -400);
    if earliest >= latest {
        return;
    }
    let start = council.diary.working(any_day(&mut child.own, earliest, latest));
    let row = CpPlan {
        cp_plan_id: council.id(Table::CpPlans),
        person_id: child.id.clone(),
        start_date: start,
        end_date: Some(council.diary.working(plus(start, child.own.between(95, 380)))),
        other_authority: Some(false),
        transfer_in: None,
    };
    council.add(&row);
}
