//! The kinds of sources.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// What data can be read from: tables, or a return as councils send it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SourceKind {
    /// Tables as CSV or Parquet files.
    Tables,
    /// The SSDA903 return on looked after children, of a year or of several.
    Ssda903,
    /// The children in need census, of a year or of several.
    CinCensus,
    /// The lists of children that an inspection asks for, as at a day.
    AnnexA,
    /// The children's social care API of the Department for Education: a child an object.
    CscApi,
    /// The social work workforce census, as at 30 September.
    Csww,
}

/// A name that is not a kind of source.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown source `{name}`; expected tables, ssda903, cin_census, annex_a, csc_api or csww")]
pub struct ParseSourceKindError {
    name: String,
}

impl SourceKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Tables, Self::Ssda903, Self::CinCensus, Self::AnnexA, Self::CscApi, Self::Csww];

    /// Its name: `tables`, `ssda903`, `cin_census`, `annex_a`, `csc_api`, `csww`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tables => "tables",
            Self::Ssda903 => "ssda903",
            Self::CinCensus => "cin_census",
            Self::AnnexA => "annex_a",
            Self::CscApi => "csc_api",
            Self::Csww => "csww",
        }
    }

    /// What it is, to be read: `SSDA903 return`.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Tables => "tables",
            Self::Ssda903 => "SSDA903 return",
            Self::CinCensus => "children in need census",
            Self::AnnexA => "Annex A",
            Self::CscApi => "children's social care API",
            Self::Csww => "social work workforce census",
        }
    }
}

impl fmt::Display for SourceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for SourceKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl FromStr for SourceKind {
    type Err = ParseSourceKindError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|kind| kind.as_str() == name);
        found.ok_or_else(|| ParseSourceKindError { name: name.chars().take(40).collect() })
    }
}
