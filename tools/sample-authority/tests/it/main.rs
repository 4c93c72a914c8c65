//! The invented authority: what its generator writes, and what holds in it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a broken law is a failed test")]

mod authority;
mod beside;
mod laws;
mod publishing;
mod rates;
mod returns;
mod sample;
mod signals;
mod ssd;
