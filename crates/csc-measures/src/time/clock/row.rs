//! How a timescale is written down: a row, and in it the versions of its limit.

use std::fmt;

use super::limit::{Counting, Limit};
use super::version::{Certainty, Standing};
use crate::time::Day;

/// A place in the instrument.
macro_rules! care_planning {
    ($place:literal) => {
        concat!("Care Planning, Placement and Case Review (England) Regulations 2010 (SI 2010/959) ", $place)
    };
}
pub(super) use care_planning;

/// A place in the instrument.
macro_rules! coronavirus_2020 {
    ($place:literal) => {
        concat!("Adoption and Children (Coronavirus) (Amendment) Regulations 2020 (SI 2020/445) ", $place)
    };
}
pub(super) use coronavirus_2020;

/// A place in the instrument.
macro_rules! adoption_agencies {
    ($place:literal) => {
        concat!("Adoption Agencies Regulations 2005 (SI 2005/389) ", $place)
    };
}
pub(super) use adoption_agencies;

/// A place in the instrument.
macro_rules! representations {
    ($place:literal) => {
        concat!(
            "Children Act 1989 Representations Procedure (England) Regulations 2006 (SI 2006/1738) ",
            $place
        )
    };
}
pub(super) use representations;

/// A place in the instrument.
macro_rules! care_leavers {
    ($place:literal) => {
        concat!("Care Leavers (England) Regulations 2010 (SI 2010/2571) ", $place)
    };
}
pub(super) use care_leavers;

/// One timescale.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) counting: Counting,
    pub(super) standing: Standing,
    pub(super) note: &'static str,
    /// By how much the limit can be extended, if the law says a number.
    pub(super) extended_by: Option<Written>,
    /// At least one, the earliest first.
    pub(super) versions: &'static [Version],
}

impl Row {
    /// What most rows have, and the place of what a row must say.
    pub(super) const EMPTY: Row = Row {
        id: "",
        title: "",
        counting: Counting::DayZero,
        standing: Standing::National,
        note: "",
        extended_by: None,
        versions: &[],
    };
}

/// The limit of a timescale as it was in force for a time.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Version {
    pub(super) limit: Written,
    pub(super) span: Span,
    pub(super) source: &'static str,
    pub(super) limit_certainty: Certainty,
    pub(super) dates_certainty: Certainty,
    /// What the law put in place of the limit, if it suspended it.
    pub(super) relaxed: Option<&'static str>,
    /// Nobody read the edition of the guidance that is in force from this day on.
    pub(super) unread_from: Option<Day>,
}

impl Version {
    pub(super) const fn new(limit: Written, span: Span, source: &'static str) -> Self {
        Self {
            limit,
            span,
            source,
            limit_certainty: Certainty::FromKnowledge,
            dates_certainty: Certainty::FromKnowledge,
            relaxed: None,
            unread_from: None,
        }
    }

    /// How sure the limit is, and how sure its dates are.
    pub(super) const fn sure(self, limit: Certainty, dates: Certainty) -> Self {
        Self { limit_certainty: limit, dates_certainty: dates, ..self }
    }
    pub(super) const fn relaxed(self, instead: &'static str) -> Self {
        Self { relaxed: Some(instead), ..self }
    }
    pub(super) const fn unread_from(self, year: i32, month: u32, day: u32) -> Self {
        Self { unread_from: Some(Day::civil(year, month, day)), ..self }
    }
}

/// The days on which a version is in force, the first and the last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) first: Day,
    pub(super) last: Option<Day>,
}

impl Span {
    pub(super) const fn to(self, year: i32, month: u32, day: u32) -> Self {
        Self { last: Some(Day::civil(year, month, day)), ..self }
    }

    /// The days before those of another span.
    pub(super) const fn before(self, other: Self) -> Self {
        Self { last: Some(Day(other.first.0 - 1)), ..self }
    }

    pub(super) fn holds(self, day: Day) -> bool {
        self.first <= day && self.last.is_none_or(|last| day <= last)
    }
}
pub(super) const fn from(year: i32, month: u32, day: u32) -> Span {
    Span { first: Day::civil(year, month, day), last: None }
}

/// From the day after a span that ends.
#[expect(clippy::panic, reason = "it is asked at compile time alone, where a panic stops the build")]
pub(super) const fn after(other: Span) -> Span {
    match other.last {
        Some(last) => Span { first: Day(last.0 + 1), last: None },
        None => panic!("a span that has no last day has no day after it"),
    }
}

/// A limit in the unit in which the law, the guidance or the council writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    NoNumber,
    Hours(u32),
    Days(u32),
    Weeks(u32),
    Months(u32),
    WorkingDays(u32),
}

impl Written {
    /// The limit as a clock counts it: of hours, the whole days.
    pub(super) const fn limit(self) -> Option<Limit> {
        match self {
            Self::NoNumber => None,
            Self::Hours(n) => Some(Limit::Days(n / 24)),
            Self::Days(n) => Some(Limit::Days(n)),
            Self::Weeks(n) => Some(Limit::Days(7 * n)),
            Self::Months(n) => Some(Limit::Months(n)),
            Self::WorkingDays(n) => Some(Limit::WorkingDays(n)),
        }
    }
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (n, unit) = match self {
            Self::NoNumber => return f.write_str("no number of days"),
            Self::Hours(n) => (n, "hour"),
            Self::Days(n) => (n, "day"),
            Self::Weeks(n) => (n, "week"),
            Self::Months(n) => (n, "month"),
            Self::WorkingDays(n) => (n, "working day"),
        };
        write!(f, "{n} {unit}{}", if *n == 1 { "" } else { "s" })
    }
}
pub(super) const fn no_number() -> Written {
    Written::NoNumber
}
pub(super) const fn hours(n: u32) -> Written {
    Written::Hours(n)
}
pub(super) const fn days(n: u32) -> Written {
    Written::Days(n)
}
pub(super) const fn weeks(n: u32) -> Written {
    Written::Weeks(n)
}
pub(super) const fn months(n: u32) -> Written {
    Written::Months(n)
}
pub(super) const fn working_days(n: u32) -> Written {
    Written::WorkingDays(n)
}
