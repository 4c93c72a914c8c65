//! `cargo xtask package`: each published crate packs up as a registry would take it.

use std::fs;
use std::path::Path;
use std::process::Command;

use cargo_metadata::Package;

use crate::run::Done;
use crate::workspace;

/// What every package holds beside its code: the first page that a registry shows, and the licences.
const PAPERS: [&str; 3] = ["LICENSE-APACHE", "LICENSE-MIT", "README.md"];

/// Packs up every published crate; if `verify`, builds each from its package.
pub(crate) fn run(verify: bool) -> Done {
    let metadata = workspace::metadata("Cargo.toml")?;
    let packages = workspace::published(&metadata);
    for package in &packages {
        check_facts(package)?;
        check_files(package)?;
    }
    pack(&packages, verify)
}

/// What a registry asks for, and what it shows.
fn check_facts(package: &Package) -> Done {
    let facts = [
        ("description", package.description.is_some()),
        ("license", package.license.is_some()),
        ("readme", package.readme.is_some()),
        ("documentation", package.documentation.is_some()),
        ("rust-version", package.rust_version.is_some()),
        ("keywords", (1..=5).contains(&package.keywords.len())),
        ("categories", !package.categories.is_empty()),
    ];
    match facts.iter().find(|(_, is_there)| !is_there) {
        None => Ok(()),
        Some((fact, _)) => Err(format!("{} has no good `{fact}` in its manifest", package.name).into()),
    }
}

/// The papers are there, the licences are those of the workspace, and nothing is there that belongs elsewhere.
fn check_files(package: &Package) -> Done {
    let output = Command::new(env!("CARGO"))
        .args(["package", "--list", "--locked", "--allow-dirty", "--package", &package.name])
        .output()?;
    let told = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() || !told.is_empty() {
        return Err(format!("cargo package --list: {told}").into());
    }
    let list = String::from_utf8_lossy(&output.stdout).replace('\\', "/");
    let files: Vec<&str> = list.lines().collect();
    if let Some(paper) = PAPERS.iter().find(|paper| !files.contains(*paper)) {
        return Err(format!("{} is packed up without {paper}", package.name).into());
    }
    let is_known = |file: &&str| {
        file.starts_with("src/")
            || file.starts_with("tests/")
            || PAPERS.contains(file)
            || file.starts_with("Cargo.")
            || *file == ".cargo_vcs_info.json"
    };
    if let Some(stranger) = files.iter().find(|file| !is_known(file)) {
        return Err(format!("{} would be packed up with {stranger}", package.name).into());
    }
    let folder = package.manifest_path.parent().ok_or("a manifest has no folder")?;
    for licence in PAPERS.iter().filter(|paper| paper.starts_with("LICENSE")) {
        let text = |folder: &Path| fs::read_to_string(folder.join(licence));
        if text(folder.as_std_path())? != text(&workspace::root())? {
            return Err(format!("{licence} of {} is not that of the workspace", package.name).into());
        }
    }
    Ok(())
}

/// Packs up, and takes no warning but one: examples and benches lie above the crates' folders on purpose, and
/// stay behind.
fn pack(packages: &[&Package], verify: bool) -> Done {
    let mut command = Command::new(env!("CARGO"));
    command.args(["package", "--locked", "--allow-dirty"]);
    for package in packages {
        command.args(["--package", &package.name]);
    }
    if !verify {
        command.arg("--no-verify");
    }
    let output = command.output()?;
    let told = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(format!("cargo package: {told}").into());
    }
    match told.lines().find(|line| line.starts_with("warning") && !stays_behind(line)) {
        None => Ok(()),
        Some(warning) => Err(format!("cargo package: {warning}").into()),
    }
}

fn stays_behind(warning: &str) -> bool {
    ["warning: ignoring example `", "warning: ignoring benchmark `"]
        .iter()
        .any(|start| warning.starts_with(start))
        && warning.ends_with("is not included in the published package")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_has_its_papers_and_no_strangers() {
        let metadata = workspace::metadata("Cargo.toml").unwrap();
        let packages = workspace::published(&metadata);
        let names: Vec<&str> = packages.iter().map(|package| package.name.as_str()).collect();
        let expected = [
            "csc-measures",
            "csc-measures-arrow",
            "csc-measures-files",
            "csc-measures-report",
            "csc-measures-workbook",
            "csc-measures-zones",
        ];
        assert_eq!(names, expected);
        for package in packages {
            check_facts(package).unwrap();
            check_files(package).unwrap();
        }
    }
}
