//! What the tables declare, table by table.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::column::{Column, Need, Pair, Space};
use super::declared::{Declared, Keep};
use super::list::{Table, all_tables};
use super::{
    care_leavers::*, child_protection::*, courts::*, in_need::*, looked_after::*, people::*, service::*,
    visits::*, workforce::*,
};
use crate::value::index::at;
use crate::value::names::{nearest, shown};

macro_rules! declarations {
    ($($table:ident $name:ident: $row:ident;)+) => {
        impl Table {
            /// The table's name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$table => <$row as Declared>::NAME,)+ }
            }

            /// The table's name in the Standard Safeguarding Dataset, where it has one.
            #[must_use]
            pub const fn ssd_name(self) -> Option<&'static str> {
                match self { $(Self::$table => <$row as Declared>::SSD_NAME,)+ }
            }

            /// What a row of the table is.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self { $(Self::$table => <$row as Declared>::ABOUT,)+ }
            }

            /// The table's columns, in their order.
            #[must_use]
            pub const fn columns(self) -> &'static [Column] {
                match self { $(Self::$table => <$row as Declared>::COLUMNS,)+ }
            }

            /// Its intervals.
            pub(crate) const fn pairs(self) -> &'static [Pair] {
                match self { $(Self::$table => <$row as Declared>::PAIRS,)+ }
            }

            /// Whether cases are named by the ids of its rows.
            pub(crate) const fn is_named(self) -> bool {
                match self { $(Self::$table => <$row as Keep>::IS_NAMED,)+ }
            }

            /// Whether all its rows belong in one part of an authority's rows.
            pub(crate) const fn is_whole(self) -> bool {
                match self { $(Self::$table => <$row as Keep>::IS_WHOLE,)+ }
            }
        }
    };
}
all_tables!(declarations);

#[cfg(test)]
thread_local! {
    static LOOKED_UP: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// How often a column's name was looked up on this thread.
#[cfg(test)]
pub(crate) fn looked_up() -> usize {
    LOOKED_UP.get()
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
        #[cfg(test)]
        LOOKED_UP.set(LOOKED_UP.get() + 1);
        self.columns().iter().position(|column| column.name == name || column.ssd == Some(name))
    }

    /// Whether an unreadable value in the column puts the row out: an open-ended interval made of a bad end
    /// would count a child for ever.
    pub(crate) fn is_fatal(self, place: usize) -> bool {
        at(self.columns(), place).need != Need::Optional
            || self.pairs().iter().any(|pair| pair.is_fatal && pair.end == place)
    }

    /// The place of the column that says whose the row is, where the table has one.
    pub(crate) fn person_column(self) -> Option<usize> {
        self.columns().iter().position(|column| column.reference == Some(Space::Table(Self::Persons)))
    }

    /// Whether rows of other tables refer to its rows.
    pub(crate) fn is_referred_to(self) -> bool {
        Self::ALL.iter().flat_map(|table| table.columns()).any(|column| column.refers_to == Some(self))
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

/// A name that no table has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown table `{name}`, did you mean `{nearest}`?")]
pub struct UnknownTable {
    name: String,
    nearest: String,
}
