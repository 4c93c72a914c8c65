//! Cases that hang on something which stands in a list as at a day and cannot be read: nobody can say how they
//! came out.

use super::case::{Basis, Detail, Name, Outcome, Reason, Verdict};
use super::kinds::{InputKind, InputRow};
use super::measure::Measure;
use crate::dataset::{Data, Mark};
use crate::policy::Policy;
use crate::tables::{Need, Table};
use crate::value::index::at;

/// The case as it was judged, or as unknown if it hangs on something that cannot be read.
pub(super) fn or_unreadable(
    (data, policy): (&Data, &Policy),
    (measure, basis): (Measure, Basis),
    verdict: Verdict,
    detail: Detail,
) -> (Verdict, Detail) {
    let Name::Person(person) = detail.subject else { return (verdict, detail) };
    let marks = data.unreadable.of(person);
    if !marks.iter().any(|mark| hangs_on(policy, (measure, basis), verdict, &detail, *mark)) {
        return (verdict, detail);
    }
    let detail = Detail { rule: detail.rule.map(|_| None), ..Detail::of(detail.subject, detail.record) };
    (Verdict::unknown(Reason::Unreadable), detail)
}

/// Whether a case of a person hangs on a value that cannot be read.
fn hangs_on(
    policy: &Policy,
    (measure, basis): (Measure, Basis),
    verdict: Verdict,
    detail: &Detail,
    mark: Mark,
) -> bool {
    // Of several rows of one table the case is of its own.
    let is_of_another_row = match (detail.record, mark.record) {
        (Some(Name::Row(table, id)), Some(record)) => table == mark.table && id != record,
        _ => false,
    };
    !is_of_another_row && !is_decided(measure, verdict, mark) && reads(policy, (measure, basis), mark)
}

/// Whether the case came out as it did whatever the value is: a child who was seen in time was seen, an assessment
/// that was authorised was completed whenever it began, and what asks nothing of the child asks nothing.
fn is_decided(measure: Measure, verdict: Verdict, mark: Mark) -> bool {
    let is_start = || at(mark.table.columns(), mark.column).name == "start_date";
    let is_visit = matches!(mark.table, Table::CpVisits | Table::CinVisits | Table::ClaVisits);
    match verdict.outcome {
        Outcome::Met => is_visit,
        Outcome::Counted => {
            measure == Measure::ASSESSMENTS_COMPLETED && mark.table == Table::Assessments && is_start()
        }
        Outcome::NotApplicable => matches!(verdict.reason, Some(Reason::Unborn | Reason::OutsideAge)),
        _ => false,
    }
}

/// Whether a measure reads a column under the policies.
fn reads(policy: &Policy, (measure, basis): (Measure, Basis), mark: Mark) -> bool {
    let (table, column) = (mark.table.name(), at(mark.table.columns(), mark.column));
    // The rows of a table are told by what it cannot be without, and until when they hold.
    let is_of_row = column.need != Need::Optional || column.is_end;
    let reads = |input: &InputRow| match input.kind {
        InputKind::Needed | InputKind::Optional => {
            is_of_row && input.alternatives().any(|name| name == table)
        }
        InputKind::NeededColumn => {
            input.alternatives().any(|name| name.split_once('.') == Some((table, column.name)))
        }
        InputKind::OptionalColumns => {
            input.name == table
                && (input.columns.contains(&column.name) || input.worked_out_from == Some(column.name))
        }
    };
    measure.definition().inputs.iter().any(|input| {
        input.when.is_none_or(|when| when.holds(policy))
            && (input.in_place_of.is_none() || basis == Basis::ByOthers)
            && reads(input)
    })
}
