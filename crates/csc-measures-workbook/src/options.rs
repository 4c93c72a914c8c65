//! What a workbook says besides the figures, and what is left out.

use chrono::NaiveDate;

/// What a workbook says besides the figures, and what is left out of it.
///
/// # Examples
///
/// ## Figures without the children behind them
///
/// ```
/// use csc_measures_workbook::WorkbookOptions;
///
/// let mut options = WorkbookOptions::default();
/// assert!(options.lists);
/// options.lists = false;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WorkbookOptions {
    /// Whose figures these are, on the first sheet.
    pub authority: Option<String>,
    /// Whether the lists with the ids of children, workers and records are in: cases, what is due, issues of the data. The
    /// first sheet says so.
    pub lists: bool,
    /// The day as at which things are due. `None` = the last day of the last month.
    pub due_as_at: Option<NaiveDate>,
}

impl Default for WorkbookOptions {
    fn default() -> Self {
        Self { authority: None, lists: true, due_as_at: None }
    }
}
