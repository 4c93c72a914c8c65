//! Work whose panics are kept from the caller, and that has no error to return.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Does work that cannot report a panic to anybody.
pub(crate) fn quietly(work: impl FnOnce()) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(work)) {
        std::mem::forget(panic);
    }
}
