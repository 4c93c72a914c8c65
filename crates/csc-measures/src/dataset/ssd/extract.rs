//! The day of the extract: that which the caller says, or else the latest on which anything was recorded.

use super::settling::Settling;
use crate::tables::Table;
use crate::time::Day;

/// What is recorded day by day.
const RECORDED: [(Table, &str); 5] = [
    (Table::CpVisits, "date"),
    (Table::CinVisits, "date"),
    (Table::ClaVisits, "date"),
    (Table::Referrals, "referral_date"),
    (Table::Assessments, "start_date"),
];

pub(super) fn day(settling: &Settling<'_>) -> Option<Day> {
    let latest = |(table, column): &(Table, &str)| {
        let frame = settling.frame(*table)?;
        frame.read().filter_map(|row| frame.day(column, row)).max()
    };
    settling.extract_day.or_else(|| RECORDED.iter().filter_map(latest).max())
}
