//! The cases behind one result.

use serde::Serialize;

use super::inputs::Inputs;
use super::run::{Run, RunRow, Terms};
use super::tally::contribution;
use crate::dataset::Data;
use crate::measures::{
    Basis, Case, Context, Detail, Judge, Measure, MeasureSet, Sink, Unit, Verdict, judge_person,
    judge_service,
};
use crate::plan::RowId;
use crate::time::Day;
use crate::time::{Month, MonthDays};
use crate::value::index::at;

/// The cases behind a result: what [`Scorecard::explain`](crate::Scorecard::explain) says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Explanation {
    /// The id of the plan's row.
    pub measure: RowId,
    /// The month.
    pub month: Month,
    /// The cases by subject, record and due date; their outcomes add up to the result's.
    pub cases: Vec<Case>,
    /// The version of the measure's definition.
    pub definition: u32,
}

/// The cases of a row in a month, by subject, record and due date.
pub(crate) fn cases(data: &Data, run: &Run, row: RunRow<'_>, month: Month) -> Vec<Case> {
    let Terms { policy, calendar } = at(&run.terms, row.terms);
    let (measure, unit) = (row.row.measure(), row.row.unit());
    let inputs = Inputs::find(measure, data.supplied(), policy);
    let Some(month) = inputs.month(MonthDays::new(0, month)) else { return Vec::new() };
    let mut wanted = MeasureSet::default();
    wanted.insert(measure);
    let context = Context::new(data, policy, calendar, vec![month], wanted);
    let mut judge =
        Judge { context: &context, sink: Cases { data, unit, basis: inputs.basis, cases: Vec::new() } };
    judge_service(&mut judge);
    for (person, _) in data.persons.iter() {
        judge_person(&mut judge, person);
    }
    let mut cases = judge.sink.cases;
    cases.sort_by(|a, b| {
        (&a.subject, &a.record, a.due, a.anchor).cmp(&(&b.subject, &b.record, b.due, b.anchor))
    });
    cases
}

/// Keeps the cases of one measure.
struct Cases<'a> {
    data: &'a Data,
    unit: Unit,
    /// Which tables tell its cases.
    basis: Basis,
    cases: Vec<Case>,
}

impl Sink for Cases<'_> {
    fn case(
        &mut self,
        _: Measure,
        basis: Basis,
        _: usize,
        verdict: Verdict,
        detail: impl FnOnce() -> Detail,
    ) {
        if basis != self.basis {
            return;
        }
        let (numerator, denominator) = contribution(self.unit, verdict);
        let detail = detail();
        self.cases.push(Case {
            subject: detail.subject.text(self.data).to_owned(),
            record: detail.record.map(|record| record.text(self.data).to_owned()),
            outcome: verdict.outcome,
            reason: verdict.reason,
            anchor: detail.anchor.map(Day::date),
            due: detail.due.map(Day::date),
            done: detail.done.map(Day::date),
            elapsed: detail.elapsed,
            rag: detail.rag,
            numerator,
            denominator,
            rule: detail.rule,
        });
    }
}
