//! One child as at a date.

use chrono::NaiveDate;
use serde::Serialize;

use super::allocation::{Allocated, allocated};
use super::as_at::{AsAt, NotSupplied};
use super::error::DueError;
use super::obligation::Obligation;
use crate::dataset::Data;
use crate::dataset::Dataset;
use crate::facts::care_leaver_at;
use crate::measures::{At, Child, Context, Name};
use crate::plan::{Definitions, Plan};
use crate::scorecard::Options;
use crate::tables::Table;
use crate::time::Day;
use crate::time::MonthDays;
use crate::time::calendar::Nation;
use crate::value::index::at;
use crate::value::names::shown;

/// A cohort that a child is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Cohort {
    /// Under a child protection plan of the authority's own; unborn children are included.
    Cp,
    /// Under a child in need plan, and neither of the others.
    Cin,
    /// Looked after, short breaks apart.
    LookedAfter,
    /// Relevant or former relevant.
    CareLeaver,
}

impl Cohort {
    /// The cohort in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cp => "cp",
            Self::Cin => "cin",
            Self::LookedAfter => "looked_after",
            Self::CareLeaver => "care_leaver",
        }
    }
}

/// A child in a cohort.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Membership {
    /// The cohort.
    pub cohort: Cohort,
    /// The plan, the `cla_id`, or the care leaver's row.
    pub record: String,
    /// From when: the start of the plan or of the eligibility, or the first day of care that is not in a short
    /// break. `None`: always.
    pub since: Option<NaiveDate>,
}

/// One child as at a date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PersonView {
    /// The id of the plan whose rules these are.
    pub plan: String,
    /// The plan itself, if it is not one that is built in: rows may have policies of their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan_definition: Option<Plan>,
    /// The calendar of working days.
    pub calendar: Nation,
    /// The child.
    pub person: String,
    /// The date.
    pub as_at: NaiveDate,
    /// Whole years; `None` before birth and if the date of birth is not known.
    pub age: Option<u32>,
    /// The lead worker, by the latest of the involvements open on the date.
    pub worker: Option<String>,
    /// That worker's team.
    pub team: Option<String>,
    /// The cohorts that the child is in.
    pub cohorts: Vec<Membership>,
    /// What is to be done, soonest first, those without a date last.
    pub obligations: Vec<Obligation>,
    /// Obligations that cannot be judged because a table is missing.
    pub not_supplied: Vec<NotSupplied>,
    /// Warnings, as with results: `without:<table>` and so on, sorted.
    pub warnings: Vec<String>,
    /// The definitions by which it is judged, with their versions.
    pub definitions: Definitions,
}

impl PersonView {
    fn new(
        (as_at, context): (&AsAt, &Context<'_>),
        child: &Child<'_>,
        at: &At<'_>,
        obligations: Vec<Obligation>,
    ) -> Self {
        let data = context.data;
        let person = child.records.index;
        let Allocated { worker, team } = allocated(context, person, at.day);
        Self {
            plan: as_at.options.plan.id().to_owned(),
            plan_definition: as_at.plan_definition(),
            calendar: as_at.calendar().nation(),
            person: data.person_id(person).to_owned(),
            as_at: at.day.date(),
            age: child.life.age(at.day).filter(|_| child.life.is_born(at.day)),
            worker: worker.map(str::to_owned),
            team: team.map(str::to_owned),
            cohorts: cohorts(data, child, at),
            obligations,
            not_supplied: as_at.not_supplied.clone(),
            warnings: as_at.warnings.clone(),
            definitions: as_at.definitions(),
        }
    }
}

fn cohorts(data: &Data, child: &Child<'_>, at: &At<'_>) -> Vec<Membership> {
    let membership = |cohort, record: Name, since: Day| Membership {
        cohort,
        record: record.text(data).to_owned(),
        since: (since > Day::MIN).then(|| since.date()),
    };
    let cp = at.cp_plan.map(|plan| membership(Cohort::Cp, Name::Row(Table::CpPlans, plan.id), plan.start));
    let cin =
        at.cin_plan.map(|plan| membership(Cohort::Cin, Name::Row(Table::CinPlans, plan.id), plan.start));
    let looked_after = at
        .looked_after
        .as_ref()
        .map(|care| membership(Cohort::LookedAfter, Name::Cla(care.period.cla), care.anchor));
    let care_leaver = care_leaver_at(&child.records, &child.life, at.day)
        .map(|row| membership(Cohort::CareLeaver, Name::Row(Table::CareLeavers, row.id), row.start));
    [cp, cin, looked_after, care_leaver].into_iter().flatten().collect()
}

impl Dataset {
    /// One child as at a date: the cohorts, and every open obligation, soonest first.
    ///
    /// # Errors
    /// [`DueError::UnknownPerson`], and those of [`Dataset::as_at`].
    pub fn person(&self, id: &str, as_at: NaiveDate, options: &Options) -> Result<PersonView, DueError> {
        self.as_at(as_at, options)?.person(id)
    }
}

impl AsAt {
    /// One child: the cohorts, and every open obligation, soonest first.
    ///
    /// # Errors
    /// [`DueError::UnknownPerson`] if no table names the person.
    pub fn person(&self, id: &str) -> Result<PersonView, DueError> {
        let found = self.dataset.person_in_data(id);
        let (data, person) = found.ok_or_else(|| DueError::UnknownPerson { id: shown(id) })?;
        let contexts = self.contexts(data);
        let first = at(&contexts, 0);
        let child = Child::new(first, person);
        let today = At::new(&child, MonthDays::of_one_day(self.day));
        let obligations = self.obligations(&contexts, &child, &today);
        Ok(PersonView::new((self, first), &child, &today, obligations))
    }
}
