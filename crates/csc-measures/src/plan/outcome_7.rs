//! The measures of outcome 7.

use super::facts::{Better, PeriodKind, Unit, column, needs};
use super::id::MeasureId;
use super::row::{Row, Standing, measures};

measures! {
    O7_M1 "O7.M1" "Number of care proceedings completed in the month" {
        Standing::Printed, Count, Month, Neutral,
        inputs: [
            needs("care_proceedings"),
            column("care_proceedings.concluded_date"),
        ],
    }
    O7_M2 "O7.M2" "% Of these - completed in 26 weeks" {
        Standing::Printed, Percent, Month, Higher,
        inputs: [
            needs("care_proceedings"),
            column("care_proceedings.concluded_date"),
        ],
    }
    O7_M3 "O7.M3" "Number of applications for final order made in the month" {
        Standing::Printed, Count, Month, Neutral,
        inputs: [
            needs("final_order_applications"),
            column("final_order_applications.decided_date"),
        ],
    }
    O7_M4 "O7.M4" "% of these - where the LA got what it applied for" {
        Standing::Printed, Percent, Month, Higher,
        inputs: [
            needs("final_order_applications"),
            column("final_order_applications.decided_date"),
            column("final_order_applications.order_sought"),
            column("final_order_applications.order_made"),
        ],
    }
}
