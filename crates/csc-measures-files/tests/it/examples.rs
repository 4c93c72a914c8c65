//! The examples in Rust, run as a user runs them; what they print is compared with the file beside each.
//!
//! `cargo xtask regenerate` keeps what they print.

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// Runs an example from the project's folder. `cargo test` builds it before the tests, into a folder beside theirs.
fn run(name: &str, arguments: &[&str]) -> Output {
    let tests = env::current_exe().unwrap();
    let folder = tests.parent().unwrap().with_file_name("examples");
    let program = folder.join(format!("{name}{}", env::consts::EXE_SUFFIX));
    assert!(program.exists(), "build it first: cargo build -p csc-measures-files --examples");
    Command::new(program).args(arguments).current_dir(ROOT).output().unwrap()
}

/// Fails where an example prints anything else than it did.
fn prints_as_before(name: &str, arguments: &[&str]) {
    let output = run(name, arguments);
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    let (printed, kept) = (String::from_utf8(output.stdout).unwrap(), format!("examples/rust/{name}.txt"));
    let kept = Path::new(ROOT).join(kept);
    if env::var_os("WRITE_EXAMPLES").is_some() {
        fs::write(&kept, &printed).unwrap();
    }
    let expected = fs::read_to_string(&kept).unwrap().replace("\r\n", "\n");
    assert_eq!(printed, expected, "{}", kept.display());
}

#[test]
fn a_due_date() {
    prints_as_before("due_date", &[]);
}

#[test]
fn one_child_of_the_sample_authority() {
    prints_as_before("one_child", &["examples/data/sample-authority", "P001831", "2017-03-31"]);
}

#[test]
fn a_scorecard_of_the_sample_authority() {
    prints_as_before("scorecard_from_folder", &["examples/data/sample-authority", "2017-03"]);
}

#[test]
fn without_a_folder_they_say_how_they_are_run() {
    for name in ["one_child", "scorecard_from_folder"] {
        let output = run(name, &[]);
        assert_eq!(output.status.code(), Some(1), "{name}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(&format!("usage: {name} FOLDER ")), "{said}");
    }
}
