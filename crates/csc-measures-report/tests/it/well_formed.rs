//! The page is one that every browser and every reader of screens can read.

use std::collections::BTreeSet;

use csc_measures::{Options, PublishPeriod, Publishing, SectionBy};
use csc_measures_report::{ReportOptions, html, published_html};

use crate::dom::{Element, parse};
use crate::{full, page, published_page, sample};

fn pages() -> Vec<Element> {
    let mut by_recommendation = ReportOptions::default();
    by_recommendation.by = SectionBy::Recommendation;
    let mut pages =
        vec![parse(page()), parse(published_page()), parse(&html(full(), &by_recommendation).unwrap())];
    let given = |options: &str| serde_json::from_str::<Options>(options).unwrap();
    let card = |from: &str, to: &str, options: &Options| {
        sample().scorecard(from.parse().unwrap(), to.parse().unwrap(), options).unwrap()
    };
    // A month, no data, a chart that starts anew, another plan with all dimensions, and other periods.
    let plain = Options::default();
    let anew = given(r#"{ "rebase": { "O3.M4": ["2016-04"] }, "baseline": 12 }"#);
    let every = given(r#"{ "plan": "all-measures", "breakdown": ["team", "ethnic_group", "disability"] }"#);
    let cards = [
        card("2017-03", "2017-03", &plain),
        card("1995-01", "1996-12", &plain),
        card("2010-01", "2017-03", &anew),
        card("2016-04", "2017-03", &every),
        card("2016-04", "2017-03", &given(TWISTED)),
    ];
    for card in &cards {
        pages.push(parse(&html(card, &ReportOptions::default()).unwrap()));
    }
    pages.push(parse(&html(&cards[4], &by_recommendation).unwrap()));
    for period in [PublishPeriod::Quarter, PublishPeriod::Year] {
        let mut publishing = Publishing::default();
        publishing.publish_period = period;
        let published = cards[3].published_as(publishing).unwrap();
        pages.push(parse(&published_html(&published, &ReportOptions::default()).unwrap()));
    }
    pages
}

/// A plan whose ids look like those of the page, and whose recommendations are called anything.
const TWISTED: &str = r##"{ "plan": {
    "id": "summary", "title": "Twisted",
    "outcomes": [
        { "id": "heading-A", "title": "One", "recommendations": ["the \"first\" one"],
          "rows": [{ "id": "A", "title": "A", "measure": "re_referrals" }, { "id": "title-A", "title": "B", "measure": "caseload" }] },
        { "id": "A", "title": "Two", "recommendations": ["the \"first\" one", "#2"],
          "rows": [{ "id": "heading-measure-A", "title": "C", "measure": "cp_visits_in_time" }] }
    ],
    "recommendations": [
        { "id": "the \"first\" one", "text": "One", "number_inferred": false },
        { "id": "#2", "text": "Two", "number_inferred": false }
    ]
} }"##;

#[test]
fn it_is_one_file_in_british_english_that_needs_no_network_and_no_script() {
    for page in pages() {
        assert_eq!((page.name.as_str(), page.get("lang")), ("html", Some("en-GB")));
        let foreign = ["script", "link", "img", "iframe", "object", "base", "form"];
        assert!(page.all(&|element| foreign.contains(&element.name.as_str())).is_empty());
        for element in page.all(&|_| true) {
            for (name, value) in &element.attributes {
                assert!(!["src", "srcset", "xlink:href", "action"].contains(&name.as_str()), "{name}");
                assert!(!name.starts_with("on"), "{name}");
                assert!(name != "href" || value.starts_with('#'), "{value}");
            }
        }
        let style = page.named("style")[0].text();
        assert!(!style.contains("url(") && !style.contains("@import"));
    }
}

#[test]
fn each_id_is_there_once_and_every_reference_leads_to_one() {
    for page in pages() {
        let ids: Vec<&str> = page.all(&|_| true).iter().filter_map(|element| element.get("id")).collect();
        let known: BTreeSet<String> = ids.iter().map(|id| id.to_lowercase()).collect();
        assert_eq!(known.len(), ids.len(), "an id is there twice");
        for element in page.all(&|_| true) {
            let link = element.get("href").and_then(|link| link.strip_prefix('#'));
            let labels = element.get("aria-labelledby").into_iter().flat_map(|ids| ids.split(' '));
            for id in link.into_iter().chain(labels) {
                assert!(ids.contains(&id), "{id}");
            }
        }
    }
}

#[test]
fn headings_are_in_order_from_the_one_title_down() {
    for page in pages() {
        let levels: Vec<u32> = page
            .all(&|element| element.name.len() == 2 && element.name.starts_with('h') && element.name != "hr")
            .iter()
            .filter_map(|heading| heading.name[1..].parse().ok())
            .collect();
        assert_eq!(levels[0], 1);
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
        for pair in levels.windows(2) {
            assert!(pair[1] <= pair[0] + 1, "{} after {}", pair[1], pair[0]);
        }
    }
}

#[test]
fn each_picture_has_a_title_and_its_figures_in_a_table() {
    let mut all = 0;
    for page in pages() {
        let mut charts = 0;
        for article in page.named("article") {
            let is_chart = |element: &Element| element.name == "svg" && element.is_of("chart");
            for chart in article.all(&is_chart) {
                charts += 1;
                assert_eq!(chart.get("role"), Some("img"));
                let first: Vec<&str> =
                    chart.elements().take(2).map(|element| element.name.as_str()).collect();
                assert_eq!(first, ["title", "desc"]);
                assert!(chart.elements().take(2).all(|element| !element.text().is_empty()));
                assert!(!article.all(&|element| element.is_of("history")).is_empty());
            }
        }
        all += charts;
        // Every other picture is an ornament beside its words.
        for svg in page.named("svg") {
            assert!(svg.is_of("chart") || svg.get("aria-hidden") == Some("true"));
        }
    }
    assert!(all > 300);
}

#[test]
fn every_table_has_a_caption_and_says_what_its_heads_are_of() {
    for page in pages() {
        for table in page.named("table") {
            assert_eq!(table.elements().next().unwrap().name, "caption");
            for head in table.named("th") {
                assert!(matches!(head.get("scope"), Some("col" | "row")));
                assert!(!head.text().trim().is_empty());
            }
            let columns = |row: &Element| -> usize {
                row.elements().map(|cell| cell.get("colspan").map_or(1, |span| span.parse().unwrap())).sum()
            };
            let rows: Vec<usize> = table.named("tr").into_iter().map(columns).collect();
            assert!(rows.iter().all(|columns| *columns == rows[0]), "{rows:?}");
        }
    }
}

#[test]
fn a_link_skips_to_the_report_and_a_colour_has_its_word() {
    for page in pages() {
        let first = page.named("a")[0];
        assert_eq!((first.get("class"), first.get("href")), (Some("skip"), Some("#content")));
        for badge in page.all(&|element| element.is_of("badge")) {
            let words = badge.text();
            assert!(
                ["Green: met", "Amber: just missed", "Red: missed"].iter().any(|word| words.ends_with(word))
            );
        }
    }
}
