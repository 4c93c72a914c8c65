//! The measures, a topic a file: what each counts, followed by the code that judges it. A measure judges its cases,
//! and the sink makes a sum or the explanation from them, so the cases add up to the result by construction.
//!
//! # Examples
//!
//! ## What a measure counts, and its title
//!
//! ```
//! use csc_measures::measures::Measure;
//!
//! let visits = Measure::CP_VISITS_IN_TIME.definition();
//! assert_eq!(visits.cases, "Children with a child protection plan open at the month end, born and under 18, one case a child.");
//! assert_eq!(visits.forms[0].title, "Percentage of children on a child protection plan seen within 20 working days");
//! ```

mod activity;
mod adoption;
mod assessments;
mod audits;
mod care_plans;
pub(crate) mod case;
mod catalogue;
mod clock;
mod clocks;
mod conferences;
mod context;
mod definition;
mod derives;
mod early_help;
mod exit_interviews;
mod feedback;
mod health_assessments;
mod kinds;
mod measure;
mod missing;
mod owed;
mod pathway_plans;
mod placements;
mod policy_documents;
mod proceedings;
mod ratings;
mod referrals;
mod relations;
mod repeat_plans;
mod review_chain;
mod reviews;
mod seen;
mod statutory_visits;
mod strategy_discussions;
mod unreadable;
mod visits;
mod workforce;

pub(crate) use case::{Basis, Case, Detail, Name, Outcome, Reason, Verdict, VisitRule};
pub(crate) use clocks::{OWED_CLOCKS, owed, owed_clocks};
pub(crate) use context::{At, Child, Context, Judge, Sink};
pub use definition::{Definition, Form};
pub(crate) use definition::{Derives, LookBack, Subject};
pub use kinds::{Better, InputKind, InputRow, PeriodKind, Unit, When};
pub(crate) use kinds::{optional, reads};
pub use measure::Measure;
pub(crate) use measure::MeasureSet;
pub use owed::Duty;
pub(crate) use owed::OpenObligation;
use owed::Owed;
pub(crate) use relations::{Quantity, Relation, Terms, Tie};

use crate::dataset::TOGETHER;
use crate::tables::Table;
use crate::value::index::PersonIx;

/// Judges every case of one person.
pub(crate) fn judge_person<S: Sink>(judge: &mut Judge<'_, S>, person: PersonIx) {
    judge.sink.begin(Some(person));
    let child = Child::new(judge.context, person);
    assessments::judge_child(judge, &child);
    conferences::judge_child(judge, &child);
    reviews::judge_child(judge, &child);
    strategy_discussions::judge_child(judge, &child);
    referrals::judge_child(judge, &child);
    repeat_plans::judge_child(judge, &child);
    adoption::judge_child(judge, &child);
    care_plans::judge_child(judge, &child);
    early_help::judge_child(judge, &child);
    missing::judge_child(judge, &child);
    health_assessments::judge_child(judge, &child);
    if child.is_in_no_cohort() {
        return;
    }
    for month in &judge.context.months {
        let at = At::new(&child, *month);
        visits::judge_child_at(judge, &child, &at);
        statutory_visits::judge_child_at(judge, &child, &at);
        ratings::judge_child_at(judge, &child, &at);
        placements::judge_child_at(judge, &child, &at);
        activity::judge_child_at(judge, &child, &at);
        pathway_plans::judge_child_at(judge, &child, &at);
    }
}

/// Judges every case that is not a person's: workers, policies, audits, complaints, court cases; not those of tables that
/// are there only to be looked up.
pub(crate) fn judge_service<S: Sink>(judge: &mut Judge<'_, S>) {
    judge.sink.begin(None);
    let supplied = judge.context.data.supplied();
    let is_counted = |tables: [Table; 2]| !tables.iter().any(|table| supplied.is_looked_up(*table));
    let [of_workers, of_courts] = TOGETHER;
    if is_counted(of_workers) {
        workforce::judge_service(judge);
    }
    exit_interviews::judge_service(judge);
    policy_documents::judge_service(judge);
    audits::judge_service(judge);
    feedback::judge_service(judge);
    if is_counted(of_courts) {
        proceedings::judge_service(judge);
    }
}

/// Every obligation to a child that is open on a day, over all clocks, by the judgements of the measures.
pub(crate) fn open_obligations(context: &Context<'_>, child: &Child<'_>, at: &At<'_>) -> Vec<OpenObligation> {
    let mut owed = Owed::new(context, at.day);
    assessments::owe(&mut owed, child);
    conferences::owe(&mut owed, child);
    reviews::owe(&mut owed, child, at);
    visits::owe(&mut owed, child, at);
    statutory_visits::owe(&mut owed, child, at);
    care_plans::owe(&mut owed, child);
    pathway_plans::owe(&mut owed, child, at);
    placements::owe(&mut owed, child, at);
    missing::owe(&mut owed, child);
    health_assessments::owe(&mut owed, child, at);
    owed.obligations()
}
