//! What is due: every open obligation of everybody as at one day.

use crate::calendar::{Calendar, Outside, add_days, days};
use crate::case::{Case, Date};
use crate::derived::read;
use crate::facts::{Month, Period, alive, all_periods, child, date_of_death, eighteenth, rewind};
use crate::input::{Input, Row};
use crate::missing_and_health::{assessed, health_clock, interview_due};
use crate::o2::open_clock_start;
use crate::o3::{cin_visits, cla_visits, cp_visits, long_term, s47_clock};
use crate::o6::{care_planning_in_force, court_timetable, pathway_plans};
use crate::policy::Policy;
use crate::results::missing;
use crate::reviews::Clock;
use crate::statutory_visits;
use serde_json::{Value, json};

/// One open obligation of a person.
#[derive(Clone, Debug, Default)]
pub struct Due {
    pub person: String,
    pub clock: &'static str,
    pub measure: &'static str,
    pub record: Option<String>,
    pub anchor: Option<Date>,
    pub due: Option<Date>,
    pub last_done: Option<Date>,
    pub elapsed: Option<i64>,
    pub unit: &'static str,
    pub days_left: Option<i64>,
    pub days_over: Option<i64>,
    pub outcome: &'static str,
    pub reason: Option<&'static str>,
    pub rag: Option<&'static str>,
    /// The paragraph of the law, of a statutory visit.
    pub rule: Option<&'static str>,
}

impl Due {
    /// The obligation as the vectors write it.
    pub fn to_json(&self) -> Value {
        let date = |d: Option<Date>| d.map(|d| d.to_string());
        let mut out = json!({
            "person": self.person,
            "clock": self.clock,
            "measure": self.measure,
            "record": self.record,
            "anchor": date(self.anchor),
            "due": date(self.due),
            "last_done": date(self.last_done),
            "elapsed": self.elapsed,
            "unit": self.unit,
            "days_left": self.days_left,
            "days_over": self.days_over,
            "outcome": self.outcome,
            "reason": self.reason,
            "rag": self.rag,
        });
        if self.measure == "O3.M5.statutory" {
            out["rule"] = json!(self.rule);
        }
        out
    }
}

/// Whose obligation it is, and under which names.
struct Names<'n> {
    person: &'n str,
    clock: &'static str,
    measure: &'static str,
    record: &'n str,
}

impl Names<'_> {
    fn unknown(&self, unit: &'static str, reason: &'static str) -> Due {
        Due {
            person: self.person.into(),
            clock: self.clock,
            measure: self.measure,
            record: Some(self.record.into()),
            unit,
            outcome: "unknown",
            reason: Some(reason),
            ..Due::default()
        }
    }

    /// An obligation of `n` working days that is not done.
    // READING: the count decides; where only the due date is outside the calendar, it and what hangs on it
    // are not known.
    fn working_days(&self, m: &Month<'_>, anchor: Date, n: i64) -> Due {
        let due = m.cal.add(anchor, n).ok();
        let mut out = Due { anchor: Some(anchor), due, ..self.unknown("working_days", "outside_calendar") };
        let Ok(elapsed) = m.wd(anchor, m.last) else { return out };
        out.reason = None;
        out.elapsed = Some(elapsed);
        if elapsed > n {
            out.outcome = "overdue";
            out.days_over = Some(elapsed - n);
            out.rag = Some("red");
        } else {
            out.outcome = "not_yet_due";
            out.days_left = due.and_then(|due| m.wd(m.last, due).ok());
            out.rag = due.and_then(|due| m.working_day_rag(due).ok());
        }
        out
    }

    /// An obligation with a due date that is not done.
    fn by_date(&self, m: &Month<'_>, anchor: Date, due: Date) -> Due {
        let overdue = m.last > due;
        let apart = days(m.last, due).abs();
        Due {
            anchor: Some(anchor),
            due: Some(due),
            elapsed: Some(days(anchor, m.last).max(0)),
            days_left: Some(apart).filter(|_| !overdue),
            days_over: Some(apart).filter(|_| overdue),
            outcome: if overdue { "overdue" } else { "not_yet_due" },
            reason: None,
            rag: Some(if overdue { "red" } else { m.calendar_rag(due) }),
            ..self.unknown("days", "")
        }
    }
}

/// An assessment started and not authorised.
fn assessments(m: &Month<'_>, out: &mut Vec<Due>) {
    for r in m.all.rows("assessments") {
        let person = r.id("person_id");
        let started = r.day("start_date") <= m.last;
        let authorised = r.date("authorised_date").is_some_and(|x| x <= m.last);
        if !started || authorised || !child(&m.then, person, m.last) || !alive(&m.then, person, m.last) {
            continue;
        }
        let referral = r.text("referral_id").and_then(|id| m.all.find("referrals", "referral_id", id));
        if referral.and_then(|x| x.date("close_date")).is_some_and(|x| x <= m.last) {
            continue;
        }
        let has_referral = referral.is_some_and(|x| x.day("referral_date") <= m.last);
        let by_referral = m.policy.assessment_clock == "referral" && has_referral;
        let names = Names {
            person,
            clock: if by_referral { "assessment_from_referral" } else { "assessment" },
            measure: "O2.M3.open_overdue",
            record: r.id("assessment_id"),
        };
        let n = m.length(m.policy.assessment_working_days);
        out.push(names.working_days(m, open_clock_start(m, r), n));
    }
}

/// An initial conference not held.
fn conferences(m: &Month<'_>, out: &mut Vec<Due>) {
    for r in m.all.rows("initial_conferences") {
        let person = r.id("person_id");
        let held = r.date("date").is_some_and(|x| x <= m.last);
        let ours = r.flag("transfer_in") != Some(true);
        if held || !ours || !child(&m.then, person, m.last) || !alive(&m.then, person, m.last) {
            continue;
        }
        let names = Names { person, clock: "icpc", measure: "O3.M2.open_overdue", record: r.id("icpc_id") };
        match s47_clock(m, r) {
            None => out.push(names.unknown("working_days", "no_link")),
            Some(anchor) if anchor <= m.last => {
                out.push(names.working_days(m, anchor, m.length(m.policy.icpc_working_days)));
            }
            Some(_) => {}
        }
    }
}

/// The first review of a chain that is not held: it runs from the last that is, or from the anchor.
// READING: a first review held while its clock is outside the calendar has ended the chain.
fn review(
    m: &Month<'_>,
    (person, record, measure): (&str, &str, &'static str),
    (anchor, end): (Date, Option<Date>),
    reviews: &[Date],
    clock_of: impl Fn(usize, Date) -> (&'static str, Clock),
) -> Option<Due> {
    if end.is_some_and(|e| e <= m.last) {
        return None;
    }
    let mut held: Vec<Date> = reviews.iter().copied().filter(|h| *h > anchor).collect();
    held.sort();
    held.dedup();
    let from = held.last().copied().unwrap_or(anchor);
    let (clock, limit) = clock_of(held.len(), from);
    let names = Names { person, clock, measure, record };
    let first = clock_of(0, anchor).1;
    if !held.is_empty() && m.due_and_first_late(anchor, first).is_err() {
        return None;
    }
    let mut open = match (m.due_and_first_late(from, limit), limit) {
        (Ok((_, first_late)), _) if end.is_some_and(|e| e < first_late) => return None,
        (_, Clock::Working(n)) => names.working_days(m, from, m.length(n)),
        (Ok((due, _)), Clock::Months(_)) => names.by_date(m, from, due),
        (Err(Outside), Clock::Months(_)) => unreachable!("months ask no calendar"),
    };
    open.last_done = held.last().copied();
    Some(open)
}

fn earliest(days: &[Option<Date>]) -> Option<Date> {
    days.iter().flatten().min().copied()
}

fn cp_reviews(m: &Month<'_>, out: &mut Vec<Due>) {
    let clocks = [("cp_first_review", Clock::Months(3)), ("cp_review", Clock::Months(6))];
    for plan in m.then.rows("cp_plans") {
        if plan.flag("other_authority") == Some(true) {
            continue;
        }
        let (person, record) = (plan.id("person_id"), plan.id("cp_plan_id"));
        let end =
            earliest(&[plan.date("end_date"), eighteenth(&m.then, person), date_of_death(&m.then, person)]);
        let rows = m.then.rows("cp_reviews").iter().filter(|r| r.id("cp_plan_id") == record);
        let held: Vec<Date> = rows.filter_map(|r| r.date("date")).collect();
        out.extend(review(m, (person, record, "O3.M3"), (plan.day("start_date"), end), &held, |k, _| {
            clocks[k.min(1)]
        }));
    }
}

fn cla_reviews(m: &Month<'_>, out: &mut Vec<Due>) {
    let clocks = [
        ("cla_first_review", Clock::Working(20)),
        ("cla_second_review", Clock::Months(3)),
        ("cla_review", Clock::Months(6)),
    ];
    for period in crate::facts::all_periods(&m.then) {
        let Some(anchor) = period.anchor.filter(|a| *a <= m.last) else { continue };
        let (person, record) = (period.person.as_str(), period.cla_id.as_str());
        let end = m.care_end(&period, anchor);
        let rows = m.then.rows("cla_reviews").iter();
        let rows = rows.filter(|r| r.id("cla_id") == record && r.flag("cancelled") != Some(true));
        let held: Vec<Date> = rows.filter_map(|r| r.date("date")).collect();
        out.extend(review(m, (person, record, "O3.M6"), (anchor, end), &held, |k, _| clocks[k.min(2)]));
    }
}

/// The next visit of a visit case; `limit` is that of a working-day clock.
fn visit(
    m: &Month<'_>,
    case: &Case,
    (clock, measure): (&'static str, &'static str),
    limit: Option<i64>,
) -> Option<Due> {
    if case.outcome == "not_applicable" {
        return None;
    }
    let record = case.record.as_deref().unwrap();
    let unit = if limit.is_some() { "working_days" } else { "days" };
    let mut out = Due {
        anchor: case.anchor,
        due: case.due,
        last_done: case.done,
        elapsed: case.elapsed,
        reason: case.reason,
        rag: case.rag,
        rule: case.rule,
        ..Names { person: &case.subject, clock, measure, record }.unknown(unit, "")
    };
    match case.outcome {
        "unknown" => out.rag = None,
        "overdue" => {
            out.outcome = "overdue";
            out.days_over = Some(match limit {
                Some(n) => case.elapsed.unwrap() - m.length(n),
                None => days(case.due.unwrap(), m.last),
            });
        }
        _ => {
            out.outcome = "not_yet_due";
            out.days_left = case.due.and_then(|due| match limit {
                Some(_) => m.wd(m.last, due).ok(),
                None => Some(days(m.last, due).max(0)),
            });
        }
    }
    Some(out)
}

fn cp_visit(m: &Month<'_>, out: &mut Vec<Due>) {
    let n = m.policy.cp_visit_working_days;
    out.extend(cp_visits(m).iter().filter_map(|case| visit(m, case, ("cp_visit", "O3.M4"), Some(n))));
}

fn cin_visit(m: &Month<'_>, out: &mut Vec<Due>) {
    for case in cin_visits(m) {
        let plan = m.then.find("cin_plans", "cin_plan_id", case.record.as_deref().unwrap()).unwrap();
        let agreed = plan.integer("visit_working_days").filter(|n| *n > 0);
        let n = agreed.unwrap_or(m.policy.cin_visit_working_days);
        out.extend(visit(m, &case, ("cin_visit", "O3.M7"), Some(n)));
    }
}

fn cla_visit_local(m: &Month<'_>, out: &mut Vec<Due>) {
    for case in cla_visits(m) {
        let (clock, n) = if long_term(m, &case.subject) {
            ("cla_visit_local_long_term", m.policy.cla_visit_long_term_working_days)
        } else {
            ("cla_visit_local", m.policy.cla_visit_working_days)
        };
        out.extend(visit(m, &case, (clock, "O3.M5"), Some(n)));
    }
}

// READING: what is not judged (`not_applicable`) is not owed; what cannot be told is listed with its earliest due
// date; where no law is in force the clock is the general one.
fn cla_visit_statutory(m: &Month<'_>, out: &mut Vec<Due>) {
    for judged in statutory_visits::judged(m) {
        out.extend(visit(m, &judged.case, (judged.clock, "O3.M5.statutory"), None));
    }
}

/// The 18th birthday, the only end of a standing period that is known ahead.
fn leaves(m: &Month<'_>, period: &Period) -> Option<Date> {
    eighteenth(&m.then, &period.person)
}

fn lasts_beyond(plan: &Row, anchor: Date) -> bool {
    plan.date("end_date").is_none_or(|e| e > anchor)
}

/// The periods of care that go on: a child on a short break, or with two of them, owes each its plan.
fn in_care(m: &Month<'_>) -> Vec<(Period, Date)> {
    let (data, d) = (&m.then, m.last);
    let goes_on = |p: &Period| p.open_at(d) && child(data, &p.person, d) && alive(data, &p.person, d);
    let open = all_periods(data).into_iter().filter(goes_on);
    open.filter_map(|p| p.anchor.filter(|a| *a <= d).map(|a| (p, a))).collect()
}

fn care_plan_28th_day(m: &Month<'_>, out: &mut Vec<Due>) {
    for (period, anchor) in in_care(m) {
        let due = add_days(anchor, 27);
        let plans = m.care_plans_of(&period);
        let in_time = plans.iter().any(|r| r.day("start_date") <= due && lasts_beyond(r, anchor));
        let late = plans.iter().any(|r| r.day("start_date") > due);
        if in_time || late || leaves(m, &period).is_some_and(|e| e <= due) {
            continue;
        }
        let names = Names {
            person: &period.person,
            clock: "cla_care_plan_28th_day",
            measure: "O6.M10",
            record: &period.cla_id,
        };
        out.push(names.by_date(m, anchor, due));
    }
}

fn care_plan_ten_working_days(m: &Month<'_>, out: &mut Vec<Due>) {
    for (period, anchor) in in_care(m) {
        let n = m.length(10);
        let names = Names {
            person: &period.person,
            clock: "cla_care_plan",
            measure: "O6.M10.ten_working_days",
            record: &period.cla_id,
        };
        // A plan that began with the care or before it is in time whatever the calendar; one begun later than
        // that was begun late, and is no longer to do.
        let done = m.care_plans_of(&period).iter().any(|r| {
            let start = r.day("start_date");
            match m.wd(anchor, start) {
                _ if start <= anchor => lasts_beyond(r, anchor),
                Ok(k) => k > n || lasts_beyond(r, anchor),
                // Whether late or not cannot be told; it is there.
                Err(Outside) => true,
            }
        });
        // READING: an end beyond the calendar is beyond the due date.
        let left = leaves(m, &period)
            .is_some_and(|e| m.cal.add(anchor, n).is_ok() && m.wd(anchor, e).is_ok_and(|k| k <= n));
        if left || done || court_timetable(m, &period.person, anchor) {
            continue;
        }
        if anchor < care_planning_in_force() {
            out.push(names.unknown("working_days", "outside_law"));
            continue;
        }
        out.push(names.working_days(m, anchor, n));
    }
}

fn pathway_plan(m: &Month<'_>, out: &mut Vec<Due>) {
    for case in pathway_plans(m) {
        let names = Names {
            person: &case.subject,
            clock: "pathway_plan",
            measure: "O6.M11",
            record: case.record.as_deref().unwrap(),
        };
        match case.reason {
            Some("overdue" | "not_yet_due") => {
                out.push(names.by_date(m, case.anchor.unwrap(), case.due.unwrap()));
            }
            Some(reason) if case.outcome == "unknown" => out.push(names.unknown("days", reason)),
            _ => {}
        }
    }
}

fn temporary_placements(m: &Month<'_>, out: &mut Vec<Due>) {
    for (period, _) in m.looked_after() {
        for r in m.then.rows("cla_placements") {
            if r.id("person_id") != period.person || r.date("end_date").is_some() {
                continue;
            }
            let (clock, limit) = match r.text("placement_type") {
                Some("t1") => ("temporary_placement_t1", 42),
                Some("t3") => ("temporary_placement_t3", 21),
                Some("t4") => ("temporary_placement_t4", 7),
                _ => continue,
            };
            let start = r.day("start_date");
            let names =
                Names { person: &period.person, clock, measure: "O6.M6", record: r.id("placement_id") };
            out.push(names.by_date(m, start, add_days(start, limit)));
        }
    }
}

/// The next health assessment of each period of care.
fn health_assessments(m: &Month<'_>, out: &mut Vec<Due>) {
    for period in all_periods(&m.then) {
        let Some(anchor) = period.anchor.filter(|a| *a <= m.last) else { continue };
        let (person, record) = (period.person.as_str(), period.cla_id.as_str());
        let end = m.care_end(&period, anchor);
        let clock = |number, last| health_clock(m, person, number, last);
        let names = (person, record, "health_assessments_in_time");
        out.extend(review(m, names, (anchor, end), &assessed(m, person), clock));
    }
}

/// An interview after a return that is not held and not declined.
// READING: nobody is to interview an adult or the dead, and an interview on record is held, whatever its date.
fn return_interviews(m: &Month<'_>, out: &mut Vec<Due>) {
    for row in m.then.rows("missing_episodes") {
        let person = row.id("person_id");
        let Some(returned) = row.date("end_date") else { continue };
        let done = row.date("interview_date").is_some() || row.flag("interview_accepted") == Some(false);
        if done || !child(&m.then, person, m.last) || !alive(&m.then, person, m.last) {
            continue;
        }
        let names = Names {
            person,
            clock: "return_interview",
            measure: "return_interviews_in_time",
            record: row.id("episode_id"),
        };
        out.push(names.by_date(m, returned, interview_due(m, returned)));
    }
}

type List = fn(&Month<'_>, &mut Vec<Due>);

/// Every open obligation as at the end of a day, by due date (none last), person, clock and record.
///
/// # Errors
/// Where the input or the policy cannot be read at all.
pub fn due(input: &Input, as_at: Date) -> Result<Vec<Due>, String> {
    let policy = Policy::read(&input.policy)?;
    let cal = Calendar::new(&policy.calendar, &input.closures)?;
    let all = read(input, &mut Vec::new())?;
    let then = rewind(&all, as_at);
    let m = Month { all: &all, then, policy: &policy, cal: &cal, breakdown: &[], first: as_at, last: as_at };
    let lists: [(&str, List); 14] = [
        ("O2.M3.open_overdue", assessments),
        ("O3.M2.open_overdue", conferences),
        ("O3.M3", cp_reviews),
        ("O3.M6", cla_reviews),
        ("O3.M4", cp_visit),
        ("O3.M7", cin_visit),
        ("O3.M5", cla_visit_local),
        ("O3.M5.statutory", cla_visit_statutory),
        ("O6.M10", care_plan_28th_day),
        ("O6.M10.ten_working_days", care_plan_ten_working_days),
        ("O6.M11", pathway_plan),
        ("O6.M6", temporary_placements),
        ("return_interviews_in_time", return_interviews),
        ("health_assessments_in_time", health_assessments),
    ];
    let mut out = Vec::new();
    for (measure, list) in lists {
        if missing(measure, &m).is_empty() {
            list(&m, &mut out);
        }
    }
    out.sort_by(|a, b| {
        let key = |d: &Due| (d.due.is_none(), d.due, d.person.clone(), d.clock, d.record.clone());
        key(a).cmp(&key(b))
    });
    Ok(out)
}
