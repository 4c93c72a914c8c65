//! Whether the service as it is reaches its target every month, some months, or none.

use std::fmt;

use serde::Serialize;

use super::near::{is_above, is_below};
use crate::plan::Target;
use crate::value::Decimal;

/// What the limits of the last point say of the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Assurance {
    /// Both limits are on the better side: the target is reached in every month unless something changes.
    Passing,
    /// The target is between the limits: some months reach it and some do not, by nothing that anybody did.
    HitAndMiss,
    /// Both limits are on the worse side: the target is reached in no month unless something changes.
    Failing,
}

impl Assurance {
    /// Its name in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Passing => "passing",
            Self::HitAndMiss => "hit_and_miss",
            Self::Failing => "failing",
        }
    }

    /// That of a target between limits; `None` for a band.
    pub(super) fn of(target: &Target, low: f64, high: f64) -> Option<Self> {
        let (target, is_higher) = match *target {
            Target::Higher { target, .. } => (real(target)?, true),
            Target::Lower { target, .. } => (real(target)?, false),
            Target::Band { .. } => return None,
        };
        Some(match (is_below(target, low), is_above(target, high), is_higher) {
            (true, _, true) | (_, true, false) => Self::Passing,
            (_, true, true) | (true, _, false) => Self::Failing,
            _ => Self::HitAndMiss,
        })
    }
}

impl fmt::Display for Assurance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The nearest float of a target.
fn real(target: Decimal) -> Option<f64> {
    target.to_string().parse().ok()
}
