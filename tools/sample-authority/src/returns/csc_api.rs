//! Children as they are sent to the DfE's API: one array of all that are on record, as on the day of the extract.
//!
//! The API has room for the conference of an enquiry; one without an enquiry is nowhere in it. Child protection
//! reviews, legal statuses and distances are nowhere either.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use csc_measures::tables::Table;
use serde_json::{Map, Value, json};

use super::cases::{Case, Child, Children, Enquiry};
use super::codes::{ethnicity, sex};
use crate::diary::EXTRACT;
use crate::done::Done;
use crate::tables::{Row, Tables};

pub(super) fn write(folder: &Path, tables: &Tables<'_>) -> Done {
    let mut children = Children::read(tables)?;
    let more = More::read(tables, &mut children)?;
    let mut file = BufWriter::new(File::create(folder.join("children.json"))?);
    for (number, child) in children.iter().enumerate() {
        write!(file, "{}{}", if number == 0 { "[\n" } else { ",\n" }, more.child(child))?;
    }
    file.write_all(b"\n]\n")?;
    file.flush()?;
    Ok(())
}

/// What goes with cases besides, by the id of the case; and who came alone to seek asylum.
struct More {
    unaccompanied: BTreeMap<String, Row>,
    placements: BTreeMap<String, Vec<Value>>,
    adoptions: BTreeMap<String, Value>,
    leavers: BTreeMap<String, Value>,
}

impl More {
    fn read(tables: &Tables<'_>, children: &mut Children) -> Result<Self, Box<dyn Error>> {
        let unaccompanied = tables.rows(Table::ImmigrationStatuses)?;
        let unaccompanied =
            unaccompanied.into_iter().map(|row| (row.get("person_id").to_owned(), row)).collect();
        let episodes = tables.rows_by(Table::ClaEpisodes, "placement_id")?;
        let mut placements: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for row in tables.rows(Table::ClaPlacements)? {
            let case = children.case(&row, "start_date").id.clone();
            let episodes = episodes.get(row.get("placement_id")).map(Vec::as_slice).unwrap_or_default();
            placements.entry(case).or_default().push(placement(&row, episodes));
        }
        let mut adoptions = BTreeMap::new();
        for row in tables.rows(Table::Permanence)? {
            let placed = row.get("placed_for_adoption_date");
            if !placed.is_empty() {
                let case = children.case(&row, "placed_for_adoption_date").id.clone();
                adoptions.insert(case, object([("placed_date", placed)]));
            }
        }
        let mut leavers = BTreeMap::new();
        let asked = tables.rows_by(Table::Activities, "person_id")?;
        let owed = tables.rows(Table::CareLeavers)?;
        for row in owed.iter().filter(|row| is_owed(row)) {
            let latest = asked.get(row.get("person_id")).and_then(|rows| rows.last());
            let activity = latest.unwrap_or(row).get("activity");
            let case = children.case(row, "start_date").id.clone();
            let known = if activity == "U" { "" } else { activity };
            let date = latest.map_or("", |latest| latest.get("date"));
            leavers.insert(case, object([("contact_date", date), ("activity", known)]));
        }
        Ok(Self { unaccompanied, placements, adoptions, leavers })
    }

    fn child(&self, child: &Child) -> Value {
        let mut details = object([
            ("date_of_birth", known(child.person.get("date_of_birth"))),
            ("expected_date_of_birth", child.person.get("expected_date_of_birth")),
            ("sex", sex(&child.person)),
            ("ethnicity", ethnicity(&child.person)),
        ]);
        let alone = self.unaccompanied.get(&child.id);
        put(&mut details, "uasc_flag", Some(Value::Bool(alone.is_some())));
        let end = alone.map_or("", |row| row.get("end_date"));
        put(&mut details, "uasc_end_date", Some(end).filter(|end| !end.is_empty()).map(Value::from));
        let cases: Vec<Value> = child.cases().map(|case| self.case(case)).collect();
        json!({
            "la_child_id": child.id,
            "purge": false,
            "child_details": details,
            "social_care_episodes": cases,
        })
    }

    fn case(&self, case: &Case) -> Value {
        let mut told = object([
            ("social_care_episode_id", case.id.as_str()),
            ("referral_date", &case.date),
            ("closure_date", &case.closed),
            ("closure_reason", &case.reason),
        ]);
        let is_without_action = !case.closed.is_empty() && case.reason.is_empty();
        put(&mut told, "referral_no_further_action_flag", Some(Value::Bool(is_without_action)));
        put(&mut told, "child_and_family_assessments", list(case.assessments.iter().map(assessment)));
        put(&mut told, "child_in_need_plans", list(case.cin_plans.iter().map(cin_plan)));
        put(&mut told, "section_47_assessments", list(case.enquiries.iter().map(enquiry)));
        let plans = case.cp_plans.iter().map(|plan| cp_plan(&plan.row));
        put(&mut told, "child_protection_plans", list(plans));
        let placements = self.placements.get(&case.id).into_iter().flatten().cloned();
        put(&mut told, "child_looked_after_placements", list(placements));
        put(&mut told, "adoption", self.adoptions.get(&case.id).cloned());
        put(&mut told, "care_leavers", self.leavers.get(&case.id).cloned());
        told
    }
}

/// Relevant and former relevant young people.
fn is_owed(row: &Row) -> bool {
    let eligibility = row.get("eligibility").to_ascii_lowercase();
    eligibility.starts_with("relevant") || eligibility.starts_with("former relevant")
}

/// A placement begins as its first episode did, and ends as its last.
fn placement(row: &Row, episodes: &[Row]) -> Value {
    let first = episodes.iter().min_by_key(|episode| episode.get("start_date"));
    let last = episodes.iter().max_by_key(|episode| episode.get("start_date"));
    object([
        ("child_looked_after_placement_id", row.get("placement_id")),
        ("start_date", row.get("start_date")),
        ("start_reason", first.map_or("", |episode| episode.get("start_reason"))),
        ("placement_type", row.get("placement_type")),
        ("end_date", row.get("end_date")),
        ("end_reason", last.map_or("", |episode| episode.get("end_reason"))),
    ])
}

fn assessment(row: &Row) -> Value {
    object([
        ("child_and_family_assessment_id", row.get("assessment_id")),
        ("start_date", row.get("start_date")),
        ("authorisation_date", row.get("authorised_date")),
    ])
}

fn cin_plan(row: &Row) -> Value {
    object([
        ("child_in_need_plan_id", row.get("cin_plan_id")),
        ("start_date", row.get("start_date")),
        ("end_date", row.get("end_date")),
    ])
}

fn cp_plan(row: &Row) -> Value {
    object([
        ("child_protection_plan_id", row.get("cp_plan_id")),
        ("start_date", row.get("start_date")),
        ("end_date", row.get("end_date")),
    ])
}

fn enquiry(enquiry: &Enquiry) -> Value {
    let held = enquiry.conference.as_ref().map_or("", |row| known(row.get("date")));
    let mut told = object([
        ("section_47_assessment_id", enquiry.row.get("s47_enquiry_id")),
        ("start_date", enquiry.row.get("start_date")),
        ("icpc_date", held),
    ]);
    put(&mut told, "icpc_required_flag", Some(Value::Bool(enquiry.conference.is_some())));
    told
}

/// A date as the extract knows it: nothing that is still to come.
fn known(date: &str) -> &str {
    if date <= EXTRACT.to_string().as_str() { date } else { "" }
}

/// An object of texts, without those that are empty.
fn object<const N: usize>(fields: [(&str, &str); N]) -> Value {
    let told = fields.into_iter().filter(|(_, text)| !text.is_empty());
    Value::Object(told.map(|(name, text)| (name.to_owned(), Value::from(text))).collect::<Map<_, _>>())
}

fn put(object: &mut Value, name: &str, value: Option<Value>) {
    if let (Some(object), Some(value)) = (object.as_object_mut(), value) {
        object.insert(name.to_owned(), value);
    }
}

/// A list, if anything is in it.
fn list(values: impl Iterator<Item = Value>) -> Option<Value> {
    let values: Vec<Value> = values.collect();
    (!values.is_empty()).then_some(Value::Array(values))
}
