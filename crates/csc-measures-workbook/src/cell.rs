//! What a cell holds, and what a sheet is given of a list of rows.

use chrono::NaiveDate;
use csc_measures::{Amount, Decimal, Month, Rag, Shown};

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    /// Nothing.
    Empty,
    /// A text, whatever it begins with.
    Text(String),
    /// A number.
    Number(f64),
    /// A day.
    Day(NaiveDate),
    /// A month, by its first day.
    Month(Month),
    /// A colour, by its word.
    Colour(&'static str),
}

/// The sign in place of a number that is not published.
pub(crate) const LEFT_OUT: &str = "c";

impl Cell {
    /// A text.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A text, or nothing.
    pub(crate) fn or_empty(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    /// A count.
    pub(crate) fn count(count: impl TryInto<u32>) -> Self {
        // No sheet has so many rows that a count of them is rounded, and a larger number is written out.
        count.try_into().map_or(Self::Empty, |count| Self::Number(count.into()))
    }

    /// A count of rows, which may be of more than four thousand million.
    pub(crate) fn rows(rows: u64) -> Self {
        match u32::try_from(rows) {
            Ok(rows) => Self::Number(rows.into()),
            Err(_) => Self::Text(rows.to_string()),
        }
    }

    /// A day, or nothing.
    pub(crate) fn day(day: Option<NaiveDate>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }

    /// A colour, or nothing.
    pub(crate) fn colour(rag: Option<Rag>) -> Self {
        rag.map_or(Self::Empty, |rag| Self::Colour(rag.as_str()))
    }

    /// A figure as it is shown, or nothing.
    pub(crate) fn figure(value: Option<Shown>) -> Self {
        value.map_or(Self::Empty, |value| Self::Number(value.as_f64()))
    }

    /// A sum, exactly, or nothing.
    pub(crate) fn amount(amount: Option<Amount>) -> Self {
        amount.map_or(Self::Empty, |amount| Self::decimal_text(amount.to_string()))
    }

    /// A decimal as a number; as a text if it has more digits than a number of Excel.
    pub(crate) fn decimal(decimal: Decimal) -> Self {
        Self::decimal_text(decimal.to_string())
    }

    fn decimal_text(text: String) -> Self {
        /// Excel keeps no more.
        const DIGITS: usize = 15;
        let digits = text.chars().filter(char::is_ascii_digit).count();
        match text.parse() {
            Ok(number) if digits <= DIGITS => Self::Number(number),
            _ => Self::Text(text),
        }
    }
}

/// How the numbers of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Texts and dates.
    Plain,
    /// Texts of several words, which go on in the next line.
    Words,
}

/// A column: its head, its width in characters, and what is in it.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) head: Cell,
    pub(crate) width: u16,
    pub(crate) kind: Kind,
}

/// A column of ids, dates or numbers.
pub(crate) fn plain(head: &str, width: u16) -> Column {
    Column { head: Cell::text(head), width, kind: Kind::Plain }
}

/// A column of words.
pub(crate) fn words(head: &str, width: u16) -> Column {
    Column { head: Cell::text(head), width, kind: Kind::Words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_more_digits_than_excel_keeps_is_a_text() {
        let of = |text: &str| Cell::decimal(text.parse().unwrap());
        assert_eq!(of("90"), Cell::Number(90.0));
        assert_eq!(of("-2.5"), Cell::Number(-2.5));
        assert_eq!(of("90.0000000000000001"), Cell::text("90.0000000000000001"));
    }

    #[test]
    fn a_count_beyond_four_thousand_million_is_not_lost() {
        assert_eq!(Cell::rows(5_000_000_000), Cell::text("5000000000"));
        assert_eq!(Cell::rows(5), Cell::Number(5.0));
    }
}
