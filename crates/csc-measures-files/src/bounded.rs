//! A reader that gives up if one piece of a file is longer than any piece of it can be.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

/// Reads no more than so many bytes between two [resets](Allowance::reset).
pub(crate) struct Bounded<R> {
    input: R,
    allowance: Allowance,
}

/// How much more may be read of a piece; shared with who knows where the next piece begins.
#[derive(Clone, Debug)]
pub(crate) struct Allowance {
    most: usize,
    left: Rc<Cell<usize>>,
}

impl Allowance {
    pub(crate) fn new(most: usize) -> Self {
        Self { most, left: Rc::new(Cell::new(most)) }
    }

    /// How much of the piece was read.
    pub(crate) fn used(&self) -> usize {
        self.most - self.left.get()
    }

    /// The next piece begins.
    pub(crate) fn reset(&self) {
        self.left.set(self.most);
    }
}

impl<R: BufRead> Bounded<R> {
    pub(crate) fn new(input: R, allowance: Allowance) -> Self {
        Self { input, allowance }
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
        let left = self.allowance.left.get();
        if left == 0 {
            return Err(io::Error::other("an element or a text in it is too long"));
        }
        self.input.fill_buf().map(|found| found.get(..found.len().min(left)).unwrap_or(found))
    }

    fn consume(&mut self, amount: usize) {
        self.allowance.left.set(self.allowance.left.get().saturating_sub(amount));
        self.input.consume(amount);
    }
}
