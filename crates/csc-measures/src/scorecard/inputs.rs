//! What a measure reads against what was supplied: what is missing, and what the reader should be warned of.

use std::sync::LazyLock;

use crate::dataset::{Earliest, Supplied};
use crate::dates::Day;
use crate::period::MonthDays;
use crate::plan::{InputKind, InputRow, MeasureId, When};
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

/// What the measures read, by measure: their names looked up once, for a screen asks for every child anew.
static READ: LazyLock<Vec<Vec<Read>>> = LazyLock::new(|| {
    MeasureId::all().map(|measure| measure.inputs().iter().map(Read::new).collect()).collect()
});

/// One thing that a measure reads, of which one alternative will do.
struct Read {
    when: Option<When>,
    what: What,
}

enum What {
    Tables { is_needed: bool, tables: Vec<ReadTable> },
    Columns(Vec<ReadColumn>),
}

struct ReadTable {
    table: Table,
    /// Columns whose absence the reader is warned of.
    end_date: Option<usize>,
    seen: Option<usize>,
}

struct ReadColumn {
    /// `table.column`.
    name: &'static str,
    table: Table,
    place: usize,
}

impl Read {
    fn new(input: &InputRow) -> Self {
        let what = match input.kind {
            InputKind::NeededColumn => {
                What::Columns(input.alternatives().filter_map(ReadColumn::named).collect())
            }
            InputKind::Needed | InputKind::Optional => What::Tables {
                is_needed: input.kind == InputKind::Needed,
                tables: input
                    .alternatives()
                    .filter_map(|name| Table::by_name(name).ok())
                    .map(|table| ReadTable {
                        table,
                        end_date: table.column("end_date"),
                        seen: table.column("seen"),
                    })
                    .collect(),
            },
        };
        Self { when: input.when, what }
    }
}

impl ReadColumn {
    fn named(name: &'static str) -> Option<Self> {
        let (table, column) = name.split_once('.')?;
        let table = Table::by_name(table).ok()?;
        Some(Self { name, table, place: table.column(column)? })
    }
}

impl Inputs {
    pub(crate) fn find(measure: MeasureId, supplied: &Supplied, policy: &Policy) -> Self {
        let mut inputs = Self::default();
        let read = READ.get(measure.index()).into_iter().flatten();
        for read in read.filter(|read| read.when.is_none_or(|when| applies(when, policy))) {
            match &read.what {
                What::Tables { is_needed, tables } => inputs.check_tables(*is_needed, tables, supplied),
                What::Columns(columns) => inputs.check_columns(columns, supplied),
            }
        }
        inputs.warnings.sort_unstable();
        inputs.warnings.dedup();
        inputs
    }

    /// One table, or two of which one will do.
    fn check_tables(&mut self, is_needed: bool, tables: &[ReadTable], supplied: &Supplied) {
        let is_any_there = tables.iter().any(|read| supplied.has_table(read.table));
        for ReadTable { table, end_date, seen } in tables {
            if supplied.has_table(*table) {
                let lacks =
                    |place: &Option<usize>| place.is_some_and(|place| !supplied.has_column(*table, place));
                if lacks(end_date) {
                    self.warnings.push(format!("no_end_dates:{table}"));
                }
                if lacks(seen) {
                    self.warnings.push(format!("seen_not_recorded:{table}"));
                }
            } else if is_needed && !is_any_there {
                self.missing.push(table.name().to_owned());
            } else {
                self.warnings.push(format!("without:{table}"));
            }
        }
    }

    /// One column, or two of which one will do; of a missing table only the table is named.
    fn check_columns(&mut self, columns: &[ReadColumn], supplied: &Supplied) {
        let is_absent = |column: &&ReadColumn| {
            supplied.has_table(column.table) && !supplied.has_column(column.table, column.place)
        };
        let absent = columns.iter().filter(is_absent);
        if absent.clone().count() == columns.len() {
            self.missing.extend(absent.map(|column| column.name.to_owned()));
        } else {
            self.warnings.extend(absent.map(|column| format!("without:{}", column.name)));
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
