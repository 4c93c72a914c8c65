//! What is shown: the figures of a scorecard, or what of them may be published and nothing else.

use std::borrow::Cow;

use csc_measures::calendar::Nation;
use csc_measures::measures::PeriodKind;
use csc_measures::plan::{Definitions, Plan, PlanRow, RowId};
use csc_measures::signals::{SignalPoint, Signals};
use csc_measures::{
    Amount, DataIssue, Funnel, MeasureResult, Month, Outcome, Outcomes, Policy, Protection, PublishPeriod,
    Published, Scorecard, SectionBy, Shown, Status, TableCount, Target,
};

use crate::error::ReportError;
use crate::options::ReportOptions;

/// What anybody may read says `c` in place of a number that is left out.
pub(crate) const LEFT_OUT: &str = "c";

/// All that a report is made from.
pub(crate) struct Figures<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) from: Month,
    pub(crate) to: Month,
    pub(crate) calendar: Nation,
    pub(crate) policy: &'a Policy,
    pub(crate) definitions: Definitions,
    pub(crate) standing: Standing<'a>,
    pub(crate) by: SectionBy,
    /// The measures that have figures, or would have some in other months, in the order of the plan.
    pub(crate) measures: Vec<Measured<'a>>,
    /// The rows of the plan that were not asked for.
    pub(crate) not_asked: Vec<&'a RowId>,
}

/// Whether anybody may read the report.
#[derive(Clone, Copy)]
pub(crate) enum Standing<'a> {
    /// It is for the council itself: the tables that came in, and what is wrong with them.
    Internal(&'a Scorecard),
    /// Anybody may read it.
    Published(&'a Published),
}

/// A row of the plan with what is shown of it.
pub(crate) struct Measured<'a> {
    pub(crate) row: &'a PlanRow,
    pub(crate) title: Cow<'a, str>,
    /// Its figures, in the order of months; none if no month of these is one of its own.
    pub(crate) lines: Vec<Line<'a>>,
    pub(crate) signals: Option<Cow<'a, Signals>>,
    /// Its groups, in the order of months.
    pub(crate) groups: Vec<Group<'a>>,
    /// What it is to reach in the month of its last figure.
    pub(crate) target: Option<&'a Target>,
    /// How many months lie between a figure and the one before.
    pub(crate) step: i32,
}

/// One figure.
#[derive(Clone, Copy)]
pub(crate) struct Line<'a> {
    pub(crate) result: &'a MeasureResult,
    pub(crate) is_published: bool,
    pub(crate) is_suppressed: bool,
    pub(crate) has_no_numerator: bool,
    pub(crate) has_no_denominator: bool,
}

/// A group of a breakdown.
pub(crate) struct Group<'a> {
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
    /// How many of its cases are not known; what is published does not say.
    pub(crate) unknown: u64,
}

impl<'a> Figures<'a> {
    /// Those of a scorecard.
    pub(crate) fn whole(card: &'a Scorecard, options: &ReportOptions) -> Result<Self, ReportError> {
        let lines: Vec<Line<'a>> = card.results().iter().map(Line::whole).collect();
        let groups: Vec<(&RowId, Group<'a>)> =
            card.groups().iter().map(|group| (&group.measure, Group::whole(group))).collect();
        let signals: Vec<Cow<'a, Signals>> = card.signals().into_iter().map(Cow::Owned).collect();
        let titles = card.titles().into_iter().map(|(id, title)| (id, Cow::Owned(title))).collect();
        let asked = card.measures();
        let is_asked = |id: &RowId| asked.iter().any(|asked| id == asked.as_str());
        let shown = Shared { titles, lines, groups, signals, step: 1 };
        let (measures, not_asked) = shown.measures(card.plan(), is_asked, |id, month| card.target(id, month));
        let figures = Self {
            plan: card.plan(),
            from: card.from(),
            to: card.to(),
            calendar: card.calendar(),
            policy: card.policy(),
            definitions: card.definitions(),
            standing: Standing::Internal(card),
            by: options.by,
            measures,
            not_asked,
        };
        figures.checked()
    }

    /// Those that may be published.
    pub(crate) fn published(published: &'a Published, options: &ReportOptions) -> Result<Self, ReportError> {
        let lines: Vec<Line<'a>> = published
            .results()
            .iter()
            .map(|line| Line {
                result: line.result(),
                is_published: true,
                is_suppressed: line.is_suppressed(),
                has_no_numerator: line.has_no_numerator(),
                has_no_denominator: line.has_no_denominator(),
            })
            .collect();
        let groups =
            published.groups().iter().map(|group| (&group.measure, Group::published(group))).collect();
        let signals = published.signals().iter().map(Cow::Borrowed).collect();
        let titles = published
            .titles()
            .iter()
            .map(|(id, title)| (id.clone(), Cow::Borrowed(title.as_str())))
            .collect();
        let step = match published.publishing().publish_period {
            PublishPeriod::Month => 1,
            PublishPeriod::Quarter => 3,
            _ => 12,
        };
        let has_line = |id: &RowId| published.results().iter().any(|line| line.result().measure == *id);
        let shown = Shared { titles, lines, groups, signals, step };
        let (measures, not_asked) =
            shown.measures(published.plan(), has_line, |id, month| published.target(id, month));
        let figures = Self {
            plan: published.plan(),
            from: published.from(),
            to: published.to(),
            calendar: published.calendar(),
            policy: published.policy(),
            definitions: published.definitions(),
            standing: Standing::Published(published),
            by: options.by,
            measures,
            not_asked,
        };
        figures.checked()
    }

    fn checked(self) -> Result<Self, ReportError> {
        if self.by == SectionBy::Recommendation && self.plan.recommendations().is_empty() {
            return Err(ReportError::NoRecommendations { plan: self.plan.id().to_owned() });
        }
        Ok(self)
    }

    /// The measures of an outcome.
    pub(crate) fn of_outcome(&self, outcome: &str) -> impl Iterator<Item = &Measured<'a>> {
        self.measures.iter().filter(move |measure| *measure.row.outcome() == *outcome)
    }

    /// The measure with an id.
    pub(crate) fn measure(&self, id: &RowId) -> Option<&Measured<'a>> {
        self.measures.iter().find(|measure| measure.row.id() == id)
    }

    /// The last month that has a figure; of a published year March, whatever the run.
    pub(crate) fn last_month(&self) -> Month {
        let last = self.measures.iter().filter_map(Measured::last).map(|line| line.result.month).max();
        last.unwrap_or(self.to)
    }

    /// How published figures are kept safe; `None` if these are not published.
    pub(crate) fn protection(&self) -> Option<Protection> {
        match self.standing {
            Standing::Internal(_) => None,
            Standing::Published(published) => Some(published.publishing().protection),
        }
    }

    /// The issues of the data, which nobody else may read.
    pub(crate) fn issues(&self) -> &'a [DataIssue] {
        match self.standing {
            Standing::Internal(card) => card.issues(),
            Standing::Published(_) => &[],
        }
    }

    /// The tables that came in, which nobody else may read.
    pub(crate) fn tables(&self) -> Vec<TableCount> {
        match self.standing {
            Standing::Internal(card) => card.tables(),
            Standing::Published(_) => Vec::new(),
        }
    }
}

/// What the measures share while they are put together.
struct Shared<'a> {
    titles: Vec<(RowId, Cow<'a, str>)>,
    lines: Vec<Line<'a>>,
    groups: Vec<(&'a RowId, Group<'a>)>,
    signals: Vec<Cow<'a, Signals>>,
    step: i32,
}

impl<'a> Shared<'a> {
    /// The measures that were asked for, and the ids of the others.
    fn measures(
        mut self,
        plan: &'a Plan,
        is_asked: impl Fn(&RowId) -> bool,
        target: impl Fn(&RowId, Month) -> Option<&'a Target>,
    ) -> (Vec<Measured<'a>>, Vec<&'a RowId>) {
        let mut measures = Vec::new();
        let mut not_asked = Vec::new();
        for row in plan.rows() {
            if !is_asked(row.id()) {
                not_asked.push(row.id());
                continue;
            }
            let lines: Vec<Line<'a>> =
                self.lines.iter().filter(|line| line.result.measure == *row.id()).copied().collect();
            let last = lines.last().map(|line| line.result.month);
            let groups =
                self.groups.extract_if(.., |(id, _)| *id == row.id()).map(|(_, group)| group).collect();
            let titled = self.titles.iter_mut().find(|(id, _)| id == row.id());
            let title = titled.map_or(Cow::Borrowed(row.title()), |(_, title)| std::mem::take(title));
            let place = self.signals.iter().position(|signals| signals.measure == *row.id());
            let signals = place.map(|place| self.signals.remove(place));
            let own_step = if row.period() == PeriodKind::Quarter { 3 } else { 1 };
            measures.push(Measured {
                row,
                title,
                target: last.and_then(|month| target(row.id(), month)),
                lines,
                signals,
                groups,
                step: self.step.max(own_step),
            });
        }
        (measures, not_asked)
    }
}

impl<'a> Measured<'a> {
    /// The last figure.
    pub(crate) fn last(&self) -> Option<&Line<'a>> {
        self.lines.last()
    }

    /// The figure before the last, if that is shown.
    pub(crate) fn before(&self) -> Option<&Line<'a>> {
        let month = self.last()?.result.month.plus(-self.step);
        self.lines.iter().rfind(|line| line.result.month == month)
    }

    /// What its chart says of a month.
    pub(crate) fn point(&self, month: Month) -> Option<&SignalPoint> {
        self.signals.as_ref()?.points.iter().find(|point| point.month == month)
    }

    /// What its chart says of the last figure.
    pub(crate) fn last_point(&self) -> Option<&SignalPoint> {
        self.point(self.last()?.result.month)
    }
}

impl<'a> Line<'a> {
    fn whole(result: &'a MeasureResult) -> Self {
        Self {
            result,
            is_published: false,
            is_suppressed: false,
            has_no_numerator: false,
            has_no_denominator: false,
        }
    }

    /// The cases by outcome; what is published has none.
    pub(crate) fn outcomes(&self) -> Option<&'a Outcomes> {
        (!self.is_published).then_some(&self.result.outcomes)
    }

    /// How many cases are not known, besides how many that are judged.
    pub(crate) fn unknown(&self) -> Option<(u64, u64)> {
        let outcomes = self.outcomes()?;
        let unknown = outcomes.get(Outcome::Unknown);
        let judged =
            outcomes.iter().filter(|(outcome, _)| outcome.is_in_denominator()).map(|(_, count)| count);
        (unknown > 0).then(|| (unknown, judged.sum()))
    }
}

impl<'a> Group<'a> {
    fn whole(group: &'a csc_measures::GroupResult) -> Self {
        Self {
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
            unknown: group.outcomes.get(Outcome::Unknown),
        }
    }

    fn published(group: &'a csc_measures::PublishedGroup) -> Self {
        Self {
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
            unknown: 0,
        }
    }
}
