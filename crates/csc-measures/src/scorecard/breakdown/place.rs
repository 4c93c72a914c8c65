//! In which group of each dimension a case is.

use std::cell::Cell;
use std::sync::LazyLock;

use super::ages::Ages;
use super::dimension::Dimension;
use super::group_no::{GroupNo, NOT_RECORDED};
use super::grouping::{By, Grouping, Groupings, ethnic_group};
use crate::dataset::PersonRecords;
use crate::facts::Life;
use crate::measures::{Context, Detail, Measure, MeasureSet, Name, Subject};
use crate::tables::Table;
use crate::tables::records::{Allocation, Interval};
use crate::time::Day;
use crate::value::index::{Indexed, LabelNo, PersonIx, TeamNo, WorkerNo, broken};

/// Places the cases of one person after another.
pub(crate) struct Placing<'a> {
    context: &'a Context<'a>,
    groupings: &'a Groupings,
    /// Whose cases come; `None`: those that are not a person's.
    person: Option<Placed<'a>>,
}

/// A person whose cases are placed.
struct Placed<'a> {
    records: PersonRecords<'a>,
    ages: Ages,
    /// By dimension the group, if it is the same for all cases.
    fixed: Vec<Option<GroupNo>>,
    /// The day that was last asked for, and the allocation of that day: the cases of a month share both.
    allocated: Cell<Option<(Day, Option<Allocation>)>>,
}

impl<'a> Placing<'a> {
    pub(crate) fn new(context: &'a Context<'a>, groupings: &'a Groupings) -> Self {
        Self { context, groupings, person: None }
    }

    /// Begins with the cases of a person.
    pub(crate) fn begin(&mut self, person: Option<PersonIx>) {
        self.person = person.map(|person| {
            let records = self.context.data.person_records(person);
            let fixed = self.groupings.iter().map(|grouping| fixed(grouping, &records)).collect();
            let ages = Ages::new(Life::new(&records.person));
            Placed { ages, records, fixed, allocated: Cell::new(None) }
        });
    }

    /// Calls with the place of each dimension and the group that a case is in; never of a measure whose cases have no
    /// groups.
    pub(crate) fn each(
        &self,
        measure: Measure,
        day: Day,
        detail: impl FnOnce() -> Detail,
        mut each: impl FnMut(usize, GroupNo),
    ) {
        match (measure.definition().cases_are, &self.person) {
            (Subject::Others, _) => {}
            (Subject::Workers, None) => {
                let Name::Worker(worker) = detail().subject else {
                    broken(format_args!("a case of {measure} is not a worker's"))
                };
                for (place, grouping) in self.groupings.iter().enumerate() {
                    if let Some(group) = self.of_worker(grouping, worker) {
                        each(place, group);
                    }
                }
            }
            (Subject::Persons, Some(placed)) => {
                let data = self.context.data;
                let mut detail = Some(detail);
                for (place, (grouping, fixed)) in self.groupings.iter().zip(&placed.fixed).enumerate() {
                    let group = fixed.unwrap_or_else(|| match &grouping.by {
                        By::Team { groups, .. } => {
                            // Most cases need no detail for it.
                            let own = detail.take_if(|_| OWN_TEAM.contains(measure)).map(|detail| detail());
                            let own = own.and_then(|detail| own_team(&placed.records, &detail));
                            let of_lead = || data.team_by(&self.allocation(placed, day)?);
                            let team = own.or_else(of_lead).or_else(|| {
                                let detail = detail.take_if(|_| CASE_TEAM.contains(measure))?;
                                case_team(&placed.records, &detail())
                            });
                            team.map_or(NOT_RECORDED, |team| groups[team])
                        }
                        By::Worker(groups) => self
                            .allocation(placed, day)
                            .map_or(NOT_RECORDED, |allocation| groups[allocation.worker]),
                        By::Own { dimension, groups } => self.own(placed, (dimension, groups), day),
                        By::Name | By::Area(_) => placed.ages.group(day),
                    });
                    each(place, group);
                }
            }
            (Subject::Workers, Some(_)) | (Subject::Persons, None) => {
                broken(format_args!("a case of {measure} is judged among those of others"))
            }
        }
    }

    /// The name of a group, as cases show it.
    pub(crate) fn name(&self, dimension: usize, group: GroupNo) -> Option<&'a str> {
        let grouping = self.groupings.iter().nth(dimension)?;
        grouping.names.get(group).and_then(Option::as_deref)
    }

    /// The team of a case and the worker to whom the person is allocated.
    pub(crate) fn team_and_worker(&self, measure: Measure, day: Day, detail: &Detail) -> CaseOf {
        let data = self.context.data;
        match (&self.person, detail.subject) {
            (Some(placed), _) => {
                let allocation = self.allocation(placed, day);
                let own = own_team(&placed.records, detail).filter(|_| OWN_TEAM.contains(measure));
                let of_lead = || data.team_by(&allocation?);
                let of_case = || case_team(&placed.records, detail).filter(|_| CASE_TEAM.contains(measure));
                let team = own.or_else(of_lead).or_else(of_case);
                CaseOf { team, worker: allocation.map(|allocation| allocation.worker) }
            }
            (None, Name::Worker(worker)) if measure.definition().cases_are == Subject::Workers => {
                CaseOf { team: data.team_of_worker(worker), worker: Some(worker) }
            }
            _ => CaseOf { team: None, worker: None },
        }
    }

    /// A worker's own group: only workers and their teams are dimensions of workers.
    fn of_worker(&self, grouping: &Grouping, worker: WorkerNo) -> Option<GroupNo> {
        match &grouping.by {
            By::Worker(groups) => Some(groups[worker]),
            By::Team { groups, is_of_workers: true } => {
                Some(self.context.data.team_of_worker(worker).map_or(NOT_RECORDED, |team| groups[team]))
            }
            _ => None,
        }
    }

    /// Of the lead allocations that are open on a day the one that began last; of those the one with the greatest id.
    fn allocation(&self, placed: &Placed<'_>, day: Day) -> Option<Allocation> {
        if let Some((_, known)) = placed.allocated.get().filter(|(known, _)| *known == day) {
            return known;
        }
        let leads = |row: &&Allocation| row.is_open(day) && self.context.leads(row.role);
        let found = self.context.data.allocations.of(placed.records.index).iter().rfind(leads).copied();
        placed.allocated.set(Some((day, found)));
        found
    }

    /// Of the groups of a dimension of the caller's own that are open on a day the one that began last; of those the
    /// greatest.
    fn own(
        &self,
        placed: &Placed<'_>,
        (dimension, groups): (&Indexed<LabelNo, bool>, &Indexed<LabelNo, GroupNo>),
        day: Day,
    ) -> GroupNo {
        let data = self.context.data;
        let open = placed.records.person_groups.iter();
        let open = open.filter(|group| dimension[group.dimension] && group.is_open(day));
        let last = open.max_by_key(|group| (group.start, data.label(group.value)));
        last.map_or(NOT_RECORDED, |group| groups[group.value])
    }
}

/// By whom a case is held.
pub(crate) struct CaseOf {
    pub(crate) team: Option<TeamNo>,
    pub(crate) worker: Option<WorkerNo>,
}

/// The group of a person in a dimension that does not change with time.
pub(super) fn fixed(grouping: &Grouping, records: &PersonRecords<'_>) -> Option<GroupNo> {
    let person = &records.person;
    let flag = |flag: Option<bool>| grouping.named(flag.map(|flag| if flag { "yes" } else { "no" }));
    match &grouping.dimension {
        Dimension::Sex => Some(grouping.named(person.sex)),
        Dimension::Ethnicity => Some(grouping.named(person.ethnicity)),
        Dimension::EthnicGroup => Some(grouping.named(Some(ethnic_group(person.ethnicity)))),
        Dimension::Disability => Some(flag(person.is_disabled)),
        Dimension::Sen => Some(flag(person.has_sen)),
        Dimension::Area => match &grouping.by {
            By::Area(groups) => Some(person.area.map_or(NOT_RECORDED, |area| groups[area])),
            _ => None,
        },
        Dimension::Age | Dimension::Team | Dimension::Worker | Dimension::Own(_) => None,
    }
}

/// The measures whose records may be of a table whose rows say which team has them.
static OWN_TEAM: LazyLock<MeasureSet> = LazyLock::new(|| readers_of(["referrals", "assessments"]));

/// The measures whose records may be of a table whose rows name a team, which is asked if nothing else tells.
static CASE_TEAM: LazyLock<MeasureSet> = LazyLock::new(|| readers_of(["cin_plans", "initial_conferences"]));

fn readers_of(tables: [&str; 2]) -> MeasureSet {
    let mut measures = MeasureSet::default();
    let reads = |measure: &Measure| {
        let mut inputs = measure.definition().inputs.iter();
        inputs.any(|input| tables.contains(&input.name))
    };
    Measure::all().filter(reads).for_each(|measure| measures.insert(measure));
    measures
}

/// The team that the record of a case names.
fn own_team(records: &PersonRecords<'_>, detail: &Detail) -> Option<TeamNo> {
    match detail.record? {
        Name::Row(Table::Referrals, id) => records.referrals.iter().find(|row| row.id == id)?.team,
        Name::Row(Table::Assessments, id) => records.assessments.iter().find(|row| row.id == id)?.team,
        _ => None,
    }
}

/// The team that the plan or the conference of a case names, if nobody knows that of the child's worker.
fn case_team(records: &PersonRecords<'_>, detail: &Detail) -> Option<TeamNo> {
    match detail.record? {
        Name::Row(Table::CinPlans, id) => records.cin_plans.iter().find(|row| row.id == id)?.team,
        Name::Row(Table::InitialConferences, id) => {
            records.initial_conferences.iter().find(|row| row.id == id)?.team
        }
        _ => None,
    }
}
