//! The days of the temporary rules of 2020 and 2021.

use super::row::{Span, Version, Written, after, from};
use super::version::Certainty;
use crate::time::Day;

/// The days on which the Adoption and Children (Coronavirus) (Amendment) Regulations 2020 (SI 2020/445) were in force.
/// They ended by themselves, and the limits that they had changed came back.
pub(super) const RELAXED: Span = from(2020, 4, 24).to(2020, 9, 25);

/// A limit that the rules of 2020 suspended. Each of the three versions says how sure its limit and its dates are.
pub(super) const fn relaxed_in_2020(
    limit: Written,
    since: Span,
    source: &'static str,
    sure: [(Certainty, Certainty); 3],
    relaxed_by: &'static str,
    instead: &'static str,
) -> [Version; 3] {
    let [earlier, during, later] = sure;
    [
        Version::new(limit, since.before(RELAXED), source).sure(earlier.0, earlier.1),
        Version::new(limit, RELAXED, relaxed_by).sure(during.0, during.1).relaxed(instead),
        Version::new(limit, after(RELAXED), source).sure(later.0, later.1),
    ]
}

/// The days on which a visit that regulation 28 asks for could be made by telephone or video: by SI 2020/445, carried on
/// by SI 2020/909 regulation 4 and SI 2021/261.
const REMOTE_VISITS: Span = RELAXED.to(2021, 9, 30);

/// Whether the law let a visit that regulation 28 asks for be made by telephone or video on a day.
pub(crate) fn lets_visit_from_afar(day: Day) -> bool {
    REMOTE_VISITS.holds(day)
}
