//! Children in care: the period of care with its episodes, legal statuses, visits, reviews, plans and its end.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use csc_measures::tables::{
    CarePlan, ClaEpisode, ClaPlacement, ClaReview, ClaVisit, LegalStatus, Permanence, Table,
};

use crate::chance::Chance;
use crate::council::Council;
use crate::course::Trend;
use crate::courts::{Orders, proceed};
use crate::diary::{EXTRACT, HISTORY, NEVER, day, days_between, known, plus, plus_months};
use crate::people::{Child, Family};
use crate::placements::{Frame, Stay, stays, write as write_stays};
use crate::posts::Team;
use crate::quality::{Scope, rate};
use crate::visits::{Review, Rhythm, reviews, visits};
use crate::{health, leaving_care, missing, schools};

const REVIEW_IN_TIME: Trend = Trend::inspected(920, 850, 965);
const REVIEW_CANCELLED: u32 = 45;
const VISITS: Rhythm = Rhythm {
    first: (1, 6),
    usual: (17, 29),
    gap: (31, 60),
    gaps: Trend::inspected(90, 180, 35),
    seen: Trend::inspected(950, 930, 975),
    seen_alone: Trend::inspected(620, 540, 760),
};
const SELDOM_VISITS: Rhythm = Rhythm { first: (10, 40), usual: (38, 58), gap: (61, 85), ..VISITS };
/// How a child is visited, if somebody recorded it: a few are rung up.
const MODES: [(u32, Option<&str>); 2] = [(945, Some("in_person")), (20, Some("remote"))];
/// Care plans within ten working days, within 28 days, at all.
const PLAN_IN_TEN_DAYS: Trend = Trend::inspected(640, 480, 840);
const ELSE_IN_28_DAYS: Trend = Trend::inspected(550, 400, 760);
const PLAN_NEVER: Trend = Trend::inspected(40, 95, 8);
/// Periods of care that the court takes up, by whether the child is young, and whether care is to be short.
const PROCEEDINGS_YOUNG: u32 = 950;
const PROCEEDINGS_TEENAGER: u32 = 740;
const PROCEEDINGS_SHORT: u32 = 520;
/// Periods that begin as a series of short breaks.
const BEGINS_AS_RESPITE: u32 = 15;
/// Before this day a child who waits to be adopted is of the legacy cohort.
const LEGACY_BEFORE: NaiveDate = day(2013, 9, 1);
const EXCEPTIONAL: u32 = 90;
const ADOPTED_BY_CARER: u32 = 200;
const DISRUPTED: u32 = 60;

/// Where the way out of care leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Home,
    Adopted,
    Guardianship,
    Elsewhere,
    Grown,
}

/// What becomes of a period of care.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Future {
    way: Way,
    pub(crate) days: i64,
    /// From the start to the adopters.
    placed: i64,
}

/// What becomes of a child of that age who comes into care.
pub(crate) fn foresee(chance: &mut Chance, age_days: i64) -> Future {
    let years = age_days / 365;
    let way = match years {
        ..=4 => chance.pick(&[(270, Way::Adopted), (240, Way::Guardianship), (340, Way::Home)], Way::Grown),
        5..=11 => chance.pick(
            &[(25, Way::Adopted), (150, Way::Guardianship), (470, Way::Home), (20, Way::Elsewhere)],
            Way::Grown,
        ),
        _ => chance.pick(&[(25, Way::Guardianship), (460, Way::Home), (40, Way::Elsewhere)], Way::Grown),
    };
    let placed = if chance.happens(130) { chance.between(800, 1500) } else { chance.between(330, 680) };
    let days = match way {
        Way::Home if chance.happens(260) => chance.between(4, 27),
        Way::Home | Way::Elsewhere => chance.between(35, 500),
        Way::Guardianship => chance.between(180, 560),
        Way::Adopted => placed + chance.between(110, 330),
        Way::Grown => until_grown(age_days).days,
    };
    Future { way, days, placed }
}

/// Care until the child is grown.
pub(crate) fn until_grown(age_days: i64) -> Future {
    Future { way: Way::Grown, days: 18 * 365 + 5 - age_days, placed: 0 }
}

/// How the child came into care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    Family,
    Unaccompanied,
}

/// A period of care from its first day; returns its end.
pub(crate) fn look_after(
    council: &mut Council,
    child: &mut Child,
    family: &mut Family,
    start: NaiveDate,
    mut future: Future,
    entry: Entry,
) -> NaiveDate {
    let grown = child.childhood_ends();
    if start > EXTRACT || start >= grown {
        return start;
    }
    if start >= HISTORY {
        // Less waiting than in the years before.
        future.placed = future.placed * 17 / 20;
        if future.way == Way::Adopted {
            future.days = future.days * 17 / 20;
        }
    }
    let end = council.diary.working(plus(start, future.days)).min(grown);
    if end < HISTORY {
        return end;
    }
    let care = council.care_period();
    let mut frame = frame(child, &care, start, end, future, entry);
    frame.is_together = family.is_together && entry == Entry::Family;
    let (laws, anchor) = laws(council, child, family, &frame, future.way);
    frame.order = laws.iter().map(|(from, _)| *from).next_back();
    let stays = stays(council, child, &frame, &mut family.homes);
    write_stays(council, child, &frame, &stays);
    let reason = end_reason(child, end, future.way);
    write_laws(council, child, &laws, end);
    write_episodes(council, child, &frame, &laws, &stays, reason);
    permanence(council, child, &frame, future.way);
    oversee(council, child, &frame, anchor, &stays);
    leaving_care::grow_up(council, child, start, end);
    missing::from_care(council, child, anchor, end);
    health::watch_over(council, child, anchor, frame.adopters.map_or(end, |(placed, _)| placed.min(end)));
    schools::enrol(council, child, anchor, end);
    end
}

fn frame<'a>(
    child: &mut Child,
    care: &'a str,
    start: NaiveDate,
    end: NaiveDate,
    future: Future,
    entry: Entry,
) -> Frame<'a> {
    let placed = plus(start, future.placed);
    let is_adopted = future.way == Way::Adopted && placed < end;
    let may_disrupt = future.way == Way::Grown && child.years(start) < 8 && child.own.happens(DISRUPTED * 4);
    let disrupted = may_disrupt.then(|| {
        let from = plus(start, child.own.between(300, 500));
        (from, plus(from, child.own.between(40, 140)))
    });
    Frame {
        care,
        start,
        end,
        adopters: is_adopted.then(|| (placed, child.own.happens(ADOPTED_BY_CARER))),
        disrupted: disrupted.filter(|(_, to)| *to < end),
        order: None,
        is_together: false,
        is_for_good: future.way == Way::Grown,
        is_unaccompanied: entry == Entry::Unaccompanied,
    }
}

/// A legal status and the day it begins.
type Law = (NaiveDate, &'static str);

/// The legal statuses, and the day from which the child is looked after for good.
fn laws(
    council: &mut Council,
    child: &mut Child,
    family: &mut Family,
    frame: &Frame<'_>,
    way: Way,
) -> (Vec<Law>, NaiveDate) {
    let Frame { start, end, .. } = *frame;
    let needs_court = matches!(way, Way::Adopted | Way::Guardianship);
    let proceedings = match way {
        Way::Home | Way::Elsewhere => PROCEEDINGS_SHORT,
        _ if child.years(start) < 12 => PROCEEDINGS_YOUNG,
        _ => PROCEEDINGS_TEENAGER,
    };
    let is_in_court = !frame.is_unaccompanied
        && (child.shared.happens(proceedings) && days_between(start, end) > 60 || needs_court);
    if !is_in_court {
        let respite =
            !frame.is_unaccompanied && days_between(start, end) > 90 && child.own.happens(BEGINS_AS_RESPITE);
        if respite {
            let anchor = plus(start, child.own.between(20, 60));
            return (vec![(start, "V4"), (anchor, "V2")], anchor);
        }
        return (vec![(start, "V2")], start);
    }
    let orders = Orders {
        in_care: if way == Way::Adopted { "placement_order" } else { "care_order" },
        at_the_end: match way {
            Way::Adopted => "placement_order",
            Way::Guardianship => "special_guardianship_order",
            Way::Home | Way::Elsewhere => "supervision_order",
            Way::Grown => "care_order",
        },
    };
    let concluded = proceed(council, child, family, (start, end), orders);
    let mut laws = vec![(start, "C1")];
    if child.shared.happens(120) {
        // Police protection comes first.
        laws = vec![(start, "L1"), (plus(start, 3), "C1")];
    }
    laws.push((concluded, if way == Way::Adopted { "E1" } else { "C2" }));
    laws.retain(|(from, _)| *from < end);
    (laws, start)
}

fn write_laws(council: &mut Council, child: &Child, laws: &[Law], end: NaiveDate) {
    let ends = laws.iter().skip(1).map(|(from, _)| *from).chain([end]);
    for ((from, law), to) in laws.iter().zip(ends) {
        if *from <= EXTRACT {
            let row = LegalStatus {
                legal_status_id: council.id(Table::LegalStatuses),
                person_id: child.id.clone(),
                legal_status: (*law).to_owned(),
                start_date: *from,
                end_date: known(to),
            };
            council.add(&row);
        }
    }
}

fn end_reason(child: &mut Child, end: NaiveDate, way: Way) -> &'static str {
    if child.has_died(end) {
        return "E2";
    }
    if end >= child.birthday(18) {
        return child.own.pick(&[(300, "E5")], "E6");
    }
    match way {
        Way::Home => child.own.pick(&[(860, "E4A")], "E4B"),
        Way::Adopted => child.own.pick(&[(930, "E11")], "E12"),
        Way::Guardianship => child.own.pick(&[(300, "E43")], "E44"),
        Way::Elsewhere | Way::Grown => "E3",
    }
}

/// An episode for each change of law or of placement.
fn write_episodes(
    council: &mut Council,
    child: &Child,
    frame: &Frame<'_>,
    laws: &[Law],
    stays: &[Stay],
    end_reason: &str,
) {
    let moves = stays.iter().filter(|stay| stay.start < stay.end).map(|stay| stay.start);
    let days: BTreeSet<NaiveDate> = laws.iter().map(|(from, _)| *from).chain(moves).collect();
    let days: Vec<NaiveDate> = days.into_iter().filter(|day| *day <= EXTRACT).collect();
    let ends = days.iter().skip(1).copied().map(Some).chain([None]);
    for (from, next) in days.iter().zip(ends) {
        let stay = stays.iter().rfind(|stay| stay.start <= *from && *from < stay.end);
        let has_moved = stay.is_some_and(|stay| stay.start == *from);
        let is_new_law = laws.iter().any(|(day, _)| day == from);
        let same_carer = stay.is_some_and(|stay| stay.reason == "T");
        let start_reason = match (has_moved, is_new_law) {
            _ if *from == frame.start => "S",
            (true, true) if same_carer => "U",
            (true, true) => "B",
            (true, false) => stay.map_or("P", |stay| stay.reason),
            (false, _) => "L",
        };
        let end = known(next.unwrap_or(frame.end));
        let reason = if next.is_some() { "X1" } else { end_reason };
        let row = ClaEpisode {
            cla_episode_id: council.id(Table::ClaEpisodes),
            person_id: child.id.clone(),
            cla_id: frame.care.to_owned(),
            placement_id: stay.map(|stay| stay.id.clone()),
            start_date: *from,
            start_reason: Some(start_reason.to_owned()),
            end_date: end,
            end_reason: end.map(|_| reason.to_owned()),
        };
        council.add(&row);
    }
}

/// The way to a permanent family: placed for adoption, the order, or the decision taken back.
fn permanence(council: &mut Council, child: &mut Child, frame: &Frame<'_>, way: Way) {
    let order = known(frame.end).filter(|end| *end < child.birthday(18) && !child.has_died(*end));
    let chance = &mut child.own;
    let mut row = Permanence {
        permanence_id: String::new(),
        person_id: child.id.clone(),
        cla_id: Some(frame.care.to_owned()).filter(|_| !chance.one_in(12)),
        placed_for_adoption_date: None,
        order_date: None,
        order_type: None,
        adopted_by_carer: None,
        placed_foster_carer_date: None,
        decision_reversed_date: None,
        legacy_cohort: None,
        exceptional_cohort: None,
    };
    if let Some((placed, is_by_carer)) = frame.adopters.filter(|(placed, _)| *placed <= EXTRACT) {
        // Now and then nobody recorded the day, or somebody wrote one before the start of care.
        let slip = chance.below(1000);
        row.placed_for_adoption_date = match slip {
            0..45 => None,
            45..65 => Some(plus(frame.start, -20)),
            _ => Some(placed),
        };
        row.order_date = order;
        row.order_type = order.map(|_| "Adoption order".to_owned());
        row.adopted_by_carer = Some(is_by_carer);
        row.placed_foster_carer_date =
            Some(plus(frame.start, 30)).filter(|early| is_by_carer && *early < placed);
        row.legacy_cohort = Some(frame.start < LEGACY_BEFORE);
        row.exceptional_cohort = Some(chance.happens(EXCEPTIONAL));
    } else if let Some((placed, reversed)) = frame.disrupted.filter(|(placed, _)| *placed <= EXTRACT) {
        row.placed_for_adoption_date = Some(placed);
        row.decision_reversed_date = known(reversed);
    } else if way == Way::Guardianship && order.is_some() {
        row.order_date = order;
        row.order_type = Some("Special guardianship order".to_owned());
    } else {
        return;
    }
    row.permanence_id = council.id(Table::Permanence);
    council.add(&row);
}

/// Visits, reviews, care plans and ratings from the day the child is looked after for good.
fn oversee(council: &mut Council, child: &mut Child, frame: &Frame<'_>, anchor: NaiveDate, stays: &[Stay]) {
    let end = frame.end;
    let adopters = frame.adopters.map_or(NEVER, |(placed, _)| placed);
    let diary = &council.diary;
    let chain = reviews(
        diary,
        &mut child.shared,
        anchor,
        end.min(adopters),
        REVIEW_IN_TIME,
        |before, held| match held {
            0 => diary.after(before, 20),
            1 => plus_months(before, 3),
            _ => plus_months(before, 6),
        },
    );
    write_reviews(council, child, frame.care, &chain);
    care_plans(council, child, frame, anchor, &chain);

    for stay in stays {
        // Who is to stay until grown is seen less often from the second year on.
        let settled = if stay.is_long_term { plus(stay.start, 366) } else { NEVER }.min(stay.end);
        write_visits(council, child, &VISITS, anchor.max(stay.start), settled);
        write_visits(council, child, &SELDOM_VISITS, anchor.max(settled), stay.end);
    }
    council.allocate(Team::ThroughCare, child, anchor, end);
    council.involve(Team::Reviewing, child, Some("Independent Reviewing Officer"), anchor, end);
}

fn write_visits(council: &mut Council, child: &mut Child, rhythm: &Rhythm, from: NaiveDate, to: NaiveDate) {
    for visit in visits(&council.diary, child, rhythm, from, to) {
        let mode = child.person.pick(&MODES, None);
        let row = ClaVisit {
            cla_visit_id: council.id(Table::ClaVisits),
            person_id: child.id.clone(),
            date: visit.date,
            seen: visit.seen,
            seen_alone: visit.seen_alone,
            mode: mode.map(str::to_owned),
        };
        council.add(&row);
    }
}

fn write_reviews(council: &mut Council, child: &mut Child, care: &str, chain: &[Review]) {
    for review in chain {
        if child.own.happens(REVIEW_CANCELLED) {
            let row = ClaReview {
                cla_review_id: council.id(Table::ClaReviews),
                cla_id: care.to_owned(),
                date: review.date.map(|date| plus(date, -2)),
                cancelled: Some(true),
            };
            council.add(&row);
        }
        let row = ClaReview {
            cla_review_id: council.id(Table::ClaReviews),
            cla_id: care.to_owned(),
            date: review.date,
            cancelled: Some(false).filter(|_| !child.own.one_in(20)),
        };
        council.add(&row);
        if let Some(date) = review.date {
            rate(council, child, Scope::CareChild, date);
            rate(council, child, Scope::CarePlan, date);
        }
    }
}

/// The first care plan, and a new one with every second review.
fn care_plans(
    council: &mut Council,
    child: &mut Child,
    frame: &Frame<'_>,
    anchor: NaiveDate,
    chain: &[Review],
) {
    // One worker writes the plans of brothers and sisters.
    let chance = &mut child.shared;
    if chance.happens(PLAN_NEVER.at(anchor)) {
        return;
    }
    let first = if chance.happens(PLAN_IN_TEN_DAYS.at(anchor)) {
        council.diary.after(anchor, chance.between(0, 10))
    } else if chance.happens(ELSE_IN_28_DAYS.at(anchor)) {
        plus(anchor, chance.between(15, 27))
    } else {
        plus(anchor, chance.between(28, 80))
    };
    let renewed = chain.iter().skip(2).step_by(2).filter_map(|review| review.date);
    let starts: Vec<NaiveDate> = [first]
        .into_iter()
        .chain(renewed.filter(|date| *date > first))
        .filter(|date| *date < frame.end)
        .collect();
    let ends = starts.iter().skip(1).copied().chain([frame.end]);
    for (start, end) in starts.iter().zip(ends) {
        if *start <= EXTRACT {
            let row = CarePlan {
                care_plan_id: council.id(Table::CarePlans),
                person_id: child.id.clone(),
                start_date: *start,
                end_date: known(end),
            };
            council.add(&row);
        }
    }
}

/// Short breaks of a disabled child: no care that a measure counts.
pub(crate) fn short_breaks(council: &mut Council, child: &mut Child, start: NaiveDate) {
    let start = council.diary.working(start);
    let until = plus(start, child.own.between(200, 900)).min(child.childhood_ends());
    let law = child.own.pick(&[(850, "V4")], "V3");
    let home = council.carer();
    let mut at = start;
    while at < until && at <= EXTRACT {
        let end = plus(at, child.own.between(1, 4)).min(until);
        let next = plus(end, child.own.between(20, 60));
        if end < HISTORY {
            at = next;
            continue;
        }
        let care = council.care_period();
        let placement = council.id(Table::ClaPlacements);
        council.add(&ClaPlacement {
            placement_id: placement.clone(),
            person_id: child.id.clone(),
            cla_id: care.clone(),
            start_date: at,
            end_date: known(end),
            placement_type: Some("U6".to_owned()),
            distance_miles: None,
            outside_authority: Some(false),
            carer_id: Some(home.clone()),
            long_term: Some(false),
            visits_agreed_date: None,
            temporary_approval: None,
            before_assessment: None,
            lives_with_parent: None,
            arranged_by_other: None,
        });
        write_laws(council, child, &[(at, law)], end);
        let row = ClaEpisode {
            cla_episode_id: council.id(Table::ClaEpisodes),
            person_id: child.id.clone(),
            cla_id: care,
            placement_id: Some(placement),
            start_date: at,
            start_reason: Some("S".to_owned()),
            end_date: known(end),
            end_reason: known(end).map(|_| "E4B".to_owned()),
        };
        council.add(&row);
        at = next;
    }
}
