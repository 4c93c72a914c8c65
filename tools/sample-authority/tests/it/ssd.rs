//! The authority as the dataset of a case system: every form that the system has is in the files, and every row
//! leads back to the authority's own.

mod eclipse;
mod faults;
mod held;
mod mosaic;
mod page;
mod results;
mod systemc;
mod trace;
mod variants;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use tempfile::TempDir;

use crate::sample::{Row, generate, rows};

/// A county in small, without faults.
const COUNTY: [&str; 5] = ["--children", "6000", "--seed", "11", "--clean"];
const EXTRACT: &str = "2020-03-31";

/// A county written in another way.
fn county(more: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    generate(&[&COUNTY, more].concat(), folder.path()).unwrap();
    folder
}

static OWN: LazyLock<TempDir> = LazyLock::new(|| county(&[]));
static SYSTEMC: LazyLock<TempDir> = LazyLock::new(|| county(&["--ssd", "systemc"]));
static MOSAIC: LazyLock<TempDir> = LazyLock::new(|| county(&["--ssd", "mosaic"]));
static ECLIPSE: LazyLock<TempDir> = LazyLock::new(|| county(&["--ssd", "eclipse"]));

/// The rows of one of the authority's own tables.
fn own(table: &str) -> Vec<Row> {
    rows(OWN.path(), table).unwrap()
}

/// The rows of a file of a dataset.
fn read(folder: &TempDir, file: &str) -> Vec<Row> {
    rows(folder.path(), file).unwrap()
}

/// The names of the columns of a file, as they stand there.
fn header(folder: &Path, file: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_path(folder.join(format!("{file}.csv"))).unwrap();
    reader.headers().unwrap().iter().map(str::to_owned).collect()
}

/// The values of a column, each once.
fn values<'a>(rows: &'a [Row], column: &str) -> BTreeSet<&'a str> {
    rows.iter().map(|row| row[column].as_str()).collect()
}

/// The number of an id of the authority's own: its last digits.
fn number(id: &str) -> u64 {
    // Not those of the name of the table, as of `SEC471`, whose first row this is.
    let digits =
        id.trim_start_matches("SEC47").trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
    digits.parse().unwrap()
}

/// The number of an id of a dataset: what it has beside its millions.
fn back(id: &str) -> u64 {
    id.parse::<u64>().unwrap() % 10_000_000
}

/// The rows by the number of an id.
fn by_number<'a>(rows: &'a [Row], column: &str, number: impl Fn(&str) -> u64) -> BTreeMap<u64, Vec<&'a Row>> {
    let mut found: BTreeMap<u64, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        found.entry(number(&row[column])).or_default().push(row);
    }
    found
}

/// The day of a written date, whose time, if it has one, is midnight.
fn day(text: &str) -> &str {
    let (day, time) = text.split_once(' ').unwrap_or((text, ""));
    assert!(matches!(time, "" | "00:00:00" | "00:00:00.000"), "{text}");
    assert!(day.is_empty() || day.len() == 10 && day.as_bytes()[4] == b'-', "{text}");
    day
}

/// Runs the generator, which refuses, and returns what it says.
fn refused(arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut generator = Command::new(env!("CARGO_BIN_EXE_sample-authority"));
    let output = generator.args(COUNTY).args(arguments).arg("--out").arg(folder.path()).output().unwrap();
    assert!(!output.status.success(), "{arguments:?}");
    assert!(folder.path().read_dir().unwrap().next().is_none(), "{arguments:?} wrote something");
    String::from_utf8(output.stderr).unwrap()
}
