//! From when to when a limit is in force, who set the limit, and how sure this library is of both.

use serde::{Deserialize, Serialize};

/// How sure a limit is, or the days on which it is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Certainty {
    /// A text of the instrument, of its explanatory note or of a reprint was read.
    Verified,
    /// A manual, a council, a barrister or a charity says so; the instrument itself was not read.
    SecondHand,
    /// Neither: it is common knowledge of the field, and should be checked before anybody relies on it.
    FromKnowledge,
}

impl Certainty {
    /// The word in the JSON of a clock, such as `second-hand`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::SecondHand => "second-hand",
            Self::FromKnowledge => "from-knowledge",
        }
    }
}

/// Who set a timescale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Standing {
    /// The law, or guidance that applies to every council in England.
    National,
    /// A council or its plan: no national limit exists.
    Local,
    /// A statistic to compare with, not a duty.
    Context,
    /// Passed by Parliament, and not commenced as far as is known.
    NotCommenced,
}

impl Standing {
    /// The word in the JSON of a clock, such as `local`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::National => "national",
            Self::Local => "local",
            Self::Context => "context",
            Self::NotCommenced => "not_commenced",
        }
    }
}
