//! Visits to children under a child protection plan, in need, and looked after.

use super::declare::*;
use super::{Declared, Given, Joined, Keep, place_of};
use crate::value::index::PersonNo;
use crate::value::names::fold;
use records::VisitKind;

table! {
    /// Visits to children under a child protection plan.
    CpVisits cp_visits "ssd_cp_visits" => CpVisit, CpVisitRead {
        cp_visit_id: unlisted id = "cppv_cp_visit_id", "identifies the row";
        person_id: required id -> Persons = "cppv_person_id", "the person";
        date: required date = "cppv_cp_visit_date", "the date";
        seen: optional bool = "cppv_cp_visit_seen", "whether the child was seen; null = not recorded";
        seen_alone: optional bool = "cppv_cp_visit_seen_alone", "whether the child was seen alone; null = not recorded";
    }
}

table! {
    /// Visits to children under a child in need plan.
    CinVisits cin_visits "ssd_cin_visits" => CinVisit, CinVisitRead {
        cin_visit_id: unlisted id = "cinv_cin_visit_id", "identifies the row";
        person_id: required id -> Persons = "cinv_person_id", "the person";
        date: required date = "cinv_cin_visit_date", "the date";
        seen: optional bool = "cinv_cin_visit_seen", "whether the child was seen; null = not recorded";
        seen_alone: optional bool = "cinv_cin_visit_seen_alone", "whether the child was seen alone; null = not recorded";
    }
}

table! {
    /// Visits to children looked after.
    ClaVisits cla_visits "ssd_cla_visits" => ClaVisit, ClaVisitRead {
        cla_visit_id: unlisted id = "clav_cla_visit_id", "identifies the row";
        person_id: required id -> Persons = "clav_person_id", "the person";
        date: required date = "clav_cla_visit_date", "the date";
        seen: optional bool = "clav_cla_visit_seen", "whether the child was seen; null = not recorded";
        seen_alone: optional bool = "clav_cla_visit_seen_alone", "whether the child was seen alone; null = not recorded";
        mode: optional code { "in_person" | "remote" | "telephone" | "phone" | "video" | "virtual" | "online" }, "in_person, or remote (telephone, phone, video, virtual, online); null = in person";
    }
}

impl Keep for CpVisit {
    type Record = records::Visit;
    type Keeping = Joined;

    fn owner(row: &CpVisitRead<'_>) -> Option<PersonNo> {
        Some(row.person_id)
    }

    fn keep(row: CpVisitRead<'_>, given: &mut Given<'_>) -> records::Visit {
        // Without the column every visit counts as one at which the child was seen.
        let has_seen = given.has(const { place_of(CpVisit::COLUMNS, "seen") });
        records::Visit {
            date: row.date,
            kind: VisitKind::Cp,
            seen: !has_seen || row.seen == Some(true),
            seen_alone: row.seen_alone,
            is_remote: false,
        }
    }
}

impl Keep for CinVisit {
    type Record = records::Visit;
    type Keeping = Joined;

    fn owner(row: &CinVisitRead<'_>) -> Option<PersonNo> {
        Some(row.person_id)
    }

    fn keep(row: CinVisitRead<'_>, given: &mut Given<'_>) -> records::Visit {
        // Without the column every visit counts as one at which the child was seen.
        let has_seen = given.has(const { place_of(CinVisit::COLUMNS, "seen") });
        records::Visit {
            date: row.date,
            kind: VisitKind::Cin,
            seen: !has_seen || row.seen == Some(true),
            seen_alone: row.seen_alone,
            is_remote: false,
        }
    }
}

impl Keep for ClaVisit {
    type Record = records::Visit;
    type Keeping = Joined;

    fn owner(row: &ClaVisitRead<'_>) -> Option<PersonNo> {
        Some(row.person_id)
    }

    fn keep(row: ClaVisitRead<'_>, given: &mut Given<'_>) -> records::Visit {
        // Without the column every visit counts as one at which the child was seen.
        let has_seen = given.has(const { place_of(ClaVisit::COLUMNS, "seen") });
        records::Visit {
            date: row.date,
            kind: VisitKind::Cla,
            seen: !has_seen || row.seen == Some(true),
            seen_alone: row.seen_alone,
            is_remote: row.mode.is_some_and(is_remote),
        }
    }
}

fn is_remote(mode: impl AsRef<str>) -> bool {
    matches!(fold(mode.as_ref()).as_str(), "remote" | "telephone" | "phone" | "video" | "virtual" | "online")
}

pub(crate) mod records {
    //! What is kept of the rows.

    use crate::time::Day;

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
        pub(crate) is_remote: bool,
    }
}
