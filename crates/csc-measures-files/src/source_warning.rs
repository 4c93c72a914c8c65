//! What is reported of the years of a return.

use std::fmt;

use serde::{Serialize, Serializer};

/// What whoever supplied a return of several years should know before anybody reads a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SourceWarning {
    /// A year, by the calendar year in which it ends, that is not among the files though a later one is: what was open
    /// before it stays open.
    YearMissing {
        /// The year.
        year: i32,
    },
    /// A file or folder whose name says another year than what is in it.
    OtherYear {
        /// The name.
        name: String,
        /// The year that it says.
        named: i32,
        /// The year that is taken.
        taken: i32,
    },
}

impl SourceWarning {
    /// The warning in a sentence, with its code.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::YearMissing { year } => format!(
                "{self}: no file says what went on in the year to March {year}; what was open before it and is in no later \
                 file stays open"
            ),
            Self::OtherYear { name, named, taken } => {
                format!("{self}: `{name}` says {named}, and what is in it is of the year to March {taken}")
            }
        }
    }
}

impl fmt::Display for SourceWarning {
    /// The code: `year_missing:2017`, `other_year:episodes_2016.csv:2017` with the year that is taken.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::YearMissing { year } => write!(f, "year_missing:{year}"),
            Self::OtherYear { name, taken, .. } => write!(f, "other_year:{name}:{taken}"),
        }
    }
}

impl Serialize for SourceWarning {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
