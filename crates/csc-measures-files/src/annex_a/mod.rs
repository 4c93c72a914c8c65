//! Annex A: the lists of children that an inspection asks for, a workbook with dates as cells or as `DD/MM/YYYY`.
//!
//! It shows how things stood on the day it was made, with the last visit to each child and the current placement,
//! and no past: its tables are [as at](csc_measures::TableBuilder::as_at) that day.

mod book;
mod latest;
mod lists;
mod parts;
mod tables;
mod workbook;

pub(crate) use book::{AnnexA, FORM};
