//! The year: schools that close, and a front door that is quiet when they do.

use chrono::{Datelike, NaiveDate};

use crate::chance::Chance;
use crate::diary::{Diary, any_day, day};

/// Referrals of the months from January on, in a thousand of the busiest month's.
const REFERRALS: [u32; 12] = [910, 890, 1000, 810, 930, 980, 940, 640, 830, 960, 990, 800];
/// Of the referrals of term time, so many in a thousand come at Christmas.
const AT_CHRISTMAS: u32 = 480;
/// After the report the front door lets more in for some months.
const SURGE: (NaiveDate, NaiveDate) = (day(2017, 2, 1), day(2017, 9, 30));
const WITHOUT_SURGE: u32 = 890;
/// Referrals that come at the weekend, of those that might.
const AT_THE_WEEKEND: u32 = 90;

/// Whether the schools are closed for the summer or for Christmas.
pub(crate) fn is_holiday(date: NaiveDate) -> bool {
    match (date.month(), date.day()) {
        (7, 22..) | (8, _) | (9, 1..=2) => true,
        _ => is_christmas(date),
    }
}

fn is_christmas(date: NaiveDate) -> bool {
    matches!((date.month(), date.day()), (12, 20..) | (1, 1..=3))
}

/// A day from `from` to `to` on which a referral comes.
pub(crate) fn referral_day(chance: &mut Chance, diary: &Diary, from: NaiveDate, to: NaiveDate) -> NaiveDate {
    let mut date = any_day(chance, from, to);
    for _ in 0..20 {
        let month = usize::try_from(date.month0()).ok().and_then(|month| REFERRALS.get(month));
        let mut weight = month.copied().unwrap_or(1000);
        if is_christmas(date) {
            weight = weight * AT_CHRISTMAS / 1000;
        }
        if !(SURGE.0..=SURGE.1).contains(&date) {
            weight = weight * WITHOUT_SURGE / 1000;
        }
        if diary.working(date) != date {
            weight = weight * AT_THE_WEEKEND / 1000;
        }
        if chance.happens(weight) {
            break;
        }
        date = any_day(chance, from, to);
    }
    date
}
