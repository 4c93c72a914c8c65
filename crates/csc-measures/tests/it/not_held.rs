//! What systems that fill the Standard Safeguarding Dataset leave out, write as something else or keep only as at the
//! extract, and how it is reported.

use csc_measures::quality::QualityDays;
use csc_measures::{Dataset, Month, Options, Part, Policy, Scorecard, Status};

use crate::deployed::{Given, PERSONS, PLANS, dataset, figure, issues, used, warnings};

const MARCH: &str = "2017-03";

fn under(policy: Policy) -> Options {
    let mut options = Options::default();
    options.policy = policy;
    options
}

fn with_policy(data: &Dataset, measure: &str, policy: &str) -> (Status, String) {
    let month: Month = MARCH.parse().unwrap();
    let policy: Policy = serde_json::from_str(policy).unwrap();
    let card = data.scorecard(month, month, &under(policy)).unwrap();
    let result = card.result(measure, month).unwrap();
    (result.status, result.value.as_ref().map(ToString::to_string).unwrap_or_default())
}

const REFERRAL_COLUMNS: [&str; 4] =
    ["cine_referral_id", "cine_person_id", "cine_referral_date", "cine_referral_team"];

#[test]
fn a_team_goes_by_the_name_of_its_department() {
    let departments: Given<'_> = (
        "ssd_department",
        &["dept_team_id", "dept_team_name", "dept_team_parent_id"],
        &[&["501", "Front Door", ""], &["502", "", ""], &["0", "None", ""]],
    );
    let referrals: Given<'_> = (
        "ssd_cin_episodes",
        &REFERRAL_COLUMNS,
        &[
            &["R1", "P1", "2016-06-01", "501.0"],
            &["R2", "P1", "2017-03-01", "501"],
            &["R3", "P2", "2017-03-02", "502"],
            &["R4", "P2", "2017-03-03", "0"],
            &["R5", "P2", "2017-03-06", "Elsewhere"],
        ],
    );
    let data = dataset(&[PERSONS, departments, referrals]);
    assert_eq!(issues(&data), []);
    // The row of no department describes nobody.
    assert_eq!(used(&data, "departments"), (3, 2));
    let of = |team: &str| with_policy(&data, "O5.M3", &format!(r#"{{ "front_door_teams": ["{team}"] }}"#)).1;
    assert_eq!(of("front door"), "100.0", "one referral of March, of a child referred in June");
    assert_eq!((of("502"), of("elsewhere")), ("0.0".into(), "100.0".into()));
    let month: Month = MARCH.parse().unwrap();
    let policy = serde_json::from_str(r#"{ "front_door_teams": ["0", "501"] }"#).unwrap();
    let card = data.scorecard(month, month, &under(policy)).unwrap();
    let told = &card.result("O5.M3", month).unwrap().warnings;
    for team in ["unknown_team:0", "unknown_team:501"] {
        assert!(told.contains(&team.to_owned()), "{told:?}");
    }
}

#[test]
fn placeholder_texts_are_null_under_any_column() {
    let referrals: Given<'_> = (
        "ssd_cin_episodes",
        &REFERRAL_COLUMNS,
        &[&["R1", "P1", "2017-03-01", "SSD_PH"], &["placeholder_data", "P1", "2017-03-02", "Front"]],
    );
    let data = dataset(&[PERSONS, referrals]);
    assert_eq!((issues(&data), used(&data, "referrals")), (vec![], (2, 2)));
    // A table under the library's own name is read as it is written.
    let own: Given<'_> = (
        "referrals",
        &["referral_id", "person_id", "referral_date"],
        &[&["SSD_PH", "P1", "2017-03-01"], &["SSD_PH", "P1", "2017-03-02"]],
    );
    assert_eq!(issues(&dataset(&[own])), [("referrals".into(), 2, "duplicate_id".into())]);
}

#[test]
fn a_visit_without_a_date_was_not_held_and_a_case_without_a_worker_waits() {
    let visits: Given<'_> = (
        "ssd_cp_visits",
        &["cppv_cp_visit_id", "cppv_person_id", "cppv_cp_visit_date", "cppv_cp_visit_seen"],
        &[&["V1", "P1", "2017-03-20", "Y"], &["V2", "P2", "", "N"], &["V3", "P2", "1900-01-01", "N"]],
    );
    let workers: Given<'_> = (
        "ssd_professionals",
        &["prof_professional_id", "prof_full_time_equivalency"],
        &[&["W1", "1"], &["-1", ""]],
    );
    let involvements: Given<'_> = (
        "ssd_involvements",
        &INVOLVEMENTS,
        &[
            &["I1", "W1", "P1", "CW", "2017-01-01"],
            &["I2", "-1", "P2", "CW", "2017-01-01"],
            &["I3", "", "P2", "CW", "2017-01-01"],
        ],
    );
    let data = dataset(&[PERSONS, PLANS, visits, workers, involvements]);
    let found = issues(&data);
    assert_eq!(
        found,
        [
            ("cp_visits".into(), 2, "not_held".into()),
            // A date that says "none" is a fault of its own.
            ("cp_visits".into(), 3, "placeholder_date".into()),
            ("involvements".into(), 2, "unallocated".into()),
        ]
    );
    let messages: Vec<String> = data.issues().iter().map(csc_measures::DataIssue::message).collect();
    assert_eq!(messages[0], "the visit was not held in 1 row; it is left out");
    assert_eq!(messages[2], "the case has no worker in 2 rows; they are left out");
    assert_eq!((used(&data, "cp_visits"), used(&data, "involvements")), ((3, 1), (3, 1)));
    assert_eq!(used(&data, "workers"), (2, 1));
    assert_eq!(figure(&data, "O1.M1", MARCH), (Status::Ok, "1/1".into()));
}

const WORKERS: Given<'_> =
    ("ssd_professionals", &["prof_professional_id", "prof_full_time_equivalency"], &[&["W1", "1"]]);
const INVOLVEMENTS: [&str; 5] = [
    "invo_involvements_id",
    "invo_professional_id",
    "invo_person_id",
    "invo_professional_role_id",
    "invo_involvement_start_date",
];

#[test]
fn a_role_that_nobody_told_is_no_sign_that_workers_have_no_cases() {
    let rows: [&[&str]; 2] =
        [&["I1", "W1", "P1", "KEYWORKER", "2017-01-01"], &["I2", "W1", "P2", "IRO", "2017-01-01"]];
    let involvements: Given<'_> = ("ssd_involvements", &INVOLVEMENTS, &rows);
    let data = dataset(&[PERSONS, WORKERS, involvements]);
    assert_eq!(figure(&data, "O1.M1", MARCH).0, Status::NotSupplied);
    let told = warnings(&data, "O1.M1", MARCH);
    assert!(told.contains(&"nothing_understood:involvements.role".into()), "{told:?}");
    // Told what a lead worker is called, the same rows are a figure.
    assert_eq!(
        with_policy(&data, "O1.M1", r#"{ "lead_roles": ["Key Worker"] }"#),
        (Status::Ok, "1.0".into())
    );
    // A worker without a role is the lead worker, under any policy.
    let mut rows = rows.to_vec();
    rows.push(&["I3", "W1", "P2", "", "2017-01-01"]);
    let data = dataset(&[PERSONS, WORKERS, ("ssd_involvements", &INVOLVEMENTS, &rows)]);
    assert_eq!(figure(&data, "O1.M1", MARCH), (Status::Ok, "1/1".into()));
    assert_eq!(with_policy(&data, "O1.M1", r#"{ "lead_roles": [] }"#), (Status::Ok, "1.0".into()));
}

#[test]
fn whether_roles_are_understood_is_known_when_all_parts_are_together() {
    let month: Month = MARCH.parse().unwrap();
    let rows: [&[&str]; 1] = [&["I1", "W1", "P1", "KEYWORKER", "2017-01-01"]];
    let merged = |lead_roles: &str| {
        let options = under(serde_json::from_str(lead_roles).unwrap());
        // One part has the involvements, the other knows that there are some.
        let parts = [(PERSONS.2, WORKERS.2, &rows[..]), (&[], &[], &[])].map(|(persons, workers, rows)| {
            let data = dataset(&[
                (PERSONS.0, PERSONS.1, persons),
                (WORKERS.0, WORKERS.1, workers),
                ("ssd_involvements", &INVOLVEMENTS, rows),
            ]);
            let text = serde_json::to_string(&data.part(month, month, &options).unwrap()).unwrap();
            assert!(!text.contains("KEYWORKER"), "a part has digests of roles, not their words");
            serde_json::from_str::<Part>(&text).unwrap()
        });
        let card = Scorecard::merge(parts).unwrap();
        let result = card.result("O1.M1", month).unwrap();
        (result.status, result.warnings.contains(&"nothing_understood:involvements.role".to_owned()))
    };
    assert_eq!(merged("{}"), (Status::NotSupplied, true));
    assert_eq!(merged(r#"{ "lead_roles": ["key-worker"] }"#), (Status::Ok, false));
}

#[test]
fn care_leavers_without_dates_are_read_in_the_month_of_the_extract() {
    let leavers: Given<'_> = (
        "ssd_care_leavers",
        &["clea_table_id", "clea_person_id", "clea_care_leaver_eligibility", "clea_care_leaver_activity"],
        &[&["L1", "P9", "Former relevant child", "G4"]],
    );
    let persons: Given<'_> =
        ("ssd_person", &["pers_person_id", "pers_dob"], &[&["P9", "1998-01-01"], &["P1", "2010-01-01"]]);
    let referrals: Given<'_> = (
        "ssd_cin_episodes",
        &["cine_referral_id", "cine_person_id", "cine_referral_date"],
        &[&["R1", "P1", "2017-03-14"]],
    );
    let data = dataset(&[persons, leavers, referrals]);
    assert_eq!(figure(&data, "O6.M9", MARCH), (Status::Ok, "1/-".into()));
    for month in ["2017-02", "2017-04"] {
        assert_eq!(figure(&data, "O6.M9", month).0, Status::NotSupplied, "{month}");
        assert!(warnings(&data, "O6.M9", month).contains(&"as_at:care_leavers:2017-03-14".into()));
    }
    let month: Month = MARCH.parse().unwrap();
    let card = data.scorecard(month, month, &Options::default()).unwrap();
    assert_eq!(card.result("O6.M9", month).unwrap().direction, None, "there is no month before");
    // What is recorded day by day tells of every month.
    let activities: Given<'_> = (
        "activities",
        &["activity_id", "person_id", "date", "activity"],
        &[&["A1", "P9", "2017-01-09", "G4"]],
    );
    let data = dataset(&[persons, leavers, referrals, activities]);
    assert_eq!(figure(&data, "O6.M9", "2017-02"), (Status::Ok, "1/-".into()));
}

#[test]
fn the_day_of_the_extract_is_what_the_caller_says() {
    let mut builder = Dataset::builder();
    builder.extract_day("2017-05-02".parse().unwrap());
    for (table, header) in [
        ("ssd_care_leavers", &["clea_table_id", "clea_person_id", "clea_care_leaver_eligibility"][..]),
        ("ssd_person", &["pers_person_id"]),
    ] {
        builder.declare(table, header).unwrap();
    }
    let data = builder.build();
    assert_eq!(figure(&data, "O6.M9", MARCH).0, Status::NotSupplied);
    assert_eq!(figure(&data, "O6.M9", "2017-05").0, Status::Ok);
    let days = QualityDays::default();
    let quality = serde_json::to_value(data.quality(&days, &Options::default()).unwrap()).unwrap();
    assert_eq!(quality["as_at"], "2017-05-02", "the age of the data is counted from it");
}

#[test]
fn what_was_recorded_in_tables_under_own_names_says_the_day_too() {
    let leavers: Given<'_> = ("ssd_care_leavers", &["clea_table_id", "clea_person_id"], &[]);
    let persons: Given<'_> = ("ssd_person", &["pers_person_id"], &[]);
    let visits: Given<'_> =
        ("cp_visits", &["cp_visit_id", "person_id", "date"], &[&["V1", "P1", "2017-05-02"]]);
    let data = dataset(&[persons, leavers, visits]);
    assert!(warnings(&data, "O6.M9", MARCH).contains(&"as_at:care_leavers:2017-05-02".into()));
}

#[test]
fn of_the_legal_statuses_that_are_open_the_last_to_start_is_the_childs() {
    let episodes: Given<'_> = (
        "ssd_cla_episodes",
        &["clae_cla_episode_id", "clae_person_id", "clae_cla_id", "clae_cla_episode_start_date"],
        &[&["E1", "P1", "C1", "2017-01-01"]],
    );
    let columns = [
        "lega_legal_status_id",
        "lega_person_id",
        "lega_legal_status",
        "lega_legal_status_start_date",
        "lega_legal_status_end_date",
    ];
    let short_break: &[&str] = &["S1", "P1", "V4", "2017-01-01", ""];
    let of = |statuses: &[&[&str]]| {
        let stay: &[&str] = &["L1", "C1", "2017-01-01", "", "U4"];
        let statuses = ("ssd_legal_status", &columns[..], statuses);
        figure(
            &dataset(&[PERSONS, episodes, statuses, ("ssd_cla_placement", &PLACEMENTS, &[stay])]),
            "O6.M6",
            MARCH,
        )
        .1
    };
    assert_eq!(of(&[short_break]), "0/0", "in a short break nobody is looked after");
    assert_eq!(of(&[short_break, &["S2", "P1", "V2", "2017-02-01", ""]]), "0/1");
    // The later status ended, and the short break goes on.
    assert_eq!(of(&[short_break, &["S2", "P1", "V2", "2017-02-01", "2017-03-10"]]), "0/0");
}

const CARE_PLANS: Given<'_> = (
    "ssd_cla_care_plan",
    &["lacp_table_id", "lacp_person_id", "lacp_cla_care_plan_start_date", "lacp_cla_care_plan_end_date"],
    &[&["K1", "P1", "2017-02-02", ""]],
);
const RATINGS: Given<'_> = (
    "rag_ratings",
    &["rag_rating_id", "person_id", "scope", "rating", "date"],
    &[&["1", "P1", "cla_care_plan", "green", "2017-03-01"]],
);
const PLACEMENTS: [&str; 5] = [
    "clap_cla_placement_id",
    "clap_cla_id",
    "clap_cla_placement_start_date",
    "clap_cla_placement_end_date",
    "clap_cla_placement_type",
];

#[test]
fn an_episode_whose_placement_is_not_there_leaves_unknown_how_often_the_child_moved() {
    let episodes = [
        "clae_cla_episode_id",
        "clae_person_id",
        "clae_cla_id",
        "clae_cla_placement_id",
        "clae_cla_episode_start_date",
        "clae_cla_episode_end_date",
    ];
    let rows: [&[&str]; 2] =
        [&["E1", "P1", "C1", "L1", "2017-01-01", "2017-02-01"], &["E2", "P1", "C1", "L2", "2017-02-01", ""]];
    let first: &[&str] = &["L1", "C1", "2017-01-01", "2017-02-01", "U4"];
    let second: &[&str] = &["L2", "C1", "2017-02-01", "", "U4"];
    let counts = |placements: &[&[&str]]| {
        let data = dataset(&[
            PERSONS,
            ("ssd_cla_episodes", &episodes, &rows),
            ("ssd_cla_placement", &PLACEMENTS, placements),
        ]);
        let month: Month = MARCH.parse().unwrap();
        let card = data.scorecard(month, month, &Options::default()).unwrap();
        serde_json::to_string(&card.result("O6.M6", month).unwrap().outcomes).unwrap()
    };
    assert_eq!(counts(&[first, second]), r#"{"not_counted":1}"#);
    assert_eq!(counts(&[first]), r#"{"unknown":1}"#);
}

#[test]
fn a_care_plan_of_which_none_is_open_lasts_to_the_next() {
    let episodes: Given<'_> = (
        "ssd_cla_episodes",
        &["clae_cla_episode_id", "clae_person_id", "clae_cla_id", "clae_cla_episode_start_date"],
        &[&["E1", "P1", "C1", "2017-01-01"]],
    );
    let ids: Vec<String> = (0..20).map(|row| format!("K{row}")).collect();
    let rows: Vec<[&str; 4]> = ids.iter().map(|id| [id.as_str(), "P1", "2017-01-05", "2017-02-01"]).collect();
    let of = |rows: &[[&str; 4]]| {
        let rows: Vec<&[&str]> = rows.iter().map(<[&str; 4]>::as_slice).collect();
        let data = dataset(&[PERSONS, episodes, (CARE_PLANS.0, CARE_PLANS.1, &rows), RATINGS]);
        (
            figure(&data, "O6.M5", MARCH).1,
            warnings(&data, "O6.M5", MARCH).contains(&"no_end_dates:care_plans".into()),
        )
    };
    assert_eq!(of(&rows), ("1/1".into(), true));
    // Nineteen are too few to tell, and one that is open tells that ends are ends.
    assert_eq!(of(&rows[..19]), ("0/1".into(), false));
    let mut open = rows.clone();
    open[0] = ["K0", "P2", "2017-01-05", ""];
    assert_eq!(of(&open), ("0/1".into(), false));
}

#[test]
fn visits_of_closed_plans_alone_are_not_enough() {
    let persons: Vec<String> = (0..30).map(|row| format!("Q{row}")).collect();
    let person_rows: Vec<[&str; 2]> = persons.iter().map(|id| [id.as_str(), "2010-01-01"]).collect();
    let plan_rows: Vec<[&str; 4]> = persons
        .iter()
        .enumerate()
        .map(|(row, id)| [id.as_str(), id.as_str(), "2016-10-03", if row < 24 { "2017-03-31" } else { "" }])
        .collect();
    let visit_rows: Vec<[&str; 4]> =
        persons.iter().take(24).map(|id| [id.as_str(), id.as_str(), "2017-03-20", "Y"]).collect();
    let of = |visits: &[[&str; 4]]| {
        let person_rows: Vec<&[&str]> = person_rows.iter().map(<[&str; 2]>::as_slice).collect();
        let plan_rows: Vec<&[&str]> = plan_rows.iter().map(<[&str; 4]>::as_slice).collect();
        let visits: Vec<&[&str]> = visits.iter().map(<[&str; 4]>::as_slice).collect();
        let data = dataset(&[
            ("ssd_person", &["pers_person_id", "pers_dob"], &person_rows),
            (
                "ssd_cin_plans",
                &["cinp_cin_plan_id", "cinp_person_id", "cinp_cin_plan_start_date", "cinp_cin_plan_end_date"],
                &plan_rows,
            ),
            (
                "ssd_cin_visits",
                &["cinv_cin_visit_id", "cinv_person_id", "cinv_cin_visit_date", "cinv_cin_visit_seen"],
                &visits,
            ),
        ]);
        (figure(&data, "O3.M7", MARCH).0, warnings(&data, "O3.M7", MARCH))
    };
    let (status, told) = of(&visit_rows);
    assert_eq!(status, Status::NotSupplied, "six open plans without a visit, and no visit of any open plan");
    assert!(told.contains(&"not_enough:cin_visits".into()), "{told:?}");
    let mut visited = visit_rows.clone();
    visited.push(["V1", "Q29", "2017-03-20", "Y"]);
    assert_eq!(of(&visited).0, Status::Ok, "one visit of an open plan says that they are there");
    assert_eq!(of(&visit_rows[..19]).0, Status::Ok, "nineteen are too few to tell");
}

#[test]
fn a_system_that_never_lacks_an_answer_writes_no_where_nobody_asked() {
    let ids: Vec<String> = (0..50).map(|row| format!("V{row}")).collect();
    let of = |first: &str| {
        let rows: Vec<[&str; 5]> = ids
            .iter()
            .enumerate()
            .map(|(row, id)| [id.as_str(), "P1", "2017-03-20", "Y", if row == 0 { first } else { "N" }])
            .collect();
        let rows: Vec<&[&str]> = rows.iter().map(<[&str; 5]>::as_slice).collect();
        let header = [
            "cppv_cp_visit_id",
            "cppv_person_id",
            "cppv_cp_visit_date",
            "cppv_cp_visit_seen",
            "cppv_cp_visit_seen_alone",
        ];
        let data = dataset(&[PERSONS, PLANS, ("ssd_cp_visits", &header, &rows)]);
        warnings(&data, "O3.M4.seen_alone", MARCH).contains(&"never_null:cp_visits.seen_alone".into())
    };
    assert_eq!((of("Y"), of("")), (true, false));
}
