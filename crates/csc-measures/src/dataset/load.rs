//! The rows of a chunk, table by table: what of each row is kept, and in what form.

use std::borrow::Cow;

use super::builder::{Chunk, DatasetBuilder};
use super::cell::CellColumn;
use super::ids::{Ids, UniqueIds};
use super::issue::{DataIssue, IssueCode};
use super::reader::{ReadRow, RowReader};
use super::records::{self, OrderMade, StartReason, VisitKind};
use crate::dates::Day;
use crate::policy::{Judgement, TeamType};
use crate::tables::{self, Table};
use crate::value::Decimal;
use crate::value::Rag;
use crate::value::names::fold;

/// The ids of a table or of another kind of thing, and which of them have a row.
#[derive(Debug, Default)]
pub(super) struct Namespace {
    pub(super) ids: Ids,
    /// The place of the id's row among the table's good rows, + 1; 0 = none.
    rows: Vec<u32>,
}

impl Namespace {
    /// The number of an id that something refers to.
    fn refer(&mut self, id: &str) -> u32 {
        let number = self.ids.intern(id);
        if self.rows.len() < self.ids.len() {
            self.rows.resize(self.ids.len(), 0);
        }
        number
    }

    /// The number of a row's own id; `None` where an earlier row has it.
    fn define(&mut self, id: &str, row: usize) -> Option<u32> {
        let number = self.refer(id);
        let defined = self.rows.get_mut(number as usize)?;
        if *defined > 0 {
            return None;
        }
        *defined = u32::try_from(row + 1).unwrap_or(u32::MAX);
        Some(number)
    }

    /// The ids that have a row.
    pub(super) fn with_rows(&self) -> impl Iterator<Item = &str> {
        (0..).zip(&self.rows).filter(|(_, row)| **row > 0).map(|(id, _)| self.ids.text(id))
    }

    /// The place of the id's row.
    pub(super) fn row(&self, id: u32) -> Option<usize> {
        self.rows.get(id as usize).and_then(|row| (*row as usize).checked_sub(1))
    }
}

/// Ids of every kind.
#[derive(Debug, Default)]
pub(super) struct Names {
    own: Vec<Namespace>,
    /// Periods of care, which `cla_episodes` define.
    pub(super) cla: Namespace,
    pub(super) carers: Ids,
    pub(super) teams: Ids,
    /// Orders, folded.
    orders: Ids,
    empty: Namespace,
}

impl Names {
    pub(super) fn table(&self, table: Table) -> &Namespace {
        self.own.get(table as usize).unwrap_or(&self.empty)
    }

    fn table_mut(&mut self, table: Table) -> &mut Namespace {
        let index = table as usize;
        if self.own.len() <= index {
            self.own.resize_with(index + 1, Namespace::default);
        }
        match self.own.get_mut(index) {
            Some(namespace) => namespace,
            None => &mut self.empty,
        }
    }

    pub(super) fn take(&mut self, table: Table) -> Ids {
        std::mem::take(&mut self.table_mut(table).ids)
    }

    fn person(&mut self, id: &str) -> u32 {
        self.table_mut(Table::Persons).refer(id)
    }

    fn team(&mut self, team: Option<Cow<'_, str>>) -> Option<u32> {
        team.map(|team| self.teams.intern(&team))
    }
}

/// A good row: whose it is, its number in the input, and what it says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<T> {
    pub(super) owner: u32,
    pub(super) number: u32,
    pub(super) record: T,
}

/// A reference to a row of another table, checked once all tables are in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reference {
    pub(super) table: Table,
    pub(super) column: usize,
    pub(super) number: u32,
    pub(super) record: u32,
    pub(super) to: Table,
    pub(super) id: u32,
}

/// A review as it came: held ones become records, and each is checked against its chain.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReviewRow {
    pub(super) id: u32,
    pub(super) of: u32,
    /// `None`: not held.
    pub(super) held: Option<Day>,
}

/// A row of a table that only its id, its person and one date matter of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dated {
    pub(super) id: u32,
    pub(super) date: Day,
}

/// The visits of a table. Nothing refers to a visit, so their ids are searched for doubles at the end.
#[derive(Debug, Default)]
pub(super) struct Visits {
    pub(super) rows: Vec<Row<records::Visit>>,
    pub(super) ids: UniqueIds,
}

/// An id beside a record that does not carry one.
#[derive(Clone, Copy, Debug)]
pub(super) struct With<T> {
    pub(super) id: u32,
    pub(super) record: T,
}

/// The good rows of every table, in the order of the input.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub(super) persons: Vec<Row<records::Person>>,
    pub(super) immigration_statuses: Vec<Row<records::ImmigrationStatus>>,
    pub(super) referrals: Vec<Row<records::Referral>>,
    pub(super) assessments: Vec<Row<records::Assessment>>,
    pub(super) strategy_discussions: Vec<Row<records::StrategyDiscussion>>,
    pub(super) section_47_enquiries: Vec<Row<Dated>>,
    pub(super) initial_conferences: Vec<Row<records::InitialConference>>,
    pub(super) cp_plans: Vec<Row<records::CpPlan>>,
    pub(super) cp_visits: Visits,
    pub(super) cp_reviews: Vec<Row<ReviewRow>>,
    pub(super) cin_plans: Vec<Row<records::CinPlan>>,
    pub(super) cin_visits: Visits,
    pub(super) cla_episodes: Vec<Row<With<records::ClaEpisode>>>,
    pub(super) legal_statuses: Vec<Row<With<records::LegalStatus>>>,
    pub(super) cla_placements: Vec<Row<records::Placement>>,
    pub(super) cla_visits: Visits,
    pub(super) cla_reviews: Vec<Row<ReviewRow>>,
    pub(super) care_plans: Vec<Row<With<records::CarePlan>>>,
    pub(super) care_leavers: Vec<Row<records::CareLeaver>>,
    pub(super) activities: Vec<Row<With<records::Activity>>>,
    pub(super) pathway_plans: Vec<Row<With<records::PathwayPlan>>>,
    pub(super) permanence: Vec<Row<records::Permanence>>,
    pub(super) workers: Vec<Row<records::Worker>>,
    pub(super) involvements: Vec<Row<With<records::Involvement>>>,
    pub(super) exit_interviews: Vec<Row<records::ExitInterview>>,
    pub(super) policies: Vec<Row<records::Policy>>,
    pub(super) audits: Vec<Row<records::Audit>>,
    pub(super) complaints: Vec<Row<records::Complaint>>,
    pub(super) compliments: Vec<Row<records::Received>>,
    pub(super) feedback_reports: Vec<Row<records::Received>>,
    pub(super) rag_ratings: Vec<Row<With<records::RagRating>>>,
    pub(super) care_proceedings: Vec<Row<records::CareProceeding>>,
    pub(super) final_order_applications: Vec<Row<records::FinalOrderApplication>>,
    pub(super) step_transfers: Vec<Row<records::StepTransfer>>,
    pub(super) references: Vec<Reference>,
}

impl DatasetBuilder {
    /// Reads each row of a chunk, keeps the good ones by `accept` (`None` = its id is that of an earlier row)
    /// and notes the issues.
    fn read_rows<'a, R: ReadRow<'a>>(
        &mut self,
        chunk: &Chunk<'_>,
        numbers: Option<&[u32]>,
        columns: &[Option<&'a dyn CellColumn>],
        mut accept: impl FnMut(R, u32, &mut Names, &mut Loaded) -> Option<()>,
    ) {
        let Some(supply) = self.supplied.get_mut(R::TABLE) else { return };
        let mut noted = Vec::new();
        let mut reader = RowReader::new(R::TABLE, columns, self.form, &mut noted);
        let mut bad_rows = chunk.bad_rows.iter().copied().peekable();
        for row in 0..chunk.rows {
            supply.rows += 1;
            let number = match numbers {
                Some(numbers) => numbers.get(row).copied().map_or(u64::MAX, u64::from),
                None => supply.rows,
            };
            if bad_rows.next_if_eq(&row).is_some() {
                self.issues.push(DataIssue {
                    table: R::TABLE,
                    row: number,
                    column: 0,
                    code: IssueCode::BadRow,
                    record: None,
                    source: None,
                });
                continue;
            }
            reader.seek(row);
            let read = R::read(&mut reader);
            let was_good = read.is_some();
            // Row numbers beyond four thousand million would need more memory than there is.
            let short = u32::try_from(number).unwrap_or(u32::MAX);
            let kept = read.and_then(|read| accept(read, short, &mut self.names, &mut self.loaded)).is_some();
            supply.used += u64::from(kept);
            if was_good && !kept {
                reader.note(R::TABLE.id_column().unwrap_or_default(), IssueCode::DuplicateId);
            }
            if reader.has_issues() {
                let record = reader.record();
                for (column, code) in reader.take_issues() {
                    self.issues.push(DataIssue {
                        table: R::TABLE,
                        row: number,
                        column,
                        code,
                        record: record.clone(),
                        source: None,
                    });
                }
            }
        }
    }

    #[expect(clippy::too_many_lines, reason = "one arm a table, each its record")]
    pub(super) fn load<'a>(
        &mut self,
        table: Table,
        chunk: &Chunk<'_>,
        numbers: Option<&[u32]>,
        columns: &[Option<&'a dyn CellColumn>],
    ) {
        /// One arm: reads the rows of a table; `$own` is the row's id, defined here.
        macro_rules! load {
            ($read:ident, $field:ident, |$row:ident, $names:ident, $own:ident, $loaded:ident, $number:ident| ($owner:expr, $record:expr)) => {
                self.read_rows::<tables::$read<'a>>(
                    chunk,
                    numbers,
                    columns,
                    |$row, $number, $names, $loaded| {
                        let $own = $names.table_mut(table).define($row.own_id(), $loaded.$field.len())?;
                        let owner = $owner;
                        let record = $record;
                        $loaded.$field.push(Row { owner, number: $number, record });
                        Some(())
                    },
                )
            };
        }
        // Without the column every visit counts as one at which the child was seen.
        let is_seen_recorded =
            table.column("seen").and_then(|place| columns.get(place)).is_some_and(Option::is_some);
        let seen = |value: Option<bool>| !is_seen_recorded || value == Some(true);
        /// One arm of visits.
        macro_rules! visits {
            ($read:ident, $field:ident, $kind:ident) => {
                self.read_rows::<tables::$read<'a>>(chunk, numbers, columns, |row, number, names, loaded| {
                    loaded.$field.ids.push(row.own_id());
                    loaded.$field.rows.push(Row {
                        owner: names.person(&row.person_id),
                        number,
                        record: records::Visit {
                            date: row.date,
                            kind: VisitKind::$kind,
                            seen: seen(row.seen),
                            seen_alone: row.seen_alone,
                        },
                    });
                    Some(())
                })
            };
        }
        match table {
            Table::Persons => load!(PersonRead, persons, |row, names, id, loaded, number| (
                id,
                records::Person {
                    born: row.date_of_birth,
                    expected: row.expected_date_of_birth,
                    died: row.date_of_death,
                }
            )),
            Table::ImmigrationStatuses => {
                self.read_rows::<tables::ImmigrationStatusRead<'a>>(
                    chunk,
                    numbers,
                    columns,
                    |row, number, names, loaded| {
                        let owner = names.person(&row.person_id);
                        let record = records::ImmigrationStatus {
                            start: row.start_date.unwrap_or(Day::MIN),
                            end: row.end_date,
                            is_uasc: row.status.is_some_and(|status| {
                                let status = fold(&status);
                                status == "uasc" || status.starts_with("unaccompaniedasylum")
                            }),
                        };
                        loaded.immigration_statuses.push(Row { owner, number, record });
                        Some(())
                    },
                );
            }
            Table::Referrals => load!(ReferralRead, referrals, |row, names, id, loaded, number| (
                names.person(&row.person_id),
                records::Referral {
                    id,
                    date: row.referral_date,
                    closed: row.close_date,
                    to_early_help: row.close_reason.is_some_and(|reason| fold(&reason) == "rc9"),
                    team: names.team(row.team),
                }
            )),
            Table::Assessments => load!(AssessmentRead, assessments, |row, names, id, loaded, number| (
                names.person(&row.person_id),
                records::Assessment {
                    id,
                    referral: refer(
                        names,
                        loaded,
                        table,
                        "referral_id",
                        number,
                        id,
                        Table::Referrals,
                        row.referral_id
                    ),
                    referral_date: None,
                    referral_closed: None,
                    start: row.start_date,
                    authorised: row.authorised_date,
                    team: names.team(row.team),
                }
            )),
            Table::StrategyDiscussions => {
                load!(StrategyDiscussionRead, strategy_discussions, |row, names, id, loaded, number| (
                    names.person(&row.person_id),
                    records::StrategyDiscussion {
                        id,
                        date: row.date,
                        health: row.health_involved,
                        school: row.school_involved,
                        school_not_applicable: row.school_not_applicable == Some(true),
                    }
                ))
            }
            Table::Section47Enquiries => {
                load!(Section47EnquiryRead, section_47_enquiries, |row, names, id, loaded, number| (
                    names.person(&row.person_id),
                    {
                        refer(
                            names,
                            loaded,
                            table,
                            "referral_id",
                            number,
                            id,
                            Table::Referrals,
                            row.referral_id,
                        );
                        Dated { id, date: row.start_date }
                    }
                ))
            }
            Table::InitialConferences => {
                load!(InitialConferenceRead, initial_conferences, |row, names, id, loaded, number| (
                    names.person(&row.person_id),
                    records::InitialConference {
                        id,
                        date: row.date,
                        transfer_in: row.transfer_in == Some(true),
                        enquiry: refer(
                            names,
                            loaded,
                            table,
                            "s47_enquiry_id",
                            number,
                            id,
                            Table::Section47Enquiries,
                            row.s47_enquiry_id,
                        ),
                        enquiry_start: None,
                        decision: row.decision_date,
                    }
                ))
            }
            Table::CpPlans => load!(CpPlanRead, cp_plans, |row, names, id, loaded, number| (
                names.person(&row.person_id),
                records::CpPlan {
                    id,
                    start: row.start_date,
                    end: row.end_date,
                    other_authority: row.other_authority == Some(true),
                    transfer_in: row.transfer_in == Some(true),
                }
            )),
            Table::CpVisits => visits!(CpVisitRead, cp_visits, Cp),
            Table::CpReviews => load!(CpReviewRead, cp_reviews, |row, names, id, loaded, number| (
                names.person(&row.person_id),
                {
                    let to = Table::CpPlans;
                    let plan =
                        refer(names, loaded, table, "cp_plan_id", number, id, to, Some(row.cp_plan_id))?;
                    ReviewRow { id, of: plan, held: row.date }
                }
            )),
            Table::CinPlans => load!(CinPlanRead, cin_plans, |row, names, id, loaded, number| (
                names.person(&row.person_id),
                records::CinPlan {
                    id,
                    start: row.start_date,
                    end: row.end_date,
                    visit_working_days: row
                        .visit_working_days
                        .and_then(|days| i32::try_from(days).ok())
                        .filter(|days| *days > 0),
                }
            )),
            Table::CinVisits => visits!(CinVisitRead, cin_visits, Cin),
            Table::ClaEpisodes => load!(ClaEpisodeRead, cla_episodes, |row, names, id, loaded, number| (
                names.person(&row.person_id),
                {
                    let cla = names.cla.refer(&row.cla_id);
                    // Several episodes make one period: that the id is there already is no duplicate.
                    names.cla.define(&row.cla_id, loaded.cla_episodes.len());
                    let to = Table::ClaPlacements;
                    let placement =
                        refer(names, loaded, table, "placement_id", number, id, to, row.placement_id);
                    let record = records::ClaEpisode {
                        cla,
                        placement,
                        start: row.start_date,
                        end: row.end_date,
                        start_reason: match row.start_reason.map(|reason| fold(&reason)).as_deref() {
                            Some("p" | "b") => StartReason::NewPlacement,
                            Some("t" | "u") => StartReason::SameCarer,
                            _ => StartReason::Other,
                        },
                    };
                    With { id, record }
                }
            )),
            Table::LegalStatuses => load!(
                LegalStatusRead,
                legal_statuses,
                |row, names, id, loaded, number| (names.person(&row.person_id), {
                    let is_respite = matches!(fold(&row.legal_status).as_str(), "v3" | "v4");
                    With {
                        id,
                        record: records::LegalStatus { start: row.start_date, end: row.end_date, is_respite },
                    }
                })
            ),
            Table::ClaPlacements => {
                load!(ClaPlacementRead, cla_placements, |row, names, id, loaded, number| (
                    names.person(&row.person_id),
                    records::Placement {
                        id,
                        cla: refer_cla(names, loaded, table, number, id, Some(row.cla_id))?,
                        start: row.start_date,
                        end: row.end_date,
                        kind: placement_type(row.placement_type),
                        distance_miles: row.distance_miles,
                        outside_authority: row.outside_authority,
                        carer: row.carer_id.map(|carer| names.carers.intern(&carer)),
                        long_term: row.long_term == Some(true),
                    }
                ))
            }
            Table::ClaVisits => visits!(ClaVisitRead, cla_visits, Cla),
            Table::ClaReviews => load!(ClaReviewRead, cla_reviews, |row, names, id, loaded, number| (0, {
                let cla = refer_cla(names, loaded, table, number, id, Some(row.cla_id))?;
                ReviewRow { id, of: cla, held: row.date.filter(|_| row.cancelled != Some(true)) }
            })),
            Table::CarePlans => load!(CarePlanRead, care_plans, |row, names, id, loaded, number| (
                names.person(&row.person_id),
                With { id, record: records::CarePlan { start: row.start_date, end: row.end_date } }
            )),
            Table::CareLeavers => load!(CareLeaverRead, care_leavers, |row, names, id, loaded, number| (
                names.person(&row.person_id),
                records::CareLeaver {
                    id,
                    eligibility: eligibility(row.eligibility),
                    activity: row.activity.map(|code| activity(&code)),
                    pathway_plan: row.pathway_plan_date,
                    start: row.start_date.unwrap_or(Day::MIN),
                    end: row.end_date,
                }
            )),
            Table::Activities => load!(ActivityRead, activities, |row, names, id, loaded, number| (
                names.person(&row.person_id),
                With { id, record: records::Activity { date: row.date, activity: activity(&row.activity) } }
            )),
            Table::PathwayPlans => load!(PathwayPlanRead, pathway_plans, |row, names, id, loaded, number| (
                names.person(&row.person_id),
                With { id, record: records::PathwayPlan { start: row.start_date, end: row.end_date } }
            )),
            Table::Permanence => load!(PermanenceRead, permanence, |row, names, id, loaded, number| (
                names.person(&row.person_id),
                records::Permanence {
                    id,
                    cla: refer_cla(names, loaded, table, number, id, row.cla_id),
                    placed: row.placed_for_adoption_date,
                    order: row.order_date,
                    is_adoption: row.order_type.is_some_and(|order| fold(&order).starts_with("adoption")),
                    adopted_by_carer: row.adopted_by_carer == Some(true),
                    placed_with_carer: row.placed_foster_carer_date,
                    reversed: row.decision_reversed_date,
                    legacy_or_exceptional: row.legacy_cohort == Some(true)
                        || row.exceptional_cohort == Some(true),
                }
            )),
            Table::Workers => load!(WorkerRead, workers, |row, names, id, loaded, number| (
                id,
                records::Worker {
                    id,
                    fte: row.fte.map(Decimal::hundredths).filter(|fte| *fte > 0),
                    employment: if row.agency == Some(true) {
                        Some(records::Employment::Agency)
                    } else {
                        row.employment.as_deref().and_then(employment)
                    },
                    team_type: row.team_type.as_deref().and_then(TeamType::from_code),
                    team: names.team(row.team),
                    start: row.start_date.unwrap_or(Day::MIN),
                    end: row.end_date,
                    internal_move: row.leaving_type.is_some_and(|kind| kind == "internal_move"),
                    asye_start: row.asye_start_date,
                    asye_end: row.asye_end_date,
                    long_term_absent: row.long_term_absence == Some(true),
                }
            )),
            Table::Involvements => load!(InvolvementRead, involvements, |row, names, id, loaded, number| (
                names.person(&row.person_id),
                {
                    let to = Table::Workers;
                    let worker =
                        refer(names, loaded, table, "worker_id", number, id, to, Some(row.worker_id))?;
                    let person = names.person(&row.person_id);
                    let is_lead = row.role.is_none_or(|role| fold(&role) == "allocatedcaseworker");
                    let record = records::Involvement {
                        worker,
                        person,
                        start: row.start_date,
                        end: row.end_date,
                        is_lead,
                    };
                    With { id, record }
                }
            )),
            Table::ExitInterviews => {
                load!(ExitInterviewRead, exit_interviews, |row, names, id, loaded, number| (0, {
                    let to = Table::Workers;
                    let worker =
                        refer(names, loaded, table, "worker_id", number, id, to, Some(row.worker_id))?;
                    let inside_control = row.primary_reason_inside_control;
                    records::ExitInterview { id, worker, completed: row.completed_date, inside_control }
                }))
            }
            Table::Policies => load!(PolicyRead, policies, |row, names, id, loaded, number| (
                0,
                records::Policy {
                    id,
                    in_force_from: row.in_force_from,
                    retired: row.retired_on,
                    reviewed: row.last_reviewed,
                }
            )),
            Table::Audits => load!(AuditRead, audits, |row, names, id, loaded, number| (
                row.person_id.map_or(NOBODY, |person| names.person(&person)),
                records::Audit {
                    id,
                    completed: row.completed_date,
                    judgement: row.judgement.as_deref().and_then(Judgement::from_code),
                }
            )),
            Table::Complaints => load!(ComplaintRead, complaints, |row, names, id, loaded, number| (
                0,
                records::Complaint {
                    id,
                    received: row.received_date,
                    at_stage_one: row.stage.is_none_or(|stage| stage == 1),
                    stage_two: row.stage_two_date,
                    by_child: row.made_by_child,
                    is_statutory: row.statutory != Some(false),
                }
            )),
            Table::Compliments => load!(ComplimentRead, compliments, |row, names, id, loaded, number| (
                0,
                records::Received { id, date: row.received_date }
            )),
            Table::FeedbackReports => load!(
                FeedbackReportRead,
                feedback_reports,
                |row, names, id, loaded, number| (0, records::Received { id, date: row.date })
            ),
            Table::RagRatings => load!(RagRatingRead, rag_ratings, |row, names, id, loaded, number| (
                names.person(&row.person_id),
                {
                    // The sets of the declaration are closed: nothing else arrives here.
                    let scope = match row.scope.as_ref() {
                        "cp_child" => records::RatingScope::CpChild,
                        "cla_child" => records::RatingScope::ClaChild,
                        _ => records::RatingScope::ClaCarePlan,
                    };
                    let rating = match row.rating.as_ref() {
                        "red" => Rag::Red,
                        "amber" => Rag::Amber,
                        _ => Rag::Green,
                    };
                    With { id, record: records::RagRating { scope, date: row.date, rating } }
                }
            )),
            Table::CareProceedings => {
                load!(CareProceedingRead, care_proceedings, |row, names, id, loaded, number| (
                    0,
                    records::CareProceeding { id, issued: row.issue_date, concluded: row.concluded_date }
                ))
            }
            Table::FinalOrderApplications => {
                load!(
                    FinalOrderApplicationRead,
                    final_order_applications,
                    |row, names, id, loaded, number| (
                        row.person_id.map_or(NOBODY, |person| names.person(&person)),
                        {
                            refer(
                                names,
                                loaded,
                                table,
                                "case_id",
                                number,
                                id,
                                Table::CareProceedings,
                                row.case_id,
                            );
                            records::FinalOrderApplication {
                                id,
                                filed: row.filed_date,
                                decided: row.decided_date,
                                sought: row.order_sought.map(|order| names.orders.intern(&fold(&order))),
                                made: row.order_made.map(|order| match fold(&order).as_str() {
                                    "withdrawn" => OrderMade::Withdrawn,
                                    order => OrderMade::Order(names.orders.intern(order)),
                                }),
                            }
                        }
                    )
                )
            }
            Table::StepTransfers => {
                load!(StepTransferRead, step_transfers, |row, names, id, loaded, number| (
                    names.person(&row.person_id),
                    records::StepTransfer {
                        id,
                        date: row.date,
                        to_early_help: row.direction == "to_early_help"
                    }
                ))
            }
        }
    }
}

/// The owner of a row that names no person.
pub(super) const NOBODY: u32 = u32::MAX;

#[expect(clippy::too_many_arguments, reason = "a reference is where it stands and where it points")]
fn refer(
    names: &mut Names,
    loaded: &mut Loaded,
    table: Table,
    column: &str,
    number: u32,
    record: u32,
    to: Table,
    id: Option<Cow<'_, str>>,
) -> Option<u32> {
    let id = names.table_mut(to).refer(&id?);
    let column = table.column(column).unwrap_or_default();
    loaded.references.push(Reference { table, column, number, record, to, id });
    Some(id)
}

fn refer_cla(
    names: &mut Names,
    loaded: &mut Loaded,
    table: Table,
    number: u32,
    record: u32,
    id: Option<Cow<'_, str>>,
) -> Option<u32> {
    let id = names.cla.refer(&id?);
    let column = table.column("cla_id").unwrap_or_default();
    loaded.references.push(Reference { table, column, number, record, to: Table::ClaEpisodes, id });
    Some(id)
}

fn placement_type(code: Option<Cow<'_, str>>) -> records::PlacementType {
    use records::PlacementType::{AdoptionByCarer, Other, Temporary};
    match code.map(|code| fold(&code)).as_deref() {
        Some("t0" | "t2") => Temporary { limit: None },
        Some("t1") => Temporary { limit: Some(42) },
        Some("t3") => Temporary { limit: Some(21) },
        Some("t4") => Temporary { limit: Some(7) },
        Some("a3" | "a5") => AdoptionByCarer,
        _ => Other,
    }
}

fn eligibility(code: Option<Cow<'_, str>>) -> records::Eligibility {
    let code = code.map(|code| fold(&code)).unwrap_or_default();
    if code.starts_with("formerrelevant") {
        records::Eligibility::FormerRelevant
    } else if code.starts_with("relevant") {
        records::Eligibility::Relevant
    } else {
        records::Eligibility::Other
    }
}

fn activity(code: &str) -> records::ActivityCode {
    use records::ActivityCode::{InEducationOrWork, Neet, Unknown};
    match fold(code).as_str() {
        "g4" | "g5" | "g6" => Neet,
        "f1" | "p1" | "f2" | "p2" | "f4" | "p4" | "f5" | "p5" => InEducationOrWork,
        _ => Unknown,
    }
}

fn employment(code: &str) -> Option<records::Employment> {
    match code {
        "permanent" => Some(records::Employment::Permanent),
        "fixed_term" => Some(records::Employment::FixedTerm),
        "agency" => Some(records::Employment::Agency),
        _ => None,
    }
}
