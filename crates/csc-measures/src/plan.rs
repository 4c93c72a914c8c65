//! The Service Improvement Plan as typed data: its outcomes, measures and recommendations.

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

pub use facts::{Better, InputKind, InputRow, PeriodKind, Unit, When};
pub use id::{MeasureId, UnknownId};
