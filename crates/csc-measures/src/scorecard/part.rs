//! A scorecard of some of the persons: what it adds up to, before any value is shown.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::breakdown::{self, Groupings};
use super::error::ScorecardError;
use super::evaluate::{evaluate, share};
use super::options::Options;
use super::publishing::{Ground, wide_runs};
use super::run::Run;
use super::tallies::Tallies;
use crate::column::IssueCode;
use crate::dataset::{DataIssue, Dataset, Extent, Links, Supplied, TOGETHER};
use crate::measures::Measure;
use crate::time::Month;

/// What a scorecard of a part of an authority's rows adds up to: carried as JSON, and put together by
/// [`Scorecard::merge`](crate::Scorecard::merge) into exactly the scorecard of the whole.
///
/// **How rows are split.** Tables with a `person_id` go by person: all rows of one person to one part.
/// `cla_reviews` go with the person of their `cla_id`. Every table without a person goes whole to one part; `audits`,
/// whose person may be missing, go by person or whole. `workers`, `involvements`, `care_proceedings` and
/// `final_order_applications` go whole to every part, where a child's team and proceedings are looked up; one part
/// counts them, and the others are [told](crate::DatasetBuilder::look_up) that they only look them up. Without that,
/// `workers` and `involvements` go whole to one part, and the children in court cases go to the part of
/// `care_proceedings`; parts that hold them apart are refused. Each part is [told](crate::DatasetBuilder::declare) of every table of the
/// whole, and if issues of the data are to name the whole's rows, it is given
/// [their numbers](crate::TableBuilder::numbered_chunk).
///
/// **What a part says.** Sums by measure and month, how many rows each table has, the issues of its rows, and
/// 64-bit digests of the ids that rows of other parts may refer to; with the option `publish` the sums of every measure too,
/// and the groups that the rows have, without which the whole cannot be published. It names no person but in issues, and workers if a breakdown by worker is asked for; who has
/// a list of ids can still look up whether a digest is of one of them, so a part is to be kept as the data
/// are.
///
/// **What goes unnoticed.** Two rows with one id in different parts of a table whose rows nothing refers to
/// (visits, assessments, reviews, ratings): the whole would leave the second out.
///
/// # Examples
///
/// ## Two machines, of which one has no compliments
///
/// ```
/// use chrono::NaiveDate;
/// use csc_measures::tables::Compliment;
/// use csc_measures::{Dataset, Options, Part, Scorecard};
///
/// let march = "2017-03".parse()?;
/// let received_date = NaiveDate::from_ymd_opt(2017, 3, 7).unwrap();
/// let rows = [Compliment { compliment_id: "1".into(), received_date }];
///
/// // one machine has the compliments, another has none, and knows that there are some
/// let mut parts = Vec::new();
/// for rows in [&rows[..], &[]] {
///     let mut builder = Dataset::builder();
///     builder.rows(rows)?;
///     let part = builder.build().part(march, march, &Options::default())?;
///     parts.push(serde_json::to_string(&part)?);
/// }
///
/// let parts: Vec<Part> = parts.iter().map(|text| serde_json::from_str(text)).collect::<Result<_, _>>()?;
/// let card = Scorecard::merge(parts)?;
/// assert_eq!(card.result("O4.M4", march).unwrap().value.unwrap().to_string(), "1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Part {
    /// The versions of the definitions, by measure.
    pub(super) definitions: BTreeMap<String, u32>,
    pub(super) run: Run,
    pub(super) share: Share,
    /// The sums under each of the run's terms.
    pub(super) tallies: Vec<Tallies>,
    /// What a publication is worked out from, if it is asked for.
    pub(super) ground: Option<Ground>,
    pub(super) supplied: Supplied,
    pub(super) extent: Extent,
    /// Teams that a policy names, and no table of this part.
    pub(super) unknown_teams: BTreeSet<String>,
    /// Dimensions of the caller's own that the breakdown asks for, and this part does not have.
    pub(super) unknown_dimensions: BTreeSet<String>,
    /// The issues that hold whatever other parts have.
    pub(super) issues: Vec<DataIssue>,
    pub(super) links: Links,
}

/// Which of a dataset's equal shares a part is; of a dataset in one piece 0 of 1.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Share {
    pub(super) index: u32,
    pub(super) of: u32,
}

impl Part {
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
}

impl Dataset {
    /// What the scorecard of these rows adds up to, for rows that are a part of an authority's. [`Part`] says how
    /// rows are split.
    ///
    /// # Errors
    /// As [`Dataset::scorecard`]; a dataset in which [rows of a child were replaced](Dataset::with_person).
    pub fn part(&self, from: Month, to: Month, options: &Options) -> Result<Part, ScorecardError> {
        self.part_of(0, 1, from, to, options)
    }

    /// What one of so many equal shares of the persons adds up to, counted from 0. The first also has what is
    /// no person's, and the issues of the data. Together they are the scorecard of the dataset, worked out
    /// piece by piece.
    ///
    /// # Examples
    ///
    /// ## Two halves in any order
    ///
    /// ```
    /// use csc_measures::{Dataset, Options, Scorecard};
    ///
    /// let march = "2017-03".parse()?;
    /// let dataset = Dataset::builder().build();
    /// let options = Options::default();
    /// let parts = [dataset.part_of(1, 2, march, march, &options)?, dataset.part_of(0, 2, march, march, &options)?];
    /// assert_eq!(
    ///     serde_json::to_string(&Scorecard::merge(parts)?)?,
    ///     serde_json::to_string(&dataset.scorecard(march, march, &options)?)?,
    /// );
    ///
    /// // a third of two
    /// let error = dataset.part_of(2, 2, march, march, &options).unwrap_err();
    /// assert_eq!(error.to_string(), "part 2 of 2 does not exist; parts are counted from 0");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`part`](Dataset::part), and an index that is not below the number of shares.
    pub fn part_of(
        &self,
        index: u32,
        of: u32,
        from: Month,
        to: Month,
        options: &Options,
    ) -> Result<Part, ScorecardError> {
        if index >= of {
            return Err(ScorecardError::NoSuchPart { index, of });
        }
        let mut run = Run::new(from, to, options)?;
        run.is_of_part = true;
        let data = self.data();
        if self.is_live() {
            return Err(ScorecardError::RowsReplaced { what: "a part of a scorecard" });
        }
        refuse_partly_looked_up(data.supplied())?;
        let is_first = index == 0;
        let standing = &self.standing();
        let groupings = Groupings::new(&run.dimensions, standing)?;
        let persons = share(&(0..standing.places()), index as usize, of as usize);
        let tallies = evaluate(standing, &run, &groupings, &persons, is_first);
        let ground = match options.publish {
            true => Some(Ground::new(standing, &wide_runs(&run)?, &persons, is_first)?),
            false => None,
        };
        let unknown_teams = standing.unknown_teams(run.teams());
        let unknown_dimensions = breakdown::unknown(standing, &run.dimensions);
        // How the part was worked out does not matter to what it says.
        run.options.threads = None;
        // The part that counts a table tells its issues.
        let is_own = |issue: &DataIssue| !data.supplied().is_looked_up(issue.table());
        let is_decided = |issue: &&DataIssue| {
            is_own(issue) && !matches!(issue.code(), IssueCode::UnknownPerson | IssueCode::DanglingReference)
        };
        let of_links = || Links {
            undecided: data.links.undecided.iter().filter(|one| is_own(&one.issue)).cloned().collect(),
            ids: data
                .links
                .ids
                .iter()
                .filter(|(table, _)| !data.supplied().is_looked_up(*table))
                .cloned()
                .collect(),
        };
        Ok(Part {
            definitions: definitions(&run),
            run,
            share: Share { index, of },
            tallies,
            ground,
            supplied: if is_first {
                data.supplied().without_looked_up()
            } else {
                data.supplied().without_rows()
            },
            extent: data.extent.clone(),
            unknown_teams,
            unknown_dimensions,
            issues: if is_first {
                self.issues().iter().filter(is_decided).cloned().collect()
            } else {
                Vec::new()
            },
            links: if is_first { of_links() } else { Links::default() },
        })
    }
}

/// # Errors
/// Of two tables that are counted together, one that is looked up and another that is counted.
fn refuse_partly_looked_up(supplied: &Supplied) -> Result<(), ScorecardError> {
    for [one, other] in TOGETHER {
        for (looked_up, counted) in [(one, other), (other, one)] {
            if supplied.is_looked_up(looked_up)
                && supplied.has_table(counted)
                && !supplied.is_looked_up(counted)
            {
                return Err(ScorecardError::PartlyLookedUp { looked_up, counted });
            }
        }
    }
    Ok(())
}

/// The versions by which the measures of a run are judged.
pub(super) fn definitions(run: &Run) -> BTreeMap<String, u32> {
    let version = |measure: Measure| (measure.key().to_owned(), measure.definition().version);
    if run.options.publish {
        // What may be shown depends on measures that nobody asked for.
        return Measure::all().map(version).collect();
    }
    run.judged().map(|(_, measure)| version(measure)).collect()
}
