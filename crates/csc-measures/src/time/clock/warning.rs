//! What a clock counts, and when a due date is near.

use serde::{Deserialize, Serialize};

use crate::time::Day;
use crate::time::calendar::Calendar;
use crate::value::Rag;

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

impl WarningWindow {
    /// The default for working-day clocks, and of the policy.
    pub(crate) const WORKING_DAYS: u16 = 5;
    /// The default for all others, and of the policy.
    pub(crate) const DAYS: u16 = 14;
}

impl Default for WarningWindow {
    fn default() -> Self {
        Self { working_days: u32::from(Self::WORKING_DAYS), days: u32::from(Self::DAYS) }
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
