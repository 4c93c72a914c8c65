//! Random plans: each row is judged as the naive model judges its measure under the row's policy.

use std::collections::{BTreeMap, BTreeSet};

use crate::due::{as_at, unlike, without_workers};
use crate::engine::{dataset, every_measure, fields, options};
use crate::random::{Question, Random, policy_values, question};
use chrono::NaiveDate;
use csc_measures::due::DueFilter;
use csc_measures::measures::{Form, Measure};
use csc_measures::plan::PlanRow;
use csc_measures::{Month, Options, Plan};
use csc_measures_reference::{Due, Input, Output, due, evaluate};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// The id by which the naive model knows a measure in one of its forms.
fn known_ids() -> BTreeMap<(&'static str, &'static str), String> {
    let mut ids = BTreeMap::new();
    for row in every_measure().rows() {
        ids.entry((row.measure().key(), row.unit().as_str())).or_insert(row.id().to_string());
    }
    ids
}

/// What a plan of the test's own says, beside the plan itself.
struct Drawn {
    plan: Plan,
    /// The policy of each row and companion, over the run's.
    policies: BTreeMap<String, Value>,
    /// The target of each form of a measure, the same in all its rows.
    targets: BTreeMap<String, Value>,
}

impl Drawn {
    fn options(&self, question: &Question) -> Options {
        let mut options = options(&question.input);
        options.plan = self.plan.clone();
        options
    }

    /// What the naive model is asked for a row; of a measure that no row shows, under the run's policy.
    fn input(&self, question: &Question, row: Option<&str>) -> Input {
        let mut policy = question.input.policy.as_object().cloned().unwrap_or_default();
        if let Some(own) = row.and_then(|row| self.policies[row].as_object()) {
            policy.extend(own.clone());
        }
        let mut input = question.input.clone();
        input.policy = Value::Object(policy);
        input.targets = json!(self.targets);
        input
    }
}

/// A question whose targets are for the plan to give.
fn asked(seed: u64, faults: bool) -> Question {
    let mut asked = question(seed, faults);
    asked.input.targets = json!({});
    asked
}

/// An id that no row has: of odd characters, or the name that something else goes by in another plan.
fn row_id(random: &mut Random, taken: &mut BTreeSet<String>, measure: Measure) -> String {
    let names = Plan::worcestershire_2017();
    loop {
        let id = match random.below(4) {
            0 => random.pick(names.rows()).id().to_string(),
            1 => measure.key().to_owned(),
            _ => {
                let letters = b"aAbBzZ019._-";
                (0..1 + random.below(40)).map(|_| char::from(*random.pick(letters))).collect()
            }
        };
        let companions = measure.companions().filter_map(Measure::companion_name);
        let ids: Vec<String> = std::iter::once(id.clone())
            .chain(companions.map(|name| format!("{id}.{name}")))
            .map(|id| id.to_lowercase())
            .collect();
        if ids.iter().all(|id| !taken.contains(id)) {
            taken.extend(ids);
            return id;
        }
    }
}

fn row_policy(random: &mut Random) -> Value {
    let mut policy = Map::new();
    let one_in = 2 + random.below(12);
    for (key, values) in policy_values() {
        if random.one_in(one_in) {
            policy.insert(key.into(), random.pick(&values).clone());
        }
    }
    Value::Object(policy)
}

fn plan(seed: u64) -> Drawn {
    let mut random = Random::new(!seed);
    let ids = known_ids();
    let is_known = |measure: &Measure| {
        let known = |form: &Form| ids.contains_key(&(measure.key(), form.unit.as_str()));
        measure.definition().forms.iter().all(known)
    };
    let measures: Vec<Measure> =
        Measure::all().filter(|measure| measure.companion_of().is_none() && is_known(measure)).collect();
    let (mut taken, mut policies, mut targets) = (BTreeSet::new(), BTreeMap::new(), BTreeMap::new());
    let mut outcomes = Vec::new();
    for outcome in 0..1 + random.below(3) {
        let mut rows = Vec::new();
        for _ in 0..1 + random.below(4) {
            let measure = *random.pick(&measures);
            let id = row_id(&mut random, &mut taken, measure);
            let mut row = json!({"id": id, "title": "A row", "measure": measure.key()});
            let mut form = &measure.definition().forms[0];
            if random.one_in(2) {
                form = random.pick(measure.definition().forms);
                row["show"] = json!(form.unit);
            }
            let companions: Vec<&str> = measure.companions().filter_map(Measure::companion_name).collect();
            let wanted: Vec<&str> = match random.below(4) {
                0 => companions,
                1 => {
                    row["companions"] = json!(true);
                    companions
                }
                2 => {
                    row["companions"] = json!(false);
                    Vec::new()
                }
                _ => {
                    let mut some: Vec<&str> = companions.into_iter().filter(|_| random.one_in(2)).collect();
                    if random.one_in(2) {
                        some.reverse();
                    }
                    row["companions"] = json!(some);
                    some
                }
            };
            let own = if random.one_in(3) { json!({}) } else { row_policy(&mut random) };
            if own != json!({}) || random.one_in(2) {
                row["policy"] = own.clone();
            }
            for name in wanted {
                policies.insert(format!("{id}.{name}"), own.clone());
            }
            policies.insert(id, own);
            if form.unit.as_str() != "qualitative" {
                let known = ids[&(measure.key(), form.unit.as_str())].clone();
                let target = targets.entry(known).or_insert_with(
                    || json!({"better": "band", "low": 1, "high": random.pick(&[2, 50, 90]), "tolerance": 5}),
                );
                row["target"] = target.clone();
            }
            rows.push(row);
        }
        outcomes.push(json!({"id": format!("outcome-{outcome}"), "title": "An outcome", "rows": rows}));
    }
    let whole = json!({"id": "drawn", "title": "A plan", "edition": 1, "outcomes": outcomes});
    let plan = Plan::from_json(&whole.to_string()).unwrap_or_else(|error| panic!("{error}: {whole}"));
    Drawn { plan, policies, targets }
}

/// The rows of a plan, each with the naive model's id of what it shows.
fn known_rows(plan: &Plan) -> Vec<(&PlanRow, String)> {
    let ids = known_ids();
    plan.rows().iter().map(|row| (row, ids[&(row.measure().key(), row.unit().as_str())].clone())).collect()
}

fn differences(question: &Question, drawn: &Drawn) -> Vec<String> {
    let (from, to): (Month, Month) = (question.from.parse().unwrap(), question.to.parse().unwrap());
    let card = dataset(&question.input, usize::MAX).scorecard(from, to, &drawn.options(question)).unwrap();
    let mut found = Vec::new();
    let rows = known_rows(&drawn.plan);
    let told: BTreeSet<&str> = drawn.plan.rows().iter().map(|row| row.id().as_str()).collect();
    if told != drawn.policies.keys().map(String::as_str).collect() {
        found.push(format!("rows: engine {told:?}, model {:?}", drawn.policies.keys()));
        return found;
    }
    let answers: Vec<Output> = rows
        .iter()
        .map(|(row, _)| {
            let input = drawn.input(question, Some(row.id().as_str()));
            evaluate(&input, &question.from, &question.to).unwrap()
        })
        .collect();
    // Months in order, and rows in the order of the plan.
    let mut order = Vec::new();
    let mut month = from;
    while month <= to {
        for ((row, known), answer) in rows.iter().zip(&answers) {
            let id = row.id().as_str();
            let what = format!("{id} ({known}) in {month} under {}", drawn.policies[id]);
            let theirs = answer
                .results
                .iter()
                .find(|result| result["measure"] == **known && result["month"] == month.to_string());
            match (card.result(id, month), theirs) {
                (None, None) => {}
                (Some(ours), Some(theirs)) => {
                    order.push((id.to_owned(), month));
                    let ours = serde_json::to_value(ours).unwrap();
                    let mut theirs = theirs.clone();
                    theirs["measure"] = json!(id);
                    found.extend(fields(&ours, &theirs).iter().map(|field| format!("{what}: {field}")));
                }
                (ours, theirs) => found.push(format!("{what}: engine {ours:?}, model {theirs:?}")),
            }
            let ours = serde_json::to_value(card.cases(id, month).unwrap()).unwrap();
            let theirs = json!(answer.cases[&(known.clone(), month.to_string())]);
            if ours != theirs {
                found.push(format!("cases of {what}: engine {ours}, model {theirs}"));
            }
        }
        month = month.plus(1);
    }
    let told: Vec<(String, Month)> =
        card.results().iter().map(|result| (result.measure.to_string(), result.month)).collect();
    if told != order {
        found.push(format!("the order: engine {told:?}, model {order:?}"));
    }
    found
}

/// The due list of a plan, put together from the model's lists under the policy of each measure's first row.
fn due_by_the_plan(question: &Question, drawn: &Drawn, day: NaiveDate) -> Vec<Value> {
    let ids = known_ids();
    let mut lists: BTreeMap<Option<&str>, Vec<Due>> = BTreeMap::new();
    let mut all: Vec<(Due, String)> = Vec::new();
    let mut judged = BTreeSet::new();
    for ((key, _), known) in &ids {
        let row = drawn.plan.rows().iter().find(|row| row.measure().key() == *key);
        let shown = row.map(|row| row.id().as_str());
        let list = lists.entry(shown).or_insert_with(|| due(&drawn.input(question, shown), day).unwrap());
        judged.insert(known.as_str());
        let mine = list.iter().filter(|obligation| obligation.measure == known);
        all.extend(mine.map(|obligation| (obligation.clone(), shown.unwrap_or(key).to_owned())));
    }
    assert!(lists.values().flatten().all(|obligation| judged.contains(obligation.measure)));
    all.sort_by_key(|(due, _)| {
        (due.due.is_none(), due.due, due.person.clone(), due.clock, due.record.clone())
    });
    all.into_iter()
        .map(|(due, measure)| {
            let mut value = due.to_json();
            value["measure"] = json!(measure);
            value
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn a_row_is_judged_by_its_own_policy(seed in any::<u64>()) {
        let (asked, drawn) = (asked(seed, true), plan(seed));
        let found = differences(&asked, &drawn);
        prop_assert!(found.is_empty(), "run's policy {}\n{}", asked.input.policy, found.join("\n"));
    }

    #[test]
    fn what_is_due_goes_by_the_first_row_that_shows_it(seed in any::<u64>()) {
        let (asked, drawn) = (asked(seed, false), plan(seed));
        let day = as_at(seed, &asked);
        let list = dataset(&asked.input, usize::MAX)
            .due_list(day, &drawn.options(&asked), &DueFilter::default())
            .unwrap();
        let found = unlike(&without_workers(&list), &due_by_the_plan(&asked, &drawn, day));
        prop_assert!(found.is_empty(), "as at {day} by {:?}\n{}", drawn.policies, found.join("\n"));
    }
}

/// The random plans show every measure in every form, alone and twice under unlike policies, and every companion.
#[test]
fn the_random_plans_show_everything() {
    let ids = known_ids();
    let mut shown = BTreeSet::new();
    let mut twice = 0;
    for seed in 0..600 {
        let drawn = plan(seed);
        let mut policies: BTreeMap<String, &Value> = BTreeMap::new();
        for (row, known) in known_rows(&drawn.plan) {
            let policy = &drawn.policies[row.id().as_str()];
            if policies.insert(known.clone(), policy).is_some_and(|before| before != policy) {
                twice += 1;
            }
            shown.insert(known);
        }
    }
    assert_eq!(shown, ids.into_values().collect());
    assert!(twice > 50, "{twice}");
}
