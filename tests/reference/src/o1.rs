//! Outcome 1: workers.

use crate::calendar::add_months;
use crate::case::Case;
use crate::facts::{Month, open, open_at};
use crate::input::{ONE, Row};
use std::collections::BTreeSet;

/// Lead cases of a worker at the end of the month.
fn lead_cases(m: &Month<'_>, worker: &str) -> i64 {
    let rows = m.then.rows("involvements").iter();
    let lead = rows
        .filter(|r| r.id("worker_id") == worker && open_at(r, m.last))
        .filter(|r| r.text("role").is_none_or(|role| is_lead(m, role)));
    let persons: BTreeSet<&str> = lead.map(|r| r.id("person_id")).collect();
    i64::try_from(persons.len()).unwrap()
}

/// Full-time equivalent in thousandths, rounded to hundredths; none where not known.
fn fte(r: &Row) -> Option<i64> {
    let exact = r.decimal("fte").filter(|n| *n > 0)?;
    let hundredths = (exact * 100 + ONE / 2) / ONE;
    // READING: what rounds to nothing is not known, either.
    if hundredths > 0 { Some(i64::try_from(hundredths).unwrap() * 10) } else { None }
}

fn employment(r: &Row) -> Option<&str> {
    if r.flag("agency") == Some(true) { Some("agency") } else { r.text("employment") }
}

/// O1.M1.
pub(crate) fn caseload(m: &Month<'_>) -> Vec<Case> {
    let ids: BTreeSet<&str> = m.then.rows("involvements").iter().map(|r| r.id("worker_id")).collect();
    let mut out = Vec::new();
    for id in ids {
        let n = lead_cases(m, id);
        if n == 0 {
            continue;
        }
        let unknown = |why| Case::new(id, None, "unknown").because(why);
        out.push(match m.all.find("workers", "worker_id", id) {
            None => unknown("no_worker"),
            Some(w) if !open_at(w, m.last) => unknown("not_in_post"),
            Some(w) => match if m.policy.caseload_per == "headcount" { Some(1000) } else { fte(w) } {
                None => unknown("no_fte"),
                Some(weight) => Case::new(id, None, "counted").weights(Some(n * 1000), Some(weight)),
            },
        });
    }
    out
}

/// O1.M2 and O1.M3.
pub(crate) fn asye(m: &Month<'_>) -> Vec<Case> {
    let mut out = Vec::new();
    for w in m.then.rows("workers") {
        let on_asye =
            w.date("asye_start_date").is_some() && open(w, "asye_start_date", "asye_end_date", m.last);
        if !open_at(w, m.last) || !on_asye {
            continue;
        }
        let id = w.id("worker_id");
        out.push(if w.flag("long_term_absence") == Some(true) {
            Case::new(id, None, "not_applicable").because("long_term_absent")
        } else if lead_cases(m, id) > m.policy.asye_case_limit {
            Case::new(id, None, "counted")
        } else {
            Case::new(id, None, "not_counted")
        });
    }
    out
}

fn in_scope(m: &Month<'_>, w: &Row) -> bool {
    if m.policy.every_team_type() {
        return true;
    }
    w.text("team_type").is_some_and(|t| m.policy.scope_team_types.iter().any(|s| s == t))
}

/// A worker's weight, or why it is not known.
fn weight(m: &Month<'_>, w: &Row, is_known: bool) -> Result<i64, &'static str> {
    if !is_known {
        return Err("no_employment");
    }
    if m.policy.workforce_unit == "headcount" {
        return Ok(1000);
    }
    fte(w).ok_or("no_fte")
}

/// O1.M4.
pub(crate) fn permanent(m: &Month<'_>) -> Vec<Case> {
    let mut out = Vec::new();
    for w in m.then.rows("workers").iter().filter(|w| in_scope(m, w) && open_at(w, m.last)) {
        let id = w.id("worker_id");
        out.push(match weight(m, w, employment(w).is_some()) {
            Err(why) => Case::new(id, None, "unknown").because(why),
            Ok(n) if employment(w) == Some("permanent") => {
                Case::new(id, None, "counted").weights(Some(n), Some(n))
            }
            Ok(n) => Case::new(id, None, "not_counted").weights(Some(0), Some(n)),
        });
    }
    out
}

/// O1.M5.
pub(crate) fn turnover(m: &Month<'_>) -> Vec<Case> {
    turnover_of(m, false)
}

/// O1.M5.published, which leaves out who came and went within the year.
pub(crate) fn turnover_published(m: &Month<'_>) -> Vec<Case> {
    turnover_of(m, true)
}

fn turnover_of(m: &Month<'_>, published: bool) -> Vec<Case> {
    let year_ago = add_months(m.last, -12);
    let average = m.policy.turnover_base == "average";
    let mut out = Vec::new();
    for w in m.all.rows("workers").iter().filter(|w| in_scope(m, w)) {
        let leaver = w.date("end_date").is_some_and(|e| e > year_ago && e <= m.last);
        if !leaver && !open_at(w, m.last) {
            continue;
        }
        if employment(w) == Some("agency") {
            continue;
        }
        let id = w.id("worker_id");
        // Agency or not is all that is asked of an employment here.
        let weight = weight(m, w, employment(w).is_some() || w.flag("agency") == Some(false));
        let half = |d| weight.map_or(0, |n| if open_at(w, d) { n / 2 } else { 0 });
        let base = half(year_ago) + half(m.last);
        out.push(if leaver && w.text("leaving_type") == Some("internalmove") {
            let case = Case::new(id, None, "not_applicable").because("internal_move");
            if average && weight.is_ok() { case.weights(Some(0), Some(base)) } else { case }
        } else if published && leaver && w.date("start_date").is_some_and(|s| s > year_ago) {
            // READING: an internal move is noted before it, and what is not known of the worker does not matter.
            Case::new(id, None, "not_applicable").because("joined_in_period")
        } else {
            match weight {
                Err(why) => Case::new(id, None, "unknown").because(why),
                Ok(n) if leaver => {
                    Case::new(id, None, "counted").weights(Some(n), Some(if average { base } else { 0 }))
                }
                Ok(n) => {
                    Case::new(id, None, "not_counted").weights(Some(0), Some(if average { base } else { n }))
                }
            }
        });
    }
    out
}

fn interviews<'m>(m: &'m Month<'_>) -> Vec<&'m Row> {
    let rows = m.all.rows("exit_interviews").iter();
    let mut rows: Vec<&Row> = rows.filter(|r| m.in_month(r.date("completed_date"))).collect();
    rows.sort_by_key(|r| (r.day("completed_date"), r.id("exit_interview_id")));
    let mut out: Vec<&Row> = Vec::new();
    for r in rows {
        if !out.iter().any(|o| o.id("worker_id") == r.id("worker_id")) {
            out.push(r);
        }
    }
    out
}

/// O1.M6.
pub(crate) fn exit_interviews(m: &Month<'_>) -> Vec<Case> {
    let case = |r: &Row| {
        Case::new(r.id("worker_id"), Some(r.id("exit_interview_id")), "counted")
            .done(r.date("completed_date"))
    };
    interviews(m).into_iter().map(case).collect()
}

/// O1.M7.
pub(crate) fn inside_control(m: &Month<'_>) -> Vec<Case> {
    let case = |r: &Row| {
        let (id, record) = (r.id("worker_id"), r.id("exit_interview_id"));
        let case = match r.flag("primary_reason_inside_control") {
            Some(true) => Case::new(id, Some(record), "counted"),
            Some(false) => Case::new(id, Some(record), "not_counted"),
            None => Case::new(id, Some(record), "unknown").because("not_recorded"),
        };
        case.done(r.date("completed_date"))
    };
    interviews(m).into_iter().map(case).collect()
}

/// Whether a role is one of whom a child is allocated to: what is no letter or digit does not count.
pub(crate) fn is_lead(m: &Month<'_>, role: &str) -> bool {
    let letters =
        |text: &str| -> String { text.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect() };
    m.policy.lead_roles.iter().any(|lead| letters(lead) == letters(role))
}
