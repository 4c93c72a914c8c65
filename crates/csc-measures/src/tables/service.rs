//! The service: policies, audits, complaints, compliments, feedback, recorded ratings.

use std::cmp::Ordering;

use super::declare::*;
use super::{ByPerson, Given, Keep, Listed};
use crate::column::Coded;
use crate::policy::Judgement;
use crate::value::Rag;
use crate::value::index::PersonNo;
use records::RatingScope;

table! {
    /// The service's policies and procedures.
    Policies policies => PolicyDocument, PolicyRead {
        policy_id: unique id, "identifies the row";
        title: optional text, "the title";
        in_force_from: optional date, "null = always";
        retired_on: optional date [ends], "the first day it is no longer in force; null = in force";
        last_reviewed: optional date, "the day of the last review";
    } pairs {
        retired_on after in_force_from: out;
    }
}

table! {
    /// Case file audits.
    Audits audits => Audit, AuditRead {
        audit_id: unique id, "identifies the row";
        person_id: optional id -> Persons [only_checked], "the person";
        completed_date: optional date [latest], "null = not completed";
        judgement: optional code { "outstanding" | "good" | "adequate" | "requires_improvement" | "inadequate" }, "outstanding | good | adequate | requires_improvement | inadequate; null = ungraded";
    }
}

table! {
    /// Complaints and representations.
    Complaints complaints => Complaint, ComplaintRead {
        complaint_id: unique id, "identifies the row";
        received_date: required date [history, latest], "the day it was received";
        stage: optional integer [from(1), up_to(3), or_out], "stage at which it entered: 1 (null = 1), 2 or 3";
        stage_two_date: optional date, "date Stage Two was requested";
        made_by_child: optional bool, "by a child or young person, or an advocate for one; null = not known";
        statutory: optional bool, "false = corporate procedure, out; null = statutory";
    }
}

table! {
    /// Compliments received.
    Compliments compliments => Compliment, ComplimentRead {
        compliment_id: unique id, "identifies the row";
        received_date: required date, "the day it was received";
    }
}

table! {
    /// Qualitative reports on practice improved by service users' feedback.
    FeedbackReports feedback_reports => FeedbackReport, FeedbackReportRead {
        feedback_report_id: unique id, "identifies the row";
        date: required date, "the date";
        title: optional text, "the title";
        text: optional text, "the text";
    }
}

table! {
    /// Recorded red, amber or green ratings of children and care plans.
    RagRatings rag_ratings => RagRating, RagRatingRead {
        rag_rating_id: unique id, "identifies the row";
        person_id: required id -> Persons, "the person";
        scope: required code { "cp_child" | "cla_child" | "cla_care_plan" }, "cp_child | cla_child | cla_care_plan";
        date: required date [latest], "the date";
        rating: required code { "red" | "amber" | "green" }, "red | amber | green";
    }
}

impl Keep for PolicyDocument {
    type Record = records::Policy;
    type Keeping = Listed;
    const IS_NAMED: bool = true;
    const IS_WHOLE: bool = true;

    fn owner(_: &PolicyRead<'_>) -> Option<PersonNo> {
        None
    }

    fn keep(row: PolicyRead<'_>, _: &mut Given<'_>) -> records::Policy {
        records::Policy {
            id: row.policy_id,
            in_force_from: row.in_force_from,
            retired: row.retired_on,
            reviewed: row.last_reviewed,
        }
    }
}

impl Keep for Audit {
    type Record = records::Audit;
    type Keeping = Listed;
    const IS_NAMED: bool = true;

    fn owner(row: &AuditRead<'_>) -> Option<PersonNo> {
        row.person_id
    }

    fn keep(row: AuditRead<'_>, _: &mut Given<'_>) -> records::Audit {
        records::Audit {
            id: row.audit_id,
            completed: row.completed_date,
            judgement: row.judgement.and_then(Coded::known).and_then(Judgement::from_code),
        }
    }
}

impl Keep for Complaint {
    type Record = records::Complaint;
    type Keeping = Listed;
    const IS_NAMED: bool = true;
    const IS_WHOLE: bool = true;

    fn owner(_: &ComplaintRead<'_>) -> Option<PersonNo> {
        None
    }

    fn keep(row: ComplaintRead<'_>, _: &mut Given<'_>) -> records::Complaint {
        records::Complaint {
            id: row.complaint_id,
            received: row.received_date,
            at_stage_one: row.stage.is_none_or(|stage| stage == 1),
            stage_two: row.stage_two_date,
            by_child: row.made_by_child,
            is_statutory: row.statutory != Some(false),
        }
    }
}

impl Keep for Compliment {
    type Record = records::Received;
    type Keeping = Listed;
    const IS_NAMED: bool = true;
    const IS_WHOLE: bool = true;

    fn owner(_: &ComplimentRead<'_>) -> Option<PersonNo> {
        None
    }

    fn keep(row: ComplimentRead<'_>, _: &mut Given<'_>) -> records::Received {
        records::Received { id: row.compliment_id, date: row.received_date }
    }
}

impl Keep for FeedbackReport {
    type Record = records::Received;
    type Keeping = Listed;
    const IS_NAMED: bool = true;
    const IS_WHOLE: bool = true;

    fn owner(_: &FeedbackReportRead<'_>) -> Option<PersonNo> {
        None
    }

    fn keep(row: FeedbackReportRead<'_>, _: &mut Given<'_>) -> records::Received {
        records::Received { id: row.feedback_report_id, date: row.date }
    }
}

impl Keep for RagRating {
    type Record = records::RagRating;
    type Keeping = ByPerson;
    const EQUALS_BY_ID: bool = true;

    fn owner(row: &RagRatingRead<'_>) -> Option<PersonNo> {
        Some(row.person_id)
    }

    fn keep(row: RagRatingRead<'_>, _: &mut Given<'_>) -> records::RagRating {
        records::RagRating {
            scope: match row.scope {
                Coded::Known("cp_child") => Some(RatingScope::CpChild),
                Coded::Known("cla_child") => Some(RatingScope::ClaChild),
                Coded::Known("cla_care_plan") => Some(RatingScope::ClaCarePlan),
                Coded::Known(_) | Coded::Unknown => None,
            },
            date: row.date,
            rating: match row.rating {
                Coded::Known("red") => Some(Rag::Red),
                Coded::Known("amber") => Some(Rag::Amber),
                Coded::Known("green") => Some(Rag::Green),
                Coded::Known(_) | Coded::Unknown => None,
            },
        }
    }

    fn order(a: &records::RagRating, b: &records::RagRating) -> Ordering {
        (a.date, a.rating).cmp(&(b.date, b.rating))
    }
}

pub(crate) mod records {
    //! What is kept of the rows.

    use crate::policy::Judgement;
    use crate::time::Day;
    use crate::value::Rag;
    use crate::value::index::IdNo;
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Policy {
        pub(crate) id: IdNo,
        pub(crate) in_force_from: Option<Day>,
        pub(crate) retired: Option<Day>,
        pub(crate) reviewed: Option<Day>,
    }

    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Audit {
        pub(crate) id: IdNo,
        pub(crate) completed: Option<Day>,
        pub(crate) judgement: Option<Judgement>,
    }

    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Complaint {
        pub(crate) id: IdNo,
        pub(crate) received: Day,
        pub(crate) at_stage_one: bool,
        pub(crate) stage_two: Option<Day>,
        pub(crate) by_child: Option<bool>,
        pub(crate) is_statutory: bool,
    }

    /// A compliment or a feedback report: something that came on a day.
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Received {
        pub(crate) id: IdNo,
        pub(crate) date: Day,
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) enum RatingScope {
        CpChild,
        ClaChild,
        ClaCarePlan,
    }

    #[derive(Clone, Copy, Debug)]
    pub(crate) struct RagRating {
        /// `None`: it is not known what was rated.
        pub(crate) scope: Option<RatingScope>,
        pub(crate) date: Day,
        /// `None`: the rating is not known.
        pub(crate) rating: Option<Rag>,
    }
}
