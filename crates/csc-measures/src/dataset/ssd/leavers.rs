//! Care leavers as they are at the extract: of several rows of one the last contact tells.

use std::collections::HashMap;

use super::frame::{Fate, Frame, Value};
use super::settling::Settling;
use crate::tables::Table;
use crate::time::Day;

impl Frame {
    /// Whether the table shows only how things stood at the extract: care leavers without the days from which what is
    /// said of them holds.
    pub(in crate::dataset) fn is_picture(&self) -> bool {
        self.table == Table::CareLeavers && !self.has(self.column("start_date"))
    }
}

pub(super) fn settle(settling: &mut Settling<'_>) {
    let Some(leavers) = settling.frame_mut(Table::CareLeavers).filter(|leavers| leavers.is_picture()) else {
        return;
    };
    type Latest = (Option<Day>, Option<Day>);
    let mut last: HashMap<Box<str>, (Latest, usize)> = HashMap::new();
    let mut merged = Vec::new();
    let (person_id, pathway_plan_date) = (leavers.column("person_id"), leavers.column("pathway_plan_date"));
    let latest_contact = leavers.helper("clea_care_leaver_latest_contact");
    for row in leavers.read() {
        let Some(person) = leavers.id(person_id, row) else { continue };
        let contact = leavers.value(latest_contact, row).and_then(Value::civil);
        let told = (contact, leavers.day(pathway_plan_date, row));
        match last.get_mut(&person) {
            None => {
                last.insert(person, (told, row));
            }
            Some(known) if known.0 < told => {
                merged.push(known.1);
                *known = (told, row);
            }
            Some(_) => merged.push(row),
        }
    }
    for row in merged {
        if let Some(fate) = leavers.fates.get_mut(row) {
            *fate = Fate::Merged;
        }
    }
}
