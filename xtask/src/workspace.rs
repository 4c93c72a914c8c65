//! The workspace: its folder, its packages, and the files that are generated in it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package, PackageId};

use crate::run::Done;

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    let chores = Path::new(env!("CARGO_MANIFEST_DIR"));
    chores.parent().unwrap_or(chores).to_owned()
}

/// What cargo knows of the workspace and of everything that it depends on.
pub(crate) fn metadata(manifest: &str) -> Result<Metadata, cargo_metadata::Error> {
    MetadataCommand::new()
        .cargo_path(env!("CARGO"))
        .manifest_path(root().join(manifest))
        .other_options(["--locked".to_owned()])
        .exec()
}

/// The folder that cargo builds in.
pub(crate) fn target() -> Result<PathBuf, cargo_metadata::Error> {
    Ok(metadata("Cargo.toml")?.target_directory.into())
}

/// The packages that are published.
pub(crate) fn published(metadata: &Metadata) -> Vec<&Package> {
    metadata.workspace_packages().into_iter().filter(|package| package.publish.is_none()).collect()
}

/// Whatever is built with these packages, themselves included: no dependencies of their tests.
pub(crate) fn runtime_dependencies<'a>(
    metadata: &'a Metadata,
    roots: impl Iterator<Item = &'a PackageId>,
) -> BTreeSet<&'a PackageId> {
    let nodes = metadata.resolve.as_ref().map(|resolve| resolve.nodes.as_slice()).unwrap_or_default();
    let mut found = BTreeSet::new();
    let mut next: Vec<&PackageId> = roots.collect();
    while let Some(id) = next.pop() {
        if !found.insert(id) {
            continue;
        }
        let dependencies = nodes.iter().filter(|node| node.id == *id).flat_map(|node| &node.deps);
        let is_built = |kind: &cargo_metadata::DepKindInfo| kind.kind != DependencyKind::Development;
        next.extend(
            dependencies
                .filter(|dependency| dependency.dep_kinds.iter().any(is_built))
                .map(|found| &found.pkg),
        );
    }
    found
}

/// Writes a generated file, or in `check` says whether the one on disk is stale.
pub(crate) fn settle(file: &str, text: &str, check: bool, chore: &str) -> Done {
    let path = root().join(file);
    if check {
        let found = fs::read_to_string(&path)
            .map_err(|error| format!("{file}: {error}: run `cargo xtask {chore}`"))?;
        let found = found.replace("\r\n", "\n");
        if found != text {
            let line = found.lines().zip(text.lines()).take_while(|(old, new)| old == new).count() + 1;
            return Err(format!("{file} is stale from line {line}: run `cargo xtask {chore}`").into());
        }
    } else {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, text)?;
    }
    Ok(())
}
