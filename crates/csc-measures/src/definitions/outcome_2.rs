//! Outcome 2: policies and assessments.

use super::facts::{Better, PeriodKind, Unit, When, column, needs, reads};
use super::id::MeasureId;
use super::outcome_1;
use super::row::{OutcomeRow, Row, Standing, measures};

pub(super) const OUTCOME: OutcomeRow = OutcomeRow {
    id: "O2",
    number: 2,
    as_printed: "Outcome 2 - Have up to date policy, procedures, tools for assessment and standards for \
        social workers to achieve high-quality practice.",
    title: "Have up to date policy, procedures, tools for assessment and standards for social workers to \
        achieve high-quality practice.",
    recommendations: &["R4", "R7", "R8", "R9", "R11"],
    measures: MEASURES,
};

/// It follows the outcome before.
const START: u8 = outcome_1::END;

measures! {
    O2_M1 "O2.M1" "All policies have a last reviewed date of less than 3 years" {
        Standing::Printed, Percent, Snapshot, Higher,
        cases: "Policies in force at the month end.",
        numerator: "Policies reviewed less than three years before the month end; exactly three years is \
            too old. A policy not yet reviewed counts from the day it came into force.",
        denominator: "All policies in force at the month end.",
        exclusions: "A policy with neither a review date nor a date in force fails the test. Retired \
            policies are out. A review dated after the month end has not happened; the policy then passes \
            if it is itself under three years old, and is unknown if not. The result also says whether all \
            policies pass, as the title asks.",
        inputs: [needs("policies"), column("policies.last_reviewed | policies.in_force_from")],
        policies: [],
        source: "Local to the plan.",
        published: None,
        version: 1,
    }
    O2_M2 "O2.M2" "Total social worker assessments completed" {
        Standing::Printed, Count, Month, Neutral,
        cases: "Social worker assessments authorised in the month, each child of a family on its own.",
        numerator: "The assessments.",
        denominator: "None: this is a count.",
        exclusions: "An assessment is complete when a manager has authorised it. Open and abandoned \
            assessments do not count; those of unborn children do.",
        inputs: [needs("assessments"), column("assessments.authorised_date")],
        policies: [],
        source: "DfE's children in need census: an assessment is complete once the team manager has viewed \
            and authorised it.",
        published: Some("DfE, Characteristics of children in need: assessments completed in the year"),
        version: 1,
    }
    O2_M3 "O2.M3" "Social worker assessments completed in 45 days - %" {
        Standing::Printed, Percent, Month, Higher,
        cases: "The assessments of O2.M2.",
        numerator: "Those authorised within 45 working days of their start. The start is day 0.",
        denominator: "The assessments of O2.M2 whose clock can be read.",
        exclusions: "Authorised before it started: unknown. Assessments still open are outside, however \
            late: read this figure with O2.M3.open_overdue.",
        inputs: [
            needs("assessments"), column("assessments.authorised_date"),
            reads("referrals").when(When::AssessmentClockReferral),
        ],
        policies: ["calendar", "count_start_day", "assessment_clock", "assessment_working_days"],
        source: "Statutory guidance, Working Together to Safeguard Children: 45 working days from the \
            point of referral (wording not verified). DfE's children in need census counts from the start \
            of the assessment, and so does the default here. The printed \"45 days\" is read as working \
            days.",
        published: Some("DfE, Characteristics of children in need: assessments completed within 45 working \
            days"),
        version: 1,
    }
    O2_M3_OPEN_OVERDUE "O2.M3.open_overdue" "Open social worker assessments past 45 working days" {
        Standing::CompanionOf("O2.M3"), Count, Snapshot, Lower,
        cases: "Assessments open at the month end for more than 45 working days, by the clock of O2.M3.",
        numerator: "The assessments.",
        denominator: "None: this is a count.",
        exclusions: "Out: children who have turned 18 or died, and assessments whose referral has been \
            closed. Without this figure, leaving late assessments open would improve O2.M3.",
        inputs: [
            needs("assessments"), column("assessments.authorised_date"), reads("persons"),
            reads("referrals"),
        ],
        policies: ["calendar", "count_start_day", "assessment_clock", "assessment_working_days"],
        source: "Local to this library; the limit is that of O2.M3.",
        published: None,
        version: 1,
    }
    O2_M3_FROM_REFERRAL "O2.M3.from_referral" "Social worker assessments completed within 45 working days of the referral - %" {
        Standing::CompanionOf("O2.M3"), Percent, Month, Higher,
        cases: "The assessments of O2.M2.",
        numerator: "Those authorised within 45 working days of the referral, whose day is day 0.",
        denominator: "The assessments of O2.M2 whose referral is known.",
        exclusions: "No referral linked, or one that is not there: unknown. Authorised before the referral: \
            unknown.",
        inputs: [
            needs("assessments"), needs("referrals"), column("assessments.authorised_date"),
            column("assessments.referral_id"),
        ],
        policies: ["calendar", "count_start_day", "assessment_working_days"],
        source: "Statutory guidance, Working Together to Safeguard Children: 45 working days from the point \
            of referral.",
        published: None,
        version: 1,
    }
}
