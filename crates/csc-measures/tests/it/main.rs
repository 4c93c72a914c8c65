//! The tests of the core from outside: one program, a module a subject.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a panic is a failed test"
)]

mod breakdown;
mod calendar_closures;
mod calendar_every_day;
mod calendar_properties;
mod calendar_vectors;
mod clock_laws;
mod clock_vectors;
mod column_names;
mod common;
mod crowded;
mod definitions;
mod deployed;
mod derived;
mod doubles;
mod due;
mod due_lines;
mod extracts;
mod forms;
mod group_vectors;
mod house;
mod messages;
mod not_held;
mod origins;
mod parts;
mod plans;
mod publishing;
mod quality;
mod scorecard;
mod signals;
mod values;
mod vectors;
mod what_is_used;
mod with_person;
mod worcestershire;
