//! The clock of a case: it starts on a day, and what it waits for is done in time or not.

use super::case::{Detail, Name, Outcome, Reason, Verdict};
use super::context::Context;
use crate::time::Day;
use crate::time::clock::{Clock, ClockId};
use crate::value::Rag;

/// The dates of a case by a clock.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timing<'a> {
    pub(super) clock: &'a Clock,
    pub(super) anchor: Day,
    pub(super) due: Option<Day>,
    pub(super) done: Option<Day>,
    /// The day up to which an undone obligation has elapsed.
    pub(super) as_at: Day,
}

impl Timing<'_> {
    /// The dates of a case, with its colour worked out from its verdict.
    pub(super) fn detail(
        self,
        context: &Context<'_>,
        verdict: Verdict,
        subject: Name,
        record: Option<Name>,
    ) -> Detail {
        let until = self.done.unwrap_or(self.as_at);
        Detail {
            subject,
            record,
            anchor: Some(self.anchor),
            due: self.due,
            done: self.done,
            elapsed: self.clock.elapsed(self.anchor, until, context.calendar),
            rag: obligation_rag(context, verdict, self.due, self.as_at, self.clock),
            rule: None,
        }
    }
}

/// The colour of one obligation: by its outcome, or while it runs by its due date.
pub(super) fn obligation_rag(
    context: &Context<'_>,
    verdict: Verdict,
    due: Option<Day>,
    as_at: Day,
    clock: &Clock,
) -> Option<Rag> {
    match verdict.outcome {
        Outcome::Met => Some(Rag::Green),
        Outcome::Late | Outcome::Overdue => Some(Rag::Red),
        Outcome::NotYetDue => due.map(|due| clock.running(due, as_at, context.calendar)),
        _ => None,
    }
}

/// A clock that started.
#[derive(Clone, Copy)]
pub(super) struct Started<'a> {
    context: &'a Context<'a>,
    pub(super) clock: &'a Clock,
    pub(super) start: Day,
}

impl<'a> Started<'a> {
    /// A clock on the terms of the policies.
    pub(super) fn new(context: &'a Context<'a>, clock: ClockId, start: Day) -> Self {
        Self { context, clock: context.clock(clock), start }
    }

    /// A clock as the law has it on a day; outside the law, as its last version.
    pub(super) fn in_force(context: &'a Context<'a>, id: ClockId, start: Day, on: Day) -> Self {
        let clock = context.clocks.in_force(id, on).unwrap_or_else(|| context.clock(id));
        Self { context, clock, start }
    }

    /// A clock on terms of its own.
    pub(super) fn on(context: &'a Context<'a>, clock: &'a Clock, start: Day) -> Self {
        Self { context, clock, start }
    }

    /// The last day in time; of a clock of working days the last working day in time.
    pub(super) fn due(&self) -> Option<Day> {
        self.clock.due_day(self.start, self.context.calendar)
    }

    /// Units of the clock from its start to a day.
    pub(super) fn elapsed(&self, day: Day) -> Option<i32> {
        self.clock.elapsed(self.start, day, self.context.calendar)
    }

    /// Whether a day is in time; `None` outside the calendar.
    pub(super) fn is_in_time(&self, day: Day) -> Option<bool> {
        self.clock.is_in_time(self.start, day, self.context.calendar)
    }

    /// The verdict on what was done on a day.
    pub(super) fn done(&self, day: Day) -> Verdict {
        if day < self.start {
            return Verdict::unknown(Reason::DoneBeforeStart);
        }
        match self.is_in_time(day) {
            Some(in_time) => Verdict::in_time(in_time),
            None => Verdict::unknown(Reason::OutsideCalendar),
        }
    }

    /// The dates of what was done on a day.
    pub(super) fn done_detail(
        &self,
        day: Day,
        verdict: Verdict,
        subject: Name,
        record: Option<Name>,
    ) -> Detail {
        let detail = self.timing(Some(day), day).detail(self.context, verdict, subject, record);
        match verdict.reason {
            Some(Reason::DoneBeforeStart) => Detail { due: None, elapsed: None, ..detail },
            _ => detail,
        }
    }

    /// How what is not done by a day stands on it.
    pub(super) fn open(&self, day: Day) -> Verdict {
        match self.is_in_time(day) {
            Some(true) => Verdict::NOT_YET_DUE,
            Some(false) => Verdict::OVERDUE,
            None => Verdict::unknown(Reason::OutsideCalendar),
        }
    }

    /// The verdict on what is open on a day, if it is over its time: a fact that is so.
    pub(super) fn open_overdue(&self, day: Day) -> Option<Verdict> {
        let verdict = self.open(day);
        match verdict.outcome {
            Outcome::NotYetDue => None,
            Outcome::Overdue => Some(Verdict::COUNTED),
            _ => Some(verdict),
        }
    }

    /// The dates of what is open on a day, and its colour.
    pub(super) fn open_detail(&self, day: Day, subject: Name, record: Option<Name>) -> Detail {
        self.timing(None, day).detail(self.context, self.open(day), subject, record)
    }

    /// The dates of a case that was done, or is open, on a day.
    pub(super) fn timing(&self, done: Option<Day>, as_at: Day) -> Timing<'a> {
        Timing { clock: self.clock, anchor: self.start, due: self.due(), done, as_at }
    }
}
