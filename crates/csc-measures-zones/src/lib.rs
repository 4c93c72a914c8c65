//! From a timestamp to the civil date in its place at that time.
//!
//! The core reads instants with a fixed offset by itself and has no time zone database. This crate has one, which
//! is compiled in: no file of the system is read.
//!
//! Minimum supported Rust version: 1.88.
#![forbid(unsafe_code)]

use std::sync::OnceLock;

use chrono::{DateTime, Datelike, NaiveDate, Offset, TimeZone};
use chrono_tz::{TZ_VARIANTS, Tz};
use csc_measures::TimeUnit;

const SECONDS_A_DAY: i64 = 86_400;
/// 0001-01-01, as days since 1970-01-01.
const FIRST_DAY: i32 = -719_162;
/// 9999-12-31.
const LAST_DAY: i32 = 2_932_896;
/// 1800-01-01 in seconds, before any clock was changed.
const FIRST_CLOCKS: i64 = -62_091 * SECONDS_A_DAY;
/// 2100-01-01, until which the rules of the time zone database are written out.
const LAST_CLOCKS: i64 = 47_482 * SECONDS_A_DAY;

/// Where a column's timestamps were taken.
///
/// # Examples
///
/// ## Midnight in London, in summer
///
/// ```
/// use csc_measures::TimeUnit;
/// use csc_measures_zones::Zone;
///
/// let london = Zone::of(Some("Europe/London"));
/// // 23:00 of 30 June 2016 in UTC is midnight of 1 July, the day 16,983 since 1970
/// assert_eq!(london.day(1_467_327_600, TimeUnit::Second), Some(16_983));
/// assert_eq!(Zone::of(Some("UTC")).day(1_467_327_600, TimeUnit::Second), Some(16_982));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone(Rule);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// So many seconds ahead of UTC at all times; zero if no zone is named.
    Ahead(i64),
    /// A place of the time zone database whose clocks were changed: its changes in their order.
    Clocks(&'static [Change]),
    /// A name that the time zone database does not know.
    Unknown,
}

/// A change of a place's clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Change {
    /// The first second, since 1970 in UTC.
    from: i64,
    /// The seconds ahead of UTC from then on.
    ahead: i64,
}

impl Zone {
    /// The zone of a name: a place of the time zone database, in small letters or capitals, `UTC`, or an offset
    /// such as `+01:00`. Without a name the timestamps are civil times.
    #[must_use]
    pub fn of(name: Option<&str>) -> Self {
        Self(Rule::of(name))
    }

    /// Whether the time zone database knows the name. The timestamps of a zone that it does not know have no date.
    #[must_use]
    pub fn is_known(self) -> bool {
        self.0 != Rule::Unknown
    }

    /// The seconds ahead of UTC, if they are the same at all times.
    #[must_use]
    pub fn fixed(self) -> Option<i32> {
        match self.0 {
            Rule::Ahead(seconds) => i32::try_from(seconds).ok(),
            Rule::Clocks(_) | Rule::Unknown => None,
        }
    }

    /// The civil date of a timestamp, as days since 1970-01-01; `None` outside the years 1 to 9999, and in a zone
    /// that is not known.
    #[must_use]
    pub fn day(self, value: i64, unit: TimeUnit) -> Option<i32> {
        // Divisors that the compiler knows: several times faster than one looked up.
        let seconds = match unit {
            TimeUnit::Second => value,
            TimeUnit::Millisecond => value.div_euclid(1_000),
            TimeUnit::Microsecond => value.div_euclid(1_000_000),
            TimeUnit::Nanosecond => value.div_euclid(1_000_000_000),
        };
        let local = seconds.checked_add(self.0.ahead(seconds)?)?;
        let day = i32::try_from(local.div_euclid(SECONDS_A_DAY)).ok()?;
        (FIRST_DAY..=LAST_DAY).contains(&day).then_some(day)
    }
}

/// The day in London of an instant in seconds since the beginning of 1970-01-01 in UTC, as days since 1970-01-01;
/// `None` outside the years 1 to 9999. A dataset takes it as the clock on which texts with a zone are read.
///
/// # Examples
///
/// ## Midnight in London, in summer
///
/// ```
/// use csc_measures::Dataset;
/// use csc_measures_zones::london_day;
///
/// // 23:00 of 30 June 2016 in UTC is midnight of 1 July
/// assert_eq!(london_day(1_467_327_600), Some(16_983));
/// Dataset::builder().london(london_day);
/// ```
#[must_use]
pub fn london_day(seconds: i64) -> Option<i32> {
    static LONDON: OnceLock<Zone> = OnceLock::new();
    LONDON.get_or_init(|| Zone::of(Some("Europe/London"))).day(seconds, TimeUnit::Second)
}

impl Rule {
    fn of(name: Option<&str>) -> Self {
        /// The changes of each place that was asked for.
        static CLOCKS: [OnceLock<Vec<Change>>; TZ_VARIANTS.len()] =
            [const { OnceLock::new() }; TZ_VARIANTS.len()];
        let Some(name) = name.filter(|name| !name.is_empty()) else { return Self::Ahead(0) };
        if let Some(ahead) = offset(name) {
            return Self::Ahead(ahead);
        }
        let places = TZ_VARIANTS.iter().zip(&CLOCKS);
        let Some((place, clocks)) = { places }.find(|(place, _)| place.name().eq_ignore_ascii_case(name))
        else {
            return Self::Unknown;
        };
        match clocks.get_or_init(|| changes(*place)).as_slice() {
            [always] => Self::Ahead(always.ahead),
            changes => Self::Clocks(changes),
        }
    }

    /// The seconds ahead of UTC at an instant.
    fn ahead(self, seconds: i64) -> Option<i64> {
        match self {
            Self::Ahead(ahead) => Some(ahead),
            Self::Clocks(changes) => {
                let seconds = if seconds < LAST_CLOCKS { seconds } else { before_2100(seconds)? };
                let later = changes.partition_point(|change| change.from <= seconds);
                changes.get(later.checked_sub(1)?).map(|change| change.ahead)
            }
            Self::Unknown => None,
        }
    }
}

/// The changes of a place's clocks, the first of which is as old as time.
///
/// The database is asked at every second day: no place has changed its clocks and changed them back within less
/// than six days.
fn changes(place: Tz) -> Vec<Change> {
    const STEP: i64 = 2 * SECONDS_A_DAY;
    let ahead = |seconds: i64| {
        let instant = DateTime::from_timestamp(seconds, 0).unwrap_or_default();
        i64::from(place.offset_from_utc_datetime(&instant.naive_utc()).fix().local_minus_utc())
    };
    let mut last = Change { from: i64::MIN, ahead: ahead(FIRST_CLOCKS) };
    let mut changes = vec![last];
    let mut at = FIRST_CLOCKS;
    while at < LAST_CLOCKS {
        let next = at + STEP;
        while ahead(next) != last.ahead {
            let (mut before, mut after) = (at, next);
            while after - before > 1 {
                let middle = before + (after - before) / 2;
                if ahead(middle) == last.ahead { before = middle } else { after = middle }
            }
            last = Change { from: after, ahead: ahead(after) };
            changes.push(last);
            at = after;
        }
        at = next;
    }
    changes
}

/// The same instant of a year that the database has written out: one that begins on the same day of the week,
/// and is as long, has the same rules.
fn before_2100(seconds: i64) -> Option<i64> {
    let day = i32::try_from(seconds.div_euclid(SECONDS_A_DAY)).ok()?;
    let start = NaiveDate::from_yo_opt(NaiveDate::from_epoch_days(day)?.year(), 1)?;
    let is_alike =
        |year: &NaiveDate| year.weekday() == start.weekday() && year.leap_year() == start.leap_year();
    let alike = (2064..2092).filter_map(|year| NaiveDate::from_yo_opt(year, 1)).find(is_alike)?;
    Some(seconds - (start - alike).num_seconds())
}

/// `+01:00`, `-0530`, `+01`, `UTC` or `Z`, in seconds.
fn offset(text: &str) -> Option<i64> {
    if ["UTC", "Z"].iter().any(|utc| utc.eq_ignore_ascii_case(text)) {
        return Some(0);
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The civil date of a timestamp.
    fn date(value: i64, unit: TimeUnit, zone: Zone) -> Option<NaiveDate> {
        zone.day(value, unit).and_then(NaiveDate::from_epoch_days)
    }

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn ahead(seconds: i64) -> Zone {
        Zone(Rule::Ahead(seconds))
    }

    fn london() -> Zone {
        Zone::of(Some("Europe/London"))
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
            assert_eq!(Zone::of(name), ahead(0), "{name:?}");
        }
        for (name, seconds) in
            [("+01:00", 3600), ("+01", 3600), ("+0100", 3600), ("-05:30", -19_800), ("+23:59", 86_340)]
        {
            assert_eq!(Zone::of(Some(name)), ahead(seconds), "{name}");
        }
        for (name, seconds) in [("Z", 0), ("Zulu", 0), ("Etc/GMT-0", 0), ("UCT", 0), ("Etc/GMT+5", -18_000)] {
            assert_eq!(Zone::of(Some(name)), ahead(seconds), "{name}");
        }
        for name in ["europe/london", "GB", "GB-Eire", "Europe/Belfast", "Europe/Jersey"] {
            assert_eq!(Zone::of(Some(name)), london(), "{name}");
        }
        assert_ne!(Zone::of(Some("Europe/Paris")), london());
        for name in [
            "Europe/Londres",
            "+1",
            "+01:0",
            "+24:00",
            "+01:60",
            "01:00",
            "+ab:cd",
            "+",
            "+é1:00",
            "BST",
            " ",
        ] {
            assert_eq!(Zone::of(Some(name)), Zone(Rule::Unknown), "{name}");
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
            assert_eq!(date(midnight, unit, ahead(0)), Some(first));
            assert_eq!(date(midnight - 1, unit, ahead(0)), first.pred_opt());
            assert_eq!(date(midnight - 1, unit, ahead(3600)), Some(first));
            assert_eq!(date(midnight, unit, ahead(-1)), first.pred_opt());
            // before 1970
            assert_eq!(date(-1, unit, ahead(0)), Some(day(1969, 12, 31)));
        }
    }

    #[test]
    fn beyond_the_calendar_there_is_no_date() {
        for value in [i64::MIN, i64::MAX] {
            assert_eq!(date(value, TimeUnit::Second, ahead(0)), None);
            assert_eq!(date(value, TimeUnit::Second, ahead(3600)), None);
            assert_eq!(date(value, TimeUnit::Second, ahead(-3600)), None);
            assert_eq!(date(value, TimeUnit::Second, london()), None);
        }
        assert_eq!(NaiveDate::from_epoch_days(FIRST_DAY), NaiveDate::from_ymd_opt(1, 1, 1));
        assert_eq!(NaiveDate::from_epoch_days(LAST_DAY), NaiveDate::from_ymd_opt(9999, 12, 31));
        let last = at(day(9999, 12, 31), 23, 59);
        assert_eq!(date(last, TimeUnit::Second, london()), NaiveDate::from_ymd_opt(9999, 12, 31));
        assert_eq!(date(last + 60, TimeUnit::Second, london()), None);
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
            let found = date(hour.and_utc().timestamp(), TimeUnit::Second, london());
            assert_eq!(found, Some(wall.date()), "{hour}");
            hour += chrono::TimeDelta::hours(1);
        }
    }

    /// The last second of a day on the clocks of a place, and the first of the next.
    #[track_caller]
    fn midnight(place: &str, next: NaiveDate, utc: (NaiveDate, u32, u32)) {
        let first = at(utc.0, utc.1, utc.2);
        let zone = Zone::of(Some(place));
        assert_eq!(date(first, TimeUnit::Second, zone), Some(next), "{place}");
        assert_eq!(date(first - 1, TimeUnit::Second, zone), next.pred_opt(), "{place}");
        assert_eq!(date(first * 1_000_000, TimeUnit::Microsecond, zone), Some(next), "{place}");
    }

    #[test]
    fn midnights_around_the_world() {
        // summer time, and the last night of it
        midnight("Europe/London", day(2017, 7, 1), (day(2017, 6, 30), 23, 0));
        midnight("Europe/London", day(2017, 10, 30), (day(2017, 10, 30), 0, 0));
        midnight("Europe/Paris", day(2017, 7, 1), (day(2017, 6, 30), 22, 0));
        midnight("Europe/Paris", day(2017, 1, 1), (day(2016, 12, 31), 23, 0));
        midnight("America/New_York", day(2017, 7, 1), (day(2017, 7, 1), 4, 0));
        midnight("America/New_York", day(2017, 1, 1), (day(2017, 1, 1), 5, 0));
        midnight("Asia/Kolkata", day(2017, 7, 1), (day(2017, 6, 30), 18, 30));
        midnight("Asia/Kathmandu", day(2017, 7, 1), (day(2017, 6, 30), 18, 15));
        // half an hour of summer time
        midnight("Australia/Lord_Howe", day(2017, 7, 1), (day(2017, 6, 30), 13, 30));
        midnight("Australia/Lord_Howe", day(2017, 1, 1), (day(2016, 12, 31), 13, 0));
    }

    #[test]
    fn london_before_1972() {
        // the first summer time, from 21 May to 1 October 1916
        midnight("Europe/London", day(1916, 5, 21), (day(1916, 5, 21), 0, 0));
        midnight("Europe/London", day(1916, 5, 22), (day(1916, 5, 21), 23, 0));
        midnight("Europe/London", day(1916, 10, 1), (day(1916, 9, 30), 23, 0));
        midnight("Europe/London", day(1916, 10, 2), (day(1916, 10, 2), 0, 0));
        // double summer time
        midnight("Europe/London", day(1941, 7, 1), (day(1941, 6, 30), 22, 0));
        midnight("Europe/London", day(1942, 1, 1), (day(1941, 12, 31), 23, 0));
        midnight("Europe/London", day(1960, 1, 1), (day(1960, 1, 1), 0, 0));
        // British Standard Time, from 18 February 1968 (as summer time) to 31 October 1971
        midnight("Europe/London", day(1968, 2, 18), (day(1968, 2, 18), 0, 0));
        midnight("Europe/London", day(1968, 2, 19), (day(1968, 2, 18), 23, 0));
        midnight("Europe/London", day(1970, 1, 1), (day(1969, 12, 31), 23, 0));
        midnight("Europe/London", day(1971, 10, 31), (day(1971, 10, 30), 23, 0));
        midnight("Europe/London", day(1971, 11, 1), (day(1971, 11, 1), 0, 0));
    }

    #[test]
    fn rules_go_on_after_the_database_ends() {
        // from the last Sunday of March to that of October: in 2100 the 28th and the 31st, in 2400 the 26th and 29th
        for (year, march, october) in [(2099, 29, 25), (2100, 28, 31), (2400, 26, 29)] {
            let (march, october) = (day(year, 3, march), day(year, 10, october));
            midnight("Europe/London", march, (march, 0, 0));
            midnight("Europe/London", march.succ_opt().unwrap(), (march, 23, 0));
            midnight("Europe/London", october, (october.pred_opt().unwrap(), 23, 0));
            midnight("Europe/London", october.succ_opt().unwrap(), (october.succ_opt().unwrap(), 0, 0));
        }
        midnight("America/New_York", day(3000, 7, 1), (day(3000, 7, 1), 4, 0));
        midnight("America/New_York", day(9999, 12, 31), (day(9999, 12, 31), 5, 0));
    }

    #[test]
    fn every_place_has_the_changes_of_the_database() {
        for place in TZ_VARIANTS {
            let zone = Zone::of(Some(place.name()));
            let mut seconds = FIRST_CLOCKS - SECONDS_A_DAY;
            while seconds < LAST_CLOCKS {
                let instant = DateTime::from_timestamp(seconds, 0).unwrap().naive_utc();
                let expected = place.offset_from_utc_datetime(&instant).fix().local_minus_utc();
                assert_eq!(zone.0.ahead(seconds), Some(i64::from(expected)), "{place} at {instant}");
                seconds += 300_007;
            }
        }
    }
}
