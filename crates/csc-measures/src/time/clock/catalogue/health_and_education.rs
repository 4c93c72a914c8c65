//! Health assessments and education plans of children who are looked after.

use crate::time::clock::row::{Row, Version, care_planning, from, months, working_days};
use crate::time::clock::version::Certainty::{FromKnowledge, SecondHand, Verified};

pub(super) const ROWS: &[Row] = &[
    Row {
        id: "initial_health_assessment",
        title: "Initial health assessment, from becoming looked after",
        note: "Recommendation 10.",
        versions: &[
            Version::new(working_days(20), from(2011, 4, 1), care_planning!("regulation 7; Promoting the health and well-being of looked-after children, 2009 and March 2015"))
                .sure(FromKnowledge, Verified),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "review_health_assessment_under_5",
        title: "Review health assessment of a child under 5, from the last",
        note: "By the age at the last assessment; twelve months if the fifth birthday comes first. Recommendation 10.",
        versions: &[
            Version::new(months(6), from(2011, 4, 1), care_planning!("regulation 7(3)"))
                .sure(SecondHand, Verified),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "review_health_assessment",
        title: "Review health assessment of a child of 5 or over, from the last",
        note: "Recommendation 10.",
        versions: &[
            Version::new(months(12), from(2011, 4, 1), care_planning!("regulation 7(3)"))
                .sure(SecondHand, Verified),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "personal_education_plan",
        title: "Personal education plan, from coming into care without one",
        note: "It is to be ready for the first review.",
        versions: &[
            Version::new(working_days(10), from(2010, 3, 1), "Promoting the education of looked-after children, statutory guidance 2010, July 2014, February 2018")
                .sure(SecondHand, FromKnowledge),
        ],
        ..Row::EMPTY
    },
];
