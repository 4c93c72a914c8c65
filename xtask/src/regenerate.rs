//! `cargo xtask regenerate`: everything that is generated, written anew by one command.

use std::process::Command;

use crate::run::{Done, succeed};
use crate::{api, c, definitions, docs};

/// The tests that write what they compare with, and the variables by which they do.
const WRITERS: [(&str, &str, &str); 6] = [
    ("csc-measures", "forms::", "WRITE_FORMS"),
    ("csc-measures", "messages::", "WRITE_MESSAGES"),
    ("csc-measures-files", "messages::", "WRITE_MESSAGES"),
    ("csc-measures-files", "returns_page::", "WRITE_RETURNS"),
    ("sample-authority", "ssd::page::", "WRITE_SSD"),
    ("sample-authority", "signals::", "WRITE_SIGNALS"),
];

/// Writes the header, the lists of what crates offer, the pages, what measures mean, the forms and the messages. What
/// the examples print needs gcc and Python, and is written by `WRITE_EXAMPLES=1 cargo xtask test`.
pub(crate) fn run() -> Done {
    c::header::run(false)?;
    api::run(false)?;
    for (package, tests, variable) in WRITERS {
        let mut command = Command::new(env!("CARGO"));
        command.args(["test", "--locked", "--package", package, "--test", "it", tests]).env(variable, "1");
        succeed(&mut command)?;
    }
    definitions::run(false, &[])?;
    docs::run(false)
}
