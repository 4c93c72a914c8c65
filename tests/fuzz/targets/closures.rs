//! Bytes as a closures file, the GOV.UK list or a list of dates: nothing in it is worked, and counts agree.
#![no_main]

use csc_measures::Calendar;
use csc_measures::calendar::{Closures, Nation};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(closures) = serde_json::from_slice::<Closures>(bytes) else { return };
    let text = serde_json::to_string(&closures).expect("closures can be written");
    assert_eq!(serde_json::from_str::<Closures>(&text).expect("what was written can be read"), closures);
    for nation in Nation::ALL {
        let usual = Calendar::for_nation(nation);
        let Ok(calendar) = usual.with(&closures) else { continue };
        let (first, last) = (calendar.first(), calendar.last());
        let count =
            |calendar: &Calendar| calendar.working_days_between(first, last).expect("both are inside");
        let days: Vec<_> = match &closures {
            Closures::Dates(dates) => dates.clone(),
            Closures::BankHolidays(list) => {
                list.events(nation).unwrap_or_default().iter().map(|holiday| holiday.date).collect()
            }
            _ => Vec::new(),
        };
        for day in &days {
            assert_eq!(calendar.is_working_day(*day), Ok(false), "{day}");
        }
        let mut lost: Vec<_> =
            days.into_iter().filter(|day| *day > first && usual.is_working_day(*day) == Ok(true)).collect();
        lost.sort_unstable();
        lost.dedup();
        assert_eq!(count(&usual) - count(&calendar), i32::try_from(lost.len()).expect("a few"));
    }
});
