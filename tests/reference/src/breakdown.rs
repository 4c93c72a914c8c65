//! Groups: the cases of a measure by what is recorded of their child or worker on the day of the case.

use crate::calendar::birthday;
use crate::case::{Case, Date};
use crate::codes::fold;
use crate::facts::{Month, birth_not_recorded, born, date_of_birth, open_at, person};
use crate::figure::{Figure, figure, shown, thousandths};
use crate::input::{Data, Row};
use crate::measures;
use crate::o1::is_lead;
use crate::tails::{Terms, at_most};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const BUILT_IN: [&str; 9] =
    ["sex", "ethnicity", "ethnic_group", "disability", "sen", "area", "age", "team", "worker"];

/// Refuses what cannot be asked.
// READING: names of dimensions are compared as texts are, folded.
pub(crate) fn check(data: &Data, asked: &[String]) -> Result<(), String> {
    if asked.is_empty() {
        return Ok(());
    }
    let own = data.rows("person_groups").iter().map(|row| row.id("dimension"));
    if let Some(taken) = own.clone().find(|name| BUILT_IN.iter().any(|known| fold(known) == fold(name))) {
        return Err(format!("breakdown: {taken} is a built-in dimension"));
    }
    for (place, name) in asked.iter().enumerate() {
        if asked[..place].iter().any(|other| fold(other) == fold(name)) {
            return Err(format!("breakdown: {name} twice"));
        }
        if !BUILT_IN.contains(&name.as_str()) && !own.clone().any(|known| fold(known) == fold(name)) {
            return Err(format!("breakdown: no dimension {name}"));
        }
    }
    Ok(())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum About {
    Persons,
    /// Workers.
    Workforce,
    Others,
}

fn about(id: &str) -> About {
    match id {
        "O1.M1" | "O1.M2" | "O1.M3" | "O1.M4" | "O1.M5" | "O1.M5.published" => About::Workforce,
        "O1.M6" | "O1.M7" | "O2.M1" | "O3.M8" | "O3.M9" | "O3.M10" => About::Others,
        _ if id.starts_with("O4.") || id.starts_with("O7.") => About::Others,
        _ => About::Persons,
    }
}

/// Whether a measure has groups by a dimension.
fn has_groups(id: &str, m: &Month<'_>, dimension: &str) -> bool {
    match about(id) {
        About::Persons => true,
        About::Workforce => {
            dimension == "worker" || dimension == "team" && m.all.has_column("workers", "team")
        }
        About::Others => false,
    }
}

/// The dimensions asked by which a measure has groups.
pub(crate) fn dimensions<'m>(id: &str, m: &'m Month<'_>) -> Vec<&'m str> {
    m.breakdown.iter().map(String::as_str).filter(|name| has_groups(id, m, name)).collect()
}

/// The table of the record that a case judges, if that table has a team, and its id column.
fn table_with_team(id: &str, m: &Month<'_>) -> Option<(&'static str, &'static str)> {
    match id {
        "O2.M2" | "O2.M3" | "O2.M3.open_overdue" | "O2.M3.from_referral" | "O8.M3" | "O8.M4" => {
            Some(("assessments", "assessment_id"))
        }
        "O5.M3" => Some(("referrals", "referral_id")),
        "O8.M1" | "O8.M2" if !m.all.has("step_transfers") => Some(("referrals", "referral_id")),
        _ => None,
    }
}

/// The tables and the columns that the groups of a measure are read from.
#[derive(Default)]
pub(crate) struct Reads {
    pub(crate) tables: Vec<&'static str>,
    pub(crate) columns: Vec<&'static str>,
    /// Whether disabilities tell who is disabled.
    pub(crate) derives_disability: bool,
    /// Whether they would, if a row of them could be used.
    pub(crate) leaves_out_disabilities: bool,
    /// Whether involvements, plans or conferences tell the team.
    pub(crate) derives_team: bool,
}

/// The table of plans or conferences that a measure judges.
fn table_of_case(id: &str) -> Option<&'static str> {
    match id {
        "O3.M7" | "O3.M7.seen_alone" => Some("cin_plans"),
        "O3.M2" | "O3.M2.open_overdue" | "O3.M2.published" => Some("initial_conferences"),
        _ => None,
    }
}

fn derives_team(id: &str, data: &Data) -> bool {
    data.case_teams.keys().any(|(table, _)| *table == "involvements" || Some(*table) == table_of_case(id))
}

pub(crate) fn reads(id: &str, m: &Month<'_>) -> Reads {
    let mut out = Reads::default();
    // READING: that nobody's team is recorded is said of the measures that therefore have no groups by it, too.
    if about(id) == About::Workforce && m.breakdown.iter().any(|dimension| dimension == "team") {
        out.tables.push("workers");
        out.columns.push("workers.team");
    }
    for dimension in dimensions(id, m) {
        let (tables, columns): (&[_], &[_]) = match dimension {
            // A case of the workforce is a worker's, whose team is asked where it is recorded alone.
            "team" | "worker" if about(id) == About::Workforce => (&[], &[]),
            "sex" => (&["persons"], &["persons.sex"]),
            "ethnicity" | "ethnic_group" => (&["persons"], &["persons.ethnicity"]),
            "disability" if !has_own_disability(m) && m.all.has("disabilities") => {
                out.derives_disability = true;
                // READING: what stands in for persons is reported; that they are absent is not reported besides.
                (&["disabilities"], &["disabilities.disability"])
            }
            "disability" => {
                out.leaves_out_disabilities = !has_own_disability(m) && m.all.is_given("disabilities");
                (&["persons"], &["persons.disability"])
            }
            "sen" => (&["persons"], &["persons.sen"]),
            "area" => (&["persons"], &["persons.area"]),
            "age" => (&["persons"], &["persons.date_of_birth", "persons.expected_date_of_birth"]),
            "team" if derives_team(id, m.all) => {
                out.derives_team = true;
                (&["involvements", "workers"], &["involvements.role"])
            }
            "team" => (&["involvements", "workers"], &["involvements.role", "workers.team"]),
            "worker" => (&["involvements"], &["involvements.role"]),
            _ => (&["person_groups"], &["person_groups.start_date"]),
        };
        out.tables.extend(tables);
        out.columns.extend(columns);
        if dimension == "team" {
            match table_with_team(id, m) {
                Some(("assessments", _)) => out.columns.push("assessments.team"),
                Some(_) => out.columns.push("referrals.team"),
                None => {}
            }
        }
    }
    out
}

/// The day by which a case is in the month.
fn group_date(id: &str, m: &Month<'_>, case: &Case) -> Date {
    if let Some(day) = case.on {
        return day;
    }
    let (table, key, column) = match id {
        "O2.M2" | "O2.M3" | "O2.M3.from_referral" | "O8.M3" | "O8.M4" => {
            ("assessments", "assessment_id", "authorised_date")
        }
        "O3.M2" | "O3.M2.published" => ("initial_conferences", "icpc_id", "date"),
        "O5.M1" | "O5.M2" => ("strategy_discussions", "discussion_id", "date"),
        "O5.M3" => ("referrals", "referral_id", "referral_date"),
        "O5.M4" | "O5.M4.percent" => ("cp_plans", "cp_plan_id", "start_date"),
        "O8.M1" if !m.all.has("step_transfers") => ("referrals", "referral_id", "close_date"),
        "O8.M2" if !m.all.has("step_transfers") => ("referrals", "referral_id", "referral_date"),
        "O8.M1" | "O8.M2" => ("step_transfers", "transfer_id", "date"),
        _ => return m.last,
    };
    m.all.find(table, key, case.record.as_deref().unwrap()).unwrap().day(column)
}

/// The spelling of a text that comes first among those that fold alike.
// READING: of all the rows that are used, whatever their date and whoever they are of.
fn spelling(text: &str, all: &[&str]) -> String {
    all.iter().copied().filter(|other| fold(other) == fold(text)).min().unwrap_or(text).to_string()
}

fn texts<'d>(data: &'d Data, table: &str, column: &str) -> Vec<&'d str> {
    data.rows(table).iter().filter_map(|row| row.text(column)).collect()
}

fn team_as_shown(data: &Data, team: &str) -> String {
    let tables = ["referrals", "assessments", "workers"];
    let named = tables.iter().flat_map(|table| texts(data, table, "team"));
    let all: Vec<&str> = named.chain(data.case_teams.values().map(String::as_str)).collect();
    spelling(team, &all)
}

/// The involvement by which a person is allocated on a day.
fn allocation<'m>(m: &'m Month<'_>, id: &str, day: Date) -> Option<&'m Row> {
    let rows = m.all.rows("involvements").iter();
    let lead = rows.filter(|row| {
        row.id("person_id") == id && open_at(row, day) && row.text("role").is_none_or(|role| is_lead(m, role))
    });
    lead.max_by(|a, b| {
        (a.day("start_date"), a.id("involvement_id")).cmp(&(b.day("start_date"), b.id("involvement_id")))
    })
}

/// The team and the worker of a case, the team as its record writes it.
// READING: of an exit interview, which has no groups, there is neither.
pub(crate) fn team_and_worker(id: &str, m: &Month<'_>, case: &Case) -> (Option<String>, Option<String>) {
    let allocation = match about(id) {
        About::Persons => allocation(m, &case.subject, group_date(id, m, case)),
        About::Workforce | About::Others => None,
    };
    let worker = match about(id) {
        About::Persons => allocation.map(|row| row.id("worker_id").to_string()),
        About::Workforce => Some(case.subject.clone()),
        About::Others => None,
    };
    // A step up by the end of early help has a day of its own, and is not a referral.
    let is_end = id == "O8.M2" && case.on.is_some();
    let own = table_with_team(id, m).filter(|_| !is_end).and_then(|(table, key)| {
        m.all.find(table, key, case.record.as_deref().unwrap()).and_then(|row| row.text("team"))
    });
    let of_worker =
        || m.all.find("workers", "worker_id", worker.as_deref()?).and_then(|row| row.text("team"));
    let named = |table, id: &str| m.all.case_teams.get(&(table, id.to_string())).map(String::as_str);
    let of_lead = || named("involvements", allocation?.id("involvement_id"));
    let of_case = || named(table_of_case(id)?, case.record.as_deref()?);
    let team = own.or_else(of_worker).or_else(of_lead).or_else(of_case);
    (team.map(str::to_string), worker)
}

fn age_band(m: &Month<'_>, id: &str, day: Date) -> Option<&'static str> {
    if birth_not_recorded(m.all, id, day) {
        return None;
    }
    if !born(m.all, id, day) {
        return Some("unborn");
    }
    let born = date_of_birth(m.all, id)?;
    let bands = [(18, "18+"), (16, "16-17"), (10, "10-15"), (5, "5-9"), (1, "1-4")];
    let band = bands.into_iter().find(|(years, _)| day >= birthday(born, *years));
    Some(band.map_or("under 1", |(_, name)| name))
}

/// A code of a person; none where it is not recorded or none of its set.
fn code(m: &Month<'_>, id: &str, column: &str) -> Option<String> {
    person(m.all, id)?.text(column).filter(|code| *code != "?").map(str::to_uppercase)
}

fn ethnic_group(code: Option<&str>) -> &'static str {
    match code {
        Some("WBRI" | "WIRI" | "WIRT" | "WOTH" | "WROM") => "white",
        Some("MWBC" | "MWBA" | "MWAS" | "MOTH") => "mixed",
        Some("AIND" | "APKN" | "ABAN" | "AOTH" | "CHNE") => "asian",
        Some("BCRB" | "BAFR" | "BOTH") => "black",
        Some("OOTH") => "other",
        None | Some("REFU" | "NOBT") => "not known",
        Some(other) => panic!("ethnicity {other}"),
    }
}

/// Whether persons came with a column that says who is disabled.
// READING: a column that came is not absent, though no row of its table can be used.
fn has_own_disability(m: &Month<'_>) -> bool {
    m.all.tables.get("persons").is_some_and(|persons| persons.columns.contains("disability"))
}

/// Whether a person is disabled.
// READING: with one row that names a disability yes; no where every row says that there is none. A row whose code
// is null or cannot be read says nothing.
fn is_disabled(m: &Month<'_>, id: &str) -> Option<bool> {
    if has_own_disability(m) {
        return person(m.all, id)?.flag("disability");
    }
    let rows = m.all.rows("disabilities").iter().filter(|row| row.text("person_id") == Some(id));
    let codes: Vec<Option<&str>> =
        rows.map(|row| row.text("disability").filter(|code| *code != "?")).collect();
    if codes.iter().flatten().any(|code| *code != "none") {
        Some(true)
    } else if !codes.is_empty() && codes.iter().all(|code| *code == Some("none")) {
        Some(false)
    } else {
        None
    }
}

/// The group of a person by a dimension of the caller's own.
fn own_group(m: &Month<'_>, id: &str, dimension: &str, day: Date) -> Option<String> {
    let is_of = |row: &&Row| fold(row.id("dimension")) == fold(dimension);
    let all: Vec<&Row> = m.all.rows("person_groups").iter().filter(is_of).collect();
    let mine = all.iter().filter(|row| row.id("person_id") == id && open_at(row, day));
    // Greater as the text is written.
    let last = mine
        .max_by(|a, b| (a.date("start_date"), a.id("value")).cmp(&(b.date("start_date"), b.id("value"))))?;
    let texts: Vec<&str> = all.iter().map(|row| row.id("value")).collect();
    Some(spelling(last.id("value"), &texts))
}

fn group(id: &str, m: &Month<'_>, case: &Case, dimension: &str) -> Option<String> {
    let child = case.subject.as_str();
    let yes_no = |flag: bool| if flag { "yes" } else { "no" }.to_string();
    match dimension {
        "sex" => code(m, child, "sex"),
        "ethnicity" => code(m, child, "ethnicity"),
        "ethnic_group" => Some(ethnic_group(code(m, child, "ethnicity").as_deref()).to_string()),
        "disability" => is_disabled(m, child).map(yes_no),
        "sen" => person(m.all, child)?.flag("sen").map(yes_no),
        "area" => {
            let area = person(m.all, child)?.text("area")?;
            Some(spelling(area, &texts(m.all, "persons", "area")))
        }
        "age" => age_band(m, child, group_date(id, m, case)).map(str::to_string),
        "team" => team_and_worker(id, m, case).0.map(|team| team_as_shown(m.all, &team)),
        "worker" => team_and_worker(id, m, case).1,
        _ => own_group(m, child, dimension, group_date(id, m, case)),
    }
}

/// The groups of a case by dimension, where its measure has any.
pub(crate) fn of_case(id: &str, m: &Month<'_>, case: &Case) -> BTreeMap<String, Option<String>> {
    let each = dimensions(id, m).into_iter().map(|name| (name.to_string(), group(id, m, case, name)));
    each.collect()
}

/// Whether a percent has no interval: it weighs by full-time equivalents, or is the turnover.
fn has_no_interval(id: &str, m: &Month<'_>) -> bool {
    match id {
        "O1.M4" => m.policy.workforce_unit == "fte",
        "O1.M5" | "O1.M5.published" => true,
        _ => measures::of(id).unit != "percent",
    }
}

/// To one decimal of a percent, half away from zero.
fn tenths(part: f64) -> Value {
    json!((part * 1000.0).round() / 10.0)
}

/// Wilson's 95 % interval of `n` of `d`.
fn interval(n: i64, d: i64) -> (Value, Value) {
    #[expect(clippy::cast_precision_loss, reason = "numbers of cases")]
    let (count, of) = (n as f64, d as f64);
    let z = 1.959_963_984_540_054_f64;
    let f = count / of;
    let q = z * z / of;
    let c = (f + q / 2.0) / (1.0 + q);
    let h = z / (1.0 + q) * (f * (1.0 - f) / of + q / (4.0 * of)).sqrt();
    (if n == 0 { json!(0) } else { tenths(c - h) }, if n == d { json!(100) } else { tenths(c + h) })
}

/// Where the group lies in the funnel about the whole: `n` of `d` beside `whole_n` of `whole_d`.
fn funnel(n: i64, d: i64, whole_n: i64, whole_d: i64) -> &'static str {
    if whole_n == 0 || whole_n == whole_d {
        return "within";
    }
    #[expect(clippy::cast_precision_loss, reason = "numbers of cases")]
    let terms = Terms::binomial(d, whole_n as f64 / whole_d as f64);
    let (above, below) = (terms.chance(|k| k >= n), terms.chance(|k| k <= n));
    if at_most(above, 0.001) {
        "above_998"
    } else if at_most(above, 0.025) {
        "above_95"
    } else if at_most(below, 0.001) {
        "below_998"
    } else if at_most(below, 0.025) {
        "below_95"
    } else {
        "within"
    }
}

/// What is said of a group: sums, value, interval, funnel.
fn group_json(id: &str, m: &Month<'_>, cases: &[&Case], whole: &Figure) -> Value {
    let unit = measures::of(id).unit;
    let own = figure(unit, cases.iter().copied());
    let mut outcomes: BTreeMap<&str, usize> = BTreeMap::new();
    for case in cases {
        *outcomes.entry(case.outcome).or_default() += 1;
    }
    let (mut low, mut high, mut place) = (Value::Null, Value::Null, Value::Null);
    if !has_no_interval(id, m) && own.value.is_some() && whole.value.is_some() {
        let cases = |figure: &Figure| (figure.numerator / 1000, figure.denominator.unwrap() / 1000);
        let ((n, d), (whole_n, whole_d)) = (cases(&own), cases(whole));
        (low, high) = interval(n, d);
        if d >= 10 {
            place = json!(funnel(n, d, whole_n, whole_d));
        }
    }
    json!({
        "status": own.status,
        "numerator": thousandths(Some(own.numerator)),
        "denominator": thousandths(own.denominator),
        "value": shown(unit, own.value),
        "outcomes": outcomes,
        "low": low,
        "high": high,
        "funnel": place,
    })
}

/// The groups of a result, by the dimensions asked.
pub(crate) fn of_result(id: &str, m: &Month<'_>, cases: &[Case], whole: &Figure) -> Vec<Value> {
    let mut out = Vec::new();
    for dimension in dimensions(id, m) {
        let groups: Vec<Option<String>> = cases.iter().map(|case| group(id, m, case, dimension)).collect();
        let named: BTreeSet<&String> = groups.iter().flatten().collect();
        let names = named.into_iter().map(|name| Some(name.clone())).chain([None]);
        for name in names {
            let mine: Vec<&Case> = cases
                .iter()
                .zip(&groups)
                .filter(|(_, group)| **group == name)
                .map(|(case, _)| case)
                .collect();
            if mine.is_empty() {
                continue;
            }
            let mut said = group_json(id, m, &mine, whole);
            said["measure"] = json!(id);
            said["month"] = json!(m.first.format("%Y-%m").to_string());
            said["dimension"] = json!(dimension);
            said["group"] = json!(name);
            out.push(said);
        }
    }
    out
}
