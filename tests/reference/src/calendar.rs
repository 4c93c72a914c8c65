//! Days: working days counted one at a time, months clamped, birthdays.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use std::collections::HashSet;

pub(crate) fn ymd(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

/// The corresponding date `n` months on, or the last day of that month.
pub(crate) fn add_months(d: NaiveDate, n: i32) -> NaiveDate {
    if n >= 0 {
        d.checked_add_months(Months::new(n.unsigned_abs())).unwrap()
    } else {
        d.checked_sub_months(Months::new(n.unsigned_abs())).unwrap()
    }
}

pub(crate) fn add_days(d: NaiveDate, n: i64) -> NaiveDate {
    if n >= 0 {
        d.checked_add_days(Days::new(n.unsigned_abs())).unwrap()
    } else {
        d.checked_sub_days(Days::new(n.unsigned_abs())).unwrap()
    }
}

pub(crate) fn days(a: NaiveDate, b: NaiveDate) -> i64 {
    (b - a).num_days()
}

/// The `n`th birthday; of a 29 February it is 1 March in other years.
pub(crate) fn birthday(dob: NaiveDate, n: i32) -> NaiveDate {
    let year = dob.year() + n;
    NaiveDate::from_ymd_opt(year, dob.month(), dob.day()).unwrap_or_else(|| ymd(year, 3, 1))
}

/// A day outside the calendar was asked for.
#[derive(Debug)]
pub(crate) struct Outside;

pub(crate) struct Calendar {
    holidays: HashSet<NaiveDate>,
}

const FIRST_YEAR: i32 = 1995;
const LAST_YEAR: i32 = 2050;

fn easter(year: i32) -> NaiveDate {
    let a = year % 19;
    let (b, c) = (year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month = (h + l - 7 * m + 114) / 31;
    let day = (h + l - 7 * m + 114) % 31 + 1;
    ymd(year, month.unsigned_abs(), day.unsigned_abs())
}

fn first_monday(year: i32, month: u32) -> NaiveDate {
    let mut d = ymd(year, month, 1);
    while d.weekday() != Weekday::Mon {
        d = add_days(d, 1);
    }
    d
}

fn last_monday(year: i32, month: u32) -> NaiveDate {
    let mut d = ymd(year, month, 31);
    while d.weekday() != Weekday::Mon {
        d = add_days(d, -1);
    }
    d
}

fn england_and_wales(year: i32) -> Vec<NaiveDate> {
    let mut out = Vec::new();
    let new_year = ymd(year, 1, 1);
    out.push(match new_year.weekday() {
        Weekday::Sat => ymd(year, 1, 3),
        Weekday::Sun => ymd(year, 1, 2),
        _ => new_year,
    });
    out.push(add_days(easter(year), -2));
    out.push(add_days(easter(year), 1));
    out.push(match year {
        1995 => ymd(1995, 5, 8),
        2020 => ymd(2020, 5, 8),
        _ => first_monday(year, 5),
    });
    out.push(match year {
        2002 => ymd(2002, 6, 4),
        2012 => ymd(2012, 6, 4),
        2022 => ymd(2022, 6, 2),
        _ => last_monday(year, 5),
    });
    out.push(last_monday(year, 8));
    let (christmas, boxing) = match ymd(year, 12, 25).weekday() {
        Weekday::Fri => (25, 28),
        Weekday::Sat => (27, 28),
        Weekday::Sun => (26, 27),
        _ => (25, 26),
    };
    out.push(ymd(year, 12, christmas));
    out.push(ymd(year, 12, boxing));
    match year {
        1999 => out.push(ymd(1999, 12, 31)),
        2002 => out.push(ymd(2002, 6, 3)),
        2011 => out.push(ymd(2011, 4, 29)),
        2012 => out.push(ymd(2012, 6, 5)),
        2022 => out.extend([ymd(2022, 6, 3), ymd(2022, 9, 19)]),
        2023 => out.push(ymd(2023, 5, 8)),
        _ => {}
    }
    out
}

fn listed(nation: &str) -> Result<Vec<NaiveDate>, String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/calendar");
    let path = format!("{folder}/years-{nation}.json");
    let text = std::fs::read_to_string(&path).map_err(|e| format!("calendar {nation}: {path}: {e}"))?;
    let json: serde_json::Value = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    let mut out = Vec::new();
    for (year, list) in json["years"].as_object().unwrap() {
        for day in list.as_array().unwrap() {
            let text = format!("{year}-{}", day.as_str().unwrap());
            out.push(NaiveDate::parse_from_str(&text, "%Y-%m-%d").map_err(|e| e.to_string())?);
        }
    }
    Ok(out)
}

impl Calendar {
    pub(crate) fn new(nation: &str, closures: &[NaiveDate]) -> Result<Calendar, String> {
        let mut holidays = HashSet::new();
        match nation {
            "england-and-wales" => {
                for year in FIRST_YEAR..=LAST_YEAR {
                    holidays.extend(england_and_wales(year));
                }
            }
            "scotland" | "northern-ireland" => holidays.extend(listed(nation)?),
            _ => return Err(format!("calendar: {nation}")),
        }
        holidays.extend(closures.iter().copied());
        Ok(Calendar { holidays })
    }

    fn inside(d: NaiveDate) -> Result<(), Outside> {
        if (FIRST_YEAR..=LAST_YEAR).contains(&d.year()) { Ok(()) } else { Err(Outside) }
    }

    fn is_working(&self, d: NaiveDate) -> bool {
        !matches!(d.weekday(), Weekday::Sat | Weekday::Sun) && !self.holidays.contains(&d)
    }

    /// Working days `d` with `a < d <= b`; both ends must be inside the calendar.
    pub(crate) fn wd(&self, a: NaiveDate, b: NaiveDate) -> Result<i64, Outside> {
        Calendar::inside(a)?;
        Calendar::inside(b)?;
        let mut n = 0;
        let mut d = a;
        while d < b {
            d = add_days(d, 1);
            if self.is_working(d) {
                n += 1;
            }
        }
        Ok(n)
    }

    /// The `n`th working day after `a`; `a` itself for 0.
    pub(crate) fn add(&self, a: NaiveDate, n: i64) -> Result<NaiveDate, Outside> {
        Calendar::inside(a)?;
        let mut d = a;
        let mut left = n;
        while left > 0 {
            d = add_days(d, 1);
            Calendar::inside(d)?;
            if self.is_working(d) {
                left -= 1;
            }
        }
        Ok(d)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_make_the_listed_holidays() {
        let mut ours: Vec<NaiveDate> = (FIRST_YEAR..=LAST_YEAR).flat_map(england_and_wales).collect();
        let mut theirs = listed("england-and-wales").unwrap();
        ours.sort();
        theirs.sort();
        assert_eq!(ours, theirs);
    }

    #[test]
    fn hand_counts() {
        let cal = Calendar::new("england-and-wales", &[]).unwrap();
        assert_eq!(cal.wd(ymd(2017, 12, 22), ymd(2018, 1, 2)).unwrap(), 4);
        assert_eq!(cal.wd(ymd(1999, 12, 30), ymd(2000, 1, 4)).unwrap(), 1);
        assert_eq!(cal.add(ymd(2017, 3, 1), 45).unwrap(), ymd(2017, 5, 8));
        assert_eq!(cal.add(ymd(2017, 11, 30), 60).unwrap(), ymd(2018, 2, 27));
        assert_eq!(add_months(ymd(2015, 11, 30), 3), ymd(2016, 2, 29));
        assert_eq!(birthday(ymd(2000, 2, 29), 18), ymd(2018, 3, 1));
    }
}
