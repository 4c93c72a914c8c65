//! Faults of the record, such as every real extract has, each counted by the code of the issue that it raises.
//!
//! They are slips at the keyboard and in the export: they strike rows, never journeys, so that the record with
//! its faults and the record without are about the same children.

use std::collections::BTreeMap;

use csc_measures::tables::Table;

use crate::chance::{Chance, Stream};

/// What befalls a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slip {
    /// Nobody filled in the field.
    Blank,
    /// A date as people write it.
    DayFirst,
    /// An answer that is none of those allowed.
    Answer(&'static str),
    /// A code that is not in its set.
    OldGrade(&'static str),
    /// A comma in a note that the export does not quote.
    ExtraField,
    /// The row is there twice.
    Twice,
    /// Start and end are the wrong way round.
    Reversed,
    /// The number of a record that was merged into another.
    Merged,
    /// A row that was deleted is still referred to.
    Deleted(&'static str),
}

/// One kind of fault.
struct Fault {
    table: Table,
    column: &'static str,
    slip: Slip,
    /// One row in so many.
    every: u64,
}

const fn fault(table: Table, column: &'static str, slip: Slip, every: u64) -> Fault {
    Fault { table, column, slip, every }
}

/// Only rows that no other row needs are lost to a fault, so that one fault raises one issue.
const FAULTS: [Fault; 21] = [
    fault(Table::CpVisits, "date", Slip::Blank, 1500),
    fault(Table::CinVisits, "date", Slip::Blank, 1500),
    fault(Table::StepTransfers, "date", Slip::Blank, 500),
    fault(Table::CinVisits, "date", Slip::DayFirst, 1500),
    fault(Table::ClaVisits, "date", Slip::DayFirst, 1500),
    fault(Table::Assessments, "authorised_date", Slip::DayFirst, 900),
    fault(Table::Referrals, "close_date", Slip::DayFirst, 1800),
    fault(Table::CpVisits, "seen", Slip::Answer("Partly"), 1800),
    fault(Table::StrategyDiscussions, "health_involved", Slip::Answer("By e-mail"), 500),
    fault(Table::Audits, "judgement", Slip::OldGrade("Satisfactory"), 150),
    fault(Table::CpVisits, "", Slip::ExtraField, 2500),
    fault(Table::ClaVisits, "", Slip::ExtraField, 2500),
    fault(Table::RagRatings, "", Slip::Twice, 1500),
    fault(Table::Referrals, "", Slip::Twice, 1800),
    fault(Table::CinVisits, "", Slip::Twice, 2500),
    fault(Table::Involvements, "", Slip::Reversed, 2500),
    fault(Table::CinPlans, "", Slip::Reversed, 400),
    fault(Table::CinVisits, "person_id", Slip::Merged, 2500),
    fault(Table::StepTransfers, "person_id", Slip::Merged, 700),
    fault(Table::Assessments, "referral_id", Slip::Deleted("REF0"), 900),
    fault(Table::Involvements, "worker_id", Slip::Deleted("WOR0"), 2500),
];
/// Child protection plans with a review on record after their end, and those entered a second time.
const LATE_REVIEW: u64 = 110;
const ENTERED_AGAIN: u64 = 130;

impl Slip {
    const fn code(self) -> &'static str {
        match self {
            Self::Blank => "missing_required",
            Self::DayFirst => "bad_date",
            Self::Answer(_) => "bad_value",
            Self::OldGrade(_) => "unknown_code",
            Self::ExtraField => "bad_row",
            Self::Twice => "duplicate_id",
            Self::Reversed => "end_before_start",
            Self::Merged => "unknown_person",
            Self::Deleted(_) => "dangling_reference",
        }
    }
}

/// The faults of an authority, and how many there are.
pub(crate) struct Faults {
    /// `None`: a record without faults.
    chance: Option<Chance>,
    counts: BTreeMap<&'static str, u64>,
    merged: u64,
}

impl Faults {
    pub(crate) fn new(seed: u64, is_clean: bool) -> Self {
        let chance = (!is_clean).then(|| Chance::new(seed, Stream::Faults));
        Self { chance, counts: BTreeMap::new(), merged: 0 }
    }

    /// How many issues each code raises.
    pub(crate) fn counts(&self) -> &BTreeMap<&'static str, u64> {
        &self.counts
    }

    /// The fault that strikes a row of the table, by its place, if one does.
    pub(crate) fn strikes(&mut self, table: Table) -> Option<usize> {
        let chance = self.chance.as_mut()?;
        FAULTS.iter().position(|fault| fault.table == table && chance.one_in(fault.every))
    }

    /// The rows that are recorded for the row; if the fault has nothing to work on, the row itself.
    pub(crate) fn spoil(&mut self, place: usize, row: Vec<String>) -> Vec<Vec<String>> {
        let Some(fault) = FAULTS.get(place) else { return vec![row] };
        match self.spoilt(fault, row.clone()) {
            Some(rows) => {
                match fault.slip {
                    // One issue counts for all rows of the column.
                    Slip::OldGrade(_) => {
                        self.counts.insert(fault.slip.code(), 1);
                    }
                    _ => self.count(fault.slip.code()),
                }
                rows
            }
            None => vec![row],
        }
    }

    fn spoilt(&mut self, fault: &Fault, mut row: Vec<String>) -> Option<Vec<Vec<String>>> {
        let columns = fault.table.columns();
        let place = |name: &str| columns.iter().position(|column| column.name == name);
        match fault.slip {
            Slip::Twice => return Some(vec![row.clone(), row]),
            Slip::ExtraField => row.push("see note".to_owned()),
            Slip::Reversed => {
                let (start, end) = (place("start_date")?, place("end_date")?);
                // Dates in this form are in order as text.
                if row.get(start)? >= row.get(end)? {
                    return None;
                }
                row.swap(start, end);
            }
            slip => {
                let field = row.get_mut(place(fault.column)?).filter(|field| !field.is_empty())?;
                *field = match slip {
                    Slip::DayFirst => day_first(field)?,
                    Slip::Answer(answer) | Slip::OldGrade(answer) => answer.to_owned(),
                    Slip::Deleted(id) => id.to_owned(),
                    Slip::Merged => {
                        self.merged += 1;
                        format!("M{:05}", self.merged)
                    }
                    _ => String::new(),
                };
            }
        }
        Some(vec![row])
    }

    /// Whether a plan has a review on record after its end.
    pub(crate) fn adds_late_review(&mut self) -> bool {
        self.befalls(LATE_REVIEW, "review_out_of_chain")
    }

    /// Whether a plan is entered a second time while it runs.
    pub(crate) fn enters_plan_again(&mut self) -> bool {
        self.befalls(ENTERED_AGAIN, "overlapping_plans")
    }

    fn befalls(&mut self, every: u64, code: &'static str) -> bool {
        let befalls = self.chance.as_mut().is_some_and(|chance| chance.one_in(every));
        if befalls {
            self.count(code);
        }
        befalls
    }

    fn count(&mut self, code: &'static str) {
        *self.counts.entry(code).or_default() += 1;
    }
}

/// 2016-05-11 as 11/05/2016.
fn day_first(date: &str) -> Option<String> {
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Some(format!("{day}/{month}/{year}"))
}
