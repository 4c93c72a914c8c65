//! `docs/clocks.md`, from the table of clocks: every limit with its dates, its source and how sure it is.

use std::fmt::{self, Write as _};

use csc_measures::clock::{Certainty, Clock, Counting, Standing};

use super::links::measure_links;

const INTRODUCTION: &str = "\
<!-- Written by `cargo xtask docs` from crates/csc-measures/src/time/clock/catalogue. Change it there. -->

# The clocks

A clock is a timescale of the law, of national guidance or of a council: what it runs from, how long it runs, and
from when to when that limit is in force. `Clock::by_id` is the last version, `Clock::at` that of a day; measures,
due lists and the view of a child ask the same clocks.

The day of the event is day 0, and the last day in time is the event plus the limit, unless the row says otherwise.
A clock of working days is judged by the count: the days off after its due date are in time too. Months run to the
corresponding date, or to the last day of a month that has none.

**How sure.** The first letter is about the limit, the second about its dates. **V**, verified: a text of the
instrument, of its explanatory note or of a reprint was read. **S**, second-hand: a manual, a council, a barrister or a
charity says so. **K**, from knowledge: check it before you rely on it. These pages are not legal advice.
";

pub(super) fn page() -> Result<String, fmt::Error> {
    let mut page = String::from(INTRODUCTION);
    writeln!(page, "\n| Clock | What is due, and from when | Limit | Used by |\n|---|---|---|---|")?;
    for clock in Clock::all() {
        let (id, measures) = (clock.id(), measure_links(clock.measures().iter().copied()));
        writeln!(page, "| [`{id}`](#{id}) | {} | {} | {measures} |", clock.title(), limit(&clock))?;
    }
    for clock in Clock::all() {
        let id = clock.id();
        writeln!(page, "\n<a id=\"{id}\"></a>\n\n## `{id}`\n\n{}.\n", clock.title())?;
        if !clock.note().is_empty() {
            writeln!(page, "{}\n", clock.note())?;
        }
        if let Some(said) = counting(clock.counting()) {
            writeln!(page, "{said}\n")?;
        }
        if let Some(said) = standing(clock.standing()) {
            writeln!(page, "{said}\n")?;
        }
        writeln!(page, "| Limit | From | To | Source | How sure |\n|---|---|---|---|---|")?;
        for version in clock.versions() {
            write_version(&mut page, &version)?;
        }
    }
    Ok(page)
}

fn write_version(page: &mut String, version: &Clock) -> fmt::Result {
    let to = version.in_force_to().map_or_else(String::new, |to| to.to_string());
    let suspended = version.relaxed().map(|instead| format!(", suspended: {instead}")).unwrap_or_default();
    let unread = version
        .unread_from()
        .map(|from| format!("; the edition in force from {from} was not read"))
        .unwrap_or_default();
    writeln!(
        page,
        "| {}{suspended} | {} | {to} | {}{unread} | {}/{} |",
        limit(version),
        version.in_force_from(),
        version.source(),
        letter(version.limit_certainty()),
        letter(version.dates_certainty()),
    )
}

/// The limit as it is written, with its days if it is written in another unit.
fn limit(clock: &Clock) -> String {
    let written = clock.as_written();
    match clock.limit() {
        Some(limit) if limit.to_string() != written => format!("{written} ({limit})"),
        _ => written,
    }
}

fn letter(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Verified => "V",
        Certainty::SecondHand => "S",
        _ => "K",
    }
}

fn counting(counting: Counting) -> Option<&'static str> {
    match counting {
        Counting::DayZero => None,
        Counting::DayOne => Some("The day of the event is day 1."),
        Counting::Strict => {
            Some("The date that the limit reaches is too late: the day before it is the last in time.")
        }
    }
}

fn standing(standing: Standing) -> Option<&'static str> {
    match standing {
        Standing::Local => Some("Set by a council or its plan: no national limit exists."),
        Standing::Context => Some("A statistic to compare with, not a duty."),
        Standing::NotCommenced => Some("Passed, and not in force as far as is known."),
        _ => None,
    }
}
