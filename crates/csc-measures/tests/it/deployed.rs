//! Tables of the Standard Safeguarding Dataset as systems fill them: what each rule does, and where it does nothing.

use csc_measures::{Chunk, Dataset, Month, Options, Rows, Scalar, Status};

pub(crate) type Given<'a> = (&'a str, &'a [&'a str], &'a [&'a [&'a str]]);

pub(crate) fn dataset(tables: &[Given<'_>]) -> Dataset {
    let mut builder = Dataset::builder();
    for (table, header, rows) in tables {
        let mut given = Rows::new(header.len());
        for row in *rows {
            given.push(row.iter().map(|text| Scalar::Text(text)));
        }
        // Several chunks: the rules look at whole tables.
        let columns = given.columns();
        let mut builder = builder.table(table, header).unwrap();
        builder.chunk(&Chunk { rows: rows.len(), columns: &columns, bad_rows: &[] }).unwrap();
    }
    builder.build()
}

/// The issues, as table, row, record and code.
pub(crate) fn issues(data: &Dataset) -> Vec<(String, u64, String)> {
    let issue = |issue: &csc_measures::DataIssue| {
        (issue.table().to_string(), issue.row(), issue.code().as_str().to_owned())
    };
    data.issues().iter().map(issue).collect()
}

/// Status, numerator and denominator in a month.
pub(crate) fn figure(data: &Dataset, measure: &str, month: &str) -> (Status, String) {
    let month: Month = month.parse().unwrap();
    let card = data.scorecard(month, month, &Options::default()).unwrap();
    let result = card.result(measure, month).unwrap();
    let text = |amount: Option<csc_measures::Amount>| amount.map_or("-".to_owned(), |a| a.to_string());
    (result.status, format!("{}/{}", text(result.numerator), text(result.denominator)))
}

pub(crate) fn warnings(data: &Dataset, measure: &str, month: &str) -> Vec<String> {
    let month: Month = month.parse().unwrap();
    let card = data.scorecard(month, month, &Options::default()).unwrap();
    card.result(measure, month).unwrap().warnings.clone()
}

/// The rows that came in and those that are used, of a table.
pub(crate) fn used(data: &Dataset, table: &str) -> (u64, u64) {
    let tables = data.tables();
    let count = tables.iter().find(|count| count.table.name() == table).unwrap();
    (count.rows, count.used)
}

pub(crate) const PERSONS: Given<'_> =
    ("ssd_person", &["pers_person_id", "pers_dob"], &[&["P1", "2010-01-01"], &["P2", "2011-01-01"]]);
pub(crate) const PLANS: Given<'_> = (
    "ssd_cp_plans",
    &["cppl_cp_plan_id", "cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"],
    &[&["C1", "P1", "2017-01-03", ""], &["C2", "P2", "2017-01-03", ""]],
);

#[test]
fn a_visit_without_a_person_is_of_the_person_of_its_plan() {
    let visits: Given<'_> = (
        "ssd_cp_visits",
        &["cppv_cp_visit_id", "cppv_cp_plan_id", "cppv_cp_visit_date", "cppv_cp_visit_seen"],
        &[&["V1", "C1", "2017-03-20", "Y"], &["V2", "C9", "2017-03-20", "Y"]],
    );
    let data = dataset(&[PERSONS, PLANS, visits]);
    assert_eq!(issues(&data), [("cp_visits".into(), 2, "no_person".into())]);
    assert_eq!(used(&data, "cp_visits"), (2, 1));
    // Half of the visits are nobody's: what is left is no figure, though some are used.
    assert_eq!(figure(&data, "O3.M4", "2017-03").0, Status::NotSupplied);
    let told = warnings(&data, "O3.M4", "2017-03");
    assert!(told.contains(&"rows_out:cp_visits".into()) && !told.contains(&"no_rows_used:cp_visits".into()));
    let notice =
        "table `cp_visits`: 1 of its 2 rows is left out; most often nothing says what `person_id` is (1 row)";
    assert_eq!(data.notices(), [notice]);
    let visits = (visits.0, visits.1, &visits.2[..1]);
    assert_eq!(figure(&dataset(&[PERSONS, PLANS, visits]), "O3.M4", "2017-03"), (Status::Ok, "1/2".into()));
}

#[test]
fn a_visit_without_a_person_is_of_the_person_at_the_end_of_its_id() {
    let visits: Given<'_> = (
        "ssd_cp_visits",
        &["cppv_cp_visit_id", "cppv_cp_visit_date", "cppv_cp_visit_seen"],
        &[&["77.P1", "2017-03-20", "Y"], &["77.P2", "2017-03-20", "Y"]],
    );
    let data = dataset(&[PERSONS, PLANS, visits]);
    assert_eq!((issues(&data), figure(&data, "O3.M4", "2017-03")), (Vec::new(), (Status::Ok, "2/2".into())));
}

#[test]
fn an_id_that_brothers_and_sisters_share_is_parted_and_a_repeated_row_is_read_once() {
    let referrals: Given<'_> = (
        "ssd_cin_episodes",
        &["cine_referral_id", "cine_person_id", "cine_referral_date"],
        &[
            &["R1", "P1", "2017-03-02"],
            &["R1", "P2", "2017-03-02"],
            &["R1", "P2", "2017-03-02"],
            // the same person with another day is a double
            &["R2", "P1", "2017-03-06"],
            &["R2", "P1", "2017-03-07"],
            &["", "P1", "2017-03-08"],
            &["", "", ""],
        ],
    );
    let assessments: Given<'_> = (
        "ssd_cin_assessments",
        &[
            "cina_assessment_id",
            "cina_person_id",
            "cina_referral_id",
            "cina_assessment_start_date",
            "cina_assessment_auth_date",
        ],
        &[
            &["A1", "P1", "R1", "2017-03-03", "2017-03-20"],
            &["A2", "P2", "R1", "2017-03-03", "2017-03-20"],
            &["A3", "P2", "R7", "2017-03-03", "2017-03-20"],
        ],
    );
    let data = dataset(&[PERSONS, referrals, assessments]);
    assert_eq!(issues(&data), [("referrals".into(), 5, "duplicate_id".into())]);
    assert_eq!(used(&data, "referrals"), (7, 4));
    // Two of the assessments have their own child's referral; the third names one that is not there.
    assert_eq!(figure(&data, "O2.M3.from_referral", "2017-03"), (Status::Ok, "2/2".into()));
    // Rows that only say again what another says are not left out of the figure.
    assert!(!warnings(&data, "O2.M3.from_referral", "2017-03").contains(&"rows_out:assessments".into()));
}

const EPISODES: [&str; 6] = [
    "clae_cla_episode_id",
    "clae_person_id",
    "clae_cla_id",
    "clae_cla_episode_start_date",
    "clae_cla_episode_ceased_date",
    "clae_cla_placement_id",
];

#[test]
fn an_end_that_is_the_last_day_is_taken_as_the_day_after_if_most_are() {
    let inclusive: Given<'_> = (
        "ssd_cla_episodes",
        &EPISODES,
        &[
            &["E1", "P1", "L1", "2016-12-01", "2017-01-09", ""],
            &["E2", "P1", "L1", "2017-01-10", "2017-02-28", ""],
            &["E3", "P1", "L1", "2017-03-01", "", ""],
        ],
    );
    let data = dataset(&[PERSONS, inclusive]);
    assert_eq!(issues(&data), [("cla_episodes".into(), 1, "end_is_last_day".into())]);
    assert!(data.issues()[0].message().contains("in 2 rows"));
    // A few gaps of a day are gaps.
    let exclusive: Given<'_> = (
        "ssd_cla_episodes",
        &EPISODES,
        &[
            &["E1", "P1", "L1", "2016-12-01", "2017-01-10", ""],
            &["E2", "P1", "L1", "2017-01-10", "2017-02-28", ""],
            &["E3", "P1", "L1", "2017-03-01", "", ""],
        ],
    );
    assert!(issues(&dataset(&[PERSONS, exclusive])).is_empty());
    // The library's own table is read as it is written.
    let own = ["cla_episode_id", "person_id", "cla_id", "start_date", "end_date", "placement_id"];
    let data = dataset(&[PERSONS, ("cla_episodes", &own, inclusive.2)]);
    assert!(issues(&data).is_empty());
}

#[test]
fn a_review_without_its_plan_is_of_the_plan_that_was_open() {
    let reviews: Given<'_> = (
        "ssd_cp_reviews",
        &["cppr_cp_review_id", "cppr_person_id", "cppr_cp_plan_id", "cppr_cp_review_date"],
        &[&["", "P1", "", "2017-03-20"], &["", "P2", "", "2017-03-20"]],
    );
    let data = dataset(&[PERSONS, PLANS, reviews]);
    assert_eq!((issues(&data), figure(&data, "O3.M3", "2017-03")), (Vec::new(), (Status::Ok, "2/2".into())));
}

#[test]
fn a_placement_that_is_an_address_is_a_stay_of_its_own_each_time() {
    let placements: Given<'_> = (
        "ssd_cla_placement",
        &[
            "clap_cla_placement_id",
            "clap_cla_id",
            "clap_cla_placement_start_date",
            "clap_cla_placement_end_date",
            "clap_cla_placement_type",
        ],
        &[
            &["H1", "L1", "2016-12-01", "2017-01-10", "U6"],
            &["H2", "L1", "2017-01-10", "2017-02-01", "U6"],
            &["H1", "L1", "2017-02-01", "", "U6"],
            &["H1", "L2", "2017-02-01", "", "U6"],
        ],
    );
    let episodes: Given<'_> = (
        "ssd_cla_episodes",
        &EPISODES,
        &[&["E1", "P1", "L1", "2016-12-01", "", "H1"], &["E2", "P2", "L2", "2017-02-01", "", "H1"]],
    );
    let data = dataset(&[PERSONS, episodes, placements]);
    assert!(issues(&data).is_empty(), "{:?}", data.issues());
    assert_eq!(used(&data, "cla_placements"), (4, 4));
    assert_eq!(figure(&data, "O6.M6", "2017-03"), (Status::Ok, "1/2".into()));
}

#[test]
fn permanence_goes_by_the_period_of_care_and_the_number_of_an_older_system() {
    let persons: Given<'_> = (
        "ssd_person",
        &["pers_legacy_id", "pers_person_id", "pers_dob"],
        &[&["2", "1", "2010-01-01"], &["1", "2", "2011-01-01"]],
    );
    let episodes: Given<'_> = (
        "ssd_cla_episodes",
        &EPISODES,
        &[&["E1", "1", "L1", "2016-12-01", "", ""], &["E2", "2", "L2", "2017-02-01", "", ""]],
    );
    let permanence: Given<'_> = (
        "ssd_permanence",
        &["perm_table_id", "perm_person_id", "perm_cla_id"],
        &[&["X1", "2", "L1"], &["X2", "2", ""]],
    );
    let found = issues(&dataset(&[persons, episodes, permanence]));
    let expected = [
        ("permanence".into(), 1, "person_by_cla_id".into()),
        ("permanence".into(), 2, "person_by_legacy_id".into()),
    ];
    assert_eq!(found, expected);
}

#[test]
fn an_expected_birth_that_is_past_is_a_birth_and_one_to_come_is_not() {
    let persons: Given<'_> = (
        "ssd_person",
        &["pers_person_id", "pers_dob", "pers_expected_dob"],
        &[&["P1", "", "2010-01-01"], &["P2", "", "2017-06-01"]],
    );
    let referrals: Given<'_> = (
        "ssd_cin_episodes",
        &["cine_referral_id", "cine_person_id", "cine_referral_date"],
        &[&["R1", "P1", "2017-01-02"], &["R2", "P2", "2017-03-02"]],
    );
    let found = issues(&dataset(&[persons, referrals]));
    assert_eq!(found, [("persons".into(), 1, "estimated_birth".into())]);
}

#[test]
fn a_plan_came_with_a_child_from_elsewhere_if_its_conference_did() {
    let conferences: Given<'_> = (
        "ssd_initial_cp_conference",
        &["icpc_icpc_id", "icpc_person_id", "icpc_cp_plan_id", "icpc_icpc_date", "icpc_icpc_transfer_in"],
        &[&["I1", "P1", "C1", "2017-01-03", "Y"], &["I2", "P2", "C2", "2017-01-03", ""]],
    );
    let data = dataset(&[PERSONS, PLANS, conferences]);
    let told = warnings(&data, "O5.M4", "2017-03");
    assert!(told.contains(&"derived:transfer_in".into()), "{told:?}");
    assert!(!told.contains(&"no_column:cp_plans.transfer_in".into()));
    let told = warnings(&dataset(&[PERSONS, PLANS]), "O5.M4", "2017-03");
    assert!(told.contains(&"no_column:cp_plans.transfer_in".into()), "{told:?}");
}

#[test]
fn a_table_of_one_row_of_nulls_is_not_supplied() {
    let plans: Given<'_> = (
        "ssd_cla_care_plan",
        &["lacp_table_id", "lacp_person_id", "lacp_cla_care_plan_start_date"],
        &[&["", "", ""]],
    );
    let episodes: Given<'_> = ("ssd_cla_episodes", &EPISODES, &[&["E1", "P1", "L1", "2017-01-01", "", ""]]);
    let data = dataset(&[PERSONS, episodes, plans]);
    assert_eq!(figure(&data, "O6.M10", "2017-03").0, Status::NotSupplied);
    assert!(data.issues().is_empty());
}

#[test]
fn the_worker_of_a_role_that_systems_use_is_the_lead_worker() {
    for (role, expected) in [("CW", "1/1"), ("REL.ALLWORK", "1/1"), ("16PLUS", "-/-"), ("", "1/1")] {
        let workers: Given<'_> =
            ("ssd_professionals", &["prof_professional_id", "prof_full_time_equivalency"], &[&["W1", "1.0"]]);
        let row: &[&str] = &["I1", "W1", "P1", role, "2017-01-03"];
        let rows = [row];
        let involvements: Given<'_> = (
            "ssd_involvements",
            &[
                "invo_involvements_id",
                "invo_professional_id",
                "invo_person_id",
                "invo_professional_role_id",
                "invo_involvement_start_date",
            ],
            &rows,
        );
        let data = dataset(&[PERSONS, workers, involvements]);
        assert_eq!(figure(&data, "O1.M1", "2017-03").1, expected, "{role}");
    }
}

#[test]
fn a_birth_that_cannot_be_read_stays_a_fault() {
    let persons: Given<'_> = (
        "ssd_person",
        &["pers_person_id", "pers_dob", "pers_expected_dob"],
        &[&["P1", "soon", "2010-01-01"]],
    );
    let referrals: Given<'_> = (
        "ssd_cin_episodes",
        &["cine_referral_id", "cine_person_id", "cine_referral_date"],
        &[&["R1", "P1", "2017-01-02"]],
    );
    assert_eq!(issues(&dataset(&[persons, referrals])), [("persons".into(), 1, "bad_date".into())]);
}

/// Columns that the rules work out are there in a part without rows as well, so that the parts fit together.
#[test]
fn a_part_without_rows_has_the_columns_that_the_rules_work_out() {
    let header = ["cppv_cp_visit_id", "cppv_cp_plan_id", "cppv_cp_visit_date", "cppv_cp_visit_seen"];
    let conferences = ["icpc_icpc_id", "icpc_person_id", "icpc_cp_plan_id", "icpc_icpc_transfer_in"];
    let whole: [Given<'_>; 4] = [
        PERSONS,
        PLANS,
        ("ssd_cp_visits", &header, &[&["V1", "C1", "2017-03-20", "Y"], &["V2", "C2", "2016-03-20", "Y"]]),
        ("ssd_initial_cp_conference", &conferences, &[&["I1", "P1", "C1", "Y"]]),
    ];
    let nothing = whole.map(|(table, header, _)| (table, header, &[][..]));
    let march: Month = "2017-03".parse().unwrap();
    let part = |tables: &[Given<'_>]| {
        let part = dataset(tables).part(march, march, &Options::default()).unwrap();
        serde_json::from_str::<csc_measures::Part>(&serde_json::to_string(&part).unwrap()).unwrap()
    };
    let merged = csc_measures::Scorecard::merge([part(&whole), part(&nothing)]).unwrap();
    let card = dataset(&whole).scorecard(march, march, &Options::default()).unwrap();
    assert_eq!(
        serde_json::to_string(merged.results()).unwrap(),
        serde_json::to_string(card.results()).unwrap()
    );
}

#[test]
fn one_id_for_every_row_of_a_large_table_takes_no_time() {
    let texts: Vec<[String; 3]> = (0..60_000)
        .map(|row| ["-1".to_owned(), format!("P{row}"), format!("2017-03-{:02}", row % 28 + 1)])
        .collect();
    let rows: Vec<Vec<&str>> = texts.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let header = ["cine_referral_id", "cine_person_id", "cine_referral_date"];
    // Each row compared with each other would be minutes of work.
    let data = dataset(&[("ssd_cin_episodes", &header, &rows)]);
    assert_eq!(used(&data, "referrals"), (60_000, 60_000));
}
