//! Children who live away from home and are not looked after.

use crate::time::clock::row::{Row, Version, coronavirus_2020, days, from, months, weeks, working_days};
use crate::time::clock::temporary::relaxed_in_2020;
use crate::time::clock::version::Certainty::{FromKnowledge, SecondHand, Verified};

pub(super) const ROWS: &[Row] = &[
    Row {
        id: "private_fostering_first_visit",
        title: "First visit to a privately fostered child, from the notification",
        note: "Recommendation 12.",
        versions: &relaxed_in_2020(
            working_days(7),
            from(2005, 7, 1),
            "Children (Private Arrangements for Fostering) Regulations 2005 (SI 2005/1533) regulations 4(1) and 7",
            [(Verified, FromKnowledge), (SecondHand, Verified), (SecondHand, Verified)],
            coronavirus_2020!("regulation 5"),
            "As soon as is reasonably practicable.",
        ),
        ..Row::EMPTY
    },
    Row {
        id: "private_fostering_visit",
        title: "Visit to a privately fostered child in the first year, from the last",
        note: "The year begins when the authority becomes aware of the arrangement. Recommendation 12.",
        versions: &[
            Version::new(weeks(6), from(2005, 7, 1), "Children (Private Arrangements for Fostering) Regulations 2005 (SI 2005/1533) regulation 8(1)(a), (6)")
                .sure(Verified, FromKnowledge),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "private_fostering_visit_later",
        title: "Visit to a privately fostered child after the first year, from the last",
        note: "Recommendation 12.",
        versions: &[
            Version::new(weeks(12), from(2005, 7, 1), "Children (Private Arrangements for Fostering) Regulations 2005 (SI 2005/1533) regulation 8(1)(b)")
                .sure(Verified, FromKnowledge),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "detained_visit",
        title: "Visit to a formerly looked after child in custody, from the detention",
        versions: &[
            Version::new(working_days(10), from(2011, 4, 1), "Visits to Former Looked After Children in Detention (England) Regulations 2010 (SI 2010/2797)")
                .sure(FromKnowledge, FromKnowledge),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "long_residential_visit_start",
        title: "First visit to a child whose long stay in hospital or school was notified, from the notification",
        note: "The notification of section 85, after three months.",
        versions: &[
            Version::new(days(7), from(2011, 4, 1), "Children Act 1989 section 86A; Visits to Children in Long-term Residential Care Regulations 2011 (SI 2011/1010)")
                .sure(SecondHand, FromKnowledge),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "long_residential_visit",
        title: "Later visits to a child whose long stay in hospital or school was notified, from the last",
        versions: &[
            Version::new(months(6), from(2011, 4, 1), "Children Act 1989 section 86A; SI 2011/1010")
                .sure(SecondHand, FromKnowledge),
        ],
        ..Row::EMPTY
    },
];
