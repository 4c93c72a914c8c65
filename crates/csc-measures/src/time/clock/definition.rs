//! A clock: what a row of the table says, on the terms of the law or of a council.

use std::fmt;

use chrono::NaiveDate;

use super::catalogue;
use super::error::ClockError;
use super::limit::{Counting, Limit};
use super::row::{Row, Version};
use super::version::{Certainty, Standing};
use super::warning::WarningWindow;
use crate::time::Day;
use crate::value::index::broken;
use crate::value::names;

/// A timescale: its limit, what is counted, and where the rule comes from.
///
/// # Examples
///
/// ## A visit due before a bank holiday weekend
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
    row: &'static Row,
    version: &'static Version,
    pub(super) limit: Option<Limit>,
    pub(super) counting: Counting,
    pub(super) warning: WarningWindow,
}

impl Clock {
    /// The clock of a row as its last version has it.
    pub(super) fn of(row: &'static Row) -> Self {
        match row.versions.last() {
            Some(version) => Self::new(row, version),
            None => broken(format_args!("the clock {} has no version", row.id)),
        }
    }

    fn new(row: &'static Row, version: &'static Version) -> Self {
        let limit = version.limit.limit();
        Self { row, version, limit, counting: row.counting, warning: WarningWindow::default() }
    }

    /// Every clock as its last version has it, in the order of the table.
    pub fn all() -> impl ExactSizeIterator<Item = Self> + Clone {
        catalogue::ROWS.iter().map(|row| Self::of(row))
    }

    /// Every version of the clock, by date.
    ///
    /// # Examples
    ///
    /// ## The first review, before and after 2011
    ///
    /// ```
    /// use csc_measures::clock::{Clock, Limit};
    ///
    /// // until 2011 the first review was due within four weeks, and not within twenty working days
    /// let limits: Vec<_> = Clock::by_id("cla_first_review")?.versions().map(|clock| clock.limit()).collect();
    /// assert_eq!(limits, [Some(Limit::Days(28)), Some(Limit::WorkingDays(20))]);
    /// # Ok::<(), csc_measures::clock::ClockError>(())
    /// ```
    pub fn versions(&self) -> impl ExactSizeIterator<Item = Self> + Clone + use<> {
        let row = self.row;
        row.versions.iter().map(move |version| Self::new(row, version))
    }

    /// The version of the clock that is in force on a day, by that version's own limit. The counting and the
    /// warning window stay as they are.
    ///
    /// # Examples
    ///
    /// ## A change of the law
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use csc_measures::clock::{Clock, Limit};
    ///
    /// let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    /// let assessment = Clock::by_id("initial_assessment")?;
    /// assert_eq!(assessment.at(day(2009, 5, 1))?.limit(), Some(Limit::WorkingDays(7)));
    /// assert_eq!(assessment.at(day(2012, 5, 1))?.limit(), Some(Limit::WorkingDays(10)));
    /// // since April 2013 there is one assessment
    /// assert_eq!(
    ///     assessment.at(day(2014, 5, 1)).unwrap_err().to_string(),
    ///     "the clock `initial_assessment` was not in force on 2014-05-01: it ran from 2000-04-01 to 2013-04-14"
    /// );
    /// # Ok::<(), csc_measures::clock::ClockError>(())
    /// ```
    ///
    /// ## The rules of 2020
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use csc_measures::clock::Clock;
    ///
    /// let may = NaiveDate::from_ymd_opt(2020, 5, 1).unwrap();
    /// let visit = Clock::by_id("cla_visit")?.at(may)?;
    /// assert_eq!(visit.relaxed(), Some("Visits as soon as is reasonably practicable, by telephone or video too."));
    /// # Ok::<(), csc_measures::clock::ClockError>(())
    /// ```
    ///
    /// # Errors
    /// [`ClockError::OutsideLaw`] if no version is in force on the day.
    pub fn at(&self, on: NaiveDate) -> Result<Self, ClockError> {
        match self.at_day(Day::new(on)) {
            Some(clock) => Ok(clock),
            None => Err(ClockError::OutsideLaw { id: self.row.id, on, span: self.spans() }),
        }
    }

    /// Whether this version is in force on a day.
    pub(crate) fn is_in_force(&self, day: Day) -> bool {
        self.version.span.holds(day)
    }

    /// [`Clock::at`] in the engine's form.
    pub(crate) fn at_day(&self, on: Day) -> Option<Self> {
        let version = self.row.versions.iter().find(|version| version.span.holds(on))?;
        Some(Self { version, limit: version.limit.limit(), ..*self })
    }

    /// From when to when the clock is in force, in words.
    fn spans(&self) -> String {
        let [first, .., last] = [self.row.versions.first(), self.row.versions.last()];
        let first = first.map_or(Day::MIN, |version| version.span.first).date();
        match last.and_then(|version| version.span.last) {
            Some(last) => format!("it ran from {first} to {}", last.date()),
            None => format!("it runs from {first} on"),
        }
    }

    /// The clock with an id, as its last version has it, whether or not that has ended.
    ///
    /// # Examples
    ///
    /// ## An id, and a misspelt one
    ///
    /// ```
    /// use csc_measures::clock::{Clock, Limit};
    ///
    /// assert_eq!(Clock::by_id("assessment")?.limit(), Some(Limit::WorkingDays(45)));
    /// // a slip of the pen
    /// let error = Clock::by_id("assesment").unwrap_err();
    /// assert_eq!(error.to_string(), "unknown clock `assesment`, did you mean `assessment`?");
    /// # Ok::<(), csc_measures::clock::ClockError>(())
    /// ```
    ///
    /// # Errors
    /// [`ClockError::Unknown`] if there is none, with the nearest id.
    #[inline]
    pub fn by_id(id: &str) -> Result<Self, ClockError> {
        match catalogue::ROWS.iter().find(|row| row.id == id) {
            Some(row) => Ok(Self::of(row)),
            None => Err(Self::unknown(id)),
        }
    }

    #[cold]
    pub(super) fn unknown(id: &str) -> ClockError {
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

    /// How long the clock runs; `None` if the law sets no number of days, so that nothing is due on a date.
    #[must_use]
    pub fn limit(&self) -> Option<Limit> {
        self.limit
    }

    /// The limit of the version in the unit in which it is written: `6 weeks` if [`Clock::limit`] is 42
    /// days, `72 hours` if it is 3. A limit of the caller's own is not shown here.
    ///
    /// # Examples
    ///
    /// ## Six weeks, in days
    ///
    /// ```
    /// use csc_measures::clock::{Clock, Limit};
    ///
    /// let visit = Clock::by_id("cla_visit")?;
    /// assert_eq!((visit.limit(), visit.as_written()), (Some(Limit::Days(42)), "6 weeks".to_owned()));
    /// # Ok::<(), csc_measures::clock::ClockError>(())
    /// ```
    #[must_use]
    pub fn as_written(&self) -> String {
        self.version.limit.to_string()
    }

    /// The number of the version: 1 for the first.
    #[must_use]
    pub fn version(&self) -> u32 {
        let before =
            self.row.versions.iter().take_while(|version| version.span.first < self.version.span.first);
        1 + before.map(|_| 1).sum::<u32>()
    }

    /// The first day on which the version is in force.
    #[must_use]
    pub fn in_force_from(&self) -> NaiveDate {
        self.version.span.first.date()
    }

    /// The last day on which the version is in force; `None` if it is still in force.
    #[must_use]
    pub fn in_force_to(&self) -> Option<NaiveDate> {
        self.version.span.last.map(Day::date)
    }

    /// What the law put in place of the limit, if it suspended the limit in these days. The clock keeps the
    /// ordinary limit: what was done within it was in time, and what was not was not a breach.
    #[must_use]
    pub fn relaxed(&self) -> Option<&'static str> {
        self.version.relaxed
    }

    /// Who set the timescale.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.row.standing
    }

    /// How sure this library is of the version's limit.
    #[must_use]
    pub fn limit_certainty(&self) -> Certainty {
        self.version.limit_certainty
    }

    /// How sure this library is of the days on which the version is in force.
    #[must_use]
    pub fn dates_certainty(&self) -> Certainty {
        self.version.dates_certainty
    }

    /// The day from which an edition of the guidance is in force that was not read; the limit is carried
    /// over into it.
    #[must_use]
    pub fn unread_from(&self) -> Option<NaiveDate> {
        self.version.unread_from.map(Day::date)
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

    /// Where the version comes from; [`Clock::limit_certainty`] says how sure it is.
    #[must_use]
    pub fn source(&self) -> &'static str {
        self.version.source
    }

    /// The window in which the clock turns amber.
    #[must_use]
    pub fn warning(&self) -> WarningWindow {
        self.warning
    }

    /// The clock with another limit, such as a council's own visiting interval; `None` takes the limit away.
    ///
    /// # Examples
    ///
    /// ## A council's visits every ten working days
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
    pub fn with_limit(self, limit: impl Into<Option<Limit>>) -> Self {
        Self { limit: limit.into(), ..self }
    }

    /// The clock with the event's day counted as day 1 (policy `count_start_day`): one working day or day
    /// less, the date in months less a day. Clocks that count it already, and strict ones, stay as they
    /// are.
    ///
    /// # Examples
    ///
    /// ## A clock that counts the day of the event already
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
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clock")
            .field("id", &self.row.id)
            .field("version", &self.version())
            .field("limit", &self.limit)
            .field("counting", &self.counting)
            .field("warning", &self.warning)
            .finish()
    }
}
