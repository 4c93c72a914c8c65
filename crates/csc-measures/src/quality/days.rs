//! The day that the data are as at, and the months whose figures are looked at.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::dataset::Data;
use crate::time::calendar::Calendar;
use crate::time::{Day, Month};
use crate::value::given::from_objects_only;

/// The months whose figures are looked at, and the day from which the age of the data is counted.
///
/// Its JSON form has these keys, any of them; an unknown one is refused.
///
/// # Examples
///
/// ## The months of a year, and a misspelt key
///
/// ```
/// use csc_measures::quality::QualityDays;
///
/// let days: QualityDays = serde_json::from_str(r#"{ "from": "2016-04", "to": "2017-03" }"#)?;
/// assert_eq!(days.to, Some("2017-03".parse().unwrap()));
/// assert!(serde_json::from_str::<QualityDays>(r#"{ "until": "2017-03" }"#).is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default, remote = "Self")]
#[non_exhaustive]
pub struct QualityDays {
    /// The first month. `None` = eleven months before the last.
    pub from: Option<Month>,
    /// The last month. `None` = the month of the day, or the first month if that is later.
    pub to: Option<Month>,
    /// The day that the data are as at. `None` = the day of the
    /// [extract](crate::DatasetBuilder::extract_day); if nobody said it, the latest day that a table is
    /// [as at](crate::TableBuilder::as_at); if there is none, the latest date of visits, referrals and starts of
    /// assessments; without those, of any table that is kept by date.
    pub as_at: Option<NaiveDate>,
}

from_objects_only!(QualityDays, "an object of days");

impl QualityDays {
    /// The day that the data are as at; `None` if nothing says so.
    pub(super) fn day(&self, data: &Data) -> Option<Day> {
        let of_tables = || data.supplied().iter().filter_map(|(_, supply)| supply.as_at).max();
        let of_data = || data.extract_day.or_else(of_tables).or_else(|| data.extent.day());
        self.as_at.map(Day::new).or_else(of_data)
    }

    /// The first and the last month; `None` if neither is given and the day says nothing, or lies outside the
    /// calendar.
    pub(super) fn months(&self, day: Option<Day>, calendar: &Calendar) -> Option<(Month, Month)> {
        let is_inside = |day: &Day| (calendar.first()..=calendar.last()).contains(&day.date());
        let of_day = || day.filter(is_inside).map(|day| Month::of(day.date()));
        let year_to = |to: Month| (to.plus(-11).max(Month::of(calendar.first()).min(to)), to);
        match (self.from, self.to) {
            (Some(from), Some(to)) => Some((from, to)),
            (Some(from), None) => Some((from, of_day().map_or(from, |month| month.max(from)))),
            (None, Some(to)) => Some(year_to(to)),
            (None, None) => of_day().map(year_to),
        }
    }
}
