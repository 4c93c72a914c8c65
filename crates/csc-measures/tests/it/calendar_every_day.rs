//! Every date of the three calendars against a count made day by day.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};
use csc_measures::calendar::{Calendar, CalendarError, Nation};

struct Naive {
    off: BTreeSet<NaiveDate>,
}

impl Naive {
    fn new(calendar: &Calendar) -> Self {
        Self { off: calendar.holidays().map(|(date, _)| date).chain(calendar.closures()).collect() }
    }

    fn works(&self, date: NaiveDate) -> bool {
        date.weekday().number_from_monday() <= 5 && !self.off.contains(&date)
    }
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn calendars() -> Vec<Calendar> {
    let closed = (24..=31).map(|d| day(2017, 12, d)).chain([day(1995, 1, 3), day(2050, 12, 30)]);
    let mut all: Vec<_> = Nation::ALL.into_iter().map(Calendar::for_nation).collect();
    all.push(Calendar::england_and_wales().with_closures(closed).unwrap());
    all
}

#[test]
fn counting_and_adding_from_every_day() {
    for calendar in calendars() {
        let naive = Naive::new(&calendar);
        let days = calendar.first().iter_days().take_while(|d| *d <= calendar.last());
        let works: Vec<bool> = days.map(|d| naive.works(d)).collect();
        assert_eq!(works.len(), 20_454);
        for (index, start) in calendar.first().iter_days().take(works.len()).enumerate() {
            assert_eq!(calendar.is_working_day(start).unwrap(), works[index], "{start}");
            assert_eq!(calendar.add_working_days(start, 0), Ok(start));
            let mut passed = 0;
            for (later, works) in works.iter().enumerate().skip(index + 1).take(140) {
                let end = start + Days::new((later - index) as u64);
                if *works {
                    passed += 1;
                    // the first day on which so many have passed
                    assert_eq!(calendar.add_working_days(start, passed), Ok(end));
                    if passed == 1 {
                        assert_eq!(calendar.next_working_day(start), Ok(end));
                    }
                }
                assert_eq!(calendar.working_days_between(start, end), Ok(passed as i32), "{start} to {end}");
                assert_eq!(calendar.working_days_between(end, start), Ok(0));
            }
            let before = calendar.previous_working_day(start);
            match works[..index].iter().rposition(|works| *works) {
                Some(found) => assert_eq!(before, Ok(calendar.first() + Days::new(found as u64))),
                None => assert!(matches!(before, Err(CalendarError::BeforeStart { .. }))),
            }
        }
    }
}

#[test]
fn the_whole_calendar_in_one_count() {
    for calendar in calendars() {
        let naive = Naive::new(&calendar);
        let mut passed = 0;
        for end in calendar.first().iter_days().take_while(|d| *d <= calendar.last()).skip(1) {
            passed += i32::from(naive.works(end));
            assert_eq!(calendar.working_days_between(calendar.first(), end), Ok(passed));
            if naive.works(end) {
                assert_eq!(calendar.add_working_days(calendar.first(), passed as u32), Ok(end));
            }
        }
        let beyond = calendar.add_working_days(calendar.first(), passed as u32 + 1);
        assert!(matches!(beyond, Err(CalendarError::BeyondEnd { .. })));
        assert!(calendar.add_working_days(calendar.first(), u32::MAX).is_err());
    }
}

#[test]
fn days_outside_are_errors_that_name_the_range() {
    let calendar = Calendar::england_and_wales();
    let inside = day(2017, 3, 1);
    for outside in [day(1994, 12, 31), day(2051, 1, 1), NaiveDate::MIN, NaiveDate::MAX] {
        let message = format!("{outside} is outside the calendar (1995-01-01 to 2050-12-31)");
        assert_eq!(calendar.working_days_between(outside, inside).unwrap_err().to_string(), message);
        assert_eq!(calendar.working_days_between(inside, outside).unwrap_err().to_string(), message);
        assert_eq!(calendar.add_working_days(outside, 0).unwrap_err().to_string(), message);
        assert_eq!(calendar.is_working_day(outside).unwrap_err().to_string(), message);
        assert_eq!(calendar.next_working_day(outside).unwrap_err().to_string(), message);
        assert_eq!(calendar.previous_working_day(outside).unwrap_err().to_string(), message);
        assert_eq!(calendar.with_closures([inside, outside]).unwrap_err().to_string(), message);
    }
}

#[test]
fn a_calendar_is_its_nation_and_its_days() {
    fn shared<T: Send + Sync>(_: &T) {}

    let calendar = Calendar::england_and_wales();
    shared(&calendar);
    assert_eq!(calendar, Calendar::default());
    assert_ne!(calendar, Calendar::northern_ireland());
    let closed = calendar.with_closures([day(2017, 12, 28)]).unwrap();
    assert_ne!(calendar, closed);
    assert_eq!(closed, calendar.clone().with_closures([day(2017, 12, 28)]).unwrap());
    assert_eq!(calendar.with_closures([]).unwrap(), calendar);
}
