//! What the fuzz targets share: a folder, how bytes become its tables, and what must hold of every dataset
//! and scorecard.

mod returns;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::LazyLock;

use csc_measures::tables::Table;
use csc_measures::{Amount, Dataset, DateForm, Month, Options, Outcome, ScorecardError};
use csc_measures_files::{FolderReader, ReadError};

pub use returns::{Return, check_derived_rows};

/// A folder of this process alone, whose files each input writes anew.
static FOLDER: LazyLock<tempfile::TempDir> =
    LazyLock::new(|| tempfile::tempdir().expect("there is a place for temporary files"));

/// A small authority with rows in every table.
pub static AUTHORITY: LazyLock<Dataset> = LazyLock::new(|| {
    let tables = Tables::from_bytes(include_bytes!("../seeds/csv/authority"));
    tables.read(NonZeroUsize::MAX).expect("the seed can be read")
});

/// Between two tables of one input.
pub(crate) const SEPARATOR: u8 = 0x1c;

/// Tables as CSV, and how they are to be read.
///
/// The first byte of an input says how dates are written and of which months the scorecard is; then comes
/// each table, a letter for its place among all tables and the bytes of its file.
pub struct Tables<'a> {
    form: DateForm,
    from: Month,
    files: BTreeMap<Table, &'a [u8]>,
}

impl<'a> Tables<'a> {
    pub fn from_bytes(bytes: &'a [u8]) -> Self {
        let (first, rest) = bytes.split_first().unwrap_or((&0, &[]));
        let form = if first & 1 == 0 { DateForm::Iso } else { DateForm::Uk };
        // The first months are the seeds' own, the others lie at the ends of calendars.
        let (year, month) = match first >> 1 & 7 {
            0..=3 => (2017, 2),
            4 => (1, 1),
            5 => (9999, 11),
            6 => (1994, 12),
            _ => (2050, 12),
        };
        let from = Month::new(year, month).expect("a month of the calendar");
        let files = rest
            .split(|byte| *byte == SEPARATOR)
            .filter_map(|file| {
                let (letter, text) = file.split_first()?;
                let place = usize::from(letter.wrapping_sub(b'A')) % Table::ALL.len();
                Some((Table::ALL[place], text))
            })
            .collect();
        Self { form, from, files }
    }

    pub fn first_month(&self) -> Month {
        self.from
    }

    /// Reads the tables as a folder of CSV files, so many rows at a time.
    pub fn read(&self, chunk_rows: NonZeroUsize) -> Result<Dataset, ReadError> {
        let files = self.files.iter().map(|(table, text)| (format!("{table}.csv"), *text));
        read_files(files, self.form, chunk_rows)
    }
}

/// The folder, without what the input before left in it.
pub(crate) fn empty_folder() -> &'static Path {
    let folder: &Path = FOLDER.path();
    for old in fs::read_dir(folder).expect("the folder can be listed") {
        fs::remove_file(old.expect("the folder can be listed").path()).expect("a file can be removed");
    }
    folder
}

/// Reads files as a folder that holds no others.
pub fn read_files<'a>(
    files: impl Iterator<Item = (String, &'a [u8])>,
    form: DateForm,
    chunk_rows: NonZeroUsize,
) -> Result<Dataset, ReadError> {
    let folder = empty_folder();
    for (name, text) in files {
        fs::write(folder.join(name), text).expect("a file can be written");
    }
    FolderReader::open(folder)?.date_form(form).chunk_rows(chunk_rows).read()
}

/// No row is lost: each is used, or out with an issue that says so; and issues name rows that are there.
pub fn check_rows(dataset: &Dataset) {
    let mut out: BTreeMap<Table, BTreeSet<u64>> = BTreeMap::new();
    for issue in dataset.issues() {
        assert!(issue.row() >= 1);
        if issue.message().ends_with("the row is left out") {
            out.entry(issue.table()).or_default().insert(issue.row());
        }
    }
    for count in dataset.tables() {
        let out = out.get(&count.table).map_or(0, BTreeSet::len) as u64;
        assert_eq!(count.rows, count.used + out, "{}", count.table);
        let last =
            dataset.issues().iter().filter(|issue| issue.table() == count.table).map(|issue| issue.row());
        assert!(last.max().unwrap_or_default() <= count.rows, "{}", count.table);
    }
    assert!(dataset.issues().is_sorted_by_key(|issue| (issue.table(), issue.row())));
}

/// Both readings of the same tables say the same.
pub fn check_same(one: &Dataset, other: &Dataset) {
    assert_eq!(one.tables(), other.tables());
    assert_eq!(one.issues(), other.issues());
    assert_eq!(one.person_count(), other.person_count());
}

/// The scorecard of two months. The cases of every eighth figure, from `turn` on, add up to it: with those of
/// all at once there would be few inputs a second.
pub fn check_scorecard(
    dataset: &Dataset,
    from: Month,
    options: &Options,
    turn: usize,
) -> Result<(), ScorecardError> {
    let card = dataset.scorecard(from, from.plus(1), options)?;
    for result in card.results().iter().skip(turn % 8).step_by(8) {
        let cases = card.cases(result.measure, result.month)?;
        for outcome in Outcome::ALL {
            let count = cases.iter().filter(|case| case.outcome == outcome).count() as u64;
            assert_eq!(count, result.outcomes.get(outcome), "{} {outcome:?}", result.measure);
        }
        let sum =
            |part: fn(&csc_measures::Case) -> Option<Amount>| cases.iter().filter_map(part).sum::<Amount>();
        if let Some(numerator) = result.numerator {
            assert_eq!(numerator, sum(|case| case.numerator), "{}", result.measure);
        }
        if let Some(denominator) = result.denominator {
            assert_eq!(denominator, sum(|case| case.denominator), "{}", result.measure);
        }
    }
    serde_json::to_string(&card).expect("a scorecard can be written");
    Ok(())
}

/// Keeps a panic of a decoder of Parquet or of workbooks, which the reader makes an error of, from ending the run.
pub fn allow_panics_of_the_decoder() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let report = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let is_of_the_decoder = panic.location().is_some_and(|at| {
                at.file()
                    .split(['/', '\\'])
                    .any(|part| ["parquet-", "arrow-", "calamine-", "zip-"].iter().any(|name| part.starts_with(name)))
            });
            if !is_of_the_decoder {
                report(panic);
            }
        }));
    });
}
