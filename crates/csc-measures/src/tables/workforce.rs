//! Workers, their cases and their exit interviews.

use super::declare::*;
use super::{Declared, Given, Joined, Keep, Listed};
use crate::column::Coded;
use crate::policy::TeamType;
use crate::time::Day;
use crate::value::Decimal;
use crate::value::index::{PersonNo, broken};
use crate::value::names::letters_and_digits;
use records::Employment;

table! {
    /// Social care workers and their posts.
    Workers workers "ssd_professionals" => Worker, WorkerRead {
        worker_id: unique id [or_else(&["prof_staff_id"])] = "prof_professional_id", "identifies the row";
        fte: optional decimal [over(0), up_to(2), rounded] = "prof_full_time_equivalency", "full-time equivalents, in two decimals: above 0 and at most 2";
        agency: optional bool = "prof_agency_worker_flag", "agency";
        employment: optional code { "permanent" | "fixed_term" | "agency" }, "permanent | fixed_term | agency; agency = true wins if they disagree";
        team: optional text = "prof_professional_department", "the team's name";
        team_type: optional code { "safeguarding" | "care_leavers" | "other" }, "safeguarding | care_leavers | other";
        start_date: optional date, "in post from; null = always";
        end_date: optional date [ends, warned("no_end_dates")], "left post on; null = in post";
        leaving_type: optional code { "left_authority" | "internal_move" }, "left_authority | internal_move";
        asye_start_date: optional date, "the first day of the assessed and supported year in employment";
        asye_end_date: optional date, "the first day after that year";
        long_term_absence: optional bool, "whether the worker is absent for long";
        cases_held: optional integer [from(0)], "the cases that the worker holds as lead on the day that the table is as at; read if `involvements` is not supplied";
    } pairs {
        end_date after start_date: out;
        asye_end_date after asye_start_date: stays;
    }
}

table! {
    /// Allocations of workers to children.
    Involvements involvements "ssd_involvements" => Involvement, InvolvementRead {
        involvement_id: unique id = "invo_involvements_id", "identifies the row";
        worker_id: required id -> Workers = "invo_professional_id", "the worker";
        person_id: required id -> Persons [only_checked] = "invo_person_id", "the person";
        role: optional text = "invo_professional_role_id", "null or one of the policy `lead_roles` = lead allocation; anything else is not counted";
        start_date: required date [latest] = "invo_involvement_start_date", "the first day";
        end_date: optional date [ends, warned("no_end_dates")] = "invo_involvement_end_date", "the first day it no longer holds; null = open";
    } pairs {
        end_date after start_date: out;
    }
}

table! {
    /// Departments of the Standard Safeguarding Dataset: the names of the teams that its other tables name by number.
    Departments departments "ssd_department" => Department, DepartmentRead {
        department_id: unique id = "dept_team_id", "identifies the row";
        name: optional text = "dept_team_name", "the team's name";
    }
}

table! {
    /// Exit interviews of leavers.
    ExitInterviews exit_interviews => ExitInterview, ExitInterviewRead {
        exit_interview_id: unique id, "identifies the row";
        worker_id: required id -> Workers [only_checked], "the worker";
        completed_date: optional date, "null = offered, not completed";
        primary_reason_inside_control: optional bool, "null = no reason recorded";
    }
}

/// The place of the column that says in which team a worker is.
pub(crate) const TEAM_OF_WORKER: usize = super::place_of(Worker::COLUMNS, "team");

impl Keep for Worker {
    type Record = records::Worker;
    type Keeping = Joined;
    const IS_NAMED: bool = true;
    const IS_WHOLE: bool = true;

    fn owner(_: &WorkerRead<'_>) -> Option<PersonNo> {
        None
    }

    fn keep(row: WorkerRead<'_>, given: &mut Given<'_>) -> records::Worker {
        records::Worker {
            id: row.worker_id,
            fte: row.fte.map(in_hundredths),
            employment: if row.agency == Some(true) {
                Some(Employment::Agency)
            } else {
                row.employment.and_then(Coded::known).and_then(employment)
            },
            is_not_agency: row.agency == Some(false),
            team_type: row.team_type.and_then(Coded::known).and_then(TeamType::from_code),
            team: row.team.map(|team| given.team(&team)),
            start: row.start_date.unwrap_or(Day::MIN),
            end: row.end_date,
            internal_move: row.leaving_type == Some(Coded::Known("internal_move")),
            asye_start: row.asye_start_date,
            asye_end: row.asye_end_date,
            long_term_absent: row.long_term_absence == Some(true),
            cases_held: row.cases_held.and_then(|cases| u32::try_from(cases).ok()),
        }
    }
}

/// The full-time equivalents of one post, which are at most two.
fn in_hundredths(fte: Decimal) -> i32 {
    match i32::try_from(fte.hundredths()) {
        Ok(hundredths) => hundredths,
        Err(_) => broken(format_args!("full-time equivalents of {fte} are beyond their range")),
    }
}

fn employment(code: &str) -> Option<Employment> {
    match code {
        "permanent" => Some(Employment::Permanent),
        "fixed_term" => Some(Employment::FixedTerm),
        "agency" => Some(Employment::Agency),
        _ => None,
    }
}

impl Keep for Involvement {
    type Record = records::Involvement;
    type Keeping = Joined;
    const IS_WHOLE: bool = true;

    fn owner(row: &InvolvementRead<'_>) -> Option<PersonNo> {
        Some(row.person_id)
    }

    fn keep(row: InvolvementRead<'_>, given: &mut Given<'_>) -> records::Involvement {
        records::Involvement {
            worker: row.worker_id,
            person: row.person_id,
            start: row.start_date,
            end: row.end_date,
            role: row.role.map(|role| given.role(&letters_and_digits(&role))),
            team: None,
        }
    }
}

impl Keep for Department {
    type Record = ();
    type Keeping = Joined;
    const IS_WHOLE: bool = true;

    fn owner(_: &DepartmentRead<'_>) -> Option<PersonNo> {
        None
    }

    fn keep(_: DepartmentRead<'_>, _: &mut Given<'_>) {}
}

impl Keep for ExitInterview {
    type Record = records::ExitInterview;
    type Keeping = Listed;
    const IS_NAMED: bool = true;
    const IS_WHOLE: bool = true;

    fn owner(_: &ExitInterviewRead<'_>) -> Option<PersonNo> {
        None
    }

    fn keep(row: ExitInterviewRead<'_>, _: &mut Given<'_>) -> records::ExitInterview {
        records::ExitInterview {
            id: row.exit_interview_id,
            worker: row.worker_id,
            completed: row.completed_date,
            inside_control: row.primary_reason_inside_control,
        }
    }
}

pub(crate) mod records {
    //! What is kept of the rows.

    use crate::policy::TeamType;
    use crate::tables::interval::intervals;
    use crate::time::Day;
    use crate::value::index::{IdNo, PersonNo, RoleNo, TeamNo, WorkerNo};
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) enum Employment {
        Permanent,
        FixedTerm,
        Agency,
    }

    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Worker {
        pub(crate) id: IdNo,
        /// In hundredths, above zero; anything else is not known.
        pub(crate) fte: Option<i32>,
        pub(crate) employment: Option<Employment>,
        /// Whether it is recorded that the worker is not agency, which does not say for how long employed.
        pub(crate) is_not_agency: bool,
        pub(crate) team_type: Option<TeamType>,
        pub(crate) team: Option<TeamNo>,
        pub(crate) start: Day,
        pub(crate) end: Option<Day>,
        pub(crate) internal_move: bool,
        pub(crate) asye_start: Option<Day>,
        pub(crate) asye_end: Option<Day>,
        pub(crate) long_term_absent: bool,
        /// As lead, on the day that the table is as at.
        pub(crate) cases_held: Option<u32>,
    }

    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Involvement {
        pub(crate) worker: WorkerNo,
        pub(crate) person: PersonNo,
        pub(crate) start: Day,
        pub(crate) end: Option<Day>,
        /// `None`: the worker to whom the child is allocated.
        pub(crate) role: Option<RoleNo>,
        /// The team of the case, if no worker has one.
        pub(crate) team: Option<TeamNo>,
    }

    /// A child's worker for a time.
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Allocation {
        pub(crate) worker: WorkerNo,
        pub(crate) role: Option<RoleNo>,
        pub(crate) start: Day,
        pub(crate) end: Option<Day>,
        /// The team of the case, if no worker has one.
        pub(crate) team: Option<TeamNo>,
    }

    #[derive(Clone, Copy, Debug)]
    pub(crate) struct ExitInterview {
        pub(crate) id: IdNo,
        pub(crate) worker: WorkerNo,
        pub(crate) completed: Option<Day>,
        pub(crate) inside_control: Option<bool>,
    }

    intervals!(Worker, Involvement, Allocation);
}
