//! Plans as data: the door, row policies and targets, and that a plan printed and read again is the plan.

use std::collections::BTreeMap;

use csc_measures::measures::Measure;
use csc_measures::{Dataset, MeasureRag, Month, Options, Part, Plan, Policy, Scorecard};
use serde_json::{Map, Value, json};

const FENSHIRE: &str = include_str!("../../../../examples/plans/fenshire.json");

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// A plan of one outcome with these rows.
fn with_rows(rows: Value) -> Value {
    json!({"id": "p", "title": "P", "edition": 1, "outcomes": [{"id": "a", "title": "A", "rows": rows}]})
}

fn plan(rows: Value) -> Plan {
    Plan::from_json(&with_rows(rows).to_string()).unwrap()
}

fn refusal(plan: &Value) -> String {
    Plan::from_json(&plan.to_string()).unwrap_err().to_string()
}

/// Three children on plans, seen 5, 15 and 40 working days before the end of March 2017, and an assessment.
fn dataset() -> Dataset {
    let tables: BTreeMap<String, Vec<Map<String, Value>>> = serde_json::from_value(json!({
        "cp_plans": [
            {"cp_plan_id": "1", "person_id": "A", "start_date": "2016-06-01"},
            {"cp_plan_id": "2", "person_id": "B", "start_date": "2016-06-01"},
            {"cp_plan_id": "3", "person_id": "C", "start_date": "2016-06-01"},
        ],
        "cp_visits": [
            {"cp_visit_id": "1", "person_id": "A", "date": "2017-03-24", "seen_alone": true},
            {"cp_visit_id": "2", "person_id": "B", "date": "2017-03-10", "seen_alone": false},
            {"cp_visit_id": "3", "person_id": "C", "date": "2017-02-01", "seen_alone": true},
        ],
        "cp_reviews": [],
        "assessments": [
            {"assessment_id": "1", "person_id": "A", "start_date": "2017-01-10", "authorised_date": "2017-03-10"},
        ],
    }))
    .unwrap();
    crate::common::dataset(&tables)
}

fn options(plan: Plan) -> Options {
    let mut options = Options::default();
    options.plan = plan;
    options
}

fn card(plan: Plan) -> Scorecard {
    dataset().scorecard(month("2017-02"), month("2017-03"), &options(plan)).unwrap()
}

fn shown(card: &Scorecard, id: &str) -> String {
    let result = card.result(id, month("2017-03")).unwrap();
    format!("{}/{}", result.numerator.unwrap(), result.denominator.unwrap())
}

#[test]
fn a_plan_printed_and_read_again_gives_the_same_scorecards() {
    for id in Plan::BUILT_IN {
        let plan = Plan::by_id(id).unwrap();
        let text = serde_json::to_string(&plan).unwrap();
        let again = Plan::from_json(&text).unwrap();
        assert_eq!(again, plan);
        assert!(again.is_built_in());
        assert_eq!(serde_json::to_string(&again).unwrap(), text);
        assert_eq!(serde_json::from_str::<Plan>(&text).unwrap(), plan);
        let of = |plan| serde_json::to_string(&card(plan)).unwrap();
        assert_eq!(of(again), of(plan));
    }
    let fenshire = Plan::from_json(FENSHIRE).unwrap();
    let text = serde_json::to_string(&fenshire).unwrap();
    assert_eq!(Plan::from_json(&text).unwrap(), fenshire);
    assert!(!fenshire.is_built_in());
    assert_eq!(fenshire.rows().iter().filter(|row| row.is_printed()).count(), 12);
}

#[test]
fn each_measure_has_the_figures_of_the_first_plan_under_its_key() {
    let (first, all) = (card(Plan::worcestershire_2017()), card(Plan::all_measures()));
    let mut compared = 0;
    for result in all.results() {
        let same = |other: &&csc_measures::MeasureResult| {
            other.key == result.key && other.unit == result.unit && other.month == result.month
        };
        let Some(other) = first.results().iter().find(same) else { continue };
        let (mut ours, mut theirs) = (json!(result), json!(other));
        ours["measure"] = Value::Null;
        theirs["measure"] = Value::Null;
        assert_eq!(ours, theirs);
        compared += 1;
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn a_built_in_plan_is_its_id_in_options_and_another_is_whole() {
    let text = serde_json::to_value(Options::default()).unwrap();
    assert_eq!(text["plan"], "worcestershire-2017");
    let fenshire = Plan::from_json(FENSHIRE).unwrap();
    let text = serde_json::to_value(options(fenshire.clone())).unwrap();
    assert_eq!(text["plan"]["id"], "fenshire-2026");
    assert_eq!(serde_json::from_value::<Options>(text).unwrap().plan, fenshire);
    // a built in plan that was changed is no longer the one that is built in
    let mut changed = serde_json::to_value(Plan::worcestershire_2017()).unwrap();
    changed["outcomes"][0]["rows"][0]["title"] = json!("Caseload");
    let changed = Plan::from_json(&changed.to_string()).unwrap();
    assert!(!changed.is_built_in());
    assert!(serde_json::to_value(options(changed)).unwrap()["plan"].is_object());
    // an id that is not there
    let error = serde_json::from_str::<Options>(r#"{"plan": "worcester"}"#).unwrap_err().to_string();
    assert!(error.starts_with("unknown plan `worcester`, did you mean `worcestershire-2017`?"), "{error}");
}

#[test]
fn the_output_says_which_plan_it_is_of() {
    let told = |plan| serde_json::to_value(card(plan)).unwrap();
    let first = told(Plan::worcestershire_2017());
    assert_eq!(first["plan"], "worcestershire-2017");
    assert!(first.get("plan_definition").is_none());
    let fenshire = Plan::from_json(FENSHIRE).unwrap();
    let other = told(fenshire.clone());
    assert_eq!(other["plan"], "fenshire-2026");
    assert_eq!(other["definitions"]["plan"], json!({"id": "fenshire-2026", "edition": 1}));
    assert_eq!(other["plan_definition"], serde_json::to_value(&fenshire).unwrap());
    let published = serde_json::to_value(card(fenshire).published().unwrap()).unwrap();
    assert_eq!(published["plan_definition"], other["plan_definition"]);
}

#[test]
fn a_row_has_policies_of_its_own_and_its_companions_have_them_too() {
    let plan = plan(json!([
        {"id": "ten", "title": "Ten", "measure": "cp_visits_in_time", "policy": {"cp_visit_working_days": 10}},
        {"id": "twenty", "title": "Twenty", "measure": "cp_visits_in_time"},
    ]));
    let card = card(plan);
    assert_eq!(shown(&card, "ten"), "1/3");
    assert_eq!(shown(&card, "twenty"), "2/3");
    assert_eq!(shown(&card, "ten.seen_alone"), "1/1");
    assert_eq!(shown(&card, "twenty.seen_alone"), "1/2");
    // the cases behind each are its own
    let late = |id| {
        let cases = card.cases(id, month("2017-03")).unwrap();
        cases
            .iter()
            .filter(|case| case.outcome.as_str() == "overdue")
            .map(|case| case.subject.clone())
            .collect()
    };
    let (ten, twenty): (Vec<String>, Vec<String>) = (late("ten"), late("twenty"));
    assert_eq!((ten.join(""), twenty.join("")), ("BC".to_owned(), "C".to_owned()));
}

#[test]
fn a_row_s_policy_goes_before_that_of_the_run_and_changes_no_other_row() {
    let plan = plan(json!([
        {"id": "own", "title": "Own", "measure": "cp_visits_in_time", "policy": {"cp_visit_working_days": 10}},
        {"id": "run", "title": "Run", "measure": "cp_visits_in_time"},
    ]));
    let mut options = options(plan);
    options.policy.cp_visit_working_days = 60;
    let card = dataset().scorecard(month("2017-03"), month("2017-03"), &options).unwrap();
    assert_eq!((shown(&card, "own"), shown(&card, "run")), ("1/3".into(), "3/3".into()));
    assert_eq!(card.policy().cp_visit_working_days, 60);
}

#[test]
fn companions_are_all_none_or_those_named_in_the_catalogue_s_order() {
    let ids = |companions: Value| -> Vec<String> {
        let row =
            json!([{"id": "v", "title": "V", "measure": "cla_visits_in_time", "companions": companions}]);
        plan(row).rows().iter().map(|row| row.id().to_string()).collect()
    };
    assert_eq!(ids(json!(true)), ["v", "v.seen_alone", "v.statutory"]);
    assert_eq!(ids(json!(false)), ["v"]);
    assert_eq!(ids(json!(["statutory", "seen_alone"])), ["v", "v.seen_alone", "v.statutory"]);
    assert_eq!(ids(json!(["statutory"])), ["v", "v.statutory"]);
    assert_eq!(ids(json!([])), ["v"]);
}

#[test]
fn a_target_is_the_row_s_unless_the_caller_gives_one_and_may_begin_later() {
    let target = |target: u32| json!({"better": "higher", "target": target, "tolerance": 5});
    let mut later = target(60);
    later["from"] = json!("2017-03");
    let plan = plan(json!([
        {"id": "a", "title": "A", "measure": "cp_visits_in_time", "target": [target(0), later]},
        {"id": "b", "title": "B", "measure": "cp_visits_in_time", "policy": {"cp_visit_working_days": 10}},
    ]));
    let rag = |card: &Scorecard, id: &str, of: &str| card.result(id, month(of)).unwrap().rag;
    let first = card(plan.clone());
    assert_eq!(rag(&first, "a", "2017-02"), MeasureRag::Green);
    // 2 of 3 against 60
    assert_eq!(rag(&first, "a", "2017-03"), MeasureRag::Green);
    assert_eq!(rag(&first, "b", "2017-03"), MeasureRag::NotRated);
    let mut options = options(plan);
    options.targets = serde_json::from_value(json!({"a": target(90)})).unwrap();
    let given = dataset().scorecard(month("2017-02"), month("2017-03"), &options).unwrap();
    assert_eq!(rag(&given, "a", "2017-03"), MeasureRag::Red);
    assert_eq!(rag(&given, "b", "2017-03"), MeasureRag::NotRated);
}

#[test]
fn two_rows_of_one_figure_have_one_target() {
    let target = |target: u32| json!({"better": "higher", "target": target});
    let row = |id: &str, target: Option<Value>, policy: Value| {
        let mut row = json!({"id": id, "title": id, "measure": "cp_visits_in_time", "policy": policy});
        if let Some(target) = target {
            row["target"] = target;
        }
        row
    };
    let refusal = |rows: Value| {
        let options = options(plan(rows));
        dataset().scorecard(month("2017-03"), month("2017-03"), &options).unwrap_err().to_string()
    };
    let unlike = "rows `a` and `b` show the same figure and have unlike targets";
    assert_eq!(
        refusal(json!([row("a", Some(target(90)), json!({})), row("b", Some(target(80)), json!({}))])),
        unlike
    );
    // a policy that says what holds anyway makes no other figure
    let default = json!({"cp_visit_working_days": 20});
    assert_eq!(
        refusal(json!([row("a", Some(target(90)), json!({})), row("b", Some(target(80)), default)])),
        unlike
    );
    // under other policies it is another figure
    let ten = json!({"cp_visit_working_days": 10});
    card(plan(json!([row("a", Some(target(90)), json!({})), row("b", Some(target(80)), ten)])));
    // given for one of them it holds for both
    let card = card(plan(json!([row("a", Some(target(90)), json!({})), row("b", None, json!({}))])));
    assert_eq!(card.result("b", month("2017-03")).unwrap().rag, MeasureRag::Red);
    assert_eq!(card.plan().row("b").unwrap().alias_of().unwrap().as_str(), "a");
}

#[test]
fn whether_two_rows_show_one_figure_depends_on_the_policies_of_the_run() {
    let target = |target: u32| json!({"better": "higher", "target": target});
    let with = |own: u32, targets: [Option<Value>; 2], days: u16| {
        let mut rows = json!([
            {"id": "own", "title": "Own", "measure": "cp_visits_in_time", "policy": {"cp_visit_working_days": own}},
            {"id": "run", "title": "Run", "measure": "cp_visits_in_time"},
        ]);
        for (place, target) in targets.into_iter().enumerate() {
            if let Some(target) = target {
                rows[place]["target"] = target;
            }
        }
        let mut options = options(plan(rows));
        options.policy.cp_visit_working_days = days;
        dataset().scorecard(month("2017-03"), month("2017-03"), &options)
    };
    let rag = |card: &Scorecard| card.result("run", month("2017-03")).unwrap().rag;
    let alias = |card: &Scorecard| card.plan().row("run").unwrap().alias_of().map(ToString::to_string);
    // The row's own policy is the default, and the run has another: two figures.
    let apart = with(20, [Some(target(60)), None], 10).unwrap();
    assert_eq!((shown(&apart, "own"), shown(&apart, "run")), ("2/3".into(), "1/3".into()));
    assert_eq!((rag(&apart), alias(&apart)), (MeasureRag::NotRated, None));
    with(20, [Some(target(60)), Some(target(90))], 10).unwrap();
    // The run has the policy of the row: one figure, with one target.
    let together = with(10, [Some(target(60)), None], 10).unwrap();
    assert_eq!((shown(&together, "own"), shown(&together, "run")), ("1/3".into(), "1/3".into()));
    assert_eq!((rag(&together), alias(&together)), (MeasureRag::Red, Some("own".to_owned())));
    let unlike = with(10, [Some(target(60)), Some(target(90))], 10).unwrap_err().to_string();
    assert_eq!(unlike, "rows `own` and `run` show the same figure and have unlike targets");
}

#[test]
fn rows_that_differ_in_colours_alone_show_one_figure_and_can_be_published() {
    let rows = json!([
        {"id": "a", "title": "A", "measure": "cp_visits_in_time", "policy": {"amber_working_days": 3}},
        {"id": "b", "title": "B", "measure": "cp_visits_in_time"},
    ]);
    let mut options = options(plan(rows));
    options.publish = true;
    let card = dataset().scorecard(month("2016-04"), month("2017-03"), &options).unwrap();
    assert_eq!(card.plan().row("b").unwrap().alias_of().unwrap().as_str(), "a");
    card.published().unwrap();
}

#[test]
fn a_row_says_its_own_policies() {
    let fenshire = Plan::from_json(FENSHIRE).unwrap();
    let own = |id: &str| fenshire.row(id).unwrap().own_policies();
    assert_eq!(own("S1"), [("cp_visit_working_days", "10".to_owned())]);
    assert_eq!(own("S1.seen_alone"), own("S1"));
    assert!(Plan::worcestershire_2017().rows().iter().all(|row| row.own_policies().is_empty()));
}

#[test]
fn what_is_due_says_the_plan_that_it_is_due_by() {
    let day = "2017-03-31".parse().unwrap();
    let due = |plan: Plan| {
        let options = options(plan);
        let list = dataset().due_list(day, &options, &csc_measures::due::DueFilter::default()).unwrap();
        let person = dataset().person("A", day, &options).unwrap();
        [json!(list), json!(person)]
    };
    let fenshire = Plan::from_json(FENSHIRE).unwrap();
    for told in due(fenshire.clone()) {
        assert_eq!(told["plan_definition"], json!(fenshire));
    }
    for told in due(Plan::worcestershire_2017()) {
        assert!(told.get("plan_definition").is_none());
    }
}

#[test]
fn a_title_is_not_empty() {
    let row = json!([{"id": "a", "title": " ", "measure": "cp_visits_in_time"}]);
    assert_eq!(refusal(&with_rows(row)), "row `a`: `title` is empty");
    let mut plan = with_rows(json!([{"id": "a", "title": "A", "measure": "cp_visits_in_time"}]));
    plan["title"] = json!("");
    assert_eq!(refusal(&plan), "the plan: `title` is empty");
    plan["title"] = json!("P");
    plan["outcomes"][0]["title"] = json!("");
    assert_eq!(refusal(&plan), "outcome `a`: `title` is empty");
}

#[test]
fn a_target_that_cannot_be_meant_is_refused_until_it_is_confirmed() {
    let row = |measure: &str, target: Value| {
        with_rows(json!([{"id": "a", "title": "A", "measure": measure, "target": target}]))
    };
    let confirmed = "; if the target is meant, add `\"confirm\": true` to it";
    let turned = json!({"better": "lower", "target": 90});
    assert_eq!(
        refusal(&row("cp_visits_in_time", turned.clone())),
        format!("row `a`: `target`: `better` is `lower`, and of this measure higher is better{confirmed}")
    );
    let fraction = json!({"better": "higher", "target": 0.9});
    assert_eq!(
        refusal(&row("cp_visits_in_time", fraction.clone())),
        format!("row `a`: `target`: a percentage is of a hundred, and `0.9` is below 1{confirmed}")
    );
    for mut target in [turned, fraction] {
        target["confirm"] = json!(true);
        Plan::from_json(&row("cp_visits_in_time", target).to_string()).unwrap();
    }
    // bands are taken by every measure, and neutral measures take any target
    let band = json!({"better": "band", "low": 90, "high": 95});
    Plan::from_json(&row("cp_visits_in_time", band).to_string()).unwrap();
    for better in ["higher", "lower"] {
        let target = json!({"better": better, "target": 5});
        Plan::from_json(&row("assessments_completed", target).to_string()).unwrap();
    }
    // zero is not a fraction, and a count may be below one
    Plan::from_json(&row("cla_three_placements", json!({"better": "lower", "target": 0})).to_string())
        .unwrap();
    Plan::from_json(&row("cla_neet", json!({"better": "lower", "target": 0.5})).to_string()).unwrap();
    // the same of a caller's targets
    let mut options = Options::default();
    options.targets = serde_json::from_value(json!({"O3.M4": {"better": "higher", "target": 0.9}})).unwrap();
    let march = month("2017-03");
    let error = dataset().scorecard(march, march, &options).unwrap_err().to_string();
    assert!(
        error.starts_with("target of `O3.M4`: a percentage is of a hundred, and `0.9` is below 1"),
        "{error}"
    );
}

#[test]
fn ids_that_the_plan_does_not_have_are_refused_with_the_nearest() {
    let march = month("2017-03");
    let mut options = options(Plan::from_json(FENSHIRE).unwrap());
    options.measures = Some(vec!["O3.M4".to_owned()]);
    let error = dataset().scorecard(march, march, &options).unwrap_err().to_string();
    assert!(error.starts_with("unknown measure `O3.M4`, did you mean `"), "{error}");
    options.measures = Some(vec!["S1".to_owned()]);
    let card = dataset().scorecard(march, march, &options).unwrap();
    assert_eq!(card.results().len(), 1);
    options.targets = serde_json::from_value(json!({"S9": {"better": "higher", "target": 90}})).unwrap();
    let error = dataset().scorecard(march, march, &options).unwrap_err().to_string();
    assert!(error.starts_with("unknown measure `S9`, did you mean `S1`?"), "{error}");
}

/// What is said of plans that are wrong, and which part of that matters.
pub(crate) fn refusals() -> Vec<(String, &'static str)> {
    let good = serde_json::to_value(Plan::from_json(FENSHIRE).unwrap()).unwrap();
    let with = |pointer: &str, key: &str, value: Value| {
        let mut plan = good.clone();
        plan.pointer_mut(pointer).unwrap()[key] = value;
        refusal(&plan)
    };
    let row = "/outcomes/0/rows/0";
    vec![
        (with("", "outcome", json!([])), "unknown key `outcome`, did you mean `outcomes`?"),
        (with("/outcomes/0", "row", json!([])), "unknown key `row`, did you mean `rows`?"),
        (
            with(row, "polices", json!({})),
            "a row of outcome `seen`: unknown key `polices`, did you mean `policy`?",
        ),
        (with("/recommendations/0", "txt", json!("")), "unknown key `txt`, did you mean `text`?"),
        (with("", "id", json!("north shire")), "the plan: the id `north shire` is not 1 to 40 letters"),
        (with(row, "id", json!("")), "a row of outcome `seen`: the id `` is not 1 to 40 letters"),
        (with(row, "id", json!("x".repeat(41))), "is not 1 to 40 letters, digits, `.`, `_` or `-`"),
        (with(row, "id", json!("é")), "the id `é` is not 1 to 40 letters"),
        (with(row, "id", json!("S2")), "two rows have the id `S2`"),
        (with(row, "id", json!("s2")), "two rows have one id but for its case: `s2` and `S2`"),
        // the id of a companion
        (with(row, "id", json!("S2.seen_alone")), "two rows have the id `S2.seen_alone`"),
        (with("/outcomes/1", "id", json!("seen")), "two outcomes have the id `seen`"),
        (with("/recommendations/1", "id", json!("A1")), "two recommendations have the id `A1`"),
        (
            with(row, "measure", json!("cp_visits")),
            "row `S1`: unknown measure `cp_visits`, did you mean `cp_visits_in_time`?",
        ),
        // a companion is not a measure of its own
        (
            with(row, "measure", json!("cp_visits_in_time.seen_alone")),
            "row `S1`: unknown measure `cp_visits_in_time.seen_alone`, did you mean `cp_visits_in_time`?",
        ),
        (
            with(row, "show", json!("percentage")),
            "row `S1`: `show` of `cp_visits_in_time`: unknown value `percentage`, did you mean `percent`?",
        ),
        (with(row, "show", json!("count")), "unknown value `count`, did you mean `percent`?"),
        (
            with(row, "companions", json!(["seenalone"])),
            "row `S1`: `companions`: unknown companion `seenalone`, did you mean `seen_alone`?",
        ),
        (with(row, "companions", json!(["seen_alone", "seen_alone"])), "`seen_alone` is given twice"),
        (with(row, "companions", json!("all")), "expected true, false or a list of names, found `\"all\"`"),
        (
            with("/outcomes/1/rows/2", "companions", json!(["published"])),
            "row `T3`: `companions`: `cp_reviews_in_time` has none",
        ),
        (
            with(row, "policy", json!({"cp_visit_days": 10})),
            "row `S1`: unknown policy `cp_visit_days`, did you mean `cp_visit_working_days`?",
        ),
        (
            with(row, "policy", json!({"cp_visit_working_days": "ten"})),
            "row `S1`: policy `cp_visit_working_days`: `\"ten\"` is not a whole number",
        ),
        (with(row, "policy", json!([])), "row `S1`: `policy`: expected an object of policies, found a list"),
        (
            with(row, "target", json!({"better": "higher"})),
            "row `S1`: `target`: `better` is `higher`, which needs",
        ),
        (with(row, "target", json!([])), "row `S1`: `target`: the list of targets is empty"),
        (with(row, "title", Value::Null), "row `S1`: `title` is missing"),
        (
            with("/outcomes/0", "recommendations", json!(["B1"])),
            "outcome `seen`: unknown recommendation `B1`, did you mean `A1`?",
        ),
        (
            with("/recommendations/0", "clocks", json!(["cp_vist"])),
            "recommendation `A1`: unknown clock `cp_vist`, did you mean `cp_visit`?",
        ),
        (with("", "edition", json!("two")), "`edition`: `\"two\"` is not a whole number"),
        (with("", "outcomes", json!([])), "the plan has no rows"),
        (with("", "outcomes", json!({})), "`outcomes`: expected a list, found an object"),
    ]
}

#[test]
fn a_plan_that_cannot_be_taken_is_refused_with_the_place_and_the_nearest_name() {
    for (said, expected) in refusals() {
        assert!(said.contains(expected), "expected {expected:?}, found {said:?}");
    }
    for (text, expected) in [
        ("", "line 1 column 1: the text ends before the value does"),
        ("[]", "expected an object of a plan, found a list"),
        ("{\"id\": \"a\",\n \"id\": \"b\"}", "`id` is given twice"),
        ("{\"id\": \"a\",\n  title: \"b\"}", "line 2 column 3: expected a text in double quotes"),
    ] {
        assert_eq!(Plan::from_json(text).unwrap_err().to_string(), expected);
    }
    // what an editor of Windows puts in front does no harm
    Plan::from_json(&format!("\u{feff}{FENSHIRE}")).unwrap();
}

#[test]
fn what_may_be_left_out_has_a_default() {
    let plan = plan(json!([{"id": "n", "title": "N", "measure": "cla_neet"}]));
    let row = plan.row("n").unwrap();
    assert_eq!((row.unit().as_str(), plan.edition()), ("count", 1));
    assert!(plan.recommendations().is_empty());
    assert_eq!(
        plan.recommendation("R1").unwrap_err().to_string(),
        "unknown recommendation `R1`, did you mean ``?"
    );
    // a recommendation that no outcome answers is measured by nothing
    let mut whole = with_rows(json!([{"id": "n", "title": "N", "measure": "cla_neet"}]));
    whole["recommendations"] = json!([{"id": "R1", "text": "Do"}]);
    let plan = Plan::from_json(&whole.to_string()).unwrap();
    assert!(plan.recommendation("R1").unwrap().unmeasured);
}

#[test]
fn parts_carry_the_plan_and_merge_under_it() {
    let dataset = dataset();
    let (february, march) = (month("2017-02"), month("2017-03"));
    let options = options(plan(json!([
        {"id": "ten", "title": "Ten", "measure": "cp_visits_in_time", "policy": {"cp_visit_working_days": 10}},
        {"id": "twenty", "title": "Twenty", "measure": "cp_visits_in_time"},
    ])));
    let parts: Vec<Part> = (0..3)
        .map(|index| {
            let part = dataset.part_of(index, 3, february, march, &options).unwrap();
            serde_json::from_str(&serde_json::to_string(&part).unwrap()).unwrap()
        })
        .collect();
    let merged = Scorecard::merge(parts).unwrap();
    let whole = dataset.scorecard(february, march, &options).unwrap();
    assert_eq!(serde_json::to_string(&merged).unwrap(), serde_json::to_string(&whole).unwrap());
    let other = dataset.part_of(0, 1, february, march, &Options::default()).unwrap();
    let ours = dataset.part_of(0, 1, february, march, &options).unwrap();
    assert_eq!(
        Scorecard::merge([other, ours]).unwrap_err().to_string(),
        "part 2 cannot be merged: its plan is `p`, not `worcestershire-2017`"
    );
}

#[test]
fn the_due_list_judges_every_measure_under_the_plan_s_ids_and_policies() {
    let dataset = dataset();
    let day = "2017-03-31".parse().unwrap();
    let plan = plan(json!([
        {"id": "ten", "title": "Ten", "measure": "cp_visits_in_time", "policy": {"cp_visit_working_days": 10}},
        {"id": "twenty", "title": "Twenty", "measure": "cp_visits_in_time"},
    ]));
    let child = dataset.person("B", day, &options(plan.clone())).unwrap();
    assert_eq!(child.plan, "p");
    let visit = child.obligations.iter().find(|owed| owed.clock == "cp_visit").unwrap();
    // by the first row that shows the measure
    assert_eq!((visit.measure.as_str(), visit.outcome.as_str()), ("ten", "overdue"));
    // what the plan does not show goes by its key and the policies of the run
    let review =
        child.obligations.iter().find(|owed| owed.clock == "cp_review" || owed.clock == "cp_first_review");
    assert_eq!(review.unwrap().measure, "cp_reviews_in_time");
    assert_eq!(child.definitions.version("cp_reviews_in_time"), Some(1));
    // only one row, by its id; or one measure, by its key
    let mut asked = options(plan);
    asked.measures = Some(vec!["twenty".to_owned()]);
    let child = dataset.person("B", day, &asked).unwrap();
    assert_eq!(child.obligations.len(), 1);
    assert_eq!(
        (child.obligations[0].measure.as_str(), child.obligations[0].outcome.as_str()),
        ("twenty", "not_yet_due")
    );
    asked.measures = Some(vec!["cp_reviews_in_time".to_owned()]);
    let child = dataset.person("B", day, &asked).unwrap();
    assert!(child.obligations.iter().all(|owed| owed.measure == "cp_reviews_in_time"));
    asked.measures = Some(vec!["cp_review_in_time".to_owned()]);
    assert!(dataset.person("B", day, &asked).unwrap_err().to_string().starts_with("unknown measure"));
}

#[test]
fn a_plan_can_say_every_policy() {
    let defaults = serde_json::to_value(Policy::default()).unwrap();
    for (key, value) in defaults.as_object().unwrap() {
        let mut policy = Map::new();
        policy.insert(key.clone(), value.clone());
        let row = json!([{"id": "a", "title": "A", "measure": "cp_visits_in_time", "policy": policy}]);
        let text = serde_json::to_string(&plan(row)).unwrap();
        let again: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(again["outcomes"][0]["rows"][0]["policy"][key], *value, "{key}");
    }
    assert!(Measure::all().count() > 50);
}
