//! The rules of the house: imports point one way between crates and within each, and the core stays with three
//! dependencies.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;

mod modules;
mod tables;
mod tree;

use serde_json::Value;

/// The rooms of the core, from the bottom up: each imports only what comes before it. `policy` lies below the tables
/// because records keep codes of policies.
const ORDER: [&str; 14] = [
    "value",
    "time",
    "policy",
    "column",
    "tables",
    "dataset",
    "facts",
    "measures",
    "plan",
    "signals",
    "scorecard",
    "quality",
    "due",
    // the kind of every error, side by side
    "error",
];

/// What cargo knows of the packages of the workspace.
fn packages() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--locked", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata.get("packages").and_then(Value::as_array).unwrap().clone()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Runtime dependencies of every package of the workspace.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    packages()
        .iter()
        .map(|package| {
            let dependencies = package.get("dependencies").and_then(Value::as_array).unwrap();
            let runtime = dependencies
                .iter()
                .filter(|dependency| dependency.get("kind").is_some_and(Value::is_null))
                .map(|dependency| text(dependency.get("name").unwrap()))
                .collect();
            (text(package.get("name").unwrap()), runtime)
        })
        .collect()
}

#[test]
fn the_core_has_three_dependencies() {
    let dependencies = dependencies();
    let core: Vec<&str> = dependencies.get("csc-measures").unwrap().iter().map(String::as_str).collect();
    assert_eq!(core, ["chrono", "serde", "thiserror"]);
}

#[test]
fn the_program_builds_no_more_than_it_needs() {
    let dependencies = dependencies();
    let program: Vec<&str> =
        dependencies.get("csc-measures-cli").unwrap().iter().map(String::as_str).collect();
    let expected = [
        "chrono",
        "clap",
        "clap_complete",
        "console",
        "csc-measures",
        "csc-measures-files",
        "csc-measures-report",
        "csc-measures-workbook",
        "serde",
        "serde_json",
    ];
    assert_eq!(program, expected);
}

#[test]
fn imports_point_one_way() {
    let order = [
        "csc-measures",
        "csc-measures-report",
        "csc-measures-workbook",
        "csc-measures-zones",
        "csc-measures-arrow",
        "csc-measures-files",
        "csc-measures-cli",
        "csc-measures-c",
        "csc-measures-python",
    ];
    let dependencies = dependencies();
    for (place, package) in order.iter().enumerate() {
        for other in order.iter().skip(place) {
            assert!(!dependencies.get(*package).unwrap().contains(*other), "{package} imports {other}");
        }
    }
    for (package, dependencies) in &dependencies {
        for end in ["xtask", "csc-measures-reference", "sample-authority", "csc-measures-cli"] {
            assert!(!dependencies.contains(end), "{package} imports {end}");
        }
    }
}

/// The files of every package of the workspace and what each imports.
fn graphs() -> BTreeMap<String, modules::Graph> {
    packages()
        .iter()
        .map(|package| {
            let name = text(&package["name"]);
            let source = PathBuf::from(text(&package["manifest_path"])).with_file_name("src");
            (name, modules::graph(&modules::sources(&source)))
        })
        .collect()
}

#[test]
fn no_files_import_one_another_in_a_circle() {
    let graphs = graphs();
    assert!(graphs.len() >= 7 && graphs["csc-measures"].len() > 80, "not every file was found");
    for (package, graph) in graphs {
        let circles = modules::circles(&graph);
        assert!(circles.is_empty(), "these imports of {package} are parts of circles: {circles:#?}");
    }
}

#[test]
fn the_rooms_of_the_core_import_downwards() {
    let upwards = modules::against(&graphs()["csc-measures"], &ORDER);
    assert!(upwards.is_empty(), "these imports of the core point up: {upwards:#?}");
}

/// A made-up crate.
fn crate_of(files: &[(&str, &str)]) -> modules::Graph {
    modules::graph(&files.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect())
}

#[test]
fn a_circle_is_found() {
    let found = |files: &[(&str, &str)]| modules::circles(&crate_of(files));
    let list = "mod a; mod b; pub use a::Apple;";
    let apple = "use crate::b::Berry; pub struct Apple(Berry);";

    // by a use of several names, through a re-export
    let berry = "use super::{Apple, other}; pub struct Berry(Box<Apple>);";
    assert_eq!(
        found(&[("lib.rs", list), ("a.rs", apple), ("b.rs", berry)]),
        ["a.rs -> b.rs", "b.rs -> a.rs"]
    );

    // by a path in an expression
    let berry = "pub struct Berry; fn f() { crate::a::eat() }";
    assert_eq!(found(&[("lib.rs", list), ("a.rs", apple), ("b.rs", berry)]).len(), 2);

    // by a module that was imported under another name
    let berry = "use crate::a as fruit; pub struct Berry; fn f() { fruit::eat() }";
    assert_eq!(found(&[("lib.rs", list), ("a.rs", apple), ("b.rs", berry)]).len(), 2);

    // over three files, one of them the list of a room that holds a type itself
    let room = "mod part; pub struct Whole(part::Part);";
    let part = "use crate::a; pub struct Part; fn f(_: a::Apple) {}";
    let apple = "pub struct Apple(crate::room::Whole);";
    let files =
        [("lib.rs", "mod a; mod room;"), ("a.rs", apple), ("room/mod.rs", room), ("room/part.rs", part)];
    assert_eq!(found(&files), ["a.rs -> room/mod.rs", "room/mod.rs -> room/part.rs", "room/part.rs -> a.rs"]);

    // a list of modules, tests, comments and texts import nothing
    let berry = r#"
        /// [`crate::a::Apple`]
        pub struct Berry; // crate::a::Apple
        const TEXT: &str = "crate::a::Apple";
        fn f<'a>(c: char) -> bool { c == '"' } /* crate::a::Apple */
        #[cfg(test)]
        mod tests { use crate::a::Apple; }
    "#;
    let apple = "use super::b::Berry; pub struct Apple(Berry);";
    let files = [("lib.rs", list), ("a.rs", apple), ("b.rs", berry)];
    assert_eq!(found(&files), [""; 0]);
    assert_eq!(crate_of(&files)["a.rs"], BTreeSet::from(["b.rs".to_owned()]));
}

#[test]
fn an_import_is_found_wherever_it_is_written() {
    let room = |text: &str| {
        let files = [
            ("lib.rs", "mod room; mod attic;"),
            ("room/mod.rs", text),
            ("room/part.rs", ""),
            ("attic.rs", ""),
        ];
        crate_of(&files)["room/mod.rs"].clone()
    };
    let part = BTreeSet::from(["room/part.rs".to_owned()]);
    let attic = BTreeSet::from(["attic.rs".to_owned()]);

    // above the line that makes it a module, or an import
    assert_eq!(room("use part::Part; struct Whole(Part); mod part;"), part);
    assert_eq!(room("fn f() { fruit::eat() } use crate::attic as fruit;"), attic);

    // as a text that serde calls, rooted, in a module of the file, or imported
    let of_serde = |attribute: &str| {
        room(&format!("use crate::attic as top; mod part; struct A {{ #[{attribute}] b: u8 }}"))
    };
    assert_eq!(room("struct A { #[serde(with = \"crate::attic\")] b: u8 }"), attic);
    assert_eq!(room("mod part; #[serde(default, from = \"part::Part\")] struct A;"), part);
    assert_eq!(room("mod part; #[cfg_attr(all(), serde(with = \"part\"))] struct A;"), part);
    assert_eq!(of_serde("serde(skip_serializing_if = \"top::is_none\")"), attic);

    // names that are only written
    assert_eq!(room("mod part; #[serde(rename = \"part\")] struct A;"), BTreeSet::new());
    assert_eq!(room("mod part; #[doc = \"part::Part\"] struct A;"), BTreeSet::new());
}

#[test]
#[should_panic(expected = "a.rs: what `include!` brings in is read by no rule of the house")]
fn a_file_that_is_included_is_refused() {
    crate_of(&[("lib.rs", "mod a;"), ("a.rs", "include!(\"b.rs\");")]);
}

#[test]
fn an_import_that_points_up_is_found() {
    let files = [
        ("lib.rs", "mod cellar; mod attic; mod shed;"),
        ("cellar/mod.rs", "mod coal; mod wine;"),
        ("cellar/coal.rs", "use super::wine::Wine; use crate::attic::*; fn f(_: Wine) {}"),
        ("cellar/wine.rs", "pub struct Wine;"),
        ("attic.rs", "use crate::cellar::wine::Wine; pub struct Trunk(Wine);"),
        ("shed.rs", "pub struct Spade;"),
    ];
    assert_eq!(
        modules::against(&crate_of(&files), &["cellar", "attic", "shed"]),
        ["cellar/coal.rs -> attic.rs"]
    );
    assert_eq!(
        modules::against(&crate_of(&files), &["attic", "cellar"]),
        ["attic.rs -> cellar/wine.rs", "shed.rs is in no room of the order",]
    );
}
