//! Columns as they come in: borrowed slices of values, with which of them are null.
//!
//! A reader of a file, of Arrow arrays or of rows hands over the columns it has, in the form it has them. The
//! dataset reads each by one loop for the kind of the table's column and the form of what came.

mod block;
mod codes;
mod headed;
mod ids;
mod instant;
mod issue;
mod range;
mod read;
mod rows;
mod scalar;
mod slice;
mod text;
mod unique_ids;
mod values;
mod whole;

pub(crate) use block::{
    CodeBlock, DateBlock, DecimalBlock, Fault, Faults, FlagBlock, IdBlock, IntegerBlock, Source, TextBlock,
    id_of,
};
pub(crate) use codes::{CodeSet, Coded, Codes};
pub(crate) use ids::{Ids, Namespace};
pub use issue::IssueCode;
pub use range::Bound;
pub(crate) use range::Range;
pub use read::{DateForm, LondonDay};
pub(crate) use read::{
    DateRule, Read, is_null_date, is_whole_number, read_bool, read_date, read_id, read_text,
};
pub use rows::Rows;
pub use scalar::Scalar;
pub use slice::{ColumnError, Flags, Integers, Slice, TimeUnit, Validity, Zone};
pub use text::{Layout, Text};
pub(crate) use unique_ids::UniqueIds;
pub use values::Values;
pub use whole::Column;
