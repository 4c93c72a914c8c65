//! What is wrong with the data: every issue of every row, listed, and never the end of the run.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::column::IssueCode;
use crate::tables::{ColumnKind, Need, Table};
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
    pub(crate) detail: Detail,
}

/// What an issue says besides its code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Detail {
    #[default]
    None,
    /// The value was read, and lies outside its range.
    Outside,
    /// The text would be a date as `D/M/YYYY`, which was not asked for.
    OtherForm,
    /// The table shows how things stood on a day: the row stays, and what hangs on the value is unknown.
    Unreadable,
    /// The same of a date after that day.
    AfterDay,
    /// The issue counts for so many rows of the column, of which it names the first.
    Rows(u64),
    /// The row ends with its year, for that of the next does not have it.
    Dropped,
}

impl DataIssue {
    /// The table.
    #[must_use]
    pub fn table(&self) -> Table {
        self.table
    }

    /// The row, 1 = the first data row; of its source if that is known.
    #[must_use]
    pub fn row(&self) -> u64 {
        self.row
    }

    /// The file, sheet or element that the row came from, if the table was made from the rows of others.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// The row's id, if the table has one and it could be read.
    #[must_use]
    pub fn record(&self) -> Option<&str> {
        self.record.as_deref()
    }

    /// What is wrong.
    #[must_use]
    pub fn code(&self) -> IssueCode {
        self.code
    }

    /// The column concerned; `None` if it is the whole row.
    #[must_use]
    pub fn column(&self) -> Option<&'static str> {
        let is_of_row = matches!(self.code, IssueCode::BadRow | IssueCode::Superseded);
        (!is_of_row).then(|| at(self.table.columns(), self.column).name)
    }

    /// What is wrong and what became of the row, in words.
    #[must_use]
    pub fn message(&self) -> String {
        let column = at(self.table.columns(), self.column);
        let name = column.name;
        let range = column.number_range();
        let fate = match self.detail {
            Detail::Unreadable | Detail::AfterDay => "what hangs on it is unknown",
            _ if self.is_fatal() => "the row is left out",
            _ => "treated as missing",
        };
        match self.code {
            IssueCode::BadRow => {
                "the row has more or fewer fields than the header; it is left out".to_owned()
            }
            IssueCode::MissingRequired => format!("`{name}` is required; the row is left out"),
            IssueCode::BadDate if self.detail == Detail::OtherForm => {
                format!("`{name}` is not a date unless `dates` is `uk`; {fate}")
            }
            IssueCode::BadDate => format!("`{name}` is not a date; {fate}"),
            IssueCode::BadValue if self.detail == Detail::AfterDay => {
                format!("`{name}` is after the day that the table is as at; {fate}")
            }
            IssueCode::BadValue if self.detail == Detail::Outside => match range {
                Some(range) => format!("`{name}` is not a number {}; {fate}", range.in_words()),
                None => format!("`{name}` is before 1920 or after 2060; {fate}"),
            },
            IssueCode::UnknownCode => {
                let known = match column.set {
                    [] => "is not a known code".to_owned(),
                    set => {
                        let codes: Vec<String> = set.iter().map(|code| format!("`{code}`")).collect();
                        format!("is not one of {}", codes.join(", "))
                    }
                };
                format!("`{name}` {known} in {}; treated as unknown", self.rows_in_words())
            }
            IssueCode::PlaceholderDate => {
                let fate = match (column.need == Need::Optional, self.rows()) {
                    (true, _) => "treated as missing",
                    (false, 1) => "the row is left out",
                    (false, _) => "the rows are left out",
                };
                format!("`{name}` is a placeholder date in {}; {fate}", self.rows_in_words())
            }
            IssueCode::BadValue => {
                let fault = match column.kind {
                    ColumnKind::Date => "is before 1920 or after 2060",
                    ColumnKind::Bool => "is neither yes nor no",
                    ColumnKind::Decimal => "is not a decimal number below 1,000,000,000",
                    ColumnKind::Integer => "is not a whole number from -2147483648 to 2147483647",
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
            IssueCode::NoPerson => {
                format!(
                    "nothing says what `{name}` is in {}; {} left out",
                    self.rows_in_words(),
                    self.they_are()
                )
            }
            IssueCode::PersonByClaId => {
                format!(
                    "`{name}` is not the person of `cla_id` in {}; the person of `cla_id` is taken",
                    self.rows_in_words()
                )
            }
            IssueCode::PersonByLegacyId => {
                format!(
                    "`{name}` is the number of an older system in {}; the person who had it is taken",
                    self.rows_in_words()
                )
            }
            IssueCode::EndIsLastDay => {
                format!(
                    "`{name}` is the last day in {}; the end is moved to the day after",
                    self.rows_in_words()
                )
            }
            IssueCode::EstimatedBirth => {
                format!(
                    "`{name}` is missing in {}; the expected date of birth is taken",
                    self.rows_in_words()
                )
            }
            IssueCode::NotHeld => {
                format!("the visit was not held in {}; {} left out", self.rows_in_words(), self.they_are())
            }
            IssueCode::Unallocated => {
                format!("the case has no worker in {}; {} left out", self.rows_in_words(), self.they_are())
            }
            IssueCode::OverlappingPlans => {
                "the plan starts while another plan of the child is open".to_owned()
            }
            IssueCode::Superseded if self.detail == Detail::Dropped => {
                "the return of the next year does not have the row; it is open no longer than its own year"
                    .to_owned()
            }
            IssueCode::Superseded => {
                "the return of the next year has the row from another day; the row is left out".to_owned()
            }
        }
    }

    /// Whether a value that cannot be read puts the row out.
    pub(crate) fn is_fatal(&self) -> bool {
        self.table.is_fatal(self.column)
    }

    /// How many rows the issue counts for.
    pub(crate) fn rows(&self) -> u64 {
        match self.detail {
            Detail::Rows(rows) => rows,
            Detail::None
            | Detail::Outside
            | Detail::OtherForm
            | Detail::Unreadable
            | Detail::AfterDay
            | Detail::Dropped => 1,
        }
    }

    fn they_are(&self) -> &'static str {
        if self.rows() == 1 { "it is" } else { "they are" }
    }

    fn rows_in_words(&self) -> String {
        match self.rows() {
            1 => "1 row".to_owned(),
            rows => format!("{rows} rows"),
        }
    }

    /// Makes one issue from this and another of the same column that counts for further rows: the first row is named.
    pub(crate) fn gather(&mut self, other: Self) {
        let rows = self.rows().saturating_add(other.rows());
        if other.order() < self.order() {
            *self = other;
        }
        self.detail = Detail::Rows(rows);
    }

    /// The order in which issues are listed: by table, source, row and column.
    pub(crate) fn order(&self) -> (Table, Option<&str>, u64, usize, IssueCode) {
        (self.table, self.source(), self.row, self.column, self.code)
    }
}

/// Issues that count for all rows of a column, by table, column and code.
#[derive(Debug, Default)]
pub(crate) struct Gathered(BTreeMap<(Table, usize, IssueCode), DataIssue>);

impl Gathered {
    /// Adds an issue of a row, or one that counts for several.
    pub(crate) fn add(&mut self, issue: DataIssue) {
        match self.0.entry((issue.table, issue.column, issue.code)) {
            Entry::Occupied(mut first) => first.get_mut().gather(issue),
            Entry::Vacant(place) => {
                let rows = issue.rows();
                place.insert(DataIssue { detail: Detail::Rows(rows), ..issue });
            }
        }
    }

    /// Counts a row if an issue of an earlier one counts for it already.
    pub(crate) fn count(&mut self, table: Table, column: usize, code: IssueCode, row: u64) -> bool {
        let first = self.0.get_mut(&(table, column, code)).filter(|first| first.row < row);
        if let Some(first) = first {
            first.detail = Detail::Rows(first.rows().saturating_add(1));
            return true;
        }
        false
    }

    /// The issues that were gathered.
    pub(crate) fn into_issues(self) -> impl Iterator<Item = DataIssue> {
        self.0.into_values()
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
