//! Files of text as they are opened: unpacked if they are packed, and of the length that they had when they were
//! found.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::rc::Rc;

use flate2::read::MultiGzDecoder;

/// A packed file may unpack to so many times its size: tables with long runs of one value come to a tenth of it.
const MOST_TIMES: u64 = 256;
/// What any packed file may unpack to.
const UNPACKED_AT_LEAST: u64 = 64 << 20;

/// Whether a file is packed, by its name.
pub(crate) fn is_packed(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gz"))
}

/// How many bytes of a file were read, packed as they are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Passed(Rc<Cell<u64>>);

impl Passed {
    pub(crate) fn bytes(&self) -> u64 {
        self.0.get()
    }
}

/// Opens a file of text that had so many bytes when it was found.
pub(crate) fn open(path: &Path, bytes: u64) -> io::Result<(Box<dyn Read>, Passed)> {
    open_at_most(path, bytes, u64::MAX)
}

/// The same of a file that must not unpack to more than so many bytes.
pub(crate) fn open_at_most(path: &Path, bytes: u64, most: u64) -> io::Result<(Box<dyn Read>, Passed)> {
    let passed = Passed::default();
    let file = Listed { input: File::open(path)?, bytes, passed: passed.clone() };
    Ok(if is_packed(path) {
        let left = bytes.saturating_mul(MOST_TIMES).max(UNPACKED_AT_LEAST).min(most);
        (Box::new(Unpacked { input: MultiGzDecoder::new(file), left }), passed)
    } else {
        (Box::new(file), passed)
    })
}

/// The error of a file that does not have the length that it had.
pub(crate) fn changed(before: u64) -> io::Error {
    io::Error::other(format!(
        "it had {before} bytes when it was found and does not have them any more: read it again"
    ))
}

/// A file that must have the length that it had.
struct Listed<R> {
    input: R,
    bytes: u64,
    passed: Passed,
}

impl<R: Read> Read for Listed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.input.read(into)?;
        let passed = self.passed.bytes() + length as u64;
        self.passed.0.set(passed);
        let is_end = length == 0 && !into.is_empty();
        if passed > self.bytes || (is_end && passed < self.bytes) {
            return Err(changed(self.bytes));
        }
        Ok(length)
    }
}

/// A packed file that must not unpack to more than files do.
struct Unpacked<R> {
    input: R,
    left: u64,
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.input.read(into)?;
        match self.left.checked_sub(length as u64) {
            Some(left) => self.left = left,
            None => {
                return Err(io::Error::other("it unpacks to far more than files of its size do"));
            }
        }
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8], bytes: u64) -> io::Result<usize> {
        let mut found = Vec::new();
        Listed { input: text, bytes, passed: Passed::default() }.read_to_end(&mut found)
    }

    #[test]
    fn a_file_that_grew_or_shrank_is_an_error() {
        assert_eq!(read(b"text", 4).unwrap(), 4);
        assert_eq!(read(b"", 0).unwrap(), 0);
        for bytes in [0, 3, 5] {
            let message = read(b"text", bytes).unwrap_err().to_string();
            assert!(message.starts_with(&format!("it had {bytes} bytes when it was found")), "{message}");
        }
    }
}
