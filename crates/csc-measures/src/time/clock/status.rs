//! How an obligation stands.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::value::Rag;

/// How an obligation came out, or where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockOutcome {
    /// Done in time.
    Met,
    /// Done, but late.
    Late,
    /// Not done, and too late.
    Overdue,
    /// Not done, and still in time: due today and the weekend after a due Friday included.
    NotYetDue,
}

impl ClockOutcome {
    /// The name in results, such as `not_yet_due`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Late => "late",
            Self::Overdue => "overdue",
            Self::NotYetDue => "not_yet_due",
        }
    }
}

impl fmt::Display for ClockOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// How an obligation stood at the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ClockStatus {
    /// How it came out, or where it stands.
    pub outcome: ClockOutcome,
    /// The due date: for a clock of working days the last working day in time.
    pub due: NaiveDate,
    /// The first day on which it is late.
    pub first_late_day: NaiveDate,
    /// If not done and in time, the clock's units (working days, else days) to the due date, and 0 from the
    /// due date on. Otherwise `None`.
    pub days_left: Option<u32>,
    /// If done late or overdue, by how many of the clock's units it was late when done, or is on the day judged.
    /// Otherwise `None`.
    pub days_over: Option<u32>,
    /// Green if done in time or due later than the warning window, amber if due within it, red if late or overdue.
    pub rag: Rag,
}
