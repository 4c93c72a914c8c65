//! What may be published of random authorities: the relations that the rules build on hold, and an audit that knows the
//! rules and the published figures can tell nothing; without any one of the rules it can.

use crate::authority::{MONTHS, authority};
use crate::engine::{dataset, every_measure};
use crate::random::{Random, policy, policy_values};
use csc_measures::{
    Audit, Month, Options, Protection, Publishing, PublishingRule, Scorecard, broken_relations,
    published_without, untrue_findings,
};
use csc_measures_reference::Input;
use serde_json::{Value, json};

fn card(input: &Input, breakdown: &[&str], (from, to): (Month, Month)) -> Scorecard {
    let given = json!({"policy": input.policy, "breakdown": breakdown});
    let mut options: Options = serde_json::from_value(given).unwrap();
    options.plan = every_measure();
    dataset(input, usize::MAX).scorecard(from, to, &options).unwrap()
}

/// The months in which the authorities have their dates.
fn months() -> (Month, Month) {
    let first: Month = "2016-01".parse().unwrap();
    (first, first.plus(MONTHS as i32 - 1))
}

/// A third of them have fewer than 300 children.
fn families(seed: u64) -> usize {
    if seed % 3 == 0 { 4 + (seed as usize * 7) % 70 } else { 86 + (seed as usize * 13) % 150 }
}

/// Relations hold between the figures of every authority, under each value of each policy.
#[test]
fn every_relation_holds_under_every_policy() {
    let mut policies: Vec<Value> = Vec::new();
    for (key, values) in policy_values() {
        policies.extend(values.into_iter().map(|value| json!({ key: value })));
    }
    policies.extend((0..60).map(|number| policy(&mut Random::new(number))));
    for (seed, policy) in (0..).zip(policies) {
        for seed in [seed, seed + 1000, seed + 2000] {
            let input = authority(seed, 4 + seed as usize % 20, policy.clone());
            let breakdown = if seed % 2 == 0 { ["sex", "team"] } else { ["age", "area"] };
            let broken = broken_relations(&card(&input, &breakdown, months())).unwrap();
            assert!(broken.is_empty(), "seed {seed} under {policy}: {broken:#?}");
        }
    }
}

/// The policies of the attack: the default, and ten random ones.
fn policy_of(seed: u64) -> Value {
    match seed % 11 {
        0 => json!({}),
        number => policy(&mut Random::new(number)),
    }
}

fn publishing(protection: Protection) -> Publishing {
    let mut publishing = Publishing::default();
    publishing.protection = protection;
    publishing
}

fn attacked(card: &Scorecard, publishing: Publishing, rule: Option<PublishingRule>) -> Audit {
    published_without(card, publishing, rule).unwrap().audit()
}

/// By the seed of each authority what was told, in words.
fn attack(seeds: std::ops::Range<u64>) -> (Vec<String>, usize) {
    let mut told = Vec::new();
    let mut findings = 0;
    for seed in seeds {
        let breakdown = if seed % 2 == 0 { ["sex", "age"] } else { ["ethnic_group", "area"] };
        let card = card(&authority(seed, families(seed), policy_of(seed)), &breakdown, months());
        assert!(!card.groups().is_empty());
        for protection in [Protection::Suppression, Protection::Rounding] {
            let publishing = publishing(protection);
            let audit = attacked(&card, publishing, None);
            findings += audit.findings().len();
            told.extend(audit.told().map(|found| format!("seed {seed}, {protection:?}: {found:?}")));
            let untrue = untrue_findings(&card, publishing, &audit).unwrap();
            told.extend(untrue.iter().map(|found| format!("seed {seed}, {protection:?}: {found}")));
        }
    }
    (told, findings)
}

/// Nothing of 1 to 5 persons can be told, and the true number is in every set.
#[test]
fn the_attack_tells_nothing() {
    let (told, findings) = attack(0..100);
    assert!(told.is_empty(), "{} of {findings}: {:#?}", told.len(), &told[..told.len().min(20)]);
    assert!(findings > 100_000, "{findings}");
}

/// Without any one of the rules something is told: the attack is not empty.
#[test]
fn every_rule_is_needed() {
    use PublishingRule::{Audit, Few, Groups, Part, Same, Window};
    for rule in [Few, Part, Same, Window, Groups, Audit] {
        let tells = |seed: u64| {
            let card = card(&authority(seed, families(seed), json!({})), &["sex", "age"], months());
            attacked(&card, publishing(Protection::Suppression), Some(rule)).told().next().is_some()
        };
        assert!((0..60).any(tells), "without {rule:?} nothing is told");
    }
}
