//! Which figures are of too few cases to be published, and which would give them away.

use super::figure::Status;
use super::result::MeasureResult;
use super::tally::CaseCounts;
use crate::measures::Unit;
use crate::value::index::{at, at_mut};

/// How two figures of a month give each other away.
#[derive(Clone, Copy)]
struct Together {
    first: usize,
    second: usize,
    /// Whether they also do by differing in few cases.
    differ_by_few: bool,
}

/// The figures of a month that give each other away: a number and its percentage are one measure in two forms, and
/// some measures are parts of others.
fn pairs(month: &[MeasureResult]) -> Vec<Together> {
    let mut pairs = Vec::new();
    for (first, result) in month.iter().enumerate() {
        for (second, other) in month.iter().enumerate() {
            if first < second && result.key == other.key && result.unit != other.unit {
                pairs.push(Together { first, second, differ_by_few: false });
            }
            if let Some(pair) = result.key.definition().pair.filter(|pair| pair.with == other.key.key()) {
                pairs.push(Together { first, second, differ_by_few: pair.differ_by_few });
            }
        }
    }
    pairs
}

/// For each result, which lie by month, whether it is suppressed by the cases that `cases` finds in it.
pub(crate) fn suppressed(
    results: &[MeasureResult],
    cases: impl Fn(&MeasureResult) -> Option<CaseCounts>,
) -> Vec<bool> {
    let mut all = Vec::with_capacity(results.len());
    for month in results.chunk_by(|a, b| a.month == b.month) {
        let counts: Vec<Option<CaseCounts>> = month
            .iter()
            .map(|result| cases(result).filter(|_| result.status != Status::NotSupplied))
            .collect();
        // Without a figure there is nothing that can be of few.
        let by_itself = |(result, counts): (&MeasureResult, &Option<CaseCounts>)| {
            counts.is_some_and(|counts| is_of_few(result.unit, counts))
        };
        let mut suppressed: Vec<bool> = month.iter().zip(&counts).map(by_itself).collect();
        for Together { first: a, second: b, differ_by_few } in pairs(month) {
            // Without a figure there is nothing to give away, and nothing to leave out.
            let (Some(of_a), Some(of_b)) = (at(&counts, a), at(&counts, b)) else { continue };
            let differ_by_few = differ_by_few && is_few(of_a.in_numerator.abs_diff(of_b.in_numerator));
            let is_either = [a, b].iter().any(|place| *at(&suppressed, *place));
            if differ_by_few || is_either {
                for place in [a, b] {
                    *at_mut(&mut suppressed, place) = true;
                }
            }
        }
        all.extend(suppressed);
    }
    all
}

/// One to five.
fn is_few(cases: u64) -> bool {
    (1..=5).contains(&cases)
}

fn is_of_few(unit: Unit, cases: CaseCounts) -> bool {
    let CaseCounts { in_numerator, beside_numerator } = cases;
    match unit {
        Unit::Count | Unit::Average | Unit::Days => is_few(in_numerator),
        Unit::Percent => {
            is_few(in_numerator)
                || is_few(beside_numerator)
                || is_few(in_numerator.saturating_add(beside_numerator))
        }
        Unit::Qualitative => false,
    }
}
