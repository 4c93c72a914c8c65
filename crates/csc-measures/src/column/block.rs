//! The rows of a chunk are read a block at a time: one loop for each column, which leaves typed values and notes
//! what is wrong. A block is small enough to stay in the cache until its rows are put together.

use std::borrow::Cow;
use std::ops::Range;

use super::ids::{Headed, Ids, Namespace};
use super::instant::day_of_instant;
use super::issue::IssueCode;
use super::read::{
    DateForm, Read, read_bool, read_bool_text, read_date, read_date_text, read_day, read_decimal, read_id,
    read_id_text, read_integer, read_text, trimmed,
};
use super::text::Text;
use super::text::{Texts, with_texts};
use super::whole::Column;
use crate::time::Day;
use crate::value::Decimal;
use crate::value::index::{self, IdNo};
use crate::value::names::fold;

/// A column of a chunk, and what its declaration says of its values.
#[derive(Clone, Copy)]
pub(crate) struct Source<'c, 'a> {
    /// `None`: the table has no such column.
    pub(crate) column: Option<&'c Column<'a>>,
    /// Its place among the declared columns.
    pub(crate) place: usize,
    /// Whether a null puts the row out.
    pub(crate) is_needed: bool,
    /// Whether a value that cannot be read puts the row out.
    pub(crate) is_fatal: bool,
    /// How text dates are written.
    pub(crate) form: DateForm,
}

/// What is wrong with the rows of a block, and which of them are out.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    is_out: Vec<bool>,
    /// By row of the block, column and kind.
    noted: Vec<(usize, usize, IssueCode)>,
    /// The rows whose fields are not those of the header, ascending.
    bad_rows: Vec<usize>,
    /// By column, the rows in which it is null, but for the bad rows.
    nulls: Vec<u64>,
}

impl Faults {
    /// Begins a block of so many rows, with those whose fields are not those of the header.
    pub(crate) fn begin(&mut self, rows: usize, bad_rows: Vec<usize>) {
        self.bad_rows = bad_rows;
        self.nulls.clear();
        self.noted.clear();
        self.is_out.clear();
        self.is_out.resize(rows, false);
    }

    pub(crate) fn note(&mut self, row: usize, column: usize, code: IssueCode, is_fatal: bool) {
        self.noted.push((row, column, code));
        if is_fatal {
            *index::at_mut(&mut self.is_out, row) = true;
        }
    }

    /// Puts rows out whose fields are not those of the header; what was read of them does not count.
    pub(crate) fn put_out_bad_rows(&mut self) {
        if self.bad_rows.is_empty() {
            return;
        }
        let bad_rows = std::mem::take(&mut self.bad_rows);
        self.noted.retain(|(noted, ..)| bad_rows.binary_search(noted).is_err());
        for row in bad_rows {
            self.note(row, 0, IssueCode::BadRow, true);
        }
    }

    /// Counts rows in which a column is null.
    fn count_nulls(&mut self, column: usize, rows: usize) {
        if self.nulls.len() <= column {
            self.nulls.resize(column + 1, 0);
        }
        *index::at_mut(&mut self.nulls, column) += rows as u64;
    }

    /// By column, the rows in which it is null; columns after the last that has such rows are left out.
    pub(crate) fn nulls(&self) -> &[u64] {
        &self.nulls
    }

    #[inline]
    pub(crate) fn is_out(&self, row: usize) -> bool {
        *index::at(&self.is_out, row)
    }

    pub(crate) fn noted(&self) -> &[(usize, usize, IssueCode)] {
        &self.noted
    }

    #[cold]
    fn null(&mut self, row: usize, source: Source<'_, '_>) {
        if source.is_needed {
            self.note(row, source.place, IssueCode::MissingRequired, true);
        }
    }

    #[cold]
    fn bad(&mut self, row: usize, source: Source<'_, '_>, code: IssueCode) {
        self.note(row, source.place, code, source.is_fatal);
    }
}

/// Reads one column of a block: the one loop of every kind and form.
#[inline]
fn fill<T>(
    values: &mut Vec<Option<T>>,
    source: Source<'_, '_>,
    rows: Range<usize>,
    faults: &mut Faults,
    bad: IssueCode,
    mut read: impl FnMut(usize) -> Read<T>,
) {
    let mut nulls = 0;
    let start = rows.start;
    values.clear();
    values.extend(rows.enumerate().map(|(place, row)| match read(row) {
        Read::Value(value) => Some(value),
        Read::Null => {
            nulls += 1;
            if source.is_needed {
                faults.null(place, source);
            }
            None
        }
        Read::Bad => {
            faults.bad(place, source, bad);
            None
        }
    }));
    // What stands in the fields of a bad row is of no column.
    nulls -= faults.bad_rows.iter().filter(|row| matches!(read(start + **row), Read::Null)).count();
    faults.count_nulls(source.place, nulls);
}

/// Leaves nulls where the table has no such column.
fn absent<T: Clone>(values: &mut Vec<Option<T>>, source: Source<'_, '_>, rows: usize, faults: &mut Faults) {
    values.clear();
    values.resize(rows, None);
    if source.is_needed {
        (0..rows).for_each(|row| faults.null(row, source));
    }
}

/// Reads a text by its layout; a null of the bitmap is not looked at.
#[inline]
fn or_null<'a, T>(
    text: &Text<'a>,
    texts: impl Texts<'a>,
    row: usize,
    read: impl FnOnce(Option<&'a [u8]>) -> Read<T>,
) -> Read<T> {
    if text.validity.is_valid(row) { read(texts.bytes(row)) } else { Read::Null }
}

macro_rules! blocks {
    ($( $(#[doc = $doc:literal])+ $block:ident $value:ty; )+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Debug, Default)]
            pub(crate) struct $block(Vec<Option<$value>>);

            impl $block {
                /// The value of a row of the block.
                #[inline]
                pub(crate) fn at(&self, row: usize) -> Option<$value> {
                    index::at(&self.0, row).clone()
                }
            }
        )+
    };
}
blocks! {
    /// Dates of a block.
    DateBlock Day;
    /// Flags of a block.
    FlagBlock bool;
    /// Decimal numbers of a block.
    DecimalBlock Decimal;
    /// Whole numbers of a block.
    IntegerBlock i64;
    /// Codes of a closed set.
    CodeBlock &'static str;
}

/// Texts of a block; a number that came as a number is a text of its own.
#[derive(Debug, Default)]
pub(crate) struct TextBlock<'a>(Vec<Option<Cow<'a, str>>>);

impl<'a> TextBlock<'a> {
    /// The text of a row of the block.
    pub(crate) fn at(&self, row: usize) -> Option<Cow<'a, str>> {
        index::at(&self.0, row).clone()
    }

    pub(crate) fn read(&mut self, source: Source<'_, 'a>, rows: Range<usize>, faults: &mut Faults) {
        let bad = IssueCode::BadValue;
        match source.column {
            None => absent(&mut self.0, source, rows.len(), faults),
            Some(Column::Text(text)) => with_texts!(text, |texts| {
                fill(&mut self.0, source, rows, faults, bad, |row| or_null(text, texts, row, text_of));
            }),
            Some(column) => {
                fill(&mut self.0, source, rows, faults, bad, |row| read_text(column.value(row)));
            }
        }
    }
}

fn text_of(text: Option<&[u8]>) -> Read<Cow<'_, str>> {
    match text.map(trimmed) {
        None => Read::Bad,
        Some(None) => Read::Null,
        Some(Some(text)) => Read::or_bad(std::str::from_utf8(text).ok().map(Cow::Borrowed)),
    }
}

impl DateBlock {
    pub(crate) fn read(&mut self, source: Source<'_, '_>, rows: Range<usize>, faults: &mut Faults) {
        let bad = IssueCode::BadDate;
        let form = source.form;
        match source.column {
            None => absent(&mut self.0, source, rows.len(), faults),
            Some(Column::Days(days)) => {
                fill(&mut self.0, source, rows, faults, bad, |row| {
                    days.get(row).map_or(Read::Null, read_day)
                });
            }
            Some(Column::Instants { values, unit, zone }) => {
                fill(&mut self.0, source, rows, faults, bad, |row| match values.get(row) {
                    None => Read::Null,
                    Some(at) => Read::or_bad(day_of_instant(at, *unit, *zone)),
                });
            }
            Some(Column::Text(text)) => with_texts!(text, |texts| {
                fill(&mut self.0, source, rows, faults, bad, |row| {
                    or_null(text, texts, row, |text| read_date_text(text, form))
                });
            }),
            Some(column) => {
                fill(&mut self.0, source, rows, faults, bad, |row| read_date(column.value(row), form));
            }
        }
    }

    /// Notes each interval of the block that ends before it starts.
    pub(crate) fn check_pair(&self, end: &Self, end_place: usize, is_fatal: bool, faults: &mut Faults) {
        for (row, (start, end)) in self.0.iter().zip(&end.0).enumerate() {
            if end.zip(*start).is_some_and(|(end, start)| end < start) {
                faults.note(row, end_place, IssueCode::EndBeforeStart, is_fatal);
            }
        }
    }

    /// The earliest date of the rows that are not out.
    pub(crate) fn earliest(&self, faults: &Faults) -> Option<Day> {
        let kept = self.0.iter().enumerate().filter(|(row, _)| !faults.is_out(*row));
        kept.filter_map(|(_, day)| *day).min()
    }
}

impl FlagBlock {
    pub(crate) fn read(&mut self, source: Source<'_, '_>, rows: Range<usize>, faults: &mut Faults) {
        let bad = IssueCode::BadValue;
        match source.column {
            None => absent(&mut self.0, source, rows.len(), faults),
            Some(Column::Flags(flags)) => {
                fill(&mut self.0, source, rows, faults, bad, |row| {
                    flags.get(row).map_or(Read::Null, Read::Value)
                });
            }
            Some(Column::Text(text)) => with_texts!(text, |texts| {
                fill(&mut self.0, source, rows, faults, bad, |row| or_null(text, texts, row, read_bool_text));
            }),
            Some(column) => {
                fill(&mut self.0, source, rows, faults, bad, |row| read_bool(column.value(row)));
            }
        }
    }
}

impl DecimalBlock {
    pub(crate) fn read(&mut self, source: Source<'_, '_>, rows: Range<usize>, faults: &mut Faults) {
        match source.column {
            None => absent(&mut self.0, source, rows.len(), faults),
            Some(column) => fill(&mut self.0, source, rows, faults, IssueCode::BadValue, |row| {
                read_decimal(column.value(row))
            }),
        }
    }
}

impl IntegerBlock {
    pub(crate) fn read(&mut self, source: Source<'_, '_>, rows: Range<usize>, faults: &mut Faults) {
        match source.column {
            None => absent(&mut self.0, source, rows.len(), faults),
            Some(column) => fill(&mut self.0, source, rows, faults, IssueCode::BadValue, |row| {
                read_integer(column.value(row))
            }),
        }
    }
}

impl CodeBlock {
    /// Reads codes of a closed set, compared folded.
    pub(crate) fn read(
        &mut self,
        set: &'static [&'static str],
        source: Source<'_, '_>,
        rows: Range<usize>,
        faults: &mut Faults,
    ) {
        let known = |text: Cow<'_, str>| {
            let exact = set.iter().find(|known| **known == text);
            exact.copied().or_else(|| {
                let folded = fold(&text);
                set.iter().copied().find(|known| fold(known) == folded)
            })
        };
        match source.column {
            None => absent(&mut self.0, source, rows.len(), faults),
            Some(column) => {
                fill(&mut self.0, source, rows, faults, IssueCode::BadValue, |row| {
                    match read_text(column.value(row)) {
                        Read::Value(text) => Read::or_bad(known(text)),
                        Read::Null => Read::Null,
                        Read::Bad => Read::Bad,
                    }
                })
            }
        }
    }
}

/// Ids of a block. They are checked first, and numbered once it is known which rows are out: the ids of a row
/// that is out are never met.
#[derive(Debug, Default)]
pub(crate) struct IdBlock<'a> {
    numbers: Vec<Option<IdNo>>,
    /// The ids of a column of text.
    texts: Vec<Option<&'a [u8]>>,
    /// The places in a dictionary.
    keys: Vec<Option<usize>>,
    /// For each value of a dictionary of the chunk, what it is.
    known: Vec<Known>,
}

/// A value of a dictionary.
#[derive(Clone, Copy, Debug)]
enum Known {
    NotRead,
    Null,
    Bad,
    Id,
    Numbered(IdNo),
}

impl Known {
    fn read(self) -> Read<()> {
        match self {
            Self::Null => Read::Null,
            Self::Id | Self::Numbered(_) => Read::Value(()),
            Self::NotRead | Self::Bad => Read::Bad,
        }
    }
}

impl<'a> IdBlock<'a> {
    /// The number of a row's id; rows that are out have none.
    #[inline]
    pub(crate) fn at(&self, row: usize) -> Option<IdNo> {
        *index::at(&self.numbers, row)
    }

    /// Checks the ids of a block.
    pub(crate) fn check(&mut self, source: Source<'_, 'a>, rows: Range<usize>, faults: &mut Faults) {
        if let Some(Column::Text(text)) = source.column {
            let bad = IssueCode::BadValue;
            with_texts!(text, |texts| {
                fill(&mut self.texts, source, rows, faults, bad, |row| {
                    or_null(text, texts, row, read_id_text)
                });
            });
            return;
        }
        let mut note = |place: usize, read: Read<()>| match read {
            Read::Value(()) => {}
            Read::Null => {
                if faults.bad_rows.binary_search(&place).is_err() {
                    faults.count_nulls(source.place, 1);
                }
                if source.is_needed {
                    faults.null(place, source);
                }
            }
            Read::Bad => faults.bad(place, source, IssueCode::BadValue),
        };
        match source.column {
            None => rows.enumerate().for_each(|(place, _)| note(place, Read::Null)),
            Some(Column::Integers(integers)) => {
                for (place, row) in rows.enumerate() {
                    note(place, integers.get(row).map_or(Read::Null, |_| Read::Value(())));
                }
            }
            Some(Column::Dictionary { keys, values }) => {
                if self.known.is_empty() {
                    self.known = vec![Known::NotRead; values.len()];
                }
                keys.places(rows, &mut self.keys);
                for (place, key) in self.keys.iter().enumerate() {
                    let read = |key: usize| match self.known.get_mut(key) {
                        None => Read::Bad,
                        Some(known) => {
                            if matches!(known, Known::NotRead) {
                                *known = match read_id(values.value(key)) {
                                    Read::Value(_) => Known::Id,
                                    Read::Null => Known::Null,
                                    Read::Bad => Known::Bad,
                                };
                            }
                            known.read()
                        }
                    };
                    note(place, key.map_or(Read::Null, read));
                }
            }
            Some(column) => {
                for (place, row) in rows.enumerate() {
                    note(place, unit(read_id(column.value(row))));
                }
            }
        }
    }

    /// Numbers the ids of the rows that are not out, as ids that the rows refer to.
    pub(crate) fn refer(
        &mut self,
        source: Source<'_, '_>,
        rows: Range<usize>,
        faults: &Faults,
        ids: &mut Ids<IdNo>,
    ) {
        self.numbers.clear();
        self.numbers.resize(rows.len(), None);
        let numbers = &mut self.numbers;
        match source.column {
            Some(Column::Dictionary { values, .. }) => {
                for (place, (key, number)) in self.keys.iter().zip(numbers).enumerate() {
                    let known = match *key {
                        Some(key) if !faults.is_out(place) => self.known.get_mut(key).zip(Some(key)),
                        _ => None,
                    };
                    if let Some((known, key)) = known {
                        if matches!(known, Known::Id)
                            && let Read::Value(id) = read_id(values.value(key))
                        {
                            *known = Known::Numbered(ids.intern(id.as_bytes()));
                        }
                        if let Known::Numbered(known) = *known {
                            *number = Some(known);
                        }
                    }
                }
            }
            Some(Column::Text(_)) => {
                let (mut places, mut met) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
                for (place, id) in self.texts.iter().enumerate() {
                    if let Some(id) = id
                        && !faults.is_out(place)
                    {
                        // Rows of one child often come together.
                        let id = Headed::new(id);
                        if met.last() != Some(&id) {
                            met.push(id);
                        }
                        places.push((place, met.len() - 1));
                    }
                }
                let mut found = Vec::with_capacity(met.len());
                ids.intern_all(&met, |number| found.push(number));
                for (place, of) in places {
                    *index::at_mut(numbers, place) = Some(*index::at(&found, of));
                }
            }
            _ => each_number(source, rows, faults, |place, id| {
                *index::at_mut(numbers, place) = Some(ids.intern(id));
            }),
        }
    }

    /// Calls with the place in the block and the id of each row that is not out and has one.
    pub(crate) fn each(
        &self,
        source: Source<'_, '_>,
        rows: Range<usize>,
        faults: &Faults,
        mut each: impl FnMut(usize, &[u8]),
    ) {
        let Some(Column::Text(_)) = source.column else { return each_number(source, rows, faults, each) };
        for (place, id) in self.texts.iter().enumerate() {
            if let Some(id) = id
                && !faults.is_out(place)
            {
                each(place, id);
            }
        }
    }

    /// Numbers the own ids of the rows that are not out; the row of an id that an earlier row has goes out.
    /// `first` is the place that the first good row will have in its table.
    pub(crate) fn define(
        &mut self,
        source: Source<'_, '_>,
        rows: Range<usize>,
        faults: &mut Faults,
        ids: &mut Namespace,
        first: usize,
    ) {
        self.numbers.clear();
        self.numbers.resize(rows.len(), None);
        let mut doubles = Vec::new();
        let mut next = first;
        let mut numbers = std::mem::take(&mut self.numbers);
        self.each(source, rows, faults, |place, id| match ids.define(id, next) {
            Some(number) => {
                next += 1;
                *index::at_mut(&mut numbers, place) = Some(number);
            }
            None => doubles.push(place),
        });
        self.numbers = numbers;
        for place in doubles {
            faults.note(place, source.place, IssueCode::DuplicateId, true);
        }
    }
}

fn unit<T>(read: Read<T>) -> Read<()> {
    match read {
        Read::Value(_) => Read::Value(()),
        Read::Null => Read::Null,
        Read::Bad => Read::Bad,
    }
}

/// Calls with the place in the block and the id of each row that is not out and has one, for ids that did not come
/// as text.
fn each_number(
    source: Source<'_, '_>,
    rows: Range<usize>,
    faults: &Faults,
    mut each: impl FnMut(usize, &[u8]),
) {
    let kept = rows.enumerate().filter(|(place, _)| !faults.is_out(*place));
    match source.column {
        None => {}
        Some(Column::Integers(integers)) => {
            let mut digits = Digits::default();
            for (place, row) in kept {
                if let Some(number) = integers.get(row) {
                    each(place, digits.of(number));
                }
            }
        }
        Some(column) => {
            for (place, row) in kept {
                if let Read::Value(id) = read_id(column.value(row)) {
                    each(place, id.as_bytes());
                }
            }
        }
    }
}

/// The id of one row, for its issues.
pub(crate) fn id_of(column: &Column<'_>, row: usize) -> Option<Box<str>> {
    match read_id(column.value(row)) {
        Read::Value(id) => Some(id.into()),
        _ => None,
    }
}

/// Writes whole numbers in digits, without an allocation for each.
#[derive(Default)]
struct Digits(Vec<u8>);

impl Digits {
    fn of(&mut self, number: i128) -> &[u8] {
        self.0.clear();
        // Nearly all numbers are short, and division of 128 bits is slow.
        match u64::try_from(number.unsigned_abs()) {
            Ok(mut rest) => loop {
                self.0.push(*index::at(b"0123456789", (rest % 10) as usize));
                rest /= 10;
                if rest == 0 {
                    break;
                }
            },
            Err(_) => {
                self.0.extend(number.unsigned_abs().to_string().bytes().rev());
            }
        }
        if number < 0 {
            self.0.push(b'-');
        }
        self.0.reverse();
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::super::read::is_text;
    use super::*;

    #[test]
    fn numbers_in_digits() {
        let mut digits = Digits::default();
        for number in [0, 7, -7, 120, i128::from(u64::MAX), i128::from(i64::MIN), i128::MAX, i128::MIN] {
            assert_eq!(digits.of(number), number.to_string().as_bytes());
        }
    }

    #[test]
    fn bytes_that_are_not_text_are_no_ids() {
        assert!(is_text("gr\u{e9}".as_bytes()) && !is_text(b"gr\xe9"));
        assert_eq!(read_id_text(Some(b"gr\xe9")), Read::Bad);
    }
}
