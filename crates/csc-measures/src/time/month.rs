//! Months, and the periods that measures look at.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::day::{self, Day, last_of_month};
use crate::value::index::broken;

/// A calendar month, written `2017-03`.
///
/// # Examples
///
/// ## The last month of a financial year
///
/// ```
/// use csc_measures::Month;
///
/// let march: Month = "2017-03".parse()?;
/// assert_eq!(march.last().to_string(), "2017-03-31");
/// assert_eq!(march.plus(-12).to_string(), "2016-03");
/// assert!(march.ends_quarter());
/// assert!("2017-3".parse::<Month>().is_err());
/// # Ok::<(), csc_measures::ParseMonthError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    first: NaiveDate,
}

/// A text that is not a month `YYYY-MM`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a month; write it as `2017-03`")]
pub struct ParseMonthError {
    text: String,
}

impl Month {
    /// The month of a year; `None` if there is no such month, or the year is not 1 to 9999.
    #[must_use]
    pub fn new(year: i32, month: u32) -> Option<Self> {
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        (1..=9999).contains(&year).then_some(Self { first })
    }

    /// The month that a date lies in.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        match date.with_day(1) {
            Some(first) => Self { first },
            None => broken(format_args!("{date} is in a month without a first day")),
        }
    }

    /// Its first day.
    #[must_use]
    pub fn first(self) -> NaiveDate {
        self.first
    }

    /// Its last day.
    #[must_use]
    pub fn last(self) -> NaiveDate {
        last_of_month(self.first)
    }

    /// The month so many later, or earlier if negative. What is beyond the calendar that `chrono` can write is its last
    /// month, or its first.
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        match day::add_months(self.first, months) {
            Some(first) => Self { first },
            None => Self::of(if months < 0 { NaiveDate::MIN } else { NaiveDate::MAX }),
        }
    }

    /// Whether it is the last of a quarter: March, June, September, December.
    #[must_use]
    pub fn ends_quarter(self) -> bool {
        self.first.month().is_multiple_of(3)
    }

    /// Months from `earlier` to this one; negative if it is the later.
    #[must_use]
    pub fn since(self, earlier: Self) -> i32 {
        let months = |month: Self| month.first.year() * 12 + month.first.month0().cast_signed();
        months(self) - months(earlier)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.first.year(), self.first.month())
    }
}

impl fmt::Debug for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Month {
    type Err = ParseMonthError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parse = || {
            let (year, month) = text.split_once('-')?;
            let is_number =
                |part: &str, length| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
            (is_number(year, 4) && is_number(month, 2)).then_some(())?;
            Self::new(year.parse().ok()?, month.parse().ok()?)
        };
        parse().ok_or_else(|| ParseMonthError { text: text.to_owned() })
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The days that a result covers, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

/// A month as the measures see it: its place in the run, and its days.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MonthDays {
    pub(crate) index: usize,
    pub(crate) first: Day,
    pub(crate) last: Day,
    pub(crate) ends_quarter: bool,
}

/// Where in a run a case is: the place of its month, and the day by which it is one of that month's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    pub(crate) month: usize,
    pub(crate) day: Day,
}

impl MonthDays {
    pub(crate) fn new(index: usize, month: Month) -> Self {
        Self {
            index,
            first: Day::new(month.first()),
            last: Day::new(month.last()),
            ends_quarter: month.ends_quarter(),
        }
    }

    /// A case of the month by how things are at its end.
    pub(crate) fn at_end(self) -> Moment {
        self.on(self.last)
    }

    /// A case of the month by what happened, or was due, on one of its days.
    pub(crate) fn on(self, day: Day) -> Moment {
        Moment { month: self.index, day }
    }

    /// A run of one day, to judge how things stand on it.
    pub(crate) fn of_one_day(day: Day) -> Self {
        Self { index: 0, first: day, last: day, ends_quarter: false }
    }

    /// The month up to one of its days; `None` if the day is in another month.
    pub(crate) fn up_to(self, day: Option<Day>) -> Option<Self> {
        let last = day.unwrap_or(self.last);
        self.contains(last).then_some(Self { last, ..self })
    }

    pub(crate) fn contains(&self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }
}
