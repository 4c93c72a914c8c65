//! Every measure that has a clock judges by that clock: each due date of a random authority is the clock's own.
//!
//! A case does not name its clock. Where a measure has several, the rows say which of them it can be.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use csc_measures::clock::{Clock, Limit, Standing};
use csc_measures::due::{CLOCKS, DueFilter};
use csc_measures::tables::Table;
use csc_measures::{Calendar, Case};

use crate::engine::every_measure;
use crate::random::{Question, question};
use crate::rows::{dataset, months, options};

/// The measures of a clock, and their clocks in the order of the table.
fn clocks_of() -> BTreeMap<&'static str, Vec<Clock>> {
    let mut clocks: BTreeMap<&'static str, Vec<Clock>> = BTreeMap::new();
    for clock in Clock::all() {
        for measure in clock.measures() {
            clocks.entry(measure).or_default().push(clock);
        }
    }
    clocks
}

/// A random authority under the library's own policies, but for which day is the first.
fn under_the_law(seed: u64) -> (Question, bool) {
    let mut question = question(seed, false);
    let counts = seed % 2 == 1;
    question.input.closures = Vec::new();
    question.input.policy = serde_json::json!({ "count_start_day": counts });
    (question, counts)
}

/// A clock on the terms of the policy. How a statistic counts is not a council's choice.
fn counted(clock: Clock, counts: bool) -> Clock {
    if counts && clock.standing() != Standing::Context { clock.counting_start_day() } else { clock }
}

/// The values of a column in the rows of a table that have a value in another, under whichever of their names.
fn values(question: &Question, table: Table, (key, value): (&str, &str), column: &str) -> Vec<String> {
    let Some(given) = question.input.tables.get(table.name()) else { return Vec::new() };
    let place = |name: &str| {
        let declared = table.columns().iter().find(|column| column.name == name).unwrap();
        given.header.iter().position(|given| given == declared.name || Some(&given[..]) == declared.ssd)
    };
    let (Some(key), Some(column)) = (place(key), place(column)) else { return Vec::new() };
    let rows = given.rows.iter().filter(|row| row[key] == value);
    rows.map(|row| row[column].clone()).collect()
}

/// A clock of visits to a child in need: at the interval of the child's own plan, if it says one that can be.
fn agreed(question: &Question, plan: &str, clock: Clock) -> Clock {
    let agreed = values(question, Table::CinPlans, ("cin_plan_id", plan), "visit_working_days");
    let days = agreed.first().and_then(|days| days.trim_end_matches(".0").parse().ok());
    match days.filter(|days| (1..=366).contains(days)) {
        Some(days) => clock.with_limit(Limit::WorkingDays(days)),
        None => clock,
    }
}

/// The clocks of each paragraph by which a visit to a child looked after can be due.
fn clocks_of_paragraph(paragraph: &str) -> &'static [&'static str] {
    match paragraph {
        "28(2)" => &["cla_visit_placement_start", "cla_visit", "cla_visit_long_term"],
        "28(3)" => &["cla_visit_with_parents_weekly", "cla_visit_with_parents"],
        "28(3A)" => &["cla_visit_placement_start", "cla_visit_long_term_foster"],
        "28(4)" => &[
            "cla_visit_interim_order_weekly",
            "cla_visit_interim_order",
            "cla_visit_temporary_approval_weekly",
            "cla_visit_temporary_approval",
        ],
        "28(5)" => &["cla_visit_care_order_start", "cla_visit_care_order"],
        "28(6)" => &[
            "cla_visit_other_arrangements_start",
            "cla_visit_other_arrangements",
            "cla_visit_other_arrangements_later",
        ],
        "AAR 36(4)" => &["adoption_visit_start", "adoption_visit"],
        _ => panic!("{paragraph} is no paragraph of visits"),
    }
}

/// The clocks of a chain that can run from the anchor of a case: the first unless something was held on that day.
fn of_chain(clocks: &[Clock], held: &[String], anchor: NaiveDate) -> Vec<Clock> {
    let is_held = held.iter().any(|day| *day == anchor.to_string());
    if is_held { clocks.to_vec() } else { clocks[..1].to_vec() }
}

/// The clocks that a case of a measure can be judged by.
fn can_be(measure: &str, clocks: &[Clock], case: &Case, question: &Question) -> Vec<Clock> {
    let named = |ids: &[&str]| -> Vec<Clock> {
        clocks.iter().filter(|clock| ids.contains(&clock.id())).copied().collect()
    };
    let (anchor, record) = (case.anchor.unwrap(), case.record.as_deref().unwrap_or_default());
    match measure {
        // The policy has assessments run from their own start.
        "assessments_in_time" | "assessments_in_time.open_overdue" => named(&["assessment"]),
        "cin_visits_in_time" => clocks.iter().map(|clock| agreed(question, record, *clock)).collect(),
        "cla_visits_in_time.statutory" => {
            let paragraph = case.rule.flatten().expect("a visit that is due is due by a paragraph");
            named(clocks_of_paragraph(paragraph.as_str()))
        }
        "cp_reviews_in_time" => {
            let held = values(question, Table::CpReviews, ("cp_plan_id", record), "date");
            of_chain(clocks, &held, anchor)
        }
        "cla_reviews_in_time" => {
            let held = values(question, Table::ClaReviews, ("cla_id", record), "date");
            of_chain(clocks, &held, anchor)
        }
        "health_assessments_in_time" => {
            let held = values(question, Table::ClaHealth, ("person_id", &case.subject), "date");
            of_chain(clocks, &held, anchor)
        }
        _ => clocks.to_vec(),
    }
}

/// Whether a due date is a clock's own. The one exception: where the rules of 2020 suspended the limit on the day that
/// the clock itself gives, and are over, the visit is due on their last day.
fn is_due_by(clock: &Clock, anchor: NaiveDate, due: NaiveDate, on: NaiveDate, calendar: &Calendar) -> bool {
    let Ok(own) = clock.due(anchor, calendar) else { return false };
    let suspended = clock.at(own).ok().filter(|version| version.relaxed().is_some());
    match suspended.and_then(|version| version.in_force_to()).filter(|end| *end < on) {
        Some(end) if clock.measures().contains(&"cla_visits_in_time.statutory") => due == end,
        _ => due == own,
    }
}

#[test]
fn a_due_date_is_the_clock_s_own() {
    let calendar = Calendar::england_and_wales();
    let (clocks_of, mut seen) = (clocks_of(), BTreeSet::<String>::new());
    for seed in 0..400 {
        let (question, counts) = under_the_law(seed);
        let (from, to) = months(&question);
        let card = dataset(&question.input, |_, _| true).scorecard(from, to, &options(&question)).unwrap();
        for result in card.results() {
            for case in card.cases(&result.measure, result.month).unwrap() {
                let (Some(anchor), Some(due)) = (case.anchor, case.due) else { continue };
                let measure = result.key.key();
                let clocks = clocks_of.get(measure).unwrap_or_else(|| panic!("{measure} has no clock"));
                // What is published counts as the law does, whatever the policies.
                let counts = counts && measure != "icpc_in_time.published";
                let on = result.month.last();
                let clocks = can_be(measure, clocks, &case, &question);
                let mut clocks = clocks.iter().map(|clock| counted(*clock, counts));
                let is_own = clocks.any(|clock| is_due_by(&clock, anchor, due, on, &calendar));
                assert!(is_own, "seed {seed}: {measure}: from {anchor} due {due} in {}", result.month);
                seen.insert(measure.to_owned());
            }
        }
    }
    let asked: BTreeSet<&str> = clocks_of.keys().copied().collect();
    // A case of placements is a child with all placements of a year, which is due on no day; their own clocks are in
    // the due list.
    let missing: Vec<&&str> = asked.iter().filter(|id| !seen.contains(**id)).collect();
    assert_eq!(missing, [&"cla_three_placements"], "what no case asked");
}

#[test]
fn an_obligation_is_due_by_the_clock_that_it_names() {
    let (calendar, plan) = (Calendar::england_and_wales(), every_measure());
    let mut seen = BTreeSet::new();
    for seed in 0..3_000 {
        let (question, counts) = under_the_law(seed);
        let (_, to) = months(&question);
        let data = dataset(&question.input, |_, _| true);
        let list = data.due_list(to.last(), &options(&question), &DueFilter::default()).unwrap();
        for owed in &list.obligations {
            let clock = Clock::by_id(owed.clock).unwrap();
            let key = plan.row(&owed.measure).unwrap().measure().key();
            assert!(clock.measures().contains(&key), "{}: {}", owed.clock, owed.measure);
            assert_eq!(owed.unit, clock.kind(), "{}", owed.clock);
            let (Some(anchor), Some(due)) = (owed.anchor, owed.due) else { continue };
            let clock = match (owed.clock, owed.record.as_deref()) {
                ("cin_visit", Some(record)) => agreed(&question, record, clock),
                _ => clock,
            };
            let is_own = is_due_by(&counted(clock, counts), anchor, due, to.last(), &calendar);
            assert!(is_own, "seed {seed}: {}: from {anchor} due {due}", owed.clock);
            seen.insert(owed.clock);
        }
    }
    let missing: Vec<&str> = CLOCKS.into_iter().filter(|clock| !seen.contains(clock)).collect();
    // The policies that choose it are not drawn here.
    assert_eq!(missing, ["assessment_from_referral"], "what nobody is owed by");
}

#[test]
fn what_is_owed_is_owed_by_a_clock_of_its_measure() {
    // The clocks of due lists are those of the measures that owe something, and of no other.
    let owing: BTreeSet<&str> = CLOCKS.into_iter().collect();
    let not_owed: Vec<&str> = Clock::all()
        .filter(|clock| !clock.measures().is_empty() && !owing.contains(clock.id()))
        .map(|clock| clock.id())
        .collect();
    // Court cases and policies of the service are owed to no child.
    assert_eq!(not_owed, ["care_proceedings", "policy_review"]);
}
