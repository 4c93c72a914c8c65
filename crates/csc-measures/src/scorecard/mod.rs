//! Months by measures: results, and the cases behind each.

mod amount;
mod error;
mod evaluate;
mod explain;
mod figure;
mod groups;
mod inputs;
mod merge;
mod options;
mod part;
mod part_file;
mod published;
mod result;
mod results;
mod run;
mod suppression;
mod tally;
mod target;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

pub use amount::Amount;
pub use error::ScorecardError;
pub use explain::Explanation;
pub use figure::{Shown, Status};
pub use groups::{By, Group, ParseByError};
pub use options::Options;
pub use part::Part;
pub use published::{Published, PublishedResult};
pub use result::{MeasureResult, Outcomes};
pub use target::{Direction, MeasureRag, Target, Targets};

use crate::calendar::Nation;
use crate::dataset::{DataIssue, Dataset, TableCount};
use crate::measures::Case;
use crate::period::Month;
use crate::plan::{Definitions, MeasureId, Plan};
use crate::policy::Policy;
use evaluate::evaluate;
pub(crate) use inputs::Inputs;
use results::{Sums, results};
use run::Run;

/// The results of a run of months.
#[derive(Clone, Debug)]
pub struct Scorecard {
    source: Source,
    run: Run,
    results: Vec<MeasureResult>,
}

/// What the results stand on.
#[derive(Clone, Debug)]
enum Source {
    Dataset(Dataset),
    /// Parts, whose rows are elsewhere.
    Parts {
        issues: Vec<DataIssue>,
        tables: Vec<TableCount>,
    },
}

impl Dataset {
    /// Computes every measure for each month from `from` to `to`, both included.
    ///
    /// A run has at most 1,200 months, a hundred years: the calendar of working days has 56, and every month
    /// takes memory whether or not there are data for it.
    ///
    /// ```
    /// use csc_measures::{Dataset, Options};
    ///
    /// let (april, march) = ("2016-04".parse()?, "2017-03".parse()?);
    /// let card = Dataset::builder().build().scorecard(april, march, &Options::default())?;
    /// assert_eq!(card.results().iter().filter(|result| result.month == march).count(), 58);
    ///
    /// // months in the wrong order
    /// let error = Dataset::builder().build().scorecard(march, april, &Options::default()).unwrap_err();
    /// assert_eq!(error.to_string(), "the run of months ends before it begins: 2017-03 to 2016-04");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Months in the wrong order or too many, a closure outside the calendar.
    pub fn scorecard(&self, from: Month, to: Month, options: &Options) -> Result<Scorecard, ScorecardError> {
        let run = Run::new(from, to, options)?;
        let data = self.data();
        let tallies = evaluate(data, &run, 0..data.person_count(), true);
        let sums = Sums { tallies: &tallies, supplied: data.supplied(), earliest: &data.earliest };
        let results = results(&run, &sums);
        Ok(Scorecard { source: Source::Dataset(self.clone()), run, results })
    }
}

impl Scorecard {
    /// The plan whose measures these are.
    #[must_use]
    pub fn plan(&self) -> &'static Plan {
        Plan::worcestershire_2017()
    }

    /// The versions of the definitions of the measures that have results.
    #[must_use]
    pub fn definitions(&self) -> Definitions {
        Definitions::of(self.results.iter().map(|result| result.measure))
    }

    /// The calendar of working days.
    #[must_use]
    pub fn calendar(&self) -> Nation {
        self.run.calendar.nation()
    }

    /// The policies.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.run.options.policy
    }

    /// The targets that were given.
    #[must_use]
    pub fn targets(&self) -> &Targets {
        &self.run.options.targets
    }

    /// How the options asked for the results to be grouped.
    #[must_use]
    pub fn by(&self) -> Option<By> {
        self.run.options.by
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

    /// The results by month, within a month in plan order, each companion after its measure.
    #[must_use]
    pub fn results(&self) -> &[MeasureResult] {
        &self.results
    }

    /// The result of a measure, by its id or the id's text, in a month.
    ///
    /// There is none in a month that was not asked for, of a measure that was not, of a quarterly measure
    /// in a month that ends no quarter, and of a text that is no id;
    /// [`cases`](Scorecard::cases) names the id that is nearest.
    ///
    /// ```
    /// use csc_measures::{Dataset, MeasureId, Options};
    ///
    /// let april = "2017-04".parse()?;
    /// let card = Dataset::builder().build().scorecard(april, april, &Options::default())?;
    /// assert_eq!(card.result("O3.M4", april), card.result(MeasureId::O3_M4, april));
    ///
    /// // adoptions are counted by the quarter
    /// assert!(card.result("O6.M3", april).is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn result(&self, measure: impl TryInto<MeasureId>, month: Month) -> Option<&MeasureResult> {
        let measure = measure.try_into().ok()?;
        self.results.iter().find(|result| result.measure == measure && result.month == month)
    }

    /// The issues of the data.
    #[must_use]
    pub fn issues(&self) -> &[DataIssue] {
        match &self.source {
            Source::Dataset(dataset) => dataset.issues(),
            Source::Parts { issues, .. } => issues,
        }
    }

    /// The supplied tables and what became of their rows.
    #[must_use]
    pub fn tables(&self) -> Vec<TableCount> {
        match &self.source {
            Source::Dataset(dataset) => dataset.tables(),
            Source::Parts { tables, .. } => tables.clone(),
        }
    }

    /// The cases behind a result, by subject, record and due date: the same judgement, so they add up to it.
    /// There are none where the measure has no result in the month.
    ///
    /// ```
    /// use csc_measures::{Dataset, MeasureId, Options};
    ///
    /// let march = "2017-03".parse()?;
    /// let card = Dataset::builder().build().scorecard(march, march, &Options::default())?;
    /// assert_eq!(card.cases("O3.M4", march)?, card.cases(MeasureId::O3_M4, march)?);
    ///
    /// // a misspelt id
    /// let error = card.cases("O3.M44", march).unwrap_err();
    /// assert_eq!(error.to_string(), "unknown measure `O3.M44`, did you mean `O3.M4`?");
    ///
    /// // a month that was not computed
    /// let error = card.cases("O3.M4", "2017-04".parse()?).unwrap_err();
    /// assert!(error.to_string().starts_with("2017-04 is not one of the months of the scorecard"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// A month for which the scorecard was not computed, a text that is no measure's id, a scorecard that was
    /// put together from parts.
    pub fn cases<M>(&self, measure: M, month: Month) -> Result<Vec<Case>, ScorecardError>
    where
        M: TryInto<MeasureId>,
        M::Error: Into<ScorecardError>,
    {
        let measure = measure.try_into().map_err(Into::into)?;
        let (from, to) = (self.run.from, self.run.to);
        if month < from || month > to {
            return Err(ScorecardError::OtherMonth { month, from, to });
        }
        match &self.source {
            Source::Dataset(dataset) => Ok(explain::cases(dataset.data(), &self.run, measure, month)),
            Source::Parts { .. } => Err(ScorecardError::NoCases),
        }
    }

    /// The [cases](Scorecard::cases) behind a result, with the measure, the month and the version of the
    /// definition: what every language writes as JSON.
    ///
    /// ```
    /// use csc_measures::{Dataset, Options};
    ///
    /// let march = "2017-03".parse()?;
    /// let card = Dataset::builder().build().scorecard(march, march, &Options::default())?;
    /// let explanation = serde_json::to_string(&card.explain("O3.M4", march)?)?;
    /// assert_eq!(explanation, r#"{"measure":"O3.M4","month":"2017-03","cases":[],"definition":1}"#);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`cases`](Scorecard::cases).
    pub fn explain<M>(&self, measure: M, month: Month) -> Result<Explanation, ScorecardError>
    where
        M: TryInto<MeasureId>,
        M::Error: Into<ScorecardError>,
    {
        let measure = measure.try_into().map_err(Into::into)?;
        let cases = self.cases(measure, month)?;
        Ok(Explanation { measure, month, cases, definition: measure.version() })
    }
}

impl Serialize for Scorecard {
    /// The whole output: plan, calendar, policy, results, data issues, definitions; and where the options have
    /// them closures, targets and groups.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let groups = self.groups();
        let options = &self.run.options;
        let keys = 6 + options.count_terms() + usize::from(groups.is_some());
        let mut object = serializer.serialize_struct("Scorecard", keys)?;
        object.serialize_field("plan", &self.plan().id)?;
        object.serialize_field("calendar", &self.calendar())?;
        object.serialize_field("policy", self.policy())?;
        object.serialize_field("results", &self.results)?;
        object.serialize_field("data_issues", self.issues())?;
        object.serialize_field("definitions", &self.definitions())?;
        options.serialize_terms(&mut object)?;
        if let Some(groups) = groups {
            object.serialize_field("groups", &groups)?;
        }
        object.end()
    }
}
