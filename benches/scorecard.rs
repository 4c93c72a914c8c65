//! 36 months of every measure for 100,000 children and 10 million visits, on one thread and on two.
//!
//! `cargo bench -p csc-measures --bench scorecard` (or `-- --quick` for a hundredth of it). Before it times, it
//! checks the measure of visits against a plain count over the same rows, and that plain count is the rival:
//! the ratio says what all fifty measures cost beside the simplest program for one of them.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a bench: a panic is a failed run"
)]

mod authority;

use std::num::NonZeroUsize;

use chrono::NaiveDate;
use csc_measures::{Calendar, Month, Options};

use authority::{Rows, dataset, median, ms, rows};

/// The simplest program for O3.M4 alone: the last visit of every child at every month end, by one pass over
/// the visits a month. Children met in time, and in the denominator.
fn plain_cp_visits(rows: &Rows, months: &[Month], calendar: &Calendar) -> Vec<(i64, i64)> {
    let epoch = |date: NaiveDate| date.to_epoch_days();
    months
        .iter()
        .map(|month| {
            let day = epoch(month.last());
            let mut last = vec![i32::MIN; rows.children];
            for (person, date) in rows.visit_person.iter().zip(&rows.visit_date) {
                if *date <= day {
                    let last = &mut last[*person as usize];
                    *last = (*last).max(*date);
                }
            }
            let working_days = |from: i32| {
                let from = NaiveDate::from_epoch_days(from).unwrap();
                calendar.working_days_between(from, month.last()).unwrap()
            };
            let (mut met, mut judged) = (0, 0);
            for child in (0..rows.children).step_by(3) {
                let start = rows.plan_start[child];
                if start > day || rows.plan_end[child].is_some_and(|end| end <= day) {
                    continue;
                }
                if last[child] > i32::MIN && working_days(last[child]) <= 20 {
                    met += 1;
                    judged += 1;
                } else if working_days(start) > 20 {
                    judged += 1;
                }
            }
            (met, judged)
        })
        .collect()
}

fn main() {
    let is_quick = std::env::args().any(|arg| arg == "--quick" || arg == "--test");
    let (children, visits) = if is_quick { (1_000, 100_000) } else { (100_000, 10_000_000) };
    let runs = if is_quick { 1 } else { 5 };
    let rows = rows(children, visits);
    let (loading, dataset) = median(1, || dataset(&rows));
    let (from, to): (Month, Month) = ("2014-04".parse().unwrap(), "2017-03".parse().unwrap());
    let months: Vec<Month> = (0..36).map(|step| from.plus(step)).collect();

    let on = |threads: usize| {
        let mut options = Options::default();
        options.threads = NonZeroUsize::new(threads);
        options
    };
    let (ours, card) = median(runs, || dataset.scorecard(from, to, &on(1)).unwrap());
    let (shared, other) = median(runs, || dataset.scorecard(from, to, &on(2)).unwrap());
    assert!(card.results() == other.results(), "two threads make a difference");
    let mut by_five = on(1);
    by_five.breakdown = ["sex", "ethnic_group", "age", "area", "team"].map(str::to_owned).to_vec();
    let (broken_down, by_group) = median(runs, || dataset.scorecard(from, to, &by_five).unwrap());
    let figures = |card: &csc_measures::Scorecard| -> Vec<_> {
        card.results().iter().map(|result| (result.numerator, result.denominator, result.value)).collect()
    };
    assert!(figures(&card) == figures(&by_group), "a breakdown makes a difference");
    let calendar = Calendar::england_and_wales();
    let (theirs, plain) = median(runs.min(3), || plain_cp_visits(&rows, &months, &calendar));
    // The children of this bench turn 18 too, and the plain count knows no birthdays: they are few, and the
    // check allows for them by asking for the children that both see.
    let mut visible = on(1);
    visible.measures = Some(vec!["O3.M4".to_owned()]);
    let (one, _) = median(runs, || dataset.scorecard(from, to, &visible).unwrap());
    for (month, (met, judged)) in months.iter().zip(&plain) {
        let result = card.result("O3.M4", *month).unwrap();
        let (ours_met, ours_judged) = (
            result.numerator.unwrap().thousandths() / 1000,
            result.denominator.unwrap().thousandths() / 1000,
        );
        assert!(ours_met <= *met && ours_judged <= *judged, "{month}");
        assert!(*judged - ours_judged <= children as i64 / 20, "{month}: {judged} and {ours_judged}");
    }
    let cases: u64 =
        card.results().iter().map(|r| r.outcomes.iter().map(|(_, count)| count).sum::<u64>()).sum();
    println!(
        "{children} children, {visits} visits, 36 months, {} results, {cases} cases",
        card.results().len()
    );
    println!(
        "load (typed rows to dataset)   {:>9.1} ms  {:>6.1} ns a visit",
        ms(loading),
        loading.as_nanos() as f64 / visits as f64
    );
    println!(
        "all measures                   {:>9.1} ms  {:>6.1} ns a case",
        ms(ours),
        ours.as_nanos() as f64 / cases as f64
    );
    println!(
        "with groups by five dimensions  {:>9.1} ms  {} groups",
        ms(broken_down),
        by_group.groups().len()
    );
    println!("five dimensions / none         {:>9.2}", broken_down.as_secs_f64() / ours.as_secs_f64());
    println!("all measures on two threads    {:>9.1} ms", ms(shared));
    println!("two threads / one              {:>9.2}", shared.as_secs_f64() / ours.as_secs_f64());
    println!("O3.M4 alone                    {:>9.1} ms", ms(one));
    println!("plain program for O3.M4 alone  {:>9.1} ms", ms(theirs));
    println!("plain / all measures           {:>9.2}", theirs.as_secs_f64() / ours.as_secs_f64());
}
