//! The examples in C, C++ and Java, built against what is installed, as a user builds them; what they print is
//! compared with the file beside each, or without `check` written there.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::programs::{STRICT, pkg_config};
use crate::run::{Done, is_there, left_out, succeed};
use crate::workspace;

/// The examples in C and C++, and what is given to each.
const PROGRAMS: [(&str, &str, &[&str]); 3] = [
    ("c", "child_screen.c", &[]),
    ("c", "nightly_scorecard.c", &[""]),
    ("cpp", "scorecard.cpp", &["persons.csv", "cp_plans.csv", "cp_visits.csv"]),
];

pub(super) fn run(prefix: &Path, work: &Path, check: bool) -> Done {
    of_the_readme(prefix, work)?;
    with_pkg_config(prefix, work, check)?;
    if is_there("java")? {
        with_java(prefix, check)?;
    }
    Ok(())
}

/// The program that the README shows: it builds as it stands, and says what is due.
fn of_the_readme(prefix: &Path, work: &Path) -> Done {
    let readme = fs::read_to_string(workspace::root().join("README.md"))?;
    let shown = readme.split_once("```c\n").and_then(|(_, rest)| rest.split_once("```"));
    let (source, binary) = (work.join("readme.c"), work.join("readme"));
    fs::write(&source, shown.ok_or("the README shows no program in C")?.0)?;
    let mut compile = Command::new("cc");
    succeed(compile.args(STRICT).arg("-o").arg(&binary).arg(&source).args(pkg_config(prefix, false)?))?;
    let said = Command::new(&binary).env("LD_LIBRARY_PATH", prefix.join("lib")).output()?;
    let printed = String::from_utf8(said.stdout)?;
    if said.status.success() && printed.contains(r#""clock":"cp_visit""#) {
        Ok(())
    } else {
        Err(format!("the README's program in C prints {printed}").into())
    }
}

fn examples() -> PathBuf {
    workspace::root().join("examples")
}

/// Runs a program over the sample authority and compares what it prints.
fn compare(
    program: &mut Command,
    language: &str,
    source: &str,
    given: &[&str],
    prefix: &Path,
    check: bool,
) -> Done {
    let authority = examples().join("data/sample-authority");
    program.args(given.iter().map(|file| authority.join(file))).env("LD_LIBRARY_PATH", prefix.join("lib"));
    let said = program.output()?;
    if !said.status.success() {
        return Err(format!("{source} failed: {}", String::from_utf8_lossy(&said.stderr)).into());
    }
    let kept = format!("examples/{language}/{}", Path::new(source).with_extension("txt").display());
    let printed = String::from_utf8(said.stdout)?;
    workspace::settle(&kept, &printed, check, "regenerate")
}

fn with_pkg_config(prefix: &Path, work: &Path, check: bool) -> Done {
    for (language, source, given) in PROGRAMS {
        for is_static in [false, true] {
            let binary = work.join(source).with_extension("example");
            let mut compile = match language {
                "c" => Command::new("cc"),
                _ => Command::new("c++"),
            };
            match language {
                "c" => compile.args(STRICT),
                _ => compile.args(["-std=c++17", "-Wall", "-Wextra", "-Werror", "-pedantic"]),
            };
            compile.arg("-o").arg(&binary).arg(examples().join(language).join(source));
            for word in pkg_config(prefix, is_static)? {
                match (is_static, word.as_str()) {
                    (true, "-lcsc_measures") => compile.arg(prefix.join("lib/libcsc_measures.a")),
                    _ => compile.arg(word),
                };
            }
            succeed(&mut compile)?;
            compare(&mut Command::new(&binary), language, source, given, prefix, check)?;
        }
    }
    Ok(())
}

/// The examples once more, built as a project of CMake.
pub(super) fn with_cmake(prefix: &Path, work: &Path) -> Done {
    if !is_there("cmake")? {
        return Ok(());
    }
    let built = work.join("cmake");
    let mut configure = Command::new("cmake");
    configure.arg("-S").arg(examples()).arg("-B").arg(&built);
    configure.arg(format!("-DCMAKE_PREFIX_PATH={}", prefix.display())).arg("-Wno-dev");
    succeed(&mut configure)?;
    succeed(Command::new("cmake").arg("--build").arg(&built))?;
    for (language, source, given) in PROGRAMS {
        let binary = built.join(Path::new(source).with_extension(""));
        compare(&mut Command::new(binary), language, source, given, prefix, true)?;
    }
    Ok(())
}

fn with_java(prefix: &Path, check: bool) -> Done {
    let Some(jna) = jna()? else { return Ok(()) };
    let mut java = Command::new("java");
    java.arg("-cp").arg(jna).arg(format!("-Djna.library.path={}", prefix.join("lib").display()));
    java.arg(examples().join("java/Scorecard.java"));
    compare(&mut java, "java", "Scorecard.java", &[""], prefix, check)
}

/// The jar of JNA: where `JNA_JAR` says, or where Debian has it.
fn jna() -> Result<Option<PathBuf>, Box<dyn std::error::Error>> {
    let jar = env::var_os("JNA_JAR").map_or_else(|| PathBuf::from("/usr/share/java/jna.jar"), PathBuf::from);
    if jar.is_file() {
        return Ok(Some(jar));
    }
    left_out("jna.jar (Debian's libjna-java; or set JNA_JAR)")?;
    Ok(None)
}
