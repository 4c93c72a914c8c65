//! What a policy is, in words: for documents, forms and screens that list the choices.

use std::collections::BTreeSet;

use crate::time::calendar::Nation;
use crate::value::Decimal;
use crate::value::json::quoted;
use crate::value::names::fold;

/// One policy as it is declared: its key, what it decides, and the values that it takes.
///
/// # Examples
///
/// ## What a policy decides
///
/// ```
/// use csc_measures::Policy;
///
/// let unrated = Policy::DECLARATIONS.iter().find(|policy| policy.key == "unrated").unwrap();
/// assert_eq!(unrated.about, "What a child without a rating is.");
/// assert_eq!(unrated.values[1], ("red", "Counted as red."));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PolicyDeclaration {
    /// The key in a policy file.
    pub key: &'static str,
    /// What it decides.
    pub about: &'static str,
    /// Why the default is what it is, and where it comes from.
    pub why: &'static str,
    /// What a value is, such as "a whole number".
    pub takes: &'static str,
    /// The names that it takes, each with its meaning; none if a value is a number or free text.
    pub values: &'static [(&'static str, &'static str)],
}

/// A type of which a policy's value is.
pub(super) trait PolicyValue {
    const TAKES: &'static str;
    const VALUES: &'static [(&'static str, &'static str)];

    /// The value as compact JSON, without the quotes of a text.
    fn compact(&self) -> String;

    /// Whether another value decides the same: a list does so in any order.
    fn decides_as(&self, other: &Self) -> bool;
}

/// A list as compact JSON.
pub(super) fn list<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let texts: Vec<String> = texts.map(quoted).collect();
    format!("[{}]", texts.join(","))
}

impl PolicyValue for bool {
    const TAKES: &'static str = "`true` or `false`";
    const VALUES: &'static [(&'static str, &'static str)] = &[];

    fn compact(&self) -> String {
        self.to_string()
    }

    fn decides_as(&self, other: &Self) -> bool {
        self == other
    }
}

impl PolicyValue for u16 {
    const TAKES: &'static str = "a whole number";
    const VALUES: &'static [(&'static str, &'static str)] = &[];

    fn compact(&self) -> String {
        self.to_string()
    }

    fn decides_as(&self, other: &Self) -> bool {
        self == other
    }
}

impl PolicyValue for Decimal {
    const TAKES: &'static str = "a number, read as an exact decimal";
    const VALUES: &'static [(&'static str, &'static str)] = &[];

    fn compact(&self) -> String {
        self.to_string()
    }

    fn decides_as(&self, other: &Self) -> bool {
        self == other
    }
}

impl PolicyValue for Vec<String> {
    const TAKES: &'static str = "a list of texts, compared without case, spaces, hyphens and underscores";
    const VALUES: &'static [(&'static str, &'static str)] = &[];

    fn compact(&self) -> String {
        list(self.iter().map(String::as_str))
    }

    fn decides_as(&self, other: &Self) -> bool {
        let set = |texts: &[String]| texts.iter().map(|text| fold(text)).collect::<BTreeSet<_>>();
        set(self) == set(other)
    }
}

impl PolicyValue for Nation {
    const TAKES: &'static str = ONE_NAME;
    const VALUES: &'static [(&'static str, &'static str)] = &[
        (Nation::EnglandAndWales.as_str(), "The bank holidays of England and Wales."),
        (Nation::Scotland.as_str(), "Those of Scotland."),
        (Nation::NorthernIreland.as_str(), "Those of Northern Ireland."),
    ];

    fn compact(&self) -> String {
        self.as_str().to_owned()
    }

    fn decides_as(&self, other: &Self) -> bool {
        self == other
    }
}

/// What the policies take that are a choice of one name.
pub(super) const ONE_NAME: &str = "one of these names";

/// What the policies take that are a list of names.
pub(super) const NAMES: &str = "a list of these names";
