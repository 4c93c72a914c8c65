//! A reader that gives up where one piece of a file is longer than any piece of it can be.

use std::io::{self, BufRead, Read};

/// Reads no more than so many bytes between two [resets](Bounded::reset).
pub(super) struct Bounded<R> {
    input: R,
    most: usize,
    left: usize,
}

impl<R: BufRead> Bounded<R> {
    pub(super) fn new(input: R, most: usize) -> Self {
        Self { input, most, left: most }
    }

    /// The next piece begins.
    pub(super) fn reset(&mut self) {
        self.left = self.most;
    }
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let found = self.fill_buf()?;
        let length = found.len().min(into.len());
        if let (Some(to), Some(from)) = (into.get_mut(..length), found.get(..length)) {
            to.copy_from_slice(from);
        }
        self.consume(length);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::Error::other("an element or a text of it is too long"));
        }
        self.input.fill_buf().map(|found| found.get(..found.len().min(self.left)).unwrap_or(found))
    }

    fn consume(&mut self, amount: usize) {
        self.left = self.left.saturating_sub(amount);
        self.input.consume(amount);
    }
}
