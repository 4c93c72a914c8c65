//! Adoption.

use crate::time::clock::row::{Row, Version, adoption_agencies, coronavirus_2020, days, from, months, weeks};
use crate::time::clock::temporary::relaxed_in_2020;
use crate::time::clock::version::Certainty::{SecondHand, Verified};
use crate::time::clock::version::Standing;

pub(super) const ROWS: &[Row] = &[
    Row {
        id: "adoption_a1_threshold",
        title: "Adoption scorecard threshold A1, from the start of care to moving in with the adoptive family",
        standing: Standing::Context,
        note: "Fourteen months, the threshold of 2013 to 2016: context for `adoption_days`, which judges nobody by it.",
        versions: &[Version::new(
            days(426),
            from(2013, 4, 1).to(2016, 3, 31),
            "Department for Education adoption scorecards, 2013 to 2016 average",
        )
        .sure(SecondHand, SecondHand)],
        ..Row::EMPTY
    },
    Row {
        id: "adoption_visit_start",
        title: "First visit to a child placed for adoption, from the placement",
        versions: &relaxed_in_2020(
            weeks(1),
            from(2005, 12, 30),
            adoption_agencies!("regulation 36(4)(a)"),
            [(Verified, Verified), (SecondHand, Verified), (SecondHand, Verified)],
            coronavirus_2020!("regulation 4"),
            "Relaxed; the words were not read.",
        ),
        ..Row::EMPTY
    },
    Row {
        id: "adoption_visit",
        title: "Visit to a child placed for adoption, from the last, until the first review",
        versions: &relaxed_in_2020(
            weeks(1),
            from(2005, 12, 30),
            adoption_agencies!("regulation 36(4)(a)"),
            [(Verified, Verified), (SecondHand, Verified), (SecondHand, Verified)],
            coronavirus_2020!("regulation 4"),
            "Relaxed; the words were not read.",
        ),
        ..Row::EMPTY
    },
    Row {
        id: "adoption_first_review",
        title: "First review of a child placed for adoption, from the placement",
        versions: &relaxed_in_2020(
            weeks(4),
            from(2005, 12, 30),
            adoption_agencies!("regulation 36(3)(a)"),
            [(Verified, Verified), (SecondHand, Verified), (SecondHand, Verified)],
            coronavirus_2020!("regulation 4"),
            "Relaxed; the words were not read.",
        ),
        ..Row::EMPTY
    },
    Row {
        id: "adoption_second_review",
        title: "Second review of a child placed for adoption, from the first",
        versions: &relaxed_in_2020(
            months(3),
            from(2005, 12, 30),
            adoption_agencies!("regulation 36(3)(b)"),
            [(Verified, Verified), (SecondHand, Verified), (SecondHand, Verified)],
            coronavirus_2020!("regulation 4"),
            "Relaxed; the words were not read.",
        ),
        ..Row::EMPTY
    },
    Row {
        id: "adoption_review",
        title: "Later reviews of a child placed for adoption, from the one before",
        versions: &relaxed_in_2020(
            months(6),
            from(2005, 12, 30),
            adoption_agencies!("regulation 36(3)(c)"),
            [(Verified, Verified), (SecondHand, Verified), (SecondHand, Verified)],
            coronavirus_2020!("regulation 4"),
            "Relaxed; the words were not read.",
        ),
        ..Row::EMPTY
    },
    Row {
        id: "adoption_review_not_placed_first",
        title: "First review of a child who may be placed for adoption and is not, from the authority to place",
        note: "The authority is a placement order or the parents’ consent.",
        versions: &relaxed_in_2020(
            months(3),
            from(2005, 12, 30),
            adoption_agencies!("regulation 36(1)(a)"),
            [(Verified, Verified), (SecondHand, Verified), (SecondHand, Verified)],
            coronavirus_2020!("regulation 4"),
            "Relaxed; the words were not read.",
        ),
        ..Row::EMPTY
    },
    Row {
        id: "adoption_review_not_placed",
        title: "Later reviews of a child who may be placed for adoption and is not, from the one before",
        versions: &relaxed_in_2020(
            months(6),
            from(2005, 12, 30),
            adoption_agencies!("regulation 36(1)(b)"),
            [(Verified, Verified), (SecondHand, Verified), (SecondHand, Verified)],
            coronavirus_2020!("regulation 4"),
            "Relaxed; the words were not read.",
        ),
        ..Row::EMPTY
    },
];
