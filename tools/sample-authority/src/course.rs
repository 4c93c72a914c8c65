//! Rates over the six years: the drift before the inspection, the mending after it, and the uneven months.

use chrono::{Datelike, NaiveDate};

use crate::chance::mix;
use crate::diary::{EXTRACT, HISTORY, day, days_between};

/// The inspectors leave; what they found is how things stand until the plan begins to work.
pub(crate) const INSPECTION: NaiveDate = day(2016, 11, 18);
/// The report is out, and the work on it begins.
const REPORT: NaiveDate = day(2017, 1, 24);
/// What the plan set out to mend is mended.
const MENDED: NaiveDate = day(2018, 3, 31);

/// A rate in a thousand that changes over the years.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trend {
    points: [(NaiveDate, u32); 4],
    /// How far, in a thousand, a month may lie off the course.
    unevenness: u32,
}

impl Trend {
    /// What the inspection was about: drifts to what it found, and is mended in the year after the report.
    pub(crate) const fn inspected(before: u32, found: u32, after: u32) -> Self {
        Self {
            points: [(HISTORY, before), (INSPECTION, found), (REPORT, found), (MENDED, after)],
            unevenness: found.abs_diff(after) / 6,
        }
    }

    /// What changes little by little, whatever inspectors say.
    pub(crate) const fn drifting(first: u32, last: u32) -> Self {
        Self { points: [(HISTORY, first), (EXTRACT, last), (EXTRACT, last), (EXTRACT, last)], unevenness: 0 }
    }

    pub(crate) fn at(self, date: NaiveDate) -> u32 {
        let [(_, mut level), ..] = self.points;
        for pair in self.points.windows(2) {
            let [(from, before), (to, after)] = *pair else { continue };
            if date >= to {
                level = after;
            } else if date > from {
                let change = i64::from(after) - i64::from(before);
                let moved = change * days_between(from, date) / days_between(from, to);
                level = u32::try_from(i64::from(before) + moved).unwrap_or_default();
            }
        }
        (level + self.uneven(date)).saturating_sub(self.unevenness).min(1000)
    }

    /// From nothing to twice the unevenness, the same for everybody in a month.
    fn uneven(self, date: NaiveDate) -> u32 {
        let month = u64::from(date.year_ce().1) * 12 + u64::from(date.month());
        let course: u64 = self.points.iter().map(|(_, level)| u64::from(*level)).sum();
        let drawn = mix(month ^ mix(course)) % (2 * u64::from(self.unevenness) + 1);
        u32::try_from(drawn).unwrap_or_default()
    }
}
