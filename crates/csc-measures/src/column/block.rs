//! The rows of a chunk are read a block at a time: one loop for each column, which leaves typed values and notes
//! what is wrong. A block is small enough to stay in the cache until its rows are put together.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::codes::{Coded, Codes, Held};
use super::headed::Headed;
use super::ids::{Ids, Namespace};
use super::instant::day_of_instant;
use super::issue::IssueCode;
use super::range::Range as NumberRange;
use super::read::{
    DateRule, Read, is_null_of_codes, read_bool, read_bool_text, read_date, read_date_text, read_day,
    read_day_number, read_day_of, read_decimal, read_id, read_id_text, read_integer, read_text, trimmed,
};
use super::scalar::Scalar;
use super::text::Text;
use super::text::{Texts, with_texts};
use super::whole::Column;
use crate::time::Day;
use crate::value::Decimal;
use crate::value::index::{self, IdNo};

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
    /// How its dates are read.
    pub(crate) dates: DateRule,
    /// The range of its numbers.
    pub(crate) range: Option<NumberRange>,
    /// Whether it holds codes: what people write for a null is one there, and may be meant in a free text.
    pub(crate) is_code: bool,
    /// Its codes, if it holds codes of a set.
    pub(crate) codes: Option<Codes>,
    /// The day that the table is a list of, if it is one.
    pub(crate) snapshot: Option<Day>,
}

/// Something that is wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The row of the block.
    pub(crate) row: usize,
    /// The place of the column.
    pub(crate) column: usize,
    pub(crate) code: IssueCode,
    /// Whether the value was read and lies outside its range.
    pub(crate) is_outside: bool,
    /// Whether it puts its row out.
    pub(crate) is_fatal: bool,
    /// Whether it is a date after the day that the table is as at.
    pub(crate) is_after: bool,
}

impl Fault {
    /// Whether something stands there that cannot be read, or cannot be so.
    pub(crate) fn is_unreadable(&self) -> bool {
        matches!(self.code, IssueCode::BadDate | IssueCode::BadValue | IssueCode::UnknownCode)
    }
}

/// What is wrong with the rows of a block, and which of them are out.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    is_out: Vec<bool>,
    /// Rows whose fields are not those of the header, by their places in the block.
    bad_rows: Vec<usize>,
    noted: Vec<Fault>,
    /// Rows that have a day in place of a date that cannot be read.
    stand_ins: Vec<usize>,
    /// For each column, how many of the rows have a null there; placeholders are nulls too.
    nulls: Vec<u64>,
}

impl Faults {
    /// Begins a block of so many rows. Those of `bad_rows`, whose fields are not those of the header, are out, and
    /// what is read of them does not count.
    pub(crate) fn begin(&mut self, rows: usize, columns: usize, bad_rows: Vec<usize>) {
        self.noted.clear();
        self.stand_ins.clear();
        self.nulls.clear();
        self.nulls.resize(columns, 0);
        self.is_out.clear();
        self.is_out.resize(rows, false);
        for row in &bad_rows {
            if let Some(is_out) = self.is_out.get_mut(*row) {
                *is_out = true;
            }
        }
        self.bad_rows = bad_rows;
    }

    pub(crate) fn note(&mut self, row: usize, column: usize, code: IssueCode, is_fatal: bool) {
        self.add(Fault { row, column, code, is_outside: false, is_after: false, is_fatal });
    }

    fn add(&mut self, fault: Fault) {
        self.noted.push(fault);
        if fault.is_fatal {
            *index::at_mut(&mut self.is_out, fault.row) = true;
        }
    }

    /// Notes the rows whose fields are not those of the header, and forgets what was read of them.
    pub(crate) fn put_out_bad_rows(&mut self) {
        let bad_rows = std::mem::take(&mut self.bad_rows);
        if !bad_rows.is_empty() {
            self.noted.retain(|fault| bad_rows.binary_search(&fault.row).is_err());
            for row in &bad_rows {
                self.note(*row, 0, IssueCode::BadRow, true);
            }
        }
    }

    #[inline]
    pub(crate) fn is_out(&self, row: usize) -> bool {
        *index::at(&self.is_out, row)
    }

    /// Of each row whether it is out.
    fn are_out(&self) -> &[bool] {
        &self.is_out
    }

    /// Whether any row is out.
    fn is_any_out(&self) -> bool {
        !self.bad_rows.is_empty() || self.noted.iter().any(|fault| fault.is_fatal)
    }

    pub(crate) fn noted(&self) -> &[Fault] {
        &self.noted
    }

    /// The columns of a row in which something stands that cannot be read.
    pub(crate) fn unreadable(&self, row: usize) -> impl Iterator<Item = usize> {
        self.noted
            .iter()
            .filter(move |fault| fault.row == row && fault.is_unreadable())
            .map(|fault| fault.column)
    }

    /// For each column, how many of the rows have a null there.
    pub(crate) fn nulls(&self) -> &[u64] {
        &self.nulls
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

    #[cold]
    fn outside(&mut self, row: usize, source: Source<'_, '_>) {
        let (code, is_fatal) = (IssueCode::BadValue, source.is_fatal);
        self.add(Fault { row, column: source.place, code, is_outside: true, is_after: false, is_fatal });
    }

    #[cold]
    fn placeholder(&mut self, row: usize, source: Source<'_, '_>) {
        self.note(row, source.place, IssueCode::PlaceholderDate, source.is_needed);
    }

    /// Whether what is read of a row counts: not if its fields are not those of the header.
    fn is_counted(&self, row: usize) -> bool {
        self.bad_rows.is_empty() || self.bad_rows.binary_search(&row).is_err()
    }

    /// The value of a row, if it is one; otherwise notes what is wrong with it, and counts nulls.
    #[inline]
    fn take<T>(
        &mut self,
        row: usize,
        read: Read<T>,
        source: Source<'_, '_>,
        bad: IssueCode,
        nulls: &mut u64,
    ) -> Option<T> {
        match read {
            Read::Value(value) => Some(value),
            other => {
                self.take_other(row, other.other(), source, bad, nulls);
                None
            }
        }
    }

    /// Apart, so that what nearly every value needs stays small enough to be inlined.
    #[inline(never)]
    fn take_other(
        &mut self,
        row: usize,
        read: Read<()>,
        source: Source<'_, '_>,
        bad: IssueCode,
        nulls: &mut u64,
    ) {
        match read {
            Read::Null => {
                *nulls += u64::from(self.is_counted(row));
                if source.is_needed {
                    self.null(row, source);
                }
            }
            Read::Placeholder => {
                *nulls += u64::from(self.is_counted(row));
                self.placeholder(row, source);
            }
            Read::Outside => self.outside(row, source),
            Read::Value(()) | Read::Bad => self.bad(row, source, bad),
        }
    }

    /// Counts the nulls of a column.
    fn count_nulls(&mut self, source: Source<'_, '_>, nulls: u64) {
        *index::at_mut(&mut self.nulls, source.place) += nulls;
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
    let mut nulls = 0_u64;
    values.clear();
    // The only call, so that what reads a value is compiled as a part of the loop.
    values
        .extend(rows.enumerate().map(|(place, row)| faults.take(place, read(row), source, bad, &mut nulls)));
    faults.count_nulls(source, nulls);
}

/// Leaves nulls if the table has no such column.
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
        let or_null_of_codes = |read: Read<Cow<'a, str>>| match read {
            Read::Value(text) if source.is_code && is_null_of_codes(text.as_bytes()) => Read::Null,
            read => read,
        };
        match source.column {
            None => absent(&mut self.0, source, rows.len(), faults),
            Some(Column::Text(text)) => with_texts!(text, |texts| {
                fill(&mut self.0, source, rows, faults, bad, |row| {
                    or_null_of_codes(or_null(text, texts, row, text_of))
                });
            }),
            Some(column) => {
                fill(&mut self.0, source, rows, faults, bad, |row| {
                    or_null_of_codes(read_text(column.value(row)))
                });
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
        let rule = source.dates;
        match source.column {
            None => absent(&mut self.0, source, rows.len(), faults),
            Some(Column::Days(days)) => {
                fill(&mut self.0, source, rows, faults, bad, |row| {
                    days.get(row).map_or(Read::Null, |day| read_day(day, rule))
                });
            }
            Some(Column::Integers(days)) => {
                fill(&mut self.0, source, rows, faults, bad, |row| {
                    days.get(row).map_or(Read::Null, |day| read_day_number(day, rule))
                });
            }
            Some(Column::Instants { values, unit, zone }) => {
                fill(&mut self.0, source, rows, faults, bad, |row| match values.get(row) {
                    None => Read::Null,
                    Some(at) => read_day_of(day_of_instant(at, *unit, *zone), rule),
                });
            }
            Some(Column::Text(text)) => with_texts!(text, |texts| {
                fill(&mut self.0, source, rows, faults, bad, |row| {
                    or_null(text, texts, row, |text| read_date_text(text, rule))
                });
            }),
            Some(column) => {
                fill(&mut self.0, source, rows, faults, bad, |row| read_date(column.value(row), rule));
            }
        }
        if let Some(day) = source.snapshot {
            self.keep_rows(source, day, faults);
        }
    }

    /// Notes dates after the day that the table is as at: they cannot be so. A row of such a table stays, though a
    /// date that it needs cannot be read, with the day in its place: what hangs on the date is unknown, and not
    /// nothing.
    fn keep_rows(&mut self, source: Source<'_, '_>, day: Day, faults: &mut Faults) {
        for (row, value) in self.0.iter_mut().enumerate() {
            if value.is_some_and(|value| value > day) {
                *value = None;
                let code = IssueCode::BadValue;
                faults.add(Fault {
                    row,
                    column: source.place,
                    code,
                    is_outside: false,
                    is_after: true,
                    is_fatal: false,
                });
            }
        }
        if source.is_needed {
            let of_column = |fault: &&Fault| fault.column == source.place && fault.is_unreadable();
            let rows: Vec<usize> = faults.noted.iter().filter(of_column).map(|fault| fault.row).collect();
            for row in rows {
                *index::at_mut(&mut self.0, row) = Some(day);
                faults.stand_ins.push(row);
            }
        }
    }

    /// Notes each interval of the block that ends before it starts.
    pub(crate) fn check_pair(&mut self, end: &Self, end_place: usize, is_fatal: bool, faults: &mut Faults) {
        for (row, (start, end)) in self.0.iter_mut().zip(&end.0).enumerate() {
            if end.zip(*start).is_some_and(|(end, start)| end < start) {
                // A day that only stands in place of another says nothing against the end.
                if faults.stand_ins.contains(&row) {
                    *start = *end;
                } else {
                    faults.note(row, end_place, IssueCode::EndBeforeStart, is_fatal);
                }
            }
        }
    }

    /// The earliest date of the rows that are not out.
    pub(crate) fn earliest(&self, faults: &Faults) -> Option<Day> {
        let kept = self.0.iter().enumerate().filter(|(row, _)| !faults.is_out(*row));
        kept.filter_map(|(_, day)| *day).min()
    }

    /// The latest date that was understood, of rows whose fields are those of the header.
    pub(crate) fn last(&self, faults: &Faults) -> Option<Day> {
        if faults.bad_rows.is_empty() {
            return self.greatest();
        }
        let rows = self.0.iter().enumerate();
        let read = rows.filter(|(row, _)| faults.bad_rows.binary_search(row).is_err());
        read.filter_map(|(_, day)| *day).max()
    }

    /// The latest date of the rows that are not out.
    pub(crate) fn latest(&self, faults: &Faults) -> Option<Day> {
        if !faults.is_any_out() {
            return self.greatest();
        }
        let kept = self.0.iter().enumerate().filter(|(row, _)| !faults.is_out(*row));
        kept.filter_map(|(_, day)| *day).max()
    }

    /// The latest date.
    fn greatest(&self) -> Option<Day> {
        // A null is less than any day; no day that can be written is the least number.
        let days = self.0.iter().map(|day| day.map_or(i32::MIN, |day| day.0));
        days.max().filter(|day| *day > i32::MIN).map(Day)
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
        let is_in = |number: &Decimal| source.range.is_none_or(|range| range.has_decimal(*number));
        match source.column {
            None => absent(&mut self.0, source, rows.len(), faults),
            Some(column) => fill(&mut self.0, source, rows, faults, IssueCode::BadValue, |row| {
                read_decimal(column.value(row)).within(is_in)
            }),
        }
    }
}

impl IntegerBlock {
    pub(crate) fn read(&mut self, source: Source<'_, '_>, rows: Range<usize>, faults: &mut Faults) {
        let is_in = |number: &i64| source.range.is_none_or(|range| range.has_integer(*number));
        match source.column {
            None => absent(&mut self.0, source, rows.len(), faults),
            Some(column) => fill(&mut self.0, source, rows, faults, IssueCode::BadValue, |row| {
                read_integer(column.value(row)).within(is_in)
            }),
        }
    }
}

/// Codes of a block, each text of a chunk understood once.
#[derive(Debug, Default)]
pub(crate) struct CodeBlock<'a> {
    values: Vec<Option<Coded>>,
    lookup: Option<Held>,
    /// What the texts that were met mean.
    met: HashMap<&'a [u8], Read<Coded>>,
    /// What the values of a dictionary mean.
    known: Vec<Option<Read<Coded>>>,
}

impl<'a> CodeBlock<'a> {
    /// How many texts are remembered: a column of codes has few, and one of anything else need not fill the memory.
    const MOST_MET: usize = 4096;

    /// The code of a row of the block.
    #[inline]
    pub(crate) fn at(&self, row: usize) -> Option<Coded> {
        *index::at(&self.values, row)
    }

    /// Reads codes; a text that is not in the set is noted, and the row stays.
    pub(crate) fn read(&mut self, source: Source<'_, 'a>, rows: Range<usize>, faults: &mut Faults) {
        let Self { values, lookup, met, known } = self;
        let lookup = match (&lookup, source.codes) {
            (None, Some(codes)) => lookup.insert(codes.lookup()),
            (None, None) => index::broken(format_args!("a column of codes has no set")),
            (Some(_), _) => lookup.get_or_insert_with(|| Codes::Words(&[]).lookup()),
        };
        let bad = IssueCode::BadValue;
        match source.column {
            None => absent(values, source, rows.len(), faults),
            Some(Column::Text(text)) => with_texts!(text, |texts| {
                fill(values, source, rows, faults, bad, |row| {
                    or_null(text, texts, row, |text| match text.map(trimmed) {
                        None => Read::Bad,
                        Some(None) => Read::Null,
                        Some(Some(text)) => match met.get(text) {
                            Some(read) => *read,
                            None => {
                                let read = code_of(lookup, text);
                                if met.len() < Self::MOST_MET {
                                    met.insert(text, read);
                                }
                                read
                            }
                        },
                    })
                });
            }),
            Some(Column::Dictionary { keys, values: distinct }) => {
                known.resize(distinct.len(), None);
                fill(values, source, rows, faults, bad, |row| match keys.get(row) {
                    None => Read::Null,
                    Some(key) => {
                        match usize::try_from(key).ok().and_then(|key| Some((key, known.get_mut(key)?))) {
                            None => Read::Bad,
                            Some((key, known)) => {
                                *known.get_or_insert_with(|| code_of_value(lookup, distinct.value(key)))
                            }
                        }
                    }
                });
            }
            Some(column) => {
                fill(values, source, rows, faults, bad, |row| code_of_value(lookup, column.value(row)));
            }
        }
        for (row, value) in values.iter().enumerate() {
            if *value == Some(Coded::Unknown) {
                faults.note(row, source.place, IssueCode::UnknownCode, false);
            }
        }
        if source.is_needed && source.snapshot.is_some() {
            // The row of a list as at a day stays.
            for fault in faults.noted.iter().filter(|fault| fault.column == source.place && fault.code == bad)
            {
                *index::at_mut(values, fault.row) = Some(Coded::Unknown);
            }
        }
    }
}

/// What a text without white space around it means.
fn code_of(lookup: &Held, text: &[u8]) -> Read<Coded> {
    std::str::from_utf8(text).map_or(Read::Bad, |text| lookup.read(text))
}

/// What a value means.
fn code_of_value(lookup: &Held, value: Scalar<'_>) -> Read<Coded> {
    match read_text(value) {
        Read::Value(text) => lookup.read(&text),
        other => other.other(),
    }
}

/// Ids of a block. They are checked first, and numbered once it is known which rows are out: the ids of a row
/// that is out are never met.
#[derive(Debug, Default)]
pub(crate) struct IdBlock<'a> {
    numbers: Vec<Option<IdNo>>,
    /// The ids of a column of text.
    texts: Vec<Option<Headed<'a>>>,
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
            let mut nulls = 0_u64;
            self.texts.clear();
            self.texts.reserve(rows.len());
            with_texts!(text, |texts| {
                for (place, row) in rows.enumerate() {
                    // Nearly every id is plain. It goes straight to its place: what is made in one of two ways and
                    // then copied is waited for, several times as long as it takes to be read.
                    if text.validity.is_valid(row)
                        && let Some(id) = texts.bytes(row).map(Headed::new)
                        && id.is_plain()
                    {
                        self.texts.push(Some(id));
                    } else {
                        let read = or_null(text, texts, row, read_id_text);
                        let id = faults.take(place, read, source, IssueCode::BadValue, &mut nulls);
                        self.texts.push(id.map(Headed::new));
                    }
                }
            });
            faults.count_nulls(source, nulls);
            return;
        }
        let mut nulls = 0_u64;
        let mut note = |place: usize, read: Read<()>| {
            let _ = faults.take(place, read, source, IssueCode::BadValue, &mut nulls);
        };
        match source.column {
            None => {
                if source.is_needed {
                    rows.enumerate().for_each(|(place, _)| note(place, Read::Null));
                }
                return;
            }
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
                                    Read::Bad | Read::Placeholder | Read::Outside => Known::Bad,
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
                    note(place, read_id(column.value(row)).map(|_| ()));
                }
            }
        }
        faults.count_nulls(source, nulls);
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
            Some(Column::Text(_)) => ids.number_all(&self.texts, faults.are_out(), numbers),
            _ => each_number(source, rows, faults, |place, id| {
                *index::at_mut(numbers, place) = Some(ids.number_of(id));
            }),
        }
    }

    /// Calls with the place in the block and the id of each row that is not out and has one.
    pub(crate) fn each(
        &self,
        source: Source<'_, '_>,
        rows: Range<usize>,
        faults: &Faults,
        mut each: impl FnMut(usize, Headed<'_>),
    ) {
        let Some(Column::Text(_)) = source.column else { return each_number(source, rows, faults, each) };
        for (place, id) in self.texts.iter().enumerate() {
            if let Some(id) = id
                && !faults.is_out(place)
            {
                each(place, *id);
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

/// Calls with the place in the block and the id of each row that is not out and has one, for ids that did not come
/// as text.
fn each_number(
    source: Source<'_, '_>,
    rows: Range<usize>,
    faults: &Faults,
    mut each: impl FnMut(usize, Headed<'_>),
) {
    let kept = rows.enumerate().filter(|(place, _)| !faults.is_out(*place));
    match source.column {
        None => {}
        Some(Column::Integers(integers)) => {
            let mut digits = Digits::default();
            for (place, row) in kept {
                if let Some(number) = integers.get(row) {
                    each(place, Headed::new(digits.of(number)));
                }
            }
        }
        Some(column) => {
            for (place, row) in kept {
                if let Read::Value(id) = read_id(column.value(row)) {
                    each(place, Headed::new(id.as_bytes()));
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
