//! The checked data of an authority, or of one child.

use std::fmt;
use std::sync::Arc;

use super::data::Data;
use super::issue::DataIssue;
use super::live::Live;
use super::standing::Standing;
use super::supplied::TableCount;
use super::told::ColumnReport;
use crate::value::index::{PersonIx, Position};

/// The checked data of an authority, or of one child.
///
/// Built once by a [`DatasetBuilder`](super::DatasetBuilder); from then on it is read only, by any number of threads. A clone shares
/// the data, and so does a dataset [with other rows of one child](Dataset::with_person).
#[derive(Clone)]
pub struct Dataset {
    pub(super) whole: Arc<Data>,
    /// The children whose rows are others than in the whole.
    pub(super) live: Option<Arc<Live>>,
}

impl Dataset {
    pub(super) fn of(data: Data) -> Self {
        Self { whole: Arc::new(data), live: None }
    }

    /// Every issue, by table, row and column. Of a child whose [rows were replaced](Dataset::with_person) those of the
    /// new rows are there besides.
    #[must_use]
    pub fn issues(&self) -> &[DataIssue] {
        match &self.live {
            None => &self.whole.issues,
            Some(live) => live.issues(&self.whole),
        }
    }

    /// The supplied tables and what became of their rows.
    #[must_use]
    pub fn tables(&self) -> Vec<TableCount> {
        self.whole.supplied.counts()
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
        self.whole.supplied.columns()
    }

    /// The number of persons that any table names.
    #[must_use]
    pub fn person_count(&self) -> usize {
        match &self.live {
            None => self.whole.person_count(),
            Some(live) => live.person_count(&self.whole),
        }
    }

    /// The whole as it was built, which decides what tables and columns there are and what of them can be used. Who
    /// looks at persons asks how they [stand](Self::standing).
    pub(crate) fn data(&self) -> &Data {
        &self.whole
    }

    /// Whether rows of children were replaced since the whole was built.
    pub(crate) fn is_live(&self) -> bool {
        self.live.is_some()
    }

    /// The rows of everybody as they stand.
    pub(crate) fn standing(&self) -> Standing<'_> {
        Standing::new(&self.whole, self.live.as_deref())
    }

    /// A person by id, with the data that the person is in.
    pub(crate) fn person_in_data(&self, id: &str) -> Option<(&Data, PersonIx)> {
        let child = self.live.as_ref().and_then(|live| live.child(id.trim()));
        match child {
            Some(child) => child.data.as_deref().map(|data| (data, PersonIx::at(0))),
            None => self.whole.person_index(id).map(|person| (&*self.whole, person)),
        }
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
