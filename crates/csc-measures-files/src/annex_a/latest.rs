//! The day that a workbook is as at, if nobody says.

use chrono::NaiveDate;

use super::lists::*;
use super::workbook::Sheet;

/// The latest day on which anything that is read happened, of what cannot lie ahead.
pub(super) fn latest(lists: &[Sheet]) -> Option<NaiveDate> {
    const DAYS: [&str; 15] = [
        ASSESSMENT_START,
        AUTHORISED,
        STRATEGY,
        IN_NEED_START,
        LAST_SEEN,
        IN_NEED_END,
        PLAN_START,
        PLAN_VISIT,
        PLAN_END,
        CARE_START,
        LAW_START,
        CARE_VISIT,
        CARE_END,
        PLACEMENT_START,
        PATHWAY,
    ];
    let rows = lists.iter().flat_map(Sheet::rows);
    rows.flat_map(|row| DAYS.iter().filter_map(move |title| row.text(title).parse().ok())).max()
}
