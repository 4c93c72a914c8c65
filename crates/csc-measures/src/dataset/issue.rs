//! What is wrong with the data: every issue of every row, listed, and never the end of the run.

use std::sync::Arc;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::column::IssueCode;
use crate::tables::{ColumnKind, Table};
use crate::value::index::at;

/// One issue of one row.
///
/// Its message names the column and what became of the row, and never repeats a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataIssue {
    pub(crate) table: Table,
    pub(crate) row: u64,
    pub(crate) column: usize,
    pub(crate) code: IssueCode,
    pub(crate) record: Option<Box<str>>,
    pub(crate) source: Option<Arc<str>>,
}

impl DataIssue {
    /// The table.
    #[must_use]
    pub fn table(&self) -> Table {
        self.table
    }

    /// The row, 1 = the first data row; of its source where that is told.
    #[must_use]
    pub fn row(&self) -> u64 {
        self.row
    }

    /// The file, sheet or element that the row came from, where the table was made of the rows of others.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// The row's id, where the table has one and it could be read.
    #[must_use]
    pub fn record(&self) -> Option<&str> {
        self.record.as_deref()
    }

    /// What is wrong.
    #[must_use]
    pub fn code(&self) -> IssueCode {
        self.code
    }

    /// The column concerned; `None` where it is the whole row.
    #[must_use]
    pub fn column(&self) -> Option<&'static str> {
        (self.code != IssueCode::BadRow).then(|| at(self.table.columns(), self.column).name)
    }

    /// What is wrong and what became of the row, in words.
    #[must_use]
    pub fn message(&self) -> String {
        let column = at(self.table.columns(), self.column);
        let name = column.name;
        let fate =
            if self.table.is_fatal(self.column) { "the row is left out" } else { "treated as missing" };
        match self.code {
            IssueCode::BadRow => {
                "the row has more or fewer fields than the header; it is left out".to_owned()
            }
            IssueCode::MissingRequired => format!("`{name}` is required; the row is left out"),
            IssueCode::BadDate => format!("`{name}` is not a date; {fate}"),
            IssueCode::BadValue => {
                let fault = match column.kind {
                    ColumnKind::Bool => "is neither yes nor no",
                    ColumnKind::Decimal => "is not a decimal number below 1,000,000,000",
                    ColumnKind::Integer => "is not a whole number from -2147483648 to 2147483647",
                    ColumnKind::Code if !column.set.is_empty() => {
                        return format!(
                            "`{name}` is not one of {}; {fate}",
                            column.set.iter().map(|code| format!("`{code}`")).collect::<Vec<_>>().join(", ")
                        );
                    }
                    _ => "cannot be read",
                };
                format!("`{name}` {fault}; {fate}")
            }
            IssueCode::DuplicateId => {
                format!("`{name}` duplicates the id of an earlier row; the row is left out")
            }
            IssueCode::EndBeforeStart if name == "asye_end_date" => {
                format!("`{name}` is before `asye_start_date`")
            }
            IssueCode::EndBeforeStart => format!("`{name}` is before the start; the row is left out"),
            IssueCode::UnknownPerson => {
                format!("`{name}` has no row in `persons`: assumed to be a living child of unknown age")
            }
            IssueCode::DanglingReference => format!("`{name}` refers to a row that does not exist"),
            IssueCode::ReviewOutOfChain => {
                "the review was held outside its plan or period of care; it is not counted".to_owned()
            }
            IssueCode::OverlappingPlans => {
                "the plan starts while another plan of the child is open".to_owned()
            }
        }
    }

    /// The order in which issues are listed: by table, source, row and column.
    pub(crate) fn order(&self) -> (Table, Option<&str>, u64, usize, IssueCode) {
        (self.table, self.source(), self.row, self.column, self.code)
    }
}

impl Serialize for DataIssue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = 5 + usize::from(self.source.is_some());
        let mut object = serializer.serialize_struct("DataIssue", fields)?;
        object.serialize_field("table", self.table.name())?;
        object.serialize_field("row", &self.row)?;
        object.serialize_field("record", &self.record)?;
        object.serialize_field("code", self.code.as_str())?;
        object.serialize_field("message", &self.message())?;
        if let Some(source) = self.source() {
            object.serialize_field("source", source)?;
        }
        object.end()
    }
}
