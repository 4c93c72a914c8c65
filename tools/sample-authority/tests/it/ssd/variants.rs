//! The ways in which some councils have the dataset.

use std::collections::BTreeSet;
use std::fs;

use super::{
    COUNTY, EXTRACT, MOSAIC, SYSTEMC, TempDir, back, county, day, header, number, own, read, refused, values,
};
use crate::sample::{by, generate};

/// A county as the dataset of a system, in some variants.
fn variant(system: &str, names: &[&str]) -> TempDir {
    let more = names.iter().flat_map(|name| ["--ssd-variant", name]);
    county(&["--ssd", system].into_iter().chain(more).collect::<Vec<_>>())
}

/// The first line of a file, as it stands there.
fn first_line(folder: &TempDir, file: &str) -> String {
    let text = fs::read_to_string(folder.path().join(format!("{file}.csv"))).unwrap();
    text.lines().next().unwrap().to_owned()
}

#[test]
fn essex_has_names_and_texts_of_its_own() {
    let folder = variant("mosaic", &["essex"]);
    let person = header(folder.path(), "ssd_person");
    assert!(person.contains(&"per_person_id".to_owned()));
    assert!(!person.iter().any(|name| name == "pers_person_id" || name == "pers_death_date"));
    assert_eq!(values(&read(&folder, "ssd_cin_assessments"), "cina_referral_id"), BTreeSet::from([""]));
    let reasons = read(&folder, "ssd_cla_episodes");
    let reasons = values(&reasons, "clae_cla_episode_ceased_reason");
    assert!(reasons.contains("Planned return home to live with parents (no order)"), "{reasons:?}");
    assert!(reasons.iter().all(|text| text.is_empty() || *text == "Died" || text.len() > 10), "{reasons:?}");
    let placements = read(&folder, "ssd_cla_placement");
    assert!(values(&placements, "cla_cla_placement_type").contains("U4"));
    assert!(values(&placements, "clap_cla_placement_distance").len() > 100);
    let leavers = read(&folder, "ssd_care_leavers");
    assert!(leavers.iter().all(|row| row["clea_table_id"] == row["clea_person_id"]));
    assert!(values(&leavers, "eligibility_status").contains("b) Former relevant child"));
    assert!(header(folder.path(), "ssd_care_leavers").contains(&"activity_description".to_owned()));
    assert!(!header(folder.path(), "ssd_cla_reviews").contains(&"clar_cla_review_cancelled".to_owned()));
}

#[test]
fn mp_has_a_care_plan_for_each_step_of_review() {
    let folder = variant("mosaic", &["mp"]);
    let lossy = county(&["--ssd", "mosaic", "--ssd-variant", "mp", "--losses"]);
    assert_eq!(read(&folder, "ssd_cla_visits"), read(&MOSAIC, "ssd_cla_visits"));
    assert!(lossy.path().join("ssd_cla_visits.csv").exists());
    assert!(header(lossy.path(), "ssd_cin_episodes").contains(&"cine_close_date".to_owned()));
    assert!(!header(folder.path(), "ssd_cp_reviews").contains(&"cppr_person_id".to_owned()));
    let own = own("care_plans");
    let steps = read(&folder, "ssd_cla_care_plan");
    assert!(steps.len() > own.len());
    let ends = values(&steps, "lacp_cla_care_plan_end_date");
    assert!(ends.iter().all(|end| !end.is_empty() && day(end) <= EXTRACT));
    let starts: BTreeSet<(u64, &str)> = steps
        .iter()
        .map(|row| (back(&row["lacp_person_id"]), day(&row["lacp_cla_care_plan_start_date"])))
        .collect();
    for plan in own.iter().filter(|plan| plan["start_date"] < plan["end_date"]) {
        assert!(starts.contains(&(number(&plan["person_id"]), plan["start_date"].as_str())), "{plan:?}");
    }
    assert!(read(&lossy, "ssd_cla_care_plan").len() < steps.len());
    // What a visit has for its plan is a referral.
    let referrals = read(&folder, "ssd_cin_episodes");
    let referrals = values(&referrals, "cine_referral_id");
    let visits = read(&folder, "ssd_cin_visits");
    let plans = values(&visits, "cinv_cin_plan_id");
    assert!(plans.len() > 100 && plans.iter().all(|plan| plan.is_empty() || referrals.contains(plan)));
    assert!(read(&lossy, "ssd_cin_visits").iter().all(|row| !row["cinv_cin_visit_id"].contains('.')));
}

#[test]
fn blackpool_names_the_person_of_an_involvement() {
    let rows = read(&variant("mosaic", &["blackpool"]), "ssd_involvements");
    for (row, own) in rows.iter().zip(&own("involvements")) {
        assert_eq!(back(&row["PersonID"]), number(&own["person_id"]));
    }
    assert!(values(&rows, "invo_professional_role_id").contains("Allocated Worker"));
}

#[test]
fn older_systemc_has_descriptions_of_roles() {
    let folder = variant("systemc", &["role_descriptions"]);
    let rows = read(&folder, "ssd_involvements");
    let roles = BTreeSet::from([
        "Allocated Case Worker",
        "Conference Chair",
        "Family Support Worker",
        "Independent Reviewing Officer",
        "Personal Adviser",
    ]);
    assert_eq!(values(&rows, "invo_professional_role_id"), roles);
    assert_eq!(rows.len(), read(&SYSTEMC, "ssd_involvements").len());
}

#[test]
fn a_column_may_stand_twice() {
    let folder = variant("mosaic", &["column_twice"]);
    for (file, name) in [("ssd_cp_visits", "cppv_cp_visit_id"), ("ssd_cin_visits", "cinv_cin_visit_id")] {
        let columns = header(folder.path(), file);
        let places: Vec<usize> = (0..columns.len()).filter(|place| columns[*place] == name).collect();
        let [first, second] = places[..] else { panic!("{file} {columns:?}") };
        let mut reader = csv::Reader::from_path(folder.path().join(format!("{file}.csv"))).unwrap();
        for record in reader.records() {
            let record = record.unwrap();
            assert!(record[first].contains('.') && !record[second].contains('.'), "{record:?}");
        }
    }
}

#[test]
fn a_table_may_hold_nothing_but_nulls() {
    for system in ["systemc", "mosaic", "eclipse"] {
        let folder = variant(system, &["table_of_nulls"]);
        for (file, count) in [("ssd_cla_care_plan", 1), ("ssd_missing", 3), ("ssd_cla_health", 3)] {
            let rows = read(&folder, file);
            assert_eq!(rows.len(), count, "{system} {file}");
            assert!(rows.iter().flat_map(|row| row.values()).all(String::is_empty), "{system} {file}");
        }
    }
}

#[test]
fn files_may_be_of_windows_and_of_null_words_and_british_dates() {
    let folder = variant("systemc", &["bom_crlf", "null_words", "uk_dates"]);
    for entry in fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if !name.starts_with("ssd_") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with('\u{feff}') && text.ends_with("\r\n"), "{name}");
        assert!(!text.contains(",,") && !text.contains("00:00:00"), "{name}");
    }
    let plain = read(&SYSTEMC, "ssd_cla_episodes");
    let rows = read(&folder, "ssd_cla_episodes");
    assert_eq!(rows.len(), plain.len());
    for (row, plain) in rows.iter().zip(&plain) {
        let parts: Vec<&str> = day(&plain["clae_cla_episode_ceased_date"]).split('-').rev().collect();
        let expected = if parts.len() == 3 { parts.join("/") } else { "NULL".to_owned() };
        assert_eq!(row["clae_cla_episode_ceased_date"], expected);
    }
    assert!(first_line(&folder, "activities").starts_with("activity_id"));
}

#[test]
fn care_leavers_serve_where_activities_and_pathway_plans_are_left_out() {
    let folder = variant("eclipse", &["no_own_tables"]);
    for table in ["activities", "pathway_plans"] {
        assert!(!folder.path().join(format!("{table}.csv")).exists());
    }
    assert!(folder.path().join("audits.csv").exists());
    let (activities, plans) = (own("activities"), own("pathway_plans"));
    let (activities, plans) = (by(&activities, "person_id"), by(&plans, "person_id"));
    let (mut busy, mut planned) = (0, 0);
    for row in read(&folder, "ssd_care_leavers") {
        let person = format!("P{:06}", back(&row["clea_person_id"]));
        if let Some(asked) = activities.get(person.as_str()) {
            let latest = asked.iter().max_by_key(|row| &row["date"]).unwrap();
            let known = latest["activity"].strip_prefix('U').unwrap_or(&latest["activity"]);
            assert_eq!(row["clea_care_leaver_activity"], known, "{person}");
            assert_eq!(day(&row["clea_care_leaver_latest_contact"]), latest["date"]);
            busy += 1;
        }
        if plans.contains_key(person.as_str()) {
            planned += usize::from(!row["clea_pathway_plan_review_date"].is_empty());
        }
    }
    assert!(busy > 50 && planned > 50, "{busy}, {planned}");
}

#[test]
fn a_variant_is_refused_where_it_does_not_exist() {
    for (system, name) in [
        ("systemc", "essex"),
        ("eclipse", "mp"),
        ("eclipse", "column_twice"),
        ("systemc", "blackpool"),
        ("mosaic", "role_descriptions"),
        ("eclipse", "role_descriptions"),
    ] {
        let said = refused(&["--ssd", system, "--ssd-variant", name]);
        assert!(said.contains(&format!("{system} has no variant {name}")), "{said}");
    }
    assert!(refused(&["--ssd", "mosaic", "--ssd-variant", "essex", "--ssd-variant", "mp"]).contains("one"));
    refused(&["--losses"]);
    refused(&["--ssd-variant", "uk_dates"]);
    refused(&["--ssd", "mosaic", "--ssd-clean", "mosaic"]);
    refused(&["--ssd", "mosaic", "--names", "ssd"]);
    refused(&["--ssd", "azeus"]);
}

#[test]
fn what_an_earlier_run_wrote_is_gone() {
    let folder = county(&["--ssd", "mosaic"]);
    let path = |file: &str| folder.path().join(format!("{file}.csv"));
    assert!(path("ssd_cla_visits").exists() && path("activities").exists());
    let again = [&COUNTY[..], &["--ssd", "mosaic", "--losses", "--ssd-variant", "no_own_tables"]].concat();
    generate(&again, folder.path()).unwrap();
    assert!(!path("ssd_cla_visits").exists() && !path("activities").exists());
    assert!(path("ssd_person").exists());
    generate(&[&COUNTY[..], &["--ssd-clean", "eclipse"]].concat(), folder.path()).unwrap();
    assert!(!path("ssd_person").exists() && path("persons").exists() && !path("care_plans").exists());
}

#[test]
fn returns_are_the_same_beside_a_dataset() {
    let folder = county(&["--ssd", "eclipse", "--returns", "csc_api,cin_census"]);
    let own = county(&["--returns", "csc_api,cin_census"]);
    for name in ["csc_api", "cin_census"] {
        for entry in fs::read_dir(own.path().join("returns").join(name)).unwrap() {
            let entry = entry.unwrap();
            let other = folder.path().join("returns").join(name).join(entry.file_name());
            assert!(fs::read(entry.path()).unwrap() == fs::read(&other).unwrap(), "{other:?}");
        }
    }
}
