//! What whoever supplied the data should know before anybody reads a figure: tables and columns of which little or
//! nothing could be used.

use std::collections::BTreeMap;

use super::checked::Dataset;
use super::issue::{DataIssue, Detail};
use crate::column::IssueCode;
use crate::tables::{Need, Table};
use crate::value::index::at;

impl Dataset {
    /// Tables of which no row, or too few rows, could be used, and columns of which no value was understood, each in a
    /// sentence that names the commonest issue. Results carry the same as `no_rows_used:`, `rows_out:` and
    /// `nothing_understood:`.
    ///
    /// # Example: dates in the other form
    ///
    /// ```
    /// use csc_measures::{Chunk, Dataset, Rows, Scalar};
    ///
    /// let mut rows = Rows::new(2);
    /// rows.push([Scalar::Text("C1"), Scalar::Text("24/01/2017")]);
    /// let mut builder = Dataset::builder();
    /// let mut table = builder.table("compliments", &["compliment_id", "received_date"])?;
    /// table.chunk(&Chunk { rows: 1, columns: &rows.columns(), bad_rows: &[] })?;
    /// assert_eq!(
    ///     builder.build().notices(),
    ///     ["table `compliments`: its 1 row is not used; most often `received_date` is not a date (1 row), \
    ///       which it would be as D/M/YYYY: set `dates` to `uk`"],
    /// );
    /// # Ok::<(), csc_measures::DatasetError>(())
    /// ```
    #[must_use]
    pub fn notices(&self) -> Vec<String> {
        let told =
            |table: &Table| format!("table `{table}`: `columns` names columns of it, and it is not supplied");
        let mut notices: Vec<String> = self.data().named.iter().map(told).collect();
        for (table, supply) in self.data().supplied().iter() {
            let issue = || self.commonest_issue(table);
            if supply.is_unused() {
                let rows = match supply.rows {
                    1 => "its 1 row is not used".to_owned(),
                    rows => format!("none of its {rows} rows is used"),
                };
                notices.push(format!("table `{table}`: {rows}{}", issue()));
            } else if supply.has_many_out() {
                let (out, rows) = (supply.out(), supply.rows);
                let are = if out == 1 { "is" } else { "are" };
                notices.push(format!("table `{table}`: {out} of its {rows} rows {are} left out{}", issue()));
            }
            for (place, column) in table.columns().iter().enumerate() {
                if supply.understands_nothing(place) && !supply.is_unused() {
                    let date = self.would_be_a_date(table, place);
                    notices.push(format!(
                        "table `{table}`: no value of `{}` is understood{}",
                        column.name,
                        if date { "; as D/M/YYYY they would be dates: set `dates` to `uk`" } else { "" }
                    ));
                }
            }
        }
        notices
    }

    /// The commonest of the issues that put rows out, in words that follow a sentence.
    fn commonest_issue(&self, table: Table) -> String {
        let mut counts: BTreeMap<(IssueCode, usize), u64> = BTreeMap::new();
        let issues = self.issues().iter().filter(|issue| issue.table == table && puts_out(issue));
        for issue in issues {
            *counts.entry((issue.code, issue.column)).or_default() += issue.rows();
        }
        let Some(((code, place), rows)) = counts.into_iter().max_by_key(|(_, rows)| *rows) else {
            return String::new();
        };
        let column = at(table.columns(), place).name;
        let fault = match code {
            IssueCode::BadRow => "the row has more or fewer fields than the header".to_owned(),
            IssueCode::MissingRequired => format!("`{column}` is missing"),
            IssueCode::BadDate => format!("`{column}` is not a date"),
            IssueCode::NoPerson => format!("nothing says what `{column}` is"),
            IssueCode::PlaceholderDate => format!("`{column}` is a placeholder date"),
            IssueCode::DuplicateId => format!("`{column}` duplicates the id of an earlier row"),
            IssueCode::EndBeforeStart => format!("`{column}` is before the start"),
            _ => format!("`{column}` cannot be read"),
        };
        let rows = if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") };
        let form =
            if code == IssueCode::BadDate && self.would_be_a_date(table, place) { OTHER_FORM } else { "" };
        format!("; most often {fault} ({rows}){form}")
    }

    /// Whether texts of a column that are not dates would be dates in the other form.
    fn would_be_a_date(&self, table: Table, column: usize) -> bool {
        let mut of_column =
            self.issues().iter().filter(|issue| (issue.table, issue.column) == (table, column));
        of_column.any(|issue| issue.detail == Detail::OtherForm)
    }
}

const OTHER_FORM: &str = ", which it would be as D/M/YYYY: set `dates` to `uk`";

/// Whether an issue puts its row out.
fn puts_out(issue: &DataIssue) -> bool {
    if matches!(issue.detail, Detail::Unreadable | Detail::AfterDay) {
        return false;
    }
    match issue.code {
        IssueCode::BadRow | IssueCode::MissingRequired | IssueCode::DuplicateId | IssueCode::NoPerson => true,
        IssueCode::BadDate | IssueCode::BadValue | IssueCode::EndBeforeStart => {
            issue.table.is_fatal(issue.column)
        }
        // Of a column that ends something it is no end, and the row stays.
        IssueCode::PlaceholderDate => at(issue.table.columns(), issue.column).need != Need::Optional,
        _ => false,
    }
}
