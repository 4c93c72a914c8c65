//! What the report says besides figures.

use csc_measures::{Dataset, Options, SectionBy};
use csc_measures_report::{ReportOptions, html};

use crate::dom::parse;
use crate::{full, page, published_page, sample};

#[test]
fn it_says_whether_it_may_be_published() {
    for (page, words) in
        [(page(), "Internal: not for publication"), (published_page(), "Published: small numbers hidden")]
    {
        let tree = parse(page);
        assert_eq!(tree.all(&|element| element.is_of("standing"))[0].text(), words);
        assert!(tree.named("footer")[0].text().contains(words));
        let other = if words.starts_with('I') { "Published: " } else { "Internal: " };
        assert!(!page.contains(other));
    }
}

#[test]
fn recommendations_that_no_measure_tests_are_listed() {
    let tree = parse(page());
    let text = tree.by_id("recommendations").unwrap().text();
    for recommendation in full().plan().recommendations() {
        assert!(text.contains(&format!("{}\n", recommendation.id)));
    }
    let (unmeasured, measured) = text.split_once("That measures test").unwrap();
    assert!(unmeasured.contains("R10\n") && measured.contains("R8\n"));
    let summary = tree.by_id("summary").unwrap().text();
    assert!(summary.contains("6 of 14: R5, R6, R7, R10, R11, R12."), "{summary}");
}

#[test]
fn by_recommendation_each_measure_is_in_full_once() {
    let mut options = ReportOptions::default();
    options.by = SectionBy::Recommendation;
    let tree = parse(&html(full(), &options).unwrap());
    assert_eq!(tree.named("article").len(), full().titles().len());
    // O3 answers R4 and R8: the table of the second leads to the first.
    for section in ["part-4", "part-8"] {
        let section = tree.by_id(section).unwrap();
        assert!(!section.all(&|element| element.get("href") == Some("#measure-O3.M4")).is_empty());
    }
    assert!(tree.by_id("part-4").unwrap().by_id("measure-O3.M4").is_some());
    assert!(tree.by_id("part-10").is_none(), "no measure tests it");
}

#[test]
fn an_abbreviation_is_spelt_out_where_it_comes_first() {
    let text = parse(page()).by_id("content").unwrap().text();
    for (short, long) in [
        ("ICPCs", "initial child protection conferences"),
        ("LAC", "looked after children"),
        ("ASYE", "Assessed and Supported Year in Employment, a social worker's first"),
        ("WSCB", "Worcestershire Safeguarding Children Board"),
        ("RAG", "red, amber, green"),
    ] {
        let place = text.find(short).unwrap();
        assert!(text[place..].starts_with(&format!("{short} ({long})")), "{}", &text[place..place + 80]);
        assert_eq!(text.matches(&format!("{short} ({long})")).count(), 1);
    }
}

#[test]
fn a_figure_that_is_not_supplied_says_what_it_needs() {
    let march = "2017-03".parse().unwrap();
    let card = Dataset::builder().build().scorecard(march, march, &Options::default()).unwrap();
    let tree = parse(&html(&card, &ReportOptions::default()).unwrap());
    let article = tree.by_id("measure-O3.M4").unwrap().text();
    assert!(
        article.contains("No figure: it needs cp_plans and cp_visits.")
            || article.contains("No figure: it needs cp_plans."),
        "{article}"
    );
    let summary = tree.by_id("summary").unwrap().text();
    assert!(summary.contains("measures without a figure: "), "{summary}");
    assert!(tree.all(&|element| element.is_of("chart")).is_empty());
}

#[test]
fn policies_and_absent_columns_are_said() {
    let mut options = Options::default();
    options.policy.assessment_working_days = 35;
    options.measures = Some(vec!["O2.M3".to_owned(), "O6.M3".to_owned()]);
    let month = "2017-02".parse().unwrap();
    let card = sample().scorecard(month, month, &options).unwrap();
    let tree = parse(&html(&card, &ReportOptions::default()).unwrap());
    let article = tree.by_id("measure-O2.M3").unwrap().text();
    assert!(article.contains("(working days for an assessment: 35 instead of 45)"), "{article}");
    let sources = tree.by_id("sources").unwrap().text();
    assert!(sources.contains("assessment_working_days is 35"), "{sources}");
    assert!(sources.contains("Measures of the plan that are not in this report\nO1.M1, "), "{sources}");
    // No quarter ends in February.
    let none = tree.by_id("measure-O6.M3").unwrap().text();
    assert!(none.contains("No figure: no quarter of its own ends in these months."), "{none}");
}
