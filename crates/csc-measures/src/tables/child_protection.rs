//! Child protection: strategy discussions, enquiries, conferences, plans, visits, reviews.

use std::cmp::Ordering;

use super::declare::*;
use super::{ByPerson, Given, Joined, Keep};
use crate::value::index::{IdNo, PersonNo};

table! {
    /// Strategy discussions: one row a child and discussion.
    StrategyDiscussions strategy_discussions => StrategyDiscussion, StrategyDiscussionRead {
        discussion_id: unique id, "identifies the row";
        person_id: required id -> Persons, "the person";
        date: required date [latest], "the date";
        health_involved: optional bool, "took part; null = not recorded";
        school_involved: optional bool, "took part; null = not recorded";
        school_not_applicable: optional bool, "whether the child is on no school roll";
    }
}

table! {
    /// Enquiries under section 47 of the Children Act 1989: one row a child and enquiry.
    Section47Enquiries section_47_enquiries "ssd_s47_enquiry" => Section47Enquiry, Section47EnquiryRead {
        s47_enquiry_id: unique id = "s47e_s47_enquiry_id", "identifies the row";
        person_id: required id -> Persons = "s47e_person_id", "the person";
        referral_id: optional id -> Referrals [only_checked] = "s47e_referral_id", "the referral";
        start_date: required date [latest, fact("strategy_date")] = "s47e_s47_start_date", "date of the strategy discussion that initiated the enquiry";
    }
}

table! {
    /// Initial child protection conferences, held or still to be held: one row a child.
    InitialConferences initial_conferences "ssd_initial_cp_conference" => InitialConference, InitialConferenceRead {
        icpc_id: unique id = "icpc_icpc_id", "identifies the row";
        person_id: required id -> Persons = "icpc_person_id", "the person";
        s47_enquiry_id: optional id -> Section47Enquiries = "icpc_s47_enquiry_id", "the enquiry";
        date: optional date [latest, null_tells] = "icpc_icpc_date", "null = not held yet";
        transfer_in: optional bool = "icpc_icpc_transfer_in", "whether the child moved in from another authority with it";
        decision_date: optional date, "decision that a conference is needed; read only under icpc_clock = decision";
    }
}

table! {
    /// Child protection plans.
    CpPlans cp_plans "ssd_cp_plans" => CpPlan, CpPlanRead {
        cp_plan_id: unique id = "cppl_cp_plan_id", "identifies the row";
        person_id: required id -> Persons = "cppl_person_id", "the person";
        start_date: required date [history, latest] = "cppl_cp_plan_start_date", "the first day";
        end_date: optional date [ends, warned("no_end_dates")] = "cppl_cp_plan_end_date", "the first day it no longer holds; null = open";
        other_authority: optional bool = "cppl_cp_plan_ola", "temporary plan held for another authority";
        transfer_in: optional bool, "whether the child moved in from another authority with it";
    } pairs {
        end_date after start_date: out;
    }
}

table! {
    /// Child protection review conferences.
    CpReviews cp_reviews "ssd_cp_reviews" => CpReview, CpReviewRead {
        cp_review_id: unique id = "cppr_cp_review_id", "identifies the row";
        person_id: required id -> Persons = "cppr_person_id", "the person";
        cp_plan_id: required id -> CpPlans = "cppr_cp_plan_id", "the plan";
        date: optional date [latest, null_tells] = "cppr_cp_review_date", "null = not held";
    }
}

impl Keep for StrategyDiscussion {
    type Record = records::StrategyDiscussion;
    type Keeping = ByPerson;
    const IS_NAMED: bool = true;

    fn owner(row: &StrategyDiscussionRead<'_>) -> Option<PersonNo> {
        Some(row.person_id)
    }

    fn keep(row: StrategyDiscussionRead<'_>, _: &mut Given<'_>) -> records::StrategyDiscussion {
        records::StrategyDiscussion {
            id: row.discussion_id,
            date: row.date,
            health: row.health_involved,
            school: row.school_involved,
            school_not_applicable: row.school_not_applicable == Some(true),
        }
    }

    fn order(a: &records::StrategyDiscussion, b: &records::StrategyDiscussion) -> Ordering {
        a.date.cmp(&b.date)
    }
}

impl Keep for Section47Enquiry {
    type Record = records::Section47Enquiry;
    type Keeping = Joined;

    fn owner(row: &Section47EnquiryRead<'_>) -> Option<PersonNo> {
        Some(row.person_id)
    }

    fn keep(row: Section47EnquiryRead<'_>, _: &mut Given<'_>) -> records::Section47Enquiry {
        records::Section47Enquiry { start: row.start_date }
    }
}

impl Keep for InitialConference {
    type Record = records::InitialConference;
    type Keeping = ByPerson;
    const IS_NAMED: bool = true;
    const EQUALS_BY_ID: bool = true;

    fn owner(row: &InitialConferenceRead<'_>) -> Option<PersonNo> {
        Some(row.person_id)
    }

    fn keep(row: InitialConferenceRead<'_>, _: &mut Given<'_>) -> records::InitialConference {
        records::InitialConference {
            id: row.icpc_id,
            date: row.date,
            transfer_in: row.transfer_in == Some(true),
            enquiry: row.s47_enquiry_id,
            enquiry_start: None,
            decision: row.decision_date,
            closed: None,
            team: None,
        }
    }

    fn order(a: &records::InitialConference, b: &records::InitialConference) -> Ordering {
        a.date.cmp(&b.date)
    }
}

impl Keep for CpPlan {
    type Record = records::CpPlan;
    type Keeping = ByPerson;
    const IS_NAMED: bool = true;
    const EQUALS_BY_ID: bool = true;

    fn owner(row: &CpPlanRead<'_>) -> Option<PersonNo> {
        Some(row.person_id)
    }

    fn keep(row: CpPlanRead<'_>, _: &mut Given<'_>) -> records::CpPlan {
        records::CpPlan {
            id: row.cp_plan_id,
            start: row.start_date,
            end: row.end_date,
            other_authority: row.other_authority == Some(true),
            transfer_in: row.transfer_in == Some(true),
        }
    }

    fn order(a: &records::CpPlan, b: &records::CpPlan) -> Ordering {
        a.start.cmp(&b.start)
    }
}

impl Keep for CpReview {
    type Record = records::ReviewRow<IdNo>;
    type Keeping = Joined;

    fn owner(row: &CpReviewRead<'_>) -> Option<PersonNo> {
        Some(row.person_id)
    }

    fn keep(row: CpReviewRead<'_>, _: &mut Given<'_>) -> records::ReviewRow<IdNo> {
        records::ReviewRow { of: row.cp_plan_id, held: row.date }
    }
}

pub(crate) mod records {
    //! What is kept of the rows.

    use crate::tables::interval::intervals;
    use crate::time::Day;
    use crate::value::index::{IdNo, TeamNo};
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct StrategyDiscussion {
        pub(crate) id: IdNo,
        pub(crate) date: Day,
        pub(crate) health: Option<bool>,
        pub(crate) school: Option<bool>,
        pub(crate) school_not_applicable: bool,
    }

    #[derive(Clone, Copy, Debug)]
    pub(crate) struct InitialConference {
        pub(crate) id: IdNo,
        pub(crate) date: Option<Day>,
        pub(crate) transfer_in: bool,
        pub(crate) enquiry: Option<IdNo>,
        /// Of the linked section 47 enquiry: the strategy discussion that initiated it.
        pub(crate) enquiry_start: Option<Day>,
        pub(crate) decision: Option<Day>,
        /// From when on nobody waits for it: it was open no longer than its year.
        pub(crate) closed: Option<Day>,
        /// The team of the case, if nobody knows that of the child's worker.
        pub(crate) team: Option<TeamNo>,
    }

    #[derive(Clone, Copy, Debug)]
    pub(crate) struct CpPlan {
        pub(crate) id: IdNo,
        pub(crate) start: Day,
        pub(crate) end: Option<Day>,
        pub(crate) other_authority: bool,
        pub(crate) transfer_in: bool,
    }

    /// A section 47 enquiry: the day of the strategy discussion that initiated it.
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Section47Enquiry {
        pub(crate) start: Day,
    }

    /// A review as it came: held ones become records, and each is checked against its chain.
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct ReviewRow<Of> {
        /// The plan or the `cla_id`.
        pub(crate) of: Of,
        /// `None`: not held.
        pub(crate) held: Option<Day>,
    }

    /// A review that was held: of a child protection plan, or of a `cla_id`.
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Review<Of> {
        pub(crate) of: Of,
        pub(crate) date: Day,
    }

    intervals!(CpPlan);
}
