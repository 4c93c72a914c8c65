//! `cargo xtask test c`: the C library from C, C++ and Java.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::library::FOLDER;
use super::programs::{PROGRAMS, STRICT, arguments, pkg_config};
use super::{abi, examples, header, install, sanitize};
use crate::run::{Done, is_there, succeed};
use crate::vectors::{self, Expectations};
use crate::workspace;

/// In full also CMake, and the library with the sanitizers in it, which builds every dependency once more.
pub(crate) fn run(full: bool) -> Done {
    header::run(true)?;
    let (work, prefix) = installed()?;
    abi::run(&prefix, true)?;
    headers_are_clean(&prefix, &work)?;
    let script = work.join("vectors.txt");
    let mut text = vectors::script(Expectations::Written)?;
    vectors::groups::write(&mut text)?;
    vectors::misspelt::write(&mut text)?;
    fs::write(&script, text.into_text())?;
    for program in PROGRAMS {
        let built = build(program, &prefix, &work)?;
        succeed(&mut command(program, &built, &prefix, &script))?;
    }
    in_valgrind(&prefix, &work, &script)?;
    examples::run(&prefix, &work, true)?;
    if full {
        examples::with_cmake(&prefix, &work)?;
        sanitize::run(&work, &script)?;
    }
    Ok(())
}

/// Writes anew what the tests compare with: the list of the binary interface, and what the examples print.
pub(crate) fn write() -> Done {
    let (work, prefix) = installed()?;
    abi::run(&prefix, false)?;
    examples::run(&prefix, &work, false)
}

/// Installs the library with its files in a folder of its own: the folder of the tests, and that one.
fn installed() -> Result<(PathBuf, PathBuf), Box<dyn std::error::Error>> {
    let work = workspace::target()?.join("c");
    let prefix = work.join("prefix");
    install::run(&prefix, true)?;
    Ok((work, prefix))
}

/// How a test program is run.
pub(super) fn command(program: &str, built: &Path, prefix: &Path, script: &Path) -> Command {
    let mut command = Command::new(built);
    arguments(program, &mut command, script);
    command.env("LD_LIBRARY_PATH", prefix.join("lib"));
    command
}

/// The header alone, as C and as C++, with nothing before it.
fn headers_are_clean(prefix: &Path, work: &Path) -> Done {
    let include = format!("-I{}", prefix.join("include").display());
    for (compiler, language, standard) in [("cc", "c", "-std=c11"), ("c++", "c++", "-std=c++17")] {
        for define in ["-DCSC_MEASURES_FILES", "-UCSC_MEASURES_FILES"] {
            let source = work.join(format!("header.{}", if language == "c" { "c" } else { "cpp" }));
            fs::write(&source, "#include <csc_measures.h>\nint main(void) { return 0; }\n")?;
            let mut compile = Command::new(compiler);
            compile.args(["-fsyntax-only", standard, "-Wall", "-Wextra", "-Werror", "-pedantic", define]);
            succeed(compile.arg(&include).arg(&source))?;
        }
    }
    Ok(())
}

/// Compiles a test program against what is installed, as pkg-config says.
fn build(program: &str, prefix: &Path, work: &Path) -> Result<PathBuf, Box<dyn std::error::Error>> {
    let built = work.join(program);
    let source = workspace::root().join(FOLDER).join(format!("tests/{program}.c"));
    let mut compile = Command::new("cc");
    compile.args(STRICT).args(["-g", "-O1", "-pthread", "-o"]).arg(&built).arg(&source);
    succeed(compile.args(pkg_config(prefix, false)?))?;
    Ok(built)
}

/// The programs once more, each access to memory watched.
fn in_valgrind(prefix: &Path, work: &Path, script: &Path) -> Done {
    if !is_there("valgrind")? {
        return Ok(());
    }
    for program in ["arrow", "misuse", "threads", "live"] {
        let mut watched = Command::new("valgrind");
        watched.args(["--quiet", "--error-exitcode=1", "--leak-check=full"]);
        watched.args(["--show-leak-kinds=definite,indirect", "--errors-for-leak-kinds=definite,indirect"]);
        watched.arg(work.join(program)).env("LD_LIBRARY_PATH", prefix.join("lib"));
        arguments(program, &mut watched, script);
        succeed(&mut watched)?;
    }
    Ok(())
}
