//! CSV into a table: lines are split where they lie, a buffer at a time.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read};
use std::num::NonZeroUsize;

use csc_measures::tables::Table;
use csc_measures::{Chunk, Column, DatasetBuilder, Layout, Text, Validity};
use csv_core::ReadRecordResult;

use crate::csv_lines::Lines;
use crate::csv_record::{LONGEST_FIELD, Record};
use crate::{ReadError, TableFile};

/// The longest record.
const LONGEST_RECORD: usize = 1 << 24;
/// The most fields of a header. Of a row with more of them only their number is kept: it is out anyway.
const MOST_FIELDS: usize = 1 << 16;
/// A chunk of long texts is handed over before it has all its rows.
const LONGEST_CHUNK: usize = 1 << 23;
/// How much of a text is looked at at a time. A line that lies within has no more fields than a header may have.
const WINDOW: usize = 1 << 16;

/// Reads the file into the builder, and tells of rows and bytes after each chunk.
pub(crate) fn read(
    file: &TableFile,
    chunk_rows: NonZeroUsize,
    builder: &mut DatasetBuilder,
    tell: &mut dyn FnMut(u64, u64),
) -> Result<(), ReadError> {
    let input = File::open(&file.path).map_err(|error| ReadError::File { file: file.name.clone(), error })?;
    read_from(Records::new(input), &file.name, file.table, chunk_rows, builder, tell)
}

/// Reads CSV, of a file or of a text in memory, by whose name it is told what is wrong.
pub(crate) fn read_from(
    mut records: Records<'_>,
    name: &str,
    of: Table,
    chunk_rows: NonZeroUsize,
    builder: &mut DatasetBuilder,
    tell: &mut dyn FnMut(u64, u64),
) -> Result<(), ReadError> {
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
    // The places of the columns that the table knows; the others are not handed over.
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
    let mut chunk = Lines::new(header.len());
    while !is_end {
        chunk.clear();
        is_end = match records.chunk(&mut chunk, &mut record, chunk_rows.get()) {
            Ok(is_end) => is_end,
            Err(fault) => return Err(fault.at(name, rows + chunk.rows() as u64 + 1, &header)),
        };
        let (ends, width, bytes) = (chunk.ends(), header.len(), chunk.bytes());
        let columns: Vec<Column<'_>> = places
            .iter()
            .map(|place| {
                let text = Text::of(Layout::Fields { ends, width, place: *place, bytes }, Validity::ALL);
                let unreadable = Column::Unreadable { rows: chunk.rows(), validity: Validity::ALL };
                text.map_or(unreadable, Column::Text)
            })
            .collect();
        table
            .chunk(&Chunk { rows: chunk.rows(), columns: &columns, bad_rows: chunk.bad() })
            .map_err(table_error)?;
        rows += chunk.rows() as u64;
        tell(rows, records.bytes);
    }
    Ok(())
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

/// A text, looked at a window at a time.
enum Input<'t> {
    /// A text in memory: where it lies.
    Text { window: &'t [u8], rest: &'t [u8] },
    /// A file: read into a buffer that is used again.
    File { file: Box<dyn Read + 't>, buffer: Box<[u8]>, length: usize },
}

impl Input<'_> {
    fn window(&self) -> &[u8] {
        match self {
            Self::Text { window, .. } => window,
            Self::File { buffer, length, .. } => buffer.get(..*length).unwrap_or_default(),
        }
    }

    /// Goes on to the next window; it is empty at the end.
    fn advance(&mut self) -> io::Result<&[u8]> {
        match self {
            Self::Text { window, rest } => (*window, *rest) = rest.split_at(rest.len().min(WINDOW)),
            Self::File { file, buffer, length } => {
                *length = 0;
                while let Some(free) = buffer.get_mut(*length..).filter(|free| !free.is_empty()) {
                    match file.read(free) {
                        Ok(0) => break,
                        Ok(read) => *length += read,
                        Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                        Err(error) => return Err(error),
                    }
                }
            }
        }
        Ok(self.window())
    }
}

thread_local! {
    /// The parser of the text before: to make its tables takes longer than to read a small text.
    static PARSER: Cell<Option<Box<csv_core::Reader>>> = const { Cell::new(None) };
}

/// The records of a CSV text, blank lines left out.
pub(crate) struct Records<'t> {
    input: Input<'t>,
    /// How many bytes were read.
    bytes: u64,
    /// The part of the window that is still to be parsed.
    start: usize,
    end: usize,
    /// Reads what is more than a line without quotes.
    parser: Option<Box<csv_core::Reader>>,
    is_end: bool,
}

impl Drop for Records<'_> {
    fn drop(&mut self) {
        if let Some(mut parser) = self.parser.take() {
            parser.reset();
            PARSER.set(Some(parser));
        }
    }
}

impl<'t> Records<'t> {
    /// The records of a file.
    pub(crate) fn new(file: impl Read + 't) -> Self {
        let buffer = vec![0; WINDOW].into_boxed_slice();
        Self::of(Input::File { file: Box::new(file), buffer, length: 0 })
    }

    /// The records of a text in memory.
    pub(crate) fn of_text(text: &'t [u8]) -> Self {
        Self::of(Input::Text { window: &[], rest: text })
    }

    fn of(input: Input<'t>) -> Self {
        Self { input, bytes: 0, start: 0, end: 0, parser: PARSER.take(), is_end: false }
    }

    /// Reads records until there are so many rows; `true` at the end of the text.
    fn chunk(&mut self, chunk: &mut Lines, record: &mut Record, rows: usize) -> Result<bool, Fault> {
        while chunk.rows() < rows && chunk.bytes().len() < LONGEST_CHUNK {
            if self.start == self.end && !self.is_end {
                self.fill()?;
            }
            let window = self.input.window().get(self.start..self.end).unwrap_or_default();
            self.start += chunk.split(window, rows, LONGEST_CHUNK);
            if chunk.rows() == rows {
                break;
            }
            // What comes next has quotes, or goes on in the next window.
            if !self.next(record)? {
                return Ok(true);
            }
            chunk.push(record);
        }
        Ok(false)
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
        if record.ends.is_empty() {
            record.text.resize(1 << 8, 0);
            record.ends.resize(1 << 5, 0);
        }
        (record.length, record.count, record.further) = (0, 0, 0);
        // Where the field begins that is being read.
        let mut field_start = 0;
        loop {
            if self.start == self.end && !self.is_end {
                self.fill()?;
            }
            // A file whose last line has no end is given one. Taken into a field, it shows that the file
            // ended within quotes.
            let input = if self.is_end {
                &b"\n"[..]
            } else {
                self.input.window().get(self.start..self.end).unwrap_or_default()
            };
            let (result, read, written, ended) =
                self.parser.get_or_insert_with(|| Box::new(csv_core::Reader::new())).read_record(
                    input,
                    record.text.get_mut(record.length..).unwrap_or_default(),
                    record.ends.get_mut(record.count..).unwrap_or_default(),
                );
            self.start += read;
            record.length += written;
            record.count += ended;
            if let Some(last) = ended.checked_sub(1).and(record.count.checked_sub(1)) {
                field_start = record.ends.get(last).copied().unwrap_or(record.length);
            }
            match result {
                ReadRecordResult::Record => return Ok(true),
                ReadRecordResult::InputEmpty if self.is_end && written > 0 => return Err(Fault::OpenQuote),
                ReadRecordResult::InputEmpty if self.is_end => return Ok(false),
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => {
                    let is_long = record.length.saturating_sub(field_start) > LONGEST_FIELD;
                    if is_long || record.length >= LONGEST_RECORD {
                        return Err(Fault::TooLong { column: record.further + record.count });
                    }
                    record.text.resize(record.length * 2, 0);
                }
                ReadRecordResult::OutputEndsFull if record.count >= MOST_FIELDS => {
                    record.further += record.count;
                    record.count = 0;
                }
                ReadRecordResult::OutputEndsFull => record.ends.resize(record.count * 2, 0),
                ReadRecordResult::End => return Ok(false),
            }
        }
    }

    /// Reads on; at the start looks at how the text is written.
    fn fill(&mut self) -> Result<(), Fault> {
        let is_first = self.bytes == 0;
        let window = self.input.advance().map_err(Fault::Io)?;
        self.start = 0;
        self.end = window.len();
        self.bytes += window.len() as u64;
        self.is_end = window.is_empty();
        match window {
            // With its mark, or by the empty half of the first character.
            [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] | [0, ..] | [_, 0, ..] if is_first => Err(Fault::Utf16),
            [0xEF, 0xBB, 0xBF, ..] if is_first => {
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
                assert_eq!(record.further + record.count, width);
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

    /// What a text reads as when its lines are split, so many rows at a time.
    fn split(text: &[u8], rows: usize) -> (Vec<String>, Option<Fault>) {
        let mut records = Records::of_text(text);
        let mut record = Record::default();
        let mut found = Vec::new();
        match records.next(&mut record) {
            Ok(true) => {}
            Ok(false) => return (found, None),
            Err(fault) => return (found, Some(fault)),
        }
        let width = record.width().unwrap();
        let mut lines = Lines::new(width);
        found.push(record.fields().map(String::from_utf8_lossy).collect::<Vec<_>>().join("|"));
        loop {
            lines.clear();
            let is_end = records.chunk(&mut lines, &mut record, rows);
            assert!(lines.rows() <= rows);
            let mut from = 0;
            let ends: Vec<_> = lines.ends().iter().map(|end| *end as usize).collect();
            for (row, ends) in ends.chunks(width).enumerate() {
                let fields: Vec<_> = ends
                    .iter()
                    .map(|end| {
                        String::from_utf8_lossy(&lines.bytes()[std::mem::replace(&mut from, end + 1)..*end])
                    })
                    .collect();
                found.push(if lines.bad().contains(&row) { "bad".to_owned() } else { fields.join("|") });
            }
            match is_end {
                Ok(true) => return (found, None),
                Ok(false) => {}
                Err(fault) => return (found, Some(fault)),
            }
        }
    }

    /// What a text reads as when every record is read by itself.
    fn one_by_one(text: &[u8]) -> (Vec<String>, Option<Fault>) {
        let mut records = Records::of_text(text);
        let mut record = Record::default();
        let mut found = Vec::new();
        let mut width = None;
        loop {
            match records.next(&mut record) {
                Ok(true) => {
                    let fields: Vec<_> = record.fields().map(String::from_utf8_lossy).collect();
                    let is_good = *width.get_or_insert(fields.len()) == fields.len();
                    found.push(if is_good { fields.join("|") } else { "bad".to_owned() });
                }
                Ok(false) => return (found, None),
                Err(fault) => return (found, Some(fault)),
            }
        }
    }

    #[test]
    fn lines_that_are_split_are_those_that_are_read_one_by_one() {
        let pieces: [&[u8]; 16] = [
            b"a",
            b",",
            b",",
            b"\n",
            b"\n",
            b"\r",
            b"\r\n",
            b"\"",
            b" ",
            b"\xC3",
            b"\xA9",
            "\u{a0}".as_bytes(),
            b"\0",
            "\u{feff}".as_bytes(),
            b"\"b,\"",
            b"2017-03-01,P1234567890,",
        ];
        let mut state = 1_u64;
        let mut next = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        let mut kinds = [0; 4];
        for _ in 0..40_000 {
            // without quotes, or with few or many
            let below = [15, 14, 16, 7][next(4)];
            let mut text = b"a,b".to_vec();
            text.truncate(next(4));
            for _ in 0..next(90) {
                text.extend_from_slice(pieces[next(below)]);
            }
            let rows = [1, 2, 3, 100][next(4)];
            let (found, fault) = split(&text, rows);
            let (expected, expected_fault) = one_by_one(&text);
            assert_eq!(found, expected, "{:?}", String::from_utf8_lossy(&text));
            assert_eq!(format!("{fault:?}"), format!("{expected_fault:?}"));
            kinds[usize::from(fault.is_some())] += 1;
            kinds[2] += usize::from(found.iter().any(|row| row == "bad"));
            kinds[3] += usize::from(found.len() > 3);
        }
        assert!(kinds.iter().all(|kind| *kind > 1_000), "{kinds:?}");
    }

    #[test]
    fn lines_longer_than_what_is_looked_at_are_lines() {
        for length in [WINDOW - 9, WINDOW - 8, WINDOW - 7, WINDOW, 3 * WINDOW] {
            let text = format!("a,b\n1,{}\n2,3\r\n\r\n4,\"5\"\n", "x".repeat(length)).repeat(3);
            let (found, fault) = split(text.as_bytes(), 100);
            assert!(fault.is_none());
            assert_eq!(found, good(&text), "{length}");
            assert_eq!(found.len(), 12);
        }
    }

    #[test]
    fn half_a_character_is_unreadable_also_beside_its_other_half() {
        let text = b"policy_id,title\n\xc3,\xa9\n1,\xc3\xa9\n\"\xc3\",\"\xa9\"\n";
        let mut builder = csc_measures::Dataset::builder();
        let rows = NonZeroUsize::new(10).unwrap();
        let records = Records::of_text(text);
        read_from(records, "policies", Table::Policies, rows, &mut builder, &mut |_, _| ()).unwrap();
        let dataset = builder.build();
        let issues: Vec<_> =
            dataset.issues().iter().map(|issue| (issue.row(), issue.column().unwrap())).collect();
        assert_eq!(issues, [(1, "policy_id"), (1, "title"), (3, "policy_id"), (3, "title")]);
    }
}
