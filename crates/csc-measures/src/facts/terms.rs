//! The clocks on a council's terms, with the calendar by which they count and the names of rows.

use std::cmp::Ordering;
use std::ops::Index;
use std::sync::LazyLock;

use crate::dataset::Data;
use crate::policy::Policy;
use crate::tables::Table;
use crate::time::Day;
use crate::time::calendar::Calendar;
use crate::time::clock::{Clock, ClockId, Limit, Standing};
use crate::value::index::{IdNo, at, at_mut};

/// Every clock, with the limits, the counting and the warning windows that the policies set.
#[derive(Clone, Debug)]
pub(crate) struct Clocks(Vec<Clock>);

impl Clocks {
    pub(crate) fn new(policy: &Policy) -> Self {
        static BY_LAW: LazyLock<Vec<Clock>> = LazyLock::new(|| Clock::all().collect());
        let mut clocks = Self(BY_LAW.clone());
        clocks.set_limits(policy);
        let warning = policy.warning_window();
        for clock in &mut clocks.0 {
            *clock = clock.with_warning(warning);
            // How a statistic counts is not for a council to choose.
            if policy.count_start_day && clock.standing() != Standing::Context {
                *clock = clock.counting_start_day();
            }
        }
        clocks
    }

    fn set_limits(&mut self, policy: &Policy) {
        let working_days = |days: u16| Limit::WorkingDays(u32::from(days));
        // The day of issue is the first of the limit.
        let proceedings = Limit::Days(u32::from(policy.proceedings_limit_days) + 1);
        let limits = [
            (ClockId::ASSESSMENT, working_days(policy.assessment_working_days)),
            (ClockId::ASSESSMENT_FROM_REFERRAL, working_days(policy.assessment_working_days)),
            (ClockId::ICPC, working_days(policy.icpc_working_days)),
            (ClockId::CP_VISIT, working_days(policy.cp_visit_working_days)),
            (ClockId::CIN_VISIT, working_days(policy.cin_visit_working_days)),
            (ClockId::CLA_VISIT_LOCAL, working_days(policy.cla_visit_working_days)),
            (ClockId::CLA_VISIT_LOCAL_LONG_TERM, working_days(policy.cla_visit_long_term_working_days)),
            (ClockId::CARE_PROCEEDINGS, proceedings),
        ];
        for (id, limit) in limits {
            let clock = at_mut(&mut self.0, id.index());
            *clock = clock.with_limit(limit);
        }
    }
}

impl Index<ClockId> for Clocks {
    type Output = Clock;

    fn index(&self, id: ClockId) -> &Clock {
        at(&self.0, id.index())
    }
}

/// The clocks on the terms of the policies, and the calendar.
#[derive(Clone, Copy)]
pub(crate) struct Terms<'a> {
    pub(crate) clocks: &'a Clocks,
    pub(crate) calendar: &'a Calendar,
    pub(crate) data: &'a Data,
}

impl<'a> Terms<'a> {
    pub(crate) fn clock(&self, id: ClockId) -> &'a Clock {
        &self.clocks[id]
    }

    /// The order of two placements by their ids as text.
    pub(crate) fn compare_placements(&self, a: IdNo, b: IdNo) -> Ordering {
        let text = |id| self.data.record_id(Table::ClaPlacements, id);
        text(a).cmp(text(b))
    }

    /// [`Clock::due_day`] of a clock.
    pub(crate) fn due(&self, id: ClockId, start: Day) -> Option<Day> {
        self.clock(id).due_day(start, self.calendar)
    }

    /// [`Clock::first_late_day`] of a clock.
    pub(crate) fn first_late(&self, id: ClockId, due: Day) -> Option<Day> {
        self.clock(id).first_late_day(due, self.calendar)
    }

    /// [`Clock::is_in_time`] of a clock.
    pub(crate) fn is_in_time(&self, id: ClockId, start: Day, day: Day) -> Option<bool> {
        self.clock(id).is_in_time(start, day, self.calendar)
    }
}
