//! Why the program stops, and under which name it says so.

use std::fmt;
use std::io;

/// The program, as its messages name it.
pub(crate) const NAME: &str = "csc-measures";

/// Why the program stops before its end.
pub(crate) enum Stop {
    /// The input cannot be used; the message says why in one line.
    Unusable(String),
    /// The output cannot be written.
    Output(io::Error),
}

impl Stop {
    pub(crate) fn unusable(reason: impl fmt::Display) -> Self {
        Self::Unusable(reason.to_string())
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}
