//! Outcome 8: Early Help.

use super::facts::{Better, PeriodKind, Unit, column, needs};
use super::id::MeasureId;
use super::outcome_7;
use super::row::{OutcomeRow, Row, Standing, measures};

pub(super) const OUTCOME: OutcomeRow = OutcomeRow {
    id: "O8",
    number: 8,
    as_printed: "Outcome 8 - Children and families have timely access to good quality targeted Early Help \
        that prevents the need for more specialist intervention and / or supports sustainable outcomes",
    title: "Children and families have timely access to good quality targeted Early Help that prevents the \
        need for more specialist intervention and / or supports sustainable outcomes",
    recommendations: &["R3"],
    measures: MEASURES,
};

/// It follows the outcome before.
const START: u8 = outcome_7::END;

measures! {
    O8_M1 "O8.M1" "Number stepped across to Early Help from Children's Social Care" {
        Standing::Printed, Count, Month, Neutral,
        cases: "Step-downs to Early Help in the month, each child on its own.",
        numerator: "The step-downs.",
        denominator: "None: this is a count.",
        exclusions: "Without a record of step transfers, referrals closed in the month as referred to \
            early help (reason RC9) stand in for it.",
        inputs: [needs("step_transfers | referrals")],
        policies: [],
        source: "Local to the plan; RC9 is the closure reason of DfE's children in need census.",
        published: None,
        version: 1,
    }
    O8_M2 "O8.M2" "Number stepped across to Children's Social Care from Early Help" {
        Standing::Printed, Count, Month, Neutral,
        cases: "Steps up from Early Help to children's social care in the month, each child on its own.",
        numerator: "The steps up.",
        denominator: "None: this is a count.",
        exclusions: "Proposals that social care did not accept are not step transfers.",
        inputs: [needs("step_transfers")],
        policies: [],
        source: "Local to the plan.",
        published: None,
        version: 1,
    }
    O8_M3 "O8.M3" "Children subject to a repeat Social Worker Assessment at FFD within 12mths - number" {
        Standing::Printed, Count, Month, Lower,
        cases: "Children with a social worker assessment of the Family Front Door (FFD) authorised in the \
            month, one case a child.",
        numerator: "Children with an earlier completed assessment, authorised in the twelve months before \
            the start of the one in the month.",
        denominator: "None: this is a count.",
        exclusions: "The earlier assessment may be of any team and must belong to another referral; an \
            update on the same referral is not a repeat, unless the policy counts it. The twelve months \
            before the month must be in the data, or the result warns.",
        inputs: [needs("assessments"), column("assessments.authorised_date")],
        policies: ["front_door_teams", "repeat_same_referral"],
        source: "Local to the plan.",
        published: Some("DfE, Characteristics of children in need: re-referrals within 12 months, a \
            kindred figure of referrals"),
        version: 1,
    }
    O8_M4 "O8.M4" "Children subject to a repeat Social Worker Assessment at FFD within 12mths - %" {
        Standing::Printed, Percent, Month, Lower,
        cases: "Children with a social worker assessment of the Family Front Door (FFD) authorised in the \
            month, one case a child.",
        numerator: "Children with an earlier completed assessment, authorised in the twelve months before \
            the start of the one in the month.",
        denominator: "All of them.",
        exclusions: "The earlier assessment may be of any team and must belong to another referral; an \
            update on the same referral is not a repeat, unless the policy counts it. The twelve months \
            before the month must be in the data, or the result warns.",
        inputs: [needs("assessments"), column("assessments.authorised_date")],
        policies: ["front_door_teams", "repeat_same_referral"],
        source: "Local to the plan.",
        published: Some("DfE, Characteristics of children in need: re-referrals within 12 months, a \
            kindred figure of referrals"),
        version: 1,
    }
}
