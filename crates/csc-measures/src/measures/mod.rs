//! The measures, an outcome a file. Each judges its cases; what becomes of a case (a tally, or the
//! explanation) is the sink's affair, so the cases add up to the result by construction.

mod case;
mod clock;
mod context;
mod outcome_1;
mod outcome_2;
mod outcome_3;
mod outcome_4;
mod outcome_5;
mod outcome_6;
mod outcome_7;
mod outcome_8;
mod owed;
mod ratings;
mod reviews;
mod statutory_visits;
mod visits;

pub use case::{Case, Outcome, Reason, VisitRule};
pub(crate) use case::{Detail, Name, Verdict};
pub(crate) use context::{At, Child, Context, Judge, Sink};
use owed::Owed;
pub(crate) use owed::{OWED, OpenObligation};

use crate::value::index::PersonIx;

/// Judges every case of one person.
pub(crate) fn judge_person<S: Sink>(judge: &mut Judge<'_, S>, person: PersonIx) {
    let child = Child::new(judge.context, person);
    outcome_2::judge_child(judge, &child);
    outcome_3::judge_child(judge, &child);
    outcome_5::judge_child(judge, &child);
    outcome_6::judge_child(judge, &child);
    outcome_8::judge_child(judge, &child);
    if child.is_in_no_cohort() {
        return;
    }
    for month in &judge.context.months {
        let at = At::new(&child, *month);
        outcome_3::judge_child_at(judge, &child, &at);
        outcome_6::judge_child_at(judge, &child, &at);
    }
}

/// Judges every case that is no person's: workers, policies, audits, complaints, court cases.
pub(crate) fn judge_service<S: Sink>(judge: &mut Judge<'_, S>) {
    outcome_1::judge_workforce(judge);
    outcome_2::judge_policies(judge);
    outcome_3::judge_audits(judge);
    outcome_4::judge_feedback(judge);
    outcome_7::judge_proceedings(judge);
}

/// Every obligation to a child that is open on a day, over all clocks, by the judgements of the measures.
pub(crate) fn open_obligations(context: &Context<'_>, child: &Child<'_>, at: &At<'_>) -> Vec<OpenObligation> {
    let mut owed = Owed::new(context, at.day);
    outcome_2::owe(&mut owed, child);
    outcome_3::owe(&mut owed, child, at);
    outcome_6::owe(&mut owed, child, at);
    owed.obligations()
}
