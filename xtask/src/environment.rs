//! Virtual environments of Python in which tests run.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{Done, succeed};

/// A virtual environment.
pub(crate) struct Environment(PathBuf);

impl Environment {
    /// Makes one, unless it is there.
    pub(crate) fn new(place: PathBuf) -> Result<Self, Box<dyn std::error::Error>> {
        let environment = Self(place);
        if !environment.program("python").is_file() {
            succeed(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&environment.0))?;
        }
        Ok(environment)
    }

    /// The file of a program in it.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.0.join("bin").join(name)
    }

    /// Its Python.
    pub(crate) fn python(&self) -> Command {
        let mut python = Command::new(self.program("python"));
        // Pyright asks the `python` that it finds for what is installed.
        let others = env::var_os("PATH").unwrap_or_default();
        let places = std::iter::once(self.0.join("bin")).chain(env::split_paths(&others));
        if let Ok(path) = env::join_paths(places) {
            python.env("PATH", path);
        }
        python
    }

    /// Its `pip install`.
    pub(crate) fn pip(&self) -> Command {
        let mut pip = self.python();
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
        pip
    }

    /// Installs what a file lists, unless it was installed before.
    pub(crate) fn require(&self, requirements: &Path) -> Done {
        let name = requirements.file_name().ok_or("a list of requirements has no name")?;
        let (wanted, installed) = (fs::read_to_string(requirements)?, self.0.join("installed").join(name));
        if fs::read_to_string(&installed).is_ok_and(|installed| installed == wanted) {
            return Ok(());
        }
        succeed(self.pip().arg("--requirement").arg(requirements))?;
        fs::create_dir_all(self.0.join("installed"))?;
        Ok(fs::write(installed, wanted)?)
    }
}
