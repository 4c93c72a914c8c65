//! Every row of the dataset leads back to one of the authority's own, and the other way round.

use std::collections::BTreeMap;
use std::fs;

use super::{ECLIPSE, MOSAIC, SYSTEMC, TempDir, back, county, header, number, own, read};
use crate::sample::Done;

/// Each file that has a row for each of a table's: its id and person, and those of the table. An empty name: the
/// file, or the table, has none.
const FILES: [(&str, &str, &str, &str, &str, &str); 18] = [
    ("ssd_person", "pers_person_id", "", "persons", "person_id", ""),
    ("ssd_cin_episodes", "cine_referral_id", "cine_person_id", "referrals", "referral_id", "person_id"),
    (
        "ssd_cin_assessments",
        "cina_assessment_id",
        "cina_person_id",
        "assessments",
        "assessment_id",
        "person_id",
    ),
    ("ssd_cin_plans", "cinp_cin_plan_id", "cinp_person_id", "cin_plans", "cin_plan_id", "person_id"),
    (
        "ssd_s47_enquiry",
        "s47e_s47_enquiry_id",
        "s47e_person_id",
        "section_47_enquiries",
        "s47_enquiry_id",
        "person_id",
    ),
    (
        "ssd_initial_cp_conference",
        "icpc_icpc_id",
        "icpc_person_id",
        "initial_conferences",
        "icpc_id",
        "person_id",
    ),
    ("ssd_cp_plans", "cppl_cp_plan_id", "cppl_person_id", "cp_plans", "cp_plan_id", "person_id"),
    ("ssd_cp_reviews", "cppr_cp_review_id", "cppr_person_id", "cp_reviews", "cp_review_id", "person_id"),
    (
        "ssd_cla_episodes",
        "clae_cla_episode_id",
        "clae_person_id",
        "cla_episodes",
        "cla_episode_id",
        "person_id",
    ),
    (
        "ssd_cla_placement",
        "clap_cla_placement_id",
        "clap_person_id",
        "cla_placements",
        "placement_id",
        "person_id",
    ),
    ("ssd_cla_visits", "clav_cla_visit_id", "clav_person_id", "cla_visits", "cla_visit_id", "person_id"),
    ("ssd_cla_reviews", "clar_cla_review_id", "", "cla_reviews", "cla_review_id", ""),
    ("ssd_cla_care_plan", "lacp_table_id", "lacp_person_id", "care_plans", "care_plan_id", "person_id"),
    ("ssd_permanence", "perm_table_id", "", "permanence", "permanence_id", ""),
    ("ssd_missing", "miss_table_id", "miss_person_id", "missing_episodes", "episode_id", "person_id"),
    ("ssd_cla_health", "clah_health_check_id", "clah_person_id", "cla_health", "health_id", "person_id"),
    ("ssd_cin_visits", "cinv_cin_visit_id", "cinv_person_id", "cin_visits", "cin_visit_id", "person_id"),
    ("ssd_cp_visits", "cppv_cp_visit_id", "cppv_person_id", "cp_visits", "cp_visit_id", "person_id"),
];

/// The names that a file of Mosaic has for others.
fn mosaic_name(column: &'static str) -> &'static str {
    match column {
        "cinp_cin_plan_id" => "cin_plan_id",
        "lacp_table_id" => "lacp_cla_care_plan_id",
        other => other,
    }
}

/// An id as the first of the two that it is made of, and the person that it is put together with.
fn parted(folder: &TempDir, file: &str, id: &str) -> (u64, Option<u64>) {
    if folder.path() == MOSAIC.path() {
        if let Some((own, person)) = id.split_once('.') {
            let is_visit = file.ends_with("_visits");
            return if is_visit { (back(own), Some(back(person))) } else { (back(person), None) };
        }
        if file == "ssd_cin_assessments" {
            return (back(&id[8..]), Some(back(&id[..8])));
        }
    }
    if folder.path() == ECLIPSE.path() {
        match file {
            "ssd_cin_episodes" | "ssd_cin_assessments" => return (back(&id[8..]), Some(back(&id[..8]))),
            "ssd_initial_cp_conference" => return (back(&id[..9]), Some(back(&id[9..]))),
            _ => {}
        }
    }
    (back(id), None)
}

#[test]
fn every_row_leads_back_to_the_authoritys_own() {
    for folder in [&SYSTEMC, &MOSAIC, &ECLIPSE] {
        for (file, id, person, table, own_id, own_person) in FILES {
            let is_eclipse = folder.path() == ECLIPSE.path();
            let is_mosaic = folder.path() == MOSAIC.path();
            if is_eclipse && matches!(file, "ssd_cla_care_plan" | "ssd_cla_placement") {
                continue;
            }
            let id = if is_mosaic { mosaic_name(id) } else { id };
            let (rows, own) = (read(folder, file), own(table));
            // Rows besides are last in their files, or stand before the row that they are like.
            let is_own = |id: &str| !id.starts_with("90") && !id.starts_with("94");
            let rows: Vec<_> = rows.iter().filter(|row| is_own(&row[id])).collect();
            let rows = if file == "ssd_cin_visits" { &rows[..own.len()] } else { &rows[..] };
            assert_eq!(rows.len(), own.len(), "{file}");
            let mut steps: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
            for (row, own) in rows.iter().zip(&own) {
                if row[id].is_empty() {
                    assert!(is_eclipse && number(&own[own_id]).is_multiple_of(5), "{file} {own:?}");
                } else {
                    let (step, tail) = parted(folder, file, &row[id]);
                    assert!(step == number(&own[own_id]) || is_mosaic || is_eclipse, "{file} {own:?}");
                    steps.entry(step).or_default().push(number(&own[own_id]));
                    if let Some(tail) = tail {
                        assert_eq!(tail, number(&own["person_id"]), "{file}");
                    }
                }
                if let Some(person) = row.get(person) {
                    assert_eq!(back(person), number(&own[own_person]), "{file}");
                }
            }
            // A step that several share is the first of them.
            for (step, shared) in steps {
                assert_eq!(Some(&step), shared.first(), "{file}");
            }
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_files() -> Done {
    for (system, folder) in [("systemc", &SYSTEMC), ("mosaic", &MOSAIC), ("eclipse", &ECLIPSE)] {
        let again = county(&["--ssd", system]);
        let mut files = 0;
        for entry in fs::read_dir(folder.path())? {
            let entry = entry?;
            assert!(fs::read(entry.path())? == fs::read(again.path().join(entry.file_name()))?, "{entry:?}");
            files += 1;
        }
        assert_eq!(fs::read_dir(again.path())?.count(), files);
        assert!(files > 30, "{files}");
    }
    Ok(())
}

#[test]
fn tables_of_the_council_are_as_they_are_but_for_ids() {
    for folder in [&SYSTEMC, &MOSAIC, &ECLIPSE] {
        for table in
            ["strategy_discussions", "activities", "pathway_plans", "audits", "complaints", "rag_ratings"]
        {
            let (rows, own) = (read(folder, table), own(table));
            assert_eq!(rows.len(), own.len(), "{table}");
            for (row, own) in rows.iter().zip(&own) {
                for (column, value) in own {
                    if column == "person_id" && !value.is_empty() {
                        assert_eq!(back(&row[column]), number(value), "{table}");
                    } else {
                        assert_eq!(&row[column], value, "{table}");
                    }
                }
            }
        }
    }
}

#[test]
fn own_names_are_gone_and_every_file_has_columns_that_nobody_reads() {
    for folder in [&SYSTEMC, &MOSAIC, &ECLIPSE] {
        for gone in ["persons", "referrals", "workers", ".tables"] {
            assert!(
                !folder.path().join(gone).exists() && !folder.path().join(format!("{gone}.csv")).exists()
            );
        }
        let person = header(folder.path(), "ssd_person");
        assert!(
            ["pers_forename", "pers_single_unique_id"].iter().all(|name| person.iter().any(|it| it == name))
        );
        let referral = header(folder.path(), "ssd_cin_episodes");
        assert!(referral.iter().any(|name| name == "cine_referral_outcome_json"));
    }
}
