//! A small authority in a folder of its own, with the slips that real exports have.

use std::fs;
use std::path::Path;

use csc_measures::tables::Table;
use csc_measures::{Dataset, Month, Options};
use tempfile::TempDir;

/// Tables by name, as CSV.
pub(crate) const TABLES: &[(&str, &str)] = &[
    (
        "persons",
        "person_id,date_of_birth,expected_date_of_birth,date_of_death\n\
         P1,2005-01-24,,\n\
         P2,2010-06-30,,\n\
         P3,2016-02-29,,\n\
         P4,not a date,,\n",
    ),
    (
        "cp_plans",
        "cp_plan_id,person_id,start_date,end_date,other_authority,transfer_in\n\
         CP1,P1,2016-11-01,,N,N\n\
         CP2,P2,2016-12-15,2017-03-20,N,\n\
         CP3,P3,2017-01-09,,,N\n\
         CP3,P3,2017-01-09,,,N\n\
         CP4,P4,2017-02-01,,N,N\n\
         CP5,P9,2017-02-20,2017-02-01,N,N\n",
    ),
    (
        "cp_visits",
        "cp_visit_id,person_id,date,seen,seen_alone\n\
         1,P1,2017-03-20,Y,Y\n\
         2,P1,2017-01-10,Y,N\n\
         3,P2,2017-03-01,Y,\n\
         4,P3,2017-02-01,Y,Y\n\
         5,P3,2017-03-06,N,N\n\
         6,P4,2017-03-27,Y,N\n\
         7,,2017-03-27,Y,N\n",
    ),
    (
        "referrals",
        "referral_id,person_id,referral_date,close_date,close_reason,team\n\
         R1,P1,2016-10-03,,RC1,\"Front, door\"\n\
         R2,P2,2017-03-02,2017-03-09,RC9,Front door\n",
    ),
    (
        "assessments",
        "assessment_id,person_id,referral_id,start_date,authorised_date,team\n\
         A1,P1,R1,2016-10-04,2017-03-03,\n\
         A2,P2,R2,2017-03-03,2017-03-31,\n\
         A3,P3,R9,2017-03-06,2017-03-30,\n",
    ),
    (
        "workers",
        "worker_id,fte,agency,employment,team,team_type,start_date,end_date,leaving_type,asye_start_date,\
         asye_end_date,long_term_absence\n\
         W1,1.0,N,permanent,North,safeguarding,2014-01-06,,,,,N\n\
         W2,0.65,N,permanent,North,safeguarding,2016-01-04,,,2016-09-01,2017-09-01,N\n",
    ),
    (
        "involvements",
        "involvement_id,worker_id,person_id,role,start_date,end_date\n\
         I1,W1,P1,Allocated Case Worker,2016-10-04,\n\
         I2,W2,P2,allocated case worker,2016-12-15,\n\
         I3,W2,P3,,2017-01-09,\n",
    ),
    (
        "cla_placements",
        "placement_id,person_id,cla_id,start_date,end_date,placement_type,distance_miles,outside_authority,\
         carer_id,long_term\n\
         PL1,P4,L1,2016-05-05,,U6,20.5,Y,F1,N\n",
    ),
    ("cla_episodes", "cla_episode_id,person_id,cla_id,start_date\nE1,P4,L1,2016-05-05\n"),
    ("compliments", "compliment_id,received_date\nC1,2017-03-02\nC2,2017-03-31\nC3,31/03/2017\n"),
    ("cin_visits", "cin_visit_id,person_id,date,seen,seen_alone\n"),
];

/// A folder with the tables, and what `change` makes of each: a file's name and its text.
pub(crate) fn folder(change: impl Fn(Table, &str) -> (String, String)) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in TABLES {
        let (name, text) = change(Table::by_name(name).unwrap(), text);
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// The folder as it is.
pub(crate) fn plain() -> TempDir {
    folder(|table, text| (format!("{table}.csv"), text.to_owned()))
}

/// A folder with one file.
pub(crate) fn one(name: &str, text: impl AsRef<[u8]>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), text).unwrap();
    folder
}

/// The scorecard of half a year, as JSON.
pub(crate) fn card(dataset: &Dataset) -> String {
    let month = |text: &str| text.parse::<Month>().unwrap();
    let card = dataset.scorecard(month("2016-10"), month("2017-03"), &Options::default()).unwrap();
    serde_json::to_string_pretty(&card).unwrap()
}

/// The scorecard of a folder.
pub(crate) fn card_of(folder: &Path) -> String {
    card(&csc_measures_files::read_folder(folder).unwrap())
}

/// The scorecard of a dataset without its report on columns, which names them as they were supplied.
pub(crate) fn figures(dataset: &Dataset) -> serde_json::Value {
    let mut card: serde_json::Value = serde_json::from_str(&card(dataset)).unwrap();
    assert!(card.as_object_mut().unwrap().remove("columns").is_some());
    card
}

/// The figures of a folder.
pub(crate) fn figures_of(folder: &Path) -> serde_json::Value {
    figures(&csc_measures_files::read_folder(folder).unwrap())
}

/// The issues of a dataset: table, row and code.
pub(crate) fn issues(dataset: &Dataset) -> Vec<String> {
    dataset
        .issues()
        .iter()
        .map(|issue| format!("{} {} {}", issue.table(), issue.row(), issue.code().as_str()))
        .collect()
}

/// The CSV with the names that the Standard Safeguarding Dataset has for table and columns.
pub(crate) fn in_ssd_names(table: Table, text: &str) -> (String, String) {
    let (header, rows) = text.split_once('\n').unwrap();
    let header: Vec<&str> = header
        .split(',')
        .map(|name| table.columns()[table.column(name).unwrap()].ssd.unwrap_or(name))
        .collect();
    // Under a table name of the Standard Safeguarding Dataset further rules read the table.
    (format!("{}.csv", table.name()), format!("{}\n{rows}", header.join(",")))
}
