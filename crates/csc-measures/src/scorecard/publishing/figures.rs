//! The figures that a publication is made of, before anything is hidden: all measures, also those that nobody asked for.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::Cell;
use super::ground::{Ground, first, wide_runs};
use super::options::PublishPeriod;
use super::rules::Layer;
use super::ties::Ties;
use crate::dataset::Supplied;
use crate::measures::{Measure, PeriodKind};
use crate::policy::{AdoptionWindow, Policy};
use crate::scorecard::breakdown::{Dimension, DimensionSums};
use crate::scorecard::card::{Scorecard, Source};
use crate::scorecard::error::ScorecardError;
use crate::scorecard::inputs::Inputs;
use crate::scorecard::run::Run;
use crate::scorecard::tallies::Tallies;
use crate::scorecard::tally::Tally;
use crate::time::{Day, Month, MonthDays};
use crate::value::index::{at, broken};

/// All figures of the periods of a publication, and of those before them that windows and directions reach.
pub(super) struct Figures {
    pub(super) period: PublishPeriod,
    months: Vec<MonthDays>,
    first_month: Month,
    /// The last months of the periods that are published.
    pub(super) published: Vec<Month>,
    pub(super) dimensions: Vec<GroupsOf>,
    under: Vec<Under>,
}

/// A dimension with the groups that it has anywhere in the data, by name, that of what is not recorded last.
pub(super) struct GroupsOf {
    pub(super) dimension: Dimension,
    pub(super) groups: Vec<Option<String>>,
    /// Whether the data say in what team a worker is.
    has_workers: bool,
}

/// Everything under some of the run's policies.
struct Under {
    policy: Policy,
    tallies: Tallies,
    /// By measure what was found of its tables.
    inputs: Vec<Inputs>,
}

impl Figures {
    /// Those of a scorecard.
    ///
    /// # Errors
    /// A scorecard of parts that did not say what a publication is worked out from.
    pub(super) fn new(card: &Scorecard, period: PublishPeriod) -> Result<Self, ScorecardError> {
        let (run, supplied) = (&card.run, card.supplied());
        let wide = wide_runs(run)?;
        let ground = match &card.source {
            Source::Dataset(dataset) => {
                let standing = dataset.standing();
                Ground::new(&standing, &wide, &(0..standing.places()), true)?
            }
            Source::Parts { ground: Some(ground), .. } => ground.clone(),
            Source::Parts { ground: None, .. } => return Err(ScorecardError::NotOfParts),
        };
        let first = first(&wide);
        let sums = ground.tallies.first().map(|tallies| tallies.groups.iter());
        let dimensions = sums.into_iter().flatten();
        let dimensions = dimensions.map(|sums| GroupsOf::new(sums, &ground.present, supplied)).collect();
        let under = wide.iter().zip(ground.tallies);
        let under = under.map(|(run, tallies)| Under::new(supplied, run, tallies)).collect();
        let mut published = Vec::new();
        for step in 0..=run.to.since(run.from) {
            let month = run.from.plus(step);
            if period.ends_with(month) && month.plus(1 - period.months()) >= run.from {
                published.push(month);
            }
        }
        Ok(Self {
            period,
            months: first.months(),
            first_month: first.first_judged(),
            published,
            dimensions,
            under,
        })
    }

    /// The last months of periods from one that is published back: the periods that windows and directions reach.
    pub(super) fn periods(&self) -> Vec<Month> {
        let last = self.published.last().copied();
        let first = self.first_month.plus(self.period.months() - 1);
        let mut found = Vec::new();
        let mut month = first;
        while last.is_some_and(|last| month <= last) {
            if self.period.ends_with(month) {
                found.push(month);
            }
            month = month.plus(1);
        }
        found
    }

    /// The period before one, of a measure.
    pub(super) fn before(&self, measure: Measure, month: Month) -> Month {
        let own = if measure.definition().period == PeriodKind::Quarter { 3 } else { 1 };
        month.plus(-own.max(self.period.months()))
    }

    fn under(&self, terms: usize) -> &Under {
        at(&self.under, terms)
    }

    fn days(&self, month: Month) -> Option<MonthDays> {
        let index = usize::try_from(month.since(self.first_month)).ok()?;
        self.months.get(index).copied()
    }

    /// The months whose cases a figure of a period has.
    pub(super) fn months_of(&self, measure: Measure, policy: &Policy, month: Month) -> Vec<Month> {
        let is_quarterly = measure.definition().period == PeriodKind::Quarter;
        let adds_up = match measure.period(policy) {
            PeriodKind::Month => true,
            PeriodKind::Quarter => policy.adoption_window == AdoptionWindow::Quarter,
            PeriodKind::Snapshot | PeriodKind::RollingTwelveMonths => false,
        };
        let back = if adds_up { self.period.months() - 1 } else { 0 };
        let months = (0..=back).rev().map(|step| month.plus(-step));
        months.filter(|month| !is_quarterly || month.ends_quarter()).collect()
    }

    /// The sum of a period; `None`: the measure has no figure, or its tables are not there.
    pub(super) fn tally(&self, measure: Measure, terms: usize, month: Month) -> Option<Tally> {
        let Under { policy, tallies, inputs } = self.under(terms);
        let inputs = at(inputs, measure.index());
        let mut sum = Tally::default();
        let months = self.months_of(measure, policy, month);
        for month in &months {
            let days = self.days(*month)?;
            inputs.month(days)?;
            sum.merge(tallies.get(measure, inputs.basis, days.index)?);
        }
        (!months.is_empty()).then_some(sum)
    }

    /// The day that the tables of a measure are as at.
    pub(super) fn as_at(&self, measure: Measure, terms: usize) -> Option<Day> {
        at(&self.under(terms).inputs, measure.index()).as_at()
    }

    /// Whether the tables of a measure tell one month alone, so that nothing is before it.
    pub(super) fn is_of_one_month(&self, measure: Measure, terms: usize) -> bool {
        at(&self.under(terms).inputs, measure.index()).is_of_one_month()
    }

    /// The whole of a period by measure.
    pub(super) fn whole(&self, ties: &Ties, month: Month) -> Layer {
        let cell = |measure: Measure| {
            let tally = self.tally(measure, ties.terms_of(measure), month)?;
            Some(Cell::new(measure, &tally))
        };
        Measure::all().map(cell).collect()
    }

    /// The sums of the groups of a dimension, in their order; `None`: the measure has no figure, or no groups.
    pub(super) fn groups(
        &self,
        measure: Measure,
        terms: usize,
        month: Month,
        dimension: usize,
    ) -> Option<Vec<Tally>> {
        let of = at(&self.dimensions, dimension);
        if !of.has(measure) {
            return None;
        }
        self.tally(measure, terms, month)?;
        let Under { policy, tallies, inputs } = self.under(terms);
        let inputs = at(inputs, measure.index());
        let sums = tallies.groups.iter().nth(dimension)?;
        let mut found = vec![Tally::default(); of.groups.len()];
        for month in self.months_of(measure, policy, month) {
            let days = self.days(month)?;
            for (name, tally) in sums.of(measure, inputs.basis, days.index) {
                let group = of.groups.iter().position(|group| group.as_deref() == name);
                match group.and_then(|group| found.get_mut(group)) {
                    Some(sum) => sum.merge(tally),
                    None => broken(format_args!("a case is in a group that the data do not have")),
                }
            }
        }
        Some(found)
    }

    /// The groups of a dimension in a period, each by measure.
    pub(super) fn layers(&self, ties: &Ties, month: Month, dimension: usize) -> Vec<Layer> {
        let groups = at(&self.dimensions, dimension).groups.len();
        let mut layers = vec![vec![None; Measure::COUNT]; groups];
        for measure in Measure::all() {
            let Some(tallies) = self.groups(measure, ties.terms_of(measure), month, dimension) else {
                continue;
            };
            for (layer, tally) in layers.iter_mut().zip(&tallies) {
                if let Some(cell) = layer.get_mut(measure.index()) {
                    *cell = Some(Cell::new(measure, tally));
                }
            }
        }
        layers
    }
}

impl GroupsOf {
    /// Every band of age is there, of codes those of some person, of texts those of the data.
    fn new(sums: &DimensionSums, present: &BTreeMap<String, BTreeSet<String>>, supplied: &Supplied) -> Self {
        let dimension = &sums.dimension;
        let codes = present.get(dimension.name()).filter(|_| dimension.is_of_codes());
        let is_there = |name: &Option<&str>| match (name, codes) {
            (Some(name), Some(codes)) => codes.contains(*name),
            _ => true,
        };
        let names = sums.names().filter(is_there);
        let mut groups: Vec<Option<String>> = names.map(|name| name.map(str::to_owned)).collect();
        groups.sort_by(|a, b| a.is_none().cmp(&b.is_none()).then_with(|| a.cmp(b)));
        let has_workers = Dimension::knows_teams_of_workers(supplied);
        Self { dimension: dimension.clone(), groups, has_workers }
    }

    fn has(&self, measure: Measure) -> bool {
        self.dimension.groups_all(measure) || (self.has_workers && self.dimension.groups_some(measure))
    }
}

impl Under {
    fn new(supplied: &Supplied, run: &Run, tallies: Tallies) -> Self {
        let policy = run.options.policy.clone();
        let inputs = Measure::all().map(|measure| Inputs::find(measure, supplied, &policy)).collect();
        Self { policy, tallies, inputs }
    }
}
