//! Timescales, RAG ratings and the measures of a children's social care service improvement plan.
#![forbid(unsafe_code)]
