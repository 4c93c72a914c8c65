//! What is due as a team works through it, as a page for a browser, to be printed: first the counts, then a list for each
//! team.

use std::io::{self, Write};

use csc_measures::due::{DueCount, DueFilter, DueLine, DueList};
use csc_measures::visible;

use crate::html::{Cell, begin, end, escaped, number, text, write_table};
use crate::text::or_nothing;
use crate::work_list::{day, gaps, left, outcome, summary, sums, title, to_be_done};

/// The heads of the numbers of a team or a worker.
const SUMS: [&str; 6] = ["Children", "Unseen", "Overdue", "To come", "Not known", "Oldest, days overdue"];

const NO_TEAM: &str = "no team";

/// Writes the page.
pub(crate) fn write(list: &DueList, filter: &DueFilter, out: &mut impl Write) -> io::Result<()> {
    let lines = list.lines();
    begin(&title(list, filter), out)?;
    writeln!(out, "<p><strong>Internal: not for publication. It lists children by their ids.</strong></p>")?;
    writeln!(out, "<p>{}.</p>", escaped(&summary(&lines)))?;
    for gap in gaps(&list.not_supplied) {
        writeln!(out, "<p>Not looked at: {}.</p>", escaped(&gap))?;
    }
    if !list.warnings.is_empty() {
        writeln!(out, "<p>Warnings: {}.</p>", escaped(&list.warnings.join(", ")))?;
    }
    let teams = DueCount::by_team(&lines);
    writeln!(out, "<h2>How much each team has</h2>")?;
    write_table(&heads(&["Team"]), teams.iter().map(|of| with_sums([of.team.unwrap_or(NO_TEAM)], of)), out)?;
    writeln!(out, "<h2>How much each worker has</h2>")?;
    let workers = DueCount::by_worker(&lines);
    let rows = workers
        .iter()
        .map(|of| with_sums([of.team.unwrap_or(NO_TEAM), of.worker.unwrap_or("no worker")], of));
    write_table(&heads(&["Team", "Worker"]), rows, out)?;
    for team in &teams {
        writeln!(out, "<h2>{}</h2>", shown(team.team.unwrap_or(NO_TEAM)))?;
        let of_team = lines.iter().filter(|line| line.first.team.as_deref() == team.team);
        let heads = [
            text("Child"),
            text("To be done"),
            text("Due"),
            text("How it stands"),
            number("Days overdue"),
            text("Left"),
            text("Last done"),
            text("Worker"),
        ];
        write_table(&heads, of_team.map(cells), out)?;
    }
    end(out)
}

fn shown(text: &str) -> String {
    escaped(&visible(text))
}

fn heads(names: &[&str]) -> Vec<Cell> {
    names.iter().map(|name| text(*name)).chain(SUMS.map(number)).collect()
}

fn with_sums<const N: usize>(names: [&str; N], of: &DueCount<'_>) -> Vec<Cell> {
    names.into_iter().map(|name| text(visible(name))).chain(sums(of).map(number)).collect()
}

fn cells(line: &DueLine<'_>) -> Vec<Cell> {
    let one = line.first;
    vec![
        text(visible(&one.person)),
        text(to_be_done(line)),
        text(one.due.map(day).unwrap_or_default()),
        text(match one.rag {
            Some(rag) => format!("{} ({rag})", outcome(line)),
            None => outcome(line),
        }),
        number(or_nothing(line.days_overdue())),
        text(left(line)),
        text(line.last_done().map(day).unwrap_or_default()),
        text(visible(one.worker.as_deref().unwrap_or("no worker"))),
    ]
}
