//! What one value means to a column of each kind.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::instant::day_that_text_can_write;
use super::scalar::Scalar;
use crate::time::Day;
use crate::value::Decimal;

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
        parse_date(text.trim().as_bytes(), self).map(Day::date)
    }
}

/// What became of a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Read<T> {
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

    pub(crate) fn or_bad(value: Option<T>) -> Self {
        value.map_or(Self::Bad, Self::Value)
    }
}

/// The bound of decimal numbers, which they stay below.
const DECIMAL_BOUND: i32 = 1_000_000_000;

/// The text without the white space around it; empty and `NULL` are null.
#[inline]
pub(crate) fn trimmed(text: &[u8]) -> Option<&[u8]> {
    let is_plain = |byte: &u8| (b'!'..=b'~').contains(byte);
    let is_trim = text.first().is_some_and(is_plain) && text.last().is_some_and(is_plain);
    let text = if is_trim { text } else { trim(text) };
    let is_null = text.is_empty() || (text.len() == 4 && text.eq_ignore_ascii_case(b"null"));
    (!is_null).then_some(text)
}

/// Apart, so that what nearly every value needs stays small enough to be inlined.
#[cold]
fn trim(text: &[u8]) -> &[u8] {
    match std::str::from_utf8(text) {
        Ok(text) => text.trim().as_bytes(),
        Err(_) => text,
    }
}

/// Whether bytes are UTF-8; quick for the ASCII that nearly all are.
#[inline]
pub(crate) fn is_text(bytes: &[u8]) -> bool {
    // The last word may overlap the one before it, so that no byte is looked at by itself.
    let high = if let Some(last) = bytes.last_chunk::<8>() {
        let (words, _) = bytes.as_chunks::<8>();
        words.iter().fold(u64::from_le_bytes(*last), |high, word| high | u64::from_le_bytes(*word))
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        u64::from(u32::from_le_bytes(*first) | u32::from_le_bytes(*last))
    } else {
        u64::from(bytes.iter().fold(0, |high, byte| high | byte))
    };
    high & 0x8080_8080_8080_8080 == 0 || std::str::from_utf8(bytes).is_ok()
}

/// A text, or a number as it is written: a team called `7`. A date or yes and no is not a text.
pub(crate) fn read_text(value: Scalar<'_>) -> Read<Cow<'_, str>> {
    match value {
        Scalar::Null => Read::Null,
        Scalar::Text(text) => match trimmed(text.as_bytes()) {
            // The trimmed part of a text is a text.
            Some(bytes) => Read::or_bad(std::str::from_utf8(bytes).ok().map(Cow::Borrowed)),
            None => Read::Null,
        },
        Scalar::Integer(value) => Read::Value(Cow::Owned(value.to_string())),
        Scalar::Float(value) if value.is_nan() => Read::Null,
        Scalar::Float(value) if value.is_infinite() => Read::Bad,
        // The sum makes zero of a negative zero.
        Scalar::Float(value) => Read::Value(Cow::Owned((value + 0.0).to_string())),
        Scalar::Decimal(value) => Read::Value(Cow::Owned(value.to_string())),
        Scalar::Day(_) | Scalar::Flag(_) | Scalar::Unreadable => Read::Bad,
    }
}

/// An id: a text, or a number that is whole. A number with a fraction is in the wrong column.
pub(crate) fn read_id(value: Scalar<'_>) -> Read<Cow<'_, str>> {
    match (value, read_text(value)) {
        (Scalar::Float(_) | Scalar::Decimal(_), Read::Value(number)) if number.contains('.') => Read::Bad,
        (_, read) => read.map(integral),
    }
}

/// The id of a text.
#[inline]
pub(crate) fn read_id_text(text: Option<&[u8]>) -> Read<&[u8]> {
    match text.map(trimmed) {
        None => Read::Bad,
        Some(None) => Read::Null,
        Some(Some(id)) if is_text(id) => Read::Value(match integral_part(id) {
            Some(length) => id.get(..length).unwrap_or(id),
            None => id,
        }),
        Some(Some(_)) => Read::Bad,
    }
}

/// An integral float, as pandas writes a column of integers with a null in it (`123.0`), as the integer.
fn integral(text: Cow<'_, str>) -> Cow<'_, str> {
    match integral_part(text.as_bytes()) {
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
#[inline]
fn integral_part(text: &[u8]) -> Option<usize> {
    if text.last() != Some(&b'0') {
        return None;
    }
    let point = text.iter().position(|byte| *byte == b'.')?;
    let (whole, fraction) = text.split_at_checked(point)?;
    let digits = whole.strip_prefix(b"-").unwrap_or(whole);
    let is_float = !digits.is_empty()
        && digits.iter().all(u8::is_ascii_digit)
        && fraction.len() > 1
        && fraction.iter().skip(1).all(|byte| *byte == b'0');
    is_float.then_some(point)
}

pub(crate) fn read_bool(value: Scalar<'_>) -> Read<bool> {
    match value {
        Scalar::Flag(value) => Read::Value(value),
        Scalar::Integer(0) => Read::Value(false),
        Scalar::Integer(1) => Read::Value(true),
        _ => match read_text(value) {
            Read::Value(text) => Read::or_bad(flag(integral(text).as_bytes())),
            Read::Null => Read::Null,
            Read::Bad => Read::Bad,
        },
    }
}

/// The flag of a text.
#[inline]
pub(crate) fn read_bool_text(text: Option<&[u8]>) -> Read<bool> {
    // As most programs write them, without a branch on which of the two it is: that would be a guess.
    if let Some(text) = text
        && let (4 | 5, Some(first), Some(last)) =
            (text.len(), text.first_chunk::<4>(), text.last_chunk::<4>())
    {
        let is_true = text.len() == 4 && first == b"true";
        let is_false = first == b"fals" && last == b"alse";
        if is_true | is_false {
            return Read::Value(is_true);
        }
    }
    match read_id_text(text) {
        Read::Value(text) => Read::or_bad(flag(text)),
        Read::Null => Read::Null,
        Read::Bad => Read::Bad,
    }
}

#[inline]
fn flag(text: &[u8]) -> Option<bool> {
    match text {
        [b'y' | b'Y' | b'1'] => Some(true),
        [b'n' | b'N' | b'0'] => Some(false),
        _ if text.len() > 5 => None,
        _ if text.eq_ignore_ascii_case(b"yes") || text.eq_ignore_ascii_case(b"true") => Some(true),
        _ if text.eq_ignore_ascii_case(b"no") || text.eq_ignore_ascii_case(b"false") => Some(false),
        _ => None,
    }
}

/// A decimal number below the bound: 1,000,000,000 miles or full-time equivalents are a slip, and sums
/// of what is below stay exact over any number of rows.
pub(crate) fn read_decimal(value: Scalar<'_>) -> Read<Decimal> {
    let [least, most] = [-DECIMAL_BOUND, DECIMAL_BOUND].map(Decimal::from_integer);
    let in_bounds = |value: &Decimal| least < *value && *value < most;
    match value {
        Scalar::Decimal(value) => Read::or_bad(Some(value).filter(in_bounds)),
        _ => match read_text(value) {
            Read::Value(text) => Read::or_bad(text.parse().ok().filter(in_bounds)),
            Read::Null => Read::Null,
            Read::Bad => Read::Bad,
        },
    }
}

/// A whole number of up to 32 bits: a stage, or a number of working days.
pub(crate) fn read_integer(value: Scalar<'_>) -> Read<i64> {
    match value {
        Scalar::Integer(value) => Read::or_bad(i32::try_from(value).ok().map(i64::from)),
        _ => match read_text(value).map(integral) {
            Read::Value(text) => Read::or_bad(text.parse::<i32>().ok().map(i64::from)),
            Read::Null => Read::Null,
            Read::Bad => Read::Bad,
        },
    }
}

pub(crate) fn read_date(value: Scalar<'_>, form: DateForm) -> Read<Day> {
    match value {
        Scalar::Null => Read::Null,
        Scalar::Day(day) => read_day(day),
        Scalar::Text(text) => read_date_text(Some(text.as_bytes()), form),
        Scalar::Float(value) if value.is_nan() => Read::Null,
        _ => Read::Bad,
    }
}

/// A day as a number, of a year that text can write: 1 to 9999.
#[inline]
pub(crate) fn read_day(day: i32) -> Read<Day> {
    Read::or_bad(day_that_text_can_write(day))
}

/// The date of a text.
#[inline]
pub(crate) fn read_date_text(text: Option<&[u8]>, form: DateForm) -> Read<Day> {
    match text.map(trimmed) {
        None => Read::Bad,
        Some(None) => Read::Null,
        Some(Some(text)) => Read::or_bad(parse_date(text, form)),
    }
}

/// A date of ten characters, alone or followed by `T` or a space and a time, which is dropped.
#[inline]
fn parse_date(text: &[u8], form: DateForm) -> Option<Day> {
    let (date, time) = text.split_first_chunk::<10>()?;
    // A time in whatever form (`09:30:00`, `9:30`, `10:00:00 AM`): it begins with a digit.
    match time {
        [] | [b'T' | b' ', b'0'..=b'9', ..] => {}
        _ => return None,
    }
    if !time.is_empty() && !is_text(time) {
        return None;
    }
    let (Some(first), Some(last)) = (date.first_chunk::<8>(), date.last_chunk::<2>()) else { return None };
    let (first, last) = (u64::from_le_bytes(*first), u64::from(u16::from_le_bytes(*last)));
    let separators = |at: u32, other: u32, separator: u8| {
        (first >> at) as u8 == separator && (first >> other) as u8 == separator
    };
    // The digits of the year, the month and the day, the first in the lowest byte.
    let digits = match form {
        DateForm::Iso if separators(32, 56, b'-') => {
            first & 0xFFFF_FFFF | (first >> 40 & 0xFFFF) << 32 | last << 48
        }
        DateForm::Uk if separators(16, 40, b'/') => {
            first >> 48 | last << 16 | (first >> 24 & 0xFFFF) << 32 | (first & 0xFFFF) << 48
        }
        _ => return None,
    };
    let [century, year, month, day] = pairs(digits)?;
    Day::of(century * 100 + year, month, day)
}

/// Four numbers of two digits each, all of them looked at at once.
#[inline]
fn pairs(word: u64) -> Option<[u32; 4]> {
    const HIGH: u64 = 0xF0F0_F0F0_F0F0_F0F0;
    // A byte is a digit if it begins with 3, and with 3 still once six is added.
    let sum = word.wrapping_add(0x0606_0606_0606_0606);
    if (word & HIGH) ^ 0x3030_3030_3030_3030 | (word ^ sum) & HIGH != 0 {
        return None;
    }
    let tens = word & 0x000F_000F_000F_000F;
    let ones = word >> 8 & 0x000F_000F_000F_000F;
    let numbers = tens * 10 + ones;
    Some([0, 16, 32, 48].map(|at| u32::from((numbers >> at) as u8)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_alone_and_with_a_time() {
        let day = Day::of(2017, 3, 1);
        for text in [
            "2017-03-01",
            "2017-03-01T09:30:00",
            "2017-03-01 00:00",
            "2017-03-01 00:00:00.000+01:00",
            "2017-03-01 9:30",
            "2017-03-01 10:00:00 AM",
        ] {
            assert_eq!(parse_date(text.as_bytes(), DateForm::Iso), day, "{text}");
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
            assert_eq!(parse_date(text.as_bytes(), DateForm::Iso), None, "{text}");
        }
        assert_eq!(parse_date(b"01/03/2017 10:00", DateForm::Uk), day);
        assert_eq!(parse_date(b"2017-03-01", DateForm::Uk), None);
    }

    #[test]
    fn a_byte_that_is_not_text_is_found_wherever_it_is() {
        for length in 0..40 {
            let mut bytes = vec![b'a'; length];
            assert!(is_text(&bytes));
            for place in 0..length {
                bytes[place] = 0xE9;
                assert!(!is_text(&bytes), "{place} of {length}");
                bytes[place] = b'a';
            }
        }
    }

    #[test]
    fn yes_and_no_in_every_spelling() {
        for text in ["Y", "yes", "true", "TRUE", "1", "1.0", " y "] {
            assert_eq!(read_bool(Scalar::Text(text)), Read::Value(true), "{text}");
            assert_eq!(read_bool_text(Some(text.as_bytes())), Read::Value(true), "{text}");
        }
        for text in ["n", "No", "false", "False", "0", "0.0"] {
            assert_eq!(read_bool(Scalar::Text(text)), Read::Value(false), "{text}");
            assert_eq!(read_bool_text(Some(text.as_bytes())), Read::Value(false), "{text}");
        }
        for text in ["2", "maybe", "1.5", "truefalse"] {
            assert_eq!(read_bool(Scalar::Text(text)), Read::Bad, "{text}");
            assert_eq!(read_bool_text(Some(text.as_bytes())), Read::Bad, "{text}");
        }
        assert_eq!(read_bool(Scalar::Float(1.0)), Read::Value(true));
        assert_eq!(read_bool(Scalar::Text("NuLL")), Read::Null);
    }

    #[test]
    fn an_integral_float_reads_as_the_integer() {
        assert_eq!(integral("123.0".into()), "123");
        assert_eq!(integral("123.50".into()), "123.50");
        assert_eq!(integral("A1.0".into()), "A1.0");
        assert_eq!(read_integer(Scalar::Text("30.0")), Read::Value(30));
        assert_eq!(read_integer(Scalar::Text("30.5")), Read::Bad);
        assert_eq!(read_id(Scalar::Float(123.0)), Read::Value(Cow::Borrowed("123")));
    }

    #[test]
    fn an_id_is_a_text_or_a_whole_number() {
        let half = "2.5".parse().unwrap();
        let day = NaiveDate::from_ymd_opt(2017, 3, 1).unwrap();
        for (value, id) in [
            (Scalar::Text("00012"), "00012"),
            (Scalar::Text("2.5"), "2.5"),
            (Scalar::Text("1e3"), "1e3"),
            (Scalar::Integer(i64::MIN.into()), "-9223372036854775808"),
            (Scalar::Float(-0.0), "0"),
            (Scalar::Float(1e15), "1000000000000000"),
            (Scalar::Decimal(Decimal::from_integer(12)), "12"),
        ] {
            assert_eq!(read_id(value), Read::Value(Cow::Borrowed(id)), "{value:?}");
        }
        for value in [
            Scalar::Float(2.5),
            Scalar::Float(f64::INFINITY),
            Scalar::Float(1e-300),
            Scalar::Decimal(half),
            Scalar::Flag(true),
            Scalar::Day(Day::new(day).0),
            Scalar::Unreadable,
        ] {
            assert_eq!(read_id(value), Read::Bad, "{value:?}");
        }
        assert_eq!(read_id(Scalar::Float(f64::NAN)), Read::Null);
    }

    #[test]
    fn a_text_is_neither_a_date_nor_yes_or_no() {
        assert_eq!(read_text(Scalar::Float(2.5)), Read::Value(Cow::Borrowed("2.5")));
        assert_eq!(read_text(Scalar::Integer(7)), Read::Value(Cow::Borrowed("7")));
        assert_eq!(read_text(Scalar::Flag(true)), Read::Bad);
        assert_eq!(read_text(Scalar::Day(i32::MIN)), Read::Bad);
    }

    #[test]
    fn decimals_stay_below_a_thousand_million() {
        let most = "999999999.9999999999999999999999";
        for text in ["0", "-0", "-0.0", "1e8", "1e-400", most, &format!("-{most}")] {
            assert!(matches!(read_decimal(Scalar::Text(text)), Read::Value(_)), "{text}");
        }
        for text in
            ["1000000000", "-1000000000", "1e9", "1e12", "1e400", "-1e400", "NaN", "inf", "-inf", "Infinity"]
        {
            assert_eq!(read_decimal(Scalar::Text(text)), Read::Bad, "{text}");
        }
        let bound = Decimal::from_integer(DECIMAL_BOUND);
        for value in [
            Scalar::Decimal(bound),
            Scalar::Integer(i64::MAX.into()),
            Scalar::Integer(-1_000_000_000),
            Scalar::Float(1e9),
            Scalar::Float(f64::MAX),
            Scalar::Float(f64::NEG_INFINITY),
            Scalar::Flag(true),
            Scalar::Day(i32::MIN),
        ] {
            assert_eq!(read_decimal(value), Read::Bad, "{value:?}");
        }
        assert_eq!(read_decimal(Scalar::Float(f64::NAN)), Read::Null);
        assert_eq!(read_decimal(Scalar::Float(-0.0)), Read::Value(Decimal::from_integer(0)));
    }

    #[test]
    fn integers_have_up_to_32_bits() {
        for (value, number) in [
            (Scalar::Integer(i32::MAX.into()), i32::MAX),
            (Scalar::Text("-2147483648"), i32::MIN),
            (Scalar::Text("00012"), 12),
            (Scalar::Float(30.0), 30),
            (Scalar::Float(-0.0), 0),
        ] {
            assert_eq!(read_integer(value), Read::Value(number.into()), "{value:?}");
        }
        for value in [
            Scalar::Integer(i128::from(i32::MAX) + 1),
            Scalar::Integer(i64::MIN.into()),
            Scalar::Text("2147483648"),
            Scalar::Text("4294967306"),
            Scalar::Text("99999999999999999999999"),
            Scalar::Text("1e3"),
            Scalar::Float(30.5),
            Scalar::Float(1e300),
            Scalar::Flag(true),
        ] {
            assert_eq!(read_integer(value), Read::Bad, "{value:?}");
        }
    }

    #[test]
    fn typed_dates_keep_to_the_years_that_text_can_write() {
        let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        for year in [1, 1066, 9999] {
            assert_eq!(
                read_date(Scalar::Day(Day::new(day(year)).0), DateForm::Iso),
                Read::Value(Day::new(day(year)))
            );
        }
        for year in [-1, 0, 10_000] {
            assert_eq!(read_date(Scalar::Day(Day::new(day(year)).0), DateForm::Iso), Read::Bad, "{year}");
        }
        for text in ["0000-12-31", "10000-01-01", "-001-01-01", "-0001-01-01"] {
            assert_eq!(read_date(Scalar::Text(text), DateForm::Iso), Read::Bad, "{text}");
        }
        assert!(matches!(read_date(Scalar::Text("9999-12-31"), DateForm::Iso), Read::Value(_)));
    }
}
