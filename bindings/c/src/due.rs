//! What is due: to one child, and to everybody

use std::ffi::c_char;

use chrono::NaiveDate;
use csc_measures::Options;
use csc_measures::due::{AsAt, DueFilter};
use csc_measures_arrow::interface::ArrowArrayStream;
use csc_measures_arrow::obligations_batch;

use crate::arguments::{date, given, json, output, text};
use crate::arrow::write_stream;
use crate::dataset::csc_dataset;
use crate::error::csc_error;
use crate::guard::guarded;
use crate::quiet::quietly;
use crate::status::{Failure, csc_status};
use crate::text::write_json;

/// A dataset as at a day: made once, asked for any number of children. It never changes: any number of
/// threads may ask a `const csc_as_at *` at once.
pub struct csc_as_at(AsAt);

/// Makes the view of a dataset as at the end of a day. `options_json` is as in `csc_scorecard_run`; NULL for the
/// defaults. Free the view with `csc_as_at_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_as_at_new(
    dataset: *const csc_dataset,
    day: i32,
    options_json: *const c_char,
    as_at: *mut *mut csc_as_at,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (asked, as_at) =
            unsafe { (Asked::new(dataset, day, "day", options_json)?, output(as_at, "as_at")?) };
        as_at.write(Box::into_raw(Box::new(csc_as_at(asked.as_at()?))));
        Ok(())
    })
}

/// Frees a day's view. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_as_at_free(as_at: *mut csc_as_at) {
    quietly(|| {
        if !as_at.is_null() {
            // SAFETY: by the conventions of the header it came from `csc_as_at_new`, and is freed once.
            drop(unsafe { Box::from_raw(as_at) });
        }
    });
}

/// One child: the cohorts, and every open obligation with due date, colour and reason, soonest first, as a
/// JSON object. Free the text with `csc_text_free`.
///
/// `CSC_UNKNOWN_NAME` if the person is in none of the tables.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_as_at_person_json(
    as_at: *const csc_as_at,
    person_id: *const c_char,
    person_json: *mut *mut c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (as_at, person, output) = unsafe {
            (given(as_at, "as_at")?, text(person_id, "person_id")?, output(person_json, "person_json")?)
        };
        write_json(output, &as_at.0.person(person)?)
    })
}

/// Every open obligation to anybody, soonest first, as a JSON object. `filter_json` chooses among them, by any
/// of these keys: `{"within": 10, "rag": ["red", "amber"], "clocks": ["cp_visit"], "teams": ["North"]}`. `within`
/// counts working days; an empty list lets nothing through, and a null among the teams is no team. NULL gives all. Free the text with `csc_text_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_as_at_due_list_json(
    as_at: *const csc_as_at,
    filter_json: *const c_char,
    due_list_json: *mut *mut c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (as_at, filter, output) = unsafe {
            (
                given(as_at, "as_at")?,
                json::<DueFilter>(filter_json, "filter_json")?,
                output(due_list_json, "due_list_json")?,
            )
        };
        write_json(output, &as_at.0.due_list(&filter)?)
    })
}

/// The obligations of `csc_as_at_due_list_json` as an Arrow stream of one batch. Release the stream when it
/// is read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_as_at_due_list_arrow(
    as_at: *const csc_as_at,
    filter_json: *const c_char,
    obligations: *mut ArrowArrayStream,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (as_at, filter, output) = unsafe {
            (
                given(as_at, "as_at")?,
                json::<DueFilter>(filter_json, "filter_json")?,
                output(obligations, "obligations")?,
            )
        };
        let list = as_at.0.due_list(&filter)?;
        write_stream(output, obligations_batch(&list.obligations, &list.definitions))
    })
}

/// `csc_as_at_person_json` of a dataset as at the end of a day, in one call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_dataset_person_json(
    dataset: *const csc_dataset,
    person_id: *const c_char,
    as_at: i32,
    options_json: *const c_char,
    person_json: *mut *mut c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (asked, person, output) = unsafe {
            (
                Asked::new(dataset, as_at, "as_at", options_json)?,
                text(person_id, "person_id")?,
                output(person_json, "person_json")?,
            )
        };
        write_json(output, &asked.as_at()?.person(person)?)
    })
}

/// `csc_as_at_due_list_json` of a dataset as at the end of a day, in one call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_dataset_due_list_json(
    dataset: *const csc_dataset,
    as_at: i32,
    options_json: *const c_char,
    filter_json: *const c_char,
    due_list_json: *mut *mut c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (asked, filter, output) = unsafe {
            (
                Asked::new(dataset, as_at, "as_at", options_json)?,
                json::<DueFilter>(filter_json, "filter_json")?,
                output(due_list_json, "due_list_json")?,
            )
        };
        write_json(output, &asked.as_at()?.due_list(&filter)?)
    })
}

/// The obligations of `csc_dataset_due_list_json` as an Arrow stream of one batch. Release the stream when it
/// is read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_dataset_due_list_arrow(
    dataset: *const csc_dataset,
    as_at: i32,
    options_json: *const c_char,
    filter_json: *const c_char,
    obligations: *mut ArrowArrayStream,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (asked, filter, output) = unsafe {
            (
                Asked::new(dataset, as_at, "as_at", options_json)?,
                json::<DueFilter>(filter_json, "filter_json")?,
                output(obligations, "obligations")?,
            )
        };
        let list = asked.as_at()?.due_list(&filter)?;
        write_stream(output, obligations_batch(&list.obligations, &list.definitions))
    })
}

/// The dataset, day and options that a view is made from.
struct Asked<'a> {
    dataset: &'a csc_dataset,
    day: NaiveDate,
    options: Options,
}

impl<'a> Asked<'a> {
    /// # Safety
    /// The conventions of the header.
    unsafe fn new(
        dataset: *const csc_dataset,
        day: i32,
        day_name: &str,
        options_json: *const c_char,
    ) -> Result<Self, Failure> {
        // SAFETY: as asked of the caller.
        let (dataset, options) = unsafe { (given(dataset, "dataset")?, json(options_json, "options_json")?) };
        Ok(Self { dataset, day: date(day, day_name)?, options })
    }

    fn as_at(&self) -> Result<AsAt, Failure> {
        Ok(self.dataset.0.as_at(self.day, &self.options)?)
    }
}
