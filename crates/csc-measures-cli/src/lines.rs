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

/// A group that is shown.
#[derive(Clone, Copy)]
pub(crate) enum GroupLine<'a> {
    /// As it is.
    Whole(&'a GroupResult),
    /// What anybody may read.
    Published(&'a PublishedGroup),
}

/// The groups that are shown: those of a scorecard, or what of it is published.
pub(crate) fn groups<'a>(card: &'a Scorecard, published: Option<&'a Published>) -> Vec<GroupLine<'a>> {
    match published {
        None => card.groups().iter().map(GroupLine::Whole).collect(),
        Some(published) => published.groups().iter().map(GroupLine::Published).collect(),
    }
}

impl<'a> GroupLine<'a> {
    pub(crate) fn measure(self) -> &'a RowId {
        match self {
            Self::Whole(group) => &group.measure,
            Self::Published(group) => &group.measure,
        }
    }

    pub(crate) fn month(self) -> Month {
        match self {
            Self::Whole(group) => group.month,
            Self::Published(group) => group.month,
        }
    }

    pub(crate) fn dimension(self) -> &'a str {
        match self {
            Self::Whole(group) => &group.dimension,
            Self::Published(group) => &group.dimension,
        }
    }

    /// `None`: what the cases are grouped by is not recorded.
    pub(crate) fn group(self) -> Option<&'a str> {
        match self {
            Self::Whole(group) => group.group.as_deref(),
            Self::Published(group) => group.group.as_deref(),
        }
    }

    pub(crate) fn status(self) -> Status {
        match self {
            Self::Whole(group) => group.status,
            Self::Published(group) => group.status,
        }
    }

    pub(crate) fn numerator(self) -> String {
        match self {
            Self::Whole(group) => group.numerator.to_string(),
            Self::Published(group) => shown(group.numerator, group.has_no_numerator()),
        }
    }

    /// Nothing for counts.
    pub(crate) fn denominator(self) -> String {
        match self {
            Self::Whole(group) => or_nothing(group.denominator),
            Self::Published(group) => shown(group.denominator, group.has_no_denominator()),
        }
    }

    pub(crate) fn value(self) -> String {
        match self {
            Self::Whole(group) => or_nothing(group.value),
            Self::Published(group) => shown(group.value, group.is_suppressed()),
        }
    }

    pub(crate) fn interval(self) -> Option<(Shown, Shown)> {
        match self {
            Self::Whole(group) => group.interval,
            Self::Published(group) => group.interval,
        }
    }

    pub(crate) fn funnel(self) -> Option<Funnel> {
        match self {
            Self::Whole(group) => group.funnel,
            Self::Published(group) => group.funnel,
        }
    }

    /// `None`: what anybody may read has none.
    pub(crate) fn outcomes(self) -> Option<&'a Outcomes> {
        match self {
            Self::Whole(group) => Some(&group.outcomes),
            Self::Published(_) => None,
        }
    }
}

/// A number, or what stands in the place of one that is left out.
fn shown(number: Option<impl ToString>, is_left_out: bool) -> String {
    if is_left_out { SUPPRESSED.to_owned() } else { or_nothing(number) }
}
