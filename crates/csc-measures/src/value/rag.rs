//! Red, amber, green: the colour of one obligation.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A colour; red is the greatest, so the worst of several is their maximum.
///
/// # Examples
///
/// ## The worst of a child's clocks
///
/// ```
/// use csc_measures::Rag;
///
/// // the worst of a child's clocks
/// assert_eq!([Rag::Green, Rag::Red, Rag::Amber].into_iter().max(), Some(Rag::Red));
/// assert_eq!(Rag::Amber.to_string(), "amber");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(clippy::exhaustive_enums, reason = "there are three")]
pub enum Rag {
    /// On track.
    Green,
    /// Due soon, or some concern.
    Amber,
    /// Overdue, done late, or serious concern.
    Red,
}

impl Rag {
    /// The colours from good to bad.
    pub const ALL: [Self; 3] = [Self::Green, Self::Amber, Self::Red];

    /// The colour in lower case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
        }
    }
}

impl fmt::Display for Rag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
