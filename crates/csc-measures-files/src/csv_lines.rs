//! Lines of CSV without quotes, split where they lie: the bytes that end a field or a line are looked for in many
//! bytes at once.

use crate::csv_record::{Record, is_blank};

/// How many bytes are looked at at once: as many as a word has bits.
const STEP: usize = 64;

/// The lines of a text that were passed, however they end.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LineCount {
    passed: u64,
    /// Whether the last byte that was passed is a CR, to which an LF may belong.
    is_after_cr: bool,
}

impl LineCount {
    /// The line that comes next, or goes on; 1 = the first.
    pub(crate) fn line(&self) -> u64 {
        self.passed + 1
    }

    /// Passes some text.
    pub(crate) fn pass(&mut self, text: &[u8]) {
        for byte in text {
            self.passed += u64::from(*byte == b'\r' || (*byte == b'\n' && !self.is_after_cr));
            self.is_after_cr = *byte == b'\r';
        }
    }

    /// Passes the end of a line in a window of text, and what comes before it in the line.
    fn pass_end(&mut self, window: &[u8], at: usize) {
        let before = at.checked_sub(1).and_then(|before| window.get(before));
        let is_after_cr = before.map_or(self.is_after_cr, |byte| *byte == b'\r');
        let byte = window.get(at);
        self.passed += u64::from(byte == Some(&b'\r') || !is_after_cr);
        self.is_after_cr = byte == Some(&b'\r');
    }
}

/// The rows of a chunk.
#[derive(Debug)]
pub(crate) struct Lines {
    width: usize,
    separator: u8,
    rows: usize,
    /// The fields of every row, a byte after each.
    text: Vec<u8>,
    /// Where each field ends in `text`, row by row.
    ends: Vec<u32>,
    /// The rows with more or fewer fields than the header.
    bad: Vec<usize>,
}

impl Lines {
    /// No rows yet, of so many fields.
    pub(crate) fn new(width: usize, separator: u8) -> Self {
        Self { width, separator, rows: 0, text: Vec::new(), ends: Vec::new(), bad: Vec::new() }
    }

    pub(crate) fn clear(&mut self) {
        self.rows = 0;
        self.text.clear();
        self.ends.clear();
        self.bad.clear();
    }

    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.text
    }

    pub(crate) fn ends(&self) -> &[u32] {
        &self.ends
    }

    pub(crate) fn bad(&self) -> &[usize] {
        &self.bad
    }

    /// Takes a record.
    pub(crate) fn push(&mut self, record: &Record) {
        if record.width() == Some(self.width) {
            for field in record.fields() {
                self.text.extend_from_slice(field);
                self.end_field();
            }
            self.rows += 1;
        } else {
            self.push_bad();
        }
    }

    /// A row whose fields are not those of the header.
    fn push_bad(&mut self) {
        (0..self.width).for_each(|_| self.end_field());
        self.bad.push(self.rows);
        self.rows += 1;
    }

    fn end_field(&mut self) {
        self.ends.push(place(self.text.len()));
        self.text.push(b',');
    }

    /// Takes whole lines up to one with a quote, until there are so many rows or about so much text. Returns how
    /// many bytes they have.
    pub(crate) fn split(
        &mut self,
        window: &[u8],
        most_rows: usize,
        most_text: usize,
        lines: &mut LineCount,
    ) -> usize {
        let separator = self.separator;
        // Where the line begins, and its fields so far.
        let mut start = 0;
        let mut first = self.ends.len();
        // Good lines are copied many at a time: where those begin that are still to be copied.
        let mut run = 0;
        let mut base = self.text.len();
        let mut from = 0;
        'window: while let Some(bytes) = window.get(from..) {
            let mut marks = match bytes.first_chunk::<STEP>() {
                Some(bytes) => marks_of(bytes, separator),
                None if bytes.is_empty() => break,
                None => {
                    let mut last = [0; STEP];
                    last.iter_mut().zip(bytes).for_each(|(to, byte)| *to = *byte);
                    marks_of(&last, separator)
                }
            };
            while marks != 0 {
                let at = from + marks.trailing_zeros() as usize;
                marks &= marks - 1;
                match window.get(at) {
                    Some(byte) if *byte == separator => self.ends.push(place(base + (at - run))),
                    Some(b'"') => break 'window,
                    _ => {
                        lines.pass_end(window, at);
                        // White space between separators is fields, if one of them is a tab.
                        let is_one_field = self.ends.len() == first;
                        if self.ends.len() - first + 1 == self.width
                            && (self.width > 1 || !is_blank(window.get(start..at).unwrap_or_default()))
                        {
                            self.ends.push(place(base + (at - run)));
                            self.rows += 1;
                        } else {
                            self.ends.truncate(first);
                            self.copy(window.get(run..start));
                            if !is_one_field || !is_blank(window.get(start..at).unwrap_or_default()) {
                                self.push_bad();
                            }
                            run = at + 1;
                            base = self.text.len();
                        }
                        start = at + 1;
                        first = self.ends.len();
                        if self.rows == most_rows || base + (start - run) >= most_text {
                            break 'window;
                        }
                    }
                }
            }
            from += STEP;
        }
        self.ends.truncate(first);
        self.copy(window.get(run..start));
        start
    }

    fn copy(&mut self, lines: Option<&[u8]>) {
        self.text.extend_from_slice(lines.unwrap_or_default());
    }
}

/// A place in the text of a chunk, which is far shorter than the largest.
#[inline]
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Which bytes may end a field, a bit each.
#[inline]
fn marks_of(bytes: &[u8; STEP], separator: u8) -> u64 {
    let mut found = [0_u8; STEP];
    for (found, byte) in found.iter_mut().zip(bytes) {
        *found = u8::from(*byte == separator)
            | u8::from(*byte == b'\n')
            | u8::from(*byte == b'\r')
            | u8::from(*byte == b'"');
    }
    let (words, _) = found.as_chunks::<8>();
    // The product has the eight bytes, each 0 or 1, side by side as its highest bits.
    let bits = |word: &[u8; 8]| u64::from_le_bytes(*word).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    (0..).step_by(8).zip(words).fold(0, |marks, (at, word)| marks | bits(word) << at)
}
