//! What is due: every open obligation to one child, or to everybody, as at a date.
//!
//! This is what a case-management screen shows ("this child's visit is due Tuesday, amber") and what a team
//! works through in a morning. The due dates and colours are those of the measures: the same code judges a
//! child for a scorecard and for a screen. A dataset of one child, built from rows in memory, is a normal
//! input.
//!
//! ```
//! use chrono::NaiveDate;
//! use csc_measures::tables::{CpPlan, CpVisit};
//! use csc_measures::{Dataset, Options, Rag};
//!
//! let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
//! let mut builder = Dataset::builder();
//! builder
//!     .rows(&[CpPlan {
//!         cp_plan_id: "CP1".into(),
//!         person_id: "P1".into(),
//!         start_date: day(2017, 1, 3),
//!         end_date: None,
//!         other_authority: None,
//!         transfer_in: None,
//!     }])?
//!     .rows(&[CpVisit {
//!         cp_visit_id: "V1".into(),
//!         person_id: "P1".into(),
//!         date: day(2017, 3, 29),
//!         seen: Some(true),
//!         seen_alone: None,
//!     }])?;
//! let child = builder.build().person("P1", day(2017, 4, 26), &Options::default())?;
//!
//! let visit = &child.obligations[0];
//! assert_eq!((visit.clock, visit.due, visit.rag), ("cp_visit", Some(day(2017, 4, 28)), Some(Rag::Amber)));
//! assert_eq!((visit.last_done, visit.days_left), (Some(day(2017, 3, 29)), Some(2)));
//!
//! // What cannot be told is said: there is no table of reviews.
//! assert!(child.not_supplied.iter().any(|gap| gap.missing_tables == ["cp_reviews"]));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod list;
mod obligation;
mod person;

use chrono::NaiveDate;
use serde::Serialize;

pub use list::{DueFilter, DueList};
pub use obligation::{DueOutcome, Obligation};
pub use person::{Cohort, Membership, PersonView};

use crate::calendar::{Calendar, CalendarError, Closures};
use crate::clock::ClockError;
use crate::dataset::Dataset;
use crate::dates::Day;
use crate::measures::{At, Child, Context, OWED, open_obligations};
use crate::period::MonthDays;
use crate::plan::{Definitions, MeasureId, MeasureSet};
use crate::policy::Policy;
use crate::scorecard::{Inputs, Options};

/// The clocks that the tables can tell of, in the order of the table of clocks. Of the others (core groups,
/// health assessments, return interviews and so on) no table has the dates.
pub const CLOCKS: [&str; 21] = [
    "assessment",
    "assessment_from_referral",
    "icpc",
    "cp_first_review",
    "cp_review",
    "cp_visit",
    "cin_visit",
    "cla_visit_placement_start",
    "cla_visit",
    "cla_visit_long_term",
    "cla_visit_local",
    "cla_visit_local_long_term",
    "cla_care_plan",
    "cla_care_plan_28th_day",
    "cla_first_review",
    "cla_second_review",
    "cla_review",
    "pathway_plan",
    "temporary_placement_t1",
    "temporary_placement_t3",
    "temporary_placement_t4",
];

/// Why it cannot be told what is due.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DueError {
    /// A person that no table names.
    #[error("no table names person `{id}`")]
    UnknownPerson {
        /// The id as given.
        id: String,
    },
    /// A clock that the tables do not tell of: an empty list would look like nothing due.
    #[error("no table tells of the clock `{id}`; those that can be listed are {}", CLOCKS.join(", "))]
    ClockWithoutTable {
        /// The id of the clock.
        id: String,
    },
    /// An id that is no clock's.
    #[error(transparent)]
    Clock(#[from] ClockError),
    /// A closure outside the calendar.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
}

/// Obligations that cannot be told for want of a table or column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NotSupplied {
    /// The measure whose obligations they are.
    pub measure: MeasureId,
    /// Needed tables, and columns as `table.column`, that were not supplied.
    pub missing_tables: Vec<String>,
    /// Of a table that is [as at](crate::TableBuilder::as_at) another day, that day.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

/// A dataset as at a date: made once, asked for any number of children.
///
/// ```
/// # use csc_measures::{Dataset, Options};
/// # use chrono::NaiveDate;
/// # let dataset = Dataset::builder().build();
/// let today = NaiveDate::from_ymd_opt(2017, 3, 31).unwrap();
/// let as_at = dataset.as_at(today, &Options::default())?;
/// assert!(as_at.person("P1").is_err());
/// # Ok::<(), csc_measures::due::DueError>(())
/// ```
#[derive(Clone, Debug)]
pub struct AsAt {
    dataset: Dataset,
    policy: Policy,
    closures: Option<Closures>,
    calendar: Calendar,
    day: Day,
    wanted: MeasureSet,
    not_supplied: Vec<NotSupplied>,
    warnings: Vec<String>,
}

impl Dataset {
    /// The dataset as at a date, to be asked for several children. Of the options the policies, the closures
    /// and the measures count: the obligations are those of the measures that are asked for.
    ///
    /// # Errors
    /// [`DueError::Calendar`] where a closure lies outside the calendar.
    pub fn as_at(&self, day: NaiveDate, options: &Options) -> Result<AsAt, DueError> {
        let policy = options.policy.clone();
        let mut calendar = Calendar::for_nation(policy.calendar);
        if let Some(closures) = &options.closures {
            calendar = calendar.with(closures)?;
        }
        let mut as_at = AsAt {
            dataset: self.clone(),
            policy,
            closures: options.closures.clone(),
            calendar,
            day: Day::new(day),
            wanted: MeasureSet::default(),
            not_supplied: Vec::new(),
            warnings: Vec::new(),
        };
        as_at.look_at_inputs(options);
        Ok(as_at)
    }

    /// One child as at a date: the cohorts, and every open obligation, soonest first.
    ///
    /// # Errors
    /// [`DueError::UnknownPerson`], and those of [`Dataset::as_at`].
    pub fn person(&self, id: &str, as_at: NaiveDate, options: &Options) -> Result<PersonView, DueError> {
        self.as_at(as_at, options)?.person(id)
    }

    /// Every open obligation to anybody as at a date that a filter lets through, soonest first.
    ///
    /// # Errors
    /// [`DueError::ClockWithoutTable`], and those of [`Dataset::as_at`].
    pub fn due_list(
        &self,
        as_at: NaiveDate,
        options: &Options,
        filter: &DueFilter,
    ) -> Result<DueList, DueError> {
        self.as_at(as_at, options)?.due_list(filter)
    }
}

impl AsAt {
    fn look_at_inputs(&mut self, options: &Options) {
        let asked = OWED.iter().filter(|id| options.measures.as_ref().is_none_or(|asked| asked.contains(id)));
        for measure in asked {
            let inputs = Inputs::find(*measure, self.dataset.data().supplied(), &self.policy);
            let today = MonthDays::of_one_day(self.day);
            if inputs.month(today).is_some() {
                self.wanted.insert(*measure);
                self.warnings.extend(inputs.warnings);
            } else {
                self.not_supplied.push(NotSupplied {
                    measure: *measure,
                    missing_tables: inputs.missing_in(today),
                    warnings: inputs.reasons,
                });
            }
        }
        self.warnings.sort_unstable();
        self.warnings.dedup();
    }

    /// The definitions of the measures that can be judged.
    fn definitions(&self) -> Definitions {
        Definitions::of(OWED.into_iter().filter(|measure| self.wanted.contains(*measure)))
    }

    fn context(&self) -> Context<'_> {
        let months = vec![MonthDays::of_one_day(self.day)];
        Context::new(self.dataset.data(), &self.policy, &self.calendar, months, self.wanted)
    }

    /// The obligations to a person, by place, soonest first.
    fn obligations(&self, context: &Context<'_>, child: &Child<'_>, at: &At<'_>) -> Vec<Obligation> {
        let open = open_obligations(context, child, at);
        if open.is_empty() {
            return Vec::new();
        }
        let data = self.dataset.data();
        let person = child.records.index;
        let allocation = person::allocated(data, person, self.day);
        let mut obligations: Vec<Obligation> = open
            .into_iter()
            .map(|open| Obligation::new(open, data, &self.calendar, self.day, allocation))
            .collect();
        obligations.sort_by(|a, b| a.order().cmp(&b.order()));
        obligations
    }

    /// One child: the cohorts, and every open obligation, soonest first.
    ///
    /// # Errors
    /// [`DueError::UnknownPerson`] where no table names the person.
    pub fn person(&self, id: &str) -> Result<PersonView, DueError> {
        let data = self.dataset.data();
        let person =
            data.person_index(id).ok_or_else(|| DueError::UnknownPerson { id: crate::names::shown(id) })?;
        let context = self.context();
        let child = Child::new(&context, person);
        let at = At::new(&child, MonthDays::of_one_day(self.day));
        let obligations = self.obligations(&context, &child, &at);
        Ok(PersonView::new(self, &child, &at, obligations))
    }

    /// Every open obligation to anybody that a filter lets through, soonest first.
    ///
    /// # Errors
    /// [`DueError::ClockWithoutTable`] where the filter names a clock that is not one of [`CLOCKS`].
    pub fn due_list(&self, filter: &DueFilter) -> Result<DueList, DueError> {
        filter.check()?;
        let context = self.context();
        let mut obligations = Vec::new();
        for (person, _) in self.dataset.data().persons.iter() {
            let child = Child::new(&context, person);
            let at = At::new(&child, MonthDays::of_one_day(self.day));
            let open = self.obligations(&context, &child, &at);
            obligations.extend(open.into_iter().filter(|one| filter.lets_through(one, self)));
        }
        obligations.sort_by(|a, b| a.order().cmp(&b.order()));
        Ok(DueList::new(self, obligations))
    }
}
