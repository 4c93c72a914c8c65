//! Text in the layouts in which it comes.

use super::slice::{ColumnError, Validity};

/// A column of text. The text is UTF-8; a value that is not is an issue of its row.
#[derive(Clone, Debug)]
pub struct Text<'a> {
    pub(crate) layout: Layout<'a>,
    pub(crate) validity: Validity<'a>,
    rows: usize,
}

/// Where the values of a column of text lie.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Layout<'a> {
    /// Scalar `n` lies from offset `n` to offset `n + 1`.
    Offsets {
        /// One more than there are values.
        offsets: &'a [i32],
        /// The text of all values.
        bytes: &'a [u8],
    },
    /// The same with long offsets.
    LargeOffsets {
        /// One more than there are values.
        offsets: &'a [i64],
        /// The text of all values.
        bytes: &'a [u8],
    },
    /// Arrow's views: 16 bytes a value, which begin with its length. Up to twelve bytes of text lie in the view;
    /// longer text lies in one of the buffers, whose number and offset the last eight bytes have.
    Views {
        /// One view for each value.
        views: &'a [[u8; 16]],
        /// The buffers.
        buffers: Vec<&'a [u8]>,
    },
    /// One field of each record of a text whose records have equally many fields, such as a part of a CSV file.
    Fields {
        /// Where each field ends in `bytes`, record by record. One byte, such as a comma, lies between a field
        /// and the one before, also between the last of a record and the first of the next.
        ends: &'a [u32],
        /// The number of fields of a record.
        width: usize,
        /// The place of the field in its record, from 0.
        place: usize,
        /// The text of all fields, each without its quotes.
        bytes: &'a [u8],
    },
}

impl<'a> Text<'a> {
    /// Text with 32-bit offsets, one more than there are values.
    ///
    /// # Errors
    /// [`ColumnError::Offsets`] if there is no offset; [`ColumnError::Validity`] if the bitmap of nulls is too
    /// short. An offset outside the text is an issue of its row.
    pub fn new(offsets: &'a [i32], bytes: &'a [u8], validity: Validity<'a>) -> Result<Self, ColumnError> {
        Self::of(Layout::Offsets { offsets, bytes }, validity)
    }

    /// Text in any layout.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn of(layout: Layout<'a>, validity: Validity<'a>) -> Result<Self, ColumnError> {
        let rows = match &layout {
            Layout::Offsets { offsets, .. } => offsets.len().checked_sub(1),
            Layout::LargeOffsets { offsets, .. } => offsets.len().checked_sub(1),
            Layout::Views { views, .. } => Some(views.len()),
            Layout::Fields { ends, width, place, .. } => {
                (place < width && ends.len().is_multiple_of(*width)).then(|| ends.len() / width)
            }
        };
        let rows = rows.ok_or(ColumnError::Offsets)?;
        validity.covers(rows).then_some(Self { layout, validity, rows }).ok_or(ColumnError::Validity)
    }

    /// The number of values, nulls included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there are no values.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }
}

/// One layout of text, known when the loop over it is compiled.
pub(crate) trait Texts<'a>: Copy {
    /// The bytes of a value; `None` if they lie outside the text.
    fn bytes(&self, row: usize) -> Option<&'a [u8]>;
}

#[derive(Clone, Copy)]
pub(crate) struct Offsets<'a, O> {
    pub(crate) offsets: &'a [O],
    pub(crate) bytes: &'a [u8],
}

impl<'a> Texts<'a> for Offsets<'a, i32> {
    #[inline]
    fn bytes(&self, row: usize) -> Option<&'a [u8]> {
        let (from, to) = (*self.offsets.get(row)?, *self.offsets.get(row + 1)?);
        self.bytes.get(usize::try_from(from).ok()?..usize::try_from(to).ok()?)
    }
}

impl<'a> Texts<'a> for Offsets<'a, i64> {
    #[inline]
    fn bytes(&self, row: usize) -> Option<&'a [u8]> {
        let (from, to) = (*self.offsets.get(row)?, *self.offsets.get(row + 1)?);
        self.bytes.get(usize::try_from(from).ok()?..usize::try_from(to).ok()?)
    }
}

#[derive(Clone, Copy)]
pub(crate) struct Views<'b, 'a> {
    pub(crate) views: &'a [[u8; 16]],
    pub(crate) buffers: &'b [&'a [u8]],
}

/// The bytes of text that a view has room for.
const IN_VIEW: usize = 12;

impl<'a> Texts<'a> for Views<'_, 'a> {
    #[inline]
    fn bytes(&self, row: usize) -> Option<&'a [u8]> {
        let view = self.views.get(row)?;
        let (words, _) = view.as_chunks::<4>();
        let [length, _, buffer, offset] = words else { return None };
        let length = u32::from_le_bytes(*length) as usize;
        if length <= IN_VIEW {
            return view.get(4..4 + length);
        }
        let from = u32::from_le_bytes(*offset) as usize;
        self.buffers.get(u32::from_le_bytes(*buffer) as usize)?.get(from..from.checked_add(length)?)
    }
}

#[derive(Clone, Copy)]
pub(crate) struct Fields<'a> {
    pub(crate) ends: &'a [u32],
    pub(crate) width: usize,
    pub(crate) place: usize,
    pub(crate) bytes: &'a [u8],
}

impl<'a> Texts<'a> for Fields<'a> {
    #[inline]
    fn bytes(&self, row: usize) -> Option<&'a [u8]> {
        let place = row * self.width + self.place;
        let from = match place.checked_sub(1) {
            Some(before) => *self.ends.get(before)? as usize + 1,
            None => 0,
        };
        self.bytes.get(from..*self.ends.get(place)? as usize)
    }
}

/// Runs an expression with the layout of a text, once for each layout.
macro_rules! with_texts {
    ($text:expr, |$texts:ident| $body:expr) => {
        match &$text.layout {
            crate::column::text::Layout::Offsets { offsets, bytes } => {
                let $texts = crate::column::text::Offsets { offsets: *offsets, bytes: *bytes };
                $body
            }
            crate::column::text::Layout::LargeOffsets { offsets, bytes } => {
                let $texts = crate::column::text::Offsets { offsets: *offsets, bytes: *bytes };
                $body
            }
            crate::column::text::Layout::Views { views, buffers } => {
                let $texts = crate::column::text::Views { views: *views, buffers: buffers.as_slice() };
                $body
            }
            crate::column::text::Layout::Fields { ends, width, place, bytes } => {
                let $texts =
                    crate::column::text::Fields { ends: *ends, width: *width, place: *place, bytes: *bytes };
                $body
            }
        }
    };
}
pub(crate) use with_texts;
