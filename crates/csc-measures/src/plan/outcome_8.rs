//! The measures of outcome 8.

use super::facts::{Better, PeriodKind, Unit, column, needs};
use super::id::MeasureId;
use super::row::{Row, Standing, measures};

measures! {
    O8_M1 "O8.M1" "Number stepped across to Early Help from Children's Social Care" {
        Standing::Printed, Count, Month, Neutral,
        inputs: [
            needs("step_transfers | referrals"),
        ],
    }
    O8_M2 "O8.M2" "Number stepped across to Children's Social Care from Early Help" {
        Standing::Printed, Count, Month, Neutral,
        inputs: [
            needs("step_transfers"),
        ],
    }
    O8_M3 "O8.M3" "Children subject to a repeat Social Worker Assessment at FFD within 12mths - number" {
        Standing::Printed, Count, Month, Lower,
        inputs: [
            needs("assessments"),
            column("assessments.authorised_date"),
        ],
    }
    O8_M4 "O8.M4" "Children subject to a repeat Social Worker Assessment at FFD within 12mths - %" {
        Standing::Printed, Percent, Month, Lower,
        inputs: [
            needs("assessments"),
            column("assessments.authorised_date"),
        ],
    }
}
