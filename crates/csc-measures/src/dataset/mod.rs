//! Tables in, checked once: ids as small numbers, rows grouped by person, and every issue of the data.

mod build;
mod builder;
mod checks;
mod chunk;
mod cla_owners;
mod data;
mod earliest;
mod grouped;
mod issue;
mod kept;
mod links;
mod origin;
mod ranks;
mod references;
mod store;
mod supplied;

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

pub use builder::{DatasetBuilder, DatasetError, TableBuilder};
pub use chunk::Chunk;
pub(crate) use data::{Data, PersonRecords};
pub(crate) use earliest::Earliest;
pub use issue::DataIssue;
pub(crate) use links::{Links, Undecided};
pub use origin::Origin;
pub(crate) use supplied::{Supplied, Supply};

use crate::tables::Table;

/// The checked data of an authority, or of one child.
///
/// Built once by a [`DatasetBuilder`]; from then on it is read only, by any number of threads. A clone shares
/// the data.
#[derive(Clone)]
pub struct Dataset(Arc<Data>);

/// What became of the rows of a supplied table: `rows` = `used` + those that are out, each with an issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TableCount {
    /// The table.
    pub table: Table,
    /// Rows that came in.
    pub rows: u64,
    /// Rows that are used.
    pub used: u64,
    /// What the table was made of, where it was told: `cin_census`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The day that the table is [as at](TableBuilder::as_at), where it has no past.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_at: Option<NaiveDate>,
}

impl Dataset {
    /// Starts a dataset.
    #[must_use]
    pub fn builder() -> DatasetBuilder {
        DatasetBuilder::default()
    }

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
