//! Mosaic.

use std::collections::{BTreeMap, BTreeSet};

use super::{MOSAIC, back, by_number, county, day, header, number, own, read, values};
use crate::sample::{Row, by, days};

/// The rows of a file.
fn mosaic(file: &str) -> Vec<Row> {
    read(&MOSAIC, file)
}

/// Whether a file has a column.
fn has(file: &str, column: &str) -> bool {
    header(MOSAIC.path(), file).iter().any(|name| name == column)
}

#[test]
fn columns_that_the_scripts_leave_out_are_not_there() {
    for (file, column) in [
        ("ssd_person", "pers_legacy_id"),
        ("ssd_cp_visits", "cppv_person_id"),
        ("ssd_cin_visits", "cinv_person_id"),
        ("ssd_cla_placement", "clap_person_id"),
        ("ssd_involvements", "invo_person_id"),
        ("ssd_cin_plans", "cinp_cin_plan_id"),
        ("ssd_cla_care_plan", "lacp_table_id"),
        ("ssd_care_leavers", "clea_table_id"),
    ] {
        assert!(!has(file, column), "{column}");
    }
    assert!(has("ssd_cla_reviews", "clar_person_id") && has("ssd_cla_reviews", "clar_cla_person_id"));
    assert_eq!(values(&mosaic("ssd_person"), "pers_sex"), BTreeSet::from(["Female", "Male", "Not known"]));
    assert!(values(&mosaic("ssd_person"), "pers_ethnicity").contains("White and Black Caribbean"));
    assert_eq!(
        values(&mosaic("ssd_missing"), "miss_missing_rhi_accepted"),
        BTreeSet::from(["", "N", "NA", "Y"])
    );
    assert!(mosaic("ssd_department").is_empty());
    let statuses = mosaic("ssd_immigration_status");
    assert_eq!(statuses[0]["immi_immigration_status"], "Unaccompanied asylum seeker");
}

/// Checks that some ids are those of several children, who follow one another and whose rows are otherwise alike.
fn assert_shared(file: &str, id: &str, person: &str, alike: &[&str]) {
    let rows = mosaic(file);
    let mut shared = 0;
    for (step, rows) in by(&rows, id).into_iter().filter(|(step, rows)| !step.is_empty() && rows.len() > 1) {
        let people: Vec<u64> = rows.iter().map(|row| back(&row[person])).collect();
        assert!(people.windows(2).all(|pair| pair[0] + 1 == pair[1]), "{file} {step}: {people:?}");
        for column in alike {
            assert_eq!(
                rows.iter().map(|row| &row[*column]).collect::<BTreeSet<_>>().len(),
                1,
                "{file} {step}"
            );
        }
        shared += rows.len();
    }
    assert!(shared * 20 > rows.len(), "{file}: {shared} of {}", rows.len());
}

#[test]
fn brothers_and_sisters_share_ids() {
    assert_shared(
        "ssd_cin_episodes",
        "cine_referral_id",
        "cine_person_id",
        &["cine_referral_date", "cine_referral_team"],
    );
    assert_shared("ssd_s47_enquiry", "s47e_s47_enquiry_id", "s47e_person_id", &["s47e_s47_start_date"]);
    assert_shared("ssd_initial_cp_conference", "icpc_icpc_id", "icpc_person_id", &["icpc_icpc_date"]);
    assert_shared("ssd_cp_reviews", "cppr_cp_review_id", "cppr_person_id", &["cppr_cp_review_date"]);
    assert_shared("ssd_cla_reviews", "clar_cla_review_id", "clar_person_id", &["clar_cla_review_date"]);
    assert_shared(
        "ssd_cla_care_plan",
        "lacp_cla_care_plan_id",
        "lacp_person_id",
        &["lacp_cla_care_plan_start_date"],
    );
}

#[test]
fn what_refers_to_a_shared_id_has_it_too() {
    let referrals = mosaic("ssd_cin_episodes");
    let known: BTreeSet<(&str, &str)> = referrals
        .iter()
        .map(|row| (row["cine_referral_id"].as_str(), row["cine_person_id"].as_str()))
        .collect();
    for (file, referral, person) in [
        ("ssd_cin_assessments", "cina_referral_id", "cina_person_id"),
        ("ssd_s47_enquiry", "s47e_referral_id", "s47e_person_id"),
    ] {
        for row in mosaic(file).iter().filter(|row| !row[referral].is_empty()) {
            assert!(known.contains(&(row[referral].as_str(), row[person].as_str())), "{file} {row:?}");
        }
    }
    let conferences = mosaic("ssd_initial_cp_conference");
    let known: BTreeSet<(&str, &str)> = conferences
        .iter()
        .map(|row| (row["icpc_icpc_id"].as_str(), row["icpc_person_id"].as_str()))
        .collect();
    let plans = mosaic("ssd_cp_plans");
    let made: Vec<&Row> = plans.iter().filter(|row| !row["cppl_icpc_id"].is_empty()).collect();
    assert!(made.len() * 2 > plans.len());
    assert!(
        made.iter()
            .all(|row| known.contains(&(row["cppl_icpc_id"].as_str(), row["cppl_person_id"].as_str())))
    );
    assert_eq!(values(&plans, "cppl_cp_plan_ola"), BTreeSet::from([""]));
    assert_eq!(values(&conferences, "icpc_icpc_transfer_in"), BTreeSet::from(["", "Y"]));
}

#[test]
fn a_visit_is_a_step_and_a_person_and_leads_to_a_plan() {
    let plans = own("cp_plans");
    let plans = by_number(&plans, "cp_plan_id", number);
    let rows = mosaic("ssd_cp_visits");
    let (visits, started) = rows.split_at(own("cp_visits").len());
    for (row, own) in visits.iter().zip(&own("cp_visits")) {
        let (_, person) = row["cppv_cp_visit_id"].split_once('.').unwrap();
        assert_eq!(back(person), number(&own["person_id"]));
        assert_eq!(plans[&back(&row["cppv_cp_plan_id"])][0]["person_id"], own["person_id"]);
    }
    assert!(started.len() > 3 && started.iter().all(|row| row["cppv_cp_visit_date"].is_empty()));
    let people = mosaic("ssd_person");
    let people = values(&people, "pers_person_id");
    for row in mosaic("ssd_cin_visits") {
        let (step, person) = row["cinv_cin_visit_id"].split_once('.').unwrap();
        assert!(row["cinv_cin_plan_id"] == step && people.contains(person), "{row:?}");
    }
}

/// Checks that an end is the day before the next start of its group where there was no gap, and else as it was.
fn assert_inclusive(file: &str, columns: [&str; 2], table: &str, group: &str) {
    let own = own(table);
    let starts: BTreeSet<(&str, &str)> =
        own.iter().map(|row| (row[group].as_str(), row["start_date"].as_str())).collect();
    let mut earlier = 0;
    for (row, own) in mosaic(file).iter().zip(&own) {
        let (start, end) = (day(&row[columns[0]]), day(&row[columns[1]]));
        assert_eq!(start, own["start_date"]);
        if end == own["end_date"] {
            assert!(!starts.contains(&(own[group].as_str(), end)) || start == end, "{file} {own:?}");
        } else {
            assert_eq!(days(end, &own["end_date"]), 1, "{file} {own:?}");
            assert!(starts.contains(&(own[group].as_str(), own["end_date"].as_str())), "{file} {own:?}");
            earlier += 1;
        }
    }
    assert!(earlier > 100, "{file}: {earlier}");
}

#[test]
fn ends_are_the_last_day() {
    let episodes = ["clae_cla_episode_start_date", "clae_cla_episode_ceased_date"];
    assert_inclusive("ssd_cla_episodes", episodes, "cla_episodes", "cla_id");
    let placements = ["clap_cla_placement_start_date", "clap_cla_placement_end_date"];
    assert_inclusive("ssd_cla_placement", placements, "cla_placements", "cla_id");
    let statuses = ["lega_legal_status_start_date", "lega_legal_status_end_date"];
    assert_inclusive("ssd_legal_status", statuses, "legal_statuses", "person_id");
}

#[test]
fn a_review_that_was_cancelled_has_no_date() {
    let rows = mosaic("ssd_cla_reviews");
    let mut cancelled = 0;
    for (row, own) in rows.iter().zip(&own("cla_reviews")) {
        if row["clar_cla_review_cancelled"] == "Y" {
            assert!(row["clar_cla_review_date"].is_empty() && own["cancelled"] == "true");
            cancelled += 1;
        } else {
            assert_eq!(day(&row["clar_cla_review_date"]), own["date"]);
        }
    }
    assert!(cancelled > 50, "{cancelled}");
}

#[test]
fn placements_have_no_distance_and_codes_stay_codes() {
    let placements = mosaic("ssd_cla_placement");
    assert_eq!(values(&placements, "clap_cla_placement_distance"), BTreeSet::from([""]));
    let episodes = mosaic("ssd_cla_episodes");
    assert!(values(&episodes, "clae_cla_episode_ceased_reason").contains("X1"));
    assert!(values(&mosaic("ssd_legal_status"), "lega_legal_status").contains("V4"));
}

#[test]
fn care_leavers_have_letters_and_no_ids() {
    let rows = mosaic("ssd_care_leavers");
    assert_eq!(values(&rows, "clea_care_table_id"), BTreeSet::from([""]));
    assert!(values(&rows, "clea_care_leaver_eligibility").contains("b) Former relevant child"));
    assert!(values(&rows, "clea_care_leaver_eligibility").iter().all(|text| text.get(1..3) == Some(") ")));
    assert_eq!(by(&rows, "clea_person_id").len(), rows.len());
}

#[test]
fn permanence_tells_the_placement_and_no_day_of_guardianship() {
    let mut seen = BTreeMap::new();
    for (row, own) in mosaic("ssd_permanence").iter().zip(&own("permanence")) {
        let kind = row["perm_permanence_order_type"].clone();
        match row["perm_table_id"].split_once('.').unwrap() {
            ("SGO", _) => assert!(row["perm_permanence_order_date"].is_empty() && kind == "SGO"),
            ("ADP", _) => assert_eq!(day(&row["perm_permanence_order_date"]), own["order_date"]),
            other => panic!("{other:?}"),
        }
        match own["adopted_by_carer"].as_str() {
            "true" => assert_eq!(kind, "A5"),
            "false" => assert_eq!(kind, "A6"),
            _ => assert!(!kind.starts_with('A') || kind == "Adoption"),
        }
        assert!(row["perm_adopted_by_carer_flag"].is_empty());
        *seen.entry(kind).or_insert(0) += 1;
    }
    assert!(["A5", "A6", "SGO"].iter().all(|kind| seen.contains_key(*kind)), "{seen:?}");
}

#[test]
fn workers_have_staff_numbers_and_cases_referrals() {
    let workers = mosaic("ssd_professionals");
    assert_eq!(values(&workers, "prof_professional_id"), BTreeSet::from([""]));
    assert_eq!(values(&workers, "prof_full_time_equivalency"), BTreeSet::from([""]));
    assert_eq!(values(&workers, "prof_staff_id").len(), own("workers").len());
    let referrals = mosaic("ssd_cin_episodes");
    let referrals = by(&referrals, "cine_referral_id");
    let rows = mosaic("ssd_involvements");
    let mut named = 0;
    for (row, own) in
        rows.iter().zip(&own("involvements")).filter(|(row, _)| !row["invo_referral_id"].is_empty())
    {
        let people = &referrals[row["invo_referral_id"].as_str()];
        assert!(people.iter().any(|row| back(&row["cine_person_id"]) == number(&own["person_id"])));
        named += 1;
    }
    assert!(named < rows.len() && named * 2 > rows.len(), "{named} of {}", rows.len());
    let roles = values(&rows, "invo_professional_role_id");
    assert!(["REL.ALLWORK", "REL.ALLWORKCF"].iter().all(|role| roles.contains(role)), "{roles:?}");
    assert!(roles.iter().all(|role| role.starts_with("REL.")));
}

#[test]
fn losses_are_what_the_first_scripts_lack() {
    let lossy = county(&["--ssd", "mosaic", "--losses"]);
    assert!(!lossy.path().join("ssd_cla_visits.csv").exists());
    let has = |file: &str, column: &str| header(lossy.path(), file).iter().any(|name| name == column);
    assert!(!has("ssd_cin_episodes", "cine_close_date") && !has("ssd_cla_episodes", "clae_cla_placement_id"));
    let visitors = own("cp_plans").iter().filter(|row| row["other_authority"] == "true").count();
    assert_eq!(mosaic("ssd_cp_plans").len() - read(&lossy, "ssd_cp_plans").len(), visitors);
    let visits = read(&lossy, "ssd_cp_visits");
    assert_eq!(values(&visits, "cppv_cp_visit_seen_alone"), BTreeSet::from(["N", "Y"]));
    let statuses = read(&lossy, "ssd_immigration_status");
    assert_eq!(values(&statuses, "immi_immigration_status_start_date"), BTreeSet::from([""]));
    assert_eq!(by(&statuses, "immi_person_id").len(), statuses.len());
    assert!(read(&lossy, "ssd_professionals").len() < mosaic("ssd_professionals").len());
    let mut later = BTreeSet::new();
    for (row, own) in read(&lossy, "ssd_s47_enquiry").iter().zip(&own("section_47_enquiries")) {
        later.insert(days(&own["start_date"], day(&row["s47e_s47_start_date"])));
    }
    assert_eq!(later, BTreeSet::from([0, 1, 2, 3]));
}
