//! `cargo xtask fuzz`: hostile input, found by libFuzzer.
//!
//! The targets are built by the toolchain that builds everything else, and libFuzzer by the machine's C++
//! compiler: nothing has to be installed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::ValueEnum;

use crate::run::{Done, succeed};

/// What is fuzzed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Target {
    /// CSV files of any tables.
    Csv,
    /// A Parquet file.
    Parquet,
    /// Files of returns.
    Returns,
    /// A policy file.
    Policy,
    /// A targets file.
    Targets,
    /// A closures file: the GOV.UK bank holidays or a list of dates.
    Closures,
}

impl Target {
    fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
            Self::Returns => "returns",
            Self::Policy => "policy",
            Self::Targets => "targets",
            Self::Closures => "closures",
        }
    }
}

/// What the compiler adds for libFuzzer: counters of the branches taken, and of what is compared with what.
const COVERAGE: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";
/// What finds errors in the unsafe code of others, if the toolchain comes with it.
const ADDRESS_SANITIZER: &str = "-Zsanitizer=address";
/// A silent wrap of another build is a finding here, and the counters of a crate belong together.
const CHECKS: &str = "--cfg fuzzing -Cdebug-assertions -Ccodegen-units=1";

/// Runs a target, or each, for so many seconds.
pub(crate) fn run(target: Option<Target>, seconds: u32) -> Done {
    let host = host()?;
    let folder = root()?.join("tests/fuzz");
    let programs = build(&folder, &host)?;
    let targets = target.as_ref().map_or(Target::value_variants(), std::slice::from_ref);
    for target in targets {
        fuzz(&folder, &programs, *target, seconds)?;
    }
    Ok(())
}

fn root() -> Result<&'static Path, String> {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or_else(|| "xtask has no folder above it".to_owned())
}

/// The machine that the toolchain builds for. Named in the build, it keeps the counters out of what cargo
/// itself runs: build scripts and macros.
fn host() -> Result<String, Box<dyn std::error::Error>> {
    let about = Command::new("rustc").arg("-vV").output()?;
    let about = String::from_utf8(about.stdout)?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.ok_or("`rustc -vV` does not tell the host")?.to_owned())
}

/// Builds the targets, and says where they are.
fn build(folder: &Path, host: &str) -> Result<PathBuf, Box<dyn std::error::Error>> {
    let target_dir = match std::env::var_os("CARGO_TARGET_DIR") {
        Some(target_dir) => PathBuf::from(target_dir),
        None => root()?.join("target"),
    }
    .join("fuzz");
    let flags = match has_address_sanitizer(host) {
        true => format!("{COVERAGE} {ADDRESS_SANITIZER} {CHECKS}"),
        false => format!("{COVERAGE} {CHECKS}"),
    };
    let mut build = Command::new(env!("CARGO"));
    build
        .args(["build", "--release", "--locked", "--target", host, "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(&target_dir)
        .env("RUSTFLAGS", flags)
        // The sanitizer is an option of the nightly toolchain only by name: the stable one has it.
        .env("RUSTC_BOOTSTRAP", "1");
    succeed(&mut build)?;
    Ok(target_dir.join(host).join("release"))
}

/// Whether the toolchain of this machine has the address sanitizer in a form that needs nothing further.
fn has_address_sanitizer(host: &str) -> bool {
    matches!(host, "x86_64-unknown-linux-gnu" | "aarch64-unknown-linux-gnu")
}

fn fuzz(folder: &Path, programs: &Path, target: Target, seconds: u32) -> Done {
    let name = target.name();
    let seeds = folder.join("seeds").join(name);
    // What a run finds to be new is kept for the next one, beside the build.
    let corpus = programs.join("corpus").join(name);
    let findings = programs.join("findings");
    fs::create_dir_all(&corpus)?;
    fs::create_dir_all(&findings)?;
    let mut fuzz = Command::new(programs.join(name));
    fuzz.args([&corpus, &seeds])
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-artifact_prefix={}/{name}-", findings.display()))
        .args(["-max_len=16384", "-timeout=20", "-rss_limit_mb=2048", "-malloc_limit_mb=1024"])
        .args(["-print_final_stats=1", "-verbosity=1"]);
    let words = folder.join("words").join(name);
    if words.exists() {
        fuzz.arg(format!("-dict={}", words.display()));
    }
    succeed(&mut fuzz).map_err(|error| {
        format!(
            "{error}\nthe input is in {}; give its path to the program to see it again",
            findings.display()
        )
        .into()
    })
}
