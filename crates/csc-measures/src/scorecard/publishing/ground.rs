//! What a publication is worked out from: the sums of every measure, also of those that nobody asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::dataset::Standing;
use crate::measures::Measure;
use crate::plan::{Plan, Targets};
use crate::scorecard::breakdown::{Dimension, Groupings, codes_in_data};
use crate::scorecard::error::ScorecardError;
use crate::scorecard::evaluate::evaluate;
use crate::scorecard::run::Run;
use crate::scorecard::tallies::Tallies;
use crate::value::index::broken;

/// The months before the first that a window of twelve months reaches.
const WINDOW: i32 = 12;

/// The sums of every measure under each of a run's policies, of the run's months and those that windows reach.
#[derive(Clone, Debug)]
pub(in crate::scorecard) struct Ground {
    /// By terms of the run.
    pub(in crate::scorecard) tallies: Vec<Tallies>,
    /// By dimension of codes the groups that some person is in.
    pub(in crate::scorecard) present: BTreeMap<String, BTreeSet<String>>,
}

impl Ground {
    /// That of all persons, or of a share of them; the first share also has what does not belong to a person.
    pub(in crate::scorecard) fn new(
        standing: &Standing<'_>,
        wide: &[Run],
        persons: &Range<usize>,
        is_first: bool,
    ) -> Result<Self, ScorecardError> {
        let groupings = Groupings::new(&first(wide).dimensions, standing)?;
        let tallies = wide.iter().map(|run| {
            let of_terms = evaluate(standing, run, &groupings, persons, is_first).into_iter().next();
            of_terms.unwrap_or_else(|| broken(format_args!("a run has no policies")))
        });
        Ok(Self { tallies: tallies.collect(), present: codes_in_data(standing, &groupings) })
    }

    /// Takes in that of other data.
    pub(in crate::scorecard) fn merge(&mut self, other: &Self) {
        for (tallies, more) in self.tallies.iter_mut().zip(&other.tallies) {
            tallies.merge(more);
        }
        for (dimension, groups) in &other.present {
            self.present.entry(dimension.clone()).or_default().extend(groups.iter().cloned());
        }
    }

    /// The first measure whose sums are larger than cases can make them.
    pub(in crate::scorecard) fn impossible(&self) -> Option<Measure> {
        self.tallies.iter().find_map(Tallies::impossible)
    }
}

/// A run of every measure for each of a run's policies, with the months that windows reach. A breakdown by worker is not
/// published.
pub(in crate::scorecard) fn wide_runs(run: &Run) -> Result<Vec<Run>, ScorecardError> {
    let wide = |policy| {
        let mut options = run.options.clone();
        options.plan = Plan::all_measures();
        options.policy = policy;
        options.measures = None;
        options.targets = Targets::default();
        options.chart.clear();
        options.baseline = None;
        options.rebase.clear();
        options.breakdown.retain(|name| Dimension::named(name) != Dimension::Worker);
        let mut wide = Run::new(run.from, run.to, &options)?;
        wide.from = run.from.plus(1 - WINDOW);
        wide.is_of_part = run.is_of_part;
        Ok(wide)
    };
    run.terms.iter().map(|terms| wide(terms.policy.clone())).collect()
}

/// The run of the run's own policies; months and dimensions are the same of all.
pub(in crate::scorecard) fn first(wide: &[Run]) -> &Run {
    wide.first().unwrap_or_else(|| broken(format_args!("a run has no policies")))
}
