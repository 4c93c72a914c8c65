//! The calendar's vectors: cases worked by hand, and every published list.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::{Datelike, NaiveDate};
use csc_measures::calendar::{Calendar, CalendarError, Nation};
use csc_measures::dates::{add_months, birthday};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn read<T: DeserializeOwned>(name: &str) -> T {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors/calendar"));
    let text = std::fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    name: String,
    #[serde(default)]
    calendar: Nation,
    #[serde(default)]
    closures: Vec<NaiveDate>,
    op: Op,
    start: Option<NaiveDate>,
    end: Option<NaiveDate>,
    date: Option<NaiveDate>,
    n: Option<i32>,
    expect: Option<Value>,
    error: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Op {
    WorkingDaysBetween,
    AddWorkingDays,
    NextWorkingDay,
    PreviousWorkingDay,
    IsWorkingDay,
    AddMonths,
    Birthday,
}

impl Vector {
    fn answer(&self) -> Result<Value, CalendarError> {
        let calendar = Calendar::for_nation(self.calendar).with_closures(self.closures.iter().copied())?;
        let start = || self.start.expect("a start");
        let end = || self.end.expect("an end");
        let date = || self.date.expect("a date");
        let n = || self.n.expect("n");
        Ok(match self.op {
            Op::WorkingDaysBetween => json!(calendar.working_days_between(start(), end())?),
            Op::AddWorkingDays => json!(calendar.add_working_days(start(), n().unsigned_abs())?),
            Op::NextWorkingDay => json!(calendar.next_working_day(date())?),
            Op::PreviousWorkingDay => json!(calendar.previous_working_day(date())?),
            Op::IsWorkingDay => json!(calendar.is_working_day(date())?),
            Op::AddMonths => json!(add_months(start(), n()).expect("a date")),
            Op::Birthday => json!(birthday(start(), n().unsigned_abs()).expect("a date")),
        })
    }
}

#[test]
fn vectors() {
    let mut run = 0;
    for file in ["working-days.json", "months.json"] {
        for vector in read::<File>(file).vectors {
            match (vector.answer(), &vector.expect, &vector.error) {
                (Ok(answer), Some(expect), None) => assert_eq!(answer, *expect, "{}", vector.name),
                (Err(error), None, Some(expect)) => assert_eq!(error.to_string(), *expect, "{}", vector.name),
                (answer, ..) => panic!("{}: {answer:?}", vector.name),
            }
            run += 1;
        }
    }
    assert!(run > 60);
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Years {
    nation: Nation,
    #[serde(rename = "source")]
    _source: String,
    years: BTreeMap<i32, Vec<String>>,
}

#[test]
fn every_year_as_another_library_has_it() {
    for (file, last) in [
        ("years-england-and-wales.json", 2050),
        ("years-scotland.json", 2050),
        ("years-northern-ireland.json", 2050),
        ("oracle-england-and-wales.json", 2028),
    ] {
        let list: Years = read(file);
        let calendar = Calendar::for_nation(list.nation);
        assert!(list.years.keys().copied().eq(1995..=last), "{file}");
        for (year, days) in list.years {
            let ours: Vec<_> = calendar
                .holidays()
                .filter(|(date, _)| date.year() == year)
                .map(|(date, _)| date.format("%m-%d").to_string())
                .collect();
            assert_eq!(ours, days, "{file}, {year}");
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Published {
    nation: Nation,
    #[serde(rename = "source")]
    _source: String,
    events: Vec<Event>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Event {
    date: NaiveDate,
    title: String,
    #[serde(rename = "notes")]
    _notes: String,
}

#[test]
fn every_published_year_with_its_titles() {
    for nation in Nation::ALL {
        let list: Published = read(&format!("published-{nation}.json"));
        assert_eq!(list.nation, nation);
        let calendar = Calendar::for_nation(nation);
        let ours: Vec<_> = calendar
            .holidays()
            .filter(|(date, _)| date.year() >= 2012 && *date <= calendar.published_until())
            .map(|(date, name)| (date, name.to_owned()))
            .collect();
        let theirs: Vec<_> = list.events.into_iter().map(|event| (event.date, event.title)).collect();
        assert_eq!(ours, theirs, "{nation}");
        // published to the end of its last year, and no further
        assert_eq!(theirs.last().unwrap().0.year(), calendar.published_until().year());
    }
}
