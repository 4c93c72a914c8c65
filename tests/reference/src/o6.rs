//! Outcome 6: children looked after and care leavers.

use crate::calendar::{Outside, add_days, add_months, birthday, days, ymd};
use crate::case::{Case, Date};
use crate::derived;
use crate::facts::{
    Month, Period, age, alive, all_periods, date_of_birth, date_of_death, eighteenth, open, open_at, periods,
    persons_of, respite,
};
use crate::input::{Row, decimal};
use crate::o3::{rating, rating_case};
use chrono::{Datelike, Weekday};

fn uasc(m: &Month<'_>, id: &str) -> bool {
    m.then.rows("immigration_statuses").iter().any(|r| {
        r.id("person_id") == id
            && open_at(r, m.last)
            && r.text("status").is_some_and(|s| s == "uasc" || s.starts_with("unaccompaniedasylum"))
    })
}

/// O6.M1 and O6.M2.
pub(crate) fn far_away(m: &Month<'_>) -> Vec<Case> {
    let mut out = Vec::new();
    for (period, _) in m.looked_after() {
        let id = &period.person;
        let case = |outcome| Case::new(id, Some(&period.cla_id), outcome);
        out.push(if uasc(m, id) {
            case("not_applicable").because("uasc")
        } else if let Some(p) = m.placement(id) {
            match (p.decimal("distance_miles"), p.flag("outside_authority")) {
                (None, _) => case("unknown").because("distance_not_known"),
                (Some(x), _) if x >= decimal("999.9").unwrap() => {
                    case("unknown").because("distance_not_known")
                }
                (Some(x), None) if x > m.policy.far_miles => {
                    case("unknown").because("outside_authority_not_known")
                }
                (Some(x), Some(true)) if x > m.policy.far_miles => case("counted"),
                _ => case("not_counted"),
            }
        } else {
            case("unknown").because("no_placement")
        });
    }
    out
}

/// O6.M2: under `all` everybody looked after is in the denominator.
pub(crate) fn far_away_percent(m: &Month<'_>) -> Vec<Case> {
    let mut out = far_away(m);
    if m.policy.distance_base == "all" {
        for case in &mut out {
            case.weights = Some((Some(if case.outcome == "counted" { 1000 } else { 0 }), Some(1000)));
        }
    }
    out
}

pub(crate) fn adoption_window(m: &Month<'_>) -> (Date, Date) {
    if m.policy.adoption_window == "three_years" {
        (add_days(add_months(m.last, -36), 1), m.last)
    } else {
        (ymd(m.last.year(), m.last.month() - 2, 1), m.last)
    }
}

/// O6.M3, and O6.M4 which leaves the legacy and exceptional cohorts out.
pub(crate) fn adoptions(m: &Month<'_>, without_cohorts: bool) -> Vec<Case> {
    let (from, to) = adoption_window(m);
    let mut out = Vec::new();
    if !without_cohorts && derived::adoption_dates("O6.M3", m.all) {
        let orders = derived::adoptions(m.all);
        for a in orders.iter().filter(|a| a.order >= from && a.order <= to) {
            let case = |outcome| {
                Case::new(&a.person, Some(&a.cla), outcome)
                    .on(a.order)
                    .done(a.placed.filter(|p| *p <= m.last))
            };
            out.push(waited(m, &a.person, Some(&a.cla), a.placed, a.order, case));
        }
        return out;
    }
    for r in m.all.rows("permanence") {
        let Some(order) = r.date("order_date").filter(|o| *o >= from && *o <= to) else { continue };
        let adoptions = ["adoption", "ao", "a1", "a2", "a3", "a4", "a5", "a6", "e1", "e11", "e12"];
        if !r.text("order_type").is_some_and(|t| adoptions.contains(&t)) {
            continue;
        }
        let mut placed = r.date("placed_for_adoption_date");
        if m.policy.adoption_basis == "a10"
            && r.flag("adopted_by_carer").unwrap_or(matches!(r.text("order_type"), Some("a3" | "a5")))
            && let Some(fostered) = r.date("placed_foster_carer_date")
        {
            // READING: this date is taken as the placing in the tests, too.
            placed = Some(fostered);
        }
        let id = r.id("person_id");
        let case = |outcome| {
            Case::new(id, Some(r.id("permanence_id")), outcome)
                .on(order)
                .done(placed.filter(|p| *p <= m.last))
        };
        let cohort = [r.flag("legacy_cohort"), r.flag("exceptional_cohort")].contains(&Some(true));
        if without_cohorts && cohort {
            out.push(case("not_applicable").because("legacy_or_exceptional"));
            continue;
        }
        out.push(waited(m, id, r.text("cla_id"), placed, order, case));
    }
    out
}

/// The wait of an adopted child, from the start of care to the placing.
fn waited(
    m: &Month<'_>,
    id: &str,
    cla: Option<&str>,
    placed: Option<Date>,
    order: Date,
    case: impl Fn(&'static str) -> Case,
) -> Case {
    let Some(placed) = placed else { return case("not_applicable").because("no_placed_date") };
    if placed > order {
        return case("not_applicable").because("placed_after_order");
    }
    let mut care = periods(&m.then, id);
    care.retain(|p| p.start <= placed && cla.is_none_or(|c| c == p.cla_id));
    let care = care.into_iter().max_by(|a, b| (a.start, &a.cla_id).cmp(&(b.start, &b.cla_id)));
    match care.and_then(|p| p.anchor) {
        None => case("unknown").because("no_care_period"),
        Some(anchor) if placed < anchor => {
            let mut case = case("unknown").because("done_before_start");
            case.anchor = Some(anchor);
            case
        }
        Some(anchor) => {
            let n = days(anchor, placed);
            let mut case = case("counted").weights(Some(n * 1000), Some(1000));
            case.anchor = Some(anchor);
            case.elapsed = Some(n);
            case
        }
    }
}

/// O6.M5.
pub(crate) fn care_plan_ratings(m: &Month<'_>) -> Vec<Case> {
    let mut out = Vec::new();
    for (period, anchor) in m.looked_after() {
        let id = &period.person;
        if m.care_plans_of(&period).iter().any(|r| open_at(r, m.last)) {
            out.push(rating_case(m, id, &period.cla_id, rating(m, id, "cla_care_plan", anchor)));
            continue;
        }
        let due = add_days(anchor, 27);
        let outcome = if m.last <= due { "not_yet_due" } else { "not_met" };
        let mut case = Case::new(id, Some(&period.cla_id), outcome);
        // READING: the reason tells why it is not met; not yet due needs none.
        if outcome == "not_met" {
            case.reason = Some("no_care_plan");
        }
        case.anchor = Some(anchor);
        case.due = Some(due);
        case.elapsed = Some(days(anchor, m.last));
        out.push(case);
    }
    out
}

/// O6.M6.
pub(crate) fn many_placements(m: &Month<'_>) -> Vec<Case> {
    let mut out = Vec::new();
    for (period, _) in m.looked_after() {
        let many = m.stays_after(&period.person, m.twelve_months_ago()) >= 3;
        out.push(Case::new(
            &period.person,
            Some(&period.cla_id),
            if many { "counted" } else { "not_counted" },
        ));
    }
    out
}

/// The last Friday in June of the school year in which someone turns 16.
fn school_leaving(dob: Date) -> Date {
    let sixteen = birthday(dob, 16);
    let year = if sixteen.month() >= 9 { sixteen.year() + 1 } else { sixteen.year() };
    let mut d = ymd(year, 6, 30);
    while d.weekday() != Weekday::Fri {
        d = add_days(d, -1);
    }
    d
}

/// The activity at the end of the month; `judged` gives that of a care leavers row, where it is needed.
fn activity(m: &Month<'_>, id: &str, judged: Option<&Row>) -> Option<String> {
    let ever = m.all.rows("activities").iter().any(|r| r.id("person_id") == id);
    if !ever {
        return judged.and_then(|r| r.text("activity")).map(str::to_string);
    }
    let mine = m.then.rows("activities").iter().filter(|r| r.id("person_id") == id);
    let last =
        mine.max_by(|a, b| (a.day("date"), a.id("activity_id")).cmp(&(b.day("date"), b.id("activity_id"))));
    last.filter(|r| r.day("date") >= add_months(m.last, -6)).map(|r| r.id("activity").to_string())
}

fn activity_case(id: &str, record: &str, activity: Option<&str>) -> Case {
    match activity {
        Some("g4" | "g5" | "g6") => Case::new(id, Some(record), "counted"),
        Some("f1" | "p1" | "f2" | "p2" | "f3" | "p3" | "f4" | "p4" | "f5" | "p5") => {
            Case::new(id, Some(record), "not_counted")
        }
        _ => Case::new(id, Some(record), "unknown").because("activity_not_known"),
    }
}

fn later<'a>(rows: impl Iterator<Item = &'a Row>) -> Option<&'a Row> {
    rows.max_by(|a, b| {
        (a.date("start_date"), a.id("care_leaver_id")).cmp(&(b.date("start_date"), b.id("care_leaver_id")))
    })
}

/// O6.M7 and O6.M8.
pub(crate) fn neet(m: &Month<'_>) -> Vec<Case> {
    let mut out = Vec::new();
    for (period, _) in m.looked_after() {
        let id = &period.person;
        let (Some(years), Some(dob)) = (age(&m.then, id, m.last), date_of_birth(&m.then, id)) else {
            out.push(Case::new(id, Some(&period.cla_id), "unknown").because("age_not_known"));
            continue;
        };
        if !(16..=17).contains(&years) || m.last <= school_leaving(dob) {
            continue;
        }
        let rows = m.then.rows("care_leavers").iter();
        let judged = later(rows.filter(|r| r.id("person_id") == id && r.text("activity").is_some()));
        out.push(activity_case(id, &period.cla_id, activity(m, id, judged).as_deref()));
    }
    out
}

/// O6.M9.
pub(crate) fn care_leavers(m: &Month<'_>) -> Vec<Case> {
    let mut out = Vec::new();
    for id in persons_of(&m.then, "care_leavers") {
        if !alive(&m.then, &id, m.last) {
            continue;
        }
        let rows =
            m.then.rows("care_leavers").iter().filter(|r| r.id("person_id") == id && open_at(r, m.last));
        let eligible = rows.filter(|r| {
            r.text("eligibility")
                .is_some_and(|e| e.starts_with("formerrelevant") || e.starts_with("relevant"))
        });
        let Some(row) = later(eligible) else { continue };
        let record = row.id("care_leaver_id");
        match age(&m.then, &id, m.last) {
            None => out.push(Case::new(&id, Some(record), "unknown").because("age_not_known")),
            Some(years) if (16..=m.policy.care_leaver_max_age).contains(&i64::from(years)) => {
                out.push(activity_case(&id, record, activity(m, &id, Some(row)).as_deref()));
            }
            Some(_) => {}
        }
    }
    out
}

/// The first of the days that end the obligations of a care period.
fn ended(m: &Month<'_>, period: &Period) -> Option<Date> {
    let id = &period.person;
    [period.end, eighteenth(&m.then, id), date_of_death(&m.then, id)].into_iter().flatten().min()
}

/// O6.M10.
pub(crate) fn care_plan_by_day_28(m: &Month<'_>) -> Vec<Case> {
    let mut out = Vec::new();
    for period in all_periods(&m.then) {
        let Some(anchor) = period.anchor else { continue };
        let due = add_days(anchor, 27);
        if !m.in_month(Some(due)) {
            continue;
        }
        let plans = m.care_plans_of(&period);
        let in_time = plans
            .iter()
            .filter(|r| r.day("start_date") <= due && r.date("end_date").is_none_or(|e| e > anchor));
        let late = plans.iter().filter(|r| r.day("start_date") > due);
        let first_in_time = in_time.map(|r| r.day("start_date")).min();
        let first_late = late.map(|r| r.day("start_date")).min();
        let (outcome, done) = if ended(m, &period).is_some_and(|e| e <= due) {
            ("extinguished", None)
        } else if first_in_time.is_some() {
            ("met", first_in_time)
        } else if first_late.is_some() {
            ("late", first_late)
        } else {
            ("overdue", None)
        };
        let mut case = Case::new(&period.person, Some(&period.cla_id), outcome).on(due).done(done);
        if outcome == "extinguished" {
            case.reason = Some("left_before_due");
        }
        case.anchor = Some(anchor);
        case.due = Some(due);
        case.elapsed = Some(days(anchor, done.unwrap_or(m.last)).max(0));
        case.rag = match outcome {
            "met" => Some("green"),
            "late" | "overdue" => Some("red"),
            _ => None,
        };
        out.push(case);
    }
    out
}

/// O6.M10.ten_working_days.
pub(crate) fn care_plan_by_ten_working_days(m: &Month<'_>) -> Vec<Case> {
    all_periods(&m.then).iter().filter_map(|p| ten_working_days(m, p).ok().flatten()).collect()
}

/// The first day of the regulations that ask for a care plan in ten working days.
pub(crate) fn care_planning_in_force() -> Date {
    ymd(2011, 4, 1)
}

/// Whether a child's care plan keeps the court's time: under an order, or in proceedings, when care began.
// READING: whether and when the application was filed or decided does not matter, only its case.
pub(crate) fn court_timetable(m: &Month<'_>, id: &str, anchor: Date) -> bool {
    let order = m.then.rows("legal_statuses").iter().any(|r| {
        r.id("person_id") == id && matches!(r.id("legal_status"), "c1" | "c2" | "e1") && open_at(r, anchor)
    });
    let applications = m.all.rows("final_order_applications").iter();
    let mut cases = applications
        .filter(|r| r.text("person_id") == Some(id))
        .filter_map(|r| m.all.find("care_proceedings", "case_id", r.text("case_id")?));
    order || cases.any(|c| open(c, "issue_date", "concluded_date", anchor))
}

fn ten_working_days(m: &Month<'_>, period: &Period) -> Result<Option<Case>, Outside> {
    let Some(anchor) = period.anchor else { return Ok(None) };
    let n = m.length(10);
    let due = m.cal.add(anchor, n)?;
    if !m.in_month(Some(due)) {
        return Ok(None);
    }
    let plans = m.care_plans_of(period);
    let mut first_in_time: Option<Date> = None;
    let mut first_late: Option<Date> = None;
    for r in plans {
        let start = r.day("start_date");
        // READING: a plan from before the care began is in time, whatever the calendar.
        if start <= anchor || m.wd(anchor, start)? <= n {
            if r.date("end_date").is_none_or(|e| e > anchor) {
                first_in_time = Some(first_in_time.map_or(start, |x| x.min(start)));
            }
        } else {
            first_late = Some(first_late.map_or(start, |x| x.min(start)));
        }
    }
    // READING: by the working-day clock, an end on a non-working day straight after the due day is on it.
    let extinguished = match ended(m, period) {
        None => false,
        Some(e) => e <= due || m.wd(anchor, e).is_ok_and(|days| days <= n),
    };
    // READING: in this order, as the words come.
    let (outcome, done) = if extinguished {
        ("extinguished", None)
    } else if court_timetable(m, &period.person, anchor) {
        ("not_applicable", None)
    } else if anchor < care_planning_in_force() {
        ("unknown", None)
    } else if first_in_time.is_some() {
        ("met", first_in_time)
    } else if first_late.is_some() {
        ("late", first_late)
    } else if m.wd(anchor, m.last)? <= n {
        ("not_yet_due", None)
    } else {
        ("overdue", None)
    };
    let mut case = Case::new(&period.person, Some(&period.cla_id), outcome).on(due).done(done);
    case.reason = match outcome {
        "extinguished" => Some("left_before_due"),
        "not_applicable" => Some("court_timetable"),
        "unknown" => Some("outside_law"),
        _ => None,
    };
    case.anchor = Some(anchor);
    case.due = Some(due);
    let until = done.unwrap_or(m.last);
    case.elapsed = Some(if until <= anchor { 0 } else { m.wd(anchor, until)? });
    case.rag = match outcome {
        "met" => Some("green"),
        "late" | "overdue" => Some("red"),
        "not_yet_due" => Some(m.working_day_rag(due)?),
        _ => None,
    };
    Ok(Some(case))
}

/// The first day, by D, on which a pathway plan must be thought of.
fn pathway_eligible(m: &Month<'_>, id: &str, dob: Date) -> Option<Date> {
    let care = periods(&m.then, id);
    let (fourteen, sixteen) = (birthday(dob, 14), birthday(dob, 16));
    let mut passed = 0;
    let mut d = fourteen;
    while d <= m.last {
        if care.iter().any(|p| p.open_at(d)) && !respite(&m.then, id, d) {
            passed += 1;
            if passed >= 91 && d >= sixteen {
                return Some(d);
            }
        }
        d = add_days(d, 1);
    }
    None
}

/// O6.M11.
pub(crate) fn pathway_plans(m: &Month<'_>) -> Vec<Case> {
    let mut out = Vec::new();
    for (period, _) in m.looked_after() {
        let id = &period.person;
        let case = |outcome| Case::new(id, Some(&period.cla_id), outcome);
        let (Some(years), Some(dob)) = (age(&m.then, id, m.last), date_of_birth(&m.then, id)) else {
            out.push(case("unknown").because("age_not_known"));
            continue;
        };
        if !(16..=17).contains(&years) {
            continue;
        }
        let plans =
            m.then.rows("pathway_plans").iter().any(|r| r.id("person_id") == id && open_at(r, m.last));
        // READING: any row of the person, whenever it holds.
        let dated = m
            .all
            .rows("care_leavers")
            .iter()
            .any(|r| r.id("person_id") == id && r.date("pathway_plan_date").is_some_and(|p| p <= m.last));
        if plans || dated {
            out.push(case("met"));
            continue;
        }
        let eligible = pathway_eligible(m, id, dob);
        let due = eligible.map(|e| m.due_months(e, 3));
        let reason = match due {
            None => "not_eligible",
            Some(due) if m.last > due => "overdue",
            Some(_) => "not_yet_due",
        };
        let outcome = match (m.policy.pathway_base.as_str(), reason) {
            ("strict", "not_yet_due") => "not_yet_due",
            ("strict", "not_eligible") => "not_applicable",
            _ => "not_met",
        };
        let mut case = case(outcome).because(reason);
        case.anchor = eligible;
        case.due = due;
        case.elapsed = eligible.map(|e| days(e, m.last));
        out.push(case);
    }
    out
}

/// O6.M12.
pub(crate) fn cla_ratings(m: &Month<'_>) -> Vec<Case> {
    let mut out = Vec::new();
    for (period, anchor) in m.looked_after() {
        let id = &period.person;
        out.push(rating_case(m, id, &period.cla_id, rating(m, id, "cla_child", anchor)));
    }
    out
}
