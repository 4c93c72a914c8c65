//! Returns, as the program reads them.
#![cfg(feature = "returns")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where it fails")]

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const CENSUS: &str = "<Message><Header/><Children><Child><ChildIdentifiers><LAchildID>A</LAchildID></ChildIdentifiers>\
    <CINdetails><CINreferralDate>2017-03-01</CINreferralDate></CINdetails></Child></Children></Message>";

/// The results of March 2017 as JSON, and what is said beside them.
fn run(data: &Path) -> (Value, String) {
    let mut command = Command::new(common::program("scorecard"));
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
    let (card, said) = run(folder.path());
    assert!(said.contains("found SSDA903 return (Episodes 2017.csv, Header 2017.csv): persons"), "{said}");
    assert_eq!((status(&card, "O6.M6"), status(&card, "O5.M3")), ("ok", "not_supplied"));
    let issue = &card["data_issues"][0];
    assert_eq!(
        (&issue["source"], &issue["row"], &issue["code"]),
        (&"Episodes 2017.csv".into(), &2.into(), &"bad_date".into())
    );
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
