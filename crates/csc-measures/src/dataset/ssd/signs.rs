//! Signs that a table does not hold what is asked of it, though it is there.

use std::collections::{BTreeMap, HashMap};

use super::frame::Frame;
use super::settling::Settling;
use crate::dataset::supplied::Signs;
use crate::tables::Table;
use crate::time::Day;

/// So many days after a plan began it has had a visit, and so many plans are enough to tell.
const DAYS: i32 = 60;
const PLANS: usize = 5;

/// By table what its rows say of it.
pub(super) fn read(settling: &Settling<'_>, extract: Option<Day>) -> BTreeMap<Table, Signs> {
    let visits = settling.frame(Table::CinVisits).zip(settling.frame(Table::CinPlans)).zip(extract);
    let visits =
        visits.map(|((visits, plans), extract)| (Table::CinVisits, of_visits(visits, plans, extract)));
    let statuses = settling.frame(Table::LegalStatuses);
    let statuses = statuses.map(|statuses| (Table::LegalStatuses, of_statuses(statuses)));
    visits.into_iter().chain(statuses).collect()
}

/// A system that keeps the visits of closed plans alone has none inside any open plan.
fn of_visits(visits: &Frame, plans: &Frame, extract: Day) -> Signs {
    let mut of_person: HashMap<Box<str>, Vec<(Day, Option<Day>)>> = HashMap::new();
    let mut long_open = 0;
    let [person_id, start_date, end_date] =
        ["person_id", "start_date", "end_date"].map(|name| plans.column(name));
    for row in plans.read() {
        let (person, start) = (plans.id(person_id, row), plans.day(start_date, row));
        let Some((person, start)) = person.zip(start) else { continue };
        let end = plans.day(end_date, row);
        long_open += usize::from(end.is_none() && start.plus(DAYS) <= extract);
        of_person.entry(person).or_default().push((start, end));
    }
    let mut signs = Signs::default();
    let [person_id, date] = ["person_id", "date"].map(|name| visits.column(name));
    for row in visits.read() {
        let (person, date) = (visits.id(person_id, row), visits.day(date, row));
        let Some((person, date)) = person.zip(date) else { continue };
        let Some(plans) = of_person.get(&person) else { continue };
        signs.holds += u64::from(plans.iter().any(|(start, end)| *start <= date && end.is_none()));
        signs.lacks +=
            u64::from(plans.iter().any(|(start, end)| *start <= date && end.is_some_and(|end| date < end)));
    }
    if long_open < PLANS {
        signs.lacks = 0;
    }
    signs
}

/// A system that writes one row for a person and a status, from the first day to the last of all spells, has nobody
/// with the same status twice, though many have several statuses.
fn of_statuses(statuses: &Frame) -> Signs {
    let mut of_person: HashMap<Box<str>, BTreeMap<Box<str>, u64>> = HashMap::new();
    let [person_id, legal_status] = ["person_id", "legal_status"].map(|name| statuses.column(name));
    for row in statuses.read() {
        if let (Some(person), Some(status)) = (statuses.id(person_id, row), statuses.id(legal_status, row)) {
            *of_person.entry(person).or_default().entry(status).or_default() += 1;
        }
    }
    let is_twice = |statuses: &&BTreeMap<Box<str>, u64>| statuses.values().any(|count| *count > 1);
    Signs {
        holds: of_person.values().filter(is_twice).count() as u64,
        lacks: of_person.values().filter(|statuses| statuses.len() > 1).count() as u64,
    }
}
