//! Care leavers as on the day of the extract: the dataset tells nothing of the time before.

use std::collections::BTreeMap;
use std::error::Error;

use csc_measures::tables::Table;

use super::ids;
use crate::diary::{EXTRACT, plus};
use crate::tables::{Row, Tables};

/// The days within which somebody of whom no activity is on record was last in touch.
const IN_TOUCH: i64 = 60;

/// A care leaver.
pub(super) struct Leaver {
    /// The status that holds, or else the last that did.
    pub(super) row: Row,
    /// Whether it holds.
    pub(super) is_owed: bool,
    pub(super) activity: String,
    pub(super) pathway_plan: String,
    /// When the authority was last in touch.
    pub(super) contact: String,
}

/// Everybody who has or had a status. Where the authority's own tables of activities and pathway plans are left out,
/// what they tell of the day is here.
pub(super) fn leavers(tables: &Tables<'_>, has_own_tables: bool) -> Result<Vec<Leaver>, Box<dyn Error>> {
    let today = EXTRACT.to_string();
    let holds = |row: &&Row| {
        let end = row.get("end_date");
        row.get("start_date") <= today.as_str() && (end.is_empty() || end > today.as_str())
    };
    let activities = tables.rows_by(Table::Activities, "person_id")?;
    let plans = tables.rows_by(Table::PathwayPlans, "person_id")?;
    let mut leavers = Vec::new();
    let statuses: BTreeMap<String, Vec<Row>> = tables.rows_by(Table::CareLeavers, "person_id")?;
    for (person, rows) in &statuses {
        let current = rows.iter().rfind(holds);
        let Some(row) = current.or(rows.last()) else { continue };
        let known = activities.get(person).into_iter().flatten();
        let asked = known.filter(|row| row.get("date") <= today.as_str()).max_by_key(|row| row.get("date"));
        let planned = plans.get(person).into_iter().flatten().filter(holds).map(|row| row.get("start_date"));
        let mut activity = row.get("activity");
        let mut pathway_plan = row.get("pathway_plan_date");
        if !has_own_tables {
            activity = asked.map_or(activity, |row| row.get("activity"));
            pathway_plan = planned.chain([pathway_plan]).max().unwrap_or_default();
        }
        let days = i64::try_from(ids::person_number(person)).unwrap_or_default() % IN_TOUCH;
        let contact = plus(EXTRACT, -days).to_string();
        leavers.push(Leaver {
            row: row.clone(),
            is_owed: current.is_some(),
            // Not known is null in the dataset.
            activity: if activity == "U" { String::new() } else { activity.to_owned() },
            pathway_plan: pathway_plan.to_owned(),
            contact: asked.map_or(contact, |row| row.get("date").to_owned()),
        });
    }
    Ok(leavers)
}
