//! What holds of what is on record beside the journeys: who the children are, who went missing, health and schools.

use std::collections::BTreeSet;

use crate::laws::table;
use crate::sample::{Row, by, days, end};

/// The values of a column, each once.
fn values<'a>(rows: &'a [Row], column: &str) -> BTreeSet<&'a str> {
    rows.iter().map(|row| row[column].as_str()).collect()
}

#[test]
fn every_child_has_a_sex_that_is_unknown_only_before_birth() {
    let persons = table("persons");
    assert_eq!(values(&persons, "sex"), BTreeSet::from(["F", "M", "U"]));
    for person in &persons {
        let is_unborn = person["date_of_birth"].is_empty() && !person["expected_date_of_birth"].is_empty();
        assert!(person["sex"] != "U" || is_unborn, "{person:?}");
    }
}

#[test]
fn what_nobody_recorded_is_null_now_and_then() {
    let persons = table("persons");
    for column in ["ethnicity", "disability", "sen", "area"] {
        let nulls = persons.iter().filter(|person| person[column].is_empty()).count();
        assert!(nulls > 0 && nulls * 15 < persons.len(), "{column}: {nulls}");
    }
    assert_eq!(values(&persons, "area").len(), 7);
    assert!(values(&persons, "ethnicity").len() > 18);
}

#[test]
fn short_breaks_are_for_disabled_children() {
    let persons = table("persons");
    let persons = by(&persons, "person_id");
    let statuses = table("legal_statuses");
    let breaks = statuses.iter().filter(|row| row["legal_status"] == "V3");
    for row in breaks {
        assert_ne!(persons[row["person_id"].as_str()][0]["disability"], "false", "{row:?}");
    }
}

#[test]
fn a_child_is_back_before_it_goes_missing_again() {
    let episodes = table("missing_episodes");
    let mut again = 0;
    for (child, mut rows) in by(&episodes, "person_id") {
        rows.sort_by_key(|row| &row["start_date"]);
        again += rows.len() - 1;
        for pair in rows.windows(2) {
            assert!(end(pair[0]) < pair[1]["start_date"].as_str(), "{child} {pair:?}");
        }
    }
    assert!(episodes.len() > 300 && again > 150, "{} {again}", episodes.len());
}

#[test]
fn who_goes_missing_is_in_care_or_has_a_plan() {
    let tables = ["cla_episodes", "cp_plans", "cin_plans"].map(table);
    let spells = tables.each_ref().map(|rows| by(rows, "person_id"));
    let mut from_care = 0;
    for row in table("missing_episodes") {
        let (child, gone) = (row["person_id"].as_str(), row["start_date"].as_str());
        let is_within = |spell: &&Row| spell["start_date"].as_str() <= gone && gone < end(spell);
        let within =
            spells.each_ref().map(|spells| spells.get(child).is_some_and(|rows| rows.iter().any(&is_within)));
        assert!(within.contains(&true), "{row:?}");
        from_care += usize::from(within[0]);
    }
    assert!(from_care > 250, "{from_care}");
}

#[test]
fn an_interview_follows_the_return_and_the_offer() {
    let mut by_outcome = [0; 3];
    for row in table("missing_episodes") {
        let (back, offered, held) = (end(&row), &row["interview_offered_date"], &row["interview_date"]);
        assert!(offered.is_empty() || back <= offered.as_str(), "{row:?}");
        assert!(held.is_empty() || offered <= held && row["interview_accepted"] == "true", "{row:?}");
        assert!(!offered.is_empty() || held.is_empty() && row["interview_accepted"].is_empty(), "{row:?}");
        by_outcome[if held.is_empty() { 2 } else { usize::from(days(back, held) > 3) }] += 1;
    }
    assert!(by_outcome.iter().all(|count| *count > 50), "in time, late, none: {by_outcome:?}");
}

#[test]
fn the_health_of_a_child_is_looked_after_in_care() {
    let episodes = table("cla_episodes");
    let episodes = by(&episodes, "person_id");
    let checks = table("cla_health");
    for check in &checks {
        let is_within =
            |spell: &&Row| spell["start_date"] < check["date"] && check["date"].as_str() <= end(spell);
        let of_child = &episodes[check["person_id"].as_str()];
        assert!(of_child.iter().any(is_within), "{check:?}");
    }
    let kinds = ["", "Dental check", "Initial health assessment", "Review health assessment"];
    assert_eq!(values(&checks, "type"), BTreeSet::from(kinds));
}

#[test]
fn schools_follow_one_another_from_september() {
    let groups = table("person_groups");
    assert_eq!(values(&groups, "dimension"), BTreeSet::from(["school"]));
    let mut followed = 0;
    for (child, rows) in by(&groups, "person_id") {
        assert!(rows[0]["start_date"].ends_with("-09-01"), "{child}");
        for pair in rows.windows(2) {
            assert_eq!(pair[0]["end_date"], pair[1]["start_date"], "{child}");
            followed += 1;
        }
    }
    assert!(followed > 30, "{followed}");
}

#[test]
fn what_decides_how_often_the_law_has_a_child_visited_is_on_record() {
    let placements = table("cla_placements");
    for column in ["temporary_approval", "before_assessment", "lives_with_parent", "arranged_by_other"] {
        assert!(values(&placements, column).len() >= 2, "{column}");
    }
    for row in placements.iter().filter(|row| !row["visits_agreed_date"].is_empty()) {
        assert!(row["long_term"] == "true" && days(&row["start_date"], &row["visits_agreed_date"]) > 365);
        assert!(row["visits_agreed_date"].as_str() < end(row), "{row:?}");
    }
    assert!(values(&placements, "visits_agreed_date").len() > 10);
    assert_eq!(values(&table("cla_visits"), "mode"), BTreeSet::from(["", "in_person", "remote"]));
}
