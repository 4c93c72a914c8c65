//! The scorecard to be read: a section for each outcome or recommendation, a line or two for each measure.

use std::collections::HashMap;
use std::io::{self, Write};

use csc_measures::measures::{Better, PeriodKind, Unit};
use csc_measures::plan::{PlanRow, RowId};
use csc_measures::signals::{Signals, Variation};
use csc_measures::{
    Direction, MeasureRag, MeasureResult, Month, Outcome, Scorecard, Section, Status, Target,
};

use crate::lines::{Line, SUPPRESSED};
use crate::policies;
use crate::text::{
    Ink, Page, count, left, month_name, right, sparkline, thousands, width, wrap, wrap_to, write_line,
};

/// The months that a trend shows, at most.
const LONGEST_TREND: usize = 24;
/// The columns that a title may be cut to, at least.
const NARROWEST_TITLE: usize = 24;
/// The columns of the figures, at least: without figures, they show the names of what is missing.
const NARROWEST_FIGURES: usize = 44;
/// The lines that a title may take.
const TITLE_LINES: usize = 2;

/// Writes the scorecard of the last month, with the trend since the first.
pub(crate) fn write(
    card: &Scorecard,
    lines: &[Line<'_>],
    signals: &[Signals],
    sections: &[Section<'_>],
    page: &Page,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut footnotes = Footnotes::default();
    let rows = rows(card, lines, signals, &mut footnotes);
    let has_targets = lines.iter().any(|line| line.result.rag != MeasureRag::NotRated);
    let columns = Columns::fit(&rows, has_targets, page);

    writeln!(out, "{}", page.ink(Ink::Bold, card.plan().title()))?;
    writeln!(out, "{}", heading(card))?;
    for section in sections {
        writeln!(out)?;
        write_section(section, &rows, &columns, page, out)?;
    }
    let has_section = |id: &RowId| sections.iter().any(|section| section.measures.contains(id));
    let ids = card.plan().rows().iter().map(|row| row.id().clone());
    let others: Vec<RowId> = ids.filter(|id| !has_section(id)).collect();
    if !others.is_empty() {
        writeln!(out)?;
        writeln!(out, "{}", page.ink(Ink::Bold, "Measures that test no recommendation directly"))?;
        write_measures(&others, &rows, &columns, page, out)?;
    }
    if !footnotes.0.is_empty() {
        writeln!(out)?;
        for (index, note) in footnotes.0.iter().enumerate() {
            page.entry(&format!("[{}]", index + 1), note, 5, out)?;
        }
    }
    Ok(())
}

fn heading(card: &Scorecard) -> String {
    let last = month_name(card.to());
    if card.from() == card.to() {
        last
    } else {
        let first = month_name(first_of_trend(card));
        format!(
            "{last}, with the trend since {first}: percentages from 0 to 100, others from 0 to their highest"
        )
    }
}

fn first_of_trend(card: &Scorecard) -> Month {
    let longest = i32::try_from(LONGEST_TREND).unwrap_or(i32::MAX);
    card.from().max(card.to().plus(1 - longest))
}

fn write_section(
    section: &Section<'_>,
    rows: &[Row],
    columns: &Columns,
    page: &Page,
    out: &mut impl Write,
) -> io::Result<()> {
    let indent = columns.id + 1;
    // The id of a section may be longer than those of its rows.
    let room = indent.max(width(section.id) + 1);
    for (index, line) in wrap(section.title, page.width.saturating_sub(room)).iter().enumerate() {
        let id = left(if index == 0 { section.id } else { "" }, room);
        writeln!(out, "{}", page.ink(Ink::Bold, &(id + line)))?;
    }
    if let Some(note) = section.note {
        let ink = if section.unmeasured { Ink::Plain } else { Ink::Faint };
        for line in wrap(note, page.width.saturating_sub(indent)) {
            writeln!(out, "{}{}", left("", indent), page.ink(ink, &line))?;
        }
    }
    write_measures(&section.measures, rows, columns, page, out)
}

fn write_measures(
    measures: &[RowId],
    rows: &[Row],
    columns: &Columns,
    page: &Page,
    out: &mut impl Write,
) -> io::Result<()> {
    if measures.is_empty() {
        return Ok(());
    }
    columns.write_heads(page, out)?;
    for measure in measures {
        if let Some(row) = rows.iter().find(|row| row.of == measure.as_str()) {
            columns.write(row, page, out)?;
        }
    }
    Ok(())
}

/// What a measure's lines say.
#[derive(Default)]
struct Row {
    /// The whole id of its row in the plan.
    of: String,
    /// The id that is shown: a companion has none.
    id: String,
    title: String,
    /// The policies that were changed, in words: they are never cut.
    policies: String,
    /// In place of all figures: why there is none.
    message: Option<String>,
    value: String,
    quotient: String,
    /// How many cases nobody can tell of, because a date or an answer is not recorded.
    unknown: String,
    rag: Option<MeasureRag>,
    direction: String,
    direction_ink: Option<Ink>,
    trend: String,
    /// By the bars of the trend, the colour of their months.
    trend_inks: Vec<Ink>,
    notes: String,
}

/// A row for each row of the plan, in its order.
fn rows(card: &Scorecard, lines: &[Line<'_>], signals: &[Signals], footnotes: &mut Footnotes) -> Vec<Row> {
    let months = usize::try_from(card.to().since(card.from()) + 1).unwrap_or(1);
    let mut series: HashMap<&str, Vec<Option<Line<'_>>>> = HashMap::new();
    for line in lines {
        let result = line.result;
        let month = usize::try_from(result.month.since(card.from())).unwrap_or_default();
        let run = series.entry(&result.measure).or_insert_with(|| vec![None; months]);
        if let Some(place) = run.get_mut(month) {
            *place = Some(*line);
        }
    }
    let none = vec![None; months];
    let words = policies::in_words(card);
    let rows = card.plan().rows().iter().map(|row| {
        let run = series.get(row.id().as_str()).unwrap_or(&none);
        let signals = signals.iter().find(|signals| signals.measure == *row.id());
        let figures = figures(row, run, signals, card, footnotes);
        let words = words.iter().find(|(id, _)| id == row.id());
        Row { policies: words.map(|(_, words)| words.clone()).unwrap_or_default(), ..figures }
    });
    rows.collect()
}

fn figures(
    plan: &PlanRow,
    run: &[Option<Line<'_>>],
    signals: Option<&Signals>,
    card: &Scorecard,
    footnotes: &mut Footnotes,
) -> Row {
    let mut row = Row { of: plan.id().to_string(), ..Row::default() };
    match plan.companion_of() {
        // The rest of a companion's id stands before its title.
        Some(_) => {
            let name = plan.measure().companion_name().unwrap_or_default();
            row.title = format!(".{name}: {}", plan.title());
        }
        None => {
            row.id = plan.id().to_string();
            row.title = plan.title().to_owned();
        }
    }
    let Some(line) = run.iter().rev().find_map(|line| *line) else {
        row.message = Some(match plan.period() {
            PeriodKind::Quarter => "no quarter ends in these months".to_owned(),
            _ => "not worked out".to_owned(),
        });
        return row;
    };
    let result = line.result;
    if result.status == Status::NotSupplied {
        row.message = Some(no_data(result));
        return row;
    }
    row.value = if line.is_suppressed { SUPPRESSED.to_owned() } else { value(result) };
    row.quotient = quotient(result);
    if !line.is_suppressed {
        row.rag = Some(result.rag);
    }
    if !line.is_published {
        let unknown = result.outcomes.get(Outcome::Unknown);
        row.unknown = if unknown > 0 { thousands(unknown) } else { String::new() };
    }
    (row.direction, row.direction_ink) = movement(plan, result, signals);
    if run.len() > 1 {
        let shown = run.len().saturating_sub(LONGEST_TREND);
        let months = || run.iter().skip(shown);
        let values: Vec<Option<i64>> = months()
            .map(|line| line.and_then(|line| line.result.value).map(csc_measures::Shown::tenths))
            .collect();
        let height = match result.unit {
            Unit::Percent => 1_000,
            _ => values.iter().flatten().copied().max().unwrap_or_default(),
        };
        row.trend = sparkline(&values, height);
        row.trend_inks = months()
            .map(|line| line.filter(|line| !line.is_suppressed))
            .map(|line| line.map_or(Ink::Plain, |line| colour(line.result.rag).1))
            .collect();
    }
    let target = card.target(&result.measure, result.month).filter(|_| row.rag.is_some());
    row.notes = notes(plan, result, target, card.to(), footnotes);
    row
}

/// Why a figure is not supplied.
pub(crate) fn no_data(result: &MeasureResult) -> String {
    let warned = |table: &str| {
        result.warnings.iter().find_map(|warning| match warning.split_once(':')? {
            ("not_enough", of) if of == table => Some(format!("{table} does not hold enough for it")),
            ("no_history", of) if of == table => Some(format!("{table} has no earlier rows")),
            _ => None,
        })
    };
    let as_at = |table: &str| {
        result.warnings.iter().find_map(|warning| {
            let (of, day) = warning.strip_prefix("as_at:")?.split_once(':')?;
            (of == table).then(|| format!("{table} is as at {day} alone"))
        })
    };
    let (mut told, mut needed) = (Vec::new(), Vec::new());
    for table in &result.missing_tables {
        match warned(table).or_else(|| as_at(table)) {
            Some(reason) => told.push(reason),
            None => needed.push(table.as_str()),
        }
    }
    if !needed.is_empty() {
        told.insert(0, format!("needs {}", needed.join(", ")));
    }
    format!("no data: {}", told.join(", "))
}

/// The figure with its unit.
pub(crate) fn value(result: &MeasureResult) -> String {
    let Some(shown) = result.value else {
        return match (result.status, result.numerator) {
            (Status::Qualitative, Some(reports)) => {
                count(u64::try_from(reports.thousandths() / 1000).unwrap_or_default(), "report")
            }
            (Status::NotApplicable, _) => "no cases".to_owned(),
            _ => String::new(),
        };
    };
    let whole = || thousands(u64::try_from(shown.tenths() / 10).unwrap_or_default());
    match result.unit {
        Unit::Percent => format!("{shown} %"),
        Unit::Days => format!("{} days", whole()),
        Unit::Count | Unit::Qualitative => whole(),
        Unit::Average => shown.to_string(),
    }
}

/// Numerator and denominator; of a count only an unrounded sum.
pub(crate) fn quotient(result: &MeasureResult) -> String {
    match (result.numerator, result.denominator) {
        _ if result.status != Status::Ok => String::new(),
        (Some(numerator), Some(denominator)) => format!("{numerator}/{denominator}"),
        (Some(numerator), None) if numerator.thousandths() % 1000 != 0 => numerator.to_string(),
        _ => String::new(),
    }
}

/// How the figure moved: better or worse in a word only if its chart says so, and else by how much since the period
/// before. Of what may be published a result has the figure before only if that is shown too.
fn movement(plan: &PlanRow, result: &MeasureResult, signals: Option<&Signals>) -> (String, Option<Ink>) {
    let point = signals.and_then(|signals| signals.points.iter().find(|point| point.month == result.month));
    match point.map(|point| point.variation) {
        Some(Variation::Improvement) => return ("improved".to_owned(), Some(Ink::Green)),
        Some(Variation::Concern) => return ("worsened".to_owned(), Some(Ink::Red)),
        _ => {}
    }
    let Some(direction) = result.direction else { return (String::new(), None) };
    let change = result.previous.zip(result.value);
    let change = change.map(|(before, now)| change_in_words(now.tenths() - before.tenths(), result.unit));
    let arrow = arrow(direction, plan.better());
    let text = match (direction, change) {
        (Direction::Same, _) => "= same".to_owned(),
        (_, Some(change)) => format!("{arrow} {change}"),
        (_, None) => arrow.to_string(),
    };
    (text, None)
}

/// By how much a figure changed, as it is shown: `+1.4 points`.
fn change_in_words(tenths: i64, unit: Unit) -> String {
    let sign = if tenths < 0 { '-' } else { '+' };
    let (whole, rest) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    match unit {
        Unit::Percent => format!("{sign}{whole}.{rest} points"),
        Unit::Average => format!("{sign}{whole}.{rest}"),
        Unit::Days => format!("{sign}{} days", thousands(whole)),
        Unit::Count | Unit::Qualitative => format!("{sign}{}", thousands(whole)),
    }
}

/// The way that the figure went.
fn arrow(direction: Direction, better: Better) -> char {
    match (direction, better) {
        (Direction::Up, _) | (Direction::Improved, Better::Higher) | (Direction::Worsened, Better::Lower) => {
            '↑'
        }
        (Direction::Down, _)
        | (Direction::Improved, Better::Lower)
        | (Direction::Worsened, Better::Higher) => '↓',
        _ => '=',
    }
}

fn notes(
    plan: &PlanRow,
    result: &MeasureResult,
    target: Option<&Target>,
    last_month: Month,
    footnotes: &mut Footnotes,
) -> String {
    let mut notes = Vec::from_iter(target.and_then(in_short));
    if let Some(other) = plan.alias_of() {
        notes.push(format!("the same as {other}"));
    }
    if result.month != last_month {
        notes.push(format!("quarter to {}", result.month));
    }
    match result.all_met.flatten() {
        Some(true) => notes.push("all met".to_owned()),
        Some(false) => notes.push("not all met".to_owned()),
        None => {}
    }
    // The title says which policies were changed.
    let is_listed = |warning: &&String| !warning.starts_with("policy:") && !warning.starts_with(NO_COLUMN);
    for warning in result.warnings.iter().filter(is_listed) {
        notes.push(match warning.as_str() {
            "small_numbers" => "few cases".to_owned(),
            "short_history" => "short history".to_owned(),
            other => match other.strip_prefix("as_at:").and_then(|table| table.split_once(':')) {
                Some((_, day)) => format!("as at {day}"),
                None => footnotes.refer(other),
            },
        });
        // Every table of the measure is as at the one day.
        notes.dedup();
    }
    let absent = result.warnings.iter().filter_map(|warning| warning.strip_prefix(NO_COLUMN));
    let absent: Vec<String> = absent.map(|column| format!("`{column}`")).collect();
    if !absent.is_empty() {
        let word = if absent.len() == 1 { "no column" } else { "no columns" };
        notes.push(footnotes.note(format!("{word} {}: treated as not recorded", absent.join(", "))));
    }
    notes.join(", ")
}

const NO_COLUMN: &str = "no_column:";

/// Warnings about tables, each given once below the sections.
#[derive(Default)]
struct Footnotes(Vec<String>);

impl Footnotes {
    fn refer(&mut self, warning: &str) -> String {
        let text = match warning.split_once(':') {
            Some(("without", "persons")) => {
                "no table `persons`: everybody is assumed to be a living child of unknown age".to_owned()
            }
            Some(("without", table)) => format!("no table `{table}`: treated as empty"),
            Some(("no_end_dates", table)) => {
                format!("table `{table}` has no end dates: everything in it is treated as open")
            }
            Some(("seen_not_recorded", table)) => {
                format!(
                    "table `{table}` has no column `seen`: the child is assumed to be seen at every visit"
                )
            }
            Some(("no_rows_used", table)) => format!("table `{table}`: none of its rows is used"),
            Some(("derived", what)) => {
                format!("`{what}` was not supplied and is worked out from other columns")
            }
            Some(("rows_out", table)) => {
                format!("table `{table}`: more than one in twenty of its rows are left out")
            }
            Some(("nothing_understood", column)) => {
                format!("column `{column}`: none of its values is understood")
            }
            Some(("never_null", column)) => {
                format!("column `{column}` is never empty: a `no` in it may be `not recorded`")
            }
            Some(("spells_merged", table)) => {
                format!("table `{table}`: nobody has one status twice, so spells may be too long")
            }
            Some(("after_data", table)) => {
                format!("table `{table}` has no rows as late as the month: it may end before the month")
            }
            Some(("unknown_team", team)) => {
                format!("no table has the team `{team}` that `front_door_teams` names")
            }
            _ => warning.to_owned(),
        };
        self.note(text)
    }

    /// The mark of a note, which is listed once.
    fn note(&mut self, text: String) -> String {
        let index = self.0.iter().position(|note| *note == text).unwrap_or_else(|| {
            self.0.push(text);
            self.0.len() - 1
        });
        format!("[{}]", index + 1)
    }
}

/// What is to be reached, in short.
fn in_short(target: &Target) -> Option<String> {
    match target {
        Target::Higher { target, .. } => Some(format!("target {target} or more")),
        Target::Lower { target, .. } => Some(format!("target {target} or less")),
        Target::Band { low, high, .. } => Some(format!("target {low} to {high}")),
        _ => None,
    }
}

/// How wide each column is; a column of nothing is left out.
struct Columns {
    id: usize,
    title: usize,
    value: usize,
    quotient: usize,
    unknown: usize,
    rag: usize,
    direction: usize,
    trend: usize,
}

const GAP: &str = "  ";

impl Columns {
    fn fit(rows: &[Row], has_targets: bool, page: &Page) -> Self {
        let widest = |text: fn(&Row) -> &str, head: &str| {
            let widest = rows.iter().map(|row| width(text(row))).max().unwrap_or(0);
            if widest == 0 { 0 } else { widest.max(head.len()) }
        };
        let mut columns = Self {
            id: widest(|row| &row.id, ""),
            title: 0,
            value: widest(|row| &row.value, "value"),
            quotient: widest(|row| &row.quotient, "num/den"),
            unknown: widest(|row| &row.unknown, "unknown"),
            rag: if has_targets { 7 } else { 0 },
            direction: widest(|row| &row.direction, "change"),
            trend: widest(|row| &row.trend, "trend"),
        };
        let others = columns.id + 1 + columns.figures().max(NARROWEST_FIGURES);
        columns.title = page.width.saturating_sub(others).max(NARROWEST_TITLE);
        columns
    }

    /// The columns right of the title, with a gap before each.
    fn figures(&self) -> usize {
        [self.value, self.quotient, self.unknown, self.rag, self.direction, self.trend]
            .iter()
            .filter(|width| **width > 0)
            .map(|width| width + GAP.len())
            .sum()
    }

    fn write_heads(&self, page: &Page, out: &mut impl Write) -> io::Result<()> {
        let mut line = left("", self.id + 1) + &left("", self.title);
        let mut add = |width: usize, head: &str, is_right: bool| {
            if width > 0 {
                line.push_str(GAP);
                line.push_str(&if is_right { right(head, width) } else { left(head, width) });
            }
        };
        add(self.value, "value", true);
        add(self.quotient, "num/den", true);
        add(self.unknown, "unknown", true);
        add(self.rag, "target", false);
        add(self.direction, "change", false);
        add(self.trend, "trend", false);
        writeln!(out, "{}", page.ink(Ink::Faint, line.trim_end()))
    }

    /// Writes the title and the figures; below them, beside the rest of the title, the notes.
    fn write(&self, row: &Row, page: &Page, out: &mut impl Write) -> io::Result<()> {
        let mut titles = wrap_to(&row.title, self.title, TITLE_LINES);
        if !row.policies.is_empty() {
            titles.extend(wrap(&row.policies, self.title));
        }
        let room = self.figures().max(NARROWEST_FIGURES).saturating_sub(GAP.len());
        let mut right_side = match &row.message {
            Some(message) => {
                Vec::from_iter(wrap(message, room).iter().map(|line| page.ink(Ink::Faint, line)))
            }
            None => vec![self.figure_line(row, page)],
        };
        if !row.notes.is_empty() {
            right_side.extend(wrap(&row.notes, room).iter().map(|line| page.ink(Ink::Faint, line)));
        }
        for index in 0..titles.len().max(right_side.len()) {
            let of = |lines: &[String]| lines.get(index).cloned().unwrap_or_default();
            let id = left(if index == 0 { &row.id } else { "" }, self.id + 1);
            let line = id + &left(&of(&titles), self.title) + GAP + &of(&right_side);
            write_line(&line, out)?;
        }
        Ok(())
    }

    fn figure_line(&self, row: &Row, page: &Page) -> String {
        let (rag, rag_ink) = row.rag.map_or(("", Ink::Plain), colour);
        let cells = [
            (self.value, true, Ink::Bold, row.value.as_str()),
            (self.quotient, true, Ink::Plain, &row.quotient),
            (self.unknown, true, Ink::Plain, &row.unknown),
            (self.rag, false, rag_ink, rag),
            (self.direction, false, row.direction_ink.unwrap_or(Ink::Plain), &row.direction),
        ];
        let bars = row.trend.chars().zip(&row.trend_inks);
        let trend: String = bars.map(|(bar, ink)| page.ink(*ink, bar.encode_utf8(&mut [0; 4]))).collect();
        let cells = cells.into_iter().filter(|(width, ..)| *width > 0).map(|(width, is_right, ink, text)| {
            page.ink(ink, &if is_right { right(text, width) } else { left(text, width) })
        });
        cells.chain([trend]).collect::<Vec<_>>().join(GAP)
    }
}

/// A colour's word, its sign (each of another shape) and its ink.
fn colour(rag: MeasureRag) -> (&'static str, Ink) {
    match rag {
        MeasureRag::Green => ("● green", Ink::Green),
        MeasureRag::Amber => ("▲ amber", Ink::Amber),
        MeasureRag::Red => ("■ red", Ink::Red),
        MeasureRag::NotApplicable => ("–", Ink::Faint),
        _ => ("", Ink::Plain),
    }
}
