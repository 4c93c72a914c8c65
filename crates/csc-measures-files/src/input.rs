//! Files as they are read: their names, and how far it is.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use csc_measures::visible;

use crate::{ReadError, opened};

/// The most bytes that a file of a return may have. All of a return is held while it is made into tables, and the
/// longest that councils send are a twentieth of it.
const MOST_BYTES: u64 = 1 << 30;

/// The name of a file of a return, and the file.
pub(crate) fn open(path: &Path) -> Result<(String, File), ReadError> {
    open_by(path, |_| File::open(path))
}

/// The name of a file of text of a return, and the file unpacked.
pub(crate) fn open_text(path: &Path) -> Result<(String, Box<dyn Read>), ReadError> {
    open_by(path, |bytes| Ok(opened::open_at_most(path, bytes, MOST_BYTES)?.0))
}

fn open_by<F>(path: &Path, open: impl FnOnce(u64) -> io::Result<F>) -> Result<(String, F), ReadError> {
    let name = name(path);
    let open = || {
        let bytes = fs::metadata(path)?.len();
        if bytes > MOST_BYTES {
            return Err(io::Error::other("it is larger than 1 GiB, which no return is"));
        }
        open(bytes)
    };
    match open() {
        Ok(file) => Ok((name, file)),
        Err(error) => Err(ReadError::File { file: name, error }),
    }
}

/// The name of a file without its folder.
pub(crate) fn name(path: &Path) -> String {
    visible(&path.file_name().unwrap_or_default().to_string_lossy()).into_owned()
}

/// Tells, now and then, how many bytes were read.
pub(crate) struct Watched<'w, R> {
    input: R,
    read: u64,
    told: u64,
    tell: &'w mut dyn FnMut(u64),
}

impl<'w, R> Watched<'w, R> {
    /// How many bytes lie between two calls.
    const STEP: u64 = 1 << 20;

    pub(crate) fn new(input: R, tell: &'w mut dyn FnMut(u64)) -> Self {
        Self { input, read: 0, told: 0, tell }
    }
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.input.read(into)?;
        self.read += length as u64;
        if self.read >= self.told + Self::STEP || (length == 0 && self.read > self.told) {
            self.told = self.read;
            (self.tell)(self.read);
        }
        Ok(length)
    }
}
