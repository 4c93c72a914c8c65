//! The cases behind one result.

use serde::Serialize;

use super::breakdown::{CaseOf, Groupings, Placing};
use super::error::ScorecardError;
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
use crate::time::{Moment, Month, MonthDays};
use crate::value::index::{PersonIx, at};

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
    /// The dimensions by which the scorecard was broken down, and so the cases are grouped. JSON has them case by case.
    #[serde(skip)]
    pub dimensions: Vec<String>,
}

/// The cases of a row in a month, by subject, record and due date.
pub(crate) fn cases(
    data: &Data,
    run: &Run,
    row: RunRow<'_>,
    month: Month,
) -> Result<Vec<Case>, ScorecardError> {
    let groupings = &Groupings::new(&run.dimensions, data)?;
    let Terms { policy, calendar } = at(&run.terms, row.terms);
    let (measure, unit) = (row.row.measure(), row.row.unit());
    let inputs = Inputs::find(measure, data.supplied(), policy);
    let Some(month) = inputs.month(MonthDays::new(0, month)) else { return Ok(Vec::new()) };
    let mut wanted = MeasureSet::default();
    wanted.insert(measure);
    let context = Context::new(data, policy, calendar, vec![month], wanted);
    let placing = Placing::new(&context, groupings);
    let sink = Cases { data, unit, basis: inputs.basis, placing, run, cases: Vec::new() };
    let mut judge = Judge { context: &context, sink };
    judge_service(&mut judge);
    for (person, _) in data.persons.iter() {
        judge_person(&mut judge, person);
    }
    let mut cases = judge.sink.cases;
    cases.sort_by(|a, b| {
        (&a.subject, &a.record, a.due, a.anchor).cmp(&(&b.subject, &b.record, b.due, b.anchor))
    });
    Ok(cases)
}

/// Keeps the cases of one measure.
struct Cases<'a> {
    data: &'a Data,
    unit: Unit,
    /// Which tables tell its cases.
    basis: Basis,
    placing: Placing<'a>,
    run: &'a Run,
    cases: Vec<Case>,
}

impl Sink for Cases<'_> {
    fn begin(&mut self, person: Option<PersonIx>) {
        self.placing.begin(person);
    }

    fn case(
        &mut self,
        measure: Measure,
        basis: Basis,
        when: Moment,
        verdict: Verdict,
        detail: impl FnOnce() -> Detail,
    ) {
        if basis != self.basis {
            return;
        }
        let (numerator, denominator) = contribution(self.unit, verdict);
        let detail = detail();
        let CaseOf { team, worker } = self.placing.team_and_worker(measure, when.day, &detail);
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
            team: team.map(|team| self.data.team(team).to_owned()),
            worker: worker.map(|worker| self.data.worker_id(worker).to_owned()),
            groups: self.groups(measure, when, detail),
        });
    }
}

impl Cases<'_> {
    /// By dimension the group of a case; `None`: no breakdown is asked for.
    fn groups(
        &self,
        measure: Measure,
        when: Moment,
        detail: Detail,
    ) -> Option<Vec<(String, Option<String>)>> {
        if self.run.dimensions.is_empty() {
            return None;
        }
        let mut groups = Vec::new();
        self.placing.each(
            measure,
            when.day,
            || detail,
            |place, group| {
                let name = at(&self.run.dimensions, place).name();
                groups.push((name.to_owned(), self.placing.name(place, group).map(str::to_owned)));
            },
        );
        Some(groups)
    }
}
