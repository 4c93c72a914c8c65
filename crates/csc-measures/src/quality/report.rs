//! The whole report on the data.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::days::QualityDays;
use super::kind::{IssueKind, Touched};
use super::table::{TableQuality, tables};
use super::touched::touched;
use crate::column::IssueCode;
use crate::dataset::{Data, DataIssue, Dataset, FaultKind};
use crate::plan::{Definitions, RowId};
use crate::policy::Policy;
use crate::scorecard::{Options, Run, Scorecard, ScorecardError, Terms};
use crate::tables::Table;
use crate::time::{Day, Month};
use crate::value::index::{at, broken};

/// What became of the data, table by table, and which figures each kind of issue touches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Quality {
    /// The day that the data are as at; `None` if nothing says so.
    pub as_at: Option<NaiveDate>,
    /// The first month whose figures were looked at; `None` if none was.
    pub from: Option<Month>,
    /// The last month.
    pub to: Option<Month>,
    /// The policies.
    pub policy: Policy,
    /// The supplied tables.
    pub tables: Vec<TableQuality>,
    /// The kinds of issues, by table, column and code.
    pub issues: Vec<IssueKind>,
    /// The definitions of the measures that issues touch, with their versions.
    pub definitions: Definitions,
}

impl Dataset {
    /// What became of the data: by table and column the rows, nulls, issues and last dates, and for each kind of issue
    /// the measures and months that it touches, and by how many cases.
    ///
    /// A kind of issue is a code in a column of a table. It touches a case of a measure if the measure reads the
    /// column (or the table, if the rows are left out for the issue) and the child, worker or record that the case is
    /// about has a row with the issue. Rows that nobody can be found for touch no case that is known:
    /// [`IssueKind::rows_of_nobody`] counts them. Without months that are asked for, the year up to the month of the
    /// day that the data are as at is looked at.
    ///
    /// # Errors
    /// As [`scorecard`](Dataset::scorecard); a dataset in which [rows of a child were replaced](Dataset::with_person).
    pub fn quality(&self, days: &QualityDays, options: &Options) -> Result<Quality, ScorecardError> {
        if self.is_live() {
            return Err(ScorecardError::RowsReplaced { what: "the quality of the data" });
        }
        let data = self.data();
        let day = days.day(data);
        options.validate()?;
        let terms = Terms::new(options.policy.clone(), options)?;
        let months = days.months(day, &terms.calendar);
        let measures = match months {
            Some((from, to)) => touched(&self.standing(), &Run::new(from, to, options)?),
            None => data.faulty.iter().map(|_| Vec::new()).collect(),
        };
        let is_touched = |id: &RowId| measures.iter().flatten().any(|touched| touched.measure == *id);
        let rows = options.plan.rows().iter().filter(|row| is_touched(row.id()));
        let definitions = Definitions::new(&options.plan, rows.map(|row| (row.id().clone(), row.version())));
        Ok(Quality {
            as_at: day.map(Day::date),
            from: months.map(|(from, _)| from),
            to: months.map(|(_, to)| to),
            policy: options.policy.clone(),
            tables: tables(data, day),
            issues: kinds(data, measures),
            definitions,
        })
    }
}

impl Scorecard {
    /// What became of the data of the scorecard, and which of its months the issues touch: [`Dataset::quality`] with its
    /// own options and months.
    ///
    /// # Examples
    ///
    /// ## The months are those of the scorecard
    ///
    /// ```
    /// use csc_measures::{Dataset, Options};
    ///
    /// let (april, march) = ("2016-04".parse()?, "2017-03".parse()?);
    /// let card = Dataset::builder().build().scorecard(april, march, &Options::default())?;
    /// assert_eq!(card.quality()?.from, Some(april));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// A scorecard that was put together from parts.
    pub fn quality(&self) -> Result<Quality, ScorecardError> {
        let days = QualityDays { from: Some(self.from()), to: Some(self.to()), as_at: None };
        self.dataset()?.quality(&days, self.options())
    }
}

/// The kinds of issues with what they touch, if any months were looked at.
fn kinds(data: &Data, measures: Vec<Vec<Touched>>) -> Vec<IssueKind> {
    let mut firsts: BTreeMap<IssueName, &DataIssue> = BTreeMap::new();
    for issue in &data.issues {
        firsts.entry(name(issue.table, issue.column, issue.code, issue.is_fatal())).or_insert(issue);
    }
    let (count, mut measures) = (measures.len(), measures.into_iter());
    let kinds = data.faulty.iter().map(|(kind, faulty)| {
        let Some(measures) = measures.next() else {
            broken(format_args!("only {count} kinds of issues were looked at"))
        };
        let FaultKind { table, column, code, is_out } = *kind;
        let first = firsts.get(&name(table, column, code, is_out)).copied();
        IssueKind {
            table,
            column: (code != IssueCode::BadRow).then(|| at(table.columns(), column).name),
            code,
            left_out: is_out,
            message: first.map(DataIssue::message).unwrap_or_default(),
            rows: faulty.rows,
            rows_of_nobody: faulty.of_nobody,
            persons: faulty.person_count(),
            source: first.and_then(|issue| issue.source().map(str::to_owned)),
            first_row: first.map(DataIssue::row),
            measures,
        }
    });
    kinds.collect()
}

/// By what the first issue of a kind is found.
type IssueName = (Table, usize, IssueCode, bool);

/// A value that cannot be read may leave its row out, or not, by what is wrong with it; of the other codes a column
/// has one fate.
fn name(table: Table, column: usize, code: IssueCode, is_fatal: bool) -> IssueName {
    (table, column, code, code == IssueCode::BadValue && is_fatal)
}
