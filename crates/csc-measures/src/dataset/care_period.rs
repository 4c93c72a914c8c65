//! Periods of care: the episodes of one `cla_id` without a gap, and the day from which their obligations run.

use crate::tables::records::{ClaEpisode, Interval, LegalStatus};
use crate::time::Day;
use crate::value::index::{ClaNo, part};

/// A run of episodes of one person and `cla_id` without a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CarePeriod {
    pub(crate) cla: ClaNo,
    pub(crate) start: Day,
    pub(crate) end: Option<Day>,
    /// The first day that is not in a short break: obligations run from it. `None` if there is no such day.
    pub(crate) anchor: Option<Day>,
    /// The end of the person's previous period: a care plan of this one starts on it or later.
    pub(crate) previous_end: Option<Day>,
}

impl Interval for CarePeriod {
    fn start(&self) -> Day {
        self.start
    }

    fn end(&self) -> Option<Day> {
        self.end
    }
}

/// Whether a short break (legal status V3 or V4) is open on a day.
pub(crate) fn is_respite(statuses: &[LegalStatus], day: Day) -> bool {
    statuses.iter().any(|status| status.is_respite() && status.is_open(day))
}

/// The periods of care of one person, in no particular order.
pub(crate) fn care_periods(episodes: &[ClaEpisode], statuses: &[LegalStatus]) -> Vec<CarePeriod> {
    let mut episodes = episodes.to_vec();
    episodes.sort_by_key(|episode| (episode.cla, episode.start));
    let mut periods: Vec<CarePeriod> = Vec::new();
    for episode in episodes {
        match periods.last_mut() {
            Some(period)
                if period.cla == episode.cla && period.end.is_none_or(|end| episode.start <= end) =>
            {
                period.end = period.end.zip(episode.end).map(|(a, b)| a.max(b));
            }
            _ => periods.push(CarePeriod {
                cla: episode.cla,
                start: episode.start,
                end: episode.end,
                anchor: None,
                previous_end: None,
            }),
        }
    }
    let mut ends: Vec<(Day, usize)> =
        periods.iter().enumerate().filter_map(|(index, period)| Some((period.end?, index))).collect();
    ends.sort_unstable();
    let respite = union(
        statuses
            .iter()
            .filter(|status| status.is_respite())
            .map(|status| (status.start, status.end.unwrap_or(Day::MAX))),
    );
    for (index, period) in periods.iter_mut().enumerate() {
        period.anchor = anchor(period.start, period.end, &respite);
        let before = part(&ends, 0..ends.partition_point(|(end, _)| *end <= period.start));
        period.previous_end = before.iter().rev().find(|(_, of)| *of != index).map(|(end, _)| *end);
    }
    periods
}

/// The start or, if it falls in a short break, the first later day that does not, before the end.
fn anchor(start: Day, end: Option<Day>, respite: &[(Day, Day)]) -> Option<Day> {
    let begun = part(respite, 0..respite.partition_point(|(from, _)| *from <= start));
    match begun.last() {
        // A short break without an end has no later day.
        Some((_, to)) if *to > start => (*to < Day::MAX && end.is_none_or(|end| *to < end)).then_some(*to),
        _ => Some(start),
    }
}

/// The days of some runs, each from its first day to the one after its last, as runs that do not touch.
pub(crate) fn union(runs: impl Iterator<Item = (Day, Day)>) -> Vec<(Day, Day)> {
    let mut runs: Vec<(Day, Day)> = runs.filter(|(start, end)| start < end).collect();
    runs.sort_unstable();
    let mut union: Vec<(Day, Day)> = Vec::with_capacity(runs.len());
    for (start, end) in runs {
        match union.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => union.push((start, end)),
        }
    }
    union
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::records::{LegalCode, StartReason};
    use crate::value::index::Position;

    fn episode(cla: usize, start: i32, end: Option<i32>) -> ClaEpisode {
        ClaEpisode {
            cla: ClaNo::at(cla),
            placement: None,
            start: Day(start),
            end: end.map(Day),
            start_reason: StartReason::Other,
            is_adoption: false,
        }
    }

    fn respite(start: i32, end: Option<i32>) -> LegalStatus {
        LegalStatus { start: Day(start), end: end.map(Day), code: LegalCode::ShortBreak }
    }

    #[test]
    fn a_gap_of_a_day_begins_a_new_period_and_a_join_on_the_day_does_not() {
        let periods =
            care_periods(&[episode(1, 0, Some(10)), episode(1, 10, Some(20)), episode(1, 21, None)], &[]);
        assert_eq!(
            periods.iter().map(|p| (p.start.0, p.end.map(|d| d.0))).collect::<Vec<_>>(),
            [(0, Some(20)), (21, None)]
        );
        assert_eq!(periods[1].previous_end, Some(Day(20)));
    }

    #[test]
    fn an_open_ended_episode_keeps_the_period_open() {
        let periods = care_periods(&[episode(1, 0, None), episode(1, 5, Some(9))], &[]);
        assert_eq!(periods.iter().map(|p| p.end).collect::<Vec<_>>(), [None]);
    }

    #[test]
    fn the_anchor_is_the_first_day_after_joined_short_breaks() {
        let statuses = [respite(0, Some(3)), respite(2, Some(7)), respite(7, Some(9))];
        assert_eq!(care_periods(&[episode(1, 0, None)], &statuses)[0].anchor, Some(Day(9)));
        assert_eq!(care_periods(&[episode(1, 0, Some(9))], &statuses)[0].anchor, None);
        assert_eq!(care_periods(&[episode(1, 0, Some(10))], &statuses)[0].anchor, Some(Day(9)));
        assert_eq!(care_periods(&[episode(1, 0, None)], &[respite(0, None)])[0].anchor, None);
        // one that touches the start no more, and one that follows a gap
        assert_eq!(care_periods(&[episode(1, 9, None)], &statuses)[0].anchor, Some(Day(9)));
        let apart = [respite(0, Some(3)), respite(4, Some(7))];
        assert_eq!(care_periods(&[episode(1, 0, None)], &apart)[0].anchor, Some(Day(3)));
    }

    #[test]
    fn the_period_before_is_the_one_that_ended_last_and_not_the_period_itself() {
        let episodes =
            [episode(1, 0, Some(5)), episode(2, 3, Some(9)), episode(3, 9, Some(9)), episode(4, 12, None)];
        let before = |periods: Vec<CarePeriod>| {
            periods.iter().map(|period| period.previous_end.map(|end| end.0)).collect::<Vec<_>>()
        };
        assert_eq!(before(care_periods(&episodes, &[])), [None, None, Some(9), Some(9)]);
        // a period of no length, alone
        assert_eq!(before(care_periods(&[episode(3, 9, Some(9))], &[])), [None]);
    }
}
