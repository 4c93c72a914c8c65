//! From figures to what is shown of them.

use super::cell::is_of_documents;
use super::figures::Figures;
use super::group::PublishedGroup;
use super::options::{Protection, Publishing};
use super::result::{LeftOut, PublishedResult};
use super::rounded::{Rounded, rounded};
use super::suppression::Suppressed;
use crate::measures::{Measure, PeriodKind, Unit};
use crate::scorecard::breakdown;
use crate::scorecard::figure::{Figure, Shown, Status};
use crate::scorecard::rating::{Direction, MeasureRag, direction, measure_rag};
use crate::scorecard::result::{MeasureResult, Outcomes};
use crate::scorecard::run::{Run, RunRow};
use crate::scorecard::tally::Tally;
use crate::time::{Month, Period};
use crate::value::Amount;
use crate::value::index::at;

/// Warnings that say nothing of how many cases there are.
const OPEN_WARNINGS: [&str; 7] =
    ["policy:", "as_at:", "without:", "no_column:", "derived:", "no_history:", "unknown_team:"];

/// Makes what is published of each result and its groups.
pub(super) struct Maker<'a> {
    pub(super) run: &'a Run,
    pub(super) figures: &'a Figures,
    pub(super) publishing: Publishing,
    /// What is hidden; nothing of what is rounded.
    pub(super) suppressed: &'a Suppressed,
}

/// A figure as it is shown.
struct Face {
    figure: Figure,
    numerator: Option<Amount>,
    denominator: Option<Amount>,
    value: Option<Shown>,
    left_out: LeftOut,
}

impl Face {
    fn hidden() -> Self {
        Self {
            figure: Figure::NOT_SUPPLIED,
            numerator: None,
            denominator: None,
            value: None,
            left_out: LeftOut::ALL,
        }
    }
}

impl Maker<'_> {
    /// What is shown of a result of the scorecard in the period that its month ends.
    pub(super) fn result(&self, row: &RunRow<'_>, result: &MeasureResult) -> PublishedResult {
        let measure = row.row.measure();
        let month = result.month;
        let mut result = result.clone();
        (result.outcomes, result.all_met, result.previous) = (Outcomes::default(), None, None);
        result.warnings.retain(|warning| OPEN_WARNINGS.iter().any(|open| warning.starts_with(open)));
        result.period = self.period(measure, row, &result);
        let better = row.row.better();
        let as_at = self.figures.as_at(measure, row.terms);
        let Some(tally) = self.figures.tally(measure, row.terms, month) else {
            let figure = Figure::NOT_SUPPLIED;
            (result.status, result.numerator, result.denominator, result.value) =
                (figure.status, None, None, None);
            result.direction = None;
            result.rag = measure_rag(row.row.unit(), &figure, self.run.target(row.row, month));
            return PublishedResult { result, better, left_out: LeftOut::NONE, is_few: false, as_at };
        };
        let face = self.face(row, month, &tally);
        (result.numerator, result.denominator, result.value) = (face.numerator, face.denominator, face.value);
        result.direction = self.direction(row, month, &face);
        if face.left_out.value {
            result.status = Status::Suppressed;
            result.rag = MeasureRag::NotApplicable;
            result.missing_tables = Vec::new();
        } else {
            result.status = face.figure.status;
            result.rag = measure_rag(row.row.unit(), &face.figure, self.run.target(row.row, month));
        }
        let hidden = self.suppressed.get(&month);
        let is_few = hidden.is_some_and(|hidden| *at(&hidden.is_few, measure.index()));
        PublishedResult { result, better, left_out: face.left_out, is_few, as_at }
    }

    /// The days of a period: of events all of its months', else those of its last month's figure.
    fn period(&self, measure: Measure, row: &RunRow<'_>, result: &MeasureResult) -> Period {
        let months = self.figures.months_of(measure, row.policy, result.month);
        match months.first().filter(|_| months.len() > 1) {
            Some(first) => {
                let step = if measure.definition().period == PeriodKind::Quarter { -2 } else { 0 };
                Period { from: first.plus(step).first(), to: result.period.to }
            }
            None => result.period,
        }
    }

    fn face(&self, row: &RunRow<'_>, month: Month, tally: &Tally) -> Face {
        let measure = row.row.measure();
        let is_hidden = self.suppressed.get(&month).is_some_and(|hidden| *at(&hidden.whole, measure.index()));
        self.face_of(measure, row.row.unit(), tally, is_hidden)
    }

    fn face_of(&self, measure: Measure, unit: Unit, tally: &Tally, is_hidden: bool) -> Face {
        if is_hidden {
            return Face::hidden();
        }
        let figure = Figure::new(unit, tally);
        let is_rounded = self.publishing.protection == Protection::Rounding && !is_of_documents(measure);
        if !is_rounded {
            let Figure { numerator, denominator, shown, .. } = figure;
            return Face { figure, numerator, denominator, value: shown, left_out: LeftOut::NONE };
        }
        let Rounded { numerator, denominator, value, figure } =
            rounded(unit, tally.numerator, tally.denominator, self.publishing.rounding_least);
        let left_out = LeftOut {
            numerator: numerator.is_none(),
            denominator: denominator.is_none() && unit != Unit::Count,
            value: value.is_none(),
        };
        Face { figure: figure.unwrap_or(Figure::NOT_SUPPLIED), numerator, denominator, value, left_out }
    }

    /// The movement since the period before, of figures that are both shown.
    fn direction(&self, row: &RunRow<'_>, month: Month, now: &Face) -> Option<Direction> {
        let measure = row.row.measure();
        if self.figures.is_of_one_month(measure, row.terms) {
            return None;
        }
        let before = self.figures.before(measure, month);
        let tally = self.figures.tally(measure, row.terms, before)?;
        let before = self.face(row, before, &tally);
        direction(row.row.better(), &before.figure, &now.figure)
    }

    /// What is shown of the groups of a result.
    pub(super) fn groups(&self, row: &RunRow<'_>, result: &MeasureResult) -> Vec<PublishedGroup> {
        let measure = row.row.measure();
        let month = result.month;
        let Some(whole) = self.figures.tally(measure, row.terms, month) else { return Vec::new() };
        let mut found = Vec::new();
        for (dimension, of) in self.figures.dimensions.iter().enumerate() {
            let Some(tallies) = self.figures.groups(measure, row.terms, month, dimension) else { continue };
            for (group, tally) in tallies.iter().enumerate() {
                let hidden = self.suppressed.get(&month).and_then(|hidden| hidden.groups.get(dimension));
                let hidden = hidden.and_then(|groups| groups.get(group));
                let is_hidden = hidden.is_some_and(|hidden| *at(hidden, measure.index()));
                let face = self.face_of(measure, row.row.unit(), tally, is_hidden);
                let name = (of.dimension.name(), at(&of.groups, group).as_deref());
                found.push(self.group(row, result, (&whole, tally), name, &face, (dimension, group)));
            }
        }
        found
    }

    fn group(
        &self,
        row: &RunRow<'_>,
        result: &MeasureResult,
        (whole, tally): (&Tally, &Tally),
        name: (&str, Option<&str>),
        face: &Face,
        place: (usize, usize),
    ) -> PublishedGroup {
        let shown_whole = self.face(row, result.month, whole);
        let as_shown = |face: &Face, tally: &Tally| Tally {
            numerator: face.numerator.unwrap_or(tally.numerator),
            denominator: face.denominator.unwrap_or(tally.denominator),
            ..tally.clone()
        };
        let of_group = breakdown::group(
            &MeasureResult { value: shown_whole.value, ..result.clone() },
            name,
            (&as_shown(face, tally), &as_shown(&shown_whole, whole)),
            row.policy,
        );
        let is_shown = !face.left_out.value;
        let is_whole_shown = !shown_whole.left_out.value;
        PublishedGroup {
            measure: of_group.measure,
            month: of_group.month,
            dimension: of_group.dimension,
            group: of_group.group,
            status: if is_shown { face.figure.status } else { Status::Suppressed },
            numerator: face.numerator,
            denominator: face.denominator,
            value: face.value,
            interval: of_group.interval.filter(|_| is_shown),
            funnel: of_group.funnel.filter(|_| is_shown && is_whole_shown),
            left_out: face.left_out,
            place,
            as_at: self.figures.as_at(row.row.measure(), row.terms),
        }
    }
}
