//! The forms of values: dates, flags and nulls, as a system writes them.

use chrono::NaiveDate;

/// The date that SystemC writes in some columns where there is none.
pub(super) const PLACEHOLDER: &str = "1900-01-01";

/// How a date is written.
#[derive(Clone, Copy, Debug)]
pub(super) enum DateForm {
    /// `2024-12-10`.
    Bare,
    /// `2024-12-10 00:00:00`.
    Midnight,
    /// `2024-12-10 00:00:00.000`.
    Thousandths,
    /// `10/12/2024`.
    DayFirst,
}

/// How the values of a file are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub(super) date: DateForm,
    /// What is written for null.
    pub(super) null: &'static str,
    /// Whether flags are padded with a blank.
    pub(super) is_padded: bool,
    /// Whether the file has a byte order mark and the line ends of Windows.
    pub(super) is_windows: bool,
}

/// A value, in the form of the authority's own tables.
#[derive(Clone, Debug)]
pub(super) enum Cell {
    /// A text, a number or an id.
    Text(String),
    /// A date.
    Date(String),
    /// `true`, `false`, or an answer that is neither.
    Flag(String),
}

impl Cell {
    /// The value as the style has it.
    pub(super) fn written(&self, style: Style) -> String {
        let (Self::Text(text) | Self::Date(text) | Self::Flag(text)) = self;
        if text.is_empty() {
            return style.null.to_owned();
        }
        match self {
            Self::Text(_) => text.clone(),
            Self::Date(_) => date(text, style.date),
            Self::Flag(_) if style.is_padded => format!("{} ", letter(text)),
            Self::Flag(_) => letter(text).to_string(),
        }
    }
}

/// A date in its form; one that a slip at the keyboard has put day first stays as it is.
fn date(text: &str, form: DateForm) -> String {
    match text.parse::<NaiveDate>() {
        Err(_) => text.to_owned(),
        Ok(date) => match form {
            DateForm::Bare => text.to_owned(),
            DateForm::Midnight => format!("{text} 00:00:00"),
            DateForm::Thousandths => format!("{text} 00:00:00.000"),
            DateForm::DayFirst => date.format("%d/%m/%Y").to_string(),
        },
    }
}

/// The one letter that a flag has room for: of an answer that is neither yes nor no its first.
fn letter(text: &str) -> char {
    match text {
        "true" => 'Y',
        "false" => 'N',
        other => other.chars().next().unwrap_or(' ').to_ascii_uppercase(),
    }
}

/// The day before, of a date that is one.
pub(super) fn day_before(text: &str) -> String {
    let before = text.parse::<NaiveDate>().ok().and_then(|date| date.pred_opt());
    before.map_or_else(|| text.to_owned(), |date| date.to_string())
}

/// A decimal as a float of single precision comes out: `12.3` as `12.30000019`.
pub(super) fn single_precision(text: &str) -> String {
    // The sign for a distance that is not known is typed, not computed.
    if text.starts_with("999.9") {
        return text.to_owned();
    }
    let digits = text.parse::<f32>().map(|number| format!("{:.8}", f64::from(number)));
    let digits = digits.unwrap_or_else(|_| text.to_owned());
    if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.').to_owned() } else { digits }
}

/// A number as a float column has it: `3` as `3.0`.
pub(super) fn float(text: &str) -> String {
    if text.is_empty() || text.contains('.') { text.to_owned() } else { format!("{text}.0") }
}
