//! Leaving care: pathway plans, what young people do, and what they are owed.

use chrono::NaiveDate;
use csc_measures::tables::{Activity, CareLeaver, PathwayPlan, Table};

use crate::council::Council;
use crate::course::Trend;
use crate::diary::{EXTRACT, HISTORY, known, plus};
use crate::people::Child;
use crate::posts::Team;

/// Pathway plans in the three months that the law gives.
const PLAN_IN_TIME: Trend = Trend::inspected(760, 560, 920);
const PLAN_NEVER: Trend = Trend::inspected(60, 130, 15);
/// Plans on record only as a date with the young person's status.
const PLAN_AS_A_DATE: u32 = 150;
/// Young people whose activity is on record only with their status, undated.
const UNDATED_ACTIVITY: u64 = 12;
const NEET: Trend = Trend::drifting(270, 230);
const NEET_LEAVER: Trend = Trend::drifting(490, 460);
/// How often what they did before is what they do still.
const GOES_ON: u32 = 700;
/// How often half a year goes by without news.
const NO_NEWS: u32 = 60;
const NOT_KNOWN: u32 = 25;
const IN_NEITHER: [(u32, &str); 2] = [(560, "G5"), (240, "G4")];
const IN_EITHER: [(u32, &str); 5] = [(420, "F2"), (150, "F5"), (160, "P2"), (120, "F1"), (80, "F4")];
/// Days in care since fourteen that make a young person eligible.
const ELIGIBLE_AFTER: i64 = 91;

/// What a period of care from `start` to `end` means for a child who turns sixteen in it.
pub(crate) fn grow_up(council: &mut Council, child: &mut Child, start: NaiveDate, end: NaiveDate) {
    let sixteen = child.birthday(16);
    let eligible = sixteen.max(plus(start.max(child.birthday(14)), ELIGIBLE_AFTER));
    if end <= sixteen || sixteen > EXTRACT {
        return;
    }
    let grown = child.birthday(18);
    let until = child.birthday(21).min(child.lives_until());
    let is_undated = child.own.one_in(UNDATED_ACTIVITY);
    let activity = is_undated.then(|| neet_or_not(child, NEET.at(HISTORY)));
    let is_date_only = child.own.happens(PLAN_AS_A_DATE);
    let plan = pathway(child, eligible).filter(|plan| *plan < end.max(grown));
    if eligible < end {
        let date = plan.filter(|_| is_date_only);
        status(council, child, "eligible", Some(eligible), end, activity, date);
        if let Some(plan) = plan.filter(|plan| !is_date_only && *plan <= EXTRACT) {
            let row = PathwayPlan {
                pathway_plan_id: council.id(Table::PathwayPlans),
                person_id: child.id.clone(),
                start_date: plan,
                end_date: known(until).filter(|until| *until > plan),
            };
            council.add(&row);
        }
        if end < grown {
            status(council, child, "relevant", Some(end), grown.min(until), activity, date);
        }
        let name = child.own.pick(&[(500, "former relevant")], "Former relevant child");
        let since = Some(grown).filter(|_| end < HISTORY || !child.own.one_in(15));
        if grown < until && grown <= EXTRACT {
            status(council, child, name, since, until, activity, date);
        }
        let from = end.max(HISTORY);
        council.involve(Team::CareLeavers, child, Some("Personal Adviser"), from, until);
        if end >= grown {
            council.involve(Team::CareLeavers, child, Some("Allocated Case Worker"), from, until);
        }
    } else if child.own.happens(600) {
        status(council, child, "qualifying", Some(end), until, activity, None);
    }
    if !is_undated {
        activities(council, child, sixteen.max(start), until, grown);
    }
}

/// The day of the first pathway plan, if there ever is one.
fn pathway(child: &mut Child, eligible: NaiveDate) -> Option<NaiveDate> {
    let is_in_time = child.own.happens(PLAN_IN_TIME.at(eligible));
    let days = if is_in_time { child.own.between(5, 75) } else { child.own.between(95, 240) };
    (!child.own.happens(PLAN_NEVER.at(eligible))).then(|| plus(eligible, days))
}

fn status(
    council: &mut Council,
    child: &Child,
    eligibility: &str,
    start: Option<NaiveDate>,
    end: NaiveDate,
    activity: Option<&str>,
    plan: Option<NaiveDate>,
) {
    if start.is_some_and(|start| start > EXTRACT || end <= start) {
        return;
    }
    let row = CareLeaver {
        care_leaver_id: council.id(Table::CareLeavers),
        person_id: child.id.clone(),
        eligibility: Some(eligibility.to_owned()),
        activity: activity.map(str::to_owned),
        pathway_plan_date: plan.filter(|plan| *plan <= EXTRACT),
        start_date: start,
        end_date: known(end),
    };
    council.add(&row);
}

/// What a young person does, every few months.
fn activities(council: &mut Council, child: &mut Child, from: NaiveDate, until: NaiveDate, grown: NaiveDate) {
    let mut date = council.diary.working(plus(from.max(plus(HISTORY, -120)), child.own.between(0, 60)));
    let mut before = None;
    while date < until && date <= EXTRACT {
        let neet = if date < grown { NEET } else { NEET_LEAVER }.at(date);
        let goes_on = before.filter(|_| child.own.happens(GOES_ON));
        let activity = goes_on.unwrap_or_else(|| neet_or_not(child, neet));
        before = Some(activity);
        let recorded = if child.own.happens(NOT_KNOWN) { "U" } else { activity };
        let row = Activity {
            activity_id: council.id(Table::Activities),
            person_id: child.id.clone(),
            date,
            activity: recorded.to_owned(),
        };
        council.add(&row);
        let is_gap = child.own.happens(NO_NEWS);
        let days = if is_gap { child.own.between(190, 300) } else { child.own.between(60, 150) };
        date = council.diary.working(plus(date, days));
    }
}

fn neet_or_not(child: &mut Child, neet: u32) -> &'static str {
    if child.own.happens(neet) { child.own.pick(&IN_NEITHER, "G6") } else { child.own.pick(&IN_EITHER, "P1") }
}
