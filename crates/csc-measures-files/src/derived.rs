//! Tables that are made of the rows of other files: each row with the place it came from.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use csc_measures::tables::{Lack, Table};
use csc_measures::{Chunk, DatasetBuilder, DatasetError, DateForm, Origin, Rows, Scalar, Superseded};

/// A value of a derived row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value<'a> {
    /// Nothing.
    Null,
    /// As it stands in the file.
    Text(&'a str),
    /// Made of what stands there.
    Made(String),
    /// A date, as days since 1970-01-01.
    Day(i32),
    /// Yes or no.
    Bool(bool),
    /// What stands there cannot be read.
    Unreadable,
}

impl<'a> From<crate::sheet::Field<'a>> for Value<'a> {
    fn from(field: crate::sheet::Field<'a>) -> Self {
        match field {
            crate::sheet::Field::Text(text) => Self::Text(text),
            crate::sheet::Field::Unreadable => Self::Unreadable,
        }
    }
}

impl Value<'_> {
    /// A date that is written in another form than the others of its table.
    fn dated(self, from: DateForm, to: DateForm) -> Self {
        let text = match &self {
            Self::Text(text) => text,
            Self::Made(text) => text.as_str(),
            Self::Null | Self::Day(_) | Self::Bool(_) | Self::Unreadable => return self,
        };
        match from.read(text) {
            _ if from == to || text.is_empty() => self,
            Some(day) => Self::Day(day.to_epoch_days()),
            // What neither form reads is a null, a time with a zone or a fault in both.
            None if to.read(text).is_none() => self,
            None => Self::Unreadable,
        }
    }

    fn scalar(&self) -> Scalar<'_> {
        match self {
            Self::Null => Scalar::Null,
            Self::Text(text) => Scalar::Text(text),
            Self::Made(text) => Scalar::Text(text),
            Self::Day(day) => Scalar::Day(*day),
            Self::Bool(value) => Scalar::Flag(*value),
            Self::Unreadable => Scalar::Unreadable,
        }
    }
}

/// A table under construction.
#[derive(Debug)]
pub(crate) struct Derived<'a> {
    table: &'static str,
    columns: &'static [&'static str],
    values: Vec<Value<'a>>,
    origins: Vec<Origin<'a>>,
    bad: Vec<usize>,
    /// Columns that the source does not have: not the same as one in which nothing stands.
    left_out: Vec<&'static str>,
    /// What it does not hold, though it is there.
    lacks: Vec<Lack>,
    /// Rows of an earlier year that the next year does not have, by their ids.
    superseded: Vec<(Origin<'a>, String, Superseded)>,
    as_at: Option<NaiveDate>,
    is_snapshot: bool,
}

impl<'a> Derived<'a> {
    pub(crate) fn new(table: &'static str, columns: &'static [&'static str]) -> Self {
        Self {
            table,
            columns,
            values: Vec::new(),
            origins: Vec::new(),
            bad: Vec::new(),
            left_out: Vec::new(),
            lacks: Vec::new(),
            superseded: Vec::new(),
            as_at: None,
            is_snapshot: false,
        }
    }

    /// Leaves a column out unless the source has it.
    pub(crate) fn has(&mut self, column: &'static str, is_there: bool) {
        if !is_there {
            self.left_out.push(column);
        }
    }

    /// Says what the source does not hold, because it never asks for it.
    pub(crate) fn lacks(&mut self, lack: Lack) {
        self.lacks.push(lack);
    }

    /// Tells of a row of an earlier year what became of it when the next year did not have it. One that has another
    /// day there is not pushed.
    pub(crate) fn superseded(&mut self, origin: Origin<'a>, id: String, what: Superseded) {
        self.superseded.push((origin, id, what));
    }

    /// Says that the table is a list as at a day, in which nothing lies ahead.
    pub(crate) fn as_at(&mut self, day: NaiveDate) {
        self.as_at = Some(day);
        self.is_snapshot = true;
    }

    /// Says that the table shows how things stood on a day.
    pub(crate) fn stood_at(&mut self, day: NaiveDate) {
        self.as_at = Some(day);
    }

    /// The name of the table.
    pub(crate) fn table(&self) -> &'static str {
        self.table
    }

    /// The table.
    pub(crate) fn of(&self) -> Option<Table> {
        Table::by_name(self.table).ok()
    }

    /// Takes those rows of a table of the same name whose id this one does not have. `other` has its dates in
    /// another form.
    pub(crate) fn join(&mut self, other: Self, id: &str, (form, other_form): (DateForm, DateForm)) {
        let ids: BTreeSet<String> =
            (0..self.origins.len()).map(|row| self.text(row, id).to_owned()).collect();
        for (row, origin) in (0..).zip(&other.origins) {
            if ids.contains(other.text(row, id)) {
                continue;
            }
            for column in self.columns {
                let value = other.place(column).and_then(|place| other.value(row, place));
                let value = value.cloned().unwrap_or(Value::Null);
                self.values.push(if *column == id { value } else { value.dated(other_form, form) });
            }
            self.origins.push(*origin);
        }
    }

    /// The bytes that it is held in.
    pub(crate) fn held(&self) -> u64 {
        let made = self.values.iter().map(|value| match value {
            Value::Made(text) => text.capacity(),
            _ => 0,
        });
        let texts: usize = made.sum();
        (size_of_val(self.values.as_slice()) + size_of_val(self.origins.as_slice()) + texts) as u64
    }

    /// Whether nothing was found that it is made of.
    pub(crate) fn is_made_of_nothing(&self) -> bool {
        self.origins.is_empty() && self.superseded.is_empty()
    }

    fn place(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|name| *name == column)
    }

    fn text(&self, row: usize, column: &str) -> &str {
        match self.place(column).and_then(|place| self.value(row, place)) {
            Some(Value::Text(text)) => text,
            Some(Value::Made(text)) => text,
            _ => "",
        }
    }

    fn value(&self, row: usize, place: usize) -> Option<&Value<'a>> {
        self.values.get(row * self.columns.len() + place)
    }

    /// Takes a row: a value for each column.
    pub(crate) fn push<const N: usize>(&mut self, origin: Origin<'a>, values: [Value<'a>; N]) {
        debug_assert_eq!(values.len(), self.columns.len());
        self.values.extend(values);
        self.origins.push(origin);
    }

    /// Takes a row that has more or fewer fields than its header.
    pub(crate) fn push_bad(&mut self, origin: Origin<'a>) {
        self.bad.push(self.origins.len());
        self.values.extend(self.columns.iter().map(|_| Value::Null));
        self.origins.push(origin);
    }

    /// Hands the rows over.
    pub(crate) fn add_to(&self, builder: &mut DatasetBuilder, source: &str) -> Result<(), DatasetError> {
        let (places, header): (Vec<usize>, Vec<&str>) =
            (0..).zip(self.columns).filter(|(_, name)| !self.left_out.contains(*name)).unzip();
        let mut rows = Rows::new(header.len());
        for row in 0..self.origins.len() {
            rows.push(places.iter().map(|place| self.value(row, *place).map_or(Scalar::Null, Value::scalar)));
        }
        let columns = rows.columns();
        let chunk = Chunk { rows: rows.len(), columns: &columns, bad_rows: &self.bad };
        let mut table = builder.table(self.table, &header)?;
        table.source(source).lacks(&self.lacks);
        match self.as_at {
            Some(day) if self.is_snapshot => {
                table.snapshot(day);
            }
            Some(day) => {
                table.as_at(day);
            }
            None => {}
        }
        for (origin, id, what) in &self.superseded {
            table.superseded(*origin, id, *what);
        }
        table.chunk_from(&chunk, &self.origins)
    }
}
