//! The measures of outcome 1.

use super::facts::{Better, PeriodKind, Unit, When, column, needs};
use super::id::MeasureId;
use super::row::{Row, Standing, measures};

measures! {
    O1_M1 "O1.M1" "Total Average Caseload" {
        Standing::Printed, Average, Snapshot, Lower,
        inputs: [
            needs("workers"),
            needs("involvements"),
            column("workers.fte").when(When::CaseloadPerFte),
        ],
    }
    O1_M2 "O1.M2" "ASYE - number with more than 12 cases" {
        Standing::Printed, Count, Snapshot, Lower,
        inputs: [
            needs("workers"),
            needs("involvements"),
            column("workers.asye_start_date"),
        ],
    }
    O1_M3 "O1.M3" "ASYE - % with more than 12 cases" {
        Standing::Printed, Percent, Snapshot, Lower,
        inputs: [
            needs("workers"),
            needs("involvements"),
            column("workers.asye_start_date"),
        ],
    }
    O1_M4 "O1.M4" "Safeguarding Teams and Care Leavers Teams- % of workforce permanently appointed" {
        Standing::Printed, Percent, Snapshot, Higher,
        inputs: [
            needs("workers"),
            column("workers.team_type"),
            column("workers.fte").when(When::WorkforceUnitFte),
            column("workers.employment | workers.agency"),
        ],
    }
    O1_M5 "O1.M5" "Safeguarding Teams and Care Leavers Teams - % staff turnover" {
        Standing::Printed, Percent, RollingTwelveMonths, Lower,
        inputs: [
            needs("workers"),
            column("workers.team_type"),
            column("workers.fte").when(When::WorkforceUnitFte),
            column("workers.employment | workers.agency"),
            column("workers.end_date"),
        ],
    }
    O1_M6 "O1.M6" "Number of Staff Exit Interviews Completed" {
        Standing::Printed, Count, Month, Neutral,
        inputs: [
            needs("exit_interviews"),
            column("exit_interviews.completed_date"),
        ],
    }
    O1_M7 "O1.M7" "Percentage of Staff Exit Interviews completed with reasons inside WCC control" {
        Standing::Printed, Percent, Month, Lower,
        inputs: [
            needs("exit_interviews"),
            column("exit_interviews.completed_date"),
        ],
    }
}
