//! Which figures are of too few cases to be published, and which would give them away.

use super::figure::Status;
use super::result::MeasureResult;
use super::tally::CaseCounts;
use crate::definitions::{MeasureId, Unit};
use crate::value::index::{at, at_mut};

/// Figures that give each other away.
const PAIRS: [(MeasureId, MeasureId); 9] = [
    (MeasureId::O1_M2, MeasureId::O1_M3),
    (MeasureId::O3_M9, MeasureId::O3_M10),
    (MeasureId::O4_M1, MeasureId::O4_M2),
    (MeasureId::O6_M1, MeasureId::O6_M2),
    (MeasureId::O6_M3, MeasureId::O6_M4),
    (MeasureId::O6_M7, MeasureId::O6_M8),
    (MeasureId::O7_M1, MeasureId::O7_M2),
    (MeasureId::O7_M3, MeasureId::O7_M4),
    (MeasureId::O8_M3, MeasureId::O8_M4),
];

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
            counts.is_some_and(|counts| is_of_few(result.measure.unit(), counts))
        };
        let mut suppressed: Vec<bool> = month.iter().zip(&counts).map(by_itself).collect();
        for (first, second) in PAIRS {
            let place = |measure: MeasureId| {
                let place = month.iter().position(|result| result.measure == measure)?;
                // Without a figure there is nothing to give away, and nothing to leave out.
                counts.get(place).copied().flatten().map(|counts| (place, counts))
            };
            let (Some((a, of_a)), Some((b, of_b))) = (place(first), place(second)) else { continue };
            let differ_by_few =
                first == MeasureId::O6_M3 && is_few(of_a.in_numerator.abs_diff(of_b.in_numerator));
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
