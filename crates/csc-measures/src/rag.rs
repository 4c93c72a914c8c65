//! Red, amber, green: the colour of one obligation.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;
use crate::dates::Day;

/// A colour; red is the greatest, so the worst of several is their maximum.
///
/// ```
/// use csc_measures::Rag;
///
/// // the worst of a child's clocks
/// assert_eq!([Rag::Green, Rag::Red, Rag::Amber].into_iter().max(), Some(Rag::Red));
/// assert_eq!(Rag::Amber.to_string(), "amber");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(clippy::exhaustive_enums, reason = "there are three")]
pub enum Rag {
    /// On track.
    Green,
    /// Due soon, or some concern.
    Amber,
    /// Overdue, done late, or serious concern.
    Red,
}

impl Rag {
    /// The colours from good to bad.
    pub const ALL: [Self; 3] = [Self::Green, Self::Amber, Self::Red];

    /// The colour in lower case.
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

/// How long before its due date an obligation turns amber: 5 working days or 14 days by default (policies
/// `amber_working_days` and `amber_days`).
///
/// No source gives these figures: they are defaults of this library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WarningWindow {
    /// For working-day clocks.
    pub working_days: u32,
    /// For all others.
    pub days: u32,
}

impl Default for WarningWindow {
    fn default() -> Self {
        Self { working_days: 5, days: 14 }
    }
}

/// What a clock counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockKind {
    /// Working days of the calendar: judged by the count.
    WorkingDays,
    /// Calendar days, of a limit in days, weeks or months: judged by the date.
    Days,
}

impl ClockKind {
    /// What is counted, in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::WorkingDays => "working_days",
            Self::Days => "days",
        }
    }

    /// The colour of an obligation that is not done and not overdue: amber when due within the window, today,
    /// or on a working day past with only non-working days since.
    pub(crate) fn running(self, due: Day, as_at: Day, calendar: &Calendar, window: WarningWindow) -> Rag {
        let is_near = match self {
            Self::WorkingDays => calendar
                .count(as_at, due)
                .is_some_and(|days| u32::try_from(days).is_ok_and(|d| d <= window.working_days)),
            Self::Days => i64::from(due.0) <= i64::from(as_at.0) + i64::from(window.days),
        };
        if is_near { Rag::Amber } else { Rag::Green }
    }
}
