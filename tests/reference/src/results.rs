//! Results: what is said of each measure and month.

use crate::calendar::{Calendar, add_days, add_months};
use crate::case::Case;
use crate::codes::fold;
use crate::derived::read;
use crate::facts::{Month, rewind};
use crate::figure::{Figure, figure, shown, thousandths};
use crate::input::{Data, Input, Issue, ONE, decimal};
use crate::measures::{Bears, MEASURES, Stretch};
use crate::policy::Policy;
use crate::schema::TABLES;
use crate::{breakdown, derived, issues, measures, o6, optional, statutory_visits};
use chrono::{Datelike, NaiveDate};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What an evaluation answers.
#[derive(Clone, Debug, Default)]
pub struct Output {
    pub results: Vec<Value>,
    pub cases: BTreeMap<(String, String), Vec<Value>>,
    /// By measure and month the team and the worker of each case.
    pub allocated: BTreeMap<(String, String), Vec<Allocated>>,
    pub groups: Vec<Value>,
    pub data_issues: Vec<Value>,
}

/// A team and a worker.
pub type Allocated = (Option<String>, Option<String>);

/// The tables that a measure needs (one of each group), and those that it reads beyond them.
fn tables(id: &str, p: &Policy) -> (Vec<&'static str>, Vec<&'static str>) {
    let measure = measures::of(id);
    let (mut needs, mut reads) = (measure.needs.to_vec(), measure.reads.to_vec());
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

/// The same, and what the figure is worked out from in place of a table that is not there.
fn tables_in(id: &str, m: &Month<'_>) -> (Vec<&'static str>, Vec<&'static str>) {
    let (mut needs, mut reads) = tables(id, m.policy);
    if derived::adoption_dates(id, m.all) {
        needs.retain(|table| *table != "permanence");
        reads.push("cla_placements");
    }
    if id == "O8.M2" && derived::reads_early_help(id, m) {
        reads.push("referrals");
    }
    (needs, reads)
}

/// The columns that a measure needs, in order; `|` between either-or columns.
fn columns_in(id: &str, m: &Month<'_>) -> Vec<&'static str> {
    let mut out = columns(id, m.policy);
    if derived::adoption_dates(id, m.all) {
        out.retain(|column| !column.starts_with("permanence."));
    }
    out
}

fn columns(id: &str, p: &Policy) -> Vec<&'static str> {
    let headcount = (id == "O1.M1" && p.caseload_per == "headcount")
        || (matches!(id, "O1.M4" | "O1.M5" | "O1.M5.published") && p.workforce_unit == "headcount");
    let needed = |c: &&str| match *c {
        "workers.fte" => !headcount,
        "workers.team_type" => !p.every_team_type(),
        _ => true,
    };
    measures::of(id).columns.iter().copied().filter(needed).collect()
}

fn quarterly(id: &str) -> bool {
    measures::of(id).period == Stretch::Quarter
}

fn period(id: &str, m: &Month<'_>) -> (NaiveDate, NaiveDate) {
    let rolling = (add_days(add_months(m.last, -12), 1), m.last);
    match measures::of(id).period {
        _ if id == "O4.M3" && m.policy.stage_two_basis == "cohort_12m" => rolling,
        Stretch::Rolling => rolling,
        Stretch::Quarter => o6::adoption_window(m),
        Stretch::Month => (m.first, m.last),
        Stretch::Snapshot => (m.last, m.last),
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
    if derived::needs_early_help(id, m) {
        return if derived::early_help(id, m) { out } else { vec!["step_transfers"] };
    }
    for group in tables_in(id, m).0 {
        if !group.split('|').any(|t| m.all.has(t)) {
            out.extend(group.split('|'));
        }
    }
    for group in columns_in(id, m) {
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

/// The day by which a table is kept up.
const DAY_OF: [(&str, &str); 21] = [
    ("referrals", "referral_date"),
    ("assessments", "start_date"),
    ("strategy_discussions", "date"),
    ("section_47_enquiries", "start_date"),
    ("initial_conferences", "date"),
    ("cp_plans", "start_date"),
    ("cp_visits", "date"),
    ("cp_reviews", "date"),
    ("cin_plans", "start_date"),
    ("cin_visits", "date"),
    ("cla_episodes", "start_date"),
    ("cla_placements", "start_date"),
    ("cla_visits", "date"),
    ("cla_reviews", "date"),
    ("care_plans", "start_date"),
    ("activities", "date"),
    ("involvements", "start_date"),
    ("rag_ratings", "date"),
    ("audits", "completed_date"),
    ("complaints", "received_date"),
    ("step_transfers", "date"),
];

const INTERVALS: [&str; 14] = [
    "early_help_episodes",
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
    "missing_episodes",
    "person_groups",
];

/// The value of a policy, as compact JSON without quotes round a text.
// READING: a whole number is written without a point, whichever way it was given.
fn in_words(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_string);
    if value.is_number() { text.strip_suffix(".0").unwrap_or(&text).to_string() } else { text }
}

fn warnings(id: &str, m: &Month<'_>, small: bool) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let (needs, mut reads) = tables_in(id, m);
    // READING: a result that is not supplied has no groups, and none are read.
    let groups =
        if missing(id, m).is_empty() { breakdown::reads(id, m) } else { breakdown::Reads::default() };
    let is_needed = |table: &&str| needs.iter().any(|group| group.split('|').any(|half| half == *table));
    reads.extend(groups.tables.iter().filter(|table| !is_needed(table)));
    if groups.derives_team {
        out.insert("derived:teams".into());
    }
    if groups.derives_disability {
        out.insert("derived:disability".into());
    } else if groups.leaves_out_disabilities {
        // Why nothing is worked out.
        out.insert("no_rows_used:disabilities".into());
    }
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
    if id == "O8.M2" && !m.all.has("step_transfers") && m.all.is_given("early_help_episodes") {
        // It may tell what no transfer does, and is not asked for.
        used.push("early_help_episodes");
    }
    // READING: needed columns are treated as needed tables, so the absent half of a pair of them warns too.
    for group in columns_in(id, m) {
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
    for table in &used {
        let Some(rows) = m.all.tables.get(table) else { continue };
        if rows.is_unusable() {
            out.insert(format!("no_rows_used:{table}"));
        }
        if 20 * (rows.total - rows.rows.len()) > rows.total {
            out.insert(format!("rows_out:{table}"));
        }
        if !m.all.has(table) {
            continue;
        }
        if rows.total >= 20
            && let Some(column) = DAY_OF.iter().find(|(t, _)| t == table).map(|(_, column)| column)
            && rows.rows.iter().filter_map(|r| r.date(column)).max().is_some_and(|day| day < m.first)
        {
            out.insert(format!("after_data:{table}"));
        }
        // READING: a measure reads every column that its table cannot be without.
        let def = TABLES.iter().find(|def| def.name == *table).unwrap_or_else(|| panic!("{table}"));
        for column in def.columns.iter().filter(|c| c.required || ["end_date", "seen"].contains(&c.name)) {
            if rows.understands_nothing(column.name) {
                out.insert(format!("nothing_understood:{table}.{}", column.name));
            }
        }
    }
    if used.contains(&"section_47_enquiries") && m.all.derived.contains("strategy_date") {
        out.insert("derived:strategy_date".into());
    }
    if derived::early_help(id, m) {
        out.insert("derived:early_help".into());
        out.insert("without:step_transfers".into());
    } else if derived::needs_early_help(id, m) {
        // Missing, and not done without.
        out.remove("without:step_transfers");
    }
    let is_worked_out = derived::adoption_dates(id, m.all);
    if is_worked_out {
        out.insert("derived:adoption_dates".into());
        if !m.all.has("permanence") {
            out.insert("without:permanence".into());
        }
        for name in columns(id, m.policy).iter().filter(|name| name.starts_with("permanence.")) {
            if m.all.has("permanence") && !supplied(m.all, name) {
                out.insert(format!("no_column:{name}"));
            }
        }
        if let Some(rows) = m.all.tables.get("permanence") {
            if rows.is_unusable() {
                out.insert("no_rows_used:permanence".into());
            }
            if 20 * (rows.total - rows.rows.len()) > rows.total {
                out.insert("rows_out:permanence".into());
            }
        }
    }
    if id == "O6.M3" && !is_worked_out && m.all.has("cla_placements") && derived::is_untold(m.all) {
        // Why nothing is worked out.
        for name in ["cla_episodes.end_date", "cla_episodes.end_reason", "cla_placements.placement_type"] {
            let (table, column) = name.split_once('.').unwrap();
            if !m.all.has(table) {
                continue;
            }
            if !m.all.has_column(table, column) && column != "end_date" {
                out.insert(format!("no_column:{name}"));
            }
            if m.all.tables[table].understands_nothing(column) {
                out.insert(format!("nothing_understood:{name}"));
            }
        }
    }
    let needed: Vec<&str> = columns_in(id, m).iter().flat_map(|group| group.split('|')).collect();
    let mut asked = optional::columns(id, m.policy, m.all.has("step_transfers"));
    asked.extend(&groups.columns);
    if is_worked_out {
        asked.retain(|column| !column.starts_with("permanence."));
        asked.extend(["cla_episodes.end_date", "cla_episodes.end_reason", "cla_placements.placement_type"]);
    }
    for name in needed.iter().chain(&asked) {
        let (table, column) = name.split_once('.').unwrap();
        if m.all.has(table) && m.all.tables[table].understands_nothing(column) {
            out.insert(format!("nothing_understood:{name}"));
        }
    }
    for name in asked {
        let (table, column) = name.split_once('.').unwrap();
        // READING: a table that a policy leaves unread has no column that is missed.
        if used.contains(&table) && m.all.has(table) && !m.all.has_column(table, column) {
            let by_type = matches!(id, "O3.M5" | "O3.M5.seen_alone")
                && column == "long_term"
                && m.all.has_column(table, "placement_type");
            out.insert(if by_type { "derived:long_term".into() } else { format!("no_column:{name}") });
        }
    }
    for table in used {
        if !m.all.has(table) {
            continue;
        }
        // Of a worker who is looked up for a team it does not matter whether they are in post.
        let is_interval = INTERVALS.contains(&table) && (table != "workers" || id.starts_with("O1."));
        if is_interval && !m.all.has_column(table, "end_date") {
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
    let reads_teams = measures::of(id).policies.iter().any(|(name, _)| *name == "front_door_teams");
    let teams = m.policy.changed.iter().filter(|(key, _)| key.as_str() == "front_door_teams" && reads_teams);
    let teams = teams.flat_map(|(_, names)| names.as_array().into_iter().flatten()).filter_map(Value::as_str);
    for team in teams {
        // READING: any table with a team is asked, whatever the measure reads.
        let is_known = m
            .all
            .tables
            .values()
            .flat_map(|rows| &rows.rows)
            .filter_map(|row| row.text("team"))
            .chain(m.all.case_teams.values().map(String::as_str))
            .any(|known| fold(known) == fold(team));
        if !is_known {
            out.insert(format!("unknown_team:{team}"));
        }
    }
    for (key, value) in &m.policy.changed {
        let bears = |(name, when): &Bears| name == key && when(m.policy);
        if measures::of(id).policies.iter().any(bears) {
            out.insert(format!("policy:{key}={}", in_words(value)));
        }
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
    let unit = measures::of(id).unit;
    let mut cases = (measures::of(id).judge)(m);
    cases.sort_by(|a, b| (&a.subject, &a.record, a.due).cmp(&(&b.subject, &b.record, b.due)));
    let Figure { status, numerator, denominator, value } = figure(unit, cases.iter());
    Some(Judged { status, missing, cases, numerator: Some(numerator), denominator, value })
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
        if !MEASURES.iter().any(|measure| measure.id == id) {
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
    let word = match (measures::of(id).better, (p * s).cmp(&(r * q))) {
        (_, std::cmp::Ordering::Equal) => "same",
        ("neutral", std::cmp::Ordering::Greater) => "up",
        ("neutral", std::cmp::Ordering::Less) => "down",
        ("higher", std::cmp::Ordering::Greater) | ("lower", std::cmp::Ordering::Less) => "improved",
        _ => "worsened",
    };
    json!(word)
}

fn case_json(id: &str, m: &Month<'_>, case: &Case, is_count: bool) -> Value {
    let (numerator, denominator) = case.contribution(is_count);
    let date = |d: Option<NaiveDate>| d.map(|d| d.to_string());
    let mut out = json!({
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
    });
    if id == "O3.M5.statutory" {
        out["rule"] = json!(case.rule);
    }
    // READING: a case of a measure that has no groups has an empty object.
    if !m.breakdown.is_empty() {
        out["groups"] = json!(breakdown::of_case(id, m, case));
    }
    out
}

fn result_json(
    id: &str,
    m: &Month<'_>,
    now: &Judged,
    before: Option<&Judged>,
    target: Option<&Target>,
) -> Value {
    let unit = measures::of(id).unit;
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

fn month<'a>(
    data: &'a Data,
    policy: &'a Policy,
    cal: &'a Calendar,
    breakdown: &'a [String],
    first: NaiveDate,
) -> Month<'a> {
    let last = add_days(add_months(first, 1), -1);
    Month { all: data, then: rewind(data, last), policy, cal, breakdown, first, last }
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
    breakdown::check(&data, &input.breakdown)?;
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
        let now = month(&data, &policy, &cal, &input.breakdown, first);
        let month_before = month(&data, &policy, &cal, &[], add_months(first, -1));
        let quarter_before = month(&data, &policy, &cal, &[], add_months(first, -3));
        for id in MEASURES.iter().map(|measure| measure.id) {
            let key = (id.to_string(), first.format("%Y-%m").to_string());
            let Some(judged) = evaluate_measure(id, &now) else {
                out.cases.insert(key, Vec::new());
                continue;
            };
            let previous = if quarterly(id) { &quarter_before } else { &month_before };
            let before = evaluate_measure(id, previous);
            // READING: the two ids of the row printed twice have one target, by whichever it is given.
            let target = match id {
                "O3.M1" => targets.get("O3.M1").or_else(|| targets.get("O3.M11")),
                "O3.M11" => targets.get("O3.M11").or_else(|| targets.get("O3.M1")),
                id => targets.get(id),
            };
            out.results.push(result_json(id, &now, &judged, before.as_ref(), target));
            let is_count = matches!(measures::of(id).unit, "count" | "qualitative");
            if let Some(numerator) = judged.numerator {
                let (status, denominator, value) = (judged.status, judged.denominator, judged.value);
                let whole = Figure { status, numerator, denominator, value };
                out.groups.extend(breakdown::of_result(id, &now, &judged.cases, &whole));
            }
            let allocated = judged.cases.iter().map(|c| breakdown::team_and_worker(id, &now, c));
            out.allocated.insert(key.clone(), allocated.collect());
            out.cases.insert(key, judged.cases.iter().map(|c| case_json(id, &now, c, is_count)).collect());
        }
        first = add_months(first, 1);
    }
    Ok(out)
}

/// How a statutory visit was judged: the row of the map from codes to rules (0 where none was needed), the
/// paragraph, the outcome and the reason.
pub type HowJudged = (u8, Option<&'static str>, &'static str, Option<&'static str>);

/// How the statutory visits of a month are judged, each way once.
///
/// # Errors
/// Where the input or the policy cannot be read at all.
pub fn statutory_visits_judged(input: &Input, of: &str) -> Result<BTreeSet<HowJudged>, String> {
    let policy = Policy::read(&input.policy)?;
    let cal = Calendar::new(&policy.calendar, &input.closures)?;
    let data = read(input, &mut Vec::new())?;
    let month = month(&data, &policy, &cal, &[], month_start(of)?);
    if !missing("O3.M5.statutory", &month).is_empty() {
        return Ok(BTreeSet::new());
    }
    let how = |j: statutory_visits::Judged| (j.row.unwrap_or(0), j.case.rule, j.case.outcome, j.case.reason);
    Ok(statutory_visits::judged(&month).into_iter().map(how).collect())
}
