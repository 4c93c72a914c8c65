//! What there is to read among files and folders.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use super::SourceKind;
use crate::entry::{FileFormat, IgnoredFile, TableFile};
use crate::{ReadError, folder, input, opened, ssda903, unreadable};

/// Returns lie in a folder, or in a folder for each year.
const DEEPEST: usize = 3;
/// How much of a file is looked at to see what it is.
const GLIMPSE: u64 = 64 << 10;

/// Files by what they are.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) tables: Vec<TableFile>,
    pub(super) ssda903: Vec<(PathBuf, ssda903::Kind)>,
    pub(super) censuses: Vec<PathBuf>,
    pub(super) workforce: Vec<PathBuf>,
    pub(super) workbooks: Vec<PathBuf>,
    pub(super) api: Vec<PathBuf>,
    pub(super) ignored: Vec<IgnoredFile>,
    /// The bytes that each file of a return had when it was found.
    sizes: BTreeMap<PathBuf, u64>,
    /// Every file that was taken, by the one path that it has whatever it was called by.
    taken: BTreeSet<PathBuf>,
}

impl Found {
    /// Looks at a file or folder that was given.
    pub(super) fn look_at(&mut self, path: &Path) -> Result<(), ReadError> {
        let before = self.count();
        let ignored_before = self.ignored.len();
        let about = fs::metadata(path).map_err(|error| ReadError::folder(path, error))?;
        if about.is_dir() {
            self.look_into(path)?;
        } else {
            // A pipe or a device may have no end.
            let is_known = about.is_file() && self.take(path)?;
            if !is_known {
                if let Some(error) = unreadable_form(path) {
                    return Err(error);
                }
                self.ignored.push(IgnoredFile {
                    name: input::name(path),
                    reason: "not a table or a return that this program reads".to_owned(),
                    looks_like_table: true,
                });
            }
        }
        if self.count() == before {
            let ignored = self.ignored.split_off(ignored_before);
            return Err(ReadError::NoTable { path: path.to_owned(), ignored });
        }
        Ok(())
    }

    /// A folder has tables, or else returns, in it or in folders within: beside tables nothing else is looked for,
    /// so that what comes to lie in their folder changes no figure.
    fn look_into(&mut self, path: &Path) -> Result<(), ReadError> {
        let (mut tables, others) = folder::list(path)?;
        tables.retain(|table| !is_of_return(table));
        if !tables.is_empty() {
            self.ignored.extend(others);
            for table in tables {
                self.add_table(table)?;
            }
            return Ok(());
        }
        let before = self.count();
        let mut unknown = Vec::new();
        let mut folders = vec![(path.to_owned(), 1)];
        while let Some((folder, depth)) = folders.pop() {
            let failed = |error| ReadError::folder(&folder, error);
            let mut paths = Vec::new();
            for entry in fs::read_dir(&folder).map_err(failed)? {
                paths.push(entry.map_err(failed)?.path());
            }
            paths.sort_unstable();
            for path in paths {
                if path.is_dir() && depth < DEEPEST {
                    folders.push((path, depth + 1));
                } else if !path.is_file() || !self.take_return(&path, false)? {
                    if let Some(error) = unreadable_form(&path) {
                        return Err(error);
                    }
                    unknown.push(path);
                }
            }
        }
        if self.count() == before {
            // Nothing here: a name that is nearly a table's says more than that the file is not a return.
            self.ignored.extend(others);
        } else {
            let of_no_return = |path: PathBuf| IgnoredFile {
                name: input::name(&path),
                reason: "not part of a return that is read".to_owned(),
                looks_like_table: FileFormat::of_path(&path).is_some(),
            };
            self.ignored.extend(unknown.into_iter().map(of_no_return));
        }
        Ok(())
    }

    /// Takes a file for what it is, if it is anything.
    fn take(&mut self, path: &Path) -> Result<bool, ReadError> {
        if let Some(table) = folder::table_file(path)?.filter(|table| !is_of_return(table)) {
            self.add_table(table)?;
            return Ok(true);
        }
        // What is given by name is meant: its reader says best what is wrong with it.
        self.take_return(path, true)
    }

    fn take_return(&mut self, path: &Path, is_meant: bool) -> Result<bool, ReadError> {
        let bytes = size(path)?;
        let is_taken = self.take_as_return(path, is_meant)?;
        if is_taken {
            self.take_once(path)?;
            self.sizes.insert(path.to_owned(), bytes);
        }
        Ok(is_taken)
    }

    /// Checks that the files of returns have the length that they had when they were found: what was written
    /// meanwhile may be half of a file.
    pub(super) fn check_sizes(&self) -> Result<(), ReadError> {
        for (path, bytes) in &self.sizes {
            if size(path)? != *bytes {
                let error = opened::changed(*bytes);
                return Err(ReadError::File { file: input::name(path), error });
            }
        }
        Ok(())
    }

    fn take_as_return(&mut self, path: &Path, is_meant: bool) -> Result<bool, ReadError> {
        if FileFormat::of_path(path) == Some(FileFormat::Csv) {
            match ssda903::Kind::of(path)? {
                None => return Ok(false),
                Some(ssda903::Kind::Unread) => self.ignored.push(IgnoredFile {
                    name: input::name(path),
                    reason: "a file of SSDA903 that no measure reads".to_owned(),
                    looks_like_table: false,
                }),
                Some(kind) => self.ssda903.push((path.to_owned(), kind)),
            }
            return Ok(true);
        }
        match extension(path).as_str() {
            // Both have a `Message`; the workforce census says what it is in its header and by its workers.
            "xml" if begins_with(path, &["<cswwworker", ":cswwworker", "lalevelvacancies", ">csww<"])? => {
                self.workforce.push(path.to_owned());
            }
            "xml" if begins_with(path, &["<message", ":message"])? || is_meant => {
                self.censuses.push(path.to_owned());
            }
            "xlsx" | "xlsm" => self.workbooks.push(path.to_owned()),
            "json" | "jsonl" | "ndjson"
                if begins_with(path, &["\"la_child_id\"", "\"lachildid\"", "\"la-child-id\""])?
                    || is_meant =>
            {
                self.api.push(path.to_owned());
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Refuses a file that was taken already: read twice, a return would have every child twice.
    fn take_once(&mut self, path: &Path) -> Result<(), ReadError> {
        let whole = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if self.taken.insert(whole) { Ok(()) } else { Err(ReadError::GivenTwice { path: path.to_owned() }) }
    }

    fn add_table(&mut self, table: TableFile) -> Result<(), ReadError> {
        self.take_once(&table.path)?;
        if let Some(first) = self.tables.iter().find(|file| file.table == table.table) {
            let (first, second) = (first.name.clone(), table.name);
            return Err(ReadError::TableTwice { table: table.table, first, second });
        }
        self.tables.push(table);
        Ok(())
    }

    fn count(&self) -> usize {
        SourceKind::ALL.into_iter().map(|kind| self.files(kind).len()).sum()
    }

    /// The files of a kind, by name.
    pub(super) fn files(&self, kind: SourceKind) -> Vec<String> {
        let names = |paths: &[PathBuf]| paths.iter().map(|path| input::name(path)).collect();
        match kind {
            SourceKind::Tables => self.tables.iter().map(|file| file.name.clone()).collect(),
            SourceKind::Ssda903 => self.ssda903.iter().map(|(path, _)| input::name(path)).collect(),
            SourceKind::CinCensus => names(&self.censuses),
            SourceKind::AnnexA => names(&self.workbooks),
            SourceKind::CscApi => names(&self.api),
            SourceKind::Csww => names(&self.workforce),
        }
    }

    /// The bytes of all files.
    pub(super) fn bytes(&self) -> u64 {
        let size = |path: &PathBuf| fs::metadata(path).map_or(0, |about| about.len());
        let of_tables: u64 = self.tables.iter().map(|file| file.bytes).sum();
        let returns = self.censuses.iter().chain(&self.workbooks).chain(&self.api).chain(&self.workforce);
        of_tables + returns.chain(self.ssda903.iter().map(|(path, _)| path)).map(size).sum::<u64>()
    }
}

/// The error of a file in a form that is not read, though it looks like data. A file that could be read is none of
/// these: it is listed among those that are not read.
fn unreadable_form(path: &Path) -> Option<ReadError> {
    FileFormat::of_path(path).is_none().then(|| unreadable::refusal(path)).flatten()
}

/// Whether a file that has the name of a table has the columns of a return: `missing.csv` is one of SSDA903, and a table
/// too.
fn is_of_return(table: &TableFile) -> bool {
    // What cannot be read is refused by whoever reads the table.
    table.format == FileFormat::Csv && ssda903::Kind::of(&table.path).is_ok_and(|kind| kind.is_some())
}

fn size(path: &Path) -> Result<u64, ReadError> {
    let about = fs::metadata(path).map_err(|error| ReadError::File { file: input::name(path), error })?;
    Ok(about.len())
}

fn extension(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase()
}

/// Whether one of some words, in small letters, stands near the beginning of a file in any case.
fn begins_with(path: &Path, words: &[&str]) -> Result<bool, ReadError> {
    let failed = |error| ReadError::File { file: input::name(path), error };
    let mut glimpse = Vec::new();
    File::open(path).map_err(failed)?.take(GLIMPSE).read_to_end(&mut glimpse).map_err(failed)?;
    let text = unreadable::text(&glimpse).to_lowercase();
    let is_it = words.iter().any(|word| text.contains(word));
    if is_it && unreadable::is_utf_16(&glimpse) {
        let message = "it is written in UTF-16; save it in UTF-8".to_owned();
        return Err(ReadError::Xml { file: input::name(path), message });
    }
    Ok(is_it)
}
