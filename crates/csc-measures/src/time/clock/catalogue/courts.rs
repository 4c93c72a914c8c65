//! Courts, and protection in an emergency.

use crate::time::clock::limit::Counting;
use crate::time::clock::row::{Row, Version, days, from, hours, no_number, weeks};
use crate::time::clock::version::Certainty::{FromKnowledge, SecondHand, Verified};
use crate::time::clock::version::Standing;

pub(super) const ROWS: &[Row] = &[
    Row {
        id: "care_proceedings",
        title: "Care proceedings, from the issue of the application: its date plus 181 days",
        counting: Counting::DayOne,
        note: "Twenty-six weeks that begin with the day of issue. Policy proceedings_limit_days gives the 181 days after it. The rule for cases that were open on 22 April 2014 was not read. A court may extend the time.",
        versions: &[
            Version::new(weeks(26), from(2014, 4, 22), "Children Act 1989 section 32(1)(a)(ii), by Children and Families Act 2014 section 14(2); SI 2014/889 article 4(c)")
                .sure(Verified, Verified),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "family_group_meeting",
        title: "Offer of a family group decision-making meeting, before the application",
        standing: Standing::NotCommenced,
        note: "Passed on 29 April 2026; no order that commences it is known. No number of days.",
        versions: &[
            Version::new(no_number(), from(2026, 4, 29), "Children Act 1989 section 31ZA, by Children's Wellbeing and Schools Act 2026 section 1")
                .sure(Verified, Verified),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "police_protection",
        title: "End of police protection, from its start",
        note: "72 hours; by dates alone, three days.",
        versions: &[
            Version::new(hours(72), from(1991, 10, 14), "Children Act 1989 section 46(6)")
                .sure(SecondHand, FromKnowledge),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "emergency_protection_order",
        title: "End of an emergency protection order, from its making",
        note: "A court may extend it once, by seven days.",
        extended_by: Some(days(7)),
        versions: &[
            Version::new(days(8), from(1991, 10, 14), "Children Act 1989 section 45(1)")
                .sure(FromKnowledge, FromKnowledge),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "secure_without_court",
        title: "Secure accommodation without a court’s authority, in all in any 28 days",
        note: "72 hours in all, a sum over the days; by dates alone, three days.",
        versions: &[
            Version::new(hours(72), from(1991, 10, 14), "Children (Secure Accommodation) Regulations 1991 (SI 1991/1505) regulation 10")
                .sure(FromKnowledge, Verified),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "section_20",
        title: "Accommodation under section 20",
        note: "The law sets no limit in days.",
        versions: &[
            Version::new(no_number(), from(1991, 10, 14), "Children Act 1989 section 20")
                .sure(FromKnowledge, FromKnowledge),
        ],
        ..Row::EMPTY
    },
];
