//! A workbook as another program reads it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use calamine::{Data, Reader, Xlsx};
use chrono::{Days, NaiveDate};

/// A workbook that was read back: its sheets by rows of cells, and its parts as text.
pub(crate) struct Read {
    pub(crate) names: Vec<String>,
    sheets: BTreeMap<String, Vec<Vec<Data>>>,
    pub(crate) parts: BTreeMap<String, String>,
}

impl Read {
    pub(crate) fn new(bytes: Vec<u8>) -> Self {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes.clone())).unwrap();
        let mut parts = BTreeMap::new();
        for place in 0..archive.len() {
            let mut part = archive.by_index(place).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            parts.insert(part.name().unwrap().into_owned(), text);
        }
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let names = book.sheet_names();
        let rows = |range: calamine::Range<Data>| range.rows().map(<[Data]>::to_vec).collect();
        let sheets =
            names.iter().map(|name| (name.clone(), rows(book.worksheet_range(name).unwrap()))).collect();
        Self { names, sheets, parts }
    }

    /// The rows of a sheet below its head, each by the heads of its columns.
    pub(crate) fn rows(&self, sheet: &str) -> Vec<Row<'_>> {
        let (head, rows) = self.sheets[sheet].split_first().unwrap();
        rows.iter().map(|cells| Row { head, cells }).collect()
    }

    /// The cells of the head of a sheet.
    pub(crate) fn head(&self, sheet: &str) -> &[Data] {
        &self.sheets[sheet][0]
    }

    /// Every text of a sheet.
    pub(crate) fn texts(&self, sheet: &str) -> Vec<String> {
        self.sheets[sheet].iter().flatten().filter_map(text).collect()
    }

    /// Every number of the workbook that is not a date.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = f64> {
        self.sheets.values().flatten().flatten().filter_map(number)
    }
}

/// A row under its head.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    head: &'a [Data],
    cells: &'a [Data],
}

impl<'a> Row<'a> {
    pub(crate) fn cell(&self, column: &str) -> &'a Data {
        let place = self.head.iter().position(|head| text(head).as_deref() == Some(column));
        &self.cells[place.unwrap_or_else(|| panic!("no column `{column}`"))]
    }

    /// The cell under a month.
    pub(crate) fn month(&self, first: NaiveDate) -> &'a Data {
        &self.cells[self.head.iter().position(|head| day(head) == Some(first)).unwrap()]
    }

    pub(crate) fn text(&self, column: &str) -> Option<String> {
        text(self.cell(column))
    }

    pub(crate) fn number(&self, column: &str) -> Option<f64> {
        number(self.cell(column))
    }

    pub(crate) fn day(&self, column: &str) -> Option<NaiveDate> {
        day(self.cell(column))
    }
}

pub(crate) fn text(cell: &Data) -> Option<String> {
    match cell {
        Data::String(text) => Some(text.clone()),
        _ => None,
    }
}

pub(crate) fn number(cell: &Data) -> Option<f64> {
    match cell {
        Data::Float(number) => Some(*number),
        _ => None,
    }
}

/// A cell that is a real date, as a day.
pub(crate) fn day(cell: &Data) -> Option<NaiveDate> {
    let Data::DateTime(date) = cell else { return None };
    let days: u64 = format!("{}", date.as_f64()).parse().unwrap();
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))
}
