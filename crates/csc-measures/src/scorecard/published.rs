//! What of a scorecard may be published.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::card::Scorecard;
use super::options::Options;
use super::rating::MeasureRag;
use super::result::{MeasureResult, Outcomes, serialize_result};
use super::sections::sections;
use super::signals::{Value, signals_of};
use super::suppression::suppressed;
use super::tally::CaseCounts;
use crate::plan::{Definitions, Plan, RowId};
use crate::policy::Policy;
use crate::signals::Signals;
use crate::time::Month;
use crate::time::calendar::Nation;

/// A scorecard without what could identify a few children: no cases, no issues of the data, and no figure of
/// one to five cases.
///
/// A figure is **suppressed** if, of its cases,
///
/// - a count is of 1 to 5,
/// - in a percentage the numerator, the rest of the denominator or both together are 1 to 5: children, reviews
///   or workers, also if full-time equivalents are divided,
/// - an average or a number of days is of 1 to 5,
/// - a related figure, which would give it away, is suppressed: a number and its percentage; complaints
///   and those by children; adoptions with and without the cohorts left out, also if the two differ by 1
///   to 5 cases.
///
/// Zero stays zero, unless it is in such a pair. Value, numerator and denominator are then `"c"`, and the
/// numbers of outcomes, the colour and whether all were met are null. The direction is null too, also if
/// the figure of the period before is suppressed. Everything else is as in the scorecard.
///
/// A figure that is not suppressed keeps its numbers of outcomes, and one of them may be of one to five cases: for
/// the public leave the key `outcomes` out.
///
/// Figures of different measures, months or publications can still give each other away: check for that before
/// you publish.
///
/// # Examples
///
/// ## Five cases are suppressed, six and none are shown
///
/// ```
/// use chrono::NaiveDate;
/// use csc_measures::tables::Compliment;
/// use csc_measures::{Dataset, Options};
///
/// let march = "2017-03".parse()?;
/// let received_date = NaiveDate::from_ymd_opt(2017, 3, 7).unwrap();
/// let compliments = |count: u32| -> Vec<Compliment> {
///     (0..count).map(|id| Compliment { compliment_id: id.to_string(), received_date }).collect()
/// };
///
/// // five are too few to tell, six are not
/// for (count, shown) in [(0, "0"), (5, r#""c""#), (6, "6")] {
///     let mut builder = Dataset::builder();
///     builder.rows(&compliments(count))?;
///     let published = builder.build().scorecard(march, march, &Options::default())?.published();
///     let result = serde_json::to_value(published.result("O4.M4", march).unwrap())?;
///     assert_eq!(result["value"].to_string(), shown);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Published {
    calendar: Nation,
    options: Options,
    titles: Vec<(RowId, String)>,
    from: Month,
    to: Month,
    results: Vec<PublishedResult>,
    signals: Vec<Signals>,
}

/// A measure in a month, as it may be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedResult {
    result: MeasureResult,
    is_suppressed: bool,
}

impl Scorecard {
    /// What may be published of the scorecard. [`Published`] says what is suppressed.
    #[must_use]
    pub fn published(&self) -> Published {
        let results = self.results();
        let now = suppressed(results, |result| Some(result.cases));
        let before = suppressed(results, |result| result.cases_before);
        let results: Vec<PublishedResult> = results
            .iter()
            .zip(now.into_iter().zip(before))
            .map(|(result, (now, before))| PublishedResult::new(result.clone(), now, before))
            .collect();
        Published {
            // A figure that is left out has no value, and is not a point of a chart.
            signals: signals_of(&self.run, results.iter().filter_map(|shown| Value::of(&shown.result))),
            calendar: self.calendar(),
            options: self.run.options.clone(),
            titles: self.titles(),
            from: self.from(),
            to: self.to(),
            results,
        }
    }
}

impl PublishedResult {
    fn new(mut result: MeasureResult, is_suppressed: bool, was_suppressed: bool) -> Self {
        // The number of cases is not a figure.
        (result.cases, result.cases_before) = (CaseCounts::default(), None);
        if is_suppressed || was_suppressed {
            result.direction = None;
        }
        if is_suppressed {
            (result.numerator, result.denominator, result.value) = (None, None, None);
            result.outcomes = Outcomes::default();
            result.rag = MeasureRag::NotApplicable;
            result.all_met = result.all_met.map(|_| None);
        }
        Self { result, is_suppressed }
    }

    /// Whether its numbers are left out.
    #[must_use]
    pub fn is_suppressed(&self) -> bool {
        self.is_suppressed
    }

    /// The result; if it is suppressed, without numerator, denominator, value, outcomes, direction and
    /// colour.
    #[must_use]
    pub fn result(&self) -> &MeasureResult {
        &self.result
    }
}

impl Published {
    /// The plan whose rows these are.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.options.plan
    }

    /// The titles of the plan's rows, as [`Scorecard::titles`].
    #[must_use]
    pub fn titles(&self) -> &[(RowId, String)] {
        &self.titles
    }

    /// The versions of the definitions of the measures that have results.
    #[must_use]
    pub fn definitions(&self) -> Definitions {
        let versions = |published: &PublishedResult| {
            (published.result.measure.clone(), published.result.key.definition().version)
        };
        Definitions::new(self.plan(), self.results.iter().map(versions))
    }

    /// The calendar of working days.
    #[must_use]
    pub fn calendar(&self) -> Nation {
        self.calendar
    }

    /// The policies.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.options.policy
    }

    /// The first month.
    #[must_use]
    pub fn from(&self) -> Month {
        self.from
    }

    /// The last month.
    #[must_use]
    pub fn to(&self) -> Month {
        self.to
    }

    /// The results, in the order of the scorecard's.
    #[must_use]
    pub fn results(&self) -> &[PublishedResult] {
        &self.results
    }

    /// What the control chart of each measure says, as [`Scorecard::signals`], by the figures that are shown alone: those
    /// that are left out are no points.
    #[must_use]
    pub fn signals(&self) -> &[Signals] {
        &self.signals
    }

    /// The result of a row of the plan, by its id, in a month, as [`Scorecard::result`].
    #[must_use]
    pub fn result(&self, measure: impl AsRef<str>, month: Month) -> Option<&PublishedResult> {
        let measure = measure.as_ref();
        self.results
            .iter()
            .find(|published| published.result.measure == *measure && published.result.month == month)
    }
}

impl Serialize for PublishedResult {
    /// As a result; if it is suppressed its numbers are `"c"`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_result(&self.result, self.is_suppressed, serializer)
    }
}

impl Serialize for Published {
    /// As a scorecard, without the issues of the data.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // A section names its rows; it has no figure of its own.
        let sections = self.options.by.map(|by| sections(self.plan(), by, &[]));
        let keys = 5
            + self.options.count_terms()
            + usize::from(sections.is_some())
            + usize::from(self.options.signals);
        let mut object = serializer.serialize_struct("Published", keys)?;
        object.serialize_field("plan", self.plan().id())?;
        object.serialize_field("calendar", &self.calendar)?;
        object.serialize_field("policy", self.policy())?;
        object.serialize_field("results", &self.results)?;
        if self.options.signals {
            object.serialize_field("signals", &self.signals)?;
        }
        object.serialize_field("definitions", &self.definitions())?;
        self.options.serialize_terms(&mut object)?;
        if let Some(sections) = sections {
            object.serialize_field("sections", &sections)?;
        }
        object.end()
    }
}
