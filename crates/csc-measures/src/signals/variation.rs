//! What a point says of the service.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;

use super::marks::Mark;
use super::near::Side;
use super::runs::Succession;
use crate::measures::Better;

/// What a point says: nothing, or that something changed for better or worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Variation {
    /// The months' own ups and downs: no mark.
    Common,
    /// A mark on the better side.
    Improvement,
    /// A mark on the worse side.
    Concern,
    /// A mark on the upper side of a measure of which neither way is better.
    High,
    /// A mark on the lower side of such a measure.
    Low,
}

impl Variation {
    /// Its name in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Common => "common",
            Self::Improvement => "improvement",
            Self::Concern => "concern",
            Self::High => "high",
            Self::Low => "low",
        }
    }

    /// That of a point by its marks. One with marks of both sides goes by its own side of the centre, and on the centre,
    /// where a trend ends and another starts, by the one that starts.
    pub(super) fn of(
        better: Better,
        marks: &BTreeSet<Mark>,
        own_side: Option<Side>,
        starting: Option<&Succession>,
    ) -> Self {
        let sides = Side::ALL.map(|side| marks.iter().any(|mark| mark.side() == side));
        let side = match sides {
            [false, false] => return Self::Common,
            [true, false] => Side::High,
            [false, true] => Side::Low,
            [true, true] => own_side.or(starting.map(|trend| trend.side)).unwrap_or(Side::High),
        };
        match (better, side) {
            (Better::Higher, Side::High) | (Better::Lower, Side::Low) => Self::Improvement,
            (Better::Higher, Side::Low) | (Better::Lower, Side::High) => Self::Concern,
            (Better::Neutral, Side::High) => Self::High,
            (Better::Neutral, Side::Low) => Self::Low,
        }
    }
}

impl fmt::Display for Variation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
