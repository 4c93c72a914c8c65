//! The rhythm of visits and reviews, which child protection, children in need and care share.

use chrono::NaiveDate;

use crate::chance::Chance;
use crate::course::Trend;
use crate::diary::{Diary, EXTRACT, HISTORY, plus};
use crate::people::Child;
use crate::seasons::is_holiday;

/// How often a child is visited, in working days.
pub(crate) struct Rhythm {
    pub(crate) first: (i64, i64),
    pub(crate) usual: (i64, i64),
    pub(crate) gap: (i64, i64),
    /// How often the next visit comes only after a gap.
    pub(crate) gaps: Trend,
    pub(crate) seen: Trend,
    pub(crate) seen_alone: Trend,
}

pub(crate) struct Visit {
    pub(crate) date: NaiveDate,
    pub(crate) seen: Option<bool>,
    pub(crate) seen_alone: Option<bool>,
}

/// How often nobody recorded whether the child was seen, or seen alone.
const SEEN_NOT_RECORDED: u32 = 8;
const ALONE_NOT_RECORDED: u32 = 40;
/// Below this age a child is hardly ever seen alone.
const ALONE_FROM: i64 = 3;

/// The visits from `from` to before `to`.
pub(crate) fn visits(
    diary: &Diary,
    child: &mut Child,
    rhythm: &Rhythm,
    from: NaiveDate,
    to: NaiveDate,
) -> Vec<Visit> {
    let chance = &mut child.own.clone();
    let mut visits = Vec::new();
    let from = from.max(HISTORY);
    let mut date = diary.after(from, chance.between(rhythm.first.0, rhythm.first.1));
    while date < to && date <= EXTRACT {
        let is_born = child.born <= date;
        let seen = chance.recorded(rhythm.seen.at(date), SEEN_NOT_RECORDED).map(|seen| seen && is_born);
        let alone = if child.years(date) < ALONE_FROM { 60 } else { rhythm.seen_alone.at(date) };
        let seen_alone = chance.recorded(alone, ALONE_NOT_RECORDED).filter(|_| seen == Some(true));
        visits.push(Visit { date, seen, seen_alone });
        let away = if is_holiday(date) { 3 } else { 2 };
        let is_gap = chance.happens(rhythm.gaps.at(date) * away / 2);
        let (low, high) = if is_gap { rhythm.gap } else { rhythm.usual };
        date = diary.after(date, chance.between(low, high));
    }
    child.own = chance.clone();
    visits
}

/// One review that was held, missed or is planned.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Review {
    /// `None` if it was not held.
    pub(crate) date: Option<NaiveDate>,
}

/// A review that is not in time is, so many times in a thousand, missed altogether.
const MISSED: u32 = 120;
/// So many reviews in a thousand that lie ahead have a day already.
const PLANNED: u32 = 500;

/// The reviews from the anchor on: `due` gives the last day in time after the review before.
pub(crate) fn reviews(
    diary: &Diary,
    chance: &mut Chance,
    anchor: NaiveDate,
    end: NaiveDate,
    in_time: Trend,
    due: impl Fn(NaiveDate, usize) -> NaiveDate,
) -> Vec<Review> {
    let mut reviews = Vec::new();
    let mut before = anchor;
    for held in 0.. {
        let due = due(before, held);
        let date = if chance.happens(in_time.at(due)) {
            let early = if held == 0 { 6 } else { 25 };
            diary.working_back(plus(due, -chance.between(0, early)))
        } else if chance.happens(MISSED) {
            reviews.push(Review { date: None });
            diary.working(plus(due, chance.between(60, 120)))
        } else {
            diary.working(plus(due, chance.between(2, 40)))
        };
        let is_ahead = date > EXTRACT;
        if date > end || is_ahead && !chance.happens(PLANNED) {
            break;
        }
        reviews.push(Review { date: Some(date) });
        if is_ahead {
            break;
        }
        before = date;
    }
    reviews
}
