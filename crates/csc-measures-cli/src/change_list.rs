//! Why a figure moved, to be read.

use std::io::{self, Write};

use csc_measures::{Change, Move, Outcome, Points, Scorecard, Side};

use crate::columns::{self, Head};
use crate::text::{Ink, Page, count, month_name, thousands};

const HEADS: [Head; 6] = [
    ("points", true),
    ("move", false),
    ("subject", false),
    ("record", false),
    ("before", false),
    ("after", false),
];

/// Writes how many figures two datasets differ in, and each of them.
pub(crate) fn write_all(
    card: &Scorecard,
    changes: &[Change],
    page: &Page,
    out: &mut impl Write,
) -> io::Result<()> {
    let of = thousands(card.results().len() as u64);
    let figures = if changes.len() == 1 { "figure differs" } else { "figures differ" };
    writeln!(out, "{} of {of} {figures} from the data before", thousands(changes.len() as u64))?;
    for change in changes {
        writeln!(out)?;
        write(card, change, page, out)?;
    }
    Ok(())
}

/// Writes both figures, what each way adds to the difference, and the cases that moved.
pub(crate) fn write(card: &Scorecard, change: &Change, page: &Page, out: &mut impl Write) -> io::Result<()> {
    let titles = card.titles();
    let title = titles.iter().find(|(id, _)| *id == change.measure).map_or("", |(_, title)| title);
    writeln!(out, "{}", page.ink(Ink::Bold, &format!("{}  {title}", change.measure)))?;
    let of_one_month = change.from == change.to;
    let labels = if of_one_month {
        page.item("month", &month_name(change.to), out)?;
        ["before".to_owned(), "now".to_owned()]
    } else {
        [change.from, change.to].map(month_name)
    };
    for (label, figure) in labels.iter().zip([&change.before, &change.after]) {
        page.item(label, &side(figure), out)?;
    }
    let difference = change.difference.map_or_else(|| "none: one of them has no value".to_owned(), in_points);
    page.item("difference", &difference, out)?;
    for part in &change.moves {
        let points = part.points.map(in_points).unwrap_or_default();
        let text = format!("{} {points}", count(part.cases, "case"));
        page.item(word(part.moved), text.trim_end(), out)?;
    }
    if change.cases.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    let outcome = |outcome: Option<Outcome>| outcome.map(Outcome::as_str).unwrap_or_default().to_owned();
    let rows: Vec<(Ink, Vec<String>)> = change
        .cases
        .iter()
        .map(|case| {
            let cells = vec![
                case.points.map(|points| points.to_string()).unwrap_or_default(),
                word(case.moved).to_owned(),
                case.subject.clone(),
                case.record.clone().unwrap_or_default(),
                outcome(case.before),
                outcome(case.after),
            ];
            (Ink::Plain, cells)
        })
        .collect();
    columns::write(&HEADS, &rows, page, out)
}

fn in_points(points: Points) -> String {
    format!("{points} points")
}

fn side(side: &Side) -> String {
    let value = side.value.map_or_else(|| side.status.as_str().replace('_', " "), |value| value.to_string());
    match (side.numerator, side.denominator) {
        (Some(numerator), Some(denominator)) => format!("{value} ({numerator} of {denominator})"),
        _ => value,
    }
}

fn word(moved: Move) -> &'static str {
    match moved {
        Move::RecordedLate => "recorded late",
        Move::PutRight => "put right",
        other => other.as_str(),
    }
}
