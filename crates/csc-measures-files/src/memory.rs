//! How much memory what was read may be held in.

#[cfg(feature = "returns")]
use std::cell::Cell;
#[cfg(feature = "returns")]
use std::rc::Rc;

#[cfg(feature = "returns")]
use crate::ReadError;

/// What readers may hold unless told: some hundred times what an authority has.
pub(crate) const MEMORY_LIMIT: u64 = 4 << 30;

/// What is held of returns, and the most that may be.
#[cfg(feature = "returns")]
#[derive(Clone, Debug)]
pub(crate) struct Memory {
    limit: u64,
    held: Rc<Cell<u64>>,
}

#[cfg(feature = "returns")]
impl Memory {
    pub(crate) fn new(limit: u64) -> Self {
        Self { limit, held: Rc::new(Cell::new(0)) }
    }

    /// Notes that so many bytes more are held; an error with the file that they are of if that is too much.
    pub(crate) fn hold(&self, bytes: u64, file: &str) -> Result<(), ReadError> {
        let held = self.held.get().saturating_add(bytes);
        self.held.set(held);
        if held > self.limit {
            return Err(ReadError::MemoryLimit { file: file.to_owned(), limit: self.limit });
        }
        Ok(())
    }

    /// What the tables may still take.
    pub(crate) fn left(&self) -> u64 {
        self.limit.saturating_sub(self.held.get())
    }
}
