//! The clocks on a council's terms, with the calendar by which they count and the names of rows.

use std::cmp::Ordering;
use std::ops::{Index, Range};
use std::sync::LazyLock;

use crate::dataset::Data;
use crate::policy::Policy;
use crate::tables::Table;
use crate::time::Day;
use crate::time::calendar::Calendar;
use crate::time::clock::{Clock, ClockId, Standing};
use crate::value::index::{IdNo, at, broken, part};

/// Every version of every clock, with the limits, the counting and the warning windows that the policies set.
#[derive(Clone, Debug)]
pub(crate) struct Clocks(Vec<Clock>);

/// The versions of all clocks, and by clock where its own are.
struct ByLaw {
    versions: Vec<Clock>,
    of: Vec<Range<usize>>,
}

static BY_LAW: LazyLock<ByLaw> = LazyLock::new(|| {
    let (mut versions, mut of) = (Vec::new(), Vec::new());
    for clock in Clock::all() {
        let first = versions.len();
        versions.extend(clock.versions());
        of.push(first..versions.len());
    }
    ByLaw { versions, of }
});

impl Clocks {
    pub(crate) fn new(policy: &Policy) -> Self {
        let mut clocks = Self(BY_LAW.versions.clone());
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
        for (id, units) in policy.limits() {
            for clock in self.0.get_mut(at(&BY_LAW.of, id.index()).clone()).into_iter().flatten() {
                *clock = clock.with_units_after_the_event(units);
            }
        }
    }

    /// The versions of a clock, the earliest first.
    fn versions(&self, id: ClockId) -> &[Clock] {
        part(&self.0, at(&BY_LAW.of, id.index()).clone())
    }

    /// The version of a clock that is in force on a day, by its own limit; `None` if none is.
    pub(crate) fn in_force(&self, id: ClockId, day: Day) -> Option<&Clock> {
        self.versions(id).iter().find(|version| version.is_in_force(day))
    }
}

impl Index<ClockId> for Clocks {
    type Output = Clock;

    /// The last version of a clock.
    fn index(&self, id: ClockId) -> &Clock {
        match self.versions(id).last() {
            Some(clock) => clock,
            None => broken(format_args!("clock {} has no version", id.index())),
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::clock::Limit;

    #[test]
    fn the_policies_by_default_leave_every_limit_as_its_row_has_it() {
        for (default, by_law) in Clocks::new(&Policy::default()).0.iter().zip(&BY_LAW.versions) {
            assert_eq!(default, by_law, "{} version {}", by_law.id(), by_law.version());
        }
    }

    #[test]
    fn the_version_of_a_day_has_the_limit_of_that_day() {
        let clocks = Clocks::new(&Policy::default());
        let mut changed = 0;
        for (clock, range) in Clock::all().zip(&BY_LAW.of) {
            let versions: Vec<Clock> = clock.versions().collect();
            assert_eq!(versions.len(), range.len(), "{}", clock.id());
            for (version, kept) in versions.iter().zip(&clocks.0[range.clone()]) {
                assert_eq!(version.in_force_from(), kept.in_force_from(), "{}", clock.id());
                assert!(kept.is_in_force(Day::new(version.in_force_from())), "{}", clock.id());
            }
            let limits: Vec<Option<Limit>> = versions.iter().map(Clock::limit).collect();
            changed += usize::from(limits.windows(2).any(|pair| pair[0] != pair[1]));
        }
        // A clock whose limit the law changed has a limit of each time.
        assert!(changed > 0);
        let id = ClockId::CLA_VISIT;
        let before = clocks.versions(id).first().map(Clock::in_force_from);
        assert!(before.is_some_and(|from| clocks.in_force(id, Day::new(from).plus(-1)).is_none()));
    }

    #[test]
    fn a_policy_sets_the_limit_of_every_version() {
        let clocks = Clocks::new(&Policy { cp_visit_working_days: 7, ..Policy::default() });
        for version in clocks.versions(ClockId::CP_VISIT) {
            assert_eq!(version.limit(), Some(Limit::WorkingDays(7)));
        }
        // The day of issue is the first of the time that proceedings have.
        let clocks = Clocks::new(&Policy { proceedings_limit_days: 181, ..Policy::default() });
        assert_eq!(clocks[ClockId::CARE_PROCEEDINGS].limit(), Some(Limit::Days(182)));
    }
}
