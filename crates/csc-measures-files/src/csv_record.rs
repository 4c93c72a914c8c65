//! A record of CSV: the fields of a row.

/// The longest field that is taken for one; beyond it a quote is more likely than a text.
pub(crate) const LONGEST_FIELD: usize = 1 << 20;
/// The longest record.
const LONGEST_RECORD: usize = 1 << 24;
/// The most fields of a header. Of a row with more of them only their number is kept: it is out anyway.
pub(crate) const MOST_FIELDS: usize = 1 << 16;

/// One record: its fields end to end, and where each ends. The room for them is used again for the next record.
#[derive(Debug, Default)]
pub(crate) struct Record {
    text: Vec<u8>,
    ends: Vec<usize>,
    /// The fields beyond the most that a header can have, whose ends are not kept.
    further: usize,
    /// Where the field begins that is being read.
    start: usize,
    /// Whether text follows a quote that was closed.
    is_stray: bool,
}

/// A field that is too long, by its place in the row.
#[derive(Debug)]
pub(crate) struct TooLong {
    pub(crate) column: usize,
}

impl Record {
    /// Begins another record.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        (self.further, self.start, self.is_stray) = (0, 0, false);
    }

    /// Adds to the field that is being read.
    pub(crate) fn push(&mut self, text: &[u8]) -> Result<(), TooLong> {
        let length = self.text.len() + text.len();
        if length - self.start > LONGEST_FIELD || length > LONGEST_RECORD {
            return Err(TooLong { column: self.further + self.ends.len() });
        }
        self.text.extend_from_slice(text);
        Ok(())
    }

    /// Ends the field that is being read.
    pub(crate) fn end_field(&mut self) {
        if self.ends.len() == MOST_FIELDS {
            self.further += self.ends.len();
            self.ends.clear();
        }
        self.start = self.text.len();
        self.ends.push(self.start);
    }

    /// Notes that text follows a quote that was closed.
    pub(crate) fn stray(&mut self) {
        self.is_stray = true;
    }

    /// Whether text follows a quote that was closed, so that nobody knows where its fields end.
    pub(crate) fn is_stray(&self) -> bool {
        self.is_stray
    }

    fn field(&self, place: usize) -> &[u8] {
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(place).and_then(|end| self.text.get(start..*end)).unwrap_or_default()
    }

    pub(crate) fn fields(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.ends.len()).map(|place| self.field(place))
    }

    /// The number of fields, however many there are.
    #[cfg(test)]
    pub(crate) fn all_fields(&self) -> usize {
        self.further + self.ends.len()
    }

    /// The number of fields; `None` if there are more than a header can have, or if it is not known.
    pub(crate) fn width(&self) -> Option<usize> {
        (!self.is_too_wide() && !self.is_stray).then_some(self.ends.len())
    }

    /// Whether it is a line of nothing but white space. An empty line makes no record, so a single field
    /// with nothing in it was written as a pair of quotes, and is a row.
    pub(crate) fn is_blank(&self) -> bool {
        self.width() == Some(1) && !self.text.is_empty() && is_blank(self.field(0))
    }

    /// Whether it has more fields than any header.
    pub(crate) fn is_too_wide(&self) -> bool {
        self.further > 0
    }
}

/// Whether a text is nothing but white space.
pub(crate) fn is_blank(text: &[u8]) -> bool {
    std::str::from_utf8(text).is_ok_and(|text| text.trim().is_empty())
}
