//! Every figure is that of the scorecard: in its row, and by month.

use csc_measures::{MeasureResult, Month};

use crate::read::number;
use crate::{card, whole};

/// A figure as the result's own text has it.
fn of(text: Option<impl ToString>) -> Option<f64> {
    text.map(|text| text.to_string().parse().unwrap())
}

#[test]
fn every_result_has_a_row_with_its_figures() {
    let (card, rows) = (card(), whole().rows("Results"));
    assert_eq!(rows.len(), card.results().len());
    let titles = card.titles();
    for (row, result) in rows.iter().zip(card.results()) {
        let at = format!("{} {}", result.measure, result.month);
        assert_eq!(row.text("Measure").as_deref(), Some(result.measure.as_str()));
        let title = &titles.iter().find(|(id, _)| *id == result.measure).unwrap().1;
        assert_eq!(row.text("Title").as_ref(), Some(title));
        let outcome = card.plan().outcome_of(card.plan().row(&result.measure).unwrap());
        assert_eq!(row.text("Outcome").as_ref(), Some(&outcome.title));
        assert_eq!(row.day("Month"), Some(result.month.first()), "{at}");
        assert_eq!(row.day("From"), Some(result.period.from), "{at}");
        assert_eq!(row.day("To"), Some(result.period.to), "{at}");
        assert_eq!(row.text("Status").unwrap().replace(' ', "_"), result.status.as_str());
        assert_eq!(row.number("Numerator"), of(result.numerator), "{at}");
        assert_eq!(row.number("Denominator"), of(result.denominator), "{at}");
        assert_eq!(row.number("Value"), of(result.value), "{at}");
        assert_eq!(row.text("Unit").as_deref(), Some(result.unit.as_str()));
        assert_eq!(row.text("Colour").unwrap().replace(' ', "_"), result.rag.as_str());
        assert_eq!(row.text("Direction").as_deref(), result.direction.map(|way| way.as_str()));
        let warnings = Some(result.warnings.join("; ")).filter(|text| !text.is_empty());
        assert_eq!(row.text("Warnings"), warnings);
    }
}

#[test]
fn the_figure_before_and_the_change_are_those_of_the_period_before() {
    let (card, rows) = (card(), whole().rows("Results"));
    let mut seen = 0;
    for (row, result) in rows.iter().zip(card.results()) {
        // Quarterly figures are of March, June, September and December.
        let before =
            [-1, -3].into_iter().find_map(|step| card.result(&result.measure, result.month.plus(step)));
        let before = before.and_then(|before: &MeasureResult| before.value);
        assert_eq!(row.number("Previous"), of(before), "{} {}", result.measure, result.month);
        let change = before.zip(result.value).map(|(before, now)| now.tenths() - before.tenths());
        let told = row.number("Change").map(|change| format!("{change:.1}"));
        let expected = change.map(|tenths| {
            format!("{}{}.{}", if tenths < 0 { "-" } else { "" }, tenths.abs() / 10, tenths.abs() % 10)
        });
        assert_eq!(told, expected);
        seen += usize::from(change.is_some_and(|change| change != 0));
    }
    assert!(seen > 100);
}

#[test]
fn targets_are_numbers_and_one_of_too_many_digits_is_a_text() {
    let rows = whole().rows("Results");
    let last = |id: &str| *rows.iter().rfind(|row| row.text("Measure").as_deref() == Some(id)).unwrap();
    let bounds = |id: &str| {
        let row = last(id);
        (row.number("Target"), row.number("Target to"), row.number("Tolerance"))
    };
    assert_eq!(bounds("O3.M4"), (Some(90.0), None, Some(5.0)));
    assert_eq!(bounds("O5.M3"), (Some(20.0), None, Some(2.5)));
    assert_eq!(bounds("O1.M1"), (Some(12.0), Some(16.0), Some(0.0)));
    assert_eq!(last("O3.M6").text("Target").as_deref(), Some("85.00000000000000001"));
    assert_eq!(last("O3.M4").text("Better").as_deref(), Some("higher"));
}

#[test]
fn signals_are_those_of_the_charts() {
    let (card, rows) = (card(), whole().rows("Results"));
    let signals = card.signals();
    let mut words = std::collections::BTreeSet::new();
    for (row, result) in rows.iter().zip(card.results()) {
        let chart = signals.iter().find(|chart| chart.measure == result.measure);
        let point = chart.and_then(|chart| chart.points.iter().find(|point| point.month == result.month));
        let word = row.text("Signal");
        assert_eq!(word.is_some(), point.is_some());
        assert_eq!(row.text("Marks").is_some(), point.is_some_and(|point| !point.marks.is_empty()));
        words.extend(word);
    }
    assert!(words.contains("none") && words.contains("worsened"), "{words:?}");
}

#[test]
fn each_measure_has_a_row_by_month() {
    let (card, book) = (card(), whole());
    let rows = book.rows("By month");
    let months: Vec<Month> = (0..15).map(|step| card.from().plus(step)).collect();
    let heads = book.head("By month").iter().filter_map(crate::read::day).collect::<Vec<_>>();
    assert_eq!(heads, months.iter().map(|month| month.first()).collect::<Vec<_>>());
    let mut seen = 0;
    for row in &rows {
        let id = row.text("Measure").unwrap();
        for month in &months {
            let value = card.result(&id, *month).and_then(|result| result.value);
            assert_eq!(number(row.month(month.first())), of(value), "{id} {month}");
            seen += usize::from(value.is_some());
        }
    }
    assert_eq!(seen, card.results().iter().filter(|result| result.value.is_some()).count());
    let ids: Vec<String> = rows.iter().filter_map(|row| row.text("Measure")).collect();
    assert_eq!(ids, card.measures());
}

#[test]
fn every_group_has_a_row() {
    let (card, rows) = (card(), whole().rows("Groups"));
    assert_eq!(rows.len(), card.groups().len());
    for (row, group) in rows.iter().zip(card.groups()) {
        assert_eq!(row.text("Measure").as_deref(), Some(group.measure.as_str()));
        assert_eq!(row.day("Month"), Some(group.month.first()));
        assert_eq!(row.text("Group").as_deref(), Some(group.group.as_deref().unwrap_or("not recorded")));
        assert_eq!(row.number("Numerator"), of(Some(group.numerator)));
        assert_eq!(row.number("Value"), of(group.value));
        assert_eq!(row.number("Interval to"), of(group.interval.map(|(_, high)| high)));
    }
}
