//! For tests alone: whether relations hold, what is published where a rule is left out, and whether the audit is right.

use std::collections::BTreeMap;

use super::cell::quantities;
use super::figures::Figures;
use super::options::{PublishPeriod, Publishing};
use super::publish::publish;
use super::published::Published;
use super::report::{Audit, AuditFinding};
use super::rules::{Layer, Rule, Rules};
use super::ties::Ties;
use super::window::begins_with_a_month;
use crate::measures::{Measure, Quantity, Tie};
use crate::scorecard::card::Scorecard;
use crate::scorecard::error::ScorecardError;
use crate::time::Month;
use crate::value::index::at;

/// The relations that do not hold between the figures of a scorecard, in words.
///
/// # Errors
/// As [`Scorecard::published`].
pub fn broken_relations(card: &Scorecard) -> Result<Vec<String>, ScorecardError> {
    let figures = Figures::new(card, PublishPeriod::Month)?;
    let ties = Ties::new(&card.run);
    let mut found = Vec::new();
    for month in &figures.published {
        let whole = figures.whole(&ties, *month);
        let mut layers = vec![("the whole".to_owned(), whole.clone())];
        for (place, dimension) in figures.dimensions.iter().enumerate() {
            let groups = figures.layers(&ties, *month, place);
            found.extend(not_the_whole(&whole, &groups).map(|measure| {
                format!(
                    "{month}: the groups by {} of {measure} are not the whole",
                    dimension.dimension.name()
                )
            }));
            let names = dimension.groups.iter().map(|group| format!("{:?} {group:?}", dimension.dimension));
            layers.extend(names.zip(groups));
        }
        for (name, layer) in layers {
            found.extend(broken_in(&figures, &ties, &layer).map(|words| format!("{month}, {name}: {words}")));
        }
        found.extend(broken_windows(&figures, &ties, *month));
    }
    Ok(found)
}

fn not_the_whole<'a>(whole: &'a Layer, groups: &'a [Layer]) -> impl Iterator<Item = Measure> + 'a {
    Measure::all().filter(move |measure| {
        let of = |layer: &Layer| *at(layer, measure.index());
        let Some(whole) = of(whole) else { return false };
        let parts: Vec<_> = groups.iter().filter_map(of).collect();
        !parts.is_empty()
            && quantities(*measure).iter().any(|quantity| {
                parts.iter().map(|part| part.of(*quantity)).sum::<u64>() != whole.of(*quantity)
            })
    })
}

fn broken_in<'a>(
    figures: &'a Figures,
    ties: &'a Ties,
    layer: &'a Layer,
) -> impl Iterator<Item = String> + 'a {
    let day = move |measure: Measure| figures.as_at(measure, ties.terms_of(measure));
    ties.links.iter().filter_map(move |link| {
        let (one, other) = (link.first.0, link.second.0);
        let (Some(a), Some(b)) = (at(layer, one.index()), at(layer, other.index())) else { return None };
        if day(one) != day(other) {
            return None;
        }
        let (a, b) = (a.of(link.first.1), b.of(link.second.1));
        let holds = match link.tie {
            Tie::Same | Tie::Window => true,
            Tie::Equal => a == b,
            Tie::Part | Tie::Gap | Tie::AtMost => a <= b,
        };
        (!holds).then(|| format!("{link:?}: {a} and {b}"))
    })
}

fn broken_windows<'a>(
    figures: &'a Figures,
    ties: &'a Ties,
    month: Month,
) -> impl Iterator<Item = String> + 'a {
    let links = ties.with(Tie::Window).filter(move |_| begins_with_a_month(month, 12));
    links.filter_map(move |link| {
        let cell = |measure: Measure, month: Month| *at(&figures.whole(ties, month), measure.index());
        let window = cell(link.first.0, month)?.of(link.first.1);
        let months: Option<Vec<u64>> =
            (0..12).map(|back| Some(cell(link.second.0, month.plus(-back))?.of(link.second.1))).collect();
        let sum = months?.iter().sum::<u64>();
        (sum != window).then(|| format!("{month}: {link:?}: {window} and {sum}"))
    })
}

/// What would be published without one of the rules, or with all of them, whatever it tells.
///
/// # Errors
/// As [`Scorecard::published`], but for what is told.
pub fn published_without(
    card: &Scorecard,
    publishing: Publishing,
    rule: Option<Rule>,
) -> Result<Published, ScorecardError> {
    publish(card, publishing, Rules { without: rule })
}

/// The findings of an audit whose set lacks the true number, in words: there are none.
///
/// # Errors
/// As [`Scorecard::published`].
pub fn untrue_findings(
    card: &Scorecard,
    publishing: Publishing,
    audit: &Audit,
) -> Result<Vec<String>, ScorecardError> {
    let figures = Figures::new(card, publishing.publish_period)?;
    let ties = Ties::new(&card.run);
    let mut truth = Truth { card, figures: &figures, ties: &ties, layers: BTreeMap::new() };
    let mut found = Vec::new();
    for finding in audit.findings() {
        let Some(number) = truth.of(finding) else { continue };
        let is_in = match &finding.values {
            Some(values) => values.contains(&number),
            None => finding.low <= number && finding.high.is_none_or(|high| number <= high),
        };
        if !is_in {
            found.push(format!("{number} is not in {finding:?}"));
        }
    }
    Ok(found)
}

/// The true numbers, by month and dimension.
struct Truth<'a> {
    card: &'a Scorecard,
    figures: &'a Figures,
    ties: &'a Ties,
    layers: BTreeMap<(Month, Option<usize>), Vec<Layer>>,
}

impl Truth<'_> {
    fn of(&mut self, finding: &AuditFinding) -> Option<u64> {
        if finding.of_months.is_some() {
            return None;
        }
        let measure = self.card.run.row(&finding.measure).ok()?.row.measure();
        let quantity = Quantity::ALL.into_iter().find(|quantity| quantity.as_str() == finding.quantity)?;
        let dimensions = &self.figures.dimensions;
        let dimension = match &finding.dimension {
            Some(name) => Some(dimensions.iter().position(|of| of.dimension.name() == name)?),
            None => None,
        };
        let group = match dimension.and_then(|place| dimensions.get(place)) {
            Some(of) => of.groups.iter().position(|group| *group == finding.group)?,
            None => 0,
        };
        let (figures, ties, month) = (self.figures, self.ties, finding.month);
        let layers = self.layers.entry((month, dimension)).or_insert_with(|| match dimension {
            Some(place) => figures.layers(ties, month, place),
            None => vec![figures.whole(ties, month)],
        });
        let cell = |measure: Measure| *layers.get(group).and_then(|layer| layer.get(measure.index()))?;
        let own = cell(measure)?.of(quantity);
        let Some(whole) = &finding.less_than else { return Some(own) };
        let whole = self.card.run.row(whole).ok()?.row.measure();
        let link =
            ties.with(Tie::Part).find(|link| link.first == (measure, quantity) && link.second.0 == whole)?;
        cell(whole)?.of(link.second.1).checked_sub(own)
    }
}
