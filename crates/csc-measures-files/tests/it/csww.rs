//! The social work workforce census: what is made from it, worked by hand.

use std::fs;

use csc_measures::{Dataset, Month, Options, Scorecard, Status};
use csc_measures_files::{ReadError, SourceKind, SourceReader, read_sources};

const ID: &str = "SWENo";

/// A census of a year, with its workers.
fn census(year: &str, workers: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Message><Header><CollectionDetails>\
         <Collection>CSWW</Collection><Year>{year}</Year><ReferenceDate>{year}-09-30</ReferenceDate>\
         </CollectionDetails><Source><SourceLevel>L</SourceLevel><LEA>885</LEA></Source></Header>\
         <LALevelVacancies><NumberOfVacancies>2.5</NumberOfVacancies><NoAgencyFTE>1</NoAgencyFTE>\
         <NoAgencyHeadcount>1</NoAgencyHeadcount></LALevelVacancies>{workers}</Message>"
    )
}

/// A worker with what stands in the elements.
fn worker(elements: &[(&str, &str)]) -> String {
    let texts: String = elements.iter().map(|(name, text)| format!("<{name}>{text}</{name}>")).collect();
    format!("<CSWWWorker>{texts}<QualInst>University</QualInst><OrgRole>4</OrgRole></CSWWWorker>")
}

/// A worker in post since 2015, with full-time equivalents and cases.
fn in_post(id: &str, fte: &str, cases: &str) -> String {
    worker(&[
        ("AgencyWorker", "0"),
        (ID, id),
        ("FTE", fte),
        ("RoleStartDate", "2015-01-05"),
        ("Cases30", cases),
        ("Absat30Sept", "0"),
    ])
}

fn reader(text: &str) -> (tempfile::TempDir, Result<SourceReader<'static>, ReadError>) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("workforce.xml"), text).unwrap();
    let reader = SourceReader::open([folder.path()]);
    (folder, reader)
}

fn read(text: &str) -> Dataset {
    reader(text).1.unwrap().read().unwrap()
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn card(dataset: &Dataset) -> Scorecard {
    dataset.scorecard(month("2022-08"), month("2022-10"), &Options::default()).unwrap()
}

/// Subject, outcome and reason of the cases of September.
fn cases(dataset: &Dataset, measure: &str) -> Vec<(String, &'static str, &'static str)> {
    let cases = card(dataset).cases(measure, month("2022-09")).unwrap();
    let reason = |case: &csc_measures::Case| case.reason.map_or("", |reason| reason.as_str());
    cases.into_iter().map(|case| (case.subject.clone(), case.outcome.as_str(), reason(&case))).collect()
}

fn issues(dataset: &Dataset) -> Vec<(&str, u64, &'static str, Option<&'static str>)> {
    let told = dataset.issues().iter();
    told.map(|issue| (issue.source().unwrap(), issue.row(), issue.code().as_str(), issue.column())).collect()
}

#[test]
fn caseloads_on_30_september() {
    let text = census(
        "2022",
        &[
            in_post("AB1", "1.000000", "16"),
            in_post("AB2", "0.5", "10"),
            // no cases, and a manager of whom nobody says how many
            in_post("AB3", "1", "0"),
            worker(&[("AgencyWorker", "0"), (ID, "AB4"), ("FTE", "1"), ("RoleStartDate", "2016-01-04")]),
            // an agency worker, of whom only the equivalents of the day are known
            worker(&[("AgencyWorker", "1"), (ID, "AB5"), ("FTE30", "0.8"), ("Cases30", "9")]),
            // without equivalents
            worker(&[("AgencyWorker", "0"), (ID, "AB6"), ("Cases30", "4")]),
            // left in the year
            worker(&[
                ("AgencyWorker", "0"),
                (ID, "AB7"),
                ("FTE", "1"),
                ("RoleStartDate", "2015-01-05"),
                ("RoleEndDate", "2022-04-30"),
                ("ReasonLeave", "1"),
            ]),
        ]
        .concat(),
    );
    let (_folder, reader) = reader(&text);
    let mut reader = reader.unwrap();
    let dataset = reader.read().unwrap();
    assert_eq!(issues(&dataset), []);
    let source = &reader.sources()[0];
    assert_eq!((source.kind, source.as_at), (SourceKind::Csww, Some("2022-09-30".parse().unwrap())));
    assert!(reader.ignored().is_empty(), "{:?}", reader.ignored());

    let card = card(&dataset);
    let caseload = card.result("O1.M1", month("2022-09")).unwrap();
    assert_eq!(caseload.status, Status::Ok, "{:?}", caseload.missing_tables);
    let shown = |amount: Option<csc_measures::Amount>| amount.map(|amount| amount.to_string());
    // 16, 10 and 9 cases of 1, 0.5 and 0.8 workers
    assert_eq!(
        (shown(caseload.numerator), shown(caseload.denominator)),
        (Some("35".into()), Some("2.3".into()))
    );
    assert!(caseload.warnings.contains(&"without:involvements".to_owned()), "{:?}", caseload.warnings);
    let case = |id: &str, outcome, reason| (id.to_owned(), outcome, reason);
    assert_eq!(
        cases(&dataset, "O1.M1"),
        [
            case("AB1", "counted", ""),
            case("AB2", "counted", ""),
            case("AB4", "unknown", "no_cases_held"),
            case("AB5", "counted", ""),
            case("AB6", "unknown", "no_fte"),
        ]
    );
    // on that day alone, and of nothing that the census does not ask
    for (measure, of) in
        [("O1.M1", "2022-08"), ("O1.M1", "2022-10"), ("O1.M2", "2022-09"), ("O1.M4", "2022-09")]
    {
        let result = card.result(measure, month(of)).unwrap();
        assert_eq!(result.status, Status::NotSupplied, "{measure} {of}");
    }
}

/// Numerator, denominator, and what becomes of the cases of September under policies.
fn figures(dataset: &Dataset, measure: &str, policy: &str) -> (Status, String, String, Vec<String>) {
    let mut options = Options::default();
    options.policy = serde_json::from_str(policy).unwrap();
    let september = month("2022-09");
    let card = dataset.scorecard(september, september, &options).unwrap();
    let result = card.result(measure, september).unwrap();
    let shown = |amount: Option<csc_measures::Amount>| amount.map_or("none".into(), |it| it.to_string());
    let cases = card.cases(measure, september).unwrap_or_default();
    let told = |case: csc_measures::Case| match case.reason {
        Some(reason) => format!("{} {} {}", case.subject, case.outcome.as_str(), reason.as_str()),
        None => format!("{} {}", case.subject, case.outcome.as_str()),
    };
    let cases = cases.into_iter().map(told).collect();
    (result.status, shown(result.numerator), shown(result.denominator), cases)
}

/// A worker who left, with the days of the role and the reason.
fn leaver(id: &str, fte: &str, start: &str, end: &str, reason: &str) -> String {
    worker(&[
        ("AgencyWorker", "0"),
        (ID, id),
        ("FTE", fte),
        ("RoleStartDate", start),
        ("RoleEndDate", end),
        ("ReasonLeave", reason),
    ])
}

#[test]
fn turnover_of_every_worker_in_the_year_to_30_september() {
    let text = census(
        "2022",
        &[
            in_post("AB1", "1.000000", "16"),
            in_post("AB2", "0.600000", "10"),
            // retired on the first day of the year, and resigned on its last
            leaver("AB3", "1", "2015-01-05", "2021-10-01", "5"),
            leaver("AB4", "0.5", "2019-01-07", "2022-09-30", "1"),
            // before the year
            leaver("AB5", "1", "2015-01-05", "2021-09-30", "1"),
            // to other work of the authority
            leaver("AB6", "1", "2015-01-05", "2022-03-31", "7"),
            // came and left within the year, for a reason that is not known
            leaver("AB7", "0.8", "2021-11-01", "2022-03-31", "9"),
            // an agency worker
            worker(&[("AgencyWorker", "1"), (ID, "AB8"), ("FTE30", "0.8"), ("Cases30", "9")]),
            // of whom nothing says whether agency
            worker(&[(ID, "AB9"), ("FTE", "1"), ("RoleStartDate", "2016-01-04")]),
        ]
        .concat(),
    );
    let dataset = read(&text);
    assert_eq!(issues(&dataset), []);
    let all = r#"{"scope_team_types": ["all"]}"#;
    let cases = |joined: &str| {
        [
            "AB1 not_counted",
            "AB2 not_counted",
            "AB3 counted",
            "AB4 counted",
            "AB6 not_applicable internal_move",
            joined,
            "AB9 unknown no_employment",
        ]
        .map(str::to_owned)
        .to_vec()
    };
    // AB3, AB4 and AB7 left: 1 + 0.5 + 0.8; AB1 and AB2 are in post: 1 + 0.6
    assert_eq!(
        figures(&dataset, "O1.M5", all),
        (Status::Ok, "2.3".into(), "1.6".into(), cases("AB7 counted"))
    );
    // of those who were there at the start of the year, AB3 and AB4
    assert_eq!(
        figures(&dataset, "O1.M5.published", all),
        (Status::Ok, "1.5".into(), "1.6".into(), cases("AB7 not_applicable joined_in_period"))
    );
    // on average: AB1, AB2, AB3, AB4 and AB6 were in post a year before, 4.1, and AB1 and AB2 are, 1.6
    let average = r#"{"scope_team_types": ["all"], "turnover_base": "average"}"#;
    let (status, numerator, denominator, _) = figures(&dataset, "O1.M5", average);
    assert_eq!((status, &numerator[..], &denominator[..]), (Status::Ok, "2.3", "2.85"));
    // 16, 10 and 9 cases of 1, 0.6 and 0.8 workers
    let (status, numerator, denominator, _) = figures(&dataset, "O1.M1", all);
    assert_eq!((status, &numerator[..], &denominator[..]), (Status::Ok, "35", "2.4"));
    // It has no kinds of team, and does not say who is permanent.
    for (measure, policy) in [("O1.M5", "{}"), ("O1.M5.published", "{}"), ("O1.M4", "{}"), ("O1.M4", all)] {
        assert_eq!(figures(&dataset, measure, policy).0, Status::NotSupplied, "{measure}");
    }
}

#[test]
fn a_reason_of_leaving_that_is_none_of_the_census_is_told() {
    let text = census(
        "2022",
        &[
            leaver("AB1", "1", "2015-01-05", "2022-03-31", "11"),
            leaver("AB2", "1", "2015-01-05", "2022-03-31", ""),
            in_post("AB3", "1", "16"),
        ]
        .concat(),
    );
    let dataset = read(&text);
    assert_eq!(issues(&dataset), [("workforce.xml: CSWWWorker", 1, "unknown_code", Some("leaving_type"))]);
    let (_, numerator, denominator, _) = figures(&dataset, "O1.M5", r#"{"scope_team_types": ["all"]}"#);
    assert_eq!((&numerator[..], &denominator[..]), ("2", "1"));
}

#[test]
fn a_worker_who_came_back_has_two_roles_and_faults_are_told() {
    let twice = worker(&[(ID, "AB1"), ("FTE", "1"), ("FTE", "0.5"), ("Cases30", "3")]);
    let left = worker(&[
        (ID, "AB2"),
        ("FTE", "1"),
        ("RoleStartDate", "2019-01-07Z"),
        ("RoleEndDate", "2022-01-31+01:00"),
    ]);
    let again = worker(&[(ID, "AB2"), ("FTE", "1"), ("RoleStartDate", "2022-05-02"), ("Cases30", "12")]);
    let absent =
        worker(&[(ID, "AB3"), ("FTE", "1"), ("Absat30Sept", "0"), ("Absat30Sept", "1"), ("Shoes", "7")]);
    let text = census(
        "2022",
        &[
            twice,
            left.clone(),
            again.clone(),
            absent,
            again,
            worker(&[("FTE", "1")]),
            worker(&[(ID, "AB4"), ("FTE", "0"), ("Cases30", "-1"), ("AgencyWorker", "perhaps")]),
        ]
        .concat(),
    );
    let (_folder, reader) = reader(&text);
    let mut reader = reader.unwrap();
    let dataset = reader.read().unwrap();
    let source = "workforce.xml: CSWWWorker";
    assert_eq!(
        issues(&dataset),
        [
            (source, 1, "bad_value", Some("fte")),
            (source, 5, "duplicate_id", Some("worker_id")),
            (source, 6, "missing_required", Some("worker_id")),
            (source, 7, "bad_value", Some("fte")),
            (source, 7, "bad_value", Some("agency")),
            (source, 7, "bad_value", Some("cases_held")),
        ]
    );
    let told: Vec<&str> = reader.ignored().iter().map(|of| &of.name[..]).collect();
    assert_eq!(told, ["workforce.xml: Shoes"]);
    let counted = cases(&dataset, "O1.M1");
    assert!(counted.contains(&("AB2/2".to_owned(), "counted", "")), "{counted:?}");
}

#[test]
fn allocations_that_are_there_are_counted_and_not_the_number_of_the_census() {
    let folder = tempfile::tempdir().unwrap();
    let census_path = folder.path().join("workforce.xml");
    fs::write(&census_path, census("2022", &in_post("AB1", "1", "16"))).unwrap();
    let tables = folder.path().join("tables");
    fs::create_dir(&tables).unwrap();
    fs::write(
        tables.join("involvements.csv"),
        "involvement_id,worker_id,person_id,role,start_date,end_date\nI1,AB1,P1,,2022-01-03,\n",
    )
    .unwrap();
    let dataset = read_sources([&census_path, &tables]).unwrap();
    let caseload = card(&dataset).result("O1.M1", month("2022-09")).unwrap().numerator.unwrap().to_string();
    assert_eq!(caseload, "1");
}

#[test]
fn it_is_known_beside_a_children_in_need_census_and_one_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let cin = "<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2022</Year></CollectionDetails>\
               </Header><Children/></Message>";
    fs::write(folder.path().join("a.xml"), cin).unwrap();
    fs::write(folder.path().join("b.xml"), census("2022", &in_post("AB1", "1", "16"))).unwrap();
    let reader = SourceReader::open([folder.path()]).unwrap();
    let found: Vec<(SourceKind, &[String])> =
        reader.sources().iter().map(|source| (source.kind, &source.files[..])).collect();
    assert_eq!(
        found,
        [(SourceKind::CinCensus, &["a.xml".to_owned()][..]), (SourceKind::Csww, &["b.xml".to_owned()][..])]
    );
    fs::write(folder.path().join("c.xml"), census("2021", &in_post("AB1", "1", "16"))).unwrap();
    let message = SourceReader::open([folder.path()]).unwrap_err().to_string();
    assert_eq!(message, "`c.xml`: expected one workforce census at a time: each is as at its own day");
}

#[test]
fn what_does_not_say_its_year_or_ends_too_soon_is_an_error() {
    let whole = census("2022", &in_post("AB1", "1", "16"));
    let refused = |text: &str| match reader(text).1.and_then(|mut reader| reader.read()) {
        Err(error) => error.to_string(),
        Ok(_) => panic!("{text} was read"),
    };
    for year in ["", "22", "MMXXII", "20220"] {
        let message = refused(&census(year, ""));
        assert!(message.contains("it does not say of which year it is"), "{message}");
    }
    let message = refused(&whole[..whole.len() - "</Message>".len()]);
    assert!(message.contains("it ends before its elements do"), "{message}");
    for length in (0..whole.len()).step_by(11) {
        if let Some(text) = whole.get(..length) {
            drop(reader(text).1.and_then(|mut reader| reader.read()));
        }
    }
    // no worker at all is a census of nobody
    assert_eq!(issues(&read(&census("2022", ""))), []);
}
