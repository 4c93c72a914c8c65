//! What is owed to a child on a day.

use super::case::{Detail, Outcome, Verdict};
use super::catalogue::ROWS;
use super::context::Context;
use super::definition::Definition;
use super::measure::Measure;
use super::unreadable::or_unreadable;
use crate::time::Day;
use crate::time::clock::warning::ClockKind;
use crate::time::clock::{Clock, ClockId};

/// The measures whose rules make obligations to a child.
pub(crate) fn owed() -> impl Iterator<Item = Measure> {
    Measure::all().filter(|measure| measure.definition().owes)
}

/// How many clocks time what a measure owes.
pub(crate) const OWED_CLOCKS: usize = {
    let (mut count, mut place) = (0, 0);
    while place < ClockId::COUNT {
        count += is_owed(place) as usize;
        place += 1;
    }
    count
};

/// The ids of the clocks that time what a measure owes, in the order of the table of clocks.
pub(crate) const fn owed_clocks() -> [&'static str; OWED_CLOCKS] {
    let mut owed = [""; OWED_CLOCKS];
    let mut places: &mut [&'static str] = &mut owed;
    let (mut place, mut names): (usize, &[&'static str]) = (0, &ClockId::NAMES);
    while let [name, more_names @ ..] = names {
        if is_owed(place) {
            if let Some((next, more_places)) = places.split_first_mut() {
                *next = *name;
                places = more_places;
            } else {
                return owed;
            }
        }
        place += 1;
        names = more_names;
    }
    owed
}

/// Whether a measure owes what the clock at a place of the table times.
const fn is_owed(place: usize) -> bool {
    let mut measures: &[&Definition] = &ROWS;
    while let [measure, more_measures @ ..] = measures {
        let mut clocks = measure.clocks;
        while let [clock, more_clocks @ ..] = clocks {
            if measure.owes && clock.index() == place {
                return true;
            }
            clocks = more_clocks;
        }
        measures = more_measures;
    }
    false
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
        let (verdict, detail) =
            or_unreadable((self.context.data, self.context.policy), measure, verdict, detail);
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
