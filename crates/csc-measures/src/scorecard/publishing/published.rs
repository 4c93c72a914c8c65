//! What of a scorecard may be published.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::group::PublishedGroup;
use super::options::{Protection, PublishPeriod, Publishing};
use super::result::PublishedResult;
use super::ties::Ties;
use crate::plan::{Definitions, Plan, RowId, Target};
use crate::policy::Policy;
use crate::scorecard::options::Options;
use crate::scorecard::run::Run;
use crate::scorecard::sections::sections;
use crate::signals::Signals;
use crate::time::Month;
use crate::time::calendar::Nation;

/// A scorecard that anybody may read: nothing that is shown, alone or together, tells a count of 1 to 5 people.
///
/// Of a measure and month it has status, value, numerator, denominator, unit, colour and direction, of a group also the
/// interval and the funnel; no outcomes, no cases, no issues of the data. A figure that is hidden has the status
/// `suppressed`, whatever it was, and `"c"` in place of its numbers. [`Protection`] says how figures are made safe, and
/// `docs/publishing.md` gives the rules in plain words.
///
/// # Examples
///
/// ## Five cases are hidden, six and none are shown
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
///     let published = builder.build().scorecard(march, march, &Options::default())?.published()?;
///     let result = serde_json::to_value(published.result("O4.M4", march).unwrap())?;
///     assert_eq!(result["value"].to_string(), shown);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Published {
    pub(super) run: Run,
    pub(super) publishing: Publishing,
    pub(super) ties: Ties,
    pub(super) calendar: Nation,
    pub(super) titles: Vec<(RowId, String)>,
    pub(super) results: Vec<PublishedResult>,
    pub(super) groups: Vec<PublishedGroup>,
    pub(super) signals: Vec<Signals>,
}

impl Published {
    /// The plan whose rows these are.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.options().plan
    }

    fn options(&self) -> &Options {
        &self.run.options
    }

    /// The titles of the plan's rows, as [`Scorecard::titles`](crate::Scorecard::titles).
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

    /// What a row of the plan is to reach in a month, as [`Scorecard::target`](crate::Scorecard::target).
    #[must_use]
    pub fn target(&self, measure: impl AsRef<str>, month: Month) -> Option<&Target> {
        self.run.target(self.plan().row(measure.as_ref()).ok()?, month)
    }

    /// The calendar of working days.
    #[must_use]
    pub fn calendar(&self) -> Nation {
        self.calendar
    }

    /// The policies.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.options().policy
    }

    /// How the figures are made safe.
    #[must_use]
    pub fn publishing(&self) -> Publishing {
        self.publishing
    }

    /// The first month.
    #[must_use]
    pub fn from(&self) -> Month {
        self.run.from
    }

    /// The last month.
    #[must_use]
    pub fn to(&self) -> Month {
        self.run.to
    }

    /// The results, in the order of the scorecard's.
    #[must_use]
    pub fn results(&self) -> &[PublishedResult] {
        &self.results
    }

    /// The results of groups, if the scorecard has a breakdown: every group that the dimension has anywhere in the data,
    /// for every measure and month, so that it tells nothing if one is missing. A breakdown by worker is not published.
    #[must_use]
    pub fn groups(&self) -> &[PublishedGroup] {
        &self.groups
    }

    /// What the control chart of each measure says, as [`Scorecard::signals`](crate::Scorecard::signals), by the figures
    /// that are shown alone: those that are left out are no points.
    #[must_use]
    pub fn signals(&self) -> &[Signals] {
        &self.signals
    }

    /// The result of a row of the plan, by its id, in a month, as [`Scorecard::result`](crate::Scorecard::result).
    #[must_use]
    pub fn result(&self, measure: impl AsRef<str>, month: Month) -> Option<&PublishedResult> {
        let measure = measure.as_ref();
        self.results
            .iter()
            .find(|published| published.result.measure == *measure && published.result.month == month)
    }

    /// How many figures have no value because they are hidden, those of groups too.
    #[must_use]
    pub fn hidden(&self) -> usize {
        let results = self.results.iter().filter(|result| result.is_suppressed()).count();
        results + self.groups.iter().filter(|group| group.is_suppressed()).count()
    }

    /// What is to be said under the figures.
    #[must_use]
    pub fn notes(&self) -> &'static [&'static str] {
        match self.publishing.protection {
            Protection::Suppression => &[
                "c stands for a figure of 1 to 5 cases, or one that would tell such a figure.",
                "This is safe for one publication of these months: another, by other periods or groups, or under other \
                 policies, plans, targets or data, could give children away when the two are compared.",
            ],
            Protection::Rounding => &[
                "Counts are rounded to the nearest 5; c stands for fewer than 8, including none, and for percentages and \
                 averages of few cases.",
                "Since figures are rounded, parts do not add up to the whole, and 100 % and 0 % may be a few cases away.",
            ],
        }
    }
}

impl Serialize for Published {
    /// As a scorecard, without the issues of the data.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // A section names its rows; it has no figure of its own.
        let options = self.options();
        let sections = options.by.map(|by| sections(self.plan(), by, &[]));
        let is_broken_down = !options.breakdown.is_empty();
        let is_rounded = self.publishing.protection == Protection::Rounding;
        let keys = 9
            + usize::from(is_broken_down)
            + usize::from(is_rounded)
            + options.count_terms()
            + usize::from(sections.is_some())
            + usize::from(options.signals);
        let mut object = serializer.serialize_struct("Published", keys)?;
        object.serialize_field("plan", self.plan().id())?;
        object.serialize_field("calendar", &self.calendar)?;
        object.serialize_field("policy", self.policy())?;
        object.serialize_field("protection", &self.publishing.protection)?;
        if is_rounded {
            object.serialize_field("rounding_least", &self.publishing.rounding_least)?;
        }
        object.serialize_field("publish_period", &self.publishing.publish_period)?;
        object.serialize_field("notes", self.notes())?;
        object.serialize_field("hidden", &self.hidden())?;
        object.serialize_field("results", &self.results)?;
        if is_broken_down {
            object.serialize_field("groups", &self.groups)?;
        }
        if options.signals {
            object.serialize_field("signals", &self.signals)?;
        }
        object.serialize_field("definitions", &self.definitions())?;
        options.serialize_terms(&mut object)?;
        if let Some(sections) = sections {
            object.serialize_field("sections", &sections)?;
        }
        object.end()
    }
}

impl PublishPeriod {
    /// The period after it, of which fewer figures are hidden.
    #[must_use]
    pub const fn longer(self) -> Option<Self> {
        match self {
            Self::Month => Some(Self::Quarter),
            Self::Quarter => Some(Self::Year),
            Self::Year => None,
        }
    }
}
