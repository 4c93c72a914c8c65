//! A deliberately naive second reading of the rules.
//!
//! Nothing here is fast or clever: every month is worked out from the whole input again, every look-up is a
//! linear scan, and working days are counted one day at a time.
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "a test oracle: a panic here is a failed test"
)]

mod calendar;
mod case;
mod facts;
mod input;
mod issues;
mod policy;
mod reviews;
mod schema;

pub use input::{Input, Table};
