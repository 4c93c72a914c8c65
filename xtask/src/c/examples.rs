//! The examples in C, C++ and Java.

use std::path::Path;

use crate::Done;

pub(super) fn run(_prefix: &Path, _work: &Path) -> Done {
    Ok(())
}

/// Whether a program is on this machine. Where it has to be, in CI, its absence is an error; elsewhere what
/// needs it is left out, aloud.
#[expect(clippy::print_stderr, reason = "what is left out is told")]
pub(super) fn is_there(program: &str) -> Result<bool, Box<dyn std::error::Error>> {
    let found = std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()));
    if !found && std::env::var_os("CI").is_some_and(|ci| ci == "true") {
        return Err(format!("`{program}` is not installed, and this is CI").into());
    }
    if !found {
        eprintln!("\nSKIPPED: `{program}` is not installed");
    }
    Ok(found)
}
