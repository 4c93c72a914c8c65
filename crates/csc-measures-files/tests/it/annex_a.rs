//! Annex A workbooks, as councils make them: results worked out by hand, and what is reported of what cannot be used.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use csc_measures::{Dataset, Month, Options, Scorecard, Status};
use csc_measures_files::{ReadError, SourceKind, SourceReader, read_sources};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

/// A cell: a text, unless it is marked as something else.
#[derive(Clone, Copy)]
enum Cell {
    Text(&'static str),
    /// A date cell.
    Day(&'static str),
    Number(f64),
    /// A formula with the value that was worked out, shown as a date.
    Formula(&'static str),
    Error,
    Empty,
}

use Cell::{Day, Empty, Error, Formula as Worked, Number, Text};

type Sheet<'a> = (&'a str, &'a [&'a [Cell]]);

fn write(path: &Path, sheets: &[Sheet<'_>]) {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet: &mut Worksheet = book.add_worksheet();
        sheet.set_name(*name).unwrap();
        let date = Format::new().set_num_format("dd/mm/yyyy");
        for (row, cells) in (0..).zip(*rows) {
            for (column, cell) in (0..).zip(*cells) {
                match *cell {
                    Text(text) => sheet.write_string(row, column, text).unwrap(),
                    Day(day) => {
                        let day = ExcelDateTime::parse_from_str(day).unwrap();
                        sheet.write_datetime_with_format(row, column, day, &date).unwrap()
                    }
                    Number(number) => sheet.write_number(row, column, number).unwrap(),
                    Worked(serial) => {
                        let formula = Formula::new("=A1+5").set_result(serial);
                        sheet.write_formula_with_format(row, column, formula, &date).unwrap()
                    }
                    Error => {
                        sheet.write_formula(row, column, Formula::new("=NA()").set_result("#N/A")).unwrap()
                    }
                    Empty => continue,
                };
            }
        }
    }
    book.save(path).unwrap();
}

struct Book {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

fn book(sheets: &[Sheet<'_>]) -> Book {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Annex A.xlsx");
    write(&path, sheets);
    Book { _folder: folder, path }
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn read(book: &Book) -> Dataset {
    read_sources([&book.path]).unwrap()
}

fn refused(sheets: &[Sheet<'_>]) -> String {
    read_sources([&book(sheets).path]).unwrap_err().to_string()
}

fn card(dataset: &Dataset) -> Scorecard {
    dataset.scorecard(month("2017-01"), month("2017-03"), &Options::default()).unwrap()
}

/// Numerator and denominator of March.
fn fraction(card: &Scorecard, measure: &str) -> (String, String) {
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

const PLANS: Sheet<'_> = (
    "List 7",
    &[
        &[
            Text("Child Unique ID"),
            Text("Date of Birth"),
            Text("Child Protection Plan Start Date"),
            Text("Date of the Last Statutory Visit"),
            Text("Was the Child Seen Alone?"),
            Text("Date of latest review conference"),
            Text("Child Protection Plan End Date"),
        ],
        // seen 10 working days before 16 March, alone
        &[Number(1.0), Day("2010-05-01"), Day("2016-11-01"), Day("2017-03-02"), Text("a) Yes"), Empty, Empty],
        // seen 21 working days before
        &[Text("2"), Day("2012-05-01"), Text("01/11/2016"), Text("15/02/2017"), Text("No"), Empty, Empty],
        // seen 20 working days before; whether alone is not known
        &[Number(3.0), Empty, Day("2016-11-01"), Day("2017-02-16"), Text("c) Unknown"), Empty, Empty],
        // ended, and not seen again
        &[Number(4.0), Empty, Day("2016-11-01"), Day("2016-12-01"), Text("Y"), Empty, Day("2017-02-01")],
        // begun, and never seen
        &[Number(5.0), Empty, Day("2017-03-10"), Empty, Empty, Empty, Empty],
    ],
);

#[test]
fn visits_are_judged_as_at_the_day() {
    let book = book(&[PLANS]);
    let mut reader = SourceReader::open([&book.path]).unwrap().as_at("2017-03-16".parse().unwrap());
    let dataset = reader.read().unwrap();
    assert_eq!(issues(&dataset), []);
    assert_eq!(reader.sources()[0].as_at, Some("2017-03-16".parse().unwrap()));
    assert_eq!(reader.sources()[0].kind, SourceKind::AnnexA);

    let card = card(&dataset);
    assert_eq!(fraction(&card, "O3.M4"), pair("2", "3"));
    assert_eq!(fraction(&card, "O3.M4.seen_alone"), pair("1", "1"));
    let visits = card.result("O3.M4", month("2017-03")).unwrap();
    assert_eq!(visits.period.to, "2017-03-16".parse().unwrap());
    assert!(visits.warnings.contains(&"seen_not_recorded:cp_visits".to_owned()));

    // other months, what is no more than the latest of many, and what is not there
    let february = card.result("O3.M4", month("2017-02")).unwrap();
    assert_eq!(
        (february.status, &february.missing_tables[..]),
        (Status::NotSupplied, &["cp_plans".to_owned(), "cp_visits".to_owned()][..],)
    );
    for (measure, missing) in [("O3.M3", "cp_reviews"), ("O5.M4", "cp_plans"), ("O3.M1", "rag_ratings")] {
        let result = card.result(measure, month("2017-03")).unwrap();
        assert_eq!(
            (result.status, &result.missing_tables[0][..]),
            (Status::NotSupplied, missing),
            "{measure}"
        );
    }
}

#[test]
fn without_a_day_it_is_the_latest_on_which_anything_happened() {
    let book = book(&[PLANS]);
    let mut reader = SourceReader::open([&book.path]).unwrap();
    let card = card(&reader.read().unwrap());
    assert_eq!(reader.sources()[0].as_at, Some("2017-03-10".parse().unwrap()));
    let visits = card.result("O3.M4", month("2017-03")).unwrap();
    assert_eq!(visits.period.to, "2017-03-10".parse().unwrap());
    // child 2 was seen 17 working days before
    assert_eq!(fraction(&card, "O3.M4"), pair("3", "3"));
}

#[test]
fn assessments_enquiries_and_conferences() {
    let book = book(&[
        (
            "List 4",
            &[
                &[
                    Text("Child Unique ID"),
                    Text("Continuous Assessment Start Date"),
                    Text("Continuous Assessment Date of Authorisation"),
                ],
                // 45 and 46 working days
                &[Number(1.0), Day("2017-01-03"), Day("2017-03-07")],
                &[Number(2.0), Day("2017-01-03"), Day("2017-03-08")],
                // February's
                &[Number(3.0), Day("2017-01-03"), Day("2017-02-08")],
                // 46 working days open, and one that is not yet
                &[Number(4.0), Day("2017-01-11"), Empty],
                &[Number(5.0), Day("2017-03-01"), Empty],
            ],
        ),
        (
            "List 5",
            &[
                &[
                    Text("Child Unique ID"),
                    Text("Strategy discussion initiating Section 47 Enquiry Start Date"),
                    Text("Was an Initial Child Protection Conference deemed unnecessary?"),
                    Text("Date of Initial Child Protection Conference"),
                    Text("Did the Initial Child Protection Conference Result in a Child Protection Plan"),
                ],
                // 15 and 16 working days
                &[Number(1.0), Day("2017-02-08"), Text("b) No"), Day("2017-03-01"), Text("Yes")],
                &[Number(2.0), Day("2017-02-08"), Text("No"), Day("2017-03-02"), Text("Yes")],
                // none needed, one to come in time, one to come too late
                &[Number(3.0), Day("2017-02-08"), Text("a) Yes"), Empty, Empty],
                &[Number(4.0), Day("2017-03-08"), Text("N"), Empty, Empty],
                &[Number(5.0), Day("2017-02-08"), Text("N"), Empty, Empty],
            ],
        ),
    ]);
    let mut reader = SourceReader::open([&book.path]).unwrap().as_at("2017-03-16".parse().unwrap());
    let dataset = reader.read().unwrap();
    assert_eq!(issues(&dataset), []);
    let card = card(&dataset);
    assert_eq!(fraction(&card, "O2.M2"), pair("2", "-"));
    assert_eq!(fraction(&card, "O2.M3"), pair("1", "2"));
    assert_eq!(fraction(&card, "O2.M3.open_overdue"), pair("1", "-"));
    assert_eq!(fraction(&card, "O3.M2"), pair("1", "2"));
    assert_eq!(fraction(&card, "O3.M2.open_overdue"), pair("1", "-"));
    for measure in ["O8.M3", "O8.M4"] {
        let result = card.result(measure, month("2017-03")).unwrap();
        assert_eq!(
            (result.status, &result.missing_tables[..]),
            (Status::NotSupplied, &["assessments".to_owned()][..])
        );
        assert!(result.warnings.contains(&"not_enough:assessments".to_owned()));
    }
}

#[test]
fn children_in_need_and_looked_after_and_leavers() {
    let book = book(&[
        (
            "List 6",
            &[
                &[
                    Text("Child Unique ID"),
                    Text("CIN Start Date"),
                    Text("Date Child Was Last Seen"),
                    Text("CIN Closure Date"),
                    Text("Case Status"),
                ],
                // 30 and 31 working days before 31 March
                &[Number(1.0), Day("2016-06-01"), Day("2017-02-17"), Empty, Text("c) Child in need plan")],
                &[Number(2.0), Day("2016-06-01"), Day("2017-02-16"), Empty, Text("Child In Need Plan")],
                // no plan, and one that ended
                &[Number(10.0), Day("2016-06-01"), Day("2017-01-16"), Empty, Text("a) Looked after child")],
                &[Number(4.0), Day("2016-06-01"), Day("2016-07-01"), Empty, Text("d) Open assessment")],
                &[Number(5.0), Day("2016-06-01"), Empty, Day("2017-02-01"), Text("c) Child in need plan")],
            ],
        ),
        (
            "List 8",
            &[
                &[
                    Text("Child Unique ID"),
                    Text("Date of Birth"),
                    Text("Date Started to be Looked After"),
                    Text("Start date of current legal status"),
                    Text("Child's Legal Status"),
                    Text("Date of Last Social Work Visit"),
                    Text("Date Ceased to be Looked After"),
                    Text("Reason Ceased to be Looked After"),
                    Text("Start Date of Most Recent Placement"),
                    Text("Placement Type"),
                    Text("Placement Location"),
                ],
                // in a long-term home for over a year: 60 working days, of which 50 have passed
                &[
                    Number(10.0),
                    Day("2000-04-01"),
                    Day("2014-05-01"),
                    Day("2014-09-01"),
                    Text("C2: FCO"),
                    Day("2017-01-18"),
                    Empty,
                    Empty,
                    Day("2015-01-05"),
                    Text("d) U4: Foster placement - long term"),
                    Text("a) In"),
                ],
                // seen 50 working days before, in a home that is not meant to last
                &[
                    Number(11.0),
                    Day("2000-12-01"),
                    Day("2014-05-01"),
                    Day("2014-09-01"),
                    Text("a) Interim care order"),
                    Day("2017-01-18"),
                    Empty,
                    Empty,
                    Day("2015-01-05"),
                    Text("U6: Foster placement - not FFA"),
                    Text("Out"),
                ],
                // short breaks, and one that has ended
                &[
                    Number(12.0),
                    Day("2005-12-01"),
                    Day("2016-05-01"),
                    Day("2016-05-01"),
                    Text("V4: series of short breaks"),
                    Empty,
                ],
                &[
                    Number(13.0),
                    Day("2005-12-01"),
                    Day("2016-05-01"),
                    Day("2016-05-01"),
                    Text("V2"),
                    Day("2016-06-01"),
                    Day("2017-03-01"),
                    Text("b) Died"),
                ],
            ],
        ),
        (
            "List 9",
            &[
                &[
                    Text("Child Unique ID"),
                    Text("Date of Birth"),
                    Text("Eligibility Category"),
                    Text("Latest Pathway Plan Review Date"),
                    Text("Activity Status"),
                ],
                &[
                    Number(10.0),
                    Day("2000-04-01"),
                    Text("d) Eligible"),
                    Day("2017-01-20"),
                    Text("G5: Not in education, employment or training - other"),
                ],
                &[
                    Number(20.0),
                    Day("1998-04-01"),
                    Text("b) Former relevant child"),
                    Empty,
                    Text("F3: Full time in training or employment"),
                ],
                &[Number(21.0), Day("1998-04-01"), Text("Former Relevant"), Empty, Text("G4")],
                &[Number(22.0), Day("1998-04-01"), Text("c) Qualifying"), Empty, Text("G4")],
            ],
        ),
    ]);
    let mut reader = SourceReader::open([&book.path]).unwrap().as_at("2017-03-31".parse().unwrap());
    let dataset = reader.read().unwrap();
    assert_eq!(issues(&dataset), []);
    let card = card(&dataset);
    assert_eq!(fraction(&card, "O3.M7"), pair("1", "2"));
    assert_eq!(fraction(&card, "O3.M5"), pair("1", "2"));
    // three months after the last visit to the long-term home, 42 days after that to the other
    assert_eq!(fraction(&card, "O3.M5.statutory"), pair("1", "2"));
    // of the two of 16, who left school in June 2016 and June 2017, the first
    assert_eq!(fraction(&card, "O6.M7"), pair("1", "-"));
    assert_eq!(fraction(&card, "O6.M11"), pair("1", "2"));
    assert_eq!(fraction(&card, "O6.M9"), pair("1", "-"));
    for measure in ["O6.M1", "O6.M2", "O6.M6", "O6.M10", "O3.M6"] {
        assert_eq!(card.result(measure, month("2017-03")).unwrap().status, Status::NotSupplied, "{measure}");
    }
}

#[test]
fn adoptions_of_the_quarter() {
    let header: &[Cell] = &[
        Text("Child Unique ID"),
        Text("Family identifier"),
        Text("Date the Child Entered Care"),
        Text("Date of Decision that Child Should be Placed for Adoption"),
        Text("Date of Placement Order"),
        Text("Date Placed for Adoption"),
        Text("Date of Adoption Order "),
        Text("Date of Decision that Child Should No Longer be Placed for Adoption"),
    ];
    let book = book(&[
        (
            "List 10",
            &[
                header,
                // 100 days; the last two dates were worked out: 2016-06-09 and 2017-02-01
                &[
                    Number(1.0),
                    Number(7.0),
                    Day("2016-03-01"),
                    Empty,
                    Empty,
                    Worked("42530"),
                    Worked("42767"),
                    Empty,
                ],
                // an order before the quarter, and a child who waits
                &[
                    Number(2.0),
                    Number(7.0),
                    Day("2016-03-01"),
                    Empty,
                    Empty,
                    Day("2016-06-09"),
                    Day("2016-12-31"),
                    Empty,
                ],
                &[Number(3.0), Number(7.0), Day("2016-03-01"), Empty, Empty, Day("2017-01-09"), Empty, Empty],
            ],
        ),
        (
            "List 8",
            &[
                &[
                    Text("Child ID"),
                    Text("Date Started to be Looked After"),
                    Text("Date Ceased to be Looked After"),
                ],
                &[Number(1.0), Day("2016-03-01"), Day("2017-02-01")],
                &[Number(3.0), Day("2016-03-01"), Empty],
            ],
        ),
    ]);
    let mut reader = SourceReader::open([&book.path]).unwrap().as_at("2017-03-31".parse().unwrap());
    let dataset = reader.read().unwrap();
    assert_eq!(issues(&dataset), []);
    assert_eq!(fraction(&card(&dataset), "O6.M3"), pair("100", "1"));
    // the child adopted earlier has a period of care too, which ended with the order
    assert_eq!(used(&dataset)["cla_episodes"], 3);
}

#[test]
fn sheets_by_their_columns_and_headers_as_councils_spell_them() {
    let book = book(&[
        ("Cover", &[&[Text("Annex A of Anytown")], &[Text("as at 16 March 2017")]]),
        (
            "CP",
            &[
                &[Text("Children subject of a plan")],
                &[],
                &[
                    Text("Team"),
                    Text("unique child identifier"),
                    Text("CHILD PROTECTION PLAN - START DATE"),
                    Text("Child protection plan - end date"),
                    Text("Date of last statutory visit "),
                ],
                &[Text("North"), Text(" A1 "), Day("2016-11-01"), Empty, Day("2017-03-02")],
                &[],
                &[Text("North"), Number(7.0), Day("2016-11-01"), Empty, Day("2017-03-02")],
            ],
        ),
    ]);
    let dataset = read(&book);
    assert_eq!(used(&dataset)["cp_visits"], 2);
    assert_eq!(fraction(&card(&dataset), "O3.M4"), pair("2", "2"));
    // nobody was asked whether the children were alone
    let alone = card(&dataset);
    let alone = alone.result("O3.M4.seen_alone", month("2017-03")).unwrap();
    assert_eq!(alone.missing_tables, ["cp_visits.seen_alone"]);
    let child: Vec<String> = card(&dataset)
        .cases("O3.M4", month("2017-03"))
        .unwrap()
        .into_iter()
        .map(|case| case.subject)
        .collect();
    assert_eq!(child, ["7", "A1"]);
}

#[test]
fn what_cannot_be_used_is_told_with_sheet_and_row() {
    let book = book(&[
        (
            "List 7",
            &[
                PLANS.1[0],
                &[Number(1.0), Day("2010-05-01"), Text("soon"), Empty, Empty, Empty, Empty],
                &[Empty, Empty, Day("2016-11-01"), Empty, Empty, Empty, Empty],
                &[Number(3.0), Error, Day("2016-11-01"), Day("2017-02-16"), Text("Perhaps"), Empty, Empty],
                // a number that is not shown as a date may be anything
                &[Number(4.0), Empty, Number(42_675.0), Empty, Empty, Empty, Empty],
                &[Error, Empty, Day("2016-11-01"), Empty, Empty, Empty, Empty],
            ],
        ),
        (
            "List 9",
            &[
                &[Text("Child Unique ID"), Text("Date of Birth"), Text("Eligibility Category")],
                // another birthday than in list 7
                &[Number(1.0), Day("2011-05-01"), Text("Eligible")],
            ],
        ),
    ]);
    let dataset = read(&book);
    let (plans, leavers) = ("Annex A.xlsx: List 7", "Annex A.xlsx: List 9");
    let issue = |table: &str, row, code, source: &str| (table.to_owned(), row, code, source.to_owned());
    let mut told = issues(&dataset);
    told.sort();
    let mut expected = vec![
        issue("persons", 2, "missing_required", plans),
        issue("persons", 1, "duplicate_id", leavers),
        issue("persons", 3, "bad_date", plans),
        issue("persons", 5, "bad_value", plans),
        issue("cp_plans", 1, "bad_date", plans),
        issue("cp_plans", 2, "missing_required", plans),
        issue("cp_plans", 4, "bad_date", plans),
        issue("cp_plans", 5, "bad_value", plans),
        issue("cp_visits", 3, "bad_value", plans),
    ];
    expected.sort();
    assert_eq!(told, expected);
}

#[test]
fn what_is_no_annex_a_is_an_error_that_says_so() {
    let no_start: &[Cell] =
        &[Text("Child Unique ID"), Text("Child Protection Plan End Date"), Text("Date of Birth")];
    let message = refused(&[("List 7", &[no_start, &[Number(1.0)]])]);
    assert_eq!(
        message,
        "`Annex A.xlsx`: sheet `List 7` is list 7 and has no column `Child Protection Plan Start Date`"
    );
    let message = refused(&[PLANS, ("List 7 (2)", PLANS.1)]);
    assert_eq!(
        message,
        "`Annex A.xlsx`: `Annex A.xlsx: List 7` and `Annex A.xlsx: List 7 (2)` are both list 7"
    );
    let message = refused(&[("Sheet1", &[&[Text("Name"), Text("Secret")], &[Text("Ada"), Text("x")]])]);
    assert!(message.contains("none of its sheets is a list of Annex A"), "{message}");
    let message = refused(&[("List 7", &[PLANS.1[0]])]);
    assert!(message.contains("it does not say which day it is as at"), "{message}");

    let two = tempfile::tempdir().unwrap();
    for name in ["a.xlsx", "b.xlsx"] {
        write(&two.path().join(name), &[PLANS]);
    }
    let message = read_sources([two.path()]).unwrap_err().to_string();
    assert_eq!(message, "`b.xlsx`: expected one workbook at a time: each is as at its own day");

    let file = two.path().join("c.xlsx");
    fs::write(&file, "CHILD,DOB").unwrap();
    let message = read_sources([&file]).unwrap_err().to_string();
    assert_eq!(message, "`c.xlsx`: it is not an Excel workbook (xlsx), or is damaged or encrypted");
}

#[test]
fn lists_that_no_measure_reads_are_told_of() {
    let contacts: Sheet<'_> = (
        "List 1",
        &[&[Text("Child Unique ID"), Text("Date of Contact"), Text("Contact Source")], &[Number(1.0)]],
    );
    let book = book(&[contacts, PLANS]);
    let mut reader = SourceReader::open([&book.path]).unwrap();
    reader.read().unwrap();
    let ignored = &reader.ignored()[0];
    assert_eq!(
        (&ignored.name[..], &ignored.reason[..]),
        ("Annex A.xlsx: List 1", "list 1, contacts: no measure reads it")
    );
}

/// A workbook of one sheet, with such cells.
fn of_cells(cells: &str) -> Book {
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Annex A.xlsx");
    let mut archive = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             <Relationship Id=\"r1\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    for (name, text) in [
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml")),
        (
            "xl/workbook.xml",
            format!(
                "<workbook {main} xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"List 7\" sheetId=\"1\" r:id=\"r1\"/>\
                 </sheets></workbook>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet {main}><sheetData>{cells}</sheetData></worksheet>")),
    ] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap();
    Book { _folder: folder, path }
}

#[test]
fn rows_that_no_sheet_can_have_are_an_error() {
    for row in ["4294967297", "99999999999999999999", "0", "-1", "x"] {
        let book = of_cells(&format!("<row r=\"{row}\"><c r=\"A{row}\"><v>1</v></c></row>"));
        let message = read_sources([&book.path]).unwrap_err().to_string();
        assert!(message.starts_with("`Annex A.xlsx`: "), "{message}");
    }
    let book =
        of_cells("<row r=\"2\"><c r=\"A2\"><v>1</v></c></row><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
    let message = read_sources([&book.path]).unwrap_err().to_string();
    assert!(message.contains("sheet `List 7`: its rows are out of order"), "{message}");
    // far down and far right, of which nothing is kept
    let book = of_cells("<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>");
    assert!(read_sources([&book.path]).is_err());
}

/// A workbook of which one part unpacks to much more than it says, or than any has.
fn bomb(bytes: u64) -> Book {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Annex A.xlsx");
    let mut archive = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    archive.start_file("xl/sharedStrings.xml", options).unwrap();
    let block = vec![b' '; 1 << 20];
    for _ in 0..bytes >> 20 {
        archive.write_all(&block).unwrap();
    }
    archive.finish().unwrap();
    Book { _folder: folder, path }
}

#[test]
fn what_unpacks_to_more_than_any_workbook_is_refused() {
    let book = bomb(300 << 20);
    assert!(fs::metadata(&book.path).unwrap().len() < 1 << 20);
    let message = read_sources([&book.path]).unwrap_err().to_string();
    assert_eq!(message, "`Annex A.xlsx`: it unpacks to more than any workbook of lists has");
}

#[test]
fn whatever_the_bytes_it_ends() {
    let book = book(&[PLANS]);
    let whole = fs::read(&book.path).unwrap();
    let try_read = |bytes: &[u8]| -> Result<Dataset, ReadError> {
        fs::write(&book.path, bytes).unwrap();
        read_sources([&book.path])
    };
    for length in (0..whole.len()).step_by(7) {
        assert!(try_read(&whole[..length]).is_err(), "{length}");
    }
    for place in (0..whole.len()).step_by(5) {
        let mut bytes = whole.clone();
        bytes[place] ^= 0xff;
        drop(try_read(&bytes));
    }
}

#[test]
fn of_two_of_a_day_each_counts_and_a_row_twice_once() {
    let header: &[Cell] = &[
        Text("Child Unique ID"),
        Text("Continuous Assessment Start Date"),
        Text("Continuous Assessment Date of Authorisation"),
    ];
    let [first, second]: [&[Cell]; 2] = [
        &[Number(1.0), Day("2017-01-03"), Day("2017-03-07")],
        &[Number(1.0), Day("2017-01-03"), Day("2017-03-08")],
    ];
    let book = book(&[("List 4", &[header, first, second, first])]);
    let dataset = read(&book);
    let source = "Annex A.xlsx: List 4".to_owned();
    assert_eq!(issues(&dataset), [("assessments".to_owned(), 3, "duplicate_id", source)]);
    assert_eq!(fraction(&card(&dataset), "O2.M2"), pair("2", "-"));
}

#[test]
fn a_case_status_that_is_none_of_the_list_makes_its_case_unknown() {
    let header: &[Cell] = &[
        Text("Child Unique ID"),
        Text("CIN Start Date"),
        Text("Date Child Was Last Seen"),
        Text("CIN Closure Date"),
        Text("Case Status"),
    ];
    let with = |child: f64, end: Cell, status: Cell| {
        [Number(child), Day("2016-06-01"), Day("2017-03-13"), end, status]
    };
    let rows = [
        with(1.0, Empty, Text("b) Child Protection plan")),
        with(2.0, Empty, Text("e) Closed episode")),
        with(3.0, Empty, Text("d) Open assessment")),
        with(4.0, Empty, Text("Looked after child")),
        // these three may be plans that are open
        with(5.0, Empty, Text("f) Step-down")),
        with(6.0, Empty, Empty),
        with(7.0, Text("soon"), Error),
        // this one was over, whatever it was
        with(8.0, Day("2017-02-17"), Text("f) Step-down")),
        with(9.0, Empty, Text("CIN plan")),
    ];
    let sheet: Vec<&[Cell]> = std::iter::once(header).chain(rows.iter().map(|row| &row[..])).collect();
    let book = book(&[("List 6", &sheet)]);
    let mut reader = SourceReader::open([&book.path]).unwrap().as_at("2017-03-16".parse().unwrap());
    let dataset = reader.read().unwrap();
    let issue = |row, code| ("cin_plans".to_owned(), row, code, "Annex A.xlsx: List 6".to_owned());
    let mut told = issues(&dataset);
    told.sort();
    assert_eq!(
        told,
        [issue(5, "bad_date"), issue(6, "bad_date"), issue(7, "bad_date"), issue(8, "bad_value")]
    );
    assert_eq!(used(&dataset)["cin_plans"], 4);
    let (counts, reasons) = outcomes(&dataset, "O3.M7");
    assert_eq!(counts, BTreeMap::from([("met", 1), ("unknown", 3)]));
    assert_eq!(reasons, ["unreadable"; 3]);
}

/// A list with one row, in which a column has what cannot be read.
type Spoilt = (&'static str, &'static [(&'static str, Cell)], &'static str, &'static [&'static str]);

/// By list: a row that is in order, the column of a code of it, and the measures whose case hangs on that code.
const CODES: [Spoilt; 8] = [
    (
        "List 5",
        &[
            ("Strategy discussion initiating Section 47 Enquiry Start Date", Day("2017-02-01")),
            ("Was an Initial Child Protection Conference deemed unnecessary?", Text("No")),
            ("Date of Initial Child Protection Conference", Empty),
        ],
        "Was an Initial Child Protection Conference deemed unnecessary?",
        &["O3.M2.open_overdue"],
    ),
    (
        "List 6",
        &[
            ("CIN Start Date", Day("2016-11-01")),
            ("Date Child Was Last Seen", Day("2017-03-13")),
            ("CIN Closure Date", Empty),
            ("Case Status", Text("CIN plan")),
        ],
        "Case Status",
        &["O3.M7"],
    ),
    (
        "List 7",
        &[
            ("Child Protection Plan Start Date", Day("2016-11-01")),
            ("Date of the Last Statutory Visit", Day("2017-03-02")),
            ("Was the Child Seen Alone?", Text("Yes")),
            ("Child Protection Plan End Date", Empty),
        ],
        "Was the Child Seen Alone?",
        &["O3.M4.seen_alone"],
    ),
    ("List 8", CARE, "Child's Legal Status", &["O3.M5", "O3.M5.statutory"]),
    ("List 8", CARE, "Placement Type", &["O3.M5.statutory"]),
    // no measure that the lists feed reads where a placement is
    ("List 8", CARE, "Placement Location", &[]),
    ("List 9", LEAVER, "Activity Status", &["O6.M9", "O6.M9.percent"]),
    ("List 9", LEAVER, "Eligibility Category", &["O6.M9", "O6.M9.percent"]),
];

const CARE: &[(&str, Cell)] = &[
    ("Date Started to be Looked After", Day("2016-06-01")),
    ("Start date of current legal status", Day("2016-06-01")),
    ("Child's Legal Status", Text("C2")),
    ("Date of Last Social Work Visit", Day("2017-01-02")),
    ("Date Ceased to be Looked After", Empty),
    ("Reason Ceased to be Looked After", Empty),
    ("Start Date of Most Recent Placement", Day("2016-06-01")),
    ("Placement Type", Text("U6")),
    ("Placement Location", Text("In")),
];

const LEAVER: &[(&str, Cell)] = &[
    ("Date of Birth", Day("1998-04-01")),
    ("Eligibility Category", Text("Former relevant")),
    ("Latest Pathway Plan Review Date", Day("2017-01-20")),
    ("Activity Status", Text("G4")),
];

/// A list as at 16 March with one child, in whose row a column has another cell.
fn spoilt((list, row, column, _): Spoilt, cell: Option<Cell>) -> Dataset {
    let headers: Vec<Cell> =
        std::iter::once(Text("Child Unique ID")).chain(row.iter().map(|(name, _)| Text(name))).collect();
    let value = |(name, own): &(&str, Cell)| cell.filter(|_| *name == column).unwrap_or(*own);
    let cells: Vec<Cell> = std::iter::once(Number(1.0)).chain(row.iter().map(value)).collect();
    let book = book(&[(list, &[&headers, &cells])]);
    SourceReader::open([&book.path]).unwrap().as_at("2017-03-16".parse().unwrap()).read().unwrap()
}

#[test]
fn a_code_that_cannot_be_read_makes_the_cases_that_hang_on_it_unknown() {
    for of in CODES {
        let (list, _, column, measures) = of;
        let whole = spoilt(of, None);
        assert_eq!(issues(&whole), [], "{list} {column}");
        for measure in measures {
            assert!(!outcomes(&whole, measure).0.contains_key("unknown"), "{list} {column} {measure}");
        }
        for cell in [Text("?!"), Text("Z 99: perhaps"), Error] {
            let dataset = spoilt(of, Some(cell));
            assert_eq!(dataset.issues().len(), 1, "{list} {column} {:?}", issues(&dataset));
            for measure in measures {
                let told = outcomes(&dataset, measure);
                assert_eq!(
                    told,
                    (BTreeMap::from([("unknown", 1)]), vec!["unreadable"]),
                    "{list} {column} {measure}"
                );
            }
        }
    }
}

#[test]
fn a_child_who_died_in_care_is_known_by_the_code_too() {
    let care = |reason: Cell| {
        let header: &[Cell] = &[
            Text("Child Unique ID"),
            Text("Date Started to be Looked After"),
            Text("Date Ceased to be Looked After"),
            Text("Reason Ceased to be Looked After"),
        ];
        let book =
            book(&[("List 8", &[header, &[Number(1.0), Day("2016-06-01"), Day("2017-02-01"), reason]])]);
        let dataset = read(&book);
        let deaths = dataset.columns().into_iter().find(|report| report.column == Some("date_of_death"));
        let told: Vec<_> = issues(&dataset).into_iter().map(|(table, _, code, _)| (table, code)).collect();
        (deaths.unwrap().nulls, told)
    };
    for reason in [Text("E2"), Text("E2: Died"), Text("b) Died")] {
        assert_eq!(care(reason), (0, vec![]));
    }
    for reason in [Empty, Text("E11"), Text("Returned home")] {
        assert_eq!(care(reason), (1, vec![]));
    }
    assert_eq!(care(Error), (0, vec![("persons".to_owned(), "bad_date")]));
}

/// The outcomes of March, and the reasons of those that are unknown.
fn outcomes(dataset: &Dataset, measure: &str) -> (BTreeMap<&'static str, u64>, Vec<&'static str>) {
    let explained = card(dataset).explain(measure, month("2017-03")).unwrap();
    let mut counts = BTreeMap::new();
    for case in &explained.cases {
        *counts.entry(case.outcome.as_str()).or_insert(0) += 1;
    }
    let reasons = explained.cases.iter().filter(|case| case.outcome.as_str() == "unknown");
    (counts, reasons.filter_map(|case| case.reason).map(|reason| reason.as_str()).collect())
}

#[test]
fn what_stands_there_and_cannot_be_read_makes_its_case_unknown() {
    let header: &[Cell] = PLANS.1[0];
    let plan = |child: f64, start: Cell, visit: Cell, end: Cell| {
        [Number(child), Day("2012-05-01"), start, visit, Text("Yes"), Empty, end]
    };
    let start = Day("2016-11-01");
    let rows = [
        plan(1.0, start, Day("2017-03-02"), Empty),
        // last visits that cannot be read, or of which either number can be the month
        plan(2.0, start, Error, Empty),
        plan(3.0, start, Text("soon"), Empty),
        plan(4.0, start, Text("9/3/2017"), Empty),
        // a visit after the day, as a date of 9 March becomes one of 3 September
        plan(5.0, start, Day("2017-09-03"), Empty),
        // a plan that began or ended nobody knows when
        plan(6.0, Text("soon"), Day("2017-03-02"), Empty),
        plan(7.0, start, Day("2017-03-02"), Text("soon")),
        // and one that was over by whatever day it began
        plan(8.0, Text("soon"), Day("2017-01-02"), Day("2017-01-31")),
        // nothing stands there
        plan(9.0, start, Empty, Empty),
    ];
    let plans: Vec<&[Cell]> = std::iter::once(header).chain(rows.iter().map(|row| &row[..])).collect();
    let assessments: &[&[Cell]] = &[
        &[
            Text("Child Unique ID"),
            Text("Continuous Assessment Start Date"),
            Text("Continuous Assessment Date of Authorisation"),
        ],
        // two of one child: the other is not in doubt
        &[Number(1.0), Day("2017-01-03"), Day("2017-03-07")],
        &[Number(1.0), Text("soon"), Day("2017-03-08")],
    ];
    let leavers: &[&[Cell]] = &[
        &[
            Text("Child Unique ID"),
            Text("Date of Birth"),
            Text("Eligibility Category"),
            Text("Latest Pathway Plan Review Date"),
            Text("Activity Status"),
        ],
        &[Number(20.0), Day("1998-04-01"), Text("Former relevant"), Day("2017-01-20"), Error],
        &[Number(21.0), Day("1998-04-01"), Text("Former relevant"), Error, Text("G4")],
    ];
    let book = book(&[("List 7", &plans), ("List 4", assessments), ("List 9", leavers)]);
    let mut reader = SourceReader::open([&book.path]).unwrap().as_at("2017-03-16".parse().unwrap());
    let dataset = reader.read().unwrap();

    let unknown = |count: usize| vec!["unreadable"; count];
    let of = |counts: &[(&'static str, u64)]| counts.iter().copied().collect::<BTreeMap<_, _>>();
    assert_eq!(outcomes(&dataset, "O3.M4"), (of(&[("met", 1), ("overdue", 1), ("unknown", 6)]), unknown(6)));
    assert_eq!(outcomes(&dataset, "O2.M3"), (of(&[("met", 1), ("unknown", 1)]), unknown(1)));
    // completed whenever it began
    assert_eq!(outcomes(&dataset, "O2.M2"), (of(&[("counted", 2)]), vec![]));
    let (neet, reasons) = outcomes(&dataset, "O6.M9");
    assert_eq!((neet["unknown"], reasons), (1, unknown(1)));
    assert_eq!(neet["counted"], 1);

    let messages: Vec<String> = dataset.issues().iter().map(csc_measures::DataIssue::message).collect();
    assert_eq!(messages.len(), 10, "{messages:?}");
    for message in [
        "`date` is after the day that the table is as at; what hangs on it is unknown",
        "`date` is not a date; what hangs on it is unknown",
        "`start_date` is not a date; what hangs on it is unknown",
        "`end_date` is not a date; what hangs on it is unknown",
    ] {
        assert!(messages.iter().any(|told| told == message), "{messages:?}");
    }
    // every row is used
    assert_eq!((used(&dataset)["cp_plans"], used(&dataset)["cp_visits"]), (9, 8));
}

#[test]
fn a_formula_whose_value_was_never_worked_out_is_not_an_empty_cell() {
    let text =
        |place: &str, text: &str| format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let header = [
        text("A1", "Child Unique ID"),
        text("B1", "Child Protection Plan Start Date"),
        text("C1", "Date of the Last Statutory Visit"),
        text("D1", "Child Protection Plan End Date"),
    ];
    let row = |row: u32, visit: &str| {
        let start = text(&format!("B{row}"), "01/11/2016");
        format!("<row r=\"{row}\"><c r=\"A{row}\"><v>{row}</v></c>{start}{visit}</row>")
    };
    let book = of_cells(&format!(
        "<row r=\"1\">{}</row>{}{}{}",
        header.concat(),
        row(2, "<c r=\"C2\"><f>TODAY()-5</f></c>"),
        row(3, "<c r=\"C3\"><f>TODAY()-5</f><v/></c>"),
        // worked out: there was none
        row(4, "<c r=\"C4\" t=\"str\"><f>\"\"</f><v></v></c>"),
    ));
    let mut reader = SourceReader::open([&book.path]).unwrap().as_at("2017-03-16".parse().unwrap());
    let dataset = reader.read().unwrap();
    let source = || "Annex A.xlsx: List 7".to_owned();
    let bad = |row| ("cp_visits".to_owned(), row, "bad_date", source());
    assert_eq!(issues(&dataset), [bad(1), bad(2)]);
    let (counts, _) = outcomes(&dataset, "O3.M4");
    assert_eq!((counts["unknown"], counts["overdue"]), (2, 1));
}
