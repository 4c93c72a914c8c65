//! Signals of the engine beside those of the naive model: of random authorities, and of series of random figures.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{self, every_measure};
use crate::random::{Question, Random, question};
use csc_measures::{Month, Options, Scorecard};
use csc_measures_reference::{Asked, Input, Table, signals};
use proptest::prelude::*;
use serde_json::{Map, Value, json, to_value};

/// Shapes of series, so that every rule has something to say.
const SHAPES: usize = 8;

/// A number of cases in a month.
fn drawn(random: &mut Random, shape: usize, place: usize, level: usize) -> usize {
    let noise = |random: &mut Random, about: usize| {
        // The sum of three draws lies mostly in the middle.
        let spread = 1 + about / 3;
        (about + (0..3).map(|_| random.below(spread)).sum::<usize>()).saturating_sub(3 * spread / 2)
    };
    match shape {
        0 => level,
        // Steps, to one side and back.
        1 if (place / 9) % 2 == 1 => noise(random, level + level / 2 + 1),
        // Up and down slowly, by one: trends whose last and first points meet on the centre.
        2 => level + [0, 1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1][place % 14],
        3 => (2 * level * place / 30).max(usize::from(random.one_in(3))),
        4 if random.one_in(6) => 3 * level + 1,
        5 => usize::from(random.one_in(4)),
        6 => level + place % 2 * (1 + level / 4),
        _ => noise(random, level),
    }
}

/// The same authority several times over, with other ids.
fn crowded(mut question: Question, times: usize) -> Question {
    for (name, text) in &mut question.input.tables {
        let table = csc_measures::tables::Table::by_name(name).unwrap();
        let is_id: Vec<bool> = text
            .header
            .iter()
            .map(|head| {
                table.columns()[table.column(head).unwrap()].kind == csc_measures::tables::ColumnKind::Id
            })
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

fn table(header: &[&str], rows: Vec<Vec<String>>) -> Table {
    Table { header: header.iter().map(|&name| name.to_owned()).collect(), rows }
}

/// A series of numbers of cases, and beside each how many of them are counted.
fn series(random: &mut Random, months: usize) -> Vec<(usize, usize)> {
    let (shape, of_them) = (random.below(SHAPES), random.below(SHAPES));
    let level = *random.pick(&[0, 1, 3, 10, 10, 20, 60]);
    let percent = *random.pick(&[0, 3, 10, 50, 50, 80, 90, 98, 100]);
    // A trend of a share is one of the counted, of as many everywhere.
    let all: Vec<usize> = match of_them {
        2 => vec![40; months],
        _ => (0..months).map(|place| drawn(random, shape, place, level)).collect(),
    };
    let has_gaps = random.one_in(5);
    (0..months)
        .map(|place| {
            let all = if has_gaps && random.one_in(8) { 0 } else { all[place] };
            let counted = match of_them {
                0 | 7 => (0..all).filter(|_| random.below(100) < percent).count(),
                shape => drawn(random, shape, place, all * percent / 100),
            };
            (all, counted.min(all))
        })
        .collect()
}

/// Series in tables whose figures are easily made: of months, and of quarters the days of adoptions.
fn made(seed: u64) -> Question {
    let mut random = Random::new(seed);
    let random = &mut random;
    let months = 10 + random.below(32);
    let (from, to) = run(months, "2015-01".parse().unwrap());
    let first = |place: usize| from.plus(place as i32).first().to_string();
    let mut tables = BTreeMap::new();
    let kinds: [(&str, &[&str], &str, [&str; 2]); 5] = [
        ("audits", &["audit_id", "completed_date", "judgement"], "", ["good", "inadequate"]),
        ("compliments", &["compliment_id", "received_date"], "", ["", ""]),
        (
            "exit_interviews",
            &["exit_interview_id", "worker_id", "completed_date", "primary_reason_inside_control"],
            "W",
            ["Y", "N"],
        ),
        ("strategy_discussions", &["discussion_id", "person_id", "date", "health_involved"], "P", ["Y", "N"]),
        ("complaints", &["complaint_id", "received_date", "stage"], "", ["2", "1"]),
    ];
    for (name, header, of_whom, value) in kinds {
        let mut rows = Vec::new();
        for (place, (all, counted)) in series(random, months).into_iter().enumerate() {
            for case in 0..all {
                let mut row = vec![format!("I{}", rows.len())];
                if !of_whom.is_empty() {
                    row.push(format!("{of_whom}{}", rows.len()));
                }
                row.push(first(place));
                row.push(value[usize::from(case >= counted)].to_owned());
                row.truncate(header.len());
                rows.push(row);
            }
        }
        tables.insert(name.to_owned(), table(header, rows));
    }
    adoptions(random, months, from, &mut tables);
    caseloads(random, months, from, &mut tables);
    let policy = if random.one_in(3) {
        json!({
            "adoption_window": *random.pick(&["quarter", "three_years"]),
            "stage_two_basis": *random.pick(&["cohort_12m", "cohort_month"]),
        })
    } else {
        json!({})
    };
    let input = Input { tables, policy, targets: json!({}), ..Input::default() };
    Question { input, from: from.to_string(), to: to.to_string() }
}

/// So many months from a month on, and the last of them.
fn run(months: usize, from: Month) -> (Month, Month) {
    (from, from.plus(months as i32 - 1))
}

/// Adoptions in most months, whose days are a figure of their quarter.
fn adoptions(random: &mut Random, months: usize, from: Month, tables: &mut BTreeMap<String, Table>) {
    let (mut episodes, mut orders) = (Vec::new(), Vec::new());
    let shape = random.below(SHAPES);
    for place in 0..months {
        for _ in 0..random.below(3) {
            let id = format!("A{}", orders.len());
            let days = drawn(random, shape, place / 3, 400) as u64;
            let on = from.plus(place as i32).first();
            let entered = (on - chrono::Days::new(days)).to_string();
            let on = on.to_string();
            episodes.push(vec![id.clone(), id.clone(), id.clone(), entered, on.clone()]);
            let order = "Adoption order".to_owned();
            orders.push(vec![id.clone(), id.clone(), id, on.clone(), on, order]);
        }
    }
    let header = ["cla_episode_id", "person_id", "cla_id", "start_date", "end_date"];
    tables.insert("cla_episodes".to_owned(), table(&header, episodes));
    let header =
        ["permanence_id", "person_id", "cla_id", "placed_for_adoption_date", "order_date", "order_type"];
    tables.insert("permanence".to_owned(), table(&header, orders));
}

/// A worker with other cases in each month: figures that the library takes for a level, and O1.M3 that is all or
/// nothing.
fn caseloads(random: &mut Random, months: usize, from: Month, tables: &mut BTreeMap<String, Table>) {
    let shape = random.below(SHAPES);
    let mut involvements = Vec::new();
    for place in 0..months {
        for _ in 0..drawn(random, shape, place, 8) {
            let id = format!("C{}", involvements.len());
            let month = |plus: usize| from.plus((place + plus) as i32).first().to_string();
            involvements.push(vec![id.clone(), "W1".to_owned(), id, month(0), month(1)]);
        }
    }
    let header = ["worker_id", "start_date", "end_date", "fte", "is_asye", "agency"];
    let workers = [("W1", "0.8"), ("W2", "0.65")]
        .map(|(id, fte)| [id, "2000-01-01", "", fte, "Y", "N"].map(str::to_owned).to_vec());
    let workers = if random.one_in(2) { workers[..1].to_vec() } else { workers.to_vec() };
    tables.insert("workers".to_owned(), table(&header, workers));
    let header = ["involvement_id", "worker_id", "person_id", "start_date", "end_date"];
    tables.insert("involvements".to_owned(), table(&header, involvements));
}

/// A random authority, of its children many times over now and then, for years up to its months.
fn authority(seed: u64) -> Question {
    let mut asked = question(seed, true);
    let mut random = Random::new(seed ^ 0x51);
    let before = 11 + random.below(26) as i32;
    let first: Month = asked.from.parse().unwrap();
    asked.from = first.plus(-before).max("1995-01".parse().unwrap()).to_string();
    let times = *random.pick(&[1, 1, 2, 7]);
    crowded(asked, times)
}

/// What is asked of the signals of a question; now and then what makes no sense.
fn asked(question: &Question, seed: u64) -> Asked {
    let mut random = Random::new(!seed);
    let plan = every_measure();
    let (from, to): (Month, Month) = (question.from.parse().unwrap(), question.to.parse().unwrap());
    let (mut chart, mut baseline, mut rebase) = (Map::new(), Map::new(), Map::new());
    let mut targets = Map::new();
    let nonsense = random.one_in(30);
    for row in plan.rows() {
        let id = row.id().to_string();
        let charts: &[&str] = match row.unit().as_str() {
            _ if nonsense && random.one_in(20) => &["p", "c", "p_prime", "c_prime", "u"],
            "percent" => &["xmr", "p", "p_prime", "level"],
            "count" => &["xmr", "c", "c_prime", "level"],
            _ => &["xmr", "level"],
        };
        if random.one_in(2) {
            chart.insert(id.clone(), json!(random.pick(charts)));
        }
        if random.one_in(2) {
            let least = if nonsense && random.one_in(20) { 11 } else { 12 };
            baseline.insert(id.clone(), json!(least + random.below(16)));
        }
        if random.one_in(3) {
            let months = to.since(from);
            let outside = usize::from(nonsense && random.one_in(20));
            let month = |random: &mut Random| {
                from.plus(random.below(months as usize + 1 + outside) as i32).to_string()
            };
            let list: Vec<String> = (0..random.below(3)).map(|_| month(&mut random)).collect();
            rebase.insert(id.clone(), json!(list));
        }
        if random.one_in(2) && row.alias_of().is_none() && row.unit().as_str() != "qualitative" {
            let bound = [0.0, 1.0, 5.0, 12.5, 33.3, 50.0, 66.7, 90.0, 100.0, 130.0, 400.0];
            let one = |random: &mut Random| match random.below(3) {
                0 => json!({"better": "higher", "target": random.pick(&bound), "confirm": true}),
                1 => json!({"better": "lower", "target": random.pick(&bound), "confirm": true}),
                _ => json!({"better": "band", "low": 2, "high": 60}),
            };
            let month = from.plus(random.below(to.since(from) as usize + 1) as i32).to_string();
            let (first, mut second) = (one(&mut random), one(&mut random));
            second["from"] = json!(month);
            let by_month = random.one_in(4) && first["better"] == second["better"];
            targets.insert(id, if by_month { json!([first, second]) } else { first });
        }
    }
    let baseline = match random.below(3) {
        0 => Value::Null,
        1 => json!(12 + random.below(16)),
        _ => Value::Object(baseline),
    };
    let some = |random: &mut Random, map: Map<String, Value>| {
        if random.one_in(3) { json!({}) } else { Value::Object(map) }
    };
    Asked {
        policy: question.input.policy.clone(),
        targets: Value::Object(targets),
        chart: some(&mut random, chart),
        baseline,
        rebase: some(&mut random, rebase),
    }
}

/// The options of the engine; none where it refuses them.
fn options(question: &Question, asked: &Asked) -> Result<Options, String> {
    let mut options = json!({
        "policy": asked.policy, "targets": asked.targets, "signals": true,
        "chart": asked.chart, "rebase": asked.rebase,
    });
    if !asked.baseline.is_null() {
        options["baseline"] = asked.baseline.clone();
    }
    let mut options: Options = serde_json::from_value(options).map_err(|error| error.to_string())?;
    options.plan = every_measure();
    options.closures = engine::options(&question.input).closures;
    Ok(options)
}

fn months(question: &Question) -> (Month, Month) {
    (question.from.parse().unwrap(), question.to.parse().unwrap())
}

fn card(question: &Question, asked: &Asked) -> Result<Scorecard, String> {
    let (from, to) = months(question);
    let dataset = engine::dataset(&question.input, usize::MAX);
    dataset.scorecard(from, to, &options(question, asked)?).map_err(|error| error.to_string())
}

fn list(of: serde_json::Result<Value>) -> Vec<Value> {
    of.unwrap().as_array().unwrap().clone()
}

/// What the model says of the engine's results.
fn model(question: &Question, asked: &Asked) -> Result<Vec<Value>, String> {
    let (from, to) = months(question);
    let dataset = engine::dataset(&question.input, usize::MAX);
    let plain = dataset.scorecard(from, to, &engine::options(&question.input)).unwrap();
    signals(&list(to_value(plain.results())), asked)
}

/// Whether a figure as it is shown is the model's with three decimals; on the half a billionth decides.
fn is_shown_as(shown: &Value, figure: &Value) -> bool {
    let (Some(shown), Some(figure)) = (shown.as_f64(), figure.as_f64()) else { return shown == figure };
    let thousandths = shown * 1000.0;
    (thousandths - thousandths.round()).abs() < 1e-6 && (shown - figure).abs() < 0.0005 + 1e-9
}

fn unlike(what: &str, engine: &Value, model: &Value, found: &mut Vec<String>) {
    const FIGURES: [&str; 5] = ["value", "centre", "low", "high", "lag1"];
    let keys = |of: &Value| of.as_object().unwrap().keys().cloned().collect::<BTreeSet<String>>();
    for key in keys(engine).union(&keys(model)) {
        let (ours, theirs) = (&engine[key], &model[key]);
        match (ours, theirs) {
            (Value::Array(a), Value::Array(b)) if key == "points" || key == "stretches" => {
                if a.len() != b.len() {
                    found.push(format!("{what} {key}: engine {ours}, model {theirs}"));
                }
                for (a, b) in a.iter().zip(b) {
                    let at = if key == "points" { &a["month"] } else { &a["from"] };
                    unlike(&format!("{what} {key} {at}"), a, b, found);
                }
            }
            _ if FIGURES.contains(&key.as_str()) && is_shown_as(ours, theirs) => {}
            _ if !FIGURES.contains(&key.as_str()) && ours == theirs => {}
            _ => found.push(format!("{what} {key}: engine {ours}, model {theirs}")),
        }
    }
}

fn differences(question: &Question, seed: u64) -> Vec<String> {
    let asked = asked(question, seed);
    let (engine, model) = match (card(question, &asked), model(question, &asked)) {
        (Ok(card), Ok(model)) => (list(to_value(card.signals())), model),
        (Err(_), Err(_)) => return Vec::new(),
        (Ok(_), Err(error)) => return vec![format!("refused: by the model alone: {error}")],
        (Err(error), Ok(_)) => return vec![format!("refused: by the engine alone: {error}")],
    };
    unlike_lists(&engine, &model)
}

fn unlike_lists(engine: &[Value], model: &[Value]) -> Vec<String> {
    let ids = |of: &[Value]| of.iter().map(|one| one["measure"].to_string()).collect::<Vec<_>>();
    let mut found = Vec::new();
    if ids(engine) != ids(model) {
        found.push(format!("measures: engine {:?}, model {:?}", ids(engine), ids(model)));
    }
    for ours in engine {
        if let Some(theirs) = model.iter().find(|theirs| theirs["measure"] == ours["measure"]) {
            unlike(&format!("{} {}", ours["measure"], ours["chart"]), ours, theirs, &mut found);
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn the_signals_of_random_authorities_are_those_of_the_naive_model(seed in any::<u64>()) {
        prop_assert_eq!(differences(&authority(seed), seed), Vec::<String>::new(), "seed {}", seed);
    }

    #[test]
    fn the_signals_of_random_figures_are_those_of_the_naive_model(seed in any::<u64>()) {
        prop_assert_eq!(differences(&made(seed), seed), Vec::<String>::new(), "seed {}", seed);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn a_publication_has_the_signals_of_what_it_shows(seed in any::<u64>()) {
        let question = made(seed);
        let asked = asked(&question, seed);
        if let Ok(card) = card(&question, &asked) {
            let published = card.published().unwrap();
            let model = signals(&list(to_value(published.results())), &asked).unwrap();
            prop_assert_eq!(
                unlike_lists(&list(to_value(published.signals())), &model), Vec::<String>::new(), "seed {}", seed
            );
        }
    }

    #[test]
    fn parts_put_together_have_the_signals_of_the_whole(seed in any::<u64>()) {
        let question = if seed % 2 == 0 { made(seed) } else { authority(seed) };
        let asked = asked(&question, seed);
        if let Ok(card) = card(&question, &asked) {
            let ((from, to), options) = (months(&question), options(&question, &asked).unwrap());
            let dataset = engine::dataset(&question.input, usize::MAX);
            let part = |index| dataset.part_of(index, 3, from, to, &options).unwrap();
            let merged = Scorecard::merge((0..3).map(part)).unwrap();
            prop_assert_eq!(list(to_value(merged.signals())), list(to_value(card.signals())), "seed {}", seed);
        }
    }
}

/// The random questions bring out every chart, mark, variation, assurance and kind of stretch: what they never ask
/// is not proved by their agreement.
#[test]
fn random_figures_ask_every_rule() {
    let mut missing: Vec<String> =
        ["common", "improvement", "concern", "high", "low", "lag1 true", "lag1 false", "refused"]
            .map(str::to_owned)
            .to_vec();
    for chart in ["p", "p_prime", "c", "c_prime", "xmr", "level"] {
        missing.extend(
            ["null", "\"passing\"", "\"failing\"", "\"hit_and_miss\""].map(|a| format!("{chart} {a}")),
        );
        missing.extend([true, false].map(|is_null| format!("{chart} limits {is_null}")));
        for side in ["high", "low"] {
            let rules: &[&str] =
                if chart == "level" { &["point"] } else { &["point", "run", "trend", "two_of_three"] };
            missing.extend(rules.iter().map(|rule| format!("{chart} {rule}_{side}")));
        }
    }
    for seed in 0..300 {
        if missing.is_empty() {
            break;
        }
        let mut said: BTreeSet<String> = BTreeSet::new();
        let question = made(seed);
        let Ok(all) = model(&question, &asked(&question, seed)) else {
            missing.retain(|what| what != "refused");
            continue;
        };
        for one in &all {
            let chart = one["chart"].as_str().unwrap();
            said.insert(format!("{chart} {}", one["assurance"]));
            for stretch in one["stretches"].as_array().unwrap() {
                said.insert(format!("lag1 {}", stretch["lag1"].is_null()));
            }
            for point in one["points"].as_array().unwrap() {
                said.insert(point["variation"].as_str().unwrap().to_owned());
                said.insert(format!("{chart} limits {}", point["low"].is_null()));
                for mark in point["marks"].as_array().unwrap() {
                    said.insert(format!("{chart} {}", mark.as_str().unwrap()));
                }
            }
        }
        missing.retain(|what| !said.contains(what));
    }
    assert!(missing.is_empty(), "none of 300: {missing:?}");
}

/// The results that the figures of a vector are.
fn results(measure: &str, step: usize, vector: &Value) -> Vec<Value> {
    let from: Month = vector["from"].as_str().unwrap().parse().unwrap();
    let figures = vector["figures"].as_array().unwrap();
    let result = |(place, figure): (usize, &Value)| {
        let (numerator, denominator) = match figure.as_array() {
            Some(quotient) => (&quotient[0], &quotient[1]),
            None => (figure, &Value::Null),
        };
        json!({
            "measure": measure,
            "month": from.plus((place * step) as i32).to_string(),
            "numerator": numerator,
            "denominator": denominator,
            "value": if *denominator == json!(0) { Value::Null } else { json!(1) },
        })
    };
    figures.iter().enumerate().map(result).collect()
}

/// What the model says otherwise than a vector.
fn unlike_vector(file: &Value, vector: &Value) -> Vec<String> {
    let measure = file["measure"].as_str().unwrap();
    let step = file["step"].as_u64().unwrap_or(1) as usize;
    let asked = vector["options"].as_object().cloned().unwrap_or_default();
    let option = |key: &str| asked.get(key).cloned().unwrap_or_default();
    let asked = Asked {
        policy: asked.get("policy").cloned().unwrap_or(json!({})),
        targets: option("targets"),
        chart: option("chart"),
        baseline: option("baseline"),
        rebase: option("rebase"),
    };
    let said = signals(&results(measure, step, vector), &asked);
    if !vector["error"].is_null() {
        return if said.is_err() { Vec::new() } else { vec!["not refused".to_owned()] };
    }
    let said = said.unwrap();
    let (expect, Some(said)) = (&vector["expect"], said.first()) else {
        return if vector["expect"].is_null() { Vec::new() } else { vec!["no signals".to_owned()] };
    };
    if expect.is_null() {
        return vec![format!("signals: {said}")];
    }
    let mut found = Vec::new();
    let points = said["points"].as_array().unwrap();
    let at = |month: &Value| points.iter().find(|point| point["month"] == *month).unwrap();
    for key in ["chart", "assurance"] {
        if expect[key] != said[key] {
            found.push(format!("{key}: expected {}, model {}", expect[key], said[key]));
        }
    }
    let stretches = |of: &Value| json!({"stretches": of["stretches"]});
    unlike("expected", &stretches(expect), &stretches(said), &mut found);
    for point in expect["points"].as_array().unwrap() {
        let mut theirs = at(&point["month"]).clone();
        theirs.as_object_mut().unwrap().retain(|key, _| point.get(key).is_some());
        unlike("expected", point, &theirs, &mut found);
    }
    let marked = |point: &&Value| point["marks"] != json!([]);
    let keep = |point: &Value| json!({"month": point["month"], "marks": point["marks"], "variation": point["variation"]});
    let marked: Vec<Value> = points.iter().filter(marked).map(keep).collect();
    if expect["marks"] != json!(marked) {
        found.push(format!("marks: expected {}, model {marked:?}", expect["marks"]));
    }
    found
}

#[test]
fn every_vector_of_signals() {
    crate::vectors::run_all("signals", unlike_vector);
}

/// Every kind of difference in a run of seeds, each with its first example: `SEEDS=0..2000`.
#[test]
#[ignore = "a tool for finding differences"]
fn survey_of_signals() {
    let seeds = std::env::var("SEEDS").unwrap_or("0..500".into());
    let (from, to) = seeds.split_once("..").unwrap();
    let mut kinds: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for seed in from.parse::<u64>().unwrap()..to.parse().unwrap() {
        for (name, question) in [("made", made(seed)), ("authority", authority(seed))] {
            for difference in differences(&question, seed) {
                let mut words = difference.split(' ');
                let chart = words.nth(1).unwrap().to_owned();
                let key = difference.split(": engine").next().unwrap().rsplit(' ').next().unwrap().to_owned();
                let kind = format!("{name} {chart} {key}");
                kinds.entry(kind).or_insert((0, format!("seed {seed}: {difference}"))).0 += 1;
            }
        }
    }
    assert!(kinds.is_empty(), "{kinds:#?}");
}
