//! Whose a row is, if its table does not say so: by the plan, the end of its id, the referral or the period of care.

use std::collections::{BTreeSet, HashMap};

use super::frame::{Fate, Frame, OTHER_ID, Value};
use super::settling::Settling;
use crate::column::IssueCode;
use crate::tables::Table;

/// The one person of each id; `None` if it has several.
type OnePerson = HashMap<Box<str>, Option<Box<str>>>;

fn one_person(frame: Option<&Frame>, column: &str) -> OnePerson {
    let mut persons = OnePerson::new();
    let Some(frame) = frame else { return persons };
    for row in frame.read() {
        if let (Some(id), Some(person)) = (frame.id(column, row), frame.id("person_id", row)) {
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
        known.extend(persons.read().filter_map(|row| persons.id("person_id", row)));
    }
    // A table of visits that names persons knows them too.
    for frame in settling.frames.iter().filter(|frame| frame.table != Table::Persons) {
        known.extend(frame.read().filter_map(|row| frame.id("person_id", row)));
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
    let named = |map: &OnePerson, id: Option<Box<str>>| map.get(&id?)?.clone();
    let of_tail = |frame: &Frame, column: &str, row: usize| -> Option<Box<str>> {
        let id = frame.id(column, row)?;
        let (_, tail) = id.rsplit_once('.')?;
        known.contains(tail).then(|| tail.into())
    };
    let helper = |frame: &Frame, name: &str, row: usize| frame.helper(name, row).and_then(Value::id);
    let found = |frame: &Frame, row: usize| -> Option<Box<str>> {
        match frame.table {
            Table::CpVisits => named(&by_plan, helper(frame, "cppv_cp_plan_id", row))
                .or_else(|| named(&by_plan, helper(frame, OTHER_ID, row)))
                .or_else(|| of_tail(frame, "cp_visit_id", row)),
            Table::CinVisits => of_tail(frame, "cin_visit_id", row).or_else(|| {
                let plan = || helper(frame, "cinv_cin_plan_id", row).or_else(|| helper(frame, OTHER_ID, row));
                named(&by_cin_plan, plan()).or_else(|| named(&by_referral, plan()))
            }),
            Table::CpReviews => named(&by_plan, frame.id("cp_plan_id", row)),
            Table::Involvements => named(&by_referral, helper(frame, "invo_referral_id", row)),
            Table::ClaPlacements => named(&by_care, frame.id("cla_id", row)),
            _ => None,
        }
    };
    let mut nobody = Vec::new();
    for frame in settling.frames.iter_mut() {
        let is_asked = matches!(
            frame.table,
            Table::CpVisits
                | Table::CinVisits
                | Table::CpReviews
                | Table::Involvements
                | Table::ClaPlacements
        );
        let rows: Vec<usize> = match is_asked {
            true => frame.read().filter(|row| frame.id("person_id", *row).is_none()).collect(),
            false => continue,
        };
        // A null in a column that is there is a fault of its row, as in any table.
        let had_column = frame.has("person_id");
        for row in rows {
            match found(frame, row) {
                Some(person) => frame.set("person_id", row, Value::text(&person)),
                None if had_column => {}
                None => {
                    if let Some(fate) = frame.fates.get_mut(row) {
                        *fate = Fate::NoPerson;
                    }
                    nobody.push((frame.table, row));
                }
            }
        }
    }
    for (table, row) in nobody {
        settling.note(table, "person_id", row, IssueCode::NoPerson);
    }
    permanence(settling, &by_care);
}

/// A worker without an id of the dataset goes by the number of their system.
fn worker_ids(settling: &mut Settling<'_>) {
    let Some(workers) = settling.frame_mut(Table::Workers) else { return };
    let missing: Vec<usize> = workers.read().filter(|row| workers.id("worker_id", *row).is_none()).collect();
    for row in missing {
        if let Some(id) = workers.helper("prof_staff_id", row).and_then(Value::id) {
            workers.set("worker_id", row, Value::text(&id));
        }
    }
}

/// Of permanence the period of care says whose the row is; a column of persons may hold the numbers of an older
/// system.
fn permanence(settling: &mut Settling<'_>, by_care: &OnePerson) {
    let mut legacy: HashMap<Box<str>, Box<str>> = HashMap::new();
    if let Some(persons) = settling.frame(Table::Persons) {
        for row in persons.read() {
            let old = persons.helper("pers_legacy_id", row).and_then(Value::id);
            if let (Some(old), Some(person)) = (old, persons.id("person_id", row)) {
                legacy.insert(old, person);
            }
        }
    }
    let Some(frame) = settling.frame_mut(Table::Permanence) else { return };
    let rows: Vec<usize> = frame.read().collect();
    let (mut as_legacy, mut as_person) = (0_usize, 0_usize);
    let mut told = Vec::new();
    let mut others = Vec::new();
    for row in rows {
        let owner = frame.id("cla_id", row).and_then(|cla| by_care.get(&cla).cloned().flatten());
        let written = frame.id("person_id", row);
        let Some(owner) = owner else {
            others.push((row, written));
            continue;
        };
        if let Some(written) = &written {
            as_person += usize::from(*written == owner);
            as_legacy += usize::from(legacy.get(written) == Some(&owner));
        }
        if written.as_ref() != Some(&owner) {
            frame.set("person_id", row, Value::text(&owner));
            told.push((row, IssueCode::PersonByClaId));
        }
    }
    if as_legacy > as_person {
        for (row, written) in others {
            if let Some(person) = written.and_then(|written| legacy.get(&written).cloned()) {
                frame.set("person_id", row, Value::text(&person));
                told.push((row, IssueCode::PersonByLegacyId));
            }
        }
    }
    for (row, code) in told {
        settling.note(Table::Permanence, "person_id", row, code);
    }
}
