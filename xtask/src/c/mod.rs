//! The C library: its header, its binary interface, its tests, and how it is installed.

pub(crate) mod header;

/// The folder of the C library.
const FOLDER: &str = "bindings/c";
