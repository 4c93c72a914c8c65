//! Eclipse.

use std::collections::BTreeSet;

use super::{ECLIPSE, EXTRACT, back, county, day, number, own, read, values};
use crate::sample::{Row, by};

/// The rows of a file.
fn eclipse(file: &str) -> Vec<Row> {
    read(&ECLIPSE, file)
}

#[test]
fn the_unborn_have_the_day_that_they_are_due_twice() {
    let people = eclipse("ssd_person");
    let mut unborn = 0;
    for (row, own) in people.iter().zip(&own("persons")) {
        if own["date_of_birth"].is_empty() && own["expected_date_of_birth"].as_str() > EXTRACT {
            assert_eq!(row["pers_dob"], own["expected_date_of_birth"]);
            assert_eq!(row["pers_expected_dob"], own["expected_date_of_birth"]);
            unborn += 1;
        } else {
            assert_eq!(row["pers_dob"], own["date_of_birth"]);
            assert!(row["pers_expected_dob"].as_str() > EXTRACT || row["pers_expected_dob"].is_empty());
        }
    }
    assert!(unborn > 0);
    assert_eq!(values(&people, "pers_sex"), BTreeSet::from(["F", "M", "U"]));
    assert!(values(&people, "pers_ethnicity").contains("MWBa"));
    for (row, own) in people.iter().zip(&own("persons")) {
        assert_eq!(row["pers_sex"], own["sex"]);
        assert_eq!(row["pers_ethnicity"].to_uppercase(), own["ethnicity"]);
        assert_eq!(row["pers_send_flag"], "");
    }
    let checks = eclipse("ssd_cla_health");
    assert_eq!(
        values(&checks, "clah_health_check_type"),
        BTreeSet::from(["", "Dental check", "Health check"])
    );
}

#[test]
fn ids_are_put_together() {
    let referrals = eclipse("ssd_cin_episodes");
    assert_eq!(values(&referrals, "cine_referral_id").len(), own("referrals").len());
    assert!(referrals.iter().all(|row| row["cine_referral_id"].starts_with(row["cine_person_id"].as_str())));
    assert_eq!(values(&referrals, "cine_referral_team"), BTreeSet::from([""]));
    let known = values(&referrals, "cine_referral_id");
    for row in eclipse("ssd_cin_assessments").iter().filter(|row| !row["cina_referral_id"].is_empty()) {
        assert!(known.contains(row["cina_referral_id"].as_str()));
    }
    assert!(eclipse("ssd_s47_enquiry").iter().all(|row| !known.contains(row["s47e_referral_id"].as_str())));
    let conferences = eclipse("ssd_initial_cp_conference");
    for row in &conferences {
        assert_eq!(row["icpc_icpc_id"], format!("{}{}", row["icpc_icpc_meeting_id"], row["icpc_person_id"]));
    }
    assert_eq!(values(&conferences, "icpc_icpc_transfer_in"), BTreeSet::from(["N", "Y"]));
    let meetings = values(&conferences, "icpc_icpc_meeting_id");
    assert!(meetings.len() < conferences.len());
    let plans = eclipse("ssd_cp_plans");
    let made = plans.iter().filter(|row| !row["cppl_icpc_id"].is_empty());
    assert!(made.clone().count() > 100);
    assert!(made.clone().all(|row| meetings.contains(row["cppl_icpc_id"].as_str())));
    assert_eq!(values(&plans, "cppl_cp_plan_ola"), BTreeSet::from([""]));
}

#[test]
fn a_review_has_no_plan_while_it_is_open_and_every_fifth_no_id() {
    let plans = own("cp_plans");
    let plans = by(&plans, "cp_plan_id");
    let rows = eclipse("ssd_cp_reviews");
    for (row, own) in rows.iter().zip(&own("cp_reviews")) {
        let plan = plans[own["cp_plan_id"].as_str()][0];
        assert_eq!(row["cppr_cp_plan_id"].is_empty(), plan["end_date"].is_empty());
        assert_eq!(row["cppr_cp_review_id"].is_empty(), number(&own["cp_review_id"]).is_multiple_of(5));
        assert!(!row["cppr_cp_review_meeting_id"].is_empty());
    }
    assert_eq!(values(&rows, "cppr_cp_review_quorate"), BTreeSet::from(["Y"]));
    assert!(values(&rows, "cppr_cp_plan_id").contains(""));
    let rows = eclipse("ssd_cla_reviews");
    assert_eq!(values(&rows, "clar_cla_review_cancelled"), BTreeSet::from(["N"]));
    for (row, own) in rows.iter().zip(&own("cla_reviews")) {
        let is_held = own["cancelled"] != "true";
        assert_eq!(day(&row["clar_cla_review_date"]), if is_held { own["date"].as_str() } else { "" });
        assert_eq!(row["clar_cla_review_id"].is_empty(), number(&own["cla_review_id"]).is_multiple_of(5));
    }
}

#[test]
fn a_placement_is_an_address() {
    let own = own("cla_placements");
    let rows = eclipse("ssd_cla_placement");
    let homes = by(&rows, "clap_cla_placement_id");
    for (row, own) in rows.iter().zip(&own) {
        let home = back(&row["clap_cla_placement_id"]);
        let told = if own["carer_id"].is_empty() { &own["placement_id"] } else { &own["carer_id"] };
        assert_eq!(home, number(told));
        assert_eq!(row["clap_cla_placement_distance"], own["distance_miles"]);
    }
    let children =
        |rows: &[&Row]| rows.iter().map(|row| row["clap_person_id"].clone()).collect::<BTreeSet<_>>();
    assert!(homes.values().any(|rows| children(rows).len() > 1));
    assert!(homes.values().any(|rows| children(rows).len() < rows.len()));
    for row in eclipse("ssd_cla_episodes") {
        assert!(
            row["clae_cla_placement_id"].is_empty()
                || homes.contains_key(row["clae_cla_placement_id"].as_str())
        );
    }
}

#[test]
fn care_plans_are_a_row_of_nulls() {
    let rows = eclipse("ssd_cla_care_plan");
    assert!(rows.len() == 1 && rows[0].values().all(String::is_empty));
}

#[test]
fn legal_statuses_are_texts_and_care_leavers_codes_or_texts() {
    let statuses = eclipse("ssd_legal_status");
    assert!(values(&statuses, "lega_legal_status").contains("Full care order"));
    let rows = eclipse("ssd_care_leavers");
    let eligibilities = values(&rows, "clea_care_leaver_eligibility");
    assert!(eligibilities.contains("FR") && eligibilities.contains("Former Relevant"), "{eligibilities:?}");
    let activities = values(&rows, "clea_care_leaver_activity");
    assert!(activities.len() > 1 && activities.iter().all(|code| code.is_empty() || code.len() == 2));
    let repeated = by(&rows, "clea_table_id");
    assert!(repeated.values().any(|rows| rows.len() == 2 && rows[0] == rows[1]));
}

#[test]
fn workers_and_involvements_are_repeated() {
    let workers = eclipse("ssd_professionals");
    let ids = values(&workers, "prof_professional_id");
    assert!(ids.len() == own("workers").len() && ids.len() < workers.len());
    let filled = workers.iter().flat_map(|row| row.values()).filter(|value| !value.is_empty()).count();
    assert_eq!(filled, workers.len());
    let rows = eclipse("ssd_involvements");
    let twice = rows.len() - own("involvements").len();
    assert!(twice > 100 && values(&rows, "invo_involvements_id").len() == own("involvements").len());
    assert!(values(&rows, "invo_professional_role_id").contains("ALLOCATEDWORKER"));
}

#[test]
fn losses_are_open_assessments_visits_statuses_and_types() {
    let lossy = county(&["--ssd", "eclipse", "--losses"]);
    assert!(
        read(&lossy, "ssd_cin_assessments").iter().all(|row| !row["cina_assessment_auth_date"].is_empty())
    );
    let plans = own("cin_plans");
    let plans = by(&plans, "person_id");
    let visits = read(&lossy, "ssd_cin_visits");
    for row in &visits {
        let person = format!("P{:06}", back(&row["cinv_person_id"]));
        let date = day(&row["cinv_cin_visit_date"]);
        let is_within = |plan: &&&Row| {
            !plan["end_date"].is_empty()
                && plan["start_date"].as_str() <= date
                && date <= plan["end_date"].as_str()
        };
        assert!(plans[person.as_str()].iter().any(|plan| is_within(&plan)), "{row:?}");
    }
    assert!(visits.len() < own("cin_visits").len());
    let statuses = read(&lossy, "ssd_legal_status");
    let pairs: BTreeSet<(&str, &str)> = statuses
        .iter()
        .map(|row| (row["lega_person_id"].as_str(), row["lega_legal_status"].as_str()))
        .collect();
    assert!(pairs.len() == statuses.len() && statuses.len() < own("legal_statuses").len());
    let types = read(&lossy, "ssd_cla_placement");
    let types = values(&types, "clap_cla_placement_type");
    assert!(types.contains("") && types.contains("DQ") && types.contains("U4"));
    assert!(!types.contains("U5") && !types.contains("T1"));
    let permanence = read(&lossy, "ssd_permanence");
    for row in &permanence {
        let filled = row.iter().filter(|(_, value)| !value.is_empty());
        assert!(
            filled
                .map(|(name, _)| name.as_str())
                .all(|name| { matches!(name, "perm_table_id" | "perm_person_id" | "perm_cla_id") })
        );
    }
    let visits = read(&lossy, "ssd_cp_visits");
    assert_eq!(values(&visits, "cppv_cp_visit_seen_alone"), BTreeSet::from(["N", "Y"]));
}
