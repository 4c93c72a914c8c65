//! The binary interface, compared with the list that is kept: what a program built long ago relies on.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::library::{FOLDER, abi_version, version};
use crate::run::{Done, succeed};
use crate::workspace;

/// The list that is kept.
const LIST: &str = "bindings/c/abi.txt";

/// Compares exported symbols, constants and layouts of an installed library with the list, and the versions
/// with one another; without `check` writes the list anew.
pub(super) fn run(prefix: &Path, check: bool) -> Done {
    versions_agree()?;
    let text = format!("{}{}{}", symbols(prefix)?, constants(prefix)?, layouts(prefix)?);
    workspace::settle(LIST, &text, check, "regenerate")
}

/// The functions that the shared library exports: the `csc_` ones, and no other.
fn symbols(prefix: &Path) -> Result<String, Box<dyn std::error::Error>> {
    let library = prefix.join("lib/libcsc_measures.so");
    let said = Command::new("nm").args(["-D", "--defined-only"]).arg(&library).output()?;
    let text = String::from_utf8(said.stdout)?;
    let mut names: Vec<&str> = text.lines().filter_map(|line| line.split_whitespace().last()).collect();
    names.sort_unstable();
    if let Some(other) = names.iter().find(|name| !name.starts_with("csc_")) {
        return Err(format!("the library exports `{other}`").into());
    }
    let header = fs::read_to_string(prefix.join("include/csc_measures.h"))?;
    if let Some(undeclared) = names.iter().find(|name| !header.contains(&format!("{name}("))) {
        return Err(format!("the header does not declare `{undeclared}`").into());
    }
    Ok(names.iter().map(|name| format!("function {name}\n")).collect())
}

/// The constants and their numbers.
fn constants(prefix: &Path) -> Result<String, Box<dyn std::error::Error>> {
    let header = fs::read_to_string(prefix.join("include/csc_measures.h"))?;
    let defined = header.lines().filter_map(|line| line.strip_prefix("#define CSC_"));
    Ok(defined.filter(|rest| rest.contains(' ')).map(|rest| format!("constant CSC_{rest}\n")).collect())
}

/// The places of the fields of each struct, as the C compiler has them.
fn layouts(prefix: &Path) -> Result<String, Box<dyn std::error::Error>> {
    let folder = prefix.parent().unwrap_or(prefix);
    let built = folder.join("layout");
    let source = workspace::root().join(FOLDER).join("tests/layout.c");
    let mut compile = Command::new("cc");
    compile.args(["-std=c11", "-Wall", "-Werror", "-o"]).arg(&built).arg(source);
    succeed(compile.arg(format!("-I{}", prefix.join("include").display())))?;
    Ok(String::from_utf8(Command::new(&built).output()?.stdout)?)
}

/// The version of the interface is in the header, in the name of the library and in the library itself.
fn versions_agree() -> Done {
    let build = fs::read_to_string(workspace::root().join(FOLDER).join("build.rs"))?;
    let name = format!("libcsc_measures.so.{}\"", abi_version()?);
    if !build.contains(&name) {
        return Err(format!("the library is not named `{name}` in build.rs").into());
    }
    // What the loaded library says of its versions is looked at by `tests/misuse.c`.
    if version()?.is_empty() { Err("the library has no version".into()) } else { Ok(()) }
}
