//! The test programs with every access to memory checked, on both sides of the edge.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::library::{FOLDER, PACKAGE};
use super::programs::{PROGRAMS, STRICT, arguments};
use crate::run::{Done, succeed};
use crate::workspace;

/// The library with the address sanitizer in it, and the programs with that and the one for undefined
/// behaviour.
pub(super) fn run(work: &Path, script: &Path) -> Done {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        return Ok(());
    }
    let target = "x86_64-unknown-linux-gnu";
    let built = work.join("sanitized");
    let mut build = Command::new(env!("CARGO"));
    build
        .args(["rustc", "--locked", "--package", PACKAGE, "--target", target, "--crate-type", "staticlib"])
        .arg("--target-dir")
        .arg(&built)
        .current_dir(workspace::root())
        // The sanitizer of the compiler is not stable, and tests nothing that is.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", "-Zsanitizer=address -Zexternal-clangrt -Cdebuginfo=1");
    succeed(&mut build)?;
    let library = built.join(target).join("debug/libcsc_measures.a");
    holds(&library, "__asan_report_load", "the library")?;
    for program in PROGRAMS.into_iter().filter(|program| *program != "leaks") {
        let source = workspace::root().join(FOLDER).join(format!("tests/{program}.c"));
        let include = format!("-I{}", workspace::root().join(FOLDER).join("include").display());
        let binary = work.join(format!("{program}-sanitized"));
        let mut compile = Command::new("cc");
        compile
            .args(STRICT)
            .args(["-g", "-O1", "-fno-omit-frame-pointer", "-fsanitize=address,undefined"])
            .args(["-fno-sanitize-recover=all", "-pthread", "-o"])
            .arg(&binary)
            .arg(&source)
            .arg(include)
            .arg(&library)
            .args(["-ldl", "-lm", "-lrt", "-lutil"]);
        succeed(&mut compile)?;
        holds(&binary, "__ubsan_handle", "the program")?;
        let mut watched = Command::new(&binary);
        arguments(program, &mut watched, script);
        watched.env("ASAN_OPTIONS", "detect_leaks=1:detect_stack_use_after_return=1");
        succeed(&mut watched)?;
    }
    sees_a_fault(work, &library)
}

/// Whether a symbol is in a file: that the sanitizer is really in.
fn holds(file: &Path, symbol: &str, what: &str) -> Done {
    let said = Command::new("nm").arg(file).output()?;
    if String::from_utf8_lossy(&said.stdout).contains(symbol) {
        Ok(())
    } else {
        Err(format!("{what} was built without the sanitizer: no `{symbol}` in {}", file.display()).into())
    }
}

/// A program that hands over less than it says is found out, though it is Rust that reads.
fn sees_a_fault(work: &Path, library: &Path) -> Done {
    let source = work.join("fault.c");
    fs::write(
        &source,
        "#include <csc_measures.h>\n#include <stdlib.h>\nint main(void) {\n  csc_calendar *calendar = NULL;\n  \
         int32_t *days = calloc(4, sizeof *days), found[8];\n  if (csc_calendar_new(0, &calendar, NULL) != 0) \
         return 0;\n  csc_calendar_add_working_days_column(calendar, days, 8, 1, found, NULL);\n  return 0;\n}\n",
    )?;
    let binary = work.join("fault");
    let mut compile = Command::new("cc");
    compile.args(["-g", "-fsanitize=address", "-o"]).arg(&binary).arg(&source);
    compile.arg(format!("-I{}", workspace::root().join(FOLDER).join("include").display()));
    succeed(compile.arg(library).args(["-pthread", "-ldl", "-lm", "-lrt", "-lutil"]))?;
    let said = Command::new(&binary).output()?;
    if String::from_utf8_lossy(&said.stderr).contains("heap-buffer-overflow") && !said.status.success() {
        Ok(())
    } else {
        Err("the sanitizer did not see a read beyond a column's end".into())
    }
}
