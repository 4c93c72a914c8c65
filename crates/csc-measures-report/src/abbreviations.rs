//! Abbreviations, spelt out where they come first.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

/// Those of the field and of the plan that is built in: in short, one, several.
const KNOWN: [(&str, &str, &str); 18] = [
    ("ASYE", "Assessed and Supported Year in Employment, a social worker's first", ""),
    ("CIN", "child in need", "children in need"),
    ("CLA", "child looked after", "children looked after"),
    ("CP", "child protection", ""),
    ("DfE", "Department for Education", ""),
    ("FFD", "Family Front Door, where referrals arrive", ""),
    ("FTE", "full-time equivalent", ""),
    ("ICPC", "initial child protection conference", "initial child protection conferences"),
    ("IRO", "independent reviewing officer", "independent reviewing officers"),
    ("LA", "local authority", "local authorities"),
    ("LAC", "looked after children", ""),
    ("NEET", "not in education, employment or training", ""),
    ("NI", "national indicator, of the set that councils once reported", ""),
    ("RAG", "red, amber, green", ""),
    ("SEN", "special educational needs", ""),
    ("SSDA903", "the yearly return on children looked after", ""),
    ("WCC", "Worcestershire County Council", ""),
    ("WSCB", "Worcestershire Safeguarding Children Board", ""),
];

/// The abbreviations of a report, and which have been spelt out so far.
pub(crate) struct Abbreviations<'a> {
    own: &'a BTreeMap<String, String>,
    spelt: RefCell<BTreeSet<String>>,
}

/// A piece of a text.
enum Piece<'a> {
    Text(&'a str),
    /// A name of the data or the catalogue, between backticks.
    Code(&'a str),
    Word(&'a str),
}

impl<'a> Abbreviations<'a> {
    pub(crate) fn new(own: &'a BTreeMap<String, String>) -> Self {
        Self { own, spelt: RefCell::default() }
    }

    /// What a word stands for, if it is an abbreviation, and under which name it counts as spelt.
    fn long(&self, word: &str) -> Option<(String, String)> {
        if let Some(long) = self.own.get(word) {
            return Some((word.to_owned(), long.clone()));
        }
        let singular = word.strip_suffix('s').filter(|short| short.len() > 1);
        let known = |short: &str| KNOWN.iter().find(|(known, ..)| *known == short);
        if let Some((short, long, _)) = known(word) {
            return Some(((*short).to_owned(), (*long).to_owned()));
        }
        let (short, _, several) = known(singular?).filter(|(_, _, several)| !several.is_empty())?;
        Some(((*short).to_owned(), (*several).to_owned()))
    }

    /// A text as HTML: an abbreviation that comes for the first time is followed by what it stands for, a later one says
    /// it to whoever asks; what is between backticks is a name.
    pub(crate) fn text(&self, text: &str) -> Markup {
        html! {
            @for piece in pieces(text) {
                @match piece {
                    Piece::Text(text) => (text),
                    Piece::Code(name) => code { (name) },
                    Piece::Word(word) => (self.word(word, text)),
                }
            }
        }
    }

    fn word(&self, word: &str, text: &str) -> Markup {
        let Some((name, long)) = self.long(word) else { return html! { (word) } };
        let is_new = self.spelt.borrow_mut().insert(name);
        if is_new && !text.to_lowercase().contains(&long.to_lowercase()) {
            html! { (word) " " span.long { "(" (long) ")" } }
        } else {
            html! { abbr title=(long) { (word) } }
        }
    }
}

/// The words of a text and what is between them.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    // What is between two backticks is at the odd places; an odd backtick is a backtick.
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return words(text);
    }
    for (place, part) in parts.into_iter().enumerate() {
        if place % 2 == 1 {
            pieces.push(Piece::Code(part));
        } else {
            pieces.extend(words(part));
        }
    }
    pieces
}

fn words(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let is_word = rest.starts_with(char::is_alphanumeric);
        let end = rest.find(|letter: char| letter.is_alphanumeric() != is_word).unwrap_or(rest.len());
        let (piece, further) = rest.split_at(end);
        pieces.push(if is_word { Piece::Word(piece) } else { Piece::Text(piece) });
        rest = further;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_abbreviation_is_spelt_out_once() {
        let own = BTreeMap::from([("FCC".to_owned(), "Fenshire <Council>".to_owned())]);
        let abbreviations = Abbreviations::new(&own);
        assert_eq!(
            abbreviations.text("% of ICPCs held, FCC").into_string(),
            "% of ICPCs <span class=\"long\">(initial child protection conferences)</span> held, \
             FCC <span class=\"long\">(Fenshire &lt;Council&gt;)</span>"
        );
        assert_eq!(
            abbreviations.text("An ICPC of <FCC>").into_string(),
            "An <abbr title=\"initial child protection conference\">ICPC</abbr> of \
             &lt;<abbr title=\"Fenshire &lt;Council&gt;\">FCC</abbr>&gt;"
        );
    }

    #[test]
    fn a_text_that_spells_it_out_by_itself_is_left_alone() {
        let none = BTreeMap::new();
        let abbreviations = Abbreviations::new(&none);
        assert_eq!(
            abbreviations.text("Full-time equivalents (FTE)").into_string(),
            "Full-time equivalents (<abbr title=\"full-time equivalent\">FTE</abbr>)"
        );
    }

    #[test]
    fn names_are_between_backticks_and_a_lone_one_stays() {
        let none = BTreeMap::new();
        let abbreviations = Abbreviations::new(&none);
        assert_eq!(abbreviations.text("as `CP` is").into_string(), "as <code>CP</code> is");
        assert_eq!(abbreviations.text("a ` <b>").into_string(), "a ` &lt;b&gt;");
    }
}
