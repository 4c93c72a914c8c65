//! `cargo xtask regenerate`: everything that is generated, written anew by one command.

use std::process::Command;

use crate::run::{Done, is_there, succeed};
use crate::{api, c, definitions, docs, python};

/// The tests that write what they compare with, and the variables by which they do.
const WRITERS: [(&str, &str, &str); 7] = [
    ("csc-measures", "forms::", "WRITE_FORMS"),
    ("csc-measures", "messages::", "WRITE_MESSAGES"),
    ("csc-measures-files", "messages::", "WRITE_MESSAGES"),
    ("csc-measures-files", "returns_page::", "WRITE_RETURNS"),
    ("csc-measures-report", "first_page::", "WRITE_REPORT"),
    ("sample-authority", "ssd::page::", "WRITE_SSD"),
    ("sample-authority", "signals::", "WRITE_SIGNALS"),
];

/// Writes the header, the lists of what the libraries offer, the forms, the messages, the first page of the report, what
/// measures mean, the pages, which compare those lists, and then what Python is compared with. What needs a program that
/// this machine has not is reported and left as it is.
pub(crate) fn run() -> Done {
    c::header::run(false)?;
    if is_there("cc")? && is_there("pkg-config")? {
        c::test::write()?;
    }
    api::run(false)?;
    for (package, tests, variable) in WRITERS {
        write(package, tests, variable, &[])?;
    }
    write("csc-measures-files", "examples::", "WRITE_EXAMPLES", &["--examples"])?;
    definitions::run(false, &[])?;
    docs::run(false)?;
    if is_there("python3")? {
        python::write()?;
    }
    Ok(())
}

/// Runs the tests of a package that write what they compare with.
fn write(package: &str, tests: &str, variable: &str, besides: &[&str]) -> Done {
    let mut command = Command::new(env!("CARGO"));
    command.args(["test", "--locked", "--package", package]).args(besides).args(["--test", "it", tests]);
    succeed(command.env(variable, "1"))
}
