//! Corresponding dates and birthdays: two functions that look alike and must not be shared.
//!
//! An interval in months ends on the corresponding date, or on the last day of a month that has none
//! (*Dodds v Walker*, 1981). An age is attained on the birthday, and a birthday of 29 February falls on
//! 1 March in other years.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};

/// The corresponding date `months` later, or earlier if negative, clamped to the month's last day.
///
/// Add to the anchor once: adding to a clamped result drifts. `None` only beyond the calendar that
/// `chrono` can write.
///
/// # Examples
///
/// ## A month without the corresponding date
///
/// ```
/// use chrono::NaiveDate;
/// use csc_measures::dates::add_months;
///
/// let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
/// // 30 November has no corresponding date in February
/// assert_eq!(add_months(day(2016, 11, 30), 3), Some(day(2017, 2, 28)));
/// // the last day of February is not "the last day of the month" for ever
/// assert_eq!(add_months(day(2017, 2, 28), 6), Some(day(2017, 8, 28)));
/// assert_eq!(add_months(day(2016, 2, 29), -12), Some(day(2015, 2, 28)));
/// ```
#[must_use]
pub fn add_months(date: NaiveDate, months: i32) -> Option<NaiveDate> {
    let step = Months::new(months.unsigned_abs());
    if months < 0 { date.checked_sub_months(step) } else { date.checked_add_months(step) }
}

/// The day on which a person born on `born` attains `age` whole years.
///
/// # Examples
///
/// ## Born on 29 February
///
/// ```
/// use chrono::NaiveDate;
/// use csc_measures::dates::birthday;
///
/// let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
/// // born on 29 February: 1 March in a year without one
/// assert_eq!(birthday(day(2000, 2, 29), 18), Some(day(2018, 3, 1)));
/// assert_eq!(birthday(day(2000, 2, 29), 4), Some(day(2004, 2, 29)));
/// ```
#[must_use]
pub fn birthday(born: NaiveDate, age: u32) -> Option<NaiveDate> {
    let year = born.year().checked_add(i32::try_from(age).ok()?)?;
    born.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
}

/// Whole years of age on `on`; `None` before birth.
///
/// # Examples
///
/// ## Born on 29 February
///
/// ```
/// use chrono::NaiveDate;
/// use csc_measures::dates::age;
///
/// let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
/// assert_eq!(age(day(2000, 2, 29), day(2018, 2, 28)), Some(17));
/// assert_eq!(age(day(2000, 2, 29), day(2018, 3, 1)), Some(18));
/// ```
#[must_use]
pub fn age(born: NaiveDate, on: NaiveDate) -> Option<u32> {
    let years = u32::try_from(on.year().checked_sub(born.year())?).ok()?;
    if birthday(born, years)? <= on { Some(years) } else { years.checked_sub(1) }
}

/// A civil date inside the engine: days since 1970-01-01, four bytes, ordered and added as integers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Day(pub(crate) i32);

impl Day {
    pub(crate) const MIN: Self = Self(i32::MIN);
    pub(crate) const MAX: Self = Self(i32::MAX);
    /// 0001-01-01 and 9999-12-31: the first and the last day that text can write.
    pub(crate) const FIRST: Self = Self(-719_162);
    pub(crate) const LAST: Self = Self(2_932_896);

    /// The day of a year from 1 to 9999, if the calendar has it.
    #[inline]
    pub(crate) fn of(year: u32, month: u32, day: u32) -> Option<Self> {
        /// The days of each month but for a leap day.
        const LENGTHS: [u32; 16] = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0, 0, 0];
        let length = *LENGTHS.get(month as usize)?;
        if !(1..=9999).contains(&year) || !(1..=length).contains(&day) {
            let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
            if !(is_leap && (month, day) == (2, 29) && (1..=9999).contains(&year)) {
                return None;
            }
        }
        // Counted from 1 March, so that a leap day is the last day of its year; 153 days are five months.
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let days = year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day;
        i32::try_from(days).ok().map(|days| Self(days - 719_469))
    }

    /// A day that is written in this library: one that no calendar has stops the build.
    #[expect(clippy::panic, reason = "it is asked at compile time alone, where a panic stops the build")]
    pub(crate) const fn civil(year: i32, month: u32, day: u32) -> Self {
        match NaiveDate::from_ymd_opt(year, month, day) {
            Some(date) => Self(date.to_epoch_days()),
            None => panic!("a date that is written here is not a date"),
        }
    }

    pub(crate) fn new(date: NaiveDate) -> Self {
        Self(date.to_epoch_days())
    }

    /// The date; the engine only makes days from dates and small steps from them, so the ends of
    /// `chrono`'s calendar are used for what lies beyond it.
    pub(crate) fn date(self) -> NaiveDate {
        NaiveDate::from_epoch_days(self.0).unwrap_or(if self.0 < 0 { NaiveDate::MIN } else { NaiveDate::MAX })
    }

    pub(crate) fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Calendar days from `earlier` to this day.
    pub(crate) fn since(self, earlier: Self) -> i32 {
        self.0.saturating_sub(earlier.0)
    }

    pub(crate) fn plus_months(self, months: i32) -> Self {
        add_months(self.date(), months).map_or(if months < 0 { Self::MIN } else { Self::MAX }, Self::new)
    }

    pub(crate) fn birthday(self, age: u32) -> Self {
        birthday(self.date(), age).map_or(Self::MAX, Self::new)
    }

    pub(crate) fn age_on(self, on: Self) -> Option<u32> {
        age(self.date(), on.date())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date().fmt(f)
    }
}

/// The last day of the month of `date`; of the last month that `chrono` can write it is the last day of all.
pub(crate) fn last_of_month(date: NaiveDate) -> NaiveDate {
    date.with_day(1)
        .and_then(|first| first.checked_add_months(Months::new(1)))
        .and_then(|next| next.checked_sub_days(Days::new(1)))
        .unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_the_calendar() {
        assert_eq!(Day::new(NaiveDate::from_ymd_opt(1, 1, 1).unwrap()), Day::FIRST);
        assert_eq!(Day::new(NaiveDate::from_ymd_opt(9999, 12, 31).unwrap()), Day::LAST);
        for year in 0..=10_000 {
            for month in 0..=13 {
                for day in 0..=32 {
                    let date = NaiveDate::from_ymd_opt(i32::try_from(year).unwrap(), month, day);
                    let date = date.filter(|date| (1..=9999).contains(&date.year()));
                    assert_eq!(Day::of(year, month, day), date.map(Day::new), "{year}-{month}-{day}");
                }
            }
        }
    }
}
