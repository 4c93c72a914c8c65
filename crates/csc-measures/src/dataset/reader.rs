//! Reads one row of an input table, column by column, and notes what is wrong with it.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};

use super::cell::{Cell, CellColumn};
use super::issue::{IssueCode, is_fatal};
use crate::dates::Day;
use crate::tables::{Need, Table};
use crate::value::Decimal;
use crate::value::names::fold;

/// How text dates are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum DateForm {
    /// `YYYY-MM-DD`.
    #[default]
    Iso,
    /// `DD/MM/YYYY`.
    Uk,
}

impl DateForm {
    /// Reads a date as text columns are read: of ten characters, alone or followed by `T` or a space and a time,
    /// which is dropped; spaces around it do not matter.
    ///
    /// ```
    /// use csc_measures::DateForm;
    ///
    /// assert_eq!(DateForm::Uk.read(" 24/01/2005 10:30").unwrap().to_string(), "2005-01-24");
    /// assert_eq!(DateForm::Uk.read("2005-01-24"), None);
    /// ```
    #[must_use]
    pub fn read(self, text: &str) -> Option<NaiveDate> {
        parse_date(text.trim(), self)
    }
}

/// A row that a declaration knows how to read.
pub(crate) trait ReadRow<'a>: Sized {
    const TABLE: Table;

    /// The row's own id; empty where the table has none.
    fn own_id(&self) -> &str;

    /// Reads each column in order; `None` puts the row out, its issues noted in the reader.
    fn read(row: &mut RowReader<'a, '_>) -> Option<Self>;
}

/// The columns of a chunk in the order of the declaration (absent ones `None`), at one row.
pub(crate) struct RowReader<'a, 'r> {
    table: Table,
    columns: &'r [Option<&'a dyn CellColumn>],
    form: DateForm,
    row: usize,
    column: usize,
    good: bool,
    start: Option<Day>,
    asye_start: Option<Day>,
    /// The issues of the row by column.
    issues: &'r mut Vec<(usize, IssueCode)>,
}

impl<'a, 'r> RowReader<'a, 'r> {
    pub(crate) fn new(
        table: Table,
        columns: &'r [Option<&'a dyn CellColumn>],
        form: DateForm,
        issues: &'r mut Vec<(usize, IssueCode)>,
    ) -> Self {
        Self { table, columns, form, row: 0, column: 0, good: true, start: None, asye_start: None, issues }
    }

    /// Goes to a row and forgets the one before.
    pub(crate) fn seek(&mut self, row: usize) {
        self.row = row;
        self.column = 0;
        self.good = true;
        self.start = None;
        self.asye_start = None;
        self.issues.clear();
    }

    pub(crate) fn note(&mut self, column: usize, code: IssueCode) {
        self.issues.push((column, code));
    }

    pub(crate) fn has_issues(&self) -> bool {
        !self.issues.is_empty()
    }

    pub(crate) fn take_issues(&mut self) -> std::vec::Drain<'_, (usize, IssueCode)> {
        self.issues.drain(..)
    }

    pub(crate) fn is_good(&self) -> bool {
        self.good
    }

    /// The id of the row by itself, for the issues of a row that is out.
    pub(crate) fn record(&self) -> Option<Box<str>> {
        let column = self.columns.get(self.table.id_column()?)?.as_ref()?;
        match read_id(column.cell(self.row)) {
            Read::Value(id) => Some(id.into()),
            _ => None,
        }
    }

    pub(crate) fn id(&mut self) -> Option<Cow<'a, str>> {
        self.next(|cell, _| read_id(cell), IssueCode::BadValue)
    }

    pub(crate) fn text(&mut self) -> Option<Cow<'a, str>> {
        self.next(|cell, _| read_text(cell), IssueCode::BadValue)
    }

    pub(crate) fn code(&mut self) -> Option<Cow<'a, str>> {
        let set = self.table.columns().get(self.column).map_or(&[][..], |column| column.set);
        self.next(
            |cell, _| match read_text(cell) {
                Read::Value(code) if set.is_empty() => Read::Value(code),
                Read::Value(code) => {
                    let folded = fold(&code);
                    set.iter()
                        .find(|known| fold(known) == folded)
                        .map_or(Read::Bad, |known| Read::Value(Cow::Borrowed(*known)))
                }
                other => other,
            },
            IssueCode::BadValue,
        )
    }

    pub(crate) fn date(&mut self) -> Option<Day> {
        let column = self.column;
        let date = self.next(read_date, IssueCode::BadDate);
        // The names are literals of the declarations: an interval's start stands before its end.
        match self.table.columns().get(column).map(|column| column.name) {
            Some("start_date" | "in_force_from") => self.start = date,
            Some("asye_start_date") => self.asye_start = date,
            Some("end_date" | "retired_on")
                if date.zip(self.start).is_some_and(|(end, start)| end < start) =>
            {
                self.issues.push((column, IssueCode::EndBeforeStart));
                self.good = false;
            }
            Some("asye_end_date") if date.zip(self.asye_start).is_some_and(|(end, start)| end < start) => {
                self.issues.push((column, IssueCode::EndBeforeStart));
            }
            _ => {}
        }
        date
    }

    pub(crate) fn bool(&mut self) -> Option<bool> {
        self.next(|cell, _| read_bool(cell), IssueCode::BadValue)
    }

    pub(crate) fn decimal(&mut self) -> Option<Decimal> {
        self.next(|cell, _| read_decimal(cell), IssueCode::BadValue)
    }

    pub(crate) fn integer(&mut self) -> Option<i64> {
        self.next(|cell, _| read_integer(cell), IssueCode::BadValue)
    }

    fn next<T>(&mut self, read: impl FnOnce(Cell<'a>, DateForm) -> Read<T>, bad: IssueCode) -> Option<T> {
        let column = self.column;
        self.column += 1;
        let cell = match self.columns.get(column) {
            Some(Some(source)) => {
                let source: &'a dyn CellColumn = *source;
                source.cell(self.row)
            }
            _ => Cell::Null,
        };
        match read(cell, self.form) {
            Read::Value(value) => Some(value),
            Read::Null => {
                if self.table.columns().get(column).is_some_and(|column| column.need != Need::Optional) {
                    self.issues.push((column, IssueCode::MissingRequired));
                    self.good = false;
                }
                None
            }
            Read::Bad => {
                self.issues.push((column, bad));
                self.good &= !is_fatal(self.table, column);
                None
            }
        }
    }
}

/// The bound of decimal numbers, which they stay below.
const DECIMAL_BOUND: i32 = 1_000_000_000;

/// What became of a cell.
#[derive(Debug, PartialEq)]
enum Read<T> {
    Value(T),
    Null,
    Bad,
}

impl<T> Read<T> {
    fn map<U>(self, f: impl FnOnce(T) -> U) -> Read<U> {
        match self {
            Self::Value(value) => Read::Value(f(value)),
            Self::Null => Read::Null,
            Self::Bad => Read::Bad,
        }
    }

    fn or_bad(value: Option<T>) -> Self {
        value.map_or(Self::Bad, Self::Value)
    }
}

/// The text without the space around it; empty and `NULL` are null.
fn trimmed(text: &str) -> Option<&str> {
    let text = text.trim();
    (!text.is_empty() && !text.eq_ignore_ascii_case("null")).then_some(text)
}

/// A text, or a number as it is written: a team called `7`. A column of dates or of yes and no is no text.
fn read_text(cell: Cell<'_>) -> Read<Cow<'_, str>> {
    match cell {
        Cell::Null => Read::Null,
        Cell::Text(text) => trimmed(text).map_or(Read::Null, |text| Read::Value(Cow::Borrowed(text))),
        Cell::Integer(value) => Read::Value(Cow::Owned(value.to_string())),
        Cell::Float(value) if value.is_nan() => Read::Null,
        Cell::Float(value) if value.is_infinite() => Read::Bad,
        // The sum makes nought of a negative nought.
        Cell::Float(value) => Read::Value(Cow::Owned((value + 0.0).to_string())),
        Cell::Decimal(value) => Read::Value(Cow::Owned(value.to_string())),
        Cell::Date(_) | Cell::Bool(_) | Cell::Unreadable => Read::Bad,
    }
}

/// An id: a text, or a number that is whole. A number with a fraction stands in the wrong column.
fn read_id(cell: Cell<'_>) -> Read<Cow<'_, str>> {
    match (cell, read_text(cell)) {
        (Cell::Float(_) | Cell::Decimal(_), Read::Value(number)) if number.contains('.') => Read::Bad,
        (_, read) => read.map(integral),
    }
}

/// An integral float, as pandas writes a column of integers with a null in it (`123.0`), as the integer.
fn integral(text: Cow<'_, str>) -> Cow<'_, str> {
    match integral_part(&text) {
        Some(length) => match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.get(..length).unwrap_or(text)),
            Cow::Owned(mut text) => {
                text.truncate(length);
                Cow::Owned(text)
            }
        },
        None => text,
    }
}

/// The length of the integer of an integral float: digits, perhaps signed, then a point and zeros.
fn integral_part(text: &str) -> Option<usize> {
    let (whole, fraction) = text.split_once('.')?;
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    let is_float = !digits.is_empty()
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !fraction.is_empty()
        && fraction.bytes().all(|b| b == b'0');
    is_float.then_some(whole.len())
}

fn read_bool(cell: Cell<'_>) -> Read<bool> {
    match cell {
        Cell::Bool(value) => Read::Value(value),
        Cell::Integer(0) => Read::Value(false),
        Cell::Integer(1) => Read::Value(true),
        _ => match read_text(cell).map(integral) {
            Read::Value(text) => Read::or_bad(match text.len() {
                1 if text.eq_ignore_ascii_case("y") || text == "1" => Some(true),
                1 if text.eq_ignore_ascii_case("n") || text == "0" => Some(false),
                3 if text.eq_ignore_ascii_case("yes") => Some(true),
                2 if text.eq_ignore_ascii_case("no") => Some(false),
                4 if text.eq_ignore_ascii_case("true") => Some(true),
                5 if text.eq_ignore_ascii_case("false") => Some(false),
                _ => None,
            }),
            Read::Null => Read::Null,
            Read::Bad => Read::Bad,
        },
    }
}

/// A decimal number below the bound: a thousand million miles or full-time equivalents are a slip, and sums
/// of what is below stay exact over any number of rows.
fn read_decimal(cell: Cell<'_>) -> Read<Decimal> {
    let [least, most] = [-DECIMAL_BOUND, DECIMAL_BOUND].map(Decimal::from_integer);
    let in_bounds = |value: &Decimal| least < *value && *value < most;
    match cell {
        Cell::Decimal(value) => Read::or_bad(Some(value).filter(in_bounds)),
        _ => match read_text(cell) {
            Read::Value(text) => Read::or_bad(text.parse().ok().filter(in_bounds)),
            Read::Null => Read::Null,
            Read::Bad => Read::Bad,
        },
    }
}

/// A whole number of up to 32 bits: a stage, or a number of working days.
fn read_integer(cell: Cell<'_>) -> Read<i64> {
    let in_bounds = |value: &i64| i32::try_from(*value).is_ok();
    match cell {
        Cell::Integer(value) => Read::or_bad(Some(value).filter(in_bounds)),
        _ => match read_text(cell).map(integral) {
            Read::Value(text) => Read::or_bad(text.parse().ok().filter(in_bounds)),
            Read::Null => Read::Null,
            Read::Bad => Read::Bad,
        },
    }
}

fn read_date(cell: Cell<'_>, form: DateForm) -> Read<Day> {
    match cell {
        Cell::Null => Read::Null,
        // Typed rows may hold dates that no text can write.
        Cell::Date(date) => Read::or_bad((1..=9999).contains(&date.year()).then(|| Day::new(date))),
        Cell::Text(text) => match trimmed(text) {
            Some(text) => Read::or_bad(parse_date(text, form).map(Day::new)),
            None => Read::Null,
        },
        Cell::Float(value) if value.is_nan() => Read::Null,
        _ => Read::Bad,
    }
}

/// A date of ten characters, alone or followed by `T` or a space and a time, which is dropped.
fn parse_date(text: &str, form: DateForm) -> Option<NaiveDate> {
    let (date, time) = text.split_at_checked(10)?;
    if !(time.is_empty() || time.strip_prefix(['T', ' ']).is_some_and(is_time)) {
        return None;
    }
    let (year, month, day) = match form {
        DateForm::Iso => (digits(date, 0, 4)?, digits(date, 5, 7)?, digits(date, 8, 10)?),
        DateForm::Uk => (digits(date, 6, 10)?, digits(date, 3, 5)?, digits(date, 0, 2)?),
    };
    let separators = match form {
        DateForm::Iso => date.get(4..5) == Some("-") && date.get(7..8) == Some("-"),
        DateForm::Uk => date.get(2..3) == Some("/") && date.get(5..6) == Some("/"),
    };
    if !separators || year == 0 {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// A time in whatever form (`09:30:00`, `9:30`, `10:00:00 AM`): it begins with a digit, and is dropped.
fn is_time(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

fn digits(text: &str, from: usize, to: usize) -> Option<u32> {
    text.get(from..to)?
        .bytes()
        .try_fold(0_u32, |value, b| b.is_ascii_digit().then(|| value * 10 + u32::from(b - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_alone_and_with_a_time() {
        let day = NaiveDate::from_ymd_opt(2017, 3, 1);
        for text in [
            "2017-03-01",
            "2017-03-01T09:30:00",
            "2017-03-01 00:00",
            "2017-03-01 00:00:00.000+01:00",
            "2017-03-01 9:30",
            "2017-03-01 10:00:00 AM",
        ] {
            assert_eq!(parse_date(text, DateForm::Iso), day, "{text}");
        }
        for text in [
            "2017-3-1",
            "01/03/2017",
            "2017-02-29",
            "2017-03-01x",
            "2017-03-01T",
            "0000-01-01",
            "２017-03-01",
            "+017-03-01",
        ] {
            assert_eq!(parse_date(text, DateForm::Iso), None, "{text}");
        }
        assert_eq!(parse_date("01/03/2017 10:00", DateForm::Uk), day);
        assert_eq!(parse_date("2017-03-01", DateForm::Uk), None);
    }

    #[test]
    fn yes_and_no_in_every_spelling() {
        for text in ["Y", "yes", "TRUE", "1", "1.0", " y "] {
            assert_eq!(read_bool(Cell::Text(text)), Read::Value(true), "{text}");
        }
        for text in ["n", "No", "False", "0", "0.0"] {
            assert_eq!(read_bool(Cell::Text(text)), Read::Value(false), "{text}");
        }
        for text in ["2", "maybe", "1.5"] {
            assert_eq!(read_bool(Cell::Text(text)), Read::Bad, "{text}");
        }
        assert_eq!(read_bool(Cell::Float(1.0)), Read::Value(true));
        assert_eq!(read_bool(Cell::Text("NuLL")), Read::Null);
    }

    #[test]
    fn an_integral_float_reads_as_the_integer() {
        assert_eq!(integral("123.0".into()), "123");
        assert_eq!(integral("123.50".into()), "123.50");
        assert_eq!(integral("A1.0".into()), "A1.0");
        assert_eq!(read_integer(Cell::Text("30.0")), Read::Value(30));
        assert_eq!(read_integer(Cell::Text("30.5")), Read::Bad);
        assert_eq!(read_id(Cell::Float(123.0)), Read::Value(Cow::Borrowed("123")));
    }

    #[test]
    fn an_id_is_a_text_or_a_whole_number() {
        let half = "2.5".parse().unwrap();
        let day = NaiveDate::from_ymd_opt(2017, 3, 1).unwrap();
        for (cell, id) in [
            (Cell::Text("00012"), "00012"),
            (Cell::Text("2.5"), "2.5"),
            (Cell::Text("1e3"), "1e3"),
            (Cell::Integer(i64::MIN), "-9223372036854775808"),
            (Cell::Float(-0.0), "0"),
            (Cell::Float(1e15), "1000000000000000"),
            (Cell::Decimal(Decimal::from_integer(12)), "12"),
        ] {
            assert_eq!(read_id(cell), Read::Value(Cow::Borrowed(id)), "{cell:?}");
        }
        for cell in [
            Cell::Float(2.5),
            Cell::Float(f64::INFINITY),
            Cell::Float(1e-300),
            Cell::Decimal(half),
            Cell::Bool(true),
            Cell::Date(day),
            Cell::Unreadable,
        ] {
            assert_eq!(read_id(cell), Read::Bad, "{cell:?}");
        }
        assert_eq!(read_id(Cell::Float(f64::NAN)), Read::Null);
    }

    #[test]
    fn a_text_is_neither_a_date_nor_yes_or_no() {
        assert_eq!(read_text(Cell::Float(2.5)), Read::Value(Cow::Borrowed("2.5")));
        assert_eq!(read_text(Cell::Integer(7)), Read::Value(Cow::Borrowed("7")));
        assert_eq!(read_text(Cell::Bool(true)), Read::Bad);
        assert_eq!(read_text(Cell::Date(NaiveDate::MIN)), Read::Bad);
    }

    #[test]
    fn decimals_stay_below_a_thousand_million() {
        let most = "999999999.9999999999999999999999";
        for text in ["0", "-0", "-0.0", "1e8", "1e-400", most, &format!("-{most}")] {
            assert!(matches!(read_decimal(Cell::Text(text)), Read::Value(_)), "{text}");
        }
        for text in
            ["1000000000", "-1000000000", "1e9", "1e12", "1e400", "-1e400", "NaN", "inf", "-inf", "Infinity"]
        {
            assert_eq!(read_decimal(Cell::Text(text)), Read::Bad, "{text}");
        }
        let bound = Decimal::from_integer(DECIMAL_BOUND);
        for cell in [
            Cell::Decimal(bound),
            Cell::Integer(i64::MAX),
            Cell::Integer(-1_000_000_000),
            Cell::Float(1e9),
            Cell::Float(f64::MAX),
            Cell::Float(f64::NEG_INFINITY),
            Cell::Bool(true),
            Cell::Date(NaiveDate::MIN),
        ] {
            assert_eq!(read_decimal(cell), Read::Bad, "{cell:?}");
        }
        assert_eq!(read_decimal(Cell::Float(f64::NAN)), Read::Null);
        assert_eq!(read_decimal(Cell::Float(-0.0)), Read::Value(Decimal::from_integer(0)));
    }

    #[test]
    fn integers_have_up_to_32_bits() {
        for (cell, value) in [
            (Cell::Integer(i32::MAX.into()), i32::MAX),
            (Cell::Text("-2147483648"), i32::MIN),
            (Cell::Text("00012"), 12),
            (Cell::Float(30.0), 30),
            (Cell::Float(-0.0), 0),
        ] {
            assert_eq!(read_integer(cell), Read::Value(value.into()), "{cell:?}");
        }
        for cell in [
            Cell::Integer(i64::from(i32::MAX) + 1),
            Cell::Integer(i64::MIN),
            Cell::Text("2147483648"),
            Cell::Text("4294967306"),
            Cell::Text("99999999999999999999999"),
            Cell::Text("1e3"),
            Cell::Float(30.5),
            Cell::Float(1e300),
            Cell::Bool(true),
        ] {
            assert_eq!(read_integer(cell), Read::Bad, "{cell:?}");
        }
    }

    #[test]
    fn typed_dates_keep_to_the_years_that_text_can_write() {
        let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        for year in [1, 1066, 9999] {
            assert_eq!(read_date(Cell::Date(day(year)), DateForm::Iso), Read::Value(Day::new(day(year))));
        }
        for year in [-1, 0, 10_000] {
            assert_eq!(read_date(Cell::Date(day(year)), DateForm::Iso), Read::Bad, "{year}");
        }
        for text in ["0000-12-31", "10000-01-01", "-001-01-01", "-0001-01-01"] {
            assert_eq!(read_date(Cell::Text(text), DateForm::Iso), Read::Bad, "{text}");
        }
        assert!(matches!(read_date(Cell::Text("9999-12-31"), DateForm::Iso), Read::Value(_)));
    }
}
