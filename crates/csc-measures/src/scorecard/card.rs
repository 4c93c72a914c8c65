//! A scorecard, and what it can be asked.

use super::by::By;
use super::error::ScorecardError;
use super::evaluate::evaluate;
use super::explain::{self, Explanation};
use super::options::Options;
use super::result::MeasureResult;
use super::results::{Sums, results};
use super::run::Run;
use super::target::Targets;
use crate::dataset::{DataIssue, Dataset, TableCount};
use crate::measures::Case;
use crate::plan::{Definitions, MeasureId, Plan};
use crate::policy::Policy;
use crate::time::Month;
use crate::time::calendar::Nation;

/// The results of a run of months.
#[derive(Clone, Debug)]
pub struct Scorecard {
    pub(super) source: Source,
    pub(super) run: Run,
    pub(super) results: Vec<MeasureResult>,
}

/// What the results stand on.
#[derive(Clone, Debug)]
pub(super) enum Source {
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
    /// assert_eq!(card.results().iter().filter(|result| result.month == march).count(), 62);
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
