//! The education, employment or training of a young person on a day.

use crate::dataset::PersonRecords;
use crate::tables::records::{Activity, ActivityCode, CareLeaver};
use crate::time::Day;

/// Months after which a recorded activity says nothing about today.
const MONTHS_FRESH: i32 = 6;

/// The activity on a day: the latest recorded one that is fresh. A young person without any dated row has
/// that of `undated`.
pub(crate) fn activity_at(
    child: &PersonRecords<'_>,
    undated: impl FnOnce() -> Option<ActivityCode>,
    day: Day,
) -> ActivityCode {
    if child.activities.is_empty() {
        return undated().unwrap_or(ActivityCode::Unknown);
    }
    let by_day = child.activities.partition_point(|activity| activity.date <= day);
    match by_day.checked_sub(1).and_then(|last| child.activities.get(last)) {
        Some(Activity { date, activity }) if *date >= day.plus_months(-MONTHS_FRESH) => *activity,
        _ => ActivityCode::Unknown,
    }
}

/// The activity of a young person's latest care leaver row that has one and started by the day.
pub(crate) fn care_leaver_activity(rows: &[CareLeaver], day: Day) -> Option<ActivityCode> {
    rows.iter().rfind(|row| row.activity.is_some() && row.start <= day).and_then(|row| row.activity)
}
