//! What a builder has taken in.

use std::collections::BTreeSet;

use super::faulty::Noted;
use super::issue::{DataIssue, Gathered};
use super::origin::Origins;
use super::ssd::Frame;
use super::store::{Reference, Store};
use super::superseded::Gone;
use super::supplied::Supplied;
use super::unreadable::Unread;
use crate::tables::{Names, Table};
use crate::time::Day;

/// The tables that were taken in, before anything is checked that needs all of them.
#[derive(Default)]
pub(super) struct Loaded {
    pub(super) names: Names,
    pub(super) store: Store,
    pub(super) references: Vec<Reference>,
    pub(super) issues: Vec<DataIssue>,
    /// The issues that count for all rows of a column.
    pub(super) gathered: Gathered,
    /// Whom the rows with issues are of.
    pub(super) noted: Noted,
    /// What cannot be read of lists as at a day.
    pub(super) unreadable: Vec<Unread>,
    pub(super) supplied: Supplied,
    pub(super) origins: Origins,
    /// Rows without an end of their own that are open no longer than their year.
    pub(super) gone: Gone,
    /// The ids of referrals that came from early help.
    pub(super) from_early_help: Vec<Box<str>>,
    /// The tables whose columns the caller gave names to.
    pub(super) named: BTreeSet<Table>,
    /// The day of the extract, if the caller says it.
    pub(super) extract_day: Option<Day>,
    /// Tables of the Standard Safeguarding Dataset, whose content says how they are read.
    pub(super) frames: Vec<Frame>,
}
