//! The vectors of the clocks.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;
use csc_measures::WarningWindow;
use csc_measures::calendar::{Calendar, Nation};
use csc_measures::clock::{Clock, ClockError, Limit};
use serde::Deserialize;
use serde_json::{Map, Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    name: String,
    #[serde(rename = "why")]
    _why: Option<String>,
    clock: String,
    #[serde(default)]
    calendar: Nation,
    #[serde(default)]
    closures: Vec<NaiveDate>,
    on: Option<NaiveDate>,
    limit: Option<Limit>,
    #[serde(default)]
    counting_start_day: bool,
    warning: Option<WarningWindow>,
    start: NaiveDate,
    done: Option<NaiveDate>,
    as_at: Option<NaiveDate>,
    expect: Option<Map<String, Value>>,
    error: Option<String>,
}

impl Vector {
    fn answer(&self) -> Result<Value, ClockError> {
        let calendar =
            Calendar::for_nation(self.calendar).with_closures(self.closures.iter().copied()).unwrap();
        let mut clock = Clock::by_id(&self.clock)?;
        if let Some(on) = self.on {
            clock = clock.at(on)?;
        }
        if let Some(limit) = self.limit {
            clock = clock.with_limit(limit);
        }
        if self.counting_start_day {
            clock = clock.counting_start_day();
        }
        if let Some(warning) = self.warning {
            clock = clock.with_warning(warning);
        }
        let mut answer = match self.as_at {
            Some(as_at) => json!(clock.status(self.start, self.done, as_at, &calendar)?),
            None => json!({}),
        };
        if let Some(done) = self.done {
            answer["in_time"] = json!(clock.in_time(self.start, done, &calendar)?);
        }
        let due = json!(clock.due(self.start, &calendar)?);
        assert_eq!(*answer.get("due").unwrap_or(&due), due);
        answer["due"] = due;
        Ok(answer)
    }

    fn check(&self) {
        match (self.answer(), &self.expect, &self.error) {
            (Ok(answer), Some(expect), None) => {
                for (field, expect) in expect {
                    let found = answer.get(field).unwrap_or_else(|| panic!("{}: no {field}", self.name));
                    assert_eq!(found, expect, "{}: {}: {field}", self.clock, self.name);
                }
            }
            (Err(error), None, Some(expect)) => {
                assert_eq!(error.to_string(), *expect, "{}: {}", self.clock, self.name);
            }
            (answer, ..) => panic!("{}: {}: {answer:?}", self.clock, self.name),
        }
    }
}

#[test]
fn vectors() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors/clocks"));
    let mut run: BTreeMap<String, usize> = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let text = std::fs::read_to_string(&path).unwrap();
            let file: File =
                serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            for vector in file.vectors {
                vector.check();
                *run.entry(vector.clock).or_default() += 1;
            }
        }
    }
    for clock in Clock::all() {
        assert!(run.get(clock.id()).is_some_and(|n| *n >= 3), "{} has too few vectors", clock.id());
    }
}
