//! What rows name: ids that were parted, reviews without their plan, episodes without their placement, and plans that
//! came with a child from elsewhere.

use std::collections::{HashMap, HashSet};

use super::frame::{Frame, Value};
use super::settling::Settling;
use crate::tables::Table;
use crate::time::Day;

/// Columns that name the row of another table that has an id of its own.
const REFERENCES: [(Table, &str, Table); 4] = [
    (Table::Assessments, "referral_id", Table::Referrals),
    (Table::Section47Enquiries, "referral_id", Table::Referrals),
    (Table::InitialConferences, "s47_enquiry_id", Table::Section47Enquiries),
    (Table::CpReviews, "cp_plan_id", Table::CpPlans),
];

pub(super) fn settle(settling: &mut Settling<'_>) {
    for (table, column, to) in REFERENCES {
        let Some(ids) = settling.frame(to).map(own_ids) else { continue };
        let Some(frame) = settling.frame_mut(table) else { continue };
        let (column, person_id) = (frame.column(column), frame.column("person_id"));
        let rows: Vec<usize> = frame.read().collect();
        for row in rows {
            let Some(id) = frame.id(column, row).filter(|id| !ids.contains(id)) else { continue };
            let parted = frame.id(person_id, row).map(|person| format!("{id}/{person}"));
            match parted.filter(|parted| ids.contains(parted.as_str())) {
                Some(parted) => frame.set(column, row, Value::text(&parted)),
                // A number of another system says no more than none; a row that cannot be without it stays as it is.
                None if frame.is_required(column) => {}
                None => frame.set(column, row, Value::NULL),
            }
        }
    }
    referrals_of_persons(settling);
    plans_of_reviews(settling);
    placements_of_episodes(settling);
}

fn own_ids(frame: &Frame) -> HashSet<Box<str>> {
    let Some(column) = frame.id_column() else { return HashSet::new() };
    frame.read().filter_map(|row| frame.id(column, row)).collect()
}

/// The columns of most stretches.
const DATES: [&str; 2] = ["start_date", "end_date"];

/// A stretch of time with the id of its row.
struct Stretch {
    id: Box<str>,
    start: Day,
    end: Option<Day>,
}

/// By the id in a column, the stretches of its rows.
fn stretches(frame: &Frame, by: &str, id: &str, [start, end]: [&str; 2]) -> HashMap<Box<str>, Vec<Stretch>> {
    let mut found: HashMap<Box<str>, Vec<Stretch>> = HashMap::new();
    let (by, id, [start, end]) =
        (frame.column(by), frame.column(id), [start, end].map(|name| frame.column(name)));
    for row in frame.read() {
        if let (Some(key), Some(id), Some(start)) =
            (frame.id(by, row), frame.id(id, row), frame.day(start, row))
        {
            let end = frame.day(end, row);
            found.entry(key).or_default().push(Stretch { id, start, end });
        }
    }
    found
}

/// The stretch that a test finds, of several the one that began last.
fn latest(of: Option<&Vec<Stretch>>, is_open: impl Fn(&Stretch) -> bool) -> Option<&Stretch> {
    of?.iter().filter(|stretch| is_open(stretch)).max_by(|a, b| (a.start, &a.id).cmp(&(b.start, &b.id)))
}

/// If no assessment or no enquiry names its referral, each is of the person's referral that was open.
fn referrals_of_persons(settling: &mut Settling<'_>) {
    let Some(referrals) = settling.frame(Table::Referrals) else { return };
    let referrals = stretches(referrals, "person_id", "referral_id", ["referral_date", "close_date"]);
    for table in [Table::Assessments, Table::Section47Enquiries] {
        let Some(frame) = settling.frame_mut(table) else { continue };
        let [referral_id, person_id, start_date] =
            ["referral_id", "person_id", "start_date"].map(|name| frame.column(name));
        if !frame.is_without(referral_id) {
            continue;
        }
        // Also of a part without rows: the parts of an authority have the same columns.
        frame.derive(referral_id);
        let rows: Vec<usize> = frame.read().collect();
        for row in rows {
            let (person, start) = (frame.id(person_id, row), frame.day(start_date, row));
            let Some((person, start)) = person.zip(start) else { continue };
            let is_open =
                |referral: &Stretch| referral.start <= start && referral.end.is_none_or(|end| start < end);
            if let Some(referral) = latest(referrals.get(&person), is_open) {
                frame.set(referral_id, row, Value::text(&referral.id));
            }
        }
    }
}

/// A review without a plan is of the person's plan that was open.
fn plans_of_reviews(settling: &mut Settling<'_>) {
    let Some(plans) = settling.frame(Table::CpPlans) else { return };
    let plans = stretches(plans, "person_id", "cp_plan_id", DATES);
    let Some(reviews) = settling.frame_mut(Table::CpReviews) else { return };
    let [cp_plan_id, person_id, date] = ["cp_plan_id", "person_id", "date"].map(|name| reviews.column(name));
    let rows: Vec<usize> = reviews.read().filter(|row| reviews.id(cp_plan_id, *row).is_none()).collect();
    for row in rows {
        let Some(person) = reviews.id(person_id, row) else { continue };
        let plans = plans.get(&person);
        let found = match reviews.day(date, row) {
            // One held on a plan's first day, or after its end, is out of the chain of the plan that began last.
            Some(held) => latest(plans, |plan| plan.start < held && plan.end.is_none_or(|end| held <= end))
                .or_else(|| latest(plans, |plan| plan.start <= held)),
            // One to come is of the plan that is open.
            None => latest(plans, |plan| plan.end.is_none()),
        };
        if let Some(plan) = found {
            reviews.set(cp_plan_id, row, Value::text(&plan.id));
        }
    }
}

/// An episode whose placement is not named, or not there, was lived in the placement of its period that was open.
fn placements_of_episodes(settling: &mut Settling<'_>) {
    let Some(frame) = settling.frame(Table::ClaPlacements) else { return };
    let ids = own_ids(frame);
    let of_period = stretches(frame, "cla_id", "placement_id", DATES);
    let of_person = stretches(frame, "person_id", "placement_id", DATES);
    let Some(episodes) = settling.frame_mut(Table::ClaEpisodes) else { return };
    let [placement_id, start_date] = ["placement_id", "start_date"].map(|name| episodes.column(name));
    let [cla_id, person_id] = ["cla_id", "person_id"].map(|name| episodes.column(name));
    let is_known = |id: Option<Box<str>>| id.is_some_and(|id| ids.contains(&id));
    let rows: Vec<usize> = episodes.read().filter(|row| !is_known(episodes.id(placement_id, *row))).collect();
    for row in rows {
        let Some(start) = episodes.day(start_date, row) else { continue };
        // Of a placement that is named and not there, the one before it ended on the day.
        let is_named = episodes.id(placement_id, row).is_some();
        let is_open = |stay: &Stretch| {
            let goes_on = |end: Day| start < end || (!is_named && start == end);
            stay.start <= start && stay.end.is_none_or(goes_on)
        };
        let in_period = episodes.id(cla_id, row).and_then(|cla| latest(of_period.get(&cla), is_open));
        let found = in_period.or_else(|| {
            let person = episodes.id(person_id, row)?;
            latest(of_person.get(&person), is_open)
        });
        let value = found.map_or(Value::NULL, |stay| Value::text(&stay.id));
        episodes.set(placement_id, row, value);
    }
}

/// A plan came with a child from elsewhere if its conference did.
pub(super) fn transfers_in(settling: &mut Settling<'_>) {
    let Some(conferences) = settling.frame(Table::InitialConferences) else { return };
    let [transfer_in, person_id, icpc_id] =
        ["transfer_in", "person_id", "icpc_id"].map(|name| conferences.column(name));
    let (of_plan, of_meeting) =
        (conferences.helper("icpc_cp_plan_id"), conferences.helper("icpc_icpc_meeting_id"));
    if !conferences.has(transfer_in) {
        return;
    }
    let flag = |row: usize| conferences.value(transfer_in, row).and_then(Value::flag);
    let is_any_yes = conferences.read().any(|row| flag(row) == Some(true));
    let mut by_plan: HashMap<Box<str>, bool> = HashMap::new();
    let mut by_id: HashMap<(Box<str>, Box<str>), bool> = HashMap::new();
    for row in conferences.read() {
        // A system that writes yes and nothing else means no where it writes nothing.
        let Some(is_transfer) = flag(row).or(is_any_yes.then_some(false)) else { continue };
        if let Some(plan) = conferences.id(of_plan, row) {
            by_plan.insert(plan, is_transfer);
        }
        let Some(person) = conferences.id(person_id, row) else { continue };
        for id in [icpc_id, of_meeting].into_iter().filter_map(|column| conferences.id(column, row)) {
            by_id.insert((id, person.clone()), is_transfer);
        }
    }
    let Some(plans) = settling.frame_mut(Table::CpPlans) else { return };
    let [transfer_in, person_id, cp_plan_id] =
        ["transfer_in", "person_id", "cp_plan_id"].map(|name| plans.column(name));
    let conference = plans.helper("cppl_icpc_id");
    if plans.has(transfer_in) {
        return;
    }
    // Also of a part without plans: the parts of an authority have the same columns.
    plans.derive(transfer_in);
    let rows: Vec<usize> = plans.read().collect();
    for row in rows {
        let by_conference = || {
            let id = plans.id(conference, row)?;
            by_id.get(&(id, plans.id(person_id, row)?)).copied()
        };
        let found = plans.id(cp_plan_id, row).and_then(|plan| by_plan.get(&plan).copied());
        if let Some(is_transfer) = found.or_else(by_conference) {
            plans.set(transfer_in, row, Value::yes_or_no(is_transfer));
        }
    }
}
