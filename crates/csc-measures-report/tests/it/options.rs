//! Authority, sources and abbreviations of the council's own.

use csc_measures::Options;
use csc_measures_report::{ReportOptions, html};

use crate::dom::parse;
use crate::sample;

#[test]
fn they_are_in_the_report() {
    let mut options = ReportOptions::default();
    options.authority = Some("Fenshire County Council".to_owned());
    options.sources.push(("data".to_owned(), "the case system of FCC".to_owned()));
    options.abbreviations.insert("FCC".to_owned(), "Fenshire County Council".to_owned());
    let march = "2017-03".parse().unwrap();
    let card = sample().scorecard(march, march, &Options::default()).unwrap();
    let tree = parse(&html(&card, &options).unwrap());
    let text = tree.text();
    assert!(
        text.contains(
            "Children's Social Care: Service Improvement Plan, Fenshire County Council, March 2017"
        )
    );
    assert!(text.contains("Data\nthe case system of FCC (Fenshire County Council)\n"), "{text}");
    assert_eq!(tree.all(&|element| element.is_of("authority"))[0].text(), "Fenshire County Council");
}
