//! `docs/languages.md`: what each language offers, side by side; and the check that nothing is left out.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;

use serde::Deserialize;

use crate::workspace;

const TABLE: &str = "bindings/parity.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Parity {
    offered: Vec<Offered>,
    apart: Vec<Apart>,
}

/// What can be done, and by which names.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Offered {
    task: String,
    rust: Vec<String>,
    c: Vec<String>,
    python: Vec<String>,
}

/// What one language has and others need not, and why.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Apart {
    #[serde(default)]
    rust: Vec<String>,
    #[serde(default)]
    c: Vec<String>,
    #[serde(default)]
    python: Vec<String>,
    why: String,
}

impl Parity {
    fn read() -> Result<Self, Box<dyn Error>> {
        Ok(toml::from_str(&fs::read_to_string(workspace::root().join(TABLE))?)?)
    }

    fn rust(&self) -> Vec<&str> {
        names(self.offered.iter().map(|row| &row.rust), self.apart.iter().map(|row| &row.rust))
    }

    fn c(&self) -> Vec<&str> {
        names(self.offered.iter().map(|row| &row.c), self.apart.iter().map(|row| &row.c))
    }

    fn python(&self) -> Vec<&str> {
        names(self.offered.iter().map(|row| &row.python), self.apart.iter().map(|row| &row.python))
    }
}

fn names<'a>(
    offered: impl Iterator<Item = &'a Vec<String>>,
    apart: impl Iterator<Item = &'a Vec<String>>,
) -> Vec<&'a str> {
    offered.chain(apart).flatten().map(String::as_str).collect()
}

/// The page, or what of a language the table does not name, names twice, or names in vain.
pub(super) fn page() -> Result<String, Box<dyn Error>> {
    let parity = Parity::read()?;
    settle("Rust", &rust_functions()?, &parity.rust())?;
    settle("C", &c_functions()?, &parity.c())?;
    let (python, names) = (PythonNames::read()?, parity.python());
    let (called, named): (Vec<&str>, Vec<&str>) = names.into_iter().partition(|name| name.contains('('));
    settle("Python", &python.functions, &named)?;
    for call in called {
        let name = call.split('(').next().unwrap_or(call);
        if !python.functions.contains(name) && !python.classes.contains(name) {
            return Err(format!("{TABLE} names `{call}`, which Python does not have").into());
        }
    }

    let mut page = String::from(
        "# The same in every language\n\nEvery language has the same answers: the JSON that each gives is the \
         same text, byte for byte. `cargo xtask docs` writes this page from `bindings/parity.toml`, and a test \
         compares that table with what each language offers.\n\n| To get | Rust | C | Python |\n|---|---|---|---|\n",
    );
    for row in &parity.offered {
        let (rust, c, python) = (marked(&row.rust), marked(&row.c), marked(&row.python));
        page += &format!("| {} | {rust} | {c} | {python} |\n", row.task);
    }
    page += "\n## What a language has for itself\n\n| Names | Why |\n|---|---|\n";
    for row in &parity.apart {
        let names: Vec<String> = row.rust.iter().chain(&row.c).chain(&row.python).cloned().collect();
        page += &format!("| {} | {} |\n", marked(&names), row.why);
    }
    Ok(page)
}

fn marked(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// The public functions of the crates, each as a reader would call it: `Calendar::add_working_days`.
fn rust_functions() -> Result<BTreeSet<String>, Box<dyn Error>> {
    let mut functions = BTreeSet::new();
    for package in [
        "csc-measures",
        "csc-measures-arrow",
        "csc-measures-files",
        "csc-measures-report",
        "csc-measures-workbook",
        "csc-measures-zones",
    ] {
        let list = fs::read_to_string(workspace::root().join("crates").join(package).join("api.txt"))?;
        functions.extend(list.lines().filter_map(function));
    }
    Ok(functions)
}

/// The function of a line of `api.txt`, if it has one that is the library's own.
fn function(line: &str) -> Option<String> {
    /// What a trait of the language asks for.
    const OF_TRAITS: [&str; 16] = [
        "borrow",
        "borrow_mut",
        "clone",
        "cmp",
        "default",
        "deserialize",
        "eq",
        "expecting",
        "fmt",
        "from",
        "from_str",
        "hash",
        "into_iter",
        "partial_cmp",
        "serialize",
        "try_from",
    ];
    let declared = line.strip_prefix("pub ")?;
    let declared =
        ["const ", "unsafe "].iter().fold(declared, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    let path = declared.strip_prefix("fn ")?.split('(').next()?;
    let mut depth = 0;
    let plain: String = path
        .chars()
        .filter(|letter| {
            depth += i32::from(*letter == '<');
            let is_kept = depth == 0;
            depth -= i32::from(*letter == '>');
            is_kept
        })
        .collect();
    let words: Vec<&str> = plain.split("::").collect();
    let name = words.last()?;
    if OF_TRAITS.contains(name) {
        return None;
    }
    // A function of a crate stands alone; all others are named with their type or module.
    let words = if words.len() == 2 { words.get(1..)? } else { words.get(words.len().checked_sub(2)?..)? };
    Some(words.join("::"))
}

/// The functions that the C library exports.
fn c_functions() -> Result<BTreeSet<String>, Box<dyn Error>> {
    let list = fs::read_to_string(workspace::root().join("bindings/c/abi.txt"))?;
    Ok(list.lines().filter_map(|line| line.strip_prefix("function ").map(str::to_owned)).collect())
}

/// What the Python package offers.
#[derive(Default)]
struct PythonNames {
    classes: BTreeSet<String>,
    /// With methods and properties, each with its class: `Calendar.holidays`.
    functions: BTreeSet<String>,
}

impl PythonNames {
    fn read() -> Result<Self, Box<dyn Error>> {
        let folder = workspace::root().join("bindings/python/python/csc_measures");
        let mut names = Self::default();
        for module in ["_native.pyi", "errors.py", "plan.py", "rag.py", "section.py"] {
            names.add(&fs::read_to_string(folder.join(module))?);
        }
        Ok(names)
    }

    /// The public names of a module. What is public of the native half is imported by the package; its builder
    /// and what starts with an underscore are not.
    fn add(&mut self, module: &str) {
        let name = |line: &str, word: &str| -> Option<String> {
            let rest = line.strip_prefix(word)?;
            let name = rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next()?;
            (!name.starts_with('_')).then(|| name.to_owned())
        };
        let mut class = None;
        for line in module.lines() {
            if line.starts_with("class ") {
                class = name(line, "class ").filter(|class| class != "DatasetBuilder");
                self.classes.extend(class.clone());
            } else if let (Some(class), Some(method)) = (&class, name(line, "    def ")) {
                self.functions.insert(format!("{class}.{method}"));
            } else if line.starts_with("def ") {
                class = None;
                self.functions.extend(name(line, "def "));
            }
        }
    }
}

/// Each function is named once, by itself or by a pattern (`Month::*`, `*::kind`), and each name names one.
fn settle(language: &str, functions: &BTreeSet<String>, names: &[&str]) -> Result<(), Box<dyn Error>> {
    let fits = |name: &str, function: &str| match (name.strip_suffix('*'), name.strip_prefix('*')) {
        (Some(start), _) => function.starts_with(start),
        (_, Some(end)) => function.ends_with(end),
        _ => name == function,
    };
    for name in names {
        if !functions.iter().any(|function| fits(name, function)) {
            return Err(format!("{TABLE} names `{name}`, which {language} does not have").into());
        }
        if names.iter().filter(|other| *other == name).count() > 1 {
            return Err(format!("{TABLE} names `{name}` twice").into());
        }
    }
    match functions.iter().find(|function| !names.iter().any(|name| fits(name, function))) {
        Some(left_out) => Err(format!("{TABLE} does not name `{left_out}` of {language}").into()),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn functions() -> BTreeSet<String> {
        ["Month::plus", "Month::of", "read_folder"].map(str::to_owned).into()
    }

    #[test]
    fn a_function_has_the_name_that_a_reader_calls_it_by() {
        let of = |line| function(line).unwrap_or_default();
        assert_eq!(of("pub fn csc_measures::Column<T>::get(&self, usize) -> Option<T>"), "Column::get");
        assert_eq!(
            of("pub const fn csc_measures::calendar::Nation::as_str(self) -> &'static str"),
            "Nation::as_str"
        );
        assert_eq!(
            of("pub unsafe fn csc_measures_arrow::interface::add_stream(u8)"),
            "interface::add_stream"
        );
        assert_eq!(of("pub fn csc_measures_files::read_folder(u8)"), "read_folder");
        assert_eq!(of("pub fn csc_measures::Month::clone(&self) -> Self"), "");
        assert_eq!(of("pub struct csc_measures::Month"), "");
    }

    #[test]
    fn what_a_python_module_offers() {
        let mut names = PythonNames::default();
        names.add("class Table:\n    @property\n    def rows(self) -> int: ...\n    def _kinds(self): ...\n");
        names.add("def _hidden() -> None: ...\ndef tables_json() -> str: ...\n");
        assert_eq!(names.classes, ["Table".to_owned()].into());
        assert_eq!(names.functions, ["Table.rows".to_owned(), "tables_json".to_owned()].into());
    }

    #[test]
    fn a_function_that_is_left_out_is_found() {
        assert!(settle("Rust", &functions(), &["Month::*", "read_folder"]).is_ok());
        let left_out = settle("Rust", &functions(), &["*::plus", "read_folder"]).unwrap_err();
        assert!(left_out.to_string().contains("does not name `Month::of`"), "{left_out}");
    }

    #[test]
    fn a_name_of_nothing_is_found() {
        let gone = settle("Rust", &functions(), &["Month::*", "read_folder", "Year::*"]).unwrap_err();
        assert!(gone.to_string().contains("`Year::*`, which Rust does not have"), "{gone}");
    }
}
