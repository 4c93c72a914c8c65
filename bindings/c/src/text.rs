//! Texts that the library writes

use std::ffi::{CString, c_char};

use serde::Serialize;

use crate::arguments::Output;
use crate::quiet::quietly;
use crate::status::{CSC_INTERNAL, Failure};

/// Frees a text that a call wrote. NULL is fine. Do not free any other text with it: a literal, or one from `malloc`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_text_free(text: *mut c_char) {
    quietly(|| {
        if !text.is_null() {
            // SAFETY: by the conventions of the header it came from a call that wrote a text, is unchanged in
            // length, and is freed once.
            drop(unsafe { CString::from_raw(text) });
        }
    });
}

/// Writes a value as JSON.
pub(crate) fn write_json(output: Output<*mut c_char>, value: &impl Serialize) -> Result<(), Failure> {
    // JSON has an escape for NUL, so none is in the text.
    let text = serde_json::to_vec(value).ok().and_then(|text| CString::new(text).ok());
    match text {
        Some(text) => {
            output.write(text.into_raw());
            Ok(())
        }
        None => Err(Failure::new(CSC_INTERNAL, "an answer could not be written as JSON")),
    }
}
