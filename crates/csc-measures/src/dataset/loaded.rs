//! What a builder has taken in.

use super::issue::{DataIssue, Gathered};
use super::origin::Origins;
use super::ssd::Frame;
use super::store::{Reference, Store};
use super::supplied::Supplied;
use super::unreadable::Unread;
use crate::tables::Names;

/// The tables that were taken in, before anything is checked that needs all of them.
#[derive(Default)]
pub(super) struct Loaded {
    pub(super) names: Names,
    pub(super) store: Store,
    pub(super) references: Vec<Reference>,
    pub(super) issues: Vec<DataIssue>,
    /// The issues that count for all rows of a column.
    pub(super) gathered: Gathered,
    /// What cannot be read of lists as at a day.
    pub(super) unreadable: Vec<Unread>,
    pub(super) supplied: Supplied,
    pub(super) origins: Origins,
    /// Tables of the Standard Safeguarding Dataset, whose content says how they are read.
    pub(super) frames: Vec<Frame>,
}
