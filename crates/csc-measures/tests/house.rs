//! The rules of the house: imports point one way, the core stays with three dependencies, and the tree holds sources.
#![allow(clippy::unwrap_used, reason = "a panic is a failed test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
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
fn the_program_builds_no_more_than_it_needs() {
    let dependencies = dependencies();
    let program: Vec<&str> =
        dependencies.get("csc-measures-cli").unwrap().iter().map(String::as_str).collect();
    let expected = ["chrono", "clap", "console", "csc-measures", "csc-measures-files", "serde", "serde_json"];
    assert_eq!(program, expected);
}

#[test]
fn imports_point_one_way() {
    let order = [
        "csc-measures",
        "csc-measures-arrow",
        "csc-measures-files",
        "csc-measures-cli",
        "csc-measures-c",
        "csc-measures-python",
    ];
    let dependencies = dependencies();
    for (place, package) in order.iter().enumerate() {
        for other in order.iter().skip(place) {
            assert!(!dependencies.get(*package).unwrap().contains(*other), "{package} imports {other}");
        }
    }
    for (package, dependencies) in &dependencies {
        for end in ["xtask", "csc-measures-reference", "sample-authority", "csc-measures-cli"] {
            assert!(!dependencies.contains(end), "{package} imports {end}");
        }
    }
}

/// How the names of files end that a compiler wrote: of C and Rust, of Python, of Java.
const COMPILED: [&str; 18] = [
    "a", "class", "dll", "dylib", "exe", "jar", "lib", "o", "obj", "pdb", "pyc", "pyd", "pyo", "rlib",
    "rmeta", "so", "wasm", "whl",
];

fn is_compiled(path: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|end| COMPILED.iter().any(|compiled| end.eq_ignore_ascii_case(compiled)))
}

/// The files of the project: those that git keeps or, where there is no git, all of the tree but the folders
/// of builds.
fn files(root: &Path) -> Vec<String> {
    let git = Command::new("git").args(["ls-files", "-z"]).current_dir(root).output();
    if let Some(list) = git.ok().filter(|output| output.status.success() && !output.stdout.is_empty()) {
        let list = String::from_utf8_lossy(&list.stdout).into_owned();
        return list.split_terminator('\0').map(str::to_owned).collect();
    }
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(root)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if !path.is_dir() {
                found.push(path.strip_prefix(root).unwrap().display().to_string());
            } else if !["target", ".venv", ".git"].contains(&name.as_str()) {
                folders.push(path);
            }
        }
    }
    found
}

#[test]
fn the_tree_holds_no_compiled_file() {
    assert!(is_compiled("python/_native.abi3.so") && !is_compiled("python/_native.pyi"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let files = files(&root);
    assert!(files.iter().any(|file| file == "Cargo.toml"), "{} is not the project's folder", root.display());
    let compiled: Vec<&String> = files.iter().filter(|file| is_compiled(file)).collect();
    assert!(compiled.is_empty(), "compiled files are in the tree: {compiled:?}");
}
