//! What comes over the edge, checked before it is touched.
//!
//! What can be checked is: NULL, alignment, UTF-8, lengths, dates. What cannot is asked for by the conventions
//! on the first page of the header, which every `unsafe` block of this crate stands on: a pointer that is not
//! NULL points to as many values as the call says, which nobody else changes meanwhile; a handle came from this
//! library and is not freed.

use std::ffi::{CStr, c_char};

use chrono::NaiveDate;
use serde::de::DeserializeOwned;

use crate::status::{
    CSC_BAD_LENGTH, CSC_BAD_VALUE, CSC_MISALIGNED_POINTER, CSC_NOT_UTF8, CSC_NULL_POINTER, Failure,
};

fn check<T>(pointer: *const T, name: &str) -> Result<(), Failure> {
    if pointer.is_null() {
        Err(Failure::new(CSC_NULL_POINTER, format!("`{name}` is NULL")))
    } else if pointer.is_aligned() {
        Ok(())
    } else {
        Err(Failure::new(CSC_MISALIGNED_POINTER, format!("`{name}` is not aligned")))
    }
}

/// What a pointer points to.
///
/// # Safety
/// The conventions of the header.
pub(crate) unsafe fn given<'a, T>(pointer: *const T, name: &str) -> Result<&'a T, Failure> {
    check(pointer, name)?;
    // SAFETY: neither NULL nor misaligned, and by the conventions good for the call.
    Ok(unsafe { &*pointer })
}

/// What a pointer points to, to be changed.
///
/// # Safety
/// The conventions of the header; nobody else uses it during the call.
pub(crate) unsafe fn given_mut<'a, T>(pointer: *mut T, name: &str) -> Result<&'a mut T, Failure> {
    check(pointer, name)?;
    // SAFETY: neither NULL nor misaligned, and by the conventions good for the call and nobody else's.
    Ok(unsafe { &mut *pointer })
}

/// What a pointer points to that may be NULL.
///
/// # Safety
/// The conventions of the header.
pub(crate) unsafe fn optional<'a, T>(pointer: *const T, name: &str) -> Result<Option<&'a T>, Failure> {
    if pointer.is_null() {
        return Ok(None);
    }
    // SAFETY: as asked of the caller.
    unsafe { given(pointer, name) }.map(Some)
}

/// The values of a pointer and a length; none if the length is 0, whatever the pointer.
///
/// # Safety
/// The conventions of the header.
pub(crate) unsafe fn values<'a, T>(pointer: *const T, length: usize, name: &str) -> Result<&'a [T], Failure> {
    if length == 0 {
        return Ok(&[]);
    }
    check(pointer, name)?;
    check_length::<T>(length, name)?;
    // SAFETY: neither NULL, misaligned nor too long, and by the conventions there are so many.
    Ok(unsafe { std::slice::from_raw_parts(pointer, length) })
}

fn check_length<T>(length: usize, name: &str) -> Result<(), Failure> {
    match length.checked_mul(size_of::<T>()) {
        Some(bytes) if isize::try_from(bytes).is_ok() => Ok(()),
        _ => Err(Failure::new(CSC_BAD_LENGTH, format!("`{name}` cannot have {length} values"))),
    }
}

/// A text that ends with a NUL.
///
/// # Safety
/// The conventions of the header.
pub(crate) unsafe fn text<'a>(pointer: *const c_char, name: &str) -> Result<&'a str, Failure> {
    check(pointer, name)?;
    // SAFETY: not NULL, and by the conventions it ends with a NUL.
    let text = unsafe { CStr::from_ptr(pointer) };
    text.to_str().map_err(|_| Failure::new(CSC_NOT_UTF8, format!("`{name}` is not UTF-8")))
}

/// A text that may be left out.
///
/// # Safety
/// As [`text`], unless it is NULL.
pub(crate) unsafe fn optional_text<'a>(
    pointer: *const c_char,
    name: &str,
) -> Result<Option<&'a str>, Failure> {
    if pointer.is_null() {
        return Ok(None);
    }
    // SAFETY: as asked of the caller.
    unsafe { text(pointer, name) }.map(Some)
}

/// What a JSON text says; the default if it is NULL.
///
/// # Safety
/// The conventions of the header.
pub(crate) unsafe fn json<T: DeserializeOwned + Default>(
    pointer: *const c_char,
    name: &str,
) -> Result<T, Failure> {
    if pointer.is_null() {
        return Ok(T::default());
    }
    // SAFETY: not NULL; the rest as asked of the caller.
    parse(unsafe { text(pointer, name) }?, name)
}

/// What a JSON text says.
pub(crate) fn parse<T: DeserializeOwned>(text: &str, name: &str) -> Result<T, Failure> {
    serde_json::from_str(text).map_err(|error| Failure::new(CSC_BAD_VALUE, format!("`{name}`: {error}")))
}

/// The date of a day since 1970-01-01.
pub(crate) fn date(day: i32, name: &str) -> Result<NaiveDate, Failure> {
    NaiveDate::from_epoch_days(day).ok_or_else(|| {
        let message = match day {
            crate::date::CSC_NONE => format!("`{name}` is CSC_NONE, but a date is required"),
            day if day < 0 => format!("`{name}`: {day} days from 1970-01-01 is too early for a date"),
            day => format!("`{name}`: {day} days from 1970-01-01 is too late for a date"),
        };
        Failure::new(CSC_BAD_VALUE, message)
    })
}

/// A month from its text, `2017-03`.
///
/// # Safety
/// The conventions of the header.
pub(crate) unsafe fn month(pointer: *const c_char, name: &str) -> Result<csc_measures::Month, Failure> {
    // SAFETY: as asked of the caller.
    let text = unsafe { text(pointer, name) }?;
    text.parse().map_err(|error| Failure::new(CSC_BAD_VALUE, format!("`{name}`: {error}")))
}

/// Where an output goes: checked before the work is done, written after.
pub(crate) struct Output<T>(*mut T);

/// Where an output goes.
///
/// # Safety
/// The conventions of the header.
pub(crate) unsafe fn output<T>(pointer: *mut T, name: &str) -> Result<Output<T>, Failure> {
    check(pointer, name)?;
    Ok(Output(pointer))
}

impl<T> Output<T> {
    pub(crate) fn write(self, value: T) {
        // SAFETY: neither NULL nor misaligned, and by the conventions it can be written to. What was there
        // before is not a value to be dropped.
        unsafe { self.0.write(value) };
    }
}

/// Where a column of outputs goes.
pub(crate) struct OutputColumn<T> {
    start: *mut T,
    length: usize,
}

/// Where a column of outputs goes; anywhere, if it has no rows.
///
/// # Safety
/// The conventions of the header. The column may be one of the inputs: it is written when those are read.
pub(crate) unsafe fn output_column<T: Copy>(
    start: *mut T,
    length: usize,
    name: &str,
) -> Result<OutputColumn<T>, Failure> {
    if length > 0 {
        check(start, name)?;
        check_length::<T>(length, name)?;
    }
    Ok(OutputColumn { start, length })
}

impl<T: Copy> OutputColumn<T> {
    /// Writes as many values as there is place for.
    pub(crate) fn write(self, values: &[T]) {
        let length = values.len().min(self.length);
        if length > 0 {
            // SAFETY: neither NULL nor misaligned, and by the conventions it has place for them; the values
            // are the library's own, so the two do not overlap.
            unsafe { std::ptr::copy_nonoverlapping(values.as_ptr(), self.start, length) };
        }
    }
}
