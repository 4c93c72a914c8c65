//! A scorecard, and what it can be asked.

use std::collections::{BTreeMap, BTreeSet};

use super::breakdown::{self, GroupResult, Groupings, refuse_unknown};
use super::error::ScorecardError;
use super::evaluate::evaluate;
use super::explain::{self, Explanation};
use super::options::Options;
use super::publishing::Ground;
use super::result::MeasureResult;
use super::results::{Sums, results};
use super::run::{Run, RunRow};
use super::section_by::SectionBy;
use super::signals::{Value, signals_of};
use crate::dataset::{ColumnReport, DataIssue, Dataset, Supplied, TableCount};
use crate::measures::Case;
use crate::plan::{Definitions, Plan, PlanRow, RowId, Target, Targets};
use crate::policy::Policy;
use crate::signals::Signals;
use crate::time::Month;
use crate::time::calendar::Nation;
use crate::value::index::at;

/// The results of a run of months.
#[derive(Clone, Debug)]
pub struct Scorecard {
    pub(super) source: Source,
    pub(super) run: Run,
    pub(super) results: Vec<MeasureResult>,
    pub(super) groups: Vec<GroupResult>,
}

/// What the results stand on.
#[derive(Clone, Debug)]
pub(super) enum Source {
    Dataset(Dataset),
    /// Parts, whose rows are elsewhere.
    Parts {
        issues: Vec<DataIssue>,
        supplied: Supplied,
        /// What a publication is worked out from, if it was asked for.
        ground: Option<Ground>,
    },
}

impl Dataset {
    /// Computes every measure for each month from `from` to `to`, both included.
    ///
    /// A run has at most 1,200 months, a hundred years: the calendar of working days has 56, and every month
    /// takes memory whether or not there are data for it.
    ///
    /// # Examples
    ///
    /// ## A year, and months in the wrong order
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
    /// Months in the wrong order, or outside the calendar (1995-01 to 2050-12); a closure outside it; a dimension of the
    /// breakdown that is there twice, or that the data do not have.
    pub fn scorecard(&self, from: Month, to: Month, options: &Options) -> Result<Scorecard, ScorecardError> {
        let run = Run::new(from, to, options)?;
        let data = self.data();
        if let Some(table) = data.supplied().first_looked_up() {
            return Err(ScorecardError::LookedUp { table });
        }
        let standing = &self.standing();
        let groupings = Groupings::new(&run.dimensions, standing)?;
        refuse_unknown(&breakdown::unknown(standing, &run.dimensions), breakdown::own_names(standing))?;
        let tallies = evaluate(standing, &run, &groupings, &(0..standing.places()), true);
        let sums = Sums {
            tallies: &tallies,
            supplied: data.supplied(),
            extent: &data.extent,
            unknown_teams: &standing.unknown_teams(run.teams()),
        };
        let (results, groups) = results(&run, &sums);
        Ok(Scorecard { source: Source::Dataset(self.clone()), run, results, groups })
    }
}

impl Scorecard {
    /// What was found of the tables.
    pub(super) fn supplied(&self) -> &Supplied {
        match &self.source {
            Source::Dataset(dataset) => dataset.data().supplied(),
            Source::Parts { supplied, .. } => supplied,
        }
    }

    /// The dataset whose scorecard it is.
    ///
    /// # Errors
    /// A scorecard that was put together from parts has none.
    pub(crate) fn dataset(&self) -> Result<&Dataset, ScorecardError> {
        match &self.source {
            Source::Dataset(dataset) => Ok(dataset),
            Source::Parts { .. } => Err(ScorecardError::NoCases),
        }
    }

    /// What it was asked with.
    pub(crate) fn options(&self) -> &Options {
        &self.run.options
    }

    /// The plan whose rows these are.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.run.options.plan
    }

    /// The versions of the definitions of the measures that have results.
    #[must_use]
    pub fn definitions(&self) -> Definitions {
        let versions = |result: &MeasureResult| (result.measure.clone(), result.key.definition().version);
        Definitions::new(self.plan(), self.results.iter().map(versions))
    }

    /// The version of the definition behind one row of the plan, whether or not it has results.
    ///
    /// # Errors
    /// An id that the plan does not have.
    pub fn definitions_of(&self, measure: impl AsRef<str>) -> Result<Definitions, ScorecardError> {
        let row = self.run.row(measure.as_ref())?.row;
        Ok(Definitions::new(self.plan(), [(row.id().clone(), row.version())]))
    }

    /// The calendar of working days.
    #[must_use]
    pub fn calendar(&self) -> Nation {
        self.run.calendar.nation()
    }

    /// The policies of the run; a row of the plan may have its own.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.run.options.policy
    }

    /// The targets that were given.
    #[must_use]
    pub fn targets(&self) -> &Targets {
        &self.run.options.targets
    }

    /// What a row of the plan is to reach in a month: the target that was given for it, or for another row that shows
    /// the same figure, else the plan's own. There is none if neither has one, and of a text that is not an id.
    ///
    /// # Examples
    ///
    /// ## A target that was given
    ///
    /// ```
    /// use csc_measures::{Dataset, Options};
    ///
    /// let options: Options =
    ///     serde_json::from_str(r#"{ "targets": { "O3.M1": { "better": "higher", "target": 90 } } }"#)?;
    /// let march = "2017-03".parse()?;
    /// let card = Dataset::builder().build().scorecard(march, march, &options)?;
    /// assert!(card.target("O3.M1", march).is_some());
    /// assert!(card.target("O3.M2", march).is_none());
    ///
    /// // the same figure under another id
    /// assert_eq!(card.target("O3.M11", march), card.target("O3.M1", march));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn target(&self, measure: impl AsRef<str>, month: Month) -> Option<&Target> {
        self.run.target(self.plan().row(measure.as_ref()).ok()?, month)
    }

    /// What the options asked for the results to be put into sections by.
    #[must_use]
    pub fn by(&self) -> Option<SectionBy> {
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

    /// The titles of the plan's rows and their companions, as people are to read them: each is followed by the policies
    /// that were changed and bear on its figure, in words.
    ///
    /// # Examples
    ///
    /// ## A changed policy in the title
    ///
    /// ```
    /// use csc_measures::{Dataset, Options};
    ///
    /// let mut options = Options::default();
    /// options.policy.assessment_working_days = 35;
    /// let march = "2017-03".parse()?;
    /// let card = Dataset::builder().build().scorecard(march, march, &options)?;
    /// let titles = card.titles();
    /// let assessments = titles.iter().find(|(id, _)| *id == "O2.M3").unwrap();
    /// assert_eq!(
    ///     assessments.1,
    ///     "Social worker assessments completed in 45 days - % (working days for an assessment: 35 instead of 45)",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn titles(&self) -> Vec<(RowId, String)> {
        self.run.titles()
    }

    /// The ids of the rows that were asked for, in the order of the plan.
    #[must_use]
    pub fn measures(&self) -> Vec<String> {
        self.run.asked().map(|row| row.row.id().to_string()).collect()
    }

    /// The results by month, within a month in plan order, each companion after its measure.
    #[must_use]
    pub fn results(&self) -> &[MeasureResult] {
        &self.results
    }

    /// The results of the groups of the [breakdown](Options::breakdown) that was asked for: in the order of the results,
    /// then of the dimensions, then by group, what is not recorded last. A group without a case has none, and neither
    /// do measures whose cases are about nobody.
    ///
    /// # Examples
    ///
    /// ## Referrals by sex
    ///
    /// ```
    /// use csc_measures::{Chunk, Dataset, Options, Rows, Scalar};
    ///
    /// let mut builder = Dataset::builder();
    /// let tables = [
    ///     ("persons", &["person_id", "sex"][..], [["1", "F"], ["2", ""]].map(Vec::from)),
    ///     (
    ///         "referrals",
    ///         &["referral_id", "person_id", "referral_date"],
    ///         [["a", "1", "2017-03-01"], ["b", "2", "2017-03-02"]].map(Vec::from),
    ///     ),
    /// ];
    /// for (name, header, lines) in &tables {
    ///     let mut rows = Rows::new(header.len());
    ///     for line in lines {
    ///         rows.push(line.iter().map(|cell| Scalar::Text(cell)));
    ///     }
    ///     let chunk = Chunk { rows: rows.len(), columns: &rows.columns(), bad_rows: &[] };
    ///     builder.table(name, header)?.chunk(&chunk)?;
    /// }
    /// let march = "2017-03".parse()?;
    /// let options: Options = serde_json::from_str(r#"{ "measures": ["O5.M3"], "breakdown": ["sex"] }"#)?;
    /// let card = builder.build().scorecard(march, march, &options)?;
    /// let groups: Vec<_> = card.groups().iter().map(|group| group.group.as_deref()).collect();
    /// assert_eq!(groups, [Some("F"), None]);
    ///
    /// // a misspelt dimension
    /// let options: Options = serde_json::from_str(r#"{ "breakdown": ["sexx"] }"#)?;
    /// let error = Dataset::builder().build().scorecard(march, march, &options).unwrap_err();
    /// assert_eq!(error.to_string(), "unknown dimension `sexx`, did you mean `sex`?");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn groups(&self) -> &[GroupResult] {
        &self.groups
    }

    /// The result of a row of the plan, by its id, in a month.
    ///
    /// There is none in a month that was not asked for, of a row that was not, of a quarterly measure
    /// in a month that ends no quarter, and of a text that is not an id;
    /// [`cases`](Scorecard::cases) names the id that is nearest.
    ///
    /// # Examples
    ///
    /// ## A measure that has results by the quarter only
    ///
    /// ```
    /// use csc_measures::{Dataset, Options};
    ///
    /// let april = "2017-04".parse()?;
    /// let card = Dataset::builder().build().scorecard(april, april, &Options::default())?;
    /// assert!(card.result("O3.M4", april).is_some());
    ///
    /// // adoptions are counted by the quarter
    /// assert!(card.result("O6.M3", april).is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn result(&self, measure: impl AsRef<str>, month: Month) -> Option<&MeasureResult> {
        let measure = measure.as_ref();
        self.results.iter().find(|result| result.measure == *measure && result.month == month)
    }

    /// What the control chart of each measure says, in the order of the plan: of those with a value in twelve of the
    /// months at least, or of the quarters if they have figures by the quarter. [`signals`](crate::signals) says how
    /// they are made, and [`Options`] has what can be chosen.
    ///
    /// They are there whether or not the options ask for [`signals`](Options::signals) in the JSON.
    ///
    /// # Examples
    ///
    /// ## No data, no signals
    ///
    /// ```
    /// use csc_measures::{Dataset, Options};
    ///
    /// let (april, march) = ("2016-04".parse()?, "2017-03".parse()?);
    /// let card = Dataset::builder().build().scorecard(april, march, &Options::default())?;
    /// assert!(card.signals().is_empty());
    ///
    /// // a chart that a percentage cannot have
    /// let options: Options = serde_json::from_str(r#"{ "chart": { "O3.M4": "c" } }"#)?;
    /// let error = Dataset::builder().build().scorecard(april, march, &options).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "chart of `O3.M4`: it cannot be `c`; its unit is `percent`, which has `p_prime`, `p`, `xmr`, `level`",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn signals(&self) -> Vec<Signals> {
        signals_of(&self.run, self.results.iter().filter_map(Value::of))
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
            Source::Parts { supplied, .. } => supplied.counts(),
        }
    }

    /// What became of every column of the supplied tables, as [`Dataset::columns`].
    #[must_use]
    pub fn columns(&self) -> Vec<ColumnReport> {
        match &self.source {
            Source::Dataset(dataset) => dataset.columns(),
            Source::Parts { supplied, .. } => supplied.columns(),
        }
    }

    /// The cases behind a result, by subject, record and due date: the same judgement, so they add up to it.
    /// There are none if the measure has no result in the month.
    ///
    /// # Examples
    ///
    /// ## No data, a misspelt id and a month that was not computed
    ///
    /// ```
    /// use csc_measures::{Dataset, Options};
    ///
    /// let march = "2017-03".parse()?;
    /// let card = Dataset::builder().build().scorecard(march, march, &Options::default())?;
    /// assert!(card.cases("O3.M4", march)?.is_empty());
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
    /// A month for which the scorecard was not computed, an id that the plan does not have, a scorecard that was
    /// put together from parts.
    pub fn cases(&self, measure: impl AsRef<str>, month: Month) -> Result<Vec<Case>, ScorecardError> {
        let row = self.run.row(measure.as_ref())?;
        let mut cases = self.cases_of(&[row], month, month)?;
        Ok(cases.pop_first().map(|(_, cases)| cases).unwrap_or_default())
    }

    /// The cases of rows from one month to another, by month and the place of the row.
    fn cases_of(
        &self,
        rows: &[RunRow<'_>],
        from: Month,
        to: Month,
    ) -> Result<BTreeMap<(Month, usize), Vec<Case>>, ScorecardError> {
        for month in [from, to] {
            if month < self.run.from || month > self.run.to {
                return Err(ScorecardError::OtherMonth { month, from: self.run.from, to: self.run.to });
            }
        }
        if to < from {
            return Err(ScorecardError::MonthsReversed { from, to });
        }
        let months: Vec<Month> = (0..=to.since(from)).map(|step| from.plus(step)).collect();
        explain::cases(&self.dataset()?.standing(), &self.run, rows, &months)
    }

    /// The cases behind several results at once, in the order of the results: each measure in each month from `from` to
    /// `to` in which it has a result. All of them are judged in one pass. `measures` are ids of the plan; none are no
    /// cases.
    ///
    /// # Examples
    ///
    /// ## Two measures over a quarter
    ///
    /// ```
    /// use csc_measures::tables::Compliment;
    /// use csc_measures::{Dataset, Options};
    ///
    /// let mut builder = Dataset::builder();
    /// let received_date = chrono::NaiveDate::from_ymd_opt(2017, 2, 7).unwrap();
    /// builder.rows(&[Compliment { compliment_id: "1".into(), received_date }])?;
    /// let (january, march) = ("2017-01".parse()?, "2017-03".parse()?);
    /// let card = builder.build().scorecard(january, march, &Options::default())?;
    /// let explained = card.explain_all(["O4.M4", "O4.M1"], january, march)?;
    ///
    /// // complaints were not supplied, and have no cases
    /// let counts: Vec<_> = explained.iter().map(|one| (one.measure.as_str(), one.cases.len())).collect();
    /// assert_eq!(counts, [("O4.M4", 0), ("O4.M4", 1), ("O4.M4", 0)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`cases`](Scorecard::cases), and months in the wrong order.
    pub fn explain_all(
        &self,
        measures: impl IntoIterator<Item = impl AsRef<str>>,
        from: Month,
        to: Month,
    ) -> Result<Vec<Explanation>, ScorecardError> {
        let mut wanted = BTreeSet::new();
        for measure in measures {
            wanted.insert(self.run.row(measure.as_ref())?.row.id().clone());
        }
        let rows: Vec<RunRow<'_>> = self.run.rows().filter(|row| wanted.contains(row.row.id())).collect();
        let cases = self.cases_of(&rows, from, to)?;
        let explained = cases.into_iter().filter_map(|((month, place), cases)| {
            let row = at(&rows, place).row;
            self.result(row.id(), month)?;
            Some(self.explained(row, month, cases))
        });
        Ok(explained.collect())
    }

    fn explained(&self, row: &PlanRow, month: Month, cases: Vec<Case>) -> Explanation {
        let dimensions = self.run.options.breakdown.clone();
        Explanation { measure: row.id().clone(), month, cases, definition: row.version(), dimensions }
    }

    /// The [cases](Scorecard::cases) behind a result, with the measure, the month and the version of the
    /// definition: what every language writes as JSON.
    ///
    /// # Examples
    ///
    /// ## An explanation as JSON
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
    pub fn explain(&self, measure: impl AsRef<str>, month: Month) -> Result<Explanation, ScorecardError> {
        let row = self.run.row(measure.as_ref())?.row;
        let cases = self.cases(row.id(), month)?;
        Ok(self.explained(row, month, cases))
    }
}
