//! Strategy discussions, and who took part in them.

use super::case::{Detail, Name, Reason, Verdict};
use super::context::{Child, Judge, Sink};
use super::definition::{Form, Row};
use super::kinds::{Better, PeriodKind, Unit, needs, optional};
use super::measure::Measure;
use crate::tables::Table;
use crate::tables::records::StrategyDiscussion;

pub(super) const MEASURES: &[Row] = &[
    Row {
        key: "strategy_health_involved",
        forms: &[Form {
            unit: Unit::Percent,
            title: "Percentage of strategy discussions with a health professional",
            denominator: "Those for which it is recorded whether health took part.",
            policies: &[],
        }],
        period: PeriodKind::Month,
        better: Better::Higher,
        cases: "Strategy discussions held in the month, each child on its own.",
        numerator: "Those in which a health professional took part, in the room, by telephone or \
            with information.",
        exclusions: "An invitation alone is not taking part; that is for whoever records it. Not \
            recorded: unknown.",
        inputs: &[needs("strategy_discussions"), optional("strategy_discussions", &["health_involved"])],
        source: "Statutory guidance, Working Together to Safeguard Children: a strategy \
            discussion should involve health (wording not verified). The percentage is a local measure.",
        version: 1,
        ..Row::EMPTY
    },
    Row {
        key: "strategy_school_involved",
        forms: &[Form {
            unit: Unit::Percent,
            title: "Percentage of strategy discussions about children aged 4 to 17 with \
                    their school",
            denominator: "Those for which it is recorded whether the school took part.",
            policies: &[],
        }],
        period: PeriodKind::Month,
        better: Better::Higher,
        cases: "Strategy discussions held in the month about children aged 4 to 17 on the day, \
            each child on its own.",
        numerator: "Those in which the school took part.",
        exclusions: "Not applicable: children marked as having no school to involve, unborn children, \
            and other ages. Age or involvement not recorded: unknown.",
        inputs: &[
            needs("strategy_discussions"),
            needs("persons"),
            optional("strategy_discussions", &["school_involved", "school_not_applicable"]),
            optional("persons", &["date_of_birth", "expected_date_of_birth"]),
        ],
        source: "Statutory guidance, Working Together to Safeguard Children: a strategy \
            discussion should involve other bodies as needed, the school among them (wording not verified). \
            The ages and the percentage are local.",
        version: 1,
        ..Row::EMPTY
    },
];

impl Measure {
    /// `strategy_health_involved`: percentage of strategy discussions with a health professional.
    pub const STRATEGY_HEALTH_INVOLVED: Self = Self::named("strategy_health_involved");
    /// `strategy_school_involved`: percentage of strategy discussions about children aged 4 to 17 with their school.
    pub const STRATEGY_SCHOOL_INVOLVED: Self = Self::named("strategy_school_involved");
}

/// `strategy_health_involved` and `strategy_school_involved`: strategy discussions with health, and for ages 4 to 17 with the school.
pub(super) fn judge_child<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>) {
    for discussion in child.records.strategy_discussions {
        let Some(month) = judge.context.month_of(discussion.date) else { continue };
        let detail = || {
            let record = Name::Row(Table::StrategyDiscussions, discussion.id);
            Detail::of(Name::Person(child.records.index), Some(record)).on(discussion.date)
        };
        judge.case(
            Measure::STRATEGY_HEALTH_INVOLVED,
            month.on(discussion.date),
            Verdict::fact(discussion.health),
            detail,
        );
        judge.case(
            Measure::STRATEGY_SCHOOL_INVOLVED,
            month.on(discussion.date),
            school(child, discussion),
            detail,
        );
    }
}

fn school(child: &Child<'_>, discussion: &StrategyDiscussion) -> Verdict {
    if discussion.school_not_applicable {
        return Verdict::not_applicable(Reason::SchoolNotApplicable);
    }
    if !child.life.is_born(discussion.date) {
        return Verdict::not_applicable(Reason::Unborn);
    }
    match child.life.age(discussion.date) {
        None => Verdict::unknown(Reason::AgeNotKnown),
        Some(4..=17) => Verdict::fact(discussion.school),
        Some(_) => Verdict::not_applicable(Reason::OutsideAge),
    }
}
