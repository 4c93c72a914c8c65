//! Outcome 7: care proceedings.

use super::facts::{Better, PeriodKind, Unit, column, needs};
use super::id::MeasureId;
use super::outcome_6;
use super::row::{OutcomeRow, Row, Standing, measures};

pub(super) const OUTCOME: OutcomeRow = OutcomeRow {
    id: "O7",
    number: 7,
    as_printed: "Outcome 7 - Children subject to care proceedings receive a quality timely service to \
        ensure they achieve permanency without delay",
    title: "Children subject to care proceedings receive a quality timely service to ensure they achieve \
        permanency without delay",
    recommendations: &["R6"],
    measures: MEASURES,
};

/// It follows the outcome before.
const START: u8 = outcome_6::END;

measures! {
    O7_M1 "O7.M1" "Number of care proceedings completed in the month" {
        Standing::Printed, Count, Month, Neutral,
        cases: "Care proceedings concluded in the month; a case is one set of proceedings, however many \
            children.",
        numerator: "The cases.",
        denominator: "None: this is a count.",
        exclusions: "A case is concluded on the day of its last child's final order.",
        inputs: [needs("care_proceedings"), column("care_proceedings.concluded_date")],
        policies: [],
        source: "Local to the plan.",
        published: Some("Ministry of Justice, Family Court Statistics Quarterly: care and supervision \
            cases disposed of"),
        version: 1,
    }
    O7_M2 "O7.M2" "% Of these - completed in 26 weeks" {
        Standing::Printed, Percent, Month, Higher,
        cases: "The cases of O7.M1.",
        numerator: "Those concluded within 26 weeks, of which the day of issue is the first: by day 181 \
            after it.",
        denominator: "The cases whose dates can be read.",
        exclusions: "Concluded before issue: unknown. An extension granted by the court does not put a \
            case in time.",
        inputs: [needs("care_proceedings"), column("care_proceedings.concluded_date")],
        policies: ["proceedings_limit_days"],
        source: "Children Act 1989, section 32(1)(a)(ii): within twenty-six weeks beginning with the day \
            on which the application was issued.",
        published: Some("Ministry of Justice, Family Court Statistics Quarterly: care and supervision \
            cases disposed of within 26 weeks"),
        version: 1,
    }
    O7_M3 "O7.M3" "Number of applications for final order made in the month" {
        Standing::Printed, Count, Month, Neutral,
        cases: "Applications for a final order decided in the month, each application on its own; under \
            the policy those filed in it.",
        numerator: "The applications.",
        denominator: "None: this is a count.",
        exclusions: "The printed title can mean applications filed or decided. Decided is the default, \
            since O7.M4 needs to know how they ended.",
        inputs: [needs("final_order_applications"), column("final_order_applications.decided_date")],
        policies: ["final_order_basis"],
        source: "Local to the plan.",
        published: None,
        version: 1,
    }
    O7_M4 "O7.M4" "% of these - where the LA got what it applied for" {
        Standing::Printed, Percent, Month, Higher,
        cases: "The applications of O7.M3.",
        numerator: "Those in which the order made is the one sought in the authority's final care plan.",
        denominator: "Those decided, with both orders recorded.",
        exclusions: "Not yet decided: not yet due. Withdrawn by the authority: not applicable. Order \
            sought or made not recorded: unknown. A part of what was sought is not the order sought.",
        inputs: [
            needs("final_order_applications"), column("final_order_applications.decided_date"),
            column("final_order_applications.order_sought"), column("final_order_applications.order_made"),
        ],
        policies: ["final_order_basis"],
        source: "Local to the plan.",
        published: None,
        version: 1,
    }
}
