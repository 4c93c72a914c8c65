//! Filters, heads that stay in view, texts that cannot become formulas, and the same bytes of the same figures.

use csc_measures::Options;
use csc_measures_workbook::{WorkbookOptions, workbook};

use crate::read::Read;
use crate::{card, dataset, whole};

#[test]
fn the_sheets_are_in_order_and_the_first_says_what_each_is() {
    let names = [
        "About",
        "Results",
        "By month",
        "Groups",
        "Cases",
        "Due",
        "Due by team",
        "Due by worker",
        "Data quality",
        "Tables",
        "Issues",
    ];
    assert_eq!(whole().names, names);
    let about = whole().texts("About");
    for name in &names[1..] {
        let place = about.iter().position(|text| *text == format!("Sheet {name}")).unwrap();
        assert_ne!(about[place + 1], "goes on from the sheet before", "{name}");
    }
}

#[test]
fn each_sheet_of_rows_has_a_filter_over_all_of_them_and_a_head_that_stays() {
    let book = whole();
    for (number, name) in (1..).zip(&book.names) {
        let sheet = &book.parts[&format!("xl/worksheets/sheet{number}.xml")];
        let is_list = name != "About";
        assert_eq!(sheet.contains("<autoFilter ref=\"A1:"), is_list, "{name}");
        assert_eq!(sheet.contains("state=\"frozen\""), is_list, "{name}");
        if is_list {
            assert!(sheet.contains("ySplit=\"1\""), "{name}");
            let last = book.rows(name).len() + 1;
            let filter = sheet.split("<autoFilter ref=\"A1:").nth(1).unwrap().split('"').next().unwrap();
            assert_eq!(filter.trim_start_matches(char::is_alphabetic), last.to_string(), "{name}");
        }
    }
}

#[test]
fn a_text_that_begins_as_a_formula_stays_a_text() {
    let evil = ["=1+1", "+44", "-5", "@SUM(A1)"];
    let hostile = dataset(&[
        (
            "cp_plans",
            &["cp_plan_id", "person_id", "start_date"],
            &[&["=A1", evil[0], "2017-01-03"], &["2", evil[1], "2017-01-03"], &["3", " =X", "2017-01-03"]],
        ),
        ("cp_visits", &["cp_visit_id", "person_id", "date", "seen"], &[&["1", evil[0], "2017-01-09", "Y"]]),
        ("workers", &["worker_id", "team"], &[&[evil[2], evil[3]]]),
        (
            "involvements",
            &["involvement_id", "worker_id", "person_id", "start_date"],
            &[&["1", evil[2], evil[0], "2017-01-03"], &["2", evil[2], evil[1], "2017-01-03"]],
        ),
    ]);
    let march = "2017-03".parse().unwrap();
    let card = hostile.scorecard(march, march, &Options::default()).unwrap();
    let mut options = WorkbookOptions::default();
    options.authority = Some("=cmd|' /C calc'!A0".to_owned());
    let book = Read::new(workbook(&card, &options).unwrap());
    for (part, text) in &book.parts {
        assert!(!part.starts_with("xl/worksheets/") || !text.contains("<f>"), "{part}");
    }
    assert!(book.parts["xl/styles.xml"].contains("quotePrefix=\"1\""));
    assert!(book.texts("About").contains(&"=cmd|' /C calc'!A0".to_owned()));
    let of_visits: Vec<_> = book
        .rows("Cases")
        .into_iter()
        .filter(|row| row.text("Measure").as_deref() == Some("O3.M4"))
        .collect();
    let children: Vec<_> = of_visits.iter().filter_map(|row| row.text("Person")).collect();
    assert!(children.contains(&evil[0].to_owned()) && children.contains(&evil[1].to_owned()), "{children:?}");
    assert!(children.contains(&" =X".to_owned()) || children.contains(&"=X".to_owned()), "{children:?}");
    assert!(of_visits.iter().any(|row| row.text("Team").as_deref() == Some(evil[3])));
    assert!(of_visits.iter().any(|row| row.text("Worker").as_deref() == Some(evil[2])));
    // Each such cell has the format that keeps it a text if somebody edits it.
    let styles = &book.parts["xl/styles.xml"];
    let formats: Vec<&str> = styles.split("<cellXfs").nth(1).unwrap().split("<xf ").skip(1).collect();
    let quoted = formats.iter().position(|format| format.contains("quotePrefix")).unwrap();
    let cases = book.names.iter().position(|name| name == "Cases").unwrap() + 1;
    let sheet = &book.parts[&format!("xl/worksheets/sheet{cases}.xml")];
    assert!(sheet.matches(&format!(" s=\"{quoted}\"")).count() >= children.len());
}

#[test]
fn a_text_hides_nothing_and_an_escape_of_excel_is_a_text() {
    let hostile = dataset(&[
        (
            "cp_plans",
            &["cp_plan_id", "person_id", "start_date"],
            &[
                &["1", "_x0041_", "2017-01-03"],
                &["2", "a\u{202e}b", "2017-01-03"],
                &["3", "<&>\"'", "2017-01-03"],
            ],
        ),
        ("cp_visits", &["cp_visit_id", "person_id", "date", "seen"], &[]),
    ]);
    let march = "2017-03".parse().unwrap();
    let card = hostile.scorecard(march, march, &Options::default()).unwrap();
    let book = Read::new(workbook(&card, &WorkbookOptions::default()).unwrap());
    let texts = book.texts("Cases");
    for text in ["a\\u{202e}b", "<&>\"'"] {
        assert!(texts.contains(&text.to_owned()), "{text}");
    }
    // Excel reads `_x005F_` as `_`.
    assert!(book.parts["xl/sharedStrings.xml"].contains("_x005F_x0041_"));
}

#[test]
fn the_same_figures_make_the_same_file() {
    let bytes = || workbook(card(), &WorkbookOptions::default()).unwrap();
    assert!(bytes() == bytes());
    assert!(whole().parts["docProps/core.xml"].contains("2017-03-31T00:00:00Z"));
}
