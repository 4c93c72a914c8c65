//! Outcome 7: care proceedings.

use crate::calendar::{add_days, days};
use crate::case::{Case, Date};
use crate::facts::Month;
use crate::input::Row;

fn concluded_in<'m>(m: &'m Month<'_>) -> impl Iterator<Item = &'m Row> {
    m.all.rows("care_proceedings").iter().filter(|r| m.in_month(r.date("concluded_date")))
}

/// O7.M1.
pub(crate) fn concluded(m: &Month<'_>) -> Vec<Case> {
    concluded_in(m)
        .map(|r| Case::new(r.id("case_id"), None, "counted").done(r.date("concluded_date")))
        .collect()
}

/// O7.M2.
pub(crate) fn concluded_in_time(m: &Month<'_>) -> Vec<Case> {
    let mut out = Vec::new();
    for r in concluded_in(m) {
        let (issued, done) = (r.day("issue_date"), r.day("concluded_date"));
        let mut case = Case::new(r.id("case_id"), None, "unknown").done(Some(done));
        case.anchor = Some(issued);
        if done < issued {
            case.reason = Some("done_before_start");
        } else {
            let due = add_days(issued, m.policy.proceedings_limit_days);
            case.outcome = if done <= due { "met" } else { "late" };
            case.due = Some(due);
            case.elapsed = Some(days(issued, done));
            case.rag = Some(if done <= due { "green" } else { "red" });
        }
        out.push(case);
    }
    out
}

/// The applications of the month, each with the date that puts it there.
// READING: under `filed` the event is the filing, for both measures.
fn applications<'m>(m: &'m Month<'_>) -> Vec<(&'m Row, Option<Date>)> {
    let column = if m.policy.final_order_basis == "filed" { "filed_date" } else { "decided_date" };
    let rows = m.all.rows("final_order_applications").iter().map(|r| (r, r.date(column)));
    rows.filter(|(_, d)| m.in_month(*d)).collect()
}

/// O7.M3.
pub(crate) fn final_orders(m: &Month<'_>) -> Vec<Case> {
    let case = |(r, d): (&Row, _)| Case::new(r.id("application_id"), None, "counted").done(d);
    applications(m).into_iter().map(case).collect()
}

/// O7.M4.
pub(crate) fn orders_as_sought(m: &Month<'_>) -> Vec<Case> {
    let judge = |(r, d): (&Row, _)| {
        let case = |outcome| Case::new(r.id("application_id"), None, outcome).done(d);
        if r.date("decided_date").is_none_or(|x| x > m.last) {
            return case("not_yet_due").because("not_decided");
        }
        match (r.text("order_sought"), r.text("order_made")) {
            (_, Some("withdrawn")) => case("not_applicable").because("withdrawn"),
            (Some(a), Some(b)) => case(if a == b { "met" } else { "not_met" }),
            _ => case("unknown").because("order_not_recorded"),
        }
    };
    applications(m).into_iter().map(judge).collect()
}
