//! Stays in placements: the engine and the naive model agree on one child whose few placements follow each
//! other closely, temporary and lasting, in respite and out of it.

use std::collections::BTreeMap;

use crate::engine::{dataset, options, smallest};
use crate::random::{Question, Random};
use chrono::{Days, NaiveDate};
use csc_measures::Month;
use csc_measures_reference::{Input, Table, columns_of, evaluate};
use proptest::prelude::*;
use serde_json::{Value, json};

const MONTH: &str = "2017-03";

fn table(name: &str, rows: Vec<Vec<String>>) -> (String, Table) {
    (name.to_owned(), Table { header: columns_of(name).unwrap(), rows })
}

/// One child, looked after since 2015, with placements that mostly begin on the day that another ends.
fn child(seed: u64) -> Question {
    let mut random = Random::new(seed);
    let first = NaiveDate::from_ymd_opt(2016, 3, 1).unwrap();
    let text = |day: NaiveDate| day.to_string();
    let mut day = first + Days::new(random.below(60) as u64);
    let (mut placements, mut episodes, mut respite) = (Vec::new(), Vec::new(), Vec::new());
    let care = |random: &mut Random| if random.one_in(8) { "C2" } else { "C1" };
    for number in 0..3 + random.below(5) {
        let id = format!("{}", 8 + number);
        let start = if random.one_in(8) { day + Days::new(random.below(9) as u64) } else { day };
        // Around the limits of the temporary kinds, and long.
        let length = *random.pick(&[0, 1, 6, 7, 8, 20, 21, 22, 30, 41, 42, 43, 50, 90]);
        let end = start + Days::new(length);
        let kind = *random
            .pick(&["U4", "U4", "U4", "K2", "H5", "K3", "A3", "T0", "T1", "T2", "T3", "T3", "T4", "T4"]);
        let carer = *random.pick(&["", "", "K1", "K2"]);
        let cla_id = care(&mut random);
        let end_text = if random.one_in(9) { String::new() } else { text(end) };
        let mut row = vec![id.clone(), "P1".into(), cla_id.into(), text(start), end_text, kind.into()];
        row.extend(["5".into(), "N".into(), carer.into(), "N".into()]);
        row.resize(columns_of("cla_placements").unwrap().len(), String::new());
        placements.push(row);
        let reason = *random.pick(&["S", "S", "P", "B", "T", "U", "L"]);
        if !random.one_in(4) {
            let episode =
                vec![format!("E{number}"), "P1".into(), "C1".into(), id, text(start), reason.into()];
            episodes.push([episode, vec![text(end), String::new()]].concat());
        }
        if random.one_in(3) {
            let begun = start - Days::new(random.below(3) as u64);
            let over = begun + Days::new(1 + random.below(6) as u64);
            let kind = *random.pick(&["V3", "V4", "C2"]);
            let status = format!("S{number}");
            respite.push(vec![status, "P1".into(), kind.into(), text(begun), text(over)]);
        }
        day = end;
    }
    for (number, cla_id) in ["C1", "C2"].into_iter().enumerate() {
        let start = format!("2015-01-0{}", 5 + number);
        let episode = [&format!("Z{number}"), "P1", cla_id, "", &start, "S", "", ""];
        episodes.push(episode.iter().map(ToString::to_string).collect());
    }
    let tables = BTreeMap::from([
        table("cla_episodes", episodes),
        table("cla_placements", placements),
        table("legal_statuses", respite),
    ]);
    let temporary = if random.one_in(2) { "exclude" } else { "count" };
    let policy = json!({ "temporary_placements": temporary });
    let input = Input { tables, policy, targets: json!({}), ..Input::default() };
    Question { input, from: MONTH.into(), to: MONTH.into() }
}

/// The case of O6.M6 on both sides, if they differ.
fn differences(question: &Question) -> Vec<String> {
    let month: Month = MONTH.parse().unwrap();
    let model = evaluate(&question.input, MONTH, MONTH).unwrap();
    let model = Value::from(model.cases[&("O6.M6".to_owned(), MONTH.to_owned())].clone());
    let card =
        dataset(&question.input, usize::MAX).scorecard(month, month, &options(&question.input)).unwrap();
    let engine = serde_json::to_value(card.cases("O6.M6", month).unwrap()).unwrap();
    if engine == model { Vec::new() } else { vec![format!("engine {engine}, model {model}")] }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn the_engine_agrees_with_the_naive_model(seed in any::<u64>()) {
        if !differences(&child(seed)).is_empty() {
            panic!("seed {seed}:\n{}", smallest(child(seed), differences));
        }
    }
}
