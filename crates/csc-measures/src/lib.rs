//! Timescales, RAG ratings and the measures of a children's social care service improvement plan.
#![forbid(unsafe_code)]

pub mod calendar;
mod cohort;
mod dataset;
pub mod dates;
mod decimal;
mod measures;
mod names;
mod period;
pub mod plan;
mod policy;
mod rag;
mod scorecard;
pub mod tables;

pub use calendar::{Calendar, CalendarError};
pub use dataset::{
    Cell, CellColumn, Chunk, DataIssue, Dataset, DatasetBuilder, DatasetError, DateForm, IssueCode,
    TableBuilder, TableCount, TableRow,
};
pub use decimal::{Decimal, ParseDecimalError};
pub use measures::{Case, Outcome, Reason};
pub use period::{Month, ParseMonthError, Period};
pub use plan::{MeasureId, Plan};
pub use policy::Policy;
pub use rag::{Rag, WarningWindow};
pub use scorecard::{
    Amount, Direction, MeasureRag, MeasureResult, Options, Outcomes, Scorecard, ScorecardError, Shown,
    Status, Target, Targets,
};
