//! What the tables declare, table by table.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::column::{ColumnDeclaration, Need, Pair, Space};
use super::declared::{Declared, Keep};
use super::list::{Table, all_tables};
use super::{
    care_leavers::*, child_protection::*, courts::*, in_need::*, looked_after::*, missing::*, people::*,
    service::*, visits::*, workforce::*,
};
use crate::value::index::at;
use crate::value::names::{fold_alike, nearest, shown};

macro_rules! declarations {
    ($($table:ident $name:ident: $row:ident;)+) => {
        impl Table {
            /// The table's name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$table => <$row as Declared>::NAME,)+ }
            }

            /// The table's name in the Standard Safeguarding Dataset, if it has one.
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
            pub const fn columns(self) -> &'static [ColumnDeclaration] {
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
    /// Capitals, blanks, `-` and `_` do not count, and of the names of a database the schema, the `#` of a temporary
    /// table and a missing `ssd_` are passed over.
    ///
    /// # Errors
    /// [`UnknownTable`], naming the nearest table.
    ///
    /// # Examples
    ///
    /// ## Names of tables as databases write them
    ///
    /// ```
    /// use csc_measures::tables::Table;
    ///
    /// assert_eq!(Table::by_name("cp_plans")?, Table::CpPlans);
    /// assert_eq!(Table::by_name("ssd_cp_plans")?, Table::CpPlans);
    /// assert_eq!(Table::by_name("dbo.SSD_CIN_Episodes")?, Table::Referrals);
    /// assert_eq!(Table::by_name("#cin_episodes")?, Table::Referrals);
    /// let error = Table::by_name("cp_plan").unwrap_err();
    /// assert_eq!(error.to_string(), "unknown table `cp_plan`, did you mean `cp_plans`?");
    /// # Ok::<(), csc_measures::tables::UnknownTable>(())
    /// ```
    pub fn by_name(name: &str) -> Result<Self, UnknownTable> {
        Self::by_either_name(name).map(|(table, _)| table)
    }

    /// The table of that name, and whether the name is the Standard Safeguarding Dataset's.
    pub(crate) fn by_either_name(name: &str) -> Result<(Self, bool), UnknownTable> {
        let bare = without_schema(name);
        // A name that is written as it is declared, as nearly every name is, need not be folded.
        if let Some(table) = Self::ALL.iter().copied().find(|table| table.name() == bare) {
            return Ok((table, false));
        }
        let of_ssd = |given: &str| {
            let is_named = |table: &Self| table.ssd_name().is_some_and(|known| fold_alike(known, given));
            Self::ALL.iter().copied().find(is_named).map(|table| (table, true))
        };
        let own = Self::ALL.iter().copied().find(|table| fold_alike(table.name(), bare));
        own.map(|table| (table, false))
            .or_else(|| of_ssd(bare))
            .or_else(|| of_ssd(&format!("ssd_{bare}")))
            .ok_or_else(|| UnknownTable::of(name))
    }

    /// The place of the column of that name: its own, the Standard Safeguarding Dataset's, or one that extracts of
    /// it have. Capitals, blanks, `-` and `_` do not count.
    ///
    /// # Examples
    ///
    /// ## Names of a column
    ///
    /// ```
    /// use csc_measures::tables::Table;
    ///
    /// let end_date = Table::ClaEpisodes.column("end_date");
    /// assert_eq!(Table::ClaEpisodes.column("End Date"), end_date);
    /// assert_eq!(Table::ClaEpisodes.column("clae_cla_episode_ceased_date"), end_date);
    /// assert_eq!(Table::ClaEpisodes.column("clae_cla_episode_ceased"), end_date);
    /// assert_eq!(Table::ClaEpisodes.column("ended"), None);
    /// ```
    #[must_use]
    pub fn column(self, name: &str) -> Option<usize> {
        #[cfg(test)]
        LOOKED_UP.set(LOOKED_UP.get() + 1);
        let place = |is_it: &dyn Fn(&ColumnDeclaration) -> bool| self.columns().iter().position(is_it);
        place(&|column| column.name == name || column.ssd == Some(name))
            .or_else(|| place(&|column| column.names().any(|known| fold_alike(known, name))))
    }

    /// Whether an unreadable value in the column puts the row out: an open-ended interval made of a bad end
    /// would count a child for ever, and a complaint of a stage that cannot be read as of the first.
    pub(crate) fn is_fatal(self, place: usize) -> bool {
        let column = at(self.columns(), place);
        column.need != Need::Optional
            || column.number_range().is_some_and(|range| range.is_fatal)
            || self.pairs().iter().any(|pair| pair.is_fatal && pair.end == place)
    }

    /// The place of the column that says whose the row is, if the table has one.
    pub(crate) fn person_column(self) -> Option<usize> {
        self.columns().iter().position(|column| column.reference == Some(Space::Table(Self::Persons)))
    }

    /// Whether rows of other tables refer to its rows.
    pub(crate) fn is_referred_to(self) -> bool {
        Self::ALL.iter().flat_map(|table| table.columns()).any(|column| column.refers_to == Some(self))
    }

    /// Whether cases or other rows name its rows by their own ids. Of `cla_episodes` they name periods of care.
    pub(crate) fn keeps_ids(self) -> bool {
        self.is_named() || (self.is_referred_to() && self != Self::ClaEpisodes)
    }

    /// The place of the column that identifies a row, if the table has one.
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
        // What is written by a program has the name as it is.
        let name = String::deserialize(deserializer)?;
        let exact = Self::ALL.iter().find(|table| table.name() == name || table.ssd_name() == Some(&name));
        exact.copied().ok_or_else(|| serde::de::Error::custom(UnknownTable::of(&name)))
    }
}

/// The name of a table without its schema and the `#` of a temporary table.
fn without_schema(name: &str) -> &str {
    let last = name.rsplit_once('.').map_or(name, |(_, last)| last);
    last.trim().trim_start_matches('#')
}

/// The part of an unknown name that is a word: of `dbo.cp_plan` the last, of `cp_plan.2017` the first.
fn worded(name: &str) -> &str {
    let has_letter = |part: &&str| part.chars().any(char::is_alphabetic);
    name.rsplit('.').find(has_letter).unwrap_or(name).trim_start_matches('#')
}

/// A name that no table has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown table `{name}`, did you mean `{nearest}`?")]
pub struct UnknownTable {
    name: String,
    nearest: String,
}

impl UnknownTable {
    fn of(name: &str) -> Self {
        let names = Table::ALL.iter().flat_map(|table| [Some(table.name()), table.ssd_name()]).flatten();
        Self { name: shown(name), nearest: nearest(worded(name), names).to_owned() }
    }
}
