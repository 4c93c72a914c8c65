//! Plans, placements and reviews of children who are looked after.

use crate::time::clock::limit::Counting;
use crate::time::clock::row::{
    Row, Version, after, care_planning, coronavirus_2020, days, from, months, weeks, working_days,
};
use crate::time::clock::temporary::{RELAXED, relaxed_in_2020};
use crate::time::clock::version::Certainty::{FromKnowledge, SecondHand, Verified};
use crate::time::clock::version::Standing;

pub(super) const ROWS: &[Row] = &[
    Row {
        id: "cla_care_plan",
        title: "Care plan of a looked after child who had none before the placement, from the start of the first placement",
        note: "The plan is owed before placement, and by this day if that was not practicable.",
        versions: &[Version::new(working_days(10), from(2011, 4, 1), care_planning!("regulation 4(2)"))
            .sure(Verified, Verified)],
        ..Row::EMPTY
    },
    Row {
        id: "cla_care_plan_28th_day",
        title: "Care plan by the 28th day of care: the start of care plus 27 days",
        counting: Counting::DayOne,
        standing: Standing::Local,
        note: "The day care starts is the first of the 28.",
        versions: &[
            Version::new(days(28), from(2017, 1, 24), "Local to a council").sure(SecondHand, FromKnowledge)
        ],
        ..Row::EMPTY
    },
    Row {
        id: "placement_plan",
        title: "Placement plan that was not made before the placement, from its start",
        versions: &relaxed_in_2020(
            working_days(5),
            from(2011, 4, 1),
            care_planning!("regulation 9(2)"),
            [(Verified, Verified), (Verified, Verified), (SecondHand, Verified)],
            coronavirus_2020!("regulation 8(4)"),
            "As soon as is reasonably practicable afterwards.",
        ),
        ..Row::EMPTY
    },
    Row {
        id: "placement_notification",
        title: "Notice of a placement to the area authority, the doctor and others, from its start",
        versions: &[Version::new(working_days(5), from(2011, 4, 1), care_planning!("regulation 13"))
            .sure(FromKnowledge, Verified)],
        ..Row::EMPTY
    },
    Row {
        id: "parents_assessment",
        title: "Assessment of parents with whom a child was placed before it was complete, from the placement",
        versions: &relaxed_in_2020(
            working_days(10),
            from(2011, 4, 1),
            care_planning!("regulation 19(b)"),
            [(SecondHand, Verified), (SecondHand, Verified), (SecondHand, Verified)],
            coronavirus_2020!("regulation 8(7)"),
            "As soon as is reasonably practicable.",
        ),
        ..Row::EMPTY
    },
    Row {
        id: "temporary_approval_end",
        title: "End of a temporary approval of a connected person, from the approval",
        note: "Eight weeks more are possible (regulation 25, from knowledge).",
        extended_by: Some(weeks(8)),
        versions: &[
            Version::new(weeks(16), from(2011, 4, 1).before(RELAXED), care_planning!("regulation 24"))
                .sure(Verified, Verified),
            Version::new(weeks(24), RELAXED, care_planning!("regulation 24 as amended by SI 2020/445"))
                .sure(Verified, Verified),
            Version::new(weeks(16), after(RELAXED), care_planning!("regulation 24"))
                .sure(SecondHand, Verified),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "emergency_foster_placement",
        title: "End of an emergency placement outside the carer’s terms of approval, from the placement",
        versions: &[
            Version::new(working_days(6), from(2011, 4, 1).before(RELAXED), care_planning!("regulation 23"))
                .sure(SecondHand, Verified),
            Version::new(weeks(24), RELAXED, care_planning!("regulation 23; SI 2020/445"))
                .sure(Verified, Verified),
            Version::new(working_days(6), after(RELAXED), care_planning!("regulation 23"))
                .sure(SecondHand, Verified),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "temporary_placement_t1",
        title: "Temporary placement T1 (a stay in hospital), from its start to its end",
        standing: Standing::Context,
        note: "A longer one counts as a placement.",
        versions: &[
            Version::new(days(42), from(2017, 4, 1), "SSDA903 rule 375").sure(SecondHand, FromKnowledge)
        ],
        ..Row::EMPTY
    },
    Row {
        id: "temporary_placement_t3",
        title: "Temporary placement T3 (while the carers are on holiday), from its start to its end",
        standing: Standing::Context,
        note: "A longer one counts as a placement.",
        versions: &[
            Version::new(days(21), from(2017, 4, 1), "SSDA903 rule 376").sure(SecondHand, FromKnowledge)
        ],
        ..Row::EMPTY
    },
    Row {
        id: "temporary_placement_t4",
        title: "Temporary placement T4 (seven days or less, for another reason), from its start to its end",
        standing: Standing::Context,
        note: "A longer one counts as a placement.",
        versions: &[
            Version::new(days(7), from(2017, 4, 1), "SSDA903 rule 379").sure(SecondHand, FromKnowledge)
        ],
        ..Row::EMPTY
    },
    Row {
        id: "remand_care_plan",
        title: "Care plan of a child who is looked after by remand to authority accommodation alone, from the remand",
        versions: &[Version::new(
            working_days(5),
            from(2013, 4, 19),
            care_planning!("Part 8A (regulation 47B), inserted by SI 2013/706"),
        )
        .sure(FromKnowledge, Verified)],
        ..Row::EMPTY
    },
    Row {
        id: "detention_placement_plan",
        title: "Detention placement plan of a child remanded to youth detention accommodation, from the remand",
        versions: &[Version::new(
            working_days(10),
            from(2013, 4, 19),
            care_planning!("Part 8A (regulation 47C), inserted by SI 2013/706"),
        )
        .sure(FromKnowledge, Verified)],
        ..Row::EMPTY
    },
    Row {
        id: "cla_first_review",
        title: "First review of a looked after child, from becoming looked after",
        versions: &[
            Version::new(
                weeks(4),
                from(1991, 10, 14).to(2011, 3, 31),
                "Review of Children's Cases Regulations 1991 (SI 1991/895) regulation 3",
            )
            .sure(SecondHand, FromKnowledge),
            Version::new(working_days(20), from(2011, 4, 1), care_planning!("regulation 33(1)"))
                .sure(SecondHand, Verified),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "cla_second_review",
        title: "Second review of a looked after child, from the first",
        versions: &[
            Version::new(
                months(3),
                from(1991, 10, 14).to(2011, 3, 31),
                "Review of Children's Cases Regulations 1991 regulation 3",
            )
            .sure(SecondHand, FromKnowledge),
            Version::new(months(3), from(2011, 4, 1), care_planning!("regulation 33(2)"))
                .sure(SecondHand, Verified),
        ],
        ..Row::EMPTY
    },
    Row {
        id: "cla_review",
        title: "Later reviews of a looked after child, from the one before",
        versions: &[
            Version::new(
                months(6),
                from(1991, 10, 14).to(2011, 3, 31),
                "Review of Children's Cases Regulations 1991 regulation 3",
            )
            .sure(SecondHand, FromKnowledge),
            Version::new(months(6), from(2011, 4, 1).before(RELAXED), care_planning!("regulation 33(2)"))
                .sure(SecondHand, Verified),
            Version::new(
                months(6),
                RELAXED,
                care_planning!("regulation 33(2); SI 2020/445 regulation 8(14)"),
            )
            .sure(SecondHand, Verified)
            .relaxed("Where reasonably practicable."),
            Version::new(months(6), after(RELAXED), care_planning!("regulation 33(2)"))
                .sure(SecondHand, Verified),
        ],
        ..Row::EMPTY
    },
];
