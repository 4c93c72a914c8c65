//! The files of the return, and what they have.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use csc_measures::{DateForm, Origin};

use super::kind::Kind;
use crate::ReadError;
use crate::sheet::{Sheet, SheetRow};

/// How dates are written.
pub(crate) const FORM: DateForm = DateForm::Uk;

/// A file of the return.
#[derive(Debug)]
struct File {
    kind: Kind,
    sheet: Sheet,
    /// The year of the return, by the name of the file or of its folder; 0 if neither tells.
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

/// The latest date in a file on which something happened.
fn latest(file: &File) -> Option<NaiveDate> {
    let columns = file.kind.dates();
    file.sheet
        .rows()
        .flat_map(|row| columns.iter().filter_map(move |column| FORM.read(row.text(column))))
        .max()
}

/// Where a row stands.
pub(super) fn origin(row: SheetRow<'_>) -> Origin<'_> {
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
