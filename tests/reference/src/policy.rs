//! The policies, each with its default.

use crate::codes::fold;
use crate::input::decimal;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

#[derive(PartialEq)]
pub(crate) struct Policy {
    pub(crate) calendar: String,
    pub(crate) count_start_day: bool,
    pub(crate) assessment_clock: String,
    pub(crate) icpc_clock: String,
    pub(crate) assessment_working_days: i64,
    pub(crate) icpc_working_days: i64,
    pub(crate) cp_visit_working_days: i64,
    pub(crate) cin_visit_working_days: i64,
    pub(crate) cla_visit_working_days: i64,
    pub(crate) cla_visit_long_term_working_days: i64,
    pub(crate) visit_sources: String,
    pub(crate) rag_source: String,
    pub(crate) unrated: String,
    pub(crate) review_mode: String,
    pub(crate) audit_pass: Vec<String>,
    pub(crate) stage_two_basis: String,
    pub(crate) front_door_teams: Vec<String>,
    /// Roles of whom a child is allocated to.
    pub(crate) lead_roles: Vec<String>,
    pub(crate) repeat_plan_unit: String,
    pub(crate) far_miles: i128,
    pub(crate) distance_base: String,
    pub(crate) adoption_basis: String,
    pub(crate) adoption_window: String,
    pub(crate) care_leaver_max_age: i64,
    pub(crate) pathway_base: String,
    pub(crate) proceedings_limit_days: i64,
    pub(crate) final_order_basis: String,
    pub(crate) repeat_same_referral: bool,
    pub(crate) asye_case_limit: i64,
    pub(crate) caseload_per: String,
    pub(crate) scope_team_types: Vec<String>,
    pub(crate) workforce_unit: String,
    pub(crate) turnover_base: String,
    pub(crate) amber_working_days: i64,
    pub(crate) amber_days: i64,
    pub(crate) reg28_unknown: String,
    pub(crate) first_review: String,
    pub(crate) temporary_rules: String,
    pub(crate) temporary_placements: String,
    /// The policies of another value than the default, as they were written.
    pub(crate) changed: Vec<(String, Value)>,
}

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|s| fold(s)).collect::<BTreeSet<_>>().into_iter().collect()
}

fn choice(key: &str, value: &Value, allowed: &[&str]) -> Result<String, String> {
    match value.as_str() {
        Some(s) if allowed.contains(&s) => Ok(s.to_string()),
        _ => Err(format!("policy {key}: {value} is not one of {allowed:?}")),
    }
}

fn flag(key: &str, value: &Value) -> Result<bool, String> {
    value.as_bool().ok_or_else(|| format!("policy {key}: {value} is not true or false"))
}

// READING: a number of days, cases or years is a whole number of 0 or more.
fn whole(key: &str, value: &Value) -> Result<i64, String> {
    match value.as_i64() {
        Some(n) if n >= 0 => Ok(n),
        _ => Err(format!("policy {key}: {value} is not a whole number")),
    }
}

/// The roles of whom a child is allocated to, as lists have them: in small letters and in order.
fn lead_roles() -> Vec<String> {
    texts(&[
        "allocatedcaseworker",
        "allocatedsocialworker",
        "allocatedworker",
        "allwkr",
        "allwork",
        "allworkcf",
        "aw",
        "candfallocatedworker",
        "cfallocatedworker",
        "cw",
        "relallwork",
        "relallworkcf",
    ])
}

fn list(key: &str, value: &Value, allowed: Option<&[&str]>) -> Result<Vec<String>, String> {
    let bad = || format!("policy {key}: {value}");
    let mut out = Vec::new();
    for item in value.as_array().ok_or_else(bad)? {
        let item = fold(item.as_str().ok_or_else(bad)?);
        if let Some(allowed) = allowed
            && !allowed.iter().any(|a| fold(a) == item)
        {
            return Err(bad());
        }
        out.push(item);
    }
    // READING: a list is a set: its order, and what it says twice, do not matter.
    out.sort();
    out.dedup();
    Ok(out)
}

impl Policy {
    /// Whether the workforce is every worker.
    pub(crate) fn every_team_type(&self) -> bool {
        self.scope_team_types.iter().any(|kind| kind == "all")
    }

    fn defaults() -> Policy {
        Policy {
            calendar: "england-and-wales".into(),
            count_start_day: false,
            assessment_clock: "assessment_start".into(),
            icpc_clock: "strategy_discussion".into(),
            assessment_working_days: 45,
            icpc_working_days: 15,
            cp_visit_working_days: 20,
            cin_visit_working_days: 30,
            cla_visit_working_days: 30,
            cla_visit_long_term_working_days: 60,
            visit_sources: "any".into(),
            rag_source: "recorded".into(),
            unrated: "exclude".into(),
            review_mode: "settled".into(),
            audit_pass: texts(&["outstanding", "good", "adequate", "requires_improvement"]),
            stage_two_basis: "cohort_12m".into(),
            front_door_teams: Vec::new(),
            lead_roles: lead_roles(),
            repeat_plan_unit: "children".into(),
            far_miles: decimal("20").unwrap(),
            distance_base: "all".into(),
            adoption_basis: "a1".into(),
            adoption_window: "quarter".into(),
            care_leaver_max_age: 20,
            pathway_base: "all".into(),
            proceedings_limit_days: 181,
            final_order_basis: "decided".into(),
            repeat_same_referral: false,
            asye_case_limit: 12,
            caseload_per: "fte".into(),
            scope_team_types: texts(&["safeguarding", "care_leavers"]),
            workforce_unit: "fte".into(),
            turnover_base: "at_end".into(),
            amber_working_days: 5,
            amber_days: 14,
            reg28_unknown: "unknown".into(),
            first_review: "of_placement".into(),
            temporary_rules: "as_law".into(),
            temporary_placements: "exclude".into(),
            changed: Vec::new(),
        }
    }

    pub(crate) fn read(json: &Value) -> Result<Policy, String> {
        if json.is_null() {
            return Ok(Policy::defaults());
        }
        let object = json.as_object().ok_or("the policy is not a JSON object")?;
        let mut p = Policy::of(object)?;
        for (key, value) in object {
            let alone = json!({ key: value });
            if Policy::of(alone.as_object().unwrap())? != Policy::defaults() {
                p.changed.push((key.clone(), value.clone()));
            }
        }
        Ok(p)
    }

    fn of(object: &Map<String, Value>) -> Result<Policy, String> {
        let mut p = Policy::defaults();
        for (key, v) in object {
            let k = key.as_str();
            match k {
                "calendar" => {
                    p.calendar = choice(k, v, &["england-and-wales", "scotland", "northern-ireland"])?;
                }
                "count_start_day" => p.count_start_day = flag(k, v)?,
                "assessment_clock" => p.assessment_clock = choice(k, v, &["assessment_start", "referral"])?,
                "icpc_clock" => p.icpc_clock = choice(k, v, &["strategy_discussion", "decision"])?,
                "assessment_working_days" => p.assessment_working_days = whole(k, v)?,
                "icpc_working_days" => p.icpc_working_days = whole(k, v)?,
                "cp_visit_working_days" => p.cp_visit_working_days = whole(k, v)?,
                "cin_visit_working_days" => p.cin_visit_working_days = whole(k, v)?,
                "cla_visit_working_days" => p.cla_visit_working_days = whole(k, v)?,
                "cla_visit_long_term_working_days" => p.cla_visit_long_term_working_days = whole(k, v)?,
                "visit_sources" => p.visit_sources = choice(k, v, &["any", "own"])?,
                "rag_source" => p.rag_source = choice(k, v, &["recorded", "derived", "worst"])?,
                "unrated" => p.unrated = choice(k, v, &["exclude", "red", "not_red"])?,
                "review_mode" => p.review_mode = choice(k, v, &["settled", "held", "due"])?,
                "audit_pass" => {
                    let judgements =
                        ["outstanding", "good", "adequate", "requires_improvement", "inadequate"];
                    p.audit_pass = list(k, v, Some(&judgements))?;
                }
                "stage_two_basis" => p.stage_two_basis = choice(k, v, &["cohort_12m", "cohort_month"])?,
                "front_door_teams" => p.front_door_teams = list(k, v, None)?,
                "lead_roles" => p.lead_roles = list(k, v, None)?,
                "repeat_plan_unit" => p.repeat_plan_unit = choice(k, v, &["children", "occasions"])?,
                "far_miles" => {
                    let number = v.as_number().map(|n| n.to_string());
                    p.far_miles = number
                        .and_then(|n| decimal(&n))
                        .filter(|n| *n >= 0)
                        .ok_or_else(|| format!("policy far_miles: {v}"))?;
                }
                "distance_base" => p.distance_base = choice(k, v, &["all", "known"])?,
                "adoption_basis" => p.adoption_basis = choice(k, v, &["a1", "a10"])?,
                "adoption_window" => p.adoption_window = choice(k, v, &["quarter", "three_years"])?,
                "care_leaver_max_age" => p.care_leaver_max_age = whole(k, v)?,
                "pathway_base" => p.pathway_base = choice(k, v, &["all", "strict"])?,
                "proceedings_limit_days" => p.proceedings_limit_days = whole(k, v)?,
                "final_order_basis" => p.final_order_basis = choice(k, v, &["decided", "filed"])?,
                "repeat_same_referral" => p.repeat_same_referral = flag(k, v)?,
                "asye_case_limit" => p.asye_case_limit = whole(k, v)?,
                "caseload_per" => p.caseload_per = choice(k, v, &["fte", "headcount"])?,
                "scope_team_types" => {
                    let kinds = ["safeguarding", "care_leavers", "other", "all"];
                    p.scope_team_types = list(k, v, Some(&kinds))?;
                    // READING: all stands alone.
                    if p.every_team_type() && p.scope_team_types.len() > 1 {
                        return Err(format!("policy {k}: {v}"));
                    }
                }
                "workforce_unit" => p.workforce_unit = choice(k, v, &["fte", "headcount"])?,
                "turnover_base" => p.turnover_base = choice(k, v, &["at_end", "average"])?,
                "amber_working_days" => p.amber_working_days = whole(k, v)?,
                "amber_days" => p.amber_days = whole(k, v)?,
                "reg28_unknown" => p.reg28_unknown = choice(k, v, &["unknown", "strictest", "laxest"])?,
                "first_review" => p.first_review = choice(k, v, &["of_placement", "of_care"])?,
                "temporary_rules" => p.temporary_rules = choice(k, v, &["as_law", "ignore"])?,
                "temporary_placements" => p.temporary_placements = choice(k, v, &["exclude", "count"])?,
                _ => return Err(format!("policy: unknown key {key}")),
            }
        }
        Ok(p)
    }
}
