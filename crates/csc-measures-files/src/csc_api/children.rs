//! The children of files of the API.

use std::collections::BTreeSet;
use std::path::PathBuf;

use csc_measures::DateForm;

use super::child::{Child, One, Place};
use super::file;
use crate::ReadError;
use crate::input::{self, Watched};
use crate::memory::Memory;

/// How dates are written.
pub(crate) const FORM: DateForm = DateForm::Iso;

/// The children of one file or of several.
#[derive(Debug, Default)]
pub(crate) struct Children {
    children: Vec<Child>,
    /// The places of items among the children that are not children.
    pub(super) unreadable: Vec<Place>,
}

impl Children {
    /// Reads files in the order of their names: a later one replaces all there was of a child. `tell` hears how many
    /// bytes of which file were read.
    pub(crate) fn read(
        paths: &[PathBuf],
        memory: &Memory,
        tell: &mut dyn FnMut(&str, u64),
    ) -> Result<Self, ReadError> {
        let mut paths: Vec<&PathBuf> = paths.iter().collect();
        paths.sort_by_key(|path| (input::name(path), *path));
        let mut of = Self::default();
        for path in paths {
            let (name, input) = input::open_text(path)?;
            of.add(file::read(Watched::new(input, &mut |bytes| tell(&name, bytes)), &name, memory)?);
        }
        Ok(of)
    }

    fn add(&mut self, file: file::Children) {
        let told: BTreeSet<&str> = file.ids.iter().map(String::as_str).collect();
        self.children.retain(|child| !told.contains(child.la_child_id.text()));
        for one in file.children {
            match one {
                One::Some(child) => self.children.push(child),
                One::Unreadable(at) => self.unreadable.push(at),
                One::None => {}
            }
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Child> {
        self.children.iter()
    }
}
