//! Children in need: referrals, assessments, plans, visits, transfers to and from early help.

use std::cmp::Ordering;

use super::declare::*;
use super::{ByPerson, Given, Keep};
use crate::column::Coded;
use crate::value::index::PersonNo;
use crate::value::names::letters_and_digits;

table! {
    /// Referrals to social care: one row a child and referral.
    Referrals referrals "ssd_cin_episodes" => Referral, ReferralRead {
        referral_id: unique id = "cine_referral_id", "identifies the row";
        person_id: required id -> Persons = "cine_person_id", "the person";
        referral_date: required date [history, latest] = "cine_referral_date", "the day the referral was received";
        close_date: optional date [ends] = "cine_close_date", "the day the case closed";
        close_reason: optional code of ClosureReason = "cine_close_reason", "why the case closed: CIN census RC1 to RC9";
        team: optional text = "cine_referral_team", "the team's name";
    }
}

table! {
    /// Social worker (child and family) assessments: one row a child and assessment.
    Assessments assessments "ssd_cin_assessments" => Assessment, AssessmentRead {
        assessment_id: unique id = "cina_assessment_id", "identifies the row";
        person_id: required id -> Persons = "cina_person_id", "the person";
        referral_id: optional id -> Referrals = "cina_referral_id", "the referral";
        start_date: required date [latest] = "cina_assessment_start_date", "the first day";
        authorised_date: optional date [history, null_tells] = "cina_assessment_auth_date", "the day a manager authorised it, which completes it; null = not completed";
        team: optional text = "cina_assessment_team", "the team's name";
    }
}

table! {
    /// Child in need plans.
    CinPlans cin_plans "ssd_cin_plans" => CinPlan, CinPlanRead {
        cin_plan_id: unique id = "cinp_cin_plan_id", "identifies the row";
        person_id: required id -> Persons = "cinp_person_id", "the person";
        start_date: required date [latest] = "cinp_cin_plan_start_date", "the first day";
        end_date: optional date [ends, warned("no_end_dates")] = "cinp_cin_plan_end_date", "the first day it no longer holds; null = open";
        visit_working_days: optional integer [from(1), up_to(366)], "agreed interval for this child, 1 to 366, overrides the policy";
    } pairs {
        end_date after start_date: out;
    }
}

table! {
    /// Step-across transfers between early help and social care.
    StepTransfers step_transfers => StepTransfer, StepTransferRead {
        transfer_id: unique id, "identifies the row";
        person_id: required id -> Persons, "the person";
        date: required date [latest], "the date";
        direction: required code { "to_early_help" | "to_social_care" }, "to_early_help | to_social_care";
    }
}

table! {
    /// Episodes of early help. They tell who stepped up to social care if nothing is recorded in `step_transfers`.
    EarlyHelpEpisodes early_help_episodes "ssd_early_help_episodes" => EarlyHelpEpisode, EarlyHelpEpisodeRead {
        early_help_episode_id: unique id = "earl_episode_id", "identifies the row";
        person_id: required id -> Persons = "earl_person_id", "the person";
        start_date: required date = "earl_episode_start_date", "the first day";
        end_date: optional date [ends, warned("no_end_dates")] = "earl_episode_end_date", "the first day it no longer holds; null = open";
        end_reason: optional text = "earl_episode_end_reason", "why it ended; one that has the words `step up`, `stepped up` or `escalated` = to social care";
    } pairs {
        end_date after start_date: out;
    }
}

impl Keep for Referral {
    type Record = records::Referral;
    type Keeping = ByPerson;
    const IS_NAMED: bool = true;
    const EQUALS_BY_ID: bool = true;

    fn owner(row: &ReferralRead<'_>) -> Option<PersonNo> {
        Some(row.person_id)
    }

    fn keep(row: ReferralRead<'_>, given: &mut Given<'_>) -> records::Referral {
        records::Referral {
            id: row.referral_id,
            date: row.referral_date,
            closed: row.close_date,
            to_early_help: row.close_reason == Some(Coded::Known("RC9")),
            from_early_help: false,
            team: row.team.map(|team| given.team(&team)),
        }
    }

    fn order(a: &records::Referral, b: &records::Referral) -> Ordering {
        a.date.cmp(&b.date)
    }
}

impl Keep for Assessment {
    type Record = records::Assessment;
    type Keeping = ByPerson;
    const IS_NAMED: bool = true;
    const EQUALS_BY_ID: bool = true;

    fn owner(row: &AssessmentRead<'_>) -> Option<PersonNo> {
        Some(row.person_id)
    }

    fn keep(row: AssessmentRead<'_>, given: &mut Given<'_>) -> records::Assessment {
        records::Assessment {
            id: row.assessment_id,
            referral: row.referral_id,
            referral_date: None,
            closed: None,
            start: row.start_date,
            authorised: row.authorised_date,
            team: row.team.map(|team| given.team(&team)),
        }
    }

    fn order(a: &records::Assessment, b: &records::Assessment) -> Ordering {
        a.authorised.cmp(&b.authorised)
    }
}

impl Keep for CinPlan {
    type Record = records::CinPlan;
    type Keeping = ByPerson;
    const IS_NAMED: bool = true;
    const EQUALS_BY_ID: bool = true;

    fn owner(row: &CinPlanRead<'_>) -> Option<PersonNo> {
        Some(row.person_id)
    }

    fn keep(row: CinPlanRead<'_>, _: &mut Given<'_>) -> records::CinPlan {
        records::CinPlan {
            id: row.cin_plan_id,
            start: row.start_date,
            end: row.end_date,
            visit_working_days: row.visit_working_days.and_then(|days| i32::try_from(days).ok()),
            team: None,
        }
    }

    fn order(a: &records::CinPlan, b: &records::CinPlan) -> Ordering {
        a.start.cmp(&b.start)
    }
}

impl Keep for EarlyHelpEpisode {
    type Record = records::EarlyHelpEpisode;
    type Keeping = ByPerson;
    const IS_NAMED: bool = true;

    fn owner(row: &EarlyHelpEpisodeRead<'_>) -> Option<PersonNo> {
        Some(row.person_id)
    }

    fn keep(row: EarlyHelpEpisodeRead<'_>, _: &mut Given<'_>) -> records::EarlyHelpEpisode {
        records::EarlyHelpEpisode {
            id: row.early_help_episode_id,
            end: row.end_date,
            is_step_up: row.end_reason.is_some_and(|reason| is_step_up(&reason)),
        }
    }

    fn order(a: &records::EarlyHelpEpisode, b: &records::EarlyHelpEpisode) -> Ordering {
        a.end.cmp(&b.end)
    }
}

/// Whether early help ended because social care took over, in the words of its reason. One that was not accepted
/// ended for nothing of the kind.
fn is_step_up(reason: &str) -> bool {
    const UP: [&str; 5] = ["stepup", "stepsup", "steppedup", "steppingup", "escalat"];
    const NO: [&str; 7] = ["no", "not", "never", "refused", "rejected", "declined", "without"];
    let is_no = |word: &str| NO.iter().any(|no| word.eq_ignore_ascii_case(no));
    let letters = letters_and_digits(reason).replace("deescalat", "");
    UP.iter().any(|up| letters.contains(up)) && !reason.split(|c: char| !c.is_alphanumeric()).any(is_no)
}

impl Keep for StepTransfer {
    type Record = records::StepTransfer;
    type Keeping = ByPerson;
    const IS_NAMED: bool = true;

    fn owner(row: &StepTransferRead<'_>) -> Option<PersonNo> {
        Some(row.person_id)
    }

    fn keep(row: StepTransferRead<'_>, _: &mut Given<'_>) -> records::StepTransfer {
        records::StepTransfer {
            id: row.transfer_id,
            date: row.date,
            to_early_help: row.direction.known().map(|direction| direction == "to_early_help"),
        }
    }

    fn order(a: &records::StepTransfer, b: &records::StepTransfer) -> Ordering {
        a.date.cmp(&b.date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn early_help_steps_up_by_the_words_of_its_end() {
        let up =
            ["Step-up", "Stepped up to CSC", "STEP UP TO SOCIAL CARE", "Escalated to statutory services"];
        assert_eq!(up.map(is_step_up), [true; 4]);
        let other =
            ["Outcomes met", "NFA", "Step-down", "De-escalated", "Step up not accepted", "No step-up", ""];
        assert_eq!(other.map(is_step_up), [false; 7]);
    }
}

pub(crate) mod records {
    //! What is kept of the rows.

    use crate::tables::interval::intervals;
    use crate::time::Day;
    use crate::value::index::{IdNo, TeamNo};
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Referral {
        pub(crate) id: IdNo,
        pub(crate) date: Day,
        pub(crate) closed: Option<Day>,
        /// Closed after assessment, referred to early help (CIN census RC9).
        pub(crate) to_early_help: bool,
        /// Its source was early help (CIN census 5D), as far as its table tells sources.
        pub(crate) from_early_help: bool,
        pub(crate) team: Option<TeamNo>,
    }

    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Assessment {
        pub(crate) id: IdNo,
        pub(crate) referral: Option<IdNo>,
        /// Of the linked referral, if there is one.
        pub(crate) referral_date: Option<Day>,
        /// From when on nobody waits for it: its referral was closed, or it was open no longer than its year.
        pub(crate) closed: Option<Day>,
        pub(crate) start: Day,
        pub(crate) authorised: Option<Day>,
        pub(crate) team: Option<TeamNo>,
    }

    #[derive(Clone, Copy, Debug)]
    pub(crate) struct CinPlan {
        pub(crate) id: IdNo,
        pub(crate) start: Day,
        pub(crate) end: Option<Day>,
        /// The interval agreed for this child, in working days.
        pub(crate) visit_working_days: Option<i32>,
        /// The team of the case, if nobody knows that of the child's worker.
        pub(crate) team: Option<TeamNo>,
    }

    #[derive(Clone, Copy, Debug)]
    pub(crate) struct EarlyHelpEpisode {
        pub(crate) id: IdNo,
        pub(crate) end: Option<Day>,
        /// Whether it ended because social care took over.
        pub(crate) is_step_up: bool,
    }

    #[derive(Clone, Copy, Debug)]
    pub(crate) struct StepTransfer {
        pub(crate) id: IdNo,
        pub(crate) date: Day,
        /// `None`: the direction is not known.
        pub(crate) to_early_help: Option<bool>,
    }

    intervals!(CinPlan);
}
