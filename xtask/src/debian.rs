//! Programs that tests use, and Debian's packages of those that are not there.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use crate::run::{Done, succeed};

/// Installs packages where Debian's can be; elsewhere it is an error, as a full run leaves nothing out.
pub(crate) fn install(packages: &[&str], purpose: &str) -> Done {
    if on_path("apt-get").is_none() {
        return Err(format!("{purpose} need {}", packages.join(" and ")).into());
    }
    succeed(as_root("apt-get").args(["update", "-qq"]))?;
    let mut install = as_root("env");
    install.args([
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "install",
        "-y",
        "-qq",
        "--no-install-recommends",
    ]);
    succeed(install.args(packages))
}

/// The file of a program that is on the path.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// A command that root runs.
fn as_root(program: &str) -> Command {
    let who = Command::new("id").arg("-u").output();
    if who.is_ok_and(|who| who.stdout.trim_ascii() == b"0") {
        return Command::new(program);
    }
    let mut sudo = Command::new("sudo");
    sudo.arg(program);
    sudo
}
