//! What a measure reads against what was supplied: what is missing, and what the reader should be warned of.

use crate::dataset::{Earliest, Supplied};
use crate::dates::Day;
use crate::period::MonthDays;
use crate::plan::{InputKind, MeasureId, When};
use crate::policy::{AssessmentClock, CaseloadPer, Policy, RagSource, VisitSources, WorkforceUnit};
use crate::tables::Table;

/// The inputs of one measure as they were found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Inputs {
    /// Needed tables and columns (`table.column`) that were not supplied.
    pub(crate) missing: Vec<String>,
    /// Warnings that hold for every month.
    pub(crate) warnings: Vec<String>,
}

impl Inputs {
    pub(crate) fn find(measure: MeasureId, supplied: &Supplied, policy: &Policy) -> Self {
        let mut inputs = Self::default();
        let read =
            measure.inputs().iter().filter(|input| input.when.is_none_or(|when| applies(when, policy)));
        for input in read {
            let names: Vec<&str> = input.alternatives().collect();
            match input.kind {
                InputKind::NeededColumn => inputs.check_column(&names, supplied),
                InputKind::Needed | InputKind::Optional => inputs.check_tables(&names, input.kind, supplied),
            }
        }
        inputs.warnings.sort_unstable();
        inputs.warnings.dedup();
        inputs
    }

    /// One table, or two of which one will do.
    fn check_tables(&mut self, names: &[&str], kind: InputKind, supplied: &Supplied) {
        let tables: Vec<Table> = names.iter().filter_map(|name| Table::by_name(name).ok()).collect();
        let is_any_there = tables.iter().any(|table| supplied.has_table(*table));
        for table in tables {
            if supplied.has_table(table) {
                if table.has_end_date() && !supplied.has_column(table, "end_date") {
                    self.warnings.push(format!("no_end_dates:{table}"));
                }
                if table.column("seen").is_some() && !supplied.has_column(table, "seen") {
                    self.warnings.push(format!("seen_not_recorded:{table}"));
                }
            } else if kind == InputKind::Needed && !is_any_there {
                self.missing.push(table.name().to_owned());
            } else {
                self.warnings.push(format!("without:{table}"));
            }
        }
    }

    /// One column, or two of which one will do; of a missing table only the table is named.
    fn check_column(&mut self, names: &[&str], supplied: &Supplied) {
        let columns: Vec<(&str, Table, &str)> = names
            .iter()
            .filter_map(|name| {
                let (table, column) = name.split_once('.')?;
                Some((*name, Table::by_name(table).ok()?, column))
            })
            .collect();
        let absent: Vec<&str> = columns
            .iter()
            .filter(|(_, table, column)| supplied.has_table(*table) && !supplied.has_column(*table, column))
            .map(|(name, ..)| *name)
            .collect();
        if absent.len() == columns.len() {
            self.missing.extend(absent.into_iter().map(str::to_owned));
        } else {
            self.warnings.extend(absent.into_iter().map(|name| format!("without:{name}")));
        }
    }
}

/// Whether the policies are such that an input is read.
fn applies(when: When, policy: &Policy) -> bool {
    match when {
        When::RagSourceNotRecorded => policy.rag_source != RagSource::Recorded,
        When::VisitSourcesAny => policy.visit_sources == VisitSources::Any,
        When::RagSourceNotRecordedAndVisitSourcesAny => {
            applies(When::RagSourceNotRecorded, policy) && applies(When::VisitSourcesAny, policy)
        }
        When::AssessmentClockReferral => policy.assessment_clock == AssessmentClock::Referral,
        When::CaseloadPerFte => policy.caseload_per == CaseloadPer::Fte,
        When::WorkforceUnitFte => policy.workforce_unit == WorkforceUnit::Fte,
    }
}

/// Whether the data begin later than a measure's look-back from a month.
pub(crate) fn has_short_history(measure: MeasureId, earliest: &Earliest, month: MonthDays) -> bool {
    let (earliest, from): (Option<Day>, Day) = match measure {
        MeasureId::O5_M3 => (earliest.referral, month.first.plus_months(-12)),
        MeasureId::O8_M3 | MeasureId::O8_M4 => (earliest.authorised, month.first.plus_months(-12)),
        MeasureId::O6_M6 => (earliest.placement, month.last.plus_months(-12)),
        MeasureId::O4_M3 => (earliest.complaint, month.last.plus_months(-12)),
        MeasureId::O5_M4 | MeasureId::O5_M4_PERCENT => (earliest.cp_plan, month.first.plus_months(-60)),
        _ => return false,
    };
    earliest.is_some_and(|earliest| earliest > from)
}
