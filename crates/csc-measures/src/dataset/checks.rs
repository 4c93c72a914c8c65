//! What is wrong between rows: ids twice, reviews outside their chain, plans that overlap.

use std::collections::HashMap;

use super::cla_owners::ClaOwners;
use super::faulty::{FaultKind, Id, Named, Noted};
use super::grouped::Grouped;
use super::issue::{DataIssue, Detail};
use super::ranks::Ranks;
use super::store::{ChangeTable, Store, TableRows};
use super::supplied::Supplied;
use crate::column::IssueCode;
use crate::tables::records::{self, Interval};
use crate::tables::{ClaReview, CpPlan, CpReview, Declared, Keep, Names, OwnId, place_of};
use crate::time::Day;
use crate::value::index::{PersonIx, broken};

/// Whether a review lies after the anchor and not after the end.
fn contains(anchor: Day, end: Option<Day>, review: Day) -> bool {
    anchor < review && end.is_none_or(|end| review <= end)
}

/// Where the issues go that are found between rows.
pub(super) struct Between<'b> {
    pub(super) names: &'b Names,
    pub(super) issues: &'b mut Vec<DataIssue>,
    pub(super) noted: &'b mut Noted,
}

impl Between<'_> {
    /// Adds an issue of a row that was read and found good.
    fn add<T: Keep>(&mut self, rows: &TableRows<T>, row: usize, column: usize, code: IssueCode) {
        self.issues.push(DataIssue {
            table: T::TABLE,
            row: rows.numbers.get(row).into(),
            column,
            code,
            record: rows.id_text(row, self.names),
            source: None,
            detail: Detail::None,
        });
        let owner = rows.owners.get(row).copied().flatten();
        let named = Named { person: owner.map(|person| Id::Known(person.id())), ..Named::default() };
        let is_out = code == IssueCode::DuplicateId;
        self.noted.add(FaultKind { table: T::TABLE, column, code, is_out }, &named);
    }
}

pub(super) fn cp_reviews_out_of_chain(store: &Store, found: &mut Between<'_>) {
    const DATE: usize = place_of(CpReview::COLUMNS, "date");
    let rows = &store.cp_reviews;
    for (row, review) in rows.records.iter().enumerate() {
        let Some(held) = review.held else { continue };
        let in_chain = store
            .cp_plans
            .record(review.of, found.names)
            .is_some_and(|(plan, _)| plan.other_authority || contains(plan.start, plan.end, held));
        if !in_chain {
            found.add(rows, row, DATE, IssueCode::ReviewOutOfChain);
        }
    }
}

pub(super) fn cla_reviews_out_of_chain(store: &Store, owners: &ClaOwners, found: &mut Between<'_>) {
    const DATE: usize = place_of(ClaReview::COLUMNS, "date");
    let rows = &store.cla_reviews;
    for (row, review) in rows.records.iter().enumerate() {
        let Some(held) = review.held else { continue };
        let periods = owners.periods(review.of);
        let mut anchors = periods.iter().filter_map(|(_, _, period)| Some((period.anchor?, period.end)));
        let in_chain = anchors.any(|(anchor, end)| contains(anchor, end, held));
        // Periods of short breaks only have no chain to be out of.
        let short_breaks_only =
            !periods.is_empty() && periods.iter().all(|(_, _, period)| period.anchor.is_none());
        if !in_chain && !short_breaks_only {
            found.add(rows, row, DATE, IssueCode::ReviewOutOfChain);
        }
    }
}

pub(super) fn overlapping_plans(
    store: &Store,
    ranks: &Ranks,
    plans: &Grouped<PersonIx, records::CpPlan>,
    found: &mut Between<'_>,
) {
    const START: usize = place_of(CpPlan::COLUMNS, "start_date");
    /// So many plans of a child are sooner read through than sorted.
    const FEW: usize = 16;
    let rows = &store.cp_plans;
    let mut spans: HashMap<PersonIx, Spans> = HashMap::new();
    for (row, (plan, owner)) in rows.records.iter().zip(ranks.all_of(&rows.owners)).enumerate() {
        if plan.other_authority {
            continue;
        }
        let of_child = plans.of(owner);
        let others = of_child.iter().filter(|other| !other.other_authority);
        let overlaps = if of_child.len() <= FEW {
            others.filter(|other| other.id != plan.id).any(|other| other.is_open(plan.start))
        } else {
            let open = spans.entry(owner).or_insert_with(|| Spans::of(others)).open_at(plan.start);
            open > usize::from(plan.is_open(plan.start))
        };
        if overlaps {
            found.add(rows, row, START, IssueCode::OverlappingPlans);
        }
    }
}

/// The starts of intervals in order, and their ends. None ends before it starts.
struct Spans {
    starts: Vec<Day>,
    ends: Vec<Day>,
}

impl Spans {
    fn of<'i, I: Interval + 'i>(intervals: impl Iterator<Item = &'i I>) -> Self {
        let (mut starts, mut ends) = (Vec::new(), Vec::new());
        for interval in intervals {
            starts.push(interval.start());
            ends.extend(interval.end());
        }
        starts.sort_unstable();
        ends.sort_unstable();
        Self { starts, ends }
    }

    /// How many are open on a day.
    fn open_at(&self, day: Day) -> usize {
        let begun = self.starts.partition_point(|start| *start <= day);
        begun - self.ends.partition_point(|end| *end <= day)
    }
}

struct DropDoubles<'d, 'b> {
    supplied: &'d mut Supplied,
    found: &'d mut Between<'b>,
}

impl ChangeTable for DropDoubles<'_, '_> {
    fn table<T: Keep>(&mut self, rows: &mut TableRows<T>) {
        if T::OWN_ID != OwnId::Unlisted {
            return;
        }
        let doubles = rows.unlisted.doubles();
        if doubles.is_empty() {
            return;
        }
        let Some(column) = T::TABLE.id_column() else {
            broken(format_args!("`{}` keeps the ids of no column", T::TABLE))
        };
        for row in &doubles {
            self.found.add(rows, *row, column, IssueCode::DuplicateId);
        }
        rows.remove(&doubles);
        match self.supplied.get_mut(T::TABLE) {
            Some(supply) => supply.used -= doubles.len() as u64,
            None => broken(format_args!("`{}` has rows and was not supplied", T::TABLE)),
        }
    }
}

/// Puts out the rows whose id an earlier one has, if nothing refers to the ids: those are only sought once all
/// rows are in.
pub(super) fn drop_doubles(store: &mut Store, supplied: &mut Supplied, found: &mut Between<'_>) {
    store.change(&mut DropDoubles { supplied, found });
}
