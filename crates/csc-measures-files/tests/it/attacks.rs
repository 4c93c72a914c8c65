//! Returns that nobody would make by accident: what they may become is bounded, and what is lost is reported.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use csc_measures::{Dataset, Month, Options, Status};
use csc_measures_files::{FolderReader, ReadError, SourceReader, read_sources};

/// No kind of file takes longer that is read in linear time, whatever the machine; what is read by comparing each with
/// all takes minutes.
const SOON: Duration = Duration::from_secs(30);

/// A file in a folder of its own.
struct Given {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

fn given(name: &str, text: impl AsRef<[u8]>) -> Given {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    Given { _folder: folder, path }
}

fn read(file: &Given) -> Dataset {
    read_sources([&file.path]).unwrap()
}

fn refusal(file: &Given) -> String {
    read_sources([&file.path]).unwrap_err().to_string()
}

/// A workbook as at the end of March.
fn read_lists(file: &Given) -> Dataset {
    let day = "2017-03-31".parse().unwrap();
    SourceReader::open([&file.path]).unwrap().as_at(day).read().unwrap()
}

/// The codes of issues, with the tables, the places and the ids of their rows.
fn issues(dataset: &Dataset) -> Vec<(String, String, u64, &'static str)> {
    let one = |issue: &csc_measures::DataIssue| {
        let source = issue.source().unwrap_or_default().to_owned();
        (issue.table().to_string(), source, issue.row(), issue.code().as_str())
    };
    dataset.issues().iter().map(one).collect()
}

const TITLES: [&str; 4] = [
    "Child Unique ID",
    "Child Protection Plan Start Date",
    "Date of the Last Statutory Visit",
    "Child Protection Plan End Date",
];

fn row(number: u32, cells: &[String]) -> String {
    format!("<row r=\"{number}\">{}</row>", cells.concat())
}

fn text(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn titles(number: u32) -> String {
    let cells: Vec<String> = ["A", "B", "C", "D"]
        .iter()
        .zip(TITLES)
        .map(|(column, title)| text(&format!("{column}{number}"), title))
        .collect();
    row(number, &cells)
}

/// A workbook of one sheet, `List 7`, with rows and shared texts.
fn workbook(rows: &str, shared: &[&str]) -> Given {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Annex A.xlsx");
    let mut archive = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    let packed =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let related = "http://schemas.openxmlformats.org/package/2006/relationships";
    let shared: String = shared.iter().map(|text| format!("<si><t>{text}</t></si>")).collect();
    for (name, text) in [
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{related}\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"List 7\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{related}\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{office}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
            ),
        ),
        ("xl/sharedStrings.xml", format!("<sst xmlns=\"{main}\">{shared}</sst>")),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ] {
        archive.start_file(name, packed).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap();
    Given { _folder: folder, path }
}

#[test]
fn a_row_above_the_one_before_it_ends_the_reading_at_once() {
    // Rows that go up and down, each of which would be sought through for a header; with a shared text that is long.
    let long = "a ".repeat(100_000);
    let up_and_down: String = (0..100_000)
        .map(|number| row(1 + number % 2, &[format!("<c r=\"A{}\" t=\"s\"><v>0</v></c>", 1 + number % 2)]))
        .collect();
    let start = Instant::now();
    let message = refusal(&workbook(&up_and_down, &[&long]));
    assert_eq!(message, "`Annex A.xlsx`: sheet `List 7`: its rows are out of order");
    assert!(start.elapsed() < SOON);
}

#[test]
fn a_shared_text_that_is_not_there_is_an_error() {
    for number in ["-1", "1", "x", "18446744073709551616", "0x0", "1.0"] {
        let cell = format!("<c r=\"A2\" t=\"s\"><v>{number}</v></c>");
        let rows = titles(1) + &row(2, &[cell, text("B2", "2016-11-01")]);
        assert_eq!(
            refusal(&workbook(&rows, &["C1"])),
            "`Annex A.xlsx`: part `xl/worksheets/sheet1.xml`: cell `A2` names a shared text that is not there",
            "{number}"
        );
    }
    let cell = "<c r=\"A2\" t=\"s\"><v>0</v></c>".to_owned();
    let rows = titles(1) + &row(2, &[cell, text("B2", "2016-11-01")]);
    assert!(read_lists(&workbook(&rows, &["C1"])).issues().is_empty());
}

#[test]
fn cells_and_rows_that_no_sheet_has() {
    // A cell of as many characters as one may have is a text that is no date, and makes an id that is too long; one of
    // more is not read.
    for (length, codes) in [(32_767, &["bad_value", "bad_date"][..]), (32_768, &["bad_date"][..])] {
        let rows = titles(1) + &row(2, &[text("A2", "C1"), text("B2", &"é".repeat(length))]);
        let found = issues(&read_lists(&workbook(&rows, &[])));
        let at = ("cp_plans".to_owned(), "Annex A.xlsx: List 7".to_owned(), 1);
        let expected: Vec<_> = codes.iter().map(|code| (at.0.clone(), at.1.clone(), at.2, *code)).collect();
        assert_eq!(found, expected);
    }
    let rows = titles(1) + &row(1_048_577, &[text("A1048577", "C1"), text("B1048577", "2016-11-01")]);
    assert_eq!(
        refusal(&workbook(&rows, &[])),
        "`Annex A.xlsx`: sheet `List 7`: it has a row beyond the last that a sheet has, 1048576"
    );
    // An id of 257 bytes is none.
    let rows = titles(1) + &row(2, &[text("A2", &"C".repeat(257)), text("B2", "2016-11-01")]);
    let codes: Vec<&str> =
        issues(&read_lists(&workbook(&rows, &[]))).into_iter().map(|(.., code)| code).collect();
    assert!(!codes.is_empty() && codes.iter().all(|code| *code == "bad_value"), "{codes:?}");
}

#[test]
fn a_cell_that_is_there_twice_says_nothing() {
    let rows = titles(1) + &row(2, &[text("A2", "C1"), text("B2", "2016-11-01"), text("B2", "2016-12-01")]);
    let found = issues(&read_lists(&workbook(&rows, &[])));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].0.as_str(), found[0].3), ("cp_plans", "bad_date"));
}

fn census(children: &str) -> String {
    format!(
        "<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2017</Year>\
         <ReferenceDate>2017-03-31</ReferenceDate></CollectionDetails></Header><Children>{children}</Children></Message>"
    )
}

fn child(id: &str, more: &str) -> String {
    format!("<Child><ChildIdentifiers><LAchildID>{id}</LAchildID></ChildIdentifiers>{more}</Child>")
}

#[test]
fn children_without_an_id_are_not_compared_with_one_another() {
    let referral = "<CINdetails><CINreferralDate>2016-05-01</CINreferralDate></CINdetails>";
    for one in ["<Child/>".to_owned(), format!("<Child>{referral}</Child>"), child("1", referral)] {
        let folder = tempfile::tempdir().unwrap();
        for year in ["2017", "2018"] {
            let text = census(&one.repeat(100_000)).replace("2017", year);
            fs::write(folder.path().join(format!("cin-{year}.xml")), text).unwrap();
        }
        let start = Instant::now();
        let dataset = read_sources([folder.path()]).unwrap();
        assert!(start.elapsed() < SOON, "{one}");
        // Each of them is there and is an issue, but the first of an id and the rows that the next census repeats.
        assert!(dataset.issues().len() >= 99_999, "{}", dataset.issues().len());
    }
}

#[test]
fn a_child_with_very_many_rows_in_two_censuses_takes_no_longer() {
    let folder = tempfile::tempdir().unwrap();
    for year in [2017, 2018] {
        let details: String = (0..40_000)
            .map(|number| {
                let day = format!("{}-0{}-{}", 2001 + number % 15, 1 + number % 9, 10 + number % 19);
                let plan = format!("{}-0{}-{}", 2001 + (number + year) % 15, 1 + number % 9, 10 + number % 10);
                format!(
                    "<CINdetails><CINreferralDate>{day}</CINreferralDate><ChildProtectionPlans><CPPstartDate>{plan}\
                     </CPPstartDate></ChildProtectionPlans></CINdetails>"
                )
            })
            .collect();
        let text = census(&child("1", &details)).replace("2017", &year.to_string());
        fs::write(folder.path().join(format!("cin-{year}.xml")), text).unwrap();
    }
    let start = Instant::now();
    let dataset = read_sources([folder.path()]).unwrap();
    assert!(start.elapsed() < SOON);
    assert_eq!(dataset.person_count(), 1);
}

#[test]
fn elements_that_are_misplaced_misspelt_or_twice_are_issues() {
    let referral = |date: &str| format!("<CINdetails><CINreferralDate>{date}</CINreferralDate></CINdetails>");
    let found = |children: &str| issues(&read(&given("census.xml", census(children))));
    let at = |table: &str, element: &str, row: u64, code: &'static str| {
        (table.to_owned(), format!("census.xml: {element}"), row, code)
    };
    // Before, between and after children: it is nobody's, and least of all the child's before it.
    let children = referral("2017-01-01") + &child("C1", &referral("2017-01-05")) + &referral("2017-01-09");
    assert_eq!(
        found(&children),
        [at("referrals", "CINdetails", 1, "bad_row"), at("referrals", "CINdetails", 3, "bad_row")]
    );
    let enquiry = "<Section47><S47ActualStartDate>2017-01-09</S47ActualStartDate></Section47>";
    for (children, expected) in [
        // an enquiry outside a referral
        (child("C1", enquiry), at("section_47_enquiries", "Section47", 1, "bad_row")),
        // misspelt, and in other letters
        (
            child("C1", &format!("<CINdetails>{}</CINdetails>", enquiry.replace("Section47", "Section_47"))),
            at("section_47_enquiries", "Section_47", 1, "bad_row"),
        ),
        (
            child("C1", &referral("2017-01-05").replace("CINreferralDate", "cinReferralDate")),
            at("referrals", "cinReferralDate", 1, "bad_row"),
        ),
        (
            child("C1", "").replace("Child>", "Chlid>").replace("Chlid><Chlid", "Child"),
            at("persons", "ChildIdentifiers", 1, "bad_row"),
        ),
        // a date of an enquiry in a plan
        (
            child(
                "C1",
                "<CINdetails><CINreferralDate>2017-01-05</CINreferralDate><CINPlanDates><S47ActualStartDate>2017-01-09\
                 </S47ActualStartDate><CINPlanStartDate>2017-01-09</CINPlanStartDate></CINPlanDates></CINdetails>",
            ),
            at("section_47_enquiries", "S47ActualStartDate", 1, "bad_row"),
        ),
        // twice where it may stand once
        (
            child(
                "C1",
                "<CINdetails><CINreferralDate>2017-01-05</CINreferralDate><CINclosureDate>2017-02-01</CINclosureDate>\
                 <CINclosureDate>2017-03-01</CINclosureDate></CINdetails>",
            ),
            at("referrals", "CINdetails", 1, "bad_date"),
        ),
    ] {
        let found = found(&children);
        assert!(found.contains(&expected), "{children}: {found:?}");
    }
    let twice = census("").replace("<Year>2017</Year>", "<Year>2017</Year><Year>2016</Year>");
    assert_eq!(refusal(&given("census.xml", twice)), "`census.xml`: its header has `Year` twice");
}

/// The status and the warnings of a measure in March 2017.
fn told(dataset: &Dataset, measure: &str) -> (Status, Vec<String>) {
    let march: Month = "2017-03".parse().unwrap();
    let card = dataset.scorecard(march, march, &Options::default()).unwrap();
    let result = card.result(measure, march).unwrap();
    (result.status, result.warnings.clone())
}

#[test]
fn a_return_without_any_of_what_a_table_is_made_of_has_not_enough() {
    let referral = "<CINdetails><CINreferralDate>2017-03-01</CINreferralDate></CINdetails>";
    let dataset = read(&given("census.xml", census(&child("C1", referral))));
    let (status, warnings) = told(&dataset, "O3.M2");
    assert_eq!(status, Status::NotSupplied);
    assert!(warnings.iter().any(|warning| warning.starts_with("not_enough:")), "{warnings:?}");
    assert_eq!(told(&dataset, "O5.M3").0, Status::Ok);
    // Children with lists in which there is nothing have none; without the lists nobody knows.
    for (lists, expected) in [(",\"child_and_family_assessments\":[]", Status::Ok), ("", Status::NotSupplied)]
    {
        let episode =
            format!("{{\"social_care_episode_id\":\"E1\",\"referral_date\":\"2017-03-01\"{lists}}}");
        let json = format!("[{{\"la_child_id\":\"C1\",\"social_care_episodes\":[{episode}]}}]");
        let dataset = read(&given("children.json", json));
        let (status, warnings) = told(&dataset, "O2.M3");
        assert!(status != Status::NotSupplied || expected == Status::NotSupplied, "{lists}: {warnings:?}");
        let lacks = warnings.iter().any(|warning| warning == "not_enough:assessments");
        assert_eq!(lacks, lists.is_empty(), "{lists}: {warnings:?}");
    }
}

#[test]
fn what_takes_more_memory_than_it_may_is_an_error_that_names_the_file() {
    let names = |path: &PathBuf, limit: u64, name: &str| {
        let error = SourceReader::open([path]).unwrap().memory_limit(limit).read().unwrap_err();
        let message = error.to_string();
        assert!(message.contains(&format!("`{name}`")) && message.contains("`memory_limit`"), "{message}");
        error
    };
    let file = given("census.xml", census(&child("C1", "").repeat(10_000)));
    assert!(matches!(names(&file.path, 100_000, "census.xml"), ReadError::MemoryLimit { .. }));
    let rows: String = (2..10_000)
        .map(|number| {
            row(number, &[text(&format!("A{number}"), "C1"), text(&format!("B{number}"), "2016-11-01")])
        })
        .collect();
    names(&workbook(&(titles(1) + &rows), &[]).path, 100_000, "Annex A.xlsx");
    let json =
        format!("[{}]", vec!["{\"la_child_id\":\"1\",\"social_care_episodes\":[{},{}]}"; 1_000].join(","));
    names(&given("children.json", json).path, 100_000, "children.json");
    let episodes =
        format!("CHILD,DECOM,RNE,LS,CIN,PLACE,DEC,REC\n{}", "1,01/04/2016,S,C2,N1,U1,,\n".repeat(10_000));
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("episodes.csv"), episodes).unwrap();
    names(&folder.path().to_owned(), 100_000, "episodes.csv");

    let rows: String = (0..50_000).map(|number| format!("C{number},2017-03-01\n")).collect();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("compliments.csv"), format!("compliment_id,received_date\n{rows}")).unwrap();
    names(&folder.path().to_owned(), 100_000, "compliments.csv");
    let error = FolderReader::open(folder.path()).unwrap().memory_limit(100_000).read().unwrap_err();
    assert!(error.to_string().starts_with("`compliments.csv`: table `compliments`: with it"), "{error}");
    // What an authority has is far below what is allowed unless told.
    assert!(FolderReader::open(folder.path()).unwrap().read().is_ok());
}

#[test]
fn a_file_that_shrinks_while_it_is_read_is_an_error() {
    let rows =
        |count: usize| -> String { (0..count).map(|number| format!("C{number},2017-03-01\n")).collect() };
    let text = |count: usize| format!("compliment_id,received_date\n{}", rows(count));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("compliments.csv");
    // within what is read at once, and beyond
    for count in [20_000, 200_000] {
        fs::write(&path, text(count)).unwrap();
        let shrink = |_: &csc_measures_files::Progress<'_>| fs::write(&path, text(9_000)).unwrap();
        let error = FolderReader::open(folder.path()).unwrap().on_progress(shrink).read().unwrap_err();
        let message = error.to_string();
        assert!(
            message.starts_with("cannot read `compliments.csv`: it had ")
                && message.contains("does not have them any more"),
            "{message}"
        );
    }
    let path = folder.path().join("census.xml");
    fs::remove_file(folder.path().join("compliments.csv")).unwrap();
    fs::write(&path, census(&child("C1", "").repeat(50_000))).unwrap();
    let shrink = |_: &csc_measures_files::Progress<'_>| fs::write(&path, census("")).unwrap();
    let error = SourceReader::open([&path]).unwrap().on_progress(shrink).read().unwrap_err();
    assert!(
        error.to_string().starts_with("cannot read `census.xml`: it had ")
            || error.to_string().starts_with("`census.xml`: "),
        "{error}"
    );
}

#[test]
fn names_that_would_move_the_cursor_are_shown_escaped() {
    let file = given("cen\u{1b}[2Jsus.xml", "<Message><Children>");
    let message = refusal(&file);
    assert!(message.starts_with("`cen\\u{1b}[2Jsus.xml`: "), "{message}");
}
