//! A record of CSV: the fields of a row.

/// The longest field that is taken for one; beyond it a quote is more likely than a text.
pub(crate) const LONGEST_FIELD: usize = 1 << 20;

/// One record: its fields end to end, and where each ends.
#[derive(Debug, Default)]
pub(crate) struct Record {
    /// The text of the fields, and room for more of it that is used again for the next record.
    pub(crate) text: Vec<u8>,
    pub(crate) length: usize,
    pub(crate) ends: Vec<usize>,
    pub(crate) count: usize,
    /// The fields beyond the most that a header can have, whose ends are not kept.
    pub(crate) further: usize,
}

impl Record {
    fn field(&self, place: usize) -> &[u8] {
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(place).and_then(|end| self.text.get(start..*end)).unwrap_or_default()
    }

    pub(crate) fn fields(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.count).map(|place| self.field(place))
    }

    /// The number of fields; `None` if there are more than a header can have.
    pub(crate) fn width(&self) -> Option<usize> {
        (!self.is_too_wide()).then_some(self.count)
    }

    /// Whether it is a line of nothing but white space. An empty line makes no record, so a single field
    /// with nothing in it was written as a pair of quotes, and is a row.
    pub(crate) fn is_blank(&self) -> bool {
        self.width() == Some(1) && self.length > 0 && is_blank(self.field(0))
    }

    /// Whether it has more fields than any header.
    pub(crate) fn is_too_wide(&self) -> bool {
        self.further > 0
    }

    /// The first field that is too long.
    pub(crate) fn long_field(&self) -> Option<usize> {
        if self.length <= LONGEST_FIELD || self.is_too_wide() {
            return None;
        }
        self.fields().position(|field| field.len() > LONGEST_FIELD)
    }
}

/// Whether a text is nothing but white space.
pub(crate) fn is_blank(text: &[u8]) -> bool {
    std::str::from_utf8(text).is_ok_and(|text| text.trim().is_empty())
}
