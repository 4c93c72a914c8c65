//! From checked rows to a dataset: links between tables, groups by person, and the issues that need all
//! tables.

use std::cmp::Ordering;
use std::sync::Arc;

use super::builder::DatasetBuilder;
use super::grouped::Grouped;
use super::ids::Ids;
use super::links::Links;
use super::load::{Loaded, Names, Row, Visits, With};
use super::records::{self, Allocation, Review, Visit};
use super::{Data, Dataset, Earliest, TableIds, checks};
use crate::dates::Day;
use crate::facts::{CarePeriod, care_periods};
use crate::tables::Table;

pub(super) fn assemble(builder: DatasetBuilder) -> Dataset {
    let DatasetBuilder { mut names, mut loaded, mut issues, mut supplied, origins, .. } = builder;
    for (table, visits) in loaded.visits_mut() {
        if let Some(supply) = supplied.get_mut(table) {
            supply.used -= checks::drop_doubles(table, visits, &mut issues);
        }
    }
    let is_supplied = |table: Table| supplied.has_table(table);

    link(&names, &mut loaded);
    let mut undecided = Vec::new();
    if is_supplied(Table::Persons) {
        checks::unknown_persons(&names, &loaded, &mut undecided);
    }
    checks::dangling_references(&names, &loaded, is_supplied, &mut undecided);
    issues.extend(undecided.iter().map(|undecided| undecided.issue.clone()));
    for undecided in &mut undecided {
        origins.tell(&mut undecided.issue);
    }
    let links = Links::new(&names, &supplied, undecided);

    let ranks = Ranks::new(&names);
    let group = Groups { ranks: &ranks, names: &names };
    let cp_reviews = held_cp_reviews(&loaded, &names, &ranks);
    let by_start = |a: &(Day, u32), b: &(Day, u32), table: Table| {
        a.0.cmp(&b.0).then_with(|| names.table(table).ids.compare(a.1, b.1))
    };
    let cp_plans =
        group.by(&loaded.cp_plans, |a, b| by_start(&(a.start, a.id), &(b.start, b.id), Table::CpPlans));
    let episodes = group.with(&loaded.cla_episodes, Table::ClaEpisodes, |a, b| a.start.cmp(&b.start));
    let legal_statuses =
        group.with(&loaded.legal_statuses, Table::LegalStatuses, |a, b| a.start.cmp(&b.start));
    let periods = group_care_periods(&ranks, &names, &episodes, &legal_statuses);
    let cla_owners = ClaOwners::new(&ranks, &periods);
    if is_supplied(Table::CpPlans) {
        checks::cp_reviews_out_of_chain(&loaded, &names, &mut issues);
        checks::overlapping_plans(&loaded, &ranks, &cp_plans, &names, &mut issues);
    }
    if is_supplied(Table::ClaEpisodes) {
        checks::cla_reviews_out_of_chain(&loaded, &names, &cla_owners, &mut issues);
    }
    for issue in &mut issues {
        origins.tell(issue);
    }
    issues.sort_by(|a, b| a.order().cmp(&b.order()));

    let earliest = Earliest {
        referral: loaded.referrals.iter().map(|row| row.record.date).min(),
        authorised: loaded.assessments.iter().filter_map(|row| row.record.authorised).min(),
        placement: loaded.cla_placements.iter().map(|row| row.record.start).min(),
        complaint: loaded.complaints.iter().map(|row| row.record.received).min(),
        cp_plan: loaded.cp_plans.iter().map(|row| row.record.start).min(),
    };
    let workers = names.table(Table::Workers).ids.len();
    let mut worker_rows = vec![None; workers];
    for row in &loaded.workers {
        if let Some(slot) = worker_rows.get_mut(row.owner as usize) {
            *slot = Some(row.record);
        }
    }
    let involvements: Vec<(u32, records::Involvement)> =
        loaded.involvements.iter().map(|row| (row.record.record.worker, row.record.record)).collect();

    let data = Data {
        persons: ranks.rows(&loaded.persons),
        immigration_statuses: group.by(&loaded.immigration_statuses, |a, b| a.start.cmp(&b.start)),
        referrals: group
            .by(&loaded.referrals, |a, b| by_start(&(a.date, a.id), &(b.date, b.id), Table::Referrals)),
        assessments: group.by(&loaded.assessments, |a, b| {
            let ids = &names.table(Table::Assessments).ids;
            a.authorised.cmp(&b.authorised).then_with(|| ids.compare(a.id, b.id))
        }),
        strategy_discussions: group.by(&loaded.strategy_discussions, |a, b| a.date.cmp(&b.date)),
        initial_conferences: group.by(&loaded.initial_conferences, |a, b| {
            let ids = &names.table(Table::InitialConferences).ids;
            a.date.cmp(&b.date).then_with(|| ids.compare(a.id, b.id))
        }),
        cp_reviews,
        cp_plans,
        cin_plans: group
            .by(&loaded.cin_plans, |a, b| by_start(&(a.start, a.id), &(b.start, b.id), Table::CinPlans)),
        visits: group_visits(&ranks, &loaded),
        cla_reviews: held_cla_reviews(&loaded, &ranks, &cla_owners),
        episodes,
        legal_statuses,
        periods,
        placements: group.by(&loaded.cla_placements, |a, b| {
            by_start(&(a.start, a.id), &(b.start, b.id), Table::ClaPlacements)
        }),
        care_plans: group.with(&loaded.care_plans, Table::CarePlans, |a, b| a.start.cmp(&b.start)),
        care_leavers: group.by(&loaded.care_leavers, |a, b| {
            by_start(&(a.start, a.id), &(b.start, b.id), Table::CareLeavers)
        }),
        activities: group.with(&loaded.activities, Table::Activities, |a, b| a.date.cmp(&b.date)),
        pathway_plans: group.with(&loaded.pathway_plans, Table::PathwayPlans, |a, b| a.start.cmp(&b.start)),
        permanence: group.by(&loaded.permanence, |a, b| a.order.cmp(&b.order)),
        rag_ratings: group
            .with(&loaded.rag_ratings, Table::RagRatings, |a, b| (a.date, a.rating).cmp(&(b.date, b.rating))),
        step_transfers: group.by(&loaded.step_transfers, |a, b| a.date.cmp(&b.date)),
        workers: worker_rows,
        involvements: Grouped::new(workers, &involvements, |a, b| a.person.cmp(&b.person)),
        allocations: group_allocations(&group, &loaded),
        exit_interviews: plain(&loaded.exit_interviews),
        policies: plain(&loaded.policies),
        audits: plain(&loaded.audits),
        complaints: plain(&loaded.complaints),
        compliments: plain(&loaded.compliments),
        feedback_reports: plain(&loaded.feedback_reports),
        care_proceedings: plain(&loaded.care_proceedings),
        final_order_applications: plain(&loaded.final_order_applications),
        teams: Ids::default(),
        earliest,
        ids: TableIds::default(),
        ranks,
        supplied,
        issues,
        links,
    };
    let teams = std::mem::take(&mut names.teams);
    Dataset(Arc::new(Data { ids: TableIds::take(&mut names), teams, ..data }))
}

/// Persons in the order of their ids as text.
#[derive(Debug)]
pub(super) struct Ranks {
    /// The number of the id of each rank.
    pub(super) order: Vec<u32>,
    /// The rank of each id's number.
    ranks: Vec<u32>,
}

impl Ranks {
    fn new(names: &Names) -> Self {
        let ids = &names.table(Table::Persons).ids;
        let mut order: Vec<u32> = (0..u32::try_from(ids.len()).unwrap_or(u32::MAX)).collect();
        order.sort_unstable_by(|a, b| ids.compare(*a, *b));
        let mut ranks = vec![0; order.len()];
        for (rank, id) in (0_u32..).zip(&order) {
            if let Some(slot) = ranks.get_mut(*id as usize) {
                *slot = rank;
            }
        }
        Self { order, ranks }
    }

    fn len(&self) -> usize {
        self.order.len()
    }

    pub(super) fn of(&self, id: u32) -> u32 {
        self.ranks.get(id as usize).copied().unwrap_or_default()
    }

    fn rows(&self, rows: &[Row<records::Person>]) -> Vec<records::Person> {
        let mut persons = vec![records::Person::default(); self.len()];
        for row in rows {
            if let Some(slot) = persons.get_mut(self.of(row.owner) as usize) {
                *slot = row.record;
            }
        }
        persons
    }
}

/// Groups rows by the rank of their person.
struct Groups<'a> {
    ranks: &'a Ranks,
    names: &'a Names,
}

impl Groups<'_> {
    fn by<T: Copy>(&self, rows: &[Row<T>], order: impl FnMut(&T, &T) -> Ordering) -> Grouped<T> {
        let owned: Vec<(u32, T)> = rows.iter().map(|row| (self.ranks.of(row.owner), row.record)).collect();
        Grouped::new(self.ranks.len(), &owned, order)
    }

    /// The same for records that do not carry their ids; equals of `order` then lie by id as text.
    fn with<T: Copy>(
        &self,
        rows: &[Row<With<T>>],
        table: Table,
        mut order: impl FnMut(&T, &T) -> Ordering,
    ) -> Grouped<T> {
        let ids = &self.names.table(table).ids;
        let mut owned: Vec<(u32, With<T>)> =
            rows.iter().map(|row| (self.ranks.of(row.owner), row.record)).collect();
        owned.sort_by(|(_, a), (_, b)| order(&a.record, &b.record).then_with(|| ids.compare(a.id, b.id)));
        let owned: Vec<(u32, T)> = owned.into_iter().map(|(owner, with)| (owner, with.record)).collect();
        // Grouping keeps the order of each owner's rows, and a stable sort leaves equals as they lie.
        Grouped::new(self.ranks.len(), &owned, order)
    }
}

fn plain<T: Copy>(rows: &[Row<T>]) -> Vec<T> {
    rows.iter().map(|row| row.record).collect()
}

/// Copies the dates of linked rows into the rows that name them.
fn link(names: &Names, loaded: &mut Loaded) {
    for assessment in &mut loaded.assessments {
        let referral = assessment
            .record
            .referral
            .and_then(|id| names.table(Table::Referrals).row(id))
            .and_then(|row| loaded.referrals.get(row));
        assessment.record.referral_date = referral.map(|row| row.record.date);
        assessment.record.referral_closed = referral.and_then(|row| row.record.closed);
    }
    for conference in &mut loaded.initial_conferences {
        conference.record.enquiry_start = conference
            .record
            .enquiry
            .and_then(|id| names.table(Table::Section47Enquiries).row(id))
            .and_then(|row| loaded.section_47_enquiries.get(row))
            .map(|row| row.record.date);
    }
}

impl Loaded {
    pub(super) fn visits(&self) -> [(Table, &Visits); 3] {
        [
            (Table::CpVisits, &self.cp_visits),
            (Table::CinVisits, &self.cin_visits),
            (Table::ClaVisits, &self.cla_visits),
        ]
    }

    fn visits_mut(&mut self) -> [(Table, &mut Visits); 3] {
        [
            (Table::CpVisits, &mut self.cp_visits),
            (Table::CinVisits, &mut self.cin_visits),
            (Table::ClaVisits, &mut self.cla_visits),
        ]
    }
}

fn group_visits(ranks: &Ranks, loaded: &Loaded) -> Grouped<Visit> {
    let mut visits: Vec<(u32, Visit)> =
        Vec::with_capacity(loaded.visits().iter().map(|(_, visits)| visits.rows.len()).sum());
    for (_, table) in loaded.visits() {
        visits.extend(table.rows.iter().map(|row| (ranks.of(row.owner), row.record)));
    }
    Grouped::new(ranks.len(), &visits, |a, b| a.date.cmp(&b.date))
}

/// The lead workers of each child, by start and then by the involvement's id.
fn group_allocations(group: &Groups<'_>, loaded: &Loaded) -> Grouped<Allocation> {
    let lead: Vec<Row<With<Allocation>>> = loaded
        .involvements
        .iter()
        .filter(|row| row.record.record.is_lead)
        .map(|row| {
            let records::Involvement { worker, start, end, .. } = row.record.record;
            let record = With { id: row.record.id, record: Allocation { worker, start, end } };
            Row { owner: row.owner, number: row.number, record }
        })
        .collect();
    group.with(&lead, Table::Involvements, |a, b| a.start.cmp(&b.start))
}

/// Reviews held, with the person whose plan it is.
fn held_cp_reviews(loaded: &Loaded, names: &Names, ranks: &Ranks) -> Grouped<Review> {
    let held: Vec<(u32, Review)> = loaded
        .cp_reviews
        .iter()
        .filter_map(|row| {
            let plan = names.table(Table::CpPlans).row(row.record.of)?;
            let owner = ranks.of(loaded.cp_plans.get(plan)?.owner);
            Some((owner, Review { of: row.record.of, date: row.record.held? }))
        })
        .collect();
    Grouped::new(ranks.len(), &held, |a, b| (a.of, a.date).cmp(&(b.of, b.date)))
}

fn held_cla_reviews(loaded: &Loaded, ranks: &Ranks, owners: &ClaOwners) -> Grouped<Review> {
    let held: Vec<(u32, Review)> = loaded
        .cla_reviews
        .iter()
        .filter_map(|row| Some(Review { of: row.record.of, date: row.record.held? }))
        .flat_map(|review| {
            let mut persons: Vec<u32> = owners.periods(review.of).iter().map(|(_, rank, _)| *rank).collect();
            persons.dedup();
            persons.into_iter().map(move |rank| (rank, review))
        })
        .collect();
    Grouped::new(ranks.len(), &held, |a, b| (a.of, a.date).cmp(&(b.of, b.date)))
}

fn group_care_periods(
    ranks: &Ranks,
    names: &Names,
    episodes: &Grouped<records::ClaEpisode>,
    legal_statuses: &Grouped<records::LegalStatus>,
) -> Grouped<CarePeriod> {
    let mut periods: Vec<(u32, CarePeriod)> = Vec::new();
    for rank in 0..u32::try_from(ranks.len()).unwrap_or(u32::MAX) {
        if !episodes.of(rank).is_empty() {
            let person = care_periods(episodes.of(rank), legal_statuses.of(rank));
            periods.extend(person.into_iter().map(|period| (rank, period)));
        }
    }
    let ids = &names.cla.ids;
    Grouped::new(ranks.len(), &periods, |a, b| a.start.cmp(&b.start).then_with(|| ids.compare(a.cla, b.cla)))
}

/// The care periods of each `cla_id`, with their persons.
pub(super) struct ClaOwners {
    periods: Vec<(u32, u32, CarePeriod)>,
}

impl ClaOwners {
    fn new(ranks: &Ranks, grouped: &Grouped<CarePeriod>) -> Self {
        let mut periods: Vec<(u32, u32, CarePeriod)> = (0..u32::try_from(ranks.len()).unwrap_or(u32::MAX))
            .flat_map(|rank| grouped.of(rank).iter().map(move |period| (period.cla, rank, *period)))
            .collect();
        periods.sort_by_key(|(cla, rank, _)| (*cla, *rank));
        Self { periods }
    }

    pub(super) fn periods(&self, cla: u32) -> &[(u32, u32, CarePeriod)] {
        let from = self.periods.partition_point(|(of, _, _)| *of < cla);
        let to = self.periods.partition_point(|(of, _, _)| *of <= cla);
        self.periods.get(from..to).unwrap_or_default()
    }
}
