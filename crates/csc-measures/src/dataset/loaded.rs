//! What a builder has taken in.

use super::held::Held;
use super::issue::{DataIssue, Gathered};
use super::origin::Origins;
use super::store::{Reference, Store};
use super::supplied::Supplied;
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
    pub(super) supplied: Supplied,
    pub(super) origins: Origins,
    /// Tables of which it is not known yet which column is the id.
    pub(super) held: Vec<Held>,
}
