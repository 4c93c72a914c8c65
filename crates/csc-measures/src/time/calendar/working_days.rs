//! A calendar: the working days of one nation.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;

use super::closures::{BankHolidays, Closures};
use super::error::CalendarError;
use super::holidays::{Holidays, holidays};
use super::nation::Nation;
use crate::time::Day;

const FIRST_YEAR: i32 = 1995;
const LAST_YEAR: i32 = 2050;
/// The last year whose list GOV.UK has published.
const PUBLISHED_YEAR: i32 = 2028;
/// 1995-01-01 and 2050-12-31, in days since 1970-01-01.
pub(super) const FIRST: i32 = 9_131;
pub(super) const LAST: i32 = 29_584;
const DAYS: usize = (LAST - FIRST + 1) as usize;
/// The length of the tables: a power of two above `DAYS`, so that a masked look-up needs no bounds check.
pub(super) const SLOTS: usize = 1 << 15;

/// The working days of one nation, 1995 to 2050, with any further closures.
///
/// Cheap to clone and free to share between threads.
///
/// # Examples
///
/// ## Over Easter
///
/// ```
/// use chrono::NaiveDate;
/// use csc_measures::calendar::Calendar;
///
/// let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
/// let calendar = Calendar::england_and_wales();
/// // over Easter: Good Friday and Easter Monday are not counted
/// assert_eq!(calendar.working_days_between(day(2017, 4, 13), day(2017, 4, 18))?, 1);
/// assert_eq!(calendar.add_working_days(day(2017, 3, 1), 45)?, day(2017, 5, 8));
/// # Ok::<(), csc_measures::calendar::CalendarError>(())
/// ```
#[derive(Clone)]
pub struct Calendar {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    nation: Nation,
    holidays: Holidays,
    closures: BTreeSet<NaiveDate>,
    pub(super) tables: Tables,
}

/// The two tables that every count and sum is a look-up in.
pub(super) struct Tables {
    /// For each day of the calendar, the working days up to and including it.
    pub(super) up_to: Box<[u16; SLOTS]>,
    /// The working days in order, as days since the first of the calendar.
    pub(super) working: Box<[u16; SLOTS]>,
    /// How many of `working` there are.
    worked: usize,
}

impl Tables {
    fn new(off: impl Iterator<Item = NaiveDate>) -> Self {
        let mut tables = Self { up_to: Box::new([0; SLOTS]), working: Box::new([0; SLOTS]), worked: 0 };
        let Self { up_to, working, worked } = &mut tables;
        // First 1 where a day is off, then in the same place the count up to it.
        for index in off.filter_map(|date| index(Day::new(date))) {
            if let Some(slot) = up_to.get_mut(index) {
                *slot = 1;
            }
        }
        let mut next = working.iter_mut();
        // A calendar has 20,454 days, so neither count leaves u16.
        let mut so_far = 0u16;
        for (index, slot) in (0u16..).zip(up_to.iter_mut().take(DAYS)) {
            // 1 January 1995 was a Sunday
            let weekend = matches!(index % 7, 0 | 6);
            if !weekend
                && *slot == 0
                && let Some(working) = next.next()
            {
                *working = index;
                so_far += 1;
            }
            *slot = so_far;
        }
        *worked = usize::from(so_far);
        tables
    }

    /// The working days up to and including a day; `None` outside the calendar.
    #[inline]
    fn up_to(&self, day: Day) -> Option<u16> {
        self.up_to.get(index(day)?).copied()
    }

    /// The `nth` working day from 0; `None` beyond the last.
    #[inline]
    fn working(&self, nth: usize) -> Option<Day> {
        if nth < self.worked { self.working.get(nth).copied().map(at) } else { None }
    }
}

static ENGLAND_AND_WALES: LazyLock<Calendar> = LazyLock::new(|| Calendar::built_in(Nation::EnglandAndWales));
static SCOTLAND: LazyLock<Calendar> = LazyLock::new(|| Calendar::built_in(Nation::Scotland));
static NORTHERN_IRELAND: LazyLock<Calendar> = LazyLock::new(|| Calendar::built_in(Nation::NorthernIreland));

impl Calendar {
    /// The calendar of England and Wales, the default of every measure.
    ///
    /// Holidays: the rules of the Banking and Financial Dealings Act 1971, the proclamations and every
    /// one-off change since 1995; equal to the lists that GOV.UK published for 2012 to 2028.
    #[must_use]
    pub fn england_and_wales() -> Self {
        Self::for_nation(Nation::EnglandAndWales)
    }

    /// The calendar of Scotland: the bank holidays as GOV.UK lists them, not the local ones of a town.
    #[must_use]
    pub fn scotland() -> Self {
        Self::for_nation(Nation::Scotland)
    }

    /// The calendar of Northern Ireland.
    #[must_use]
    pub fn northern_ireland() -> Self {
        Self::for_nation(Nation::NorthernIreland)
    }

    /// The built-in calendar of a nation.
    #[must_use]
    pub fn for_nation(nation: Nation) -> Self {
        let built_in: &Self = match nation {
            Nation::EnglandAndWales => &ENGLAND_AND_WALES,
            Nation::Scotland => &SCOTLAND,
            Nation::NorthernIreland => &NORTHERN_IRELAND,
        };
        built_in.clone()
    }

    fn built_in(nation: Nation) -> Self {
        Self::build(nation, holidays(nation, FIRST_YEAR, LAST_YEAR), BTreeSet::new())
    }

    fn build(nation: Nation, holidays: Holidays, closures: BTreeSet<NaiveDate>) -> Self {
        let tables = Tables::new(holidays.keys().chain(&closures).copied());
        Self { inner: Arc::new(Inner { nation, holidays, closures, tables }) }
    }

    /// The nation whose bank holidays the calendar keeps.
    #[must_use]
    pub fn nation(&self) -> Nation {
        self.inner.nation
    }

    /// The first day of the calendar, 1 January 1995.
    #[must_use]
    pub fn first(&self) -> NaiveDate {
        Day(FIRST).date()
    }

    /// The last day of the calendar, 31 December 2050.
    #[must_use]
    pub fn last(&self) -> NaiveDate {
        Day(LAST).date()
    }

    /// The last day for which the holidays are those that the government has published, 31 December 2028.
    ///
    /// Later ones follow the rules, and a proclamation may still add or move one.
    #[must_use]
    pub fn published_until(&self) -> NaiveDate {
        const { Day::civil(PUBLISHED_YEAR, 12, 31) }.date()
    }

    /// The bank holidays in order, with GOV.UK's title for each: the days on which they are kept, so a
    /// holiday at a weekend appears as its substitute day.
    ///
    /// # Examples
    ///
    /// ## Christmas Day on a Sunday
    ///
    /// ```
    /// use csc_measures::calendar::Calendar;
    ///
    /// // Christmas Day 2016 was a Sunday: its substitute comes after Boxing Day
    /// let calendar = Calendar::england_and_wales();
    /// let names: Vec<_> = calendar
    ///     .holidays()
    ///     .filter(|(date, _)| date.to_string().starts_with("2016-12"))
    ///     .map(|(date, name)| format!("{date} {name}"))
    ///     .collect();
    /// assert_eq!(names, ["2016-12-26 Boxing Day", "2016-12-27 Christmas Day"]);
    /// ```
    pub fn holidays(&self) -> impl Iterator<Item = (NaiveDate, &str)> {
        self.inner.holidays.iter().map(|(date, name)| (*date, name.as_ref()))
    }

    /// The further non-working days that were added, in order.
    pub fn closures(&self) -> impl Iterator<Item = NaiveDate> {
        self.inner.closures.iter().copied()
    }

    /// This calendar with further non-working days, such as a council's closure between Christmas and New
    /// Year. A date that is not a working day already changes nothing.
    ///
    /// # Examples
    ///
    /// ## Closed between Christmas and New Year
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use csc_measures::calendar::Calendar;
    ///
    /// let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    /// let calendar = Calendar::england_and_wales();
    /// let closed = calendar.with_closures((28..=30).map(|d| day(2016, 12, d)))?;
    /// assert_eq!(calendar.working_days_between(day(2016, 12, 23), day(2017, 1, 3))?, 4);
    /// assert_eq!(closed.working_days_between(day(2016, 12, 23), day(2017, 1, 3))?, 1);
    /// # Ok::<(), csc_measures::calendar::CalendarError>(())
    /// ```
    ///
    /// # Errors
    /// [`CalendarError::Outside`] with the first date that is outside the calendar.
    pub fn with_closures(&self, dates: impl IntoIterator<Item = NaiveDate>) -> Result<Self, CalendarError> {
        let mut closures = self.inner.closures.clone();
        for date in dates {
            self.inside(date)?;
            closures.insert(date);
        }
        Ok(Self::build(self.nation(), self.inner.holidays.clone(), closures))
    }

    /// This calendar with the bank holidays of its nation in a GOV.UK list.
    ///
    /// They are added. Nothing is taken away, and a holiday that the calendar has keeps its name.
    /// [`Calendar::published_until`] stays as it is.
    ///
    /// # Examples
    ///
    /// ## A proclamation for 2030, and a list without the nation
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use csc_measures::calendar::{BankHolidays, Calendar};
    ///
    /// // a proclamation for a year that was made by rule
    /// let list: BankHolidays = serde_json::from_str(r#"{"england-and-wales": {"division": "england-and-wales",
    ///     "events": [{"title": "A jubilee", "date": "2030-06-03", "notes": "", "bunting": true}]}}"#)?;
    /// let monday = NaiveDate::from_ymd_opt(2030, 6, 3).unwrap();
    /// assert!(Calendar::england_and_wales().is_working_day(monday)?);
    /// assert!(!Calendar::england_and_wales().with_bank_holidays(&list)?.is_working_day(monday)?);
    /// // a list without the nation is an error, not an empty list
    /// let error = Calendar::scotland().with_bank_holidays(&list).unwrap_err();
    /// assert_eq!(error.to_string(), "the list of bank holidays has no division `scotland`");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`CalendarError::NoDivision`] if the list does not have the nation; [`CalendarError::Outside`]
    /// if an event is outside the calendar, which none of GOV.UK's is.
    pub fn with_bank_holidays(&self, list: &BankHolidays) -> Result<Self, CalendarError> {
        let nation = self.nation();
        let mut holidays = self.inner.holidays.clone();
        for event in list.events(nation).ok_or(CalendarError::NoDivision { nation })? {
            self.inside(event.date)?;
            holidays.entry(event.date).or_insert_with(|| event.title.clone().into());
        }
        Ok(Self::build(nation, holidays, self.inner.closures.clone()))
    }

    /// This calendar with a closures file of either form.
    ///
    /// # Errors
    /// Those of [`Calendar::with_bank_holidays`] and [`Calendar::with_closures`].
    pub fn with(&self, closures: &Closures) -> Result<Self, CalendarError> {
        match closures {
            Closures::BankHolidays(list) => self.with_bank_holidays(list),
            Closures::Dates(dates) => self.with_closures(dates.iter().copied()),
        }
    }

    /// The years of whose working days more than half are closed by what was added to the calendar: a list of closures
    /// that does so is hardly meant, and moves every date that is due.
    ///
    /// # Examples
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use csc_measures::calendar::Calendar;
    ///
    /// let new_year = NaiveDate::from_ymd_opt(2017, 1, 1).unwrap();
    /// let calendar = Calendar::england_and_wales();
    /// let closed = |days| calendar.with_closures(new_year.iter_days().take(days));
    /// assert_eq!(closed(200)?.mostly_closed_years(), [2017]);
    /// assert!(closed(100)?.mostly_closed_years().is_empty());
    /// # Ok::<(), csc_measures::calendar::CalendarError>(())
    /// ```
    #[must_use]
    pub fn mostly_closed_years(&self) -> Vec<i32> {
        let built_in = Self::for_nation(self.nation());
        let worked = |calendar: &Self, year: i32| {
            let before = Day::civil(year, 1, 1).plus(-1);
            let upto = calendar.inner.tables.up_to(Day::civil(year, 12, 31)).unwrap_or_default();
            upto - calendar.inner.tables.up_to(before).unwrap_or_default()
        };
        let is_closed = |year: &i32| worked(self, *year) < worked(&built_in, *year) / 2;
        (FIRST_YEAR..=LAST_YEAR).filter(is_closed).collect()
    }

    /// Whether `date` is a working day.
    ///
    /// # Errors
    /// [`CalendarError::Outside`] if the date is outside the calendar.
    pub fn is_working_day(&self, date: NaiveDate) -> Result<bool, CalendarError> {
        let day = self.inside(date)?;
        Ok(self.inner.tables.up_to(day) > self.inner.tables.up_to(day.plus(-1)).or(Some(0)))
    }

    /// The working days after `a`, up to and including `b`; 0 if `b` is not after `a`.
    ///
    /// # Examples
    ///
    /// ## Over a weekend, the wrong way round and outside the calendar
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use csc_measures::calendar::Calendar;
    ///
    /// let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    /// let calendar = Calendar::england_and_wales();
    /// // Friday to Saturday: no working day has passed
    /// assert_eq!(calendar.working_days_between(day(2017, 3, 3), day(2017, 3, 4))?, 0);
    /// // Friday to Monday
    /// assert_eq!(calendar.working_days_between(day(2017, 3, 3), day(2017, 3, 6))?, 1);
    /// // the wrong way round
    /// assert_eq!(calendar.working_days_between(day(2017, 3, 6), day(2017, 3, 3))?, 0);
    /// // one end outside the calendar
    /// let error = calendar.working_days_between(day(1994, 12, 30), day(1995, 1, 3)).unwrap_err();
    /// assert_eq!(error.to_string(), "1994-12-30 is outside the calendar (1995-01-01 to 2050-12-31)");
    /// # Ok::<(), csc_measures::calendar::CalendarError>(())
    /// ```
    ///
    /// # Errors
    /// [`CalendarError::Outside`] if either date is outside the calendar, whatever their order.
    pub fn working_days_between(&self, a: NaiveDate, b: NaiveDate) -> Result<i32, CalendarError> {
        let (a, b) = (self.inside(a)?, self.inside(b)?);
        self.count(a, b).ok_or_else(|| self.outside(b.date()))
    }

    /// The first day on or after `start` by which `working_days` working days have passed: the last
    /// *working* day in time of a clock of that length.
    ///
    /// Non-working days straight after it are still in time, so test the count and not this date. Adding 0
    /// gives `start` itself, working day or not.
    ///
    /// # Examples
    ///
    /// ## From a Saturday, and beyond the calendar
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use csc_measures::calendar::Calendar;
    ///
    /// let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    /// let calendar = Calendar::england_and_wales();
    /// // from a Saturday, the first working day is Monday
    /// assert_eq!(calendar.add_working_days(day(2017, 3, 4), 1)?, day(2017, 3, 6));
    /// assert_eq!(calendar.add_working_days(day(2017, 3, 4), 0)?, day(2017, 3, 4));
    /// // beyond the last day of the calendar
    /// let error = calendar.add_working_days(day(2050, 12, 20), 30).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "30 working days after 2050-12-20 is outside the calendar (1995-01-01 to 2050-12-31)"
    /// );
    /// # Ok::<(), csc_measures::calendar::CalendarError>(())
    /// ```
    ///
    /// # Errors
    /// [`CalendarError::Outside`] if `start` is outside the calendar, [`CalendarError::BeyondEnd`] if
    /// the answer would be.
    pub fn add_working_days(&self, start: NaiveDate, working_days: u32) -> Result<NaiveDate, CalendarError> {
        let from = self.inside(start)?;
        i32::try_from(working_days)
            .ok()
            .and_then(|n| self.add(from, n))
            .map(Day::date)
            .ok_or_else(|| self.beyond_end(start, working_days))
    }

    /// The first working day after `date`, never `date` itself.
    ///
    /// # Errors
    /// As [`Calendar::add_working_days`] with one working day.
    pub fn next_working_day(&self, date: NaiveDate) -> Result<NaiveDate, CalendarError> {
        self.add_working_days(date, 1)
    }

    /// The last working day before `date`, never `date` itself.
    ///
    /// # Examples
    ///
    /// ## The day before Easter
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use csc_measures::calendar::Calendar;
    ///
    /// let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    /// // before Tuesday after Easter comes Maundy Thursday
    /// let calendar = Calendar::england_and_wales();
    /// assert_eq!(calendar.previous_working_day(day(2017, 4, 18))?, day(2017, 4, 13));
    /// # Ok::<(), csc_measures::calendar::CalendarError>(())
    /// ```
    ///
    /// # Errors
    /// [`CalendarError::Outside`] if `date` is outside the calendar, [`CalendarError::BeforeStart`] if
    /// the answer would be.
    pub fn previous_working_day(&self, date: NaiveDate) -> Result<NaiveDate, CalendarError> {
        let day = self.inside(date)?;
        let tables = &self.inner.tables;
        let before = || tables.working(usize::from(tables.up_to(day.plus(-1))?).checked_sub(1)?);
        before().map(Day::date).ok_or_else(|| CalendarError::BeforeStart {
            start: date,
            first: self.first(),
            last: self.last(),
        })
    }

    /// `wd(a, b)`: working days after `a` up to and including `b`, 0 for `b <= a`; `None` if either is
    /// outside the calendar.
    #[inline]
    pub(crate) fn count(&self, a: Day, b: Day) -> Option<i32> {
        let (from, to) = (self.inner.tables.up_to(a)?, self.inner.tables.up_to(b)?);
        Some(i32::from(to.saturating_sub(from)))
    }

    /// The smallest day on or after `a` with `wd(a, day) = n`; `None` if `a` or the answer is outside
    /// the calendar.
    #[inline]
    pub(crate) fn add(&self, a: Day, n: i32) -> Option<Day> {
        let so_far = usize::from(self.inner.tables.up_to(a)?);
        match usize::try_from(n).ok()?.checked_sub(1) {
            None => Some(a),
            Some(more) => self.inner.tables.working(so_far.checked_add(more)?),
        }
    }

    fn inside(&self, date: NaiveDate) -> Result<Day, CalendarError> {
        let day = Day::new(date);
        if (FIRST..=LAST).contains(&day.0) { Ok(day) } else { Err(self.outside(date)) }
    }

    pub(super) fn outside(&self, date: NaiveDate) -> CalendarError {
        CalendarError::Outside { date, first: self.first(), last: self.last() }
    }

    pub(super) fn beyond_end(&self, start: NaiveDate, working_days: u32) -> CalendarError {
        CalendarError::BeyondEnd { start, working_days, first: self.first(), last: self.last() }
    }
}

/// The place of a day of the calendar in the tables.
#[inline]
fn index(day: Day) -> Option<usize> {
    // below the first, the difference turns into a very large number
    let index = day.0.wrapping_sub(FIRST).cast_unsigned() as usize;
    (index < DAYS).then_some(index)
}

pub(super) fn at(index: u16) -> Day {
    Day(FIRST + i32::from(index))
}

impl Default for Calendar {
    fn default() -> Self {
        Self::england_and_wales()
    }
}

impl PartialEq for Calendar {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.inner, &other.inner)
            || (self.inner.nation == other.inner.nation
                && self.inner.holidays == other.inner.holidays
                && self.inner.closures == other.inner.closures)
    }
}

impl Eq for Calendar {}

impl fmt::Debug for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Calendar")
            .field("nation", &self.inner.nation)
            .field("holidays", &self.inner.holidays.len())
            .field("closures", &self.inner.closures)
            .finish_non_exhaustive()
    }
}
