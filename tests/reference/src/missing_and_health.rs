//! Interviews after a return, and health assessments of children looked after.

use crate::calendar::{add_days, birthday, days};
use crate::case::{Case, Date};
use crate::codes::fold;
use crate::facts::{Month, all_periods, date_of_birth};
use crate::reviews::Clock;

/// The last day in time of an interview after a return.
pub(crate) fn interview_due(m: &Month<'_>, returned: Date) -> Date {
    add_days(returned, m.length(3))
}

/// return_interviews_in_time.
pub(crate) fn return_interviews(m: &Month<'_>) -> Vec<Case> {
    let mut out = Vec::new();
    for row in m.then.rows("missing_episodes") {
        let Some(returned) = row.date("end_date") else { continue };
        let due = interview_due(m, returned);
        if !m.in_month(Some(due)) {
            continue;
        }
        let held = row.date("interview_date");
        let declined = row.flag("interview_accepted") == Some(false);
        let (outcome, reason, rag) = match held {
            None if declined => ("not_applicable", Some("declined"), None),
            None => ("overdue", None, Some("red")),
            Some(day) if day < returned => ("unknown", Some("done_before_start"), None),
            Some(day) if day <= due => ("met", None, Some("green")),
            Some(_) => ("late", None, Some("red")),
        };
        let mut case =
            Case::new(row.id("person_id"), Some(row.id("episode_id")), outcome).done(held).rag(rag);
        case.reason = reason;
        case.on = Some(due);
        case.anchor = Some(returned);
        if outcome != "unknown" {
            case.due = Some(due);
            case.elapsed = Some(days(returned, held.unwrap_or(m.last)));
        }
        out.push(case);
    }
    out
}

/// The days on which the health of a person was assessed, by the end of the month.
pub(crate) fn assessed(m: &Month<'_>, person: &str) -> Vec<Date> {
    let rows = m.then.rows("cla_health").iter().filter(|row| row.id("person_id") == person);
    let is_assessment = |kind: Option<&str>| {
        let Some(kind) = kind.map(fold) else { return true };
        kind.starts_with("health") || kind.starts_with("initial") || kind.starts_with("review")
    };
    rows.filter(|row| is_assessment(row.text("type"))).map(|row| row.day("date")).collect()
}

/// The clock of the assessment of a number, from 0, after one held on a day.
pub(crate) fn health_clock(m: &Month<'_>, person: &str, number: usize, last: Date) -> (&'static str, Clock) {
    let fifth = date_of_birth(&m.then, person).map(|born| birthday(born, 5));
    match number {
        0 => ("initial_health_assessment", Clock::Working(20)),
        _ if fifth.is_some_and(|fifth| last < fifth) => {
            ("review_health_assessment_under_5", Clock::Months(6))
        }
        _ => ("review_health_assessment", Clock::Months(12)),
    }
}

/// health_assessments_in_time.
pub(crate) fn health_assessments(m: &Month<'_>) -> Vec<Case> {
    let mut out = Vec::new();
    for period in all_periods(&m.then) {
        let Some(anchor) = period.anchor else { continue };
        let person = &period.person;
        let clock = |number, last| health_clock(m, person, number, last).1;
        let obligations = m.chain(anchor, m.care_end(&period, anchor), &assessed(m, person), clock);
        for obligation in obligations {
            out.extend(m.review_case(person, &period.cla_id, &obligation, "settled"));
        }
    }
    out
}
