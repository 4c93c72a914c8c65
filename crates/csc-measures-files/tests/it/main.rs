//! The tests of the reading crate from outside: one program, a module a subject.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may stop where it fails"
)]

#[cfg(feature = "returns")]
mod annex_a;
#[cfg(feature = "returns")]
mod attacks;
#[cfg(feature = "returns")]
mod cin_census;
mod common;
#[cfg(feature = "returns")]
mod csc_api;
mod csv;
#[cfg(feature = "returns")]
mod csww;
#[cfg(feature = "parquet")]
mod damaged_parquet;
mod examples;
mod forms_of_files;
mod hostile;
#[cfg(feature = "parquet")]
mod parquet;
mod quality;
#[cfg(feature = "returns")]
mod returns_page;
#[cfg(feature = "returns")]
mod ssda903;
mod text;
#[cfg(feature = "returns")]
mod years;
