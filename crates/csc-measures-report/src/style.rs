//! How the report looks: on a screen, a small one, a dark one, and on A4.

/// The style sheet.
pub(crate) const STYLE: &str = include_str!("style.css");
