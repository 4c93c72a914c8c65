//! The authority's returns, made from the tables that it has written.
//!
//! They hold what such returns hold and no more. What is in no table and a return must have (sex, ethnicity, the
//! category of need) is the same code for everybody; dates that nobody knows are left out.

mod annex_a;
mod cases;
mod cin_census;
mod codes;
mod csc_api;
mod ssda903;
mod write;
mod year;

pub(crate) use write::{Return, write};
