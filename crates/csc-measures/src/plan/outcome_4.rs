//! The measures of outcome 4.

use super::facts::{Better, PeriodKind, Unit, column, needs};
use super::id::MeasureId;
use super::row::{Row, Standing, measures};

measures! {
    O4_M1 "O4.M1" "Number of Stage One complaints received" {
        Standing::Printed, Count, Month, Neutral,
        inputs: [
            needs("complaints"),
        ],
    }
    O4_M2 "O4.M2" "Number of Stage One complaints made by Children & Young People" {
        Standing::Printed, Count, Month, Neutral,
        inputs: [
            needs("complaints"),
            column("complaints.made_by_child"),
        ],
    }
    O4_M3 "O4.M3" "% of Stage One complaints that progressed to Stage Two" {
        Standing::Printed, Percent, RollingTwelveMonths, Lower,
        inputs: [
            needs("complaints"),
            column("complaints.stage_two_date"),
        ],
    }
    O4_M4 "O4.M4" "Number of service compliments received" {
        Standing::Printed, Count, Month, Higher,
        inputs: [
            needs("compliments"),
        ],
    }
    O4_M5 "O4.M5" "Qualitative reports on the improved practise resulting from Service User feedback" {
        Standing::Printed, Qualitative, Month, Neutral,
        inputs: [
            needs("feedback_reports"),
        ],
    }
}
