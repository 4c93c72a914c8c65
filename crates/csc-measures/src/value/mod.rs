//! Values that mean the same wherever they are: exact numbers, colours, and names as a caller writes them.

mod amount;
mod decimal;
pub(crate) mod float;
pub(crate) mod fraction;
pub(crate) mod given;
pub(crate) mod index;
pub(crate) mod json;
pub(crate) mod names;
mod rag;
pub(crate) mod tails;

pub use amount::Amount;
pub use decimal::{Decimal, ParseDecimalError};
pub use rag::Rag;
