//! The C library of csc-measures. `include/csc_measures.h` is its documentation, made from the comments here by
//! `cargo xtask header`; one file a noun of the core.
//!
//! Every function keeps to one form: its work is done inside the [one boundary](guard) that no panic
//! crosses, its arguments are [checked](arguments) before they are touched, and its outputs are written when
//! nothing can fail any more.
#![allow(unsafe_code, reason = "a C interface is made of raw pointers; each block says what it stands on")]
#![allow(non_camel_case_types, reason = "what is written here is what a C program writes")]
#![allow(clippy::missing_safety_doc, reason = "the conventions on the first page of the header are of all")]

mod arguments;
mod arrow;
pub mod builder;
pub mod calendar;
pub mod clock;
pub mod dataset;
pub mod date;
pub mod due;
pub mod error;
#[cfg(feature = "files")]
pub mod files;
mod guard;
pub mod part;
pub mod plan;
pub mod quality;
mod quiet;
pub mod rag;
pub mod scorecard;
pub mod status;
pub mod text;
pub mod version;
pub mod with_person;

/// What is `const` to C may be asked by any number of threads at once.
const _: () = {
    const fn is_shared<T: Send + Sync>() {}
    is_shared::<calendar::csc_calendar>();
    is_shared::<dataset::csc_dataset>();
    is_shared::<due::csc_as_at>();
    is_shared::<scorecard::csc_scorecard>();
    is_shared::<error::csc_error>();
};
