//! What may be published, decided again by hand from the cases, on random authorities of a few children and of
//! many.

use std::collections::BTreeMap;

use crate::engine::every_measure;
use crate::random::{Question, question};
use crate::rows::{months, options, scorecard};
use csc_measures::tables::{ColumnKind, Table};
use csc_measures::{Month, Scorecard};
use proptest::prelude::*;
use serde_json::{Value, json};

/// The same authority several times over, with other ids.
pub(crate) fn crowded(mut question: Question, times: usize) -> Question {
    for (name, text) in &mut question.input.tables {
        let table = Table::by_name(name).unwrap();
        let is_id: Vec<bool> = text
            .header
            .iter()
            .map(|head| table.columns()[table.column(head).unwrap()].kind == ColumnKind::Id)
            .collect();
        let rows = std::mem::take(&mut text.rows);
        for time in 0..times {
            text.rows.extend(rows.iter().map(|row| {
                let value = |(value, is_id): (&String, &bool)| {
                    if *is_id && !value.is_empty() { format!("{value}/{time}") } else { value.clone() }
                };
                row.iter().zip(&is_id).map(value).collect()
            }));
        }
    }
    question
}

/// Cases in the numerator and beside it, of each measure in each month; none of what was not supplied.
type Counts = BTreeMap<(String, Month), (usize, usize)>;

fn counts(card: &Scorecard) -> Counts {
    let mut counts = Counts::new();
    for result in card.results().iter().filter(|result| result.status.as_str() != "not_supplied") {
        let cases = card.cases(&result.measure, result.month).unwrap();
        let is_in = |outcome: &str| matches!(outcome, "met" | "counted");
        let numerator = cases.iter().filter(|case| is_in(case.outcome.as_str())).count();
        let beside = cases
            .iter()
            .filter(|case| !is_in(case.outcome.as_str()))
            .filter(|case| case.denominator.is_some_and(|amount| amount.thousandths() > 0))
            .count();
        counts.insert((result.measure.to_string(), result.month), (numerator, beside));
    }
    counts
}

const TWINS: [[&str; 2]; 9] = [
    ["O1.M2", "O1.M3"],
    ["O3.M9", "O3.M10"],
    ["O4.M1", "O4.M2"],
    ["O6.M1", "O6.M2"],
    ["O6.M3", "O6.M4"],
    ["O6.M7", "O6.M8"],
    ["O7.M1", "O7.M2"],
    ["O7.M3", "O7.M4"],
    ["O8.M3", "O8.M4"],
];

fn few(cases: usize) -> bool {
    cases > 0 && cases < 6
}

/// Whether a figure is left out; `None` where there is none.
fn is_left_out(counts: &Counts, measure: &str, month: Month) -> Option<bool> {
    let alone = |measure: &str| {
        let (numerator, beside) = *counts.get(&(measure.to_owned(), month))?;
        Some(match every_measure().row(measure).unwrap().unit().as_str() {
            "percent" => few(numerator) || few(beside) || few(numerator + beside),
            "qualitative" => false,
            _ => few(numerator),
        })
    };
    let mut left_out = alone(measure)?;
    for twins in TWINS.iter().filter(|twins| twins.contains(&measure)) {
        if let [Some(a), Some(b)] = twins.map(alone) {
            left_out |= a || b;
            if twins[0] == "O6.M3" {
                let [a, b] = twins.map(|twin| counts[&(twin.to_owned(), month)].0);
                left_out |= few(a.abs_diff(b));
            }
        }
    }
    Some(left_out)
}

/// The published results, made again from the scorecard as it is for ourselves.
fn naive(question: &Question, card: &Scorecard) -> Vec<Value> {
    let (from, to) = months(question);
    let dataset = crate::rows::dataset(&question.input, |_, _| true);
    let longer =
        dataset.scorecard(from.plus(-3).max("1995-01".parse().unwrap()), to, &options(question)).unwrap();
    let counts = counts(&longer);
    card.results()
        .iter()
        .map(|result| {
            let mut value = serde_json::to_value(result).unwrap();
            let id = result.measure.as_str();
            let left_out = |month: Month| is_left_out(&counts, id, month).unwrap_or_default();
            let step = if matches!(id, "O6.M3" | "O6.M4") { 3 } else { 1 };
            if left_out(result.month) {
                for key in ["numerator", "denominator", "value"] {
                    value[key] = json!("c");
                }
                for key in ["outcomes", "rag"] {
                    value[key] = Value::Null;
                }
                if id == "O2.M1" {
                    value["all_met"] = Value::Null;
                }
            }
            if left_out(result.month) || left_out(result.month.plus(-step)) {
                value["direction"] = Value::Null;
            }
            value
        })
        .collect()
}

/// The numbers of suppressed and of shown figures that are not zero.
fn check(seed: u64) -> Result<(usize, usize), TestCaseError> {
    let question = crowded(question(seed, false), 1 + (seed % 8) as usize);
    let card = scorecard(&question);
    let published = card.published();
    let ours = serde_json::to_value(&published).unwrap();
    let theirs = naive(&question, &card);
    for (ours, theirs) in ours["results"].as_array().unwrap().iter().zip(&theirs) {
        prop_assert_eq!(ours, theirs, "seed {}", seed);
    }
    prop_assert_eq!(published.results().len(), theirs.len());
    // all the rest is the scorecard's, without the issues and the report on columns
    let mut rest = serde_json::to_value(&card).unwrap();
    for key in ["data_issues", "columns"] {
        prop_assert!(rest.as_object_mut().unwrap().remove(key).is_some(), "{}", key);
    }
    rest["results"] = ours["results"].clone();
    prop_assert_eq!(ours, rest);
    let suppressed = published.results().iter().filter(|result| result.is_suppressed()).count();
    let shown =
        theirs.iter().filter(|result| result["value"].as_f64().is_some_and(|value| value > 0.0)).count();
    Ok((suppressed, shown))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn what_is_published_is_what_the_rules_say(seed in any::<u64>()) {
        check(seed)?;
    }
}

/// The random authorities have figures of both kinds.
#[test]
fn the_random_authorities_have_few_and_many() {
    let (mut suppressed, mut shown) = (0, 0);
    for seed in 0..200 {
        let (few, many) = check(seed).unwrap();
        suppressed += few;
        shown += many;
    }
    assert!(suppressed > 500 && shown > 500, "{suppressed} suppressed, {shown} shown");
}
