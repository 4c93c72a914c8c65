//! The table of clocks is well formed, and every clock keeps the same laws.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use csc_measures::calendar::Calendar;
use csc_measures::clock::{Clock, ClockError, ClockId, ClockOutcome, Counting, Limit};
use csc_measures::measures::Measure;
use csc_measures::{ClockKind, Rag, WarningWindow};
use proptest::prelude::*;
use serde_json::json;

fn date(days: i32) -> NaiveDate {
    NaiveDate::from_epoch_days(days).unwrap()
}

#[test]
fn every_row_has_an_id_a_title_and_a_source() {
    let mut ids = BTreeSet::new();
    for clock in Clock::all() {
        let id = clock.id();
        assert!(ids.insert(id), "{id} twice");
        assert!(id.chars().all(|c| c == '_' || c.is_ascii_lowercase() || c.is_ascii_digit()), "{id}");
        assert_eq!(Clock::by_id(id), Ok(clock));
        assert!(!clock.title().is_empty() && !clock.source().is_empty(), "{id}");
        for text in [clock.title(), clock.note(), clock.source()] {
            assert_eq!(text, text.trim(), "{id}");
        }
        for measure in clock.measures() {
            assert!(measure.parse::<Measure>().is_ok(), "{id}: {measure}");
        }
        assert_eq!(clock.warning(), WarningWindow { working_days: 5, days: 14 });
    }
    assert_eq!(ids.len(), Clock::all().len());
}

#[test]
fn a_clock_is_written_with_its_limit_and_its_source() {
    let json = serde_json::to_value(Clock::by_id("cp_first_review").unwrap()).unwrap();
    assert_eq!(json["id"], "cp_first_review");
    assert_eq!(json["limit"], json!({"months": 3}));
    assert_eq!(json["counting"], "day_zero");
    assert_eq!(json["measures"], json!(["cp_reviews_in_time"]));
    assert_eq!(json["as_written"], "3 months");
    assert_eq!((&json["in_force_from"], &json["in_force_to"]), (&json!("2000-04-01"), &json!(null)));
    assert_eq!((&json["limit_certainty"], &json["standing"]), (&json!("second-hand"), &json!("national")));
    assert!(json["source"].as_str().unwrap().contains("Working Together"));
}

#[test]
fn versions_follow_each_other() {
    let mut versions = 0;
    for clock in Clock::all() {
        let mut last: Option<NaiveDate> = None;
        for (place, version) in clock.versions().enumerate() {
            let id = format!("{} version {}", version.id(), version.version());
            versions += 1;
            assert_eq!(version.version() as usize, place + 1, "{id}");
            let (from, to) = (version.in_force_from(), version.in_force_to());
            assert!(to.is_none_or(|to| from <= to), "{id}");
            if place > 0 {
                assert_eq!(last.and_then(|last| last.succ_opt()), Some(from), "{id} leaves a gap");
            }
            last = to;
            for day in [Some(from), to].into_iter().flatten() {
                assert_eq!(clock.at(day), Ok(version), "{id} on {day}");
            }
            assert_eq!(version.limit().is_none(), version.as_written() == "no number of days", "{id}");
            // A suspended limit is still the limit of what was done in time, if it was suspended and not
            // taken away.
            if version.relaxed().is_some() && version.limit().is_some() {
                let before = clock.at(from.pred_opt().unwrap()).unwrap();
                assert_eq!(version.limit(), before.limit(), "{id}");
            }
            assert!(!version.source().is_empty() && version.source() == version.source().trim(), "{id}");
        }
        assert_eq!(Clock::by_id(clock.id()), Ok(clock.versions().last().unwrap()));
        let before = clock.versions().next().unwrap().in_force_from().pred_opt().unwrap();
        assert!(matches!(clock.at(before), Err(ClockError::OutsideLaw { .. })), "{}", clock.id());
        if let Some(after) = last.and_then(|last| last.succ_opt()) {
            assert!(matches!(clock.at(after), Err(ClockError::OutsideLaw { .. })), "{}", clock.id());
        }
    }
    assert_eq!((Clock::all().len(), versions), (97, 167));
}

#[test]
fn an_id_is_the_place_of_a_clock() {
    for (id, clock) in ClockId::all().zip(Clock::all()) {
        assert_eq!((id.clock(), id.as_str()), (clock, clock.id()));
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(serde_json::to_value(id).unwrap(), clock.id());
    }
    assert!(matches!("cp_vist".parse::<ClockId>(), Err(ClockError::Unknown { .. })));
}

#[test]
fn a_due_date_that_cannot_be_written() {
    let calendar = Calendar::england_and_wales();
    let start = date(17_000);
    let clock = Clock::by_id("cp_review").unwrap();
    for limit in [Limit::Months(u32::MAX), Limit::Days(u32::MAX), Limit::Months(4_000_000)] {
        for clock in [clock.with_limit(limit), clock.with_limit(limit).counting_start_day()] {
            let error = clock.due(start, &calendar).unwrap_err();
            assert_eq!(error, ClockError::NoDate { start, limit });
            assert_eq!(error.to_string(), format!("{limit} after 2016-07-18 is later than 9999-12-31"));
        }
    }
    let endless = clock.with_limit(Limit::WorkingDays(u32::MAX));
    assert!(matches!(endless.due(start, &calendar), Err(ClockError::Calendar(_))));
    assert!(endless.in_time(start, start, &calendar).unwrap());
}

#[test]
fn the_worst_colour_is_red() {
    assert!(Rag::Red > Rag::Amber && Rag::Amber > Rag::Green);
    for rag in Rag::ALL {
        assert_eq!(serde_json::to_value(rag).unwrap(), rag.as_str());
    }
    let window: WarningWindow = serde_json::from_str(r#"{"days": 7}"#).unwrap();
    assert_eq!(window, WarningWindow { working_days: 5, days: 7 });
    assert!(serde_json::from_str::<WarningWindow>(r#"{"day": 7}"#).is_err());
}

/// Every version of every clock that has a number.
fn with_a_number() -> impl Iterator<Item = Clock> {
    Clock::all().flat_map(|clock| clock.versions()).filter(|clock| clock.limit().is_some())
}

fn clock() -> impl Strategy<Value = Clock> {
    (prop::sample::select(with_a_number().collect::<Vec<_>>()), any::<bool>())
        .prop_map(|(clock, start_day)| if start_day { clock.counting_start_day() } else { clock })
}

proptest! {
    #[test]
    fn in_time_up_to_the_first_late_day(clock in clock(), start in 10_000i32..26_000, after in 0u64..1_500) {
        let calendar = Calendar::england_and_wales();
        let start = date(start);
        let day = start + Days::new(after);
        let status = clock.status(start, None, day, &calendar).unwrap();
        let in_time = day < status.first_late_day;
        prop_assert_eq!(clock.in_time(start, day, &calendar), Ok(in_time));
        prop_assert_eq!(Ok(status.due), clock.due(start, &calendar));
        prop_assert!(start <= status.due && status.due < status.first_late_day);
        prop_assert!(clock.in_time(start, status.due, &calendar).unwrap());
        prop_assert!(!clock.in_time(start, status.first_late_day, &calendar).unwrap());

        // not done
        prop_assert_eq!(status.outcome == ClockOutcome::NotYetDue, in_time);
        prop_assert_eq!(status.outcome == ClockOutcome::Overdue, !in_time);
        prop_assert_eq!(status.days_left.is_some(), in_time);
        prop_assert_eq!(status.days_over.is_some_and(|n| n > 0), !in_time);
        prop_assert_eq!(status.rag == Rag::Red, !in_time);
        if in_time {
            let left = match clock.kind() {
                ClockKind::WorkingDays => calendar.working_days_between(day, status.due).unwrap(),
                ClockKind::Days => (status.due - day).num_days().max(0) as i32,
            };
            let window = if clock.kind() == ClockKind::WorkingDays { 5 } else { 14 };
            prop_assert_eq!(status.days_left, Some(left as u32));
            prop_assert_eq!(status.rag == Rag::Amber, left <= window);
        }

        // done on that day, judged later and sooner
        let done = clock.status(start, Some(day), day + Days::new(30), &calendar).unwrap();
        prop_assert_eq!(done.outcome, if in_time { ClockOutcome::Met } else { ClockOutcome::Late });
        prop_assert_eq!(done.rag, if in_time { Rag::Green } else { Rag::Red });
        prop_assert_eq!(done.days_over, status.days_over);
        if let Some(eve) = day.pred_opt().filter(|eve| *eve >= start) {
            let sooner = clock.status(start, Some(day), eve, &calendar).unwrap();
            prop_assert_eq!(sooner, clock.status(start, None, eve, &calendar).unwrap());
        }
    }

    #[test]
    fn counting_the_start_day_takes_one_off(clock in clock(), start in 10_000i32..26_000) {
        let calendar = Calendar::england_and_wales();
        let start = date(start);
        let (due, sooner) =
            (clock.due(start, &calendar).unwrap(), clock.counting_start_day().due(start, &calendar).unwrap());
        match (clock.counting(), clock.limit()) {
            (Counting::DayOne | Counting::Strict, _) => prop_assert_eq!(sooner, due),
            (Counting::DayZero, Some(Limit::WorkingDays(1))) => prop_assert_eq!(sooner, start),
            (Counting::DayZero, Some(Limit::WorkingDays(_))) => {
                prop_assert_eq!(sooner, calendar.previous_working_day(due).unwrap());
            }
            (Counting::DayZero, _) => prop_assert_eq!(sooner, due.pred_opt().unwrap()),
        }
    }
}
