//! From a timestamp to the civil date that stood on the calendar there and then.

use arrow_schema::TimeUnit;
use chrono::{Datelike, NaiveDate};

const SECONDS_A_DAY: i64 = 86_400;
/// 0001-01-01, as days since 1970-01-01.
const FIRST_DAY: i32 = -719_162;
/// 9999-12-31.
const LAST_DAY: i32 = 2_932_896;

/// Where a column's timestamps were taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zone {
    /// So many seconds ahead of UTC all the year; nought where no zone is named.
    Ahead(i64),
    /// The clocks of the United Kingdom.
    London,
    /// A place whose clocks are not known here.
    Unknown,
}

impl Zone {
    /// The zone that an Arrow type names.
    pub(crate) fn of(name: Option<&str>) -> Self {
        const UTC: [&str; 17] = [
            "UTC",
            "Etc/UTC",
            "Z",
            "Zulu",
            "Etc/Zulu",
            "UCT",
            "Etc/UCT",
            "Universal",
            "Etc/Universal",
            "GMT",
            "Etc/GMT",
            "GMT0",
            "Etc/GMT0",
            "Etc/GMT+0",
            "Etc/GMT-0",
            "Greenwich",
            "Etc/Greenwich",
        ];
        // Names of one clock: the crown dependencies have kept it since 1970 and before.
        const LONDON: [&str; 7] = [
            "Europe/London",
            "GB",
            "GB-Eire",
            "Europe/Belfast",
            "Europe/Guernsey",
            "Europe/Isle_of_Man",
            "Europe/Jersey",
        ];
        let Some(name) = name.filter(|name| !name.is_empty()) else { return Self::Ahead(0) };
        let is_one_of = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
        if is_one_of(&UTC) {
            Self::Ahead(0)
        } else if is_one_of(&LONDON) {
            Self::London
        } else {
            offset(name).map_or(Self::Unknown, Self::Ahead)
        }
    }
}

/// `+01:00`, `-0530` or `+01`, in seconds.
fn offset(text: &str) -> Option<i64> {
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = match rest.split_once(':') {
        Some((hours, minutes)) if minutes.len() == 2 => (hours, minutes),
        Some(_) => return None,
        None if rest.len() == 4 => rest.split_at_checked(2)?,
        None => (rest, "00"),
    };
    let number = |text: &str| {
        (text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse::<i64>().ok())?
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// The date of a day since 1970-01-01; `None` outside the years 1 to 9999, which no text date can write.
pub(crate) fn date_of_day(day: i32) -> Option<NaiveDate> {
    if (FIRST_DAY..=LAST_DAY).contains(&day) { NaiveDate::from_epoch_days(day) } else { None }
}

/// The civil date of a timestamp.
pub(crate) fn date(value: i64, unit: TimeUnit, zone: Zone) -> Option<NaiveDate> {
    // Divisors that the compiler knows: several times faster than one looked up.
    let seconds = match unit {
        TimeUnit::Second => value,
        TimeUnit::Millisecond => value.div_euclid(1_000),
        TimeUnit::Microsecond => value.div_euclid(1_000_000),
        TimeUnit::Nanosecond => value.div_euclid(1_000_000_000),
    };
    let local = match zone {
        Zone::Ahead(ahead) => seconds.checked_add(ahead)?,
        Zone::London => return london(seconds),
        Zone::Unknown => return None,
    };
    date_of_day(i32::try_from(local.div_euclid(SECONDS_A_DAY)).ok()?)
}

/// The date in London; `None` before 1970, from when on the time zone database vouches for its rules.
///
/// The clocks change at one or two in the morning, so summer time matters to the date in one hour only: the
/// last before midnight UTC, which is the first of the next day in London.
fn london(seconds: i64) -> Option<NaiveDate> {
    if seconds < 0 {
        return None;
    }
    let day = date_of_day(i32::try_from(seconds / SECONDS_A_DAY).ok()?)?;
    if seconds % SECONDS_A_DAY >= 23 * 3600 && is_summer_night(day) {
        return day.succ_opt().filter(|next| next.year() <= 9999);
    }
    Some(day)
}

/// Whether London is an hour ahead in the night that follows a day from 1970 on.
fn is_summer_night(day: NaiveDate) -> bool {
    let year = day.year();
    if year < 1972 {
        // British Standard Time, summer and winter, until 31 October 1971.
        return NaiveDate::from_ymd_opt(1971, 10, 31).is_some_and(|last| day < last);
    }
    let start = sunday_from(year, 3, if year <= 1980 { 16 } else { 25 });
    let end = sunday_from(
        year,
        10,
        match year {
            ..=1989 => 23,
            1990..=1995 => 22,
            _ => 25,
        },
    );
    start.zip(end).is_some_and(|(start, end)| start <= day && day < end)
}

/// The first Sunday on or after a day of a month.
fn sunday_from(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    let from = NaiveDate::from_ymd_opt(year, month, day)?;
    let ahead = (7 - from.weekday().num_days_from_sunday()) % 7;
    from.checked_add_days(chrono::Days::new(u64::from(ahead)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    /// Seconds since 1970.
    fn at(date: NaiveDate, hour: u32, minute: u32) -> i64 {
        date.and_hms_opt(hour, minute, 0).unwrap().and_utc().timestamp()
    }

    #[test]
    fn zones_by_name_and_by_offset() {
        for name in
            [None, Some(""), Some("UTC"), Some("etc/utc"), Some("GMT"), Some("+00:00"), Some("-00:00")]
        {
            assert_eq!(Zone::of(name), Zone::Ahead(0), "{name:?}");
        }
        for (name, seconds) in
            [("+01:00", 3600), ("+01", 3600), ("+0100", 3600), ("-05:30", -19_800), ("+23:59", 86_340)]
        {
            assert_eq!(Zone::of(Some(name)), Zone::Ahead(seconds), "{name}");
        }
        assert_eq!(Zone::of(Some("Europe/London")), Zone::London);
        assert_eq!(Zone::of(Some("GB")), Zone::London);
        for name in
            ["Europe/Paris", "+1", "+01:0", "+24:00", "+01:60", "01:00", "+ab:cd", "+", "+é1:00", "BST"]
        {
            assert_eq!(Zone::of(Some(name)), Zone::Unknown, "{name}");
        }
    }

    #[test]
    fn the_second_before_midnight_is_the_day_before() {
        let first = day(2017, 3, 1);
        for (unit, scale) in [
            (TimeUnit::Second, 1),
            (TimeUnit::Millisecond, 1_000),
            (TimeUnit::Microsecond, 1_000_000),
            (TimeUnit::Nanosecond, 1_000_000_000),
        ] {
            let midnight = at(first, 0, 0) * scale;
            assert_eq!(date(midnight, unit, Zone::Ahead(0)), Some(first));
            assert_eq!(date(midnight - 1, unit, Zone::Ahead(0)), first.pred_opt());
            assert_eq!(date(midnight - 1, unit, Zone::Ahead(3600)), Some(first));
            assert_eq!(date(midnight, unit, Zone::Ahead(-1)), first.pred_opt());
            // before 1970
            assert_eq!(date(-1, unit, Zone::Ahead(0)), Some(day(1969, 12, 31)));
        }
    }

    #[test]
    fn beyond_the_calendar_there_is_no_date() {
        for value in [i64::MIN, i64::MAX] {
            assert_eq!(date(value, TimeUnit::Second, Zone::Ahead(0)), None);
            assert_eq!(date(value, TimeUnit::Second, Zone::Ahead(3600)), None);
            assert_eq!(date(value, TimeUnit::Second, Zone::Ahead(-3600)), None);
            assert_eq!(date(value, TimeUnit::Second, Zone::London), None);
        }
        assert_eq!(date_of_day(FIRST_DAY), NaiveDate::from_ymd_opt(1, 1, 1));
        assert_eq!(date_of_day(LAST_DAY), NaiveDate::from_ymd_opt(9999, 12, 31));
        assert_eq!(date_of_day(FIRST_DAY - 1), None);
        assert_eq!(date_of_day(LAST_DAY + 1), None);
        let last = at(day(9999, 12, 31), 23, 59);
        assert_eq!(date(last, TimeUnit::Second, Zone::London), NaiveDate::from_ymd_opt(9999, 12, 31));
        assert_eq!(date(last + 60, TimeUnit::Second, Zone::London), None);
    }

    /// The days of March and October on which the clocks change, from the time zone database.
    const CHANGES: [(u32, u32); 66] = [
        // 1972
        (19, 29),
        (18, 28),
        (17, 27),
        (16, 26),
        (21, 24),
        (20, 23),
        (19, 29),
        (18, 28),
        (16, 26),
        (29, 25),
        (28, 24),
        (27, 23),
        (25, 28),
        (31, 27),
        (30, 26),
        (29, 25),
        (27, 23),
        (26, 29),
        (25, 28),
        (31, 27),
        (29, 25),
        (28, 24),
        (27, 23),
        (26, 22),
        (31, 27),
        (30, 26),
        (29, 25),
        (28, 31),
        (26, 29),
        (25, 28),
        // 2002
        (31, 27),
        (30, 26),
        (28, 31),
        (27, 30),
        (26, 29),
        (25, 28),
        (30, 26),
        (29, 25),
        (28, 31),
        (27, 30),
        (25, 28),
        (31, 27),
        (30, 26),
        (29, 25),
        (27, 30),
        (26, 29),
        (25, 28),
        (31, 27),
        (29, 25),
        (28, 31),
        (27, 30),
        (26, 29),
        (31, 27),
        (30, 26),
        (29, 25),
        (28, 31),
        (26, 29),
        (25, 28),
        (31, 27),
        (30, 26),
        // 2032
        (28, 31),
        (27, 30),
        (26, 29),
        (25, 28),
        (30, 26),
        (29, 25),
    ];

    #[test]
    fn london_in_every_hour_from_1970_to_2037() {
        let mut hour = day(1970, 1, 1).and_hms_opt(0, 0, 0).unwrap();
        while hour.year() < 2038 {
            let is_summer = match usize::try_from(hour.year() - 1972) {
                Err(_) => hour < day(1971, 10, 31).and_hms_opt(2, 0, 0).unwrap(),
                Ok(index) => {
                    let (march, october) = CHANGES[index];
                    let o_clock = if hour.year() <= 1980 { 2 } else { 1 };
                    let start = day(hour.year(), 3, march).and_hms_opt(o_clock, 0, 0).unwrap();
                    let end = day(hour.year(), 10, october).and_hms_opt(o_clock, 0, 0).unwrap();
                    start <= hour && hour < end
                }
            };
            let wall = hour + chrono::TimeDelta::hours(i64::from(is_summer));
            let found = date(hour.and_utc().timestamp(), TimeUnit::Second, Zone::London);
            assert_eq!(found, Some(wall.date()), "{hour}");
            hour += chrono::TimeDelta::hours(1);
        }
    }

    #[test]
    fn london_before_1970_is_not_guessed() {
        assert_eq!(date(-1, TimeUnit::Second, Zone::London), None);
    }
}
