//! Errors: the code and the message of a call that failed

use std::ffi::{CString, c_char};

use crate::arguments::given;
use crate::quiet::quietly;
use crate::status::{CSC_OK, Failure, csc_status};

/// Why a call failed. It owns its message; any number of threads may read it at once.
pub struct csc_error {
    status: csc_status,
    message: CString,
}

impl csc_error {
    pub(crate) fn new(failure: Failure) -> Self {
        // A message may quote an id with a NUL in it.
        let message = failure.message.replace('\0', "\u{fffd}");
        Self { status: failure.status, message: CString::new(message).unwrap_or_default() }
    }
}

/// The status code of an error; `CSC_OK` if it is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_error_status(error: *const csc_error) -> csc_status {
    // SAFETY: by the conventions of the header.
    unsafe { given(error, "error") }.map_or(CSC_OK, |error| error.status)
}

/// The message for a person: UTF-8, in lower case, without a full stop, and without data of any child beyond
/// ids. It belongs to the error and is freed with it. It is never NULL: if the error is NULL, it is empty.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_error_message(error: *const csc_error) -> *const c_char {
    // SAFETY: by the conventions of the header.
    unsafe { given(error, "error") }.map_or(c"".as_ptr(), |error| error.message.as_ptr())
}

/// Frees an error. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_error_free(error: *mut csc_error) {
    quietly(|| {
        if !error.is_null() {
            // SAFETY: by the conventions of the header it came from a call that failed, and is freed once.
            drop(unsafe { Box::from_raw(error) });
        }
    });
}
