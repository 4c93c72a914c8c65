//! The relations that hold between the figures of a publication.

use crate::measures::{Measure, Quantity, Relation, Terms, Tie};
use crate::policy::Policy;
use crate::scorecard::breakdown::Dimension;
use crate::scorecard::error::ScorecardError;
use crate::scorecard::run::{Run, RunRow};
use crate::value::index::{at, at_mut, broken};

/// A relation between two measures that holds under their policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) tie: Tie,
    pub(super) first: (Measure, Quantity),
    pub(super) second: (Measure, Quantity),
}

/// The relations that hold under the policies of a publication.
#[derive(Clone, Debug)]
pub(super) struct Ties {
    pub(super) links: Vec<Link>,
    /// By measure the place of its policies among the run's.
    terms_of: Vec<usize>,
    /// By measure what its figures of different months are sums of.
    sums_of: Vec<Option<Terms>>,
}

impl Ties {
    /// The relations of a run; none between measures of which policies that bear on either differ.
    pub(super) fn new(run: &Run) -> Self {
        let terms_of = terms_of(run);
        let policy = |measure: Measure| &at(&run.terms, *at(&terms_of, measure.index())).policy;
        let are_alike = |a: Measure, b: Measure| {
            let keys = policy(a).decides_otherwise(policy(b));
            !keys.iter().any(|key| bears(a, key) || bears(b, key))
        };
        let links = Measure::all().flat_map(relations);
        let links = links.filter(|(measure, relation, other)| {
            (relation.under)(policy(*measure)) && are_alike(*measure, *other)
        });
        let links = links.map(|(measure, relation, other)| Link {
            tie: relation.tie,
            first: (measure, relation.own),
            second: (other, relation.theirs),
        });
        let links = links.collect();
        let sums_of =
            |measure: Measure| measure.definition().terms.filter(|terms| (terms.under)(policy(measure)));
        let sums_of = Measure::all().map(sums_of).collect();
        Self { links, terms_of, sums_of }
    }

    /// The place of the policies of a measure.
    pub(super) fn terms_of(&self, measure: Measure) -> usize {
        *at(&self.terms_of, measure.index())
    }

    pub(super) fn sums_of(&self, measure: Measure) -> Option<Terms> {
        *at(&self.sums_of, measure.index())
    }

    pub(super) fn with(&self, tie: Tie) -> impl Iterator<Item = &Link> {
        self.links.iter().filter(move |link| link.tie == tie)
    }

    /// The measures that are shown or hidden as one, this one among them.
    pub(super) fn same_as(&self, measure: Measure) -> Vec<Measure> {
        let mut found = vec![measure];
        let mut next = 0;
        while let Some(measure) = found.get(next).copied() {
            for link in self.with(Tie::Same) {
                for (one, other) in [(link.first.0, link.second.0), (link.second.0, link.first.0)] {
                    if one == measure && !found.contains(&other) {
                        found.push(other);
                    }
                }
            }
            next += 1;
        }
        found
    }

    /// The measures that are in a relation with one, in their order.
    pub(super) fn related_to(&self, measure: Measure) -> impl Iterator<Item = Measure> {
        let is_related = move |other: &Measure| {
            let pairs = [(measure, *other), (*other, measure)];
            *other != measure && self.links.iter().any(|link| pairs.contains(&(link.first.0, link.second.0)))
        };
        Measure::all().filter(is_related)
    }

    /// Whether a measure is in a relation of some kind.
    pub(super) fn is_tied(&self, measure: Measure, ties: &[Tie]) -> bool {
        self.links
            .iter()
            .any(|link| ties.contains(&link.tie) && (link.first.0 == measure || link.second.0 == measure))
    }
}

/// What a measure declares, each with the other measure.
fn relations(measure: Measure) -> impl Iterator<Item = (Measure, &'static Relation, Measure)> {
    measure.definition().relations.iter().map(move |relation| {
        let other = Measure::all().find(|other| other.key() == relation.of);
        let other =
            other.unwrap_or_else(|| broken(format_args!("`{measure}` is related to `{}`", relation.of)));
        (measure, relation, other)
    })
}

/// The policies of each measure: those of the row that shows it, else those of a row that shows a related one, else those
/// of the run.
fn terms_of(run: &Run) -> Vec<usize> {
    let mut found: Vec<Option<usize>> = vec![None; Measure::COUNT];
    for row in run.rows() {
        at_mut(&mut found, row.row.measure().index()).get_or_insert(row.terms);
    }
    let mut is_changed = true;
    while std::mem::take(&mut is_changed) {
        for (measure, _, other) in Measure::all().flat_map(relations) {
            for (one, other) in [(measure, other), (other, measure)] {
                let (theirs, ours) = (*at(&found, other.index()), at_mut(&mut found, one.index()));
                if ours.is_none() && theirs.is_some() {
                    *ours = theirs;
                    is_changed = true;
                }
            }
        }
    }
    found.into_iter().map(Option::unwrap_or_default).collect()
}

/// Refuses what no suppression makes safe: relations do not hold between figures under different policies.
///
/// # Errors
/// Rows that show one measure, or related measures, under different policies.
pub(super) fn refuse_unlike(run: &Run) -> Result<(), ScorecardError> {
    let rows: Vec<RunRow<'_>> = run.rows().collect();
    for (place, row) in rows.iter().enumerate() {
        for other in rows.iter().take(place) {
            if row.terms != other.terms && is_related(row, other) && differ(row, other) {
                return Err(ScorecardError::UnlikeRows {
                    first: other.row.id().to_string(),
                    second: row.row.id().to_string(),
                });
            }
        }
    }
    Ok(())
}

/// Refuses two dimensions of which the groups of one are sums of those of the other.
pub(super) fn refuse_nested(run: &Run) -> Result<(), ScorecardError> {
    if [Dimension::EthnicGroup, Dimension::Ethnicity].iter().all(|one| run.dimensions.contains(one)) {
        return Err(ScorecardError::NestedDimensions { first: "ethnic_group", second: "ethnicity" });
    }
    Ok(())
}

fn is_related(row: &RunRow<'_>, other: &RunRow<'_>) -> bool {
    let (a, b) = (row.row.measure(), other.row.measure());
    let holds = |relation: &Relation| (relation.under)(row.policy) || (relation.under)(other.policy);
    let relates =
        |one: Measure, other: Measure| relations(one).any(|(_, relation, of)| of == other && holds(relation));
    a == b || relates(a, b) || relates(b, a)
}

/// Whether a policy that bears on one of the two is another.
fn differ(row: &RunRow<'_>, other: &RunRow<'_>) -> bool {
    let keys = row.policy.decides_otherwise(other.policy);
    keys.iter().any(|key| bears(row.row.measure(), key) || bears(other.row.measure(), key))
}

/// Whether a policy can change what a measure counts.
fn bears(measure: Measure, key: &str) -> bool {
    let definition = measure.definition();
    let is_its = definition.policies.contains(&key)
        || definition.forms.iter().any(|form| form.policies.contains(&key));
    is_its && !Policy::OF_COLOURS.contains(&key)
}
