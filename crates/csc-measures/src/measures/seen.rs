//! Children seen in time: a clock from the last visit, or from the start if there was none.

use super::case::{Detail, Name, Outcome, Reason, Verdict};
use super::context::{Context, Judge, Sink};
use super::measure::Measure;
use super::owed::Owed;
use crate::facts::LastSeen;
use crate::time::Day;
use crate::time::MonthDays;
use crate::time::clock::Clock;
use crate::value::Rag;

/// A child who is to be seen, and when the child was last seen.
pub(super) struct Seen<'a> {
    pub(super) subject: Name,
    pub(super) record: Name,
    /// The day from which visits are due: of the plan or the care, not before birth.
    pub(super) start: Day,
    pub(super) last: Option<LastSeen<'a>>,
    /// Whether `last` may lie before `start`, as a visit during the assessment does before a plan.
    pub(super) before_start_counts: bool,
    /// The time between visits, on the terms of the policies or of the child's own plan.
    pub(super) clock: Clock,
}

impl Seen<'_> {
    /// How the child stands on a day.
    pub(super) fn verdict(&self, context: &Context<'_>, day: Day) -> Verdict {
        let outside = Verdict::unknown(Reason::OutsideCalendar);
        if let Some(last) = &self.last {
            match self.clock.is_in_time(last.date, day, context.calendar) {
                Some(true) => return Verdict::MET,
                Some(false) if !self.before_start_counts => return Verdict::OVERDUE,
                Some(false) => {}
                None => return outside,
            }
        }
        match self.clock.is_in_time(self.start, day, context.calendar) {
            Some(true) => Verdict::NOT_YET_DUE,
            Some(false) => Verdict::OVERDUE,
            None => outside,
        }
    }

    /// The case, with the colour of the next visit.
    pub(super) fn detail(&self, context: &Context<'_>, verdict: Verdict, day: Day) -> Detail {
        let done = self.last.as_ref().map(|last| last.date);
        let anchor = done.map_or(self.start, |done| done.max(self.start));
        let due = self.clock.due_day(anchor, context.calendar);
        Detail {
            subject: self.subject,
            record: Some(self.record),
            anchor: Some(anchor),
            due,
            done,
            elapsed: self.clock.elapsed(anchor, day, context.calendar),
            rag: next_visit_rag(context, verdict, due, day, &self.clock),
            rule: None,
        }
    }

    /// The next visit, as an obligation of a clock.
    pub(super) fn owe(&self, owed: &mut Owed<'_>, measure: Measure) {
        let verdict = self.verdict(owed.context, owed.day);
        let detail = self.detail(owed.context, verdict, owed.day);
        owed.add(&self.clock, measure, verdict, detail);
    }

    /// Hands on the case of `measure` and, if the child was seen in time, that of its companion.
    pub(super) fn judge<S: Sink>(
        &self,
        judge: &mut Judge<'_, S>,
        measure: Measure,
        seen_alone: Measure,
        month: MonthDays,
    ) {
        let context = judge.context;
        let verdict = self.verdict(context, month.last);
        judge.case(measure, month.at_end(), verdict, || self.detail(context, verdict, month.last));
        if let Some(last) = self.last.as_ref().filter(|_| verdict.outcome == Outcome::Met) {
            judge.case(seen_alone, month.at_end(), Verdict::fact(last.seen_alone()), || {
                Detail::of(self.subject, Some(self.record))
            });
        }
    }
}

/// The colour of the next visit: red if it is overdue, else by its due date.
pub(super) fn next_visit_rag(
    context: &Context<'_>,
    verdict: Verdict,
    due: Option<Day>,
    day: Day,
    clock: &Clock,
) -> Option<Rag> {
    match verdict.outcome {
        Outcome::Overdue => Some(Rag::Red),
        Outcome::Met | Outcome::NotYetDue => due.map(|due| clock.running(due, day, context.calendar)),
        _ => None,
    }
}
