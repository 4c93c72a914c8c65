//! The project's chores, each one command: `cargo xtask test`, `cargo xtask docs`, `cargo xtask bench`,
//! `cargo xtask fuzz`.
#![allow(clippy::print_stderr, reason = "a program for the terminal, not a library")]

use std::error::Error;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod docs;
mod fuzz;
mod test;

/// The project's chores.
#[derive(Parser)]
#[command(name = "cargo xtask", about)]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Run the tests, doing all the set-up they need.
    Test {
        /// Only one part.
        #[arg(value_enum)]
        part: Option<test::Part>,
        /// Longer campaigns besides: thousands of random datasets instead of hundreds.
        #[arg(long)]
        full: bool,
    },
    /// Write the documents that are generated, or fail where one is stale.
    Docs {
        /// Write nothing.
        #[arg(long)]
        check: bool,
    },
    /// Time the library beside its rivals.
    Bench,
    /// Try hostile input of the fuzzer's making, each target for so many seconds.
    Fuzz {
        /// Only one target.
        #[arg(value_enum)]
        target: Option<fuzz::Target>,
        /// How long each runs.
        #[arg(long, default_value_t = 60)]
        seconds: u32,
    },
}

fn main() -> ExitCode {
    let done = match Arguments::parse().chore {
        Chore::Test { part, full } => test::run(part, full),
        Chore::Docs { check } => docs::run(check),
        Chore::Fuzz { target, seconds } => fuzz::run(target, seconds),
        Chore::Bench => test::cargo(&["bench", "--workspace", "--locked", "--bench", "*"]),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// What a chore comes to.
type Done = Result<(), Box<dyn Error>>;
