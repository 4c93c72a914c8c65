//! What is owed to a child on a day.

use super::case::{Detail, Outcome, Verdict};
use super::context::Context;
use super::measure::Measure;
use super::unreadable::or_unreadable;
use crate::time::Day;
use crate::time::clock::Clock;
use crate::time::clock::warning::ClockKind;

/// What is to be done for a child, in the order in which a morning takes it up: a child whom nobody has seen comes before
/// a paper, however old.
///
/// # Examples
///
/// ## The order of a morning
///
/// ```
/// use csc_measures::measures::Duty;
///
/// assert!(Duty::SeeChild < Duty::Interview && Duty::Interview < Duty::Record);
/// assert_eq!(Duty::SeeChild.in_words(), "child to be seen");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Duty {
    /// The child is to be seen: visits.
    SeeChild,
    /// A child who was missing is to be asked about it.
    Interview,
    /// A conference or a review is to be held.
    Meet,
    /// The child or the family is to be assessed.
    Assess,
    /// A plan is to be made, or a record to be brought up to date.
    Record,
}

impl Duty {
    /// Every duty, in order.
    pub const ALL: [Self; 5] = [Self::SeeChild, Self::Interview, Self::Meet, Self::Assess, Self::Record];

    /// What it is, in words.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::SeeChild => "child to be seen",
            Self::Interview => "return interview",
            Self::Meet => "conference or review",
            Self::Assess => "assessment",
            Self::Record => "plan or record",
        }
    }
}

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
