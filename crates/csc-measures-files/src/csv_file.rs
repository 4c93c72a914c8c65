//! CSV into a table: parsed into one buffer that is used again for every chunk.

use std::fs::File;
use std::io::{self, Read};
use std::num::NonZeroUsize;

use csc_measures::tables::Table;
use csc_measures::{Cell, CellColumn, Chunk, DatasetBuilder};
use csv_core::ReadRecordResult;

use crate::{ReadError, TableFile};

/// The longest field that is taken for one; beyond it a quote is more likely than a text.
const LONGEST_FIELD: usize = 1 << 20;
/// The longest record.
const LONGEST_RECORD: usize = 1 << 24;
/// The most fields of a header. Of a row with more of them only their number is kept: it is out anyway.
const MOST_FIELDS: usize = 1 << 16;
/// A chunk of long texts is handed over before it has all its rows.
const LONGEST_CHUNK: usize = 1 << 23;

/// Reads the file into the builder, and tells of rows and bytes after each chunk.
pub(crate) fn read(
    file: &TableFile,
    chunk_rows: NonZeroUsize,
    builder: &mut DatasetBuilder,
    tell: &mut dyn FnMut(u64, u64),
) -> Result<(), ReadError> {
    let input = File::open(&file.path).map_err(|error| ReadError::File { file: file.name.clone(), error })?;
    read_from(input, &file.name, file.table, chunk_rows, builder, tell)
}

/// Reads CSV, of a file or of a text in memory, by whose name it is told what is wrong.
pub(crate) fn read_from(
    input: impl Read,
    name: &str,
    of: Table,
    chunk_rows: NonZeroUsize,
    builder: &mut DatasetBuilder,
    tell: &mut dyn FnMut(u64, u64),
) -> Result<(), ReadError> {
    let mut records = Records::new(input);
    let mut record = Record::default();

    let found = records.next(&mut record).map_err(|fault| fault.at(name, 0, &[]))?;
    if !found {
        return Err(ReadError::NoHeader { file: name.to_owned() });
    }
    if record.is_too_wide() {
        return Err(Fault::TooLong { column: MOST_FIELDS }.at(name, 0, &[]));
    }
    let header: Vec<String> =
        record.fields().map(|field| String::from_utf8_lossy(field).trim().to_owned()).collect();
    // The places of the columns that the table knows; the others are not kept.
    let (places, names): (Vec<usize>, Vec<&str>) = header
        .iter()
        .enumerate()
        .map(|(place, column)| (place, column.as_str()))
        .filter(|(_, column)| of.column(column).is_some())
        .unzip();
    let table_error = |error| ReadError::Table { file: name.to_owned(), error };
    let mut table = builder.table(of.name(), &names).map_err(table_error)?;

    let mut rows = 0;
    let mut is_end = false;
    let mut chunk = Rows::new(names.len());
    while !is_end {
        chunk.clear();
        while chunk.rows < chunk_rows.get() && chunk.text.len() < LONGEST_CHUNK {
            let row = rows + chunk.rows as u64 + 1;
            if !records.next(&mut record).map_err(|fault| fault.at(name, row, &header))? {
                is_end = true;
                break;
            }
            chunk.push(&record, &places, header.len());
        }
        let text = std::str::from_utf8(&chunk.text).ok();
        let columns: Vec<Column<'_>> =
            (0..names.len()).map(|column| Column { rows: &chunk, text, column }).collect();
        let columns: Vec<&dyn CellColumn> = columns.iter().map(|column| column as &dyn CellColumn).collect();
        table
            .chunk(&Chunk { rows: chunk.rows, columns: &columns, bad_rows: &chunk.bad })
            .map_err(table_error)?;
        rows += chunk.rows as u64;
        tell(rows, records.bytes);
    }
    Ok(())
}

/// The rows of a chunk, of the columns that are kept.
#[derive(Debug)]
struct Rows {
    width: usize,
    rows: usize,
    text: Vec<u8>,
    /// Where each field ends in `text`, row by row.
    ends: Vec<usize>,
    /// The rows with more or fewer fields than the header.
    bad: Vec<usize>,
}

impl Rows {
    fn new(width: usize) -> Self {
        Self { width, rows: 0, text: Vec::new(), ends: Vec::new(), bad: Vec::new() }
    }

    fn clear(&mut self) {
        self.rows = 0;
        self.text.clear();
        self.ends.clear();
        self.bad.clear();
    }

    /// Takes the fields at `places` of a record that should have `expected` fields.
    fn push(&mut self, record: &Record, places: &[usize], expected: usize) {
        let is_bad = record.is_too_wide() || record.ends.len() != expected;
        for place in places {
            if !is_bad {
                self.text.extend_from_slice(record.field(*place));
            }
            self.ends.push(self.text.len());
        }
        if is_bad {
            self.bad.push(self.rows);
        }
        self.rows += 1;
    }
}

/// A column of a chunk.
struct Column<'a> {
    rows: &'a Rows,
    /// The text of the chunk, where all of it is UTF-8: then nothing needs to be checked field by field.
    text: Option<&'a str>,
    column: usize,
}

impl CellColumn for Column<'_> {
    fn cell(&self, row: usize) -> Cell<'_> {
        let place = row * self.rows.width + self.column;
        let start = place.checked_sub(1).map_or(Some(&0), |before| self.rows.ends.get(before));
        let (Some(start), Some(end)) = (start, self.rows.ends.get(place)) else { return Cell::Null };
        // Two halves of a character in neighbouring fields make good text together; neither is by itself.
        let field = match self.text {
            Some(text) => text.get(*start..*end),
            None => self.rows.text.get(*start..*end).and_then(|field| std::str::from_utf8(field).ok()),
        };
        field.map_or(Cell::Unreadable, Cell::Text)
    }
}

/// One record: its fields end to end, and where each ends.
#[derive(Debug, Default)]
pub(crate) struct Record {
    text: Vec<u8>,
    ends: Vec<usize>,
    /// The fields beyond the most that a header can have, whose ends are not kept.
    further: usize,
}

impl Record {
    fn field(&self, place: usize) -> &[u8] {
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(place).and_then(|end| self.text.get(start..*end)).unwrap_or_default()
    }

    pub(crate) fn fields(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.ends.len()).map(|place| self.field(place))
    }

    /// Whether it is a line of nothing but white space. An empty line makes no record, so a single field
    /// with nothing in it was written as a pair of quotes, and is a row.
    fn is_blank(&self) -> bool {
        self.ends.len() == 1
            && !self.is_too_wide()
            && !self.text.is_empty()
            && std::str::from_utf8(&self.text).is_ok_and(|text| text.trim().is_empty())
    }

    /// Whether it has more fields than any header.
    fn is_too_wide(&self) -> bool {
        self.further > 0
    }

    /// The first field that is too long.
    fn long_field(&self) -> Option<usize> {
        if self.text.len() <= LONGEST_FIELD || self.is_too_wide() {
            return None;
        }
        self.fields().position(|field| field.len() > LONGEST_FIELD)
    }
}

/// What is wrong with the text as such.
#[derive(Debug)]
pub(crate) enum Fault {
    Io(io::Error),
    Utf16,
    TooLong { column: usize },
    OpenQuote,
}

impl Fault {
    /// The error, which names what is read and the row.
    pub(crate) fn at(self, name: &str, row: u64, header: &[String]) -> ReadError {
        let file = name.to_owned();
        match self {
            Self::Io(error) => ReadError::File { file, error },
            Self::Utf16 => ReadError::Utf16 { file },
            Self::TooLong { column } => ReadError::TooLong { file, row, column: header.get(column).cloned() },
            Self::OpenQuote => ReadError::OpenQuote { file, row },
        }
    }
}

/// The records of a CSV file, blank lines left out.
pub(crate) struct Records<R> {
    input: R,
    /// How many bytes were read.
    bytes: u64,
    buffer: Box<[u8]>,
    /// The part of the buffer that is still to be parsed.
    start: usize,
    end: usize,
    parser: csv_core::Reader,
    is_end: bool,
}

impl<R: Read> Records<R> {
    pub(crate) fn new(input: R) -> Self {
        Self {
            input,
            bytes: 0,
            buffer: vec![0; 1 << 16].into_boxed_slice(),
            start: 0,
            end: 0,
            parser: csv_core::Reader::new(),
            is_end: false,
        }
    }

    /// Reads the next record; `false` at the end.
    pub(crate) fn next(&mut self, record: &mut Record) -> Result<bool, Fault> {
        loop {
            if !self.parse(record)? {
                return Ok(false);
            }
            if let Some(column) = record.long_field() {
                return Err(Fault::TooLong { column });
            }
            if !record.is_blank() {
                return Ok(true);
            }
        }
    }

    fn parse(&mut self, record: &mut Record) -> Result<bool, Fault> {
        record.text.resize(record.text.capacity().max(1 << 10), 0);
        record.ends.resize(record.ends.capacity().max(1 << 6), 0);
        record.further = 0;
        let (mut length, mut fields) = (0, 0);
        // Where the field begins that is being read.
        let mut field_start = 0;
        loop {
            if self.start == self.end && !self.is_end {
                self.fill()?;
            }
            // A file whose last line has no end is given one. Taken into a field, it shows that the file
            // ended within quotes.
            let input =
                if self.is_end { &b"\n"[..] } else { self.buffer.get(self.start..self.end).unwrap_or(b"") };
            let (result, read, written, ended) = self.parser.read_record(
                input,
                record.text.get_mut(length..).unwrap_or_default(),
                record.ends.get_mut(fields..).unwrap_or_default(),
            );
            self.start += read;
            length += written;
            fields += ended;
            if let Some(last) = ended.checked_sub(1).and(fields.checked_sub(1)) {
                field_start = record.ends.get(last).copied().unwrap_or(length);
            }
            match result {
                ReadRecordResult::Record => {
                    record.text.truncate(length);
                    record.ends.truncate(fields);
                    return Ok(true);
                }
                ReadRecordResult::InputEmpty if self.is_end && written > 0 => return Err(Fault::OpenQuote),
                ReadRecordResult::InputEmpty if self.is_end => return Ok(false),
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => {
                    if length.saturating_sub(field_start) > LONGEST_FIELD || length >= LONGEST_RECORD {
                        return Err(Fault::TooLong { column: record.further + fields });
                    }
                    record.text.resize(length * 2, 0);
                }
                ReadRecordResult::OutputEndsFull if fields >= MOST_FIELDS => {
                    record.further += fields;
                    fields = 0;
                }
                ReadRecordResult::OutputEndsFull => record.ends.resize(fields * 2, 0),
                ReadRecordResult::End => return Ok(false),
            }
        }
    }

    /// Reads on; at the start looks at how the text is written.
    fn fill(&mut self) -> Result<(), Fault> {
        let is_first = self.bytes == 0;
        self.start = 0;
        self.end = 0;
        while let Some(free) = self.buffer.get_mut(self.end..).filter(|free| !free.is_empty()) {
            match self.input.read(free) {
                Ok(0) => break,
                Ok(read) => self.end += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Fault::Io(error)),
            }
        }
        self.bytes += self.end as u64;
        self.is_end = self.end == 0;
        match self.buffer.get(..self.end) {
            // With its mark, or by the empty half of the first character.
            Some([0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] | [0, ..] | [_, 0, ..]) if is_first => Err(Fault::Utf16),
            Some([0xEF, 0xBB, 0xBF, ..]) if is_first => {
                self.start = 3;
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The records of a text, fields joined by `|`, and how it ends.
    fn records(text: &[u8]) -> (Vec<String>, Option<Fault>) {
        let mut records = Records::new(text);
        let mut record = Record::default();
        let mut found = Vec::new();
        loop {
            match records.next(&mut record) {
                Ok(true) => {
                    let fields: Vec<_> = record.fields().map(String::from_utf8_lossy).collect();
                    found.push(fields.join("|"));
                }
                Ok(false) => return (found, None),
                Err(fault) => return (found, Some(fault)),
            }
        }
    }

    fn good(text: &str) -> Vec<String> {
        let (found, fault) = records(text.as_bytes());
        assert!(fault.is_none(), "{text:?}: {fault:?}");
        found
    }

    #[test]
    fn lines_end_in_any_way_or_not_at_all() {
        for text in [
            "a,b\n1,2\n",
            "a,b\r\n1,2\r\n",
            "a,b\n1,2",
            "\u{feff}a,b\r1,2\r",
            "a,b\r\n1,\"2\"",
            "a,b\n1,2\n\n",
        ] {
            assert_eq!(good(text), ["a|b", "1|2"], "{text:?}");
        }
        assert_eq!(good("a,b\n1,"), ["a|b", "1|"]);
    }

    #[test]
    fn quotes_hold_commas_quotes_and_line_ends() {
        assert_eq!(good("\"a,\"\"b\"\"\r\nc\",d"), ["a,\"b\"\r\nc|d"]);
    }

    #[test]
    fn blank_lines_make_no_record_and_a_pair_of_quotes_does() {
        assert_eq!(good("\n \na,b\n\r\n\t\n\n1,2\n   "), ["a|b", "1|2"]);
        assert_eq!(good("a\n\"\"\n1\n"), ["a", "", "1"]);
        assert_eq!(good(""), Vec::<String>::new());
        assert_eq!(good("\u{feff}"), Vec::<String>::new());
        assert_eq!(good("\n\n"), Vec::<String>::new());
    }

    #[test]
    fn a_quote_that_is_never_closed_is_told() {
        for text in ["a,b\n1,\"2\n3,4\n", "a,b\n1,\"2", "a,b\n1,\""] {
            let (found, fault) = records(text.as_bytes());
            assert_eq!(found, ["a|b"], "{text:?}");
            assert!(matches!(fault, Some(Fault::OpenQuote)), "{text:?}");
        }
    }

    #[test]
    fn a_field_may_be_as_long_as_the_limit_and_no_longer() {
        let field = |length| format!("a,b\n1,{}\n", "x".repeat(length));
        assert_eq!(good(&field(LONGEST_FIELD)).len(), 2);
        for length in [LONGEST_FIELD + 1, 4 * LONGEST_FIELD] {
            let (_, fault) = records(field(length).as_bytes());
            assert!(matches!(fault, Some(Fault::TooLong { column: 1 })), "{length}");
        }
    }

    #[test]
    fn a_row_wider_than_any_header_ends_where_its_line_ends() {
        for width in [MOST_FIELDS, MOST_FIELDS + 1, 2 * MOST_FIELDS, 2 * MOST_FIELDS + 1, 200_000] {
            for field in ["", "1", " ", "\"a\nb\""] {
                let text = format!("{}\n1,2\n", vec![field; width].join(","));
                let mut records = Records::new(text.as_bytes());
                let mut record = Record::default();
                assert!(records.next(&mut record).unwrap());
                assert_eq!(record.further + record.ends.len(), width);
                assert_eq!(record.is_too_wide(), width > MOST_FIELDS);
                assert!(records.next(&mut record).unwrap());
                assert_eq!(record.fields().collect::<Vec<_>>(), [b"1", b"2"], "{width}");
                assert!(!records.next(&mut record).unwrap());
            }
        }
    }

    #[test]
    fn a_record_may_not_be_longer_than_all_that_is_kept_of_it() {
        // no field is too long, and nor is any run of fields whose ends are forgotten
        let field = "x".repeat(LONGEST_FIELD / 2);
        let wide = format!("{}{}\n", format!("{field},").repeat(3), ",".repeat(MOST_FIELDS + 1));
        assert_eq!(good(&wide).len(), 1);
        let (_, fault) = records(format!("{field},").repeat(64).as_bytes());
        assert!(matches!(fault, Some(Fault::TooLong { column: 31..33 })), "{fault:?}");
    }

    #[test]
    fn utf_16_is_told() {
        assert!(matches!(records(b"\xff\xfea\0").1, Some(Fault::Utf16)));
        assert!(matches!(records(b"\xfe\xff\0a").1, Some(Fault::Utf16)));
        assert!(matches!(records(b"a\0,\0").1, Some(Fault::Utf16)));
        assert!(matches!(records(b"\0a\0,").1, Some(Fault::Utf16)));
    }

    /// A reader that gives a byte at a time.
    struct Drip<'a>(&'a [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let (Some((first, rest)), Some(slot)) = (self.0.split_first(), buffer.first_mut()) else {
                return Ok(0);
            };
            *slot = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    #[test]
    fn it_does_not_matter_how_the_bytes_come() {
        let mut records = Records::new(Drip("\u{feff}a,\"b\"\r\n1,2".as_bytes()));
        let mut record = Record::default();
        assert!(records.next(&mut record).unwrap());
        assert_eq!(record.fields().collect::<Vec<_>>(), [b"a", b"b"]);
        assert!(records.next(&mut record).unwrap());
        assert!(!records.next(&mut record).unwrap());
        assert!(!records.next(&mut record).unwrap());
    }

    #[test]
    fn half_a_character_is_unreadable_also_beside_its_other_half() {
        let mut rows = Rows::new(2);
        let mut record = Record::default();
        Records::new(&b"\xc3,\xa9\n"[..]).next(&mut record).unwrap();
        rows.push(&record, &[0, 1], 2);
        Records::new("é,é\n".as_bytes()).next(&mut record).unwrap();
        rows.push(&record, &[0, 1], 2);
        for text in [std::str::from_utf8(&rows.text).ok(), None] {
            for column in 0..2 {
                let column = Column { rows: &rows, text, column };
                assert_eq!(column.cell(0), Cell::Unreadable);
                assert_eq!(column.cell(1), Cell::Text("é"));
            }
        }
    }
}
