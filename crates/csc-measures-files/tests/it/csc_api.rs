//! The children's social care API: results worked out by hand, every form of a file, and what is reported of what
//! cannot be used.

use std::collections::BTreeMap;
use std::fs;

use csc_measures::{Dataset, Month, Options, Status};
use csc_measures_files::{ReadError, read_sources};
use serde_json::{Value, json};

fn try_read(files: &[(&str, &[u8])]) -> Result<Dataset, ReadError> {
    let folder = tempfile::tempdir().unwrap();
    let mut paths = Vec::new();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        paths.push(path);
    }
    read_sources(paths)
}

fn read(children: &Value) -> Dataset {
    try_read(&[("children.json", children.to_string().as_bytes())]).unwrap()
}

fn refused(text: &[u8]) -> String {
    try_read(&[("children.json", text)]).unwrap_err().to_string()
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// Numerator and denominator of a measure in March 2017.
fn fraction(dataset: &Dataset, measure: &str) -> (String, String) {
    let card = dataset.scorecard(month("2017-01"), month("2017-03"), &Options::default()).unwrap();
    let result = card.result(measure, month("2017-03")).unwrap();
    assert_eq!(result.status, Status::Ok, "{measure}: {:?}", result.missing_tables);
    let shown = |amount: Option<csc_measures::Amount>| amount.map_or("-".to_owned(), |a| a.to_string());
    (shown(result.numerator), shown(result.denominator))
}

fn pair(numerator: &str, denominator: &str) -> (String, String) {
    (numerator.to_owned(), denominator.to_owned())
}

/// Table, row, code and source of each issue.
fn issues(dataset: &Dataset) -> Vec<(String, u64, &'static str, String)> {
    let told = |issue: &csc_measures::DataIssue| {
        let source = issue.source().unwrap_or_default().to_owned();
        (issue.table().name().to_owned(), issue.row(), issue.code().as_str(), source)
    };
    dataset.issues().iter().map(told).collect()
}

fn used(dataset: &Dataset) -> BTreeMap<&'static str, u64> {
    dataset.tables().iter().map(|count| (count.table.name(), count.used)).collect()
}

fn child(id: &str, birth: &str, episodes: Value) -> Value {
    json!({
        "la_child_id": id,
        "mis_child_id": "M1",
        "child_details": { "first_name": "A", "date_of_birth": birth, "sex": "F", "disabilities": ["HAND"] },
        "health_and_wellbeing": { "sdq_assessments": [{ "date": "2017-01-01", "score": 3 }] },
        "social_care_episodes": episodes,
    })
}

fn front_door() -> Value {
    json!([
        child(
            "C1",
            "2010-05-01",
            json!([
                {
                    "social_care_episode_id": "R1",
                    "referral_date": "2016-05-09",
                    "referral_no_further_action_flag": false,
                    "closure_date": "2016-06-30",
                    "closure_reason": "RC8",
                    "child_protection_plans": [
                        { "child_protection_plan_id": "P1", "start_date": "2015-06-01", "end_date": "2016-01-04" }
                    ],
                },
                {
                    "social_care_episode_id": "R2",
                    // again within the year
                    "referral_date": "2017-03-06",
                    "closure_date": null,
                    "care_worker_details": [{ "worker_id": "W1", "start_date": "2017-03-06" }],
                    "child_and_family_assessments": [
                        // 45 and 46 working days
                        { "child_and_family_assessment_id": "A1", "start_date": "2017-01-03", "authorisation_date": "2017-03-07", "factors": ["1A"] },
                        { "child_and_family_assessment_id": "A2", "start_date": "2017-01-03", "authorisation_date": "2017-03-08" },
                    ],
                    "section_47_assessments": [
                        // 15 working days, one to come that is late, and one that needs none
                        { "section_47_assessment_id": "S1", "start_date": "2017-02-08", "icpc_required_flag": true, "icpc_date": "2017-03-01", "end_date": "2017-02-20" },
                        { "section_47_assessment_id": "S2", "start_date": "2017-02-09", "icpc_required_flag": true },
                        { "section_47_assessment_id": "S3", "start_date": "2017-02-10", "icpc_required_flag": false },
                    ],
                    "child_protection_plans": [{ "child_protection_plan_id": "P2", "start_date": "2017-03-01" }],
                    "child_looked_after_placements": [],
                    "child_in_need_plans": [
                        { "child_in_need_plan_id": "N1", "start_date": "2017-02-01", "end_date": "2017-03-01" }
                    ],
                },
            ])
        ),
        child(
            "C2",
            "2012-05-01",
            json!([{
                "social_care_episode_id": "R3",
                "referral_date": "2017-03-07",
                "closure_date": "2017-03-20",
                "closure_reason": "RC9",
            }])
        ),
    ])
}

#[test]
fn from_referral_to_plan() {
    let dataset = read(&front_door());
    assert_eq!(issues(&dataset), []);
    assert_eq!(fraction(&dataset, "O2.M2"), pair("2", "-"));
    assert_eq!(fraction(&dataset, "O2.M3"), pair("1", "2"));
    assert_eq!(fraction(&dataset, "O3.M2"), pair("1", "1"));
    assert_eq!(fraction(&dataset, "O3.M2.open_overdue"), pair("1", "-"));
    assert_eq!(fraction(&dataset, "O5.M3"), pair("1", "2"));
    assert_eq!(fraction(&dataset, "O5.M4"), pair("1", "-"));
    assert_eq!(fraction(&dataset, "O8.M1"), pair("1", "-"));
    assert_eq!((used(&dataset)["cin_plans"], used(&dataset)["initial_conferences"]), (1, 2));

    // no visits, no reviews
    let card = dataset.scorecard(month("2017-03"), month("2017-03"), &Options::default()).unwrap();
    for (measure, missing) in [("O3.M4", "cp_visits"), ("O3.M3", "cp_reviews"), ("O6.M11", "pathway_plans")] {
        let result = card.result(measure, month("2017-03")).unwrap();
        assert_eq!(
            (result.status, &result.missing_tables[0][..]),
            (Status::NotSupplied, missing),
            "{measure}"
        );
    }
}

fn placement(
    id: &str,
    start: &str,
    reason: &str,
    kind: &str,
    end: Option<&str>,
    end_reason: Option<&str>,
) -> Value {
    json!({
        "child_looked_after_placement_id": id,
        "start_date": start,
        "start_reason": reason,
        "placement_type": kind,
        "postcode": "WR1 1AA",
        "end_date": end,
        "end_reason": end_reason,
    })
}

#[test]
fn periods_of_care_and_placements() {
    let episodes = json!([
        {
            "social_care_episode_id": "R1",
            "referral_date": "2016-05-01",
            "child_looked_after_placements": [
                placement("L3", "2016-09-01", "P", "U6", Some("2017-01-10"), Some("X1")),
                placement("L1", "2016-05-02", "S", "U6", Some("2016-07-01"), Some("X1")),
                // the law alone changes
                placement("L2", "2016-07-01", "L", "U6", Some("2016-09-01"), Some("X1")),
                placement("L4", "2017-01-10", "P", "K2", Some("2017-02-01"), Some("E4A")),
            ],
        },
        {
            "social_care_episode_id": "R2",
            "referral_date": "2017-03-01",
            // a second period, after a gap
            "child_looked_after_placements": [placement("L5", "2017-03-01", "S", "U6", None, None)],
        },
    ]);
    let dataset = read(&json!([child("C1", "2010-05-01", episodes)]));
    assert_eq!(issues(&dataset), []);
    assert_eq!((used(&dataset)["cla_episodes"], used(&dataset)["cla_placements"]), (5, 4));
    assert_eq!(fraction(&dataset, "O6.M6"), pair("1", "1"));
    let card = dataset.scorecard(month("2017-03"), month("2017-03"), &Options::default()).unwrap();
    let case = &card.cases("O6.M6", month("2017-03")).unwrap()[0];
    assert_eq!((&case.subject[..], case.record.as_deref()), ("C1", Some("C1/2017-03-01")));
    // no distances
    assert_eq!(card.result("O6.M1", month("2017-03")).unwrap().status, Status::NotSupplied);
}

#[test]
fn adoption_leavers_and_unaccompanied_children() {
    let adopted = json!([{
        "social_care_episode_id": "R1",
        "referral_date": "2016-02-01",
        "child_looked_after_placements": [
            placement("L1", "2016-03-01", "S", "U6", Some("2016-06-09"), Some("X1")),
            placement("L2", "2016-06-09", "P", "A6", Some("2017-02-01"), Some("E11")),
        ],
        // 100 days
        "adoption": { "initial_decision_date": "2016-04-01", "placed_date": "2016-06-09" },
    }]);
    let leaver = |id: &str, leaver: Value| {
        child(
            id,
            "1998-04-01",
            json!([{ "social_care_episode_id": id, "referral_date": "2015-01-05", "care_leavers": leaver }]),
        )
    };
    let mut alone = child("C9", "2001-04-01", json!([]));
    // a flag as other programs write it
    alone["child_details"]["uasc_flag"] = json!("Yes");
    let dataset = read(&json!([
        child("C1", "2014-05-01", adopted),
        leaver("C2", json!({ "contact_date": "2017-02-01", "activity": "G5", "accommodation": "U" })),
        leaver("C3", json!({ "contact_date": "2017-02-01", "activity": "F1" })),
        // without a day it is as at any
        leaver("C4", json!({ "activity": "G4" })),
        alone,
    ]));
    assert_eq!(issues(&dataset), []);
    assert_eq!(fraction(&dataset, "O6.M3"), pair("100", "1"));
    assert_eq!(fraction(&dataset, "O6.M9"), pair("2", "-"));
    assert_eq!((used(&dataset)["activities"], used(&dataset)["immigration_statuses"]), (2, 1));
}

#[test]
fn every_form_of_a_file() {
    let children = front_door();
    let [first, second] = [&children[0], &children[1]].map(Value::to_string);
    let list = children.to_string();
    let expected = used(&read(&children));
    for text in [
        format!(" {list}\n"),
        format!("\u{feff}{list}"),
        format!("{{\"sent\": {{\"on\": [1, 2]}}, \"children\": {list}, \"more\": null}}"),
        format!("{first}\n{second}\n"),
        format!("{first}{second}"),
    ] {
        assert_eq!(used(&try_read(&[("children.json", text.as_bytes())]).unwrap()), expected, "{text}");
    }
    let one = try_read(&[("children.json", second.as_bytes())]).unwrap();
    assert_eq!(used(&one)["referrals"], 1);
    let none = try_read(&[("children.json", b"[]")]).unwrap();
    assert!(used(&none).contains_key("cp_plans") && used(&none).values().all(|rows| *rows == 0));
}

#[test]
fn a_folder_of_files_and_one_that_is_none() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("monday.json"), front_door().to_string()).unwrap();
    fs::write(folder.path().join("about.json"), "{\"authority\": \"Anytown\"}").unwrap();
    assert_eq!(used(&read_sources([folder.path()]).unwrap())["referrals"], 3);
}

#[test]
fn a_later_file_tells_a_child_anew() {
    let episode = |id: &str| json!([{ "social_care_episode_id": id, "referral_date": "2017-03-06" }]);
    let monday = json!([child("C1", "2010-05-01", episode("R1")), child("C2", "2010-05-01", episode("R2"))]);
    let tuesday = json!([
        child("C1", "2010-05-02", json!([
            { "social_care_episode_id": "R3", "referral_date": "2017-03-07" },
            { "social_care_episode_id": "R4", "referral_date": "2017-03-08" },
        ])),
        { "la_child_id": "C2", "purge": true },
    ]);
    let (monday, tuesday) = (monday.to_string(), tuesday.to_string());
    // in whatever order they are given
    let files: [(&str, &[u8]); 2] =
        [("2017-03-08.json", tuesday.as_bytes()), ("2017-03-07.json", monday.as_bytes())];
    let dataset = try_read(&files).unwrap();
    assert_eq!(issues(&dataset), []);
    assert_eq!((used(&dataset)["referrals"], used(&dataset)["persons"]), (2, 1));

    // twice in one file is a fault
    let twice = json!([child("C1", "2010-05-01", json!([])), child("C1", "2010-05-01", json!([]))]);
    let issue = ("persons".to_owned(), 2, "duplicate_id", "children.json: child".to_owned());
    assert_eq!(issues(&read(&twice)), [issue]);
}

#[test]
fn what_is_to_be_deleted_makes_no_row() {
    let mut children = front_door();
    let episode = &mut children[0]["social_care_episodes"][1];
    episode["child_and_family_assessments"][1]["purge"] = json!(true);
    episode["section_47_assessments"][0]["purge"] = json!(true);
    children[0]["social_care_episodes"][0]["purge"] = json!(true);
    let dataset = read(&children);
    assert_eq!(issues(&dataset), []);
    let used = used(&dataset);
    assert_eq!(
        (
            used["referrals"],
            used["assessments"],
            used["section_47_enquiries"],
            used["initial_conferences"],
            used["cp_plans"]
        ),
        (2, 1, 2, 1, 1)
    );
}

#[test]
fn what_cannot_be_used_is_told_with_element_and_number() {
    let mut children = front_door();
    children[0]["child_details"]["date_of_birth"] = json!("01/05/2010");
    let episode = &mut children[0]["social_care_episodes"][1];
    episode["referral_date"] = json!(["2017-03-06"]);
    episode["child_and_family_assessments"][1] = json!("A2");
    episode["section_47_assessments"] = json!("none");
    episode["child_protection_plans"][0]["start_date"] = json!("2017-02-30");
    episode["child_in_need_plans"][0]["end_date"] = json!(true);
    episode["care_leavers"] = json!([]);
    children[1]["social_care_episodes"][0]["social_care_episode_id"] = json!(null);
    children.as_array_mut().unwrap().push(json!(7));
    let dataset = read(&children);
    let issue = |table: &str, row, code, element: &str| {
        (table.to_owned(), row, code, format!("children.json: {element}"))
    };
    let mut told = issues(&dataset);
    told.sort();
    let mut expected = [
        issue("persons", 1, "bad_date", "child"),
        issue("persons", 3, "bad_row", "child"),
        issue("referrals", 2, "bad_date", "social_care_episodes"),
        issue("referrals", 3, "missing_required", "social_care_episodes"),
        issue("assessments", 2, "bad_row", "child_and_family_assessments"),
        issue("assessments", 1, "dangling_reference", "child_and_family_assessments"),
        issue("section_47_enquiries", 1, "bad_row", "section_47_assessments"),
        issue("cp_plans", 2, "bad_date", "child_protection_plans"),
        issue("cin_plans", 1, "bad_date", "child_in_need_plans"),
        issue("care_leavers", 1, "bad_row", "care_leavers"),
    ];
    expected.sort();
    assert_eq!(told, expected);
}

#[test]
fn what_is_no_such_file_is_an_error_that_says_so() {
    for (text, expected) in [
        (&b"{\"a\": [1, 2]}"[..], "no object in it is a child"),
        (b"", "no object in it is a child"),
        (b"[{\"name\": \"Ada\"}]", "no object in it is a child"),
        (b"\"Ada\"", "expected a child or a list"),
        (b"[{\"la_child_id\": \"Ada\"", "line 1, column 22: it ends before its JSON does"),
        (
            b"{\"la_child_id\": \"Ada\"}\n{\"la_child_id\": }",
            "object 2, its line 1, column 17: not well-formed JSON",
        ),
        (b"{\"la_child_id\": \"Ada\", \"la_child_id\": \"Bob\"}", "duplicate field `la_child_id`"),
        (b"\xff\xfe[\0", "UTF-16"),
        (b"[{\"la_child_id\": \"\xff\"}]", "not well-formed JSON"),
    ] {
        let message = refused(text);
        assert!(message.starts_with("`children.json`: ") && message.contains(expected), "{message}");
        assert!(!message.contains("Ada"), "{message}");
    }
    let deep = format!("[{{\"la_child_id\": {}", "[".repeat(100_000));
    assert!(refused(deep.as_bytes()).contains("it ends before"), "{}", refused(deep.as_bytes()));
    let long = format!("[{{\"la_child_id\": \"{}\"}}]", "x".repeat(17 << 20));
    assert!(refused(long.as_bytes()).contains("too long"), "{}", refused(long.as_bytes()));
    // many children are more than one may be
    let one = format!("{{\"la_child_id\": \"1\", \"note\": \"{}\"}}", "x".repeat(5 << 20));
    let many = format!("[{one}, {one}, {one}, {one}]");
    assert_eq!(used(&try_read(&[("children.json", many.as_bytes())]).unwrap())["persons"], 1);
}

#[test]
fn whatever_the_bytes_it_ends() {
    let text = front_door().to_string().into_bytes();
    for length in 1..text.len() {
        assert!(try_read(&[("children.json", &text[..length])]).is_err(), "{length}");
    }
    for place in (0..text.len()).step_by(3) {
        let mut bytes = text.clone();
        bytes[place] ^= 0x15;
        drop(try_read(&[("children.json", &bytes)]));
    }
}

#[test]
fn keys_are_known_in_any_case_and_two_of_one_meaning_are_an_error() {
    let text = front_door().to_string();
    let expected = read(&front_door());
    let upper = |text: &str| {
        let mut out = String::new();
        for part in text.split_inclusive("\":") {
            match part.strip_suffix("\":").and_then(|part| part.rsplit_once('"')) {
                Some((before, key)) => {
                    out += &format!("{before}\"{}\":", key.to_uppercase());
                }
                None => out += part,
            }
        }
        out
    };
    for text in [
        upper(&text),
        format!("{{\"Meta\": {{\"version\": 1}}, \"Children\": {text}}}"),
        format!("{{\"CHILDREN\": {}}}", upper(&text)),
        text.replace("la_child_id", "laChildId").replace("social_care_episodes", "socialCareEpisodes"),
    ] {
        let dataset = try_read(&[("children.json", text.as_bytes())]).unwrap();
        assert_eq!(used(&dataset), used(&expected));
        assert_eq!(fraction(&dataset, "O2.M3"), pair("1", "2"));
    }
    // found in a folder by its keys
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.json"), upper(&text)).unwrap();
    assert_eq!(used(&read_sources([folder.path()]).unwrap()), used(&expected));

    let message = refused(br#"[{"la_child_id": "1", "LA_Child_ID": "2"}]"#);
    assert!(message.contains("duplicate field `la_child_id`"), "{message}");
}

#[test]
fn the_workers_of_a_child_are_involvements() {
    let dataset = read(&json!([child(
        "C1",
        "2010-05-01",
        json!([
            {
                "social_care_episode_id": "R1",
                "referral_date": "2016-05-09",
                "closure_date": "2016-06-30",
                "care_worker_details": [
                    { "worker_id": "W1", "start_date": "2016-05-09", "end_date": "2016-06-30" },
                    { "worker_id": "W2", "start_date": "2016-05-20", "end_date": "2016-06-30" },
                ],
            },
            {
                "social_care_episode_id": "R2",
                "referral_date": "2017-03-06",
                "care_worker_details": [
                    { "worker_id": "W1", "start_date": "2017-03-06", "end_date": null },
                    { "worker_id": "W3", "start_date": "soon" },
                    { "start_date": "2017-03-06" },
                    7,
                ],
            },
        ])
    )]));
    let source = || "children.json: care_worker_details".to_owned();
    let issue = |row, code| ("involvements".to_owned(), row, code, source());
    assert_eq!(issues(&dataset), [issue(4, "bad_date"), issue(5, "missing_required"), issue(6, "bad_row")]);
    assert_eq!(used(&dataset)["involvements"], 3);
    // a system that sends none leaves the table to other files
    let none = read(&json!([child("C1", "2010-05-01", json!([{ "social_care_episode_id": "R1" }]))]));
    assert!(!used(&none).contains_key("involvements"));
}
