//! The results to be written: all of them, or what of them may be published.

use csc_measures::{MeasureResult, Published, Scorecard};

/// One result.
#[derive(Clone, Copy)]
pub(crate) struct Line<'a> {
    pub(crate) result: &'a MeasureResult,
    /// Whether it is one that anybody may read: it has no outcomes.
    pub(crate) is_published: bool,
    /// Whether its value is left out because it is of few cases; of a rounded figure the others may be there.
    pub(crate) is_suppressed: bool,
    pub(crate) has_no_numerator: bool,
    pub(crate) has_no_denominator: bool,
}

/// What stands in the place of a number that is left out.
pub(crate) const SUPPRESSED: &str = "c";

impl<'a> Line<'a> {
    pub(crate) fn whole(result: &'a MeasureResult) -> Self {
        Self {
            result,
            is_published: false,
            is_suppressed: false,
            has_no_numerator: false,
            has_no_denominator: false,
        }
    }
}

/// The lines of a scorecard, or of its published figures.
pub(crate) fn lines<'a>(card: &'a Scorecard, published: Option<&'a Published>) -> Vec<Line<'a>> {
    match published {
        None => card.results().iter().map(Line::whole).collect(),
        Some(published) => published
            .results()
            .iter()
            .map(|line| Line {
                result: line.result(),
                is_published: true,
                is_suppressed: line.is_suppressed(),
                has_no_numerator: line.has_no_numerator(),
                has_no_denominator: line.has_no_denominator(),
            })
            .collect(),
    }
}
