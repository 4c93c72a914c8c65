//! The results to be written: all of them, or what of them may be published.

use csc_measures::plan::RowId;
use csc_measures::{
    Funnel, GroupResult, MeasureResult, Month, Outcomes, Published, PublishedGroup, Scorecard, Shown, Status,
};

use crate::text::or_nothing;

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

/// A group that is shown, whole or as anybody may read it: then what is left out has a sign in its place.
pub(crate) struct GroupLine<'a> {
    pub(crate) measure: &'a RowId,
    pub(crate) month: Month,
    pub(crate) dimension: &'a str,
    /// `None`: what the cases are grouped by is not recorded.
    pub(crate) group: Option<&'a str>,
    pub(crate) status: Status,
    pub(crate) numerator: String,
    /// Empty for counts.
    pub(crate) denominator: String,
    pub(crate) value: String,
    pub(crate) interval: Option<(Shown, Shown)>,
    pub(crate) funnel: Option<Funnel>,
    /// `None`: what anybody may read has none.
    pub(crate) outcomes: Option<&'a Outcomes>,
}

/// The groups that are shown: those of a scorecard, or what of it is published.
pub(crate) fn groups<'a>(card: &'a Scorecard, published: Option<&'a Published>) -> Vec<GroupLine<'a>> {
    match published {
        None => card.groups().iter().map(GroupLine::whole).collect(),
        Some(published) => published.groups().iter().map(GroupLine::published).collect(),
    }
}

impl<'a> GroupLine<'a> {
    fn whole(group: &'a GroupResult) -> Self {
        Self {
            measure: &group.measure,
            month: group.month,
            dimension: &group.dimension,
            group: group.group.as_deref(),
            status: group.status,
            numerator: group.numerator.to_string(),
            denominator: or_nothing(group.denominator),
            value: or_nothing(group.value),
            interval: group.interval,
            funnel: group.funnel,
            outcomes: Some(&group.outcomes),
        }
    }

    fn published(group: &'a PublishedGroup) -> Self {
        Self {
            measure: &group.measure,
            month: group.month,
            dimension: &group.dimension,
            group: group.group.as_deref(),
            status: group.status,
            numerator: shown(group.numerator, group.has_no_numerator()),
            denominator: shown(group.denominator, group.has_no_denominator()),
            value: shown(group.value, group.is_suppressed()),
            interval: group.interval,
            funnel: group.funnel,
            outcomes: None,
        }
    }
}

/// A number, or what is in the place of one that is left out.
fn shown(number: Option<impl ToString>, is_left_out: bool) -> String {
    if is_left_out { SUPPRESSED.to_owned() } else { or_nothing(number) }
}
