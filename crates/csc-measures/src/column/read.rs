//! What one value means to a column of each kind.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::instant::day_that_text_can_write;
use super::scalar::Scalar;
use crate::time::Day;
use crate::value::Decimal;
use crate::value::names::fold;

/// How text dates are written.
///
/// `YYYY-MM-DD`, `YYYY/MM/DD`, `D-Mon-YYYY` and `D Mon YYYY` are read in either form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum DateForm {
    /// Only those.
    #[default]
    Iso,
    /// Also `D/M/YYYY`.
    Uk,
}

impl DateForm {
    /// Reads a date as text columns are read, with or without a time of day, which is dropped; spaces around it
    /// do not matter. A time with a zone has no date here: that needs a time zone database.
    ///
    /// # Examples
    ///
    /// ## Dates as systems write them
    ///
    /// ```
    /// use csc_measures::DateForm;
    ///
    /// assert_eq!(DateForm::Uk.read(" 24/01/2005 10:30").unwrap().to_string(), "2005-01-24");
    /// assert_eq!(DateForm::Iso.read("24-Jan-2005").unwrap().to_string(), "2005-01-24");
    /// assert_eq!(DateForm::Iso.read("24/01/2005"), None);
    /// ```
    #[must_use]
    pub fn read(self, text: &str) -> Option<NaiveDate> {
        let written = written(text.trim().as_bytes(), self)?;
        written.instant.is_none().then(|| written.day.date())
    }

    /// Whether a text in a column of ends says that there is no end: a null, a placeholder, or a date after 2060.
    ///
    /// # Examples
    ///
    /// ```
    /// use csc_measures::DateForm;
    ///
    /// assert!(["", "n/a", "31/12/2099"].iter().all(|text| DateForm::Uk.is_no_end(text)));
    /// assert!(["31/03/2017", "31/02/2017", "soon"].iter().all(|text| !DateForm::Uk.is_no_end(text)));
    /// ```
    #[must_use]
    pub fn is_no_end(self, text: &str) -> bool {
        let rule = DateRule { form: self, is_end: true, london: None };
        match written(text.trim().as_bytes(), self) {
            Some(written) => matches!(rule.take(written.day), Read::Placeholder),
            None => is_null_date(Scalar::Text(text)),
        }
    }
}

/// The day in London of an instant in seconds since the beginning of 1970-01-01 in UTC, as days since 1970-01-01;
/// `None` beyond the calendar.
pub type LondonDay = fn(i64) -> Option<i32>;

/// How the dates of a column are read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct DateRule {
    pub(crate) form: DateForm,
    /// Whether a date ends an interval of the row, so that one far ahead means that there is no end.
    pub(crate) is_end: bool,
    /// The clock of London, which this crate does not have.
    pub(crate) london: Option<LondonDay>,
}

impl DateRule {
    /// A day as it is to be taken.
    #[inline]
    fn take(self, day: Day) -> Read<Day> {
        const FIRST: Day = Day::civil(1920, 1, 1);
        const LAST: Day = Day::civil(2060, 12, 31);
        if FIRST <= day && day <= LAST {
            return Read::Value(day);
        }
        if is_placeholder(day) || (self.is_end && day > LAST) { Read::Placeholder } else { Read::Outside }
    }
}

/// Whether a day is a placeholder, which systems write for no date.
#[cold]
fn is_placeholder(day: Day) -> bool {
    const PLACEHOLDERS: [Day; 10] = [
        Day::civil(1, 1, 1),
        Day::civil(1753, 1, 1),
        Day::civil(1899, 12, 30),
        Day::civil(1899, 12, 31),
        Day::civil(1900, 1, 1),
        Day::civil(2079, 6, 6),
        Day::civil(2099, 12, 31),
        Day::civil(2300, 1, 1),
        Day::civil(2999, 12, 31),
        Day::civil(9999, 12, 31),
    ];
    PLACEHOLDERS.contains(&day)
}

/// What became of a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Read<T> {
    Value(T),
    Null,
    /// A placeholder date, which systems write for no date.
    Placeholder,
    /// It cannot be read.
    Bad,
    /// It can be read, and is not of the range.
    Outside,
}

impl<T> Read<T> {
    pub(super) fn map<U>(self, f: impl FnOnce(T) -> U) -> Read<U> {
        match self {
            Self::Value(value) => Read::Value(f(value)),
            Self::Null => Read::Null,
            Self::Placeholder => Read::Placeholder,
            Self::Bad => Read::Bad,
            Self::Outside => Read::Outside,
        }
    }

    /// Why it is not a value, if it is not one.
    pub(super) fn other<U>(self) -> Read<U> {
        match self {
            Self::Value(_) | Self::Bad => Read::Bad,
            Self::Null => Read::Null,
            Self::Placeholder => Read::Placeholder,
            Self::Outside => Read::Outside,
        }
    }

    /// The value if it is of the range.
    pub(super) fn within(self, is_in: impl FnOnce(&T) -> bool) -> Self {
        match self {
            Self::Value(value) if !is_in(&value) => Self::Outside,
            read => read,
        }
    }

    pub(crate) fn or_bad(value: Option<T>) -> Self {
        value.map_or(Self::Bad, Self::Value)
    }
}

/// The bound of decimal numbers, which they stay below.
const DECIMAL_BOUND: i32 = 1_000_000_000;

/// The text without the white space around it; empty text and what systems write for a null are null.
#[inline]
pub(crate) fn trimmed(text: &[u8]) -> Option<&[u8]> {
    let is_plain = |byte: &u8| (b'!'..=b'~').contains(byte);
    let is_trim = text.first().is_some_and(is_plain) && text.last().is_some_and(is_plain);
    let text = if is_trim { text } else { trim(text) };
    let is_null = match text.first() {
        None => true,
        Some(b'n' | b'N' | b'<' | b'#') => is_null_text(text),
        Some(_) => false,
    };
    (!is_null).then_some(text)
}

/// Whether a text is what systems write for a null, in any column.
#[inline]
fn is_null_text(text: &[u8]) -> bool {
    let is = |null: &[u8]| text.eq_ignore_ascii_case(null);
    match text.len() {
        3 => is(b"nan") || is(b"nat"),
        4 => is(b"null") || is(b"<na>") || is(b"#n/a"),
        11 => is(b"#multivalue"),
        _ => false,
    }
}

/// Whether a text is what people write for a null in codes, flags, dates and numbers. In an id or a free text it may
/// be meant.
#[cold]
pub(super) fn is_null_of_codes(text: &[u8]) -> bool {
    let is = |null: &[u8]| text.eq_ignore_ascii_case(null);
    match text.len() {
        1 => is(b"-"),
        2 => is(b"na"),
        3 => is(b"n/a"),
        4 => is(b"none"),
        _ => false,
    }
}

/// What a text is that was not understood, in a column of codes, flags, dates or numbers.
#[cold]
fn null_or_bad<T>(text: &[u8]) -> Read<T> {
    if is_null_of_codes(text) { Read::Null } else { Read::Bad }
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
        (_, Read::Value(id)) if id.len() > LONGEST_ID => Read::Bad,
        (_, read) => read.map(integral),
    }
}

/// The id of a text.
#[inline]
pub(crate) fn read_id_text(text: Option<&[u8]>) -> Read<&[u8]> {
    match text.map(trimmed) {
        None => Read::Bad,
        Some(None) => Read::Null,
        Some(Some(id)) if id.len() <= LONGEST_ID && is_text(id) => {
            Read::Value(integral_part(id).unwrap_or(id))
        }
        Some(Some(_)) => Read::Bad,
    }
}

/// The bytes of the longest id. No system has one that is near it, and whole rows of them would fill the memory.
const LONGEST_ID: usize = 256;

/// An integral float, as pandas writes a column of integers with a null in it (`123.0`), as the integer.
fn integral(text: Cow<'_, str>) -> Cow<'_, str> {
    match (integral_part(text.as_bytes()).map(<[u8]>::len), text) {
        (Some(length), Cow::Borrowed(text)) => Cow::Borrowed(text.split_at(length).0),
        (Some(length), Cow::Owned(mut text)) => {
            text.truncate(length);
            Cow::Owned(text)
        }
        (None, text) => text,
    }
}

/// The integer of an integral float: digits, perhaps signed, then a point and zeros.
#[inline]
fn integral_part(text: &[u8]) -> Option<&[u8]> {
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
    is_float.then_some(whole)
}

pub(crate) fn read_bool(value: Scalar<'_>) -> Read<bool> {
    match value {
        Scalar::Flag(value) => Read::Value(value),
        Scalar::Integer(0) => Read::Value(false),
        Scalar::Integer(1) => Read::Value(true),
        _ => match read_text(value) {
            Read::Value(text) => flag(integral(text).as_bytes()),
            other => other.other(),
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
        Read::Value(text) => flag(text),
        other => other.other(),
    }
}

#[inline]
fn flag(text: &[u8]) -> Read<bool> {
    match text {
        [b'y' | b'Y' | b'1' | b't' | b'T'] => Read::Value(true),
        [b'n' | b'N' | b'0' | b'f' | b'F'] => Read::Value(false),
        _ => flag_in_words(text),
    }
}

#[cold]
fn flag_in_words(text: &[u8]) -> Read<bool> {
    let folded = std::str::from_utf8(text).map(fold).unwrap_or_default();
    match folded.as_str() {
        "y" | "yes" | "true" | "t" | "on" | "1" => Read::Value(true),
        "n" | "no" | "false" | "f" | "off" | "0" => Read::Value(false),
        _ => null_or_bad(text),
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
            Read::Value(text) => match text.parse().ok().filter(in_bounds) {
                Some(value) => Read::Value(value),
                None => null_or_bad(text.as_bytes()),
            },
            other => other.other(),
        },
    }
}

/// A whole number of up to 32 bits: a stage, or a number of working days.
pub(crate) fn read_integer(value: Scalar<'_>) -> Read<i64> {
    match value {
        Scalar::Integer(value) => Read::or_bad(i32::try_from(value).ok().map(i64::from)),
        _ => match read_text(value).map(integral) {
            Read::Value(text) => match text.parse::<i32>() {
                Ok(value) => Read::Value(value.into()),
                Err(_) => null_or_bad(text.as_bytes()),
            },
            other => other.other(),
        },
    }
}

pub(crate) fn read_date(value: Scalar<'_>, rule: DateRule) -> Read<Day> {
    match value {
        Scalar::Null => Read::Null,
        Scalar::Day(day) => read_day(day, rule),
        Scalar::Integer(day) => read_day_number(day, rule),
        Scalar::Text(text) => read_date_text(Some(text.as_bytes()), rule),
        Scalar::Float(value) if value.is_nan() => Read::Null,
        _ => Read::Bad,
    }
}

/// A day as a number, of a year that text can write: 1 to 9999.
#[inline]
pub(crate) fn read_day(day: i32, rule: DateRule) -> Read<Day> {
    match day_that_text_can_write(day) {
        Some(day) => rule.take(day),
        None => Read::Bad,
    }
}

/// Days since 1970-01-01 that came as a number.
#[inline]
pub(crate) fn read_day_number(day: i128, rule: DateRule) -> Read<Day> {
    i32::try_from(day).map_or(Read::Bad, |day| read_day(day, rule))
}

/// The day of an instant, if it has one.
#[inline]
pub(crate) fn read_day_of(day: Option<Day>, rule: DateRule) -> Read<Day> {
    day.map_or(Read::Bad, |day| rule.take(day))
}

/// The date of a text.
#[inline]
pub(crate) fn read_date_text(text: Option<&[u8]>, rule: DateRule) -> Read<Day> {
    let text = match text.map(trimmed) {
        None => return Read::Bad,
        Some(None) => return Read::Null,
        Some(Some(text)) => text,
    };
    match written(text, rule.form) {
        Some(Written { day, instant: None }) => rule.take(day),
        Some(Written { day, instant: Some(instant) }) => read_instant(day, instant, rule),
        None => null_or_bad(text),
    }
}

/// The day in London of an instant that was written with its zone.
#[cold]
fn read_instant(day: Day, instant: i64, rule: DateRule) -> Read<Day> {
    // The least date of a system is written with a zone too, and is none in London either.
    if is_placeholder(day) {
        return Read::Placeholder;
    }
    let london = rule.london.and_then(|london| london(instant)).and_then(day_that_text_can_write);
    read_day_of(london, rule)
}

/// Whether a value is null in a column of dates.
pub(crate) fn is_null_date(value: Scalar<'_>) -> bool {
    match value {
        Scalar::Null => true,
        Scalar::Float(value) => value.is_nan(),
        Scalar::Text(text) => trimmed(text.as_bytes()).is_none_or(is_null_of_codes),
        _ => false,
    }
}

/// Whether a text is a whole number, which as a date would be a count of days from a day that it does not say.
pub(crate) fn is_whole_number(text: &str) -> bool {
    let text = text.trim().as_bytes();
    let digits = integral_part(text).unwrap_or(text);
    let digits = digits.strip_prefix(b"-").unwrap_or(digits);
    // One of more digits counts nothing that a clock has counted.
    (1..=20).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit)
}

/// A date as it is written.
struct Written {
    day: Day,
    /// Where a time of day and its zone follow: seconds since 1970 in UTC.
    instant: Option<i64>,
}

/// A date in a form that is read, alone or followed by a time of day.
#[inline]
fn written(text: &[u8], form: DateForm) -> Option<Written> {
    if let Some((date, rest)) = text.split_first_chunk::<10>()
        && let Some(day) = day_of_ten(date, form)
    {
        return if rest.is_empty() { Some(Written { day, instant: None }) } else { with_time(day, rest) };
    }
    let (day, rest) = day_in_words(text, form)?;
    with_time(day, rest)
}

/// The day of `YYYY-MM-DD`, `YYYY/MM/DD` or `DD/MM/YYYY`.
#[inline]
fn day_of_ten(date: &[u8; 10], form: DateForm) -> Option<Day> {
    let (Some(first), Some(last)) = (date.first_chunk::<8>(), date.last_chunk::<2>()) else { return None };
    let (first, last) = (u64::from_le_bytes(*first), u64::from(u16::from_le_bytes(*last)));
    let separators = |at: u32, other: u32, separator: u8| {
        (first >> at) as u8 == separator && (first >> other) as u8 == separator
    };
    // The digits of the year, the month and the day, the first in the lowest byte.
    let digits = if separators(32, 56, b'-') || separators(32, 56, b'/') {
        first & 0xFFFF_FFFF | (first >> 40 & 0xFFFF) << 32 | last << 48
    } else if form == DateForm::Uk && separators(16, 40, b'/') {
        first >> 48 | last << 16 | (first >> 24 & 0xFFFF) << 32 | (first & 0xFFFF) << 48
    } else {
        return None;
    };
    let [century, year, month, day] = pairs(digits)?;
    Day::of(century * 100 + year, month, day)
}

/// The months by their names.
const MONTHS: [&[u8]; 12] = [
    b"january",
    b"february",
    b"march",
    b"april",
    b"may",
    b"june",
    b"july",
    b"august",
    b"september",
    b"october",
    b"november",
    b"december",
];

/// The day of `D-Mon-YYYY`, `D Mon YYYY` or, in the UK's form, `D/M/YYYY`, and what follows.
fn day_in_words(text: &[u8], form: DateForm) -> Option<(Day, &[u8])> {
    let (day, rest) = number(text, 1..=2)?;
    let (separator, rest) = rest.split_first()?;
    let (month, rest) = match separator {
        b'/' if form == DateForm::Uk => number(rest, 1..=2)?,
        b'-' | b' ' => {
            let length = rest.iter().take_while(|letter| letter.is_ascii_alphabetic()).count();
            let (name, rest) = rest.split_at_checked(length)?;
            let is_named = |month: &&[u8]| {
                name.eq_ignore_ascii_case(month)
                    || month.get(..3).is_some_and(|short| name.eq_ignore_ascii_case(short))
            };
            let place = MONTHS.iter().position(is_named)?;
            (u32::try_from(place).ok()? + 1, rest)
        }
        _ => return None,
    };
    let (year, rest) = number(rest.strip_prefix(&[*separator])?, 4..=4)?;
    Some((Day::of(year, month, day)?, rest))
}

/// How many digits a text begins with.
fn digits(text: &[u8]) -> usize {
    text.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// The number of so many digits that a text begins with, and what follows; one of more digits is another.
fn number(text: &[u8], lengths: RangeInclusive<usize>) -> Option<(u32, &[u8])> {
    let length = digits(text);
    let (number, rest) = text.split_at_checked(length).filter(|_| lengths.contains(&length))?;
    Some((number.iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0')), rest))
}

/// A day with what follows it: `HH:MM[:SS[.digits]]` after `T` or a blank, perhaps with a zone, or a zone alone,
/// which says nothing of a day.
fn with_time(day: Day, rest: &[u8]) -> Option<Written> {
    let Some(time) = rest.strip_prefix(b"T").or_else(|| rest.strip_prefix(b" ")) else {
        return (rest.is_empty() || offset(rest).is_some()).then_some(Written { day, instant: None });
    };
    let (hour, rest) = number(time, 2..=2).filter(|(hour, _)| *hour < 24)?;
    let (minute, rest) = number(rest.strip_prefix(b":")?, 2..=2).filter(|(minute, _)| *minute < 60)?;
    let (second, rest) = match rest.strip_prefix(b":") {
        Some(rest) => number(rest, 2..=2).filter(|(second, _)| *second < 60)?,
        None => (0, rest),
    };
    let rest = match rest.strip_prefix(b".") {
        // A fraction of a second, which is not of a minute.
        Some(rest) if time.get(5) == Some(&b':') && digits(rest) > 0 => rest.get(digits(rest)..)?,
        Some(_) => return None,
        None => rest,
    };
    if rest.is_empty() {
        return Some(Written { day, instant: None });
    }
    let local = i64::from(day.0) * 86_400 + i64::from(hour * 3600 + minute * 60 + second);
    Some(Written { day, instant: Some(local - i64::from(offset(rest)?)) })
}

/// The seconds ahead of UTC of `Z`, `+HH:MM`, `+HHMM` or `+HH`, or the same with a minus.
fn offset(zone: &[u8]) -> Option<i32> {
    let (sign, rest) = match zone {
        b"Z" => return Some(0),
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let two = |text: &[u8]| number(text, 2..=2).filter(|(_, rest)| rest.is_empty()).map(|(two, _)| two);
    let (hours, minutes) = match rest.len() {
        2 => (two(rest)?, 0),
        4 | 5 => {
            let (hours, minutes) = rest.split_at_checked(2)?;
            let minutes = if rest.len() == 5 { minutes.strip_prefix(b":")? } else { minutes };
            (two(hours)?, two(minutes)?)
        }
        _ => return None,
    };
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    (hours < 24 && minutes < 60).then_some(sign * seconds)
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

    const ISO: DateRule = DateRule { form: DateForm::Iso, is_end: false, london: None };
    const UK: DateRule = DateRule { form: DateForm::Uk, is_end: false, london: None };
    const END: DateRule = DateRule { form: DateForm::Iso, is_end: true, london: None };

    fn date(text: &str, rule: DateRule) -> Read<Day> {
        let read = read_date(Scalar::Text(text), rule);
        assert_eq!(read, read_date_text(Some(text.as_bytes()), rule), "{text}");
        read
    }

    #[test]
    fn dates_in_every_form_alone_and_with_a_time() {
        let day = Read::Value(Day::civil(2017, 3, 1));
        for text in [
            "2017-03-01",
            "2017/03/01",
            "1-Mar-2017",
            "01-mar-2017",
            "1 MARCH 2017",
            "01 March 2017",
            " 1 Mar 2017 ",
            "2017-03-01T09:30:00",
            "2017-03-01 00:00",
            "2017-03-01 23:59:59.999999999999999999999999999",
            "2017/03/01 00:00",
            "1-Mar-2017 09:30",
            "1 March 2017T09:30:10",
            // a zone says nothing of a day
            "2017-03-01Z",
            "2017-03-01+01:00",
            "2017/03/01-0500",
            "1 Mar 2017+01",
        ] {
            assert_eq!(date(text, ISO), day, "{text}");
            assert_eq!(date(text, UK), day, "{text}");
        }
        for text in
            ["01/03/2017", "1/3/2017", "01/3/2017", "1/03/2017 10:00", "01/03/2017T10:00:00", "1/3/2017Z"]
        {
            assert_eq!(date(text, UK), day, "{text}");
            assert_eq!(date(text, ISO), Read::Bad, "{text}");
        }
    }

    #[test]
    fn what_is_not_a_date() {
        for text in [
            "2017-3-1",
            "2017-02-29",
            "2017-13-01",
            "2017-03-01x",
            "2017-03-01T",
            "2017-03-01 ",
            "2017-03/01",
            "0000-01-01",
            "２017-03-01",
            "+017-03-01",
            "20170301",
            "2017-03",
            // times that are none
            "2017-03-01 9:30",
            "2017-03-01 09",
            "2017-03-01 24:00",
            "2017-03-01 09:60",
            "2017-03-01 09:30:60",
            "2017-03-01 09:30:00.",
            "2017-03-01 09:30.5",
            "2017-03-01 10:00:00 AM",
            "2017-03-01  09:30",
            "2017-03-01t09:30",
            // zones that are none
            "2017-03-01 09:30 Z",
            "2017-03-01 09:30+1",
            "2017-03-01 09:30+24:00",
            "2017-03-01 09:30+01:60",
            "2017-03-01 09:30+01:0",
            "2017-03-01 09:30BST",
            "2017-03-01 Z",
            "2017-03-01z",
            // months
            "1-Ma-2017",
            "1-Sept-2017",
            "1-Marc-2017",
            "1-3-2017",
            "1 Mar-2017",
            "1-Mar 2017",
            "1  Mar 2017",
            "001-Mar-2017",
            "30-Feb-2017",
            "1-Mar-17",
            "1-Mar-20170",
            "Mar-2017",
            "é-Mar-2017",
            "001/03/2017",
            "32/3/2017",
            "1/3/17",
        ] {
            if text.trim() == text {
                assert_eq!(date(text, ISO), Read::Bad, "{text}");
                assert_eq!(date(text, UK), Read::Bad, "{text}");
            }
        }
        for (number, is_one) in
            [("42736", true), (" -1 ", true), ("42736.0", true), ("1.5", false), ("", false), ("-", false)]
        {
            assert_eq!(is_whole_number(number), is_one, "{number}");
        }
    }

    #[test]
    fn a_time_with_a_zone_is_read_on_the_clock_of_london() {
        // A clock that is always an hour ahead.
        let clock: LondonDay = |seconds| i32::try_from((seconds + 3600).div_euclid(86_400)).ok();
        let rule = DateRule { london: Some(clock), ..UK };
        let first = Read::Value(Day::civil(2017, 3, 1));
        let second = Read::Value(Day::civil(2017, 3, 2));
        for (text, day) in [
            ("2017-03-01T22:59:59Z", first),
            ("2017-03-01T23:00:00Z", second),
            ("2017-03-01 23:00+00:00", second),
            ("2017-03-01 23:59:59.9+0100", first),
            ("2017-03-02 00:00+01", second),
            ("2017-03-02T00:30:00.000+02:00", first),
            ("2017-03-01T17:30-05:30", second),
            ("1 Mar 2017 23:30Z", second),
            ("1/3/2017 23:30Z", second),
            // no zone, or no time
            ("2017-03-01T23:30", first),
            ("2017-03-01Z", first),
            // a placeholder is one in any zone
            ("0001-01-01T00:00:00Z", Read::Placeholder),
            ("9999-12-31T23:59:59Z", Read::Placeholder),
            ("1900-01-01T00:00:00+05:00", Read::Placeholder),
            ("1919-12-31T23:30:00Z", Read::Value(Day::civil(1920, 1, 1))),
        ] {
            assert_eq!(date(text, rule), day, "{text}");
        }
        assert_eq!(date("2017-03-01T12:00Z", ISO), Read::Bad);
        assert_eq!(DateForm::Iso.read("2017-03-01T12:00Z"), None);
    }

    #[test]
    fn dates_that_stand_for_none_and_dates_too_far_away() {
        let placeholders = [
            "0001-01-01",
            "1753-01-01",
            "1899-12-30",
            "1899-12-31",
            "1900-01-01",
            "2079-06-06",
            "2099-12-31",
            "2300-01-01",
            "2999-12-31",
            "9999-12-31",
        ];
        for text in placeholders {
            assert_eq!(date(text, ISO), Read::Placeholder, "{text}");
            assert_eq!(date(text, END), Read::Placeholder, "{text}");
            let days = Day::new(text.parse().unwrap()).0;
            assert_eq!(read_date(Scalar::Day(days), ISO), Read::Placeholder, "{text}");
            assert_eq!(read_date(Scalar::Integer(days.into()), ISO), Read::Placeholder, "{text}");
        }
        for (text, plain, end) in [
            ("1920-01-01", None, None),
            ("2060-12-31", None, None),
            ("1919-12-31", Some(Read::Outside), Some(Read::Outside)),
            ("1900-01-02", Some(Read::Outside), Some(Read::Outside)),
            ("2061-01-01", Some(Read::Outside), Some(Read::Placeholder)),
            ("9998-01-01", Some(Read::Outside), Some(Read::Placeholder)),
        ] {
            let value = Read::Value(Day::new(text.parse().unwrap()));
            assert_eq!(date(text, ISO), plain.unwrap_or(value), "{text}");
            assert_eq!(date(text, END), end.unwrap_or(value), "{text}");
        }
    }

    #[test]
    fn nulls_in_every_kind_of_column() {
        for text in
            ["", " ", "NULL", "null", "NaN", "nan", "NaT", "<NA>", "<na>", "#N/A", "#n/a", "#MULTIVALUE"]
        {
            assert_eq!(read_id_text(Some(text.as_bytes())), Read::Null, "{text}");
            assert_eq!(read_text(Scalar::Text(text)), Read::Null, "{text}");
            assert_eq!(date(text, ISO), Read::Null, "{text}");
            assert_eq!(read_bool_text(Some(text.as_bytes())), Read::Null, "{text}");
            assert_eq!(read_decimal(Scalar::Text(text)), Read::Null, "{text}");
            assert_eq!(read_integer(Scalar::Text(text)), Read::Null, "{text}");
        }
        for text in ["n/a", "N/A", "na", "NA", "None", "-", " - "] {
            let trimmed = text.trim();
            assert_eq!(read_id_text(Some(text.as_bytes())), Read::Value(trimmed.as_bytes()), "{text}");
            assert_eq!(read_text(Scalar::Text(text)), Read::Value(Cow::Borrowed(trimmed)), "{text}");
            assert_eq!(date(text, ISO), Read::Null, "{text}");
            assert_eq!(read_bool_text(Some(text.as_bytes())), Read::Null, "{text}");
            assert_eq!(read_bool(Scalar::Text(text)), Read::Null, "{text}");
            assert_eq!(read_decimal(Scalar::Text(text)), Read::Null, "{text}");
            assert_eq!(read_integer(Scalar::Text(text)), Read::Null, "{text}");
            assert!(is_null_date(Scalar::Text(text)), "{text}");
        }
        for text in ["nil", "nul", "nulls", "--", "#VALUE!", "<>", "not known"] {
            assert_eq!(read_id_text(Some(text.as_bytes())), Read::Value(text.as_bytes()), "{text}");
            assert_eq!(date(text, ISO), Read::Bad, "{text}");
            assert_eq!(read_bool(Scalar::Text(text)), Read::Bad, "{text}");
        }
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
        for text in
            ["Y", "yes", "true", "TRUE", "1", "1.0", " y ", "t", "T", "on", "ON", "y e s", "Yes-", "_true"]
        {
            assert_eq!(read_bool(Scalar::Text(text)), Read::Value(true), "{text}");
            assert_eq!(read_bool_text(Some(text.as_bytes())), Read::Value(true), "{text}");
        }
        for text in ["n", "No", "false", "False", "0", "0.0", "f", "F", "off", "OFF", "n o"] {
            assert_eq!(read_bool(Scalar::Text(text)), Read::Value(false), "{text}");
            assert_eq!(read_bool_text(Some(text.as_bytes())), Read::Value(false), "{text}");
        }
        for text in ["2", "maybe", "1.5", "truefalse", "ye", "o", "tr"] {
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
        for text in ["1000000000", "-1000000000", "1e9", "1e12", "1e400", "-1e400", "inf", "-inf", "Infinity"]
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
        for year in [1920, 2017, 2060] {
            let day = NaiveDate::from_ymd_opt(year, 1, 1).map(Day::new).unwrap();
            assert_eq!(read_date(Scalar::Day(day.0), ISO), Read::Value(day));
            assert_eq!(read_date(Scalar::Integer(day.0.into()), ISO), Read::Value(day));
        }
        for year in [-1, 0, 10_000] {
            let day = NaiveDate::from_ymd_opt(year, 1, 1).map(Day::new).unwrap();
            assert_eq!(read_date(Scalar::Day(day.0), ISO), Read::Bad, "{year}");
            assert_eq!(read_date(Scalar::Day(day.0), END), Read::Bad, "{year}");
        }
        for number in [i128::MIN, i128::MAX, i128::from(i32::MAX)] {
            assert_eq!(read_date(Scalar::Integer(number), ISO), Read::Bad, "{number}");
        }
        for text in ["0000-12-31", "10000-01-01", "-001-01-01", "-0001-01-01"] {
            assert_eq!(date(text, ISO), Read::Bad, "{text}");
        }
        for value in [Scalar::Float(17_226.0), Scalar::Flag(true), Scalar::Decimal(Decimal::from_integer(1))]
        {
            assert_eq!(read_date(value, ISO), Read::Bad, "{value:?}");
        }
    }
}
