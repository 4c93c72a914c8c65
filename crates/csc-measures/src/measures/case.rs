//! One case of a measure: what was judged, how it came out, and why.

use chrono::NaiveDate;
use serde::Serialize;

use crate::dataset::Data;
use crate::tables::Table;
use crate::time::Day;
use crate::value::Amount;
use crate::value::Rag;
use crate::value::index::{ClaNo, IdNo, PersonIx, WorkerNo};
use crate::value::names::fold_alike;

/// Which tables tell a case. Whether a table can be used is known when all parts are put together, so cases that hang on
/// it are handed on in both ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Basis {
    /// All that the measure asks first.
    #[default]
    ByItsTable,
    /// Others, from which it is worked out, or those that are left if one cannot be used.
    ByOthers,
}

impl Basis {
    /// Both of them.
    pub(crate) const ALL: [Self; 2] = [Self::ByItsTable, Self::ByOthers];
}

/// How a case came out: exactly one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// An obligation met in time, or a test passed.
    Met,
    /// Done late.
    Late,
    /// Not done, and past due.
    Overdue,
    /// A test failed.
    NotMet,
    /// A fact that is so.
    Counted,
    /// A fact that is not so.
    NotCounted,
    /// Not done, and not due yet. Outside the denominator.
    NotYetDue,
    /// Ended before it was due. Outside the denominator.
    Extinguished,
    /// The question does not arise. Outside the denominator.
    NotApplicable,
    /// The data do not say. Outside the denominator.
    Unknown,
}

impl Outcome {
    /// Every outcome, in the order in which results list them.
    pub const ALL: [Self; 10] = [
        Self::Met,
        Self::Late,
        Self::Overdue,
        Self::NotMet,
        Self::Counted,
        Self::NotCounted,
        Self::NotYetDue,
        Self::Extinguished,
        Self::NotApplicable,
        Self::Unknown,
    ];

    /// The outcome in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Late => "late",
            Self::Overdue => "overdue",
            Self::NotMet => "not_met",
            Self::Counted => "counted",
            Self::NotCounted => "not_counted",
            Self::NotYetDue => "not_yet_due",
            Self::Extinguished => "extinguished",
            Self::NotApplicable => "not_applicable",
            Self::Unknown => "unknown",
        }
    }

    /// Whether it is in the numerator.
    #[must_use]
    pub const fn is_in_numerator(self) -> bool {
        matches!(self, Self::Met | Self::Counted)
    }

    /// Whether it is in the denominator.
    #[must_use]
    pub const fn is_in_denominator(self) -> bool {
        !matches!(self, Self::NotYetDue | Self::Extinguished | Self::NotApplicable | Self::Unknown)
    }
}

macro_rules! reasons {
    ($( $(#[doc = $doc:literal])+ $reason:ident = $code:literal, )+) => {
        /// Why a case came out as it did, if the outcome alone does not tell. The codes are stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[non_exhaustive]
        pub enum Reason {
            $( $(#[doc = $doc])+ #[serde(rename = $code)] $reason, )+
        }

        impl Reason {
            /// Every reason.
            pub const ALL: &'static [Self] = &[$(Self::$reason),+];

            /// The stable code.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$reason => $code,)+ }
            }

            /// What it means.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self { $(Self::$reason => concat!($($doc),+),)+ }
            }
        }
    };
}

reasons! {
    /// The child is not born yet.
    Unborn = "unborn",
    /// The child was expected more than 28 days ago and no birth is recorded.
    BirthNotRecorded = "birth_not_recorded",
    /// No care plan of this period of care is open.
    NoCarePlan = "no_care_plan",
    /// No rating is recorded for this plan or period.
    Unrated = "unrated",
    /// The row that starts the clock is not linked, or the date that starts it is not recorded.
    NoLink = "no_link",
    /// A date lies outside the calendar of working days.
    OutsideCalendar = "outside_calendar",
    /// A case is allocated to a worker who has no row.
    NoWorker = "no_worker",
    /// A case is allocated to a worker who is not in post.
    NotInPost = "not_in_post",
    /// The worker's full-time equivalent is not known.
    NoFte = "no_fte",
    /// The worker's employment is not known.
    NoEmployment = "no_employment",
    /// The worker is absent for long.
    LongTermAbsent = "long_term_absent",
    /// The leaver moved within the authority.
    InternalMove = "internal_move",
    /// The policy has no date of review or issue.
    NoReviewDate = "no_review_date",
    /// The last review is dated after the day, and the one before is not known.
    ReviewedAfter = "reviewed_after",
    /// It was done before its clock started.
    DoneBeforeStart = "done_before_start",
    /// What the measure asks is not recorded.
    NotRecorded = "not_recorded",
    /// The child is on no school roll.
    SchoolNotApplicable = "school_not_applicable",
    /// The child is not of the ages that the measure asks about.
    OutsideAge = "outside_age",
    /// The date of birth is not known.
    AgeNotKnown = "age_not_known",
    /// An unaccompanied asylum-seeking child has no home to measure from.
    Uasc = "uasc",
    /// No placement is recorded.
    NoPlacement = "no_placement",
    /// The distance from home is not known.
    DistanceNotKnown = "distance_not_known",
    /// Whether the placement is outside the authority is not known.
    OutsideAuthorityNotKnown = "outside_authority_not_known",
    /// No date of placement for adoption is recorded.
    NoPlacedDate = "no_placed_date",
    /// Placed for adoption after the order.
    PlacedAfterOrder = "placed_after_order",
    /// No period of care holds the placement.
    NoCarePeriod = "no_care_period",
    /// Of the legacy or the exceptional cohort.
    LegacyOrExceptional = "legacy_or_exceptional",
    /// The activity is not known, or was recorded too long ago.
    ActivityNotKnown = "activity_not_known",
    /// The care ended before the plan was due.
    LeftBeforeDue = "left_before_due",
    /// The plan is overdue.
    Overdue = "overdue",
    /// The plan is not due yet.
    NotYetDue = "not_yet_due",
    /// The child is not an eligible child.
    NotEligible = "not_eligible",
    /// The application is not decided.
    NotDecided = "not_decided",
    /// The authority withdrew the application.
    Withdrawn = "withdrawn",
    /// The order sought or made is not recorded.
    OrderNotRecorded = "order_not_recorded",
    /// The law that the measure asks about was not in force.
    OutsideLaw = "outside_law",
    /// The law suspended the limit while it ran out.
    RelaxedLaw = "relaxed_law",
    /// After the first adoption review the adoption agency decides how often the child is visited.
    AgencyDecides = "agency_decides",
    /// The type of the placement is not recorded.
    PlacementTypeNotRecorded = "placement_type_not_recorded",
    /// The legal status is not recorded.
    LegalStatusNotRecorded = "legal_status_not_recorded",
    /// Whether parents were assessed before the child was placed with them is not recorded.
    AssessmentNotRecorded = "assessment_not_recorded",
    /// Whether a care order has effect is open, while a placement order or a freeing order is in force.
    OrderSuspended = "order_suspended",
    /// A child with parents under section 20 is not in care.
    P1NotInCare = "p1_not_in_care",
    /// Whether another body makes the living arrangements is not recorded.
    ArrangementsNotRecorded = "arrangements_not_recorded",
    /// Whether the child lives with a parent is not recorded.
    ParentNotRecorded = "parent_not_recorded",
    /// Whether the child agreed to fewer visits is not recorded.
    AgreementNotRecorded = "agreement_not_recorded",
    /// Whether the carer's approval is temporary is not recorded.
    ApprovalNotRecorded = "approval_not_recorded",
    /// Whether the placement is meant to last until 18 is not recorded.
    LongTermNotRecorded = "long_term_not_recorded",
    /// The table of reviews was not supplied.
    ReviewsNotRecorded = "reviews_not_recorded",
    /// The court, and not ten working days, sets the time for the care plan of a child in proceedings.
    CourtTimetable = "court_timetable",
    /// A leaver who joined within the twelve months.
    JoinedInPeriod = "joined_in_period",
    /// The child did not accept the interview, and none was held.
    Declined = "declined",
    /// How many cases the worker holds is not recorded.
    NoCasesHeld = "no_cases_held",
    /// What decides the case is there and cannot be read, or lies after the day that its table is as at.
    Unreadable = "unreadable",
}

/// The paragraph by which a visit to a child looked after is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[non_exhaustive]
pub enum VisitRule {
    /// Every child to whom no other paragraph applies.
    #[serde(rename = "28(2)")]
    Reg28_2,
    /// Placed with parents before they were assessed.
    #[serde(rename = "28(3)")]
    Reg28_3,
    /// In a long-term foster placement, and agreed to fewer visits.
    #[serde(rename = "28(3A)")]
    Reg28_3A,
    /// With a connected person whose approval is temporary, or with parents under an interim care order.
    #[serde(rename = "28(4)")]
    Reg28_4,
    /// With parents under a care order.
    #[serde(rename = "28(5)")]
    Reg28_5,
    /// In care, where another body makes the living arrangements.
    #[serde(rename = "28(6)")]
    Reg28_6,
    /// Placed for adoption: the Adoption Agencies Regulations 2005.
    #[serde(rename = "AAR 36(4)")]
    Adoption36_4,
}

impl VisitRule {
    /// The paragraph as it is written in cases, such as `28(3A)`; the numbers are those of the Care Planning,
    /// Placement and Case Review (England) Regulations 2010.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reg28_2 => "28(2)",
            Self::Reg28_3 => "28(3)",
            Self::Reg28_3A => "28(3A)",
            Self::Reg28_4 => "28(4)",
            Self::Reg28_5 => "28(5)",
            Self::Reg28_6 => "28(6)",
            Self::Adoption36_4 => "AAR 36(4)",
        }
    }
}

/// A case with everything that decided it, as callers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Case {
    /// Whom or what the case is about: the id of a person, worker, policy, audit and so on.
    pub subject: String,
    /// The id of the record judged, if the subject has several.
    pub record: Option<String>,
    /// How it came out.
    pub outcome: Outcome,
    /// Why, if the outcome alone does not tell.
    pub reason: Option<Reason>,
    /// The day the clock ran from.
    pub anchor: Option<NaiveDate>,
    /// The last day in time; for a working-day clock the last working day in time.
    pub due: Option<NaiveDate>,
    /// The day it was done, if by the month's end.
    pub done: Option<NaiveDate>,
    /// Units of the clock (working days, or else calendar days) from the anchor to the day it was done, or to
    /// the month's end.
    pub elapsed: Option<i32>,
    /// The colour of the obligation, or the recorded rating.
    pub rag: Option<Rag>,
    /// What the case adds to the numerator; `None` outside.
    pub numerator: Option<Amount>,
    /// What the case adds to the denominator; `None` outside, and in counts.
    pub denominator: Option<Amount>,
    /// The paragraph by which a visit of regulation 28 is due; the inner `None` if no rule was in force. Cases of
    /// other measures have none, and no such key in JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<Option<VisitRule>>,
    /// The team: that of the record judged, if it names one, else of the worker. Tables of cases have it, JSON has not.
    #[serde(skip)]
    pub team: Option<String>,
    /// The id of the worker to whom the person is allocated on the day by which the case is in the month; of caseloads,
    /// newly qualified workers, permanence and turnover the worker's own. Tables of cases have it, JSON has not.
    #[serde(skip)]
    pub worker: Option<String>,
    /// By dimension the group, if the scorecard was broken down; empty if the measure has no groups. The inner `None`: what
    /// the cases are grouped by is not recorded. Without a breakdown JSON has no such key.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "by_dimension")]
    pub groups: Option<Vec<(String, Option<String>)>>,
}

fn by_dimension<S: serde::Serializer>(
    groups: &Option<Vec<(String, Option<String>)>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(groups.iter().flatten().map(|(dimension, group)| (dimension, group)))
}

impl Case {
    /// Whether the case is of a team. Names are compared in lower case, without blanks, `-` and `_`.
    #[must_use]
    pub fn is_of_team(&self, name: &str) -> bool {
        self.team.as_deref().is_some_and(|team| fold_alike(team, name))
    }

    /// The group of the case in a dimension that the scorecard was broken down by; `None` if what cases are grouped by is
    /// not recorded, and in a dimension that was not asked for.
    #[must_use]
    pub fn group(&self, dimension: &str) -> Option<&str> {
        let groups = self.groups.iter().flatten();
        groups.into_iter().find(|(name, _)| name == dimension).and_then(|(_, group)| group.as_deref())
    }
}

/// Whose or which a case is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Name {
    Person(PersonIx),
    Worker(WorkerNo),
    Row(Table, IdNo),
    Cla(ClaNo),
}

impl Name {
    pub(crate) fn text(self, data: &Data) -> &str {
        match self {
            Self::Person(index) => data.person_id(index),
            Self::Worker(worker) => data.worker_id(worker),
            Self::Row(table, id) => data.record_id(table, id),
            Self::Cla(id) => data.cla_id(id),
        }
    }
}

/// How a case came out and what it adds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Verdict {
    pub(crate) outcome: Outcome,
    pub(crate) reason: Option<Reason>,
    /// What it adds to numerator and denominator, unless each case adds one.
    pub(crate) weight: Option<(Option<Amount>, Option<Amount>)>,
}

impl Verdict {
    pub(crate) const MET: Self = Self::of(Outcome::Met);
    pub(crate) const LATE: Self = Self::of(Outcome::Late);
    pub(crate) const OVERDUE: Self = Self::of(Outcome::Overdue);
    pub(crate) const NOT_MET: Self = Self::of(Outcome::NotMet);
    pub(crate) const COUNTED: Self = Self::of(Outcome::Counted);
    pub(crate) const NOT_COUNTED: Self = Self::of(Outcome::NotCounted);
    pub(crate) const NOT_YET_DUE: Self = Self::of(Outcome::NotYetDue);

    pub(crate) const fn of(outcome: Outcome) -> Self {
        Self { outcome, reason: None, weight: None }
    }

    pub(crate) const fn unknown(reason: Reason) -> Self {
        Self::of(Outcome::Unknown).because(reason)
    }

    pub(crate) const fn not_applicable(reason: Reason) -> Self {
        Self::of(Outcome::NotApplicable).because(reason)
    }

    pub(crate) const fn because(self, reason: Reason) -> Self {
        Self { reason: Some(reason), ..self }
    }

    pub(crate) const fn weighing(self, numerator: Option<Amount>, denominator: Option<Amount>) -> Self {
        Self { weight: Some((numerator, denominator)), ..self }
    }

    /// A fact that is so, is not so, or is not recorded.
    pub(crate) fn fact(value: Option<bool>) -> Self {
        match value {
            Some(true) => Self::COUNTED,
            Some(false) => Self::NOT_COUNTED,
            None => Self::unknown(Reason::NotRecorded),
        }
    }

    /// Met in time, or late.
    pub(crate) const fn in_time(in_time: bool) -> Self {
        if in_time { Self::MET } else { Self::LATE }
    }
}

/// What a case says besides its verdict; worked out only if somebody asks for the cases.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Detail {
    pub(crate) subject: Name,
    pub(crate) record: Option<Name>,
    pub(crate) anchor: Option<Day>,
    pub(crate) due: Option<Day>,
    pub(crate) done: Option<Day>,
    pub(crate) elapsed: Option<i32>,
    pub(crate) rag: Option<Rag>,
    /// Only of visits by regulation 28.
    pub(crate) rule: Option<Option<VisitRule>>,
}

impl Detail {
    /// Without any dates: a rating, or a fact on the day.
    pub(crate) const fn of(subject: Name, record: Option<Name>) -> Self {
        Self { subject, record, anchor: None, due: None, done: None, elapsed: None, rag: None, rule: None }
    }

    /// A plain event.
    pub(crate) const fn on(self, day: Day) -> Self {
        Self { done: Some(day), ..self }
    }

    pub(crate) const fn rated(self, rag: Option<Rag>) -> Self {
        Self { rag, ..self }
    }
}
