//! Parts of a scorecard: what is refused when they are read and when they are put together.

use std::collections::BTreeMap;

use csc_measures::tables::{CpPlan, CpReview, Involvement, Person, PolicyDocument, Table, Worker};
use csc_measures::{
    Chunk, Dataset, DatasetBuilder, DatasetError, Month, Options, Part, Plan, Scalar, Scorecard,
    ScorecardError,
};
use serde_json::{Value, json};

fn march() -> Month {
    "2017-03".parse().unwrap()
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

fn person(id: &str) -> Person {
    Person {
        person_id: id.into(),
        date_of_birth: Some(day("2010-01-01")),
        expected_date_of_birth: None,
        date_of_death: None,
        sex: None,
        ethnicity: None,
        disability: None,
        sen: None,
        area: None,
    }
}

fn plan(id: &str, person: &str) -> CpPlan {
    CpPlan {
        cp_plan_id: id.into(),
        person_id: person.into(),
        start_date: day("2016-09-01"),
        end_date: None,
        other_authority: None,
        transfer_in: None,
    }
}

fn review(id: &str, person: &str, plan: &str) -> CpReview {
    CpReview {
        cp_review_id: id.into(),
        person_id: person.into(),
        cp_plan_id: plan.into(),
        date: Some(day("2016-11-30")),
    }
}

fn involvement(id: &str, worker: &str, person: &str) -> Involvement {
    Involvement {
        involvement_id: id.into(),
        worker_id: worker.into(),
        person_id: person.into(),
        role: None,
        start_date: day("2016-09-01"),
        end_date: None,
    }
}

fn worker(id: &str) -> Worker {
    serde_json::from_value(json!({"worker_id": id, "fte": 0.5})).unwrap()
}

fn policy(id: &str) -> PolicyDocument {
    serde_json::from_value(json!({"policy_id": id, "last_reviewed": "2016-01-01"})).unwrap()
}

/// The tables of these tests.
#[derive(Default)]
struct Rows {
    persons: Vec<Person>,
    plans: Vec<CpPlan>,
    reviews: Vec<CpReview>,
    workers: Vec<Worker>,
    involvements: Vec<Involvement>,
    policies: Vec<PolicyDocument>,
}

impl Rows {
    fn part(&self) -> Part {
        let mut builder: DatasetBuilder = Dataset::builder();
        builder.rows(&self.persons).unwrap().rows(&self.plans).unwrap().rows(&self.reviews).unwrap();
        builder.rows(&self.workers).unwrap().rows(&self.involvements).unwrap();
        builder.rows(&self.policies).unwrap();
        builder.build().part(march(), march(), &Options::default()).unwrap()
    }
}

fn refusal(parts: impl IntoIterator<Item = Part>) -> String {
    Scorecard::merge(parts).unwrap_err().to_string()
}

fn json_of(part: &Part) -> Value {
    serde_json::to_value(part).unwrap()
}

#[test]
fn involvements_of_persons_in_other_parts_are_known() {
    let service = Rows {
        workers: vec![worker("W")],
        involvements: vec![involvement("I1", "W", "P1"), involvement("I2", "W", "nobody")],
        ..Rows::default()
    };
    let child = Rows { persons: vec![person("P1")], ..Rows::default() };
    let card = Scorecard::merge([service.part(), child.part()]).unwrap();
    let issues: Vec<_> = card.issues().iter().map(|i| (i.record().unwrap(), i.code().as_str())).collect();
    assert_eq!(issues, [("I2", "unknown_person")]);
    assert_eq!(card.result("O1.M1", march()).unwrap().value.unwrap().to_string(), "4.0");
}

#[test]
fn rows_that_belong_to_one_part_are_refused_in_two() {
    let plans = Rows { persons: vec![person("P1")], plans: vec![plan("CP1", "P1")], ..Rows::default() };
    let reviews =
        Rows { persons: vec![person("P2")], reviews: vec![review("R", "P2", "CP1")], ..Rows::default() };
    assert_eq!(
        refusal([plans.part(), reviews.part()]),
        "row 1 of table `cp_reviews` refers through `cp_plan_id` to a row of another part; both belong in one part"
    );
    let without_person = Rows { plans: vec![plan("CP2", "P1")], ..Rows::default() };
    assert_eq!(
        refusal([plans.part(), without_person.part()]),
        "row 1 of table `cp_plans` refers through `person_id` to a row of another part; both belong in one part"
    );
    let same_plan = Rows { persons: vec![person("P2")], plans: vec![plan("CP1", "P2")], ..Rows::default() };
    assert_eq!(
        refusal([plans.part(), same_plan.part()]),
        "table `cp_plans` has rows with the same id in parts 1 and 2; both belong in one part"
    );
    let workers = Rows { workers: vec![worker("W")], ..Rows::default() };
    let involvements = Rows { involvements: vec![involvement("I", "W", "P1")], ..Rows::default() };
    assert_eq!(
        refusal([plans.part(), workers.part(), involvements.part()]),
        "row 1 of table `involvements` refers through `worker_id` to a row of another part; both belong in one part"
    );
    let policies = |id| Rows { policies: vec![policy(id)], ..Rows::default() };
    assert_eq!(
        refusal([policies("A").part(), plans.part(), policies("B").part()]),
        "table `policies` has rows in parts 1 and 3; all of its rows belong in one part"
    );
    // The same part twice would count everything twice.
    assert!(refusal([plans.part(), plans.part()]).contains("table `persons` has rows with the same id"));
}

#[test]
fn parts_of_other_scorecards_are_refused_with_what_differs() {
    let first = json_of(&Rows::default().part());
    let merge_with = |key: &str, value: Value| {
        let mut other = first.clone();
        *other.pointer_mut(key).unwrap() = value;
        refusal([first.clone(), other].map(|part| serde_json::from_value(part).unwrap()))
    };
    let mut another_edition = serde_json::to_value(Plan::worcestershire_2017()).unwrap();
    another_edition["edition"] = json!(9);
    for (key, value, expected) in [
        ("/options/plan", json!("all-measures"), "its plan is `all-measures`, not `worcestershire-2017`"),
        (
            "/options/plan",
            another_edition,
            "its plan `worcestershire-2017` is another edition, or was changed",
        ),
        (
            "/definitions/cp_visits_in_time",
            json!(99),
            "its definition of `cp_visits_in_time` is version 99, not 1",
        ),
        ("/to", json!("2017-04"), "its months are 2017-03 to 2017-04, not 2017-03 to 2017-03"),
        ("/options/policy/calendar", json!("scotland"), "its policies differ: `calendar`"),
        ("/options/policy/amber_days", json!(7), "its policies differ: `amber_days`"),
        ("/options/targets", json!({"O3.M4": {"better": "higher", "target": 90}}), "its `targets` differ"),
        ("/options/closures", json!(["2017-01-03"]), "its `closures` differ"),
        ("/options/measures", json!(["O3.M4"]), "its `measures` differ"),
        ("/options/by", json!("outcome"), "its `by` differs"),
    ] {
        assert_eq!(merge_with(key, value), format!("part 2 cannot be merged: {expected}"));
    }
    // Also where there is no other part.
    let mut elsewhere = first.clone();
    elsewhere["definitions"]["cp_visits_in_time"] = json!(99);
    assert_eq!(
        refusal([serde_json::from_value(elsewhere).unwrap()]),
        "part 1 cannot be merged: its definition of `cp_visits_in_time` is version 99, not 1"
    );
    let mut fewer = first.clone();
    fewer["tables"].as_array_mut().unwrap().remove(0);
    let both = |a: &Value, b: &Value| {
        refusal([a, b].map(|part| serde_json::from_value::<Part>(part.clone()).unwrap()))
    };
    assert!(both(&first, &fewer).ends_with("it does not declare table `persons`, which part 1 does"));
    assert!(both(&fewer, &first).ends_with("it declares table `persons`, which part 1 does not"));
    let mut narrower = first.clone();
    narrower["tables"][0]["columns"].as_array_mut().unwrap().pop();
    let message = both(&first, &narrower);
    assert!(message.ends_with("column `persons.area` is in only one of the two parts"));
}

#[test]
fn a_text_that_is_no_part_is_refused() {
    let child = Rows { persons: vec![person("P1")], plans: vec![plan("CP1", "P2")], ..Rows::default() };
    let part = json_of(&child.part());
    assert_eq!(part["version"], 3);
    let error = |change: &dyn Fn(&mut Value)| {
        let mut changed = part.clone();
        change(&mut changed);
        serde_json::from_str::<Part>(&changed.to_string()).unwrap_err().to_string()
    };
    let with = |key: &str, value: Value| error(&|part| *part.pointer_mut(key).unwrap() = value.clone());
    let twice = |key: &str| {
        error(&|part| {
            let first = part[key][0].clone();
            part[key].as_array_mut().unwrap().push(first);
        })
    };
    for (message, expected) in [
        (with("/version", json!(1)), "expected version 3 of the part file, found version 1"),
        (error(&|part| part["more"] = json!(1)), "unknown field `more`"),
        (error(&|part| drop(part.as_object_mut().unwrap().remove("ids"))), "missing field `ids`"),
        (with("/to", json!("2017-02")), "the run of months ends before it begins"),
        (with("/tables/0/table", json!("person")), "unknown table `person`, did you mean `persons`?"),
        (with("/tables/0/columns/1", json!("born")), "table `persons` has no column `born`"),
        (with("/tables/0/columns", json!([])), "table `persons` has no column `person_id`, which it needs"),
        (with("/tables/0/used", json!(9)), "table `persons` says that more rows were used than it has"),
        (with("/tallies/0/measure", json!("cp_plan")), "unknown measure `cp_plan`, did you mean `caseload`?"),
        (
            with("/tallies/0/month", json!("2018-01")),
            "`tallies` has 2018-01, which is not one of the part's months",
        ),
        (
            with("/tallies/0/month", json!("2016-11")),
            "`tallies` has 2016-11, which is not one of the part's months",
        ),
        (with("/share/index", json!(1)), "part 1 of 1 does not exist; parts are counted from 0"),
        (with("/tallies/0/numerator", json!(-1)), "is negative"),
        (with("/tallies/0/numerator", json!(0.5)), "invalid type: floating point"),
        (with("/tallies/0/outcomes", json!({"meet": 1})), "unknown outcome `meet`, did you mean `met`?"),
        (twice("tallies"), " twice"),
        (twice("tables"), "`tables` lists `persons` twice"),
        (with("/undecided/0/id", json!("7")), "`id` of an undecided issue is not a valid digest"),
        (with("/undecided/0/issue/column", json!("persons")), "did you mean `person_id`?"),
        (with("/ids/persons", json!("0123456789abcdeg")), "`ids` of `persons` are not valid digests"),
    ] {
        assert!(message.contains(expected), "{message}, not {expected}");
    }
}

#[test]
fn a_share_that_is_left_out_or_there_twice_is_missed() {
    let dataset = |id: &str| {
        let mut builder = Dataset::builder();
        builder.rows(&[person(id)]).unwrap().rows(&[plan(id, id)]).unwrap();
        builder.build()
    };
    let share =
        |id: &str, index, of| dataset(id).part_of(index, of, march(), march(), &Options::default()).unwrap();
    let missing = |index, of| {
        format!("part {index} of {of} is missing, or another is given twice; parts are counted from 0")
    };
    assert_eq!(refusal([share("P1", 0, 2)]), missing(1, 2));
    assert_eq!(refusal([share("P1", 1, 2)]), missing(0, 2));
    assert_eq!(refusal([share("P1", 0, 3), share("P1", 2, 3)]), missing(1, 3));
    assert_eq!(refusal([share("P1", 0, 2), share("P1", 1, 2), share("P1", 1, 2)]), missing(0, 2));
    assert_eq!(refusal([share("P1", 0, u32::MAX)]), missing(1, u32::MAX));

    // two machines, each with its own persons in two shares, and a third with them in one piece
    let parts =
        [share("P1", 0, 2), share("P2", 0, 2), share("P2", 1, 2), share("P1", 1, 2), share("P3", 0, 1)];
    let card = Scorecard::merge(parts).unwrap();
    let plans = card.tables().iter().find(|count| count.table == Table::CpPlans).unwrap().rows;
    assert_eq!(plans, 3);
}

#[test]
fn sums_that_no_cases_make_are_refused() {
    let mut part = json_of(
        &Rows { persons: vec![person("P1")], plans: vec![plan("CP1", "P1")], ..Rows::default() }.part(),
    );
    part["ids"] = json!({});
    let read = |part: &Value| serde_json::from_value::<Part>(part.clone());
    let with = |key: &str, value: Value| {
        let mut changed = part.clone();
        changed["tallies"][0][key] = value;
        changed
    };
    const MOST: i64 = 9_000_000_000_000_000;
    for beyond in [
        with("numerator", json!(MOST + 1)),
        with("denominator", json!(i64::MAX)),
        with("in_denominator", json!(MOST + 1)),
        with("beside_numerator", json!(u64::MAX)),
        with("outcomes", json!({"met": u64::MAX})),
    ] {
        let error = read(&beyond).unwrap_err().to_string();
        assert!(error.contains("adds up to more than cases can"), "{error}");
    }

    // One part with the most is read, and is the scorecard of its rows; two are more than there can be.
    let full = with("numerator", json!(MOST));
    assert!(Scorecard::merge([read(&full).unwrap()]).is_ok());
    let error =
        Scorecard::merge([&part, &full, &full].map(|part| read(part).unwrap())).unwrap_err().to_string();
    assert!(error.starts_with("part 3 cannot be merged: with it, `"), "{error}");

    // Rows are not added up to a figure.
    part["tables"][0]["rows"] = json!(u64::MAX);
    let card = Scorecard::merge([&part, &part].map(|part| read(part).unwrap())).unwrap();
    assert!(card.tables().iter().any(|count| count.table == Table::Persons && count.rows == u64::MAX));
}

#[test]
fn a_part_names_no_person_but_in_issues() {
    let service = Rows {
        persons: vec![person("SECRET-1")],
        involvements: vec![involvement("I1", "W", "SECRET-2")],
        plans: vec![plan("CP1", "SECRET-1")],
        ..Rows::default()
    };
    assert!(!json_of(&service.part()).to_string().contains("SECRET"));
}

#[test]
fn a_part_reads_back_as_it_was_written() {
    let options: BTreeMap<&str, Value> = BTreeMap::from([
        ("targets", json!({"O3.M4": {"better": "higher", "target": 66.7, "tolerance": 0.1}})),
        ("closures", json!(["2017-03-03"])),
        ("by", json!("recommendation")),
        ("threads", json!(2)),
    ]);
    let options: Options = serde_json::from_value(json!(options)).unwrap();
    let mut builder = Dataset::builder();
    builder.rows(&[person("P1"), person("P1")]).unwrap().rows(&[plan("CP1", "P1")]).unwrap();
    let part = builder.build().part(march(), march(), &options).unwrap();
    let text = serde_json::to_string(&part).unwrap();
    assert_eq!(serde_json::to_string(&serde_json::from_str::<Part>(&text).unwrap()).unwrap(), text);
    assert!(text.contains(r#""threads":null"#) && text.contains("duplicate_id"));
}

#[test]
fn row_numbers_are_one_for_each_row_and_ascend() {
    let mut rows = csc_measures::Rows::new(2);
    rows.push([Scalar::Text("A"), Scalar::Text("2017-03-01")]);
    rows.push([Scalar::Text("B"), Scalar::Text("2017-03-02")]);
    let columns = rows.columns();
    let chunk = Chunk { rows: 2, columns: &columns, bad_rows: &[] };
    for numbers in [&[1][..], &[1, 2, 3], &[0, 1], &[2, 2], &[3, 2]] {
        let mut builder = Dataset::builder();
        let mut table = builder.table("compliments", &["compliment_id", "received_date"]).unwrap();
        assert_eq!(
            table.numbered_chunk(&chunk, numbers),
            Err(DatasetError::RowNumbers { table: Table::Compliments, rows: 2 })
        );
    }
}

#[test]
fn bad_rows_are_out_in_whatever_order_they_are_listed() {
    let mut rows = csc_measures::Rows::new(2);
    for id in ["A", "B", "C"] {
        rows.push([Scalar::Text(id), Scalar::Text("2017-03-01")]);
    }
    for bad_rows in [&[0, 2][..], &[2, 0], &[2, 0, 2]] {
        let mut builder = Dataset::builder();
        let mut table = builder.table("compliments", &["compliment_id", "received_date"]).unwrap();
        table.chunk(&Chunk { rows: 3, columns: &rows.columns(), bad_rows }).unwrap();
        let dataset = builder.build();
        let out: Vec<u64> = dataset.issues().iter().map(|issue| issue.row()).collect();
        assert_eq!((dataset.tables()[0].used, out), (1, vec![1, 3]));
    }
}

/// A worker with a child, counted in one part or none.
fn with_workers(looked_up: &[&str]) -> Dataset {
    let object = |pairs: &[(&str, &str)]| -> serde_json::Map<String, Value> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), json!(value))).collect()
    };
    let worker = |id: &str| object(&[("worker_id", id), ("team", "North")]);
    let involvement = object(&[
        ("involvement_id", "I1"),
        ("person_id", "P1"),
        ("worker_id", "W1"),
        ("start_date", "2017-01-04"),
    ]);
    let tables = BTreeMap::from([
        ("workers".to_owned(), vec![worker("W1"), worker("W2")]),
        ("involvements".to_owned(), vec![involvement]),
    ]);
    let mut builder = crate::common::builder(&tables);
    for table in looked_up {
        builder.look_up(table).unwrap();
    }
    builder.build()
}

#[test]
fn a_table_that_is_looked_up_is_counted_in_one_part_with_its_fellow() {
    let (march, options) = (march(), Options::default());
    let part = |looked_up: &[&str]| with_workers(looked_up).part(march, march, &options);
    let both = ["workers", "involvements"];
    let error = with_workers(&both).scorecard(march, march, &options).unwrap_err();
    assert_eq!(error, ScorecardError::LookedUp { table: Table::Workers });
    let (looked_up, counted) = (Table::Workers, Table::Involvements);
    assert_eq!(part(&["workers"]).unwrap_err(), ScorecardError::PartlyLookedUp { looked_up, counted });
    let error = Scorecard::merge([part(&both).unwrap(), part(&both).unwrap()]).unwrap_err();
    assert_eq!(error, ScorecardError::NotCounted { table: Table::Workers });

    let merged = Scorecard::merge([part(&both).unwrap(), part(&[]).unwrap(), part(&both).unwrap()]).unwrap();
    let whole = with_workers(&[]).scorecard(march, march, &options).unwrap();
    assert_eq!(serde_json::to_string(&merged).unwrap(), serde_json::to_string(&whole).unwrap());
    assert_eq!(merged.tables(), whole.tables());
}

/// A table of texts, its columns named first.
fn texts(builder: &mut DatasetBuilder, table: &str, header: &[&str], rows: &[&[&str]]) {
    let mut given = csc_measures::Rows::new(header.len());
    for row in rows {
        given.push(row.iter().map(|text| if text.is_empty() { Scalar::Null } else { Scalar::Text(text) }));
    }
    let mut table = builder.table(table, header).unwrap();
    table.chunk(&Chunk { rows: rows.len(), columns: &given.columns(), bad_rows: &[] }).unwrap();
}

/// Of two children placed for adoption, each in a part, the visits of the one are due by whether there was a review. Whether
/// the reviews can be read is a fact of both parts.
#[test]
fn whether_reviews_can_be_used_is_known_when_all_parts_are_put_together() {
    let data = |children: &[(&str, &str)]| {
        let mut builder = Dataset::builder();
        let mut add = |table: &str, header: &[&str], rows: Vec<Vec<&str>>| {
            texts(&mut builder, table, header, &rows.iter().map(Vec::as_slice).collect::<Vec<_>>());
        };
        let persons = children.iter().map(|(id, _)| vec![*id, "2012-01-01"]).collect();
        add("persons", &["person_id", "date_of_birth"], persons);
        add(
            "cla_episodes",
            &["cla_episode_id", "start_date", "start_reason", "end_date", "person_id", "cla_id"],
            children.iter().map(|(id, _)| vec![*id, "2016-01-04", "S", "", id, id]).collect(),
        );
        add(
            "cla_placements",
            &["placement_id", "start_date", "end_date", "placement_type", "person_id", "cla_id"],
            children.iter().map(|(id, _)| vec![*id, "2016-06-01", "", "A5", id, id]).collect(),
        );
        add(
            "cla_visits",
            &["cla_visit_id", "person_id", "date", "seen"],
            children.iter().map(|(id, _)| vec![*id, id, "2016-11-01", "Y"]).collect(),
        );
        let reviews = children.iter().filter(|(_, cla)| !cla.is_empty());
        add(
            "cla_reviews",
            &["cla_review_id", "cla_id", "date"],
            reviews.map(|(id, cla)| vec![*id, cla, "2016-08-01"]).collect(),
        );
        builder.build()
    };
    let mut options = Options::default();
    options.measures = Some(vec!["O3.M5.statutory".to_owned()]);
    let march = march();
    let json = |card: &Scorecard| serde_json::to_string(card).unwrap();
    // A review of a period that nobody has cannot be used.
    for (cla, of_the_other) in [("null", "unknown"), ("P2", "overdue")] {
        let (one, other) = (("P1", ""), ("P2", cla));
        let whole = data(&[one, other]).scorecard(march, march, &options).unwrap();
        let first = whole.cases("O3.M5.statutory", march).unwrap();
        assert_eq!(first[0].outcome.as_str(), of_the_other, "{cla}");
        let parts = [one, other].map(|child| data(&[child]).part(march, march, &options).unwrap());
        assert_eq!(json(&Scorecard::merge(parts).unwrap()), json(&whole), "{cla}");
    }
}

/// A publication hides by groups, also by those in which there is no case: a part that was written and read has them.
#[test]
fn a_part_that_was_written_keeps_groups_without_a_case() {
    let tables = serde_json::from_value(json!({
        "persons": [
            {"person_id": "A", "sex": "F"},
            {"person_id": "B", "sex": "M"},
            // nothing is recorded of them but that they are there
            {"person_id": "C", "sex": "U"},
        ],
        "cp_plans": [
            {"cp_plan_id": "1", "person_id": "A", "start_date": "2016-06-01"},
            {"cp_plan_id": "2", "person_id": "B", "start_date": "2016-06-01"},
        ],
        "cp_visits": [{"cp_visit_id": "1", "person_id": "A", "date": "2017-03-24"}],
    }))
    .unwrap();
    let mut options = Options::default();
    options.breakdown = vec!["sex".to_owned()];
    options.publish = true;
    let dataset = crate::common::dataset(&tables);
    let march = march();
    let whole = dataset.scorecard(march, march, &options).unwrap().published().unwrap();
    let part = dataset.part(march, march, &options).unwrap();
    let written = serde_json::to_string(&part).unwrap();
    let read: Part = serde_json::from_str(&written).unwrap();
    for part in [part, read] {
        let published = Scorecard::merge([part]).unwrap().published().unwrap();
        let groups: Vec<_> = published.groups().iter().map(|group| group.group.clone()).collect();
        assert!(groups.contains(&Some("U".to_owned())), "{groups:?}");
        assert_eq!(serde_json::to_string(&published).unwrap(), serde_json::to_string(&whole).unwrap());
    }
}
