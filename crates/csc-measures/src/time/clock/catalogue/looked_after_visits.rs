//! Visits to children who are looked after.

use crate::time::clock::row::{
    Row, Version, care_planning, coronavirus_2020, from, months, no_number, weeks, working_days,
};
use crate::time::clock::temporary::relaxed_in_2020;
use crate::time::clock::version::Certainty::{FromKnowledge, SecondHand, Verified};
use crate::time::clock::version::Standing;

pub(super) const ROWS: &[Row] = &[
    Row {
        id: "cla_visit_placement_start",
        title: "First visit to a looked after child in a placement, from the placement’s start",
        note: "Owed anew in every placement.",
        versions: &relaxed_in_2020(
            weeks(1),
            from(2011, 4, 1),
            care_planning!("regulation 28(2)(a)"),
            [(Verified, Verified), (SecondHand, Verified), (SecondHand, Verified)],
            coronavirus_2020!("regulation 8(13)"),
            "Visits as soon as is reasonably practicable, by telephone or video too.",
        ),
        ..Row::EMPTY
    },
    Row {
        id: "cla_visit",
        title: "Visit to a looked after child, from the last",
        note: "In the first year of a placement, and after it unless the placement is meant to last until the child is 18.",
        versions: &relaxed_in_2020(
            weeks(6),
            from(2011, 4, 1),
            care_planning!("regulation 28(2)(b) and (c)(ii)"),
            [(Verified, Verified), (SecondHand, Verified), (SecondHand, Verified)],
            coronavirus_2020!("regulation 8(13)"),
            "Visits as soon as is reasonably practicable, by telephone or video too.",
        ),
        ..Row::EMPTY
    },
    Row {
        id: "cla_visit_long_term",
        title: "Visit to a looked after child a year or more into a placement meant to last until 18, from the last",
        versions: &relaxed_in_2020(
            months(3),
            from(2011, 4, 1),
            care_planning!("regulation 28(2)(c)(i)"),
            [(Verified, Verified), (SecondHand, Verified), (SecondHand, Verified)],
            coronavirus_2020!("regulation 8(13)"),
            "Visits as soon as is reasonably practicable, by telephone or video too.",
        ),
        ..Row::EMPTY
    },
    Row {
        id: "cla_visit_long_term_foster",
        title: "Visit to a child in a long-term foster placement of more than a year who agrees to fewer, from the last",
        note: "At least two a year.",
        versions: &relaxed_in_2020(
            months(6),
            from(2015, 4, 1),
            care_planning!("regulation 28(3A), inserted by SI 2015/495"),
            [(SecondHand, Verified), (FromKnowledge, Verified), (SecondHand, Verified)],
            coronavirus_2020!("regulation 8(13)"),
            "Visits as soon as is reasonably practicable, by telephone or video too.",
        ),
        ..Row::EMPTY
    },
    Row {
        id: "cla_visit_with_parents_weekly",
        title: "Visit to a child placed with parents before assessment, until the first review",
        note: "At least once a week. Afterwards cla_visit_with_parents.",
        versions: &relaxed_in_2020(
            weeks(1),
            from(2011, 4, 1),
            care_planning!("regulation 28(3)(a)"),
            [(Verified, Verified), (SecondHand, Verified), (SecondHand, Verified)],
            coronavirus_2020!("regulation 8(13)"),
            "Visits as soon as is reasonably practicable, by telephone or video too.",
        ),
        ..Row::EMPTY
    },
    Row {
        id: "cla_visit_with_parents",
        title: "Visit to a child placed with parents before assessment, after the first review, from the last",
        versions: &relaxed_in_2020(
            weeks(6),
            from(2011, 4, 1),
            care_planning!("regulation 28(3)(b)"),
            [(Verified, Verified), (SecondHand, Verified), (SecondHand, Verified)],
            coronavirus_2020!("regulation 8(13)"),
            "Visits as soon as is reasonably practicable, by telephone or video too.",
        ),
        ..Row::EMPTY
    },
    Row {
        id: "cla_visit_temporary_approval_weekly",
        title: "Visit to a child with a connected person of temporary approval, until the first review",
        note: "At least once a week. Afterwards cla_visit_temporary_approval.",
        versions: &relaxed_in_2020(
            weeks(1),
            from(2011, 4, 1),
            care_planning!("regulation 28(4)(a)"),
            [(Verified, Verified), (SecondHand, Verified), (SecondHand, Verified)],
            coronavirus_2020!("regulation 8(13)"),
            "Visits as soon as is reasonably practicable, by telephone or video too.",
        ),
        ..Row::EMPTY
    },
    Row {
        id: "cla_visit_temporary_approval",
        title: "Visit to a child with a connected person of temporary approval, after the first review, from the last",
        versions: &relaxed_in_2020(
            weeks(4),
            from(2011, 4, 1),
            care_planning!("regulation 28(4)(b)"),
            [(Verified, Verified), (SecondHand, Verified), (SecondHand, Verified)],
            coronavirus_2020!("regulation 8(13)"),
            "Visits as soon as is reasonably practicable, by telephone or video too.",
        ),
        ..Row::EMPTY
    },
    Row {
        id: "cla_visit_interim_order_weekly",
        title: "Visit to a child under an interim care order who lives with a parent, until the first review",
        note: "At least once a week, from the later of the order and the start of living there. Afterwards cla_visit_interim_order.",
        versions: &relaxed_in_2020(
            weeks(1),
            from(2011, 4, 1),
            care_planning!("regulation 28(4)(a)"),
            [(Verified, Verified), (SecondHand, Verified), (SecondHand, Verified)],
            coronavirus_2020!("regulation 8(13)"),
            "Visits as soon as is reasonably practicable, by telephone or video too.",
        ),
        ..Row::EMPTY
    },
    Row {
        id: "cla_visit_interim_order",
        title: "Visit to a child under an interim care order who lives with a parent, after the first review, from the last",
        versions: &relaxed_in_2020(
            weeks(4),
            from(2011, 4, 1),
            care_planning!("regulation 28(4)(b)"),
            [(Verified, Verified), (SecondHand, Verified), (SecondHand, Verified)],
            coronavirus_2020!("regulation 8(13)"),
            "Visits as soon as is reasonably practicable, by telephone or video too.",
        ),
        ..Row::EMPTY
    },
    Row {
        id: "cla_visit_care_order_start",
        title: "First visit to a child under a care order who lives with a parent, from the order",
        note: "Afterwards cla_visit_care_order. A later start of living with the parent starts it too, by interpretation.",
        versions: &relaxed_in_2020(
            weeks(1),
            from(2011, 4, 1),
            care_planning!("regulation 28(5)(a)"),
            [(Verified, Verified), (SecondHand, Verified), (SecondHand, Verified)],
            coronavirus_2020!("regulation 8(13)"),
            "Visits as soon as is reasonably practicable, by telephone or video too.",
        ),
        ..Row::EMPTY
    },
    Row {
        id: "cla_visit_care_order",
        title: "Visit to a child under a care order who lives with a parent, from the last",
        versions: &relaxed_in_2020(
            weeks(6),
            from(2011, 4, 1),
            care_planning!("regulation 28(5)(b)"),
            [(Verified, Verified), (SecondHand, Verified), (SecondHand, Verified)],
            coronavirus_2020!("regulation 8(13)"),
            "Visits as soon as is reasonably practicable, by telephone or video too.",
        ),
        ..Row::EMPTY
    },
    Row {
        id: "cla_visit_other_arrangements_start",
        title: "First visit to a child in care whose living arrangements another body makes, from their start or a change in them",
        note: "Hospital, custody, or a place that a court chose.",
        versions: &relaxed_in_2020(
            weeks(1),
            from(2011, 4, 1),
            care_planning!("regulation 28(6)(a)"),
            [(FromKnowledge, Verified), (FromKnowledge, Verified), (FromKnowledge, Verified)],
            coronavirus_2020!("regulation 8(13)"),
            "Visits as soon as is reasonably practicable, by telephone or video too.",
        ),
        ..Row::EMPTY
    },
    Row {
        id: "cla_visit_other_arrangements",
        title: "Visit to a child in care whose living arrangements another body makes, in the first year, from the last",
        versions: &relaxed_in_2020(
            weeks(6),
            from(2011, 4, 1),
            care_planning!("regulation 28(6)(b)"),
            [(FromKnowledge, Verified), (FromKnowledge, Verified), (FromKnowledge, Verified)],
            coronavirus_2020!("regulation 8(13)"),
            "Visits as soon as is reasonably practicable, by telephone or video too.",
        ),
        ..Row::EMPTY
    },
    Row {
        id: "cla_visit_other_arrangements_later",
        title: "Visit to a child in care whose living arrangements another body makes, after the first year, from the last",
        versions: &relaxed_in_2020(
            months(3),
            from(2011, 4, 1),
            care_planning!("regulation 28(6)(c)"),
            [(FromKnowledge, Verified), (FromKnowledge, Verified), (FromKnowledge, Verified)],
            coronavirus_2020!("regulation 8(13)"),
            "Visits as soon as is reasonably practicable, by telephone or video too.",
        ),
        ..Row::EMPTY
    },
    Row {
        id: "cla_visit_on_request",
        title: "Visit that the child or the carer reasonably asks for, from the request",
        note: "No number of days is laid down.",
        versions: &[Version::new(no_number(), from(2011, 4, 1), care_planning!("regulation 28(7)(a)"))
            .sure(SecondHand, Verified)],
        ..Row::EMPTY
    },
    Row {
        id: "cla_visit_regulator_notice",
        title: "Visit to a child in a home of which the regulator gave notice, from its receipt",
        note: "The notice of section 30A of the Care Standards Act 2000.",
        versions: &[Version::new(weeks(1), from(2011, 4, 1), care_planning!("regulation 28(7)(b)"))
            .sure(FromKnowledge, Verified)],
        ..Row::EMPTY
    },
    Row {
        id: "cla_visit_local",
        title: "Visit to a looked after child by the plan’s own interval, from when the child was last seen",
        standing: Standing::Local,
        note: "Laxer than the law if a bank holiday falls within. Policy cla_visit_working_days sets the limit.",
        versions: &[Version::new(working_days(30), from(2017, 1, 24), "Local to a council")
            .sure(SecondHand, FromKnowledge)],
        ..Row::EMPTY
    },
    Row {
        id: "cla_visit_local_long_term",
        title: "Visit to a looked after child a year into a long-term placement by the plan’s own interval, from when the child was last seen",
        standing: Standing::Local,
        note: "Can end up to two days after three months. Policy cla_visit_long_term_working_days sets the limit.",
        versions: &[Version::new(working_days(60), from(2017, 1, 24), "Local to a council")
            .sure(SecondHand, FromKnowledge)],
        ..Row::EMPTY
    },
];
