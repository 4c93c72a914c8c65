//! `cargo xtask test c`: the C library from C, C++ and Java.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{FOLDER, abi, examples, header, install, sanitize};
use crate::test::succeed;
use crate::{Done, vectors, workspace};

/// The programs in `tests/`: each by itself is one test.
pub(super) const PROGRAMS: [&str; 5] = ["vectors", "arrow", "misuse", "threads", "leaks"];

/// How strictly C is read.
pub(super) const STRICT: [&str; 6] =
    ["-std=c11", "-Wall", "-Wextra", "-Werror", "-pedantic", "-Wno-unused-parameter"];

pub(crate) fn run() -> Done {
    header::run(true)?;
    let work = workspace::target()?.join("c");
    let prefix = work.join("prefix");
    install::run(&prefix, true)?;
    abi::check(&prefix)?;
    headers_are_clean(&prefix, &work)?;
    let script = work.join("vectors.txt");
    fs::write(&script, vectors::text()?)?;
    for program in PROGRAMS {
        let built = build(program, &prefix, &work)?;
        succeed(&mut command(program, &built, &prefix, &script))?;
    }
    in_valgrind(&prefix, &work, &script)?;
    examples::run(&prefix, &work)?;
    sanitize::run(&work, &script)
}

/// How a test program is run.
pub(super) fn command(program: &str, built: &Path, prefix: &Path, script: &Path) -> Command {
    let mut command = Command::new(built);
    arguments(program, &mut command, script);
    command.env("LD_LIBRARY_PATH", prefix.join("lib"));
    command
}

/// What a test program is given.
pub(super) fn arguments(program: &str, command: &mut Command, script: &Path) {
    if program == "vectors" {
        command.arg(script);
    }
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

/// What a program is compiled and linked with.
pub(super) fn pkg_config(prefix: &Path, is_static: bool) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let mut ask = Command::new("pkg-config");
    ask.args(["--cflags", "--libs"]).env("PKG_CONFIG_PATH", prefix.join("lib/pkgconfig"));
    if is_static {
        ask.arg("--static");
    }
    let said = ask.arg("csc_measures").output()?;
    if !said.status.success() {
        return Err(String::from_utf8_lossy(&said.stderr).into_owned().into());
    }
    Ok(String::from_utf8(said.stdout)?.split_whitespace().map(str::to_owned).collect())
}

/// The programs once more, each access to memory watched.
fn in_valgrind(prefix: &Path, work: &Path, script: &Path) -> Done {
    if !examples::is_there("valgrind")? {
        return Ok(());
    }
    for program in ["arrow", "misuse", "threads"] {
        let mut watched = Command::new("valgrind");
        watched.args(["--quiet", "--error-exitcode=1", "--leak-check=full"]);
        watched.args(["--show-leak-kinds=definite,indirect", "--errors-for-leak-kinds=definite,indirect"]);
        watched.arg(work.join(program)).env("LD_LIBRARY_PATH", prefix.join("lib"));
        arguments(program, &mut watched, script);
        succeed(&mut watched)?;
    }
    Ok(())
}
