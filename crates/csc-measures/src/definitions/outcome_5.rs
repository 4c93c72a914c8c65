//! Outcome 5: thresholds and joint working.

use super::facts::{Better, PeriodKind, Unit, needs};
use super::id::MeasureId;
use super::outcome_4;
use super::row::{OutcomeRow, Row, Standing, measures};

pub(super) const OUTCOME: OutcomeRow = OutcomeRow {
    id: "O5",
    number: 5,
    as_printed: "Outcome 5 - Establish understanding and consistency in application of WSCB agreed \
        thresholds - ensuring children get the right service at the right time to promote their welfare \
        and protection; and that there is high quality information sharing and joint decision-making on \
        risk",
    title: "Establish understanding and consistency in application of WSCB agreed thresholds - ensuring \
        children get the right service at the right time to promote their welfare and protection; and that \
        there is high quality information sharing and joint decision-making on risk",
    recommendations: &["R3", "R9", "R12"],
    measures: MEASURES,
};

/// It follows the outcome before.
const START: u8 = outcome_4::END;

measures! {
    O5_M1 "O5.M1" "Strategy discussions - % health involved" {
        Standing::Printed, Percent, Month, Higher,
        cases: "Strategy discussions held in the month, each child on its own.",
        numerator: "Those in which a health professional took part, in the room, by telephone or with \
            information.",
        denominator: "Those for which it is recorded whether health took part.",
        exclusions: "An invitation alone is not taking part; that is for whoever records it. Not recorded: \
            unknown.",
        inputs: [needs("strategy_discussions")],
        policies: [],
        source: "Statutory guidance, Working Together to Safeguard Children: a strategy discussion should \
            involve health (wording not verified). The percentage is local to the plan.",
        published: None,
        version: 1,
    }
    O5_M2 "O5.M2" "Strategy discussions - % aged 4-17 school involved" {
        Standing::Printed, Percent, Month, Higher,
        cases: "Strategy discussions held in the month about children aged 4 to 17 on the day, each child \
            on its own.",
        numerator: "Those in which the school took part.",
        denominator: "Those for which it is recorded whether the school took part.",
        exclusions: "Not applicable: children marked as having no school to involve, unborn children, and \
            other ages. Age or involvement not recorded: unknown.",
        inputs: [needs("strategy_discussions"), needs("persons")],
        policies: [],
        source: "Statutory guidance, Working Together to Safeguard Children: a strategy discussion should \
            involve other bodies as needed, the school among them (wording not verified). The ages and the \
            percentage are local to the plan.",
        published: None,
        version: 1,
    }
    O5_M3 "O5.M3" "Percentage of referrals to FFD where case previously referred to social care in preceding 12 months" {
        Standing::Printed, Percent, Month, Lower,
        cases: "Referrals to the Family Front Door (FFD) in the month, each child on its own; two of one \
            child on one day are one.",
        numerator: "Those of a child who had another referral, to any team, in the twelve months before; \
            exactly twelve months before counts.",
        denominator: "All of them.",
        exclusions: "The clock runs from referral to referral, not from closure. An earlier referral that \
            led to no action counts. Contacts are not referrals. The twelve months before the month must \
            be in the data, or the result warns.",
        inputs: [needs("referrals")],
        policies: ["front_door_teams"],
        source: "DfE's children in need census, which the plan follows.",
        published: Some("DfE, Characteristics of children in need: re-referrals within 12 months of a \
            previous referral"),
        version: 1,
    }
    O5_M4 "O5.M4" "CP Plan - No. of children subject for 2nd or subsequent time" {
        Standing::Printed, Count, Month, Lower,
        cases: "Children with a child protection plan begun in the month.",
        numerator: "Children who had an earlier plan, however long ago, that had ended when the new one \
            began.",
        denominator: "None: this is a count.",
        exclusions: "Plans held for another authority are out, as new plans and as earlier ones. A child \
            who moves in with a plan has not begun a new one. Two such plans of a child in the month are \
            one child. Plans that overlap are reported as a data issue. Plans before the data begins \
            cannot be seen: under five years of history, the result warns.",
        inputs: [needs("cp_plans")],
        policies: ["repeat_plan_unit"],
        source: "DfE's children in need census and the former NI 65; the plan prints the number rather \
            than the percentage.",
        published: Some("DfE, Characteristics of children in need: child protection plans that were a \
            second or subsequent plan (formerly NI 65), a percentage of plans"),
        version: 1,
    }
    O5_M4_PERCENT "O5.M4.percent" "% of CP Plans started that are a 2nd or subsequent plan" {
        Standing::CompanionOf("O5.M4"), Percent, Month, Lower,
        cases: "Child protection plans begun in the month.",
        numerator: "Plans of a child who had an earlier plan, however long ago, that had ended when the \
            new one began.",
        denominator: "All of them.",
        exclusions: "Plans held for another authority are out, as new plans and as earlier ones. A child \
            who moves in with a plan has not begun a new one. Each plan is a case, as in the published \
            figure.",
        inputs: [needs("cp_plans")],
        policies: [],
        source: "Local to this library, following the former NI 65.",
        published: Some("DfE, Characteristics of children in need: child protection plans that were a \
            second or subsequent plan (formerly NI 65)"),
        version: 1,
    }
}
