//! The one boundary that no panic crosses.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::csc_error;
use crate::quiet::quietly;
use crate::status::{CSC_INTERNAL, CSC_OK, Failure, csc_status};

/// Does the work of a call. Where it fails, or panics, the caller has a status and, if asked for, an error.
pub(crate) fn guarded(error: *mut *mut csc_error, work: impl FnOnce() -> Result<(), Failure>) -> csc_status {
    let failure = match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(())) => return CSC_OK,
        Ok(Err(failure)) => failure,
        Err(panic) => {
            // What was thrown may itself panic when it is dropped.
            std::mem::forget(panic);
            Failure::new(CSC_INTERNAL, "an internal error of csc-measures")
        }
    };
    let status = failure.status;
    if !error.is_null() && error.is_aligned() {
        quietly(|| {
            let failed = Box::into_raw(Box::new(csc_error::new(failure)));
            // SAFETY: by the conventions of the header a pointer for the error that is not NULL can be
            // written to; it need not hold anything before.
            unsafe { error.write(failed) };
        });
    }
    status
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, clippy::unwrap_used, reason = "panics are what is tested")]

    use std::ffi::CStr;
    use std::ptr;

    use super::*;
    use crate::error::{csc_error_free, csc_error_message, csc_error_status};

    #[test]
    fn a_panic_is_a_status_and_tells_nothing_of_what_was_at_hand() {
        let mut error = ptr::null_mut();
        let status = guarded(&raw mut error, || panic!("the child's name"));
        assert_eq!(status, CSC_INTERNAL);
        // SAFETY: the error was made by the call above.
        unsafe {
            assert_eq!(csc_error_status(error), CSC_INTERNAL);
            let message = CStr::from_ptr(csc_error_message(error)).to_str().unwrap();
            assert_eq!(message, "an internal error of csc-measures");
            csc_error_free(error);
        }
    }

    #[test]
    fn a_broken_invariant_of_the_core_is_an_internal_error() {
        let broken = || {
            csc_measures::break_an_invariant();
            Ok(())
        };
        assert_eq!(guarded(ptr::null_mut(), broken), CSC_INTERNAL);
    }

    #[test]
    fn what_was_thrown_may_panic_when_it_is_dropped() {
        struct Bomb;
        impl Drop for Bomb {
            fn drop(&mut self) {
                panic!("again");
            }
        }
        assert_eq!(guarded(ptr::null_mut(), || std::panic::panic_any(Bomb)), CSC_INTERNAL);
        quietly(|| std::panic::panic_any(Bomb));
    }

    #[test]
    fn nobody_need_ask_for_the_error() {
        assert_eq!(guarded(ptr::null_mut(), || Err(Failure::new(9, "nine"))), 9);
    }
}
