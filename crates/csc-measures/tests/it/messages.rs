//! Every message that users meet, a text for each crate in `tests/messages`: those of the core as they are given,
//! those of the others as they are written in the sources.

#[path = "../../../../tests/messages/golden.rs"]
mod golden;

use std::path::Path;

use chrono::NaiveDate;
use csc_measures::calendar::{BankHoliday, BankHolidays, Closures, Nation};
use csc_measures::clock::Limit;
use csc_measures::due::{DueError, DueFilter};
use csc_measures::quality::QualityDays;
use csc_measures::tables::{CpPlan, CpReview, Person, Table};
use csc_measures::{
    CalendarError, Clock, ClockError, ColumnError, DataIssue, Dataset, DatasetError, Dates, Decimal,
    IssueCode, Month, Options, Part, Plan, Policy, Publishing, Scorecard, ScorecardError, SectionBy, Target,
    Targets, WithPersonError,
};
use golden::Messages;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn calendar_errors() -> Vec<CalendarError> {
    let (first, last) = (day("1995-01-01"), day("2050-12-31"));
    let outside = CalendarError::Outside { date: day("2051-01-01"), first, last };
    vec![
        outside.clone(),
        CalendarError::BeyondEnd { start: day("2050-12-30"), working_days: 1, first, last },
        CalendarError::BeyondEnd { start: day("2050-12-30"), working_days: 45, first, last },
        CalendarError::BeforeStart { start: first, first, last },
        CalendarError::Row { row: 3, error: Box::new(outside) },
        CalendarError::Lengths { starts: 3, ends: 2 },
        CalendarError::ShortValidity { bits: 8, needed: 9 },
        CalendarError::NoDivision { nation: Nation::Scotland },
        "england".parse::<Nation>().unwrap_err(),
    ]
}

fn clock_errors() -> Vec<ClockError> {
    vec![
        Clock::by_id("cp_vist").unwrap_err(),
        ClockError::Calendar(calendar_errors().remove(0)),
        ClockError::DoneBeforeStart { done: day("2017-03-01"), start: day("2017-03-31") },
        Clock::by_id("section_20")
            .unwrap()
            .due(day("2017-03-01"), &csc_measures::Calendar::england_and_wales())
            .unwrap_err(),
        Clock::by_id("core_assessment").unwrap().at(day("2017-03-01")).unwrap_err(),
        Clock::by_id("assessment").unwrap().at(day("2012-03-01")).unwrap_err(),
        ClockError::NoDate { limit: Limit::Months(6), start: day("9999-12-31") },
    ]
}

fn dataset_errors() -> Vec<DatasetError> {
    let (table, first, second) = (Table::CpPlans, "cp_plans".to_owned(), "ssd_cp_plans".to_owned());
    vec![
        Table::by_name("cp_plan").unwrap_err().into(),
        DatasetError::MissingColumn { table, column: "start_date", candidates: Vec::new() },
        DatasetError::MissingColumn {
            table,
            column: "start_date",
            candidates: vec!["PlanDate".to_owned(), "started".to_owned()],
        },
        DatasetError::UnknownColumn {
            table,
            column: "strat_date".to_owned(),
            nearest: "start_date".to_owned(),
        },
        DatasetError::UnknownColumns {
            table,
            columns: vec![("ended_date".to_owned(), Some("end_date")), ("note".to_owned(), None)],
        },
        DatasetError::CalledColumnMissing {
            table,
            given: "PersonID".to_owned(),
            column: "person_id",
            columns: vec!["ChildID".to_owned(), "start_date".to_owned()],
        },
        DatasetError::CalledColumnMissing {
            table,
            given: "PersonID".to_owned(),
            column: "person_id",
            columns: Vec::new(),
        },
        DatasetError::CalledTableMissing { table, tables: vec![Table::CpVisits, Table::CpReviews] },
        DatasetError::CalledTableMissing { table, tables: Vec::new() },
        DatasetError::NotLookedUp { table },
        DatasetError::UnknownColumns {
            table,
            columns: (1..=22).map(|number| (format!("note_{number}"), None)).collect(),
        },
        DatasetError::MissingColumn {
            table,
            column: "start_date",
            candidates: (1..=22).map(|number| format!("date_{number}")).collect(),
        },
        DatasetError::TableTwice { table, first, second },
        DatasetError::MemoryLimit { table, limit: 4 << 30 },
        DatasetError::ColumnTwice {
            table,
            column: "person_id",
            first: "person_id".to_owned(),
            second: "cppl_person_id".to_owned(),
        },
        DatasetError::DatesAsNumbers { table, column: "start_date" },
        DatasetError::RowNumbers { table, rows: 2 },
        DatasetError::ColumnLength { table, rows: 2, found: 3 },
        DatasetError::ChunkWidth { table, expected: 3, found: 2 },
    ]
}

fn with_person_errors() -> Vec<WithPersonError> {
    let table = Table::CpPlans;
    let (person, other) = ("P1".to_owned(), "P2".to_owned());
    vec![
        WithPersonError::NoPerson,
        WithPersonError::RowsOfOthers { person: person.clone(), other },
        WithPersonError::RowOfNobody { table: Table::Audits, row: 3 },
        WithPersonError::NotOfPersons { table: Table::Workers },
        WithPersonError::TableNotThere { table },
        WithPersonError::OtherColumns { table, column: "end_date", is_given: true },
        WithPersonError::OtherColumns { table, column: "end_date", is_given: false },
        WithPersonError::OtherExtract { table },
        WithPersonError::OfStandardDataset { table },
        WithPersonError::ReviewOfOthers { cla_id: "C2".to_owned() },
        WithPersonError::NamedByOthers { table, id: "CP2".to_owned() },
        WithPersonError::TiedToOthers { person: person.clone() },
        WithPersonError::UnknownPerson { id: person },
    ]
}

fn scorecard_errors() -> Vec<ScorecardError> {
    let (from, to) = (month("2016-04"), month("2017-03"));
    vec![
        ScorecardError::MonthsReversed { from: to, to: from },
        ScorecardError::OutsideCalendar { month: "2051-01".parse().unwrap() },
        ScorecardError::OtherMonth { month: month("2017-04"), from, to },
        Plan::default().row("O3.M44").unwrap_err().into(),
        Plan::from_json(r#"{"id": "x"}"#).unwrap_err().into(),
        calendar_errors().remove(0).into(),
        ScorecardError::DimensionTwice { dimension: "sex".to_owned() },
        ScorecardError::DimensionTaken { dimension: "Sex".to_owned() },
        ScorecardError::DimensionInParts { dimension: "team".to_owned() },
        ScorecardError::NoResult { measure: "O6.M3".to_owned(), month: month("2017-04") },
        ScorecardError::OtherTerms { difference: "policies" },
        ScorecardError::RowsReplaced { what: "the quality of the data" },
        ScorecardError::RowsReplaced { what: "a part of a scorecard" },
        ScorecardError::NoCases,
        ScorecardError::UnlikeRows { first: "O3.M1".to_owned(), second: "A1".to_owned() },
        ScorecardError::NestedDimensions { first: "ethnic_group", second: "ethnicity" },
        ScorecardError::NotOfParts,
        ScorecardError::Told { figures: "`O1.M5` of 2017-03".to_owned() },
        ScorecardError::RoundingLeast { given: 19, least: 20 },
        ScorecardError::NoWholePeriod { period: "year", from: month("2016-05"), to: month("2017-03") },
        ScorecardError::NoSuchPart { index: 2, of: 2 },
        ScorecardError::LookedUp { table: Table::Workers },
        ScorecardError::PartlyLookedUp { looked_up: Table::Workers, counted: Table::Involvements },
        ScorecardError::NotCounted { table: Table::Workers },
        ScorecardError::NoParts,
        ScorecardError::ShareMissing { index: 1, of: 2 },
        ScorecardError::OtherPart { part: 2, difference: "its `targets` differ".to_owned() },
        ScorecardError::TableInParts { table: Table::Policies, first: 1, second: 3 },
        ScorecardError::IdInParts { table: Table::CpPlans, first: 1, second: 2 },
        ScorecardError::SplitApart { table: Table::CpReviews, row: 1, column: "cp_plan_id" },
    ]
}

/// What is said of texts that are not JSON, and of targets that do not agree.
fn plan_texts() -> Vec<String> {
    let deep = "[".repeat(40);
    let texts = [
        "",
        "{} {}",
        &deep,
        "x",
        "{\"id\"",
        "{\"id\" 1}",
        "[1 2]",
        "{id: 1}",
        "\"x",
        "\"\\",
        "\"\n\"",
        "\"\\x\"",
        "\"\\ud800\"",
        "\"\\u12\"",
        "1.2.3",
    ];
    let mut said: Vec<String> = texts.map(|text| Plan::from_json(text).unwrap_err().to_string()).into();
    let target = |target: u32| json!({"better": "higher", "target": target});
    let mut options = Options::default();
    options.targets = serde_json::from_value(json!({"O3.M1": target(90), "O3.M11": target(80)})).unwrap();
    let march = month("2017-03");
    said.push(Dataset::builder().build().scorecard(march, march, &options).unwrap_err().to_string());
    let of_charts = [
        r#"{"chart": {"O3.M4": "c"}}"#,
        r#"{"chart": {"O4.M5": "xmr"}}"#,
        r#"{"baseline": 11}"#,
        r#"{"baseline": {"O3.M4": 11}}"#,
        r#"{"rebase": {"O3.M4": ["2017-02"]}}"#,
    ];
    said.extend(of_charts.map(|options| {
        let options: Options = serde_json::from_str(options).unwrap();
        Dataset::builder().build().scorecard(march, march, &options).unwrap_err().to_string()
    }));
    said
}

/// The part of three tables with rows, as it is written.
fn part() -> Value {
    part_by(&[])
}

fn part_by(breakdown: &[&str]) -> Value {
    let mut options = Options::default();
    options.breakdown = breakdown.iter().map(|dimension| (*dimension).to_owned()).collect();
    let mut builder = Dataset::builder();
    let persons: Vec<Person> = serde_json::from_value(json!([{"person_id": "P1"}])).unwrap();
    let plans: Vec<CpPlan> = serde_json::from_value(json!([
        {"cp_plan_id": "CP1", "person_id": "P1", "start_date": "2016-09-01"},
        {"cp_plan_id": "CP2", "person_id": "P2", "start_date": "2016-09-01"},
    ]))
    .unwrap();
    builder.rows(&persons).unwrap().rows(&plans).unwrap().rows::<CpReview>(&[]).unwrap();
    let part = builder.build().part(month("2017-03"), month("2017-03"), &options).unwrap();
    serde_json::to_value(part).unwrap()
}

fn with(part: &Value, key: &str, value: Value) -> Value {
    let mut changed = part.clone();
    let (of, key) = key.rsplit_once('/').unwrap();
    match changed.pointer_mut(of).unwrap() {
        Value::Array(list) => list[key.parse::<usize>().unwrap()] = value,
        object => object[key] = value,
    }
    changed
}

/// The message without the place in the text.
fn refusal<T: DeserializeOwned>(value: impl ToString) -> String {
    let error = match serde_json::from_str::<T>(&value.to_string()) {
        Ok(_) => panic!("{} is taken", value.to_string()),
        Err(error) => error.to_string(),
    };
    error.split(" at line ").next().unwrap().to_owned()
}

fn part_files() -> Vec<String> {
    let part = part();
    let twice = |key: &str| {
        let mut changed = part.clone();
        let first = changed[key][0].clone();
        changed[key].as_array_mut().unwrap().push(first);
        changed
    };
    let of_group = json!({"dimension": "sex", "group": "F", "sums": part["tallies"][0]});
    let mut group = with(&part, "/options/breakdown", json!(["sex"]));
    group["groups"] = json!([of_group]);
    let in_group = |key: &str, value: Value| with(&group, &format!("/groups/0{key}"), value);
    let mut group_lost = group.clone();
    group_lost["groups"] = json!([]);
    let mut spelt_otherwise = group.clone();
    spelt_otherwise["spellings"] = json!({"area": ["North"]});
    let mut group_twice = group.clone();
    group_twice["groups"] = json!([of_group, of_group]);
    let mut unasked = part.clone();
    unasked["publishing"] = json!({"sums": {"tallies": []}});
    [
        with(&part, "/version", json!(4)),
        with(&part, "/to", json!("2017-02")),
        with(&part, "/share/index", json!(1)),
        twice("tables"),
        with(&part, "/tables/0/table", json!("person")),
        with(&part, "/tables/0/columns", json!([])),
        with(&part, "/tables/0/columns/0", json!("persons_id")),
        with(&part, "/tables/0/used", json!(9)),
        with(&part, "/tables/0/roles", json!("7")),
        with(&part, "/tallies/0/month", json!("2018-01")),
        with(&part, "/tallies/0/numerator", json!(-1)),
        with(&part, "/tallies/0/numerator", json!(i64::MAX)),
        with(&part, "/tallies/0/outcomes", json!({"meet": 1})),
        twice("tallies"),
        in_group("/dimension", json!("age")),
        in_group("/sums/month", json!("2018-01")),
        group_twice,
        group_lost,
        spelt_otherwise,
        with(&part, "/options/publish", json!(true)),
        unasked,
        with(&part, "/ids/persons", json!("7")),
        with(&part, "/undecided/0/id", json!("7")),
    ]
    .iter()
    .map(refusal::<Part>)
    .collect()
}

fn merges() -> Vec<String> {
    let part = part();
    let without = |of: &Value, key: &str| {
        let mut changed = of.clone();
        changed.pointer_mut(key).unwrap().as_array_mut().unwrap().pop();
        changed
    };
    let fewer = without(&part, "/tables");
    let mut another_edition = serde_json::to_value(Plan::default()).unwrap();
    another_edition["edition"] = json!(9);
    let dated = |day: &str| {
        let mut changed = part.clone();
        changed["tables"][0]["as_at"] = json!(day);
        changed
    };
    let mut for_others = part.clone();
    for_others["tables"][0]["lacks"] = json!(["moves"]);
    // As much as a part may hold, without the ids that would say that the two are one.
    let mut full = part.clone();
    full["ids"] = json!({});
    full["tallies"][0]["numerator"] = json!(9_000_000_000_000_000_i64);
    let target = json!({"O3.M4": {"better": "higher", "target": 90}});
    let mut published = with(&part, "/options/publish", json!(true));
    published["publishing"] = json!({"sums": {"tallies": []}});
    [
        (&part, with(&part, "/options/plan", json!("all-measures"))),
        (&part, with(&part, "/options/plan", another_edition)),
        (&part, with(&part, "/definitions/cp_visits_in_time", json!(99))),
        (&part, with(&part, "/definitions/from_a_later_version", json!(1))),
        (&part, with(&part, "/to", json!("2017-04"))),
        (&part, with(&part, "/options/policy/amber_days", json!(7))),
        (&part, with(&part, "/options/targets", target)),
        (&part, with(&part, "/options/closures", json!(["2017-01-03"]))),
        (&part, with(&part, "/options/measures", json!(["O3.M4"]))),
        (&part, with(&part, "/options/by", json!("outcome"))),
        (&part, part_by(&["sex"])),
        (&part, published),
        (&part, with(&part, "/options/signals", json!(true))),
        (&part, with(&part, "/options/chart", json!({"O3.M4": "xmr"}))),
        (&part, with(&part, "/options/baseline", json!(24))),
        (&part, with(&part, "/options/rebase", json!({"O3.M4": ["2017-03"]}))),
        (&part, fewer.clone()),
        (&fewer, part.clone()),
        (&part, dated("2017-03-17")),
        (&dated("2017-03-16"), part.clone()),
        (&dated("2017-03-16"), dated("2017-03-17")),
        (&part, for_others),
        (&part, without(&part, "/tables/0/columns")),
        (&full, full.clone()),
    ]
    .into_iter()
    .map(|(first, second)| {
        let parts = [first, &second].map(|part| serde_json::from_value::<Part>(part.clone()).unwrap());
        Scorecard::merge(parts).unwrap_err().to_string()
    })
    .collect()
}

/// The messages of one code, by the tables and columns that have them.
fn issues(code: IssueCode) -> Vec<String> {
    let places: &[(&str, &str)] = match code {
        IssueCode::BadRow => &[("persons", "person_id")],
        IssueCode::MissingRequired => &[("cp_plans", "start_date")],
        IssueCode::BadDate => &[("cp_plans", "start_date"), ("persons", "date_of_birth")],
        IssueCode::BadValue => {
            &[("cp_visits", "seen"), ("workers", "fte"), ("complaints", "stage"), ("persons", "person_id")]
        }
        IssueCode::UnknownCode => {
            &[("care_leavers", "activity"), ("audits", "judgement"), ("rag_ratings", "rating")]
        }
        IssueCode::PlaceholderDate => {
            &[("cp_visits", "date"), ("persons", "date_of_birth"), ("cp_plans", "start_date")]
        }
        IssueCode::DuplicateId => &[("cp_plans", "cp_plan_id")],
        IssueCode::EndBeforeStart => &[("cp_plans", "end_date"), ("workers", "asye_end_date")],
        IssueCode::UnknownPerson => &[("cp_plans", "person_id")],
        IssueCode::DanglingReference => &[("cp_reviews", "cp_plan_id")],
        IssueCode::ReviewOutOfChain => &[("cp_reviews", "date")],
        IssueCode::NoPerson => &[("involvements", "person_id"), ("cp_visits", "person_id")],
        IssueCode::PersonByClaId | IssueCode::PersonByLegacyId => &[("permanence", "person_id")],
        IssueCode::EndIsLastDay => &[("cla_episodes", "end_date")],
        IssueCode::EstimatedBirth => &[("persons", "date_of_birth")],
        IssueCode::NotHeld => &[("cp_visits", "date")],
        IssueCode::Unallocated => &[("involvements", "worker_id")],
        IssueCode::OverlappingPlans => &[("cp_plans", "start_date")],
        IssueCode::Superseded => &[("cin_plans", "cin_plan_id")],
        _ => panic!("no message of {} is listed", code.as_str()),
    };
    // Values that are read and lie outside their range, and issues that count for several rows.
    let outside: &[(&str, &str)] = match code {
        IssueCode::BadValue => &[
            ("workers", "fte"),
            ("cla_placements", "distance_miles"),
            ("cin_plans", "visit_working_days"),
            ("complaints", "stage"),
            ("persons", "date_of_birth"),
            ("cp_plans", "start_date"),
        ],
        _ => &[],
    };
    let other_form: &[(&str, &str)] = match code {
        IssueCode::BadDate => &[("cp_plans", "start_date"), ("persons", "date_of_birth")],
        _ => &[],
    };
    let dropped: &[(&str, &str)] = match code {
        IssueCode::Superseded => places,
        _ => &[],
    };
    // Those of a list as at a day, whose rows stay.
    let of_lists: &[(&str, &str, &str)] = match code {
        IssueCode::BadDate => &[("cp_visits", "date", "unreadable")],
        IssueCode::BadValue => &[
            ("cp_visits", "seen_alone", "unreadable"),
            ("cp_visits", "date", "unreadable"),
            ("cp_visits", "date", "after_day"),
        ],
        _ => &[],
    };
    let issue = |(table, column): &(&str, &str), more: Value| {
        let mut issue = json!({"table": table, "row": 1, "column": column, "code": code, "record": null});
        issue.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        issue
    };
    let is_gathered = matches!(
        code,
        IssueCode::UnknownCode
            | IssueCode::PlaceholderDate
            | IssueCode::NoPerson
            | IssueCode::PersonByClaId
            | IssueCode::PersonByLegacyId
            | IssueCode::EndIsLastDay
            | IssueCode::EstimatedBirth
    );
    let issues: Vec<Value> = (1..)
        .zip(places)
        .map(|(rows, place)| issue(place, if is_gathered { json!({"rows": rows}) } else { json!({}) }))
        .chain(outside.iter().map(|place| issue(place, json!({"outside": true}))))
        .chain(other_form.iter().map(|place| issue(place, json!({"other_form": true}))))
        .chain(dropped.iter().map(|place| issue(place, json!({"dropped": true}))))
        .chain(of_lists.iter().map(|(table, column, detail)| issue(&(table, column), json!({*detail: true}))))
        .collect();
    let part = with(&part(), "/issues", json!(issues));
    let part: Part = serde_json::from_value(with(&part, "/undecided", json!([]))).unwrap();
    let card = Scorecard::merge([part]).unwrap();
    let found: Vec<String> = card.issues().iter().map(DataIssue::message).collect();
    let further = outside.len() + other_form.len() + dropped.len() + of_lists.len();
    assert_eq!(found.len(), places.len() + further);
    found
}

fn settings(messages: &mut Messages) {
    let policies = [
        r#"{"review_mod": "held"}"#,
        r#"{"review_mode": "held", "review_mode": "held"}"#,
        r#"{"review_mode": "hold"}"#,
        r#"{"review_mode": 5}"#,
        r#"{"amber_days": 2.5}"#,
        r#"{"amber_days": "14"}"#,
        r#"{"audit_pass": "good"}"#,
        r#"{"front_door_teams": [["a"]]}"#,
        r#"{"count_start_day": {"a": 1}}"#,
        r#"{"far_miles": null}"#,
        r#"{"far_miles": -0.5}"#,
        r#"{"scope_team_types": ["all", "other"]}"#,
        "[]",
        "null",
        "true",
        "-7",
        "18446744073709551615",
        "0.5",
        r#""all""#,
    ];
    messages.add("Policy", policies.map(refusal::<Policy>));
    messages.add("Publishing", [r#"{"protecion": "rounding"}"#, "[]"].map(refusal::<Publishing>));
    let targets = [
        r#"{"better": "higher", "goal": 90}"#,
        r#"{"better": "higher", "better": "higher"}"#,
        r#"{"target": 90}"#,
        r#"{"better": "more", "target": 90}"#,
        r#"{"better": 5, "target": 90}"#,
        r#"{"better": "higher", "target": true}"#,
        r#"{"better": "higher", "target": 90, "tolerance": -1}"#,
        r#"{"better": "higher"}"#,
        r#"{"better": "band", "low": 1}"#,
        r#"{"better": "band", "low": 2, "high": 1}"#,
        "[]",
    ];
    messages.add("Target", targets.map(refusal::<Target>));
    let of_measures = [
        r#"{"O3.M44": {}}"#,
        r#"{"O3.M4": {}}"#,
        r#"{"O3.M4": {"better": "higher", "target": 1}, "O3.M4": {"better": "higher", "target": 1}}"#,
        "[]",
    ];
    messages.add("Targets", of_measures.map(refusal::<Targets>));
    let closures = [
        r#"["28/12/2017"]"#,
        "[20171228]",
        r#""2017-12-28""#,
        r#"{"scotlnd": {"events": []}}"#,
        r#"{"scotland": {"events": []}, "scotland": {"events": []}}"#,
        r#"{"scotland": {"division": "wales", "events": []}}"#,
        r#"{"scotland": []}"#,
        r#"{"scotland": {"events": ["2017-12-28"]}}"#,
    ];
    messages.add("Closures", closures.map(refusal::<Closures>));
    messages.add("BankHolidays", ["[]"].map(refusal::<BankHolidays>));
    messages.add("BankHoliday", [r#"{"title": "x", "dat": "2017-12-28"}"#, "[]"].map(refusal::<BankHoliday>));
    let options = [
        r#"{"targetz": {}}"#,
        "[]",
        r#"{"chart": "p"}"#,
        r#"{"chart": {"O3.M4": "pprime"}}"#,
        r#"{"chart": {"O3.M4": "p", "O3.M4": "xmr"}}"#,
        r#"{"baseline": "all"}"#,
        r#"{"rebase": ["2017-03"]}"#,
        r#"{"rebase": {"O3.M4": "2017-03"}}"#,
    ];
    messages.add("Options", options.map(refusal::<Options>));
    messages.add("DueFilter", [r#"{"clocks": ["cp_vist"]}"#, "[]"].map(refusal::<DueFilter>));
    messages.add("QualityDays", [r#"{"until": "2017-03"}"#, "[]"].map(refusal::<QualityDays>));
}

#[test]
fn every_message_of_the_core_is_listed() {
    let mut messages = Messages::default();
    messages.add_errors("DatasetError", dataset_errors());
    messages.add_errors("WithPersonError", with_person_errors());
    let dates = ["us", "cp_plan=uk", "cp_plans=uk,ssd_cp_plans=iso"];
    messages.add_errors("DatesError", dates.map(|text| text.parse::<Dates>().unwrap_err()));
    messages.add("Dates", ["1", r#""us""#, r#"{"cp_plan": "uk"}"#].map(refusal::<Dates>));
    messages.add("DataIssue", IssueCode::ALL.into_iter().flat_map(issues));
    messages.add_errors("ScorecardError", scorecard_errors());
    messages.add("ScorecardError::OtherPart", merges());
    messages.add("Part", part_files());
    messages.add_errors(
        "DueError",
        [
            DueError::UnknownPerson { id: "nobody".to_owned() },
            DueError::ClockWithoutTable { id: "core_group".to_owned() },
            DueError::UnknownTeam { name: "Nroth".to_owned(), nearest: Some("North".to_owned()) },
            DueError::UnknownTeam { name: "North".to_owned(), nearest: None },
            DueError::NoChildren,
            Plan::default().row("O3.M44").unwrap_err().into(),
            Plan::from_json(r#"{"id": "x"}"#).unwrap_err().into(),
            clock_errors().remove(0).into(),
            calendar_errors().remove(0).into(),
        ],
    );
    messages.add_errors("ClockError", clock_errors());
    messages.add_errors("CalendarError", calendar_errors());
    messages.add_errors("ColumnError", [ColumnError::Validity, ColumnError::Flags, ColumnError::Offsets]);
    let plan = Plan::worcestershire_2017();
    messages.add("UnknownTable", Table::by_name("perso").err());
    let mut builder = Dataset::builder();
    builder.declare("cp_plans", &["cp_plan_id", "person_id", "start_date", "ended_date"]).unwrap();
    messages.add(
        "ColumnReport::near_miss",
        builder.build().columns().iter().filter_map(|report| report.near_miss()),
    );
    messages.add("Dataset::notices", crate::what_is_used::notices());
    messages.add("PlanError", crate::plans::refusals().into_iter().map(|(said, _)| said));
    messages.add("PlanError", plan_texts());
    messages.add("UnknownId", Plan::by_id("worcester").err());
    messages.add("UnknownId", plan.row("O3.M44").err());
    messages.add("UnknownId", plan.outcome("O88").err());
    messages.add("UnknownId", plan.recommendation("R111").err());
    messages.add("ParseSectionByError", "outcomes".parse::<SectionBy>().err());
    messages.add("ParseMonthError", "2017-3".parse::<Month>().err());
    messages.add("ParseDecimalError", "1,5".parse::<Decimal>().err());
    settings(&mut messages);

    for (source, name) in [
        (include_str!("../../src/dataset/error.rs"), "DatasetError"),
        (include_str!("../../src/dataset/with_person_error.rs"), "WithPersonError"),
        (include_str!("../../src/scorecard/error.rs"), "ScorecardError"),
        (include_str!("../../src/due/error.rs"), "DueError"),
        (include_str!("../../src/time/clock/error.rs"), "ClockError"),
        (include_str!("../../src/time/calendar/error.rs"), "CalendarError"),
        (include_str!("../../src/column/slice.rs"), "ColumnError"),
    ] {
        messages.assert_every_variant(source, name);
    }
    // Declarations, and words that are read in documents and on screens.
    let declarations = [
        "src/definitions",
        "src/plan",
        "src/tables",
        "src/policy",
        "src/facts",
        "src/measures",
        "holidays.rs",
        "clock/catalogue",
        "clock/row.rs",
        "limit.rs",
        // services that are made up for a test
        "signals/simulated.rs",
        "value/index.rs",
        // What is said under published figures, and what only tests read.
        "publishing/published.rs",
        "publishing/proof.rs",
    ];
    messages.assert_every_text(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &declarations,
        // every value is one; and what follows a title is not a message
        &["a value", "{about}: {value} instead of {default}"],
    );
    messages.assert_kept(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/messages/csc-measures.txt"));
}

/// Compares the texts of a crate's sources with those that are kept.
fn assert_texts(of: &str, left_out: &[&str], texts: &[&str]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut messages = Messages::default();
    messages.add_texts(&root.join(of).join("src"), left_out, texts);
    let name = of.rsplit('/').next().unwrap();
    messages.assert_kept(&format!("{}/tests/messages/{name}.txt", root.display()));
}

#[test]
fn every_message_of_the_reading_crate_is_listed() {
    let codes = [
        "_tests.rs",
        "annex_a/lists.rs",
        "annex_a/tables.rs",
        "csc_api/key.rs",
        "csc_api/tables.rs",
        "csww/tables.rs",
        "ssda903/adoption.rs",
        "ssda903/leavers.rs",
    ];
    let titles = [
        "SSDA903 return",
        "children in need census",
        "Annex A",
        "children's social care API",
        "social work workforce census",
    ];
    let marks = [" at line", "duplicate field"];
    assert_texts("crates/csc-measures-files", &codes, &[titles.as_slice(), &marks].concat());
}

#[test]
fn every_message_of_the_arrow_crate_is_listed() {
    assert_texts("crates/csc-measures-arrow", &[], &[]);
}

#[test]
fn every_message_of_the_program_is_listed() {
    let pages = [
        "audit_list.rs",
        "case_list.rs",
        "change_list.rs",
        "columns.rs",
        "due_list.rs",
        "flat.rs",
        "footer.rs",
        "group_list.rs",
        "html.rs",
        "progress.rs",
        "quality_list.rs",
        "quality_page.rs",
        "signal_list.rs",
        "/text.rs",
        "work_list.rs",
        "work_page.rs",
    ];
    let shown = [
        "Measures that test no recommendation directly",
        "the breakdown by worker",
        "the sample authority, which is made up",
    ];
    assert_texts("crates/csc-measures-cli", &pages, &shown);
}

#[test]
fn every_message_of_the_workbook_crate_is_listed() {
    // The sheets are read as they are.
    let sheets =
        ["about.rs", "cases.rs", "due.rs", "groups.rs", "months.rs", "quality.rs", "results.rs", "words.rs"];
    assert_texts("crates/csc-measures-workbook", &sheets, &["What is due", "what is said"]);
}

#[test]
fn every_message_of_the_c_library_is_listed() {
    assert_texts("bindings/c", &[], &[]);
}

#[test]
fn every_message_of_the_extension_of_python_is_listed() {
    let shown = [
        " with {closures} closures",
        "Calendar of {}{and}",
        "Clock({:?}): no number of days",
        ", {days} days left",
        ", {days} days over",
        "ClockStatus: {}, due {}{days}, {}",
        "Dataset of {} persons in {} tables, {} issues",
        "Person {:?} as at {}: {} open",
        "DueList as at {}: {} open",
        " as at {day}",
        "Quality{day}: {tables} tables, {kinds} kinds of issues",
        "Part of a scorecard, {} to {}",
        "Scorecard, {} to {}: {} results",
        "Published, {} to {}: {} results",
        "Answers of {} {}",
        " at line ",
    ];
    assert_texts("bindings/python", &[], &shown);
}
