//! Returns, as the program reads them.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::program;

const CENSUS: &str = "<Message><Header/><Children><Child><ChildIdentifiers><LAchildID>A</LAchildID></ChildIdentifiers>\
    <CINdetails><CINreferralDate>2017-03-01</CINreferralDate></CINdetails></Child></Children></Message>";

/// The results of March 2017 as JSON, and what is said beside them.
fn run(data: &Path) -> (Value, String) {
    let mut command = program();
    command.arg("--data").arg(data).args(["--from", "2017-03", "--to", "2017-03", "--format", "json"]);
    let output = command.output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    (serde_json::from_slice(&output.stdout).unwrap(), said)
}

fn status<'a>(card: &'a Value, measure: &str) -> &'a str {
    let results = card["results"].as_array().unwrap();
    results.iter().find(|result| result["measure"] == measure).unwrap()["status"].as_str().unwrap()
}

#[test]
fn a_census_as_a_file_and_in_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("census.xml");
    fs::write(&file, CENSUS).unwrap();
    for data in [file.as_path(), folder.path()] {
        let (card, said) = run(data);
        assert!(said.contains("found children in need census (census.xml): persons, referrals"), "{said}");
        assert_eq!((status(&card, "O5.M3"), status(&card, "O3.M6")), ("ok", "not_supplied"));
    }
}

#[test]
fn the_files_of_ssda903_in_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let header = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1,1,01/02/2010,WBRI,UN1,,\n";
    let episodes =
        "CHILD,DECOM,RNE,LS,CIN,PLACE,DEC,REC\n1,03/01/2017,S,V2,N1,U6,,\n1,31/02/2017,P,V2,N1,U6,,\n";
    fs::write(folder.path().join("Header 2017.csv"), header).unwrap();
    fs::write(folder.path().join("Episodes 2017.csv"), episodes).unwrap();
    // known, and of no use to any measure
    fs::write(folder.path().join("Missing 2017.csv"), "CHILD,DOB,MISSING,MIS_START,MIS_END\n").unwrap();
    let (card, said) = run(folder.path());
    let found =
        "found SSDA903 return of the year to March 2017 (Episodes 2017.csv, Header 2017.csv): persons";
    assert!(said.contains(found), "{said}");
    assert_eq!(card["sources"][0]["years"], serde_json::json!([2017]));
    assert_eq!((status(&card, "O6.M6"), status(&card, "O5.M3")), ("ok", "not_supplied"));
    let issue = &card["data_issues"][0];
    assert_eq!(
        (&issue["source"], &issue["row"], &issue["code"]),
        (&"Episodes 2017.csv".into(), &2.into(), &"bad_date".into())
    );
}

#[test]
fn a_return_of_several_years_says_which_they_are_and_which_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    for (name, year) in [("2015", "2015"), ("2018", "2017")] {
        fs::create_dir(folder.path().join(name)).unwrap();
        let episodes = format!("CHILD,DECOM,RNE,LS,CIN,PLACE,DEC,REC\n{year},03/01/{year},S,V2,N1,U6,,\n");
        fs::write(folder.path().join(name).join("episodes.csv"), episodes).unwrap();
    }
    let (card, said) = run(folder.path());
    let source = &card["sources"][0];
    assert_eq!(source["years"], serde_json::json!([2015, 2017]));
    assert_eq!(source["warnings"], serde_json::json!(["other_year:2018:2017", "year_missing:2016"]));
    for line in [
        "csc-measures: found SSDA903 return of the years to March 2015, 2017 (episodes.csv, episodes.csv): persons",
        "csc-measures: SSDA903 return: other_year:2018:2017: `2018` says 2018, and what is in it is of the year to March 2017",
        "csc-measures: SSDA903 return: year_missing:2016: no file says what went on in the year to March 2016; what was open \
         before it and is in no later file stays open",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    let mut command = program();
    let output = command
        .arg("--data")
        .arg(folder.path())
        .args(["--from", "2017-03", "--to", "2017-03"])
        .output()
        .unwrap();
    let page = String::from_utf8(output.stdout).unwrap();
    assert!(page.contains("the years to March 2015, 2017: persons"), "{page}");
}

#[test]
fn tables_are_read_before_returns() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("census.xml"), CENSUS).unwrap();
    fs::write(folder.path().join("compliments.csv"), "compliment_id,received_date\n1,2017-03-01\n").unwrap();
    let (card, said) = run(folder.path());
    assert!(!said.contains("found"), "{said}");
    assert_eq!((status(&card, "O4.M4"), status(&card, "O5.M3")), ("ok", "not_supplied"));
}

#[test]
fn several_together_and_which_table_came_from_where() {
    let folder = tempfile::tempdir().unwrap();
    let (census, care) = (folder.path().join("census.xml"), folder.path().join("care"));
    fs::write(&census, CENSUS).unwrap();
    fs::create_dir(&care).unwrap();
    fs::write(care.join("header.csv"), "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1,1,01/02/2010,WBRI,UN1,,\n")
        .unwrap();
    let tables = folder.path().join("tables");
    fs::create_dir(&tables).unwrap();
    fs::write(tables.join("compliments.csv"), "compliment_id,received_date\n1,2017-03-01\n").unwrap();
    let run = |more: &[&str]| {
        let mut command = program();
        for path in [&census, &care, &tables] {
            command.arg("--data").arg(path);
        }
        command.args(["--from", "2017-03", "--to", "2017-03", "--format", "json"]).args(more);
        let output = command.output().unwrap();
        (output.status.code(), output.stdout, String::from_utf8(output.stderr).unwrap())
    };

    let (code, _, said) = run(&[]);
    assert_eq!(code, Some(2));
    assert_eq!(
        said,
        "csc-measures: table `persons` is in two sources: ssda903 and cin_census; choose the one to take it \
         from: --choose persons=ssda903 or --choose persons=cin_census\n"
    );
    let (_, _, said) = run(&["--choose", "persons=annex_a"]);
    assert!(said.contains("table `persons` cannot be taken from annex_a, which does not have it"), "{said}");
    let (_, _, said) = run(&["--choose", "persons=ssda903", "--as-at", "2017-03-31"]);
    assert!(said.contains("a day is given, but no Annex A workbook"), "{said}");
    let (_, _, said) = run(&["--choose", "persons:ssda903"]);
    assert!(said.contains("write it as TABLE=SOURCE, such as persons=cin_census"), "{said}");

    let (code, out, said) = run(&["--choose", "persons=cin_census"]);
    assert_eq!(code, Some(0), "{said}");
    let card: Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(
        (status(&card, "O5.M3"), status(&card, "O4.M4"), status(&card, "O3.M4")),
        ("ok", "ok", "not_supplied")
    );
    let sources = card["sources"].as_array().unwrap();
    let told: Vec<(&str, &str, &str)> = sources
        .iter()
        .map(|source| {
            let text = |value: &'static str| source[value].as_str().unwrap();
            (
                text("source"),
                source["files"][0].as_str().unwrap(),
                source["tables"][0].as_str().unwrap_or("none"),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("tables", "compliments.csv", "compliments"),
            ("ssda903", "header.csv", "none"),
            ("cin_census", "census.xml", "persons"),
        ]
    );
}

#[test]
fn an_inspection_as_at_its_day() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Annex A.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("List 7").unwrap();
    for (row, cells) in (0..).zip([
        [
            "Child Unique ID",
            "Child Protection Plan Start Date",
            "Date of the Last Statutory Visit",
            "Child Protection Plan End Date",
        ],
        ["1", "01/11/2016", "02/03/2017", ""],
    ]) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    book.save(&path).unwrap();
    let run = |more: &[&str]| {
        let mut command = program();
        command.arg("--data").arg(&path).args(["--from", "2017-02", "--to", "2017-03"]).args(more);
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (page, said) = run(&["--as-at", "2017-03-16"]);
    assert!(
        said.contains("found Annex A as at 2017-03-16 (Annex A.xlsx): persons, cp_plans, cp_visits"),
        "{said}"
    );
    assert!(page.contains("as at 2017-03-16: persons, cp_plans, cp_visits, of Annex A.xlsx"), "{page}");
    assert!(page.contains("cp_plans does not hold enough for"), "{page}");
    // without a day, that of the visit
    let (_, said) = run(&[]);
    assert!(said.contains("found Annex A as at 2017-03-02"), "{said}");
}
