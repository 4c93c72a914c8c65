//! When a child looked after becomes an eligible child, who must have a pathway plan.
//!
//! Eligible: aged 16 or 17 and looked after for 13 weeks in all since the fourteenth birthday, ending after
//! the sixteenth (Care Planning, Placement and Case Review Regulations 2010, reg 40); the plan is due three
//! months after (reg 42).

use super::Terms;
use crate::dataset::{PersonRecords, union};
use crate::time::Day;
use crate::time::clock::ClockId;

/// Days in care that make a child eligible: 13 weeks.
const DAYS: i32 = 91;

/// Whether a child without a pathway plan should have one yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pathway {
    NotEligible,
    NotYetDue { eligible: Day },
    Overdue { eligible: Day },
}

/// Whether a child born on `born` should have a pathway plan on a day.
pub(crate) fn pathway_at(child: &PersonRecords<'_>, born: Day, terms: Terms<'_>, day: Day) -> Pathway {
    match eligible_day(child, born) {
        Some(eligible) if eligible <= day => {
            if terms.is_in_time(ClockId::PATHWAY_PLAN, eligible, day) == Some(true) {
                Pathway::NotYetDue { eligible }
            } else {
                Pathway::Overdue { eligible }
            }
        }
        _ => Pathway::NotEligible,
    }
}

/// The first day in care on or after the sixteenth birthday by which 91 days in care since the fourteenth
/// have passed, that day included.
fn eligible_day(child: &PersonRecords<'_>, born: Day) -> Option<Day> {
    let sixteenth = born.birthday(16);
    let mut passed = 0;
    for (start, end) in days_in_care(child, born.birthday(14)) {
        // The first day of this run that completes the number, and is a day in care after the birthday.
        let first = start.plus((DAYS - passed - 1).max(0)).max(sixteenth);
        if first < end {
            return Some(first);
        }
        passed += end.since(start);
    }
    None
}

/// The days in care from a day on, short breaks left out, as runs that do not touch.
fn days_in_care(child: &PersonRecords<'_>, from: Day) -> Vec<(Day, Day)> {
    let periods = child.periods.iter().map(|period| (period.start.max(from), period.end.unwrap_or(Day::MAX)));
    let respite = child
        .legal_statuses
        .iter()
        .filter(|status| status.is_respite())
        .map(|status| (status.start, status.end.unwrap_or(Day::MAX)));
    subtract(union(periods), &union(respite))
}

/// What of runs is in no other run; neither touch one another, and both are in order.
fn subtract(runs: Vec<(Day, Day)>, without: &[(Day, Day)]) -> Vec<(Day, Day)> {
    let mut left = Vec::with_capacity(runs.len());
    for (mut start, end) in runs {
        let passed = without.partition_point(|(_, to)| *to <= start);
        for (from, to) in without.iter().skip(passed).take_while(|(from, _)| *from < end) {
            if *from > start {
                left.push((start, *from));
            }
            start = start.max(*to);
        }
        if start < end {
            left.push((start, end));
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(runs: &[(i32, i32)]) -> Vec<(Day, Day)> {
        runs.iter().map(|(from, to)| (Day(*from), Day(*to))).collect()
    }

    #[test]
    fn runs_are_joined_and_cut() {
        assert_eq!(union(runs(&[(5, 9), (0, 5), (20, 20), (8, 12)]).into_iter()), runs(&[(0, 12)]));
        assert_eq!(
            subtract(runs(&[(0, 10), (20, 30)]), &runs(&[(3, 5), (8, 22), (29, 40)])),
            runs(&[(0, 3), (5, 8), (22, 29)])
        );
        assert_eq!(subtract(runs(&[(0, 10)]), &runs(&[(0, 10)])), []);
    }
}
