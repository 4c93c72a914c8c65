//! Children with another child protection plan.

use super::case::{Detail, Name, Verdict};
use super::context::{Child, Judge, Sink};
use super::definition::{Form, LookBack, Past, Row};
use super::kinds::{Better, PeriodKind, Unit, needs, optional};
use super::measure::Measure;
use super::relations::{equal_numerators, numerator_at_most, same};
use crate::policy::RepeatPlanUnit;
use crate::tables::records::CpPlan;
use crate::tables::{Lack, Table};

pub(super) const MEASURES: &[Row] = &[
    Row {
        key: "repeat_cp_plans",
        forms: &[Form {
            unit: Unit::Count,
            title: "Children with a second or subsequent child protection plan",
            denominator: "None: this is a count.",
            policies: &[],
        }],
        period: PeriodKind::Month,
        better: Better::Lower,
        cases: "Children with a child protection plan begun in the month.",
        numerator: "Children who had an earlier plan, however long ago, that had ended when the new \
            one began.",
        exclusions: "Plans held for another authority are out, as new plans and as earlier ones. A \
            child who moves in with a plan has not begun a new one. Two such plans of a child in the month \
            are one child. Plans that overlap are reported as a data issue. Plans before the data begins \
            cannot be seen: under five years of history, the result warns.",
        inputs: &[needs("cp_plans"), optional("cp_plans", &["other_authority", "transfer_in"])],
        policies: &["repeat_plan_unit"],
        past: Some(Past { table: Table::CpPlans, when: None, look_back: Some(LookBack::FromStart(60)) }),
        asks: &[Lack::EarlierRows],
        source: "DfE's children in need census and the former NI 65.",
        published: Some(
            "DfE, Characteristics of children in need: child protection plans that were a \
            second or subsequent plan (formerly NI 65), a percentage of plans",
        ),
        version: 1,
        relations: &[numerator_at_most("repeat_cp_plans.percent")],
        ..Row::EMPTY
    },
    Row {
        key: "repeat_cp_plans.percent",
        forms: &[Form {
            unit: Unit::Percent,
            title: "% of CP Plans started that are a 2nd or subsequent plan",
            denominator: "All of them.",
            policies: &[],
        }],
        period: PeriodKind::Month,
        better: Better::Lower,
        cases: "Child protection plans begun in the month.",
        numerator: "Plans of a child who had an earlier plan, however long ago, that had ended when \
            the new one began.",
        exclusions: "Plans held for another authority are out, as new plans and as earlier ones. A \
            child who moves in with a plan has not begun a new one. Each plan is a case, as in the published \
            figure.",
        inputs: &[needs("cp_plans"), optional("cp_plans", &["other_authority", "transfer_in"])],
        past: Some(Past { table: Table::CpPlans, when: None, look_back: Some(LookBack::FromStart(60)) }),
        asks: &[Lack::EarlierRows],
        source: "A figure of this library, following the former NI 65.",
        published: Some(
            "DfE, Characteristics of children in need: child protection plans that were a \
            second or subsequent plan (formerly NI 65)",
        ),
        version: 1,
        relations: &[
            same("repeat_cp_plans"),
            equal_numerators("repeat_cp_plans")
                .under(|policy| policy.repeat_plan_unit == RepeatPlanUnit::Occasions),
        ],
        ..Row::EMPTY
    },
];

impl Measure {
    /// `repeat_cp_plans`: children with a second or subsequent child protection plan.
    pub const REPEAT_CP_PLANS: Self = Self::named("repeat_cp_plans");
    /// `repeat_cp_plans.percent`: % of CP Plans started that are a 2nd or subsequent plan.
    pub const REPEAT_CP_PLANS_PERCENT: Self = Self::named("repeat_cp_plans.percent");
}

/// `repeat_cp_plans` and `repeat_cp_plans.percent`: child protection plans of children who had one before.
pub(super) fn judge_child<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>) {
    let plans = child.records.cp_plans;
    let had_one_before = |plan: &CpPlan| {
        plans.iter().any(|other| {
            !other.other_authority
                && other.start < plan.start
                && other.end.is_some_and(|end| end <= plan.start)
        })
    };
    let mut last_counted = None;
    // The rows lie by start and id: the first repeat of a month is the child's case.
    for plan in plans.iter().filter(|plan| !plan.other_authority && !plan.transfer_in) {
        let Some(month) = judge.context.month_of(plan.start) else { continue };
        let is_repeat = had_one_before(plan);
        let detail = || {
            Detail::of(Name::Person(child.records.index), Some(Name::Row(Table::CpPlans, plan.id)))
                .on(plan.start)
        };
        judge.case(
            Measure::REPEAT_CP_PLANS_PERCENT,
            month.on(plan.start),
            Verdict::fact(Some(is_repeat)),
            detail,
        );
        let counts = match judge.context.policy.repeat_plan_unit {
            RepeatPlanUnit::Occasions => is_repeat,
            RepeatPlanUnit::Children => is_repeat && last_counted.replace(month.index) != Some(month.index),
        };
        if counts {
            judge.case(Measure::REPEAT_CP_PLANS, month.on(plan.start), Verdict::COUNTED, detail);
        }
    }
}
