//! Running a command, and its outcome.

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
