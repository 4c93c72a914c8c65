//! What is wrong between rows: ids twice, persons and rows that are not there, reviews outside their chain,
//! plans that overlap.

use super::assemble::{ClaOwners, Ranks};
use super::grouped::Grouped;
use super::issue::{DataIssue, IssueCode};
use super::links::{Undecided, digest};
use super::load::{Loaded, NOBODY, Names, Namespace, Reference, ReviewRow, Row, Visits};
use super::records::{self, Interval};
use crate::dates::Day;
use crate::tables::Table;

/// References to rows of a supplied table that are not there.
pub(super) fn dangling_references(
    names: &Names,
    loaded: &Loaded,
    is_supplied: impl Fn(Table) -> bool,
    undecided: &mut Vec<Undecided>,
) {
    for reference in &loaded.references {
        let referred = referred(names, reference);
        if is_supplied(reference.to) && referred.row(reference.id).is_none() {
            let issue = DataIssue {
                table: reference.table,
                row: u64::from(reference.number),
                column: reference.column,
                code: IssueCode::DanglingReference,
                record: Some(names.table(reference.table).ids.text(reference.record).into()),
                source: None,
            };
            let id = digest(referred.ids.text(reference.id));
            undecided.push(Undecided { issue, to: reference.to, id });
        }
    }
}

/// The ids that a reference means one of; `cla_episodes` are referred to by their period of care.
fn referred<'n>(names: &'n Names, reference: &Reference) -> &'n Namespace {
    match reference.to {
        Table::ClaEpisodes => &names.cla,
        table => names.table(table),
    }
}

/// One issue for each table and person without a row in `persons`.
pub(super) fn unknown_persons(names: &Names, loaded: &Loaded, undecided: &mut Vec<Undecided>) {
    let persons = names.table(Table::Persons);
    let mut told = vec![false; persons.ids.len()];
    let mut check = |table: Table, rows: &mut dyn Iterator<Item = (u32, u32, Option<&str>)>| {
        told.fill(false);
        for (person, number, record) in rows {
            if person == NOBODY || persons.row(person).is_some() {
                continue;
            }
            if let Some(told) = told.get_mut(person as usize)
                && !std::mem::replace(told, true)
            {
                let issue = DataIssue {
                    table,
                    row: u64::from(number),
                    column: table.column("person_id").unwrap_or_default(),
                    code: IssueCode::UnknownPerson,
                    record: record.map(Into::into),
                    source: None,
                };
                let id = digest(persons.ids.text(person));
                undecided.push(Undecided { issue, to: Table::Persons, id });
            }
        }
    };
    macro_rules! check {
        ($($table:ident $field:ident $(.$part:ident)*),+ $(,)?) => {
            $({
                let ids = &names.table(Table::$table).ids;
                let rows = loaded.$field.iter();
                check(
                    Table::$table,
                    &mut rows.map(|row| (row.owner, row.number, Some(ids.text(row.record$(.$part)*.id)))),
                );
            })+
        };
    }
    check(
        Table::ImmigrationStatuses,
        &mut loaded.immigration_statuses.iter().map(|row| (row.owner, row.number, None)),
    );
    for (table, visits) in loaded.visits() {
        let rows = visits.rows.iter().zip(0..);
        check(table, &mut rows.map(|(row, place)| (row.owner, row.number, Some(visits.ids.text(place)))));
    }
    check!(
        Referrals referrals,
        Assessments assessments,
        StrategyDiscussions strategy_discussions,
        Section47Enquiries section_47_enquiries,
        InitialConferences initial_conferences,
        CpPlans cp_plans,
        CpReviews cp_reviews,
        CinPlans cin_plans,
        ClaEpisodes cla_episodes,
        LegalStatuses legal_statuses,
        ClaPlacements cla_placements,
        CarePlans care_plans,
        CareLeavers care_leavers,
        Activities activities,
        PathwayPlans pathway_plans,
        Permanence permanence,
        Involvements involvements,
        Audits audits,
        RagRatings rag_ratings,
        FinalOrderApplications final_order_applications,
        StepTransfers step_transfers,
    );
}

/// Puts out the visits whose id an earlier one has, and tells how many.
pub(super) fn drop_doubles(table: Table, visits: &mut Visits, issues: &mut Vec<DataIssue>) -> u64 {
    let doubles = visits.ids.doubles();
    if doubles.is_empty() {
        return 0;
    }
    let (kept, ids) = (std::mem::take(&mut visits.rows), std::mem::take(&mut visits.ids));
    let mut next = doubles.iter().copied().peekable();
    for (place, row) in kept.into_iter().enumerate() {
        if next.next_if_eq(&place).is_some() {
            issues.push(DataIssue {
                table,
                row: u64::from(row.number),
                column: table.id_column().unwrap_or_default(),
                code: IssueCode::DuplicateId,
                record: Some(ids.text(place).into()),
                source: None,
            });
        } else {
            visits.rows.push(row);
            visits.ids.push(ids.text(place));
        }
    }
    doubles.len() as u64
}

/// Whether a review lies after the anchor and not after the end.
fn contains(anchor: Day, end: Option<Day>, review: Day) -> bool {
    anchor < review && end.is_none_or(|end| review <= end)
}

fn out_of_chain(table: Table, row: &Row<ReviewRow>, names: &Names) -> DataIssue {
    DataIssue {
        table,
        row: u64::from(row.number),
        column: table.column("date").unwrap_or_default(),
        code: IssueCode::ReviewOutOfChain,
        record: Some(names.table(table).ids.text(row.record.id).into()),
        source: None,
    }
}

pub(super) fn cp_reviews_out_of_chain(loaded: &Loaded, names: &Names, issues: &mut Vec<DataIssue>) {
    for row in &loaded.cp_reviews {
        let Some(held) = row.record.held else { continue };
        let plan = names.table(Table::CpPlans).row(row.record.of).and_then(|plan| loaded.cp_plans.get(plan));
        let in_chain = plan.is_some_and(|plan| {
            plan.record.other_authority || contains(plan.record.start, plan.record.end, held)
        });
        if !in_chain {
            issues.push(out_of_chain(Table::CpReviews, row, names));
        }
    }
}

pub(super) fn cla_reviews_out_of_chain(
    loaded: &Loaded,
    names: &Names,
    owners: &ClaOwners,
    issues: &mut Vec<DataIssue>,
) {
    for row in &loaded.cla_reviews {
        let Some(held) = row.record.held else { continue };
        let periods = owners.periods(row.record.of);
        let mut anchors = periods.iter().filter_map(|(_, _, period)| Some((period.anchor?, period.end)));
        let in_chain = anchors.any(|(anchor, end)| contains(anchor, end, held));
        // Periods of short breaks only have no chain to be out of.
        let short_breaks_only =
            !periods.is_empty() && periods.iter().all(|(_, _, period)| period.anchor.is_none());
        if !in_chain && !short_breaks_only {
            issues.push(out_of_chain(Table::ClaReviews, row, names));
        }
    }
}

pub(super) fn overlapping_plans(
    loaded: &Loaded,
    ranks: &Ranks,
    plans: &Grouped<records::CpPlan>,
    names: &Names,
    issues: &mut Vec<DataIssue>,
) {
    for row in &loaded.cp_plans {
        let plan = &row.record;
        let overlaps = plans
            .of(ranks.of(row.owner))
            .iter()
            .any(|other| other.id != plan.id && !other.other_authority && other.is_open(plan.start));
        if overlaps && !plan.other_authority {
            issues.push(DataIssue {
                table: Table::CpPlans,
                row: u64::from(row.number),
                column: Table::CpPlans.column("start_date").unwrap_or_default(),
                code: IssueCode::OverlappingPlans,
                record: Some(names.table(Table::CpPlans).ids.text(plan.id).into()),
                source: None,
            });
        }
    }
}
