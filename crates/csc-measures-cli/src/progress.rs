//! How far the reading has come, in a line on the terminal that is written over.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use crate::text::{Page, cut};

/// Reading that takes no longer than this needs no line.
const PATIENCE: Duration = Duration::from_millis(400);

/// The line changes no more often than this.
const PACE: Duration = Duration::from_millis(50);

/// A progress bar on a terminal, once the reading takes long enough to wonder.
#[derive(Default)]
pub(crate) struct Progress {
    is_quiet: bool,
    started: Option<Instant>,
    /// When the line was last written.
    shown: Option<Instant>,
}

impl Progress {
    pub(crate) fn new(is_quiet: bool) -> Self {
        Self { is_quiet, ..Self::default() }
    }

    pub(crate) fn show(&mut self, file: &str, bytes: u64, total: u64) {
        let now = Instant::now();
        let started = *self.started.get_or_insert(now);
        let is_due = self.shown.is_none_or(|shown| now.duration_since(shown) >= PACE);
        if self.is_quiet || now.duration_since(started) < PATIENCE || !is_due || !io::stderr().is_terminal() {
            return;
        }
        self.shown = Some(now);
        // One column is left, so that no terminal goes on to another line.
        let columns = Page::columns_of_errors().saturating_sub(1);
        // The run goes on even if the terminal cannot be written to.
        let _ = write!(io::stderr(), "\r\u{1b}[2K{}", cut(&line(file, bytes, total), columns));
    }

    /// Takes the line away.
    pub(crate) fn clear(&mut self) {
        if self.shown.take().is_some() {
            let _ = write!(io::stderr(), "\r\u{1b}[2K");
        }
    }
}

/// The bar, the percentage, the megabytes and the file.
fn line(file: &str, bytes: u64, total: u64) -> String {
    const WIDTH: usize = 30;
    let percent = (u128::from(bytes) * 100).checked_div(u128::from(total)).unwrap_or(100).min(100);
    let full = usize::try_from(percent).unwrap_or(100) * WIDTH / 100;
    let bar = "█".repeat(full) + &"░".repeat(WIDTH - full);
    let megabytes = |bytes: u64| format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10);
    format!("{bar} {percent:>3} %  {} of {}  {file}", megabytes(bytes), megabytes(total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_fills_as_the_bytes_come_in() {
        let empty = format!("{}   0 %  0.0 MB of 2.5 MB  persons.csv", "░".repeat(30));
        assert_eq!(line("persons.csv", 0, 2_500_000), empty);
        let half = format!("{}{}  50 %  1.2 MB of 2.5 MB  a.csv", "█".repeat(15), "░".repeat(15));
        assert_eq!(line("a.csv", 1_250_000, 2_500_000), half);
        // A file that grows while it is read, and files without a byte.
        assert!(line("a.csv", u64::MAX, 2_500_000).starts_with(&format!("{} 100 %", "█".repeat(30))));
        assert!(line("a.csv", 0, 0).starts_with(&format!("{} 100 %", "█".repeat(30))));
    }
}
