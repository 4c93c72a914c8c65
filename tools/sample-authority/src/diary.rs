//! Days: from when to when the record goes, and the working week.

use chrono::{Datelike, NaiveDate, TimeDelta};
use csc_measures::Calendar;
use csc_measures::dates::add_months;

use crate::chance::Chance;

/// The first day of the record. What ran on that day was brought over with its true start; what was over by
/// then was not, but for the register of child protection plans.
pub(crate) const HISTORY: NaiveDate = day(2014, 4, 1);
/// Journeys begin here, some time before the record does, that the services are under way when it does.
pub(crate) const BEGINNING: NaiveDate = day(2012, 7, 1);
/// The day the extract was taken: what lies after it is planned or not known.
pub(crate) const EXTRACT: NaiveDate = day(2020, 3, 31);
/// An end that is not in sight.
pub(crate) const NEVER: NaiveDate = day(2040, 1, 1);

pub(crate) const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => date,
        None => NaiveDate::MAX,
    }
}

pub(crate) fn plus(date: NaiveDate, days: i64) -> NaiveDate {
    date.checked_add_signed(TimeDelta::days(days)).unwrap_or(date)
}

pub(crate) fn days_between(from: NaiveDate, to: NaiveDate) -> i64 {
    i64::from(to.num_days_from_ce()) - i64::from(from.num_days_from_ce())
}

pub(crate) fn plus_months(date: NaiveDate, months: i32) -> NaiveDate {
    add_months(date, months).unwrap_or(date)
}

/// The date as the extract knows it: nothing that is still to come.
pub(crate) fn known(date: NaiveDate) -> Option<NaiveDate> {
    (date <= EXTRACT).then_some(date)
}

/// Any day from `from` to `to`, both included.
pub(crate) fn any_day(chance: &mut Chance, from: NaiveDate, to: NaiveDate) -> NaiveDate {
    plus(from, chance.between(0, days_between(from, to).max(0)))
}

/// The working week of the authority.
#[derive(Debug)]
pub(crate) struct Diary(Calendar);

impl Diary {
    pub(crate) fn new() -> Self {
        Self(Calendar::england_and_wales())
    }

    /// The day itself if people work on it, else the next working day.
    pub(crate) fn working(&self, date: NaiveDate) -> NaiveDate {
        match self.0.is_working_day(date) {
            Ok(false) => self.0.next_working_day(date).unwrap_or(date),
            _ => date,
        }
    }

    /// The day itself if people work on it, else the working day before.
    pub(crate) fn working_back(&self, date: NaiveDate) -> NaiveDate {
        match self.0.is_working_day(date) {
            Ok(false) => self.0.previous_working_day(date).unwrap_or(date),
            _ => date,
        }
    }

    /// So many working days later.
    pub(crate) fn after(&self, date: NaiveDate, working_days: i64) -> NaiveDate {
        u32::try_from(working_days)
            .ok()
            .and_then(|count| self.0.add_working_days(date, count).ok())
            .unwrap_or(date)
    }
}
