//! The first page of the sample authority, in words, beside the text that is kept.
//!
//! `WRITE_REPORT=1` writes the text anew.

use std::fs;

use csc_measures_report::{ReportOptions, html};

use crate::dom::parse;
use crate::{two_years, with_targets};

const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/first_page.txt");

#[test]
fn the_first_page_is_as_it_was_read() {
    let mut options = ReportOptions::default();
    options.authority = Some("The sample authority".to_owned());
    let page = parse(&html(&two_years(&with_targets()), &options).unwrap());
    let mut text = page.named("header")[0].text();
    text += &page.by_id("summary").unwrap().text();
    let lines: Vec<String> = text
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect();
    let text = lines.join("\n") + "\n";
    if std::env::var_os("WRITE_REPORT").is_some() {
        fs::write(KEPT, &text).unwrap();
    }
    let kept = fs::read_to_string(KEPT).unwrap().replace("\r\n", "\n");
    assert_eq!(text, kept, "read the new one, and keep it with WRITE_REPORT=1");
}
