//! Outcome 1: the workforce.

use super::case::{Detail, Name, Reason, Verdict};
use super::context::{Judge, Sink};
use crate::definitions::MeasureId;
use crate::policy::{CaseloadPer, Policy, TurnoverBase, WorkforceUnit};
use crate::tables::Table;
use crate::tables::records::{Employment, Interval, Involvement, Worker};
use crate::time::Day;
use crate::time::MonthDays;
use crate::value::Amount;
use crate::value::index::{WorkerNo, retyped};

pub(super) fn judge_workforce<S: Sink>(judge: &mut Judge<'_, S>) {
    for (id, worker) in judge.context.data.workers.iter() {
        let involvements = judge.context.data.involvements.of(id);
        for month in &judge.context.months {
            let cases = lead_cases(involvements, month.last);
            caseload(judge, id, worker.as_ref(), cases, *month);
            if let Some(worker) = worker {
                supported_year(judge, worker, cases, *month);
                permanence_of_staff(judge, worker, *month);
                turnover(judge, worker, *month);
            }
        }
    }
    exit_interviews(judge);
}

/// Children whose lead worker the worker is on a day.
fn lead_cases(involvements: &[Involvement], day: Day) -> u32 {
    let mut cases = 0;
    let mut last = None;
    // The rows lie by person.
    for involvement in
        involvements.iter().filter(|involvement| involvement.is_lead && involvement.is_open(day))
    {
        if last != Some(involvement.person) {
            cases += 1;
            last = Some(involvement.person);
        }
    }
    cases
}

fn worker_detail(id: WorkerNo) -> Detail {
    Detail::of(Name::Worker(id), None)
}

/// O1.M1: cases for each full-time equivalent.
fn caseload<S: Sink>(
    judge: &mut Judge<'_, S>,
    id: WorkerNo,
    worker: Option<&Worker>,
    cases: u32,
    month: MonthDays,
) {
    if cases == 0 {
        return;
    }
    let weight = match judge.context.policy.caseload_per {
        CaseloadPer::Fte => worker.and_then(|worker| worker.fte).map(Amount::hundredths),
        CaseloadPer::Headcount => Some(Amount::ONE),
    };
    let verdict = match (worker, weight) {
        (None, _) => Verdict::unknown(Reason::NoWorker),
        (Some(worker), _) if !worker.is_open(month.last) => Verdict::unknown(Reason::NotInPost),
        (_, None) => Verdict::unknown(Reason::NoFte),
        (_, Some(weight)) => Verdict::COUNTED.weighing(Some(Amount::count(i64::from(cases))), Some(weight)),
    };
    judge.case(MeasureId::O1_M1, month, verdict, || worker_detail(id));
}

/// O1.M2 and O1.M3: newly qualified workers with too many cases.
fn supported_year<S: Sink>(judge: &mut Judge<'_, S>, worker: &Worker, cases: u32, month: MonthDays) {
    let day = month.last;
    let on_it =
        worker.asye_start.is_some_and(|start| start <= day) && worker.asye_end.is_none_or(|end| end > day);
    if !on_it || !worker.is_open(day) {
        return;
    }
    let verdict = if worker.long_term_absent {
        Verdict::not_applicable(Reason::LongTermAbsent)
    } else if cases > u32::from(judge.context.policy.asye_case_limit) {
        Verdict::COUNTED
    } else {
        Verdict::NOT_COUNTED
    };
    for measure in [MeasureId::O1_M2, MeasureId::O1_M3] {
        judge.case(measure, month, verdict, || worker_detail(retyped(worker.id)));
    }
}

/// Whether a worker belongs to the teams that the workforce measures look at.
fn is_in_scope(policy: &Policy, worker: &Worker) -> bool {
    worker.team_type.is_some_and(|team_type| policy.scope_team_types.contains(&team_type))
}

/// What a worker weighs: hundredths of a full-time equivalent, or one.
fn weight(policy: &Policy, worker: &Worker) -> Option<i64> {
    match policy.workforce_unit {
        WorkforceUnit::Fte => worker.fte,
        WorkforceUnit::Headcount => Some(100),
    }
}

/// O1.M4: permanent staff of those in post.
fn permanence_of_staff<S: Sink>(judge: &mut Judge<'_, S>, worker: &Worker, month: MonthDays) {
    let policy = judge.context.policy;
    if !is_in_scope(policy, worker) || !worker.is_open(month.last) {
        return;
    }
    let verdict = match (worker.employment, weight(policy, worker).map(Amount::hundredths)) {
        (None, _) => Verdict::unknown(Reason::NoEmployment),
        (_, None) => Verdict::unknown(Reason::NoFte),
        (Some(Employment::Permanent), Some(weight)) => Verdict::COUNTED.weighing(Some(weight), Some(weight)),
        (_, Some(weight)) => Verdict::NOT_COUNTED.weighing(Some(Amount::ZERO), Some(weight)),
    };
    judge.case(MeasureId::O1_M4, month, verdict, || worker_detail(retyped(worker.id)));
}

/// O1.M5: leavers of the twelve months against those in post.
fn turnover<S: Sink>(judge: &mut Judge<'_, S>, worker: &Worker, month: MonthDays) {
    let policy = judge.context.policy;
    if !is_in_scope(policy, worker) || worker.employment == Some(Employment::Agency) {
        return;
    }
    let (year_ago, day) = (month.last.plus_months(-12), month.last);
    let left = worker.end.is_some_and(|end| end > year_ago && end <= day);
    let in_post = worker.is_open(day);
    if !left && !in_post {
        return;
    }
    let weight = weight(policy, worker).filter(|_| worker.employment.is_some());
    // What the worker adds to the workforce that leavers are compared with.
    let base = |weight: i64| match policy.turnover_base {
        TurnoverBase::AtEnd => Amount::hundredths(if in_post { weight } else { 0 }),
        TurnoverBase::Average => Amount::half_hundredths(
            weight.saturating_mul(i64::from(worker.is_open(year_ago)) + i64::from(in_post)),
        ),
    };
    let verdict = match weight {
        _ if left && worker.internal_move => {
            let moved = Verdict::not_applicable(Reason::InternalMove);
            // Who moved was one of the workforce at the start of the year.
            match weight {
                Some(weight) if policy.turnover_base == TurnoverBase::Average => {
                    moved.weighing(Some(Amount::ZERO), Some(base(weight)))
                }
                _ => moved,
            }
        }
        None if worker.employment.is_none() => Verdict::unknown(Reason::NoEmployment),
        None => Verdict::unknown(Reason::NoFte),
        Some(weight) if left => {
            Verdict::COUNTED.weighing(Some(Amount::hundredths(weight)), Some(base(weight)))
        }
        Some(weight) => Verdict::NOT_COUNTED.weighing(Some(Amount::ZERO), Some(base(weight))),
    };
    judge.case(MeasureId::O1_M5, month, verdict, || worker_detail(retyped(worker.id)));
    // Who joined and left within the year was in neither of DfE's two censuses.
    let joined = worker.start > year_ago && worker.start <= day;
    let published = if left && joined && !worker.internal_move {
        Verdict::not_applicable(Reason::JoinedInPeriod)
    } else {
        verdict
    };
    judge.case(MeasureId::O1_M5_PUBLISHED, month, published, || worker_detail(retyped(worker.id)));
}

/// O1.M6 and O1.M7: each leaver's first completed exit interview of a month.
fn exit_interviews<S: Sink>(judge: &mut Judge<'_, S>) {
    let data = judge.context.data;
    let mut interviews: Vec<_> = data
        .kept
        .exit_interviews
        .iter()
        .filter_map(|interview| {
            let completed = interview.completed?;
            Some((interview, completed, judge.context.month_of(completed)?))
        })
        .collect();
    interviews.sort_by_key(|(interview, completed, _)| {
        (interview.worker, *completed, data.record_id(Table::ExitInterviews, interview.id))
    });
    interviews.dedup_by_key(|(interview, _, month)| (interview.worker, month.index));
    for (interview, completed, month) in interviews {
        let detail = || {
            let record = Name::Row(Table::ExitInterviews, interview.id);
            Detail::of(Name::Worker(interview.worker), Some(record)).on(completed)
        };
        judge.case(MeasureId::O1_M6, month, Verdict::COUNTED, detail);
        judge.case(MeasureId::O1_M7, month, Verdict::fact(interview.inside_control), detail);
    }
}
