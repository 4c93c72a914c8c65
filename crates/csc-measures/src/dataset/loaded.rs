//! What a builder has taken in.

use std::collections::BTreeSet;

use super::case_teams::CaseTeams;
use super::faulty::Noted;
use super::issue::{DataIssue, Gathered};
use super::origin::Origins;
use super::ssd::Frame;
use super::store::{self, Reference, Store};
use super::superseded::Gone;
use super::supplied::Supplied;
use super::unreadable::Unread;
use crate::tables::{Names, Table};
use crate::time::Day;

impl Loaded {
    /// About how many bytes it is held in.
    pub(super) fn held(&self) -> usize {
        // An issue has the id of its row, and the row is noted with whom it is of.
        const OF_ISSUE: usize = size_of::<DataIssue>() + 2 * size_of::<Unread>();
        let frames: usize = self.frames.iter().map(Frame::held).sum();
        store::held(&self.store)
            + self.names.held()
            + size_of_val(self.references.as_slice())
            + size_of_val(self.unreadable.as_slice())
            + self.issues.len() * OF_ISSUE
            + frames
    }
}

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
    /// The teams that rows name as those of their case.
    pub(super) case_teams: CaseTeams,
    /// The tables whose columns the caller gave names to.
    pub(super) named: BTreeSet<Table>,
    /// The day of the extract, if the caller says it.
    pub(super) extract_day: Option<Day>,
    /// Tables of the Standard Safeguarding Dataset, whose content says how they are read.
    pub(super) frames: Vec<Frame>,
}
