//! What the library of C is called, and its versions.

use std::fs;

use crate::workspace;

/// The folder of the C library.
pub(super) const FOLDER: &str = "bindings/c";

/// Its package.
pub(super) const PACKAGE: &str = "csc-measures-c";

/// The header, by its place in the workspace.
pub(super) const HEADER: &str = "bindings/c/include/csc_measures.h";

/// The version of the library, as its manifest has it.
pub(super) fn version() -> Result<String, Box<dyn std::error::Error>> {
    let metadata = workspace::metadata("Cargo.toml")?;
    let package = metadata.packages.iter().find(|package| package.name == PACKAGE);
    Ok(package.ok_or("there is no package of the C library")?.version.to_string())
}

/// The version of the binary interface, as the header has it.
pub(super) fn abi_version() -> Result<String, Box<dyn std::error::Error>> {
    let header = fs::read_to_string(workspace::root().join(HEADER))?;
    let line = header.lines().find_map(|line| line.strip_prefix("#define CSC_ABI_VERSION "));
    Ok(line.ok_or("the header has no CSC_ABI_VERSION")?.to_owned())
}
