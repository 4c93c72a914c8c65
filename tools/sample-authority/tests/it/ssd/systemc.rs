//! SystemC.

use std::collections::{BTreeMap, BTreeSet};

use super::{OWN, SYSTEMC, TempDir, back, by_number, county, day, number, own, read, values};
use crate::sample::{Row, by, days};

/// The rows of a file.
fn systemc(file: &str) -> Vec<Row> {
    read(&SYSTEMC, file)
}

#[test]
fn a_legacy_id_is_the_id_of_somebody_else() {
    let people = systemc("ssd_person");
    assert_eq!(values(&people, "pers_legacy_id"), values(&people, "pers_person_id"));
    assert!(people.iter().all(|row| row["pers_legacy_id"] != row["pers_person_id"]));
    assert_eq!(values(&people, "pers_sex"), BTreeSet::from(["F", "M", "U"]));
    assert_eq!(values(&people, "pers_send_flag"), BTreeSet::from(["", "N", "Y"]));
    for (row, own) in people.iter().zip(&own("persons")) {
        assert_eq!((&row["pers_sex"], &row["pers_ethnicity"]), (&own["sex"], &own["ethnicity"]));
    }
}

#[test]
fn a_disability_has_a_row_and_its_absence_none() {
    let rows = systemc("ssd_disability");
    let persons = own("persons");
    let disabled: BTreeSet<u64> = persons
        .iter()
        .filter(|person| person["disability"] == "true")
        .map(|person| number(&person["person_id"]))
        .collect();
    let told: BTreeSet<u64> = rows.iter().map(|row| back(&row["disa_person_id"])).collect();
    assert_eq!(told, disabled);
    assert!(rows.len() > told.len() && !values(&rows, "disa_disability_code").contains("NONE"));
    assert_eq!(values(&rows, "disa_table_id").len(), rows.len());
}

#[test]
fn the_interview_after_a_return_has_answers_and_no_days() {
    for (row, own) in systemc("ssd_missing").iter().zip(&own("missing_episodes")) {
        let is_offered = !own["interview_offered_date"].is_empty();
        assert_eq!(row["miss_missing_rhi_offered"], if is_offered { "Y" } else { "N" });
        let accepted = match own["interview_accepted"].as_str() {
            "true" => "Y",
            "false" => "N",
            _ => "",
        };
        assert_eq!(row["miss_missing_rhi_accepted"], accepted);
        assert_eq!(day(&row["miss_missing_episode_end_date"]), own["end_date"]);
    }
}

#[test]
fn an_estimated_birth_stands_with_the_expected_ones() {
    let alone = own("immigration_statuses");
    let alone = by(&alone, "person_id");
    let mut estimated = 0;
    for (row, own) in systemc("ssd_person").iter().zip(&own("persons")) {
        let (born, expected) = (day(&row["pers_dob"]), day(&row["pers_expected_dob"]));
        if own["date_of_birth"].is_empty() || born == own["date_of_birth"] {
            assert_eq!(
                (born, expected),
                (own["date_of_birth"].as_str(), own["expected_date_of_birth"].as_str())
            );
            assert!(!alone.contains_key(own["person_id"].as_str()), "{own:?}");
        } else {
            assert_eq!((born, expected), ("", own["date_of_birth"].as_str()));
            estimated += 1;
        }
    }
    let others = estimated - alone.len();
    assert!((10..60).contains(&others), "{others} besides {}", alone.len());
}

#[test]
fn dates_have_thousandths_and_flags_a_blank() {
    let visits = systemc("ssd_cp_visits");
    assert!(visits.iter().all(|row| row["cppv_cp_visit_date"].ends_with(" 00:00:00.000")));
    assert_eq!(values(&visits, "cppv_cp_visit_seen"), BTreeSet::from(["", "N ", "Y "]));
    assert_eq!(values(&systemc("ssd_cp_plans"), "cppl_cp_plan_ola"), BTreeSet::from(["N", "Y"]));
    assert_eq!(
        values(&systemc("ssd_initial_cp_conference"), "icpc_icpc_transfer_in"),
        BTreeSet::from(["N", "Y"])
    );
    assert_eq!(values(&systemc("ssd_cin_visits"), "cinv_cin_visit_seen"), BTreeSet::from(["", "N", "Y"]));
}

#[test]
fn one_file_has_dates_day_first_and_one_the_word_null() {
    for (row, own) in systemc("ssd_cp_reviews").iter().zip(&own("cp_reviews")) {
        let parts: Vec<&str> = own["date"].split('-').rev().collect();
        assert_eq!(row["cppr_cp_review_date"], parts.join("/"));
    }
    let plans = systemc("ssd_cin_plans");
    assert!(values(&plans, "cinp_cin_plan_end_date").contains("NULL"));
    assert!(!values(&plans, "cinp_cin_plan_end_date").contains(""));
}

#[test]
fn ids_of_referrals_are_floats_where_they_are_referred_to() {
    let referrals = systemc("ssd_cin_episodes");
    let referrals = values(&referrals, "cine_referral_id");
    let mut floats = 0;
    for row in systemc("ssd_cin_assessments").iter().filter(|row| !row["cina_referral_id"].is_empty()) {
        let whole = row["cina_referral_id"].strip_suffix(".0").unwrap();
        assert!(referrals.contains(whole), "{row:?}");
        floats += 1;
    }
    assert!(floats > 1000);
}

#[test]
fn names_have_commas_quotes_and_line_ends() {
    let people = systemc("ssd_person");
    for sign in [',', '"', '\n'] {
        assert!(people.iter().any(|row| row["pers_forename"].contains(sign)), "{sign:?}");
    }
    assert!(systemc("ssd_cin_episodes").iter().all(|row| row["cine_referral_outcome_json"].contains('"')));
}

#[test]
fn statuses_of_those_who_came_alone_change_words_and_others_have_others() {
    let rows = systemc("ssd_immigration_status");
    let (alone, others) = rows.split_at(own("immigration_statuses").len());
    let words = BTreeSet::from(["U", "UASC", "Unaccompanied Asylum Seeking Child"]);
    assert_eq!(values(alone, "immi_immigration_status"), words);
    let words =
        BTreeSet::from(["Asylum Seeker (family)", "Refugee", "Unaccompanied minor - not asylum seeking"]);
    assert_eq!(values(others, "immi_immigration_status"), words);
    let (alone, others) = (values(alone, "immi_person_id"), values(others, "immi_person_id"));
    assert!(alone.is_disjoint(&others));
}

#[test]
fn a_team_is_a_number_whose_name_is_a_department() {
    let departments = systemc("ssd_department");
    let names: BTreeMap<&str, &str> = departments
        .iter()
        .map(|row| (row["dept_team_id"].as_str(), row["dept_team_name"].as_str()))
        .collect();
    for (row, own) in systemc("ssd_cin_episodes").iter().zip(&own("referrals")) {
        assert_eq!(names[row["cine_referral_team"].as_str()], own["team"]);
    }
    assert_eq!(systemc("ssd_professionals")[0]["prof_professional_department"], own("workers")[0]["team"]);
}

#[test]
fn a_conference_knows_its_plan_and_when_it_was_due() {
    let plans = own("cp_plans");
    let plans = by_number(&plans, "cp_plan_id", number);
    let enquiries = own("section_47_enquiries");
    let enquiries = by_number(&enquiries, "s47_enquiry_id", number);
    let mut made = 0;
    for row in systemc("ssd_initial_cp_conference") {
        if !row["icpc_cp_plan_id"].is_empty() {
            let plan = plans[&back(&row["icpc_cp_plan_id"])][0];
            assert_eq!(plan["start_date"], day(&row["icpc_icpc_date"]));
            assert_eq!(number(&plan["person_id"]), back(&row["icpc_person_id"]));
            made += 1;
        }
        if !row["icpc_s47_enquiry_id"].is_empty() {
            let began = &enquiries[&back(&row["icpc_s47_enquiry_id"])][0]["start_date"];
            let due = days(began, day(&row["icpc_icpc_target_date"]));
            // From a Sunday on it is 19 days, over Christmas and Easter some more.
            assert!((19..=27).contains(&due), "{due} days for fifteen working days");
        }
    }
    assert!(made > 500, "{made}");
}

#[test]
fn visits_of_children_in_need_are_those_of_all() {
    let all = ["cin_visits", "cp_visits", "cla_visits"].map(|table| own(table).len());
    assert_eq!(systemc("ssd_cin_visits").len(), all.iter().sum::<usize>());
    let people = systemc("ssd_person");
    let people = values(&people, "pers_person_id");
    let visits = systemc("ssd_cp_visits");
    let unknown = visits.iter().filter(|row| !people.contains(row["cppv_person_id"].as_str())).count();
    assert_eq!(unknown, visits.len() - own("cp_visits").len());
    assert!(unknown > 10);
}

#[test]
fn reasons_are_a_code_and_a_text() {
    for (row, own) in systemc("ssd_cla_episodes").iter().zip(&own("cla_episodes")) {
        let (code, text) = row["clae_cla_episode_start_reason"].split_once(" - ").unwrap();
        assert!(code == own["start_reason"] && !text.is_empty());
        match row["clae_cla_episode_ceased_reason"].split_once(" - ") {
            Some((code, text)) => assert!(code == own["end_reason"] && !text.is_empty()),
            None => assert!(row["clae_cla_episode_ceased_reason"].is_empty() && own["end_reason"].is_empty()),
        }
    }
}

#[test]
fn legal_statuses_are_texts_and_some_make_nobody_looked_after() {
    let rows = systemc("ssd_legal_status");
    let own = own("legal_statuses");
    let (ours, besides) = rows.split_at(own.len());
    let mut texts: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (row, own) in ours.iter().zip(&own) {
        texts.entry(&own["legal_status"]).or_default().insert(&row["lega_legal_status"]);
    }
    assert_eq!(texts["C1"], BTreeSet::from(["Interim care order Sec. 38(1)"]));
    assert_eq!(texts["V2"].len(), 2);
    assert_eq!(texts["E1"].len(), 2);
    assert!(texts["V4"].iter().all(|text| text.to_lowercase().starts_with("regular occ")));
    let words = BTreeSet::from(["Special Guardianship Order", "Supervision order"]);
    assert_eq!(values(besides, "lega_legal_status"), words);
    // One that runs beside began before the care, so that it is never the latest.
    let started = by(&own, "person_id");
    for row in besides.iter().filter(|row| row["lega_legal_status"] == "Supervision order") {
        let person = format!("P{:06}", back(&row["lega_person_id"]));
        let all = &started[person.as_str()];
        assert!(all.iter().all(|own| own["start_date"].as_str() > day(&row["lega_legal_status_start_date"])));
    }
}

#[test]
fn distances_are_floats_of_single_precision() {
    let mut longer = 0;
    for (row, own) in systemc("ssd_cla_placement").iter().zip(&own("cla_placements")) {
        let (written, told) = (&row["clap_cla_placement_distance"], &own["distance_miles"]);
        if written != told {
            let away = written.parse::<f64>().unwrap() - told.parse::<f64>().unwrap();
            assert!(away.abs() < 1e-4 && written.len() > told.len() + 3, "{written} for {told}");
            longer += 1;
        }
    }
    assert!(longer > 500, "{longer}");
}

#[test]
fn care_leavers_are_a_picture_of_the_day() {
    let own = own("care_leavers");
    let own = by(&own, "person_id");
    let rows = systemc("ssd_care_leavers");
    assert_eq!(values(&rows, "clea_table_id").len(), rows.len());
    assert!(rows.iter().all(|row| row["clea_table_id"].len() == 36));
    let by_person = by(&rows, "clea_person_id");
    assert_eq!(by_person.len(), own.len());
    let mut twice = 0;
    for (person, rows) in by_person {
        let spells = &own[format!("P{:06}", back(person)).as_str()];
        let is_owed = spells.iter().any(|spell| {
            spell["start_date"].as_str() <= super::EXTRACT && crate::sample::end(spell) > super::EXTRACT
        });
        assert_eq!(rows[0]["clea_care_leaver_eligibility"] != "No Current Eligibility", is_owed, "{person}");
        if let [latest, earlier] = rows[..] {
            let contact = |row: &Row| day(&row["clea_care_leaver_latest_contact"]).to_owned();
            assert!(contact(earlier) < contact(latest));
            assert_ne!(earlier["clea_care_leaver_activity"], latest["clea_care_leaver_activity"]);
            twice += 1;
        }
    }
    assert!(twice > 30, "{twice}");
    assert!(values(&rows, "clea_pathway_plan_review_date").contains("1900-01-01 00:00:00.000"));
    assert!(values(&rows, "clea_care_leaver_activity").iter().all(|text| text.is_empty() || text.len() > 20));
}

#[test]
fn permanence_names_the_legacy_id() {
    let people = systemc("ssd_person");
    let legacies: BTreeMap<u64, &str> =
        people.iter().map(|row| (back(&row["pers_person_id"]), row["pers_legacy_id"].as_str())).collect();
    let rows = systemc("ssd_permanence");
    for (row, own) in rows.iter().zip(&own("permanence")) {
        assert_eq!(row["perm_person_id"], legacies[&number(&own["person_id"])]);
        assert_eq!(day(&row["perm_permanence_order_date"]), own["order_date"]);
    }
    assert!(values(&rows, "perm_cla_id").contains(""));
    let placeholder = BTreeSet::from(["1900-01-01 00:00:00.000"]);
    assert_eq!(values(&rows, "perm_placed_foster_carer_date"), placeholder);
    let words = BTreeSet::from(["", "Adoption", "Special Guardianship Order"]);
    assert_eq!(values(&rows, "perm_permanence_order_type"), words);
}

#[test]
fn workers_have_floats_and_roles_codes() {
    let workers = systemc("ssd_professionals");
    assert_eq!(values(&workers, "prof_agency_worker_flag"), BTreeSet::from([""]));
    assert!(values(&workers, "prof_full_time_equivalency").contains("1.0"));
    let rows = systemc("ssd_involvements");
    let roles = BTreeSet::from(["16PLUS", "CHAIR", "CW", "FSW", "IRO"]);
    assert_eq!(values(&rows, "invo_professional_role_id"), roles);
    let waiting = rows.iter().filter(|row| row["invo_professional_id"].is_empty()).count();
    assert_eq!(waiting, rows.len() - own("involvements").len());
    assert!(waiting > 100, "{waiting}");
}

#[test]
fn losses_are_open_assessments_placements_and_reviews() {
    let lossy = county(&["--ssd", "systemc", "--losses"]);
    let gone = |folder: &TempDir, file: &str, table: &str, is_lost: &dyn Fn(&Row) -> bool| {
        let lost = own(table).iter().filter(|row| is_lost(row)).count();
        (own(table).len() - read(folder, file).len(), lost)
    };
    let is_open = |row: &Row| row["authorised_date"].is_empty();
    let (open, all) = gone(&lossy, "ssd_cin_assessments", "assessments", &is_open);
    assert!(all / 3 < open && open < all * 2 / 3, "{open} of {all}");
    let is_left_out = |row: &Row| matches!(row["placement_type"].as_str(), "T2" | "T3" | "T4");
    let (placements, all) = gone(&lossy, "ssd_cla_placement", "cla_placements", &is_left_out);
    assert!(placements == all && all > 10, "{placements} of {all}");
    let is_not_held = |row: &Row| row["cancelled"] == "true" || row["date"].is_empty();
    let (reviews, all) = gone(&lossy, "ssd_cla_reviews", "cla_reviews", &is_not_held);
    assert!(all / 5 < reviews && reviews < all / 2, "{reviews} of {all}");
    for file in ["ssd_cp_plans", "ssd_cin_episodes", "ssd_legal_status"] {
        assert_eq!(read(&lossy, file), systemc(file), "{file}");
    }
    assert!(OWN.path().exists());
}
