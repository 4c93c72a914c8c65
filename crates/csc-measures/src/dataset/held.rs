//! Tables that are held until all others are in, as their content says which of two columns of one name is the id.
//!
//! Some extracts of the Standard Safeguarding Dataset have the id column of their visits twice: once with the id of the
//! visit and once with that of the plan.

use std::collections::BTreeSet;

use super::chunk::Chunk;
use crate::column::{Column, DateForm, LondonDay, Scalar, id_of};
use crate::tables::{Names, Table};

/// A table that is held.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) table: Table,
    pub(super) dates: (DateForm, Option<LondonDay>),
    /// By the columns of the table, the place of each in the chunks; of the id that of the first of the two.
    pub(super) places: Vec<Option<usize>>,
    /// The places of the two in the chunks.
    pub(super) contested: [usize; 2],
    pub(super) chunks: Vec<HeldChunk>,
}

/// A chunk of such a table.
#[derive(Debug)]
pub(super) struct HeldChunk {
    rows: usize,
    columns: Vec<Vec<Value>>,
    bad_rows: Vec<usize>,
    pub(super) numbers: Option<Vec<u32>>,
}

/// A value, as it was given.
#[derive(Debug)]
enum Value {
    Text(Box<str>),
    Other(Scalar<'static>),
}

impl Value {
    fn of(value: Scalar<'_>) -> Self {
        match value {
            Scalar::Text(text) => Self::Text(text.into()),
            Scalar::Null => Self::Other(Scalar::Null),
            Scalar::Day(day) => Self::Other(Scalar::Day(day)),
            Scalar::Integer(number) => Self::Other(Scalar::Integer(number)),
            Scalar::Float(number) => Self::Other(Scalar::Float(number)),
            Scalar::Decimal(number) => Self::Other(Scalar::Decimal(number)),
            Scalar::Flag(flag) => Self::Other(Scalar::Flag(flag)),
            Scalar::Unreadable => Self::Other(Scalar::Unreadable),
        }
    }

    fn scalar(&self) -> Scalar<'_> {
        match self {
            Self::Text(text) => Scalar::Text(text),
            Self::Other(value) => *value,
        }
    }
}

impl HeldChunk {
    pub(super) fn of(chunk: &Chunk<'_>, numbers: Option<&[u32]>) -> Self {
        let column = |column: &Column<'_>| (0..chunk.rows).map(|row| Value::of(column.value(row))).collect();
        Self {
            rows: chunk.rows,
            columns: chunk.columns.iter().map(column).collect(),
            bad_rows: chunk.bad_rows.to_vec(),
            numbers: numbers.map(<[u32]>::to_vec),
        }
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// Hands the chunk over as it came.
    pub(super) fn give(&self, take: impl FnOnce(&Chunk<'_>)) {
        let values: Vec<Vec<Scalar<'_>>> =
            self.columns.iter().map(|column| column.iter().map(Value::scalar).collect()).collect();
        let columns: Vec<Column<'_>> = values.iter().map(|values| Column::Values(values)).collect();
        take(&Chunk { rows: self.rows, columns: &columns, bad_rows: &self.bad_rows });
    }
}

impl Held {
    /// The place in the chunks of the column that is the id: the one whose values end in the id of a person that is
    /// known, after a dot; else the one without doubles; else the first.
    pub(super) fn id(&self, names: &Names) -> usize {
        let [first, second] = self.contested;
        let persons = self.persons();
        let is_person =
            |id: &str| persons.contains(id) || names.table(Table::Persons).ids.number(id).is_some();
        let [tailed, unique] = [
            self.contested.map(|place| {
                let ids = self.ids(place);
                let ends_in_person = |id: &str| id.rsplit_once('.').is_some_and(|(_, tail)| is_person(tail));
                !ids.is_empty() && ids.iter().all(|id| ends_in_person(id))
            }),
            self.contested.map(|place| {
                let ids = self.ids(place);
                !ids.is_empty() && ids.iter().collect::<BTreeSet<_>>().len() == ids.len()
            }),
        ];
        match (tailed, unique) {
            ([true, false], _) => first,
            ([false, true], _) => second,
            (_, [false, true]) => second,
            _ => first,
        }
    }

    /// The ids of a column, nulls left out.
    fn ids(&self, place: usize) -> Vec<Box<str>> {
        let mut ids = Vec::new();
        for chunk in &self.chunks {
            chunk.give(|chunk| {
                if let Some(column) = chunk.columns.get(place) {
                    ids.extend((0..chunk.rows).filter_map(|row| id_of(column, row)));
                }
            });
        }
        ids
    }

    /// The persons that the table itself names.
    fn persons(&self) -> BTreeSet<Box<str>> {
        let place = self.table.person_column().and_then(|column| self.places.get(column).copied().flatten());
        place.map(|place| self.ids(place).into_iter().collect()).unwrap_or_default()
    }
}
