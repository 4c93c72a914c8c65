//! The policies in sight, by experiment: what changes a figure is named in its warnings, and what is named can
//! change a figure.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{dataset, options};
use crate::random::{Question, policy_values, question};
use csc_measures::Dataset;
use csc_measures::plan::Targets;
use csc_measures_reference::Input;
use proptest::prelude::*;
use serde_json::{Value, json};

/// A measure and a policy that bears on it.
type Pair = (String, String);

/// A random authority under a policy that is seldom the default.
fn asked(seed: u64) -> Question {
    let mut asked = question(seed, false);
    if asked.input.policy == json!({}) {
        let (key, values) = &policy_values()[(seed / 2 % policy_values().len() as u64) as usize];
        asked.input.policy[*key] = values[1 + (seed as usize / 128) % (values.len() - 1)].clone();
    }
    asked
}

fn results(dataset: &Dataset, asked: &Question, policy: &Value) -> Vec<Value> {
    let Input { targets, closures, .. } = asked.input.clone();
    let input = Input { policy: policy.clone(), targets, closures, ..Input::default() };
    let card =
        dataset.scorecard(asked.from.parse().unwrap(), asked.to.parse().unwrap(), &options(&input)).unwrap();
    serde_json::to_value(card.results()).unwrap().as_array().unwrap().clone()
}

/// The pairs that the results name, each with the places of the results that name it.
fn named(results: &[Value]) -> BTreeMap<Pair, BTreeSet<usize>> {
    let mut named: BTreeMap<Pair, BTreeSet<usize>> = BTreeMap::new();
    for (place, result) in results.iter().enumerate() {
        for warning in result["warnings"].as_array().unwrap() {
            let Some(policy) = warning.as_str().unwrap().strip_prefix("policy:") else { continue };
            let key = policy.split_once('=').unwrap().0.to_owned();
            named.entry((result["measure"].as_str().unwrap().to_owned(), key)).or_default().insert(place);
        }
    }
    named
}

/// The pairs of which the policy alone, put back to its default, changes a status, a number or an outcome; each
/// with the places of the results that it changes. Only the policies of which somebody asks are put back.
fn changed(
    asked: &Question,
    dataset: &Dataset,
    whole: &[Value],
    is_asked: impl Fn(&str) -> bool,
) -> BTreeMap<Pair, BTreeSet<usize>> {
    let mut changed: BTreeMap<Pair, BTreeSet<usize>> = BTreeMap::new();
    let policy = asked.input.policy.as_object().unwrap();
    for key in policy.keys().filter(|key| is_asked(key)) {
        let mut without = policy.clone();
        without.remove(key);
        let other = results(dataset, asked, &Value::Object(without));
        for (place, (result, other)) in whole.iter().zip(&other).enumerate() {
            let figures = ["status", "numerator", "denominator", "value", "outcomes"];
            if figures.iter().any(|figure| result[figure] != other[figure]) {
                let pair = (result["measure"].as_str().unwrap().to_owned(), key.clone());
                changed.entry(pair).or_default().insert(place);
            }
        }
    }
    changed
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn what_changes_a_figure_is_in_sight(seed in any::<u64>()) {
        let asked = asked(seed);
        let dataset = dataset(&asked.input, usize::MAX);
        let whole = results(&dataset, &asked, &asked.input.policy);
        let named = named(&whole);
        for (pair, places) in changed(&asked, &dataset, &whole, |_| true) {
            let told = named.get(&pair).is_some_and(|told| told.is_superset(&places));
            prop_assert!(told, "{pair:?} under {}", asked.input.policy);
        }
    }
}

/// Whether a policy, alone among others that let it bear, changes a figure of the measure in this authority.
fn changes((measure, key): &Pair, seed: u64) -> bool {
    let asked = question(seed, false);
    let dataset = dataset(&asked.input, usize::MAX);
    // Limits of any length, so that a day more or less is often the one that decides.
    let days = |longest: u64| json!(1 + seed % longest);
    let mut policy = json!({
        "rag_source": (["derived", "worst"][(seed % 2) as usize]),
        "pathway_base": "strict",
        "assessment_working_days": days(60),
        "icpc_working_days": days(60),
        "cp_visit_working_days": days(40),
        "cin_visit_working_days": days(40),
        "cla_visit_working_days": days(40),
        // So few cases that one more or less decides.
        "asye_case_limit": seed % 3,
    });
    policy.as_object_mut().unwrap().remove(key);
    let figures = |policy: &Value| -> Vec<Value> {
        let mut options = options(&Input { policy: policy.clone(), ..asked.input.clone() });
        options.measures = Some(vec![measure.clone()]);
        options.targets = Targets::default();
        let (from, to) = (asked.from.parse().unwrap(), asked.to.parse().unwrap());
        let card = dataset.scorecard(from, to, &options).unwrap();
        let results = serde_json::to_value(card.results()).unwrap();
        let figures = ["status", "numerator", "denominator", "outcomes"];
        let figures_of = |result: &Value| json!(figures.map(|figure| result[figure].clone()));
        results.as_array().unwrap().iter().map(figures_of).collect()
    };
    let (_, values) = policy_values().into_iter().find(|(name, _)| name == key).unwrap();
    let whole = figures(&policy);
    values[1..].iter().any(|value| {
        policy[key] = value.clone();
        figures(&policy) != whole
    })
}

#[test]
fn what_is_in_sight_can_change_a_figure() {
    let (mut in_sight, mut proved) = (BTreeSet::new(), BTreeSet::new());
    for seed in 0..1_000 {
        let asked = asked(seed);
        let dataset = dataset(&asked.input, usize::MAX);
        let whole = results(&dataset, &asked, &asked.input.policy);
        let named: Vec<Pair> = named(&whole).into_keys().collect();
        let open: BTreeSet<&str> =
            named.iter().filter(|pair| !proved.contains(*pair)).map(|(_, key)| key.as_str()).collect();
        let changed = changed(&asked, &dataset, &whole, |key| open.contains(key));
        proved.extend(changed.into_keys());
        in_sight.extend(named);
    }
    assert!(in_sight.len() > 90, "{}", in_sight.len());
    let rare = in_sight.difference(&proved);
    let idle: Vec<&Pair> = rare.filter(|pair| !(0..20_000).any(|seed| changes(pair, seed))).collect();
    assert!(idle.is_empty(), "{idle:?}");
}
