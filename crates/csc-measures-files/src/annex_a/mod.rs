//! Annex A: the lists of children that an inspection asks for, a workbook with dates as cells or as `DD/MM/YYYY`.
//!
//! It tells how things stand on the day it was made, with the last visit to each child and the current placement,
//! and no past: its tables are [as at](csc_measures::TableBuilder::as_at) that day.

mod lists;
mod tables;
mod workbook;

use std::path::Path;

use chrono::NaiveDate;
use csc_measures::DateForm;

use crate::derived::Derived;
use crate::{IgnoredFile, ReadError, input};
use lists::List;
use workbook::Sheet;

/// How dates are handed over, whatever they are in the cells.
pub(crate) const FORM: DateForm = DateForm::Iso;

/// The lists of a workbook as at a day.
#[derive(Debug)]
pub(crate) struct AnnexA {
    lists: Vec<Sheet>,
    pub(crate) as_at: NaiveDate,
    /// The sheets that are not read.
    pub(crate) ignored: Vec<IgnoredFile>,
}

impl AnnexA {
    /// Reads a workbook; without a day it is as at the latest that anything in it happened.
    pub(crate) fn read(
        path: &Path,
        as_at: Option<NaiveDate>,
        tell: &mut dyn FnMut(&str, u64),
    ) -> Result<Self, ReadError> {
        let book = workbook::read(path, tell)?;
        let as_at = as_at.or_else(|| tables::latest(&book.lists)).ok_or_else(|| ReadError::Workbook {
            file: input::name(path),
            message: "no date in it shows the day that it is as at; give the day".to_owned(),
        })?;
        Ok(Self { lists: book.lists, as_at, ignored: book.ignored })
    }

    /// The tables that are made of it.
    pub(crate) fn tables(&self) -> Vec<Derived<'_>> {
        tables::tables(self)
    }

    fn list(&self, list: List) -> Option<&Sheet> {
        self.lists.iter().find(|sheet| sheet.shape.list == list)
    }
}
