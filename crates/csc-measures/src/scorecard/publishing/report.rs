//! What the audit found, figure by figure.

use std::collections::{BTreeSet, HashMap};

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::audit::{About, Finding, Known, Place, Possible, Seen, Sight, find, is_of_equivalents, shown};
use super::group::PublishedGroup;
use super::options::Protection;
use super::published::Published;
use super::result::LeftOut;
use super::rounded::possible;
use super::suppression::step;
use crate::measures::{Measure, Quantity, Unit};
use crate::plan::RowId;
use crate::scorecard::figure::Status;
use crate::scorecard::run::RunRow;
use crate::time::{Day, Month};
use crate::value::Amount;
use crate::value::index::at;

/// So many figures are named in a message.
const MOST_NAMED: usize = 10;

/// What somebody who knows the rules can tell of published figures, from them alone.
///
/// # Examples
///
/// ## A hidden count is 1 to 5, and nobody knows which
///
/// ```
/// use chrono::NaiveDate;
/// use csc_measures::tables::Compliment;
/// use csc_measures::{Dataset, Options};
///
/// let march = "2017-03".parse()?;
/// let received_date = NaiveDate::from_ymd_opt(2017, 3, 7).unwrap();
/// let rows: Vec<Compliment> =
///     (0..3).map(|id| Compliment { compliment_id: id.to_string(), received_date }).collect();
/// let mut builder = Dataset::builder();
/// builder.rows(&rows)?;
/// let audit = builder.build().scorecard(march, march, &Options::default())?.published()?.audit();
/// let compliments = audit.findings().iter().find(|found| found.measure == "O4.M4").unwrap();
/// assert_eq!(compliments.values, Some(vec![1, 2, 3, 4, 5]));
/// assert!(!compliments.is_told && audit.told().next().is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audit {
    findings: Vec<AuditFinding>,
}

/// What a number that is not shown may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AuditFinding {
    /// The id of the plan's row.
    pub measure: RowId,
    /// The month, or the last of the period.
    pub month: Month,
    /// What the cases are grouped by; `None`: the figure is of the whole.
    pub dimension: Option<String>,
    /// The group; `None` also if what the cases are grouped by is not recorded.
    pub group: Option<String>,
    /// `numerator`, `denominator` or `rest`: the cases in the denominator alone.
    pub quantity: &'static str,
    /// The row of the whole, if it is the difference of that from this figure, a part of it.
    pub less_than: Option<RowId>,
    /// The months to this one in which it happened, if nobody publishes such figures.
    pub of_months: Option<usize>,
    /// The least that it may be.
    pub low: u64,
    /// The most; `None`: nothing says.
    pub high: Option<u64>,
    /// Every number that it may be, if they are at most 24.
    pub values: Option<Vec<u64>>,
    /// Whether it can be told that it is one number from 1 to 5.
    pub is_told: bool,
}

impl Audit {
    /// What each quantity that is not shown may be, and what is told.
    #[must_use]
    pub fn findings(&self) -> &[AuditFinding] {
        &self.findings
    }

    /// The numbers from 1 to 5 that can be told. Of what is published there are none.
    pub fn told(&self) -> impl Iterator<Item = &AuditFinding> {
        self.findings.iter().filter(|finding| finding.is_told)
    }

    /// The figures that are to be left out because of what they tell; `None`: nothing is told.
    pub(super) fn to_leave_out(&self) -> Option<String> {
        let figures: BTreeSet<String> =
            self.told().map(|found| format!("`{}` of {}", found.measure, found.month)).collect();
        let named: Vec<&str> = figures.iter().take(MOST_NAMED).map(String::as_str).collect();
        let more = figures.len().saturating_sub(MOST_NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        (!figures.is_empty()).then(|| named.join(", ") + &more)
    }
}

impl Serialize for Audit {
    /// How many findings are told, and all of them.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("told", &self.told().count())?;
        map.serialize_entry("findings", &self.findings)?;
        map.end()
    }
}

/// The rows of the plan by the measure that they show, under the policies by which it is related to others.
struct Rows<'a> {
    rows: Vec<RunRow<'a>>,
}

impl<'a> Rows<'a> {
    fn new(published: &'a Published) -> Self {
        let rows = published.run.asked();
        let is_tied = |row: &RunRow<'_>| row.terms == published.ties.terms_of(row.row.measure());
        Self { rows: rows.filter(is_tied).collect() }
    }

    fn of(&self, measure: Measure) -> impl Iterator<Item = &RunRow<'a>> {
        self.rows.iter().filter(move |row| row.row.measure() == measure)
    }

    fn id(&self, measure: Measure) -> Option<RowId> {
        self.of(measure).next().map(|row| row.row.id().clone())
    }
}

impl Published {
    /// What somebody who knows the rules can tell of the figures that are not shown, from what is published alone.
    #[must_use]
    pub fn audit(&self) -> Audit {
        let rows = Rows::new(self);
        let seen = seen(self, &rows);
        let period = self.publishing.publish_period.months();
        let known = Known {
            ties: &self.ties,
            figures: &seen,
            is_seen: &|measure| rows.id(measure).is_some(),
            step: &|measure| step(measure, period),
        };
        let findings = find(&known);
        let findings = findings.iter().filter(|found| is_worth_saying(found, &seen));
        Audit { findings: findings.filter_map(|found| named(found, self, &rows)).collect() }
    }
}

/// Whether a finding is of something that is not shown, or is told.
fn is_worth_saying(found: &Finding, seen: &[Seen]) -> bool {
    let is_hidden = found.figure.is_none_or(|figure| match &at(seen, figure).sight {
        Sight::Shown(_) => false,
        Sight::Hidden { .. } => true,
        Sight::Rounded(_) => found.possible.only().is_none(),
    });
    is_hidden || found.is_told()
}

fn named(found: &Finding, published: &Published, rows: &Rows<'_>) -> Option<AuditFinding> {
    let (dimension, group) = match found.place {
        Place::Whole => (None, None),
        Place::Group(..) => {
            let place = |group: &&PublishedGroup| Place::Group(group.place.0, group.place.1) == found.place;
            let of = published.groups.iter().find(place)?;
            (Some(of.dimension.clone()), of.group.clone())
        }
    };
    let (quantity, less_than, of_months) = match found.about {
        About::Quantity(quantity) => (quantity, None, None),
        About::Difference(quantity, whole) => (quantity, rows.id(whole), None),
        About::Term(quantity, months) => (quantity, None, Some(months)),
    };
    Some(AuditFinding {
        measure: rows.id(found.measure)?,
        month: found.month,
        dimension,
        group,
        quantity: quantity.as_str(),
        less_than,
        of_months,
        low: found.possible.low(),
        high: found.possible.high(),
        values: found.possible.each(),
        is_told: found.is_told(),
    })
}

/// A figure of one place in the forms in which it is shown.
#[derive(Clone, Copy)]
struct Shown<'a> {
    measure: Measure,
    unit: Unit,
    month: Month,
    place: Place,
    status: Status,
    numbers: (Option<Amount>, Option<Amount>),
    left_out: LeftOut,
    is_few: bool,
    as_at: Option<Day>,
    row: &'a RunRow<'a>,
}

/// Everything that can be seen, each measure once however many rows show it.
fn seen(published: &Published, rows: &Rows<'_>) -> Vec<Seen> {
    let mut found: Vec<Seen> = Vec::new();
    let mut places = HashMap::new();
    for figure in shown_figures(published, rows) {
        if figure.status == Status::NotSupplied {
            continue;
        }
        let sight = sight(&figure, published.publishing.protection);
        let key = (figure.measure, figure.month, figure.place);
        match places.get(&key).and_then(|place: &usize| found.get_mut(*place)) {
            // A percentage shows more than the number of the same measure.
            Some(known) if figure.unit != Unit::Count => known.sight = sight,
            Some(_) => {}
            None => {
                places.insert(key, found.len());
                found.push(Seen {
                    measure: figure.measure,
                    month: figure.month,
                    place: figure.place,
                    as_at: figure.as_at,
                    sight,
                });
            }
        }
    }
    found
}

fn shown_figures<'a>(published: &'a Published, rows: &'a Rows<'a>) -> impl Iterator<Item = Shown<'a>> {
    let row = |id: &RowId| rows.rows.iter().find(|row| row.row.id() == id);
    let results = published.results.iter().filter_map(move |line| {
        let row = row(&line.result.measure)?;
        Some(Shown {
            measure: line.result.key,
            unit: line.result.unit,
            month: line.result.month,
            place: Place::Whole,
            status: line.result.status,
            numbers: (line.result.numerator, line.result.denominator),
            left_out: line.left_out,
            is_few: line.is_few,
            as_at: line.as_at,
            row,
        })
    });
    let row = |id: &RowId| rows.rows.iter().find(|row| row.row.id() == id);
    let groups = published.groups.iter().filter_map(move |group| {
        let row = row(&group.measure)?;
        Some(Shown {
            measure: row.row.measure(),
            unit: row.row.unit(),
            month: group.month,
            place: Place::Group(group.place.0, group.place.1),
            status: group.status,
            numbers: (group.numerator, group.denominator),
            left_out: group.left_out,
            is_few: false,
            as_at: group.as_at,
            row,
        })
    });
    results.chain(groups)
}

fn sight(figure: &Shown<'_>, protection: Protection) -> Sight {
    let policy = figure.row.policy;
    match protection {
        Protection::Suppression if figure.left_out.value => Sight::Hidden { is_few: figure.is_few },
        Protection::Suppression => shown(figure.measure, policy, figure.numbers),
        Protection::Rounding => {
            let (numerator, denominator) = figure.numbers;
            let of = |quantity: Quantity| {
                let is_of_equivalents = is_of_equivalents(figure.measure, quantity, policy);
                match quantity {
                    Quantity::Numerator => possible(numerator, is_of_equivalents),
                    Quantity::Denominator if figure.unit != Unit::Count => {
                        possible(denominator, is_of_equivalents)
                    }
                    Quantity::Denominator | Quantity::Rest => Possible::any(),
                }
            };
            Sight::Rounded(Quantity::ALL.map(of))
        }
    }
}
