//! `cargo xtask test office`: the workbooks in LibreOffice, as somebody opens them.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::debian::{self, on_path};
use crate::run::{Done, cargo, succeed};
use crate::workspace;

/// The names under which LibreOffice is installed.
const OFFICES: [&str; 2] = ["soffice", "libreoffice"];

/// The workbooks that are opened, each with what the program is asked for.
const WORKBOOKS: [(&str, &[&str]); 4] = [
    ("whole", &["scorecard", "--from", "2016-01", "--to", "2017-03", "--breakdown", "team,age"]),
    ("without-lists", &["scorecard", "--from", "2016-01", "--to", "2017-03", "--without-lists"]),
    ("published", &["scorecard", "--from", "2016-01", "--to", "2017-03", "--publish"]),
    ("due", &["due", "--day", "2017-03-31"]),
];

/// Every sheet as CSV: commas, quotes, UTF-8, from the first row, values as they are stored and not as they are shown.
const SHEETS_AS_CSV: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1";

/// Writes workbooks of the sample authority, has LibreOffice open each and write its sheets, and compares these with what the
/// program says in CSV: what is looked at stays in `target/office`.
pub(crate) fn run() -> Done {
    let work = workspace::target()?.join("office");
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    fs::create_dir_all(&work)?;
    let office = office()?;
    let mut check = Command::new("python3");
    check.arg(workspace::root().join("tests/office/check.py")).env("PYTHONDONTWRITEBYTECODE", "1");
    for (name, asked) in WORKBOOKS {
        let folder = work.join(name);
        fs::create_dir_all(&folder)?;
        let (book, figures) = (folder.join("book.xlsx"), folder.join("figures.csv"));
        program(asked, "xlsx", &book)?;
        let asked: Vec<&str> = asked.iter().copied().filter(|word| *word != "--without-lists").collect();
        program(&asked, "csv", &figures)?;
        open(&office, &book, &folder, &work)?;
        check.arg(&folder);
    }
    succeed(&mut check)
}

/// Runs the program over the sample authority.
fn program(asked: &[&str], format: &str, out: &Path) -> Done {
    let out = out.to_string_lossy();
    let program = ["run", "--quiet", "--locked", "--package", "csc-measures-cli", "--"];
    cargo(&[&program[..], asked, &["--format", format, "--out", &out]].concat())
}

/// Has LibreOffice open a workbook and write its sheets. A complaint is an error: what it says goes to standard error.
fn open(office: &Path, book: &Path, folder: &Path, work: &Path) -> Done {
    let profile = format!("-env:UserInstallation=file://{}", work.join("profile").display());
    let mut open = Command::new(office);
    open.arg(profile).args(["--headless", "--convert-to", SHEETS_AS_CSV, "--outdir"]).arg(folder).arg(book);
    let output = open.output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    // Without a desktop it says that it found no Java, which nothing here needs.
    let complaint = said.lines().find(|line| !line.trim().is_empty() && !line.contains("javaldx"));
    match complaint {
        Some(complaint) => Err(format!("LibreOffice of {}: {complaint}", book.display()).into()),
        None if !output.status.success() => Err(format!("LibreOffice cannot open {}", book.display()).into()),
        None => Ok(()),
    }
}

/// LibreOffice: that of `SOFFICE`, or one on the path, or else Debian's.
fn office() -> Result<PathBuf, Box<dyn std::error::Error>> {
    if let Some(office) = env::var_os("SOFFICE") {
        return Ok(office.into());
    }
    let found = || OFFICES.iter().find_map(|name| on_path(name));
    if found().is_none() {
        debian::install(&["libreoffice-calc"], "the tests of the workbook")?;
    }
    found().ok_or_else(|| "the tests of the workbook need LibreOffice".into())
}
