//! A report for a board: one HTML file with the measures of a scorecard.
//!
//! The first page says in words what has changed and what needs attention. Then come the measures, by outcome or by
//! recommendation: figure, what it is made of, target, change, control chart, cases that are not known, notes, groups and
//! definition. At the end is how to read it, and what the figures stand on. The file needs no network and no script.
//!
//! A report of a [`Scorecard`] is for the council itself, and says so; one of what may be [published](Published) is made
//! from that alone, so that it cannot tell what is hidden.
//!
//! # Examples
//!
//! ## A report as a file
//!
//! ```
//! use csc_measures::{Dataset, Options};
//! use csc_measures_report::{ReportOptions, html};
//!
//! let (april, march) = ("2016-04".parse()?, "2017-03".parse()?);
//! let card = Dataset::builder().build().scorecard(april, march, &Options::default())?;
//! let mut options = ReportOptions::default();
//! options.authority = Some("Fenshire".to_owned());
//! let page = html(&card, &options)?;
//! assert!(page.starts_with("<!DOCTYPE html>"));
//! assert!(page.contains("Internal: not for publication"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Minimum supported Rust version: 1.88.
#![forbid(unsafe_code)]

mod abbreviations;
mod anchors;
mod attention;
mod change;
mod chart;
mod chart_svg;
mod contents;
mod definition;
mod error;
mod figures;
mod first_page;
mod group_months;
mod group_svg;
mod groups;
mod history;
mod measure;
mod notes;
mod options;
mod page;
mod reading;
mod section;
mod signal;
mod sources;
mod style;
mod target;
mod words;

use csc_measures::{Published, Scorecard};

pub use error::ReportError;
pub use options::ReportOptions;

/// The report of a scorecard, for the council itself: it shows figures of any number of cases, and says that it is not
/// for publication.
///
/// # Examples
///
/// ## By recommendation
///
/// ```
/// use csc_measures::{Dataset, Options, SectionBy};
/// use csc_measures_report::{ReportOptions, html};
///
/// let march = "2017-03".parse()?;
/// let card = Dataset::builder().build().scorecard(march, march, &Options::default())?;
/// let mut options = ReportOptions::default();
/// options.by = SectionBy::Recommendation;
/// assert!(html(&card, &options)?.contains("id=\"part-4\""));
///
/// // a plan that answers no recommendations
/// let card = Dataset::builder().build().scorecard(
///     march,
///     march,
///     &serde_json::from_str::<Options>(r#"{ "plan": "all-measures" }"#)?,
/// )?;
/// let error = html(&card, &options).unwrap_err();
/// assert_eq!(error.to_string(), "the plan `all-measures` has no recommendations to put measures under");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Sections by recommendation of a plan that has none.
pub fn html(card: &Scorecard, options: &ReportOptions) -> Result<String, ReportError> {
    page::page(&figures::Figures::whole(card, options)?, options)
}

/// The report of what may be published. It is made from the published figures alone, and says that small numbers are
/// hidden.
///
/// # Examples
///
/// ## What anybody may read
///
/// ```
/// use csc_measures::{Dataset, Options};
/// use csc_measures_report::{ReportOptions, published_html};
///
/// let march = "2017-03".parse()?;
/// let card = Dataset::builder().build().scorecard(march, march, &Options::default())?;
/// let page = published_html(&card.published()?, &ReportOptions::default())?;
/// assert!(page.contains("Published: small numbers hidden"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`html`].
pub fn published_html(published: &Published, options: &ReportOptions) -> Result<String, ReportError> {
    page::page(&figures::Figures::published(published, options)?, options)
}
