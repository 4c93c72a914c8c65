//! Months by measures: results, and the cases behind each.

mod amount;
mod figure;
mod inputs;
mod result;
mod tally;
mod target;

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

pub use amount::Amount;
pub use figure::{Shown, Status};
pub use result::{MeasureResult, Outcomes};
pub use target::{Direction, MeasureRag, Target, Targets};

use crate::calendar::{Calendar, CalendarError, Closures, Nation};
use crate::dataset::{Data, DataIssue, Dataset};
use crate::dates::Day;
use crate::measures::{Case, Context, Detail, Judge, Outcome, Sink, Verdict, judge_person, judge_service};
use crate::period::{Month, MonthDays, Period};
use crate::plan::{Definitions, MeasureId, PeriodKind, Plan};
use crate::policy::{AdoptionWindow, Policy, StageTwoBasis};
use figure::Figure;
pub(crate) use inputs::Inputs;
use inputs::has_short_history;
use tally::{Tallies, Tally, contribution};
use target::{direction, measure_rag};

/// The longest run of months that is computed at once: a hundred years.
const MOST_MONTHS: i32 = 1200;

/// What a scorecard is computed with.
///
/// Its JSON form has these keys, any of them; an unknown one is refused.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Options {
    /// The choices that the definitions leave open.
    pub policy: Policy,
    /// Targets by measure; none are built in.
    pub targets: Targets,
    /// Further days that are no working days: council closures, or bank holidays as GOV.UK publishes them.
    pub closures: Option<Closures>,
    /// The measures wanted, companions by their own ids; `None` = all.
    pub measures: Option<Vec<MeasureId>>,
}

/// Why a scorecard cannot be computed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScorecardError {
    /// The run ends before it begins.
    #[error("the run of months ends before it begins: {from} to {to}")]
    MonthsReversed {
        /// The first month.
        from: Month,
        /// The last month.
        to: Month,
    },
    /// The run is longer than a hundred years.
    #[error("a run of {months} months is too long; the longest is {MOST_MONTHS}")]
    TooManyMonths {
        /// Its length.
        months: i32,
    },
    /// A month for which the scorecard was not computed.
    #[error("{month} is not one of the months of the scorecard ({from} to {to})")]
    OtherMonth {
        /// The month asked for.
        month: Month,
        /// The first month of the scorecard.
        from: Month,
        /// The last month of the scorecard.
        to: Month,
    },
    /// An id that is no measure's.
    #[error(transparent)]
    UnknownMeasure(#[from] crate::plan::UnknownId),
    /// A closure outside the calendar.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
}

/// The results of a run of months.
#[derive(Clone, Debug)]
pub struct Scorecard {
    dataset: Dataset,
    policy: Policy,
    calendar: Calendar,
    from: Month,
    to: Month,
    results: Vec<MeasureResult>,
}

impl Dataset {
    /// Computes every measure for each month from `from` to `to`, both included.
    ///
    /// # Errors
    /// Months in the wrong order or too many, a closure outside the calendar.
    pub fn scorecard(&self, from: Month, to: Month, options: &Options) -> Result<Scorecard, ScorecardError> {
        if to < from {
            return Err(ScorecardError::MonthsReversed { from, to });
        }
        let months = to.since(from) + 1;
        if months > MOST_MONTHS {
            return Err(ScorecardError::TooManyMonths { months });
        }
        let policy = options.policy.clone();
        let mut calendar = Calendar::for_nation(policy.calendar);
        if let Some(closures) = &options.closures {
            calendar = calendar.with(closures)?;
        }
        let results = evaluate(self.data(), &policy, &calendar, options, from, to);
        Ok(Scorecard { dataset: self.clone(), policy, calendar, from, to, results })
    }
}

/// The results in order: by month, then by measure.
fn evaluate(
    data: &Data,
    policy: &Policy,
    calendar: &Calendar,
    options: &Options,
    from: Month,
    to: Month,
) -> Vec<MeasureResult> {
    let is_asked = |id: &MeasureId| options.measures.as_ref().is_none_or(|asked| asked.contains(id));
    let asked: Vec<(MeasureId, Inputs)> =
        MeasureId::all().filter(is_asked).map(|id| (id, Inputs::find(id, data, policy))).collect();
    // The quarter before the first month is needed for the direction of travel.
    let first = from.plus(-3);
    let months: Vec<MonthDays> = (0..=to.since(first))
        .zip(0_usize..)
        .map(|(step, index)| MonthDays::new(index, first.plus(step)))
        .collect();
    let mut wanted = [false; MeasureId::COUNT];
    for (id, inputs) in &asked {
        if let Some(wanted) = wanted.get_mut(id.index()) {
            *wanted = inputs.missing.is_empty();
        }
    }
    let context = Context::new(data, policy, calendar, months, wanted);
    let mut judge = Judge { context: &context, sink: Tallies::new(context.months.len()) };
    judge_service(&mut judge);
    for person in 0..u32::try_from(data.persons.len()).unwrap_or(u32::MAX) {
        judge_person(&mut judge, person);
    }
    let tallies = judge.sink;

    let mut results = Vec::new();
    for days in context.months.iter().skip(3) {
        let month = Month::of(days.first.date());
        for (id, inputs) in &asked {
            let step = if id.period_kind() == PeriodKind::Quarter { 3 } else { 1 };
            if step == 3 && !month.ends_quarter() {
                continue;
            }
            let tally = tallies.get(*id, days.index).cloned().unwrap_or_default();
            let before = days.index.checked_sub(step).and_then(|index| tallies.get(*id, index));
            results.push(result(*id, month, *days, &tally, before, inputs, data, policy, options));
        }
    }
    results
}

#[expect(clippy::too_many_arguments, reason = "a result brings together all that is known")]
fn result(
    measure: MeasureId,
    month: Month,
    days: MonthDays,
    tally: &Tally,
    before: Option<&Tally>,
    inputs: &Inputs,
    data: &Data,
    policy: &Policy,
    options: &Options,
) -> MeasureResult {
    let is_supplied = inputs.missing.is_empty();
    let figure_of =
        |tally: &Tally| if is_supplied { Figure::new(measure, tally) } else { Figure::NOT_SUPPLIED };
    let figure = figure_of(tally);
    let mut warnings = inputs.warnings.clone();
    let is_quotient = figure.status == Status::Ok && figure.denominator.is_some();
    if is_quotient && tally.in_denominator < 10 {
        warnings.push("small_numbers".to_owned());
    }
    if has_short_history(measure, data, days) {
        warnings.push("short_history".to_owned());
    }
    warnings.sort_unstable();
    MeasureResult {
        measure,
        month,
        period: period(measure, days, policy),
        status: figure.status,
        numerator: figure.numerator,
        denominator: figure.denominator,
        value: figure.shown,
        outcomes: Outcomes { counts: tally.outcomes },
        rag: measure_rag(&figure, options.targets.get(measure)),
        direction: before.and_then(|before| direction(measure.better(), &figure_of(before), &figure)),
        warnings,
        missing_tables: inputs.missing.clone(),
        all_met: (measure == MeasureId::O2_M1).then(|| {
            let all = tally.count(Outcome::NotMet) == 0 && tally.count(Outcome::Unknown) == 0;
            (figure.status == Status::Ok).then_some(all)
        }),
    }
}

/// The days that a result speaks of.
fn period(measure: MeasureId, month: MonthDays, policy: &Policy) -> Period {
    let rolling = |months: i32| month.last.plus_months(-months).plus(1);
    let from: Day = match measure.period_kind() {
        PeriodKind::Snapshot => month.last,
        PeriodKind::Month => month.first,
        PeriodKind::Quarter => match policy.adoption_window {
            AdoptionWindow::Quarter => month.first.plus_months(-2),
            AdoptionWindow::ThreeYears => rolling(36),
        },
        PeriodKind::RollingTwelveMonths
            if measure == MeasureId::O4_M3 && policy.stage_two_basis == StageTwoBasis::CohortMonth =>
        {
            month.first
        }
        PeriodKind::RollingTwelveMonths => rolling(12),
    };
    Period { from: from.date(), to: month.last.date() }
}

/// Keeps the cases of one measure.
struct Cases<'a> {
    data: &'a Data,
    cases: Vec<Case>,
}

impl Sink for Cases<'_> {
    fn case(&mut self, measure: MeasureId, _: usize, verdict: Verdict, detail: impl FnOnce() -> Detail) {
        let (numerator, denominator) = contribution(measure.unit(), verdict);
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
        });
    }
}

impl Scorecard {
    /// The plan whose measures these are.
    #[must_use]
    pub fn plan(&self) -> &'static Plan {
        Plan::worcestershire_2017()
    }

    /// The versions of the definitions of the measures that have results.
    #[must_use]
    pub fn definitions(&self) -> Definitions {
        Definitions::of(self.results.iter().map(|result| result.measure))
    }

    /// The calendar of working days.
    #[must_use]
    pub fn calendar(&self) -> Nation {
        self.calendar.nation()
    }

    /// The policies.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The first month.
    #[must_use]
    pub fn from(&self) -> Month {
        self.from
    }

    /// The last month.
    #[must_use]
    pub fn to(&self) -> Month {
        self.to
    }

    /// The results by month, within a month in plan order, each companion after its measure.
    #[must_use]
    pub fn results(&self) -> &[MeasureResult] {
        &self.results
    }

    /// The result of a measure in a month, if it has one.
    #[must_use]
    pub fn result(&self, measure: MeasureId, month: Month) -> Option<&MeasureResult> {
        self.results.iter().find(|result| result.measure == measure && result.month == month)
    }

    /// The issues of the data.
    #[must_use]
    pub fn issues(&self) -> &[DataIssue] {
        self.dataset.issues()
    }

    /// The cases behind a result, by subject, record and due date: the same judgement, so they add up to it.
    /// There are none where the measure has no result in the month.
    ///
    /// # Errors
    /// A month for which the scorecard was not computed.
    pub fn cases(&self, measure: MeasureId, month: Month) -> Result<Vec<Case>, ScorecardError> {
        if month < self.from || month > self.to {
            return Err(ScorecardError::OtherMonth { month, from: self.from, to: self.to });
        }
        let data = self.dataset.data();
        let mut wanted = [false; MeasureId::COUNT];
        if let Some(wanted) = wanted.get_mut(measure.index()) {
            *wanted = Inputs::find(measure, data, &self.policy).missing.is_empty();
        }
        let months = vec![MonthDays::new(0, month)];
        let context = Context::new(data, &self.policy, &self.calendar, months, wanted);
        let mut judge = Judge { context: &context, sink: Cases { data, cases: Vec::new() } };
        judge_service(&mut judge);
        for person in 0..u32::try_from(data.persons.len()).unwrap_or(u32::MAX) {
            judge_person(&mut judge, person);
        }
        let mut cases = judge.sink.cases;
        cases.sort_by(|a, b| {
            (&a.subject, &a.record, a.due, a.anchor).cmp(&(&b.subject, &b.record, b.due, b.anchor))
        });
        Ok(cases)
    }
}

impl Serialize for Scorecard {
    /// The whole output: plan, calendar, policy, results, data issues and definitions.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Scorecard", 6)?;
        object.serialize_field("plan", &self.plan().id)?;
        object.serialize_field("calendar", &self.calendar.nation())?;
        object.serialize_field("policy", &self.policy)?;
        object.serialize_field("results", &self.results)?;
        object.serialize_field("data_issues", self.issues())?;
        object.serialize_field("definitions", &self.definitions())?;
        object.end()
    }
}
