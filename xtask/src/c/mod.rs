//! The C library: its header, its binary interface, its tests, and how it is installed.

mod abi;
mod examples;
pub(crate) mod header;
pub(crate) mod install;
mod library;
mod programs;
mod sanitize;
pub(crate) mod test;
