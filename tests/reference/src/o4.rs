//! Outcome 4: complaints, compliments, reports.

use crate::calendar::add_months;
use crate::case::{Case, Date};
use crate::facts::Month;
use crate::input::Row;

fn complaints_in<'m>(m: &'m Month<'_>, from: Date) -> impl Iterator<Item = &'m Row> {
    m.all.rows("complaints").iter().filter(move |r| {
        let received = r.day("received_date");
        received >= from
            && received <= m.last
            && r.flag("statutory") != Some(false)
            && r.integer("stage").is_none_or(|s| s == 1)
    })
}

fn case(r: &Row, outcome: &'static str) -> Case {
    Case::new(r.id("complaint_id"), None, outcome).done(r.date("received_date"))
}

/// O4.M1.
pub(crate) fn complaints(m: &Month<'_>) -> Vec<Case> {
    complaints_in(m, m.first).map(|r| case(r, "counted")).collect()
}

/// O4.M2.
pub(crate) fn by_children(m: &Month<'_>) -> Vec<Case> {
    let judge = |r: &Row| match r.flag("made_by_child") {
        Some(true) => case(r, "counted"),
        Some(false) => case(r, "not_counted"),
        None => case(r, "unknown").because("not_recorded"),
    };
    complaints_in(m, m.first).map(judge).collect()
}

/// O4.M3.
pub(crate) fn stage_two(m: &Month<'_>) -> Vec<Case> {
    let year_ago = add_months(m.last, -12);
    let from =
        if m.policy.stage_two_basis == "cohort_month" { m.first } else { year_ago.succ_opt().unwrap() };
    let judge = |r: &Row| {
        let escalated = r.date("stage_two_date").is_some_and(|d| d <= m.last);
        case(r, if escalated { "counted" } else { "not_counted" })
    };
    complaints_in(m, from).map(judge).collect()
}

/// O4.M4.
pub(crate) fn compliments(m: &Month<'_>) -> Vec<Case> {
    let rows = m.all.rows("compliments").iter().filter(|r| m.in_month(r.date("received_date")));
    rows.map(|r| Case::new(r.id("compliment_id"), None, "counted").done(r.date("received_date"))).collect()
}

/// O4.M5.
pub(crate) fn reports(m: &Month<'_>) -> Vec<Case> {
    let rows = m.all.rows("feedback_reports").iter().filter(|r| m.in_month(r.date("date")));
    rows.map(|r| Case::new(r.id("feedback_report_id"), None, "counted").done(r.date("date"))).collect()
}
