//! What a report says besides the figures.

use std::collections::BTreeMap;

use csc_measures::SectionBy;

/// What a report says besides the figures, and in which order.
///
/// # Examples
///
/// ## An authority and its own abbreviation
///
/// ```
/// use csc_measures_report::ReportOptions;
///
/// let mut options = ReportOptions::default();
/// options.authority = Some("Fenshire County Council".to_owned());
/// options.abbreviations.insert("FCC".to_owned(), "Fenshire County Council".to_owned());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReportOptions {
    /// Whose figures these are, above the title.
    pub authority: Option<String>,
    /// What the measures are put under.
    pub by: SectionBy,
    /// Where the data come from, each by a name and in words: they are said at the end.
    pub sources: Vec<(String, String)>,
    /// Abbreviations of the council's own with what they stand for: they are spelt out where they come first, as those of
    /// the field are.
    pub abbreviations: BTreeMap<String, String>,
}

impl Default for ReportOptions {
    fn default() -> Self {
        Self { authority: None, by: SectionBy::Outcome, sources: Vec::new(), abbreviations: BTreeMap::new() }
    }
}
