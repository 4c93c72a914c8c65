//! The records of a CSV text: which character separates its fields, and where quotes open and close.

use std::io::{self, Read};

use crate::ReadError;
use crate::csv_lines::{LineCount, Lines};
use crate::csv_record::{Record, TooLong, is_blank};

/// A chunk of long texts is handed over before it has all its rows.
const LONGEST_CHUNK: usize = 1 << 23;
/// How much of a text is looked at at a time. A line that lies within has no more fields than a header may have.
pub(crate) const WINDOW: usize = 1 << 16;
/// The most lines of a field in quotes; beyond them a quote is more likely to be one too many.
const MOST_LINES: u64 = 1000;

/// What is wrong with the text as such.
#[derive(Debug)]
pub(crate) enum Fault {
    Io(io::Error),
    Utf16,
    TooLong { column: usize },
    OpenQuote { line: u64 },
    LongQuote { line: u64 },
}

impl From<TooLong> for Fault {
    fn from(TooLong { column }: TooLong) -> Self {
        Self::TooLong { column }
    }
}

impl Fault {
    /// The error, which names what is read and the row.
    pub(crate) fn at(self, name: &str, row: u64, header: &[String]) -> ReadError {
        let file = name.to_owned();
        match self {
            Self::Io(error) => ReadError::File { file, error },
            Self::Utf16 => ReadError::Utf16 { file },
            Self::TooLong { column } => ReadError::TooLong { file, row, column: header.get(column).cloned() },
            Self::OpenQuote { line } => ReadError::OpenQuote { file, line },
            Self::LongQuote { line } => ReadError::LongQuote { file, line },
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

/// Where in a record the text is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before it.
    Before,
    /// At the start of a field.
    Start,
    /// In a field without quotes.
    Plain,
    /// In a field within quotes.
    Quoted,
    /// After a quote that closes a field, or is the first of two.
    Closed,
    /// After white space that follows such a quote.
    Blank,
    /// In text that follows such a quote: where the fields end cannot be known.
    Stray,
}

/// The records of a CSV text, blank lines left out.
pub(crate) struct Records<'t> {
    input: Input<'t>,
    /// How many bytes were read.
    bytes: u64,
    /// The part of the window that is still to be read.
    start: usize,
    end: usize,
    separator: u8,
    lines: LineCount,
    is_end: bool,
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
        let lines = LineCount::default();
        Self { input, bytes: 0, start: 0, end: 0, separator: b',', lines, is_end: false }
    }

    /// How many bytes were read.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// What separates its fields, known once the first record was read.
    pub(crate) fn separator(&self) -> u8 {
        self.separator
    }

    /// Reads records until there are so many rows; `true` at the end of the text.
    pub(crate) fn chunk(
        &mut self,
        chunk: &mut Lines,
        record: &mut Record,
        rows: usize,
    ) -> Result<bool, Fault> {
        while chunk.rows() < rows && chunk.bytes().len() < LONGEST_CHUNK {
            if self.start == self.end && !self.is_end {
                self.fill()?;
            }
            let window = self.input.window().get(self.start..self.end).unwrap_or_default();
            self.start += chunk.split(window, rows, LONGEST_CHUNK, &mut self.lines);
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
            if !self.read(record)? {
                return Ok(false);
            }
            if !record.is_blank() {
                return Ok(true);
            }
        }
    }

    fn read(&mut self, record: &mut Record) -> Result<bool, Fault> {
        record.clear();
        let mut state = State::Before;
        // The line of the quote that was opened last.
        let mut quote = 0;
        loop {
            if self.start == self.end {
                if !self.is_end {
                    self.fill()?;
                }
                if self.is_end {
                    return match state {
                        State::Before => Ok(false),
                        State::Quoted => Err(Fault::OpenQuote { line: quote }),
                        // The last line of a file need not have an end.
                        _ => {
                            record.end_field();
                            Ok(true)
                        }
                    };
                }
            }
            let window = self.input.window().get(self.start..self.end).unwrap_or_default();
            let Some(first) = window.first().copied() else { continue };
            let is_break = matches!(first, b'\n' | b'\r');
            let mut taken = 1;
            match state {
                State::Before if is_break => {}
                State::Before => (state, taken) = (State::Start, 0),
                State::Start if first == b'"' => (state, quote) = (State::Quoted, self.lines.line()),
                State::Start | State::Plain if first != self.separator && !is_break => {
                    let ends = |byte: &u8| *byte == self.separator || matches!(*byte, b'\n' | b'\r');
                    taken = window.iter().position(ends).unwrap_or(window.len());
                    record.push(window.get(..taken).unwrap_or_default())?;
                    state = State::Plain;
                }
                State::Quoted if first == b'"' => state = State::Closed,
                State::Quoted => {
                    taken = window.iter().position(|byte| *byte == b'"').unwrap_or(window.len());
                    record.push(window.get(..taken).unwrap_or_default())?;
                }
                State::Closed if first == b'"' => {
                    record.push(b"\"")?;
                    state = State::Quoted;
                }
                State::Stray if !is_break => {
                    let ends = |byte: &u8| matches!(*byte, b'\n' | b'\r');
                    taken = window.iter().position(ends).unwrap_or(window.len());
                }
                _ if is_break => {
                    record.end_field();
                    self.lines.pass(window.get(..1).unwrap_or_default());
                    self.start += 1;
                    return Ok(true);
                }
                State::Start | State::Plain | State::Closed | State::Blank if first == self.separator => {
                    record.end_field();
                    state = State::Start;
                }
                State::Closed | State::Blank if matches!(first, b' ' | b'\t') => state = State::Blank,
                _ => {
                    record.stray();
                    state = State::Stray;
                }
            }
            self.lines.pass(window.get(..taken).unwrap_or_default());
            self.start += taken;
            if state == State::Quoted && self.lines.line() - quote >= MOST_LINES {
                return Err(Fault::LongQuote { line: quote });
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
        if !is_first {
            return Ok(());
        }
        match window {
            // With its mark, or by the empty half of the first character.
            [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] | [0, ..] | [_, 0, ..] => return Err(Fault::Utf16),
            [0xEF, 0xBB, 0xBF, ..] => self.start = 3,
            _ => {}
        }
        let text = window.get(self.start..).unwrap_or_default();
        let separated = separated(text);
        self.separator = separated.by;
        self.lines.pass(text.get(..separated.skipped).unwrap_or_default());
        self.start += separated.skipped;
        Ok(())
    }
}

/// How the fields of a text are separated.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Separated {
    pub(crate) by: u8,
    /// The bytes of a first line that says no more than that, as spreadsheets write it.
    skipped: usize,
}

/// What separates the fields of a text, by its beginning: what a first line `sep=;` says, or else the one of comma,
/// semicolon and tab that the header has most of outside quotes.
pub(crate) fn separated(text: &[u8]) -> Separated {
    // Lines of white space come before the header in some files, and are passed over.
    let mut start = 0;
    let rest = loop {
        let rest = text.get(start..).unwrap_or_default();
        let Some(length) = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')) else { break rest };
        let line = rest.get(..length).unwrap_or_default();
        if let Some(by) = named_separator(line) {
            return Separated { by, skipped: start + length };
        }
        if !is_blank(line) {
            break rest;
        }
        start += length + 1;
    };
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    let mut is_quoted = false;
    for byte in rest {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' | b'\r' if !is_quoted => break,
            byte if !is_quoted => {
                counts.iter_mut().filter(|(by, _)| by == byte).for_each(|(_, count)| *count += 1);
            }
            _ => {}
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let by = counts.iter().find(|(_, count)| *count == most).map_or(b',', |(by, _)| *by);
    Separated { by, skipped: 0 }
}

/// The separator that a line `sep=;` names, with or without quotes around it.
fn named_separator(line: &[u8]) -> Option<u8> {
    let line = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\"")).unwrap_or(line);
    let (name, by) = line.split_at_checked(4)?;
    match by {
        [by] if name.eq_ignore_ascii_case(b"sep=") && by.is_ascii() && !by.is_ascii_alphanumeric() => {
            (!matches!(by, b'"')).then_some(*by)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::csv_record::{LONGEST_FIELD, MOST_FIELDS};

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
            assert!(matches!(fault, Some(Fault::OpenQuote { line: 2 })), "{text:?}");
        }
        for text in ["\n\r\na,b\r\n1,2\r\n\r\n3,\"4\r\n\r\n", "a,b\r1,\"2\r\"\r\r3,4\r5,\"\r"] {
            let (_, fault) = records(text.as_bytes());
            assert!(matches!(fault, Some(Fault::OpenQuote { line: 6 })), "{text:?}: {fault:?}");
        }
    }

    #[test]
    fn a_quote_may_be_open_for_a_thousand_lines_and_no_longer() {
        for end in ["\n", "\r\n", "\r"] {
            let text =
                |lines: usize| format!("a,b{end}1,2{end}3,\"{}\"{end}4,5{end}", vec!["x"; lines].join(end));
            assert_eq!(good(&text(1000)).len(), 4);
            for text in [text(1001), text(100_000)] {
                let (found, fault) = records(text.as_bytes());
                assert_eq!(found, ["a|b", "1|2"]);
                assert!(matches!(fault, Some(Fault::LongQuote { line: 3 })), "{fault:?}");
            }
        }
    }

    #[test]
    fn text_after_a_closing_quote_makes_its_record_a_bad_row_to_the_end_of_the_line() {
        for (text, rows) in [
            ("a,b\n1,\"2\"x\n3,4\n", ["1,\"2\"x", "3,4"].as_slice()),
            ("a,b\n\"1\"x,\"2\n3,4\n", &["\"1\"x,\"2", "3,4"]),
            ("a,b\n1,\"2\n3,\"4\n5,6\n", &["1,\"2 and 3,\"4", "5,6"]),
            ("a,b\r\n1,\"2\" \"x\r\n3,4\r\n", &["1,\"2\" \"x", "3,4"]),
            ("a,b\n1,\"2\"x", &["1,\"2\"x"]),
        ] {
            let mut records = Records::of_text(text.as_bytes());
            let mut record = Record::default();
            assert!(records.next(&mut record).unwrap());
            let widths: Vec<Option<usize>> = rows
                .iter()
                .map(|_| {
                    assert!(records.next(&mut record).unwrap(), "{text:?}");
                    record.width()
                })
                .collect();
            let expected: Vec<Option<usize>> = [None, Some(2)].into_iter().take(rows.len()).collect();
            assert_eq!(widths, expected, "{text:?}");
            assert!(!records.next(&mut record).unwrap());
        }
        // white space is not text
        assert_eq!(good("a,b\n\"1\" ,\"2\"\t\n"), ["a|b", "1|2"]);
    }

    #[test]
    fn the_separator_is_that_of_the_header() {
        assert_eq!(good("a;b;c,d\n1;2;3,4\n"), ["a|b|c,d", "1|2|3,4"]);
        assert_eq!(good("a\tb\n1\t\n\t\n"), ["a|b", "1|", "|"]);
        assert_eq!(good("\u{feff}sep=;\r\na,b;c\r\n1;2\r\n"), ["a,b|c", "1|2"]);
        let (_, fault) = records(b"sep=;\na;b\n1;\"2\n");
        assert!(matches!(fault, Some(Fault::OpenQuote { line: 3 })));
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
                assert_eq!(record.all_fields(), width);
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
        let Some(width) = record.width() else { return (found, None) };
        let mut lines = Lines::new(width, records.separator());
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
                    if width.is_none() && record.is_stray() {
                        return (found, None);
                    }
                    let is_good = *width.get_or_insert(fields.len()) == fields.len() && !record.is_stray();
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
            let separator = [b',', b';', b'\t'][next(3)];
            text.iter_mut().filter(|byte| **byte == b',').for_each(|byte| *byte = separator);
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

    fn by(text: &str) -> char {
        char::from(separated(text.as_bytes()).by)
    }

    #[test]
    fn the_header_says_what_separates_the_fields() {
        assert_eq!(by("a,b;c\n1;2;3;4;5"), ',');
        assert_eq!(by("a;b;c,d\n"), ';');
        assert_eq!(by("a\tb\tc\r\n"), '\t');
        assert_eq!(by("\"a,b,c\";d"), ';');
        assert_eq!(by("\"a,\n,,\";d;e\n,,,,"), ';');
        assert_eq!(by(" \n\r\n\t\na;b"), ';');
        assert_eq!(by("a"), ',');
        assert_eq!(by(""), ',');
        // as many of one as of the other
        assert_eq!(by("a,b;c"), ',');
    }

    #[test]
    fn a_first_line_may_name_what_separates_the_fields() {
        for (line, expected) in [("sep=;", ';'), ("SEP=,", ','), ("\"sep=|\"", '|'), ("sep=\t", '\t')] {
            let text = format!("\n{line}\r\na,b;c\n");
            assert_eq!(separated(text.as_bytes()), Separated { by: expected as u8, skipped: 1 + line.len() });
        }
        for line in ["sep=", "sep=;;", "sep=a", "sep=\"", "step=;"] {
            let text = format!("{line}\na,b\n");
            assert_eq!(separated(text.as_bytes()).skipped, 0, "{line}");
        }
        // a text of nothing else has no header
        assert_eq!(separated(b"sep=;").skipped, 0);
    }
}
