//! The chain of review obligations of a child protection plan or a period of care.

use super::Terms;
use crate::tables::records::Review;
use crate::time::Day;
use crate::time::clock::ClockId;
use crate::value::index::broken;

/// One obligation: a review to be held after the anchor or the review before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Obligation {
    pub(crate) anchor: Day,
    pub(crate) clock: ClockId,
    pub(crate) due: Day,
    /// The first day on which it is late. With a working-day clock the days between are in time.
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

/// The clocks of a chain.
#[derive(Clone, Copy)]
pub(crate) enum Sequence {
    /// Of the first review, the second and so on; the last one for ever.
    Numbered(&'static [ClockId]),
    /// Of the first, and of each later one by whether the one before it was held before a birthday.
    ByAge {
        first: ClockId,
        before: ClockId,
        after: ClockId,
        /// `None`: the date of birth is not known, and the review counts as held after it.
        birthday: Option<Day>,
    },
}

impl Sequence {
    /// The clock of the review of a number, from 0, that runs from a day.
    pub(crate) fn clock(self, number: usize, anchor: Day) -> ClockId {
        match self {
            Self::Numbered(clocks) => match clocks.get(number).or(clocks.last()) {
                Some(clock) => *clock,
                None => broken(format_args!("reviews have no clock")),
            },
            Self::ByAge { first, .. } if number == 0 => first,
            Self::ByAge { before, birthday, .. } if birthday.is_some_and(|birthday| anchor < birthday) => {
                before
            }
            Self::ByAge { after, .. } => after,
        }
    }
}

/// A chain: from its anchor, by its clocks, to its end.
#[derive(Clone, Copy)]
pub(crate) struct ReviewChain<'a, Of> {
    pub(crate) anchor: Day,
    pub(crate) sequence: Sequence,
    /// The reviews of the plan or `cla_id`, by date.
    pub(crate) reviews: &'a [Review<Of>],
    /// Nothing is due after it.
    pub(crate) end: Option<Day>,
    pub(crate) terms: Terms<'a>,
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
        let mut anchor = self.anchor;
        let mut obligations = Vec::new();
        for number in 0.. {
            let clock = self.sequence.clock(number, anchor);
            let Some(due) = self.terms.due(clock, anchor) else { break };
            let Some(first_late) = self.terms.first_late(clock, due) else { break };
            while held.next_if(|date| *date <= anchor).is_some() {}
            let next = held.next();
            let in_time = next.is_some_and(|date| date < first_late);
            let lapsed = !in_time && self.end.is_some_and(|end| end < first_late);
            obligations.push(Obligation { anchor, clock, due, first_late, held: next, in_time, lapsed });
            match next {
                // After a review held on the end itself nothing more is due.
                Some(date) if Some(date) != self.end => anchor = date,
                _ => break,
            }
        }
        obligations
    }
}
