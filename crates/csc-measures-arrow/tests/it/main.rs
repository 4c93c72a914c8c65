//! The tests of the Arrow crate from outside: one program, a module a subject.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails should panic"
)]

mod batches;
#[cfg(feature = "ffi")]
mod broken_arrays;
#[cfg(feature = "ffi")]
mod broken_schemas;
#[cfg(feature = "ffi")]
mod broken_streams;
mod columns;
mod common;
mod every_type;
#[cfg(feature = "ffi")]
mod interface;
#[cfg(feature = "ffi")]
mod producer;
mod tables;
mod vectors;
