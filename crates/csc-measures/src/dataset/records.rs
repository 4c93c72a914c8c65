//! The rows as the measures read them: days, small numbers for ids, codes as types. A person's rows of a
//! table lie together, ordered by start (then id as text), so that "the later start, then the greater id" is
//! simply the last.

use crate::dates::Day;
use crate::value::Decimal;
use crate::value::Rag;

/// An interval that holds from its first day until the day before its end.
pub(crate) trait Interval {
    fn start(&self) -> Day;
    fn end(&self) -> Option<Day>;

    /// Whether it holds on a day.
    fn is_open(&self, day: Day) -> bool {
        self.start() <= day && self.end().is_none_or(|end| end > day)
    }
}

macro_rules! intervals {
    ($($record:ident),+) => {
        $(impl Interval for $record {
            fn start(&self) -> Day {
                self.start
            }

            fn end(&self) -> Option<Day> {
                self.end
            }
        })+
    };
}
intervals!(
    ImmigrationStatus,
    CpPlan,
    CinPlan,
    ClaEpisode,
    LegalStatus,
    Placement,
    CarePlan,
    CareLeaver,
    PathwayPlan,
    Worker,
    Involvement,
    Allocation
);

/// A person; one without a row has no dates.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Person {
    pub(crate) born: Option<Day>,
    pub(crate) expected: Option<Day>,
    pub(crate) died: Option<Day>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct ImmigrationStatus {
    pub(crate) start: Day,
    pub(crate) end: Option<Day>,
    pub(crate) is_uasc: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Referral {
    pub(crate) id: u32,
    pub(crate) date: Day,
    pub(crate) closed: Option<Day>,
    /// Closed after assessment, referred to early help (CIN census RC9).
    pub(crate) to_early_help: bool,
    pub(crate) team: Option<u32>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Assessment {
    pub(crate) id: u32,
    pub(crate) referral: Option<u32>,
    /// Of the linked referral, where there is one.
    pub(crate) referral_date: Option<Day>,
    pub(crate) referral_closed: Option<Day>,
    pub(crate) start: Day,
    pub(crate) authorised: Option<Day>,
    pub(crate) team: Option<u32>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct StrategyDiscussion {
    pub(crate) id: u32,
    pub(crate) date: Day,
    pub(crate) health: Option<bool>,
    pub(crate) school: Option<bool>,
    pub(crate) school_not_applicable: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct InitialConference {
    pub(crate) id: u32,
    pub(crate) date: Option<Day>,
    pub(crate) transfer_in: bool,
    pub(crate) enquiry: Option<u32>,
    /// Of the linked section 47 enquiry: the strategy discussion that initiated it.
    pub(crate) enquiry_start: Option<Day>,
    pub(crate) decision: Option<Day>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct CpPlan {
    pub(crate) id: u32,
    pub(crate) start: Day,
    pub(crate) end: Option<Day>,
    pub(crate) other_authority: bool,
    pub(crate) transfer_in: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct CinPlan {
    pub(crate) id: u32,
    pub(crate) start: Day,
    pub(crate) end: Option<Day>,
    /// The interval agreed for this child, in working days.
    pub(crate) visit_working_days: Option<i32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum VisitKind {
    Cp,
    Cin,
    Cla,
}

/// A visit of any of the three kinds: eight bytes, for there are millions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Visit {
    pub(crate) date: Day,
    pub(crate) kind: VisitKind,
    pub(crate) seen: bool,
    pub(crate) seen_alone: Option<bool>,
}

/// A review that was held: of a child protection plan, or of a `cla_id`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Review {
    /// The plan or the `cla_id`.
    pub(crate) of: u32,
    pub(crate) date: Day,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StartReason {
    /// P or B: a new placement (with a new legal status).
    NewPlacement,
    /// T or U: a new placement with the same carer.
    SameCarer,
    Other,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct ClaEpisode {
    pub(crate) cla: u32,
    pub(crate) placement: Option<u32>,
    pub(crate) start: Day,
    pub(crate) end: Option<Day>,
    pub(crate) start_reason: StartReason,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct LegalStatus {
    pub(crate) start: Day,
    pub(crate) end: Option<Day>,
    /// V3 or V4: a short break.
    pub(crate) is_respite: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlacementType {
    /// T0 to T4, by the number of days that such a placement may last.
    Temporary {
        limit: Option<i32>,
    },
    /// A3 or A5: placed for adoption with the current foster carer.
    AdoptionByCarer,
    Other,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Placement {
    pub(crate) id: u32,
    pub(crate) cla: u32,
    pub(crate) start: Day,
    pub(crate) end: Option<Day>,
    pub(crate) kind: PlacementType,
    pub(crate) distance_miles: Option<Decimal>,
    pub(crate) outside_authority: Option<bool>,
    pub(crate) carer: Option<u32>,
    pub(crate) long_term: bool,
}

impl Placement {
    pub(crate) fn is_temporary(&self) -> bool {
        matches!(self.kind, PlacementType::Temporary { .. })
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct CarePlan {
    pub(crate) start: Day,
    pub(crate) end: Option<Day>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Eligibility {
    Relevant,
    FormerRelevant,
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ActivityCode {
    /// G4, G5, G6: not in education, employment or training.
    Neet,
    /// F1 P1 F2 P2 F4 P4 F5 P5.
    InEducationOrWork,
    Unknown,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct CareLeaver {
    pub(crate) id: u32,
    pub(crate) eligibility: Eligibility,
    pub(crate) activity: Option<ActivityCode>,
    pub(crate) pathway_plan: Option<Day>,
    pub(crate) start: Day,
    pub(crate) end: Option<Day>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Activity {
    pub(crate) date: Day,
    pub(crate) activity: ActivityCode,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct PathwayPlan {
    pub(crate) start: Day,
    pub(crate) end: Option<Day>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Permanence {
    pub(crate) id: u32,
    pub(crate) cla: Option<u32>,
    pub(crate) placed: Option<Day>,
    pub(crate) order: Option<Day>,
    pub(crate) is_adoption: bool,
    pub(crate) adopted_by_carer: bool,
    pub(crate) placed_with_carer: Option<Day>,
    pub(crate) reversed: Option<Day>,
    pub(crate) legacy_or_exceptional: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RatingScope {
    CpChild,
    ClaChild,
    ClaCarePlan,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct RagRating {
    pub(crate) scope: RatingScope,
    pub(crate) date: Day,
    pub(crate) rating: Rag,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct StepTransfer {
    pub(crate) id: u32,
    pub(crate) date: Day,
    pub(crate) to_early_help: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Employment {
    Permanent,
    FixedTerm,
    Agency,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Worker {
    pub(crate) id: u32,
    /// In hundredths, above nought; anything else is not known.
    pub(crate) fte: Option<i64>,
    pub(crate) employment: Option<Employment>,
    pub(crate) team_type: Option<crate::policy::TeamType>,
    pub(crate) team: Option<u32>,
    pub(crate) start: Day,
    pub(crate) end: Option<Day>,
    pub(crate) internal_move: bool,
    pub(crate) asye_start: Option<Day>,
    pub(crate) asye_end: Option<Day>,
    pub(crate) long_term_absent: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Involvement {
    pub(crate) worker: u32,
    pub(crate) person: u32,
    pub(crate) start: Day,
    pub(crate) end: Option<Day>,
    /// Without a role, or the allocated case worker.
    pub(crate) is_lead: bool,
}

/// A child's lead worker for a time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Allocation {
    pub(crate) worker: u32,
    pub(crate) start: Day,
    pub(crate) end: Option<Day>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct ExitInterview {
    pub(crate) id: u32,
    pub(crate) worker: u32,
    pub(crate) completed: Option<Day>,
    pub(crate) inside_control: Option<bool>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Policy {
    pub(crate) id: u32,
    pub(crate) in_force_from: Option<Day>,
    pub(crate) retired: Option<Day>,
    pub(crate) reviewed: Option<Day>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Audit {
    pub(crate) id: u32,
    pub(crate) completed: Option<Day>,
    pub(crate) judgement: Option<crate::policy::Judgement>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Complaint {
    pub(crate) id: u32,
    pub(crate) received: Day,
    pub(crate) at_stage_one: bool,
    pub(crate) stage_two: Option<Day>,
    pub(crate) by_child: Option<bool>,
    pub(crate) is_statutory: bool,
}

/// A compliment or a feedback report: something that came on a day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Received {
    pub(crate) id: u32,
    pub(crate) date: Day,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct CareProceeding {
    pub(crate) id: u32,
    pub(crate) issued: Day,
    pub(crate) concluded: Option<Day>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct FinalOrderApplication {
    pub(crate) id: u32,
    pub(crate) filed: Option<Day>,
    pub(crate) decided: Option<Day>,
    pub(crate) sought: Option<u32>,
    pub(crate) made: Option<OrderMade>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OrderMade {
    Withdrawn,
    Order(u32),
}
