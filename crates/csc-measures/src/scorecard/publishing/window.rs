//! Whether months before a day are whole months.

use chrono::{Datelike, Days, Months};

use crate::time::Month;

/// Whether so many months to the end of a month begin with the first day of one. Twelve months to 28 February do not if
/// the year before had a 29th: that day is in them too.
pub(super) fn begins_with_a_month(month: Month, months: u32) -> bool {
    let before = month.last().checked_sub_months(Months::new(months));
    before.and_then(|day| day.checked_add_days(Days::new(1))).is_some_and(|first| first.day() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leap_day_is_in_the_twelve_months_to_the_next_february() {
        for (month, is_whole) in
            [("2017-02", false), ("2016-02", true), ("2017-03", true), ("2018-02", true), ("2021-02", false)]
        {
            assert_eq!(begins_with_a_month(month.parse().unwrap(), 12), is_whole, "{month}");
        }
    }
}
