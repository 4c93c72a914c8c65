//! The program where it was built for folders of tables alone.

use crate::common::plain;
use crate::program;

#[test]
fn options_of_returns_are_unknown_and_folders_are_one() {
    let folder = plain();
    let refuses = |arguments: &[&str]| {
        let mut command = program();
        command.arg("--data").arg(folder.path()).args(["--from", "2017-03", "--to", "2017-03"]);
        let output = command.args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(refuses(&["--choose", "persons=cin_census"]).contains("unexpected argument '--choose'"));
    assert_eq!(
        refuses(&["--data", "elsewhere"]),
        "csc-measures: this program was built without the feature `returns`, and reads one folder: give --data once\n"
    );
    let help = program().arg("--help").output().unwrap();
    assert!(!String::from_utf8(help.stdout).unwrap().contains("eturn"));
}
