//! The checked data of an authority, or of one child.

use std::fmt;
use std::sync::Arc;

use super::data::Data;
use super::issue::DataIssue;
use super::supplied::TableCount;

/// The checked data of an authority, or of one child.
///
/// Built once by a [`DatasetBuilder`](super::DatasetBuilder); from then on it is read only, by any number of threads. A clone shares
/// the data.
#[derive(Clone)]
pub struct Dataset(pub(super) Arc<Data>);

impl Dataset {
    /// Every issue, by table, row and column.
    #[must_use]
    pub fn issues(&self) -> &[DataIssue] {
        &self.0.issues
    }

    /// The supplied tables and what became of their rows.
    #[must_use]
    pub fn tables(&self) -> Vec<TableCount> {
        self.0.supplied.counts()
    }

    /// The number of persons that any table names.
    #[must_use]
    pub fn person_count(&self) -> usize {
        self.0.persons.len()
    }

    pub(crate) fn data(&self) -> &Data {
        &self.0
    }
}

impl fmt::Debug for Dataset {
    /// How much there is, and nothing of what: a log is no place for rows of children.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dataset")
            .field("tables", &self.tables())
            .field("persons", &self.person_count())
            .field("issues", &self.issues().len())
            .finish()
    }
}
