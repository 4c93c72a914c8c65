//! The benches of the crates.

use crate::run::{Done, cargo};

/// The packages that have benches.
const PACKAGES: [&str; 4] = ["csc-measures", "csc-measures-arrow", "csc-measures-c", "csc-measures-files"];

/// Runs the benches with these arguments. Cargo chooses the features of a dependency by the packages that it is
/// asked for: with these, the benches and the C library are built of the same dependencies, which in the whole
/// workspace have others, and would be built twice.
pub(crate) fn run(given: &[&str]) -> Done {
    let mut arguments = vec!["bench", "--locked", "--bench", "*", "--features", "csc-measures-c/files"];
    for package in PACKAGES {
        arguments.extend(["--package", package]);
    }
    arguments.push("--");
    arguments.extend(given);
    cargo(&arguments)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace;

    #[test]
    fn every_bench_is_run() {
        let metadata = workspace::metadata("Cargo.toml").unwrap();
        let packages = metadata.workspace_packages().into_iter();
        let mut found: Vec<&str> = packages
            .filter(|package| package.targets.iter().any(|target| target.is_bench()))
            .map(|package| package.name.as_str())
            .collect();
        found.sort_unstable();
        assert_eq!(found, PACKAGES);
    }
}
