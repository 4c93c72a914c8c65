//! The C library: its header, its binary interface, its tests, and how it is installed.

mod abi;
mod examples;
pub(crate) mod header;
pub(crate) mod install;
mod sanitize;
pub(crate) mod test;

use std::fs;

use crate::workspace;

/// The folder of the C library.
const FOLDER: &str = "bindings/c";

/// Its package.
const PACKAGE: &str = "csc-measures-c";

/// The version of the library, as its manifest has it.
fn version() -> Result<String, Box<dyn std::error::Error>> {
    let metadata = workspace::metadata("Cargo.toml")?;
    let package = metadata.packages.iter().find(|package| package.name == PACKAGE);
    Ok(package.ok_or("there is no package of the C library")?.version.to_string())
}

/// The version of the binary interface, as the header has it.
fn abi_version() -> Result<String, Box<dyn std::error::Error>> {
    let header = fs::read_to_string(workspace::root().join(header::HEADER))?;
    let line = header.lines().find_map(|line| line.strip_prefix("#define CSC_ABI_VERSION "));
    Ok(line.ok_or("the header has no CSC_ABI_VERSION")?.to_owned())
}
