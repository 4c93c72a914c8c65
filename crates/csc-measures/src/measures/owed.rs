//! What is owed to a child on a day.

use super::case::{Detail, Outcome, Verdict};
use super::context::Context;
use super::measure::Measure;
use super::unreadable::or_unreadable;
use crate::time::Day;
use crate::time::clock::Clock;
use crate::time::clock::warning::ClockKind;

/// An obligation that is open on a day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OpenObligation {
    /// The id of the clock.
    pub(crate) clock: &'static str,
    /// The measure whose rule it is.
    pub(crate) measure: Measure,
    pub(crate) kind: ClockKind,
    /// Not yet due, overdue or unknown.
    pub(crate) verdict: Verdict,
    /// `done` is the day it was last done: the visit or review that it runs from.
    pub(crate) detail: Detail,
}

/// Takes in what is owed.
pub(super) struct Owed<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) day: Day,
    obligations: Vec<OpenObligation>,
}

impl<'a> Owed<'a> {
    pub(super) fn new(context: &'a Context<'a>, day: Day) -> Self {
        Self { context, day, obligations: Vec::new() }
    }

    /// Adds an obligation, unless its measure is not wanted or nothing is owed. A child who was seen in time
    /// is owed the next visit.
    pub(super) fn add(&mut self, clock: &Clock, measure: Measure, verdict: Verdict, detail: Detail) {
        let (data, policy) = (self.context.data, self.context.policy);
        let basis = measure.definition().basis(data.supplied());
        let (verdict, detail) = or_unreadable((data, policy), (measure, basis), verdict, detail);
        let outcome = match verdict.outcome {
            Outcome::Met | Outcome::NotYetDue => Outcome::NotYetDue,
            Outcome::Overdue | Outcome::Unknown => verdict.outcome,
            _ => return,
        };
        if self.context.wants(measure) {
            let verdict = Verdict { outcome, ..verdict };
            let (clock, kind) = (clock.id(), clock.kind());
            self.obligations.push(OpenObligation { clock, measure, kind, verdict, detail });
        }
    }

    pub(super) fn obligations(self) -> Vec<OpenObligation> {
        self.obligations
    }
}
