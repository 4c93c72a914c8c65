//! What the measures judge with: the data, the policies, the calendar and the months.

use std::sync::Arc;

use super::case::{Basis, Detail, Name, Verdict};
use super::measure::{Measure, MeasureSet};
use super::unreadable::or_unreadable;
use crate::dataset::{Data, LeadRoles, PersonRecords};
use crate::facts::{Clocks, Life, LookedAfter, Terms, cin_plan_at, cp_plan_at, looked_after_at};
use crate::policy::Policy;
use crate::tables::records::{CinPlan, CpPlan};
use crate::time::Day;
use crate::time::calendar::Calendar;
use crate::time::clock::{Clock, ClockId};
use crate::time::{Moment, MonthDays};
use crate::value::index::{Indexed, PersonIx, RoleNo, TeamNo};

/// Everything that stays the same while persons pass by.
pub(crate) struct Context<'a> {
    pub(crate) data: &'a Data,
    pub(crate) policy: &'a Policy,
    pub(crate) calendar: &'a Calendar,
    /// Consecutive months.
    pub(crate) months: Vec<MonthDays>,
    /// Measures that are asked for and have their tables, by index.
    pub(crate) wanted: MeasureSet,
    /// Whether other parts decide with these data what tables can be used: what hangs on it is then judged both ways.
    pub(crate) is_of_part: bool,
    /// The clocks on the terms of the policies.
    pub(crate) clocks: Arc<Clocks>,
    /// For each team whether it is of the front door; `None`: every team is.
    front_door: Option<Indexed<TeamNo, bool>>,
    lead_roles: LeadRoles,
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        data: &'a Data,
        policy: &'a Policy,
        calendar: &'a Calendar,
        months: Vec<MonthDays>,
        wanted: MeasureSet,
    ) -> Self {
        let front_door =
            (!policy.front_door_teams.is_empty()).then(|| data.teams_named(&policy.front_door_teams));
        let lead_roles = data.lead_roles(&policy.lead_roles);
        let clocks = Arc::new(Clocks::new(policy));
        Self { data, policy, calendar, months, wanted, is_of_part: false, clocks, front_door, lead_roles }
    }

    /// The same for other data of the same whole.
    pub(crate) fn over<'d>(&self, data: &'d Data) -> Context<'d>
    where
        'a: 'd,
    {
        let policy = self.policy;
        Context {
            data,
            front_door: self.front_door.as_ref().map(|_| data.teams_named(&policy.front_door_teams)),
            lead_roles: data.lead_roles(&policy.lead_roles),
            months: self.months.clone(),
            clocks: Arc::clone(&self.clocks),
            ..*self
        }
    }

    pub(crate) fn wants(&self, measure: Measure) -> bool {
        self.wanted.contains(measure)
    }

    pub(crate) fn wants_any(&self, measures: &[Measure]) -> bool {
        measures.iter().any(|measure| self.wants(*measure))
    }

    /// The month that a day lies in, if it is one of the run.
    pub(crate) fn month_of(&self, day: Day) -> Option<MonthDays> {
        let index = self.months.partition_point(|month| month.last < day);
        self.months.get(index).copied().filter(|month| month.first <= day)
    }

    /// The months whose twelve months to the last day hold a day.
    pub(crate) fn months_of_twelve(&self, day: Day) -> impl Iterator<Item = MonthDays> {
        self.months
            .iter()
            .copied()
            .filter(move |month| day <= month.last && day > month.last.plus_months(-12))
    }

    /// Whether an involvement with a role is that of the worker to whom the child is allocated.
    pub(crate) fn leads(&self, role: Option<RoleNo>) -> bool {
        self.lead_roles.leads(role)
    }

    pub(crate) fn is_front_door(&self, team: Option<TeamNo>) -> bool {
        match (&self.front_door, team) {
            (None, _) => true,
            (Some(teams), Some(team)) => teams[team],
            (Some(_), None) => false,
        }
    }

    /// The clocks with the calendar by which they count.
    pub(crate) fn terms(&self) -> Terms<'_> {
        Terms { clocks: &self.clocks, calendar: self.calendar, data: self.data }
    }

    /// A clock on the terms of the policies.
    pub(crate) fn clock(&self, id: ClockId) -> &Clock {
        &self.clocks[id]
    }
}

/// Takes cases in.
pub(crate) trait Sink {
    /// Begins with the cases of a person; `None`: those that are not a person's.
    fn begin(&mut self, _: Option<PersonIx>) {}

    /// A case of a measure in a month of the run. `detail` is called only by those who show cases.
    fn case(
        &mut self,
        measure: Measure,
        basis: Basis,
        when: Moment,
        verdict: Verdict,
        detail: impl FnOnce() -> Detail,
    );
}

/// The context and where the cases go.
pub(crate) struct Judge<'a, S> {
    pub(crate) context: &'a Context<'a>,
    pub(crate) sink: S,
}

impl<S: Sink> Judge<'_, S> {
    /// Hands a case on, if the measure is wanted.
    #[inline]
    pub(crate) fn case(
        &mut self,
        measure: Measure,
        when: Moment,
        verdict: Verdict,
        detail: impl FnOnce() -> Detail,
    ) {
        if self.context.wants(measure) {
            self.hand_on(measure, Basis::ByItsTable, when, verdict, detail);
        }
    }

    /// Hands a case on as it comes out [without the table](super::Definition::basis) that tells it, if the measure is
    /// wanted. It counts if that table cannot be used.
    pub(crate) fn case_by_others(
        &mut self,
        measure: Measure,
        when: Moment,
        verdict: Verdict,
        detail: impl FnOnce() -> Detail,
    ) {
        if self.context.wants(measure) {
            self.hand_on(measure, Basis::ByOthers, when, verdict, detail);
        }
    }

    /// Hands a case of a measure that is wanted on, by some basis. A case that hangs on what cannot be read is unknown.
    pub(crate) fn hand_on(
        &mut self,
        measure: Measure,
        basis: Basis,
        when: Moment,
        verdict: Verdict,
        detail: impl FnOnce() -> Detail,
    ) {
        let context = self.context;
        if context.data.unreadable.is_empty() {
            self.sink.case(measure, basis, when, verdict, detail);
        } else {
            let (verdict, detail) =
                or_unreadable((context.data, context.policy), (measure, basis), verdict, detail());
            self.sink.case(measure, basis, when, verdict, || detail);
        }
    }
}

/// A person and the dates of their life.
pub(crate) struct Child<'a> {
    pub(crate) records: PersonRecords<'a>,
    pub(crate) life: Life,
}

impl<'a> Child<'a> {
    pub(crate) fn new(context: &Context<'a>, person: PersonIx) -> Self {
        let records = context.data.person_records(person);
        let life = Life::new(&records.person);
        Self { records, life }
    }

    /// Whether no month can find the person in a cohort.
    pub(crate) fn is_in_no_cohort(&self) -> bool {
        self.records.cp_plans.is_empty()
            && self.records.cin_plans.is_empty()
            && self.records.periods.is_empty()
            && self.records.care_leavers.is_empty()
    }

    pub(crate) fn is_child_and_alive(&self, day: Day) -> bool {
        self.life.is_child(day) && self.life.is_alive(day)
    }
}

/// The cohorts that a child is in at the end of a month.
pub(crate) struct At<'a> {
    pub(crate) month: MonthDays,
    /// The last day of the month.
    pub(crate) day: Day,
    pub(crate) cp_plan: Option<&'a CpPlan>,
    pub(crate) cin_plan: Option<&'a CinPlan>,
    pub(crate) looked_after: Option<LookedAfter>,
}

impl<'a> At<'a> {
    pub(crate) fn new(child: &Child<'a>, month: MonthDays) -> Self {
        let day = month.last;
        let looked_after = looked_after_at(&child.records, &child.life, day);
        Self {
            month,
            day,
            cp_plan: cp_plan_at(&child.records, &child.life, day),
            cin_plan: cin_plan_at(&child.records, &child.life, looked_after.as_ref(), day),
            looked_after,
        }
    }
}

/// The child and the period of care.
pub(super) fn looked_after_detail(child: &Child<'_>, looked_after: &LookedAfter) -> Detail {
    Detail::of(Name::Person(child.records.index), Some(Name::Cla(looked_after.period.cla)))
}
