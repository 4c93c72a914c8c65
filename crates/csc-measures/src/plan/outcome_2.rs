//! The measures of outcome 2.

use super::facts::{Better, PeriodKind, Unit, When, column, needs, reads};
use super::id::MeasureId;
use super::row::{Row, Standing, measures};

measures! {
    O2_M1 "O2.M1" "All policies have a last reviewed date of less than 3 years" {
        Standing::Printed, Percent, Snapshot, Higher,
        inputs: [
            needs("policies"),
            column("policies.last_reviewed | policies.in_force_from"),
        ],
    }
    O2_M2 "O2.M2" "Total social worker assessments completed" {
        Standing::Printed, Count, Month, Neutral,
        inputs: [
            needs("assessments"),
            column("assessments.authorised_date"),
        ],
    }
    O2_M3 "O2.M3" "Social worker assessments completed in 45 days - %" {
        Standing::Printed, Percent, Month, Higher,
        inputs: [
            needs("assessments"),
            column("assessments.authorised_date"),
            reads("referrals").when(When::AssessmentClockReferral),
        ],
    }
    O2_M3_OPEN_OVERDUE "O2.M3.open_overdue" "Open social worker assessments past 45 working days" {
        Standing::CompanionOf("O2.M3"), Count, Snapshot, Lower,
        inputs: [
            needs("assessments"),
            column("assessments.authorised_date"),
            reads("persons"),
            reads("referrals"),
        ],
    }
}
