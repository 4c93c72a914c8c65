//! The children of censuses.

use std::collections::BTreeMap;
use std::path::PathBuf;

use csc_measures::DateForm;

use super::census::{self, Census, Child};
use crate::input::{self, Watched};
use crate::{IgnoredFile, ReadError};

/// How dates are written.
pub(crate) const FORM: DateForm = DateForm::Iso;

/// The children of one census or of several.
#[derive(Debug, Default)]
pub(crate) struct Children {
    /// By id: the child of each file that has one, the latest census last.
    pub(super) by_id: BTreeMap<String, Vec<Child>>,
    /// The elements of each file that are not read.
    pub(crate) ignored: Vec<IgnoredFile>,
}

impl Children {
    /// Reads files of one census or of several. `tell` hears how many bytes of which file were read.
    pub(crate) fn read(paths: &[PathBuf], tell: &mut dyn FnMut(&str, u64)) -> Result<Self, ReadError> {
        let mut files: Vec<Census> = Vec::new();
        for path in paths {
            let (name, input) = input::open_text(path)?;
            files.push(census::read(Watched::new(input, &mut |bytes| tell(&name, bytes)), &name)?);
        }
        files.sort_by(|a, b| (&a.year, &a.name).cmp(&(&b.year, &b.name)));
        let ignored = files.iter().flat_map(Census::unread).collect();
        let mut children = Self { by_id: BTreeMap::new(), ignored };
        for child in files.into_iter().flat_map(|file| file.children) {
            children.add(child);
        }
        Ok(children)
    }

    fn add(&mut self, mut child: Child) {
        let same = self.by_id.entry(child.id.text().to_owned()).or_default();
        let mut told: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, referral) in child.referrals.iter().enumerate() {
            told.entry(referral.date.text().to_owned()).or_default().push(place);
        }
        // A later census repeats a referral, with what belongs to its own year.
        for earlier in same.iter_mut().filter(|earlier| earlier.id.source != child.id.source) {
            let mut of_day: BTreeMap<String, usize> = BTreeMap::new();
            for referral in std::mem::take(&mut earlier.referrals) {
                // Two of one day are in the same order in each census.
                let before = of_day.entry(referral.date.text().to_owned()).or_default();
                let place = told.get(referral.date.text()).and_then(|places| places.get(*before));
                match place.and_then(|place| child.referrals.get_mut(*place)) {
                    Some(later) => later.follow(referral),
                    None => earlier.referrals.push(referral),
                }
                *before += 1;
            }
        }
        same.push(child);
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Child> {
        self.by_id.values().flatten()
    }
}
