//! Outcome 8: early help and repeat assessments.

use crate::calendar::{add_days, add_months};
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
            let told = m.all.from_early_help.contains(r.id("referral_id")) || follows(m, r, false);
            m.in_month(r.date("referral_date")) && told && !follows(m, r, true)
        });
        let referrals = came.map(|r| {
            Case::new(r.id("person_id"), Some(r.id("referral_id")), "counted").done(r.date("referral_date"))
        });
        let ended = m
            .all
            .rows("early_help_episodes")
            .iter()
            .filter(|e| is_step_up(e) && m.in_month(e.date("end_date")));
        let ends = ended.map(|e| {
            Case::new(e.id("person_id"), Some(e.id("early_help_episode_id")), "counted")
                .done(e.date("end_date"))
                .on(e.day("end_date"))
        });
        return referrals.chain(ends).collect();
    }
    transfers(m, "tosocialcare")
}

/// Whether an episode of early help ended in the words of a step up.
// READING: a reason that says no is of no step.
fn is_step_up(episode: &Row) -> bool {
    let reason = episode.text("end_reason").unwrap_or("").to_lowercase();
    let words: Vec<&str> =
        reason.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let says_no = ["no", "not", "never", "refused", "rejected", "declined", "without"];
    let together = words.concat().replace("deescalat", "");
    let up = ["stepup", "stepsup", "steppedup", "steppingup", "escalat"];
    up.iter().any(|up| together.contains(up)) && !words.iter().any(|word| says_no.contains(word))
}

/// Whether a referral is of the 28 days after an episode of early help of the child that ended as a step up, or as
/// none.
fn follows(m: &Month<'_>, referral: &Row, after_step_up: bool) -> bool {
    let day = referral.day("referral_date");
    m.all.rows("early_help_episodes").iter().any(|e| {
        e.id("person_id") == referral.id("person_id")
            && is_step_up(e) == after_step_up
            && e.date("end_date").is_some_and(|end| end <= day && day <= add_days(end, 28))
    })
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
