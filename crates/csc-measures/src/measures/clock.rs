//! The clocks of cases: from an anchor, so many working days or days or months.

use super::case::{Detail, Name, Outcome, Reason, Verdict};
use super::context::Context;
use crate::time::Day;
use crate::time::clock::warning::ClockKind;
use crate::value::Rag;

/// The day up to which an undone obligation has elapsed, or the day it was done.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timing {
    pub(super) anchor: Day,
    pub(super) due: Option<Day>,
    pub(super) done: Option<Day>,
    pub(super) as_at: Day,
    pub(super) kind: ClockKind,
}

impl Timing {
    /// The dates of a case, with its colour worked out from its verdict.
    pub(super) fn detail(
        self,
        context: &Context<'_>,
        verdict: Verdict,
        subject: Name,
        record: Option<Name>,
    ) -> Detail {
        Detail {
            subject,
            record,
            anchor: Some(self.anchor),
            due: self.due,
            done: self.done,
            elapsed: elapsed(context, self.kind, self.anchor, self.done.unwrap_or(self.as_at)),
            rag: obligation_rag(context, verdict, self.due, self.as_at, self.kind),
        }
    }
}

/// The colour of one obligation: by its outcome, or while it runs by its due date.
pub(super) fn obligation_rag(
    context: &Context<'_>,
    verdict: Verdict,
    due: Option<Day>,
    as_at: Day,
    kind: ClockKind,
) -> Option<Rag> {
    match verdict.outcome {
        Outcome::Met => Some(Rag::Green),
        Outcome::Late | Outcome::Overdue => Some(Rag::Red),
        Outcome::NotYetDue => due.map(|due| running_rag(context, due, as_at, kind)),
        _ => None,
    }
}

/// The colour of an obligation that runs and is not overdue.
pub(super) fn running_rag(context: &Context<'_>, due: Day, as_at: Day, kind: ClockKind) -> Rag {
    kind.running(due, as_at, context.calendar, context.policy.warning_window())
}

/// Units of a clock from its anchor; never below nought, and `None` outside the calendar.
pub(super) fn elapsed(context: &Context<'_>, kind: ClockKind, anchor: Day, until: Day) -> Option<i32> {
    match kind {
        ClockKind::WorkingDays if until <= anchor => Some(0),
        ClockKind::WorkingDays => context.calendar.count(anchor, until),
        ClockKind::Days => Some(until.since(anchor).max(0)),
    }
}

/// A working-day clock that started: it is in time as long as the count of working days is.
#[derive(Clone, Copy)]
pub(super) struct WorkingDayClock<'a> {
    context: &'a Context<'a>,
    limit: i32,
    start: Day,
}

impl<'a> WorkingDayClock<'a> {
    /// A clock of so many working days, by the counting policy.
    pub(super) fn new(context: &'a Context<'a>, limit: u16, start: Day) -> Self {
        Self { context, limit: context.working_days(limit), start }
    }

    fn due(&self) -> Option<Day> {
        self.context.calendar.add(self.start, self.limit)
    }

    /// The verdict on what was done on a day.
    pub(super) fn done(&self, day: Day) -> Verdict {
        if day < self.start {
            return Verdict::unknown(Reason::DoneBeforeStart);
        }
        match self.context.calendar.count(self.start, day) {
            Some(days) => Verdict::in_time(days <= self.limit),
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
        let timing = Timing {
            anchor: self.start,
            due: self.due(),
            done: Some(day),
            as_at: day,
            kind: ClockKind::WorkingDays,
        };
        let detail = timing.detail(self.context, verdict, subject, record);
        match verdict.reason {
            Some(Reason::DoneBeforeStart) => Detail { due: None, elapsed: None, ..detail },
            _ => detail,
        }
    }

    /// How what is not done by a day stands on it.
    pub(super) fn open(&self, day: Day) -> Verdict {
        if day <= self.start {
            return Verdict::NOT_YET_DUE;
        }
        match self.context.calendar.count(self.start, day) {
            Some(days) if days <= self.limit => Verdict::NOT_YET_DUE,
            Some(_) => Verdict::OVERDUE,
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
        let timing = Timing {
            anchor: self.start,
            due: self.due(),
            done: None,
            as_at: day,
            kind: ClockKind::WorkingDays,
        };
        timing.detail(self.context, self.open(day), subject, record)
    }
}
