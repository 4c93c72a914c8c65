//! What is asked: the months, the options, and the calendar that they make.

use super::error::{MOST_MONTHS, ScorecardError};
use super::options::Options;
use crate::time::calendar::Calendar;
use crate::time::{Month, MonthDays};

/// Months before the first one asked for: the quarter before it is needed for the direction of travel.
pub(crate) const MONTHS_BEFORE: u8 = 3;

/// A run of months and what it is computed with.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) from: Month,
    pub(crate) to: Month,
    pub(crate) options: Options,
    pub(crate) calendar: Calendar,
}

impl Run {
    pub(crate) fn new(from: Month, to: Month, options: &Options) -> Result<Self, ScorecardError> {
        if to < from {
            return Err(ScorecardError::MonthsReversed { from, to });
        }
        let months = to.since(from) + 1;
        if months > MOST_MONTHS {
            return Err(ScorecardError::TooManyMonths { months });
        }
        let mut calendar = Calendar::for_nation(options.policy.calendar);
        if let Some(closures) = &options.closures {
            calendar = calendar.with(closures)?;
        }
        Ok(Self { from, to, options: options.clone(), calendar })
    }

    /// The months that are judged: those asked for, and before them those of the direction of travel.
    pub(crate) fn months(&self) -> Vec<MonthDays> {
        let first = self.first_judged();
        (0..=self.to.since(first))
            .zip(0_usize..)
            .map(|(step, index)| MonthDays::new(index, first.plus(step)))
            .collect()
    }

    pub(crate) fn first_judged(&self) -> Month {
        self.from.plus(-i32::from(MONTHS_BEFORE))
    }
}
