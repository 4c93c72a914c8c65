//! What became of every column that a table came with, and of those that it came without.

use serde::Serialize;

use crate::tables::Table;
use crate::value::names::{fold, nearness, shown};

/// Whether a column was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ColumnState {
    /// The table has the column, and it was supplied.
    Read,
    /// The table has the column, and it was not supplied.
    Absent,
    /// The column was supplied, and the table does not have it: it was not read.
    Unknown,
}

impl ColumnState {
    /// `read`, `absent` or `unknown`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Absent => "absent",
            Self::Unknown => "unknown",
        }
    }
}

/// What became of one column of a supplied table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ColumnReport {
    /// The table.
    pub table: Table,
    /// The column; `None` if the table does not have it.
    pub column: Option<&'static str>,
    /// The name that it was supplied under; `None` if it was not supplied.
    pub given_as: Option<String>,
    /// Whether it was read.
    pub state: ColumnState,
    /// The rows of the table that came in.
    pub rows: u64,
    /// The rows in which the column is null; zero if it was not read.
    pub nulls: u64,
    /// The rows whose value cannot be read, each an issue of the data; zero if it was not read.
    pub not_understood: u64,
    /// Of an unknown column the absent one that has nearly its name, of an absent one the unknown column.
    pub nearest: Option<String>,
}

impl ColumnReport {
    /// What to ask whoever supplied the column, if it is unknown and nearly has the name of an absent one.
    ///
    /// # Examples
    ///
    /// ## A misspelt column
    ///
    /// ```
    /// use csc_measures::Dataset;
    ///
    /// let mut builder = Dataset::builder();
    /// builder.declare("complaints", &["complaint_id", "received_date", "staje", "shoe_size"])?;
    /// let near_misses: Vec<String> = builder.build().columns().iter().filter_map(|of| of.near_miss()).collect();
    /// assert_eq!(near_misses, ["table `complaints`: column `staje` is not read, did you mean `stage`?"]);
    /// # Ok::<(), csc_measures::DatasetError>(())
    /// ```
    #[must_use]
    pub fn near_miss(&self) -> Option<String> {
        match (self.state, &self.given_as, &self.nearest) {
            (ColumnState::Unknown, Some(given), Some(nearest)) => Some(format!(
                "table `{}`: column `{}` is not read, did you mean `{nearest}`?",
                self.table,
                shown(given)
            )),
            _ => None,
        }
    }
}

/// What became of the values of a column of a supplied table, of all of its rows but those whose fields are not
/// those of the header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ColumnCounts {
    /// Null, or a placeholder date.
    pub(crate) nulls: u64,
    /// There, and not understood.
    pub(crate) not_understood: u64,
}

/// A column that the table does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Unknown {
    given_as: String,
    /// The place of the absent column that has nearly its name.
    nearest: Option<usize>,
}

/// The report on the columns of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    /// By the columns of the table, the name that each was supplied under.
    given_as: Vec<Option<String>>,
    /// As they were given.
    unknown: Vec<Unknown>,
    /// By the columns of the table, the place among the unknown of the one that has nearly its name.
    nearest: Vec<Option<usize>>,
}

impl Told {
    /// A table that was supplied with columns, by place their names, and with others that it does not know.
    pub(crate) fn new(table: Table, given_as: Vec<Option<String>>, unknown: Vec<String>) -> Self {
        if unknown.is_empty() {
            // Nothing can be near, and a table of a few rows takes less than the names of its columns.
            return Self { nearest: vec![None; given_as.len()], unknown: Vec::new(), given_as };
        }
        let absent: Vec<(usize, Vec<String>)> = (0..)
            .zip(table.columns().iter().zip(&given_as))
            .filter(|(_, (_, given))| given.is_none())
            .map(|(place, (column, _))| (place, column.names().map(fold).collect()))
            .collect();
        let mut best: Vec<Option<(usize, usize)>> = vec![None; given_as.len()];
        let unknown = (0..).zip(unknown).map(|(number, given_as)| {
            let folded = fold(&given_as);
            let near = absent.iter().filter_map(|(place, names)| {
                let nearness = names.iter().filter_map(|name| nearness(&folded, name)).min()?;
                Some((nearness, *place))
            });
            let near: Vec<(usize, usize)> = near.collect();
            for (nearness, place) in &near {
                if let Some(best) = best.get_mut(*place)
                    && best.is_none_or(|(before, _)| *nearness < before)
                {
                    *best = Some((*nearness, number));
                }
            }
            Unknown { given_as, nearest: near.into_iter().min().map(|(_, place)| place) }
        });
        let unknown = unknown.collect();
        let nearest = best.into_iter().map(|best| best.map(|(_, number)| number)).collect();
        Self { given_as, unknown, nearest }
    }

    /// The same columns, and those besides that another part of the table came with and the table does not know.
    pub(super) fn add(&mut self, table: Table, other: &Self) {
        let names = |told: &Self| told.unknown.iter().map(|one| one.given_as.clone()).collect::<Vec<_>>();
        let (mut unknown, more) = (names(self), names(other));
        if unknown != more {
            let further: Vec<String> = more.into_iter().filter(|name| !unknown.contains(name)).collect();
            unknown.extend(further);
            *self = Self::new(table, std::mem::take(&mut self.given_as), unknown);
        }
    }

    /// By the columns of the table, the name that each was supplied under.
    pub(crate) fn given_as(&self) -> &[Option<String>] {
        &self.given_as
    }

    /// The names of the unknown columns, as they were given.
    pub(crate) fn unknown_names(&self) -> impl Iterator<Item = &str> {
        self.unknown.iter().map(|unknown| unknown.given_as.as_str())
    }

    /// The names of the unknown columns, each with the absent column that has nearly its name.
    pub(super) fn unknown(&self, table: Table) -> impl Iterator<Item = (&str, Option<&'static str>)> {
        self.unknown.iter().map(move |unknown| (&unknown.given_as[..], name(table, unknown.nearest)))
    }

    /// The unknown columns that may be meant by the column of a place: those that have nearly its name, and those
    /// that end in its last word.
    pub(super) fn candidates(&self, table: Table, place: usize) -> Vec<String> {
        let Some(column) = table.columns().get(place) else { return Vec::new() };
        let last_word = column.name.rsplit('_').next().unwrap_or(column.name);
        let names: Vec<String> = column.names().map(fold).collect();
        let may_be_meant = |given: &&Unknown| {
            let folded = fold(&given.given_as);
            folded.ends_with(last_word) || names.iter().any(|name| nearness(&folded, name).is_some())
        };
        self.unknown.iter().filter(may_be_meant).map(|unknown| unknown.given_as.clone()).collect()
    }

    /// Every column of the table in order, and then the unknown ones as they were given.
    pub(super) fn reports(
        &self,
        table: Table,
        rows: u64,
        counts: &[ColumnCounts],
    ) -> impl Iterator<Item = ColumnReport> {
        let of_column = move |(place, given_as): (usize, &Option<String>)| {
            let counts = match given_as {
                Some(_) => counts.get(place).copied().unwrap_or_default(),
                None => ColumnCounts::default(),
            };
            let near = self.nearest.get(place).copied().flatten().and_then(|number| self.unknown.get(number));
            ColumnReport {
                table,
                column: name(table, Some(place)),
                given_as: given_as.clone(),
                state: if given_as.is_some() { ColumnState::Read } else { ColumnState::Absent },
                rows,
                nulls: counts.nulls,
                not_understood: counts.not_understood,
                nearest: near.map(|unknown| unknown.given_as.clone()),
            }
        };
        let of_unknown = move |unknown: &Unknown| ColumnReport {
            table,
            column: None,
            given_as: Some(unknown.given_as.clone()),
            state: ColumnState::Unknown,
            rows,
            nulls: 0,
            not_understood: 0,
            nearest: name(table, unknown.nearest).map(str::to_owned),
        };
        self.given_as.iter().enumerate().map(of_column).chain(self.unknown.iter().map(of_unknown))
    }
}

fn name(table: Table, place: Option<usize>) -> Option<&'static str> {
    place.and_then(|place| table.columns().get(place)).map(|column| column.name)
}
