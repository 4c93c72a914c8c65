//! The files of the return, and what they have.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::NaiveDate;
use csc_measures::{DateForm, Origin};

use super::kind::Kind;
use super::sets::{self, Contradiction, Given, Year};
use crate::memory::Memory;
use crate::return_year::{self, ReturnYear};
use crate::sheet::{Sheet, SheetRow};
use crate::{ReadError, SourceWarning};

/// How dates are written.
pub(crate) const FORM: DateForm = DateForm::Uk;

/// A file of the return.
#[derive(Debug)]
struct File {
    kind: Kind,
    sheet: Sheet,
    year: Year,
}

/// The files of one return or of several years, in the order of the years.
#[derive(Debug)]
pub(crate) struct Return {
    files: Vec<File>,
    told: Vec<Contradiction>,
}

impl Return {
    /// Reads files whose kind is known. `tell` hears how many bytes of which file were read.
    pub(crate) fn read(
        paths: &[(PathBuf, Kind)],
        memory: &Memory,
        tell: &mut dyn FnMut(&str, u64),
    ) -> Result<Self, ReadError> {
        let mut sheets = Vec::with_capacity(paths.len());
        for (path, _) in paths {
            sheets.push(Sheet::read(path, memory, tell)?);
        }
        let given: Vec<Given<'_>> = paths
            .iter()
            .zip(&sheets)
            .map(|((path, kind), sheet)| Given {
                path,
                kind: *kind,
                by_dates: latest(sheet, kind.dates_of_year()).and_then(ReturnYear::of),
            })
            .collect();
        let (years, told) = sets::years(&given);
        let files = paths.iter().zip(sheets).zip(years);
        let mut files: Vec<File> =
            files.map(|(((_, kind), sheet), year)| File { kind: *kind, sheet, year }).collect();
        // The later year's row of the same thing replaces the earlier.
        files.sort_by_cached_key(|file| {
            (file.year.taken, file.year.named, latest(&file.sheet, file.kind.dates()))
        });
        Ok(Self { files, told })
    }

    /// The years that the files are of.
    pub(crate) fn years(&self) -> BTreeSet<ReturnYear> {
        self.files.iter().filter_map(|file| file.year.taken).collect()
    }

    /// What is to be told of the years.
    pub(crate) fn warnings(&self) -> Vec<SourceWarning> {
        let other = self.told.iter().map(|told| SourceWarning::OtherYear {
            name: told.name.clone(),
            named: told.named.number(),
            taken: told.taken.number(),
        });
        // What is missed most are episodes: a year of which only other files are there does not have them.
        let all = self.years();
        let list = if self.has(Kind::Episodes) { self.years_of(Kind::Episodes) } else { all.clone() };
        let missing = return_year::missing(&list, all.last().copied());
        other.chain(missing.map(|year| SourceWarning::YearMissing { year: year.number() })).collect()
    }

    /// The years of the files of a kind.
    pub(super) fn years_of(&self, kind: Kind) -> BTreeSet<ReturnYear> {
        let files = self.files.iter().filter(|file| file.kind == kind);
        files.filter_map(|file| file.year.taken).collect()
    }

    /// The year of the file that a row is of.
    pub(super) fn year(&self, row: SheetRow<'_>) -> Option<ReturnYear> {
        self.files.iter().find(|file| row.is_of(&file.sheet)).and_then(|file| file.year.taken)
    }

    /// The rows of a kind, those of earlier years first.
    pub(super) fn rows(&self, kind: Kind) -> impl Iterator<Item = SheetRow<'_>> {
        self.files.iter().filter(move |file| file.kind == kind).flat_map(|file| file.sheet.rows())
    }

    pub(super) fn has(&self, kind: Kind) -> bool {
        self.files.iter().any(|file| file.kind == kind)
    }

    pub(super) fn has_column(&self, kind: Kind, column: &str) -> bool {
        self.files.iter().any(|file| file.kind == kind && file.sheet.has(column))
    }
}

/// The latest date in some columns of a file.
fn latest(sheet: &Sheet, columns: &[&str]) -> Option<NaiveDate> {
    let days =
        sheet.rows().flat_map(|row| columns.iter().filter_map(move |column| FORM.read(row.text(column))));
    // What lies beyond the years of returns is no date, such as one that means that there is no end.
    days.filter(|day| ReturnYear::of(*day).is_some()).max()
}

/// Where a row stands.
pub(super) fn origin(row: SheetRow<'_>) -> Origin<'_> {
    Origin { source: row.source(), row: row.number }
}
