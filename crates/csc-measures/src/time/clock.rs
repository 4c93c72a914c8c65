//! Timescales: by when something is due, and whether it was done in time.
//!
//! A [`Clock`] is a row of the table of statutory and local timescales. It runs from the day of an event:
//! by default that day is day 0 and the last day in time is the event plus the limit. Clocks of working
//! days are judged by the count, so the weekend after a due Friday is still in time; clocks of days and
//! months by the date, and they do not roll forward off a weekend.
//!
//! Two timescales of the law have no limit of their own and are no clock: a section 47 enquiry, which ends
//! in the conference of the clock `icpc`, and the visits of a series of short breaks, which are as agreed
//! (Care Planning, Placement and Case Review (England) Regulations 2010, regulation 48).

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::time::Day;
use crate::time::calendar::{Calendar, CalendarError};
use crate::value::Rag;
use crate::value::names;

mod limit;
mod table;
pub(crate) mod warning;

pub use limit::{Counting, Limit};
use warning::{ClockKind, WarningWindow};

/// A timescale: its limit, how it counts, where the rule comes from.
///
/// ```
/// use chrono::NaiveDate;
/// use csc_measures::calendar::Calendar;
/// use csc_measures::clock::Clock;
///
/// let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
/// let calendar = Calendar::england_and_wales();
/// let visit = Clock::by_id("cp_visit")?;
/// // last seen on 29 March 2017: due on Friday 28 April
/// assert_eq!(visit.due(day(2017, 3, 29), &calendar)?, day(2017, 4, 28));
/// // a visit on the bank holiday Monday after is still in time, one on Tuesday is late
/// assert!(visit.in_time(day(2017, 3, 29), day(2017, 5, 1), &calendar)?);
/// assert!(!visit.in_time(day(2017, 3, 29), day(2017, 5, 2), &calendar)?);
/// # Ok::<(), csc_measures::clock::ClockError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    row: &'static table::Row,
    limit: Limit,
    counting: Counting,
    warning: WarningWindow,
}

impl Clock {
    fn new(row: &'static table::Row) -> Self {
        Self { row, limit: row.limit, counting: row.counting, warning: WarningWindow::default() }
    }

    /// Every clock, in the order of the table.
    pub fn all() -> impl ExactSizeIterator<Item = Self> + Clone {
        table::ROWS.iter().map(Self::new)
    }

    /// The clock with an id.
    ///
    /// ```
    /// use csc_measures::clock::{Clock, Limit};
    ///
    /// assert_eq!(Clock::by_id("assessment")?.limit(), Limit::WorkingDays(45));
    /// // a slip of the pen
    /// let error = Clock::by_id("assesment").unwrap_err();
    /// assert_eq!(error.to_string(), "unknown clock `assesment`, did you mean `assessment`?");
    /// # Ok::<(), csc_measures::clock::ClockError>(())
    /// ```
    ///
    /// # Errors
    /// [`ClockError::Unknown`] where there is none, with the nearest id.
    #[inline]
    pub fn by_id(id: &str) -> Result<Self, ClockError> {
        match table::ROWS.iter().find(|row| row.id == id) {
            Some(row) => Ok(Self::new(row)),
            None => Err(Self::unknown(id)),
        }
    }

    #[cold]
    fn unknown(id: &str) -> ClockError {
        let nearest = names::nearest(id, Self::all().map(|clock| clock.id())).to_owned();
        ClockError::Unknown { id: id.to_owned(), nearest }
    }

    /// The stable id, such as `cla_first_review`.
    #[must_use]
    pub fn id(&self) -> &'static str {
        self.row.id
    }

    /// What must be done, from when.
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.row.title
    }

    /// How long the clock runs.
    #[must_use]
    pub fn limit(&self) -> Limit {
        self.limit
    }

    /// What there is to know about the limit: common local values, what ends it. May be empty.
    #[must_use]
    pub fn note(&self) -> &'static str {
        self.row.note
    }

    /// Which day is the last in time.
    #[must_use]
    pub fn counting(&self) -> Counting {
        self.counting
    }

    /// The ids of the plan's measures, companions included, that use the clock; empty for a supplementary
    /// one, which the plan's recommendations call for but no measure of the plan counts.
    ///
    /// ```
    /// use csc_measures::clock::Clock;
    ///
    /// assert_eq!(Clock::by_id("cp_review")?.measures(), ["O3.M3"]);
    /// // recommendation 10 is about health assessments, and no measure is
    /// assert!(Clock::by_id("initial_health_assessment")?.measures().is_empty());
    /// # Ok::<(), csc_measures::clock::ClockError>(())
    /// ```
    #[must_use]
    pub fn measures(&self) -> &'static [&'static str] {
        self.row.measures
    }

    /// Where the rule comes from. One that was not checked against a source says "not verified".
    #[must_use]
    pub fn source(&self) -> &'static str {
        self.row.source
    }

    /// The window in which the clock turns amber.
    #[must_use]
    pub fn warning(&self) -> WarningWindow {
        self.warning
    }

    /// The clock with another limit, such as a council's own visiting interval.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use csc_measures::calendar::Calendar;
    /// use csc_measures::clock::{Clock, Limit};
    ///
    /// // the ten working days that most councils set for a visit to a child on a plan
    /// let visit = Clock::by_id("cp_visit")?.with_limit(Limit::WorkingDays(10));
    /// let seen = NaiveDate::from_ymd_opt(2017, 3, 1).unwrap();
    /// assert_eq!(visit.due(seen, &Calendar::england_and_wales())?.to_string(), "2017-03-15");
    /// # Ok::<(), csc_measures::clock::ClockError>(())
    /// ```
    #[must_use]
    pub fn with_limit(self, limit: Limit) -> Self {
        Self { limit, ..self }
    }

    /// The clock with the event's day counted as day 1 (policy `count_start_day`): one working day or day
    /// less, the date in months less a day. Clocks that count it already, and strict ones, stay as they
    /// are.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use csc_measures::calendar::Calendar;
    /// use csc_measures::clock::Clock;
    ///
    /// let decided = NaiveDate::from_ymd_opt(2017, 3, 1).unwrap();
    /// let icpc = Clock::by_id("icpc")?;
    /// let calendar = Calendar::england_and_wales();
    /// assert_eq!(icpc.due(decided, &calendar)?.to_string(), "2017-03-22");
    /// assert_eq!(icpc.counting_start_day().due(decided, &calendar)?.to_string(), "2017-03-21");
    /// // the 28th day counts its first day anyhow
    /// let plan = Clock::by_id("cla_care_plan_28th_day")?;
    /// assert_eq!(plan.counting_start_day(), plan);
    /// # Ok::<(), csc_measures::clock::ClockError>(())
    /// ```
    #[must_use]
    pub fn counting_start_day(self) -> Self {
        let counting = match self.counting {
            Counting::DayZero | Counting::DayOne => Counting::DayOne,
            Counting::Strict => Counting::Strict,
        };
        Self { counting, ..self }
    }

    /// The clock with another warning window.
    #[must_use]
    pub fn with_warning(self, warning: WarningWindow) -> Self {
        Self { warning, ..self }
    }

    /// The due date. For a clock of working days it is the last working day in time: the non-working days
    /// straight after it are in time too, so ask [`Clock::in_time`] and do not compare with this date.
    ///
    /// Only clocks of working days ask the calendar; the others take any date. Never before `start`.
    ///
    /// # Errors
    /// [`ClockError::Calendar`] where `start` or the due date is outside the calendar;
    /// [`ClockError::NoDate`] where the due date is one that cannot be written.
    pub fn due(&self, start: NaiveDate, calendar: &Calendar) -> Result<NaiveDate, ClockError> {
        if let Limit::WorkingDays(n) = self.limit {
            return Ok(calendar.add_working_days(start, self.less_the_start_day(n))?);
        }
        self.due_day(Day::new(start), calendar)
            .map(Day::date)
            .filter(|due| *due < NaiveDate::MAX)
            .ok_or(ClockError::NoDate { start, limit: self.limit })
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
        Ok(self.over(start, done, calendar)? == 0)
    }

    /// How the obligation stood at the end of `as_at`. What was done after `as_at` had not happened yet.
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
    /// Those of [`Clock::in_time`], for `as_at` too; [`ClockError::Calendar`] where the first late day of a
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
        let first_late_day = match self.limit {
            Limit::WorkingDays(_) => calendar.next_working_day(due)?,
            Limit::Days(_) | Limit::Months(_) => Day::new(due).plus(1).date(),
        };
        let over = self.over(start, done.unwrap_or(as_at), calendar)?;
        let outcome = match (done, over) {
            (Some(_), 0) => ClockOutcome::Met,
            (Some(_), _) => ClockOutcome::Late,
            (None, 0) => ClockOutcome::NotYetDue,
            (None, _) => ClockOutcome::Overdue,
        };
        let (due_day, as_at_day) = (Day::new(due), Day::new(as_at));
        let waiting = outcome == ClockOutcome::NotYetDue;
        let days_left = match self.limit.kind() {
            ClockKind::WorkingDays => calendar.working_days_between(as_at, due)?,
            ClockKind::Days => due_day.since(as_at_day).max(0),
        };
        let rag = match outcome {
            ClockOutcome::Met => Rag::Green,
            ClockOutcome::Late | ClockOutcome::Overdue => Rag::Red,
            ClockOutcome::NotYetDue => self.limit.kind().running(due_day, as_at_day, calendar, self.warning),
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

    /// The due date in the engine's form; `None` where a clock of working days leaves the calendar.
    pub(crate) fn due_day(&self, start: Day, calendar: &Calendar) -> Option<Day> {
        let due = match self.limit {
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

    /// By how many of its units the clock had run out on `day`; 0 while it was in time.
    fn over(&self, start: NaiveDate, day: NaiveDate, calendar: &Calendar) -> Result<i32, ClockError> {
        let over = match self.limit {
            Limit::WorkingDays(n) => {
                let passed = calendar.working_days_between(start, day)?;
                passed.saturating_sub(clamp(self.less_the_start_day(n)))
            }
            Limit::Days(_) | Limit::Months(_) => Day::new(day).since(Day::new(self.due(start, calendar)?)),
        };
        Ok(over.max(0))
    }

    fn less_the_start_day(&self, n: u32) -> u32 {
        match self.counting {
            Counting::DayZero => n,
            Counting::DayOne | Counting::Strict => n.saturating_sub(1),
        }
    }
}

fn clamp(n: u32) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clock")
            .field("id", &self.row.id)
            .field("limit", &self.limit)
            .field("counting", &self.counting)
            .field("warning", &self.warning)
            .finish()
    }
}

/// Written as an object with `id`, `title`, `limit`, `counting`, `measures`, `note` and `source`.
impl Serialize for Clock {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Form {
            id: &'static str,
            title: &'static str,
            limit: Limit,
            counting: Counting,
            measures: &'static [&'static str],
            note: &'static str,
            source: &'static str,
        }
        Form {
            id: self.id(),
            title: self.title(),
            limit: self.limit,
            counting: self.counting,
            measures: self.measures(),
            note: self.note(),
            source: self.source(),
        }
        .serialize(serializer)
    }
}

/// What became of an obligation.
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
    /// What became of it.
    pub outcome: ClockOutcome,
    /// The due date: for a clock of working days the last working day in time.
    pub due: NaiveDate,
    /// The first day on which it is late.
    pub first_late_day: NaiveDate,
    /// While not done and in time: the clock's units (working days, else days) to the due date, 0 from the
    /// due date on. Otherwise none.
    pub days_left: Option<u32>,
    /// Done late or overdue: the clock's units by which it was late when done, or is on the day judged.
    /// Otherwise none.
    pub days_over: Option<u32>,
    /// Green done in time or due later than the warning window, amber due within it, red late or overdue.
    pub rag: Rag,
}

/// Why a clock could not answer.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ClockError {
    /// An id that no clock has.
    #[error("unknown clock `{id}`, did you mean `{nearest}`?")]
    Unknown {
        /// The id as given.
        id: String,
        /// The id that is spelt most like it.
        nearest: String,
    },
    /// A date outside the calendar.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// Done before the clock started: the records contradict each other, and it is no pass.
    #[error("done on {done}, before the clock started on {start}")]
    DoneBeforeStart {
        /// The day the clock started.
        start: NaiveDate,
        /// The day it was done.
        done: NaiveDate,
    },
    /// A due date so far away that it cannot be written.
    #[error("{limit} after {start} is not a date that can be written")]
    NoDate {
        /// The day the clock started.
        start: NaiveDate,
        /// The limit added to it.
        limit: Limit,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_engine_and_the_public_due_date_agree() {
        let calendar = Calendar::england_and_wales();
        for clock in Clock::all().flat_map(|clock| [clock, clock.counting_start_day()]) {
            for start in (17_000..17_800).map(Day) {
                let public = clock.due(start.date(), &calendar).unwrap();
                assert_eq!(clock.due_day(start, &calendar), Some(Day::new(public)), "{clock:?}");
            }
        }
        let outside = Day::new(calendar.last());
        assert_eq!(Clock::by_id("icpc").unwrap().due_day(outside, &calendar), None);
    }
}
