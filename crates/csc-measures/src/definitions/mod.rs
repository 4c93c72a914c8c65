//! What each measure means: an outcome a file, a measure a row.

mod facts;
mod id;
mod outcome_1;
mod outcome_2;
mod outcome_3;
mod outcome_4;
mod outcome_5;
mod outcome_6;
mod outcome_7;
mod outcome_8;
mod row;
mod rows;

pub use facts::{Better, InputKind, InputRow, PeriodKind, Unit, When};
pub use id::MeasureId;
pub(crate) use row::{OutcomeRow, Row};
pub use rows::UnknownId;
pub(crate) use rows::{MeasureSet, OUTCOMES};
