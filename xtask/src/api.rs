//! `cargo xtask api`: what each published crate offers, one line an item, in a file that reviews can read.
//!
//! The list is made from rustdoc's JSON, which only rustdoc of a toolchain that the `public-api` crate knows can
//! write. Cargo is told that this program is rustdoc, and it calls the real one with the switch that lets a
//! stable toolchain write JSON: were the switch in cargo's own environment, every build script that looks at it
//! would run again, and with it half of the build.

use std::collections::BTreeSet;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::process::{Command, ExitCode};

use cargo_metadata::{Metadata, Package};
use public_api::PublicItem;
use serde::Deserialize;

use crate::run::{Done, succeed};
use crate::workspace;

/// Set if this program was called in rustdoc's place.
const AS_RUSTDOC: &str = "XTASK_AS_RUSTDOC";

/// The form of rustdoc's JSON that is read, that of Rust 1.93 to 1.95.
const FORM: u32 = 57;

/// If this program was called in rustdoc's place, what rustdoc said.
pub(crate) fn in_place_of_rustdoc() -> Option<ExitCode> {
    let rustdoc = env::var_os(AS_RUSTDOC)?;
    let status = Command::new(rustdoc).args(env::args_os().skip(1)).env("RUSTC_BOOTSTRAP", "1").status();
    let is_good = status.is_ok_and(|status| status.success());
    Some(if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Writes the lists, or in `check` says which one is stale.
pub(crate) fn run(check: bool) -> Done {
    let metadata = workspace::metadata("Cargo.toml")?;
    for package in workspace::published(&metadata) {
        let text = list(package, &metadata)?;
        workspace::settle(&format!("crates/{}/api.txt", package.name), &text, check, "api")?;
    }
    Ok(())
}

/// The first thing that a file of rustdoc's JSON is asked.
#[derive(Deserialize)]
struct Form {
    format_version: u32,
}

fn list(package: &Package, metadata: &Metadata) -> Result<String, Box<dyn std::error::Error>> {
    let rustdoc = env::var_os("RUSTDOC").unwrap_or_else(|| OsString::from("rustdoc"));
    succeed(
        Command::new(env!("CARGO"))
            .args(["rustdoc", "--quiet", "--locked", "--lib", "--all-features", "--package", &package.name])
            .args(["--", "-Zunstable-options", "--output-format", "json"])
            .env("RUSTDOC", env::current_exe()?)
            .env(AS_RUSTDOC, rustdoc),
    )?;
    let file = metadata.target_directory.join("doc").join(format!("{}.json", package.name.replace('-', "_")));
    let form: Form = serde_json::from_str(&fs::read_to_string(&file)?)?;
    if form.format_version != FORM {
        return Err(format!(
            "rustdoc writes form {} of its JSON and this program reads form {FORM}, that of Rust 1.93 to 1.95: \
             run it with one of these, as in `cargo +1.95 xtask api`",
            form.format_version
        )
        .into());
    }
    let api = public_api::Builder::from_rustdoc_json(file).omit_blanket_impls(true).build()?;
    let items: Vec<&PublicItem> = api.items().collect();
    // What a trait's implementation holds, the trait says already.
    let traits: BTreeSet<u32> =
        items.iter().filter(|item| is_of_trait(item)).map(|item| item.id().0).collect();
    let lines: Vec<String> = items
        .iter()
        .filter(|item| item.parent_id().is_none_or(|parent| !traits.contains(&parent.0)))
        .map(ToString::to_string)
        .filter(|line| !is_noise(line))
        .collect();
    Ok(lines.join("\n") + "\n")
}

/// Whether an item implements a trait for a type.
fn is_of_trait(item: &PublicItem) -> bool {
    let line = item.to_string();
    line.starts_with("impl") && line.contains(" for ")
}

/// What every type has, and the heads of inherent implementations: only that a type cannot be sent to or shared
/// with another thread is news.
fn is_noise(line: &str) -> bool {
    if !line.starts_with("impl") {
        return false;
    }
    let is_inherent = !line.contains(" for ");
    let is_marker = line.contains("core::marker::") && !line.contains("core::marker::Copy for ");
    let is_unwind_safety = line.contains("core::panic::unwind_safe::");
    let is_news = line.contains("!core::marker::Send for ") || line.contains("!core::marker::Sync for ");
    is_inherent || (is_marker || is_unwind_safety) && !is_news
}
