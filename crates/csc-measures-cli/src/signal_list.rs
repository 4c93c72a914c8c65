//! The signals to be read: a line or two for each control chart, and why other measures have none.

use std::io::{self, Write};

use csc_measures::Scorecard;
use csc_measures::plan::RowId;
use csc_measures::signals::{Assurance, Mark, Signals, Stretch, Variation};

use crate::lines::{Line, SUPPRESSED};
use crate::report;
use crate::text::{Ink, Page, left, right, width, wrap, write_line};

/// The fewest months with a value that a chart is drawn of.
const FEWEST: usize = 12;
const GAP: &str = "  ";

/// Writes the signals of the figures that are shown.
pub(crate) fn write(
    card: &Scorecard,
    signals: &[Signals],
    lines: &[Line<'_>],
    page: &Page,
    out: &mut impl Write,
) -> io::Result<()> {
    writeln!(out)?;
    writeln!(out, "{}", page.ink(Ink::Bold, "Signals"))?;
    let titles = card.titles();
    let last = |id: &RowId| lines.iter().rfind(|line| line.result.measure == *id);
    let rows: Vec<Row> =
        signals.iter().map(|signals| Row::of(card, signals, last(&signals.measure), &titles)).collect();
    if !rows.is_empty() {
        let columns = Columns::fit(&rows, page);
        columns.write_heads(page, out)?;
        for row in &rows {
            columns.write(row, page, out)?;
        }
    }
    let none: Vec<&RowId> = titles
        .iter()
        .map(|(id, _)| id)
        .filter(|id| !signals.iter().any(|signals| signals.measure == **id))
        .collect();
    let values = |id: &RowId| {
        lines.iter().filter(|line| line.result.measure == *id && line.result.value.is_some()).count()
    };
    let (together, short): (Vec<&RowId>, Vec<&RowId>) = none.iter().partition(|id| values(id) >= FEWEST);
    let short: Vec<&RowId> = short.into_iter().filter(|id| values(id) > 0).collect();
    let listed = |ids: &[&RowId]| ids.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(", ");
    if !together.is_empty() {
        let why = "no chart, since their cases stay from month to month or their months overlap, and nearly all \
                   would be marked; a chart `level` with a baseline of 24 months or more says something of them";
        page.item("", &format!("{}: {why}", listed(&together)), out)?;
    }
    if !short.is_empty() {
        page.item("", &format!("{}: no chart of fewer than 12 values", listed(&short)), out)?;
    }
    if signals.iter().any(hang_together) {
        let why = "the months of a measure go with each other, and signals come more easily than they should";
        page.item("", &format!("{TOGETHER}: {why}"), out)?;
    }
    let note = "A month without a signal is one of the measure's own ups and downs: nobody need explain it. Of a hundred \
                measures that do not change, a few have a signal in three years by chance.";
    page.item("", note, out)
}

/// What is said of a chart whose neighbours are alike.
const TOGETHER: &str = "hang together";

fn hang_together(signals: &Signals) -> bool {
    signals.stretches.iter().any(Stretch::hangs_together)
}

/// What is said of a chart.
struct Row {
    /// The id of a row of the plan: a companion has none.
    id: String,
    title: String,
    value: String,
    chart: String,
    centre: String,
    limits: String,
    last: String,
    ink: Ink,
    target: String,
    notes: String,
}

impl Row {
    fn of(card: &Scorecard, signals: &Signals, line: Option<&Line<'_>>, titles: &[(RowId, String)]) -> Self {
        let title = titles.iter().find(|(id, _)| *id == signals.measure).map(|(_, title)| title.as_str());
        let row = card.plan().rows().iter().find(|row| *row.id() == signals.measure);
        let companion = row.filter(|row| !row.is_printed()).and_then(|row| row.measure().companion_name());
        let title = title.unwrap_or_default();
        // The title may be cut, and the policies that follow it are not to be.
        let (title, policies) =
            match row.and_then(|row| Some((row.title(), title.strip_prefix(row.title())?))) {
                Some((title, policies)) => {
                    (title.to_owned(), policies.trim().trim_matches(['(', ')']).to_owned())
                }
                None => (title.to_owned(), String::new()),
            };
        let (id, title) = match companion {
            Some(name) => (String::new(), format!(".{name}: {title}")),
            None => (signals.measure.to_string(), title),
        };
        let value = match line {
            Some(line) if line.is_suppressed => SUPPRESSED.to_owned(),
            Some(line) => report::value(line.result),
            None => String::new(),
        };
        let last = signals.points.last();
        let limits = last.and_then(|point| point.low.zip(point.high));
        let (word, ink) = match last.map_or(Variation::Common, |point| point.variation) {
            Variation::Improvement => ("improved", Ink::Green),
            Variation::Concern => ("worsened", Ink::Red),
            Variation::High => ("high", Ink::Plain),
            Variation::Low => ("low", Ink::Plain),
            _ => ("no signal", Ink::Faint),
        };
        Self {
            id,
            title,
            value,
            chart: signals.chart.to_string(),
            centre: last.map(|point| point.centre.to_string()).unwrap_or_default(),
            limits: limits.map(|(low, high)| format!("{low} to {high}")).unwrap_or_default(),
            last: word.to_owned(),
            ink,
            target: signals.assurance.map_or("", in_words).to_owned(),
            notes: [policies, notes(signals)]
                .into_iter()
                .filter(|note| !note.is_empty())
                .collect::<Vec<_>>()
                .join("; "),
        }
    }
}

/// What the limits say of the target.
fn in_words(assurance: Assurance) -> &'static str {
    match assurance {
        Assurance::Passing => "always met",
        Assurance::Failing => "never met",
        _ => "hit and miss",
    }
}

/// What a mark is, in words.
fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::PointHigh => "above the limit",
        Mark::PointLow => "below the limit",
        Mark::RunHigh => "a run above the centre",
        Mark::RunLow => "a run below the centre",
        Mark::TrendHigh => "a rising trend",
        Mark::TrendLow => "a falling trend",
        Mark::TwoOfThreeHigh => "two of three far above",
        Mark::TwoOfThreeLow => "two of three far below",
        other => other.as_str(),
    }
}

/// What is marked, and in which months; and if months hang together.
fn notes(signals: &Signals) -> String {
    let mut notes = Vec::new();
    for kind in Mark::ALL {
        let mut spans: Vec<(String, String)> = Vec::new();
        let mut goes_on = false;
        for point in &signals.points {
            let month = point.month.to_string();
            let is_marked = point.marks.contains(&kind);
            match spans.last_mut().filter(|_| goes_on) {
                Some((_, last)) if is_marked => *last = month,
                _ if is_marked => spans.push((month.clone(), month)),
                _ => {}
            }
            goes_on = is_marked;
        }
        let in_words = |(first, last)| if first == last { first } else { format!("{first} to {last}") };
        let spans: Vec<String> = spans.into_iter().map(in_words).collect();
        if !spans.is_empty() {
            notes.push(format!("{} in {}", mark(kind), spans.join(", ")));
        }
    }
    let starts: Vec<String> = signals.stretches.iter().skip(1).map(|one| one.from.to_string()).collect();
    if !starts.is_empty() {
        notes.push(format!("starts anew in {}", starts.join(", ")));
    }
    if hang_together(signals) {
        notes.push(TOGETHER.to_owned());
    }
    notes.join("; ")
}

/// A column of figures.
struct Column {
    head: &'static str,
    is_right: bool,
    text: fn(&Row) -> &str,
    ink: fn(&Row) -> Ink,
}

const FIGURES: [Column; 6] = [
    Column { head: "value", is_right: true, text: |row| &row.value, ink: |_| Ink::Bold },
    Column { head: "chart", is_right: false, text: |row| &row.chart, ink: |_| Ink::Plain },
    Column { head: "centre", is_right: true, text: |row| &row.centre, ink: |_| Ink::Plain },
    Column { head: "limits", is_right: true, text: |row| &row.limits, ink: |_| Ink::Plain },
    Column { head: "last month", is_right: false, text: |row| &row.last, ink: |row| row.ink },
    Column { head: "target", is_right: false, text: |row| &row.target, ink: |_| Ink::Plain },
];

impl Column {
    /// How wide it is; one of nothing is left out.
    fn width(&self, rows: &[Row]) -> usize {
        match rows.iter().map(|row| width((self.text)(row))).max().unwrap_or(0) {
            0 => 0,
            widest => widest.max(self.head.len()),
        }
    }
}

/// How wide each column is.
struct Columns {
    id: usize,
    title: usize,
    figures: Vec<(Column, usize)>,
}

/// The columns that a title may be cut to, at least.
const NARROWEST_TITLE: usize = 16;

impl Columns {
    fn fit(rows: &[Row], page: &Page) -> Self {
        let id = rows.iter().map(|row| width(&row.id)).max().unwrap_or(0);
        let figures = FIGURES.into_iter().map(|column| {
            let width = column.width(rows);
            (column, width)
        });
        let figures: Vec<(Column, usize)> = figures.filter(|(_, width)| *width > 0).collect();
        let taken: usize = figures.iter().map(|(_, width)| width + GAP.len()).sum();
        let title = page.width.saturating_sub(id + GAP.len() + taken).max(NARROWEST_TITLE);
        Self { id, title, figures }
    }

    fn line(&self, id: &str, title: &str, cell: impl Fn(&Column, usize) -> String) -> String {
        let mut line = left(id, self.id) + GAP + &left(title, self.title);
        for (column, width) in &self.figures {
            line.push_str(GAP);
            line.push_str(&cell(column, *width));
        }
        line
    }

    fn write_heads(&self, page: &Page, out: &mut impl Write) -> io::Result<()> {
        let line = self.line("", "", |column, width| aligned(column.head, width, column.is_right));
        writeln!(out, "{}", page.ink(Ink::Faint, line.trim_end()))
    }

    fn write(&self, row: &Row, page: &Page, out: &mut impl Write) -> io::Result<()> {
        let cell = |column: &Column, width: usize| {
            page.ink((column.ink)(row), &aligned((column.text)(row), width, column.is_right))
        };
        write_line(&self.line(&row.id, &row.title, cell), out)?;
        if !row.notes.is_empty() {
            let indent = self.id + GAP.len();
            for line in wrap(&row.notes, page.width.saturating_sub(indent)) {
                writeln!(out, "{}{}", left("", indent), page.ink(Ink::Faint, &line))?;
            }
        }
        Ok(())
    }
}

fn aligned(text: &str, width: usize, is_right: bool) -> String {
    if is_right { right(text, width) } else { left(text, width) }
}
