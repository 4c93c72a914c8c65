//! `cargo xtask msrv`: whether the oldest toolchain that the manifests promise can build the published crates.
//!
//! Without that toolchain, what is known is checked: no dependency asks for a newer one, and (by clippy, which
//! reads the same promise) no item of the standard library is used that came later. With it, it builds them.

use std::process::{Command, Stdio};

use cargo_metadata::semver::Version;
use cargo_metadata::{Metadata, Package};
use std::collections::BTreeSet;

use crate::run::{Done, succeed};
use crate::workspace;

/// Checks the promise.
pub(crate) fn run() -> Done {
    let metadata = workspace::metadata("Cargo.toml")?;
    let promised = promise(&metadata)?;
    let newer = newer_dependencies(&metadata, &promised);
    if !newer.is_empty() {
        return Err(format!("Rust {promised} is promised, and cannot build {}", newer.join(", ")).into());
    }
    let toolchain = format!("+{}.{}", promised.major, promised.minor);
    if !has_toolchain(&toolchain) {
        return Ok(());
    }
    let mut check = Command::new("cargo");
    check.arg(&toolchain).args(["check", "--locked"]);
    for package in workspace::published(&metadata) {
        check.args(["--package", &package.name]);
    }
    // Another compiler's work does not belong among that of the usual one.
    let folder = metadata.target_directory.join("msrv");
    succeed(check.env_remove("RUSTUP_TOOLCHAIN").env("CARGO_TARGET_DIR", folder))
}

/// The oldest version that the manifests promise, one for all published crates.
fn promise(metadata: &Metadata) -> Result<Version, String> {
    let promises: BTreeSet<Option<&Version>> =
        workspace::published(metadata).iter().map(|package| package.rust_version.as_ref()).collect();
    match promises.into_iter().collect::<Vec<_>>().as_slice() {
        [Some(version)] => Ok((*version).clone()),
        _ => Err("the published crates do not promise one `rust-version`".to_owned()),
    }
}

/// The dependencies, at run time and of theirs, that ask for a newer toolchain than is promised.
fn newer_dependencies(metadata: &Metadata, promised: &Version) -> Vec<String> {
    let roots = workspace::published(metadata).into_iter().map(|package| &package.id);
    let needed = workspace::runtime_dependencies(metadata, roots);
    let is_newer = |package: &&Package| package.rust_version.as_ref().is_some_and(|asked| asked > promised);
    metadata
        .packages
        .iter()
        .filter(|package| needed.contains(&package.id))
        .filter(is_newer)
        .map(|package| format!("{} {}", package.name, package.version))
        .collect()
}

fn has_toolchain(toolchain: &str) -> bool {
    Command::new("cargo")
        .args([toolchain, "--version"])
        .env_remove("RUSTUP_TOOLCHAIN")
        .env("RUSTUP_AUTO_INSTALL", "0")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_dependency_asks_for_a_newer_toolchain_than_is_promised() {
        let metadata = workspace::metadata("Cargo.toml").unwrap();
        let promised = promise(&metadata).unwrap();
        assert_eq!(newer_dependencies(&metadata, &promised), [""; 0]);
        // and the check can fail: something asks for more than the first Rust
        assert!(!newer_dependencies(&metadata, &Version::new(1, 0, 0)).is_empty());
    }

    #[test]
    fn the_documents_promise_what_the_manifests_do() {
        let metadata = workspace::metadata("Cargo.toml").unwrap();
        let promised = promise(&metadata).unwrap();
        let words = format!("Minimum supported Rust version: {}.{}", promised.major, promised.minor);
        for package in workspace::published(&metadata) {
            let page = std::fs::read_to_string(package.manifest_path.with_file_name("src/lib.rs")).unwrap();
            assert!(page.contains(&words), "{} does not say \"{words}\"", package.name);
        }
    }
}
