//! Clocks: due dates and whether they are kept

use std::ffi::c_char;

use csc_measures::clock::{Clock, ClockOutcome, ClockStatus, Limit};
use csc_measures::{ClockKind, WarningWindow};

use crate::arguments::{date, given, optional, output, text};
use crate::calendar::csc_calendar;
use crate::date::CSC_NONE;
use crate::error::csc_error;
use crate::guard::guarded;
use crate::rag::{code as rag_code, csc_rag};
use crate::status::{CSC_UNKNOWN_CONSTANT, Failure, csc_status};
use crate::text::write_json;

/// What became of an obligation.
pub type csc_clock_outcome = i32;
/// Done in time.
pub const CSC_CLOCK_MET: csc_clock_outcome = 0;
/// Done, but late.
pub const CSC_CLOCK_LATE: csc_clock_outcome = 1;
/// Not done, and still in time.
pub const CSC_CLOCK_NOT_YET_DUE: csc_clock_outcome = 2;
/// Not done, and past due.
pub const CSC_CLOCK_OVERDUE: csc_clock_outcome = 3;

/// How an obligation stood at the end of a day.
#[repr(C)]
pub struct csc_clock_state {
    /// How it came out, or where it stands.
    pub outcome: csc_clock_outcome,
    /// Green if done in time or due later than the warning window, amber if due within it, red if late or overdue.
    pub rag: csc_rag,
    /// The due date: for a clock of working days the last working day in time.
    pub due: i32,
    /// The first day on which it is late.
    pub first_late_day: i32,
    /// If not done and in time, the clock's units (working days, else days) to the due date, and 0 from the
    /// due date on. Otherwise `CSC_NONE`.
    pub days_left: i32,
    /// If done late or overdue, by how many of the clock's units. Otherwise `CSC_NONE`.
    pub days_over: i32,
}

/// What a limit counts.
pub type csc_limit_unit = i32;
/// Working days of the calendar.
pub const CSC_LIMIT_WORKING_DAYS: csc_limit_unit = 0;
/// Calendar days.
pub const CSC_LIMIT_DAYS: csc_limit_unit = 1;
/// Calendar months.
pub const CSC_LIMIT_MONTHS: csc_limit_unit = 2;
/// Nothing: the law sets no number of days, so nothing is due on a date.
pub const CSC_LIMIT_NONE: csc_limit_unit = 3;

/// A council's own terms for a clock. `csc_clock_terms_of` gives the clock's; change what differs.
#[repr(C)]
pub struct csc_clock_terms {
    /// How long there is.
    pub limit: u32,
    /// What the limit counts.
    pub limit_unit: csc_limit_unit,
    /// Whether the day it starts on counts as day 1: not 0 is yes. Clocks that count it already, and those
    /// that are strict, stay as they are.
    pub counts_start_day: i32,
    /// How long before the due date it turns amber: in working days for a limit in working days, else days.
    pub amber: u32,
}

/// Every clock as its last version has it, with its title, limit, source and the measures that use it, as a JSON
/// list. Free the text with `csc_text_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_clocks_json(
    clocks_json: *mut *mut c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let output = unsafe { output(clocks_json, "clocks_json") }?;
        write_json(output, &Clock::all().collect::<Vec<_>>())
    })
}

/// Every version of a clock by date, as a JSON list: from when to when its limit was in force, its source, and
/// how sure both are. Free the text with `csc_text_free`.
///
/// `CSC_UNKNOWN_NAME` if no clock has the id; the message names the nearest.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_clock_versions_json(
    clock: *const c_char,
    versions_json: *mut *mut c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (clock, output) = unsafe { (text(clock, "clock")?, output(versions_json, "versions_json")?) };
        write_json(output, &Clock::by_id(clock)?.versions().collect::<Vec<_>>())
    })
}

/// The due date of a clock, by its id (`"cp_visit"`), that started on a day. Of a clock of working days it is
/// the last working day in time: days off straight after it are in time too, so ask `csc_clock_status` and do
/// not compare with this date.
///
/// `CSC_UNKNOWN_NAME` if no clock has the id; the message names the nearest.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_clock_due(
    clock: *const c_char,
    calendar: *const csc_calendar,
    start: i32,
    due: *mut i32,
    error: *mut *mut csc_error,
) -> csc_status {
    // SAFETY: as asked of the caller.
    unsafe { csc_clock_due_on_terms(clock, std::ptr::null(), calendar, start, due, error) }
}

/// `csc_clock_due` on a council's own terms; NULL for the clock's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_clock_due_on_terms(
    clock: *const c_char,
    terms: *const csc_clock_terms,
    calendar: *const csc_calendar,
    start: i32,
    due: *mut i32,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (calendar, due) = unsafe { (given(calendar, "calendar")?, output(due, "due")?) };
        // SAFETY: by the conventions of the header.
        let day =
            unsafe { on_terms(clock, terms, |clock| Ok(clock.due(date(start, "start")?, &calendar.0)?)) }?;
        due.write(day.to_epoch_days());
        Ok(())
    })
}

/// How an obligation under a clock stood at the end of the day `as_at`. `done` points to the day it was done,
/// and is NULL if it was not done; what was done after `as_at` had not happened yet.
///
/// `CSC_BAD_VALUE` if it was done before it started.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_clock_status(
    clock: *const c_char,
    calendar: *const csc_calendar,
    start: i32,
    done: *const i32,
    as_at: i32,
    state: *mut csc_clock_state,
    error: *mut *mut csc_error,
) -> csc_status {
    // SAFETY: as asked of the caller.
    unsafe { csc_clock_status_on_terms(clock, std::ptr::null(), calendar, start, done, as_at, state, error) }
}

/// `csc_clock_status` on a council's own terms; NULL for the clock's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_clock_status_on_terms(
    clock: *const c_char,
    terms: *const csc_clock_terms,
    calendar: *const csc_calendar,
    start: i32,
    done: *const i32,
    as_at: i32,
    state: *mut csc_clock_state,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (calendar, done, state) =
            unsafe { (given(calendar, "calendar")?, optional(done, "done")?, output(state, "state")?) };
        let done = done.filter(|done| **done != CSC_NONE).map(|done| date(*done, "done")).transpose()?;
        let (start, as_at) = (date(start, "start")?, date(as_at, "as_at")?);
        // SAFETY: by the conventions of the header.
        let status =
            unsafe { on_terms(clock, terms, |clock| Ok(clock.status(start, done, as_at, &calendar.0)?)) }?;
        state.write(csc_clock_state::of(&status));
        Ok(())
    })
}

/// Whether what started on one day and was done on another was done in time.
///
/// `CSC_BAD_VALUE` if it was done before it started.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_clock_in_time(
    clock: *const c_char,
    calendar: *const csc_calendar,
    start: i32,
    done: i32,
    in_time: *mut bool,
    error: *mut *mut csc_error,
) -> csc_status {
    // SAFETY: as asked of the caller.
    unsafe { csc_clock_in_time_on_terms(clock, std::ptr::null(), calendar, start, done, in_time, error) }
}

/// `csc_clock_in_time` on a council's own terms; NULL for the clock's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_clock_in_time_on_terms(
    clock: *const c_char,
    terms: *const csc_clock_terms,
    calendar: *const csc_calendar,
    start: i32,
    done: i32,
    in_time: *mut bool,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (calendar, in_time) = unsafe { (given(calendar, "calendar")?, output(in_time, "in_time")?) };
        let (start, done) = (date(start, "start")?, date(done, "done")?);
        // SAFETY: by the conventions of the header.
        let is_in_time =
            unsafe { on_terms(clock, terms, |clock| Ok(clock.in_time(start, done, &calendar.0)?)) }?;
        in_time.write(is_in_time);
        Ok(())
    })
}

/// The terms of a clock as they were in force on a day, for the functions that take terms.
///
/// `CSC_BAD_VALUE` if no version of the clock was in force on the day; the message says from when to when it
/// was.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_clock_terms_at(
    clock: *const c_char,
    on: i32,
    terms: *mut csc_clock_terms,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (clock, terms) = unsafe { (text(clock, "clock")?, output(terms, "terms")?) };
        terms.write(csc_clock_terms::of(&Clock::by_id(clock)?.at(date(on, "on")?)?));
        Ok(())
    })
}

/// The terms of a clock as its last version sets them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_clock_terms_of(
    clock: *const c_char,
    terms: *mut csc_clock_terms,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (clock, terms) = unsafe { (text(clock, "clock")?, output(terms, "terms")?) };
        terms.write(csc_clock_terms::of(&Clock::by_id(clock)?));
        Ok(())
    })
}

/// Asks a clock by its id, on terms that may be NULL. The clock is asked in place: each move of it would wait
/// on the processor's memory for longer than the answer takes.
///
/// # Safety
/// The conventions of the header.
unsafe fn on_terms<T>(
    clock: *const c_char,
    terms: *const csc_clock_terms,
    ask: impl FnOnce(&Clock) -> Result<T, Failure>,
) -> Result<T, Failure> {
    // SAFETY: as asked of the caller.
    let (clock, terms) = unsafe { (text(clock, "clock")?, optional(terms, "terms")?) };
    let clock = Clock::by_id(clock)?;
    match terms {
        Some(terms) => ask(&terms.apply(clock)?),
        None => ask(&clock),
    }
}

impl csc_clock_terms {
    fn of(clock: &Clock) -> Self {
        let (limit_unit, limit) = match clock.limit() {
            Some(Limit::WorkingDays(limit)) => (CSC_LIMIT_WORKING_DAYS, limit),
            Some(Limit::Days(limit)) => (CSC_LIMIT_DAYS, limit),
            Some(Limit::Months(limit)) => (CSC_LIMIT_MONTHS, limit),
            None => (CSC_LIMIT_NONE, 0),
        };
        let WarningWindow { working_days, days } = clock.warning();
        let amber = match clock.kind() {
            ClockKind::WorkingDays => working_days,
            ClockKind::Days => days,
        };
        let counts_start_day = i32::from(clock.counting_start_day() == *clock);
        Self { limit, limit_unit, counts_start_day, amber }
    }

    fn apply(&self, clock: Clock) -> Result<Clock, Failure> {
        let limit = match self.limit_unit {
            CSC_LIMIT_WORKING_DAYS => Some(Limit::WorkingDays(self.limit)),
            CSC_LIMIT_DAYS => Some(Limit::Days(self.limit)),
            CSC_LIMIT_MONTHS => Some(Limit::Months(self.limit)),
            CSC_LIMIT_NONE => None,
            other => {
                return Err(Failure::new(CSC_UNKNOWN_CONSTANT, format!("{other} is not a csc_limit_unit")));
            }
        };
        let clock = clock
            .with_limit(limit)
            .with_warning(WarningWindow { working_days: self.amber, days: self.amber });
        Ok(if self.counts_start_day == 0 { clock } else { clock.counting_start_day() })
    }
}

impl csc_clock_state {
    fn of(status: &ClockStatus) -> Self {
        let count =
            |units: Option<u32>| units.map_or(CSC_NONE, |units| i32::try_from(units).unwrap_or(i32::MAX));
        Self {
            outcome: match status.outcome {
                ClockOutcome::Met => CSC_CLOCK_MET,
                ClockOutcome::Late => CSC_CLOCK_LATE,
                ClockOutcome::NotYetDue => CSC_CLOCK_NOT_YET_DUE,
                ClockOutcome::Overdue => CSC_CLOCK_OVERDUE,
            },
            rag: rag_code(status.rag),
            due: status.due.to_epoch_days(),
            first_late_day: status.first_late_day.to_epoch_days(),
            days_left: count(status.days_left),
            days_over: count(status.days_over),
        }
    }
}
