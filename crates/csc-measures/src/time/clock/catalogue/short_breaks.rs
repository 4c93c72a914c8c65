//! Short breaks.

use crate::time::clock::row::{Row, Version, after, care_planning, days, from, months, no_number};
use crate::time::clock::temporary::RELAXED;
use crate::time::clock::version::Certainty::{FromKnowledge, SecondHand, Verified};

pub(super) const ROWS: &[Row] = &[
    Row {
        id: "short_break",
        title: "Longest single short break, from its start to its end",
        note: "A break of 17 days passes and one of 18 does not. The 75 days in twelve months are the clock short_break_year.",
        versions: &[
            Version::new(
                days(17),
                from(2011, 4, 1).before(RELAXED),
                care_planning!("regulation 48(2)(c)(i)"),
            )
            .sure(Verified, Verified),
            Version::new(
                no_number(),
                RELAXED,
                care_planning!("regulation 48(2)(c) as substituted by SI 2020/445"),
            )
            .sure(Verified, Verified)
            .relaxed("No limit on one break; the 75 days in twelve months remained."),
            Version::new(days(17), after(RELAXED), care_planning!("regulation 48(2)(c)(i)"))
                .sure(Verified, Verified),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "short_break_year",
        title: "Short breaks in any twelve months, in all",
        note: "A sum over the breaks, not a stretch of time from one day.",
        versions: &[Version::new(days(75), from(2011, 4, 1), care_planning!("regulation 48(2)(c)(iii)"))
            .sure(Verified, Verified)],
        ..Row::EMPTY
    },
    Row {
        id: "short_break_visit_first",
        title: "First visit to a child in short breaks, from the start of the first",
        note: "On a day on which the child is placed, or as soon afterwards as is practicable.",
        versions: &[Version::new(months(3), from(2011, 4, 1), care_planning!("regulation 48(3)(c)(i)"))
            .sure(FromKnowledge, Verified)],
        ..Row::EMPTY
    },
    Row {
        id: "short_break_visit",
        title: "Later visits to a child in short breaks, from the last",
        versions: &[Version::new(months(6), from(2011, 4, 1), care_planning!("regulation 48(3)(c)(ii)"))
            .sure(FromKnowledge, Verified)],
        ..Row::EMPTY
    },
    Row {
        id: "short_break_review_first",
        title: "First review of a child in short breaks, from the start of the first",
        versions: &[Version::new(months(3), from(2011, 4, 1), care_planning!("regulation 48(3)(d)"))
            .sure(SecondHand, Verified)],
        ..Row::EMPTY
    },
    Row {
        id: "short_break_review",
        title: "Later reviews of a child in short breaks, from the one before",
        versions: &[Version::new(months(6), from(2011, 4, 1), care_planning!("regulation 48(3)(d)"))
            .sure(SecondHand, Verified)],
        ..Row::EMPTY
    },
];
