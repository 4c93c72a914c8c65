//! The naive reading beside the engine: one program, a module a subject.
#![allow(
    clippy::cast_possible_truncation,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a panic is a failed test"
)]

mod agrees;
mod authority;
mod breakdown;
mod change;
mod clocks;
mod due;
mod engine;
mod misspelt;
mod parts;
mod placements;
mod plans;
mod publishing;
mod random;
mod rows;
mod sight;
mod signals;
mod statutory_visits;
mod vectors;
mod whole;
mod with_person;
