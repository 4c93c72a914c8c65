//! The sizes that a Parquet file claims, looked at before the decoder believes them.
//!
//! The footer says how long its lists are, and a page how large it is and how many values its dictionary has.
//! The decoder makes room for that before it looks further: a damaged file of two kilobytes could ask for
//! sixteen gigabytes.

use std::io::{self, BufReader, Read, Seek, SeekFrom, Take};

/// The largest page that is read. Writers make pages of about a megabyte, some of up to a hundred.
const LARGEST_PAGE: i64 = 1 << 28;
/// The most values that a dictionary has; a value takes up to 32 bytes of memory by itself. Writers give a
/// dictionary up when it has a megabyte.
const LARGEST_DICTIONARY: i64 = 1 << 24;
/// The encodings of values as they are and as places in a dictionary, by their numbers.
const PLAIN: [i64; 3] = [0, 2, 8];
/// How deep structures and lists may lie in one another; those of the footer do ten deep.
const DEEPEST: u8 = 32;
/// The end of the file: the length of the footer, and the letters that say what it is.
const END: u64 = 8;

/// Where the pages of a column lie in the file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub(crate) start: u64,
    pub(crate) length: u64,
}

/// Looks at the lists of the footer. What has none is left to the decoder, which says so.
pub(crate) fn check_footer<R: Read + Seek>(input: &mut BufReader<R>) -> io::Result<()> {
    let length = input.seek(SeekFrom::End(0))?;
    let Some(end) = length.checked_sub(END) else { return Ok(()) };
    input.seek(SeekFrom::Start(end))?;
    let mut footer = [0; 4];
    input.read_exact(&mut footer)?;
    let footer = u64::from(u32::from_le_bytes(footer));
    let mut letters = [0; 4];
    input.read_exact(&mut letters)?;
    match end.checked_sub(footer) {
        Some(start) if &letters == b"PAR1" => {
            input.seek(SeekFrom::Start(start))?;
            Header { input: input.by_ref().take(footer) }.footer()
        }
        _ => Ok(()),
    }
}

/// The pages of a column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pages {
    /// The size of the largest.
    pub(crate) largest: i64,
    /// Whether all have their values as they are or as places in a dictionary.
    pub(crate) are_plain: bool,
}

/// Looks at the header of each page of a column.
pub(crate) fn check_pages<R: Read + Seek>(input: &mut BufReader<R>, span: Span) -> io::Result<Pages> {
    input.seek(SeekFrom::Start(span.start))?;
    let mut pages = Pages { largest: 0, are_plain: true };
    let mut remaining = span.length;
    while remaining > 0 {
        let mut header = Header { input: input.by_ref().take(remaining) };
        let page = header.page()?;
        remaining = header.input.limit();
        let is_possible = (0..=LARGEST_PAGE).contains(&page.uncompressed)
            && u64::try_from(page.compressed).is_ok_and(|compressed| compressed <= remaining)
            // A value takes a byte at least.
            && page.dictionary_values <= page.uncompressed.min(LARGEST_DICTIONARY);
        if !is_possible {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a page of an impossible size"));
        }
        input.seek_relative(page.compressed)?;
        remaining = remaining.saturating_sub(page.compressed.unsigned_abs());
        pages.largest = pages.largest.max(page.uncompressed);
        pages.are_plain &= PLAIN.contains(&page.encoding);
    }
    Ok(pages)
}

/// What matters here of a page's header.
#[derive(Debug, Default, PartialEq)]
struct Page {
    uncompressed: i64,
    compressed: i64,
    dictionary_values: i64,
    encoding: i64,
}

/// A header, of the file or of a page, in the compact form of Thrift.
struct Header<R> {
    input: Take<R>,
}

/// Kinds of value.
const INTEGER: u8 = 5;
const LIST: u8 = 9;
const SET: u8 = 10;
const STRUCT: u8 = 12;

impl<R: Read> Header<R> {
    fn page(&mut self) -> io::Result<Page> {
        let mut page = Page::default();
        let mut field = 0;
        while let Some(kind) = self.field(&mut field)? {
            match (field, kind) {
                (2, INTEGER) => page.uncompressed = self.integer()?,
                (3, INTEGER) => page.compressed = self.integer()?,
                (5, STRUCT) => page.encoding = self.integer_of(2)?,
                (7, STRUCT) => page.dictionary_values = self.integer_of(1)?,
                (8, STRUCT) => page.encoding = self.integer_of(4)?,
                _ => self.pass(kind, 0)?,
            }
        }
        Ok(page)
    }

    /// Goes through the footer, whose schema gives the length of each list of children by itself.
    fn footer(&mut self) -> io::Result<()> {
        let mut field = 0;
        while let Some(kind) = self.field(&mut field)? {
            match (field, kind) {
                (2, LIST) => self.schema()?,
                _ => self.pass(kind, 0)?,
            }
        }
        Ok(())
    }

    fn schema(&mut self) -> io::Result<()> {
        let (length, kind) = self.list()?;
        for _ in 0..length {
            if kind != STRUCT {
                return Err(malformed());
            }
            let mut field = 0;
            while let Some(kind) = self.field(&mut field)? {
                match (field, kind) {
                    (5, INTEGER) => {
                        let children = self.integer()?;
                        if !u64::try_from(children).is_ok_and(|children| children < length) {
                            return Err(malformed());
                        }
                    }
                    _ => self.pass(kind, 0)?,
                }
            }
        }
        Ok(())
    }

    /// One of the integers of a structure; zero if it does not have it.
    fn integer_of(&mut self, wanted: i64) -> io::Result<i64> {
        let (mut found, mut field) = (0, 0);
        while let Some(kind) = self.field(&mut field)? {
            if (field, kind) == (wanted, INTEGER) {
                found = self.integer()?;
            } else {
                self.pass(kind, 0)?;
            }
        }
        Ok(found)
    }

    /// The kind of the next field, whose number goes on from the last one's; `None` at the structure's end.
    fn field(&mut self, number: &mut i64) -> io::Result<Option<u8>> {
        let head = self.byte()?;
        *number = match head >> 4 {
            0 if head != 0 => self.integer()?,
            step => number.saturating_add(step.into()),
        };
        Ok(Some(head & 15).filter(|kind| *kind != 0))
    }

    /// Goes past a value.
    fn pass(&mut self, kind: u8, depth: u8) -> io::Result<()> {
        if depth > DEEPEST {
            return Err(malformed());
        }
        match kind {
            // The kind itself says yes or no.
            1 | 2 => Ok(()),
            3 => self.pass_bytes(1),
            4..=6 => self.varint().map(drop),
            7 => self.pass_bytes(8),
            8 => {
                let length = self.varint()?;
                self.pass_bytes(length)
            }
            LIST | SET => {
                let (length, kind) = self.list()?;
                for _ in 0..length {
                    self.pass_item(kind, depth)?;
                }
                Ok(())
            }
            11 => {
                let length = self.varint()?;
                let kinds = if length > 0 { self.byte()? } else { 0 };
                for _ in 0..length {
                    self.pass_item(kinds >> 4, depth)?;
                    self.pass_item(kinds & 15, depth)?;
                }
                Ok(())
            }
            STRUCT => {
                let mut field = 0;
                while let Some(kind) = self.field(&mut field)? {
                    self.pass(kind, depth + 1)?;
                }
                Ok(())
            }
            _ => Err(malformed()),
        }
    }

    /// The length of a list, and the kind of its items.
    fn list(&mut self) -> io::Result<(u64, u8)> {
        let head = self.byte()?;
        let length = if head >> 4 == 15 { self.varint()? } else { u64::from(head >> 4) };
        // An item takes a byte at least.
        if length > self.input.limit() { Err(malformed()) } else { Ok((length, head & 15)) }
    }

    /// Goes past a value of a list or map, in which yes and no take a byte.
    fn pass_item(&mut self, kind: u8, depth: u8) -> io::Result<()> {
        if kind == 1 || kind == 2 { self.pass_bytes(1) } else { self.pass(kind, depth + 1) }
    }

    fn pass_bytes(&mut self, length: u64) -> io::Result<()> {
        let passed = io::copy(&mut self.input.by_ref().take(length), &mut io::sink())?;
        if passed == length { Ok(()) } else { Err(malformed()) }
    }

    fn integer(&mut self) -> io::Result<i64> {
        let value = self.varint()?;
        Ok((value >> 1).cast_signed() ^ -(value & 1).cast_signed())
    }

    fn varint(&mut self) -> io::Result<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(malformed())
    }

    fn byte(&mut self) -> io::Result<u8> {
        let mut byte = [0];
        self.input.read_exact(&mut byte)?;
        let [byte] = byte;
        Ok(byte)
    }
}

fn malformed() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "a header that cannot be read")
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn page(bytes: &[u8]) -> io::Result<Page> {
        Header { input: bytes.take(bytes.len() as u64) }.page()
    }

    #[test]
    fn a_page_header_tells_its_sizes_and_the_rest_is_passed_over() {
        // kind, sizes of 30 and 20, a checksum, the header of a dictionary: 150 values
        let dictionary = [0x15, 4, 0x15, 60, 0x15, 40, 0x15, 1, 0x3c, 0x15, 0xac, 2, 0x15, 4, 0x11, 0, 0];
        assert_eq!(
            page(&dictionary).unwrap(),
            Page { uncompressed: 30, compressed: 20, dictionary_values: 150, encoding: 0 }
        );
        // a data page: 150 values, with a text and a list in its statistics, and a field numbered in full
        let data = [
            0x15, 0, 0x15, 60, 0x15, 40, 0x2c, 0x15, 0xac, 2, 0x15, 0, 0x2c, 0x18, 2, b'a', b'b', 0x19, 0x32,
            1, 2, 1, 0, 0, 0x05, 60, 2, 0x1b, 1, 0x51, 4, 1, 0,
        ];
        assert_eq!(
            page(&data).unwrap(),
            Page { uncompressed: 30, compressed: 20, dictionary_values: 0, encoding: 0 }
        );
        for length in 0..data.len() {
            assert!(page(&data[..length]).is_err(), "{length}");
        }
    }

    #[test]
    fn a_list_longer_than_its_header_and_a_well_without_bottom_are_refused() {
        assert!(page(&[0x19, 0xf5, 0xff, 0xff, 0xff, 0xff, 0x0f, 0]).is_err());
        assert!(page(&[0x1c; 10_000]).is_err());
        assert!(page(&[0x19; 10_000]).is_err());
        assert!(page(&[0x15, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0]).is_err());
    }

    #[test]
    fn pages_lie_within_their_column() {
        let bytes = [0x15, 0, 0x15, 4, 0x15, 4, 0, b'a', b'b', 0x15, 0, 0x15, 2, 0x15, 2, 0, b'c'];
        let check = |bytes: &[u8], length| {
            check_pages(&mut BufReader::new(Cursor::new(bytes)), Span { start: 0, length })
        };
        let length = bytes.len() as u64;
        assert!(check(&bytes, length).is_ok());
        assert!(check(&bytes, length - 1).is_err());
        let mut large = bytes;
        large[12] = 0x7e;
        assert!(check(&large, length).is_ok(), "a page may be smaller than it is unpacked");
        large[14] = 4;
        assert!(check(&large, length).is_err());
        large[14] = 1;
        assert!(check(&large, length).is_err(), "below zero");
    }
}
