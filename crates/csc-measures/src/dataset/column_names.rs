//! The names that a caller has for columns.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::error::DatasetError;
use crate::tables::Table;
use crate::value::names::{fold_alike, nearest, shown};

/// What happens to columns that a table does not know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum UnknownColumns {
    /// They are not read. Those whose name is nearly that of an absent column are reported to whoever reads the data.
    #[default]
    Warn,
    /// A table that has one cannot be taken.
    Error,
    /// They are not read, and are reported only on request.
    Ignore,
}

/// The columns that have other names than those of the library and the Standard Safeguarding Dataset, by table:
/// `{"cp_plans": {"PersonID": "person_id"}}` as JSON.
///
/// # Examples
///
/// ## A table with a word of its own for the child
///
/// ```
/// use csc_measures::{ColumnNames, Dataset};
///
/// let mut names = ColumnNames::default();
/// names.call("compliments", "Ref", "compliment_id")?.call("compliments", "Day", "received_date")?;
/// let mut builder = Dataset::builder();
/// builder.columns(names.clone()).declare("compliments", &["Ref", "Day"])?;
/// assert_eq!(builder.build().columns()[0].given_as.as_deref(), Some("Ref"));
///
/// // a name that the table does not have
/// let error = Dataset::builder().columns(names).declare("compliments", &["Reference", "Day"]).map(|_| ());
/// let message = error.unwrap_err().to_string();
/// assert!(message.ends_with("has no column `Ref`, which is named to be `compliment_id`; it has `Reference`, `Day`"));
/// # Ok::<(), csc_measures::DatasetError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnNames(BTreeMap<Table, Vec<CalledAs>>);

/// A caller's name for a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CalledAs {
    pub(super) given: String,
    /// The place of the column.
    pub(super) column: usize,
}

impl ColumnNames {
    /// Says that the column `given` of a table is its column `column`.
    ///
    /// # Errors
    /// A table or a column that is unknown, with the nearest.
    pub fn call(&mut self, table: &str, given: &str, column: &str) -> Result<&mut Self, DatasetError> {
        let table = Table::by_name(table)?;
        let place = table.column(column).ok_or_else(|| DatasetError::UnknownColumn {
            table,
            column: shown(column),
            nearest: nearest(column, table.columns().iter().map(|column| column.name)).to_owned(),
        })?;
        let called = CalledAs { given: given.to_owned(), column: place };
        let names = self.0.entry(table).or_default();
        names.retain(|before| !fold_alike(&before.given, given));
        names.push(called);
        Ok(self)
    }

    /// The tables whose columns have names, in their order.
    pub(super) fn tables(&self) -> impl Iterator<Item = Table> {
        self.0.iter().filter(|(_, names)| !names.is_empty()).map(|(table, _)| *table)
    }

    /// The names of a table.
    pub(super) fn of(&self, table: Table) -> &[CalledAs] {
        self.0.get(&table).map(Vec::as_slice).unwrap_or_default()
    }
}

impl<'de> Deserialize<'de> for ColumnNames {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tables = BTreeMap::<String, BTreeMap<String, String>>::deserialize(deserializer)?;
        let mut names = Self::default();
        for (table, columns) in &tables {
            Table::by_name(table).map_err(D::Error::custom)?;
            for (given, column) in columns {
                names.call(table, given, column).map_err(D::Error::custom)?;
            }
        }
        Ok(names)
    }
}
