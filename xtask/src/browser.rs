//! `cargo xtask test browser`: the board report in a real browser, which needs Chromium.

use std::env;
use std::fs;
use std::path::PathBuf;

use crate::debian::{self, on_path};
use crate::environment::Environment;
use crate::run::{Done, cargo, succeed};
use crate::workspace;

/// The reports that are looked at, each with what the program is asked for.
const REPORTS: [(&str, &[&str]); 3] = [
    ("internal", &["--authority", "The sample authority", "--breakdown", "team,age"]),
    ("published", &["--publish", "--breakdown", "sex"]),
    ("by-recommendation", &["--by", "recommendation"]),
];

/// The names under which Chromium is installed.
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// Writes reports of the sample authority, and checks them in the browser: what is looked at stays in `target/report`.
pub(crate) fn run() -> Done {
    let folder = workspace::root().join("tests/browser");
    let work = workspace::target()?.join("report");
    fs::create_dir_all(&work)?;
    let browser = browser()?;
    let environment = Environment::new(work.join("environment"))?;
    environment.require(&folder.join("requirements.txt"))?;
    let mut check = environment.python();
    check.arg(folder.join("check.py")).arg(&browser).arg(&work);
    for (name, asked) in REPORTS {
        let out = work.join(format!("{name}.html"));
        let (file, targets) = (out.to_string_lossy(), folder.join("targets.json"));
        let targets = targets.to_string_lossy();
        let program = ["run", "--quiet", "--locked", "--package", "csc-measures-cli", "--", "report"];
        let what = ["--from", "2015-04", "--to", "2017-03", "--targets", &targets, "--out", &file];
        cargo(&[&program[..], &what, asked].concat())?;
        check.arg(&out);
    }
    succeed(check.env("PYTHONDONTWRITEBYTECODE", "1"))
}

/// The browser: that of `CHROMIUM`, or one on the path, or else Debian's.
fn browser() -> Result<PathBuf, Box<dyn std::error::Error>> {
    if let Some(browser) = env::var_os("CHROMIUM") {
        return Ok(browser.into());
    }
    let found = || BROWSERS.iter().find_map(|name| on_path(name));
    if found().is_none() {
        debian::install(&["chromium"], "the tests of the report")?;
    }
    found().ok_or_else(|| "the tests of the report need Chromium".into())
}
