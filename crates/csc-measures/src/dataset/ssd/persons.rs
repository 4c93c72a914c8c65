//! Whose a row is, if its table does not say so: by the plan, the end of its id, the referral or the period of care.

use std::collections::{BTreeSet, HashMap};

use super::frame::{Fate, Frame, OTHER_ID, Place, Value};
use super::settling::Settling;
use crate::column::IssueCode;
use crate::tables::Table;

/// The one person of each id; `None` if it has several.
type OnePerson = HashMap<Box<str>, Option<Box<str>>>;

fn one_person(frame: Option<&Frame>, column: &str) -> OnePerson {
    let mut persons = OnePerson::new();
    let Some(frame) = frame else { return persons };
    let (column, person_id) = (frame.column(column), frame.column("person_id"));
    for row in frame.read() {
        if let (Some(id), Some(person)) = (frame.id(column, row), frame.id(person_id, row)) {
            persons
                .entry(id)
                .and_modify(|known| {
                    if known.as_deref() != Some(&person) {
                        *known = None;
                    }
                })
                .or_insert(Some(person));
        }
    }
    persons
}

pub(super) fn settle(settling: &mut Settling<'_>) {
    let mut known: BTreeSet<Box<str>> = BTreeSet::new();
    if let Some(persons) = settling.frame(Table::Persons) {
        let person_id = persons.column("person_id");
        known.extend(persons.read().filter_map(|row| persons.id(person_id, row)));
    }
    // A table of visits that names persons knows them too.
    for frame in settling.frames.iter().filter(|frame| frame.table != Table::Persons) {
        let person_id = frame.column("person_id");
        known.extend(frame.read().filter_map(|row| frame.id(person_id, row)));
    }
    let names = settling.names.table(Table::Persons);
    let is_person = |id: &str| known.contains(id) || names.ids.number(id).is_some();
    for frame in settling.frames.iter_mut() {
        frame.settle_id(is_person);
    }
    worker_ids(settling);

    let by_plan = one_person(settling.frame(Table::CpPlans), "cp_plan_id");
    let by_cin_plan = one_person(settling.frame(Table::CinPlans), "cin_plan_id");
    let by_referral = one_person(settling.frame(Table::Referrals), "referral_id");
    let by_care = one_person(settling.frame(Table::ClaEpisodes), "cla_id");
    let by_other =
        OtherRows { plans: by_plan, cin_plans: by_cin_plan, referrals: by_referral, care: &by_care };
    let mut nobody = Vec::new();
    for frame in settling.frames.iter_mut() {
        let ways = by_other.ways(frame);
        if ways.is_empty() {
            continue;
        }
        let person_id = frame.column("person_id");
        // A null in a column that is there is a fault of its row, as in any table.
        let had_column = frame.has(person_id);
        let rows: Vec<usize> = frame.read().filter(|row| frame.id(person_id, *row).is_none()).collect();
        let mut of_table = Vec::new();
        for row in rows {
            match ways.iter().find_map(|way| way.person(frame, row, &known)) {
                Some(person) => frame.set(person_id, row, Value::text(&person)),
                None if had_column => {}
                None => {
                    if let Some(fate) = frame.fates.get_mut(row) {
                        *fate = Fate::NoPerson;
                    }
                    of_table.push(row);
                }
            }
        }
        nobody.push((frame.table, of_table));
    }
    for (table, rows) in nobody {
        settling.note(table, "person_id", IssueCode::NoPerson, rows);
    }
    permanence(settling, &by_care);
}

/// By the id of another row, whose it is.
struct OtherRows<'a> {
    plans: OnePerson,
    cin_plans: OnePerson,
    referrals: OnePerson,
    care: &'a OnePerson,
}

/// A way in which a row says whose it is without naming the person.
enum Way<'a> {
    /// By the row of another table that it names, in the first of two columns that says something.
    Named(&'a OnePerson, [Place; 2]),
    /// By the end of an id, after a dot.
    Tail(Place),
}

impl OtherRows<'_> {
    /// The ways of a table, the surest first; none if its rows name their persons themselves.
    fn ways(&self, frame: &Frame) -> Vec<Way<'_>> {
        let other = frame.helper(OTHER_ID);
        match frame.table {
            Table::CpVisits => vec![
                Way::Named(&self.plans, [frame.helper("cppv_cp_plan_id"); 2]),
                Way::Named(&self.plans, [other; 2]),
                Way::Tail(frame.column("cp_visit_id")),
            ],
            Table::CinVisits => {
                let plan = [frame.helper("cinv_cin_plan_id"), other];
                vec![
                    Way::Tail(frame.column("cin_visit_id")),
                    Way::Named(&self.cin_plans, plan),
                    Way::Named(&self.referrals, plan),
                ]
            }
            Table::CpReviews => vec![Way::Named(&self.plans, [frame.column("cp_plan_id"); 2])],
            Table::Involvements => vec![Way::Named(&self.referrals, [frame.helper("invo_referral_id"); 2])],
            Table::ClaPlacements => vec![Way::Named(self.care, [frame.column("cla_id"); 2])],
            _ => Vec::new(),
        }
    }
}

impl Way<'_> {
    /// Whose a row is, if this way says so.
    fn person(&self, frame: &Frame, row: usize, known: &BTreeSet<Box<str>>) -> Option<Box<str>> {
        match self {
            Self::Named(persons, columns) => {
                let id = columns.iter().find_map(|column| frame.id(*column, row))?;
                persons.get(&id)?.clone()
            }
            Self::Tail(column) => {
                let id = frame.id(*column, row)?;
                let (_, tail) = id.rsplit_once('.')?;
                known.contains(tail).then(|| tail.into())
            }
        }
    }
}

/// A worker without an id of the dataset goes by the number of their system.
fn worker_ids(settling: &mut Settling<'_>) {
    let Some(workers) = settling.frame_mut(Table::Workers) else { return };
    let (worker_id, staff_id) = (workers.column("worker_id"), workers.helper("prof_staff_id"));
    let missing: Vec<usize> = workers.read().filter(|row| workers.id(worker_id, *row).is_none()).collect();
    for row in missing {
        if let Some(id) = workers.id(staff_id, row) {
            workers.set(worker_id, row, Value::text(&id));
        }
    }
}

/// Of permanence the period of care says whose the row is; a column of persons may hold the numbers of an older
/// system.
fn permanence(settling: &mut Settling<'_>, by_care: &OnePerson) {
    let mut legacy: HashMap<Box<str>, Box<str>> = HashMap::new();
    if let Some(persons) = settling.frame(Table::Persons) {
        let (legacy_id, person_id) = (persons.helper("pers_legacy_id"), persons.column("person_id"));
        for row in persons.read() {
            if let (Some(old), Some(person)) = (persons.id(legacy_id, row), persons.id(person_id, row)) {
                legacy.insert(old, person);
            }
        }
    }
    let Some(frame) = settling.frame_mut(Table::Permanence) else { return };
    let (cla_id, person_id) = (frame.column("cla_id"), frame.column("person_id"));
    let rows: Vec<usize> = frame.read().collect();
    let (mut as_legacy, mut as_person) = (0_usize, 0_usize);
    let (mut by_cla_id, mut by_legacy_id) = (Vec::new(), Vec::new());
    let mut others = Vec::new();
    for row in rows {
        let owner = frame.id(cla_id, row).and_then(|cla| by_care.get(&cla).cloned().flatten());
        let written = frame.id(person_id, row);
        let Some(owner) = owner else {
            others.push((row, written));
            continue;
        };
        if let Some(written) = &written {
            as_person += usize::from(*written == owner);
            as_legacy += usize::from(legacy.get(written) == Some(&owner));
        }
        if written.as_ref() != Some(&owner) {
            frame.set(person_id, row, Value::text(&owner));
            by_cla_id.push(row);
        }
    }
    if as_legacy > as_person {
        for (row, written) in others {
            if let Some(person) = written.and_then(|written| legacy.get(&written).cloned()) {
                frame.set(person_id, row, Value::text(&person));
                by_legacy_id.push(row);
            }
        }
    }
    settling.note(Table::Permanence, "person_id", IssueCode::PersonByClaId, by_cla_id);
    settling.note(Table::Permanence, "person_id", IssueCode::PersonByLegacyId, by_legacy_id);
}
