//! What is due, by the engine and by the naive model, to random authorities.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{dataset, fields, options, smallest};
use crate::random::{Question, question};
use chrono::{Datelike, Days, NaiveDate};
use csc_measures::due::{CLOCKS, DueFilter, DueList};
use csc_measures_reference::{Due, due};
use serde_json::Value;

/// A day of the last month asked of, or soon after: its end more often than any other.
pub(crate) fn as_at(seed: u64, question: &Question) -> NaiveDate {
    let first: NaiveDate = format!("{}-01", question.to).parse().unwrap();
    let last = first + Days::new(31);
    let last = last.with_day(1).unwrap().pred_opt().unwrap();
    match seed % 5 {
        0 | 1 => last,
        2 => first,
        // No further than the end of the calendar.
        _ => (first + Days::new(seed / 5 % 45)).min(NaiveDate::from_ymd_opt(2050, 12, 31).unwrap()),
    }
}

fn engine_list(question: &Question, day: NaiveDate) -> Vec<Value> {
    let list = dataset(&question.input, usize::MAX)
        .due_list(day, &options(&question.input), &DueFilter::default())
        .unwrap();
    without_workers(&list)
}

/// The engine's list, without the worker and the team, of whom the model knows nothing.
pub(crate) fn without_workers(list: &DueList) -> Vec<Value> {
    let mut obligations = serde_json::to_value(&list.obligations).unwrap();
    for obligation in obligations.as_array_mut().unwrap() {
        for key in ["worker", "team"] {
            obligation.as_object_mut().unwrap().remove(key);
        }
    }
    obligations.as_array().unwrap().clone()
}

fn differences(question: &Question, day: NaiveDate) -> Vec<String> {
    let theirs: Vec<Value> = due(&question.input, day).unwrap().iter().map(Due::to_json).collect();
    unlike(&engine_list(question, day), &theirs)
}

/// What one side has and the other has not, or has otherwise, each told by its clock; else a different order.
pub(crate) fn unlike(ours: &[Value], theirs: &[Value]) -> Vec<String> {
    let key = |obligation: &Value| {
        let part = |name: &str| obligation[name].as_str().unwrap_or_default().to_owned();
        [part("clock"), part("person"), part("record"), part("anchor")]
    };
    let by_key = |list: &[Value]| -> BTreeMap<[String; 4], Value> {
        list.iter().map(|obligation| (key(obligation), obligation.clone())).collect()
    };
    let (engine, model) = (by_key(ours), by_key(theirs));
    let keys: BTreeSet<&[String; 4]> = engine.keys().chain(model.keys()).collect();
    let mut found = Vec::new();
    for key in keys {
        match (engine.get(key), model.get(key)) {
            (Some(ours), Some(theirs)) => {
                found.extend(fields(ours, theirs).iter().map(|field| format!("{}: {field}", key[0])));
            }
            (ours, theirs) => {
                let show = |side: Option<&Value>| side.map_or("nothing".to_owned(), ToString::to_string);
                found.push(format!("{}: engine {}, model {}", key[0], show(ours), show(theirs)));
            }
        }
    }
    if found.is_empty() && ours != theirs {
        found.push(format!("the order: engine {ours:?}, model {theirs:?}"));
    }
    found
}

fn example(seed: u64) -> String {
    let asked = question(seed, true);
    let day = as_at(seed, &asked);
    format!("seed {seed} as at {day}:\n{}", smallest(asked, |asked| differences(asked, day)))
}

#[test]
fn the_engine_agrees_with_the_naive_model() {
    let cases = std::env::var("PROPTEST_CASES").map_or(400, |cases| cases.parse().unwrap());
    for seed in 0..cases {
        let asked = question(seed, true);
        let day = as_at(seed, &asked);
        assert!(differences(&asked, day).is_empty(), "{}", example(seed));
    }
}

/// The random authorities owe under every clock in each of its states: seeds are asked until all are seen.
#[test]
fn the_random_authorities_ask_everything() {
    let mut missing: BTreeSet<(&str, &str)> = CLOCKS
        .into_iter()
        .flat_map(|clock| ["not_yet_due", "overdue"].map(|outcome| (clock, outcome)))
        .collect();
    for seed in 0..4_000 {
        if missing.is_empty() {
            break;
        }
        let asked = question(seed, true);
        for obligation in due(&asked.input, as_at(seed, &asked)).unwrap() {
            missing.remove(&(obligation.clock, obligation.outcome));
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}

/// Every difference in a run of seeds, each kind with its smallest example: `SEEDS=0..2000`.
#[test]
#[ignore = "a tool for finding differences"]
fn survey() {
    let seeds = std::env::var("SEEDS").unwrap_or("0..500".into());
    let (from, to) = seeds.split_once("..").unwrap();
    let mut kinds: BTreeMap<String, (usize, u64)> = BTreeMap::new();
    for seed in from.parse::<u64>().unwrap()..to.parse().unwrap() {
        let asked = question(seed, true);
        for difference in differences(&asked, as_at(seed, &asked)) {
            let kind = difference.split(" model").next().unwrap().split(':').take(2).collect::<String>();
            kinds.entry(kind).or_insert((0, seed)).0 += 1;
        }
    }
    for (_, seed) in kinds.values() {
        eprintln!("{}", example(*seed));
    }
    assert!(kinds.is_empty(), "{kinds:#?}");
}
