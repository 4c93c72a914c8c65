//! Timescales, RAG ratings and the measures of a children's social care service improvement plan.
#![forbid(unsafe_code)]
// Days, months and most of the engine are used by modules that are still to come in this list.
pub mod calendar;
pub mod clock;
pub mod dates;
pub mod rag;
