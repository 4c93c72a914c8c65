//! `cargo xtask downstream`: a crate outside the workspace builds on the core alone, and runs.

use std::collections::BTreeSet;
use std::process::Command;

use cargo_metadata::PackageId;

use crate::run::{Done, succeed};
use crate::workspace;

const MANIFEST: &str = "tests/downstream/Cargo.toml";

/// What the core may bring with it: its three dependencies and what these need.
const BROUGHT: [&str; 12] = [
    "autocfg",
    "chrono",
    "num-traits",
    "proc-macro2",
    "quote",
    "serde",
    "serde_core",
    "serde_derive",
    "syn",
    "thiserror",
    "thiserror-impl",
    "unicode-ident",
];

/// What the program prints: a due date, a figure, and the case behind it.
const PRINTED: &str = "due 2017-03-31\nO3.M4 100.0\nP1 met\n";

/// Checks what comes with the core, builds the crate and runs it.
pub(crate) fn run() -> Done {
    let brought = brought()?;
    let allowed: BTreeSet<String> = BROUGHT.iter().map(|name| (*name).to_owned()).collect();
    if brought != allowed {
        let differences: Vec<&String> = brought.symmetric_difference(&allowed).collect();
        return Err(format!("the core brings other crates than it should: {differences:?}").into());
    }
    let mut build = Command::new(env!("CARGO"));
    build.args(["build", "--quiet", "--locked", "--manifest-path"]).arg(workspace::root().join(MANIFEST));
    succeed(&mut build)?;
    let mut program = Command::new(env!("CARGO"));
    program.args(["run", "--quiet", "--locked", "--manifest-path"]).arg(workspace::root().join(MANIFEST));
    let output = program.output()?;
    let printed = String::from_utf8_lossy(&output.stdout).replace("\r\n", "\n");
    if !output.status.success() || printed != PRINTED {
        let told = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{MANIFEST}: expected {PRINTED:?}, printed {printed:?}\n{told}").into());
    }
    Ok(())
}

/// The crates that are built with the core, on any platform that chrono's clock would ask for nothing on.
fn brought() -> Result<BTreeSet<String>, cargo_metadata::Error> {
    let metadata = workspace::metadata(MANIFEST)?;
    let is_core = |name: &str| name == "csc-measures";
    let core: Vec<&PackageId> = metadata
        .packages
        .iter()
        .filter(|package| is_core(&package.name))
        .map(|package| &package.id)
        .collect();
    let built = workspace::runtime_dependencies(&metadata, core.into_iter());
    let names = metadata.packages.iter().filter(|package| built.contains(&package.id));
    Ok(names.map(|package| package.name.to_string()).filter(|name| !is_core(name)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_core_brings_its_three_dependencies_and_what_these_need() {
        assert_eq!(brought().unwrap().into_iter().collect::<Vec<_>>(), BROUGHT);
    }
}
