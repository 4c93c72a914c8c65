//! The tree holds sources only.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

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
