//! What is due to one child as at today, and to everybody: a screen asks for one, a morning's list for all.
//!
//! `cargo bench -p csc-measures --bench due` (or `-- --quick` for a hundredth of it). Before it times, it
//! checks that the children asked one by one owe what the list has. The rival is the simplest program for one
//! clock, the next visit to a child on a plan, over visits that lie by child already.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a bench: a panic is a failed run"
)]

mod authority;

use std::collections::HashMap;
use std::hint::black_box;

use authority::{Random, dataset, median, ms, rows};
use chrono::NaiveDate;
use csc_measures::due::DueFilter;
use csc_measures::{Calendar, Options};

fn main() {
    let is_quick = std::env::args().any(|arg| arg == "--quick" || arg == "--test");
    let (children, visits) = if is_quick { (1_000, 100_000) } else { (100_000, 10_000_000) };
    let (runs, asked) = if is_quick { (1, 1_000) } else { (5, 20_000) };
    let rows = rows(children, visits);
    let dataset = dataset(&rows);
    let day = NaiveDate::from_ymd_opt(2017, 3, 31).unwrap();
    let options = Options::default();
    let as_at = dataset.as_at(day, &options).unwrap();

    let (whole, list) = median(runs, || as_at.due_list(&DueFilter::default()).unwrap());
    let one_by_one: usize = (0..children)
        .map(|id| as_at.person(&id.to_string()).map_or(0, |child| child.obligations.len()))
        .sum();
    assert_eq!(one_by_one, list.obligations.len(), "the list is not what the children owe");

    let mut random = Random(3);
    let ids: Vec<String> = (0..asked).map(|_| random.below(children as u64).to_string()).collect();
    let each = |time: std::time::Duration| time.as_nanos() as f64 / asked as f64;
    let (alone, _) = median(runs, || {
        ids.iter().for_each(|id| drop(black_box(dataset.person(id, day, &options).unwrap())));
    });
    let (prepared, _) = median(runs, || {
        ids.iter().for_each(|id| drop(black_box(as_at.person(id).unwrap())));
    });
    let (text, _) = median(runs, || {
        ids.iter().for_each(|id| {
            drop(black_box(serde_json::to_string(&as_at.person(id).unwrap()).unwrap()));
        });
    });

    let mut by_child: HashMap<String, Vec<i32>> = HashMap::new();
    for (person, date) in rows.visit_person.iter().zip(&rows.visit_date) {
        by_child.entry(person.to_string()).or_default().push(*date);
    }
    let calendar = Calendar::england_and_wales();
    let today = day.to_epoch_days();
    let (plain, _) = median(runs, || {
        for id in &ids {
            let last = by_child.get(id).and_then(|dates| dates.iter().filter(|date| **date <= today).max());
            let due =
                last.map(|last| calendar.add_working_days(NaiveDate::from_epoch_days(*last).unwrap(), 20));
            black_box(due.map(|due| due.unwrap().to_string()));
        }
    });

    println!("{children} children, {visits} visits, {} obligations", list.obligations.len());
    println!(
        "the whole due list             {:>9.1} ms  {:>6.0} ns a child",
        ms(whole),
        whole.as_nanos() as f64 / children as f64
    );
    println!("one child                      {:>9.0} ns", each(alone));
    println!("one child, the day prepared    {:>9.0} ns", each(prepared));
    println!("the same as JSON               {:>9.0} ns", each(text));
    println!("plain program for visits alone {:>9.0} ns", each(plain));
    println!("one child / plain              {:>9.2}", alone.as_secs_f64() / plain.as_secs_f64());
}
