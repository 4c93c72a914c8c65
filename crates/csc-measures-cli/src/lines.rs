//! The results to be written: all of them, or what of them may be published.

use csc_measures::{MeasureResult, Published, Scorecard};

/// One result.
#[derive(Clone, Copy)]
pub(crate) struct Line<'a> {
    pub(crate) result: &'a MeasureResult,
    /// Whether its numbers are left out because they are of few cases.
    pub(crate) is_suppressed: bool,
}

/// What stands in the place of a number that is left out.
pub(crate) const SUPPRESSED: &str = "c";

impl<'a> Line<'a> {
    pub(crate) fn whole(result: &'a MeasureResult) -> Self {
        Self { result, is_suppressed: false }
    }
}

/// The lines of a scorecard, or of its published figures.
pub(crate) fn lines<'a>(card: &'a Scorecard, published: Option<&'a Published>) -> Vec<Line<'a>> {
    match published {
        None => card.results().iter().map(Line::whole).collect(),
        Some(published) => published
            .results()
            .iter()
            .map(|line| Line { result: line.result(), is_suppressed: line.is_suppressed() })
            .collect(),
    }
}
