//! The library's own tables, cut down to what the dataset of a system holds: what its results must be like.
//!
//! The ids are numbers as in the dataset, so that where two rows of a day are in the order of their ids, they are
//! in the same order in both, and a person has one id.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use chrono::NaiveDate;
use csc_measures::tables::Table;

use super::care_plans::lasting;
use super::choice::{Choice, System, Variant};
use super::ids;
use super::leavers::leavers;
use crate::contents;
use crate::diary::EXTRACT;
use crate::done::Done;
use crate::tables::{Row, Tables};

/// Columns that no system has.
const NOWHERE: [(Table, &[&str]); 9] = [
    (Table::CinPlans, &["visit_working_days"]),
    (
        Table::ClaPlacements,
        &[
            "outside_authority",
            "carer_id",
            "visits_agreed_date",
            "temporary_approval",
            "before_assessment",
            "lives_with_parent",
            "arranged_by_other",
        ],
    ),
    (Table::ClaVisits, &["mode"]),
    (
        Table::Workers,
        &[
            "agency",
            "employment",
            "team_type",
            "start_date",
            "end_date",
            "leaving_type",
            "asye_start_date",
            "asye_end_date",
            "long_term_absence",
            "cases_held",
        ],
    ),
    (Table::Permanence, &["legacy_cohort", "exceptional_cohort"]),
    (Table::CareLeavers, &["start_date", "end_date"]),
    (Table::InitialConferences, &["decision_date"]),
    (Table::Persons, &["area"]),
    (Table::MissingEpisodes, &["interview_offered_date", "interview_date"]),
];

/// Whether the dataset has a column.
fn has(choice: &Choice, table: Table, column: &str) -> bool {
    if NOWHERE.iter().any(|(other, columns)| *other == table && columns.contains(&column)) {
        return false;
    }
    match (table, column) {
        (Table::Workers, "fte") => choice.of(System::Systemc),
        (Table::Workers | Table::Referrals, "team") => !choice.of(System::Eclipse),
        (Table::ClaPlacements, "distance_miles") => !choice.of(System::Mosaic) || choice.is(Variant::Essex),
        // With losses Mosaic has no plans of other authorities, so that nothing is lost by the flag.
        (Table::CpPlans, "other_authority") => {
            choice.of(System::Systemc) || choice.of(System::Mosaic) && choice.losses
        }
        (Table::Permanence, "placed_foster_carer_date") => !choice.of(System::Systemc),
        (Table::Persons, "sen") => choice.of(System::Systemc),
        (Table::Persons, "date_of_death") => !choice.is(Variant::Essex),
        _ => true,
    }
}

/// Whether the dataset has a table.
fn has_table(choice: &Choice, table: Table) -> bool {
    let has_nulls = choice.is(Variant::TableOfNulls);
    let is_of_nulls = match table {
        Table::CarePlans => choice.of(System::Eclipse) || has_nulls,
        Table::MissingEpisodes | Table::ClaHealth => has_nulls,
        _ => false,
    };
    !(is_of_nulls || choice.leaves_out(table))
}

/// Writes the tables into a folder.
pub(super) fn write(tables: &Tables<'_>, to: &Path, choice: &Choice) -> Done {
    let transfers: BTreeMap<(String, String), String> = tables
        .rows(Table::InitialConferences)?
        .iter()
        .filter(|row| !row.get("date").is_empty())
        .map(|row| ((text(row, "person_id"), text(row, "date")), text(row, "transfer_in")))
        .collect();
    for table in Table::ALL.iter().copied() {
        if !contents::has(table) || !has_table(choice, table) {
            continue;
        }
        let columns: Vec<&str> = table
            .columns()
            .iter()
            .map(|column| column.name)
            .filter(|name| has(choice, table, name))
            .collect();
        let mut file =
            csv::WriterBuilder::new().flexible(true).from_writer(File::create(tables.names.path(to, table))?);
        file.write_record(&columns)?;
        match table {
            Table::CareLeavers => write_leavers(tables, choice, &columns, &mut file)?,
            Table::CarePlans if choice.is(Variant::Mp) => write_care_plans(tables, choice, &mut file)?,
            _ => {
                for row in tables.rows(table)? {
                    let value = |column: &&str| value(choice, table, &row, column, &transfers);
                    file.write_record(columns.iter().map(value).chain(row.rest().iter().cloned()))?;
                }
            }
        }
        file.flush()?;
    }
    Ok(())
}

/// Care plans that last to the next step of review, or to the end of care.
fn write_care_plans(tables: &Tables<'_>, choice: &Choice, file: &mut csv::Writer<File>) -> Done {
    for plan in lasting(tables, choice.losses)? {
        file.write_record([plan.id, ids::person(&plan.person), plan.start, plan.end])?;
    }
    Ok(())
}

/// Those who are owed something on the day of the extract, with what holds then.
fn write_leavers(
    tables: &Tables<'_>,
    choice: &Choice,
    columns: &[&str],
    file: &mut csv::Writer<File>,
) -> Done {
    for leaver in leavers(tables, !choice.is(Variant::NoOwnTables))? {
        if !leaver.is_owed {
            continue;
        }
        let value = |column: &&str| match *column {
            "activity" => leaver.activity.clone(),
            "pathway_plan_date" => leaver.pathway_plan.clone(),
            column => ids::translated(Table::CareLeavers, column, leaver.row.get(column)),
        };
        file.write_record(columns.iter().map(value))?;
    }
    Ok(())
}

/// A field of a row.
fn text(row: &Row, column: &str) -> String {
    row.get(column).to_owned()
}

/// A field of a row as the dataset tells it.
fn value(
    choice: &Choice,
    table: Table,
    row: &Row,
    column: &str,
    transfers: &BTreeMap<(String, String), String>,
) -> String {
    let own = row.get(column);
    match (table, column) {
        (Table::Persons, "date_of_birth" | "expected_date_of_birth") => birth(choice, row, column).to_owned(),
        // The dataset has a row for a disability and none for a child without.
        (Table::Persons, "disability") if own == "false" => String::new(),
        (Table::ClaPlacements, "long_term") => long_term(row.get("placement_type")).to_owned(),
        // The conference says whether a plan was transferred in.
        (Table::CpPlans, "transfer_in") => {
            let key = (text(row, "person_id"), text(row, "start_date"));
            transfers.get(&key).cloned().unwrap_or_default()
        }
        (Table::Permanence, "order_date") if choice.of(System::Mosaic) => {
            if row.get("order_type").starts_with("Special") { String::new() } else { own.to_owned() }
        }
        _ if table.ssd_name().is_some() => ids::translated(table, column, &mended(own)),
        _ => ids::translated(table, column, own),
    }
}

/// The birth or the expected birth of a person. A birth that was due before the extract and is not on record has an
/// estimated date in the dataset: the day that it was due. Eclipse does not tell a day that has come.
fn birth<'a>(choice: &Choice, row: &'a Row, column: &str) -> &'a str {
    let (born, expected) = (row.get("date_of_birth"), row.get("expected_date_of_birth"));
    let has_come = expected <= EXTRACT.to_string().as_str();
    match column {
        "expected_date_of_birth" if choice.of(System::Eclipse) && has_come => "",
        "expected_date_of_birth" => expected,
        _ if born.is_empty() && has_come && !choice.of(System::Eclipse) => expected,
        _ => born,
    }
}

/// Whether a placement is meant to last, which only some types tell.
fn long_term(kind: &str) -> &'static str {
    match kind {
        "" => "",
        "U1" | "U4" => "true",
        _ => "false",
    }
}

/// A date that somebody typed day first, as whoever reads a dataset with dates in many forms finds it.
fn mended(text: &str) -> String {
    let date = NaiveDate::parse_from_str(text, "%d/%m/%Y");
    date.map_or_else(|_| text.to_owned(), |date| date.to_string())
}
