//! What a shell completes.

use std::process::Command;

use crate::program;

fn script(shell: &str) -> String {
    let output = program().args(["completions", shell]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{shell}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_shell_is_told_the_options_and_what_they_take() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = script(shell);
        for word in ["publish-period", "quarter", "breakdown", "check", "report"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    let output = program().args(["completions", "cobol"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

/// The script is run as bash runs it when somebody presses the key.
#[cfg(unix)]
#[test]
fn bash_completes() {
    let completed = |words: &str| {
        let ask = format!(
            "{}\nCOMP_WORDS=(csc-measures {words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); \
             _csc__measures csc-measures \"${{COMP_WORDS[-1]}}\" \"${{COMP_WORDS[-2]}}\"; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            script("bash")
        );
        let output = Command::new("bash").args(["-c", &ask]).output().unwrap();
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(completed("--publish-p"), "--publish-period\n");
    assert_eq!(completed("--publish --publish-period q"), "quarter\n");
    assert_eq!(completed("rep"), "report\n");
}
