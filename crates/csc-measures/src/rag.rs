//! Red, amber, green: the colours, and when a clock that still runs turns amber.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;
use crate::clock::Unit;
use crate::dates::Day;

/// A RAG rating, ordered from good to bad: the worst of several is their maximum.
///
/// ```
/// use csc_measures::rag::Rag;
///
/// // the worst of a child's clocks
/// assert_eq!([Rag::Green, Rag::Red, Rag::Amber].into_iter().max(), Some(Rag::Red));
/// assert_eq!(Rag::Amber.to_string(), "amber");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rag {
    /// In time, or due later than the warning window.
    Green,
    /// Due soon, due today, or past its date but not overdue yet.
    Amber,
    /// Overdue, or done late.
    Red,
}

impl Rag {
    /// The colours from good to bad.
    pub const ALL: [Self; 3] = [Self::Green, Self::Amber, Self::Red];

    /// The name in results and files, `green`, `amber` or `red`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
        }
    }
}

impl fmt::Display for Rag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// How long before its due date a clock turns amber: 5 working days for a clock of working days, 14 days
/// for one of days or months (policies `amber_working_days` and `amber_days`).
///
/// No source gives these figures: they are defaults of this library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WarningWindow {
    /// Working days from the day judged to the due date, at most, for amber.
    pub working_days: u32,
    /// Calendar days from the day judged to the due date, at most, for amber.
    pub days: u32,
}

impl Default for WarningWindow {
    fn default() -> Self {
        Self { working_days: 5, days: 14 }
    }
}

impl WarningWindow {
    /// The colour at the end of `as_at` of what is neither done nor overdue: amber where `due` lies within
    /// the window or is past (the weekend after a due Friday), else green.
    ///
    /// `None` where a count of working days leaves the calendar.
    pub(crate) fn colour(self, unit: Unit, due: Day, as_at: Day, calendar: &Calendar) -> Option<Rag> {
        let (left, window) = match unit {
            Unit::WorkingDays => (calendar.count(as_at, due)?, self.working_days),
            Unit::Days => (due.since(as_at), self.days),
        };
        Some(if i64::from(left) <= i64::from(window) { Rag::Amber } else { Rag::Green })
    }
}
