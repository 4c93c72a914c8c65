//! Names that a caller misspelt: the nearest valid one, and the folding under which codes are compared.

use std::borrow::Cow;
use std::cmp::Reverse;

use thiserror::Error;

use super::index::{at, broken};

/// An id or a key that does not exist, with the nearest one that does.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("unknown {kind} `{given}`, did you mean `{nearest}`?")]
pub struct UnknownId {
    kind: &'static str,
    given: String,
    nearest: String,
}

impl UnknownId {
    pub(crate) fn new<'a>(
        kind: &'static str,
        given: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> UnknownId {
        UnknownId { kind, given: shown(given), nearest: nearest(given, known).to_owned() }
    }

    /// What was given, cut if it is far too long.
    #[must_use]
    pub fn given(&self) -> &str {
        &self.given
    }

    /// The nearest id that exists.
    #[must_use]
    pub fn nearest(&self) -> &str {
        &self.nearest
    }
}

/// The known name that is [nearest] to what was given, if there are any.
pub(crate) fn nearest_of<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let mut known = known.into_iter().peekable();
    known.peek()?;
    Some(nearest(given, known).to_owned())
}

/// The known name that goes on from what was given, or else takes the fewest changes of a letter, case apart; of
/// several the one that begins most like what was given, then the one nearest in length, then the first.
pub(crate) fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> &'a str {
    // No name is longer: what goes beyond says nothing more about what was meant.
    let given: Vec<char> = given.trim().to_lowercase().chars().take(LONGEST).collect();
    known
        .into_iter()
        .min_by_key(|name| {
            let name: Vec<char> = name.to_lowercase().chars().collect();
            let start = given.iter().zip(&name).take_while(|(a, b)| a == b).count();
            let goes_on = given.len() >= 3 && start == given.len();
            (!goes_on, distance(&given, &name), Reverse(start), given.len().abs_diff(name.len()))
        })
        .unwrap_or_else(|| broken(format_args!("there are no names to choose the nearest of")))
}

/// Whether two texts are the same, asked when the library is built.
pub(crate) const fn same(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    loop {
        match (a, b) {
            ([], []) => return true,
            ([x, rest_a @ ..], [y, rest_b @ ..]) if *x == *y => (a, b) = (rest_a, rest_b),
            _ => return false,
        }
    }
}

/// What was given, short enough for a message.
pub(crate) fn shown(given: &str) -> String {
    let mut letters = given.chars();
    let mut shown: String = letters.by_ref().take(LONGEST).collect();
    if letters.next().is_some() {
        shown.push('…');
    }
    visible(&shown).into_owned()
}

/// A text as it may be shown: control characters, and those that turn the direction of text, are written out, so that
/// what stands in a file cannot move the cursor of a terminal or hide what follows.
///
/// # Examples
///
/// ```
/// assert_eq!(csc_measures::visible("North\u{1b}[2J"), "North\\u{1b}[2J");
/// assert_eq!(csc_measures::visible("Café, North"), "Café, North");
/// ```
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    let is_hidden = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut visible = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            letter if is_hidden(letter) => visible.extend(letter.escape_default()),
            letter => visible.push(letter),
        }
    }
    Cow::Owned(visible)
}

/// A text as it may be written to a file that a spreadsheet opens: before one that a spreadsheet would run as a formula
/// there is a `'`.
///
/// # Examples
///
/// ## A text that a spreadsheet would run
///
/// ```
/// assert_eq!(csc_measures::guarded("=1+1"), "'=1+1");
/// // spreadsheets look past white space
/// assert_eq!(csc_measures::guarded(" @SUM(A1)"), "' @SUM(A1)");
/// assert_eq!(csc_measures::guarded("North = A"), "North = A");
/// ```
#[must_use]
pub fn guarded(text: &str) -> Cow<'_, str> {
    let is_formula = text.trim_start().starts_with(['=', '+', '-', '@']) || text.starts_with(['\t', '\r']);
    if is_formula { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The longest name that a message repeats.
const LONGEST: usize = 60;

/// How many letters to add, drop or change to get from one to the other.
fn distance(a: &[char], b: &[char]) -> usize {
    // costs[j]: from the letters of `a` so far to the first j letters of `b`
    let mut costs: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        if let Some(first) = costs.first_mut() {
            *first = left;
        }
        for (cost, y) in costs.iter_mut().skip(1).zip(b) {
            let change = diagonal + usize::from(x != y);
            diagonal = *cost;
            left = change.min(diagonal + 1).min(left + 1);
            *cost = left;
        }
    }
    *at(&costs, b.len())
}

/// A code or a name as it is compared: lower case, without white space, `-` and `_`.
pub(crate) fn fold(text: &str) -> String {
    folded(text).collect()
}

/// The letters and digits of a text, in small letters: of roles, which systems write with all kinds of marks.
pub(crate) fn letters_and_digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// Whether two codes or names are the same as they are compared.
pub(crate) fn fold_alike(a: &str, b: &str) -> bool {
    folded(a).eq(folded(b))
}

fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_')).flat_map(char::to_lowercase)
}

/// How near a name is to a known one, both folded: the letters to add, drop or change, if they are two at most, or
/// else one more than two if one of the names contains the other and neither is short. `None`: not near.
pub(crate) fn nearness(given: &str, known: &str) -> Option<usize> {
    const MOST_CHANGES: usize = 2;
    const SHORTEST_CONTAINED: usize = 5;
    let (lengths, most) = ((given.chars().count(), known.chars().count()), MOST_CHANGES);
    // Names that differ more in length need not be compared letter by letter, however long they are.
    if lengths.0.abs_diff(lengths.1) <= most {
        let [given, known] = [given, known].map(|name| name.chars().collect::<Vec<_>>());
        if let Some(changes) = Some(distance(&given, &known)).filter(|changes| *changes <= most) {
            return Some(changes);
        }
    }
    let is_long = lengths.0.min(lengths.1) >= SHORTEST_CONTAINED;
    (is_long && (given.contains(known) || known.contains(given))).then_some(most + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_the_one_with_fewest_edits() {
        let letters = |text: &str| text.chars().collect::<Vec<char>>();
        assert_eq!(distance(&letters("kitten"), &letters("sitting")), 3);
        assert_eq!(distance(&[], &letters("abc")), 3);
        assert_eq!(nearest("icpc_clok", ["assessment_clock", "icpc_clock"]), "icpc_clock");
        assert_eq!(nearest("england", ["scotland", "england-and-wales"]), "england-and-wales");
    }

    #[test]
    fn near_is_two_letters_away_or_contained() {
        assert_eq!(nearness("stage", "stage"), Some(0));
        assert_eq!(nearness("stag", "stage"), Some(1));
        assert_eq!(nearness("satge", "stage"), Some(2));
        assert_eq!(nearness("sta", "stage"), Some(2));
        assert_eq!(nearness("st", "stage"), None);
        assert_eq!(nearness("stageofcomplaint", "stage"), Some(3));
        assert_eq!(nearness("stage", "stageofcomplaint"), Some(3));
        // `date` has four letters
        assert_eq!(nearness("visitdate", "date"), None);
    }

    #[test]
    fn case_spaces_hyphens_and_underscores_do_not_count() {
        assert_eq!(fold(" Former-Relevant_ Child"), "formerrelevantchild");
        assert!(fold_alike("Date of-Death ", "date_of_death") && !fold_alike("date", "dates"));
    }
}
