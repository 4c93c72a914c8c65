//! The workforce: caseloads, newly qualified workers, permanence and turnover.

use super::case::{Detail, Name, Reason, Verdict};
use super::context::{Context, Judge, Sink};
use super::definition::{Form, Row, Subject};
use super::kinds::{Better, PeriodKind, Unit, When, column, needs, optional};
use super::measure::Measure;
use super::relations::{
    Quantity, Terms, equal_denominators, gap_of_numerator_to_denominator, gap_of_numerators,
    numerator_at_most_denominator,
};
use crate::policy::{CaseloadPer, Policy, TurnoverBase, WorkforceUnit};
use crate::tables::records::Interval;
use crate::tables::records::{Employment, Involvement, Worker};
use crate::tables::{Lack, Table};
use crate::time::{Day, MonthDays};
use crate::value::Amount;
use crate::value::index::{WorkerNo, retyped};

pub(super) const MEASURES: &[Row] = &[
    Row {
        key: "caseload",
        forms: &[Form {
            unit: Unit::Average,
            title: "Cases for each full-time children's social worker",
            denominator: "Full-time equivalents (FTE) of the same workers, agency workers \
                    included; the number of workers if caseloads are taken by headcount.",
            policies: &[],
        }],
        period: PeriodKind::Snapshot,
        better: Better::Lower,
        cases: "Workers who hold at least one case at the month end. A case is one child \
            allocated to the worker as lead (no role, or one of the lead roles); three siblings are \
            three cases.",
        numerator: "Lead cases held by the counted workers.",
        exclusions: "Children not allocated to a worker do not enter. A worker id without a row in \
            workers, a worker not in post, or one whose FTE is not recorded is unknown: listed, with the \
            cases left out on both sides. Without involvements the cases are those that a table of workers as at \
            a day says each held on it; of a worker in post of whom it does not say, they are unknown.",
        inputs: &[
            needs("workers"),
            needs("involvements | workers.cases_held"),
            column("workers.fte").when(When::CaseloadPerFte),
            optional("workers", &["start_date"]),
            optional("involvements", &["role"]),
        ],
        policies: &["caseload_per", "lead_roles"],
        source: "A local measure, worked out as DfE's workforce statistics work out average caseload.",
        published: Some(
            "DfE, Children's social work workforce: average caseload per children and family \
            social worker (FTE)",
        ),
        version: 2,
        cases_are: Subject::Workers,
        ..Row::EMPTY
    },
    Row {
        key: "asye_over_case_limit",
        forms: &[
            Form {
                unit: Unit::Count,
                title: "Newly qualified social workers (ASYE) with more than 12 cases",
                denominator: "None: this is a count.",
                policies: &[],
            },
            Form {
                unit: Unit::Percent,
                title: "Percentage of newly qualified social workers (ASYE) with more than 12 cases",
                denominator: "All of these workers, including those with no cases.",
                policies: &[],
            },
        ],
        period: PeriodKind::Snapshot,
        better: Better::Lower,
        cases: "Workers in post and in their Assessed and Supported Year in Employment (ASYE) at \
            the month end, with or without cases.",
        numerator: "Of these, workers with more than 12 lead cases; exactly 12 is within the limit.",
        exclusions: "Workers on long-term absence are not applicable. Cases are counted as in \
            `caseload`, unknown if they are there, and are not scaled by FTE.",
        inputs: &[
            needs("workers"),
            needs("involvements | workers.cases_held"),
            column("workers.asye_start_date"),
            optional("workers", &["start_date", "asye_end_date", "long_term_absence"]),
            optional("involvements", &["role"]),
        ],
        policies: &["asye_case_limit", "lead_roles"],
        source: "A local measure. Nationally the year asks only for a reduced caseload (not verified).",
        version: 2,
        cases_are: Subject::Workers,
        relations: &[numerator_at_most_denominator("caseload")
            .under(|policy| policy.caseload_per == CaseloadPer::Headcount)],
        ..Row::EMPTY
    },
    Row {
        key: "workforce_permanent",
        forms: &[Form {
            unit: Unit::Percent,
            title: "Percentage of the social work workforce permanently appointed",
            denominator: "FTE of all of them: permanent, fixed-term and agency.",
            policies: &[],
        }],
        period: PeriodKind::Snapshot,
        better: Better::Higher,
        cases: "Workers in post at the month end in a safeguarding or care leavers team. The \
            workforce is the people in post, not the posts on the establishment.",
        numerator: "FTE of the permanent employees.",
        exclusions: "A worker whose employment or FTE is not recorded is unknown and outside both sides.",
        inputs: &[
            needs("workers"),
            column("workers.team_type").when(When::ScopeTeamTypesNotAll),
            column("workers.fte").when(When::WorkforceUnitFte),
            column("workers.employment | workers.agency"),
            optional("workers", &["start_date"]),
        ],
        policies: &["scope_team_types", "workforce_unit"],
        source: "A local measure.",
        published: Some(
            "DfE, Children's social work workforce: agency worker rate (FTE), of which this \
            is nearly the complement",
        ),
        version: 2,
        cases_are: Subject::Workers,
        asks: &[Lack::Terms],
        relations: &[gap_of_numerator_to_denominator("workforce_turnover").under(is_of_heads_at_end)],
        ..Row::EMPTY
    },
    Row {
        key: "workforce_turnover",
        counts_others: true,
        forms: &[Form {
            unit: Unit::Percent,
            title: "Social worker turnover in twelve months (%)",
            denominator: "FTE of those in post at the month end; if the base is the average, \
                    the mean of those in post at the start and at the end of the twelve months.",
            policies: &[],
        }],
        period: PeriodKind::RollingTwelveMonths,
        better: Better::Lower,
        cases: "Employed workers of safeguarding and care leavers teams who are in post at the \
            month end, or who left in the twelve months to it.",
        numerator: "FTE of the leavers: those whose last day falls in the twelve months.",
        exclusions: "Agency workers are outside both sides. A move to another team of the authority \
            is not a departure: not applicable. Unknown is a worker whose FTE is not recorded, or of whom \
            nothing says whether agency. More than 100 % is possible and is shown.",
        inputs: &[
            needs("workers"),
            column("workers.team_type").when(When::ScopeTeamTypesNotAll),
            column("workers.fte").when(When::WorkforceUnitFte),
            column("workers.employment | workers.agency"),
            column("workers.end_date"),
            optional("workers", &["start_date", "leaving_type"]),
        ],
        policies: &["scope_team_types", "workforce_unit", "turnover_base"],
        source: "A local measure, worked out as DfE's workforce statistics work out turnover.",
        published: Some("DfE, Children's social work workforce: turnover rate (FTE)"),
        version: 2,
        cases_are: Subject::Workers,
        terms: Some(Terms {
            own: Quantity::Numerator,
            count: 12,
            months: 1,
            under: |policy| policy.workforce_unit == WorkforceUnit::Headcount,
        }),
        ..Row::EMPTY
    },
    Row {
        key: "workforce_turnover.published",
        counts_others: true,
        forms: &[Form {
            unit: Unit::Percent,
            title: "Staff turnover as DfE publishes it (%)",
            denominator: "The denominator of `workforce_turnover`.",
            policies: &[],
        }],
        period: PeriodKind::RollingTwelveMonths,
        better: Better::Lower,
        cases: "The workers of `workforce_turnover`.",
        numerator: "FTE of the leavers who were in post at the start of the twelve months.",
        exclusions: "A leaver who joined within the twelve months is not applicable: two yearly \
            censuses see nothing of such a worker. Otherwise as `workforce_turnover`.",
        inputs: &[
            needs("workers"),
            column("workers.team_type").when(When::ScopeTeamTypesNotAll),
            column("workers.fte").when(When::WorkforceUnitFte),
            column("workers.employment | workers.agency"),
            column("workers.end_date"),
            optional("workers", &["start_date", "leaving_type"]),
        ],
        policies: &["scope_team_types", "workforce_unit", "turnover_base"],
        source: "A figure of this library: DfE's workforce statistics compare the censuses of two years.",
        published: Some("DfE, Children's social work workforce: turnover rate (FTE)"),
        version: 2,
        cases_are: Subject::Workers,
        relations: &[equal_denominators("workforce_turnover"), gap_of_numerators("workforce_turnover")],
        ..Row::EMPTY
    },
];

/// Whether the workforce is of persons, and leavers are compared with those in post at the end.
fn is_of_heads_at_end(policy: &Policy) -> bool {
    policy.workforce_unit == WorkforceUnit::Headcount && policy.turnover_base == TurnoverBase::AtEnd
}

impl Measure {
    /// `caseload`: cases for each full-time children's social worker.
    pub const CASELOAD: Self = Self::named("caseload");
    /// `asye_over_case_limit`: newly qualified social workers (ASYE) with more than 12 cases.
    pub const ASYE_OVER_CASE_LIMIT: Self = Self::named("asye_over_case_limit");
    /// `workforce_permanent`: percentage of the social work workforce permanently appointed.
    pub const WORKFORCE_PERMANENT: Self = Self::named("workforce_permanent");
    /// `workforce_turnover`: social worker turnover in twelve months (%).
    pub const WORKFORCE_TURNOVER: Self = Self::named("workforce_turnover");
    /// `workforce_turnover.published`: Staff turnover as DfE publishes it (%).
    pub const WORKFORCE_TURNOVER_PUBLISHED: Self = Self::named("workforce_turnover.published");
}

pub(super) fn judge_service<S: Sink>(judge: &mut Judge<'_, S>) {
    for (id, worker) in judge.context.data.workers.iter() {
        let involvements = judge.context.data.involvements.of(id);
        for month in &judge.context.months {
            // Without allocations, as many as the row of the worker says.
            let cases = match judge.context.data.has_table(Table::Involvements) {
                true => Some(lead_cases(judge.context, involvements, month.last)),
                false => worker.as_ref().and_then(|worker| worker.cases_held),
            };
            caseload(judge, id, worker.as_ref(), cases, *month);
            if let Some(worker) = worker {
                supported_year(judge, worker, cases, *month);
                permanence_of_staff(judge, worker, *month);
                turnover(judge, worker, *month);
            }
        }
    }
}

/// Children whose lead worker the worker is on a day.
fn lead_cases(context: &Context<'_>, involvements: &[Involvement], day: Day) -> u32 {
    let mut cases = 0;
    let mut last = None;
    // The rows lie by person.
    let is_lead = |row: &&Involvement| row.is_open(day) && context.leads(row.role);
    for involvement in involvements.iter().filter(is_lead) {
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

/// `caseload`: cases for each full-time equivalent.
fn caseload<S: Sink>(
    judge: &mut Judge<'_, S>,
    id: WorkerNo,
    worker: Option<&Worker>,
    cases: Option<u32>,
    month: MonthDays,
) {
    let Some(cases) = cases else {
        // A worker who left holds none.
        if worker.is_some_and(|worker| worker.is_open(month.last)) {
            judge.case(Measure::CASELOAD, month.at_end(), Verdict::unknown(Reason::NoCasesHeld), || {
                worker_detail(id)
            });
        }
        return;
    };
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
        (_, Some(weight)) => Verdict::COUNTED.weighing(Some(Amount::count(cases)), Some(weight)),
    };
    judge.case(Measure::CASELOAD, month.at_end(), verdict, || worker_detail(id));
}

/// `asye_over_case_limit`: newly qualified workers with too many cases.
fn supported_year<S: Sink>(judge: &mut Judge<'_, S>, worker: &Worker, cases: Option<u32>, month: MonthDays) {
    let day = month.last;
    let on_it =
        worker.asye_start.is_some_and(|start| start <= day) && worker.asye_end.is_none_or(|end| end > day);
    if !on_it || !worker.is_open(day) {
        return;
    }
    let verdict = if worker.long_term_absent {
        Verdict::not_applicable(Reason::LongTermAbsent)
    } else {
        match cases {
            None => Verdict::unknown(Reason::NoCasesHeld),
            Some(cases) if cases > u32::from(judge.context.policy.asye_case_limit) => Verdict::COUNTED,
            Some(_) => Verdict::NOT_COUNTED,
        }
    };
    judge.case(Measure::ASYE_OVER_CASE_LIMIT, month.at_end(), verdict, || worker_detail(retyped(worker.id)));
}

/// Whether a worker belongs to the teams that the workforce measures look at.
fn is_in_scope(policy: &Policy, worker: &Worker) -> bool {
    policy.is_every_team_type()
        || worker.team_type.is_some_and(|team_type| policy.scope_team_types.contains(&team_type))
}

/// What a worker weighs: hundredths of a full-time equivalent, or one.
fn weight(policy: &Policy, worker: &Worker) -> Option<i32> {
    match policy.workforce_unit {
        WorkforceUnit::Fte => worker.fte,
        WorkforceUnit::Headcount => Some(100),
    }
}

/// `workforce_permanent`: permanent staff of those in post.
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
    judge.case(Measure::WORKFORCE_PERMANENT, month.at_end(), verdict, || worker_detail(retyped(worker.id)));
}

/// `workforce_turnover`: leavers of the twelve months against those in post.
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
    // Who is known not to be agency is employed, whatever for how long.
    let is_employed = worker.employment.is_some() || worker.is_not_agency;
    let weight = weight(policy, worker).filter(|_| is_employed);
    // What the worker adds to the workforce that leavers are compared with.
    let base = |weight: i32| match policy.turnover_base {
        TurnoverBase::AtEnd => Amount::hundredths(if in_post { weight } else { 0 }),
        TurnoverBase::Average => {
            Amount::half_hundredths(weight * (i32::from(worker.is_open(year_ago)) + i32::from(in_post)))
        }
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
        None if !is_employed => Verdict::unknown(Reason::NoEmployment),
        None => Verdict::unknown(Reason::NoFte),
        Some(weight) if left => {
            Verdict::COUNTED.weighing(Some(Amount::hundredths(weight)), Some(base(weight)))
        }
        Some(weight) => Verdict::NOT_COUNTED.weighing(Some(Amount::ZERO), Some(base(weight))),
    };
    judge.case(Measure::WORKFORCE_TURNOVER, month.at_end(), verdict, || worker_detail(retyped(worker.id)));
    // Who joined and left within the year was in neither of DfE's two censuses.
    let joined = worker.start > year_ago && worker.start <= day;
    let published = if left && joined && !worker.internal_move {
        Verdict::not_applicable(Reason::JoinedInPeriod)
    } else {
        verdict
    };
    judge.case(Measure::WORKFORCE_TURNOVER_PUBLISHED, month.at_end(), published, || {
        worker_detail(retyped(worker.id))
    });
}
