//! Decoders of others, which for some damaged files panic instead of returning their error.

use std::panic::{self, AssertUnwindSafe};

/// The decoder gave up midway.
#[derive(Debug, thiserror::Error)]
#[error("it is damaged")]
pub(crate) struct Damaged;

/// Runs a step of a decoder. After a panic nothing of the decoder may be used again.
pub(crate) fn decode<T>(step: impl FnOnce() -> T) -> Result<T, Damaged> {
    panic::catch_unwind(AssertUnwindSafe(step)).map_err(|_| Damaged)
}
