//! The checked data, as the measures read it.

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::care_period::CarePeriod;
use super::extent::Extent;
use super::faulty::Faulty;
use super::grouped::Grouped;
use super::issue::DataIssue;
use super::kept::{Kept, OfPerson};
use super::last_dates::LastDates;
use super::lead_roles::LeadRoles;
use super::links::Links;
use super::owners::Owners;
use super::ranks::Ranks;
use super::supplied::Supplied;
use super::unreadable::Unreadable;
use crate::column::Ids;
use crate::tables::records;
use crate::tables::{Names, Need, Space, Table};
use crate::time::Day;
use crate::value::index::{
    ClaNo, IdNo, Indexed, LabelNo, PersonIx, RoleNo, TeamNo, WorkerNo, broken, retyped,
};
use crate::value::names::fold;

/// The rows of every table, as the measures read them.
#[derive(Debug)]
pub(crate) struct Data {
    pub(crate) persons: Indexed<PersonIx, records::Person>,
    /// The records of the tables that are kept as they are.
    pub(crate) kept: Kept,
    /// Visits of all three kinds, by date.
    pub(crate) visits: Grouped<PersonIx, records::Visit>,
    pub(crate) cp_reviews: Grouped<PersonIx, records::Review<IdNo>>,
    pub(crate) cla_reviews: Grouped<PersonIx, records::Review<ClaNo>>,
    pub(crate) periods: Grouped<PersonIx, CarePeriod>,
    /// The court cases that each child is in, by an application for a final order.
    pub(crate) proceedings: Grouped<PersonIx, records::InProceedings>,
    /// `None` if only an involvement names the worker.
    pub(crate) workers: Indexed<WorkerNo, Option<records::Worker>>,
    pub(crate) involvements: Grouped<WorkerNo, records::Involvement>,
    /// The workers of each child.
    pub(crate) allocations: Grouped<PersonIx, records::Allocation>,
    /// Team names as they are written.
    pub(super) teams: Ids<TeamNo>,
    /// Roles of involvements, letters and digits only.
    pub(super) roles: Ids<RoleNo>,
    /// Texts by which persons are grouped.
    pub(super) labels: Ids<LabelNo>,
    pub(crate) extent: Extent,
    /// The day of the extract, if the caller said it.
    pub(crate) extract_day: Option<Day>,
    pub(crate) last_dates: LastDates,
    /// Whom the rows with issues are of.
    pub(crate) faulty: Faulty,
    pub(super) ids: TableIds,
    pub(super) ranks: Ranks,
    /// Shared with the children whose rows are replaced.
    pub(super) supplied: Arc<Supplied>,
    /// What cannot be read of lists as at a day.
    pub(crate) unreadable: Unreadable,
    pub(crate) issues: Vec<DataIssue>,
    pub(super) owners: Owners,
    /// Whose each of the audits is.
    pub(super) audited: Vec<Option<PersonIx>>,
    /// Whose each of the applications for a final order is.
    pub(super) applied: Vec<Option<PersonIx>>,
    /// The places of the court cases by their ids, once somebody looks one up.
    pub(super) court_cases: OnceLock<HashMap<IdNo, usize>>,
    /// What other parts need to know of these rows, if they are a part of an authority's.
    pub(crate) links: Links,
    /// The tables whose columns the caller gave names to and that are not supplied.
    pub(crate) named: Vec<Table>,
}

/// The rows of one person: those of the tables, and what was joined of several.
#[derive(Clone, Copy)]
pub(crate) struct PersonRecords<'a> {
    pub(crate) index: PersonIx,
    pub(crate) person: records::Person,
    pub(crate) visits: &'a [records::Visit],
    pub(crate) cp_reviews: &'a [records::Review<IdNo>],
    pub(crate) cla_reviews: &'a [records::Review<ClaNo>],
    pub(crate) periods: &'a [CarePeriod],
    pub(crate) proceedings: &'a [records::InProceedings],
    tables: OfPerson<'a>,
}

impl<'a> Deref for PersonRecords<'a> {
    type Target = OfPerson<'a>;

    /// The records of a table go by its name.
    fn deref(&self) -> &OfPerson<'a> {
        &self.tables
    }
}

impl Data {
    /// Data without a row, of tables that were supplied.
    pub(super) fn of_nobody(supplied: &Arc<Supplied>) -> Self {
        Self {
            persons: Indexed::default(),
            kept: Kept::default(),
            visits: Grouped::default(),
            cp_reviews: Grouped::default(),
            cla_reviews: Grouped::default(),
            periods: Grouped::default(),
            proceedings: Grouped::default(),
            workers: Indexed::default(),
            involvements: Grouped::default(),
            allocations: Grouped::default(),
            teams: Ids::default(),
            roles: Ids::default(),
            labels: Ids::default(),
            extent: Extent::default(),
            extract_day: None,
            last_dates: LastDates::default(),
            faulty: Faulty::default(),
            ids: TableIds::default(),
            ranks: Ranks::new(&Ids::default()),
            supplied: Arc::clone(supplied),
            unreadable: Unreadable::default(),
            issues: Vec::new(),
            owners: Owners::default(),
            audited: Vec::new(),
            applied: Vec::new(),
            court_cases: OnceLock::new(),
            links: Links::default(),
            named: Vec::new(),
        }
    }

    /// The supplied tables and columns.
    pub(crate) fn supplied(&self) -> &Supplied {
        &self.supplied
    }

    /// Whether a table is there and its rows, if it has any, can be used.
    pub(crate) fn has_table(&self, table: Table) -> bool {
        self.supplied.usable(table).is_some()
    }

    /// Whether a table has a column, by its place.
    pub(crate) fn has_column(&self, table: Table, place: usize) -> bool {
        self.supplied.has_column(table, place)
    }

    /// The number of persons that any table names; each has a place below it.
    pub(crate) fn person_count(&self) -> usize {
        self.persons.len()
    }

    /// The rows of a person.
    pub(crate) fn person_records(&self, person: PersonIx) -> PersonRecords<'_> {
        PersonRecords {
            index: person,
            person: self.persons[person],
            visits: self.visits.of(person),
            cp_reviews: self.cp_reviews.of(person),
            cla_reviews: self.cla_reviews.of(person),
            periods: self.periods.of(person),
            proceedings: self.proceedings.of(person),
            tables: self.kept.of_person(person),
        }
    }

    /// The id of a person.
    pub(crate) fn person_id(&self, person: PersonIx) -> &str {
        self.ids.of(Table::Persons).text(self.ranks.order[person])
    }

    /// The person with an id, if any table names it.
    pub(crate) fn person_index(&self, id: &str) -> Option<PersonIx> {
        self.ids.of(Table::Persons).number(id.trim()).map(|number| self.ranks.of(retyped(number)))
    }

    /// The team of a worker.
    pub(crate) fn team_of_worker(&self, worker: WorkerNo) -> Option<TeamNo> {
        self.workers[worker].and_then(|worker| worker.team)
    }

    /// The team that has a child by an allocation: that of the worker, or if workers have no teams that of the case.
    pub(crate) fn team_by(&self, allocation: &records::Allocation) -> Option<TeamNo> {
        self.team_of_worker(allocation.worker).or(allocation.team)
    }

    /// The name of a team.
    pub(crate) fn team(&self, team: TeamNo) -> &str {
        self.teams.text(team)
    }

    /// A text by which persons are grouped.
    pub(crate) fn label(&self, label: LabelNo) -> &str {
        self.labels.text(label)
    }

    /// Every text by which persons are grouped.
    pub(crate) fn labels(&self) -> impl ExactSizeIterator<Item = LabelNo> + use<> {
        self.labels.numbers()
    }

    /// Every team that a table names.
    pub(crate) fn teams(&self) -> impl ExactSizeIterator<Item = TeamNo> + use<> {
        self.teams.numbers()
    }

    /// The teams that rows of a person name.
    pub(super) fn teams_of_person(&self, person: PersonIx) -> impl Iterator<Item = TeamNo> {
        let kept = self.kept.of_person(person);
        let referrals = kept.referrals.iter().map(|row| row.team);
        let assessments = kept.assessments.iter().map(|row| row.team);
        let plans = kept.cin_plans.iter().map(|row| row.team);
        let conferences = kept.initial_conferences.iter().map(|row| row.team);
        let involvements = self.allocations.of(person).iter().map(|row| row.team);
        referrals.chain(assessments).chain(plans).chain(conferences).chain(involvements).flatten()
    }

    /// Every team that a table names, as it is written there.
    pub(crate) fn team_names(&self) -> impl Iterator<Item = &str> {
        self.teams.numbers().map(|team| self.teams.text(team))
    }

    /// The row of a worker by the id.
    pub(super) fn worker(&self, id: &str) -> Option<&records::Worker> {
        let number = self.ids.of(Table::Workers).number(id)?;
        self.workers[retyped(number)].as_ref()
    }

    /// The row of a court case by its id.
    pub(super) fn court_case(&self, id: &str) -> Option<&records::CareProceeding> {
        let number = self.ids.of(Table::CareProceedings).number(id)?;
        let cases = &self.kept.care_proceedings;
        let places = || cases.iter().zip(0..).map(|(case, place)| (case.id, place)).collect();
        self.court_cases.get_or_init(places).get(&number).and_then(|place| cases.get(*place))
    }

    /// The id of a row of a table.
    pub(crate) fn record_id(&self, table: Table, id: IdNo) -> &str {
        self.ids.of(table).text(id)
    }

    /// The id of a worker, who may have no row.
    pub(crate) fn worker_id(&self, worker: WorkerNo) -> &str {
        self.ids.of(Table::Workers).text(worker.id())
    }

    /// A period of care's `cla_id`.
    pub(crate) fn cla_id(&self, cla: ClaNo) -> &str {
        self.ids.cla.text(cla.id())
    }

    /// Which of the roles are those of the worker to whom a child is allocated.
    pub(crate) fn lead_roles(&self, names: &[String]) -> LeadRoles {
        LeadRoles::new(&self.roles, names)
    }

    /// For each team, whether it is one of those named; names are compared folded.
    pub(crate) fn teams_named(&self, names: &[String]) -> Indexed<TeamNo, bool> {
        let names: Vec<String> = names.iter().map(|name| fold(name)).collect();
        self.teams.numbers().map(|team| names.contains(&fold(self.teams.text(team)))).collect()
    }
}

/// The ids of the rows that results and cases name.
#[derive(Debug, Default)]
pub(super) struct TableIds {
    tables: Vec<(Table, Ids<IdNo>)>,
    cla: Ids<IdNo>,
}

impl TableIds {
    /// Keeps the ids of the tables whose rows are named by cases or other rows, and drops the others.
    pub(super) fn take(names: &mut Names) -> Self {
        let named = Table::ALL.iter().copied().filter(|table| table.keeps_ids());
        Self {
            tables: named.map(|table| (table, names.take(Space::Table(table)))).collect(),
            cla: names.take(Space::Cla),
        }
    }

    /// Those of the tables whose rows are not persons' or may be nobody's.
    pub(super) fn of_service(&self) -> Self {
        let is_of_persons = |table: Table| {
            let column = table.person_column().and_then(|place| table.columns().get(place));
            table == Table::Persons || column.is_some_and(|column| column.need != Need::Optional)
        };
        let tables = self.tables.iter().filter(|(table, _)| !is_of_persons(*table));
        Self { tables: tables.cloned().collect(), cla: Ids::default() }
    }

    /// The number of an id of a table, which is added if it is not there.
    pub(super) fn intern(&mut self, table: Table, id: &str) -> IdNo {
        match self.tables.iter_mut().find(|(of, _)| *of == table) {
            Some((_, ids)) => ids.intern(id.as_bytes()),
            None => broken(format_args!("ids of `{table}` are not kept")),
        }
    }

    /// The ids of a table; of `cla_episodes` those of the periods of care.
    pub(super) fn by_table(&self, table: Table) -> &Ids<IdNo> {
        if table == Table::ClaEpisodes { &self.cla } else { self.of(table) }
    }

    pub(super) fn of(&self, table: Table) -> &Ids<IdNo> {
        match self.tables.iter().find(|(of, _)| *of == table) {
            Some((_, ids)) => ids,
            None => broken(format_args!("a case is named by `{table}`, whose ids are not kept")),
        }
    }
}
