//! Young people who leave care.

use crate::time::clock::row::{Row, Version, care_leavers, care_planning, days, from, months};
use crate::time::clock::version::Certainty::{SecondHand, Verified};

pub(super) const ROWS: &[Row] = &[
    Row {
        id: "pathway_plan",
        title: "Pathway needs assessment, from the 16th birthday or from becoming an eligible child after it",
        note: "The pathway plan follows as soon as possible.",
        versions: &[Version::new(months(3), from(2011, 4, 1), care_planning!("regulation 42(1)"))
            .sure(Verified, Verified)],
        ..Row::EMPTY
    },
    Row {
        id: "pathway_plan_relevant",
        title: "Needs assessment of a relevant child without a pathway plan, from becoming one",
        versions: &[Version::new(months(3), from(2011, 4, 1), care_leavers!("regulation 5(2)(a)"))
            .sure(Verified, Verified)],
        ..Row::EMPTY
    },
    Row {
        id: "pathway_plan_education",
        title: "Needs assessment of a former relevant child who returns to education, from word of the course",
        versions: &[Version::new(months(3), from(2011, 4, 1), care_leavers!("regulation 5(2)(b)"))
            .sure(Verified, Verified)],
        ..Row::EMPTY
    },
    Row {
        id: "pathway_plan_review",
        title: "Review of a pathway plan, from the last",
        versions: &[Version::new(months(6), from(2011, 4, 1), care_leavers!("regulation 7"))
            .sure(SecondHand, Verified)],
        ..Row::EMPTY
    },
    Row {
        id: "adviser_visit_start",
        title: "First visit of the personal adviser to a care leaver in accommodation of the authority, from its start",
        note: "Only if the authority provides the accommodation.",
        versions: &[Version::new(days(7), from(2011, 4, 1), care_leavers!("regulation 8(2)(a)"))
            .sure(Verified, Verified)],
        ..Row::EMPTY
    },
    Row {
        id: "adviser_visit",
        title: "Later visits of the personal adviser to a care leaver in accommodation of the authority, from the last",
        note: "Only if the authority provides the accommodation.",
        versions: &[Version::new(months(2), from(2011, 4, 1), care_leavers!("regulation 8(2)(c)"))
            .sure(Verified, Verified)],
        ..Row::EMPTY
    },
];
