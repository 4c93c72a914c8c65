//! A CSV file whole: what a return is made of, small beside the tables of an authority.

use std::path::Path;

use crate::ReadError;
use crate::csv_record::Record;
use crate::csv_records::Records;
use crate::input::{self, Watched};
use crate::memory::Memory;

/// The rows of a file, by the names of its columns in capitals.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// The file's name.
    pub(crate) name: String,
    header: Vec<String>,
    rows: Vec<Fields>,
}

/// The fields of a row; `None` if a field is not UTF-8, and for the whole row if it has more or fewer of
/// them than the header.
type Fields = Option<Vec<Option<Box<str>>>>;

/// A row of a sheet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SheetRow<'a> {
    sheet: &'a Sheet,
    /// 1 = the first data row.
    pub(crate) number: u64,
    fields: Option<&'a [Option<Box<str>>]>,
}

impl Sheet {
    /// Reads a file. `tell` hears how many bytes were read.
    pub(crate) fn read(
        path: &Path,
        memory: &Memory,
        tell: &mut dyn FnMut(&str, u64),
    ) -> Result<Self, ReadError> {
        let (name, input) = input::open_text(path)?;
        let mut tell = |bytes| tell(&name, bytes);
        let mut records = Records::new(Watched::new(input, &mut tell));
        let mut sheet = Self::begin(&name, &mut records)?;
        let mut record = Record::default();
        loop {
            let number = sheet.rows.len() as u64 + 1;
            if !records.next(&mut record).map_err(|fault| fault.at(&sheet.name, number, &sheet.header))? {
                return Ok(sheet);
            }
            let is_whole = record.width() == Some(sheet.header.len());
            let row: Fields = is_whole.then(|| record.fields().map(text).collect());
            let fields = row.iter().flatten();
            let held: usize =
                fields.map(|field| size_of_val(field) + field.as_ref().map_or(0, |text| text.len())).sum();
            memory.hold((size_of::<Fields>() + held) as u64, &sheet.name)?;
            sheet.rows.push(row);
        }
    }

    /// Reads no more than the header of a file.
    pub(crate) fn read_header(path: &Path) -> Result<Self, ReadError> {
        let (name, input) = input::open_text(path)?;
        Self::begin(&name, &mut Records::new(input))
    }

    /// Reads the header.
    fn begin(name: &str, records: &mut Records<'_>) -> Result<Self, ReadError> {
        let mut record = Record::default();
        if !records.next(&mut record).map_err(|fault| fault.at(name, 0, &[]))? {
            return Err(ReadError::NoHeader { file: name.to_owned() });
        }
        if record.is_stray() {
            return Err(ReadError::StrayHeader { file: name.to_owned() });
        }
        let header: Vec<String> =
            record.fields().map(|field| String::from_utf8_lossy(field).trim().to_uppercase()).collect();
        Ok(Self { name: name.to_owned(), header, rows: Vec::new() })
    }

    /// Whether it has a column.
    pub(crate) fn has(&self, column: &str) -> bool {
        self.header.iter().any(|name| name == column)
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = SheetRow<'_>> {
        (1..).zip(&self.rows).map(|(number, fields)| SheetRow {
            sheet: self,
            number,
            fields: fields.as_deref(),
        })
    }
}

fn text(field: &[u8]) -> Option<Box<str>> {
    std::str::from_utf8(field).ok().map(|text| Box::from(text.trim()))
}

impl<'a> SheetRow<'a> {
    /// The file's name.
    pub(crate) fn source(&self) -> &'a str {
        &self.sheet.name
    }

    /// Whether another row is of the same file.
    pub(crate) fn is_of_file(&self, other: SheetRow<'_>) -> bool {
        std::ptr::eq(self.sheet, other.sheet)
    }

    /// Whether it is a row of a sheet.
    pub(crate) fn is_of(&self, sheet: &Sheet) -> bool {
        std::ptr::eq(self.sheet, sheet)
    }

    /// Whether it has more or fewer fields than the header.
    pub(crate) fn is_bad(&self) -> bool {
        self.fields.is_none()
    }

    /// The field of a column; empty if the file has no such column.
    pub(crate) fn field(&self, column: &str) -> Field<'a> {
        let place = self.sheet.header.iter().position(|name| name == column);
        match place.zip(self.fields).and_then(|(place, fields)| fields.get(place)) {
            None => Field::Text(""),
            Some(Some(text)) => Field::Text(text),
            Some(None) => Field::Unreadable,
        }
    }

    /// The text of a column; empty if it cannot be read.
    pub(crate) fn text(&self, column: &str) -> &'a str {
        match self.field(column) {
            Field::Text(text) => text,
            Field::Unreadable => "",
        }
    }

    /// The code of a column as codes are compared: in capitals, without blanks, dashes and underscores.
    pub(crate) fn code(&self, column: &str) -> String {
        let letters = self.text(column).chars();
        let kept = letters.filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '_'));
        kept.flat_map(char::to_uppercase).collect()
    }
}

/// A field as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field<'a> {
    /// A text, also an empty one.
    Text(&'a str),
    /// Not UTF-8.
    Unreadable,
}
