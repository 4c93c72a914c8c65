//! Running a command, its outcome, and what this machine has not.

use std::env;
use std::error::Error;
use std::process::Command;

/// What a chore comes to.
pub(crate) type Done = Result<(), Box<dyn Error>>;

/// Runs cargo with arguments, and fails if it does.
pub(crate) fn cargo(arguments: &[&str]) -> Done {
    succeed(Command::new(env!("CARGO")).args(arguments))
}

/// Runs a command, and fails if it does.
#[expect(clippy::print_stderr, reason = "each command is shown, so that it can be run again by hand")]
pub(crate) fn succeed(command: &mut Command) -> Done {
    let line = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ");
    eprintln!("\n$ {line}");
    let status = command.status()?;
    if status.success() { Ok(()) } else { Err(format!("failed ({status}): {line}").into()) }
}

/// Whether a program is on this machine. If it is not, what needs it is reported and left out; in CI that is an
/// error.
pub(crate) fn is_there(program: &str) -> Result<bool, Box<dyn Error>> {
    let found = env::var_os("PATH")
        .is_some_and(|path| env::split_paths(&path).any(|folder| folder.join(program).is_file()));
    if !found {
        left_out(program)?;
    }
    Ok(found)
}

/// Reports something that cannot be tested on this machine; in CI that is an error.
#[expect(clippy::print_stderr, reason = "what is left out is reported")]
pub(crate) fn left_out(what: &str) -> Done {
    if env::var_os("CI").is_some_and(|ci| ci == "true") {
        return Err(format!("{what} is not installed, and this is CI").into());
    }
    eprintln!("\nSKIPPED: {what} is not installed");
    Ok(())
}
