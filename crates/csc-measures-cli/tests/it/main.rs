//! The program as it is run, over small authorities and the sample authority.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where it fails")]

mod attacks;
mod board_report;
mod check;
/// The small authority of the tests of the reading crate.
#[allow(dead_code, reason = "the program is tested with a part of it")]
#[path = "../../../csc-measures-files/tests/it/common/mod.rs"]
mod common;
mod compare;
mod completions;
mod due_list;
mod publish;
#[cfg(feature = "returns")]
mod returns;
mod scorecard;
mod signals;
#[cfg(not(feature = "returns"))]
mod without_returns;
mod work_list;
mod workbook;

use std::process::Command;

/// The sample authority, which comes with the project.
const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/data/sample-authority");

/// The program, on a page of its usual width.
fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_csc-measures"));
    command.env_remove("COLUMNS").env_remove("RUST_BACKTRACE");
    command
}
