//! A figure improved or worsened only if its chart says so.

use csc_measures::Options;
use csc_measures_report::{ReportOptions, html};

use crate::dom::{Element, parse};
use crate::{page, published_page, sample};

/// Whether an element has texts of the plan or of the catalogue, which may say anything.
fn is_given(element: &Element) -> bool {
    let names = ["title", "h1", "h2", "h3", "a"];
    names.contains(&element.name.as_str())
        || element.is_of("made-of")
        || element.is_of("definition")
        || element.is_of("recommendations")
        || element.is_of("lead")
        || element.is_of("signal")
}

fn says(text: &str) -> bool {
    ["improve", "worsen"].iter().any(|word| text.to_lowercase().contains(word))
}

#[test]
fn the_words_are_said_of_a_signal_alone() {
    for page in [page(), published_page()] {
        let page = parse(page);
        let text = page.named("body")[0].text_without(&is_given);
        assert!(!says(&text), "{:?}", text.lines().find(|line| says(line)));
        for signal in page.all(&|element| element.is_of("signal")) {
            let text = signal.text();
            let words = ["improved", "worsened", "higher than usual", "lower than usual"];
            assert!(words.iter().any(|word| text.to_lowercase().trim().ends_with(word)), "{text}");
        }
    }
}

#[test]
fn months_too_few_for_a_chart_have_no_signal() {
    let (from, to) = ("2016-10".parse().unwrap(), "2017-03".parse().unwrap());
    let card = sample().scorecard(from, to, &Options::default()).unwrap();
    assert!(card.results().iter().any(|result| result.direction.is_some()));
    let page = parse(&html(&card, &ReportOptions::default()).unwrap());
    assert!(page.all(&|element| element.is_of("signal")).is_empty());
    let summary = page.by_id("summary").unwrap().text();
    assert!(
        summary.contains("No measure has a control chart, which takes twelve months at least"),
        "{summary}"
    );
}

#[test]
fn what_improved_is_on_the_first_page() {
    let summary = parse(page()).by_id("summary").unwrap().text();
    assert!(
        summary.contains(
            "For the better\nNumber of audits completed (O3.M8)  improved: 10 in March 2017, +2 from 8"
        ),
        "{summary}"
    );
}
