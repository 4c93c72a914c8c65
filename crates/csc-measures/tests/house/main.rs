//! The rules of the house: imports point one way, and the core stays with three dependencies.
#![allow(clippy::unwrap_used, reason = "a panic is a failed test")]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// Runtime dependencies of every package of the workspace.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--locked", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let packages = metadata.get("packages").and_then(Value::as_array).unwrap();
    packages
        .iter()
        .map(|package| {
            let dependencies = package.get("dependencies").and_then(Value::as_array).unwrap();
            let runtime = dependencies
                .iter()
                .filter(|dependency| dependency.get("kind").is_some_and(Value::is_null))
                .map(|dependency| text(dependency.get("name").unwrap()))
                .collect();
            (text(package.get("name").unwrap()), runtime)
        })
        .collect()
}

#[test]
fn the_core_has_three_dependencies() {
    let dependencies = dependencies();
    let core: Vec<&str> = dependencies.get("csc-measures").unwrap().iter().map(String::as_str).collect();
    assert_eq!(core, ["chrono", "serde", "thiserror"]);
}

#[test]
fn imports_point_one_way() {
    let order =
        ["csc-measures", "csc-measures-arrow", "csc-measures-files", "csc-measures-c", "csc-measures-python"];
    let dependencies = dependencies();
    for (place, package) in order.iter().enumerate() {
        for other in order.iter().skip(place) {
            assert!(!dependencies.get(*package).unwrap().contains(*other), "{package} imports {other}");
        }
    }
    for (package, dependencies) in &dependencies {
        for chore in ["xtask", "csc-measures-reference"] {
            assert!(!dependencies.contains(chore), "{package} imports {chore}");
        }
    }
}
