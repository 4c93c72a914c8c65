//! Reading: raw text to rows of optional values, with the issues that one row can raise by itself.

use crate::codes::{self, fold};
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
    /// The dimensions that are asked.
    pub breakdown: Vec<String>,
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
    /// All rows that came in.
    pub(crate) total: usize,
    /// Rows with other fields than the header.
    pub(crate) misfits: usize,
    /// By column how many values are null.
    pub(crate) nulls: BTreeMap<&'static str, usize>,
    /// By column how many values cannot be read.
    pub(crate) unread: BTreeMap<&'static str, usize>,
    /// Whether it came under its other name.
    pub(crate) is_ssd: bool,
}

impl Rows {
    pub(crate) fn is_unusable(&self) -> bool {
        self.total > 0 && self.rows.is_empty()
    }

    fn count(of: &BTreeMap<&'static str, usize>, column: &str) -> usize {
        of.get(column).copied().unwrap_or(0)
    }

    pub(crate) fn understands_nothing(&self, column: &str) -> bool {
        let unread = Self::count(&self.unread, column);
        unread > 0 && unread + Self::count(&self.nulls, column) + self.misfits == self.total
    }
}

/// The tables that were supplied, by their plan names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Data {
    pub(crate) tables: BTreeMap<&'static str, Rows>,
    /// The facts that were worked out for whole tables.
    pub(crate) derived: BTreeSet<&'static str>,
    /// The referrals whose source says that they came from early help.
    pub(crate) from_early_help: BTreeSet<String>,
    /// The teams that rows of cases name where nobody knows the team of a child's worker: by table and id.
    pub(crate) case_teams: BTreeMap<(&'static str, String), String>,
}

impl Data {
    /// The rows of a table; of one that was not supplied, none.
    pub(crate) fn rows(&self, table: &str) -> &[Row] {
        self.tables.get(table).map_or(&[], |t| t.rows.as_slice())
    }

    /// Whether a table is there and its rows, if it has any, can be used.
    pub(crate) fn has(&self, table: &str) -> bool {
        self.tables.get(table).is_some_and(|t| !t.is_unusable())
    }

    pub(crate) fn is_given(&self, table: &str) -> bool {
        self.tables.contains_key(table)
    }

    pub(crate) fn has_column(&self, table: &str, column: &str) -> bool {
        self.has(table) && self.tables.get(table).is_some_and(|t| t.columns.contains(column))
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

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// So many digits as a number.
fn digits(text: &str, least: usize, most: usize) -> Option<u32> {
    if all_digits(text) && (least..=most).contains(&text.len()) { text.parse().ok() } else { None }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

// READING: the hour, the minute and the second are those of a clock: no 24:00 and no leap second.
fn is_time(text: &str) -> bool {
    let (clock, fraction) = match text.split_once('.') {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (text, None),
    };
    let parts: Vec<&str> = clock.split(':').collect();
    let within = |part: &str, most: u32| digits(part, 2, 2).is_some_and(|n| n <= most);
    match parts[..] {
        [h, m] => within(h, 23) && within(m, 59) && fraction.is_none(),
        [h, m, s] => within(h, 23) && within(m, 59) && within(s, 59) && fraction.is_none_or(all_digits),
        _ => false,
    }
}

fn is_zone(text: &str) -> bool {
    if text == "Z" {
        return true;
    }
    let Some(rest) = text.strip_prefix(['+', '-']) else { return false };
    let (h, m) = match rest.len() {
        2 => (rest, "00"),
        4 if rest.is_ascii() => rest.split_at(2),
        5 => match rest.split_once(':') {
            Some(parts) => parts,
            None => return false,
        },
        _ => return false,
    };
    digits(h, 2, 2).is_some_and(|n| n < 24) && digits(m, 2, 2).is_some_and(|n| n < 60)
}

/// The day that a text is, all of it.
fn day(text: &str, uk: bool) -> Option<NaiveDate> {
    for separator in ['-', '/', ' '] {
        let parts: Vec<&str> = text.split(separator).collect();
        let [a, b, c] = parts[..] else { continue };
        if separator != ' '
            && let (Some(y), Some(m), Some(d)) = (digits(a, 4, 4), digits(b, 2, 2), digits(c, 2, 2))
        {
            return if y == 0 { None } else { NaiveDate::from_ymd_opt(i32::try_from(y).unwrap(), m, d) };
        }
        let (Some(d), Some(y)) = (digits(a, 1, 2), digits(c, 4, 4)) else { continue };
        let month = if separator == '/' {
            if uk { digits(b, 1, 2) } else { None }
        } else {
            let named = |m: &&str| b.eq_ignore_ascii_case(m) || b.eq_ignore_ascii_case(&m[..3]);
            (1..).zip(MONTHS).find(|(_, m)| named(m)).map(|(n, _)| n)
        };
        return if y == 0 { None } else { NaiveDate::from_ymd_opt(i32::try_from(y).unwrap(), month?, d) };
    }
    None
}

/// The day of a text with what may follow it.
// READING: this model has no clock of London: a time with a zone is not asked of it.
pub(crate) fn date(text: &str, uk: bool) -> Option<NaiveDate> {
    for (end, _) in text.char_indices().chain([(text.len(), ' ')]) {
        let Some(found) = day(&text[..end], uk) else { continue };
        let rest = &text[end..];
        let is_good = rest.is_empty() || is_zone(rest) || rest.strip_prefix(['T', ' ']).is_some_and(is_time);
        if is_good {
            return Some(found);
        }
    }
    None
}

const PLACEHOLDERS: [&str; 10] = [
    "0001-01-01",
    "1753-01-01",
    "1899-12-30",
    "1899-12-31",
    "1900-01-01",
    "2079-06-06",
    "2099-12-31",
    "2300-01-01",
    "2999-12-31",
    "9999-12-31",
];

/// What became of a text that is not null in any column.
enum Found {
    Value(Cell),
    Null,
    /// A null with an issue of the column.
    Placeholder,
    /// A code that is none of its set.
    Unknown,
    Bad(&'static str),
    /// Bad, and the row is out.
    Out(&'static str),
}

/// The set of the lists that a column's codes are of.
fn list(table: &str, column: &str) -> Option<&'static str> {
    Some(match (table, column) {
        ("immigration_statuses", "status") => "Uasc",
        ("persons", "sex") => "Sex",
        ("persons", "ethnicity") => "Ethnicity",
        ("disabilities", "disability") => "Disability",
        ("referrals", "close_reason") => "ClosureReason",
        ("cla_episodes", "start_reason") => "ReasonNewEpisode",
        ("cla_episodes", "end_reason") => "ReasonEpisodeCeased",
        ("legal_statuses", "legal_status") => "LegalStatus",
        ("cla_placements", "placement_type") => "PlacementType",
        ("care_leavers", "eligibility") => "CareLeaverEligibility",
        ("care_leavers" | "activities", "activity") => "Activity",
        ("permanence", "order_type") => "OrderType",
        _ => return None,
    })
}

fn in_range(column: &str, value: &Cell) -> bool {
    match (column, value) {
        // Rounded to hundredths, half away from zero.
        ("fte", Cell::Decimal(n)) => {
            let hundredths = (n.abs() + ONE / 200) / (ONE / 100) * n.signum();
            0 < hundredths && hundredths <= 200
        }
        ("distance_miles", Cell::Decimal(n)) => 0 <= *n && *n < 1000 * ONE,
        ("visit_working_days", Cell::Integer(n)) => (1..=366).contains(n),
        ("cases_held", Cell::Integer(n)) => *n >= 0,
        ("stage", Cell::Integer(n)) => (1..=3).contains(n),
        _ => true,
    }
}

fn cell(table: &str, column: &Column, text: &str, uk: bool) -> Found {
    let set = list(table, column.name);
    let code = match (set, column.set) {
        (Some(name), _) => codes::listed(name, text),
        (None, []) => None,
        (None, words) => codes::of_words(words, text),
    };
    if let Some(mut code) = code {
        if column.name == "mode" && code != "inperson" {
            code = "remote".into();
        }
        // A local variant of the code.
        if code == "h5a" {
            code = "h5".into();
        }
        return Found::Value(Cell::Text(code));
    }
    let may_be_meant = matches!(column.kind, Kind::Id | Kind::Text) && set.is_none();
    if !may_be_meant && ["n/a", "na", "none", "-"].contains(&text.to_lowercase().as_str()) {
        return Found::Null;
    }
    if set.is_some() || !column.set.is_empty() {
        return Found::Unknown;
    }
    let value = match column.kind {
        Kind::Id => Some(Cell::Text(integral(text).to_string())),
        Kind::Text => Some(Cell::Text(text.to_string())),
        Kind::Code => Some(Cell::Text(fold(text))),
        Kind::Bool => match fold(integral(text)).as_str() {
            "y" | "yes" | "true" | "t" | "on" | "1" => Some(Cell::Bool(true)),
            "n" | "no" | "false" | "f" | "off" | "0" => Some(Cell::Bool(false)),
            _ => None,
        },
        Kind::Decimal => decimal(text).map(Cell::Decimal),
        Kind::Integer => integral(text).parse().ok().map(Cell::Integer),
        Kind::Date => {
            let Some(found) = date(text, uk) else { return Found::Bad("bad_date") };
            let far = found > NaiveDate::from_ymd_opt(2060, 12, 31).unwrap();
            let ends = ["end_date", "close_date", "retired_on", "concluded_date"].contains(&column.name);
            if PLACEHOLDERS.contains(&found.to_string().as_str()) || (far && ends) {
                return Found::Placeholder;
            }
            if far || found < NaiveDate::from_ymd_opt(1920, 1, 1).unwrap() {
                return Found::Bad("bad_value");
            }
            Some(Cell::Date(found))
        }
    };
    match value {
        // A complaint of nobody knows what stage is out.
        None if column.name == "stage" => Found::Out("bad_value"),
        None => Found::Bad("bad_value"),
        Some(value) if in_range(column.name, &value) => Found::Value(value),
        Some(_) if column.name == "stage" => Found::Out("bad_value"),
        Some(_) => Found::Bad("bad_value"),
    }
}

pub(crate) fn is_null(text: &str) -> bool {
    ["", "null", "nan", "nat", "<na>", "#n/a", "#multivalue"].contains(&text.to_lowercase().as_str())
}

/// A column of dates whose values are whole numbers is refused.
// READING: its first value that is not null tells; a later one is a bad date by itself.
fn refuse_numbers(def: &TableDef, places: &[Option<usize>], table: &Table) -> Result<(), String> {
    for (column, place) in def.columns.iter().zip(places).filter(|(c, _)| c.kind == Kind::Date) {
        let Some(place) = *place else { continue };
        let lines = table.rows.iter().filter(|r| !is_blank(r) && r.len() == table.header.len());
        let mut values = lines.map(|line| line[place].trim());
        let is_any_null =
            |text: &str| is_null(text) || ["n/a", "na", "none", "-"].contains(&text.to_lowercase().as_str());
        if let Some(first) = values.find(|text| !is_any_null(text)) {
            let number = integral(first);
            let digits = number.strip_prefix('-').unwrap_or(number);
            if all_digits(digits) && digits.len() <= 20 {
                return Err(format!("{}.{}: whole numbers for dates", def.name, column.name));
            }
        }
    }
    Ok(())
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
pub(crate) fn is_blank(row: &[String]) -> bool {
    row.is_empty() || (row.len() == 1 && row[0].trim().is_empty())
}

fn read_table(index: usize, table: &Table, uk: bool, issues: &mut Vec<Issue>) -> Result<Rows, String> {
    let def = &TABLES[index];
    let places = places(def, &table.header)?;
    refuse_numbers(def, &places, table)?;
    // The issues that one row counts for, with their rows.
    let mut gathered: BTreeSet<(usize, &'static str)> = BTreeSet::new();
    let mut out = Rows::default();
    for (column, place) in def.columns.iter().zip(&places) {
        if place.is_some() {
            out.columns.insert(column.name);
        }
    }
    let mut seen_ids: BTreeSet<String> = BTreeSet::new();
    let lines = table.rows.iter().filter(|r| !is_blank(r));
    for (number, line) in (1..).zip(lines) {
        out.total += 1;
        if line.len() != table.header.len() {
            out.misfits += 1;
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
                *out.nulls.entry(column.name).or_default() += 1;
                if column.required {
                    found.push((at, "missing_required"));
                    out_of_it = true;
                }
                continue;
            }
            let is_fatal = column.required || column.name == "end_date" || column.name == "retired_on";
            let read = cell(def.name, column, text, uk);
            match read {
                Found::Null | Found::Placeholder => *out.nulls.entry(column.name).or_default() += 1,
                Found::Value(_) => {}
                Found::Unknown | Found::Bad(_) | Found::Out(_) => {
                    *out.unread.entry(column.name).or_default() += 1;
                }
            }
            match read {
                Found::Value(value) => {
                    row.cells.insert(column.name, value);
                }
                Found::Null => {
                    if column.required {
                        found.push((at, "missing_required"));
                        out_of_it = true;
                    }
                }
                Found::Placeholder => {
                    if gathered.insert((at, "placeholder_date")) {
                        found.push((at, "placeholder_date"));
                    }
                    out_of_it = out_of_it || column.required;
                }
                Found::Unknown => {
                    if gathered.insert((at, "unknown_code")) {
                        found.push((at, "unknown_code"));
                    }
                    // READING: what a worker or an audit is not known to be is null; elsewhere it is a code that
                    // nothing is compared with.
                    if !["workers", "audits"].contains(&def.name) {
                        row.cells.insert(column.name, Cell::Text("?".into()));
                    }
                }
                Found::Bad(code) => {
                    found.push((at, code));
                    out_of_it = out_of_it || is_fatal;
                }
                Found::Out(code) => {
                    found.push((at, code));
                    out_of_it = true;
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
            let mut rows = read_table(index, table, input.uk_dates, issues)?;
            rows.is_ssd = !input.tables.contains_key(def.name);
            data.tables.insert(def.name, rows);
        }
    }
    Ok(data)
}
