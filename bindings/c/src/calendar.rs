//! Calendars: working days

use std::ffi::c_char;

use chrono::NaiveDate;
use csc_measures::Calendar;
use csc_measures::calendar::{Closures, DateColumn, Nation};
use serde::Serialize;

use crate::arguments::{OutputColumn, date, given, given_mut, output, output_column, parse, text, values};
use crate::date::CSC_NONE;
use crate::error::csc_error;
use crate::guard::guarded;
use crate::quiet::quietly;
use crate::status::{CSC_UNKNOWN_CONSTANT, Failure, csc_status};
use crate::text::write_json;

/// The working days of a nation, 1995 to 2050: not Saturday, Sunday, a bank holiday or a council's closure.
///
/// Any number of threads may ask a `const csc_calendar *` at once. Adding closures is for one thread, while
/// no other asks.
pub struct csc_calendar(pub(crate) Calendar);

/// Whose bank holidays.
pub type csc_nation = i32;
/// England and Wales.
pub const CSC_NATION_ENGLAND_AND_WALES: csc_nation = 0;
/// Scotland.
pub const CSC_NATION_SCOTLAND: csc_nation = 1;
/// Northern Ireland.
pub const CSC_NATION_NORTHERN_IRELAND: csc_nation = 2;

fn nation(code: csc_nation) -> Result<Nation, Failure> {
    match code {
        CSC_NATION_ENGLAND_AND_WALES => Ok(Nation::EnglandAndWales),
        CSC_NATION_SCOTLAND => Ok(Nation::Scotland),
        CSC_NATION_NORTHERN_IRELAND => Ok(Nation::NorthernIreland),
        _ => Err(Failure::new(CSC_UNKNOWN_CONSTANT, format!("{code} is not a csc_nation"))),
    }
}

/// Makes the calendar of a nation. Free it with `csc_calendar_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_calendar_new(
    nation_of: csc_nation,
    calendar: *mut *mut csc_calendar,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let calendar = unsafe { output(calendar, "calendar") }?;
        let made = csc_calendar(Calendar::for_nation(nation(nation_of)?));
        calendar.write(Box::into_raw(Box::new(made)));
        Ok(())
    })
}

/// Frees a calendar. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_calendar_free(calendar: *mut csc_calendar) {
    quietly(|| {
        if !calendar.is_null() {
            // SAFETY: by the conventions of the header it came from `csc_calendar_new`, and is freed once.
            drop(unsafe { Box::from_raw(calendar) });
        }
    });
}

/// Adds a day on which the council is closed, so that it is not a working day. A weekend or bank holiday changes
/// nothing. Call it before the calendar is first used, or while no other thread uses it.
///
/// `CSC_OUTSIDE_CALENDAR` if the day is before 1995 or after 2050.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_calendar_add_closure(
    calendar: *mut csc_calendar,
    day: i32,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let calendar = unsafe { given_mut(calendar, "calendar") }?;
        calendar.0 = calendar.0.with_closures([date(day, "day")?])?;
        Ok(())
    })
}

/// Adds closures from JSON: a list of dates (`["2017-12-27"]`), or the bank holidays as GOV.UK publishes them
/// (https://www.gov.uk/bank-holidays.json), of which the events of the calendar's nation are added. Call it
/// before the calendar is first used, or while no other thread uses it.
///
/// `CSC_BAD_VALUE` if the text is neither, or has no division for the nation.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_calendar_add_closures_json(
    calendar: *mut csc_calendar,
    closures_json: *const c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (calendar, closures) =
            unsafe { (given_mut(calendar, "calendar")?, text(closures_json, "closures_json")?) };
        let closures: Closures = parse(closures, "closures_json")?;
        calendar.0 = calendar.0.with(&closures)?;
        Ok(())
    })
}

/// The first and the last day that the calendar knows, and the last day for which the bank holidays are those
/// that the government has announced; later ones are worked out by the rules.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_calendar_range(
    calendar: *const csc_calendar,
    first: *mut i32,
    last: *mut i32,
    published_until: *mut i32,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (calendar, first, last, published_until) = unsafe {
            (
                given(calendar, "calendar")?,
                output(first, "first")?,
                output(last, "last")?,
                output(published_until, "published_until")?,
            )
        };
        first.write(calendar.0.first().to_epoch_days());
        last.write(calendar.0.last().to_epoch_days());
        published_until.write(calendar.0.published_until().to_epoch_days());
        Ok(())
    })
}

/// The bank holidays of the calendar as a JSON list in order of date, each on the day on which it is kept:
/// `[{"title": "New Year’s Day", "date": "1995-01-02"}]`. Free the text with `csc_text_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_calendar_holidays_json(
    calendar: *const csc_calendar,
    holidays_json: *mut *mut c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    #[derive(Serialize)]
    struct Holiday<'a> {
        title: &'a str,
        date: NaiveDate,
    }
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (calendar, output) =
            unsafe { (given(calendar, "calendar")?, output(holidays_json, "holidays_json")?) };
        let holidays: Vec<Holiday<'_>> =
            calendar.0.holidays().map(|(date, title)| Holiday { title, date }).collect();
        write_json(output, &holidays)
    })
}

/// Whether a day is a working day.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_calendar_is_working_day(
    calendar: *const csc_calendar,
    day: i32,
    is_working_day: *mut bool,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (calendar, output) =
            unsafe { (given(calendar, "calendar")?, output(is_working_day, "is_working_day")?) };
        output.write(calendar.0.is_working_day(date(day, "day")?)?);
        Ok(())
    })
}

/// The first working day after a day.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_calendar_next_working_day(
    calendar: *const csc_calendar,
    day: i32,
    next: *mut i32,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (calendar, next) = unsafe { (given(calendar, "calendar")?, output(next, "next")?) };
        next.write(calendar.0.next_working_day(date(day, "day")?)?.to_epoch_days());
        Ok(())
    })
}

/// The last working day before a day.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_calendar_previous_working_day(
    calendar: *const csc_calendar,
    day: i32,
    previous: *mut i32,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (calendar, previous) = unsafe { (given(calendar, "calendar")?, output(previous, "previous")?) };
        previous.write(calendar.0.previous_working_day(date(day, "day")?)?.to_epoch_days());
        Ok(())
    })
}

/// The working days after `start`, up to and including `end`; 0 if `end` is not after `start`. What is done
/// so many working days after it began took that long, and is in time if that is within the limit.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_calendar_working_days_between(
    calendar: *const csc_calendar,
    start: i32,
    end: i32,
    working_days: *mut i32,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (calendar, output) =
            unsafe { (given(calendar, "calendar")?, output(working_days, "working_days")?) };
        output.write(calendar.0.working_days_between(date(start, "start")?, date(end, "end")?)?);
        Ok(())
    })
}

/// The first day on or after `start` by which so many working days have passed: the last working day in time
/// of a limit of that length. Days off straight after it are still in time, so test the count and not this
/// day. 0 gives `start` itself, working day or not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_calendar_add_working_days(
    calendar: *const csc_calendar,
    start: i32,
    working_days: u32,
    day: *mut i32,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (calendar, day) = unsafe { (given(calendar, "calendar")?, output(day, "day")?) };
        let found = calendar.0.add_working_days(date(start, "start")?, working_days)?;
        day.write(found.to_epoch_days());
        Ok(())
    })
}

/// `csc_calendar_is_working_day` for each of `length` days: 1 for a working day, 0 for another, `CSC_NONE` for a
/// day that is `CSC_NONE`. `are_working_days` has room for `length` values, and may be `days` itself.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_calendar_is_working_day_column(
    calendar: *const csc_calendar,
    days: *const i32,
    length: usize,
    are_working_days: *mut i32,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (calendar, days, output) = unsafe {
            (
                given(calendar, "calendar")?,
                Days::new(values(days, length, "days")?),
                output_column(are_working_days, length, "are_working_days")?,
            )
        };
        let found = calendar.0.is_working_day_column(&days.column()?)?;
        write(output, found.values.into_iter().map(i32::from).collect(), found.validity);
        Ok(())
    })
}

/// `csc_calendar_working_days_between` for each of `length` pairs; `CSC_NONE` if either day is
/// `CSC_NONE`. `working_days` has room for `length` values, and may be `starts` or `ends` itself.
///
/// `CSC_OUTSIDE_CALENDAR` with the first row whose day is outside the calendar, and nothing is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_calendar_working_days_between_column(
    calendar: *const csc_calendar,
    starts: *const i32,
    ends: *const i32,
    length: usize,
    working_days: *mut i32,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (calendar, starts, ends, output) = unsafe {
            (
                given(calendar, "calendar")?,
                Days::new(values(starts, length, "starts")?),
                Days::new(values(ends, length, "ends")?),
                output_column(working_days, length, "working_days")?,
            )
        };
        let found = calendar.0.working_days_between_columns(&starts.column()?, &ends.column()?)?;
        write(output, found.values, found.validity);
        Ok(())
    })
}

/// `csc_calendar_add_working_days` of the same number to each of `length` days; `CSC_NONE` for a day that is
/// `CSC_NONE`. `days` has room for `length` values, and may be `starts` itself.
///
/// `CSC_OUTSIDE_CALENDAR` with the first row that has no answer, and nothing is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_calendar_add_working_days_column(
    calendar: *const csc_calendar,
    starts: *const i32,
    length: usize,
    working_days: u32,
    days: *mut i32,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (calendar, starts, output) = unsafe {
            (
                given(calendar, "calendar")?,
                Days::new(values(starts, length, "starts")?),
                output_column(days, length, "days")?,
            )
        };
        let found = calendar.0.add_working_days_column(&starts.column()?, working_days)?;
        write(output, found.values, found.validity);
        Ok(())
    })
}

/// A column of days in which `CSC_NONE` is a null.
struct Days<'a> {
    days: &'a [i32],
    validity: Option<Vec<u8>>,
}

impl<'a> Days<'a> {
    fn new(days: &'a [i32]) -> Self {
        // One plain pass tells whether there is a null at all.
        let has_nulls = days.iter().copied().min() == Some(CSC_NONE);
        let validity = has_nulls.then(|| {
            days.chunks(8)
                .map(|chunk| {
                    let bit = |(place, day): (usize, &i32)| u8::from(*day != CSC_NONE) << place;
                    chunk.iter().enumerate().map(bit).fold(0, |byte, bit| byte | bit)
                })
                .collect()
        });
        Self { days, validity }
    }

    fn column(&self) -> Result<DateColumn<'_>, Failure> {
        match &self.validity {
            Some(bits) => Ok(DateColumn::with_validity(self.days, bits, 0)?),
            None => Ok(DateColumn::new(self.days)),
        }
    }
}

/// Writes answers, `CSC_NONE` for each null.
fn write(output: OutputColumn<i32>, mut answers: Vec<i32>, validity: Option<Vec<u8>>) {
    if let Some(bits) = validity {
        for (chunk, byte) in answers.chunks_mut(8).zip(bits) {
            for (place, answer) in chunk.iter_mut().enumerate() {
                if byte >> place & 1 == 0 {
                    *answer = CSC_NONE;
                }
            }
        }
    }
    output.write(&answers);
}
