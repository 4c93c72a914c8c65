//! A run of rows of a table.

use crate::column::Column;

/// A run of rows of a table: its columns in the order of the header.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::exhaustive_structs, reason = "readers make it; a run of rows has no more to it")]
pub struct Chunk<'a> {
    /// The number of rows, bad ones included.
    pub rows: usize,
    /// The columns, one for each name of the header.
    pub columns: &'a [Column<'a>],
    /// The rows (from 0, in any order) with more or fewer fields than the header: they are out, and reported.
    pub bad_rows: &'a [usize],
}
