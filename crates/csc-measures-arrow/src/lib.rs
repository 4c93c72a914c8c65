//! Arrow record batches in and out of [`csc_measures`].
#![forbid(unsafe_code)]

mod column;
mod input;
mod instant;

pub use column::{ArrayColumn, ColumnError};
pub use input::{ArrowInputError, add_batches, add_reader, add_struct_array};
