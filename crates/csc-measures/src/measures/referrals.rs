//! Children referred again.

use super::case::{Detail, Name, Verdict};
use super::context::{Child, Judge, Sink};
use super::definition::{Form, LookBack, Past, Row};
use super::kinds::{Better, PeriodKind, Unit, When, needs, optional};
use super::measure::Measure;
use crate::tables::{Lack, Table};

pub(super) const MEASURES: &[Row] = &[Row {
    key: "re_referrals",
    forms: &[Form {
        unit: Unit::Percent,
        title: "Percentage of referrals within 12 months of an earlier one",
        denominator: "All of them.",
        policies: &[],
    }],
    period: PeriodKind::Month,
    better: Better::Lower,
    cases: "Referrals to the front door in the month, each child on its own; two of one \
            child on one day are one.",
    numerator: "Those of a child who had another referral, to any team, in the twelve months \
            before; exactly twelve months before counts.",
    exclusions: "The clock runs from referral to referral, not from closure. An earlier referral \
            that led to no action counts. Contacts are not referrals. The twelve months before the month \
            must be in the data, or the result warns.",
    inputs: &[needs("referrals"), optional("referrals", &["team"]).when(When::FrontDoorTeamsNamed)],
    policies: &["front_door_teams"],
    past: Some(Past { table: Table::Referrals, when: None, look_back: Some(LookBack::FromStart(12)) }),
    asks: &[Lack::EarlierRows],
    source: "DfE's children in need census.",
    published: Some(
        "DfE, Characteristics of children in need: re-referrals within 12 months of a \
            previous referral",
    ),
    version: 1,
    ..Row::EMPTY
}];

impl Measure {
    /// `re_referrals`: percentage of referrals within 12 months of an earlier one.
    pub const RE_REFERRALS: Self = Self::named("re_referrals");
}

/// `re_referrals`: referrals to the front door of children who were referred in the twelve months before.
pub(super) fn judge_child<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>) {
    let context = judge.context;
    let mut last = None;
    // The rows lie by date and id: of several to the front door on a day the first stands.
    for referral in child.records.referrals.iter().filter(|referral| context.is_front_door(referral.team)) {
        if last.replace(referral.date) == Some(referral.date) {
            continue;
        }
        let Some(month) = context.month_of(referral.date) else { continue };
        let year_ago = referral.date.plus_months(-12);
        let is_repeat =
            child.records.referrals.iter().any(|other| year_ago <= other.date && other.date < referral.date);
        judge.case(Measure::RE_REFERRALS, month.on(referral.date), Verdict::fact(Some(is_repeat)), || {
            let record = Name::Row(Table::Referrals, referral.id);
            Detail::of(Name::Person(child.records.index), Some(record)).on(referral.date)
        });
    }
}
