//! The cases behind one figure, to be read.

use std::io::{self, Write};

use csc_measures::measures::PeriodKind;
use csc_measures::{Case, Explanation, Outcome, Rag, Reason, Scorecard, Status};

use crate::columns::{self, Head};
use crate::policies;
use crate::report::{no_data, quotient, value};
use crate::text::{Ink, Page, count, month_name};

const HEADS: [Head; 15] = [
    ("subject", false),
    ("record", false),
    ("outcome", false),
    ("reason", false),
    ("rule", false),
    ("anchor", false),
    ("due", false),
    ("done", false),
    ("last done", false),
    ("elapsed", true),
    ("rag", false),
    ("num", true),
    ("den", true),
    ("team", false),
    ("worker", false),
];

/// Writes what the measure counts, its figure, and each case.
pub(crate) fn write(
    card: &Scorecard,
    explanation: &Explanation,
    page: &Page,
    out: &mut impl Write,
) -> io::Result<()> {
    let Explanation { measure, month, cases, definition, .. } = explanation;
    let month = *month;
    let row = card.plan().row(measure).ok();
    let titles = card.titles();
    let title = titles.iter().find(|(id, _)| id == measure).map_or("", |(_, title)| title);
    writeln!(out, "{}", page.ink(Ink::Bold, &format!("{measure}  {title}")))?;
    writeln!(out, "{}", month_name(month))?;
    writeln!(out)?;
    if let Some(row) = row {
        let about = row.definition();
        page.item("measure", about.key, out)?;
        page.item("cases", about.cases, out)?;
        page.item("numerator", about.numerator, out)?;
        page.item("denominator", row.form().denominator, out)?;
        page.item("outside", about.exclusions, out)?;
        page.item("definition", &format!("version {definition}"), out)?;
    }
    let words = policies::in_words(card);
    if let Some((_, words)) = words.iter().find(|(id, _)| id == measure) {
        page.item("here", words.trim_matches(['(', ')']), out)?;
    }
    if let Some(row) = row {
        page.item("policy", &policies::of_row(card.policy(), row), out)?;
    }
    let Some(result) = card.result(measure, month) else {
        let why = match row.map(|row| row.period()) {
            Some(PeriodKind::Quarter) => "none: this figure is worked out for the month that ends a quarter",
            _ => "none",
        };
        return page.item("figure", why, out);
    };
    let figure = match result.status {
        Status::NotSupplied => no_data(result),
        _ => match quotient(result) {
            quotient if quotient.is_empty() => value(result),
            quotient => format!("{} = {quotient}", value(result)),
        },
    };
    page.item("figure", &figure, out)?;
    page.item("period", &format!("{} to {}", result.period.from, result.period.to), out)?;
    let outcomes: Vec<String> =
        result.outcomes.iter().map(|(outcome, count)| format!("{} {count}", outcome.as_str())).collect();
    let sum = count(cases.len() as u64, "case");
    page.item(
        "outcomes",
        &if outcomes.is_empty() { sum } else { format!("{sum}: {}", outcomes.join(", ")) },
        out,
    )?;
    if !result.warnings.is_empty() {
        page.item("warnings", &result.warnings.join(", "), out)?;
    }
    if cases.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    let rows: Vec<(Ink, Vec<String>)> = cases.iter().map(|case| (ink(case), cells(case))).collect();
    columns::write(&HEADS, &rows, page, out)
}

fn ink(case: &Case) -> Ink {
    match case.rag {
        Some(Rag::Red) => Ink::Red,
        Some(Rag::Amber) => Ink::Amber,
        _ if !case.outcome.is_in_denominator() => Ink::Faint,
        _ => Ink::Plain,
    }
}

fn cells(case: &Case) -> Vec<String> {
    let text = |value: Option<String>| value.unwrap_or_default();
    // Of what is not done the day is that of the time before: as the day on which it was done it would lie before its due
    // date, as if it were in time.
    let is_open = matches!(case.outcome, Outcome::Overdue | Outcome::NotYetDue);
    let (done, last_done) = if is_open { (None, case.done) } else { (case.done, None) };
    vec![
        case.subject.clone(),
        text(case.record.clone()),
        case.outcome.as_str().to_owned(),
        text(case.reason.map(|reason: Reason| reason.as_str().to_owned())),
        text(case.rule.flatten().map(|rule| rule.as_str().to_owned())),
        text(case.anchor.map(|day| day.to_string())),
        text(case.due.map(|day| day.to_string())),
        text(done.map(|day| day.to_string())),
        text(last_done.map(|day| day.to_string())),
        text(case.elapsed.map(|units| units.to_string())),
        text(case.rag.map(|rag| rag.as_str().to_owned())),
        text(case.numerator.map(|amount| amount.to_string())),
        text(case.denominator.map(|amount| amount.to_string())),
        text(case.team.clone()),
        text(case.worker.clone()),
    ]
}
