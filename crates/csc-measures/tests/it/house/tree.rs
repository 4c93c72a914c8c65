//! The tree holds sources only.

use std::fs;
use std::io::Read;
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

/// How files begin that a compiler wrote, whatever they are called: programs and libraries of Linux, of macOS (in
/// either byte order, alone or several in one file) and of Windows, archives, WebAssembly.
const COMPILED_START: [&[u8]; 9] = [
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"MZ",
    b"!<arch>\n",
    b"\0asm",
];

fn begins_compiled(start: &[u8]) -> bool {
    COMPILED_START.iter().any(|compiled| start.starts_with(compiled))
}

/// The first bytes of a file; none of one that git keeps and that is not there.
fn start_of(path: &Path) -> Vec<u8> {
    let mut start = Vec::new();
    if let Ok(file) = fs::File::open(path) {
        file.take(8).read_to_end(&mut start).unwrap();
    }
    start
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
    // This test is itself a program, whatever the machine, and its name has no ending on most.
    assert!(begins_compiled(&start_of(&std::env::current_exe().unwrap())));
    assert!(!begins_compiled(b"//! The tree"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let files = files(&root);
    assert!(files.iter().any(|file| file == "Cargo.toml"), "{} is not the project's folder", root.display());
    let compiled: Vec<&String> = files
        .iter()
        .filter(|file| is_compiled(file) || begins_compiled(&start_of(&root.join(file))))
        .collect();
    assert!(compiled.is_empty(), "compiled files are in the tree: {compiled:?}");
}
