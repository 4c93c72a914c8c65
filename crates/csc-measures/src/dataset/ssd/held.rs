//! A column that is held until all tables are in: eight bytes a row, and a text that comes again is held once.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::column::Scalar;
use crate::value::index::{at, at_mut, broken};

/// So many different texts are looked for when the next comes: a column with more has ids that do not come again.
const MOST_KNOWN: usize = 1 << 16;

/// A value, or where it is.
#[derive(Clone, Copy, Debug)]
enum Cell {
    Null,
    Unreadable,
    Flag(bool),
    Day(i32),
    Whole(i32),
    Long(u32),
    Text(u32),
    Other(u32),
}

/// The values of a column.
#[derive(Debug, Default)]
pub(super) struct Held {
    cells: Vec<Cell>,
    /// Whole numbers that a cell has no room for.
    longs: Vec<i64>,
    /// The texts, one after another, and where each ends.
    texts: String,
    ends: Vec<usize>,
    /// By the hash of a text its place; of two with one hash the first.
    known: HashMap<u64, u32>,
    others: Vec<Scalar<'static>>,
}

impl Held {
    /// A column of nulls.
    pub(super) fn nulls(rows: usize) -> Self {
        Self { cells: vec![Cell::Null; rows], ..Self::default() }
    }

    /// The bytes that they are held in.
    pub(super) fn held(&self) -> usize {
        size_of_val(self.cells.as_slice())
            + size_of_val(self.longs.as_slice())
            + self.texts.capacity()
            + size_of_val(self.ends.as_slice())
            + self.known.len() * size_of::<(u64, u32)>()
            + size_of_val(self.others.as_slice())
    }

    /// Adds a value, and says at which row.
    pub(super) fn push(&mut self, value: Scalar<'_>) -> usize {
        let cell = self.cell(value);
        self.cells.push(cell);
        self.cells.len() - 1
    }

    pub(super) fn set(&mut self, row: usize, value: Scalar<'_>) {
        let cell = self.cell(value);
        *at_mut(&mut self.cells, row) = cell;
    }

    /// Makes texts null.
    pub(super) fn nullify(&mut self, is_none: impl Fn(&str) -> bool) {
        let is_none: Vec<bool> = (0..self.ends.len()).map(|place| is_none(self.text(place))).collect();
        for cell in &mut self.cells {
            if matches!(cell, Cell::Text(place) if *at(&is_none, *place as usize)) {
                *cell = Cell::Null;
            }
        }
    }

    pub(super) fn get(&self, row: usize) -> Option<Scalar<'_>> {
        self.cells.get(row).map(|cell| self.value(*cell))
    }

    pub(super) fn values(&self) -> impl Iterator<Item = Scalar<'_>> {
        self.cells.iter().map(|cell| self.value(*cell))
    }

    fn value(&self, cell: Cell) -> Scalar<'_> {
        match cell {
            Cell::Null => Scalar::Null,
            Cell::Unreadable => Scalar::Unreadable,
            Cell::Flag(flag) => Scalar::Flag(flag),
            Cell::Day(day) => Scalar::Day(day),
            Cell::Whole(number) => Scalar::Integer(number.into()),
            Cell::Long(place) => Scalar::Integer((*at(&self.longs, place as usize)).into()),
            Cell::Text(place) => Scalar::Text(self.text(place as usize)),
            Cell::Other(place) => *at(&self.others, place as usize),
        }
    }

    fn text(&self, place: usize) -> &str {
        let start = place.checked_sub(1).map_or(0, |before| *at(&self.ends, before));
        self.texts.get(start..*at(&self.ends, place)).unwrap_or_default()
    }

    fn cell(&mut self, value: Scalar<'_>) -> Cell {
        match value {
            Scalar::Null => Cell::Null,
            Scalar::Unreadable => Cell::Unreadable,
            Scalar::Flag(flag) => Cell::Flag(flag),
            Scalar::Day(day) => Cell::Day(day),
            Scalar::Text(text) => Cell::Text(self.place_of(text)),
            Scalar::Integer(number) => match (i32::try_from(number), i64::try_from(number)) {
                (Ok(number), _) => Cell::Whole(number),
                (_, Ok(number)) => Cell::Long(next(&mut self.longs, number)),
                _ => Cell::Other(next(&mut self.others, Scalar::Integer(number))),
            },
            Scalar::Float(number) => Cell::Other(next(&mut self.others, Scalar::Float(number))),
            Scalar::Decimal(number) => Cell::Other(next(&mut self.others, Scalar::Decimal(number))),
        }
    }

    /// The place of a text, which is added if it is not there or if there are too many to look for it.
    fn place_of(&mut self, text: &str) -> u32 {
        let is_looked_for = self.ends.len() < MOST_KNOWN;
        if is_looked_for {
            let new = place(self.ends.len());
            let known = *self.known.entry(hash(text)).or_insert(new);
            if known != new && self.text(known as usize) == text {
                return known;
            }
        } else {
            self.known = HashMap::new();
        }
        self.texts.push_str(text);
        next(&mut self.ends, self.texts.len())
    }
}

/// The hash of a text: texts of two hashes differ.
pub(super) fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Adds to a list, and says where.
fn next<T>(list: &mut Vec<T>, value: T) -> u32 {
    list.push(value);
    place(list.len() - 1)
}

fn place(index: usize) -> u32 {
    match u32::try_from(index) {
        Ok(place) => place,
        Err(_) => broken(format_args!("a column that is held has {index} values")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_given_back_as_it_was() {
        let values = [
            Scalar::Null,
            Scalar::Text(""),
            Scalar::Text("Y"),
            Scalar::Text("Y "),
            Scalar::Text("Y"),
            Scalar::Day(-1),
            Scalar::Integer(i32::MAX.into()),
            Scalar::Integer(i128::from(i32::MAX) + 1),
            Scalar::Integer(i64::MIN.into()),
            Scalar::Integer(i128::from(i64::MIN) - 1),
            Scalar::Float(0.5),
            Scalar::Decimal("1.50".parse().unwrap()),
            Scalar::Flag(true),
            Scalar::Unreadable,
        ];
        let mut held = Held::default();
        for value in values {
            held.push(value);
        }
        assert_eq!(held.values().collect::<Vec<_>>(), values);
        assert_eq!(held.get(4), Some(Scalar::Text("Y")));
        assert_eq!(held.get(values.len()), None);
        assert_eq!(held.ends.len(), 3, "a text that comes again is held once");
        held.set(0, Scalar::Text("Z"));
        held.set(2, Scalar::Null);
        assert_eq!(
            [held.get(0), held.get(2), held.get(4)].map(Option::unwrap),
            [Scalar::Text("Z"), Scalar::Null, Scalar::Text("Y")]
        );
        held.nullify(|text| text.trim() == "Y");
        assert_eq!([3, 4].map(|row| held.get(row).unwrap()), [Scalar::Null; 2]);
        assert_eq!(held.get(0), Some(Scalar::Text("Z")));
    }

    #[test]
    fn more_texts_than_are_looked_for() {
        let text = |row: usize| format!("P{}", row % (MOST_KNOWN + 100));
        let mut held = Held::nulls(1);
        for row in 0..MOST_KNOWN * 3 {
            held.push(Scalar::Text(&text(row)));
        }
        assert_eq!(held.get(0), Some(Scalar::Null));
        assert!((0..MOST_KNOWN * 3).all(|row| held.get(row + 1) == Some(Scalar::Text(&text(row)))));
    }

    #[test]
    fn a_cell_has_room_for_a_day() {
        assert_eq!(size_of::<Cell>(), 8);
    }
}
