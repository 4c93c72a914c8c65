//! The children of censuses.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::{Datelike, NaiveDate};

use super::census::{self, Census, Child, Item};
use super::closing::OfChild;
use super::dates::FORM;
use super::years::Told;
use crate::input::{self, Watched};
use crate::memory::Memory;
use crate::return_year::{self, Day, ReturnYear};
use crate::{IgnoredFile, ReadError, SourceWarning};

/// The children of one census or of several.
#[derive(Debug, Default)]
pub(crate) struct Children {
    /// By id: the child of each file that has one, the latest census last.
    by_id: BTreeMap<String, Vec<OfFile>>,
    years: BTreeSet<ReturnYear>,
    warnings: Vec<SourceWarning>,
    /// The elements that are misplaced or misspelt, with the tables that they would be of.
    pub(super) faults: Vec<(&'static str, Item)>,
    /// Whether any plan has a list of reviews, which may be empty.
    pub(super) has_reviews: bool,
    /// The elements of each file that are not read.
    pub(crate) ignored: Vec<IgnoredFile>,
}

/// A child as a file has it.
#[derive(Debug)]
struct OfFile {
    /// Which of the files.
    file: usize,
    child: Child,
}

impl Children {
    /// Reads files of one census or of several. `tell` hears how many bytes of which file were read.
    pub(crate) fn read(
        paths: &[PathBuf],
        memory: &Memory,
        tell: &mut dyn FnMut(&str, u64),
    ) -> Result<Self, ReadError> {
        let mut files: Vec<(Option<ReturnYear>, Census)> = Vec::new();
        let mut all = Self::default();
        for path in paths {
            let (name, input) = input::open_text(path)?;
            let mut census =
                census::read(Watched::new(input, &mut |bytes| tell(&name, bytes)), &name, memory)?;
            all.faults.append(&mut census.faults);
            all.has_reviews |= census.has_reviews;
            files.push((all.year(&census, path), census));
        }
        files.sort_by(|(a_year, a), (b_year, b)| (a_year, &a.name).cmp(&(b_year, &b.name)));
        all.ignored = files.iter().flat_map(|(_, census)| census.unread()).collect();
        all.years = files.iter().filter_map(|(year, _)| *year).collect();
        let missing = return_year::missing(&all.years, all.years.last().copied());
        all.warnings.extend(missing.map(|year| SourceWarning::YearMissing { year: year.number() }));
        let mut starts: BTreeMap<String, OfChild> = BTreeMap::new();
        for (file, (year, census)) in files.into_iter().enumerate() {
            let mut by_id: BTreeMap<String, Vec<Child>> = BTreeMap::new();
            for mut child in census.children {
                if is_known(child.id.text()) {
                    starts.entry(child.id.text().to_owned()).or_default().note(&mut child, year);
                }
                by_id.entry(child.id.text().to_owned()).or_default().push(child);
            }
            for (id, children) in by_id {
                all.add(file, id, children);
            }
        }
        for (id, starts) in &starts {
            let same = all.by_id.get_mut(id).map(Vec::as_mut_slice).unwrap_or_default();
            starts.close(same.iter_mut().map(|of_file| &mut of_file.child), &all.years);
        }
        Ok(all)
    }

    /// The year of a census: that of its reference date, else the one that its header calls it by, else that of its
    /// name. What says another is reported.
    fn year(&mut self, census: &Census, path: &Path) -> Option<ReturnYear> {
        let reference = FORM.read(&census.reference_date);
        let is_last_day = |day: &NaiveDate| (day.month(), day.day()) == (3, 31);
        let by_header = ReturnYear::in_name(&census.year);
        let taken = reference.filter(is_last_day).and_then(ReturnYear::of);
        let taken = taken.or(by_header).or_else(|| reference.and_then(ReturnYear::of));
        let name = |path: Option<&Path>| {
            let name = path.map(|path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned());
            name.and_then(|name| ReturnYear::in_name(&name))
        };
        let (by_file, by_folder) = (name(Some(path)), name(path.parent()));
        let named = by_file.or(by_folder);
        for said in BTreeSet::from([by_header, named]).into_iter().flatten() {
            if let Some(taken) = taken.filter(|taken| *taken != said) {
                self.warnings.push(SourceWarning::OtherYear {
                    name: census.name.clone(),
                    named: said.number(),
                    taken: taken.number(),
                });
            }
        }
        taken.or(named)
    }

    /// Takes what a file has under one id.
    fn add(&mut self, file: usize, id: String, mut children: Vec<Child>) {
        let is_known = is_known(&id);
        let same = self.by_id.entry(id).or_default();
        let mut told: BTreeMap<Day, Vec<(usize, usize)>> = BTreeMap::new();
        for (child, of) in children.iter().enumerate() {
            for (place, referral) in of.referrals.iter().enumerate() {
                told.entry(referral.day()).or_default().push((child, place));
            }
        }
        // A later census repeats a referral, with what belongs to its own year. Of children without an id nobody
        // knows who is who.
        for earlier in same.iter_mut().filter(|_| is_known) {
            let mut of_day: BTreeMap<Day, usize> = BTreeMap::new();
            for referral in std::mem::take(&mut earlier.child.referrals) {
                // Two of one day are in the same order in each census.
                let before = of_day.entry(referral.day()).or_default();
                let place = told.get(&referral.day()).and_then(|places| places.get(*before));
                let later =
                    place.and_then(|(child, place)| children.get_mut(*child)?.referrals.get_mut(*place));
                match later {
                    Some(later) => later.follow(referral),
                    None => earlier.child.referrals.push(referral),
                }
                *before += 1;
            }
        }
        same.extend(children.into_iter().map(|child| OfFile { file, child }));
    }

    /// The years of the censuses.
    pub(crate) fn years(&self) -> BTreeSet<ReturnYear> {
        self.years.clone()
    }

    /// What is to be told of the years.
    pub(crate) fn warnings(&self) -> Vec<SourceWarning> {
        self.warnings.clone()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Child> {
        self.by_id.values().flatten().map(|of_file| &of_file.child)
    }

    /// The children of each id as the latest of its censuses has them: several are a fault.
    pub(super) fn latest(&self) -> impl Iterator<Item = &Child> {
        self.by_id.values().flat_map(|same| {
            let latest = same.last().map(|of_file| of_file.file);
            same.iter().filter(move |of_file| Some(of_file.file) == latest).map(|of_file| &of_file.child)
        })
    }
}

/// Whether an id says who a child is.
fn is_known(id: &str) -> bool {
    !id.is_empty()
}
