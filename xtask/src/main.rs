//! The project's chores, each one command: `cargo xtask test`, `cargo xtask docs`, `cargo xtask bench`,
//! `cargo xtask fuzz` and so on.
#![allow(clippy::print_stderr, reason = "a program for the terminal, not a library")]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod api;
mod bench;
mod browser;
mod c;
mod databases;
mod debian;
mod definitions;
mod docs;
mod downstream;
mod environment;
mod fuzz;
mod msrv;
mod office;
mod package;
mod python;
mod regenerate;
mod run;
mod test;
mod vectors;
mod workspace;

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
        /// Also what takes long, or needs more than Rust, gcc, Python, JNA and valgrind.
        #[arg(long)]
        full: bool,
    },
    /// Write the documents that are generated, or fail if one is stale.
    Docs {
        /// Write nothing.
        #[arg(long)]
        check: bool,
    },
    /// Write down what each measure means, unless a meaning changed without its version.
    Definitions {
        /// Write nothing.
        #[arg(long)]
        check: bool,
        /// A measure whose definition says better what it said before.
        #[arg(long, value_name = "MEASURE")]
        reworded: Vec<String>,
    },
    /// Write everything that is generated anew: header, lists, forms, messages, definitions, pages, and what examples
    /// and notebooks show.
    Regenerate,
    /// Write the header of the C library, or fail if it is stale.
    Header {
        /// Write nothing.
        #[arg(long)]
        check: bool,
    },
    /// Install the C library: header, libraries, pkg-config file and CMake config.
    Install {
        /// Where to.
        #[arg(long)]
        prefix: PathBuf,
        /// With the reading of CSV and Parquet folders.
        #[arg(long)]
        files: bool,
    },
    /// List what each published crate offers, or fail if a list is stale.
    Api {
        /// Write nothing.
        #[arg(long)]
        check: bool,
    },
    /// Build and run a crate outside the workspace that depends on the core alone.
    Downstream,
    /// Pack up the published crates as a registry would take them.
    Package {
        /// Build each from its package.
        #[arg(long)]
        verify: bool,
    },
    /// Check the promised oldest toolchain.
    Msrv,
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
    if let Some(said) = api::in_place_of_rustdoc() {
        return said;
    }
    let done = match Arguments::parse().chore {
        Chore::Test { part, full } => test::run(part, full),
        Chore::Docs { check } => docs::run(check),
        Chore::Definitions { check, reworded } => definitions::run(check, &reworded),
        Chore::Regenerate => regenerate::run(),
        Chore::Header { check } => c::header::run(check),
        Chore::Install { prefix, files } => c::install::run(&prefix, files),
        Chore::Api { check } => api::run(check),
        Chore::Downstream => downstream::run(),
        Chore::Package { verify } => package::run(verify),
        Chore::Msrv => msrv::run(),
        Chore::Fuzz { target, seconds } => fuzz::run(target, seconds),
        Chore::Bench => bench::run(&[]).and_then(|()| python::bench()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
