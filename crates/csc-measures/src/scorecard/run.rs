//! What is asked: the months, the options, the rows of the plan, and the policies and calendars that they have.

use super::breakdown::{Dimension, dimensions};
use super::error::ScorecardError;
use super::options::Options;
use super::policies::changed_policies;
use crate::measures::{Measure, MeasureSet};
use crate::plan::{PlanRow, RowId, Target};
use crate::policy::Policy;
use crate::time::calendar::Calendar;
use crate::time::{Month, MonthDays};
use crate::value::index::at;

/// Months before the first one asked for: the quarter before it is needed for the direction of travel.
pub(crate) const MONTHS_BEFORE: u8 = 3;

/// A run of months and what it is computed with.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) from: Month,
    pub(crate) to: Month,
    pub(crate) options: Options,
    /// The calendar of the run's own policies.
    pub(crate) calendar: Calendar,
    /// The different policies of the plan's rows: those of the run first.
    pub(crate) terms: Vec<Terms>,
    /// For each row of the plan the place of its terms.
    terms_of: Vec<usize>,
    /// What the results are broken down by.
    pub(crate) dimensions: Vec<Dimension>,
    /// Whether other parts belong to it, which decide with it what tables can be used.
    pub(crate) is_of_part: bool,
}

/// Policies, and the calendar that they name.
#[derive(Clone, Debug)]
pub(crate) struct Terms {
    pub(crate) policy: Policy,
    pub(crate) calendar: Calendar,
    /// The years of whose working days closures close more than half.
    pub(crate) closed: Vec<i32>,
}

impl Terms {
    pub(crate) fn new(
        policy: Policy,
        options: &Options,
    ) -> Result<Self, crate::time::calendar::CalendarError> {
        let mut calendar = Calendar::for_nation(policy.calendar);
        if let Some(closures) = &options.closures {
            calendar = calendar.with(closures)?;
        }
        let closed = options.closures.as_ref().map(|_| calendar.mostly_closed_years());
        Ok(Self { policy, calendar, closed: closed.unwrap_or_default() })
    }
}

/// A row of the plan as a run has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RunRow<'a> {
    pub(crate) row: &'a PlanRow,
    /// The place of its terms.
    pub(crate) terms: usize,
    pub(crate) policy: &'a Policy,
}

impl Run {
    pub(crate) fn new(from: Month, to: Month, options: &Options) -> Result<Self, ScorecardError> {
        if to < from {
            return Err(ScorecardError::MonthsReversed { from, to });
        }
        let mut options = options.clone();
        options.check(|_| false)?;
        options.check_months(from, to)?;
        options.put_in_order();
        options.plan = options.plan.under(&options.policy);
        let dimensions = dimensions(&options.breakdown)?;
        let mut terms = vec![Terms::new(options.policy.clone(), &options)?];
        let mut terms_of = Vec::new();
        for row in options.plan.rows() {
            let policy = options.plan.policies_of(row, &options.policy)?;
            let place = match terms.iter().position(|known| known.policy == policy) {
                Some(place) => place,
                None => {
                    terms.push(Terms::new(policy, &options)?);
                    terms.len() - 1
                }
            };
            terms_of.push(place);
        }
        let calendar = at(&terms, 0).calendar.clone();
        for month in [from, to] {
            if month.first() < calendar.first() || calendar.last() < month.last() {
                return Err(ScorecardError::OutsideCalendar { month });
            }
        }
        Ok(Self { from, to, options, calendar, terms, terms_of, dimensions, is_of_part: false })
    }

    /// The rows of the plan, in order.
    pub(crate) fn rows(&self) -> impl Iterator<Item = RunRow<'_>> {
        self.options.plan.rows().iter().zip(&self.terms_of).map(|(row, terms)| RunRow {
            row,
            terms: *terms,
            policy: &at(&self.terms, *terms).policy,
        })
    }

    /// The rows that are asked for.
    pub(crate) fn asked(&self) -> impl Iterator<Item = RunRow<'_>> {
        self.rows().filter(|row| self.options.asks(row.row.id()))
    }

    /// The measures that the asked rows show under some terms.
    pub(crate) fn measures_under(&self, terms: usize) -> MeasureSet {
        let mut measures = MeasureSet::default();
        for row in self.asked().filter(|row| row.terms == terms) {
            measures.insert(row.row.measure());
        }
        measures
    }

    /// The row with an id.
    pub(crate) fn row(&self, id: &str) -> Result<RunRow<'_>, ScorecardError> {
        let row = self.options.plan.row(id)?;
        let found = self.rows().find(|other| other.row.id() == row.id());
        found.ok_or_else(|| crate::value::index::broken(format_args!("row `{id}` is not in the run")))
    }

    /// The teams that its policies name.
    pub(crate) fn teams(&self) -> impl Iterator<Item = &String> {
        self.terms.iter().flat_map(|terms| &terms.policy.front_door_teams)
    }

    /// The titles of the rows, each followed by its changed policies in words.
    pub(crate) fn titles(&self) -> Vec<(RowId, String)> {
        let title = |RunRow { row, policy, .. }: RunRow<'_>| {
            let words: Vec<String> = changed_policies(row, policy).map(|key| policy.in_words(key)).collect();
            let mut title = row.title().to_owned();
            if !words.is_empty() {
                title += " (";
                title += &words.join("; ");
                title.push(')');
            }
            (row.id().clone(), title)
        };
        self.rows().map(title).collect()
    }

    /// What makes the figures of another run mean something else, in words.
    pub(crate) fn means_otherwise(&self, other: &Self) -> Option<&'static str> {
        let (ours, others) = (&self.options, &other.options);
        let differ = [
            // Before the plans: which rows of a plan show one figure depends on them.
            ("policies", ours.policy != others.policy),
            ("plans", ours.plan != others.plan),
            ("closures", ours.closures != others.closures),
        ];
        differ.into_iter().find(|(_, differs)| *differs).map(|(what, _)| what)
    }

    /// What a row is to reach in a month: the caller's target before the plan's own.
    pub(crate) fn target<'a>(&'a self, row: &'a PlanRow, month: Month) -> Option<&'a Target> {
        self.options.targets_of(row).and_then(|targets| targets.at(month))
    }

    /// The months that are judged: those asked for, and before them those of the direction of travel.
    pub(crate) fn months(&self) -> Vec<MonthDays> {
        let first = self.first_judged();
        (0..=self.to.since(first))
            .zip(0_usize..)
            .map(|(step, index)| MonthDays::new(index, first.plus(step)))
            .collect()
    }

    pub(crate) fn first_judged(&self) -> Month {
        self.from.plus(-i32::from(MONTHS_BEFORE))
    }

    /// The asked measures with the places of their terms, each pair once.
    pub(crate) fn judged(&self) -> impl Iterator<Item = (usize, Measure)> {
        (0..self.terms.len()).flat_map(|terms| {
            let measures = self.measures_under(terms);
            Measure::all()
                .filter(move |measure| measures.contains(*measure))
                .map(move |measure| (terms, measure))
        })
    }
}
