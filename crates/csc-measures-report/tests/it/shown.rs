//! Every result of the card is in the report, with the same figure.

use csc_measures::measures::Unit;
use csc_measures::{MeasureResult, Status};

use crate::dom::{Element, parse};
use crate::{full, page};

/// A figure as the result's own text has it, with its unit.
fn expected(result: &MeasureResult) -> String {
    match (result.value, result.unit, result.status) {
        (Some(value), Unit::Percent, _) => format!("{value} %"),
        (Some(value), Unit::Days, _) => format!("{value} days"),
        (Some(value), ..) => value.to_string(),
        (None, _, Status::NotApplicable) => "no cases".to_owned(),
        (None, _, Status::Qualitative) => match result.numerator.unwrap().to_string().as_str() {
            "1" => "1 report".to_owned(),
            reports => format!("{reports} reports"),
        },
        _ => "no figure".to_owned(),
    }
}

/// The cells of a row, without the commas of thousands and with usual blanks.
fn cells(row: &Element) -> Vec<String> {
    row.elements().map(|cell| cell.text().trim().replace(',', "").replace('\u{a0}', " ")).collect()
}

#[test]
fn every_result_is_in_its_table_with_its_sums() {
    let (card, page) = (full(), parse(page()));
    let mut seen = 0;
    for (id, _) in card.titles() {
        let article = page.by_id(&format!("measure-{id}")).unwrap();
        let table = article.all(&|element| element.is_of("history"))[0];
        let heads: Vec<String> = cells(table.named("tr")[0]);
        let rows: Vec<Vec<String>> = table.named("tr").into_iter().skip(1).map(cells).collect();
        let results: Vec<&MeasureResult> =
            card.results().iter().filter(|result| result.measure == *id).collect();
        assert_eq!(rows.len(), results.len(), "{id}");
        for (row, result) in rows.iter().zip(results) {
            assert_eq!(row[0], result.month.first().format("%B %Y").to_string());
            assert_eq!(row[1], expected(result), "{id} {}", result.month);
            if let Some(place) = heads.iter().position(|head| head == "Numerator") {
                let text =
                    |sum: Option<csc_measures::Amount>| sum.map(|sum| sum.to_string()).unwrap_or_default();
                assert_eq!(row[place], text(result.numerator));
                assert_eq!(row[place + 1], text(result.denominator));
            } else {
                assert!(result.denominator.is_none());
            }
            seen += 1;
        }
    }
    assert_eq!(seen, card.results().len());
}

#[test]
fn the_last_figure_is_in_words_with_its_target_and_its_change() {
    let page = parse(page());
    let article = page.by_id("measure-O3.M4").unwrap();
    let text = article.text().replace('\u{a0}', " ");
    for words in [
        "81.3 % at 31 March 2017",
        "26\nChildren last seen within the 20 working days to the month end.",
        "of 32\n",
        "Target: at least 90 % (amber within 5 points). ◆ Red: missed",
        "−1.5 points from 82.8 % in February 2017.",
        "O3.M4 by age, March 2017",
        "What O3.M4 means",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let lower = page.by_id("measure-O5.M3").unwrap().text().replace('\u{a0}', " ");
    assert!(
        lower.contains("Target: at most 20 % (amber within 2.5 points). ▲ Amber: just missed"),
        "{lower}"
    );
    let days = page.by_id("measure-O6.M3").unwrap().text().replace('\u{a0}', " ");
    assert!(days.contains("650 days from 1 January 2017 to 31 March 2017"), "{days}");
}

#[test]
fn the_signals_are_those_of_the_card() {
    let (card, page) = (full(), parse(page()));
    for signals in card.signals() {
        let article = page.by_id(&format!("measure-{}", signals.measure)).unwrap();
        let table = article.all(&|element| element.is_of("history"))[0];
        for point in &signals.points {
            let month = point.month.first().format("%B %Y").to_string();
            let row = table.named("tr").into_iter().map(cells).find(|row| row[0] == month).unwrap();
            for figure in [Some(point.centre), point.low, point.high].into_iter().flatten() {
                assert!(row.contains(&figure.to_string()), "{} {month}", signals.measure);
            }
        }
        // As many marks in the picture.
        let marked = signals.points.iter().filter(|point| !point.marks.is_empty()).count();
        let marks = article.all(&|element| element.is_of("mark") && !element.is_of("common"));
        assert_eq!(marks.len(), marked, "{}", signals.measure);
    }
}

#[test]
fn groups_are_those_of_the_last_month() {
    let (card, page) = (full(), parse(page()));
    let last = "2017-03".parse().unwrap();
    for (id, _) in card.titles() {
        let article = page.by_id(&format!("measure-{id}")).unwrap();
        let rows: usize = article
            .all(&|element| element.is_of("of-groups"))
            .iter()
            .map(|table| table.named("tr").len() - 1)
            .sum();
        let groups = card.groups().iter().filter(|group| group.measure == *id && group.month == last);
        assert_eq!(rows, groups.count(), "{id}");
    }
}

#[test]
fn groups_are_shown_over_the_months_with_their_figures() {
    let (card, page) = (full(), parse(page()));
    let mut seen = 0;
    for (id, _) in card.titles() {
        let article = page.by_id(&format!("measure-{id}")).unwrap();
        for table in article.all(&|element| element.is_of("group-history")) {
            let caption = table.named("caption")[0].text();
            let dimension = if caption.contains(" by sex,") { "sex" } else { "age" };
            let heads = cells(table.named("tr")[0]);
            for row in table.named("tr").into_iter().skip(1).map(cells) {
                for (head, cell) in heads.iter().zip(&row).skip(1) {
                    let name = Some(head.as_str()).filter(|name| *name != "not recorded");
                    let group = card.groups().iter().find(|group| {
                        group.measure == id
                            && group.month.first().format("%B %Y").to_string() == row[0]
                            && group.dimension == dimension
                            && group.group.as_deref() == name
                    });
                    let value = group.and_then(|group| group.value).map(|value| value.to_string());
                    match value {
                        Some(value) => assert_eq!(cell.split(' ').next().unwrap(), value, "{id} {row:?}"),
                        None => assert!(["", "no cases"].contains(&cell.as_str()), "{id} {row:?}"),
                    }
                    seen += usize::from(group.is_some());
                }
            }
        }
        let charts = article.all(&|element| element.is_of("multiple")).len();
        let heads = article.all(&|element| element.is_of("group-history")).into_iter();
        assert_eq!(charts, heads.map(|table| table.named("tr")[0].named("th").len() - 1).sum::<usize>());
    }
    assert_eq!(seen, card.groups().len());
}

#[test]
fn cases_that_are_not_known_are_counted() {
    let page = parse(page());
    let text = page.by_id("measure-O3.M1").unwrap().text();
    let result = full().result("O3.M1", "2017-03".parse().unwrap()).unwrap();
    let unknown = result.outcomes.get(csc_measures::Outcome::Unknown);
    assert!(unknown > 1 && text.contains(&format!("{unknown} cases not known, where")), "{text}");
}
