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
use csc_measures::{Dataset, DateForm, Origin};

pub(crate) use kind::Kind;

use crate::derived::{self, Derived};
use crate::sheet::{Sheet, SheetRow};
use crate::{ReadError, folder};

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

/// Reads the SSDA903 return of a folder, of one year or of several, also in folders of their own.
///
/// Files are known by their columns: the header, episodes, reviews, unaccompanied asylum-seeking children,
/// care leavers (OC3), adoptions (AD1) and placed for adoption. The others of the return feed no measure. Where several
/// years have a row of the same episode, child or adoption, that of the latest stands; the year is in the name of
/// a file or of its folder, or shows in its dates.
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # let folder = folder.path();
/// std::fs::write(folder.join("header.csv"), "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n7,1,01/02/2010,WBRI,UN1,,\n")?;
/// std::fs::write(
///     folder.join("episodes.csv"),
///     "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n\
///      7,03/01/2017,S,V2,N1,U6,PR1,20/02/2017,X1,OTHER,,,\n\
///      7,20/02/2017,P,V2,N1,K2,PR4,,,,,,\n",
/// )?;
///
/// let dataset = csc_measures_files::read_ssda903(folder)?;
/// let tables: Vec<(&str, u64)> = dataset.tables().iter().map(|count| (count.table.name(), count.used)).collect();
/// assert!(tables.contains(&("cla_episodes", 2)) && tables.contains(&("cla_placements", 2)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// A folder or file that cannot be read, and a folder without a file of episodes or of the header.
pub fn read_ssda903(path: impl AsRef<Path>) -> Result<Dataset, ReadError> {
    let path = path.as_ref();
    let mut files = Vec::new();
    let mut ignored = Vec::new();
    for file in folder::csv_files(path)? {
        match Kind::of(&file)? {
            Some(kind) => files.push((file, kind)),
            None => ignored.push(folder::ignored(&file, "not a file of the SSDA903 return".to_owned())),
        }
    }
    if !files.iter().any(|(_, kind)| matches!(kind, Kind::Episodes | Kind::Header)) {
        return Err(ReadError::NoReturn { path: path.to_owned(), name: "SSDA903", ignored });
    }
    let of = Return::read(&files, &mut |_, _| ())?;
    derived::dataset(FORM, &of.tables(), "SSDA903")
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
