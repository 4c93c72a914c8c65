//! The measures of outcome 5.

use super::facts::{Better, PeriodKind, Unit, needs};
use super::id::MeasureId;
use super::row::{Row, Standing, measures};

measures! {
    O5_M1 "O5.M1" "Strategy discussions - % health involved" {
        Standing::Printed, Percent, Month, Higher,
        inputs: [
            needs("strategy_discussions"),
        ],
    }
    O5_M2 "O5.M2" "Strategy discussions - % aged 4-17 school involved" {
        Standing::Printed, Percent, Month, Higher,
        inputs: [
            needs("strategy_discussions"),
            needs("persons"),
        ],
    }
    O5_M3 "O5.M3" "Percentage of referrals to FFD where case previously referred to social care in preceding 12 months" {
        Standing::Printed, Percent, Month, Lower,
        inputs: [
            needs("referrals"),
        ],
    }
    O5_M4 "O5.M4" "CP Plan - No. of children subject for 2nd or subsequent time" {
        Standing::Printed, Count, Month, Lower,
        inputs: [
            needs("cp_plans"),
        ],
    }
    O5_M4_PERCENT "O5.M4.percent" "% of CP Plans started that are a 2nd or subsequent plan" {
        Standing::CompanionOf("O5.M4"), Percent, Month, Lower,
        inputs: [
            needs("cp_plans"),
        ],
    }
}
