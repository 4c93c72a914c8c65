//! How the writing of a return ends.

use std::error::Error;

/// Nothing, or what went wrong.
pub(super) type Done = Result<(), Box<dyn Error>>;
