//! Periods of care: the episodes of one `cla_id` without a gap, and the day from which their obligations run.

use crate::tables::records::{ClaEpisode, Interval, LegalStatus};
use crate::time::Day;
use crate::value::index::ClaNo;

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
    let spans: Vec<(usize, Day)> =
        periods.iter().enumerate().filter_map(|(index, period)| Some((index, period.end?))).collect();
    for (index, period) in periods.iter_mut().enumerate() {
        period.anchor = anchor(period.start, period.end, statuses);
        period.previous_end =
            spans.iter().filter(|(of, end)| *of != index && *end <= period.start).map(|(_, end)| *end).max();
    }
    periods
}

/// The start or, if it falls in a short break, the first later day that does not, before the end.
fn anchor(start: Day, end: Option<Day>, statuses: &[LegalStatus]) -> Option<Day> {
    let mut day = start;
    while is_respite(statuses, day) {
        // On to the end of the short break that lasts longest; one without an end has no later day.
        day = statuses
            .iter()
            .filter(|status| status.is_respite() && status.is_open(day))
            .map(|status| status.end.unwrap_or(Day::MAX))
            .max()?;
        if day == Day::MAX || end.is_some_and(|end| day >= end) {
            return None;
        }
    }
    Some(day)
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
    }
}
