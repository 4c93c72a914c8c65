//! Outcome 5: strategy discussions, re-referrals, repeat plans.

use crate::calendar::add_months;
use crate::case::Case;
use crate::facts::{Month, age, born};
use crate::input::Row;

fn discussions<'m>(m: &'m Month<'_>) -> impl Iterator<Item = &'m Row> {
    m.all.rows("strategy_discussions").iter().filter(|r| m.in_month(r.date("date")))
}

fn yes_no(id: &str, record: &str, flag: Option<bool>) -> Case {
    match flag {
        Some(true) => Case::new(id, Some(record), "counted"),
        Some(false) => Case::new(id, Some(record), "not_counted"),
        None => Case::new(id, Some(record), "unknown").because("not_recorded"),
    }
}

/// O5.M1.
pub(crate) fn health(m: &Month<'_>) -> Vec<Case> {
    let case = |r: &Row| {
        yes_no(r.id("person_id"), r.id("discussion_id"), r.flag("health_involved")).done(r.date("date"))
    };
    discussions(m).map(case).collect()
}

/// O5.M2.
pub(crate) fn school(m: &Month<'_>) -> Vec<Case> {
    let case = |r: &Row| {
        let (id, record, held) = (r.id("person_id"), r.id("discussion_id"), r.day("date"));
        let case = if r.flag("school_not_applicable") == Some(true) {
            Case::new(id, Some(record), "not_applicable").because("school_not_applicable")
        } else if !born(m.all, id, held) {
            Case::new(id, Some(record), "not_applicable").because("unborn")
        } else {
            match age(m.all, id, held) {
                None => Case::new(id, Some(record), "unknown").because("age_not_known"),
                Some(4..=17) => yes_no(id, record, r.flag("school_involved")),
                Some(_) => Case::new(id, Some(record), "not_applicable").because("outside_age"),
            }
        };
        case.done(Some(held))
    };
    discussions(m).map(case).collect()
}

/// O5.M3.
pub(crate) fn re_referrals(m: &Month<'_>) -> Vec<Case> {
    let all = m.all.rows("referrals");
    let rows: Vec<&Row> =
        all.iter().filter(|r| m.in_month(r.date("referral_date")) && m.front_door(r)).collect();
    let mut out = Vec::new();
    for r in &rows {
        let (id, day) = (r.id("person_id"), r.day("referral_date"));
        let smaller = |o: &&Row| {
            o.id("person_id") == id
                && o.day("referral_date") == day
                && o.id("referral_id") < r.id("referral_id")
        };
        if rows.iter().any(smaller) {
            continue;
        }
        let before = all.iter().any(|o| {
            let d = o.day("referral_date");
            o.id("person_id") == id && d >= add_months(day, -12) && d < day
        });
        let outcome = if before { "counted" } else { "not_counted" };
        out.push(Case::new(id, Some(r.id("referral_id")), outcome).done(Some(day)));
    }
    out
}

fn started_in<'m>(m: &'m Month<'_>) -> Vec<&'m Row> {
    let rows = m.all.rows("cp_plans").iter();
    rows.filter(|r| {
        m.in_month(r.date("start_date"))
            && r.flag("other_authority") != Some(true)
            && r.flag("transfer_in") != Some(true)
    })
    .collect()
}

fn has_earlier(m: &Month<'_>, plan: &Row) -> bool {
    let start = plan.day("start_date");
    m.all.rows("cp_plans").iter().any(|o| {
        o.id("person_id") == plan.id("person_id")
            && o.flag("other_authority") != Some(true)
            && o.day("start_date") < start
            && o.date("end_date").is_some_and(|e| e <= start)
    })
}

/// O5.M4.
pub(crate) fn repeat_plans(m: &Month<'_>) -> Vec<Case> {
    let mut rows = started_in(m);
    rows.retain(|r| has_earlier(m, r));
    rows.sort_by_key(|r| (r.day("start_date"), r.id("cp_plan_id")));
    let mut out: Vec<Case> = Vec::new();
    for r in rows {
        let id = r.id("person_id");
        if m.policy.repeat_plan_unit == "children" && out.iter().any(|c| c.subject == id) {
            continue;
        }
        out.push(Case::new(id, Some(r.id("cp_plan_id")), "counted").done(r.date("start_date")));
    }
    out
}

/// O5.M4.percent.
pub(crate) fn repeat_plans_percent(m: &Month<'_>) -> Vec<Case> {
    let case = |r: &Row| {
        let outcome = if has_earlier(m, r) { "counted" } else { "not_counted" };
        Case::new(r.id("person_id"), Some(r.id("cp_plan_id")), outcome).done(r.date("start_date"))
    };
    started_in(m).into_iter().map(case).collect()
}
