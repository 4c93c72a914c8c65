//! A workbook cell by cell: only the columns that are read are kept.

use std::io::BufReader;
use std::path::Path;

use calamine::{DataRef, Reader, Xlsx, XlsxError};
use chrono::{Days, NaiveDate};
use csc_measures::{DateForm, visible};

use super::lists::{Kind, SHAPES, Shape, words};
use super::parts;
use crate::decoder::decode;
use crate::memory::Memory;
use crate::{IgnoredFile, ReadError, input};

/// The rows of a sheet, by which Excel ends.
const MOST_ROWS: u32 = 1 << 20;
/// The characters that Excel lets a cell have.
const LONGEST_CELL: usize = 32_767;
/// The bytes of the longest title of a column: what is longer is none.
const LONGEST_TITLE: usize = 512;
/// How far down the header of a list may stand, below titles and notes.
const LOWEST_HEADER: u32 = 30;
/// How many columns of a header are looked at.
const WIDEST_HEADER: u32 = 1000;

/// The lists of a workbook.
#[derive(Debug)]
pub(super) struct Workbook {
    pub(super) lists: Vec<Sheet>,
    /// The sheets that are not read, with the reason.
    pub(super) ignored: Vec<IgnoredFile>,
}

/// A sheet that is one of the lists.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) shape: &'static Shape,
    /// The file and the sheet.
    pub(super) source: String,
    places: Vec<Option<usize>>,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    /// 1 = the row after the header.
    number: u64,
    cells: Vec<Cell>,
}

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cell {
    #[default]
    Empty,
    Text(String),
    /// An error of a formula, or a value of a wrong type.
    Unreadable,
}

/// A row of a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct ListRow<'a> {
    sheet: &'a Sheet,
    row: &'a Row,
}

impl Sheet {
    /// Whether it has a column.
    pub(super) fn has(&self, title: &str) -> bool {
        self.place(title).and_then(|place| self.places.get(place)).is_some_and(Option::is_some)
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = ListRow<'_>> {
        self.rows.iter().map(|row| ListRow { sheet: self, row })
    }

    fn place(&self, title: &str) -> Option<usize> {
        self.shape.columns.iter().position(|column| column.title == title)
    }
}

impl<'a> ListRow<'a> {
    pub(super) fn source(&self) -> &'a str {
        &self.sheet.source
    }

    pub(super) fn cells(&self) -> &'a [Cell] {
        &self.row.cells
    }

    pub(super) fn number(&self) -> u64 {
        self.row.number
    }

    pub(super) fn cell(&self, title: &str) -> &'a Cell {
        const EMPTY: &Cell = &Cell::Empty;
        self.sheet.place(title).and_then(|place| self.row.cells.get(place)).unwrap_or(EMPTY)
    }

    /// The text of a cell; empty if there is none.
    pub(super) fn text(&self, title: &str) -> &'a str {
        match self.cell(title) {
            Cell::Text(text) => text,
            Cell::Empty | Cell::Unreadable => "",
        }
    }
}

/// Reads a workbook.
pub(super) fn read(
    path: &Path,
    memory: &Memory,
    tell: &mut dyn FnMut(&str, u64),
) -> Result<Workbook, ReadError> {
    let (name, file) = input::open(path)?;
    let bytes = file.metadata().map_or(0, |about| about.len());
    let failed = |message: String| ReadError::Workbook { file: name.clone(), message };
    parts::check(&file).map_err(failed)?;
    let mut book: Xlsx<_> = decode(|| Xlsx::new(BufReader::new(file)))
        .map_err(|damaged| failed(damaged.to_string()))?
        .map_err(|error| failed(told(&error)))?;
    let is_1904 = book.has_1904_epoch();
    let names = book.sheet_names();
    let count = names.len() as u64;
    let mut of = Workbook { lists: Vec::new(), ignored: Vec::new() };
    for (number, sheet_name) in (1..).zip(names) {
        let mut found = Found::new(&sheet_name, is_1904);
        let shown = visible(&sheet_name).into_owned();
        let in_sheet = |message: String| failed(format!("sheet `{shown}`: {message}"));
        let cells = decode(|| book.worksheet_cells_reader(&sheet_name));
        let mut cells = match cells.map_err(|damaged| in_sheet(damaged.to_string()))? {
            Ok(cells) => cells,
            // a chart or a macro sheet
            Err(XlsxError::NotAWorksheet(_) | XlsxError::WorksheetNotFound(_)) => continue,
            Err(error) => return Err(in_sheet(told(&error))),
        };
        loop {
            let cell = decode(|| cells.next_cell_with_formula_metadata())
                .map_err(|damaged| in_sheet(damaged.to_string()))?;
            let Some(cell) = cell.map_err(|error| in_sheet(told(&error)))? else { break };
            let (row, column) = cell.pos;
            found.take(row, column, &cell.value, cell.formula.is_some()).map_err(in_sheet)?;
            memory.hold(std::mem::take(&mut found.held), &name)?;
        }
        let source = format!("{name}: {shown}");
        match found.sheet(source.clone()).map_err(failed)? {
            Ok(sheet) => {
                let shape = sheet.shape;
                if let Some(first) = of.lists.iter().find(|other| other.shape.list == shape.list) {
                    let (first, number) = (&first.source, shape.number);
                    return Err(failed(format!("`{first}` and `{source}` are both list {number}")));
                }
                of.lists.push(sheet);
            }
            Err(reason) => {
                of.ignored.push(IgnoredFile { name: source, reason, looks_like_table: false });
            }
        }
        tell(&name, bytes * number / count.max(1));
    }
    if of.lists.is_empty() {
        return Err(failed("none of its sheets is a list of Annex A that a measure reads".to_owned()));
    }
    Ok(of)
}

/// What is wrong with a workbook, without what stands in it.
fn told(error: &XlsxError) -> String {
    match error {
        XlsxError::Io(error) => error.to_string(),
        XlsxError::Zip(_) => "the file is damaged".to_owned(),
        XlsxError::Password => "it is protected by a password".to_owned(),
        _ => "it is not a valid Excel workbook (xlsx)".to_owned(),
    }
}

/// A sheet while its cells come, row by row.
struct Found<'n> {
    name: &'n str,
    is_1904: bool,
    /// The row that is being put together, and its number.
    row: Vec<(u32, Given)>,
    at: u32,
    /// The bytes of what was kept since somebody asked.
    held: u64,
    header: Option<Header>,
    rows: Vec<Row>,
    /// The list by name, if its columns are not all there, and the first that is not.
    lacking: Option<(&'static Shape, &'static str)>,
    /// The title of a column that two of the header fit, and their names.
    clash: Option<(&'static str, [String; 2])>,
}

struct Header {
    row: u32,
    shape: &'static Shape,
    places: Vec<Option<usize>>,
}

/// The value of a cell.
enum Given {
    Text(String),
    Number(f64),
    /// Days since the epoch of the workbook.
    Serial(f64),
    Error,
}

impl<'n> Found<'n> {
    fn new(name: &'n str, is_1904: bool) -> Self {
        Self {
            name,
            is_1904,
            row: Vec::new(),
            at: 0,
            held: 0,
            header: None,
            rows: Vec::new(),
            lacking: None,
            clash: None,
        }
    }

    /// Takes a cell, which is not above the one before; an error if it can be in no sheet.
    fn take(&mut self, row: u32, column: u32, value: &DataRef<'_>, is_formula: bool) -> Result<(), String> {
        if row < self.at {
            return Err("its rows are out of order".to_owned());
        }
        if row >= MOST_ROWS {
            return Err(format!("it has a row beyond the last that a sheet has, {MOST_ROWS}"));
        }
        if row != self.at {
            self.end_row();
            self.at = row;
        }
        let is_read = match &self.header {
            Some(header) => header.places.contains(&Some(column as usize)),
            None => row < LOWEST_HEADER && column < WIDEST_HEADER,
        };
        if !is_read {
            return Ok(());
        }
        let text = |text: &str| match text.trim() {
            text if text.len() > LONGEST_CELL && text.chars().nth(LONGEST_CELL).is_some() => Given::Error,
            text => Given::Text(text.to_owned()),
        };
        let given = match value {
            // Its value was never worked out: the program that wrote the workbook left that to Excel.
            DataRef::Empty if is_formula => Given::Error,
            DataRef::Empty => return Ok(()),
            DataRef::String(given) | DataRef::DateTimeIso(given) => text(given),
            DataRef::SharedString(given) => match &self.header {
                None if given.len() > LONGEST_TITLE => Given::Error,
                _ => text(given),
            },
            #[expect(clippy::cast_precision_loss, reason = "cells hold floats anyway")]
            DataRef::Int(number) => Given::Number(*number as f64),
            DataRef::Float(number) => Given::Number(*number),
            DataRef::Bool(value) => Given::Text(if *value { "Yes" } else { "No" }.to_owned()),
            DataRef::DateTime(date) if date.is_datetime() => Given::Serial(date.as_f64()),
            DataRef::DateTime(_) | DataRef::DurationIso(_) | DataRef::Error(_) => Given::Error,
        };
        self.row.push((column, given));
        Ok(())
    }

    fn end_row(&mut self) {
        let row = std::mem::take(&mut self.row);
        match &self.header {
            None => self.look_for_header(&row),
            Some(header) => {
                let cell = |(column, place): (&super::lists::Column, &Option<usize>)| {
                    let mut at = row.iter().filter(|(at, _)| Some(*at as usize) == *place);
                    match (at.next(), at.next()) {
                        (None, _) => Cell::Empty,
                        (Some((_, given)), None) => read_cell(given, column.kind, self.is_1904),
                        // Nothing says which of two is right.
                        (Some(_), Some(_)) => Cell::Unreadable,
                    }
                };
                let cells: Vec<Cell> = header.shape.columns.iter().zip(&header.places).map(cell).collect();
                if cells.iter().any(|cell| *cell != Cell::Empty) {
                    let texts = cells.iter().map(|cell| match cell {
                        Cell::Text(text) => text.len(),
                        Cell::Empty | Cell::Unreadable => 0,
                    });
                    self.held +=
                        (size_of::<Row>() + size_of_val(cells.as_slice()) + texts.sum::<usize>()) as u64;
                    self.rows.push(Row { number: u64::from(self.at.saturating_sub(header.row)), cells });
                }
            }
        }
    }

    /// Takes a row as the header if it has the columns of the list that the sheet's name tells, or else of any.
    fn look_for_header(&mut self, row: &[(u32, Given)]) {
        let width = row.iter().map(|(column, _)| *column as usize + 1).max().unwrap_or_default();
        let mut header = vec![Vec::new(); width];
        for (column, given) in row {
            if let (Some(slot), Given::Text(text)) = (header.get_mut(*column as usize), given)
                && text.len() <= LONGEST_TITLE
            {
                *slot = words(text);
            }
        }
        let named = Shape::named(self.name);
        for shape in named.into_iter().chain(&SHAPES) {
            let places = shape.places(&header);
            match shape.missing(&places) {
                None => {
                    if let Some((title, places)) = shape.clash(&header).filter(|_| shape.is_read) {
                        let named = |place: usize| row.iter().find(|(column, _)| *column as usize == place);
                        let names = places.map(|place| match named(place) {
                            Some((_, Given::Text(text))) => text.clone(),
                            _ => String::new(),
                        });
                        self.clash = Some((title, names));
                    }
                    self.header = Some(Header { row: self.at, shape, places });
                    return;
                }
                Some(missing) if named.is_some_and(|named| named.list == shape.list) => {
                    // The row that comes nearest to a header is the one to report.
                    if places.iter().flatten().count() >= 2 {
                        self.lacking.get_or_insert((shape, missing));
                    }
                }
                Some(_) => {}
            }
        }
    }

    /// The sheet, or why it is not read; an error if it is a list of which a column is not there.
    fn sheet(mut self, source: String) -> Result<Result<Sheet, String>, String> {
        self.end_row();
        if let Some((title, [first, second])) = self.clash {
            return Err(format!(
                "sheet `{}`: its columns `{}` and `{}` both fit `{title}`; give one of them that name",
                visible(self.name),
                visible(&first),
                visible(&second)
            ));
        }
        match (self.header, self.lacking) {
            (Some(Header { shape, .. }), _) if !shape.is_read => {
                Ok(Err(format!("list {}, {}: no measure reads it", shape.number, shape.title)))
            }
            (Some(Header { shape, places, .. }), _) => {
                Ok(Ok(Sheet { shape, source, places, rows: self.rows }))
            }
            (None, Some((shape, missing))) if shape.is_read => {
                let name = visible(self.name);
                Err(format!("sheet `{name}` is list {} and has no column `{missing}`", shape.number))
            }
            (None, _) => Ok(Err("its columns match no list of Annex A".to_owned())),
        }
    }
}

/// A cell of a column, in the form that the tables are read in.
fn read_cell(given: &Given, kind: Kind, is_1904: bool) -> Cell {
    match (given, kind) {
        (Given::Text(text), _) if text.is_empty() => Cell::Empty,
        (Given::Text(text), Kind::Id) => Cell::Text(text.clone()),
        (Given::Text(text), Kind::Choice) => match without_letter(text) {
            "" => Cell::Empty,
            choice => Cell::Text(choice.to_owned()),
        },
        // As the guidance asks, DD/MM/YYYY; a date with the year first cannot be mistaken either.
        (Given::Text(text), Kind::Date) if may_have_month_first(text) => Cell::Unreadable,
        (Given::Text(text), Kind::Date) => {
            Cell::Text(DateForm::Uk.read(text).map_or_else(|| text.clone(), |day| day.to_string()))
        }
        (Given::Serial(days), Kind::Date) => {
            day(*days, is_1904).map_or(Cell::Unreadable, |day| Cell::Text(day.to_string()))
        }
        (Given::Number(number), Kind::Id) => Cell::Text(number.to_string()),
        (Given::Number(number), Kind::Choice) => Cell::Text(number.to_string()),
        // A number that is not shown as a date may be anything.
        (Given::Number(_), Kind::Date) | (Given::Serial(_), _) | (Given::Error, _) => Cell::Unreadable,
    }
}

/// Whether a text may be a date as American programs write it, `9/3/2017` for 3 September: it is shorter than
/// DD/MM/YYYY, and either number can be the month. Such a text was left in a column of dates by a program that took
/// others for days of another month.
fn may_have_month_first(text: &str) -> bool {
    let numbers: Vec<&str> = text.splitn(3, '/').collect();
    let [first, second, _] = numbers[..] else { return false };
    let month = |number: &str| number.parse::<u32>().ok().filter(|number| (1..=12).contains(number));
    let is_short = first.len() < 2 || second.len() < 2;
    is_short && month(first).zip(month(second)).is_some_and(|(first, second)| first != second)
}

/// The day of a serial number; the time of day is dropped.
fn day(serial: f64, is_1904: bool) -> Option<NaiveDate> {
    let epoch =
        if is_1904 { NaiveDate::from_ymd_opt(1904, 1, 1)? } else { NaiveDate::from_ymd_opt(1899, 12, 30)? };
    // Before March 1900 the count of a workbook is out by a day, for a leap day that there was not.
    let is_known = if is_1904 { serial >= 0.0 } else { serial >= 61.0 };
    if !is_known || serial >= 2_958_466.0 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the bounds above")]
    epoch.checked_add_days(Days::new(serial as u64))
}

/// A choice without the letter that lists put before it: `a) Yes`.
fn without_letter(text: &str) -> &str {
    match text.split_once(')') {
        Some((letter, rest)) if letter.len() <= 2 && letter.chars().all(|one| one.is_ascii_alphabetic()) => {
            rest.trim()
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn days_by_either_count() {
        let day = |serial, is_1904| day(serial, is_1904).map(|day| day.to_string());
        assert_eq!(day(42_825.0, false).as_deref(), Some("2017-03-31"));
        assert_eq!(day(42_825.999, false).as_deref(), Some("2017-03-31"));
        assert_eq!(day(41_363.0, true).as_deref(), Some("2017-03-31"));
        assert_eq!(day(61.0, false).as_deref(), Some("1900-03-01"));
        assert_eq!(day(2_958_465.0, false).as_deref(), Some("9999-12-31"));
        for wrong in [60.0, 0.0, -1.0, 2_958_466.0, f64::NAN, f64::INFINITY] {
            assert_eq!(day(wrong, false), None, "{wrong}");
        }
    }

    #[test]
    fn cells_by_kind_of_column() {
        let read = |given, kind| read_cell(&given, kind, false);
        assert_eq!(read(Given::Text("a) Yes".into()), Kind::Choice), text("Yes"));
        assert_eq!(read(Given::Text("zz".into()), Kind::Choice), text("zz"));
        assert_eq!(
            read(Given::Text("F1: Full time (degree)".into()), Kind::Choice),
            text("F1: Full time (degree)")
        );
        assert_eq!(read(Given::Text("c)".into()), Kind::Choice), Cell::Empty);
        assert_eq!(read(Given::Number(9_212_044.0), Kind::Id), text("9212044"));
        assert_eq!(read(Given::Text("03/04/2017".into()), Kind::Date), text("2017-04-03"));
        assert_eq!(read(Given::Text("2017-04-03".into()), Kind::Date), text("2017-04-03"));
        assert_eq!(read(Given::Text("April".into()), Kind::Date), text("April"));
        // 3 September where the month comes first; the others can be read in one way
        assert_eq!(read(Given::Text("9/3/2017".into()), Kind::Date), Cell::Unreadable);
        assert_eq!(read(Given::Text("9/03/2017".into()), Kind::Date), Cell::Unreadable);
        assert_eq!(read(Given::Text("3/3/2017".into()), Kind::Date), text("2017-03-03"));
        assert_eq!(read(Given::Text("15/2/2017".into()), Kind::Date), text("2017-02-15"));
        assert_eq!(read(Given::Serial(42_825.5), Kind::Date), text("2017-03-31"));
        assert_eq!(read(Given::Number(42_825.0), Kind::Date), Cell::Unreadable);
        assert_eq!(read(Given::Error, Kind::Id), Cell::Unreadable);
    }
}
