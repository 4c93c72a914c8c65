//! Visits to children under a child protection plan, in need, and looked after.

use super::declare::*;
use super::{Declared, Given, Joined, Keep, place_of};
use crate::column::Coded;
use crate::value::index::PersonNo;
use records::VisitKind;

table! {
    /// Visits to children under a child protection plan.
    CpVisits cp_visits "ssd_cp_visits" => CpVisit, CpVisitRead {
        cp_visit_id: unlisted id = "cppv_cp_visit_id", "identifies the row";
        person_id: required id -> Persons = "cppv_person_id", "the person";
        date: required date [latest] = "cppv_cp_visit_date", "the date";
        seen: optional bool [warned("seen_not_recorded")] = "cppv_cp_visit_seen", "whether the child was seen; null = not recorded";
        seen_alone: optional bool [sparse] = "cppv_cp_visit_seen_alone", "whether the child was seen alone; null = not recorded";
    }
}

table! {
    /// Visits to children under a child in need plan.
    CinVisits cin_visits "ssd_cin_visits" => CinVisit, CinVisitRead {
        cin_visit_id: unlisted id = "cinv_cin_visit_id", "identifies the row";
        person_id: required id -> Persons = "cinv_person_id", "the person";
        date: required date [latest] = "cinv_cin_visit_date", "the date";
        seen: optional bool [warned("seen_not_recorded")] = "cinv_cin_visit_seen", "whether the child was seen; null = not recorded";
        seen_alone: optional bool [sparse] = "cinv_cin_visit_seen_alone", "whether the child was seen alone; null = not recorded";
    }
}

table! {
    /// Visits to children looked after.
    ClaVisits cla_visits "ssd_cla_visits" => ClaVisit, ClaVisitRead {
        cla_visit_id: unlisted id = "clav_cla_visit_id", "identifies the row";
        person_id: required id -> Persons = "clav_person_id", "the person";
        date: required date [latest] = "clav_cla_visit_date", "the date";
        seen: optional bool [warned("seen_not_recorded")] = "clav_cla_visit_seen", "whether the child was seen; null = not recorded";
        seen_alone: optional bool [sparse] = "clav_cla_visit_seen_alone", "whether the child was seen alone; null = not recorded";
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
        // Nobody was seen on a day that only stands in place of another.
        let is_dated = !given.is_unreadable(const { place_of(CpVisit::COLUMNS, "date") });
        let seen = is_dated && (!has_seen || row.seen == Some(true));
        records::Visit::new(row.date, VisitKind::Cp, seen, row.seen_alone)
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
        // Nobody was seen on a day that only stands in place of another.
        let is_dated = !given.is_unreadable(const { place_of(CinVisit::COLUMNS, "date") });
        let seen = is_dated && (!has_seen || row.seen == Some(true));
        records::Visit::new(row.date, VisitKind::Cin, seen, row.seen_alone)
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
        // Nobody was seen on a day that only stands in place of another.
        let is_dated = !given.is_unreadable(const { place_of(ClaVisit::COLUMNS, "date") });
        let seen = is_dated && (!has_seen || row.seen == Some(true));
        records::Visit::new(row.date, VisitKind::Cla, seen, row.seen_alone)
            .with_remote(row.mode.and_then(Coded::known).is_some_and(is_remote))
    }
}

fn is_remote(mode: &str) -> bool {
    matches!(mode, "remote" | "telephone" | "phone" | "video" | "virtual" | "online")
}

pub(crate) mod records {
    //! What is kept of the rows.

    use crate::time::Day;
    use crate::value::index::broken;

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) enum VisitKind {
        Cp,
        Cin,
        Cla,
    }

    /// A visit of any of the three kinds: four bytes, for there are millions. The day comes first, so that visits
    /// are in the order of their days.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub(crate) struct Visit(u32);

    impl Visit {
        const DAY: u32 = 6;
        const REMOTE: u32 = 1 << 5;

        #[inline]
        pub(crate) fn new(date: Day, kind: VisitKind, seen: bool, seen_alone: Option<bool>) -> Self {
            let Some(day) = u32::try_from(date.since(Day::FIRST)).ok().filter(|_| date <= Day::LAST) else {
                broken(format_args!("a visit on a day that no text can write"))
            };
            let kind = match kind {
                VisitKind::Cp => 0,
                VisitKind::Cin => 1,
                VisitKind::Cla => 2,
            };
            let alone = seen_alone.map_or(0, |alone| 1 + u32::from(alone));
            Self(day << Self::DAY | alone << 3 | kind << 1 | u32::from(seen))
        }

        /// The same visit, made by telephone or video or not.
        #[inline]
        pub(crate) fn with_remote(self, is_remote: bool) -> Self {
            Self(if is_remote { self.0 | Self::REMOTE } else { self.0 & !Self::REMOTE })
        }

        #[inline]
        pub(crate) fn date(self) -> Day {
            Day::FIRST.plus((self.0 >> Self::DAY).cast_signed())
        }

        pub(crate) fn kind(self) -> VisitKind {
            match self.0 >> 1 & 3 {
                0 => VisitKind::Cp,
                1 => VisitKind::Cin,
                _ => VisitKind::Cla,
            }
        }

        pub(crate) fn is_remote(self) -> bool {
            self.0 & Self::REMOTE > 0
        }

        pub(crate) fn seen(self) -> bool {
            self.0 & 1 > 0
        }

        pub(crate) fn seen_alone(self) -> Option<bool> {
            match self.0 >> 3 & 3 {
                0 => None,
                alone => Some(alone == 2),
            }
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_visit_says_what_it_was_made_of_and_the_later_is_the_greater() {
            let mut last = None;
            for date in [Day::FIRST, Day(-1), Day(0), Day(17_226), Day::LAST] {
                let mut least = None;
                for kind in [VisitKind::Cp, VisitKind::Cin, VisitKind::Cla] {
                    for seen in [true, false] {
                        for alone in [None, Some(false), Some(true)] {
                            let visit = Visit::new(date, kind, seen, alone);
                            for (visit, is_remote) in [
                                (visit, false),
                                (visit.with_remote(true), true),
                                (visit.with_remote(false), false),
                            ] {
                                let said = (visit.date(), visit.kind(), visit.seen(), visit.seen_alone());
                                assert_eq!((said, visit.is_remote()), ((date, kind, seen, alone), is_remote));
                            }
                            least = Some(least.map_or(visit, |least: Visit| least.min(visit)));
                        }
                    }
                }
                assert!(last < least);
                last = least.map(|_| Visit::new(date, VisitKind::Cla, true, Some(true)).with_remote(true));
            }
        }

        #[test]
        #[should_panic(expected = "a visit on a day that no text can write")]
        fn a_day_that_no_text_can_write_refuses() {
            let _ = Visit::new(Day::LAST.plus(1), VisitKind::Cp, true, None);
        }
    }
}
