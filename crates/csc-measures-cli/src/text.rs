//! Text on a page of a certain width: wrapped, cut, aligned, coloured if that is wanted.

use std::io::{self, IsTerminal, Write};

use console::{Term, measure_text_width, truncate_str};
use csc_measures::{Month, visible};

/// A value, or nothing.
pub(crate) fn or_nothing(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// What a page is written on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    /// Its columns.
    pub(crate) width: usize,
    has_colour: bool,
}

/// How a text stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    Plain,
    Bold,
    Faint,
    Green,
    Amber,
    Red,
}

impl Page {
    /// The terminal, or a page of 110 columns if the output goes elsewhere. `COLUMNS` decides if it is
    /// set, and `NO_COLOR` takes the colours away.
    pub(crate) fn of_terminal() -> Self {
        let is_terminal = io::stdout().is_terminal();
        let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.trim().parse().ok());
        let seen = || is_terminal.then(|| Term::stdout().size_checked()).flatten();
        let width: usize = told.or_else(|| seen().map(|(_, columns)| usize::from(columns))).unwrap_or(110);
        let is_set = |name| std::env::var_os(name).is_some_and(|value: std::ffi::OsString| !value.is_empty());
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self { width: width.clamp(80, 160), has_colour: is_terminal && !is_set("NO_COLOR") && !is_dumb }
    }

    /// A file, of the usual columns and without colours.
    pub(crate) fn of_file() -> Self {
        Self { width: 110, has_colour: false }
    }

    /// The columns of the terminal that errors go to, or 80 if it does not say.
    pub(crate) fn columns_of_errors() -> usize {
        Term::stderr().size_checked().map_or(80, |(_, columns)| usize::from(columns))
    }

    /// The text in an ink, which is none of its own.
    pub(crate) fn ink(&self, ink: Ink, text: &str) -> String {
        let code = match ink {
            Ink::Plain => return visible(text).into_owned(),
            Ink::Bold => "1",
            Ink::Faint => "2",
            Ink::Green => "32",
            Ink::Amber => "33",
            Ink::Red => "31",
        };
        if self.has_colour && !text.trim().is_empty() {
            format!("\u{1b}[{code}m{}\u{1b}[0m", visible(text))
        } else {
            visible(text).into_owned()
        }
    }

    /// Writes a name and what belongs to it, the lines after the first below the first word.
    pub(crate) fn item(&self, name: &str, text: &str, out: &mut impl Write) -> io::Result<()> {
        self.entry(name, text, 14, out)
    }

    /// The same with a margin of so many columns.
    pub(crate) fn entry(
        &self,
        name: &str,
        text: &str,
        margin: usize,
        out: &mut impl Write,
    ) -> io::Result<()> {
        for (index, line) in wrap(text, self.width.saturating_sub(margin)).iter().enumerate() {
            let name = if index == 0 { name } else { "" };
            writeln!(out, "{}{line}", self.ink(Ink::Faint, &left(name, margin)))?;
        }
        Ok(())
    }

    /// Writes a line across the page.
    pub(crate) fn rule(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{}", self.ink(Ink::Faint, &"─".repeat(self.width)))
    }
}

/// A line of cells, written without blanks at its end.
pub(crate) fn write_line(line: &str, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}", line.trim_end())
}

/// The columns that a text takes.
pub(crate) fn width(text: &str) -> usize {
    measure_text_width(&visible(text))
}

/// Cut to a width, with a sign that it is.
pub(crate) fn cut(text: &str, width: usize) -> String {
    truncate_str(&visible(text), width, "…").into_owned()
}

/// Cut or filled to a width.
pub(crate) fn left(text: &str, width: usize) -> String {
    let text = cut(text, width);
    let fill = width.saturating_sub(measure_text_width(&text));
    text + &" ".repeat(fill)
}

/// The same, against the right edge.
pub(crate) fn right(text: &str, width: usize) -> String {
    let text = cut(text, width);
    " ".repeat(width.saturating_sub(measure_text_width(&text))) + &text
}

/// Lines of a width at most, broken between words; a longer word is cut.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let word = &*visible(word);
        let Some(line) = lines.last_mut() else { break };
        if line.is_empty() {
            *line = cut(word, width);
        } else if measure_text_width(line) + 1 + measure_text_width(word) <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(cut(word, width));
        }
    }
    lines
}

/// So many lines of a width, the last cut if there is more.
pub(crate) fn wrap_to(text: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines = wrap(text, width);
    if lines.len() > most {
        let rest = lines.split_off(most.saturating_sub(1)).join(" ");
        lines.push(cut(&rest, width));
    }
    lines
}

/// Bars from zero to a height, and a gap if there is none. One height for several rows makes them comparable.
pub(crate) fn sparkline(values: &[Option<i64>], height: i64) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let bar = |value: i64| {
        // Rounded to the nearest of the eight; nothing is the lowest of them, however low the others are.
        let place = (value * 14 + height).checked_div(2 * height).unwrap_or_default();
        BARS.get(usize::try_from(place).unwrap_or_default()).copied().unwrap_or('█')
    };
    values.iter().map(|value| value.map_or(' ', bar)).collect()
}

/// A number with its thousands set apart.
pub(crate) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && index % 3 == first {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `March 2017`.
pub(crate) fn month_name(month: Month) -> String {
    month.first().format("%B %Y").to_string()
}

/// `1 issue`, `2 issues`.
pub(crate) fn count(number: u64, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{} {one}s", thousands(number)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trend_is_bars_from_zero_to_its_height() {
        assert_eq!(sparkline(&[Some(0), Some(7), Some(14), None, Some(49)], 49), "▁▂▃ █");
        assert_eq!(sparkline(&[Some(970), Some(1000), Some(70)], 1000), "██▁");
        assert_eq!(sparkline(&[Some(0), Some(0)], 0), "▁▁");
        assert_eq!(sparkline(&[None, None], 0), "  ");
        assert_eq!(sparkline(&[Some(0), Some(i64::from(i32::MAX))], i64::from(i32::MAX)), "▁█");
    }

    #[test]
    fn a_text_that_does_not_fit_says_so() {
        assert_eq!(wrap_to("one two three four", 9, 2), ["one two", "three fo…"]);
        assert_eq!(wrap_to("one two", 9, 2), ["one two"]);
        assert_eq!(wrap("", 9), [""]);
        assert_eq!(left("é", 3), "é  ");
        assert_eq!(right("12", 4), "  12");
    }

    #[test]
    fn what_stands_in_a_file_moves_no_cursor() {
        let page = Page { width: 80, has_colour: true };
        let text = "North\u{1b}[2J\u{7}";
        assert_eq!(page.ink(Ink::Plain, text), "North\\u{1b}[2J\\u{7}");
        assert_eq!(page.ink(Ink::Red, text), "\u{1b}[31mNorth\\u{1b}[2J\\u{7}\u{1b}[0m");
        assert_eq!(left(text, 20), "North\\u{1b}[2J\\u{7} ");
        assert_eq!(width(text), 19);
        assert_eq!(wrap(text, 30), ["North\\u{1b}[2J\\u{7}"]);
    }

    #[test]
    fn thousands_are_set_apart() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(thousands(number), text);
        }
        assert_eq!(count(1, "row"), "1 row");
        assert_eq!(count(2000, "row"), "2,000 rows");
    }
}
