//! What the tests of databases use beyond Python: datasets to put into one, a server, and its driver for ODBC.

use std::fs;
use std::path::Path;

use crate::debian::{self, on_path};
use crate::run::{Done, cargo};

/// The case systems whose datasets are put into databases.
const SYSTEMS: [&str; 3] = ["systemc", "mosaic", "eclipse"];

/// How many children are in each: enough for every table, and few enough to be read by every driver in a second.
const CHILDREN: &str = "300";

/// Writes the dataset of each case system into a folder of its own, without the faults that no typed column can hold.
pub(crate) fn datasets(to: &Path) -> Done {
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    for system in SYSTEMS {
        let folder = to.join(system).to_string_lossy().into_owned();
        let what = ["--children", CHILDREN, "--seed", "1", "--clean", "--ssd", system, "--out", &folder];
        cargo(&[&["run", "--quiet", "--locked", "--package", "sample-authority", "--"], &what[..]].concat())?;
    }
    Ok(())
}

/// Sees that a server of PostgreSQL and its driver for ODBC are on this machine: those that are not are installed
/// where Debian's packages can be, and are an error elsewhere, as a full run leaves nothing out.
pub(crate) fn require() -> Done {
    let missing = missing();
    if missing.is_empty() {
        return Ok(());
    }
    debian::install(&missing, "the tests of databases")
}

/// The packages of Debian that are missing.
fn missing() -> Vec<&'static str> {
    let mut packages = Vec::new();
    // Debian keeps the programs of each version apart, and off the path.
    let of_debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let has_server = of_debian.into_iter().any(|version| version.path().join("bin/initdb").is_file());
    if !has_server && on_path("initdb").is_none() {
        packages.push("postgresql");
    }
    let drivers = fs::read_to_string("/etc/odbcinst.ini").unwrap_or_default();
    if !drivers.contains("[PostgreSQL Unicode]") {
        packages.extend(["unixodbc", "odbc-postgresql"]);
    }
    packages
}
