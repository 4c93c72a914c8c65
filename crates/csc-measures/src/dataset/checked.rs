//! The checked data of an authority, or of one child.

use std::fmt;
use std::sync::Arc;

use super::data::Data;
use super::issue::DataIssue;
use super::supplied::TableCount;
use super::told::ColumnReport;

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

    /// What became of every column of the supplied tables: by table its own columns in their order, supplied or not,
    /// and then those that it does not know as they were given.
    ///
    /// # Examples
    ///
    /// ## A name in capitals and an unknown column
    ///
    /// ```
    /// use csc_measures::{ColumnState, Dataset};
    ///
    /// let mut builder = Dataset::builder();
    /// builder.declare("compliments", &["Compliment ID", "received_date", "shoe_size"])?;
    /// let columns = builder.build().columns();
    /// assert_eq!((columns[0].column, columns[0].given_as.as_deref()), (Some("compliment_id"), Some("Compliment ID")));
    /// assert_eq!((columns[2].state, columns[2].given_as.as_deref()), (ColumnState::Unknown, Some("shoe_size")));
    /// # Ok::<(), csc_measures::DatasetError>(())
    /// ```
    #[must_use]
    pub fn columns(&self) -> Vec<ColumnReport> {
        self.0.supplied.columns()
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
    /// How much there is, and nothing of what: a log is not the place for rows of children.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dataset")
            .field("tables", &self.tables())
            .field("persons", &self.person_count())
            .field("issues", &self.issues().len())
            .finish()
    }
}
