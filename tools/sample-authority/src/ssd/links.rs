//! What leads from a row of one table to those of others.

use std::collections::BTreeMap;
use std::error::Error;

use csc_measures::tables::Table;

use super::siblings::{Shared, alike, shared};
use crate::tables::{Row, Tables};

/// The leads.
pub(super) struct Links {
    /// What brothers and sisters share.
    pub(super) referrals: Shared,
    pub(super) enquiries: Shared,
    pub(super) conferences: Shared,
    /// The plan that a conference made, and the conference that made a plan.
    pub(super) plan_of: BTreeMap<String, String>,
    pub(super) conference_of: BTreeMap<String, Row>,
    /// The day on which an enquiry started.
    pub(super) enquired: BTreeMap<String, String>,
    /// The child protection plans and the referrals of each person, in the order of their days.
    plans: BTreeMap<String, Vec<Row>>,
    referred: BTreeMap<String, Vec<Row>>,
    /// Whose a period of care is, and the periods of each person with the days on which episodes of them began.
    looked_after: BTreeMap<String, String>,
    periods: BTreeMap<String, Vec<Row>>,
}

impl Links {
    /// Reads them from the tables.
    pub(super) fn read(tables: &Tables<'_>) -> Result<Self, Box<dyn Error>> {
        let referrals = tables.rows(Table::Referrals)?;
        let enquiries = tables.rows(Table::Section47Enquiries)?;
        let conferences = tables.rows(Table::InitialConferences)?;
        let plans = by_person(tables, Table::CpPlans, "start_date")?;
        let mut plan_of = BTreeMap::new();
        let mut conference_of = BTreeMap::new();
        for row in &conferences {
            // A plan starts at the conference that makes it.
            let made = |plan: &&Row| !row.get("date").is_empty() && plan.get("start_date") == row.get("date");
            let own = plans.get(row.get("person_id")).map(Vec::as_slice).unwrap_or_default();
            if let Some(plan) = own.iter().find(made) {
                plan_of.insert(row.get("icpc_id").to_owned(), plan.get("cp_plan_id").to_owned());
                conference_of.insert(plan.get("cp_plan_id").to_owned(), row.clone());
            }
        }
        let pair = |row: &Row, key: &str, value: &str| (row.get(key).to_owned(), row.get(value).to_owned());
        Ok(Self {
            referrals: shared(&referrals, "referral_id", |row| alike(row, &["referral_date", "team"])),
            enquiries: shared(&enquiries, "s47_enquiry_id", |row| alike(row, &["start_date"])),
            conferences: shared(&conferences, "icpc_id", |row| alike(row, &["date"])),
            plan_of,
            conference_of,
            enquired: enquiries.iter().map(|row| pair(row, "s47_enquiry_id", "start_date")).collect(),
            plans,
            referred: by_person(tables, Table::Referrals, "referral_date")?,
            periods: by_person(tables, Table::ClaEpisodes, "start_date")?,
            looked_after: tables
                .rows(Table::ClaEpisodes)?
                .iter()
                .map(|row| pair(row, "cla_id", "person_id"))
                .collect(),
        })
    }

    /// Whose a period of care is.
    pub(super) fn child(&self, care: &str) -> &str {
        self.looked_after.get(care).map_or("", String::as_str)
    }

    /// The period of care of a person that a day belongs to: the latest that had begun by then.
    pub(super) fn care_on(&self, person: &str, day: &str) -> &str {
        let episodes = self.periods.get(person).map(Vec::as_slice).unwrap_or_default();
        let began = episodes.iter().rfind(|episode| episode.get("start_date") <= day);
        began.map_or("", |episode| episode.get("cla_id"))
    }

    /// When that period ended; empty where it goes on.
    pub(super) fn care_end(&self, person: &str, day: &str) -> &str {
        let care = self.care_on(person, day);
        let episodes = self.periods.get(person).map(Vec::as_slice).unwrap_or_default();
        let last = episodes.iter().rfind(|episode| episode.get("cla_id") == care);
        last.map_or("", |episode| episode.get("end_date"))
    }

    /// The child protection plan of a person that a day belongs to: the latest that had started by then, or else
    /// the first.
    pub(super) fn plan_on(&self, person: &str, day: &str) -> &str {
        let plans = self.plans.get(person).map(Vec::as_slice).unwrap_or_default();
        let started = plans.iter().rfind(|plan| plan.get("start_date") <= day);
        started.or(plans.first()).map_or("", |plan| plan.get("cp_plan_id"))
    }

    /// The latest referral of a person that was open on a day from `from` to `to`, or on where `to` is empty.
    pub(super) fn referral_in(&self, person: &str, from: &str, to: &str) -> &str {
        let referrals = self.referred.get(person).map(Vec::as_slice).unwrap_or_default();
        let is_open = |row: &&Row| {
            let (began, closed) = (row.get("referral_date"), row.get("close_date"));
            (to.is_empty() || began <= to) && (closed.is_empty() || closed >= from)
        };
        referrals.iter().rfind(is_open).map_or("", |row| row.get("referral_id"))
    }
}

/// The rows of a table by person, in the order of a date.
fn by_person(
    tables: &Tables<'_>,
    table: Table,
    date: &str,
) -> Result<BTreeMap<String, Vec<Row>>, Box<dyn Error>> {
    let mut rows = tables.rows_by(table, "person_id")?;
    for rows in rows.values_mut() {
        rows.sort_by(|a, b| a.get(date).cmp(b.get(date)));
    }
    Ok(rows)
}
