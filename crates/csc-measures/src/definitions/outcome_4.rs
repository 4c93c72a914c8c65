//! Outcome 4: feedback.

use super::facts::{Better, PeriodKind, Unit, column, needs};
use super::id::MeasureId;
use super::outcome_3;
use super::row::{OutcomeRow, Row, Standing, measures};

pub(super) const OUTCOME: OutcomeRow = OutcomeRow {
    id: "O4",
    number: 4,
    as_printed: "Outcome 4 - Have in place a range of customer feedback opportunities for our children and \
        families and learn from these",
    title: "Have in place a range of customer feedback opportunities for our children and families and \
        learn from these",
    recommendations: &["R4", "R14"],
    measures: MEASURES,
};

/// It follows the outcome before.
const START: u8 = outcome_3::END;

measures! {
    O4_M1 "O4.M1" "Number of Stage One complaints received" {
        Standing::Printed, Count, Month, Neutral,
        cases: "Stage One complaints received in the month under the children's statutory procedure.",
        numerator: "The complaints.",
        denominator: "None: this is a count.",
        exclusions: "Complaints under the corporate procedure, and those that entered at Stage Two, are \
            out. A complaint later withdrawn still counts.",
        inputs: [needs("complaints")],
        policies: [],
        source: "Local to the plan. The procedure is that of the Children Act 1989 Representations \
            Procedure (England) Regulations 2006 (SI 2006/1738).",
        published: None,
        version: 1,
    }
    O4_M2 "O4.M2" "Number of Stage One complaints made by Children & Young People" {
        Standing::Printed, Count, Month, Neutral,
        cases: "The complaints of O4.M1.",
        numerator: "Those made by a child or young person, or by an advocate for one.",
        denominator: "None: this is a count.",
        exclusions: "A parent's complaint about a child's service is not one. Not recorded who complained: \
            unknown, listed.",
        inputs: [needs("complaints"), column("complaints.made_by_child")],
        policies: [],
        source: "Local to the plan.",
        published: None,
        version: 1,
    }
    O4_M3 "O4.M3" "% of Stage One complaints that progressed to Stage Two" {
        Standing::Printed, Percent, RollingTwelveMonths, Lower,
        cases: "Stage One complaints, as in O4.M1, received in the twelve months to the month end.",
        numerator: "Those for which Stage Two had been requested by the month end.",
        denominator: "All of them.",
        exclusions: "Complaints that entered at Stage Two are on neither side. The latest complaints have \
            had less time to progress: the figure for a month can still rise when it is worked out again \
            later.",
        inputs: [needs("complaints"), column("complaints.stage_two_date")],
        policies: ["stage_two_basis"],
        source: "Local to the plan. The stages are those of SI 2006/1738.",
        published: None,
        version: 1,
    }
    O4_M4 "O4.M4" "Number of service compliments received" {
        Standing::Printed, Count, Month, Higher,
        cases: "Compliments received in the month.",
        numerator: "The compliments.",
        denominator: "None: this is a count.",
        exclusions: "None.",
        inputs: [needs("compliments")],
        policies: [],
        source: "Local to the plan.",
        published: None,
        version: 1,
    }
    O4_M5 "O4.M5" "Qualitative reports on the improved practise resulting from Service User feedback" {
        Standing::Printed, Qualitative, Month, Neutral,
        cases: "Reports dated in the month on what changed after feedback from children and families.",
        numerator: "How many reports there are, for information; the answer is the reports themselves, \
            which are listed.",
        denominator: "None: this is for reading.",
        exclusions: "It has no value and is never rated.",
        inputs: [needs("feedback_reports")],
        policies: [],
        source: "Local to the plan.",
        published: None,
        version: 1,
    }
}
