//! Outcome 2: policies and assessments.

use crate::calendar::{add_days, add_months, days};
use crate::case::{Case, Date};
use crate::facts::{Month, alive, child, open};
use crate::input::Row;
use crate::o3::{event_clock, open_clock};

/// O2.M1.
pub(crate) fn policies(m: &Month<'_>) -> Vec<Case> {
    let mut out = Vec::new();
    for r in m.then.rows("policies") {
        if !open(r, "in_force_from", "retired_on", m.last) {
            continue;
        }
        let id = r.id("policy_id");
        let (reviewed, from) = (r.date("last_reviewed"), r.date("in_force_from"));
        let judged = |review: Date| {
            let limit = add_months(review, 36);
            let mut case = Case::new(id, None, if m.last < limit { "met" } else { "not_met" });
            case.anchor = Some(review);
            case.due = Some(add_days(limit, -1));
            case.elapsed = Some(days(review, m.last).max(0));
            case
        };
        out.push(match (reviewed, from) {
            (None, None) => Case::new(id, None, "not_met").because("no_review_date"),
            // READING: the day it came into force is then taken as the review date.
            (Some(x), Some(f)) if x > m.last && m.last < add_months(f, 36) => judged(f),
            (Some(x), _) if x > m.last => Case::new(id, None, "unknown").because("reviewed_after"),
            (Some(x), _) => judged(x),
            (None, Some(f)) => judged(f),
        });
    }
    out
}

fn authorised_in<'m>(m: &'m Month<'_>) -> impl Iterator<Item = &'m Row> {
    m.all.rows("assessments").iter().filter(|r| m.in_month(r.date("authorised_date")))
}

pub(crate) fn clock_start(m: &Month<'_>, r: &Row) -> Date {
    if m.policy.assessment_clock == "referral"
        && let Some(link) = r.text("referral_id")
        && let Some(referral) = m.all.find("referrals", "referral_id", link)
    {
        return referral.day("referral_date");
    }
    r.day("start_date")
}

/// The start of the clock of what is open at D: a referral after D has not happened.
pub(crate) fn open_clock_start(m: &Month<'_>, r: &Row) -> Date {
    let start = clock_start(m, r);
    if start > m.last { r.day("start_date") } else { start }
}

/// O2.M2.
pub(crate) fn assessments(m: &Month<'_>) -> Vec<Case> {
    let case = |r: &Row| {
        Case::new(r.id("person_id"), Some(r.id("assessment_id")), "counted").done(r.date("authorised_date"))
    };
    authorised_in(m).map(case).collect()
}

/// O2.M3.
pub(crate) fn assessments_in_time(m: &Month<'_>) -> Vec<Case> {
    let n = m.policy.assessment_working_days;
    let case = |r: &Row| {
        let (id, record) = (r.id("person_id"), r.id("assessment_id"));
        event_clock(m, id, record, clock_start(m, r), r.day("authorised_date"), n)
    };
    authorised_in(m).map(case).collect()
}

/// O2.M3.from_referral.
pub(crate) fn assessments_from_referral(m: &Month<'_>) -> Vec<Case> {
    let n = m.policy.assessment_working_days;
    let case = |r: &Row| {
        let (id, record, done) = (r.id("person_id"), r.id("assessment_id"), r.day("authorised_date"));
        let referral = r.text("referral_id").and_then(|link| m.all.find("referrals", "referral_id", link));
        match referral {
            None => Case::new(id, Some(record), "unknown").because("no_link").done(Some(done)),
            Some(referral) => event_clock(m, id, record, referral.day("referral_date"), done, n),
        }
    };
    authorised_in(m).map(case).collect()
}

/// O2.M3.open_overdue.
pub(crate) fn open_assessments(m: &Month<'_>) -> Vec<Case> {
    let mut out = Vec::new();
    for r in m.all.rows("assessments") {
        let id = r.id("person_id");
        if r.day("start_date") > m.last || r.date("authorised_date").is_some_and(|x| x <= m.last) {
            continue;
        }
        if !child(&m.then, id, m.last) || !alive(&m.then, id, m.last) {
            continue;
        }
        let referral = r.text("referral_id").and_then(|x| m.all.find("referrals", "referral_id", x));
        if referral.and_then(|x| x.date("close_date")).is_some_and(|x| x <= m.last) {
            continue;
        }
        let start = open_clock_start(m, r);
        out.extend(open_clock(m, id, r.id("assessment_id"), start, m.policy.assessment_working_days));
    }
    out
}
