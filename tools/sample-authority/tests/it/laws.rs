//! What holds in every invented authority without faults: each event follows from another, and dates from dates.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use csc_measures::tables::Table;
use csc_measures_files::read_folder;
use tempfile::TempDir;

use crate::sample::{Row, by, days, end, generate, rows, tables};

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    generate(&["--children", "6000", "--seed", "11", "--clean"], folder.path()).unwrap();
    folder
});

pub(crate) fn table(name: &str) -> Vec<Row> {
    rows(folder(), name).unwrap()
}

fn folder() -> &'static Path {
    FOLDER.path()
}

/// What begins before this day may rest on something from before the record.
const SETTLED: &str = "2014-07-01";
const EXTRACT: &str = "2020-03-31";

/// The visits of a table fall within intervals of another of the same child.
fn visits_fall_within(visits: &str, intervals: &str) {
    let intervals = table(intervals);
    let intervals = by(&intervals, "person_id");
    for visit in table(visits) {
        let date = visit["date"].as_str();
        let of_child = &intervals[visit["person_id"].as_str()];
        assert!(
            of_child.iter().any(|row| row["start_date"].as_str() <= date && date <= end(row)),
            "{visits} {visit:?}"
        );
    }
}

#[test]
fn without_faults_there_is_no_issue() {
    assert!(read_folder(folder()).unwrap().issues().is_empty());
}

#[test]
fn an_assessment_follows_its_referral() {
    let referrals = table("referrals");
    let referrals = by(&referrals, "referral_id");
    let mut linked = 0;
    for assessment in table("assessments") {
        let Some(referral) = referrals.get(assessment["referral_id"].as_str()) else {
            assert_eq!(assessment["referral_id"], "");
            continue;
        };
        assert_eq!(referral[0]["person_id"], assessment["person_id"]);
        assert!(referral[0]["referral_date"] <= assessment["start_date"], "{assessment:?}");
        linked += 1;
    }
    assert!(linked > 5000, "{linked}");
}

#[test]
fn a_referral_is_closed_after_it_was_made() {
    for referral in table("referrals") {
        let closed = &referral["close_date"];
        assert!(closed.is_empty() || *closed >= referral["referral_date"], "{referral:?}");
        assert!(!closed.is_empty() || referral["close_reason"].is_empty(), "{referral:?}");
    }
}

#[test]
fn an_enquiry_begins_at_a_strategy_discussion() {
    let key = |row: &Row, date: &str| (row["person_id"].clone(), row[date].clone());
    let discussions: BTreeSet<_> = table("strategy_discussions").iter().map(|row| key(row, "date")).collect();
    let enquiries = table("section_47_enquiries");
    assert!(enquiries.len() < discussions.len());
    for enquiry in &enquiries {
        assert!(discussions.contains(&key(enquiry, "start_date")), "{enquiry:?}");
    }
}

#[test]
fn a_conference_follows_an_enquiry_about_the_child() {
    let enquiries = table("section_47_enquiries");
    let by_id = by(&enquiries, "s47_enquiry_id");
    let by_child = by(&enquiries, "person_id");
    for conference in table("initial_conferences") {
        let date = conference["date"].as_str();
        if let Some(enquiry) = by_id.get(conference["s47_enquiry_id"].as_str()) {
            assert_eq!(enquiry[0]["person_id"], conference["person_id"]);
        }
        if date < SETTLED || conference["transfer_in"] == "true" {
            continue;
        }
        let follows = by_child[conference["person_id"].as_str()]
            .iter()
            .any(|enquiry| (0..=60).contains(&days(&enquiry["start_date"], date)));
        assert!(follows, "{conference:?}");
    }
}

#[test]
fn a_child_protection_plan_starts_at_a_conference() {
    let conferences = table("initial_conferences");
    let conferences = by(&conferences, "person_id");
    for plan in table("cp_plans") {
        let start = plan["start_date"].as_str();
        if start < SETTLED || plan["other_authority"] == "true" {
            continue;
        }
        let held = &conferences[plan["person_id"].as_str()];
        let conference = held.iter().find(|conference| conference["date"] == start);
        assert_eq!(conference.unwrap()["transfer_in"], plan["transfer_in"], "{plan:?}");
    }
}

#[test]
fn child_protection_plans_follow_one_another() {
    for (child, mut plans) in by(&table("cp_plans"), "person_id") {
        plans.sort_by_key(|plan| &plan["start_date"]);
        for pair in plans.windows(2) {
            assert!(end(pair[0]) <= pair[1]["start_date"].as_str(), "{child}");
        }
    }
}

#[test]
fn a_review_belongs_to_a_plan_that_runs() {
    let plans = table("cp_plans");
    let plans = by(&plans, "cp_plan_id");
    for review in table("cp_reviews") {
        let plan = plans[review["cp_plan_id"].as_str()][0];
        assert_eq!(plan["person_id"], review["person_id"]);
        let date = &review["date"];
        assert!(date.is_empty() || *date > plan["start_date"] && date.as_str() <= end(plan), "{review:?}");
    }
}

#[test]
fn visits_fall_within_what_they_are_for() {
    visits_fall_within("cp_visits", "cp_plans");
    visits_fall_within("cin_visits", "cin_plans");
    visits_fall_within("cla_visits", "cla_episodes");
}

/// Rows in order, each from the day the one before ended.
fn chain(mut rows: Vec<&Row>) -> (&str, &str) {
    rows.sort_by_key(|row| (&row["start_date"], end(row)));
    for pair in rows.windows(2) {
        assert_eq!(pair[0]["end_date"], pair[1]["start_date"], "{pair:?}");
    }
    (&rows[0]["start_date"], end(rows[rows.len() - 1]))
}

#[test]
fn episodes_and_placements_fill_the_period_of_care() {
    let placements = table("cla_placements");
    let by_period = by(&placements, "cla_id");
    let by_id = by(&placements, "placement_id");
    for (period, episodes) in by(&table("cla_episodes"), "cla_id") {
        assert_eq!(chain(episodes.clone()), chain(by_period[period].clone()), "{period}");
        for episode in &episodes {
            let placement = by_id[episode["placement_id"].as_str()][0];
            assert_eq!(placement["cla_id"], episode["cla_id"]);
            assert!(placement["start_date"] <= episode["start_date"] && end(episode) <= end(placement));
        }
        let first = episodes.iter().filter(|episode| episode["start_reason"] == "S").count();
        assert_eq!(first, 1, "{period}");
        for episode in &episodes {
            let goes_on = episodes.iter().any(|next| next["start_date"] == episode["end_date"]);
            assert_eq!(episode["end_reason"] == "X1", goes_on, "{episode:?}");
        }
    }
}

#[test]
fn every_day_in_care_has_a_legal_status() {
    let statuses = table("legal_statuses");
    let statuses = by(&statuses, "person_id");
    for (period, episodes) in by(&table("cla_episodes"), "cla_id") {
        let (from, to) = chain(episodes.clone());
        let of_child = &statuses[episodes[0]["person_id"].as_str()];
        let within: Vec<&Row> = of_child
            .iter()
            .copied()
            .filter(|row| row["start_date"].as_str() >= from && row["start_date"].as_str() < to)
            .collect();
        assert_eq!(chain(within), (from, to), "{period}");
    }
}

#[test]
fn a_review_of_care_falls_within_the_care() {
    let episodes = table("cla_episodes");
    let episodes = by(&episodes, "cla_id");
    for review in table("cla_reviews") {
        let (from, to) = chain(episodes[review["cla_id"].as_str()].clone());
        let date = review["date"].as_str();
        let is_held = !date.is_empty() && review["cancelled"] != "true";
        assert!(!is_held || from < date && date <= to, "{review:?}");
    }
}

#[test]
fn the_law_follows_the_order_of_the_court() {
    let statuses = table("legal_statuses");
    let statuses = by(&statuses, "person_id");
    let mut followed = 0;
    for application in table("final_order_applications") {
        let law = match application["order_made"].as_str() {
            "care_order" => "C2",
            "placement_order" => "E1",
            _ => continue,
        };
        let decided = application["decided_date"].as_str();
        for status in &statuses[application["person_id"].as_str()] {
            if status["start_date"] == decided {
                assert_eq!(status["legal_status"], law, "{application:?}");
                followed += 1;
            }
        }
    }
    assert!(followed > 50, "{followed}");
}

#[test]
fn an_adopted_child_was_placed_and_has_an_order() {
    let orders = table("permanence");
    let orders = by(&orders, "person_id");
    let mut adopted = 0;
    for episode in table("cla_episodes") {
        if matches!(episode["end_reason"].as_str(), "E11" | "E12") {
            let of_child = &orders[episode["person_id"].as_str()];
            let has_order = of_child
                .iter()
                .any(|row| row["order_date"] == episode["end_date"] && row["order_type"] == "Adoption order");
            assert!(has_order, "{episode:?}");
            adopted += 1;
        }
    }
    assert!(adopted > 20, "{adopted}");
}

#[test]
fn who_seeks_asylum_alone_comes_into_care_that_day() {
    let episodes = table("cla_episodes");
    let episodes = by(&episodes, "person_id");
    for status in table("immigration_statuses") {
        let of_child = &episodes[status["person_id"].as_str()];
        assert!(
            of_child
                .iter()
                .any(|row| row["start_reason"] == "S" && row["start_date"] == status["start_date"])
        );
    }
}

#[test]
fn nothing_happens_to_a_child_who_has_died() {
    let deaths: BTreeMap<String, String> = table("persons")
        .into_iter()
        .filter(|person| !person["date_of_death"].is_empty())
        .map(|mut person| (person.remove("person_id").unwrap(), person.remove("date_of_death").unwrap()))
        .collect();
    assert!(deaths.len() >= 2);
    for name in tables().map(Table::name) {
        // An audit looks back at a case, whatever became of the child.
        if name == "audits" || name == "permanence" {
            continue;
        }
        for row in table(name) {
            let Some(died) = row.get("person_id").and_then(|child| deaths.get(child)) else { continue };
            for column in ["date", "start_date", "referral_date", "end_date", "completed_date"] {
                let date = row.get(column).filter(|date| !date.is_empty());
                assert!(date.is_none_or(|date| date <= died), "{name} {row:?} {died}");
            }
        }
    }
}

#[test]
fn nobody_sees_a_child_before_birth() {
    let persons = table("persons");
    let persons = by(&persons, "person_id");
    for name in ["cp_visits", "cin_visits", "cla_visits"] {
        for visit in table(name).iter().filter(|visit| visit["seen"] == "true") {
            let born = &persons[visit["person_id"].as_str()][0]["date_of_birth"];
            assert!(*born <= visit["date"], "{name} {visit:?}");
        }
    }
}

#[test]
fn a_worker_has_children_only_while_in_post() {
    let workers = table("workers");
    let workers = by(&workers, "worker_id");
    for involvement in table("involvements") {
        let worker = workers[involvement["worker_id"].as_str()][0];
        assert!(worker["start_date"] <= involvement["start_date"], "{involvement:?}");
        let is_open = involvement["end_date"].is_empty();
        assert!(is_open || involvement["end_date"].as_str() <= end(worker), "{involvement:?}");
    }
}

#[test]
fn an_audit_is_of_a_child_who_is_known_by_then() {
    let mut since: BTreeMap<String, String> = BTreeMap::new();
    for (name, column) in [
        ("referrals", "referral_date"),
        ("assessments", "start_date"),
        ("cp_plans", "start_date"),
        ("cin_plans", "start_date"),
        ("cla_episodes", "start_date"),
        ("care_leavers", "start_date"),
    ] {
        for mut row in table(name) {
            let date = row.remove(column).unwrap();
            let first = since.entry(row.remove("person_id").unwrap()).or_insert_with(|| date.clone());
            *first = date.min(first.clone());
        }
    }
    let audits = table("audits");
    assert!(audits.iter().filter(|audit| !audit["person_id"].is_empty()).count() > 100);
    for audit in audits.iter().filter(|audit| !audit["completed_date"].is_empty()) {
        let child = audit["person_id"].as_str();
        assert!(child.is_empty() || since[child] <= audit["completed_date"], "{audit:?}");
    }
}

#[test]
fn a_step_from_early_help_is_a_referral() {
    let key = |row: &Row, date: &str| (row["person_id"].clone(), row[date].clone());
    let referrals: BTreeSet<_> = table("referrals").iter().map(|row| key(row, "referral_date")).collect();
    for step in table("step_transfers").iter().filter(|step| step["direction"] == "to_social_care") {
        assert!(referrals.contains(&key(step, "date")), "{step:?}");
    }
}

#[test]
fn brothers_and_sisters_share_conferences_and_homes() {
    let shared = |rows: &[Row], keys: [&str; 2]| {
        let mut groups: BTreeMap<Vec<&str>, BTreeSet<&str>> = BTreeMap::new();
        for row in rows.iter().filter(|row| keys.iter().all(|key| !row[*key].is_empty())) {
            let key = keys.iter().map(|key| row[*key].as_str()).collect();
            groups.entry(key).or_default().insert(&row["person_id"]);
        }
        groups.values().filter(|children| children.len() > 1).count()
    };
    assert!(shared(&table("initial_conferences"), ["date", "decision_date"]) > 100);
    assert!(shared(&table("cla_placements"), ["carer_id", "start_date"]) > 15);
}

#[test]
fn only_what_is_planned_lies_ahead() {
    for name in tables().map(Table::name) {
        for row in table(name) {
            for (column, value) in &row {
                let may_lie_ahead = match name {
                    "persons" => column == "expected_date_of_birth",
                    "cp_reviews" | "cla_reviews" | "initial_conferences" => column == "date",
                    "workers" => column == "end_date" || column == "asye_end_date",
                    _ => false,
                };
                let is_date =
                    column.ends_with("date") || ["last_reviewed", "retired_on"].contains(&&**column);
                assert!(may_lie_ahead || !is_date || value.as_str() <= EXTRACT, "{name} {row:?}");
            }
        }
    }
}
