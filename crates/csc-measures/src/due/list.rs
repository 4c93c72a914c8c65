//! The due list: every open obligation to everybody.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};

use super::as_at::{AsAt, NotSupplied};
use super::error::{CLOCKS, DueError};
use super::obligation::Obligation;
use crate::dataset::{Dataset, Standing, Stands};
use crate::measures::{At, Child, Context};
use crate::plan::{Definitions, Plan};
use crate::policy::Policy;
use crate::scorecard::{Options, Scorecard};
use crate::time::Day;
use crate::time::MonthDays;
use crate::time::calendar::{Closures, Nation};
use crate::time::clock::Clock;
use crate::value::Rag;
use crate::value::given::from_objects_only;
use crate::value::index::{PersonIx, at};
use crate::value::names::{fold, nearest_of, shown};

/// Which obligations are listed; by default all.
///
/// Its JSON form has these keys, any of them; an unknown one is refused.
///
/// # Examples
///
/// ## A team's next two weeks, and a misspelt clock
///
/// ```
/// use csc_measures::due::DueFilter;
///
/// // a team's next two weeks: what is red or amber, visits to children on a plan
/// let filter: DueFilter = serde_json::from_str(
///     r#"{ "within": 10, "rag": ["red", "amber"], "clocks": ["cp_visit"], "teams": ["North"] }"#,
/// )?;
/// assert_eq!(filter.within, Some(10));
///
/// let error = serde_json::from_str::<DueFilter>(r#"{ "clocks": ["cp_visits"] }"#).unwrap_err();
/// assert!(error.to_string().starts_with("unknown clock `cp_visits`, did you mean `cp_visit`?"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default, remote = "Self")]
#[non_exhaustive]
pub struct DueFilter {
    /// Due within so many working days after the day, or earlier. Everything overdue is listed, and so is what has
    /// no due date.
    pub within: Option<u32>,
    /// Of one of these colours. `None` = of any colour, and those of which it is not known; an empty list lets
    /// nothing through.
    pub rag: Option<Vec<Rag>>,
    /// Of one of these clocks. `None` = of any; an empty list lets nothing through.
    #[serde(deserialize_with = "clocks")]
    pub clocks: Option<Vec<Clock>>,
    /// Whose lead worker is in one of these teams, of which a null is no team or no lead worker. `None` = of any; an
    /// empty list lets nothing through. Names are compared without case, spaces, hyphens and underscores; one that no
    /// table has is an error.
    pub teams: Option<Vec<Option<String>>>,
}

from_objects_only!(DueFilter, "an object of filters");

fn clocks<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<Clock>>, D::Error> {
    let ids = Option::<Vec<String>>::deserialize(deserializer)?;
    let clocks =
        ids.map(|ids| ids.iter().map(|id| Clock::by_id(id).map_err(serde::de::Error::custom)).collect());
    clocks.transpose()
}

impl DueFilter {
    fn check(&self, standing: &Standing<'_>) -> Result<(), DueError> {
        if let Some(clock) = self.clocks.iter().flatten().find(|clock| !CLOCKS.contains(&clock.id())) {
            return Err(DueError::ClockWithoutTable { id: clock.id().to_owned() });
        }
        let mut asked = self.teams.iter().flatten().flatten().peekable();
        if asked.peek().is_none() {
            return Ok(());
        }
        let known = standing.team_names();
        asked.try_for_each(|team| check_team(&known, team))
    }

    fn lets_through(&self, obligation: &Obligation, as_at: &AsAt) -> bool {
        let is_near = |within: u32| {
            let due = obligation.due.map(Day::new);
            due.and_then(|due| as_at.calendar().count(as_at.day, due))
                .is_none_or(|days| u32::try_from(days).is_ok_and(|days| days <= within))
        };
        let is_of_team =
            |asked: &Option<String>| asked.as_deref().map(fold) == obligation.team.as_deref().map(fold);
        let has_colour = |asked: &Vec<Rag>| obligation.rag.is_some_and(|rag| asked.contains(&rag));
        let has_clock = |asked: &Vec<Clock>| asked.iter().any(|clock| clock.id() == obligation.clock);
        self.within.is_none_or(is_near)
            && self.rag.as_ref().is_none_or(has_colour)
            && self.clocks.as_ref().is_none_or(has_clock)
            && self.teams.as_ref().is_none_or(|asked| asked.iter().any(is_of_team))
    }
}

/// What is to be done for everybody as at a date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DueList {
    /// The id of the plan whose rules these are.
    pub plan: String,
    /// The plan itself, if it is not one that is built in: rows may have policies of their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan_definition: Option<Plan>,
    /// The calendar of working days.
    pub calendar: Nation,
    /// The policies.
    pub policy: Policy,
    /// The further days that are not working days, if any were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closures: Option<Closures>,
    /// The date.
    pub as_at: NaiveDate,
    /// What is to be done, soonest first, those without a date last.
    pub obligations: Vec<Obligation>,
    /// Obligations that cannot be judged because a table is missing.
    pub not_supplied: Vec<NotSupplied>,
    /// Warnings, as with results: `without:<table>` and so on, sorted.
    pub warnings: Vec<String>,
    /// The definitions by which it is judged, with their versions.
    pub definitions: Definitions,
}

impl DueList {
    fn new(as_at: &AsAt, obligations: Vec<Obligation>) -> Self {
        Self {
            plan: as_at.options.plan.id().to_owned(),
            plan_definition: as_at.plan_definition(),
            calendar: as_at.calendar().nation(),
            policy: as_at.options.policy.clone(),
            closures: as_at.options.closures.clone(),
            as_at: as_at.day.date(),
            obligations,
            not_supplied: as_at.not_supplied.clone(),
            warnings: as_at.warnings.clone(),
            definitions: as_at.definitions(),
        }
    }
}

fn check_team(teams: &BTreeSet<&str>, team: &str) -> Result<(), DueError> {
    if teams.iter().any(|known| fold(known) == fold(team)) {
        return Ok(());
    }
    let nearest = nearest_of(team, teams.iter().copied());
    Err(DueError::UnknownTeam { name: shown(team), nearest })
}

impl Dataset {
    /// Sees if a table names a team, for a filter of cases. Names are compared in lower case, without blanks, `-` and `_`.
    ///
    /// # Errors
    /// [`DueError::UnknownTeam`] with the nearest.
    pub fn check_team(&self, team: &str) -> Result<(), DueError> {
        check_team(&self.standing().team_names(), team)
    }

    /// Every open obligation to anybody as at a date that a filter lets through, soonest first.
    ///
    /// # Errors
    /// [`DueError::ClockWithoutTable`], [`DueError::UnknownTeam`], and those of [`Dataset::as_at`].
    pub fn due_list(
        &self,
        as_at: NaiveDate,
        options: &Options,
        filter: &DueFilter,
    ) -> Result<DueList, DueError> {
        self.as_at(as_at, options)?.due_list(filter)
    }
}

impl Scorecard {
    /// Every open obligation to anybody as at a date, by the options of the scorecard: [`Dataset::due_list`].
    ///
    /// # Examples
    ///
    /// ## What is due on the last day of the months
    ///
    /// ```
    /// use csc_measures::due::DueFilter;
    /// use csc_measures::{Dataset, Month, Options};
    ///
    /// let march: Month = "2017-03".parse()?;
    /// let card = Dataset::builder().build().scorecard(march, march, &Options::default())?;
    /// assert!(card.due_list(march.last(), &DueFilter::default())?.obligations.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`DueError::NoChildren`] of a scorecard that was put together from parts, and those of [`Dataset::due_list`].
    pub fn due_list(&self, as_at: NaiveDate, filter: &DueFilter) -> Result<DueList, DueError> {
        let dataset = self.dataset().map_err(|_| DueError::NoChildren)?;
        dataset.due_list(as_at, self.options(), filter)
    }
}

impl AsAt {
    /// Every open obligation to anybody that a filter lets through, soonest first.
    ///
    /// # Errors
    /// [`DueError::ClockWithoutTable`] if the filter names a clock that is not one of [`CLOCKS`];
    /// [`DueError::UnknownTeam`] if it names a team that no table has.
    pub fn due_list(&self, filter: &DueFilter) -> Result<DueList, DueError> {
        let standing = self.dataset.standing();
        filter.check(&standing)?;
        let contexts = self.contexts(standing.whole());
        let mut obligations = Vec::new();
        let mut add = |contexts: &[Context<'_>], person: PersonIx| {
            let child = Child::new(at(contexts, 0), person);
            let today = At::new(&child, MonthDays::of_one_day(self.day));
            let open = self.obligations(contexts, &child, &today);
            obligations.extend(open.into_iter().filter(|one| filter.lets_through(one, self)));
        };
        for stands in standing.everybody() {
            match stands {
                Stands::InWhole(person) => add(&contexts, person),
                Stands::Apart(data, person) => {
                    let contexts: Vec<_> = contexts.iter().map(|context| context.over(data)).collect();
                    add(&contexts, person);
                }
            }
        }
        obligations.sort_by(|a, b| a.order().cmp(&b.order()));
        Ok(DueList::new(self, obligations))
    }
}
