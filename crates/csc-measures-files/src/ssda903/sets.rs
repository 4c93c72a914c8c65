//! The files that make up the return of one year.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::kind::Kind;
use crate::return_year::ReturnYear;

/// What holds the files of a year together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    /// The year in their names.
    Named(ReturnYear),
    /// The folder that they lie in.
    Folder(PathBuf),
    /// Nothing: the folder has several of a kind, each of its own year.
    File(usize),
}

/// A file among others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Given<'g> {
    pub(super) path: &'g Path,
    pub(super) kind: Kind,
    /// The year of its latest date of an episode or a review.
    pub(super) by_dates: Option<ReturnYear>,
}

/// The year of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Year {
    /// That of the latest date in its set, else the one that its name says.
    pub(super) taken: Option<ReturnYear>,
    /// The one that its name or that of its folder says.
    pub(super) named: Option<ReturnYear>,
}

/// A name that says another year than the dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Contradiction {
    pub(super) name: String,
    pub(super) named: ReturnYear,
    pub(super) taken: ReturnYear,
}

/// The year of each file, and the names that say otherwise.
pub(super) fn years(files: &[Given<'_>]) -> (Vec<Year>, Vec<Contradiction>) {
    let mut keys: Vec<Key> = files.iter().map(|file| key(file.path)).collect();
    let mut kinds: BTreeMap<&Key, Vec<Kind>> = BTreeMap::new();
    let mut mixed: BTreeSet<Key> = BTreeSet::new();
    for (key, file) in keys.iter().zip(files) {
        let of_set = kinds.entry(key).or_default();
        if matches!(key, Key::Folder(_)) && of_set.contains(&file.kind) {
            mixed.insert(key.clone());
        }
        of_set.push(file.kind);
    }
    for (place, key) in keys.iter_mut().enumerate() {
        if mixed.contains(key) {
            *key = Key::File(place);
        }
    }
    let mut sets: BTreeMap<&Key, Year> = BTreeMap::new();
    for (key, file) in keys.iter().zip(files) {
        let set = sets.entry(key).or_insert_with(|| Year { taken: None, named: named(key, file.path) });
        set.taken = set.taken.max(file.by_dates);
    }
    let mut told = Vec::new();
    let mut seen: BTreeSet<&Key> = BTreeSet::new();
    for (key, file) in keys.iter().zip(files) {
        let Some(Year { taken: Some(taken), named: Some(named) }) = sets.get(key).copied() else { continue };
        if seen.insert(key) && taken != named {
            let path = if matches!(key, Key::Named(_)) { Some(file.path) } else { file.path.parent() };
            let name = path.and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
            told.push(Contradiction { name, named, taken });
        }
    }
    let none = Year { taken: None, named: None };
    let year = |key: &Key| {
        let of_set = sets.get(key).copied().unwrap_or(none);
        Year { taken: of_set.taken.or(of_set.named), ..of_set }
    };
    (keys.iter().map(year).collect(), told)
}

fn key(path: &Path) -> Key {
    match path.file_stem().and_then(|name| ReturnYear::in_name(&name.to_string_lossy())) {
        Some(year) => Key::Named(year),
        None => Key::Folder(path.parent().map(Path::to_owned).unwrap_or_default()),
    }
}

fn named(key: &Key, path: &Path) -> Option<ReturnYear> {
    match key {
        Key::Named(year) => Some(*year),
        Key::Folder(_) | Key::File(_) => {
            let folder = path.parent().and_then(Path::file_name);
            folder.and_then(|name| ReturnYear::in_name(&name.to_string_lossy()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(files: &[(&str, Kind, i32)]) -> (Vec<i32>, Vec<String>) {
        let given: Vec<Given<'_>> = files
            .iter()
            .map(|(path, kind, year)| Given {
                path: Path::new(*path),
                kind: *kind,
                by_dates: ReturnYear::ending(*year),
            })
            .collect();
        let (years, told) = years(&given);
        let number = |year: &Year| year.taken.map_or(0, ReturnYear::number);
        (years.iter().map(number).collect(), told.into_iter().map(|told| told.name).collect())
    }

    #[test]
    fn the_files_of_a_set_have_one_year() {
        use Kind::{Episodes, Header, Reviews};
        // a folder: its latest date
        let folder = [
            ("a/header.csv", Header, 0),
            ("a/episodes.csv", Episodes, 2017),
            ("a/reviews.csv", Reviews, 2018),
        ];
        assert_eq!(taken(&folder), (vec![2018; 3], vec![]));
        // a year in the names of files, in the names of folders, and neither
        let named = [("x/header_2017.csv", Header, 0), ("x/episodes_2018.csv", Episodes, 2018)];
        assert_eq!(taken(&named), (vec![2017, 2018], vec![]));
        let folders =
            [("2017/header.csv", Header, 0), ("2018/header.csv", Header, 0), ("a/header.csv", Header, 0)];
        assert_eq!(taken(&folders), (vec![2017, 2018, 0], vec![]));
        // a folder with several of a kind: each file by itself
        let mixed = [("a/header.csv", Header, 0), ("a/1.csv", Episodes, 2017), ("a/2.csv", Episodes, 2016)];
        assert_eq!(taken(&mixed), (vec![0, 2017, 2016], vec![]));
    }

    #[test]
    fn a_name_that_says_otherwise_is_told_once_a_set() {
        use Kind::{Episodes, Header};
        let folder = [("2016/header.csv", Header, 0), ("2016/episodes.csv", Episodes, 2017)];
        assert_eq!(taken(&folder), (vec![2017; 2], vec!["2016".to_owned()]));
        let file = [("2016/episodes_2018.csv", Episodes, 2017)];
        assert_eq!(taken(&file), (vec![2017], vec!["episodes_2018.csv".to_owned()]));
    }
}
