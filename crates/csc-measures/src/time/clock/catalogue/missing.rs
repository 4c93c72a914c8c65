//! Children who went missing.

use crate::time::clock::row::{Row, Version, from, hours};
use crate::time::clock::version::Certainty::SecondHand;

pub(super) const ROWS: &[Row] = &[Row {
    id: "return_interview",
    title: "Return home interview, from the return of a missing child",
    note: "72 hours; by dates alone, three days. Recommendation 5.",
    versions: &[Version::new(
        hours(72),
        from(2014, 1, 1),
        "Statutory guidance on children who run away or go missing from home or care, January 2014",
    )
    .sure(SecondHand, SecondHand)],
    ..Row::EMPTY
}];
