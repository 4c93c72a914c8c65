//! How a text becomes a code, step by step. The texts are those of the library; the steps are written again.

const LISTS: &str = include_str!("../../../crates/csc-measures/src/column/code_sets.txt");

/// Lower case, without space, `-` and `_`.
pub(crate) fn fold(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).flat_map(char::to_lowercase).collect()
}

/// One line of a set.
enum Line {
    Code(&'static str),
    /// A whole text of a code, or of several.
    Text(&'static str, Option<&'static str>),
    Begins(&'static str, &'static str),
    Word(&'static str, &'static str),
}

struct Set {
    has_boundary: bool,
    has_s: bool,
    lines: Vec<Line>,
}

fn set(name: &str) -> Set {
    let mut found = Set { has_boundary: false, has_s: false, lines: Vec::new() };
    let mut is_in = false;
    let mut code = "";
    for line in LISTS.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        if line.starts_with('[') {
            is_in = line.starts_with(&format!("[{name}]"));
            found.has_boundary |= is_in && line.contains("+boundary");
            found.has_s |= is_in && line.ends_with("+s");
            continue;
        }
        if !is_in {
            continue;
        }
        found.lines.push(match line.split_at(line.len().min(4)) {
            ("  = ", text) => Line::Text(text, Some(code)),
            ("  ^ ", text) => Line::Begins(text, code),
            ("  ~ ", word) => Line::Word(word, code),
            _ if line.starts_with("? ") => Line::Text(&line[2..], None),
            _ => {
                code = line;
                Line::Code(code)
            }
        });
    }
    assert!(!found.lines.is_empty(), "no set {name}");
    found
}

/// Lower case, `&` as `and`, letters and digits only.
fn letters(text: &str) -> String {
    text.replace('&', "and").to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

fn plain(text: &str) -> String {
    let text = text.replace(['\u{2013}', '\u{2014}'], "-").replace(['\u{2018}', '\u{2019}'], "'");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without `d) ` and without `CLA - `.
fn bare(text: &str) -> String {
    let mut text = text.to_string();
    if let Some(at) = text.find(')')
        && (1..=2).contains(&at)
        && text[..at].bytes().all(|b| b.is_ascii_lowercase())
    {
        text = text[at + 1..].trim_start().to_string();
    }
    for system in ["CLA", "DNU"] {
        if let Some(rest) = text.strip_prefix(system).map(str::trim_start)
            && let Some(rest) = rest.strip_prefix('-')
        {
            return rest.trim_start().to_string();
        }
    }
    text
}

/// The ways in which a code is written at the start of a text.
fn spellings(code: &str) -> Vec<String> {
    let mut out = vec![code.to_string(), code.replace('_', " "), code.replace('_', "-")];
    let chars: Vec<char> = code.chars().collect();
    for at in 1..chars.len() {
        if chars[at - 1].is_ascii_digit() && chars[at].is_ascii_alphabetic() {
            out.push(format!("{} {}", &code[..at], &code[at..]));
        }
    }
    out
}

fn is_end(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| " :-)],".contains(c))
}

fn goes_on(rest: &str, is_single: bool, has_boundary: bool) -> bool {
    if is_single {
        return rest.trim_start().chars().next().is_none_or(|c| ":-)]".contains(c));
    }
    if is_end(rest) {
        return true;
    }
    if !has_boundary {
        return false;
    }
    let mut chars = rest.chars();
    let small = chars.next().is_some_and(|c| c.is_ascii_lowercase()) && is_end(chars.as_str());
    small || ["IN", "OUT"].iter().any(|side| rest.strip_prefix(side).is_some_and(is_end))
}

fn codes(set: &Set) -> Vec<&'static str> {
    let mut codes: Vec<&str> =
        set.lines.iter().filter_map(|l| if let Line::Code(c) = l { Some(*c) } else { None }).collect();
    codes.sort_by_key(|c| std::cmp::Reverse(c.len()));
    codes
}

fn leading(set: &Set, text: &str) -> Option<&'static str> {
    for code in codes(set) {
        for spelling in spellings(code) {
            let Some(head) = text.get(..spelling.len()) else { continue };
            if head.eq_ignore_ascii_case(&spelling)
                && goes_on(&text[spelling.len()..], code.len() == 1, set.has_boundary)
            {
                return Some(code);
            }
        }
    }
    None
}

fn in_set(set: &Set, text: &str) -> Option<&'static str> {
    let text = bare(&plain(text));
    let all = codes(set);
    if let Some(code) = all.iter().find(|c| fold(c) == fold(&text)) {
        return Some(code);
    }
    let mut whole: Vec<Option<&str>> = Vec::new();
    for line in &set.lines {
        if let Line::Text(known, code) = line
            && !letters(known).is_empty()
            && letters(known) == letters(&text)
            && !whole.contains(code)
        {
            whole.push(*code);
        }
    }
    match whole[..] {
        [] => {}
        [one] => return one,
        _ => return None,
    }
    let unbracketed = text.strip_prefix(['(', '[']).unwrap_or(&text);
    if let Some(code) = leading(set, unbracketed) {
        return Some(code);
    }
    if set.has_s
        && let Some(code) = unbracketed.strip_prefix('S').and_then(|rest| leading(set, rest))
    {
        return Some(code);
    }
    if text.ends_with([')', ']'])
        && let Some(at) = text.rfind(['(', '['])
    {
        let inner = &text[at + 1..text.len() - 1];
        let small = inner.strip_suffix(|c: char| c.is_ascii_lowercase()).filter(|_| set.has_boundary);
        for code in &all {
            if fold(code) == fold(inner)
                || small.is_some_and(|s| code.len() > 1 && code.eq_ignore_ascii_case(s))
            {
                return Some(code);
            }
        }
    }
    for line in &set.lines {
        match line {
            Line::Begins(start, code) if fold(&text).starts_with(&fold(start)) => return Some(code),
            _ => {}
        }
    }
    for line in &set.lines {
        match line {
            Line::Word(word, code)
                if text
                    .split(|c: char| !c.is_alphanumeric())
                    .any(|w| w.to_lowercase() == word.to_lowercase()) =>
            {
                return Some(code);
            }
            _ => {}
        }
    }
    None
}

/// The code that a text means in a set of the lists, folded.
pub(crate) fn listed(name: &str, text: &str) -> Option<String> {
    in_set(&set(name), text).map(fold)
}

/// The code that a text means among the words of a column, folded.
pub(crate) fn of_words(words: &'static [&'static str], text: &str) -> Option<String> {
    let lines = words.iter().map(|w| Line::Code(w)).collect();
    in_set(&Set { has_boundary: false, has_s: false, lines }, text).map(fold)
}
