//! Care leavers: eligibility, activities, pathway plans.

use std::cmp::Ordering;

use super::declare::*;
use super::{ByPerson, Declared, Given, Keep, place_of};
use crate::column::Coded;
use crate::time::Day;
use crate::value::index::PersonNo;
use records::{ActivityCode, Eligibility};

table! {
    /// Care leavers and their eligibility.
    CareLeavers care_leavers "ssd_care_leavers" => CareLeaver, CareLeaverRead {
        care_leaver_id: unique id [also(&["clea_care_table_id"])] = "clea_table_id", "identifies the row";
        person_id: required id -> Persons = "clea_person_id", "the person";
        eligibility: optional code of CareLeaverEligibility [also(&["eligibility_status"])] = "clea_care_leaver_eligibility", "eligible | relevant | former relevant | qualifying, any case, - or _ or space; an SSD text that begins with one of them counts as it";
        activity: optional code of Activity [also(&["activity_description"])] = "clea_care_leaver_activity", "SSDA903 F1 P1 F2 P2 F4 P4 F5 P5 G4 G5 G6, and F3 P3 of older years; undated: read only if the person has no row in activities, as at any date";
        pathway_plan_date: optional date [null_tells] = "clea_pathway_plan_review_date", "plan start or latest review: counts as a pathway plan from that date";
        start_date: optional date, "from when this eligibility holds; null = always";
        end_date: optional date [ends, warned("no_end_dates")], "the first day it no longer holds; null = open";
    } pairs {
        end_date after start_date: out;
    }
}

table! {
    /// Education, employment or training of children looked after and care leavers, as recorded on a date.
    Activities activities => Activity, ActivityRead {
        activity_id: unique id, "identifies the row";
        person_id: required id -> Persons, "the person";
        date: required date [latest], "the date";
        activity: required code of Activity, "as care_leavers.activity; U = not known";
    }
}

table! {
    /// Pathway plans.
    PathwayPlans pathway_plans => PathwayPlan, PathwayPlanRead {
        pathway_plan_id: unique id, "identifies the row";
        person_id: required id -> Persons, "the person";
        start_date: required date, "the first day";
        end_date: optional date [ends, warned("no_end_dates")], "the first day it no longer holds; null = open";
    } pairs {
        end_date after start_date: out;
    }
}

impl Keep for CareLeaver {
    type Record = records::CareLeaver;
    type Keeping = ByPerson;
    const IS_NAMED: bool = true;
    const EQUALS_BY_ID: bool = true;

    fn owner(row: &CareLeaverRead<'_>) -> Option<PersonNo> {
        Some(row.person_id)
    }

    fn keep(row: CareLeaverRead<'_>, given: &mut Given<'_>) -> records::CareLeaver {
        let is_unread = given.is_unreadable(const { place_of(CareLeaver::COLUMNS, "eligibility") });
        records::CareLeaver {
            id: row.care_leaver_id,
            eligibility: if is_unread { Eligibility::Unread } else { eligibility(row.eligibility) },
            activity: row.activity.map(activity),
            pathway_plan: row.pathway_plan_date,
            start: row.start_date.unwrap_or(Day::MIN),
            end: row.end_date,
        }
    }

    fn order(a: &records::CareLeaver, b: &records::CareLeaver) -> Ordering {
        a.start.cmp(&b.start)
    }
}

fn eligibility(code: Option<Coded>) -> Eligibility {
    match code.and_then(Coded::known) {
        Some("former_relevant") => Eligibility::FormerRelevant,
        Some("relevant") => Eligibility::Relevant,
        _ => Eligibility::Other,
    }
}

fn activity(code: Coded) -> ActivityCode {
    match code.known() {
        Some("G4" | "G5" | "G6") => ActivityCode::Neet,
        // F3 and P3 are of older code lists.
        Some("F1" | "P1" | "F2" | "P2" | "F3" | "P3" | "F4" | "P4" | "F5" | "P5") => {
            ActivityCode::InEducationOrWork
        }
        _ => ActivityCode::Unknown,
    }
}

impl Keep for Activity {
    type Record = records::Activity;
    type Keeping = ByPerson;
    const EQUALS_BY_ID: bool = true;

    fn owner(row: &ActivityRead<'_>) -> Option<PersonNo> {
        Some(row.person_id)
    }

    fn keep(row: ActivityRead<'_>, _: &mut Given<'_>) -> records::Activity {
        records::Activity { date: row.date, activity: activity(row.activity) }
    }

    fn order(a: &records::Activity, b: &records::Activity) -> Ordering {
        a.date.cmp(&b.date)
    }
}

impl Keep for PathwayPlan {
    type Record = records::PathwayPlan;
    type Keeping = ByPerson;
    const EQUALS_BY_ID: bool = true;

    fn owner(row: &PathwayPlanRead<'_>) -> Option<PersonNo> {
        Some(row.person_id)
    }

    fn keep(row: PathwayPlanRead<'_>, _: &mut Given<'_>) -> records::PathwayPlan {
        records::PathwayPlan { start: row.start_date, end: row.end_date }
    }

    fn order(a: &records::PathwayPlan, b: &records::PathwayPlan) -> Ordering {
        a.start.cmp(&b.start)
    }
}

pub(crate) mod records {
    //! What is kept of the rows.

    use crate::tables::interval::intervals;
    use crate::time::Day;
    use crate::value::index::IdNo;
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) enum Eligibility {
        Relevant,
        FormerRelevant,
        Other,
        /// It is in a list as at a day and cannot be read: the young person may be a care leaver.
        Unread,
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) enum ActivityCode {
        /// G4, G5, G6: not in education, employment or training.
        Neet,
        /// F1 to F5 and P1 to P5.
        InEducationOrWork,
        Unknown,
    }

    #[derive(Clone, Copy, Debug)]
    pub(crate) struct CareLeaver {
        pub(crate) id: IdNo,
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

    intervals!(CareLeaver, PathwayPlan);
}
