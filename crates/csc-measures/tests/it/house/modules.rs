//! Which file of a crate imports which, read from its source.
//!
//! A `use`, or a path in an expression, is an arrow from the file to the file that declares the name:
//! re-exports are followed, and so are the functions that serde is given by name. Tests inside a file do not count. A file that only lists modules and re-exports
//! (most `lib.rs` and `mod.rs`) imports nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// For each file, by its path below `src`, the files that it imports.
pub(crate) type Graph = BTreeMap<String, BTreeSet<String>>;

/// The Rust files below a folder, by path, with their text.
pub(crate) fn sources(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name: Vec<_> = path.strip_prefix(folder).unwrap().iter().collect();
                let name: Vec<_> = name.iter().map(|part| part.to_str().unwrap()).collect();
                found.insert(name.join("/"), fs::read_to_string(&path).unwrap());
            }
        }
    }
    found
}

/// The graph of a crate's files.
pub(crate) fn graph(sources: &BTreeMap<String, String>) -> Graph {
    let modules: Modules = sources
        .iter()
        .map(|(file, text)| (module_of(file), Module::read(file, module_of(file), text)))
        .collect();
    modules
        .values()
        .map(|module| {
            let mut found = BTreeSet::new();
            if module.has_items {
                for path in &module.paths {
                    resolve(&modules, path, &mut found, 0);
                }
            }
            found.remove(&module.file);
            (module.file.clone(), found)
        })
        .collect()
}

/// Every arrow that is part of a circle.
pub(crate) fn circles(graph: &Graph) -> Vec<String> {
    let mut found = Vec::new();
    for (file, imports) in graph {
        found.extend(
            imports
                .iter()
                .filter(|import| reachable(graph, import).contains(file.as_str()))
                .map(|import| format!("{file} -> {import}")),
        );
    }
    found
}

/// Every arrow from a room to a room that comes later in `order`, and every room that `order` does not have.
/// The room of a file is the first part of its path.
pub(crate) fn against(graph: &Graph, order: &[&str]) -> Vec<String> {
    let room = |file: &str| file.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
    let place = |file: &str| order.iter().position(|name| *name == room(file));
    let mut found = Vec::new();
    for (file, imports) in graph {
        if file == "lib.rs" {
            continue;
        }
        if place(file).is_none() {
            found.push(format!("{file} is in no room of the order"));
        }
        let later = imports.iter().filter(|import| place(import) > place(file));
        found.extend(later.map(|import| format!("{file} -> {import}")));
    }
    found
}

/// The files that can be reached from one, itself included.
fn reachable<'a>(graph: &'a Graph, from: &'a str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut next = vec![from];
    while let Some(file) = next.pop() {
        if found.insert(file) {
            next.extend(graph.get(file).into_iter().flatten().map(String::as_str));
        }
    }
    found
}

/// The names from the crate's root to a module or to an item in it.
type Names = Vec<String>;

type Modules = BTreeMap<Names, Module>;

fn module_of(file: &str) -> Names {
    let mut names: Names = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if names.last().is_some_and(|name| name == "mod")
        || (names.len() == 1 && matches!(names.first().unwrap().as_str(), "lib" | "main"))
    {
        names.pop();
    }
    names
}

/// What a file says of itself.
struct Module {
    file: String,
    /// Whether it holds anything but modules and re-exports.
    has_items: bool,
    /// Every path from the root that it names.
    paths: Vec<Names>,
    /// The names that it imports, with what each means.
    imported: BTreeMap<String, Names>,
    /// The modules of which it imports every name.
    globs: Vec<Names>,
    /// The items that it declares.
    declared: BTreeSet<String>,
}

impl Module {
    fn read(file: &str, names: Names, text: &str) -> Self {
        let tokens = tokens(text);
        let module = Self {
            file: file.to_owned(),
            has_items: false,
            paths: Vec::new(),
            imported: BTreeMap::new(),
            globs: Vec::new(),
            declared: BTreeSet::new(),
        };
        // A name may be used above the line that says that it is a module's.
        let children = tokens.windows(3).filter(|words| words[0] == "mod" && words[2] == ";");
        let mut reader = Reader {
            tokens: &tokens,
            at: 0,
            depth: 0,
            inner: Vec::new(),
            children: children.map(|words| words[1].clone()).collect(),
            by_import: Vec::new(),
            names,
            module,
        };
        reader.read();
        reader.follow_imports();
        reader.module
    }
}

/// Adds the files that declare what a path names.
fn resolve(modules: &Modules, path: &[String], found: &mut BTreeSet<String>, depth: usize) {
    assert!(depth < 20, "{path:?} is re-exported in a circle");
    let known = (0..=path.len()).rev().find(|length| modules.contains_key(&path[..*length])).unwrap();
    let (module, rest) = (&modules[&path[..known]], &path[known..]);
    let Some(item) = rest.first() else {
        found.insert(module.file.clone());
        return;
    };
    if item == "*" {
        found.insert(module.file.clone());
        if !module.has_items {
            for target in module.imported.values() {
                resolve(modules, target, found, depth + 1);
            }
        }
    } else if let Some(target) = module.imported.get(item) {
        resolve(modules, &[target, &rest[1..]].concat(), found, depth + 1);
    } else if module.declared.contains(item) || module.globs.is_empty() {
        found.insert(module.file.clone());
    } else {
        for target in &module.globs {
            resolve(modules, &[target.as_slice(), rest].concat(), found, depth + 1);
        }
    }
}

/// The keys of serde whose texts are paths.
const CALLED_BY_SERDE: [&str; 10] = [
    "default",
    "deserialize_with",
    "from",
    "getter",
    "into",
    "remote",
    "serialize_with",
    "skip_serializing_if",
    "try_from",
    "with",
];

/// Reads the tokens of one file.
struct Reader<'t> {
    tokens: &'t [String],
    at: usize,
    depth: usize,
    /// The modules that are written out in the file and open here, each with the depth of its braces.
    inner: Vec<(String, usize)>,
    /// The modules that have files of their own.
    children: BTreeSet<String>,
    /// The paths that begin with a name that may be imported.
    by_import: Vec<Names>,
    names: Names,
    module: Module,
}

impl Reader<'_> {
    fn token(&self, ahead: usize) -> &str {
        self.tokens.get(self.at + ahead).map_or("", String::as_str)
    }

    fn is_next(&self, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(ahead, word)| self.token(ahead) == *word)
    }

    fn read(&mut self) {
        while self.at < self.tokens.len() {
            if self.is_next(&["#", "[", "cfg", "(", "test", ")", "]", "mod"]) && self.token(9) == "{" {
                self.at += 9;
                self.skip_group();
            } else if self.is_next(&["#", "["]) {
                self.at += 1;
                let (tokens, start) = (self.tokens, self.at);
                self.skip_group();
                self.attribute(&tokens[start..self.at]);
            } else if self.is_next(&["#", "!", "["]) {
                self.at += 2;
                self.skip_group();
            } else if self.is_next(&["pub", "("]) {
                self.at += 1;
                self.skip_group();
            } else if self.is_next(&["pub"]) {
                self.at += 1;
            } else if self.is_next(&["mod"]) && self.token(2) == ";" {
                self.at += 3;
            } else if self.is_next(&["mod"]) && self.token(2) == "{" {
                self.module.has_items = true;
                self.depth += 1;
                self.inner.push((self.token(1).to_owned(), self.depth));
                self.at += 3;
            } else if self.is_next(&["use"]) && self.token(1) != "<" {
                self.at += 1;
                self.tree(&[]);
            } else {
                self.module.has_items = true;
                self.other();
            }
        }
    }

    /// A token of an item.
    fn other(&mut self) {
        let token = self.token(0).to_owned();
        match token.as_str() {
            "{" => self.depth += 1,
            "}" => {
                if self.inner.last().is_some_and(|(_, depth)| *depth == self.depth) {
                    self.inner.pop();
                }
                self.depth -= 1;
            }
            "struct" | "enum" | "trait" | "type" | "const" | "static" | "fn" | "union"
                if self.inner.is_empty() =>
            {
                self.module.declared.insert(self.token(1).to_owned());
            }
            "macro_rules" => {
                self.module.declared.insert(self.token(2).to_owned());
            }
            _ => {}
        }
        assert!(
            token != "include" || self.token(1) != "!",
            "{}: what `include!` brings in is read by no rule of the house",
            self.module.file
        );
        let is_start = self.at == 0 || !matches!(self.tokens[self.at - 1].as_str(), "::" | ".");
        if is_start && self.token(1) == "::" {
            let mut path = vec![token];
            while self.token(1) == "::" && is_name(self.token(2)) {
                path.push(self.token(2).to_owned());
                self.at += 2;
            }
            self.name(path);
        }
        self.at += 1;
    }

    /// A path that the file names.
    fn name(&mut self, path: Names) {
        match self.rooted(&path) {
            Some(path) => self.module.paths.push(path),
            None => self.by_import.push(path),
        }
    }

    /// Finds the paths that begin with an imported name, once all imports are read.
    fn follow_imports(&mut self) {
        for path in std::mem::take(&mut self.by_import) {
            if let Some(target) = self.module.imported.get(&path[0]) {
                self.module.paths.push([target, &path[1..]].concat());
            }
        }
    }

    /// What an attribute has serde call, by paths in texts.
    fn attribute(&mut self, tokens: &[String]) {
        if !tokens.iter().any(|token| token == "serde") {
            return;
        }
        for words in tokens.windows(3) {
            let [key, equals, path] = words else { continue };
            if equals == "="
                && CALLED_BY_SERDE.contains(&key.as_str())
                && let Some(path) = path.strip_prefix('"')
            {
                self.name(path.split("::").map(str::to_owned).collect());
            }
        }
    }

    /// The tree of a `use`, up to and with its semicolon.
    fn tree(&mut self, before: &[String]) {
        let mut path = before.to_vec();
        loop {
            match self.token(0).to_owned().as_str() {
                "::" => self.at += 1,
                "{" => {
                    self.at += 1;
                    while self.token(0) != "}" {
                        self.tree(&path);
                        if self.token(0) == "," {
                            self.at += 1;
                        }
                    }
                    self.at += 1;
                    break;
                }
                "as" => {
                    let alias = self.token(1).to_owned();
                    self.at += 2;
                    self.import(&path, &alias);
                    break;
                }
                name if is_name(name) || name == "*" => {
                    path.push(name.to_owned());
                    self.at += 1;
                    if !matches!(self.token(0), "::" | "as") {
                        if path.len() > 1 && path.last().unwrap() == "self" {
                            path.pop();
                        }
                        let name = path.last().unwrap().clone();
                        self.import(&path, &name);
                        break;
                    }
                }
                token => panic!("{}: {token} in a use", self.module.file),
            }
        }
        if before.is_empty() && self.token(0) == ";" {
            self.at += 1;
        }
    }

    fn import(&mut self, path: &[String], name: &str) {
        let Some(path) = self.rooted(path) else { return };
        if name == "*" {
            self.module.globs.push(path[..path.len() - 1].to_vec());
        } else {
            self.module.imported.insert(name.to_owned(), path.clone());
        }
        self.module.paths.push(path);
    }

    /// A path from the crate's root; none where it leads to another crate, or to something in the file.
    fn rooted(&self, path: &[String]) -> Option<Names> {
        let mut here = self.names.clone();
        here.extend(self.inner.iter().map(|(name, _)| name.clone()));
        let mut rest = path;
        match path.first()?.as_str() {
            "crate" => {
                here.clear();
                rest = &rest[1..];
            }
            "self" => rest = &rest[1..],
            "super" => {
                while rest.first().is_some_and(|name| name == "super") {
                    here.pop();
                    rest = &rest[1..];
                }
            }
            name if self.children.contains(name) => here.clone_from(&self.names),
            _ => return None,
        }
        here.extend_from_slice(rest);
        Some(here)
    }

    /// Goes past a group in brackets that starts here.
    fn skip_group(&mut self) {
        let mut open = 0_usize;
        loop {
            match self.token(0) {
                "(" | "[" | "{" => open += 1,
                ")" | "]" | "}" => open -= 1,
                "" => panic!("{}: a bracket is not closed", self.module.file),
                _ => {}
            }
            self.at += 1;
            if open == 0 {
                return;
            }
        }
    }
}

fn is_name(token: &str) -> bool {
    token.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// Names, `::`, single signs, and texts with the quote before them; comments, other literals and lifetimes are left
/// out.
fn tokens(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        if rest.starts_with("//") {
            rest = rest.split_once('\n').map_or("", |(_, after)| after);
        } else if rest.starts_with("/*") {
            rest = rest.split_once("*/").map_or("", |(_, after)| after);
        } else if let Some(length) = literal(rest) {
            if first == '"' {
                found.push(rest[..length - 1].to_owned());
            }
            rest = &rest[length..];
        } else if is_word(first) {
            let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            found.push(rest[..end].to_owned());
            rest = &rest[end..];
        } else if rest.starts_with("::") {
            found.push("::".to_owned());
            rest = &rest[2..];
        } else {
            if !first.is_whitespace() {
                found.push(first.to_string());
            }
            rest = &rest[first.len_utf8()..];
        }
    }
    found
}

/// How long a text, a character or a lifetime is that starts here.
fn literal(rest: &str) -> Option<usize> {
    let quoted = rest.trim_start_matches(['b', 'c']);
    let prefix = rest.len() - quoted.len();
    if prefix > 1 {
        return None;
    }
    if let Some(raw) = quoted.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            let start = prefix + 1 + hashes + 1;
            return Some(start + rest[start..].find(&end).unwrap() + end.len());
        }
        return None;
    }
    let mark = quoted.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    let mut inside = quoted[1..].char_indices();
    let mut length = 0;
    while let Some((place, c)) = inside.next() {
        if c == mark {
            return Some(prefix + 1 + place + 1);
        }
        if mark == '\'' && length == 1 {
            // no quote after one character: a lifetime
            return Some(prefix + 1 + place);
        }
        if c == '\\' {
            inside.next();
            if mark == '\'' {
                let close = quoted[1..].char_indices().skip(2).find(|(_, c)| *c == '\'').unwrap().0;
                return Some(prefix + 1 + close + 1);
            }
        }
        length += 1;
    }
    None
}
