//! Outcome 8: early help and repeat assessments.

use crate::calendar::add_months;
use crate::case::Case;
use crate::derived;
use crate::facts::Month;
use crate::input::Row;
use std::collections::BTreeSet;

fn transfers(m: &Month<'_>, direction: &str) -> Vec<Case> {
    let rows = m.all.rows("step_transfers").iter();
    let mine = rows.filter(|r| m.in_month(r.date("date")) && r.text("direction") == Some(direction));
    mine.map(|r| Case::new(r.id("person_id"), Some(r.id("transfer_id")), "counted").done(r.date("date")))
        .collect()
}

/// O8.M1.
pub(crate) fn to_early_help(m: &Month<'_>) -> Vec<Case> {
    if m.all.has("step_transfers") {
        return transfers(m, "toearlyhelp");
    }
    let rows = m.all.rows("referrals").iter();
    let closed = rows.filter(|r| m.in_month(r.date("close_date")) && r.text("close_reason") == Some("rc9"));
    closed
        .map(|r| {
            Case::new(r.id("person_id"), Some(r.id("referral_id")), "counted").done(r.date("close_date"))
        })
        .collect()
}

/// O8.M2.
pub(crate) fn to_social_care(m: &Month<'_>) -> Vec<Case> {
    if derived::early_help("O8.M2", m) {
        let rows = m.all.rows("referrals").iter();
        let came = rows.filter(|r| {
            m.in_month(r.date("referral_date")) && m.all.from_early_help.contains(r.id("referral_id"))
        });
        return came
            .map(|r| {
                Case::new(r.id("person_id"), Some(r.id("referral_id")), "counted")
                    .done(r.date("referral_date"))
            })
            .collect();
    }
    transfers(m, "tosocialcare")
}

fn is_repeat(m: &Month<'_>, r: &Row) -> bool {
    let start = r.day("start_date");
    m.all.rows("assessments").iter().any(|o| {
        let different = match (o.text("referral_id"), r.text("referral_id")) {
            (Some(a), Some(b)) => a != b,
            _ => true,
        };
        // READING: another one that was authorised after D has not been authorised yet.
        o.id("person_id") == r.id("person_id")
            && o.id("assessment_id") != r.id("assessment_id")
            && (different || m.policy.repeat_same_referral)
            && o.date("authorised_date")
                .is_some_and(|d| d >= add_months(start, -12) && d < start && d <= m.last)
    })
}

/// O8.M3 and O8.M4.
pub(crate) fn repeat_assessments(m: &Month<'_>) -> Vec<Case> {
    let rows = m.all.rows("assessments").iter();
    let mut rows: Vec<&Row> =
        rows.filter(|r| m.in_month(r.date("authorised_date")) && m.front_door(r)).collect();
    rows.sort_by_key(|r| (r.day("authorised_date"), r.id("assessment_id")));
    let persons: BTreeSet<&str> = rows.iter().map(|r| r.id("person_id")).collect();
    let mut out = Vec::new();
    for id in persons {
        let mine: Vec<&Row> = rows.iter().copied().filter(|r| r.id("person_id") == id).collect();
        let repeat = mine.iter().copied().find(|r| is_repeat(m, r));
        let (row, outcome) = match repeat {
            Some(r) => (r, "counted"),
            None => (mine[0], "not_counted"),
        };
        let case = Case::new(id, Some(row.id("assessment_id")), outcome);
        out.push(case.done(row.date("authorised_date")));
    }
    out
}
