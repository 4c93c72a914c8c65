//! The cases behind one figure, to be read.

use std::io::{self, Write};

use csc_measures::plan::PeriodKind;
use csc_measures::{Case, MeasureId, Month, Plan, Rag, Reason, Scorecard, Status};

use crate::report::{quotient, value};
use crate::text::{Ink, Page, count, left, month_name, right, width, write_line};

/// Columns and whether numbers stand in them.
const HEADS: [(&str, bool); 11] = [
    ("subject", false),
    ("record", false),
    ("outcome", false),
    ("reason", false),
    ("anchor", false),
    ("due", false),
    ("done", false),
    ("elapsed", true),
    ("rag", false),
    ("num", true),
    ("den", true),
];

/// Writes what the measure counts, its figure, and each case.
pub(crate) fn write(
    plan: &Plan,
    measure: MeasureId,
    month: Month,
    card: &Scorecard,
    cases: &[Case],
    page: &Page,
    out: &mut impl Write,
) -> io::Result<()> {
    let about = plan.measures.get(measure.index());
    let title = about.map_or("", |about| &*about.title);
    writeln!(out, "{}", page.ink(Ink::Bold, &format!("{measure}  {title}")))?;
    writeln!(out, "{}", month_name(month))?;
    writeln!(out)?;
    if let Some(about) = about {
        page.item("cases", &about.definition.cases, out)?;
        page.item("numerator", &about.definition.numerator, out)?;
        page.item("denominator", &about.definition.denominator, out)?;
        page.item("outside", &about.definition.exclusions, out)?;
    }
    let Some(result) = card.result(measure, month) else {
        let why = match measure.period_kind() {
            PeriodKind::Quarter => "none: this figure is worked out for the month that ends a quarter",
            _ => "none",
        };
        return page.item("figure", why, out);
    };
    let figure = match result.status {
        Status::NotSupplied => format!("no data: needs {}", result.missing_tables.join(", ")),
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
    write_table(cases, page, out)
}

fn write_table(cases: &[Case], page: &Page, out: &mut impl Write) -> io::Result<()> {
    let rows: Vec<[String; HEADS.len()]> = cases.iter().map(cells).collect();
    // A column of nothing is left out.
    let widths: Vec<usize> = HEADS
        .iter()
        .enumerate()
        .map(|(column, (head, _))| {
            let widest =
                rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max().unwrap_or(0);
            if widest == 0 { 0 } else { widest.max(head.len()) }
        })
        .collect();
    let line = |cells: &[String]| {
        let mut line = String::new();
        for ((cell, width), (_, is_number)) in cells.iter().zip(&widths).zip(HEADS) {
            if *width > 0 {
                line += &if is_number { right(cell, *width) } else { left(cell, *width) };
                line += "  ";
            }
        }
        line
    };
    let heads = HEADS.map(|(head, _)| head.to_owned());
    writeln!(out, "{}", page.ink(Ink::Faint, line(&heads).trim_end()))?;
    for (row, case) in rows.iter().zip(cases) {
        let ink = match case.rag {
            Some(Rag::Red) => Ink::Red,
            Some(Rag::Amber) => Ink::Amber,
            _ if !case.outcome.is_in_denominator() => Ink::Faint,
            _ => Ink::Plain,
        };
        write_line(&page.ink(ink, line(row).trim_end()), out)?;
    }
    Ok(())
}

fn cells(case: &Case) -> [String; HEADS.len()] {
    let text = |value: Option<String>| value.unwrap_or_default();
    [
        case.subject.clone(),
        text(case.record.clone()),
        case.outcome.as_str().to_owned(),
        text(case.reason.map(|reason: Reason| reason.as_str().to_owned())),
        text(case.anchor.map(|day| day.to_string())),
        text(case.due.map(|day| day.to_string())),
        text(case.done.map(|day| day.to_string())),
        text(case.elapsed.map(|units| units.to_string())),
        text(case.rag.map(|rag| rag.as_str().to_owned())),
        text(case.numerator.map(|amount| amount.to_string())),
        text(case.denominator.map(|amount| amount.to_string())),
    ]
}
