//! What is due, for one child or for everybody: to be read, or as CSV.

use std::io::{self, Write};

use csc_measures::due::{DueFilter, DueList, DueOutcome, NotSupplied, Obligation, PersonView};
use csc_measures::plan::Definitions;
use csc_measures::{ClockKind, Options, Rag, VisitRule};

use crate::columns::{self, Head};
use crate::flat::Texts;
use crate::text::{Ink, Page, count, or_nothing};
use crate::{flat, footer, policies};

const HEADS: [Head; 14] = [
    ("due", false),
    ("rag", false),
    ("left", false),
    ("person", false),
    ("clock", false),
    ("measure", false),
    ("rule", false),
    ("record", false),
    ("from", false),
    ("last done", false),
    ("outcome", false),
    ("reason", false),
    ("worker", false),
    ("team", false),
];

/// Writes the due list: what it is of, how much there is, and each obligation.
pub(crate) fn write(list: &DueList, filter: &DueFilter, page: &Page, out: &mut impl Write) -> io::Result<()> {
    let horizon = match filter.within {
        Some(days) => format!(", overdue or due within {}", count(u64::from(days), "working day")),
        None => String::new(),
    };
    writeln!(out, "{}", page.ink(Ink::Bold, &format!("Due as at {}{horizon}", list.as_at)))?;
    writeln!(out)?;
    page.item("obligations", &summary(&list.obligations), out)?;
    write_gaps(&list.not_supplied, &list.warnings, page, out)?;
    page.item("definitions", &footer::definitions(&list.definitions), out)?;
    page.item("policy", &policies::of_due_list(list), out)?;
    write_obligations(&list.obligations, page, out)
}

/// Writes one child: who has the case, the cohorts, and each obligation.
pub(crate) fn write_person(
    child: &PersonView,
    options: &Options,
    page: &Page,
    out: &mut impl Write,
) -> io::Result<()> {
    let title = format!("{} as at {}", child.person, child.as_at);
    writeln!(out, "{}", page.ink(Ink::Bold, &title))?;
    writeln!(out)?;
    if let Some(age) = child.age {
        page.item("age", &age.to_string(), out)?;
    }
    let cohorts: Vec<String> = child
        .cohorts
        .iter()
        .map(|one| match one.since {
            Some(since) => format!("{} since {since} ({})", one.cohort.as_str(), one.record),
            None => format!("{} ({})", one.cohort.as_str(), one.record),
        })
        .collect();
    let none = || "none".to_owned();
    page.item("cohorts", &if cohorts.is_empty() { none() } else { cohorts.join(", ") }, out)?;
    if let Some(worker) = &child.worker {
        let team = child.team.as_ref().map_or_else(String::new, |team| format!(", {team}"));
        page.item("worker", &format!("{worker}{team}"), out)?;
    }
    page.item("obligations", &summary(&child.obligations), out)?;
    write_gaps(&child.not_supplied, &child.warnings, page, out)?;
    page.item("definitions", &footer::definitions(&child.definitions), out)?;
    page.item("policy", &policies::of_run(&options.policy, &options.plan), out)?;
    write_obligations(&child.obligations, page, out)
}

fn summary(obligations: &[Obligation]) -> String {
    let of = |outcome| obligations.iter().filter(|one| one.outcome == outcome).count();
    let each = [DueOutcome::Overdue, DueOutcome::NotYetDue, DueOutcome::Unknown]
        .map(|outcome| format!("{} {}", of(outcome), outcome.as_str().replace('_', " ")));
    format!("{}: {}", count(obligations.len() as u64, "obligation"), each.join(", "))
}

/// What cannot be judged, and the warnings.
fn write_gaps(
    not_supplied: &[NotSupplied],
    warnings: &[String],
    page: &Page,
    out: &mut impl Write,
) -> io::Result<()> {
    let gaps: Vec<String> = not_supplied
        .iter()
        .map(|gap| format!("{} needs {}", gap.measure, gap.missing_tables.join(", ")))
        .collect();
    if !gaps.is_empty() {
        page.item("not supplied", &gaps.join("; "), out)?;
    }
    if !warnings.is_empty() {
        page.item("warnings", &warnings.join(", "), out)?;
    }
    Ok(())
}

fn write_obligations(obligations: &[Obligation], page: &Page, out: &mut impl Write) -> io::Result<()> {
    if obligations.is_empty() {
        return Ok(());
    }
    let rows: Vec<(Ink, Vec<String>)> = obligations.iter().map(|one| (ink(one), cells(one))).collect();
    writeln!(out)?;
    columns::write(&HEADS, &rows, page, out)
}

fn ink(obligation: &Obligation) -> Ink {
    match obligation.rag {
        Some(Rag::Red) => Ink::Red,
        Some(Rag::Amber) => Ink::Amber,
        Some(Rag::Green) => Ink::Plain,
        None => Ink::Faint,
    }
}

fn cells(one: &Obligation) -> Vec<String> {
    let unit = if one.unit == ClockKind::WorkingDays { "wd" } else { "d" };
    let left = match (one.days_left, one.days_over) {
        (Some(days), _) => format!("{days} {unit}"),
        (None, Some(days)) => format!("{days} {unit} over"),
        (None, None) => String::new(),
    };
    vec![
        or_nothing(one.due),
        or_nothing(one.rag),
        left,
        one.person.clone(),
        one.clock.to_owned(),
        one.measure.to_string(),
        or_nothing(one.rule.flatten().map(VisitRule::as_str)),
        or_nothing(one.record.as_deref()),
        or_nothing(one.anchor),
        or_nothing(one.last_done),
        one.outcome.as_str().to_owned(),
        or_nothing(one.reason.map(csc_measures::Reason::as_str)),
        or_nothing(one.worker.as_deref()),
        or_nothing(one.team.as_deref()),
    ]
}

/// One row an obligation; the last column is the version of the measure's definition.
pub(crate) fn write_csv(
    obligations: &[Obligation],
    definitions: &Definitions,
    texts: Texts,
    out: &mut impl Write,
) -> io::Result<()> {
    const HEADER: [&str; 18] = [
        "person",
        "clock",
        "measure",
        "record",
        "anchor",
        "due",
        "last_done",
        "elapsed",
        "unit",
        "days_left",
        "days_over",
        "outcome",
        "reason",
        "rag",
        "worker",
        "team",
        "rule",
        "definition",
    ];
    let rows = obligations.iter().map(|one| {
        let unit = if one.unit == ClockKind::WorkingDays { "working_days" } else { "days" };
        [
            texts.of(&one.person),
            one.clock.to_owned(),
            texts.of(one.measure.as_str()),
            texts.or_nothing(one.record.as_deref()),
            or_nothing(one.anchor),
            or_nothing(one.due),
            or_nothing(one.last_done),
            or_nothing(one.elapsed),
            unit.to_owned(),
            or_nothing(one.days_left),
            or_nothing(one.days_over),
            one.outcome.as_str().to_owned(),
            or_nothing(one.reason.map(csc_measures::Reason::as_str)),
            or_nothing(one.rag),
            texts.or_nothing(one.worker.as_deref()),
            texts.or_nothing(one.team.as_deref()),
            or_nothing(one.rule.flatten().map(VisitRule::as_str)),
            or_nothing(definitions.version(&one.measure)),
        ]
    });
    flat::write_rows(&HEADER, rows, out)
}
