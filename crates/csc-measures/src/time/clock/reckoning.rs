//! What a clock says about an obligation: its due date, whether it was done in time, how it stands.
//!
//! The first half is the engine's: days as numbers, `None` outside the calendar. Measures, review chains, due
//! lists and the public functions of the second half ask it alike.

use chrono::NaiveDate;

use super::definition::Clock;
use super::error::ClockError;
use super::limit::{Counting, Limit};
use super::status::{ClockOutcome, ClockStatus};
use super::warning::ClockKind;
use crate::time::Day;
use crate::time::calendar::Calendar;
use crate::value::Rag;

impl Clock {
    /// What the clock counts, in time left and time over too; days if it has no limit.
    #[must_use]
    pub fn kind(&self) -> ClockKind {
        self.limit.map_or(ClockKind::Days, Limit::kind)
    }

    /// The due date; `None` if a clock of working days leaves the calendar, or has no limit. Never before
    /// `start`.
    #[inline]
    pub(crate) fn due_day(&self, start: Day, calendar: &Calendar) -> Option<Day> {
        let due = match self.limit? {
            Limit::WorkingDays(n) => {
                return calendar.add(start, i32::try_from(self.less_the_start_day(n)).ok()?);
            }
            Limit::Days(n) => start.plus(clamp(self.less_the_start_day(n))),
            Limit::Months(n) => {
                let date = start.plus_months(clamp(n));
                if self.counting == Counting::DayZero { date } else { date.plus(-1) }
            }
        };
        Some(due.max(start))
    }

    /// The first day on which what was due on a day is late.
    pub(crate) fn first_late_day(&self, due: Day, calendar: &Calendar) -> Option<Day> {
        match self.kind() {
            ClockKind::WorkingDays => calendar.add(due, 1),
            ClockKind::Days => Some(due.plus(1)),
        }
    }

    /// Units of the clock from a day to another; 0 if the second is not after the first. `None` if a clock of
    /// working days leaves the calendar.
    #[inline]
    pub(crate) fn elapsed(&self, start: Day, until: Day, calendar: &Calendar) -> Option<i32> {
        match self.kind() {
            ClockKind::WorkingDays if until <= start => Some(0),
            ClockKind::WorkingDays => calendar.count(start, until),
            ClockKind::Days => Some(until.since(start).max(0)),
        }
    }

    /// Whether a day lies in time. A clock of working days is asked by the count, so that the days off after
    /// the due date are in time. `None` as for [`Clock::elapsed`].
    #[inline]
    pub(crate) fn is_in_time(&self, start: Day, day: Day, calendar: &Calendar) -> Option<bool> {
        match self.limit? {
            Limit::WorkingDays(n) => {
                let passed = self.elapsed(start, day, calendar)?;
                Some(passed <= clamp(self.less_the_start_day(n)))
            }
            Limit::Days(_) | Limit::Months(_) => Some(day <= self.due_day(start, calendar)?),
        }
    }

    /// The colour of an obligation that is not done and not overdue.
    pub(crate) fn running(&self, due: Day, as_at: Day, calendar: &Calendar) -> Rag {
        self.kind().running(due, as_at, calendar, self.warning)
    }

    fn less_the_start_day(&self, n: u32) -> u32 {
        // Of a limit of none, the day of the event is the last in time all the same.
        n.saturating_sub(u32::from(self.counting.takes_one()))
    }
}

fn clamp(n: u32) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

impl Clock {
    /// The due date. For a clock of working days it is the last working day in time: the non-working days
    /// straight after it are in time too, so ask [`Clock::in_time`] and do not compare with this date.
    ///
    /// Only clocks of working days ask the calendar; the others take any date. Never before `start`.
    ///
    /// # Errors
    /// [`ClockError::Calendar`] if `start` or the due date is outside the calendar;
    /// [`ClockError::NoDate`] if the due date is one that cannot be written; [`ClockError::NoLimit`] if the
    /// law sets no number of days.
    pub fn due(&self, start: NaiveDate, calendar: &Calendar) -> Result<NaiveDate, ClockError> {
        let limit = self.number()?;
        if let Limit::WorkingDays(n) = limit {
            return Ok(calendar.add_working_days(start, self.less_the_start_day(n))?);
        }
        self.due_day(Day::new(start), calendar)
            .map(Day::date)
            .filter(|due| *due < NaiveDate::MAX)
            .ok_or(ClockError::NoDate { start, limit })
    }

    /// Whether what was done on `done` was done in time.
    ///
    /// # Errors
    /// Those of [`Clock::due`], for `done` too; [`ClockError::DoneBeforeStart`].
    pub fn in_time(
        &self,
        start: NaiveDate,
        done: NaiveDate,
        calendar: &Calendar,
    ) -> Result<bool, ClockError> {
        if done < start {
            return Err(ClockError::DoneBeforeStart { start, done });
        }
        Ok(self.units_over(start, done, calendar)? == 0)
    }

    /// How the obligation stood at the end of `as_at`. What was done after `as_at` had not happened yet.
    ///
    /// # Examples
    ///
    /// ## Due on a Friday, judged on the Sunday after
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use csc_measures::calendar::Calendar;
    /// use csc_measures::clock::{Clock, ClockOutcome};
    /// use csc_measures::Rag;
    ///
    /// let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    /// let calendar = Calendar::england_and_wales();
    /// let visit = Clock::by_id("cp_visit")?;
    /// // due on Friday 28 April; judged on Sunday, the last day of the month
    /// let status = visit.status(day(2017, 3, 29), None, day(2017, 4, 30), &calendar)?;
    /// assert_eq!(status.outcome, ClockOutcome::NotYetDue);
    /// assert_eq!(status.rag, Rag::Amber);
    /// assert_eq!((status.days_left, status.days_over), (Some(0), None));
    /// assert_eq!(status.first_late_day, day(2017, 5, 2));
    /// // a visit on 3 May shows as late from then on
    /// let status = visit.status(day(2017, 3, 29), Some(day(2017, 5, 3)), day(2017, 5, 31), &calendar)?;
    /// assert_eq!(status.outcome, ClockOutcome::Late);
    /// assert_eq!(status.days_over, Some(2));
    /// # Ok::<(), csc_measures::clock::ClockError>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Clock::in_time`], for `as_at` too; [`ClockError::Calendar`] if the first late day of a
    /// clock of working days is outside the calendar.
    pub fn status(
        &self,
        start: NaiveDate,
        done: Option<NaiveDate>,
        as_at: NaiveDate,
        calendar: &Calendar,
    ) -> Result<ClockStatus, ClockError> {
        let done = done.filter(|done| *done <= as_at);
        if let Some(done) = done.filter(|done| *done < start) {
            return Err(ClockError::DoneBeforeStart { start, done });
        }
        let due = self.due(start, calendar)?;
        let kind = self.kind();
        let first_late_day = match kind {
            ClockKind::WorkingDays => calendar.next_working_day(due)?,
            ClockKind::Days => Day::new(due).plus(1).date(),
        };
        let over = self.units_over(start, done.unwrap_or(as_at), calendar)?;
        let outcome = match (done, over) {
            (Some(_), 0) => ClockOutcome::Met,
            (Some(_), _) => ClockOutcome::Late,
            (None, 0) => ClockOutcome::NotYetDue,
            (None, _) => ClockOutcome::Overdue,
        };
        let (due_day, as_at_day) = (Day::new(due), Day::new(as_at));
        let waiting = outcome == ClockOutcome::NotYetDue;
        let days_left = match kind {
            ClockKind::WorkingDays => calendar.working_days_between(as_at, due)?,
            ClockKind::Days => due_day.since(as_at_day).max(0),
        };
        let rag = match outcome {
            ClockOutcome::Met => Rag::Green,
            ClockOutcome::Late | ClockOutcome::Overdue => Rag::Red,
            ClockOutcome::NotYetDue => self.running(due_day, as_at_day, calendar),
        };
        Ok(ClockStatus {
            outcome,
            due,
            first_late_day,
            days_left: waiting.then_some(days_left.unsigned_abs()),
            days_over: (over > 0).then_some(over.unsigned_abs()),
            rag,
        })
    }

    /// By how many of its units the clock had run out on `day`; 0 while it was in time.
    fn units_over(&self, start: NaiveDate, day: NaiveDate, calendar: &Calendar) -> Result<i32, ClockError> {
        let over = match self.number()? {
            Limit::WorkingDays(n) => {
                let passed = calendar.working_days_between(start, day)?;
                passed.saturating_sub(clamp(self.less_the_start_day(n)))
            }
            Limit::Days(_) | Limit::Months(_) => Day::new(day).since(Day::new(self.due(start, calendar)?)),
        };
        Ok(over.max(0))
    }

    /// The limit, which not every clock has.
    fn number(&self) -> Result<Limit, ClockError> {
        self.limit.ok_or(ClockError::NoLimit { id: self.id() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_engine_and_the_public_due_date_agree() {
        let calendar = Calendar::england_and_wales();
        for clock in Clock::all().flat_map(|clock| [clock, clock.counting_start_day()]) {
            for start in (17_000..17_800).map(Day) {
                let public = clock.due(start.date(), &calendar).ok();
                assert_eq!(clock.due_day(start, &calendar), public.map(Day::new), "{clock:?}");
            }
        }
        let outside = Day::new(calendar.last());
        assert_eq!(Clock::by_id("icpc").unwrap().due_day(outside, &calendar), None);
    }
}
