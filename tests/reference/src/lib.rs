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

mod breakdown;
mod calendar;
mod case;
mod codes;
mod derived;
mod due;
mod facts;
mod figure;
mod input;
mod issues;
mod measures;
mod missing_and_health;
mod o1;
mod o2;
mod o3;
mod o4;
mod o5;
mod o6;
mod o7;
mod o8;
mod optional;
mod placements;
mod policy;
mod results;
mod reviews;
mod schema;
mod signals;
mod statutory_visits;
mod tails;

pub use due::{Due, due};
pub use input::{Input, Table};
pub use results::{Allocated, HowJudged, Output, evaluate, statutory_visits_judged};
pub use signals::{Asked, signals};

/// The columns that a table can have, by either of its names.
pub fn columns_of(table: &str) -> Option<Vec<String>> {
    let def = schema::TABLES.iter().find(|t| t.name == table || t.ssd == Some(table))?;
    Some(def.columns.iter().map(|c| c.name.to_string()).collect())
}
