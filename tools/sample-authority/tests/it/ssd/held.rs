//! The library's own tables, cut down to what the dataset of a system holds.

use std::collections::BTreeSet;

use csc_measures_files::read_folder;

use super::{EXTRACT, TempDir, back, by_number, county, header, number, own, read, values};
use crate::sample::{by, end};

/// The tables that the dataset of a system can give.
fn held(system: &str, more: &[&str]) -> TempDir {
    county(&[&["--ssd-clean", system], more].concat())
}

/// Whether a table has a column.
fn has(folder: &TempDir, table: &str, column: &str) -> bool {
    header(folder.path(), table).iter().any(|name| name == column)
}

#[test]
fn what_no_dataset_holds_is_gone() {
    for system in ["systemc", "mosaic", "eclipse"] {
        let folder = held(system, &[]);
        for (table, column) in [
            ("workers", "start_date"),
            ("workers", "end_date"),
            ("workers", "agency"),
            ("workers", "employment"),
            ("workers", "team_type"),
            ("workers", "asye_start_date"),
            ("cin_plans", "visit_working_days"),
            ("cla_placements", "carer_id"),
            ("cla_placements", "outside_authority"),
            ("permanence", "legacy_cohort"),
            ("permanence", "exceptional_cohort"),
            ("care_leavers", "start_date"),
            ("initial_conferences", "decision_date"),
        ] {
            assert!(!has(&folder, table, column), "{system} {table} {column}");
        }
        assert_eq!(has(&folder, "workers", "fte"), system == "systemc");
        assert_eq!(has(&folder, "cla_placements", "distance_miles"), system != "mosaic");
        assert_eq!(folder.path().join("care_plans.csv").exists(), system != "eclipse");
        assert!(!folder.path().join("ssd_person.csv").exists());
        for (row, own) in read(&folder, "cla_placements").iter().zip(&own("cla_placements")) {
            let is_long = matches!(own["placement_type"].as_str(), "U1" | "U4");
            assert_eq!(row["long_term"], is_long.to_string());
            assert_eq!(back(&row["placement_id"]), number(&own["placement_id"]));
        }
    }
    assert!(has(&held("mosaic", &["--ssd-variant", "essex"]), "cla_placements", "distance_miles"));
    let folder = held("systemc", &["--ssd-variant", "no_own_tables"]);
    assert!(!folder.path().join("activities.csv").exists());
}

#[test]
fn what_the_dataset_holds_is_there_as_it_was() {
    let folder = held("systemc", &[]);
    for table in
        ["cla_episodes", "legal_statuses", "cp_visits", "section_47_enquiries", "involvements", "audits"]
    {
        let own = own(table);
        let rows = read(&folder, table);
        assert_eq!(rows.len(), own.len(), "{table}");
        for (row, own) in rows.iter().zip(&own) {
            assert_eq!(row.keys().collect::<Vec<_>>(), own.keys().collect::<Vec<_>>(), "{table}");
            for (column, value) in own.iter().filter(|(column, _)| !column.ends_with("_id")) {
                assert_eq!(&row[column], value, "{table}");
            }
        }
    }
    // Whether a plan was transferred in, only its conference tells.
    let (plans, own) = (read(&folder, "cp_plans"), own("cp_plans"));
    let plans = by_number(&plans, "cp_plan_id", back);
    let mut known = 0;
    for own in &own {
        let told = &plans[&number(&own["cp_plan_id"])][0]["transfer_in"];
        if !told.is_empty() {
            assert_eq!(told, &own["transfer_in"]);
            known += 1;
        }
    }
    assert!(known * 2 > own.len());
}

#[test]
fn care_leavers_are_those_of_the_day() {
    let rows = read(&held("systemc", &[]), "care_leavers");
    let own = own("care_leavers");
    let today: BTreeSet<u64> = own
        .iter()
        .filter(|row| row["start_date"].as_str() <= EXTRACT && end(row) > EXTRACT)
        .map(|row| number(&row["person_id"]))
        .collect();
    assert_eq!(rows.iter().map(|row| back(&row["person_id"])).collect::<BTreeSet<_>>(), today);
    assert_eq!(values(&rows, "person_id").len(), rows.len());
}

#[test]
fn care_plans_of_the_scripts_for_a_data_warehouse_last_to_the_next() {
    let rows = read(&held("mosaic", &["--ssd-variant", "mp"]), "care_plans");
    let steps = read(&county(&["--ssd", "mosaic", "--ssd-variant", "mp"]), "ssd_cla_care_plan");
    assert_eq!(rows.len(), steps.len());
    let mut open = 0;
    for rows in by(&rows, "person_id").values() {
        assert!(rows.windows(2).all(|pair| end(pair[0]) <= pair[1]["start_date"].as_str()), "{rows:?}");
        open += rows.iter().filter(|row| row["end_date"].is_empty()).count();
    }
    assert!(open > 50, "{open}");
}

#[test]
fn the_library_finds_no_fault_in_them() {
    let common = ["no_own_tables", "table_of_nulls"]
        .map(|variant| ["systemc", "mosaic", "eclipse"].map(|system| (system, variant)));
    for (system, variant) in common.into_iter().flatten().chain([("mosaic", "mp"), ("mosaic", "essex")]) {
        let folder = held(system, &["--ssd-variant", variant]);
        let dataset = read_folder(folder.path()).unwrap();
        let codes: Vec<String> =
            dataset.issues().iter().map(|issue| issue.code().as_str().to_owned()).collect();
        assert!(codes.is_empty(), "{system} {variant}: {codes:?}");
    }
}
