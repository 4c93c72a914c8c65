//! Child protection: from the strategy discussion to the reviews of a plan.

use crate::time::clock::row::{Row, Version, from, months, no_number, working_days};
use crate::time::clock::version::Certainty::{FromKnowledge, SecondHand};
use crate::time::clock::version::Standing;

pub(super) const ROWS: &[Row] = &[
    Row {
        id: "strategy_discussion",
        title: "Strategy discussion, from reasonable cause to suspect significant harm",
        note: "No number of days is laid down. Local procedures say from 24 hours to 3 working days.",
        versions: &[
            Version::new(no_number(), from(2000, 4, 1), "Working Together to Safeguard Children")
                .sure(SecondHand, FromKnowledge),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "section_47_enquiry",
        title: "Section 47 enquiry, from the strategy discussion",
        note: "No limit of its own: it ends in the conference, whose clock is icpc.",
        versions: &[
            Version::new(no_number(), from(1991, 10, 14), "Children Act 1989 section 47")
                .sure(SecondHand, FromKnowledge),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "icpc",
        title: "Initial child protection conference, from the strategy discussion that began the section 47 enquiry",
        note: "A section 47 enquiry has no limit of its own: it ends in this one. Until 16 March 2010 the last strategy discussion started it. Some councils count the day of the discussion as day 1.",
        versions: &[
            Version::new(working_days(15), from(2000, 4, 1).to(2010, 3, 16), "Working Together to Safeguard Children 1999, 2006")
                .sure(FromKnowledge, FromKnowledge),
            Version::new(working_days(15), from(2010, 3, 17), "Working Together to Safeguard Children 2010, 2013, 2015, 2018, 2023")
                .sure(SecondHand, FromKnowledge).unread_from(2026, 3, 19),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "transfer_in_conference",
        title: "Transfer-in conference for a child who moves in with a plan, from the notification",
        note: "Left out of `icpc_in_time`.",
        versions: &[
            Version::new(working_days(15), from(2010, 3, 17), "Local procedures; they attribute it to Working Together to Safeguard Children, where no such sentence was found")
                .sure(FromKnowledge, FromKnowledge),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "core_group",
        title: "First core group, from the initial child protection conference",
        versions: &[
            Version::new(working_days(10), from(2000, 4, 1), "Working Together to Safeguard Children (text to 2010; flow chart since 2013); local procedures")
                .sure(SecondHand, FromKnowledge).unread_from(2026, 3, 19),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "cp_first_review",
        title: "First child protection review conference, from the initial conference",
        versions: &[
            Version::new(months(3), from(2000, 4, 1), "Working Together to Safeguard Children 1999 to 2023")
                .sure(SecondHand, FromKnowledge).unread_from(2026, 3, 19),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "cp_review",
        title: "Later child protection review conferences, from the one before",
        versions: &[
            Version::new(months(6), from(2000, 4, 1), "Working Together to Safeguard Children 1999 to 2023")
                .sure(SecondHand, FromKnowledge).unread_from(2026, 3, 19),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "cp_visit",
        title: "Visit to a child with a child protection plan, from when the child was last seen",
        standing: Standing::Local,
        note: "Local: no national interval is laid down, and 10 working days are common. Policy cp_visit_working_days sets the limit.",
        versions: &[
            Version::new(working_days(20), from(2017, 1, 24), "Local to each council: no national number")
                .sure(SecondHand, FromKnowledge),
        ],
        ..Row::EMPTY
    },
];
