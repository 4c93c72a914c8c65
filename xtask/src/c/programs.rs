//! The programs in C that test the library: how they are compiled and run.

use std::path::Path;
use std::process::Command;

/// The programs in `tests/`: each by itself is one test.
pub(super) const PROGRAMS: [&str; 6] = ["vectors", "arrow", "misuse", "threads", "live", "leaks"];

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
