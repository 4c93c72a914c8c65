//! How the report looks: on a screen, a small one, a dark one, and on A4.

/// The style sheet.
pub(crate) const STYLE: &str = include_str!("style.css");

/// What each page of paper says at its foot.
pub(crate) fn foot(standing: &'static str) -> String {
    format!(
        "@media print {{ @page {{ @bottom-left {{ content: \"{standing}\"; font: 9pt system-ui, sans-serif; color: #505a68; }} }} }}\n"
    )
}
