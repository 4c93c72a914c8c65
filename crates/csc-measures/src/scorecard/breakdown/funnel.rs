//! Whether a group differs from the whole by more than chance: exact binomial tails, as a funnel plot draws them.

use serde::Serialize;

use crate::value::float::real;
use crate::value::tails::{Distribution, is_at_most};

/// Where the percentage of a group is in the funnel of the whole.
///
/// Of forty groups of a stationary service one or two are outside by chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Funnel {
    /// As far below as one group in a thousand is by chance, or further.
    #[serde(rename = "below_998")]
    Below998,
    /// As far below as one group in forty is by chance, or further.
    #[serde(rename = "below_95")]
    Below95,
    /// As near as chance alone explains.
    Within,
    /// As far above as one group in forty is by chance, or further.
    #[serde(rename = "above_95")]
    Above95,
    /// As far above as one group in a thousand is by chance, or further.
    #[serde(rename = "above_998")]
    Above998,
}

impl Funnel {
    /// Its word in results.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Below998 => "below_998",
            Self::Below95 => "below_95",
            Self::Within => "within",
            Self::Above95 => "above_95",
            Self::Above998 => "above_998",
        }
    }
}

/// Cases of a group from which on it is compared.
const ENOUGH: u64 = 10;

/// How unlikely a group this far out is, if its cases came out like those of the whole.
const FAR: f64 = 0.001;
const NEAR: f64 = 0.025;

/// A count out of so many.
#[derive(Clone, Copy, Debug)]
pub(super) struct Of {
    pub(super) counted: u64,
    pub(super) of: u64,
}

/// Where a group is in the funnel of the whole; `None`: it has too few cases.
pub(super) fn funnel(group: Of, whole: Of) -> Option<Funnel> {
    if group.of < ENOUGH {
        return None;
    }
    if whole.counted == 0 || whole.counted == whole.of {
        return Some(Funnel::Within);
    }
    let (above, below) = tails(group, whole);
    Some(match (above, below) {
        (above, _) if is_at_most(above, FAR) => Funnel::Above998,
        (above, _) if is_at_most(above, NEAR) => Funnel::Above95,
        (_, below) if is_at_most(below, FAR) => Funnel::Below998,
        (_, below) if is_at_most(below, NEAR) => Funnel::Below95,
        _ => Funnel::Within,
    })
}

/// How likely at least, and at most, as many are counted of the group as there are, if each counts with the chance that
/// the whole has.
fn tails(group: Of, whole: Of) -> (f64, f64) {
    let chance = real(whole.counted.into()) / real(whole.of.into());
    let Ok(cases) = i64::try_from(group.of) else { return (1.0, 1.0) };
    let counted = i64::try_from(group.counted).unwrap_or(cases);
    let cases = Distribution::Binomial { cases, chance };
    (cases.at_least(counted), cases.at_most(counted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_are_those_that_a_hand_can_work_out() {
        // Ten tosses of a fair coin: ten heads 1/1024, nine or more 11/1024.
        let coin = |counted| tails(Of { counted, of: 10 }, Of { counted: 1, of: 2 });
        assert!((coin(10).0 - 1.0 / 1024.0).abs() < 1e-15);
        assert!((coin(9).0 - 11.0 / 1024.0).abs() < 1e-15);
        assert!((coin(1).1 - 11.0 / 1024.0).abs() < 1e-15);
        assert!((coin(5).0 - coin(5).1).abs() < 1e-15);
    }

    #[test]
    fn a_group_is_placed_by_its_tails() {
        let half = Of { counted: 50, of: 100 };
        let of = |counted, of| funnel(Of { counted, of }, half);
        assert_eq!(of(9, 9), None);
        assert_eq!(of(10, 10), Some(Funnel::Above998));
        assert_eq!(of(9, 10), Some(Funnel::Above95));
        assert_eq!(of(8, 10), Some(Funnel::Within));
        assert_eq!(of(1, 10), Some(Funnel::Below95));
        assert_eq!(of(0, 10), Some(Funnel::Below998));
        // Of a whole in which every case counts, or none, no group is far.
        assert_eq!(funnel(Of { counted: 10, of: 10 }, Of { counted: 0, of: 40 }), Some(Funnel::Within));
        assert_eq!(funnel(Of { counted: 0, of: 10 }, Of { counted: 40, of: 40 }), Some(Funnel::Within));
    }

    #[test]
    fn many_cases_overflow_nothing() {
        let whole = Of { counted: 300_000, of: 1_000_000 };
        assert_eq!(funnel(Of { counted: 150_000, of: 500_000 }, whole), Some(Funnel::Within));
        assert_eq!(funnel(Of { counted: 152_000, of: 500_000 }, whole), Some(Funnel::Above998));
    }
}
