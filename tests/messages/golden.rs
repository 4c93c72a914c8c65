//! The list of a crate's messages beside the text that is kept, so that whoever reads the text has read them all.
//!
//! `WRITE_MESSAGES=1` writes the text anew. Each crate that has messages includes this file in a test.

use std::fmt::{Debug, Display, Write as _};
use std::fs;
use std::path::Path;

/// Words that no message says.
const NOT_SAID: [&str; 8] =
    [" is no ", "told", "beside", "nought", "stands", " there twice", "read as null", "taken as"];

/// What is provoked, in the order in which it is listed: a heading and its messages.
#[derive(Default)]
pub(crate) struct Messages(Vec<(String, Vec<String>)>);

impl Messages {
    /// Adds messages under a heading.
    pub(crate) fn add<M: Display>(&mut self, heading: &str, messages: impl IntoIterator<Item = M>) {
        let messages = messages.into_iter().map(|message| message.to_string());
        match self.0.iter_mut().find(|(known, _)| known == heading) {
            Some((_, listed)) => listed.extend(messages),
            None => self.0.push((heading.to_owned(), messages.collect())),
        }
    }

    /// Adds errors of one type, each under the name of its variant.
    pub(crate) fn add_errors<E: Debug + Display>(&mut self, name: &str, errors: impl IntoIterator<Item = E>) {
        for error in errors {
            let debug = format!("{error:?}");
            let variant = debug.split(|c: char| !c.is_alphanumeric()).next().unwrap();
            self.add(&format!("{name}::{variant}"), [error]);
        }
    }

    /// The variants that a source declares of an error and that no message is listed of.
    pub(crate) fn assert_every_variant(&self, source: &str, name: &str) {
        let declared = source.split_once(&format!("pub enum {name} {{\n")).unwrap().1;
        let declared = declared.split_once("\n}").unwrap().0;
        let variants = declared
            .lines()
            .filter_map(|line| line.strip_prefix("    ").filter(|line| line.starts_with(char::is_uppercase)))
            .map(|line| line.split(|c: char| !c.is_alphanumeric()).next().unwrap());
        let mut count = 0;
        for variant in variants {
            let heading = format!("{name}::{variant}");
            assert!(self.0.iter().any(|(known, _)| *known == heading), "no message of {heading} is listed");
            count += 1;
        }
        assert!(count > 0, "{name} has no variants");
    }

    /// Every text of the sources in a folder that could be part of a message is part of one that is listed.
    /// Left out are files, by the ends of their paths, and texts that are not messages.
    pub(crate) fn assert_every_text(&self, folder: &Path, left_out: &[&str], texts: &[&str]) {
        let mut missing = Vec::new();
        let mut unused: Vec<&str> = texts.to_vec();
        for path in sources(folder) {
            let name = path.replace('\\', "/");
            if left_out.iter().any(|end| name.ends_with(end) || name.contains(&format!("{end}/"))) {
                continue;
            }
            let source = fs::read_to_string(&path).unwrap();
            for text in messages_of(&source) {
                if texts.contains(&text.as_str()) {
                    unused.retain(|known| *known != text);
                } else if !self.0.iter().flat_map(|(_, listed)| listed).any(|line| is_form_of(line, &text)) {
                    missing.push(format!("{name}: {text}"));
                }
            }
        }
        assert!(missing.is_empty(), "no message that is listed has these texts: {missing:#?}");
        assert!(unused.is_empty(), "these texts are left out and are nowhere: {unused:#?}");
    }

    /// Adds the texts of the sources in a folder, file by file, as they are before they are filled in. Left out
    /// are files, by the ends of their paths, and texts that are not messages.
    pub(crate) fn add_texts(&mut self, folder: &Path, left_out: &[&str], texts: &[&str]) {
        let mut unused: Vec<&str> = texts.to_vec();
        for path in sources(folder) {
            let name = path.replace('\\', "/");
            if left_out.iter().any(|end| name.ends_with(end)) {
                continue;
            }
            let place = name.rsplit_once("/src/").unwrap().1;
            for text in messages_of(&fs::read_to_string(&path).unwrap()) {
                if texts.contains(&text.as_str()) {
                    unused.retain(|known| *known != text);
                } else {
                    self.add(place, [text.trim()]);
                }
            }
        }
        assert!(unused.is_empty(), "these texts are left out and are nowhere: {unused:#?}");
    }

    /// Compares with the text that is kept.
    pub(crate) fn assert_kept(&self, path: &str) {
        let mut text = String::new();
        for (heading, messages) in &self.0 {
            writeln!(text, "{heading}").unwrap();
            for message in messages {
                writeln!(text, "  {message}").unwrap();
            }
        }
        if std::env::var_os("WRITE_MESSAGES").is_some() {
            fs::write(path, &text).unwrap();
        }
        for message in self.0.iter().flat_map(|(_, messages)| messages) {
            assert!(!message.starts_with(char::is_uppercase), "begins with a capital: {message}");
            assert!(!message.ends_with(['.', ' ']) && !message.contains('\n'), "ends otherwise: {message}");
            let word = NOT_SAID.iter().find(|word| message.contains(**word));
            assert_eq!(word, None, "{message}");
        }
        let kept = fs::read_to_string(path).unwrap().replace("\r\n", "\n");
        for (line, kept) in text.lines().zip(kept.lines()) {
            assert_eq!(line, kept, "{path}: WRITE_MESSAGES=1 writes it anew");
        }
        assert_eq!(text.lines().count(), kept.lines().count(), "{path}: WRITE_MESSAGES=1 writes it anew");
    }
}

/// The paths of the sources in a folder.
fn sources(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|end| end == "rs")
            && !path.file_stem().is_some_and(|stem| stem.to_string_lossy().ends_with("_tests"))
        {
            found.push(path.display().to_string());
        }
    }
    found.sort();
    found
}

/// The texts of a source that could be messages: those of two words and more, outside comments, tests, reasons
/// of lints and the words of broken invariants.
fn messages_of(source: &str) -> Vec<String> {
    const NO_MESSAGES: [&str; 7] =
        ["reason =", "must_use =", "broken(format_args!(", "panic!(", "doc =", ".expect(", "concat!("];
    let source = source.split("#[cfg(test)]\nmod tests").next().unwrap();
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(place) = rest.find(['"', '/', '\'']) {
        let (before, from) = rest.split_at(place);
        rest = if from.starts_with("//") {
            from.split_once('\n').map_or("", |(_, after)| after)
        } else if let Some(after) = from.strip_prefix("'\"'") {
            after
        } else if from.starts_with('"') && before.ends_with("r#") {
            from.split_once("\"#").map_or("", |(_, after)| after)
        } else if let Some(from) = from.strip_prefix('"') {
            let end = end_of(from);
            let text = unescaped(&from[..end]);
            let words = said(&text).split(' ').filter(|word| word.contains(char::is_alphabetic)).count();
            if words > 1 && !NO_MESSAGES.iter().any(|call| before.trim_end().ends_with(call)) {
                found.push(text);
            }
            from.get(end + 1..).unwrap_or("")
        } else {
            &from[1..]
        };
    }
    found
}

/// A template without what it is filled with.
fn said(template: &str) -> String {
    let mut pieces = template.split('{');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |said, piece| said + piece.split_once('}').map_or(piece, |(_, text)| text))
}

/// Where a text ends that has begun.
fn end_of(text: &str) -> usize {
    let mut is_escaped = false;
    text.find(|c| {
        let ends = c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        ends
    })
    .unwrap()
}

fn unescaped(text: &str) -> String {
    let mut lines = text.split("\\\n");
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |text, line| text + line.trim_start()).replace("\\\"", "\"")
}

/// Whether a line has the texts between a template's braces, in their order.
fn is_form_of(line: &str, template: &str) -> bool {
    let mut rest = line;
    template.split('{').enumerate().all(|(place, piece)| {
        let piece = if place == 0 { piece } else { piece.split_once('}').map_or(piece, |(_, text)| text) };
        let Some(at) = rest.find(piece.trim()) else { return false };
        rest = &rest[at + piece.trim().len()..];
        true
    })
}

#[test]
fn texts_of_a_source_are_found() {
    let source = "// \"no message here\"\n#[error(\"one `{name}`, {}: two\", a(\"b\"))]\nfn f() -> char { '\"' }\n\
        #[allow(x, reason = \"not this one\")]\nconst A: &str = \"a text \\\n    goes on\";\n#[cfg(test)]\nmod tests { \"no test here\" }";
    assert_eq!(messages_of(source), ["one `{name}`, {}: two", "a text goes on"]);
    assert!(is_form_of("x: one `y`, 3: two", "one `{name}`, {}: two"));
    assert!(!is_form_of("x: one `y`, 3: three", "one `{name}`, {}: two"));
}
