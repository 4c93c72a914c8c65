//! What results are put into sections by.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};

use crate::value::names::{nearest, shown};

/// What results are put into sections by.
///
/// # Examples
///
/// ## A misspelt word
///
/// ```
/// use csc_measures::SectionBy;
///
/// assert_eq!("recommendation".parse(), Ok(SectionBy::Recommendation));
/// let error = "recommendations".parse::<SectionBy>().unwrap_err();
/// assert_eq!(error.to_string(), "unknown value `recommendations`, did you mean `recommendation`?");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(clippy::exhaustive_enums, reason = "the plan has no third order")]
pub enum SectionBy {
    /// The outcomes of the plan.
    Outcome,
    /// The recommendations that the plan answers.
    Recommendation,
}

/// A text that is neither `outcome` nor `recommendation`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown value `{given}`, did you mean `{nearest}`?")]
pub struct ParseSectionByError {
    given: String,
    nearest: &'static str,
}

impl SectionBy {
    /// The two.
    pub const ALL: [Self; 2] = [Self::Outcome, Self::Recommendation];

    /// Its name: `outcome` or `recommendation`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Outcome => "outcome",
            Self::Recommendation => "recommendation",
        }
    }
}

impl fmt::Display for SectionBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for SectionBy {
    type Err = ParseSectionByError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|by| by.as_str() == text).ok_or_else(|| ParseSectionByError {
            given: shown(text),
            nearest: nearest(text, Self::ALL.map(Self::as_str)),
        })
    }
}

impl<'de> Deserialize<'de> for SectionBy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
