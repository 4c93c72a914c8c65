//! Reading: raw text to rows of optional values, with the issues that one row can raise by itself.

use crate::schema::{Column, Kind, TABLES, TableDef};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// One table as it was written: a row may have more or fewer fields than the header.
#[derive(Clone, Debug, Default)]
pub struct Table {
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// Everything that an evaluation reads. Tables and columns go by either of their names.
#[derive(Clone, Debug, Default)]
pub struct Input {
    pub tables: BTreeMap<String, Table>,
    pub policy: serde_json::Value,
    pub targets: serde_json::Value,
    pub closures: Vec<NaiveDate>,
    pub uk_dates: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    Text(String),
    Date(NaiveDate),
    Bool(bool),
    Integer(i64),
    Decimal(i128),
}

/// A row that was kept; a null has no cell.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) number: usize,
    pub(crate) cells: BTreeMap<&'static str, Cell>,
}

impl Row {
    pub(crate) fn text(&self, column: &str) -> Option<&str> {
        match self.cells.get(column) {
            Some(Cell::Text(s)) => Some(s),
            None => None,
            other => panic!("{column} is not text: {other:?}"),
        }
    }

    /// A required id.
    pub(crate) fn id(&self, column: &str) -> &str {
        self.text(column).unwrap()
    }

    pub(crate) fn date(&self, column: &str) -> Option<NaiveDate> {
        match self.cells.get(column) {
            Some(Cell::Date(d)) => Some(*d),
            None => None,
            other => panic!("{column} is not a date: {other:?}"),
        }
    }

    /// A required date.
    pub(crate) fn day(&self, column: &str) -> NaiveDate {
        self.date(column).unwrap()
    }

    pub(crate) fn flag(&self, column: &str) -> Option<bool> {
        match self.cells.get(column) {
            Some(Cell::Bool(b)) => Some(*b),
            None => None,
            other => panic!("{column} is not a flag: {other:?}"),
        }
    }

    pub(crate) fn integer(&self, column: &str) -> Option<i64> {
        match self.cells.get(column) {
            Some(Cell::Integer(n)) => Some(*n),
            None => None,
            other => panic!("{column} is not an integer: {other:?}"),
        }
    }

    pub(crate) fn decimal(&self, column: &str) -> Option<i128> {
        match self.cells.get(column) {
            Some(Cell::Decimal(n)) => Some(*n),
            None => None,
            other => panic!("{column} is not a decimal: {other:?}"),
        }
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Rows {
    pub(crate) columns: BTreeSet<&'static str>,
    pub(crate) rows: Vec<Row>,
}

/// The tables that were supplied, by their plan names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Data {
    pub(crate) tables: BTreeMap<&'static str, Rows>,
}

impl Data {
    /// The rows of a table; of one that was not supplied, none.
    pub(crate) fn rows(&self, table: &str) -> &[Row] {
        self.tables.get(table).map_or(&[], |t| t.rows.as_slice())
    }

    pub(crate) fn has(&self, table: &str) -> bool {
        self.tables.contains_key(table)
    }

    pub(crate) fn has_column(&self, table: &str, column: &str) -> bool {
        self.tables.get(table).is_some_and(|t| t.columns.contains(column))
    }

    pub(crate) fn find(&self, table: &str, column: &str, id: &str) -> Option<&Row> {
        self.rows(table).iter().find(|r| r.text(column) == Some(id))
    }
}

/// An issue, with where in the order of issues it belongs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Issue {
    pub(crate) table: usize,
    pub(crate) row: usize,
    pub(crate) column: usize,
    pub(crate) record: Option<String>,
    pub(crate) code: &'static str,
}

/// Lower case, without space, `-` and `_`.
pub(crate) fn fold(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).flat_map(char::to_lowercase).collect()
}

/// How many units a decimal's 1 has: twelve places are kept.
pub(crate) const ONE: i128 = 1_000_000_000_000;

/// An exact decimal in units of a millionth of a millionth.
// READING: an optional sign, digits with an optional point, an optional exponent; nothing else is a decimal.
// Places after the twelfth are dropped.
pub(crate) fn decimal(text: &str) -> Option<i128> {
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], text[at + 1..].parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (negative, digits) = match mantissa.as_bytes().first()? {
        b'-' => (true, &mantissa[1..]),
        b'+' => (false, &mantissa[1..]),
        _ => (false, mantissa),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && part.is_empty() {
        return None;
    }
    if !whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let all = format!("{whole}{part}");
    let mut value = all.parse::<i128>().ok()?;
    if value == 0 {
        return Some(0);
    }
    let mut shift = exponent.checked_add(12)?.checked_sub(i32::try_from(part.len()).ok()?)?;
    while shift > 0 {
        value = value.checked_mul(10)?;
        shift -= 1;
    }
    while shift < 0 && value != 0 {
        value /= 10;
        shift += 1;
    }
    Some(if negative { -value } else { value })
}

/// `123.0` as `123`; any other text as it is.
fn integral(text: &str) -> &str {
    let Some((whole, part)) = text.split_once('.') else { return text };
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    let is_float = !digits.is_empty()
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !part.is_empty()
        && part.bytes().all(|b| b == b'0');
    if is_float { whole } else { text }
}

fn digits(text: &str, from: usize, to: usize) -> Option<u32> {
    let part = text.get(from..to)?;
    if part.bytes().all(|b| b.is_ascii_digit()) { part.parse().ok() } else { None }
}

// READING: what follows the `T` or the space need only look like a time (it is dropped unread).
fn date(text: &str, uk: bool) -> Option<NaiveDate> {
    let head = text.get(..10)?;
    let rest = &text[10..];
    if !rest.is_empty() {
        let time = rest.strip_prefix(['T', ' '])?;
        let starts = time.trim_start().bytes().next().is_some_and(|b| b.is_ascii_digit());
        let looks =
            time.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | 'Z' | ' '));
        if !starts || !looks {
            return None;
        }
    }
    let b = head.as_bytes();
    let (y, m, d) = if uk {
        if b[2] != b'/' || b[5] != b'/' {
            return None;
        }
        (digits(head, 6, 10)?, digits(head, 3, 5)?, digits(head, 0, 2)?)
    } else {
        if b[4] != b'-' || b[7] != b'-' {
            return None;
        }
        (digits(head, 0, 4)?, digits(head, 5, 7)?, digits(head, 8, 10)?)
    };
    NaiveDate::from_ymd_opt(i32::try_from(y).ok()?, m, d)
}

fn cell(column: &Column, text: &str, uk: bool) -> Result<Cell, &'static str> {
    Ok(match column.kind {
        Kind::Id => Cell::Text(integral(text).to_string()),
        Kind::Text => Cell::Text(text.to_string()),
        Kind::Date => Cell::Date(date(text, uk).ok_or("bad_date")?),
        Kind::Bool => match integral(text).to_lowercase().as_str() {
            "y" | "yes" | "true" | "1" => Cell::Bool(true),
            "n" | "no" | "false" | "0" => Cell::Bool(false),
            _ => return Err("bad_value"),
        },
        Kind::Decimal => Cell::Decimal(decimal(text).ok_or("bad_value")?),
        Kind::Integer => Cell::Integer(integral(text).parse().map_err(|_| "bad_value")?),
        Kind::Code => {
            let mut code = fold(text);
            if column.name == "mode"
                && ["telephone", "phone", "video", "virtual", "online"].contains(&code.as_str())
            {
                code = "remote".into();
            }
            if !column.set.is_empty() && !column.set.iter().any(|s| fold(s) == code) {
                return Err("bad_value");
            }
            Cell::Text(code)
        }
    })
}

fn is_null(text: &str) -> bool {
    text.is_empty() || text.eq_ignore_ascii_case("null")
}

/// Which column of the file each column of the table is, by either name.
fn places(def: &TableDef, header: &[String]) -> Result<Vec<Option<usize>>, String> {
    let mut out = Vec::new();
    for column in def.columns {
        let mut found = None;
        for (at, name) in header.iter().enumerate() {
            let name = name.trim();
            if name == column.name || Some(name) == column.ssd {
                if found.is_some() {
                    return Err(format!("{}.{}: one column under two names", def.name, column.name));
                }
                found = Some(at);
            }
        }
        if column.required && found.is_none() {
            return Err(format!("{}: no column {}", def.name, column.name));
        }
        out.push(found);
    }
    Ok(out)
}

// READING: a row without a field, or with one field that is empty when trimmed, is a blank line.
fn is_blank(row: &[String]) -> bool {
    row.is_empty() || (row.len() == 1 && row[0].trim().is_empty())
}

fn read_table(index: usize, table: &Table, uk: bool, issues: &mut Vec<Issue>) -> Result<Rows, String> {
    let def = &TABLES[index];
    let places = places(def, &table.header)?;
    let mut out = Rows::default();
    for (column, place) in def.columns.iter().zip(&places) {
        if place.is_some() {
            out.columns.insert(column.name);
        }
    }
    let mut seen_ids: BTreeSet<String> = BTreeSet::new();
    let lines = table.rows.iter().filter(|r| !is_blank(r));
    for (number, line) in (1..).zip(lines) {
        if line.len() != table.header.len() {
            // READING: a bad_row names no record.
            issues.push(Issue { table: index, row: number, column: 0, record: None, code: "bad_row" });
            continue;
        }
        let mut row = Row { number, cells: BTreeMap::new() };
        let mut found: Vec<(usize, &'static str)> = Vec::new();
        let mut out_of_it = false;
        for (at, column) in def.columns.iter().enumerate() {
            let text = places[at].map_or("", |p| line[p].trim());
            if is_null(text) {
                if column.required {
                    found.push((at, "missing_required"));
                    out_of_it = true;
                }
                continue;
            }
            match cell(column, text, uk) {
                Ok(value) => {
                    row.cells.insert(column.name, value);
                }
                Err(code) => {
                    found.push((at, code));
                    if column.required || column.name == "end_date" || column.name == "retired_on" {
                        out_of_it = true;
                    }
                }
            }
        }
        // READING: an end before its start is reported at the column of the end.
        for (start, end) in [
            ("start_date", "end_date"),
            ("in_force_from", "retired_on"),
            ("asye_start_date", "asye_end_date"),
        ] {
            let Some(at) = def.columns.iter().position(|c| c.name == end) else { continue };
            if let (Some(a), Some(b)) = (row.date(start), row.date(end))
                && b < a
            {
                found.push((at, "end_before_start"));
                out_of_it = out_of_it || end != "asye_end_date";
            }
        }
        let key = def.columns.iter().position(|c| c.unique);
        let record = key.and_then(|at| row.text(def.columns[at].name)).map(str::to_string);
        if let (false, Some(at), Some(id)) = (out_of_it, key, &record)
            && !seen_ids.insert(id.clone())
        {
            found.push((at, "duplicate_id"));
            out_of_it = true;
        }
        for (column, code) in found {
            issues.push(Issue { table: index, row: number, column, record: record.clone(), code });
        }
        if !out_of_it {
            out.rows.push(row);
        }
    }
    Ok(out)
}

pub(crate) fn read(input: &Input, issues: &mut Vec<Issue>) -> Result<Data, String> {
    let mut data = Data::default();
    for (index, def) in TABLES.iter().enumerate() {
        let mut found: Option<&Table> = None;
        for (name, table) in &input.tables {
            if name == def.name || Some(name.as_str()) == def.ssd {
                if found.is_some() {
                    return Err(format!("{}: one table under two names", def.name));
                }
                found = Some(table);
            }
        }
        if let Some(table) = found {
            data.tables.insert(def.name, read_table(index, table, input.uk_dates, issues)?);
        }
    }
    Ok(data)
}
