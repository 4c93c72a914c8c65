//! The programs in C that test the library: how they are compiled and run.

use std::env;
use std::path::Path;
use std::process::Command;

use crate::run::Done;

/// The programs in `tests/`: each by itself is one test.
pub(super) const PROGRAMS: [&str; 5] = ["vectors", "arrow", "misuse", "threads", "leaks"];

/// How strictly C is read.
pub(super) const STRICT: [&str; 6] =
    ["-std=c11", "-Wall", "-Wextra", "-Werror", "-pedantic", "-Wno-unused-parameter"];

/// What a test program is given.
pub(super) fn arguments(program: &str, command: &mut Command, script: &Path) {
    if program == "vectors" {
        command.arg(script);
    }
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

/// Whether a program is on this machine. If it is not, what needs it is reported and left out; in CI that is an
/// error.
pub(super) fn is_there(program: &str) -> Result<bool, Box<dyn std::error::Error>> {
    let found = env::var_os("PATH")
        .is_some_and(|path| env::split_paths(&path).any(|folder| folder.join(program).is_file()));
    if !found {
        left_out(program)?;
    }
    Ok(found)
}

/// Reports something that cannot be tested on this machine; in CI that is an error.
#[expect(clippy::print_stderr, reason = "what is left out is reported")]
pub(super) fn left_out(what: &str) -> Done {
    if env::var_os("CI").is_some_and(|ci| ci == "true") {
        return Err(format!("{what} is not installed, and this is CI").into());
    }
    eprintln!("\nSKIPPED: {what} is not installed");
    Ok(())
}
