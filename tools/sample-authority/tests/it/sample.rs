//! The generator of the sample authority, run as a program, and the tables that it writes, as text.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::process::Command;

use chrono::NaiveDate;
use csc_measures::tables::Table;

pub(crate) type Done = Result<(), Box<dyn Error>>;

pub(crate) const COMMITTED: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/data/sample-authority");

/// Runs the generator; returns what it says.
pub(crate) fn generate(arguments: &[&str], folder: &Path) -> Result<String, Box<dyn Error>> {
    let mut generator = Command::new(env!("CARGO_BIN_EXE_sample-authority"));
    let output = generator.args(arguments).arg("--out").arg(folder).output()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}

/// The tables that the generator writes: teams go by their names, a disability is on record with the child, and a step
/// up from early help is one of the transfers.
pub(crate) fn tables() -> impl Iterator<Item = Table> {
    let all = Table::ALL.iter().copied();
    let others = [Table::Departments, Table::Disabilities, Table::EarlyHelpEpisodes];
    all.filter(move |table| !others.contains(table))
}

/// A row: its fields by column. Dates in it are in order as text.
pub(crate) type Row = BTreeMap<String, String>;

/// The rows of a table.
pub(crate) fn rows(folder: &Path, table: &str) -> Result<Vec<Row>, Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(folder.join(format!("{table}.csv")))?;
    Ok(reader.deserialize().collect::<Result<_, _>>()?)
}

/// The rows by one of their columns.
pub(crate) fn by<'a>(rows: &'a [Row], column: &str) -> BTreeMap<&'a str, Vec<&'a Row>> {
    let mut found: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        found.entry(&row[column]).or_default().push(row);
    }
    found
}

/// The days from one date to another.
pub(crate) fn days(from: &str, to: &str) -> i64 {
    let date = |text: &str| text.parse::<NaiveDate>().unwrap();
    (date(to) - date(from)).num_days()
}

/// The end of an interval, or a day that never comes.
pub(crate) fn end(row: &Row) -> &str {
    if row["end_date"].is_empty() { "9999-12-31" } else { &row["end_date"] }
}
