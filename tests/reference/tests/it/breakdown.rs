//! Groups of the engine beside those of the naive model, and that they add up to the whole.

use std::collections::BTreeMap;

use crate::agrees::differences;
use crate::engine::smallest;
use crate::random::grouped;
use proptest::prelude::*;

fn check(seed: u64) {
    let chunk_rows = 1 + (seed % 7) as usize;
    if !differences(&grouped(seed, true), chunk_rows).is_empty() {
        panic!("seed {seed}:\n{}", smallest(grouped(seed, true), |asked| differences(asked, usize::MAX)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn the_groups_of_the_engine_are_those_of_the_naive_model(seed in any::<u64>()) {
        check(seed);
    }
}

/// Every kind of difference in a run of seeds, each with its smallest example: `SEEDS=0..2000`.
#[test]
#[ignore = "a tool for finding differences"]
fn survey_of_groups() {
    let seeds = std::env::var("SEEDS").unwrap_or("0..500".into());
    let (from, to) = seeds.split_once("..").unwrap();
    let mut kinds: BTreeMap<String, (usize, u64)> = BTreeMap::new();
    for seed in from.parse::<u64>().unwrap()..to.parse().unwrap() {
        let found = std::panic::catch_unwind(|| differences(&grouped(seed, true), 1 + (seed % 7) as usize))
            .unwrap_or_else(|_| vec!["panic".into()]);
        for kind in found.iter().map(|difference| difference.split(['[', '\n']).next().unwrap().to_owned()) {
            kinds.entry(kind).or_insert((0, seed)).0 += 1;
        }
    }
    let mut seeds: Vec<u64> = kinds.values().map(|(_, seed)| *seed).collect();
    seeds.sort_unstable();
    seeds.dedup();
    for seed in seeds.iter().take(8) {
        eprintln!(
            "seed {seed}:\n{}",
            smallest(grouped(*seed, true), |asked| differences(asked, usize::MAX))
        );
    }
    assert!(kinds.is_empty(), "{kinds:#?}");
}
