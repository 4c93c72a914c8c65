//! Complaints.

use crate::time::clock::row::{Row, Version, coronavirus_2020, from, representations, working_days};
use crate::time::clock::temporary::relaxed_in_2020;
use crate::time::clock::version::Certainty::{SecondHand, Verified};

pub(super) const ROWS: &[Row] = &[
    Row {
        id: "complaint_stage_one",
        title: "Answer to a complaint at stage one, from its receipt",
        note: "From the appointment of an advocate if one is needed.",
        versions: &[Version::new(working_days(10), from(2006, 9, 1), representations!("regulation 14"))
            .sure(SecondHand, Verified)],
        ..Row::EMPTY
    },
    Row {
        id: "complaint_stage_one_extended",
        title: "Answer to a complaint at stage one if the time was extended, from its receipt",
        versions: &[Version::new(working_days(20), from(2006, 9, 1), representations!("regulation 14"))
            .sure(SecondHand, Verified)],
        ..Row::EMPTY
    },
    Row {
        id: "complaint_stage_two_request",
        title: "Request for stage two, from the answer at stage one",
        note: "The complainant’s time, not the authority’s.",
        versions: &[Version::new(
            working_days(20),
            from(2006, 9, 1),
            "Council procedures; Getting the Best from Complaints 2006",
        )
        .sure(SecondHand, Verified)],
        ..Row::EMPTY
    },
    Row {
        id: "complaint_stage_two",
        title: "Investigation at stage two, from the complaint being agreed in writing",
        versions: &[Version::new(working_days(25), from(2006, 9, 1), representations!("regulation 17"))
            .sure(SecondHand, Verified)],
        ..Row::EMPTY
    },
    Row {
        id: "complaint_stage_two_extended",
        title: "Investigation at stage two if the time was extended, from the complaint being agreed in writing",
        versions: &[Version::new(working_days(65), from(2006, 9, 1), representations!("regulation 17"))
            .sure(SecondHand, Verified)],
        ..Row::EMPTY
    },
    Row {
        id: "complaint_panel_request",
        title: "Request for a review panel, from the answer at stage two",
        note: "The complainant’s time, not the authority’s.",
        versions: &[Version::new(working_days(20), from(2006, 9, 1), representations!("regulation 18"))
            .sure(SecondHand, Verified)],
        ..Row::EMPTY
    },
    Row {
        id: "complaint_panel",
        title: "Review panel at stage three, from the request",
        versions: &relaxed_in_2020(
            working_days(30),
            from(2006, 9, 1),
            representations!("regulation 19(4)"),
            [(Verified, Verified), (SecondHand, Verified), (SecondHand, Verified)],
            coronavirus_2020!("regulation 6"),
            "As soon as is reasonably practicable; which of the three steps of a panel it covers was not read.",
        ),
        ..Row::EMPTY
    },
    Row {
        id: "complaint_panel_report",
        title: "Report of the review panel, from its meeting",
        versions: &relaxed_in_2020(
            working_days(5),
            from(2006, 9, 1),
            representations!("regulation 20"),
            [(SecondHand, Verified), (SecondHand, Verified), (SecondHand, Verified)],
            coronavirus_2020!("regulation 6"),
            "As soon as is reasonably practicable; which of the three steps of a panel it covers was not read.",
        ),
        ..Row::EMPTY
    },
    Row {
        id: "complaint_panel_response",
        title: "Response of the authority to the panel, from its report",
        versions: &relaxed_in_2020(
            working_days(15),
            from(2006, 9, 1),
            representations!("regulation 20"),
            [(SecondHand, Verified), (SecondHand, Verified), (SecondHand, Verified)],
            coronavirus_2020!("regulation 6"),
            "As soon as is reasonably practicable; which of the three steps of a panel it covers was not read.",
        ),
        ..Row::EMPTY
    },
];
