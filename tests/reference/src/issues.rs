//! Issues that need more than one row.

use crate::facts::{all_periods, open_at};
use crate::input::{Data, Issue, Row};
use crate::schema::TABLES;
use std::collections::BTreeSet;

const REFERENCES: [(&str, &str, &str, &str); 11] = [
    ("assessments", "referral_id", "referrals", "referral_id"),
    ("section_47_enquiries", "referral_id", "referrals", "referral_id"),
    ("initial_conferences", "s47_enquiry_id", "section_47_enquiries", "s47_enquiry_id"),
    ("cp_reviews", "cp_plan_id", "cp_plans", "cp_plan_id"),
    ("cla_episodes", "placement_id", "cla_placements", "placement_id"),
    ("cla_placements", "cla_id", "cla_episodes", "cla_id"),
    ("cla_reviews", "cla_id", "cla_episodes", "cla_id"),
    ("permanence", "cla_id", "cla_episodes", "cla_id"),
    ("involvements", "worker_id", "workers", "worker_id"),
    ("exit_interviews", "worker_id", "workers", "worker_id"),
    ("final_order_applications", "case_id", "care_proceedings", "case_id"),
];

fn add(issues: &mut Vec<Issue>, table: &str, row: &Row, column: &str, code: &'static str) {
    let index = TABLES.iter().position(|t| t.name == table).unwrap();
    let def = &TABLES[index];
    let at = def.columns.iter().position(|c| c.name == column).unwrap();
    let key = def.columns.iter().find(|c| c.unique);
    let record = key.and_then(|c| row.text(c.name)).map(str::to_string);
    issues.push(Issue { table: index, row: row.number, column: at, record, code });
}

/// Whether a held review of a plan lies in no span of its plan.
fn cp_review_out(data: &Data, review: &Row) -> bool {
    let Some(held) = review.date("date") else { return false };
    if !data.is_given("cp_plans") {
        return false;
    }
    match data.find("cp_plans", "cp_plan_id", review.id("cp_plan_id")) {
        None => true,
        Some(plan) if plan.flag("other_authority") == Some(true) => false,
        Some(plan) => held <= plan.day("start_date") || plan.date("end_date").is_some_and(|e| held > e),
    }
}

/// Whether a held review of a care period lies in no span of its cla_id.
fn cla_review_out(data: &Data, review: &Row) -> bool {
    let Some(held) = review.date("date") else { return false };
    if review.flag("cancelled") == Some(true) || !data.is_given("cla_episodes") {
        return false;
    }
    let mut periods = all_periods(data);
    periods.retain(|p| p.cla_id == review.id("cla_id"));
    let known = !periods.is_empty();
    periods.retain(|p| p.anchor.is_some());
    // READING: beside periods with an anchor, one without an anchor does not excuse a review.
    if known && periods.is_empty() {
        return false;
    }
    !periods.iter().any(|p| p.anchor.is_some_and(|a| held > a) && p.end.is_none_or(|e| held <= e))
}

fn overlaps(data: &Data, plan: &Row) -> bool {
    plan.flag("other_authority") != Some(true)
        && data.rows("cp_plans").iter().any(|other| {
            other.number != plan.number
                && other.id("person_id") == plan.id("person_id")
                && other.flag("other_authority") != Some(true)
                && open_at(other, plan.day("start_date"))
        })
}

pub(crate) fn find(data: &Data, issues: &mut Vec<Issue>) {
    if data.is_given("persons") {
        for def in TABLES.iter().filter(|t| t.name != "persons") {
            let mut told: BTreeSet<&str> = BTreeSet::new();
            if !def.columns.iter().any(|c| c.name == "person_id") {
                continue;
            }
            for row in data.rows(def.name) {
                if let Some(id) = row.text("person_id")
                    && data.find("persons", "person_id", id).is_none()
                    && told.insert(id)
                {
                    add(issues, def.name, row, "person_id", "unknown_person");
                }
            }
        }
    }
    for (table, column, other, key) in REFERENCES {
        if !data.is_given(other) {
            continue;
        }
        for row in data.rows(table) {
            if let Some(id) = row.text(column)
                && data.find(other, key, id).is_none()
            {
                add(issues, table, row, column, "dangling_reference");
            }
        }
    }
    for row in data.rows("cp_reviews") {
        if cp_review_out(data, row) {
            add(issues, "cp_reviews", row, "date", "review_out_of_chain");
        }
    }
    for row in data.rows("cla_reviews") {
        if cla_review_out(data, row) {
            add(issues, "cla_reviews", row, "date", "review_out_of_chain");
        }
    }
    for row in data.rows("cp_plans") {
        if overlaps(data, row) {
            add(issues, "cp_plans", row, "start_date", "overlapping_plans");
        }
    }
}
