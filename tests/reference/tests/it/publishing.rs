//! What may be published of random authorities: the relations that the rules build on hold, and an audit that knows the
//! rules and the published figures can tell nothing; without any one of the rules it can.

use crate::authority::{MONTHS, authority};
use crate::engine::{dataset, every_measure};
use crate::random::{Random, policy, policy_values};
use csc_measures::{
    Audit, Month, Options, Protection, PublishPeriod, Publishing, PublishingRule, Scorecard,
    broken_relations, published_without, untrue_findings,
};
use csc_measures_reference::{Input, Table};
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
    if seed.is_multiple_of(3) { 4 + (seed as usize * 7) % 70 } else { 86 + (seed as usize * 13) % 150 }
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

/// What is published of parts is what is published of the whole, to the byte.
#[test]
fn parts_are_published_as_the_whole() {
    for seed in 0..12 {
        let input = authority(seed, families(seed), policy_of(seed));
        let breakdown = [["sex", "team"], ["age", "area"], ["ethnicity", "worker"]];
        let given =
            json!({"policy": input.policy, "breakdown": breakdown[seed as usize % 3], "publish": true});
        let mut options: Options = serde_json::from_value(given).unwrap();
        if seed % 2 == 0 {
            options.plan = every_measure();
        } else {
            options.measures = Some(vec!["O4.M3".to_owned(), "O3.M4".to_owned()]);
        }
        let dataset = dataset(&input, usize::MAX);
        let (from, to) = months();
        let parts = (0..3).map(|index| {
            let part = dataset.part_of(index, 3, from, to, &options).unwrap();
            serde_json::from_str(&serde_json::to_string(&part).unwrap()).unwrap()
        });
        let merged = Scorecard::merge(parts).unwrap();
        let whole = dataset.scorecard(from, to, &options).unwrap();
        for protection in [Protection::Suppression, Protection::Rounding] {
            let published = |card: &Scorecard| {
                serde_json::to_string(&card.published_as(publishing(protection)).unwrap()).unwrap()
            };
            assert_eq!(published(&merged), published(&whole), "seed {seed}");
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

fn in_periods(mut publishing: Publishing, period: PublishPeriod) -> Publishing {
    publishing.publish_period = period;
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
        let longer = [PublishPeriod::Quarter, PublishPeriod::Year];
        let longer = longer.map(|period| in_periods(publishing(Protection::Suppression), period));
        let by_month = [Protection::Suppression, Protection::Rounding].map(publishing);
        let longer = longer.into_iter().filter(|_| seed % 4 == 0);
        for publishing in by_month.into_iter().chain(longer) {
            let audit = attacked(&card, publishing, None);
            findings += audit.findings().len();
            told.extend(audit.told().map(|found| format!("seed {seed}, {publishing:?}: {found:?}")));
            let untrue = untrue_findings(&card, publishing, &audit).unwrap();
            told.extend(untrue.iter().map(|found| format!("seed {seed}, {publishing:?}: {found}")));
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
    for rule in [Few, Part, Groups, Audit] {
        let tells = |seed: u64| {
            let input = authority(seed, families(seed), policy_of(seed));
            is_told(&card(&input, &["sex", "age"], months()), Some(rule))
        };
        assert!((0..60).any(tells), "without {rule:?} nothing is told");
    }
    for (rule, card) in [(Same, second_plans()), (Window, complaints())] {
        assert!(!is_told(&card, None), "{rule:?}");
        assert!(is_told(&card, Some(rule)), "without {rule:?} nothing is told");
    }
}

fn is_told(card: &Scorecard, rule: Option<PublishingRule>) -> bool {
    attacked(card, publishing(Protection::Suppression), rule).told().next().is_some()
}

/// A table by hand: its name, header and rows.
type Given<'a> = (&'a str, &'a [&'a str], Vec<Vec<String>>);

fn given(tables: &[Given<'_>], policy: Value) -> Input {
    let tables = tables.iter().map(|(name, header, rows)| {
        let header = header.iter().map(|name| (*name).to_owned()).collect();
        ((*name).to_owned(), Table { header, rows: rows.clone() })
    });
    Input {
        tables: tables.collect(),
        policy,
        targets: json!({}),
        closures: Vec::new(),
        uk_dates: false,
        breakdown: Vec::new(),
    }
}

/// Second plans by area, where the smallest group of the number is not that of the percentage: if B is hidden of the one
/// and shown of the other, it tells the 3 of A.
fn second_plans() -> Scorecard {
    let (mut persons, mut plans) = (Vec::new(), Vec::new());
    for (area, again, first) in [("A", 3, 17), ("B", 6, 24), ("C", 9, 6), ("D", 12, 28)] {
        for number in 0..again + first {
            let person = format!("{area}{number}");
            persons.push(vec![person.clone(), area.to_owned()]);
            let mut plan = |id: &str, start: &str, end: &str| {
                plans.push(vec![format!("{person}-{id}"), person.clone(), start.into(), end.into()]);
            };
            plan("2", "2016-06-06", "");
            if number < again {
                plan("1", "2010-01-04", "2010-06-07");
            }
        }
    }
    let tables: [Given<'_>; 2] = [
        ("persons", &["person_id", "area"], persons),
        ("cp_plans", &["cp_plan_id", "person_id", "start_date", "end_date"], plans),
    ];
    let june: Month = "2016-06".parse().unwrap();
    card(&given(&tables, json!({"repeat_plan_unit": "occasions"})), &["area"], (june, june))
}

/// Complaints of three months, of which one had 2: the twelve months less the others tell it.
fn complaints() -> Scorecard {
    let mut rows = Vec::new();
    for (month, count) in [("2016-06", 8), ("2016-07", 2), ("2016-08", 9)] {
        for number in 0..count {
            rows.push(vec![format!("{month}/{number}"), format!("{month}-10"), String::new()]);
        }
    }
    let tables: [Given<'_>; 1] = [("complaints", &["complaint_id", "received_date", "stage_two_date"], rows)];
    card(&given(&tables, json!({})), &[], months())
}

/// Three years of an authority of some 2,000 children by three dimensions: a few seconds at most.
#[test]
#[ignore = "a timing"]
fn three_years_by_three_dimensions() {
    let (_, to) = months();
    let card = card(&authority(1, 600, json!({})), &["sex", "ethnicity", "area"], (to.plus(-35), to));
    for protection in [Protection::Suppression, Protection::Rounding] {
        let began = std::time::Instant::now();
        let published = published_without(&card, publishing(protection), None).unwrap();
        let made = began.elapsed();
        let audit = published.audit();
        eprintln!(
            "{protection:?}: {} results, {} groups, {} hidden in {made:?}; audit of {} findings in {:?}",
            published.results().len(),
            published.groups().len(),
            published.hidden(),
            audit.findings().len(),
            began.elapsed() - made,
        );
        assert!(began.elapsed().as_secs() < 60);
    }
}
