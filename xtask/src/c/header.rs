//! `cargo xtask header`: the C header, written from the comments of the C library's source.

use std::fmt::Write;
use std::fs;

use cbindgen::{Builder, Config, DocumentationStyle, Language, RenameRule, Style};

use super::library::{FOLDER, HEADER};
use crate::run::Done;
use crate::workspace;

/// The sections of the header in their order: a source file each.
const SECTIONS: [&str; 16] = [
    "version",
    "status",
    "error",
    "text",
    "date",
    "calendar",
    "rag",
    "clock",
    "plan",
    "dataset",
    "builder",
    "with_person",
    "scorecard",
    "due",
    "quality",
    "part",
];

/// The section of what is there only if the library is built with a feature, and the macro that says so.
const FILES: (&str, &str) = ("files", "CSC_MEASURES_FILES");

/// Writes the header, or in `check` says whether it is stale.
pub(crate) fn run(check: bool) -> Done {
    workspace::settle(HEADER, &text()?, check, "header")
}

fn text() -> Result<String, Box<dyn std::error::Error>> {
    let folder = workspace::root().join(FOLDER);
    let mut text = fs::read_to_string(folder.join("header/first.h"))?;
    for section in SECTIONS {
        text.push_str(&of_section(section)?);
    }
    let (section, macro_name) = FILES;
    write!(text, "\n#ifdef {macro_name}\n{}\n#endif /* {macro_name} */\n", of_section(section)?)?;
    text.push_str(&fs::read_to_string(folder.join("header/last.h"))?);
    Ok(text)
}

/// The declarations of one source file under its title.
fn of_section(section: &str) -> Result<String, Box<dyn std::error::Error>> {
    let path = workspace::root().join(FOLDER).join(format!("src/{section}.rs"));
    let source = fs::read_to_string(&path)?;
    let title = source.lines().next().and_then(|line| line.strip_prefix("//! ")).ok_or("no title")?;
    let mut config = Config {
        language: Language::C,
        style: Style::Type,
        documentation_style: DocumentationStyle::Doxy,
        usize_is_size_t: true,
        no_includes: true,
        line_length: 110,
        ..Config::default()
    };
    config.enumeration.rename_variants = RenameRule::None;
    config.export.include = own_types(&source);
    for of_arrow in ["ArrowSchema", "ArrowArray", "ArrowArrayStream"] {
        config.export.rename.insert(of_arrow.to_owned(), format!("struct {of_arrow}"));
    }
    let mut declarations = Vec::new();
    Builder::new().with_config(config).with_src(path).generate()?.write(&mut declarations);
    let rule = "-".repeat(103);
    let declarations = with_tags(&String::from_utf8(declarations)?);
    Ok(format!("\n/* {rule} *\n * {title}\n * {rule} */\n\n{declarations}"))
}

/// Gives each struct its name as a tag, too, so that other headers can speak of it before it is declared.
fn with_tags(declarations: &str) -> String {
    let mut pieces = declarations.split("typedef struct {");
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let name = piece.split("\n} ").nth(1).and_then(|rest| rest.split(';').next()).unwrap_or_default();
        text.push_str(&format!("typedef struct {name} {{{piece}"));
    }
    text
}

/// The types that a source file declares for C, also those that none of its own functions takes.
fn own_types(source: &str) -> Vec<String> {
    source
        .lines()
        .filter_map(|line| line.strip_prefix("pub type ").or_else(|| line.strip_prefix("pub struct ")))
        .filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next())
        .map(str::to_owned)
        .collect()
}
