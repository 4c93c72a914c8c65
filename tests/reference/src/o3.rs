//! Outcome 3: visits, conferences, reviews, ratings, audits.

use crate::calendar::{Outside, add_months};
use crate::case::{Case, Date};
use crate::codes::fold;
use crate::facts::{Month, alive, birth_not_recorded, born, child, date_of_birth};
use crate::input::Row;
use std::collections::BTreeSet;

/// The latest rating of a scope dated in `[from, D]`; of several on the day, the worst.
pub(crate) fn rating(m: &Month<'_>, id: &str, scope: &str, from: Date) -> Option<&'static str> {
    let rows = m.then.rows("rag_ratings").iter();
    let mine = rows.filter(|r| {
        r.id("person_id") == id
            && r.id("scope") == fold(scope)
            && r.day("date") >= from
            && r.day("date") <= m.last
    });
    // A rating that cannot be read is the latest one all the same, and less than any other of its day.
    let worst = |r: &Row| match r.id("rating") {
        "red" => (3, Some("red")),
        "amber" => (2, Some("amber")),
        "green" => (1, Some("green")),
        _ => (0, None),
    };
    mine.map(|r| (r.day("date"), worst(r))).max().and_then(|(_, (_, colour))| colour)
}

/// A case of a recorded rating.
pub(crate) fn rating_case(m: &Month<'_>, id: &str, record: &str, rating: Option<&'static str>) -> Case {
    match rating {
        Some("red") => Case::new(id, Some(record), "not_met").rag(rating),
        Some(_) => Case::new(id, Some(record), "met").rag(rating),
        None => Case::new(
            id,
            Some(record),
            match m.policy.unrated.as_str() {
                "red" => "not_met",
                "not_red" => "met",
                _ => "unknown",
            },
        )
        .because("unrated"),
    }
}

/// A visit obligation by a working-day clock.
/// `seen` is the last visit, `start` the day from which a first one was due.
fn visit_case(m: &Month<'_>, id: &str, record: &str, seen: Option<Date>, start: Date, n: i64) -> Case {
    let n = m.length(n);
    let anchor = seen.map_or(start, |s| s.max(start));
    let due = m.cal.add(anchor, n);
    let elapsed = m.wd(anchor, m.last);
    let judge = || -> Result<(&'static str, Option<&'static str>), Outside> {
        let outcome = if let Some(s) = seen
            && m.wd(s, m.last)? <= n
        {
            "met"
        } else if m.wd(start, m.last)? <= n {
            "not_yet_due"
        } else {
            "overdue"
        };
        // READING: the count decides; a due date outside the calendar is not known, and nor is its colour.
        let running = || m.cal.add(anchor, n).and_then(|due| m.working_day_rag(due)).ok();
        Ok((outcome, if outcome == "overdue" { Some("red") } else { running() }))
    };
    let mut case = match judge() {
        Ok((outcome, rag)) => Case::new(id, Some(record), outcome).rag(rag),
        Err(Outside) => Case::new(id, Some(record), "unknown").because("outside_calendar"),
    };
    case.anchor = Some(anchor);
    case.due = due.ok();
    case.done = seen;
    case.elapsed = elapsed.ok();
    case
}

/// O3.M4 of one plan.
fn cp_visit_case(m: &Month<'_>, plan: &Row) -> Case {
    let (id, record) = (plan.id("person_id"), plan.id("cp_plan_id"));
    if !born(&m.then, id, m.last) {
        return if birth_not_recorded(&m.then, id, m.last) {
            Case::new(id, Some(record), "unknown").because("birth_not_recorded")
        } else {
            Case::new(id, Some(record), "not_applicable").because("unborn")
        };
    }
    plan_visit_case(m, plan, record, "cp_visits", m.policy.cp_visit_working_days)
}

fn plan_visit_case(m: &Month<'_>, plan: &Row, record: &str, own: &str, n: i64) -> Case {
    let id = plan.id("person_id");
    let dob = date_of_birth(&m.then, id);
    let start = dob.map_or(plan.day("start_date"), |b| b.max(plan.day("start_date")));
    visit_case(m, id, record, m.last_seen(id, own, dob), start, n)
}

/// O3.M1 and O3.M11.
pub(crate) fn cp_rating(m: &Month<'_>) -> Vec<Case> {
    m.cp_plans().into_iter().map(|plan| cp_rating_case(m, plan)).collect()
}

fn cp_rating_case(m: &Month<'_>, plan: &Row) -> Case {
    let (id, record) = (plan.id("person_id"), plan.id("cp_plan_id"));
    let recorded = rating(m, id, "cp_child", plan.day("start_date"));
    if m.policy.rag_source == "recorded" {
        return rating_case(m, id, record, recorded);
    }
    let visit = cp_visit_case(m, plan);
    let derived = if visit.outcome == "overdue" || m.cp_review_overdue(plan) {
        "red"
    } else if visit.rag == Some("amber") || m.cp_review_amber(plan) {
        "amber"
    } else {
        "green"
    };
    if m.policy.rag_source == "derived" {
        return rating_case(m, id, record, Some(derived));
    }
    rating_case(m, id, record, if derived == "red" { Some("red") } else { recorded })
}

pub(crate) fn s47_clock(m: &Month<'_>, conference: &Row) -> Option<Date> {
    if m.policy.icpc_clock == "decision" {
        return conference.date("decision_date");
    }
    enquiry_start(m, conference)
}

fn enquiry_start(m: &Month<'_>, conference: &Row) -> Option<Date> {
    let link = conference.text("s47_enquiry_id")?;
    Some(m.all.find("section_47_enquiries", "s47_enquiry_id", link)?.day("start_date"))
}

/// A working-day clock from a known start to an event that has happened: O2.M3 and O3.M2.
pub(crate) fn event_clock(m: &Month<'_>, id: &str, record: &str, anchor: Date, done: Date, n: i64) -> Case {
    exact_event_clock(m, id, record, anchor, done, m.length(n))
}

fn exact_event_clock(m: &Month<'_>, id: &str, record: &str, anchor: Date, done: Date, n: i64) -> Case {
    let mut case = Case::new(id, Some(record), "unknown");
    case.anchor = Some(anchor);
    case.done = Some(done);
    if done < anchor {
        return case.because("done_before_start");
    }
    let (due, elapsed) = (m.cal.add(anchor, n), m.wd(anchor, done));
    case.due = due.as_ref().ok().copied();
    case.elapsed = elapsed.as_ref().ok().copied();
    // READING: the count decides; a due date outside the calendar is not known.
    match elapsed {
        Ok(k) => {
            case.outcome = if k <= n { "met" } else { "late" };
            case.rag = Some(if k <= n { "green" } else { "red" });
            case
        }
        Err(Outside) => case.because("outside_calendar"),
    }
}

/// A working-day clock that runs on at the end of the month: a case once it is over `n` days.
// READING: one that cannot be counted is listed as unknown.
pub(crate) fn open_clock(m: &Month<'_>, id: &str, record: &str, anchor: Date, n: i64) -> Option<Case> {
    let n = m.length(n);
    let (due, elapsed) = (m.cal.add(anchor, n), m.wd(anchor, m.last));
    if matches!(elapsed, Ok(k) if k <= n) {
        return None;
    }
    let known = elapsed.is_ok();
    let mut case = Case::new(id, Some(record), if known { "counted" } else { "unknown" });
    case.anchor = Some(anchor);
    case.due = due.ok();
    case.elapsed = elapsed.ok();
    if known {
        case.rag = Some("red");
    } else {
        case.reason = Some("outside_calendar");
    }
    Some(case)
}

/// The initial conferences held in the month, one a child and date.
fn conferences_held<'m>(m: &'m Month<'_>) -> Vec<&'m Row> {
    let rows: Vec<&Row> = m
        .all
        .rows("initial_conferences")
        .iter()
        .filter(|r| m.in_month(r.date("date")) && r.flag("transfer_in") != Some(true))
        .collect();
    let mut out = Vec::new();
    for r in &rows {
        let same_day = |o: &&&Row| o.id("person_id") == r.id("person_id") && o.date("date") == r.date("date");
        if rows.iter().filter(same_day).any(|o| o.id("icpc_id") < r.id("icpc_id")) {
            continue;
        }
        out.push(*r);
    }
    out
}

/// O3.M2.
pub(crate) fn conferences(m: &Month<'_>) -> Vec<Case> {
    let mut out = Vec::new();
    for r in conferences_held(m) {
        let (id, record, held) = (r.id("person_id"), r.id("icpc_id"), r.day("date"));
        out.push(match s47_clock(m, r) {
            None => Case::new(id, Some(record), "unknown").because("no_link").done(Some(held)),
            Some(start) => event_clock(m, id, record, start, held, m.policy.icpc_working_days),
        });
    }
    out
}

/// O3.M2.published: fifteen working days from the enquiry, and what cannot be told is not met.
// READING: the policies that choose the clock, its length and its first day do not touch it; the calendar does.
pub(crate) fn conferences_published(m: &Month<'_>) -> Vec<Case> {
    let mut out = Vec::new();
    for r in conferences_held(m) {
        let (id, record, held) = (r.id("person_id"), r.id("icpc_id"), r.day("date"));
        let mut case = match enquiry_start(m, r) {
            None => Case::new(id, Some(record), "unknown").because("no_link").done(Some(held)),
            Some(start) => exact_event_clock(m, id, record, start, held, 15),
        };
        if case.outcome == "unknown" {
            case.outcome = "not_met";
        }
        out.push(case);
    }
    out
}

/// O3.M2.open_overdue.
pub(crate) fn open_conferences(m: &Month<'_>) -> Vec<Case> {
    let mut out = Vec::new();
    for r in m.all.rows("initial_conferences") {
        let id = r.id("person_id");
        if r.date("date").is_some_and(|h| h <= m.last) || r.flag("transfer_in") == Some(true) {
            continue;
        }
        if !child(&m.then, id, m.last) || !alive(&m.then, id, m.last) {
            continue;
        }
        if let Some(start) = s47_clock(m, r) {
            // READING: an enquiry that starts (or a decision that is made) after D does not run yet.
            if start <= m.last {
                out.extend(open_clock(m, id, r.id("icpc_id"), start, m.policy.icpc_working_days));
            }
        }
    }
    out
}

/// O3.M4.
pub(crate) fn cp_visits(m: &Month<'_>) -> Vec<Case> {
    m.cp_plans().into_iter().map(|plan| cp_visit_case(m, plan)).collect()
}

/// Whether a placement is meant to last: by its type where the table has no column that says so.
fn lasts(m: &Month<'_>, placement: &Row) -> bool {
    if m.all.has_column("cla_placements", "long_term") {
        placement.flag("long_term") == Some(true)
    } else {
        matches!(placement.text("placement_type"), Some("u1" | "u4"))
    }
}

/// Whether a child looked after is in a placement meant to last that has lasted a year.
pub(crate) fn long_term(m: &Month<'_>, id: &str) -> bool {
    m.placement(id).is_some_and(|p| lasts(m, p) && m.last >= add_months(p.day("start_date"), 12))
}

/// O3.M5.
pub(crate) fn cla_visits(m: &Month<'_>) -> Vec<Case> {
    let mut out = Vec::new();
    for (period, anchor) in m.looked_after() {
        let id = &period.person;
        let n = if long_term(m, id) {
            m.policy.cla_visit_long_term_working_days
        } else {
            m.policy.cla_visit_working_days
        };
        let seen = m.last_seen(id, "cla_visits", Some(anchor));
        // Once seen, only the last visit counts.
        out.push(visit_case(m, id, &period.cla_id, seen, seen.unwrap_or(anchor), n));
    }
    out
}

/// O3.M7.
pub(crate) fn cin_visits(m: &Month<'_>) -> Vec<Case> {
    let mut out = Vec::new();
    for plan in m.cin_plans() {
        let agreed = plan.integer("visit_working_days").filter(|n| *n > 0);
        let n = agreed.unwrap_or(m.policy.cin_visit_working_days);
        out.push(plan_visit_case(m, plan, plan.id("cin_plan_id"), "cin_visits", n));
    }
    out
}

/// The seen_alone companion of a visit measure's cases.
pub(crate) fn seen_alone(m: &Month<'_>, cases: Vec<Case>, own: &str) -> Vec<Case> {
    let mut out = Vec::new();
    for mut case in cases {
        if case.outcome != "met" {
            continue;
        }
        let seen = case.done.unwrap();
        let mut visits = m.seen_visits(&case.subject, own, None);
        visits.retain(|r| r.day("date") == seen);
        let alone: BTreeSet<Option<bool>> = visits.iter().map(|r| r.flag("seen_alone")).collect();
        // A fact, not an obligation: no clock.
        (case.anchor, case.due, case.done, case.elapsed, case.rag) = (None, None, None, None, None);
        if alone.contains(&Some(true)) {
            case.outcome = "counted";
        } else if alone.contains(&Some(false)) {
            case.outcome = "not_counted";
        } else {
            case.outcome = "unknown";
            case.reason = Some("not_recorded");
        }
        out.push(case);
    }
    out
}

fn audits_in<'m>(m: &'m Month<'_>) -> impl Iterator<Item = &'m Row> {
    m.all.rows("audits").iter().filter(|r| m.in_month(r.date("completed_date")))
}

/// O3.M8.
pub(crate) fn audits(m: &Month<'_>) -> Vec<Case> {
    let case = |r: &Row| Case::new(r.id("audit_id"), None, "counted").done(r.date("completed_date"));
    audits_in(m).map(case).collect()
}

/// O3.M9 and O3.M10.
pub(crate) fn audit_judgements(m: &Month<'_>) -> Vec<Case> {
    let case = |r: &Row| {
        let id = r.id("audit_id");
        let case = match r.text("judgement") {
            None => Case::new(id, None, "unknown").because("not_recorded"),
            Some(j) if m.policy.audit_pass.iter().any(|p| p == j) => Case::new(id, None, "counted"),
            Some(_) => Case::new(id, None, "not_counted"),
        };
        case.done(r.date("completed_date"))
    };
    audits_in(m).map(case).collect()
}
