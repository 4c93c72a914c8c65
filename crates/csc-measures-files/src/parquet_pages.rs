//! The pages of a column, looked at before the decoder makes room for the texts that they say they have.
//!
//! Lengths of texts are packed as differences, of which a few bytes say how many there are: the decoder makes room
//! for all of them at once, whatever the page says of itself.

use parquet::basic::{Encoding, Type};
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::column::reader::{ColumnReader, get_column_reader};
use parquet::errors::{ParquetError, Result};
use parquet::schema::types::ColumnDescPtr;

/// The most texts that a page of packed lengths has. Writers make pages of some ten thousand.
const MOST_TEXTS: usize = 1 << 24;

/// The reader of a column, whose pages are looked at first.
pub(crate) fn column_reader(column: ColumnDescPtr, pages: Box<dyn PageReader>) -> ColumnReader {
    match column.physical_type() {
        Type::BYTE_ARRAY | Type::FIXED_LEN_BYTE_ARRAY => {
            let has_levels = column.max_def_level() > 0;
            get_column_reader(column, Box::new(Checked { pages, has_levels }))
        }
        _ => get_column_reader(column, pages),
    }
}

/// The error of a page that cannot be what its header says.
pub(crate) fn impossible() -> ParquetError {
    ParquetError::General("a page with an impossible number of texts".to_owned())
}

struct Checked {
    pages: Box<dyn PageReader>,
    /// Whether the values of a page come after the levels that say which are null.
    has_levels: bool,
}

impl PageReader for Checked {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        let page = self.pages.get_next_page()?;
        match page.as_ref().is_none_or(|page| self.is_possible(page).unwrap_or(false)) {
            true => Ok(page),
            false => Err(impossible()),
        }
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.pages.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.pages.skip_next_page()
    }

    fn at_record_boundary(&mut self) -> Result<bool> {
        self.pages.at_record_boundary()
    }
}

impl Iterator for Checked {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

impl Checked {
    /// Whether the texts of a page are not more than it says; `None` if it ends too early to say.
    fn is_possible(&self, page: &Page) -> Option<bool> {
        let encoding = page.encoding();
        if !matches!(encoding, Encoding::DELTA_LENGTH_BYTE_ARRAY | Encoding::DELTA_BYTE_ARRAY) {
            return Some(true);
        }
        let most = usize::try_from(page.num_values()).ok().filter(|values| *values <= MOST_TEXTS)?;
        let values = page.buffer().get(values_start(page, self.has_levels)?..)?;
        let rest = after_deltas(values, most)?;
        // How much of a text is that of the one before comes first, then the lengths of the rest.
        Some(encoding == Encoding::DELTA_LENGTH_BYTE_ARRAY || after_deltas(rest, most).is_some())
    }
}

/// Where the values of a page begin, after the levels that say which are null; `None` if it ends before.
pub(crate) fn values_start(page: &Page, has_levels: bool) -> Option<usize> {
    let bytes: &[u8] = page.buffer();
    let start = match page {
        Page::DataPage { def_level_encoding, num_values, .. } if has_levels => {
            if *def_level_encoding == Encoding::RLE {
                let length = u32::from_le_bytes(*bytes.first_chunk()?);
                usize::try_from(length).ok()?.checked_add(4)?
            } else {
                usize::try_from(*num_values).ok()?.div_ceil(8)
            }
        }
        Page::DataPageV2 { def_levels_byte_len, rep_levels_byte_len, .. } => {
            usize::try_from(def_levels_byte_len.checked_add(*rep_levels_byte_len)?).ok()?
        }
        Page::DataPage { .. } | Page::DictionaryPage { .. } => 0,
    };
    (start <= bytes.len()).then_some(start)
}

/// What comes after a list of packed differences; `None` if it has more than so many, or does not end.
fn after_deltas(mut bytes: &[u8], most: usize) -> Option<&[u8]> {
    let block = varint(&mut bytes)?;
    let parts = usize::try_from(varint(&mut bytes)?).ok()?;
    let count = usize::try_from(varint(&mut bytes)?).ok()?;
    let _first = varint(&mut bytes)?;
    let of_part = usize::try_from(block).ok()?.checked_div(parts)?;
    if count > most || of_part == 0 {
        return None;
    }
    let mut left = count.saturating_sub(1);
    while left > 0 {
        let _least = varint(&mut bytes)?;
        let (widths, mut rest) = bytes.split_at_checked(parts)?;
        for width in widths {
            // The parts after the last difference are left out.
            if left > 0 {
                rest = rest.get(usize::from(*width).checked_mul(of_part)? / 8..)?;
                left = left.saturating_sub(of_part);
            }
        }
        bytes = rest;
    }
    Some(bytes)
}

fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if *byte < 0x80 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_differences_end_where_their_last_part_does() {
        // blocks of 128 in 4 parts, and numbers from 0: none, one, and 34 in two parts of 3 and 1 bits
        assert_eq!(after_deltas(&[0x80, 1, 4, 0, 0, 9], 0), Some(&[9][..]));
        assert_eq!(after_deltas(&[0x80, 1, 4, 1, 0, 9], 1), Some(&[9][..]));
        let mut many = vec![0x80, 1, 4, 34, 0, 2, 3, 1, 7, 7];
        many.extend([0; 12 + 4]);
        many.push(9);
        assert_eq!(after_deltas(&many, 34), Some(&[9][..]));
        assert_eq!(after_deltas(&many, 33), None);
        for length in 0..many.len() - 1 {
            assert_eq!(after_deltas(&many[..length], 34), None, "{length}");
        }
    }

    #[test]
    fn lists_without_end_are_refused() {
        assert_eq!(after_deltas(&[0, 4, 10, 0, 0, 0, 0, 0, 0, 0, 0], 100), None);
        assert_eq!(after_deltas(&[0x80, 1, 0, 10, 0, 0, 0, 0, 0], 100), None);
        assert_eq!(after_deltas(&[0xff; 30], usize::MAX), None);
    }
}
