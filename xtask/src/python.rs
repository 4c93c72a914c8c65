//! `cargo xtask test python`: the Python package, as a user installs it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::databases;
use crate::environment::Environment;
use crate::run::{Done, succeed};
use crate::vectors::{self, Expectations};
use crate::workspace;

/// The folder of the package.
const FOLDER: &str = "bindings/python";

/// What the tests use, to the version.
const REQUIREMENTS: &str = "tests/requirements.txt";

/// What they use besides in a full run, which has a server of a database.
const OF_SERVERS: &str = "tests/requirements-servers.txt";

/// What a program does that has the package and nothing else.
const SMOKE: &str = "from csc_measures import Calendar; \
    assert Calendar.england_and_wales().working_days_between('2017-04-13', '2017-04-18') == 1";

/// In full also what fetches more than the requirements: pyright its Node, the package from its source the tools that
/// build it, and the tests of databases a server.
pub(crate) fn run(full: bool) -> Done {
    let (work, folder) = (workspace::target()?.join("python"), workspace::root().join(FOLDER));
    let environment = installed(&folder, &work)?;
    if full {
        environment.require(&folder.join(OF_SERVERS))?;
        databases::require()?;
    }

    let within = |arguments: &[&str]| -> Done {
        let mut command = environment.python();
        succeed(command.args(arguments).current_dir(&folder))
    };
    within(&["-m", "mypy", "python/csc_measures", "tests"])?;
    if full {
        within(&["-m", "pyright"])?;
        within(&["-m", "pyright", "--verifytypes", "csc_measures", "--ignoreexternal"])?;
    }
    within(&["-m", "mypy.stubtest", "csc_measures._native", "--mypy-config-file", "pyproject.toml"])?;

    let script = work.join("vectors.txt");
    let mut text = vectors::script(Expectations::LeftOut)?;
    vectors::groups::write(&mut text)?;
    fs::write(&script, text.into_text())?;
    let datasets = work.join("ssd");
    databases::datasets(&datasets)?;
    let mut tests = environment.python();
    tests.args(["-m", "pytest", "tests", "-p", "no:cacheprovider"]).current_dir(&folder);
    if full {
        tests.env("CSC_DATABASES", "all");
    }
    tests.env("CSC_VECTORS", &script).env("CSC_SSD", &datasets).env("PYTHONDONTWRITEBYTECODE", "1");
    succeed(&mut tests)?;
    let bench = workspace::root().join("benches/python.py");
    succeed(environment.python().arg(bench).arg("--quick"))?;
    if full {
        from_source(&environment, &folder, &work)?;
    }
    Ok(())
}

/// Runs the bench of the package, in the environment of its tests.
pub(crate) fn bench() -> Done {
    let environment = installed(&workspace::root().join(FOLDER), &workspace::target()?.join("python"))?;
    succeed(environment.python().arg(workspace::root().join("benches/python.py")))
}

/// Writes anew what the tests compare with: what the examples print, what the notebooks show, and the messages.
pub(crate) fn write() -> Done {
    let folder = workspace::root().join(FOLDER);
    let environment = installed(&folder, &workspace::target()?.join("python"))?;
    let mut tests = environment.python();
    tests.args([
        "-m",
        "pytest",
        "--quiet",
        "-p",
        "no:cacheprovider",
        "tests/test_examples.py",
        "tests/test_messages.py",
    ]);
    tests.env("WRITE_EXAMPLES", "1").env("WRITE_MESSAGES", "1").env("PYTHONDONTWRITEBYTECODE", "1");
    succeed(tests.current_dir(folder))
}

/// The environment of the tests, with the package of this source in it.
fn installed(folder: &Path, work: &Path) -> Result<Environment, Box<dyn std::error::Error>> {
    let environment = Environment::new(work.join("environment"))?;
    environment.require(&folder.join(REQUIREMENTS))?;
    let wheel = build(&environment, folder, &work.join("wheels"))?;
    succeed(environment.pip().args(["--force-reinstall", "--no-deps"]).arg(wheel))?;
    Ok(environment)
}

/// Builds the wheel.
fn build(
    environment: &Environment,
    folder: &Path,
    wheels: &Path,
) -> Result<PathBuf, Box<dyn std::error::Error>> {
    maturin(environment, folder, &["build", "--release", "--locked", "--quiet"], wheels)?;
    only_file(wheels)
}

/// The package from its source, in an environment where nothing was before.
fn from_source(environment: &Environment, folder: &Path, work: &Path) -> Done {
    let sources = work.join("sources");
    maturin(environment, folder, &["sdist"], &sources)?;
    let place = work.join("from-source");
    if place.exists() {
        fs::remove_dir_all(&place)?;
    }
    let empty = Environment::new(place)?;
    // What the dependencies were built into already need not be built again.
    succeed(empty.pip().arg(only_file(&sources)?).env("CARGO_TARGET_DIR", workspace::target()?))?;
    succeed(empty.python().args(["-I", "-c", SMOKE]))
}

/// Runs maturin, which leaves one file in a folder.
fn maturin(environment: &Environment, folder: &Path, arguments: &[&str], out: &Path) -> Done {
    if out.exists() {
        fs::remove_dir_all(out)?;
    }
    let mut maturin = Command::new(environment.program("maturin"));
    succeed(maturin.args(arguments).arg("--out").arg(out).current_dir(folder))
}

fn only_file(folder: &Path) -> Result<PathBuf, Box<dyn std::error::Error>> {
    let entry = fs::read_dir(folder)?.next().ok_or("nothing was built")?;
    Ok(entry?.path())
}
