//! Children who go missing from care or from home, and the interview when they are back.

use chrono::NaiveDate;
use csc_measures::tables::{MissingEpisode, Table};

use crate::council::Council;
use crate::course::Trend;
use crate::diary::{EXTRACT, HISTORY, known, plus};
use crate::people::Child;

/// Children of an age who go missing from care in a year, in a thousand.
const AT_TEN: u32 = 45;
const AT_THIRTEEN: u32 = 230;
/// How often they do in that year; the rest are those who do again and again.
const TIMES: [(u32, i64); 4] = [(300, 1), (210, 2), (160, 4), (130, 7)];
const MANY_TIMES: i64 = 18;
/// Children with a plan at home who go missing from there while it runs.
const FROM_HOME: u32 = 60;
const TIMES_FROM_HOME: [(u32, i64); 2] = [(640, 1), (220, 2)];
/// Days until the child is back.
const DAYS: [(u32, i64); 4] = [(440, 0), (330, 1), (120, 2), (70, 4)];
const YEAR: i64 = 365;

const OFFERED: Trend = Trend::inspected(840, 740, 940);
const ACCEPTED: u32 = 640;
const ACCEPTED_NOT_RECORDED: u32 = 40;
/// Interviews by the third day after the return.
const IN_TIME: Trend = Trend::inspected(690, 560, 830);

/// A period of care, year by year.
pub(crate) fn from_care(council: &mut Council, child: &mut Child, from: NaiveDate, to: NaiveDate) {
    let mut year = from.max(HISTORY);
    while year < to && year <= EXTRACT {
        let next = plus(year, YEAR).min(to);
        let share = match child.years(year) {
            ..10 => 0,
            10..13 => AT_TEN,
            _ => AT_THIRTEEN,
        };
        if child.person.happens(share) {
            let times = child.person.pick(&TIMES, MANY_TIMES);
            go_missing(council, child, year, next, times);
        }
        year = next;
    }
}

/// A plan of a child at home.
pub(crate) fn from_home(council: &mut Council, child: &mut Child, from: NaiveDate, to: NaiveDate) {
    let from = from.max(HISTORY);
    if child.years(from) >= 11 && child.person.happens(FROM_HOME) {
        let times = child.person.pick(&TIMES_FROM_HOME, 3);
        go_missing(council, child, from, to, times);
    }
}

/// So many times in that time, one after another, if there is room for them.
fn go_missing(council: &mut Council, child: &mut Child, from: NaiveDate, to: NaiveDate, times: i64) {
    let between = YEAR * 3 / 2 / (times + 1);
    let mut gone = from;
    for _ in 0..times {
        gone = plus(gone.max(child.last_back), child.person.between(1, between));
        let long = child.person.between(7, 40);
        let days = child.person.pick(&DAYS, long);
        let back = plus(gone, days).min(to);
        if gone >= to || gone > EXTRACT || gone >= child.lives_until() {
            return;
        }
        child.last_back = back;
        write(council, child, gone, back);
        gone = back;
    }
}

fn write(council: &mut Council, child: &mut Child, gone: NaiveDate, back: NaiveDate) {
    let chance = &mut child.person;
    let is_offered = chance.happens(OFFERED.at(back));
    let offered = plus(back, chance.between(0, 2));
    let accepted = chance.recorded(ACCEPTED, ACCEPTED_NOT_RECORDED);
    let is_in_time = chance.happens(IN_TIME.at(back));
    let days = if is_in_time { chance.between(0, 3) } else { chance.between(4, 16) };
    let held = plus(back, days).max(offered);
    let is_offered = is_offered && offered <= EXTRACT;
    let row = MissingEpisode {
        episode_id: council.id(Table::MissingEpisodes),
        person_id: child.id.clone(),
        start_date: gone,
        end_date: known(back),
        interview_offered_date: Some(offered).filter(|_| is_offered),
        interview_date: known(held).filter(|_| is_offered && accepted == Some(true)),
        interview_accepted: accepted.filter(|_| is_offered),
    };
    council.add(&row);
}
