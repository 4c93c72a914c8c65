//! A workbook of lists, as at a day.

use std::path::Path;

use chrono::NaiveDate;
use csc_measures::DateForm;

use super::latest::latest;
use super::lists::List;
use super::workbook::{self, Sheet};
use crate::memory::Memory;
use crate::{IgnoredFile, ReadError, input};

/// How dates are handed over, whatever they are in the cells.
pub(crate) const FORM: DateForm = DateForm::Iso;

/// The lists of a workbook as at a day.
#[derive(Debug)]
pub(crate) struct AnnexA {
    pub(super) lists: Vec<Sheet>,
    pub(crate) as_at: NaiveDate,
    /// The sheets that are not read.
    pub(crate) ignored: Vec<IgnoredFile>,
}

impl AnnexA {
    /// Reads a workbook; without a day it is as at the latest that anything in it happened.
    pub(crate) fn read(
        path: &Path,
        as_at: Option<NaiveDate>,
        memory: &Memory,
        tell: &mut dyn FnMut(&str, u64),
    ) -> Result<Self, ReadError> {
        let book = workbook::read(path, memory, tell)?;
        let as_at = as_at.or_else(|| latest(&book.lists)).ok_or_else(|| ReadError::Workbook {
            file: input::name(path),
            message: "it does not say which day it is as at; give the day".to_owned(),
        })?;
        Ok(Self { lists: book.lists, as_at, ignored: book.ignored })
    }

    pub(super) fn list(&self, list: List) -> Option<&Sheet> {
        self.lists.iter().find(|sheet| sheet.shape.list == list)
    }
}
