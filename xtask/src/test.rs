//! `cargo xtask test`: what must hold before a change lands, in the order in which it fails fastest.

use std::process::Command;

use clap::ValueEnum;

use crate::run::{Done, cargo, succeed};
use crate::{api, bench, browser, c, definitions, docs, downstream, fuzz, msrv, office, package, python};

/// A part of the tests.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// The crates, their documents, examples and benches.
    Rust,
    /// The C library from C, C++ and Java.
    C,
    /// The Python package.
    Python,
    /// The board report in a real browser, which needs Chromium; otherwise it is a part of a full run alone.
    Browser,
    /// The workbooks in LibreOffice; otherwise they are a part of a full run alone.
    Office,
}

/// Random datasets of each property in a full run; a usual run takes each property's own number.
const FULL_CASES: &str = "5000";

/// How long each fuzz target runs in a full run.
const FULL_FUZZ_SECONDS: u32 = 20;

pub(crate) fn run(part: Option<Part>, full: bool) -> Done {
    match part {
        None => {
            rust(full)?;
            c::test::run(full)?;
            python::run(full)?;
            if full {
                browser::run()?;
                office::run()?;
            }
            Ok(())
        }
        Some(Part::Rust) => rust(full),
        Some(Part::C) => c::test::run(full),
        Some(Part::Python) => python::run(full),
        Some(Part::Browser) => browser::run(),
        Some(Part::Office) => office::run(),
    }
}

fn rust(full: bool) -> Done {
    cargo(&["fmt", "--all", "--check"])?;
    cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"])?;
    docs::run(true)?;
    definitions::run(true, &[])?;
    let mut tests = Command::new(env!("CARGO"));
    tests.args(["test", "--workspace", "--locked"]);
    if full {
        tests.env("PROPTEST_CASES", FULL_CASES);
    }
    succeed(&mut tests)?;
    // A bench checks its answer before it times, so a quick run of it is a test.
    bench::run(&["--quick"])?;
    let mut documents = Command::new(env!("CARGO"));
    documents.args(["doc", "--workspace", "--no-deps", "--locked"]).env("RUSTDOCFLAGS", "--deny warnings");
    succeed(&mut documents)?;
    api::run(true)?;
    downstream::run()?;
    package::run(full)?;
    if full {
        msrv::run()?;
        fuzz::run(None, FULL_FUZZ_SECONDS)?;
    }
    Ok(())
}
