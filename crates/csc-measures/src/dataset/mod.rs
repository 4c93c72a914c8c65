//! Tables in, checked once: ids as small numbers, rows grouped by person, and every issue of the data.

mod assemble;
mod builder;
mod cell;
mod checks;
mod grouped;
mod ids;
mod issue;
mod links;
mod load;
mod origin;
mod reader;
pub(crate) mod records;
mod supplied;

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

use assemble::Ranks;
pub use builder::{Chunk, DatasetBuilder, DatasetError, TableBuilder};
pub(crate) use cell::ToCell;
pub use cell::{Cell, CellColumn, TableRow};
pub(crate) use grouped::Grouped;
use ids::Ids;
pub use issue::{DataIssue, IssueCode};
pub(crate) use links::{Links, Undecided};
pub use origin::Origin;
pub use reader::DateForm;
pub(crate) use reader::{ReadRow, RowReader};
pub(crate) use supplied::{Supplied, Supply};

use crate::dates::Day;
use crate::facts::CarePeriod;
use crate::tables::Table;
use crate::value::names::fold;
use load::Names;

/// The checked data of an authority, or of one child.
///
/// Built once by a [`DatasetBuilder`]; from then on it is read only, by any number of threads. A clone shares
/// the data.
#[derive(Clone)]
pub struct Dataset(Arc<Data>);

/// The rows of every table, as the measures read them.
#[derive(Debug)]
pub(crate) struct Data {
    pub(crate) persons: Vec<records::Person>,
    pub(crate) immigration_statuses: Grouped<records::ImmigrationStatus>,
    pub(crate) referrals: Grouped<records::Referral>,
    pub(crate) assessments: Grouped<records::Assessment>,
    pub(crate) strategy_discussions: Grouped<records::StrategyDiscussion>,
    pub(crate) initial_conferences: Grouped<records::InitialConference>,
    pub(crate) cp_plans: Grouped<records::CpPlan>,
    pub(crate) cp_reviews: Grouped<records::Review>,
    pub(crate) cin_plans: Grouped<records::CinPlan>,
    pub(crate) visits: Grouped<records::Visit>,
    pub(crate) episodes: Grouped<records::ClaEpisode>,
    pub(crate) legal_statuses: Grouped<records::LegalStatus>,
    pub(crate) periods: Grouped<CarePeriod>,
    pub(crate) placements: Grouped<records::Placement>,
    pub(crate) cla_reviews: Grouped<records::Review>,
    pub(crate) care_plans: Grouped<records::CarePlan>,
    pub(crate) care_leavers: Grouped<records::CareLeaver>,
    pub(crate) activities: Grouped<records::Activity>,
    pub(crate) pathway_plans: Grouped<records::PathwayPlan>,
    pub(crate) permanence: Grouped<records::Permanence>,
    pub(crate) rag_ratings: Grouped<records::RagRating>,
    pub(crate) step_transfers: Grouped<records::StepTransfer>,
    /// By the number of the worker's id; `None` where only an involvement names the worker.
    pub(crate) workers: Vec<Option<records::Worker>>,
    /// By worker.
    pub(crate) involvements: Grouped<records::Involvement>,
    /// By child.
    pub(crate) allocations: Grouped<records::Allocation>,
    pub(crate) exit_interviews: Vec<records::ExitInterview>,
    pub(crate) policies: Vec<records::Policy>,
    pub(crate) audits: Vec<records::Audit>,
    pub(crate) complaints: Vec<records::Complaint>,
    pub(crate) compliments: Vec<records::Received>,
    pub(crate) feedback_reports: Vec<records::Received>,
    pub(crate) care_proceedings: Vec<records::CareProceeding>,
    pub(crate) final_order_applications: Vec<records::FinalOrderApplication>,
    /// Team names as they are written.
    teams: Ids,
    pub(crate) earliest: Earliest,
    ids: TableIds,
    ranks: Ranks,
    supplied: Supplied,
    issues: Vec<DataIssue>,
    /// What other parts of an authority's rows are told, where this is one.
    pub(crate) links: Links,
}

/// The earliest dates of the columns that a look-back reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Earliest {
    pub(crate) referral: Option<Day>,
    pub(crate) authorised: Option<Day>,
    pub(crate) placement: Option<Day>,
    pub(crate) complaint: Option<Day>,
    pub(crate) cp_plan: Option<Day>,
}

/// The rows of one person.
#[derive(Clone, Copy)]
pub(crate) struct PersonRecords<'a> {
    pub(crate) index: u32,
    pub(crate) person: records::Person,
    pub(crate) immigration_statuses: &'a [records::ImmigrationStatus],
    pub(crate) referrals: &'a [records::Referral],
    pub(crate) assessments: &'a [records::Assessment],
    pub(crate) strategy_discussions: &'a [records::StrategyDiscussion],
    pub(crate) initial_conferences: &'a [records::InitialConference],
    pub(crate) cp_plans: &'a [records::CpPlan],
    pub(crate) cp_reviews: &'a [records::Review],
    pub(crate) cin_plans: &'a [records::CinPlan],
    pub(crate) visits: &'a [records::Visit],
    pub(crate) episodes: &'a [records::ClaEpisode],
    pub(crate) legal_statuses: &'a [records::LegalStatus],
    pub(crate) periods: &'a [CarePeriod],
    pub(crate) placements: &'a [records::Placement],
    pub(crate) cla_reviews: &'a [records::Review],
    pub(crate) care_plans: &'a [records::CarePlan],
    pub(crate) care_leavers: &'a [records::CareLeaver],
    pub(crate) activities: &'a [records::Activity],
    pub(crate) pathway_plans: &'a [records::PathwayPlan],
    pub(crate) permanence: &'a [records::Permanence],
    pub(crate) rag_ratings: &'a [records::RagRating],
    pub(crate) step_transfers: &'a [records::StepTransfer],
}

/// What became of the rows of a supplied table: `rows` = `used` + those that are out, each with an issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TableCount {
    /// The table.
    pub table: Table,
    /// Rows that came in.
    pub rows: u64,
    /// Rows that are used.
    pub used: u64,
    /// What the table was made of, where it was told: `cin_census`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The day that the table is [as at](TableBuilder::as_at), where it has no past.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_at: Option<NaiveDate>,
}

impl Dataset {
    /// Starts a dataset.
    #[must_use]
    pub fn builder() -> DatasetBuilder {
        DatasetBuilder::default()
    }

    /// Every issue, by table, row and column.
    #[must_use]
    pub fn issues(&self) -> &[DataIssue] {
        &self.0.issues
    }

    /// The supplied tables and what became of their rows.
    #[must_use]
    pub fn tables(&self) -> Vec<TableCount> {
        self.0.supplied.counts()
    }

    /// The number of persons that any table names.
    #[must_use]
    pub fn person_count(&self) -> usize {
        self.0.persons.len()
    }

    pub(crate) fn data(&self) -> &Data {
        &self.0
    }
}

impl fmt::Debug for Dataset {
    /// How much there is, and nothing of what: a log is no place for rows of children.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dataset")
            .field("tables", &self.tables())
            .field("persons", &self.person_count())
            .field("issues", &self.issues().len())
            .finish()
    }
}

impl Data {
    /// The supplied tables and columns.
    pub(crate) fn supplied(&self) -> &Supplied {
        &self.supplied
    }

    pub(crate) fn has_table(&self, table: Table) -> bool {
        self.supplied.has_table(table)
    }

    /// The number of persons that any table names; each has a place below it.
    pub(crate) fn person_count(&self) -> u32 {
        u32::try_from(self.persons.len()).unwrap_or(u32::MAX)
    }

    /// The rows of a person, by the person's place in the order of ids.
    pub(crate) fn person_records(&self, index: u32) -> PersonRecords<'_> {
        PersonRecords {
            index,
            person: self.persons.get(index as usize).copied().unwrap_or_default(),
            immigration_statuses: self.immigration_statuses.of(index),
            referrals: self.referrals.of(index),
            assessments: self.assessments.of(index),
            strategy_discussions: self.strategy_discussions.of(index),
            initial_conferences: self.initial_conferences.of(index),
            cp_plans: self.cp_plans.of(index),
            cp_reviews: self.cp_reviews.of(index),
            cin_plans: self.cin_plans.of(index),
            visits: self.visits.of(index),
            episodes: self.episodes.of(index),
            legal_statuses: self.legal_statuses.of(index),
            periods: self.periods.of(index),
            placements: self.placements.of(index),
            cla_reviews: self.cla_reviews.of(index),
            care_plans: self.care_plans.of(index),
            care_leavers: self.care_leavers.of(index),
            activities: self.activities.of(index),
            pathway_plans: self.pathway_plans.of(index),
            permanence: self.permanence.of(index),
            rag_ratings: self.rag_ratings.of(index),
            step_transfers: self.step_transfers.of(index),
        }
    }

    /// The id of a person, by place.
    pub(crate) fn person_id(&self, index: u32) -> &str {
        self.ranks.order.get(index as usize).map_or("", |id| self.ids.of(Table::Persons).text(*id))
    }

    /// The place of the person with an id.
    pub(crate) fn person_index(&self, id: &str) -> Option<u32> {
        self.ids.of(Table::Persons).number(id).map(|number| self.ranks.of(number))
    }

    /// The name of a team.
    pub(crate) fn team(&self, team: u32) -> &str {
        self.teams.text(team)
    }

    /// The id of a row of a table.
    pub(crate) fn record_id(&self, table: Table, id: u32) -> &str {
        self.ids.of(table).text(id)
    }

    /// A period of care's `cla_id`.
    pub(crate) fn cla_id(&self, id: u32) -> &str {
        self.ids.cla.text(id)
    }

    /// For each team, whether it is one of those named; names are compared folded.
    pub(crate) fn teams_named(&self, names: &[String]) -> Vec<bool> {
        let names: Vec<String> = names.iter().map(|name| fold(name)).collect();
        let teams = 0..u32::try_from(self.teams.len()).unwrap_or(u32::MAX);
        teams.map(|team| names.contains(&fold(self.teams.text(team)))).collect()
    }
}

/// The ids of the rows that results and cases name.
#[derive(Debug, Default)]
struct TableIds {
    tables: Vec<(Table, Ids)>,
    cla: Ids,
    none: Ids,
}

impl TableIds {
    /// Keeps the ids of the tables whose rows are a case's subject or record, and lets the others go: those
    /// of millions of visits among them.
    fn take(names: &mut Names) -> Self {
        const NAMED: [Table; 20] = [
            Table::Persons,
            Table::Referrals,
            Table::Assessments,
            Table::StrategyDiscussions,
            Table::InitialConferences,
            Table::CpPlans,
            Table::CinPlans,
            Table::ClaPlacements,
            Table::CareLeavers,
            Table::Permanence,
            Table::StepTransfers,
            Table::Workers,
            Table::ExitInterviews,
            Table::Policies,
            Table::Audits,
            Table::Complaints,
            Table::Compliments,
            Table::FeedbackReports,
            Table::CareProceedings,
            Table::FinalOrderApplications,
        ];
        Self {
            tables: NAMED.into_iter().map(|table| (table, names.take(table))).collect(),
            cla: std::mem::take(&mut names.cla.ids),
            none: Ids::default(),
        }
    }

    fn of(&self, table: Table) -> &Ids {
        self.tables.iter().find(|(of, _)| *of == table).map_or(&self.none, |(_, ids)| ids)
    }
}
