//! What is due as a team works through it: to be read, or as CSV.

use std::io::{self, Write};

use chrono::NaiveDate;
use csc_measures::due::{DueCount, DueFilter, DueLine, DueList, DueOutcome, NotSupplied};
use csc_measures::{ClockKind, Rag, Reason};

use crate::columns::{self, Head};
use crate::flat::{self, Texts};
use crate::footer;
use crate::policies;
use crate::text::{Ink, Page, count, or_nothing};

const HEADS: [Head; 9] = [
    ("overdue", true),
    ("due", false),
    ("rag", false),
    ("left", false),
    ("last done", false),
    ("child", false),
    ("worker", false),
    ("team", false),
    ("to be done", false),
];

const TEAMS: [Head; 7] = [
    ("team", false),
    ("children", true),
    ("unseen", true),
    ("overdue", true),
    ("to come", true),
    ("not known", true),
    ("oldest", true),
];

/// Writes the list: how much there is, by team, and each line.
pub(crate) fn write(list: &DueList, filter: &DueFilter, page: &Page, out: &mut impl Write) -> io::Result<()> {
    let lines = list.lines();
    writeln!(out, "{}", page.ink(Ink::Bold, &title(list, filter)))?;
    writeln!(out)?;
    page.item("to be done", &summary(&lines), out)?;
    let gaps = gaps(&list.not_supplied);
    if !gaps.is_empty() {
        page.item("not looked at", &gaps.join("; "), out)?;
    }
    if !list.warnings.is_empty() {
        page.item("warnings", &list.warnings.join(", "), out)?;
    }
    page.item("definitions", &footer::definitions(&list.definitions), out)?;
    page.item("policy", &policies::of_due_list(list), out)?;
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    let teams: Vec<(Ink, Vec<String>)> = DueCount::by_team(&lines)
        .iter()
        .map(|of| {
            let mut cells = vec![of.team.unwrap_or("no team").to_owned()];
            cells.extend(sums(of));
            (Ink::Plain, cells)
        })
        .collect();
    columns::write(&TEAMS, &teams, page, out)?;
    writeln!(out)?;
    let rows: Vec<(Ink, Vec<String>)> = lines.iter().map(|line| (ink(line), cells(line))).collect();
    columns::write(&HEADS, &rows, page, out)
}

/// What the list is of.
pub(crate) fn title(list: &DueList, filter: &DueFilter) -> String {
    let horizon = match filter.within {
        Some(days) => format!(", overdue or due within {}", count(u64::from(days), "working day")),
        None => String::new(),
    };
    format!("To be done as at {}{horizon}", day(list.as_at))
}

/// `31 March 2017`.
pub(crate) fn day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// How much there is to be done.
pub(crate) fn summary(lines: &[DueLine<'_>]) -> String {
    let of = |outcome| lines.iter().filter(|line| line.outcome() == outcome).count();
    let unseen: usize = DueCount::by_team(lines).iter().map(|team| team.unseen).sum();
    format!(
        "{}: {} overdue, {} to come, {} not known; {} unseen",
        count(lines.len() as u64, "line"),
        of(DueOutcome::Overdue),
        of(DueOutcome::NotYetDue),
        of(DueOutcome::Unknown),
        if unseen == 1 { "1 child".to_owned() } else { format!("{unseen} children") },
    )
}

/// What cannot be judged, each in words.
pub(crate) fn gaps(not_supplied: &[NotSupplied]) -> Vec<String> {
    not_supplied
        .iter()
        .map(|gap| format!("{} needs {}", gap.measure, gap.missing_tables.join(", ")))
        .collect()
}

/// The numbers of a team or a worker, in the order of the heads.
pub(crate) fn sums(of: &DueCount<'_>) -> [String; 6] {
    let DueCount { children, unseen, overdue, not_yet_due, unknown, oldest, .. } = of;
    let [children, unseen, overdue, not_yet_due, unknown] =
        [children, unseen, overdue, not_yet_due, unknown].map(ToString::to_string);
    [children, unseen, overdue, not_yet_due, unknown, or_nothing(*oldest)]
}

/// How a line stands, in words.
pub(crate) fn outcome(line: &DueLine<'_>) -> String {
    match line.outcome() {
        DueOutcome::Unknown => "not known".to_owned(),
        known => known.as_str().replace('_', " "),
    }
}

/// How long it is until a line is due, in the units of its clock.
pub(crate) fn left(line: &DueLine<'_>) -> String {
    let unit = if line.first.unit == ClockKind::WorkingDays { "working day" } else { "day" };
    line.first.days_left.map(|days| count(u64::from(days), unit)).unwrap_or_default()
}

/// What is to be done, and what else the same visit answers.
pub(crate) fn to_be_done(line: &DueLine<'_>) -> String {
    let mut words = line.title().to_owned();
    for (title, due) in line.also_titles() {
        words += "; also ";
        words += title;
        if let Some(due) = due {
            words += &format!(", due {}", day(due));
        }
    }
    if let Some(reason) = line.first.reason {
        words += &format!(" ({})", Reason::about(reason).trim());
    }
    words
}

fn ink(line: &DueLine<'_>) -> Ink {
    match line.first.rag {
        Some(Rag::Red) => Ink::Red,
        Some(Rag::Amber) => Ink::Amber,
        Some(Rag::Green) => Ink::Plain,
        None => Ink::Faint,
    }
}

fn cells(line: &DueLine<'_>) -> Vec<String> {
    let one = line.first;
    vec![
        or_nothing(line.days_overdue()),
        or_nothing(one.due),
        or_nothing(one.rag),
        left(line),
        or_nothing(line.last_done()),
        one.person.clone(),
        or_nothing(one.worker.as_deref()),
        or_nothing(one.team.as_deref()),
        to_be_done(line),
    ]
}

/// One row a line.
pub(crate) fn write_csv(list: &DueList, texts: Texts, out: &mut impl Write) -> io::Result<()> {
    const HEADER: [&str; 17] = [
        "team",
        "worker",
        "person",
        "title",
        "kind",
        "outcome",
        "due",
        "days_overdue",
        "days_left",
        "unit",
        "last_done",
        "rag",
        "also",
        "reason",
        "record",
        "measure",
        "clock",
    ];
    let lines = list.lines();
    let rows = lines.iter().map(|line| {
        let one = line.first;
        let unit = if one.unit == ClockKind::WorkingDays { "working_days" } else { "days" };
        let also = line.also_titles().map(|(title, due)| match due {
            Some(due) => format!("{title}: {due}"),
            None => title.to_owned(),
        });
        [
            texts.or_nothing(one.team.as_deref()),
            texts.or_nothing(one.worker.as_deref()),
            texts.of(&one.person),
            line.title().to_owned(),
            line.duty().in_words().to_owned(),
            one.outcome.as_str().to_owned(),
            or_nothing(one.due),
            or_nothing(line.days_overdue()),
            or_nothing(one.days_left),
            unit.to_owned(),
            or_nothing(line.last_done()),
            or_nothing(one.rag),
            also.collect::<Vec<_>>().join("; "),
            or_nothing(one.reason.map(Reason::about).map(str::trim)),
            texts.or_nothing(one.record.as_deref()),
            texts.of(one.measure.as_str()),
            one.clock.to_owned(),
        ]
    });
    flat::write_rows(&HEADER, rows, out)
}
