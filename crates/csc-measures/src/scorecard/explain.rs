//! The cases behind results.

use std::collections::BTreeMap;

use serde::Serialize;

use super::breakdown::{CaseOf, Groupings, Placing};
use super::error::ScorecardError;
use super::inputs::Inputs;
use super::run::{Run, RunRow, Terms};
use super::tally::contribution;
use crate::dataset::{Data, Standing};
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

/// The cases of rows in some of the run's months, judged in one pass: for each row and month in which the measure can be
/// worked out, those by subject, record and due date. `months` are consecutive.
pub(crate) fn cases(
    standing: &Standing<'_>,
    run: &Run,
    rows: &[RunRow<'_>],
    months: &[Month],
) -> Result<BTreeMap<(Month, usize), Vec<Case>>, ScorecardError> {
    let data = standing.whole();
    let groupings = &Groupings::new(&run.dimensions, standing)?;
    let days: Vec<MonthDays> =
        months.iter().enumerate().map(|(place, month)| MonthDays::new(place, *month)).collect();
    let mut found: BTreeMap<(usize, usize), Vec<Case>> = BTreeMap::new();
    for (place, Terms { policy, calendar, .. }) in run.terms.iter().enumerate() {
        let mut by_day: BTreeMap<Option<Day>, Vec<Asked>> = BTreeMap::new();
        for (number, row) in rows.iter().enumerate().filter(|(_, row)| row.terms == place) {
            let (measure, unit) = (row.row.measure(), row.row.unit());
            let inputs = Inputs::find(measure, data.supplied(), policy);
            let told: Vec<bool> = days.iter().map(|month| inputs.month(*month).is_some()).collect();
            for (month, _) in told.iter().enumerate().filter(|(_, is_told)| **is_told) {
                found.insert((month, number), Vec::new());
            }
            let asked = Asked { number, measure, unit, basis: inputs.basis, told };
            by_day.entry(inputs.as_at()).or_default().push(asked);
        }
        for (day, asked) in by_day {
            let mut wanted = MeasureSet::default();
            asked.iter().for_each(|asked| wanted.insert(asked.measure));
            let up_to: Vec<MonthDays> = days.iter().filter_map(|month| month.up_to(day)).collect();
            let context = Context::new(data, policy, calendar, up_to, wanted);
            let mut of = |data: &Data, judge: &dyn Fn(&mut Judge<'_, Cases<'_>>)| {
                let of_others =
                    (!std::ptr::eq(data, context.data)).then(|| (context.over(data), groupings.over(data)));
                let (context, groupings) = match &of_others {
                    Some((context, groupings)) => (context, groupings),
                    None => (&context, groupings),
                };
                let placing = Placing::new(context, groupings);
                let sink = Cases { data, run, placing, asked: &asked, found: &mut found };
                judge(&mut Judge { context, sink });
            };
            of(standing.service(), &|judge| {
                judge_service(judge);
            });
            of(data, &|judge| standing.persons_of_whole().for_each(|person| judge_person(judge, person)));
            for child in standing.children() {
                of(child, &|judge| child.persons.iter().for_each(|(person, _)| judge_person(judge, person)));
            }
        }
    }
    let by_month = found.into_iter().map(|((month, number), mut cases)| {
        cases.sort_by(|a, b| {
            (&a.subject, &a.record, a.due, a.anchor).cmp(&(&b.subject, &b.record, b.due, b.anchor))
        });
        ((*at(months, month), number), cases)
    });
    Ok(by_month.collect())
}

/// A row whose cases are kept.
struct Asked {
    /// Its place among the rows that were asked for.
    number: usize,
    measure: Measure,
    unit: Unit,
    /// Which tables tell its cases.
    basis: Basis,
    /// For each month whether the measure can be worked out in it.
    told: Vec<bool>,
}

/// Keeps the cases of rows.
struct Cases<'a> {
    data: &'a Data,
    run: &'a Run,
    placing: Placing<'a>,
    asked: &'a [Asked],
    /// By the places of month and row.
    found: &'a mut BTreeMap<(usize, usize), Vec<Case>>,
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
        let is_asked =
            |asked: &&Asked| asked.measure == measure && asked.basis == basis && *at(&asked.told, when.month);
        let mut rows = self.asked.iter().filter(is_asked).peekable();
        if rows.peek().is_none() {
            return;
        }
        let detail = detail();
        for asked in rows {
            let case = self.make(asked.unit, measure, when, verdict, detail);
            self.found.entry((when.month, asked.number)).or_default().push(case);
        }
    }
}

impl Cases<'_> {
    fn make(&self, unit: Unit, measure: Measure, when: Moment, verdict: Verdict, detail: Detail) -> Case {
        let (numerator, denominator) = contribution(unit, verdict);
        let CaseOf { team, worker } = self.placing.team_and_worker(measure, when.day, &detail);
        Case {
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
        }
    }

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
