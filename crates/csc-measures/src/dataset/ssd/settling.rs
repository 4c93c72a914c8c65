//! The tables while it is settled how they are read.

use super::frame::{Frame, Place};
use crate::column::IssueCode;
use crate::dataset::case_teams::CaseTeams;
use crate::dataset::faulty::{FaultKind, Id, Named, NamingColumns, Noted};
use crate::dataset::issue::{DataIssue, Detail, Gathered};
use crate::dataset::supplied::Supplied;
use crate::tables::{Names, Table};
use crate::time::Day;

/// The frames of the tables, and where issues of their rows are gathered.
pub(in crate::dataset) struct Settling<'s> {
    pub(in crate::dataset) frames: &'s mut [Frame],
    pub(in crate::dataset) gathered: &'s mut Gathered,
    /// Whom those rows are of.
    pub(in crate::dataset) noted: &'s mut Noted,
    /// The ids of tables that came under the library's own names.
    pub(in crate::dataset) names: &'s Names,
    /// The day of the extract, if the caller says it.
    pub(in crate::dataset) extract_day: Option<Day>,
    /// The latest day on which anything was recorded in tables that came under the library's own names.
    pub(in crate::dataset) recorded: Option<Day>,
    /// The tables that came, under whatever name.
    pub(in crate::dataset) supplied: &'s Supplied,
    /// The ids of referrals that came from early help.
    pub(in crate::dataset) from_early_help: &'s mut Vec<Box<str>>,
    /// The teams that rows name as those of their case.
    pub(in crate::dataset) case_teams: &'s mut CaseTeams,
}

impl Settling<'_> {
    pub(super) fn frame(&self, table: Table) -> Option<&Frame> {
        self.frames.iter().find(|frame| frame.table == table)
    }

    pub(super) fn frame_mut(&mut self, table: Table) -> Option<&mut Frame> {
        self.frames.iter_mut().find(|frame| frame.table == table)
    }

    /// Whether a table came.
    pub(super) fn has_own(&self, table: Table) -> bool {
        self.supplied.has_table(table)
    }

    /// Notes what a rule did to rows; one issue counts for all rows of a column and a rule.
    pub(super) fn note(&mut self, table: Table, column: &str, code: IssueCode, rows: Vec<usize>) {
        let Some(frame) = self.frames.iter().find(|frame| frame.table == table) else { return };
        let Some(column) = frame.column(column).of_table() else { return };
        let is_out = code == IssueCode::NoPerson;
        let naming = NamingColumns::of(table);
        for row in rows {
            let text = |place: Option<usize>| frame.id(Place::at(place?), row).map(Id::Text);
            let named = match is_out {
                true => Named::default(),
                false => Named {
                    person: text(naming.person),
                    worker: text(naming.worker),
                    record: text(naming.record),
                },
            };
            self.noted.add(FaultKind { table, column, code, is_out }, &named);
            self.gathered.add(DataIssue {
                table,
                row: frame.number(row),
                column,
                code,
                record: None,
                source: None,
                detail: Detail::None,
            });
        }
    }
}
