//! The bank holidays of the three nations: the rules, and every one-off change since 1995.
//!
//! Sources: Banking and Financial Dealings Act 1971, Schedule 1; St Andrew's Day Bank Holiday (Scotland)
//! Act 2007; the yearly proclamations; the lists that GOV.UK publishes (2012 to 2028), whose titles are
//! used here. Only the days on which a holiday is kept are listed: a holiday at a weekend is its
//! substitute day.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::Nation;

pub(super) type Holidays = BTreeMap<NaiveDate, Cow<'static, str>>;

const SPRING: &str = "Spring bank holiday";

/// The holidays of `nation` in the years `first..=last`.
pub(super) fn holidays(nation: Nation, first: i32, last: i32) -> Holidays {
    (first..=last)
        .flat_map(|year| year_of(nation, year))
        .filter_map(|(date, name)| Some((date?, Cow::Borrowed(name))))
        .collect()
}

type Named = (Option<NaiveDate>, &'static str);

fn year_of(nation: Nation, year: i32) -> Vec<Named> {
    let on = |month, day| NaiveDate::from_ymd_opt(year, month, day);
    let mut days = new_year(nation, year);
    let good_friday = easter(year).and_then(|sunday| sunday.checked_sub_days(Days::new(2)));
    days.push((good_friday, "Good Friday"));
    if nation != Nation::Scotland {
        let monday = easter(year).and_then(|sunday| sunday.checked_add_days(Days::new(1)));
        days.push((monday, "Easter Monday"));
    }
    days.push(match year {
        // fifty years after VE Day, then seventy-five
        1995 => (on(5, 8), "Early May bank holiday (VE day)"),
        2020 => (on(5, 8), "Early May bank holiday (VE day)"),
        _ => (first_monday(year, 5), "Early May bank holiday"),
    });
    days.push(match year {
        // moved to join the jubilees
        2002 => (on(6, 4), SPRING),
        2012 => (on(6, 4), SPRING),
        2022 => (on(6, 2), SPRING),
        _ => (last_monday(year, 5), SPRING),
    });
    days.push(match nation {
        Nation::Scotland => (first_monday(year, 8), "Summer bank holiday"),
        Nation::EnglandAndWales | Nation::NorthernIreland => (last_monday(year, 8), "Summer bank holiday"),
    });
    match nation {
        Nation::EnglandAndWales => {}
        Nation::Scotland => {
            // the Act came into force on 16 January 2007
            if year >= 2007 {
                days.push((or_monday(on(11, 30)), "St Andrew’s Day"));
            }
        }
        Nation::NorthernIreland => {
            days.push((or_monday(on(3, 17)), "St Patrick’s Day"));
            days.push((or_monday(on(7, 12)), "Battle of the Boyne (Orangemen’s Day)"));
        }
    }
    days.extend(christmas(year));
    days.push(match year {
        1999 => (on(12, 31), "Millennium bank holiday"),
        2002 => (on(6, 3), "Queen’s Golden Jubilee"),
        2011 => (on(4, 29), "Royal wedding bank holiday"),
        2012 => (on(6, 5), "Queen’s Diamond Jubilee"),
        2022 => (on(6, 3), "Platinum Jubilee bank holiday"),
        2023 => (on(5, 8), "Bank holiday for the coronation of King Charles III"),
        2026 if nation == Nation::Scotland => (on(6, 15), "World Cup bank holiday"),
        _ => (None, ""),
    });
    if year == 2022 {
        days.push((on(9, 19), "Bank Holiday for the State Funeral of Queen Elizabeth II"));
    }
    days
}

fn new_year(nation: Nation, year: i32) -> Vec<Named> {
    const FIRST: &str = "New Year’s Day";
    const SECOND: &str = "2nd January";
    let on = |day| NaiveDate::from_ymd_opt(year, 1, day);
    let Some(weekday) = on(1).map(|date| date.weekday()) else { return Vec::new() };
    if nation != Nation::Scotland {
        return vec![(or_monday(on(1)), FIRST)];
    }
    // DIFFERENCE: 4 January 2010 and 2011 were kept and listed, though it is reported that no proclamation
    // had made them bank holidays of Scotland.
    match weekday {
        Weekday::Fri => vec![(on(1), FIRST), (on(4), SECOND)],
        Weekday::Sat => vec![(on(3), FIRST), (on(4), SECOND)],
        // the Act moves the Sunday behind Monday the 2nd; since 2023 the published list names them in order
        Weekday::Sun if year < 2023 => vec![(on(2), SECOND), (on(3), FIRST)],
        Weekday::Sun => vec![(on(2), FIRST), (on(3), SECOND)],
        _ => vec![(on(1), FIRST), (on(2), SECOND)],
    }
}

fn christmas(year: i32) -> [Named; 2] {
    let on = |day| NaiveDate::from_ymd_opt(year, 12, day);
    let (christmas, boxing) = match on(25).map(|date| date.weekday()) {
        Some(Weekday::Fri) => (25, 28),
        Some(Weekday::Sat) => (27, 28),
        // Boxing Day keeps its Monday and the substitute for Christmas Day follows it
        Some(Weekday::Sun) => (27, 26),
        _ => (25, 26),
    };
    [(on(christmas), "Christmas Day"), (on(boxing), "Boxing Day")]
}

/// The date, or the Monday after if it is at a weekend.
fn or_monday(date: Option<NaiveDate>) -> Option<NaiveDate> {
    let date = date?;
    date.checked_add_days(Days::new(match date.weekday() {
        Weekday::Sat => 2,
        Weekday::Sun => 1,
        _ => 0,
    }))
}

fn first_monday(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Mon, 1)
}

/// The last Monday of a month of 31 days.
fn last_monday(year: i32, month: u32) -> Option<NaiveDate> {
    let last = NaiveDate::from_ymd_opt(year, month, 31)?;
    last.checked_sub_days(Days::new(u64::from(last.weekday().num_days_from_monday())))
}

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876).
fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(n / 31).ok()?, u32::try_from(n % 31 + 1).ok()?)
}
