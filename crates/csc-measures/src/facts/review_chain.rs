//! The chain of review obligations of a child protection plan or a period of care.

use crate::tables::records::Review;
use crate::time::Day;
use crate::time::calendar::Calendar;

/// The time between a review and the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Interval {
    WorkingDays(i32),
    Months(i32),
}

/// One obligation: a review to be held after the anchor or the review before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Obligation {
    pub(crate) anchor: Day,
    pub(crate) interval: Interval,
    pub(crate) due: Day,
    /// The first day on which it is late. Of a working-day clock the days between lie in time.
    pub(crate) first_late: Day,
    /// When it was held, if ever.
    pub(crate) held: Option<Day>,
    pub(crate) in_time: bool,
    /// Ended before it was due: it lapses, unless that end is not known yet.
    pub(crate) lapsed: bool,
}

impl Obligation {
    /// The day on which it settles: held in time, or late for the first day.
    pub(crate) fn settles(&self) -> Day {
        match self.held {
            Some(held) if self.in_time => held,
            _ => self.first_late,
        }
    }

    pub(crate) fn held_by(&self, day: Day) -> Option<Day> {
        self.held.filter(|held| *held <= day)
    }
}

/// A chain: from its anchor, by its intervals (the last one for ever), to its end.
#[derive(Clone, Copy)]
pub(crate) struct ReviewChain<'a, Of> {
    pub(crate) anchor: Day,
    pub(crate) intervals: &'a [Interval],
    /// The reviews of the plan or `cla_id`, by date.
    pub(crate) reviews: &'a [Review<Of>],
    /// Nothing is due after it.
    pub(crate) end: Option<Day>,
    /// 1 where the day of the event counts as the first day of a clock, else 0.
    pub(crate) count_start_day: i32,
    pub(crate) calendar: &'a Calendar,
}

impl<Of> ReviewChain<'_, Of> {
    /// The obligations in order. An obligation whose clock leaves the calendar ends the chain.
    pub(crate) fn obligations(&self) -> Vec<Obligation> {
        let mut held = self
            .reviews
            .iter()
            .map(|review| review.date)
            .filter(|date| *date > self.anchor && self.end.is_none_or(|end| *date <= end))
            .peekable();
        let mut intervals = self.intervals.iter().copied();
        let mut interval = Interval::Months(0);
        let mut anchor = self.anchor;
        let mut obligations = Vec::new();
        loop {
            interval = intervals.next().unwrap_or(interval);
            let Some((due, first_late)) = self.clock(interval, anchor) else { break };
            while held.next_if(|date| *date <= anchor).is_some() {}
            let next = held.next();
            let in_time = next.is_some_and(|date| date < first_late);
            let lapsed = !in_time && self.end.is_some_and(|end| end < first_late);
            obligations.push(Obligation { anchor, interval, due, first_late, held: next, in_time, lapsed });
            match next {
                // After a review held on the end itself nothing more is due.
                Some(date) if Some(date) != self.end => anchor = date,
                _ => break,
            }
        }
        obligations
    }

    /// The due date and the first late day.
    fn clock(&self, interval: Interval, anchor: Day) -> Option<(Day, Day)> {
        match interval {
            Interval::WorkingDays(days) => {
                let days = (days - self.count_start_day).max(0);
                Some((self.calendar.add(anchor, days)?, self.calendar.add(anchor, days + 1)?))
            }
            Interval::Months(months) => {
                let due = anchor.plus_months(months).plus(-self.count_start_day);
                Some((due, due.plus(1)))
            }
        }
    }
}
