//! Results: which measures there are, what they need, and what is said of each month.

use crate::calendar::{Calendar, add_days, add_months};
use crate::case::Case;
use crate::facts::{Month, rewind};
use crate::input::{Data, Input, Issue, ONE, decimal, read};
use crate::policy::Policy;
use crate::schema::TABLES;
use crate::{issues, o1, o2, o3, o4, o5, o6, o7, o8};
use chrono::{Datelike, NaiveDate};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What an evaluation answers.
#[derive(Clone, Debug, Default)]
pub struct Output {
    pub results: Vec<Value>,
    pub cases: BTreeMap<(String, String), Vec<Value>>,
    pub data_issues: Vec<Value>,
}

const MEASURES: &[&str] = &[
    "O1.M1",
    "O1.M2",
    "O1.M3",
    "O1.M4",
    "O1.M5",
    "O1.M6",
    "O1.M7",
    "O2.M1",
    "O2.M2",
    "O2.M3",
    "O2.M3.open_overdue",
    "O3.M1",
    "O3.M2",
    "O3.M2.open_overdue",
    "O3.M3",
    "O3.M4",
    "O3.M4.seen_alone",
    "O3.M5",
    "O3.M5.seen_alone",
    "O3.M5.statutory",
    "O3.M6",
    "O3.M7",
    "O3.M7.seen_alone",
    "O3.M8",
    "O3.M9",
    "O3.M10",
    "O3.M11",
    "O4.M1",
    "O4.M2",
    "O4.M3",
    "O4.M4",
    "O4.M5",
    "O5.M1",
    "O5.M2",
    "O5.M3",
    "O5.M4",
    "O5.M4.percent",
    "O6.M1",
    "O6.M2",
    "O6.M3",
    "O6.M4",
    "O6.M5",
    "O6.M6",
    "O6.M7",
    "O6.M8",
    "O6.M9",
    "O6.M10",
    "O6.M10.ten_working_days",
    "O6.M11",
    "O6.M12",
    "O7.M1",
    "O7.M2",
    "O7.M3",
    "O7.M4",
    "O8.M1",
    "O8.M2",
    "O8.M3",
    "O8.M4",
];

/// The tables that a measure needs (one of each group), and those that it reads beyond them.
fn tables(id: &str, p: &Policy) -> (Vec<&'static str>, Vec<&'static str>) {
    let (needs, reads): (&[&'static str], &[&'static str]) = match id {
        "O1.M1" | "O1.M2" | "O1.M3" => (&["workers", "involvements"], &[]),
        "O1.M4" | "O1.M5" => (&["workers"], &[]),
        "O1.M6" | "O1.M7" => (&["exit_interviews"], &[]),
        "O2.M1" => (&["policies"], &[]),
        "O2.M2" | "O2.M3" | "O8.M3" | "O8.M4" => (&["assessments"], &[]),
        "O2.M3.open_overdue" => (&["assessments"], &["persons", "referrals"]),
        "O3.M1" | "O3.M11" => (&["cp_plans", "rag_ratings"], &["persons"]),
        "O3.M2" => (&["initial_conferences", "section_47_enquiries"], &[]),
        "O3.M2.open_overdue" => (&["initial_conferences", "section_47_enquiries"], &["persons"]),
        "O3.M3" => (&["cp_plans", "cp_reviews"], &["persons"]),
        "O3.M4" | "O3.M4.seen_alone" => (&["cp_plans", "cp_visits"], &["persons"]),
        "O3.M5" | "O3.M5.seen_alone" => {
            (&["cla_episodes", "cla_visits"], &["persons", "legal_statuses", "cla_placements"])
        }
        "O3.M5.statutory" => {
            (&["cla_episodes", "cla_visits", "cla_placements"], &["persons", "legal_statuses"])
        }
        "O3.M6" => (&["cla_episodes", "cla_reviews"], &["persons", "legal_statuses", "permanence"]),
        "O3.M7" | "O3.M7.seen_alone" => {
            (&["cin_plans", "cin_visits"], &["persons", "cp_plans", "cla_episodes", "legal_statuses"])
        }
        "O3.M8" | "O3.M9" | "O3.M10" => (&["audits"], &[]),
        "O4.M1" | "O4.M2" | "O4.M3" => (&["complaints"], &[]),
        "O4.M4" => (&["compliments"], &[]),
        "O4.M5" => (&["feedback_reports"], &[]),
        "O5.M1" => (&["strategy_discussions"], &[]),
        "O5.M2" => (&["strategy_discussions", "persons"], &[]),
        "O5.M3" => (&["referrals"], &[]),
        "O5.M4" | "O5.M4.percent" => (&["cp_plans"], &[]),
        "O6.M1" | "O6.M2" => {
            (&["cla_episodes", "cla_placements"], &["persons", "legal_statuses", "immigration_statuses"])
        }
        "O6.M3" | "O6.M4" => (&["permanence", "cla_episodes"], &["legal_statuses"]),
        "O6.M5" => (&["cla_episodes", "care_plans", "rag_ratings"], &["persons", "legal_statuses"]),
        "O6.M6" => (&["cla_episodes", "cla_placements"], &["persons", "legal_statuses"]),
        "O6.M7" | "O6.M8" => (&["cla_episodes", "persons", "activities|care_leavers"], &["legal_statuses"]),
        "O6.M9" => (&["care_leavers", "persons"], &["activities"]),
        "O6.M10" | "O6.M10.ten_working_days" => {
            (&["cla_episodes", "care_plans"], &["persons", "legal_statuses"])
        }
        "O6.M11" => (&["cla_episodes", "persons", "pathway_plans|care_leavers"], &["legal_statuses"]),
        "O6.M12" => (&["cla_episodes", "rag_ratings"], &["persons", "legal_statuses"]),
        "O7.M1" | "O7.M2" => (&["care_proceedings"], &[]),
        "O7.M3" | "O7.M4" => (&["final_order_applications"], &[]),
        "O8.M1" => (&["step_transfers|referrals"], &[]),
        "O8.M2" => (&["step_transfers"], &[]),
        _ => panic!("{id}"),
    };
    let (mut needs, mut reads) = (needs.to_vec(), reads.to_vec());
    let rated = matches!(id, "O3.M1" | "O3.M11") && p.rag_source != "recorded";
    if rated {
        needs.extend(["cp_visits", "cp_reviews"]);
    }
    let visits = rated || ["O3.M4", "O3.M5", "O3.M7"].iter().any(|v| id.starts_with(v));
    if visits && p.visit_sources == "any" {
        let others = ["cp_visits", "cin_visits", "cla_visits"];
        reads.extend(others.into_iter().filter(|t| !needs.contains(t)));
    }
    if id == "O2.M3" && p.assessment_clock == "referral" {
        reads.push("referrals");
    }
    (needs, reads)
}

/// The columns that a measure needs, in order; `|` between either-or columns.
fn columns(id: &str, p: &Policy) -> Vec<&'static str> {
    let list: &[&'static str] = match id {
        "O1.M1" => &["workers.fte"],
        "O1.M2" | "O1.M3" => &["workers.asye_start_date"],
        "O1.M4" => &["workers.team_type", "workers.fte", "workers.employment|workers.agency"],
        "O1.M5" => {
            &["workers.team_type", "workers.fte", "workers.employment|workers.agency", "workers.end_date"]
        }
        "O1.M6" | "O1.M7" => &["exit_interviews.completed_date"],
        "O2.M1" => &["policies.last_reviewed|policies.in_force_from"],
        "O2.M2" | "O2.M3" | "O2.M3.open_overdue" | "O8.M3" | "O8.M4" => &["assessments.authorised_date"],
        "O3.M2" | "O3.M2.open_overdue" => &["initial_conferences.date", "initial_conferences.s47_enquiry_id"],
        "O3.M3" => &["cp_reviews.date"],
        "O3.M6" => &["cla_reviews.date"],
        "O3.M4.seen_alone" => &["cp_visits.seen_alone"],
        "O3.M5.seen_alone" => &["cla_visits.seen_alone"],
        "O3.M7.seen_alone" => &["cin_visits.seen_alone"],
        "O3.M8" => &["audits.completed_date"],
        "O3.M9" | "O3.M10" => &["audits.completed_date", "audits.judgement"],
        "O4.M2" => &["complaints.made_by_child"],
        "O4.M3" => &["complaints.stage_two_date"],
        "O6.M1" | "O6.M2" => &["cla_placements.distance_miles", "cla_placements.outside_authority"],
        "O6.M3" => &["permanence.order_date", "permanence.order_type", "permanence.placed_for_adoption_date"],
        "O6.M4" => &[
            "permanence.order_date",
            "permanence.order_type",
            "permanence.placed_for_adoption_date",
            "permanence.legacy_cohort|permanence.exceptional_cohort",
        ],
        "O7.M1" | "O7.M2" => &["care_proceedings.concluded_date"],
        "O7.M3" => &["final_order_applications.decided_date"],
        "O7.M4" => &[
            "final_order_applications.decided_date",
            "final_order_applications.order_sought",
            "final_order_applications.order_made",
        ],
        _ => &[],
    };
    let headcount = (id == "O1.M1" && p.caseload_per == "headcount")
        || (matches!(id, "O1.M4" | "O1.M5") && p.workforce_unit == "headcount");
    list.iter().copied().filter(|c| !(headcount && *c == "workers.fte")).collect()
}

fn unit(id: &str) -> &'static str {
    match id {
        "O1.M1" => "average",
        "O6.M3" | "O6.M4" => "days",
        "O4.M5" => "qualitative",
        "O1.M3"
        | "O1.M4"
        | "O1.M5"
        | "O1.M7"
        | "O2.M1"
        | "O2.M3"
        | "O3.M1"
        | "O3.M2"
        | "O3.M3"
        | "O3.M4"
        | "O3.M5"
        | "O3.M6"
        | "O3.M7"
        | "O3.M10"
        | "O3.M11"
        | "O3.M4.seen_alone"
        | "O3.M5.seen_alone"
        | "O3.M7.seen_alone"
        | "O3.M5.statutory"
        | "O4.M3"
        | "O5.M1"
        | "O5.M2"
        | "O5.M3"
        | "O5.M4.percent"
        | "O6.M2"
        | "O6.M5"
        | "O6.M6"
        | "O6.M8"
        | "O6.M10"
        | "O6.M10.ten_working_days"
        | "O6.M11"
        | "O6.M12"
        | "O7.M2"
        | "O7.M4"
        | "O8.M4" => "percent",
        _ => "count",
    }
}

// READING: "O3.M1 to O3.M11" are the printed measures: of their companions, open_overdue is better lower.
fn better(id: &str) -> &'static str {
    match id {
        "O1.M4"
        | "O2.M1"
        | "O2.M3"
        | "O3.M1"
        | "O3.M2"
        | "O3.M3"
        | "O3.M4"
        | "O3.M5"
        | "O3.M6"
        | "O3.M7"
        | "O3.M8"
        | "O3.M9"
        | "O3.M10"
        | "O3.M11"
        | "O3.M4.seen_alone"
        | "O3.M5.seen_alone"
        | "O3.M7.seen_alone"
        | "O3.M5.statutory"
        | "O4.M4"
        | "O5.M1"
        | "O5.M2"
        | "O6.M5"
        | "O6.M10"
        | "O6.M10.ten_working_days"
        | "O6.M11"
        | "O6.M12"
        | "O7.M2"
        | "O7.M4" => "higher",
        "O1.M6" | "O2.M2" | "O4.M1" | "O4.M2" | "O4.M5" | "O7.M1" | "O7.M3" | "O8.M1" | "O8.M2" => "neutral",
        _ => "lower",
    }
}

fn quarterly(id: &str) -> bool {
    matches!(id, "O6.M3" | "O6.M4")
}

fn period(id: &str, m: &Month<'_>) -> (NaiveDate, NaiveDate) {
    let rolling = (add_days(add_months(m.last, -12), 1), m.last);
    match id {
        "O1.M5" => rolling,
        "O4.M3" if m.policy.stage_two_basis == "cohort_12m" => rolling,
        "O6.M3" | "O6.M4" => o6::adoption_window(m),
        "O1.M6"
        | "O1.M7"
        | "O2.M2"
        | "O2.M3"
        | "O3.M2"
        | "O3.M3"
        | "O3.M6"
        | "O3.M8"
        | "O3.M9"
        | "O3.M10"
        | "O4.M1"
        | "O4.M2"
        | "O4.M3"
        | "O4.M4"
        | "O4.M5"
        | "O5.M1"
        | "O5.M2"
        | "O5.M3"
        | "O5.M4"
        | "O5.M4.percent"
        | "O6.M10"
        | "O6.M10.ten_working_days"
        | "O7.M1"
        | "O7.M2"
        | "O7.M3"
        | "O7.M4"
        | "O8.M1"
        | "O8.M2"
        | "O8.M3"
        | "O8.M4" => (m.first, m.last),
        _ => (m.last, m.last),
    }
}

fn judge(id: &str, m: &Month<'_>) -> Vec<Case> {
    match id {
        "O1.M1" => o1::caseload(m),
        "O1.M2" | "O1.M3" => o1::asye(m),
        "O1.M4" => o1::permanent(m),
        "O1.M5" => o1::turnover(m),
        "O1.M6" => o1::exit_interviews(m),
        "O1.M7" => o1::inside_control(m),
        "O2.M1" => o2::policies(m),
        "O2.M2" => o2::assessments(m),
        "O2.M3" => o2::assessments_in_time(m),
        "O2.M3.open_overdue" => o2::open_assessments(m),
        "O3.M1" | "O3.M11" => o3::cp_rating(m),
        "O3.M2" => o3::conferences(m),
        "O3.M2.open_overdue" => o3::open_conferences(m),
        "O3.M3" => m.cp_review_cases(),
        "O3.M4" => o3::cp_visits(m),
        "O3.M4.seen_alone" => o3::seen_alone(m, o3::cp_visits(m), "cp_visits"),
        "O3.M5" => o3::cla_visits(m),
        "O3.M5.seen_alone" => o3::seen_alone(m, o3::cla_visits(m), "cla_visits"),
        "O3.M5.statutory" => o3::cla_statutory(m),
        "O3.M6" => m.cla_review_cases(),
        "O3.M7" => o3::cin_visits(m),
        "O3.M7.seen_alone" => o3::seen_alone(m, o3::cin_visits(m), "cin_visits"),
        "O3.M8" => o3::audits(m),
        "O3.M9" | "O3.M10" => o3::audit_judgements(m),
        "O4.M1" => o4::complaints(m),
        "O4.M2" => o4::by_children(m),
        "O4.M3" => o4::stage_two(m),
        "O4.M4" => o4::compliments(m),
        "O4.M5" => o4::reports(m),
        "O5.M1" => o5::health(m),
        "O5.M2" => o5::school(m),
        "O5.M3" => o5::re_referrals(m),
        "O5.M4" => o5::repeat_plans(m),
        "O5.M4.percent" => o5::repeat_plans_percent(m),
        "O6.M1" => o6::far_away(m),
        "O6.M2" => o6::far_away_percent(m),
        "O6.M3" => o6::adoptions(m, false),
        "O6.M4" => o6::adoptions(m, true),
        "O6.M5" => o6::care_plan_ratings(m),
        "O6.M6" => o6::many_placements(m),
        "O6.M7" | "O6.M8" => o6::neet(m),
        "O6.M9" => o6::care_leavers(m),
        "O6.M10" => o6::care_plan_by_day_28(m),
        "O6.M10.ten_working_days" => o6::care_plan_by_ten_working_days(m),
        "O6.M11" => o6::pathway_plans(m),
        "O6.M12" => o6::cla_ratings(m),
        "O7.M1" => o7::concluded(m),
        "O7.M2" => o7::concluded_in_time(m),
        "O7.M3" => o7::final_orders(m),
        "O7.M4" => o7::orders_as_sought(m),
        "O8.M1" => o8::to_early_help(m),
        "O8.M2" => o8::to_social_care(m),
        "O8.M3" | "O8.M4" => o8::repeat_assessments(m),
        _ => panic!("{id}"),
    }
}

fn supplied(data: &Data, name: &str) -> bool {
    match name.split_once('.') {
        Some((table, column)) => data.has_column(table, column),
        None => data.has(name),
    }
}

pub(crate) fn missing(id: &str, m: &Month<'_>) -> Vec<&'static str> {
    let mut out = Vec::new();
    for group in tables(id, m.policy).0 {
        if !group.split('|').any(|t| m.all.has(t)) {
            out.extend(group.split('|'));
        }
    }
    for group in columns(id, m.policy) {
        let table = group.split_once('.').unwrap().0;
        if m.all.has(table) && !group.split('|').any(|c| supplied(m.all, c)) {
            out.extend(group.split('|'));
        }
    }
    out
}

fn short_history(id: &str, m: &Month<'_>) -> bool {
    let (table, column, needed) = match id {
        "O5.M3" => ("referrals", "referral_date", add_months(m.first, -12)),
        "O8.M3" | "O8.M4" => ("assessments", "authorised_date", add_months(m.first, -12)),
        "O6.M6" => ("cla_placements", "start_date", add_months(m.last, -12)),
        "O4.M3" => ("complaints", "received_date", add_months(m.last, -12)),
        "O5.M4" | "O5.M4.percent" => ("cp_plans", "start_date", add_months(m.first, -60)),
        _ => return false,
    };
    let earliest = m.all.rows(table).iter().filter_map(|r| r.date(column)).min();
    earliest.is_some_and(|e| e > needed)
}

const INTERVALS: [&str; 11] = [
    "immigration_statuses",
    "cp_plans",
    "cin_plans",
    "cla_episodes",
    "legal_statuses",
    "cla_placements",
    "care_plans",
    "care_leavers",
    "pathway_plans",
    "workers",
    "involvements",
];

fn warnings(id: &str, m: &Month<'_>, small: bool) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let (needs, reads) = tables(id, m.policy);
    let mut used: Vec<&str> = reads.clone();
    for group in needs {
        let halves: Vec<&str> = group.split('|').collect();
        if halves.iter().any(|t| m.all.has(t)) {
            for half in halves.iter().filter(|t| !m.all.has(t)) {
                out.insert(format!("without:{half}"));
            }
        }
        used.extend(halves);
    }
    // READING: needed columns are treated as needed tables, so the absent half of a pair of them warns too.
    for group in columns(id, m.policy) {
        let table = group.split_once('.').unwrap().0;
        let halves: Vec<&str> = group.split('|').collect();
        if m.all.has(table) && halves.iter().any(|c| supplied(m.all, c)) {
            for half in halves.iter().filter(|c| !supplied(m.all, c)) {
                out.insert(format!("without:{half}"));
            }
        }
    }
    for table in reads {
        if !m.all.has(table) {
            out.insert(format!("without:{table}"));
        }
    }
    for table in used {
        if !m.all.has(table) {
            continue;
        }
        if INTERVALS.contains(&table) && !m.all.has_column(table, "end_date") {
            out.insert(format!("no_end_dates:{table}"));
        }
        if matches!(table, "cp_visits" | "cin_visits" | "cla_visits") && !m.all.has_column(table, "seen") {
            out.insert(format!("seen_not_recorded:{table}"));
        }
    }
    if small {
        out.insert("small_numbers".into());
    }
    if short_history(id, m) {
        out.insert("short_history".into());
    }
    out
}

/// Everything that is said of one measure and month, but for the comparison with the month before.
struct Judged {
    status: &'static str,
    missing: Vec<&'static str>,
    cases: Vec<Case>,
    numerator: Option<i64>,
    denominator: Option<i64>,
    /// The exact value as a fraction.
    value: Option<(i128, i128)>,
}

fn evaluate_measure(id: &str, m: &Month<'_>) -> Option<Judged> {
    if quarterly(id) && !m.last.month().is_multiple_of(3) {
        return None;
    }
    let missing = missing(id, m);
    if !missing.is_empty() {
        return Some(Judged {
            status: "not_supplied",
            missing,
            cases: Vec::new(),
            numerator: None,
            denominator: None,
            value: None,
        });
    }
    let unit = unit(id);
    let is_count = matches!(unit, "count" | "qualitative");
    let mut cases = judge(id, m);
    cases.sort_by(|a, b| (&a.subject, &a.record, a.due).cmp(&(&b.subject, &b.record, b.due)));
    let numerator: i64 = cases.iter().filter_map(|c| c.contribution(is_count).0).sum();
    let denominator: i64 = cases.iter().filter_map(|c| c.contribution(is_count).1).sum();
    let (status, numerator, denominator, value) = match unit {
        "qualitative" => ("qualitative", numerator, None, None),
        "count" => ("ok", numerator, None, Some((i128::from(numerator), 1000))),
        _ if denominator == 0 => ("not_applicable", 0, Some(0), None),
        "percent" => {
            let exact = (i128::from(numerator) * 100, i128::from(denominator));
            ("ok", numerator, Some(denominator), Some(exact))
        }
        _ => ("ok", numerator, Some(denominator), Some((i128::from(numerator), i128::from(denominator)))),
    };
    Some(Judged { status, missing, cases, numerator: Some(numerator), denominator, value })
}

fn thousandths(n: Option<i64>) -> Value {
    match n {
        None => Value::Null,
        Some(n) if n % 1000 == 0 => json!(n / 1000),
        #[expect(clippy::cast_precision_loss, reason = "a display form")]
        Some(n) => json!(n as f64 / 1000.0),
    }
}

/// The quotient in units of 1/`scale`, half away from zero; nothing here is negative.
fn rounded(p: i128, q: i128, scale: i128) -> i128 {
    (2 * p * scale + q) / (2 * q)
}

fn shown(unit: &str, value: Option<(i128, i128)>) -> Value {
    let Some((p, q)) = value else { return Value::Null };
    let tenths = match unit {
        "days" => rounded(p, q, 1) * 10,
        _ => rounded(p, q, 10),
    };
    thousandths(Some(i64::try_from(tenths).unwrap() * 100))
}

struct Target {
    better: String,
    low: i128,
    high: i128,
    tolerance: i128,
}

fn targets(json: &Value) -> Result<BTreeMap<String, Target>, String> {
    let mut out = BTreeMap::new();
    if json.is_null() {
        return Ok(out);
    }
    for (id, t) in json.as_object().ok_or("the targets are not a JSON object")? {
        if !MEASURES.contains(&id.as_str()) {
            return Err(format!("targets: unknown measure {id}"));
        }
        let number = |key: &str| -> Result<i128, String> {
            let text = t[key].as_number().map(|n| n.to_string());
            text.and_then(|n| decimal(&n)).ok_or_else(|| format!("targets: {id}: {key}"))
        };
        // READING: no tolerance is a tolerance of 0.
        let tolerance = if t["tolerance"].is_null() { 0 } else { number("tolerance")? };
        let better = t["better"].as_str().unwrap_or_default().to_string();
        let (low, high) = match better.as_str() {
            "higher" | "lower" => (number("target")?, number("target")?),
            "band" => (number("low")?, number("high")?),
            _ => return Err(format!("targets: {id}: better")),
        };
        out.insert(id.clone(), Target { better, low, high, tolerance });
    }
    Ok(out)
}

fn colour(unit: &str, target: Option<&Target>, status: &str, value: Option<(i128, i128)>) -> &'static str {
    let Some(t) = target else { return "not_rated" };
    if unit == "qualitative" {
        return "not_rated";
    }
    let (Some((p, q)), "ok") = (value, status) else { return "not_applicable" };
    let at_least = |bound: i128| p * ONE >= bound * q;
    let at_most = |bound: i128| p * ONE <= bound * q;
    let within = |slack: i128| match t.better.as_str() {
        "higher" => at_least(t.low - slack),
        "lower" => at_most(t.high + slack),
        _ => at_least(t.low - slack) && at_most(t.high + slack),
    };
    if within(0) {
        "green"
    } else if within(t.tolerance) {
        "amber"
    } else {
        "red"
    }
}

fn direction(id: &str, now: Option<(i128, i128)>, before: Option<(i128, i128)>) -> Value {
    let (Some((p, q)), Some((r, s))) = (now, before) else { return Value::Null };
    let word = match (better(id), (p * s).cmp(&(r * q))) {
        (_, std::cmp::Ordering::Equal) => "same",
        ("neutral", std::cmp::Ordering::Greater) => "up",
        ("neutral", std::cmp::Ordering::Less) => "down",
        ("higher", std::cmp::Ordering::Greater) | ("lower", std::cmp::Ordering::Less) => "improved",
        _ => "worsened",
    };
    json!(word)
}

fn case_json(case: &Case, is_count: bool) -> Value {
    let (numerator, denominator) = case.contribution(is_count);
    let date = |d: Option<NaiveDate>| d.map(|d| d.to_string());
    json!({
        "subject": case.subject,
        "record": case.record,
        "outcome": case.outcome,
        "reason": case.reason,
        "anchor": date(case.anchor),
        "due": date(case.due),
        "done": date(case.done),
        "elapsed": case.elapsed,
        "rag": case.rag,
        "numerator": thousandths(numerator),
        "denominator": thousandths(denominator),
    })
}

fn result_json(
    id: &str,
    m: &Month<'_>,
    now: &Judged,
    before: Option<&Judged>,
    target: Option<&Target>,
) -> Value {
    let unit = unit(id);
    let (from, to) = period(id, m);
    let mut outcomes: BTreeMap<&str, usize> = BTreeMap::new();
    for case in &now.cases {
        *outcomes.entry(case.outcome).or_default() += 1;
    }
    let is_count = matches!(unit, "count" | "qualitative");
    let weighing = now.cases.iter().filter(|c| c.contribution(is_count).1.is_some_and(|d| d > 0)).count();
    let small = now.status == "ok" && !is_count && weighing < 10;
    let mut out = Map::new();
    out.insert("measure".into(), json!(id));
    out.insert("month".into(), json!(m.first.format("%Y-%m").to_string()));
    out.insert("period".into(), json!({"from": from.to_string(), "to": to.to_string()}));
    out.insert("status".into(), json!(now.status));
    out.insert("numerator".into(), thousandths(now.numerator));
    out.insert("denominator".into(), thousandths(now.denominator));
    out.insert("value".into(), shown(unit, now.value));
    out.insert("unit".into(), json!(unit));
    out.insert("outcomes".into(), json!(outcomes));
    out.insert("rag".into(), json!(colour(unit, target, now.status, now.value)));
    out.insert("direction".into(), direction(id, now.value, before.and_then(|b| b.value)));
    out.insert("warnings".into(), json!(warnings(id, m, small)));
    out.insert("missing_tables".into(), json!(now.missing));
    if id == "O2.M1" {
        let fine = !now.cases.iter().any(|c| matches!(c.outcome, "not_met" | "unknown"));
        out.insert("all_met".into(), if now.status == "ok" { json!(fine) } else { Value::Null });
    }
    Value::Object(out)
}

fn month_start(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d").map_err(|e| format!("month {text}: {e}"))
}

fn month<'a>(data: &'a Data, policy: &'a Policy, cal: &'a Calendar, first: NaiveDate) -> Month<'a> {
    let last = add_days(add_months(first, 1), -1);
    Month { all: data, then: rewind(data, last), policy, cal, first, last }
}

/// Every measure for every month from `from` to `to` (`2017-03`), with its cases, and the data's issues.
///
/// # Errors
/// Where the input, the policy or the targets cannot be read at all.
pub fn evaluate(input: &Input, from: &str, to: &str) -> Result<Output, String> {
    let policy = Policy::read(&input.policy)?;
    let targets = targets(&input.targets)?;
    let cal = Calendar::new(&policy.calendar, &input.closures)?;
    let mut found: Vec<Issue> = Vec::new();
    let data = read(input, &mut found)?;
    issues::find(&data, &mut found);
    // The sort is stable: issues of one column stay in the order in which they were found.
    found.sort_by_key(|i| (i.table, i.row, i.column));
    let mut out = Output::default();
    for i in found {
        out.data_issues.push(json!({
            "table": TABLES[i.table].name,
            "row": i.row,
            "record": i.record,
            "code": i.code,
            "message": format!("{} row {}: {}", TABLES[i.table].name, i.row, i.code),
        }));
    }
    let (mut first, last) = (month_start(from)?, month_start(to)?);
    if first > last {
        return Err(format!("{from} is after {to}"));
    }
    while first <= last {
        let now = month(&data, &policy, &cal, first);
        let month_before = month(&data, &policy, &cal, add_months(first, -1));
        let quarter_before = month(&data, &policy, &cal, add_months(first, -3));
        for id in MEASURES {
            let key = ((*id).to_string(), first.format("%Y-%m").to_string());
            let Some(judged) = evaluate_measure(id, &now) else {
                out.cases.insert(key, Vec::new());
                continue;
            };
            let previous = if quarterly(id) { &quarter_before } else { &month_before };
            let before = evaluate_measure(id, previous);
            // READING: the two ids of the row printed twice have one target, by whichever it is given.
            let target = match *id {
                "O3.M1" => targets.get("O3.M1").or_else(|| targets.get("O3.M11")),
                "O3.M11" => targets.get("O3.M11").or_else(|| targets.get("O3.M1")),
                id => targets.get(id),
            };
            out.results.push(result_json(id, &now, &judged, before.as_ref(), target));
            let is_count = matches!(unit(id), "count" | "qualitative");
            out.cases.insert(key, judged.cases.iter().map(|c| case_json(c, is_count)).collect());
        }
        first = add_months(first, 1);
    }
    Ok(out)
}
