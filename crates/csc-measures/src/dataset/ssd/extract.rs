//! The day of the extract: that which the caller says, or else the latest on which anything was recorded.

use super::settling::Settling;
use crate::dataset::extent::RECORDED_SOON;
use crate::tables::Table;
use crate::time::Day;

pub(super) fn day(settling: &Settling<'_>) -> Option<Day> {
    let latest = |table: &Table| {
        let column = table.columns().iter().find(|column| column.is_latest)?;
        let frame = settling.frame(*table)?;
        let column = frame.column(column.name);
        frame.read().filter_map(|row| frame.day(column, row)).max()
    };
    settling.extract_day.or_else(|| {
        let of_frames = RECORDED_SOON.iter().filter_map(latest);
        of_frames.chain(settling.recorded).max()
    })
}
