//! Care proceedings, and applications for final orders.

use super::case::{Detail, Name, Reason, Verdict};
use super::clock::Started;
use super::context::{Judge, Sink};
use super::definition::{Form, Row, Subject};
use super::kinds::{Better, PeriodKind, Unit, column, needs, optional};
use super::measure::Measure;
use super::relations::{gap_to_count, part_of_count};
use crate::policy::FinalOrderBasis;
use crate::tables::Table;
use crate::tables::records::{FinalOrderApplication, OrderMade};
use crate::time::Day;
use crate::time::clock::ClockId;

pub(super) const MEASURES: &[Row] = &[
    Row {
        key: "proceedings_concluded",
        forms: &[Form {
            unit: Unit::Count,
            title: "Care proceedings concluded",
            denominator: "None: this is a count.",
            policies: &[],
        }],
        period: PeriodKind::Month,
        better: Better::Neutral,
        cases: "Care proceedings concluded in the month; a case is one set of proceedings, \
            however many children.",
        numerator: "The cases.",
        exclusions: "A case is concluded on the day of its last child's final order.",
        inputs: &[needs("care_proceedings"), column("care_proceedings.concluded_date")],
        source: "A local measure.",
        published: Some(
            "Ministry of Justice, Family Court Statistics Quarterly: care and supervision \
            cases disposed of",
        ),
        version: 1,
        cases_are: Subject::Others,
        ..Row::EMPTY
    },
    Row {
        key: "proceedings_in_time",
        forms: &[Form {
            unit: Unit::Percent,
            title: "Percentage of care proceedings concluded within 26 weeks",
            denominator: "The cases whose dates can be read.",
            policies: &[],
        }],
        period: PeriodKind::Month,
        better: Better::Higher,
        cases: "The cases of `proceedings_concluded`.",
        numerator: "Those concluded within 26 weeks, of which the day of issue is the first: by day \
            181 after it.",
        exclusions: "Concluded before issue: unknown. An extension granted by the court does not put \
            a case in time.",
        inputs: &[needs("care_proceedings"), column("care_proceedings.concluded_date")],
        policies: &["proceedings_limit_days"],
        source: "Children Act 1989, section 32(1)(a)(ii): within twenty-six weeks beginning with \
            the day on which the application was issued.",
        published: Some(
            "Ministry of Justice, Family Court Statistics Quarterly: care and supervision \
            cases disposed of within 26 weeks",
        ),
        version: 1,
        clocks: &[ClockId::CARE_PROCEEDINGS],
        cases_are: Subject::Others,
        relations: &[gap_to_count("proceedings_concluded")],
        ..Row::EMPTY
    },
    Row {
        key: "final_order_applications",
        forms: &[Form {
            unit: Unit::Count,
            title: "Applications for a final order decided",
            denominator: "None: this is a count.",
            policies: &[],
        }],
        period: PeriodKind::Month,
        better: Better::Neutral,
        cases: "Applications for a final order decided in the month, each application on its \
            own; under the policy those filed in it.",
        numerator: "The applications.",
        exclusions: "Applications can be counted when filed or when decided. Decided is the default, \
            since `final_orders_as_sought` needs to know how they ended.",
        inputs: &[
            needs("final_order_applications"),
            column("final_order_applications.decided_date"),
            optional("final_order_applications", &["filed_date"]),
        ],
        policies: &["final_order_basis"],
        source: "A local measure.",
        version: 1,
        cases_are: Subject::Others,
        ..Row::EMPTY
    },
    Row {
        key: "final_orders_as_sought",
        forms: &[Form {
            unit: Unit::Percent,
            title: "Percentage of applications in which the court made the order sought",
            denominator: "Those decided, with both orders recorded.",
            policies: &[],
        }],
        period: PeriodKind::Month,
        better: Better::Higher,
        cases: "The applications of `final_order_applications`.",
        numerator: "Those in which the order made is the one sought in the authority's final care plan.",
        exclusions: "Not yet decided: not yet due. Withdrawn by the authority: not applicable. Order \
            sought or made not recorded: unknown. A part of what was sought is not the order sought.",
        inputs: &[
            needs("final_order_applications"),
            column("final_order_applications.decided_date"),
            column("final_order_applications.order_sought"),
            column("final_order_applications.order_made"),
            optional("final_order_applications", &["filed_date"]),
        ],
        policies: &["final_order_basis"],
        source: "A local measure.",
        version: 1,
        cases_are: Subject::Others,
        relations: &[part_of_count("final_order_applications")],
        ..Row::EMPTY
    },
];

impl Measure {
    /// `proceedings_concluded`: care proceedings concluded.
    pub const PROCEEDINGS_CONCLUDED: Self = Self::named("proceedings_concluded");
    /// `proceedings_in_time`: percentage of care proceedings concluded within 26 weeks.
    pub const PROCEEDINGS_IN_TIME: Self = Self::named("proceedings_in_time");
    /// `final_order_applications`: applications for a final order decided.
    pub const FINAL_ORDER_APPLICATIONS: Self = Self::named("final_order_applications");
    /// `final_orders_as_sought`: percentage of applications in which the court made the order sought.
    pub const FINAL_ORDERS_AS_SOUGHT: Self = Self::named("final_orders_as_sought");
}

pub(super) fn judge_service<S: Sink>(judge: &mut Judge<'_, S>) {
    care_proceedings(judge);
    final_orders(judge);
}

/// `proceedings_concluded` and `proceedings_in_time`: proceedings concluded, and whether within 26 weeks beginning with the day of issue.
fn care_proceedings<S: Sink>(judge: &mut Judge<'_, S>) {
    let context = judge.context;
    for case in &context.data.kept.care_proceedings {
        let Some((concluded, month)) = case.concluded.and_then(|day| Some((day, context.month_of(day)?)))
        else {
            continue;
        };
        let subject = Name::Row(Table::CareProceedings, case.id);
        judge.case(Measure::PROCEEDINGS_CONCLUDED, month.on(concluded), Verdict::COUNTED, || {
            Detail::of(subject, None).on(concluded)
        });

        let clock = Started::new(context, ClockId::CARE_PROCEEDINGS, case.issued);
        let verdict = clock.done(concluded);
        judge.case(Measure::PROCEEDINGS_IN_TIME, month.on(concluded), verdict, || {
            clock.done_detail(concluded, verdict, subject, None)
        });
    }
}

/// `final_order_applications` and `final_orders_as_sought`: final order applications, and whether the authority got what it applied for.
fn final_orders<S: Sink>(judge: &mut Judge<'_, S>) {
    let context = judge.context;
    for application in &context.data.kept.final_order_applications {
        let date = match context.policy.final_order_basis {
            FinalOrderBasis::Decided => application.decided,
            FinalOrderBasis::Filed => application.filed,
        };
        let Some((date, month)) = date.and_then(|day| Some((day, context.month_of(day)?))) else { continue };
        let detail = || Detail::of(Name::Row(Table::FinalOrderApplications, application.id), None).on(date);
        judge.case(Measure::FINAL_ORDER_APPLICATIONS, month.on(date), Verdict::COUNTED, detail);
        judge.case(
            Measure::FINAL_ORDERS_AS_SOUGHT,
            month.on(date),
            obtained(application, month.last),
            detail,
        );
    }
}

fn obtained(application: &FinalOrderApplication, day: Day) -> Verdict {
    if application.decided.is_none_or(|decided| decided > day) {
        return Verdict::NOT_YET_DUE.because(Reason::NotDecided);
    }
    match (application.sought, application.made) {
        (_, Some(OrderMade::Withdrawn)) => Verdict::not_applicable(Reason::Withdrawn),
        (Some(sought), Some(OrderMade::Order(made))) if sought == made => Verdict::MET,
        (Some(_), Some(_)) => Verdict::NOT_MET,
        _ => Verdict::unknown(Reason::OrderNotRecorded),
    }
}
