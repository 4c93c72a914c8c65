//! What is shown: the figures of a scorecard, or what of them may be published and nothing else.

use csc_measures::measures::PeriodKind;
use csc_measures::plan::{Plan, PlanRow, RowId};
use csc_measures::signals::{SignalPoint, Signals};
use csc_measures::{
    Amount, Funnel, MeasureResult, Month, Outcome, PublishPeriod, Published, Scorecard, Shown, Status, Target,
};

/// All that the sheets of figures are made from.
pub(crate) struct Figures<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) from: Month,
    pub(crate) to: Month,
    /// By month, within a month in the order of the plan.
    pub(crate) lines: Vec<Line<'a>>,
    pub(crate) groups: Vec<Group<'a>>,
    titles: Vec<(RowId, String)>,
    signals: Vec<Signals>,
    /// How many months lie between two published figures.
    step: i32,
}

/// One figure.
pub(crate) struct Line<'a> {
    pub(crate) result: &'a MeasureResult,
    pub(crate) row: Option<&'a PlanRow>,
    pub(crate) target: Option<&'a Target>,
    pub(crate) is_suppressed: bool,
    pub(crate) has_no_numerator: bool,
    pub(crate) has_no_denominator: bool,
    /// How many of its cases are not known; what is published does not say.
    pub(crate) unknown: Option<u64>,
}

/// A group of a breakdown.
pub(crate) struct Group<'a> {
    pub(crate) measure: &'a RowId,
    pub(crate) month: Month,
    pub(crate) dimension: &'a str,
    /// `None`: what the cases are grouped by is not recorded.
    pub(crate) name: Option<&'a str>,
    pub(crate) status: Status,
    pub(crate) numerator: Option<Amount>,
    pub(crate) denominator: Option<Amount>,
    pub(crate) value: Option<Shown>,
    pub(crate) interval: Option<(Shown, Shown)>,
    pub(crate) funnel: Option<Funnel>,
    pub(crate) is_suppressed: bool,
    pub(crate) has_no_numerator: bool,
    pub(crate) has_no_denominator: bool,
}

impl<'a> Figures<'a> {
    /// Those of a scorecard.
    pub(crate) fn whole(card: &'a Scorecard) -> Self {
        let lines = card.results().iter().map(|result| Line {
            result,
            row: card.plan().row(&result.measure).ok(),
            target: card.target(&result.measure, result.month),
            is_suppressed: false,
            has_no_numerator: false,
            has_no_denominator: false,
            // Without its tables a measure has no cases to count, which is not the same as none.
            unknown: (result.status != Status::NotSupplied).then(|| result.outcomes.get(Outcome::Unknown)),
        });
        let groups = card.groups().iter().map(|group| Group {
            measure: &group.measure,
            month: group.month,
            dimension: &group.dimension,
            name: group.group.as_deref(),
            status: group.status,
            numerator: Some(group.numerator),
            denominator: group.denominator,
            value: group.value,
            interval: group.interval,
            funnel: group.funnel,
            is_suppressed: false,
            has_no_numerator: false,
            has_no_denominator: false,
        });
        Self {
            plan: card.plan(),
            from: card.from(),
            to: card.to(),
            lines: lines.collect(),
            groups: groups.collect(),
            titles: card.titles(),
            signals: card.signals(),
            step: 1,
        }
    }

    /// Those that may be published.
    pub(crate) fn published(published: &'a Published) -> Self {
        let lines = published.results().iter().map(|line| {
            let result = line.result();
            Line {
                result,
                row: published.plan().row(&result.measure).ok(),
                target: published.target(&result.measure, result.month),
                is_suppressed: line.is_suppressed(),
                has_no_numerator: line.has_no_numerator(),
                has_no_denominator: line.has_no_denominator(),
                unknown: None,
            }
        });
        let groups = published.groups().iter().map(|group| Group {
            measure: &group.measure,
            month: group.month,
            dimension: &group.dimension,
            name: group.group.as_deref(),
            status: group.status,
            numerator: group.numerator,
            denominator: group.denominator,
            value: group.value,
            interval: group.interval,
            funnel: group.funnel,
            is_suppressed: group.is_suppressed(),
            has_no_numerator: group.has_no_numerator(),
            has_no_denominator: group.has_no_denominator(),
        });
        Self {
            plan: published.plan(),
            from: published.from(),
            to: published.to(),
            lines: lines.collect(),
            groups: groups.collect(),
            titles: published.titles().to_vec(),
            signals: published.signals().to_vec(),
            step: match published.publishing().publish_period {
                PublishPeriod::Month => 1,
                PublishPeriod::Quarter => 3,
                _ => 12,
            },
        }
    }

    /// The title of a row as people read it.
    pub(crate) fn title(&self, measure: &RowId) -> &str {
        self.titles.iter().find(|(id, _)| id == measure).map_or("", |(_, title)| title)
    }

    /// The rows that have figures, in the order of the plan.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &'a PlanRow> {
        self.plan.rows().iter().filter(|row| self.lines.iter().any(|line| line.result.measure == *row.id()))
    }

    /// The figure of a row in a month.
    pub(crate) fn line(&self, measure: &RowId, month: Month) -> Option<&Line<'a>> {
        self.lines.iter().find(|line| line.result.month == month && line.result.measure == *measure)
    }

    /// The last figure of a row.
    pub(crate) fn last(&self, measure: &RowId) -> Option<&Line<'a>> {
        self.lines.iter().rfind(|line| line.result.measure == *measure)
    }

    /// The figure before one, if that is shown.
    pub(crate) fn before(&self, line: &Line<'a>) -> Option<&Line<'a>> {
        let is_quarterly = line.row.is_some_and(|row| row.period() == PeriodKind::Quarter);
        let step = if is_quarterly { self.step.max(3) } else { self.step };
        self.line(&line.result.measure, line.result.month.plus(-step))
    }

    /// What the control chart says of a figure.
    pub(crate) fn point(&self, line: &Line<'_>) -> Option<&SignalPoint> {
        let chart = self.signals.iter().find(|chart| chart.measure == line.result.measure)?;
        chart.points.iter().find(|point| point.month == line.result.month)
    }

    /// The months that have figures.
    pub(crate) fn months(&self) -> Vec<Month> {
        let mut months: Vec<Month> = self.lines.iter().map(|line| line.result.month).collect();
        months.dedup();
        months
    }
}

impl Line<'_> {
    /// The value, unless it is hidden.
    pub(crate) fn value(&self) -> Option<Shown> {
        self.result.value.filter(|_| !self.is_suppressed)
    }
}
