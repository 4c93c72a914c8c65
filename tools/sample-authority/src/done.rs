//! How the writing of a file ends.

use std::error::Error;

/// Nothing, or what went wrong.
pub(crate) type Done = Result<(), Box<dyn Error>>;
