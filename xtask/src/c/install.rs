//! `cargo xtask install --prefix DIR`: the C library where a C program looks for it.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::header;
use super::library::{FOLDER, HEADER, PACKAGE, abi_version, version};
use crate::run::{Done, succeed};
use crate::workspace;

/// What the static library needs of the system.
const NATIVE_LIBRARIES: &str = if cfg!(target_os = "macos") {
    "-framework CoreFoundation -liconv -lSystem -lc -lm"
} else {
    "-lgcc_s -lutil -lrt -lpthread -lm -ldl -lc"
};

/// Builds the library and installs header, libraries, pkg-config file and CMake config.
pub(crate) fn run(prefix: &Path, files: bool) -> Done {
    header::run(true)?;
    let mut build = Command::new(env!("CARGO"));
    build.args(["build", "--release", "--locked", "--package", PACKAGE]).current_dir(workspace::root());
    if files {
        build.args(["--features", "files"]);
    }
    succeed(&mut build)?;
    into(prefix, &workspace::target()?.join("release"), files)
}

/// Installs libraries that were built in a folder.
pub(crate) fn into(prefix: &Path, built: &Path, files: bool) -> Done {
    let (include, library) = (prefix.join("include"), prefix.join("lib"));
    let (pkg_config, cmake) = (library.join("pkgconfig"), library.join("cmake/csc_measures"));
    for folder in [&include, &pkg_config, &cmake] {
        fs::create_dir_all(folder)?;
    }
    fs::copy(workspace::root().join(HEADER), include.join("csc_measures.h"))?;
    let shared = format!("{DLL_PREFIX}csc_measures{DLL_SUFFIX}");
    let archive = if cfg!(windows) { "csc_measures.lib" } else { "libcsc_measures.a" };
    fs::copy(built.join(archive), library.join(archive))?;
    let installed = install_shared(&built.join(&shared), &library, &shared)?;

    let version = version()?;
    let major_minor = version.rsplit_once('.').map_or(&*version, |(start, _)| start);
    let values = [
        ("@VERSION@", version.as_str()),
        ("@MAJOR_MINOR@", major_minor),
        ("@DEFINES@", if files { " -DCSC_MEASURES_FILES" } else { "" }),
        ("@CMAKE_DEFINES@", if files { "CSC_MEASURES_FILES" } else { "" }),
        ("@NATIVE_LIBRARIES@", NATIVE_LIBRARIES),
        ("@SHARED@", installed.as_str()),
        ("@STATIC@", archive),
    ];
    for (template, folder) in [
        ("csc_measures.pc", &pkg_config),
        ("csc_measuresConfig.cmake", &cmake),
        ("csc_measuresConfigVersion.cmake", &cmake),
    ] {
        let source = workspace::root().join(FOLDER).join("install").join(format!("{template}.in"));
        let text =
            values.iter().fold(fs::read_to_string(source)?, |text, (mark, value)| text.replace(mark, value));
        fs::write(folder.join(template), text)?;
    }
    Ok(())
}

/// The shared library under the name that programs ask for; its plain name, by which they are linked, leads
/// to it.
#[cfg(target_os = "linux")]
fn install_shared(built: &Path, folder: &Path, name: &str) -> Result<String, Box<dyn std::error::Error>> {
    let versioned = format!("{name}.{}", abi_version()?);
    fs::copy(built, folder.join(&versioned))?;
    let plain: PathBuf = folder.join(name);
    if plain.symlink_metadata().is_ok() {
        fs::remove_file(&plain)?;
    }
    std::os::unix::fs::symlink(&versioned, plain)?;
    Ok(versioned)
}

#[cfg(not(target_os = "linux"))]
fn install_shared(built: &Path, folder: &Path, name: &str) -> Result<String, Box<dyn std::error::Error>> {
    fs::copy(built, folder.join(name))?;
    Ok(name.to_owned())
}
