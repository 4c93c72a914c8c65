//! Referrals, assessments and the plans of children in need.

use crate::time::clock::row::{Row, Version, Written, from, months, working_days};
use crate::time::clock::version::Certainty::{FromKnowledge, SecondHand};
use crate::time::clock::version::Standing;

/// The time for an assessment, from whichever day it is counted.
const ASSESSED_IN: Written = working_days(45);

pub(super) const ROWS: &[Row] = &[
    Row {
        id: "referral_decision",
        title: "Decision on a referral, from its receipt",
        versions: &[
            Version::new(working_days(1), from(2000, 4, 1).to(2013, 4, 14), "Working Together to Safeguard Children 1999, 2006, 2010; Framework for the Assessment of Children in Need 2000")
                .sure(SecondHand, FromKnowledge),
            Version::new(working_days(1), from(2013, 4, 15), "Working Together to Safeguard Children 2013, 2015, 2018, 2023")
                .sure(SecondHand, SecondHand).unread_from(2026, 3, 19),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "initial_assessment",
        title: "Initial assessment, from the referral",
        note: "Councils moved to the single assessment at different times after April 2013, some years later.",
        versions: &[
            Version::new(working_days(7), from(2000, 4, 1).to(2010, 3, 16), "Working Together to Safeguard Children 1999 and 2006; Framework for the Assessment of Children in Need 2000")
                .sure(FromKnowledge, FromKnowledge),
            Version::new(working_days(10), from(2010, 3, 17).to(2013, 4, 14), "Working Together to Safeguard Children 2010")
                .sure(SecondHand, FromKnowledge),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "core_assessment",
        title: "Core assessment, from its start",
        note: "It starts with the end of the initial assessment, or with the strategy discussion.",
        versions: &[
            Version::new(working_days(35), from(2000, 4, 1).to(2013, 4, 14), "Working Together to Safeguard Children 1999, 2006, 2010; Framework for the Assessment of Children in Need 2000")
                .sure(SecondHand, FromKnowledge),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "assessment",
        title: "Social worker assessment, from its start",
        note: "Policy assessment_working_days sets the limit.",
        versions: &[
            Version::new(ASSESSED_IN, from(2013, 4, 15), "Department for Education, children in need census (rule 8670Q), and the 45 working days of Working Together to Safeguard Children 2013 on")
                .sure(SecondHand, SecondHand).unread_from(2026, 3, 19),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "assessment_from_referral",
        title: "Social worker assessment, from the referral",
        note: "Used where policy assessment_clock is referral. The guidance expects reasons to be recorded for a longer one.",
        versions: &[
            Version::new(ASSESSED_IN, from(2013, 4, 15), "Working Together to Safeguard Children 2013, 2015, 2018, 2023, chapter 1")
                .sure(SecondHand, SecondHand).unread_from(2026, 3, 19),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "cin_visit",
        title: "Visit to a child in need, from when the child was last seen",
        standing: Standing::Local,
        note: "Local: 20 working days are common. Policy cin_visit_working_days, or the child’s own plan, sets the limit.",
        versions: &[
            Version::new(working_days(30), from(2017, 1, 24), "Local to each council: no national number")
                .sure(SecondHand, FromKnowledge),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "cin_plan_first_review",
        title: "First review of a child in need plan, from its start",
        standing: Standing::Local,
        note: "Local custom.",
        versions: &[
            Version::new(months(3), from(2017, 1, 24), "Local custom")
                .sure(FromKnowledge, FromKnowledge),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "cin_plan_review",
        title: "Later reviews of a child in need plan, from the one before",
        standing: Standing::Local,
        note: "Local custom.",
        versions: &[
            Version::new(months(6), from(2017, 1, 24), "Local custom")
                .sure(FromKnowledge, FromKnowledge),
        ],
        ..Row::EMPTY
    },
];
