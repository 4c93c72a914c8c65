//! The project's chores: `cargo xtask test`, `cargo xtask docs`, ...
#![allow(clippy::print_stderr, reason = "a program for the terminal, not a library")]

use std::error::Error;
use std::process::ExitCode;

mod docs;

const USAGE: &str = "usage: cargo xtask <chore>

  docs [--check]   write docs/measures.md from the plan, or fail where it is stale";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments.iter().map(String::as_str).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[&str]) -> Result<(), Box<dyn Error>> {
    match arguments {
        ["docs"] => docs::run(false),
        ["docs", "--check"] => docs::run(true),
        _ => Err(USAGE.into()),
    }
}
