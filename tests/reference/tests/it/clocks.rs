//! Every measure that has a clock judges by that clock: each due date of a random authority is the clock's own.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use csc_measures::Calendar;
use csc_measures::clock::{Clock, Standing};
use csc_measures::due::{CLOCKS, DueFilter};

use crate::engine::every_measure;
use crate::random::{Question, question};
use crate::rows::{dataset, months, options};

/// The measures of a clock, and their clocks.
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

/// The last day of the time for which the rules of 2020 suspended limits: a due date within it falls on it.
fn end_of_the_window() -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 9, 25).unwrap()
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
                // A child in need may have an interval of their own.
                // What is published counts as the law does, whatever the policies.
                let counts = counts && measure != "icpc_in_time.published";
                let by_law = clocks.iter().map(|clock| counted(*clock, counts).due(anchor, &calendar));
                let is_own = measure == "cin_visits_in_time"
                    || due == end_of_the_window()
                    || by_law.flatten().any(|own| own == due);
                assert!(is_own, "seed {seed}: {measure}: from {anchor} due {due}");
                seen.insert(measure.to_owned());
            }
        }
    }
    let asked: BTreeSet<&str> = clocks_of.keys().copied().collect();
    // Placements and the first policies have no case with a due date in a result of this kind.
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
            let own = counted(clock, counts).due(anchor, &calendar);
            let moved = due == end_of_the_window() || owed.clock == "cin_visit";
            assert!(moved || own == Ok(due), "seed {seed}: {}: from {anchor} due {due}", owed.clock);
            seen.insert(owed.clock);
        }
    }
    let missing: Vec<&str> = CLOCKS.into_iter().filter(|clock| !seen.contains(clock)).collect();
    // The policies that choose it are not drawn here.
    assert_eq!(missing, ["assessment_from_referral"], "what nobody is owed by");
}
