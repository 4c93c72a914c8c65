//! From checked rows to a dataset: links between tables, groups by person, and the issues that need all
//! tables.

use std::sync::{Arc, OnceLock};

use super::care_period::{CarePeriod, care_periods};
use super::checks::Between;
use super::cla_owners::ClaOwners;
use super::data::{Data, TableIds};
use super::digest::digest;
use super::extent::Extent;
use super::grouped::Grouped;
use super::kept::Kept;
use super::last_dates::LastDates;
use super::links::{Links, Undecided};
use super::loaded::Loaded;
use super::origin::Origins;
use super::owners::Owners;
use super::ranks::{Ranks, each_owner};
use super::store::{Reference, Store};
use super::supplied::Supplied;
use super::unreadable::Unreadable;
use super::{checks, disabilities, references, short_breaks};
use crate::column::Ids;
use crate::tables::records::{self, Allocation, InProceedings, Review, Visit};
use crate::tables::{Names, Space, Table};
use crate::value::index::{ClaNo, IdNo, Indexed, PersonIx, PersonNo, Position, WorkerNo, retyped};

/// The data of a whole.
pub(super) fn build(loaded: Loaded) -> Data {
    settle(loaded, None)
}

/// The data of one child, read under what was decided of the whole: which tables and columns there are, and what of them
/// can be used. Workers and court cases are looked up in it.
pub(super) fn build_child(loaded: Loaded, whole: &Data) -> Data {
    settle(loaded, Some(whole))
}

fn settle(loaded: Loaded, whole: Option<&Data>) -> Data {
    let Loaded {
        mut names,
        mut store,
        references,
        mut issues,
        gathered,
        mut noted,
        unreadable,
        mut supplied,
        origins,
        gone,
        from_early_help,
        case_teams,
        named,
        extract_day,
        frames: _,
    } = loaded;
    issues.extend(gathered.into_issues());
    case_teams.tell(&mut store, &mut names, &mut supplied);
    let mut found = Between { names: &names, issues: &mut issues, noted: &mut noted };
    checks::drop_doubles(&mut store, &mut supplied, &mut found);
    join(&names, &mut store);
    gone.close(found.names, &mut store);
    tell_early_help(found.names, &mut store, &from_early_help, &mut supplied);
    note_roles(found.names, &store, &mut supplied);
    let supplied = whole.map_or_else(|| Arc::new(supplied), |whole| Arc::clone(&whole.supplied));
    let undecided = check_references(&store, &references, (&supplied, whole), &origins, &mut found);
    // Only a whole is put together with parts.
    let links =
        if whole.is_none() { Links::new(found.names, &supplied, undecided) } else { Links::default() };

    if supplied.get(Table::LegalStatuses).is_some_and(|supply| supply.is_ssd) {
        short_breaks::cut(&mut store.legal_statuses);
    }
    let ranks = Ranks::new(&names.table(Table::Persons).ids);
    let kept = Kept::new(&store, &ranks, &names);
    let periods = group_care_periods(&ranks, &names, &kept);
    let cla_owners = ClaOwners::new(ranks.order.iter().map(|(person, _)| person), &periods);
    if supplied.has_table(Table::CpPlans) {
        checks::cp_reviews_out_of_chain(&store, &mut found);
        checks::overlapping_plans(&store, &ranks, &kept.cp_plans, &mut found);
    }
    if supplied.has_table(Table::ClaEpisodes) {
        checks::cla_reviews_out_of_chain(&store, &cla_owners, &mut found);
    }
    for issue in &mut issues {
        origins.tell(issue);
    }
    issues.sort_by(|a, b| a.order().cmp(&b.order()));

    let mut persons = Indexed::filled(ranks.len(), records::Person::default());
    for (person, record) in ranks.all_of(&store.persons.owners).zip(&store.persons.records) {
        persons[person] = *record;
    }
    disabilities::tell(&mut persons, &kept, &supplied);
    let workers = workers(&mut names, &store, whole);
    let worker_ids = &names.table(Table::Workers).ids;
    let involvements = || store.involvements.records.iter().map(|record| (record.worker, *record));
    let data = Data {
        persons,
        visits: group_visits(&ranks, &store),
        cp_reviews: held_cp_reviews(&store, &names, &ranks),
        cla_reviews: held_cla_reviews(&store, &ranks, &cla_owners),
        proceedings: group_proceedings(&ranks, &names, &store, whole),
        workers,
        involvements: Grouped::new(worker_ids.len(), involvements, |a, b| a.person.cmp(&b.person)),
        allocations: group_allocations(&ranks, &names, &store),
        kept,
        teams: Ids::default(),
        roles: Ids::default(),
        labels: Ids::default(),
        owners: Owners::new((&store, &names, &ranks), &references, &periods),
        audited: owners_of(&ranks, &store.audits.owners),
        applied: owners_of(&ranks, &store.final_order_applications.owners),
        court_cases: OnceLock::new(),
        periods,
        extent: Extent::of(&store),
        extract_day,
        last_dates: LastDates::of(&store),
        faulty: noted.settle(&names, &ranks),
        unreadable: Unreadable::new(unreadable, &ranks),
        ids: TableIds::default(),
        ranks,
        named: named.into_iter().filter(|table| !supplied.has_table(*table)).collect(),
        supplied,
        issues,
        links,
    };
    let (teams, roles) = (std::mem::take(&mut names.teams), std::mem::take(&mut names.roles));
    let labels = std::mem::take(&mut names.labels);
    Data { ids: TableIds::take(&mut names), teams, roles, labels, ..data }
}

/// The workers by the numbers of their ids: a child's are those of the whole.
fn workers(
    names: &mut Names,
    store: &Store,
    whole: Option<&Data>,
) -> Indexed<WorkerNo, Option<records::Worker>> {
    let count = names.table(Table::Workers).ids.len();
    let mut workers: Indexed<WorkerNo, Option<records::Worker>> = Indexed::filled(count, None);
    for (id, record) in store.workers.ids.iter().zip(&store.workers.records) {
        workers[retyped(*id)] = Some(*record);
    }
    let Some(whole) = whole else { return workers };
    for place in 0..count {
        let id = IdNo::at(place);
        let Some(worker) = whole.worker(names.table(Table::Workers).ids.text(id)) else { continue };
        let team = worker.team.map(|team| names.team(whole.team(team)));
        workers[retyped(id)] = Some(records::Worker { id, team, ..*worker });
    }
    workers
}

/// Whose the rows of a table in a list are.
fn owners_of(ranks: &Ranks, owners: &[Option<PersonNo>]) -> Vec<Option<PersonIx>> {
    owners.iter().map(|owner| owner.map(|person| ranks.of(person))).collect()
}

/// Notes the roles of involvements, if none is without one.
fn note_roles(names: &Names, store: &Store, supplied: &mut Supplied) {
    let Some(supply) = supplied.get_mut(Table::Involvements).filter(|supply| supply.is_ssd) else { return };
    let digest = |involvement: &records::Involvement| Some(digest(names.roles.text(involvement.role?)));
    supply.roles = store.involvements.records.iter().map(digest).collect();
}

/// Copies the dates of rows that are referred to into the rows that name them.
fn join(names: &Names, store: &mut Store) {
    for assessment in &mut store.assessments.records {
        let referral = assessment.referral.and_then(|id| store.referrals.record(id, names));
        assessment.referral_date = referral.map(|(referral, _)| referral.date);
        assessment.closed = referral.and_then(|(referral, _)| referral.closed);
    }
    for conference in &mut store.initial_conferences.records {
        conference.enquiry_start = conference
            .enquiry
            .and_then(|id| store.section_47_enquiries.record(id, names))
            .map(|(enquiry, _)| enquiry.start);
    }
}

/// Says of referrals that they came from early help.
fn tell_early_help(names: &Names, store: &mut Store, ids: &[Box<str>], supplied: &mut Supplied) {
    let referrals = names.table(Table::Referrals);
    for row in ids.iter().filter_map(|id| referrals.row(referrals.ids.number(id)?)) {
        if let Some(referral) = store.referrals.records.get_mut(row) {
            referral.from_early_help = true;
            if let Some(supply) = supplied.get_mut(Table::Referrals) {
                supply.early_help = true;
            }
        }
    }
}

/// Lists what rows name that is not there, and keeps what another part of the authority's rows could have.
fn check_references(
    store: &Store,
    references: &[Reference],
    (supplied, whole): (&Supplied, Option<&Data>),
    origins: &Origins,
    found: &mut Between<'_>,
) -> Vec<Undecided> {
    let names = found.names;
    let is_supplied = |table: Table| supplied.has_table(table);
    let mut undecided = Vec::new();
    if is_supplied(Table::Persons) {
        references::unknown_persons(names, store, &mut undecided, found.noted);
    }
    // What is looked up in a whole is there.
    let is_looked_up = |reference: &Reference| {
        let id = || names.space(reference.to).ids.text(reference.id);
        match (whole, reference.to) {
            (Some(whole), Space::Table(Table::Workers)) => whole.worker(id()).is_some(),
            (Some(whole), Space::Table(Table::CareProceedings)) => whole.court_case(id()).is_some(),
            _ => false,
        }
    };
    let references = references.iter().filter(|reference| !is_looked_up(reference));
    references::dangling_references(names, references, is_supplied, &mut undecided, found.noted);
    found.issues.extend(undecided.iter().map(|undecided| undecided.issue.clone()));
    for undecided in &mut undecided {
        origins.tell(&mut undecided.issue);
    }
    undecided
}

fn group_visits(ranks: &Ranks, store: &Store) -> Grouped<PersonIx, Visit> {
    let (cp, cin, cla) = (&store.cp_visits, &store.cin_visits, &store.cla_visits);
    let rows = || {
        let cp = each_owner(&cp.owners).zip(cp.records.iter().copied());
        let cin = each_owner(&cin.owners).zip(cin.records.iter().copied());
        let cla = each_owner(&cla.owners).zip(cla.records.iter().copied());
        cp.chain(cin).chain(cla)
    };
    // Visits that are equal are the same, so that their order cannot be told.
    Grouped::by(ranks.persons(), rows, <[Visit]>::sort_unstable)
}

/// The workers of each child, by start and then by the involvement's id.
fn group_allocations(ranks: &Ranks, names: &Names, store: &Store) -> Grouped<PersonIx, Allocation> {
    let rows = &store.involvements;
    let ids = &names.table(Table::Involvements).ids;
    let workers = || {
        let owned = ranks.all_of(&rows.owners).zip(rows.ids.iter().zip(&rows.records));
        owned.map(|(person, (id, involvement))| {
            let records::Involvement { worker, role, start, end, team, .. } = *involvement;
            (person, (*id, Allocation { worker, role, start, end, team }))
        })
    };
    Grouped::new(ranks.len(), workers, |(a_id, a), (b_id, b)| {
        a.start.cmp(&b.start).then_with(|| ids.compare(*a_id, *b_id))
    })
    .map(|(_, allocation)| allocation)
}

/// The court cases of each child, as applications for a final order name them.
fn group_proceedings(
    ranks: &Ranks,
    names: &Names,
    store: &Store,
    whole: Option<&Data>,
) -> Grouped<PersonIx, InProceedings> {
    let applications = &store.final_order_applications;
    let case = |id: IdNo| match whole {
        Some(whole) => whole.court_case(names.table(Table::CareProceedings).ids.text(id)),
        None => store.care_proceedings.record(id, names).map(|(case, _)| case),
    };
    let of_children = || {
        applications.owners.iter().zip(&applications.records).filter_map(|(child, application)| {
            let case = case(application.case?)?;
            Some((ranks.of((*child)?), InProceedings { issued: case.issued, concluded: case.concluded }))
        })
    };
    Grouped::new(ranks.len(), of_children, |a, b| a.issued.cmp(&b.issued))
}

/// Reviews held, with the person whose plan it is.
fn held_cp_reviews(store: &Store, names: &Names, ranks: &Ranks) -> Grouped<PersonIx, Review<IdNo>> {
    let held = || {
        store.cp_reviews.records.iter().filter_map(|review| {
            let (_, owner) = store.cp_plans.record(review.of, names)?;
            Some((ranks.of(owner?), Review { of: review.of, date: review.held? }))
        })
    };
    Grouped::new(ranks.len(), held, |a, b| (a.of, a.date).cmp(&(b.of, b.date)))
}

fn held_cla_reviews(store: &Store, ranks: &Ranks, owners: &ClaOwners) -> Grouped<PersonIx, Review<ClaNo>> {
    let held: Vec<(PersonIx, Review<ClaNo>)> = store
        .cla_reviews
        .records
        .iter()
        .filter_map(|review| Some(Review { of: review.of, date: review.held? }))
        .flat_map(|review| {
            let mut persons: Vec<PersonIx> =
                owners.periods(review.of).iter().map(|(_, person, _)| *person).collect();
            persons.dedup();
            persons.into_iter().map(move |person| (person, review))
        })
        .collect();
    Grouped::new(ranks.len(), || held.iter().copied(), |a, b| (a.of, a.date).cmp(&(b.of, b.date)))
}

fn group_care_periods(ranks: &Ranks, names: &Names, kept: &Kept) -> Grouped<PersonIx, CarePeriod> {
    let mut periods: Vec<(PersonIx, CarePeriod)> = Vec::new();
    for (person, _) in ranks.order.iter() {
        let episodes = kept.cla_episodes.of(person);
        if !episodes.is_empty() {
            let of_person = care_periods(episodes, kept.legal_statuses.of(person));
            periods.extend(of_person.into_iter().map(|period| (person, period)));
        }
    }
    let ids = &names.space(Space::Cla).ids;
    Grouped::new(
        ranks.len(),
        || periods.iter().copied(),
        |a, b| a.start.cmp(&b.start).then_with(|| ids.compare(a.cla.id(), b.cla.id())),
    )
}
