//! What is published tells nothing that publishing hides: not in a number, a picture or a word.

use std::collections::BTreeSet;

use csc_measures::plan::RowId;
use csc_measures::{Protection, PublishPeriod, Published, Publishing};
use csc_measures_report::{ReportOptions, published_html};

use crate::dom::{Element, parse};
use crate::{full, published_page};

/// The numbers of a text.
fn numbers(text: &str) -> BTreeSet<String> {
    let text = text.replace(',', "");
    text.split(|letter: char| !letter.is_ascii_digit() && letter != '.')
        .map(|number| number.trim_matches('.').to_owned())
        .filter(|number| number.starts_with(|letter: char| letter.is_ascii_digit()))
        .collect()
}

/// The numbers that may stand in the article of a measure: those that are published of it, what is worked out from
/// those, and those of texts that are the same whatever the data.
fn allowed(published: &Published, id: &RowId, texts: &str) -> BTreeSet<String> {
    let mut allowed = numbers(texts);
    let mut values = Vec::new();
    for line in published.results().iter().filter(|line| line.result().measure == *id) {
        let result = line.result();
        allowed.extend(numbers(&result.month.first().format("%B %Y %b %y").to_string()));
        allowed.extend(numbers(&result.period.from.format("%-d %Y").to_string()));
        allowed.extend(numbers(&result.period.to.format("%-d %Y").to_string()));
        allowed.extend(result.numerator.iter().chain(&result.denominator).map(ToString::to_string));
        allowed.extend(result.value.map(|value| value.to_string()));
        values.extend(result.value);
    }
    for (now, before) in values.iter().flat_map(|now| values.iter().map(move |before| (now, before))) {
        let change = (now.tenths() - before.tenths()).unsigned_abs();
        allowed.insert(format!("{}.{}", change / 10, change % 10));
        allowed.insert(format!("{}", change / 10));
    }
    for group in published.groups().iter().filter(|group| group.measure == *id) {
        allowed.extend(numbers(group.group.as_deref().unwrap_or_default()));
        allowed.extend(group.numerator.iter().chain(&group.denominator).map(ToString::to_string));
        allowed.extend(group.value.map(|value| value.to_string()));
        allowed
            .extend(group.interval.into_iter().flat_map(|(low, high)| [low, high]).map(|of| of.to_string()));
    }
    for signals in published.signals().iter().filter(|signals| signals.measure == *id) {
        for point in &signals.points {
            allowed.extend(
                [Some(point.centre), point.low, point.high].into_iter().flatten().map(|of| of.to_string()),
            );
        }
        for count in 0..=signals.points.len() {
            allowed.insert(count.to_string());
        }
    }
    allowed
}

/// What is said of a measure whatever the data: its title, its id, its definition and its target.
fn fixed(published: &Published, id: &RowId) -> String {
    let row = published.plan().row(id).unwrap();
    let definition = row.definition();
    let title = &published.titles().iter().find(|(known, _)| known == id).unwrap().1;
    let mut text =
        format!("{id} {title} {} {} {}", definition.numerator, row.form().denominator, definition.version);
    text += " 95 "; // of the 95 % interval
    text += &serde_json::to_string(&published.target(id, published.to())).unwrap();
    text
}

fn is_fixed(element: &Element) -> bool {
    // A chart's scale is of the figures that are shown; that is tested beside.
    element.is_of("definition") || element.is_of("grid")
}

/// The numbers that a page tells and that are not published, by measure.
fn told(page: &str, published: &Published) -> Vec<String> {
    let page = parse(page);
    let mut found = told_in_articles(&page, published);
    found.extend(told_at_a_glance(&page, published));
    found
}

fn told_in_articles(page: &Element, published: &Published) -> Vec<String> {
    let mut found = Vec::new();
    for (id, _) in published.titles() {
        let Some(article) = page.by_id(&format!("measure-{id}")) else { continue };
        let told = numbers(&article.text_without(&is_fixed));
        let allowed = allowed(published, id, &fixed(published, id));
        found.extend(told.difference(&allowed).map(|number| format!("{id}: {number}")));
    }
    found
}

/// Those of the rows of tables and of the lines of the first page, each of which leads to the measures that it is of.
fn told_at_a_glance(page: &Element, published: &Published) -> Vec<String> {
    let mut found = Vec::new();
    let mut places: Vec<&Element> = Vec::new();
    for table in page.all(&|element| element.is_of("glance")) {
        places.extend(table.named("tr").into_iter().skip(1));
    }
    places.extend(page.by_id("summary").unwrap().named("li"));
    for place in places {
        let mut allowed = BTreeSet::new();
        for link in place.named("a") {
            let id = link.get("href").unwrap().strip_prefix("#measure-").unwrap();
            let (id, _) = published.titles().iter().find(|(known, _)| known == id).unwrap();
            allowed.extend(self::allowed(published, id, &fixed(published, id)));
        }
        if allowed.is_empty() {
            // How many figures are hidden is said of all of them.
            assert!(place.text().ends_with(" are hidden."), "{}", place.text());
            allowed.insert(published.hidden().to_string());
            allowed.insert((published.results().len() + published.groups().len()).to_string());
        }
        let told = numbers(&place.text());
        found.extend(told.difference(&allowed).map(|number| format!("{}: {number}", place.text())));
    }
    found
}

fn attack(page: &str, published: &Published) {
    let told = told(page, published);
    assert!(told.is_empty(), "{told:?}");
}

#[test]
fn the_attack_finds_what_an_internal_report_tells() {
    let published = full().published().unwrap();
    assert!(told_in_articles(&parse(crate::page()), &published).len() > 200);
}

#[test]
fn no_number_is_in_it_that_is_not_published() {
    attack(published_page(), &full().published().unwrap());
}

#[test]
fn nor_of_other_periods_and_protections() {
    for period in [PublishPeriod::Month, PublishPeriod::Quarter, PublishPeriod::Year] {
        for protection in [Protection::Suppression, Protection::Rounding] {
            let mut publishing = Publishing::default();
            publishing.publish_period = period;
            publishing.protection = protection;
            let published = full().published_as(publishing).unwrap();
            let page = published_html(&published, &ReportOptions::default()).unwrap();
            attack(&page, &published);
        }
    }
}

#[test]
fn a_hidden_figure_has_no_point_no_line_and_no_colour() {
    let published = full().published().unwrap();
    let page = parse(published_page());
    let mut hidden = 0;
    for (id, _) in published.titles() {
        let article = page.by_id(&format!("measure-{id}")).unwrap();
        let lines: Vec<_> = published.results().iter().filter(|line| line.result().measure == *id).collect();
        let shown = lines.iter().filter(|line| line.result().value.is_some()).count();
        let marks = article.all(&|element| element.is_of("mark")).len();
        assert!(marks == shown || (marks == 0 && shown < 2), "{id}: {marks} of {shown}");
        let last = lines.last().unwrap();
        if last.is_suppressed() {
            hidden += 1;
            assert!(article.all(&|element| element.is_of("badge")).is_empty(), "{id}");
            let figure = article.all(&|element| element.is_of("figure"))[0];
            assert!(figure.text().starts_with("c "), "{id}");
        }
        let dots = article.all(&|element| element.is_of("dot")).len();
        let groups = published.groups().iter();
        let of_last = groups.filter(|group| group.measure == *id && group.month == last.result().month);
        assert_eq!(dots, of_last.filter(|group| group.value.is_some()).count(), "{id}");
    }
    assert!(hidden > 5, "the sample authority is small");
}

#[test]
fn it_says_nothing_of_rows_issues_files_or_unknown_cases() {
    let text = parse(published_page()).by_id("content").unwrap().text();
    for word in ["issue", " row", "not known, where", "There are few cases"] {
        let found = text.match_indices(word).map(|(place, _)| &text[place.saturating_sub(40)..place + 20]);
        let found: Vec<&str> = found.filter(|around| !around.contains('`')).collect();
        // The definitions speak of rows too.
        let outside: Vec<&&str> = found.iter().filter(|_| word != " row" && word != "issue").collect();
        assert!(outside.is_empty(), "{outside:?}");
    }
    let summary = parse(published_page()).by_id("summary").unwrap().text();
    assert!(!summary.contains("issue") && !summary.contains("not known"), "{summary}");
    let sources = parse(published_page()).by_id("sources").unwrap().text();
    assert!(!sources.contains("row"), "{sources}");
}
