//! The SSDA903 return: looked after children, as CSV files with dates as `DD/MM/YYYY`, of one year or several.
//!
//! A return has no periods of care, placements or legal statuses, only episodes: a new one begins whenever the
//! placement or the legal status changes. They are put together here. What a file is shows in its columns, so
//! its name does not matter, but for the year in it.

mod adoption;
mod children;
mod episodes;
mod kind;
mod latest;
mod leavers;
mod reviews;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use csc_measures::{DateForm, Origin};

pub(crate) use kind::Kind;

use crate::ReadError;
use crate::derived::Derived;
use crate::sheet::{Sheet, SheetRow};

/// How dates are written.
pub(crate) const FORM: DateForm = DateForm::Uk;

/// A file of the return.
#[derive(Debug)]
struct File {
    kind: Kind,
    sheet: Sheet,
    /// The year of the return, by the name of the file or of its folder; 0 where neither tells.
    year: u32,
}

/// The files of one return or of several years, in the order of the years.
#[derive(Debug)]
pub(crate) struct Return {
    files: Vec<File>,
}

impl Return {
    /// Reads files whose kind is known. `tell` hears how many bytes of which file were read.
    pub(crate) fn read(
        paths: &[(PathBuf, Kind)],
        tell: &mut dyn FnMut(&str, u64),
    ) -> Result<Self, ReadError> {
        let mut files = Vec::with_capacity(paths.len());
        for (path, kind) in paths {
            files.push(File { kind: *kind, sheet: Sheet::read(path, tell)?, year: year(path) });
        }
        // The later year's row of the same thing replaces the earlier.
        files.sort_by_cached_key(|file| (file.year, latest(file)));
        Ok(Self { files })
    }

    /// The rows of a kind, those of earlier years first.
    fn rows(&self, kind: Kind) -> impl Iterator<Item = SheetRow<'_>> {
        self.files.iter().filter(move |file| file.kind == kind).flat_map(|file| file.sheet.rows())
    }

    fn has(&self, kind: Kind) -> bool {
        self.files.iter().any(|file| file.kind == kind)
    }

    fn has_column(&self, kind: Kind, column: &str) -> bool {
        self.files.iter().any(|file| file.kind == kind && file.sheet.has(column))
    }

    /// The tables that are made of it.
    pub(crate) fn tables(&self) -> Vec<Derived<'_>> {
        let episodes = episodes::read(self);
        let mut tables: Vec<Derived<'_>> = Vec::new();
        tables.push(children::persons(self, &episodes));
        if self.has(Kind::Uasc) {
            tables.push(children::immigration_statuses(self));
        }
        if self.has(Kind::Episodes) {
            tables.extend(episodes::tables(self, &episodes));
            tables.push(adoption::permanence(self, &episodes));
        }
        if self.has(Kind::Reviews) {
            tables.push(reviews::cla_reviews(self, &episodes));
        }
        if self.has(Kind::Leavers) {
            tables.extend(leavers::tables(self));
        }
        tables
    }
}

/// The year in the name of a file, or else of its folder: four digits that begin with 20, the last of them.
fn year(path: &Path) -> u32 {
    let names = [path.file_stem(), path.parent().and_then(Path::file_name)];
    names.into_iter().flatten().find_map(|name| year_in(&name.to_string_lossy())).unwrap_or(0)
}

fn year_in(name: &str) -> Option<u32> {
    let digits = name.split(|letter: char| !letter.is_ascii_digit());
    digits
        .filter(|run| run.len() == 4 && run.starts_with("20"))
        .filter_map(|run| run.parse().ok())
        .next_back()
}

/// The latest date in a file, of those that tell when something was.
fn latest(file: &File) -> Option<NaiveDate> {
    let columns = file.kind.dates();
    file.sheet
        .rows()
        .flat_map(|row| columns.iter().filter_map(move |column| FORM.read(row.text(column))))
        .max()
}

/// Where a row stands.
fn origin(row: SheetRow<'_>) -> Origin<'_> {
    Origin { source: row.source(), row: row.number }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_of_a_file() {
        for (path, expected) in [
            ("SSDA903_2020_episodes.csv", 2020),
            ("2019/episodes.csv", 2019),
            ("returns 2018-2019/episodes_2021.csv", 2021),
            ("episodes.csv", 0),
            ("20201/episodes.csv", 0),
            ("returns/2018 to 2019/episodes.csv", 2019),
        ] {
            assert_eq!(year(Path::new(path)), expected, "{path}");
        }
    }
}
