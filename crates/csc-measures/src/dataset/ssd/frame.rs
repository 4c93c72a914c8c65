//! A table of the Standard Safeguarding Dataset that is held until all others are in, for its content says how it is
//! to be read.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::held::Held;
use crate::column::{Column, DateRule, Read, Rows, Scalar, read_bool, read_date, read_id, read_text};
use crate::dataset::chunk::Chunk;
use crate::dataset::dates::DateSource;
use crate::dataset::supplied::ROWS_THAT_TELL;
use crate::tables::{Need, Table};
use crate::time::Day;
use crate::value::index::{at, at_mut};

/// How many rows are handed on at a time.
const CHUNK: usize = 1 << 14;

/// What becomes of a row before it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is read.
    Read,
    /// It says nothing that another row, or no row, says.
    Merged,
    /// Nobody knows whose it is.
    NoPerson,
    /// It says what has not happened yet.
    NotYet,
}

/// A value, as it was given or as the rules have it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Value<'a>(pub(super) Scalar<'a>);

impl<'a> Value<'a> {
    pub(super) const NULL: Self = Self(Scalar::Null);

    pub(super) const fn day(day: Day) -> Self {
        Self(Scalar::Day(day.0))
    }

    pub(super) const fn text(text: &'a str) -> Self {
        Self(Scalar::Text(text))
    }

    pub(super) const fn yes_or_no(flag: bool) -> Self {
        Self(Scalar::Flag(flag))
    }

    /// The value as an id.
    pub(super) fn id(self) -> Option<Box<str>> {
        match read_id(self.0) {
            Read::Value(id) => Some(id.into()),
            _ => None,
        }
    }

    /// The value as a text.
    pub(super) fn text_of(self) -> Option<Box<str>> {
        match read_text(self.0) {
            Read::Value(text) => Some(text.into()),
            _ => None,
        }
    }

    pub(super) fn is_null(self) -> bool {
        matches!(read_id(self.0), Read::Null)
    }

    /// The value as a date of no column of the table.
    pub(super) fn civil(self) -> Option<Day> {
        match read_date(self.0, DateRule::default()) {
            Read::Value(day) => Some(day),
            _ => None,
        }
    }

    /// The value as a flag.
    pub(super) fn flag(self) -> Option<bool> {
        match read_bool(self.0) {
            Read::Value(flag) => Some(flag),
            _ => None,
        }
    }
}

/// A column of a frame, looked up once by its name; one that the frame does not have is null in every row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place(Option<Of>);

#[derive(Clone, Copy, Debug)]
enum Of {
    /// Among the columns of the table; whether its dates are ends.
    Column(usize, bool),
    /// Among those that only the rules read.
    Helper(usize),
}

impl Place {
    /// The column in a place among those of the table, whose values are not read as dates.
    pub(super) const fn at(place: usize) -> Self {
        Self(Some(Of::Column(place, false)))
    }

    /// The place among the columns of the table.
    pub(super) const fn of_table(self) -> Option<usize> {
        match self.0 {
            Some(Of::Column(place, _)) => Some(place),
            _ => None,
        }
    }
}

/// A table that is held.
#[derive(Debug)]
pub(in crate::dataset) struct Frame {
    pub(in crate::dataset) table: Table,
    pub(in crate::dataset) dates: DateSource,
    /// By the columns of the table, the place of each in the chunks.
    places: Vec<Option<usize>>,
    /// The places in the chunks of columns that only the rules read, by their names.
    helper_places: Vec<(&'static str, usize)>,
    /// The places in the chunks of two columns of which one is the id.
    contested: Option<[usize; 2]>,
    columns: Vec<Option<Held>>,
    helpers: Vec<(&'static str, Held)>,
    /// The values of the second of two columns that may be the id.
    second: Held,
    numbers: Vec<u32>,
    misfits: BTreeSet<usize>,
    /// The places of columns whose values are not those that were given.
    worked_out: Vec<usize>,
    pub(super) fates: Vec<Fate>,
}

/// The name by which the column that is not the id is a helper, of two that may be it.
pub(super) const OTHER_ID: &str = "other_id";

impl Frame {
    /// The bytes that it is held in.
    pub(in crate::dataset) fn held(&self) -> usize {
        let columns = self.columns.iter().flatten().chain(self.helpers.iter().map(|(_, held)| held));
        let values: usize = columns.chain([&self.second]).map(Held::held).sum();
        values + size_of_val(self.numbers.as_slice())
    }

    pub(in crate::dataset) fn new(
        table: Table,
        dates: DateSource,
        places: Vec<Option<usize>>,
        helper_places: Vec<(&'static str, usize)>,
        contested: Option<[usize; 2]>,
    ) -> Self {
        Self {
            columns: places.iter().map(|place| place.map(|_| Held::default())).collect(),
            helpers: helper_places.iter().map(|(name, _)| (*name, Held::default())).collect(),
            table,
            dates,
            places,
            helper_places,
            contested,
            second: Held::default(),
            numbers: Vec::new(),
            misfits: BTreeSet::new(),
            worked_out: Vec::new(),
            fates: Vec::new(),
        }
    }

    /// Takes the next rows as they come.
    pub(in crate::dataset) fn take(&mut self, chunk: &Chunk<'_>, numbers: Option<&[u32]>) {
        let before = self.fates.len();
        let hold = |held: &mut Held, place: usize| {
            let column: &Column<'_> = at(chunk.columns, place);
            for row in 0..chunk.rows {
                held.push(column.value(row));
            }
        };
        for (column, place) in self.columns.iter_mut().zip(&self.places) {
            if let (Some(column), Some(place)) = (column, place) {
                hold(column, *place);
            }
        }
        for ((_, column), (_, place)) in self.helpers.iter_mut().zip(&self.helper_places) {
            hold(column, *place);
        }
        if let Some([_, second]) = self.contested {
            hold(&mut self.second, second);
        }
        self.misfits.extend(chunk.bad_rows.iter().map(|row| before + row));
        let next = self.numbers.last().copied().unwrap_or_default();
        match numbers {
            Some(numbers) => self.numbers.extend_from_slice(numbers),
            None => self.numbers.extend((1..).take(chunk.rows).map(|row: u32| next.saturating_add(row))),
        }
        self.fates.resize(before + chunk.rows, Fate::Read);
    }

    /// The rows that came in.
    pub(in crate::dataset) fn rows(&self) -> usize {
        self.fates.len()
    }

    /// The number of a row in its input.
    pub(super) fn number(&self, row: usize) -> u64 {
        (*at(&self.numbers, row)).into()
    }

    /// The rows that are to be read, those whose fields are not those of the header left out.
    pub(super) fn read(&self) -> impl Iterator<Item = usize> + use<'_> {
        let rows = self.fates.iter().enumerate();
        rows.filter(|(row, fate)| **fate == Fate::Read && !self.misfits.contains(row)).map(|(row, _)| row)
    }

    /// A column of the table by its name.
    pub(super) fn column(&self, name: &str) -> Place {
        let columns = self.table.columns();
        let place = columns.iter().position(|declared| declared.name == name);
        Place(place.map(|place| Of::Column(place, at(columns, place).is_end)))
    }

    /// A column that only the rules read, by its name.
    pub(super) fn helper(&self, name: &str) -> Place {
        Place(self.helpers.iter().position(|(of, _)| *of == name).map(Of::Helper))
    }

    /// The column that is the id of the table's rows.
    pub(super) fn id_column(&self) -> Option<Place> {
        self.table.id_column().map(Place::at)
    }

    fn held_at(&self, place: Place) -> Option<&Held> {
        match place.0? {
            Of::Column(place, _) => self.columns.get(place)?.as_ref(),
            Of::Helper(place) => self.helpers.get(place).map(|(_, held)| held),
        }
    }

    /// Whether a column is there.
    pub(super) fn has(&self, place: Place) -> bool {
        self.held_at(place).is_some()
    }

    pub(super) fn value(&self, place: Place, row: usize) -> Option<Value<'_>> {
        self.held_at(place)?.get(row).map(Value)
    }

    pub(super) fn id(&self, place: Place, row: usize) -> Option<Box<str>> {
        self.value(place, row)?.id()
    }

    pub(super) fn text(&self, place: Place, row: usize) -> Option<Box<str>> {
        self.value(place, row)?.text_of()
    }

    /// The value as a date of the table.
    pub(super) fn day(&self, place: Place, row: usize) -> Option<Day> {
        match read_date(self.value(place, row)?.0, self.rule(place)) {
            Read::Value(day) => Some(day),
            _ => None,
        }
    }

    /// Whether there is no date in a column: a null or a placeholder, and not a text that cannot be read.
    pub(super) fn has_no_day(&self, place: Place, row: usize) -> bool {
        let Some(value) = self.value(place, row) else { return true };
        matches!(read_date(value.0, self.rule(place)), Read::Null | Read::Placeholder)
    }

    fn rule(&self, place: Place) -> DateRule {
        let (form, london) = self.dates;
        DateRule { form, is_end: matches!(place.0, Some(Of::Column(_, true))), london }
    }

    /// Says that values of a column are worked out from others.
    pub(super) fn work_out(&mut self, place: Place) {
        self.worked_out.extend(place.of_table());
    }

    /// The places of columns of which values are worked out from others.
    pub(in crate::dataset) fn worked_out(&self) -> &[usize] {
        &self.worked_out
    }

    /// Sets a value; a column that was not there is there from then on.
    pub(super) fn set(&mut self, place: Place, row: usize, value: Value<'_>) {
        if let Some(column) = self.add(place) {
            column.set(row, value.0);
        }
    }

    /// Whether every column is null.
    pub(super) fn is_empty_row(&self, row: usize) -> bool {
        let columns = self.columns.iter().flatten();
        columns.into_iter().all(|column| column.get(row).map(Value).is_none_or(Value::is_null))
    }

    /// What a row says in every column but one: rows that say the same have the same text.
    pub(super) fn says(&self, row: usize, but: Place) -> String {
        let but = but.of_table();
        let mut said = String::new();
        for (place, column) in self.columns.iter().enumerate().filter(|(place, _)| Some(*place) != but) {
            if let Some(value) = column.as_ref().and_then(|column| column.get(row)) {
                // Texts are written with their quotes and escapes, so no value can reach into the next.
                let _ = write!(said, "{place}={value:?};");
            }
        }
        said
    }

    /// Takes a column away.
    pub(super) fn remove(&mut self, place: Place) {
        if let Some(place) = place.of_table() {
            *at_mut(&mut self.columns, place) = None;
        }
    }

    /// Makes a column whose values other tables tell.
    pub(super) fn derive(&mut self, place: Place) {
        self.add(place);
        self.work_out(place);
    }

    /// Whether a column is not there, or null in so many rows that it is as good as absent.
    pub(super) fn is_without(&self, place: Place) -> bool {
        if !self.has(place) {
            return true;
        }
        let is_null = |row| self.value(place, row).is_none_or(Value::is_null);
        self.read().count() as u64 >= ROWS_THAT_TELL && self.read().all(is_null)
    }

    /// A column, which is made null in every row if it is not there.
    fn add(&mut self, place: Place) -> Option<&mut Held> {
        let rows = self.fates.len();
        match place.0? {
            Of::Column(place, _) => {
                Some(at_mut(&mut self.columns, place).get_or_insert_with(|| Held::nulls(rows)))
            }
            Of::Helper(place) => self.helpers.get_mut(place).map(|(_, held)| held),
        }
    }

    /// Says which of two columns is the id: the one whose values all end in the id of a known person, after a dot;
    /// else the one without doubles; else the first. The other is a helper.
    pub(super) fn settle_id(&mut self, is_person: impl Fn(&str) -> bool) {
        let Some(id) = self.table.id_column().filter(|_| self.contested.is_some()) else { return };
        let second = std::mem::take(&mut self.second);
        let first = at_mut(&mut self.columns, id).take().unwrap_or_default();
        let ids = |held: &Held| held.values().map(Value).filter_map(Value::id).collect::<Vec<_>>();
        let (of_first, of_second) = (ids(&first), ids(&second));
        let is_tailed = |ids: &[Box<str>]| {
            let ends_in_person = |id: &str| id.rsplit_once('.').is_some_and(|(_, tail)| is_person(tail));
            !ids.is_empty() && ids.iter().all(|id| ends_in_person(id))
        };
        let is_unique =
            |ids: &[Box<str>]| !ids.is_empty() && ids.iter().collect::<BTreeSet<_>>().len() == ids.len();
        let takes_second = match (is_tailed(&of_first), is_tailed(&of_second)) {
            (true, false) => false,
            (false, true) => true,
            _ => !is_unique(&of_first) && is_unique(&of_second),
        };
        let (own, other) = if takes_second { (second, first) } else { (first, second) };
        *at_mut(&mut self.columns, id) = Some(own);
        self.helpers.push((OTHER_ID, other));
    }

    /// By the columns of the table, whether each is there.
    pub(in crate::dataset) fn present(&self) -> impl Iterator<Item = bool> + use<'_> {
        self.columns.iter().map(Option::is_some)
    }

    /// How many rows say no more than others, or nothing.
    pub(in crate::dataset) fn merged(&self) -> u64 {
        self.count(Fate::Merged)
    }

    /// How many rows are nobody's.
    pub(in crate::dataset) fn without_person(&self) -> u64 {
        self.count(Fate::NoPerson)
    }

    /// How many rows say what has not happened yet.
    pub(in crate::dataset) fn not_yet(&self) -> u64 {
        self.count(Fate::NotYet)
    }

    fn count(&self, fate: Fate) -> u64 {
        self.fates.iter().filter(|of_row| **of_row == fate).count() as u64
    }

    /// Whether a row cannot be without a column.
    pub(super) fn is_required(&self, place: Place) -> bool {
        place.of_table().is_some_and(|place| at(self.table.columns(), place).need != Need::Optional)
    }

    /// Whether a column is the id of the table's rows.
    pub(super) fn is_id(&self, place: Place) -> bool {
        place.of_table().is_some_and(|place| self.table.id_column() == Some(place))
    }

    /// Makes texts null.
    pub(super) fn nullify(&mut self, is_none: impl Fn(&str) -> bool) {
        let helpers = self.helpers.iter_mut().map(|(_, column)| column);
        for column in self.columns.iter_mut().flatten().chain(helpers) {
            column.nullify(&is_none);
        }
    }

    /// Hands on the rows that are to be read, some at a time and at least once: by the columns of the table their
    /// places, a chunk, and the numbers.
    pub(in crate::dataset) fn give(&self, mut take: impl FnMut(&[Option<usize>], &Chunk<'_>, &[u32])) {
        let rows: Vec<usize> = (0..self.rows()).filter(|row| *at(&self.fates, *row) == Fate::Read).collect();
        let mut count = 0;
        let places: Vec<Option<usize>> = (self.columns.iter())
            .map(|column| {
                column.as_ref().map(|_| {
                    count += 1;
                    count - 1
                })
            })
            .collect();
        let none: &[usize] = &[];
        for rows in rows.chunks(CHUNK).chain(rows.is_empty().then_some(none)) {
            let mut values = Rows::new(count);
            for row in rows {
                let columns = self.columns.iter().flatten();
                values.push(columns.map(|column| column.get(*row).unwrap_or(Scalar::Null)));
            }
            let numbers: Vec<u32> = rows.iter().map(|row| *at(&self.numbers, *row)).collect();
            let bad: Vec<usize> =
                (0..rows.len()).filter(|row| self.misfits.contains(at(rows, *row))).collect();
            take(&places, &Chunk { rows: rows.len(), columns: &values.columns(), bad_rows: &bad }, &numbers);
        }
    }
}
