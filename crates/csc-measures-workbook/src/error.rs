//! Why a workbook cannot be made.

use csc_measures::ScorecardError;
use csc_measures::due::DueError;

/// Why a workbook cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WorkbookError {
    /// A text that is longer than a cell can hold: cut, it would say something else.
    #[error(
        "sheet `{sheet}`, row {row}, column `{column}`: the text has more than 32767 characters, and a cell of Excel \
         holds no more; shorten it in the data, or leave the lists out"
    )]
    LongText {
        /// The sheet.
        sheet: String,
        /// The row, 1 = the head.
        row: u32,
        /// The head of the column.
        column: String,
    },
    /// What is due, or what is wrong with the data, cannot be said.
    #[error(transparent)]
    Due(#[from] DueError),
    /// The cases cannot be listed.
    #[error(transparent)]
    Scorecard(#[from] ScorecardError),
    /// What Excel does not take.
    #[error("the workbook cannot be written: {reason}")]
    NotWritten {
        /// Why, in the words of what writes it.
        reason: String,
    },
}

/// What was refused, in the words of what writes workbooks: which crate that is, is nobody's business.
pub(crate) fn not_written(error: rust_xlsxwriter::XlsxError) -> WorkbookError {
    WorkbookError::NotWritten { reason: error.to_string() }
}
