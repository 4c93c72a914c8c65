//! The input tables, each declared once.
//!
//! A declaration in [`schema`](self) gives the row struct for typed input (serde), the columns with their types,
//! the names that the Standard Safeguarding Dataset (SSD) has for them, and the fields that the dataset
//! reads. A reader accepts either name, columns in any order, and ignores columns it does not know.

mod declare;
mod schema;

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use schema::*;

use crate::value::names::{nearest, shown};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ColumnKind {
    /// Text or an integer, compared as text by code point.
    Id,
    /// A date, or a timestamp whose time part is dropped.
    Date,
    /// Y/N, Yes/No, true/false, 1/0, in any case.
    Bool,
    /// An exact decimal number.
    Decimal,
    /// A whole number.
    Integer,
    /// Free text.
    Text,
    /// A code, compared in lower case without spaces, hyphens and underscores.
    Code,
}

/// Whether a column must be there, and hold a value in every row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Need {
    /// Required, and no two rows share a value.
    Unique,
    /// Required in every row.
    Required,
    /// May be null, or absent altogether.
    Optional,
}

/// One column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Column {
    /// The column's name here.
    pub name: &'static str,
    /// The column's name in the Standard Safeguarding Dataset, where it has one.
    pub ssd: Option<&'static str>,
    /// What it holds.
    pub kind: ColumnKind,
    /// Whether it must be there.
    pub need: Need,
    /// The closed set of its codes; empty where any text is a code.
    pub set: &'static [&'static str],
    /// What it means.
    pub note: &'static str,
}

impl Table {
    /// The table of that name, its own or the Standard Safeguarding Dataset's.
    ///
    /// # Errors
    /// [`UnknownTable`], naming the nearest table.
    ///
    /// ```
    /// use csc_measures::tables::Table;
    ///
    /// assert_eq!(Table::by_name("cp_plans")?, Table::CpPlans);
    /// assert_eq!(Table::by_name("ssd_cp_plans")?, Table::CpPlans);
    /// let error = Table::by_name("cp_plan").unwrap_err();
    /// assert_eq!(error.to_string(), "unknown table `cp_plan`, did you mean `cp_plans`?");
    /// # Ok::<(), csc_measures::tables::UnknownTable>(())
    /// ```
    pub fn by_name(name: &str) -> Result<Self, UnknownTable> {
        Self::ALL
            .iter()
            .copied()
            .find(|table| table.name() == name || table.ssd_name() == Some(name))
            .ok_or_else(|| UnknownTable {
                name: shown(name),
                nearest: nearest(
                    name,
                    Self::ALL.iter().flat_map(|t| [Some(t.name()), t.ssd_name()]).flatten(),
                )
                .to_owned(),
            })
    }

    /// The place of the column of that name, its own or the Standard Safeguarding Dataset's.
    #[must_use]
    pub fn column(self, name: &str) -> Option<usize> {
        self.columns().iter().position(|column| column.name == name || column.ssd == Some(name))
    }

    /// The place of the column that identifies a row, where the table has one.
    #[must_use]
    pub fn id_column(self) -> Option<usize> {
        self.columns().iter().position(|column| column.need == Need::Unique)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Table {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Table {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::by_name(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// A name that is no table's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown table `{name}`, did you mean `{nearest}`?")]
pub struct UnknownTable {
    name: String,
    nearest: String,
}
