//! How a text becomes a code.
//!
//! The same text means the same code in every system that writes it: the steps name no system, and decide by the
//! text alone. The texts are listed in `code_sets.txt`.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::read::{Read, is_null_of_codes};
use crate::value::names::fold;

/// A code that was read, or the fact that it is not in its set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coded {
    /// As the set writes it.
    Known(&'static str),
    /// A text that is there and is not understood.
    Unknown,
}

impl Coded {
    /// The code, if the set has it.
    pub(crate) fn known(self) -> Option<&'static str> {
        match self {
            Self::Known(code) => Some(code),
            Self::Unknown => None,
        }
    }
}

/// The codes that a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Codes {
    /// The words of the declaration.
    Words(&'static [&'static str]),
    /// A set of `code_sets.txt`.
    Set(CodeSet),
}

macro_rules! sets {
    ($($set:ident),+ $(,)?) => {
        /// A set of `code_sets.txt`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum CodeSet {
            $($set),+
        }

        impl CodeSet {
            const ALL: &'static [Self] = &[$(Self::$set),+];

            const fn name(self) -> &'static str {
                match self { $(Self::$set => stringify!($set)),+ }
            }
        }
    };
}
sets! {
    LegalStatus,
    PlacementType,
    ReasonNewEpisode,
    ReasonEpisodeCeased,
    Activity,
    CareLeaverEligibility,
    ClosureReason,
    Uasc,
    OrderType,
    Sex,
    Ethnicity,
    Disability,
}

/// The texts of every set.
const TEXTS: &str = include_str!("code_sets.txt");

impl Codes {
    /// The texts of the set; those of `code_sets.txt` are made once.
    pub(super) fn lookup(self) -> Held {
        static LOOKUPS: [OnceLock<Lookup>; CodeSet::ALL.len()] =
            [const { OnceLock::new() }; CodeSet::ALL.len()];
        match self {
            Self::Words(words) => Held::Own(Box::new(Lookup::of_words(words))),
            Self::Set(set) => match LOOKUPS.get(set as usize) {
                Some(lookup) => Held::Shared(lookup.get_or_init(|| Lookup::of_set(TEXTS, set.name()))),
                None => Held::Own(Box::new(Lookup::of_set(TEXTS, set.name()))),
            },
        }
    }
}

/// The texts of a set, made for one column or for all.
#[derive(Debug)]
pub(super) enum Held {
    Own(Box<Lookup>),
    Shared(&'static Lookup),
}

impl Held {
    /// What a text without white space around it means.
    pub(super) fn read(&self, text: &str) -> Read<Coded> {
        let lookup: &Lookup = match self {
            Self::Own(lookup) => lookup,
            Self::Shared(lookup) => lookup,
        };
        match lookup.code(text) {
            Some(code) => Read::Value(Coded::Known(code)),
            None if is_null_of_codes(text.as_bytes()) => Read::Null,
            None => Read::Value(Coded::Unknown),
        }
    }
}

/// What the texts of a set mean.
#[derive(Debug, Default)]
pub(super) struct Lookup {
    /// Codes, folded.
    codes: HashMap<String, &'static str>,
    /// Names and other whole texts by their letters and digits; `None` if several codes have the text.
    texts: HashMap<String, Option<&'static str>>,
    /// Beginnings of texts, folded.
    beginnings: Vec<(String, &'static str)>,
    /// Words of texts.
    words: Vec<(String, &'static str)>,
    /// Codes that a text may begin with, the longest first.
    leading: Vec<&'static str>,
    /// Whether a code may go on with a letter, or IN or OUT, that says on which side of a boundary it is.
    has_boundary: bool,
    /// Whether a code may follow an S.
    has_s: bool,
}

impl Lookup {
    fn of_words(words: &'static [&'static str]) -> Self {
        let mut found = Self::default();
        for word in words {
            found.add(word);
        }
        found.finished()
    }

    /// A set of a list of sets.
    fn of_set(list: &'static str, name: &str) -> Self {
        let mut found = Self::default();
        let mut lines = list.lines();
        let head =
            lines.by_ref().find_map(|line| line.strip_prefix('[')?.strip_prefix(name)?.strip_prefix(']'));
        for flag in head.unwrap_or_default().split_whitespace() {
            found.has_boundary |= flag == "+boundary";
            found.has_s |= flag == "+s";
        }
        let mut code = "";
        for line in lines.take_while(|line| !line.starts_with('[')) {
            if let Some(text) = line.strip_prefix("  = ") {
                found.add_text(text, code);
            } else if let Some(text) = line.strip_prefix("  ^ ") {
                found.beginnings.push((fold(text), code));
            } else if let Some(word) = line.strip_prefix("  ~ ") {
                found.words.push((word.to_lowercase(), code));
            } else if let Some(text) = line.strip_prefix("? ") {
                found.texts.insert(letters_and_digits(text), None);
            } else if !line.is_empty() {
                code = line;
                found.add(code);
            }
        }
        found.finished()
    }

    fn add(&mut self, code: &'static str) {
        self.codes.insert(fold(code), code);
        self.leading.push(code);
    }

    fn add_text(&mut self, text: &'static str, code: &'static str) {
        let text = letters_and_digits(text);
        if !text.is_empty() {
            let known = self.texts.entry(text).or_insert(Some(code));
            if *known != Some(code) {
                *known = None;
            }
        }
    }

    fn finished(mut self) -> Self {
        self.leading.sort_by_key(|code| std::cmp::Reverse(code.len()));
        self
    }

    /// The code that a text means, if it means one.
    fn code(&self, text: &str) -> Option<&'static str> {
        if let Some(code) = self.codes.get(text) {
            return Some(code);
        }
        let tidied = tidied(text);
        let text = without_prefix(&tidied);
        if let Some(code) = self.codes.get(&fold(text)) {
            return Some(code);
        }
        if let Some(known) = self.texts.get(&letters_and_digits(text)) {
            return *known;
        }
        self.leading_code(text).or_else(|| self.code_at_end(text)).or_else(|| self.code_within(text))
    }

    /// The code that a text begins with, perhaps in brackets.
    fn leading_code(&self, text: &str) -> Option<&'static str> {
        let text = text.strip_prefix(['(', '[']).unwrap_or(text);
        let found = self.leading.iter().copied().find(|code| self.begins_with(text, code));
        found.or_else(|| {
            let text = text.strip_prefix('S').filter(|_| self.has_s)?;
            self.leading.iter().copied().find(|code| self.begins_with(text, code))
        })
    }

    fn begins_with(&self, text: &str, code: &str) -> bool {
        const ENDS: [char; 6] = [' ', ':', '-', ')', ']', ','];
        let Some(rest) = after_code(text, code) else { return false };
        if code.len() == 1 {
            let rest = rest.trim_start();
            return rest.is_empty() || rest.starts_with([':', '-', ')', ']']);
        }
        let is_end = |rest: &str| rest.is_empty() || rest.starts_with(ENDS);
        let side = || {
            let letter = rest.strip_prefix(|letter: char| letter.is_ascii_lowercase());
            [letter, rest.strip_prefix("IN"), rest.strip_prefix("OUT")].into_iter().flatten().any(is_end)
        };
        is_end(rest) || (self.has_boundary && side())
    }

    /// The code in the brackets at the end of a text.
    fn code_at_end(&self, text: &str) -> Option<&'static str> {
        let inner = text.strip_suffix([')', ']'])?;
        let (_, code) = inner.rsplit_once(['(', '['])?;
        self.codes.get(&fold(code)).copied().or_else(|| {
            self.leading.iter().copied().filter(|known| known.len() > 1).find(|known| {
                after_code(code, known).is_some_and(|rest| {
                    let letter =
                        |rest: &str| rest.len() == 1 && rest.starts_with(|c: char| c.is_ascii_lowercase());
                    self.has_boundary && letter(rest)
                })
            })
        })
    }

    /// The code of what a text begins with, or of a word in it.
    fn code_within(&self, text: &str) -> Option<&'static str> {
        let folded = fold(text);
        let begins = self.beginnings.iter().find(|(beginning, _)| folded.starts_with(beginning.as_str()));
        begins.map(|(_, code)| *code).or_else(|| {
            let lower = text.to_lowercase();
            let mut words = lower.split(|letter: char| !letter.is_alphanumeric());
            words.find_map(|word| self.words.iter().find(|(known, _)| known == word).map(|(_, code)| *code))
        })
    }
}

/// The rest of a text after a code in any case; `E4 A` begins with E4A, and `fixed term` with `fixed_term`.
fn after_code<'t>(text: &'t str, code: &str) -> Option<&'t str> {
    let mut rest = text;
    let mut before = ' ';
    for letter in code.chars() {
        if before.is_ascii_digit() && letter.is_ascii_alphabetic() {
            rest = rest.strip_prefix(' ').unwrap_or(rest);
        }
        before = letter;
        rest = rest.strip_prefix(|found: char| {
            found.eq_ignore_ascii_case(&letter) || (letter == '_' && matches!(found, ' ' | '-'))
        })?;
    }
    Some(rest)
}

/// A text with plain blanks, dashes and quotes, one blank where there were several.
fn tidied(text: &str) -> String {
    let mut found = String::with_capacity(text.len());
    for letter in text.trim().chars() {
        match letter {
            blank if blank.is_whitespace() => {
                if !found.ends_with(' ') {
                    found.push(' ');
                }
            }
            '\u{2013}' | '\u{2014}' => found.push('-'),
            '\u{2018}' | '\u{2019}' => found.push('\''),
            other => found.push(other),
        }
    }
    found
}

/// A text without the letter of a list (`d) Eligible`) and without the prefix of a system (`CLA - C1`).
fn without_prefix(text: &str) -> &str {
    let letters = text.bytes().take_while(u8::is_ascii_lowercase).count();
    let listed =
        text.get(letters..).filter(|_| (1..=2).contains(&letters)).and_then(|rest| rest.strip_prefix(')'));
    let text = listed.map_or(text, str::trim_start);
    let system = ["CLA", "DNU"].into_iter().find_map(|system| text.strip_prefix(system));
    system.and_then(|rest| rest.trim_start().strip_prefix('-')).map_or(text, str::trim_start)
}

/// The letters and digits of a text in lower case, `&` as `and`.
fn letters_and_digits(text: &str) -> String {
    let mut found = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => found.push_str("and"),
            letter => found.extend(letter.to_lowercase().filter(|letter| letter.is_alphanumeric())),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(set: CodeSet, text: &str) -> Option<&'static str> {
        match Codes::Set(set).lookup().read(text) {
            Read::Value(coded) => coded.known(),
            _ => None,
        }
    }

    #[test]
    fn every_set_is_there_and_reads_its_own_codes() {
        for set in CodeSet::ALL {
            let lookup = Lookup::of_set(TEXTS, set.name());
            assert!(!lookup.codes.is_empty(), "{}", set.name());
            for code in &lookup.leading {
                assert_eq!(read(*set, code), Some(*code), "{}", set.name());
                assert_eq!(read(*set, &code.to_lowercase()), Some(*code), "{}", set.name());
            }
            for (text, code) in &lookup.texts {
                if !lookup.codes.contains_key(text) {
                    assert_eq!(read(*set, text), *code, "{} {text}", set.name());
                }
            }
        }
    }

    #[test]
    fn a_code_is_found_however_it_is_written() {
        use CodeSet::*;
        for (set, text, code) in [
            // whole texts, folded
            (LegalStatus, "c1", "C1"),
            (LegalStatus, "C-1", "C1"),
            (LegalStatus, "Interim Care Order", "C1"),
            (LegalStatus, "section 20  accommodation", "V2"),
            (CareLeaverEligibility, "Former Relevant", "former_relevant"),
            // the letter of a list, and the prefix of a system
            (CareLeaverEligibility, "b) Former relevant child", "former_relevant"),
            (CareLeaverEligibility, "d) Eligible child", "eligible"),
            (LegalStatus, "CLA - C1 - Interim Care Order", "C1"),
            (LegalStatus, "DNU-C2", "C2"),
            (PlacementType, "zz) T4: Temporary", "T4"),
            // a leading code
            (Activity, "G4 - illness", "G4"),
            (ReasonEpisodeCeased, "E11: adopted", "E11"),
            (LegalStatus, "V2  [Accomm section 20]", "V2"),
            (LegalStatus, "[C1] order", "C1"),
            (LegalStatus, "(E1) placement", "E1"),
            (ReasonEpisodeCeased, "E4 A - returned home", "E4A"),
            (ReasonEpisodeCeased, "SE11 - adopted", "E11"),
            (ReasonNewEpisode, "S - Started", "S"),
            (ReasonNewEpisode, "P: placement", "P"),
            (LegalStatus, "C1\u{a0}\u{2013} interim", "C1"),
            // the side of a boundary
            (PlacementType, "U1a", "U1"),
            (PlacementType, "K2b", "K2"),
            (PlacementType, "R2 IN - hospital", "R2"),
            (PlacementType, "K2OUT - home", "K2"),
            (PlacementType, "H5a", "H5A"),
            // a code at the end
            (ReasonEpisodeCeased, "Care taken over [E3]", "E3"),
            (ReasonEpisodeCeased, "By the court (E12)", "E12"),
            (PlacementType, "Placed (U6b)", "U6"),
            // what a rule reads by how it begins
            (CareLeaverEligibility, "Relevant, since May", "relevant"),
            (OrderType, "Adoption (Scotland)", "Adoption"),
            (OrderType, "Residence order", "CAO"),
            (Uasc, "Unaccompanied asylum seeker, age disputed", "UASC"),
            (Uasc, "U", "UASC"),
            (Uasc, "Status: UASC", "UASC"),
            (Uasc, "Refugee Status", "other"),
            // old codes, and codes of two names that every reader takes alike
            (Activity, "F3", "F3"),
            (Activity, "Full time in training or employment", "F5"),
            (PlacementType, "Q1", "Q1"),
        ] {
            assert_eq!(read(set, text), Some(code), "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_code_is_unknown() {
        use CodeSet::*;
        for (set, text) in [
            (LegalStatus, "Code 'C1' is not mapped"),
            (LegalStatus, "L30"),
            (LegalStatus, "C10"),
            (LegalStatus, "C1a"),
            (LegalStatus, "C1/C2"),
            (ReasonNewEpisode, "Section 20"),
            (ReasonNewEpisode, "S Started"),
            (ReasonEpisodeCeased, "Staying Put"),
            (PlacementType, "Foster placement"),
            (PlacementType, "DQ"),
            (PlacementType, "U1A"),
            (ClosureReason, "Case closed after assessment, no further action"),
            (Uasc, "UASCs"),
            (CareLeaverEligibility, "Code 'Q' is not mapped"),
            (OrderType, "?"),
        ] {
            assert_eq!(Codes::Set(set).lookup().read(text), Read::Value(Coded::Unknown), "{text}");
        }
    }

    #[test]
    fn what_the_set_has_as_a_code_is_not_a_null() {
        let none = Codes::Words(&["none", "mob"]).lookup();
        assert_eq!(none.read("None"), Read::Value(Coded::Known("none")));
        assert_eq!(none.read("n/a"), Read::Null);
        for text in ["N/A", "na", "None", "-"] {
            assert_eq!(Codes::Set(CodeSet::LegalStatus).lookup().read(text), Read::Null, "{text}");
        }
    }

    #[test]
    fn the_words_of_a_declaration_are_read_by_the_same_steps() {
        let words = Codes::Words(&["permanent", "fixed_term", "agency"]).lookup();
        for (text, code) in [
            ("Fixed Term", "fixed_term"),
            ("FIXED-TERM", "fixed_term"),
            ("fixed term: one year", "fixed_term"),
            ("a) Agency", "agency"),
            ("Post (permanent)", "permanent"),
        ] {
            assert_eq!(words.read(text), Read::Value(Coded::Known(code)), "{text}");
        }
        assert_eq!(words.read("temporary"), Read::Value(Coded::Unknown));
    }
}
