//! Whatever a plan, a team or a policy is called, it is text.

use csc_measures::{Chunk, Dataset, Options, Rows, Scalar};
use csc_measures_report::{ReportOptions, html};

use crate::dom::parse;

const EVIL: &str = "<script>alert(\"1\")</script> & 'co'";

fn dataset() -> Dataset {
    let mut builder = Dataset::builder();
    let tables = [
        ("persons", &["person_id", "area"][..], vec![vec!["1", EVIL], vec!["2", "North"]]),
        (
            "referrals",
            &["referral_id", "person_id", "referral_date"],
            vec![vec!["a", "1", "2017-03-01"], vec!["b", "2", "2017-03-02"]],
        ),
    ];
    for (name, header, lines) in &tables {
        let mut rows = Rows::new(header.len());
        for line in lines {
            rows.push(line.iter().map(|cell| Scalar::Text(cell)));
        }
        let chunk = Chunk { rows: rows.len(), columns: &rows.columns(), bad_rows: &[] };
        builder.table(name, header).unwrap().chunk(&chunk).unwrap();
    }
    builder.build()
}

#[test]
fn no_text_hides_what_follows() {
    let mut report = ReportOptions::default();
    report.authority = Some("North\u{1b}[2J\u{202e}\u{0}".to_owned());
    let month = "2017-03".parse().unwrap();
    let card = dataset().scorecard(month, month, &Options::default()).unwrap();
    let page = html(&card, &report).unwrap();
    assert!(page.contains("North\\u{1b}[2J\\u{202e}\\u{0}"));
    assert!(!page.contains(|letter: char| letter.is_control() && letter != '\n' || letter == '\u{202e}'));
}

#[test]
fn no_text_becomes_an_element_or_an_attribute() {
    let text = serde_json::to_string(EVIL).unwrap();
    let plan = format!(
        r#"{{ "id": "evil", "title": {text}, "outcomes": [{{ "id": "A", "title": {text}, "recommendations": ["R"],
             "rows": [{{ "id": "X", "title": {text}, "measure": "re_referrals" }}] }}],
             "recommendations": [{{ "id": "R", "text": {text}, "note": {text}, "number_inferred": false }}] }}"#
    );
    let mut options = Options::default();
    options.plan = csc_measures::Plan::from_json(&plan).unwrap();
    options.breakdown = vec!["area".to_owned()];
    options.policy.front_door_teams = vec![EVIL.to_owned()];
    let month = "2017-03".parse().unwrap();
    let card = dataset().scorecard(month, month, &options).unwrap();

    let mut report = ReportOptions::default();
    report.authority = Some(EVIL.to_owned());
    report.sources = vec![(EVIL.to_owned(), EVIL.to_owned())];
    report.abbreviations.insert("co".to_owned(), EVIL.to_owned());
    let page = html(&card, &report).unwrap();
    assert!(!page.contains("<script"), "a script is an element");
    let tree = parse(&page);
    assert!(tree.named("script").is_empty());
    let text = tree.text_without(&|element| element.is_of("long"));
    // The title of the page, authority, plan, outcome, measure, group, recommendation with its note, source.
    assert!(text.matches("<script>alert(\"1\")</script> & 'co").count() >= 9, "{text}");
    assert!(text.contains("front_door_teams"), "{text}");
}
