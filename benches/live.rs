//! One child's rows replaced in a dataset of many: what a screen waits for after a visit was recorded.
//!
//! `cargo bench -p csc-measures --bench live` (or `-- --quick`). Before it times, it checks that a child whose rows were
//! replaced owes what they owe in a dataset of their own. The time is that of the processor; the rows are in their
//! builder when it begins, and beside it stands the time in which the builder takes them.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a bench: a panic is a failed run"
)]

mod authority;
mod processor;

use authority::{Random, child, dataset, rows};
use chrono::NaiveDate;
use csc_measures::due::DueFilter;
use csc_measures::{Dataset, Options};

/// How often many are replaced.
const BATCHES: u32 = 5;

fn main() {
    let is_quick = std::env::args().any(|arg| arg == "--quick" || arg == "--test");
    let sizes: &[usize] = if is_quick { &[1_000] } else { &[1_000, 10_000, 100_000] };
    let (replaced, many) = if is_quick { (200, 2_000) } else { (2_000, 100_000) };
    let day = NaiveDate::from_ymd_opt(2017, 3, 31).unwrap();
    let options = Options::default();
    for children in sizes.iter().copied() {
        let rows = rows(children, children * 20);
        let whole = dataset(&rows);
        let mut random = Random(4);
        let as_at = |dataset: &Dataset, id: u32| dataset.person(&id.to_string(), day, &options).unwrap();

        let live = whole.with_person(child(0, 1, &mut random)).unwrap();
        let alone = child(0, 1, &mut Random(4)).build();
        assert_eq!(as_at(&live, 0).obligations.len(), as_at(&alone, 0).obligations.len());

        // Each replaces another child, and all the datasets in between go. The clock of the processor moves in steps, so
        // it is asked about many at a time.
        let (mut filling, mut replacing, mut asking) = (0, 0, 0);
        let mut dataset = whole.clone();
        for batch in 0..BATCHES {
            let ids: Vec<u32> = (0..replaced).map(|_| random.below(children as u64) as u32).collect();
            let began = processor::now();
            let given: Vec<_> = ids.iter().map(|id| child(*id, batch, &mut random)).collect();
            filling += processor::now() - began;
            let began = processor::now();
            for rows in given {
                dataset = dataset.with_person(rows).unwrap();
            }
            replacing += processor::now() - began;
            let began = processor::now();
            ids.iter().for_each(|id| drop(std::hint::black_box(as_at(&dataset, *id))));
            asking += processor::now() - began;
        }
        let us = |nanoseconds: u64| nanoseconds as f64 / 1e3;
        let each = |nanoseconds: u64| us(nanoseconds) / f64::from(BATCHES * replaced);
        println!(
            "{children} children: a replacement {:.1} us, its builder filled {:.1} us, the child's screen {:.1} us",
            each(replacing),
            each(filling),
            each(asking),
        );

        for of in [1, 1_000] {
            let mut memory = Vec::new();
            let mut dataset = whole.clone();
            for run in 0..2 {
                let ((), peak) = processor::peak(|| {
                    for step in 0..many {
                        let id = random.below(of) as u32;
                        dataset = dataset.with_person(child(id, run * many + step, &mut random)).unwrap();
                    }
                });
                memory.extend(peak.map(|bytes| format!("{:.1} MB", bytes as f64 / 1e6)));
            }
            println!(
                "  {many} replacements of {of} children, twice over: memory at the peak grew by {}",
                memory.join(", then by ")
            );
        }
        let began = processor::now();
        let list = dataset.due_list(day, &options, &DueFilter::default()).unwrap();
        let live = processor::now() - began;
        let began = processor::now();
        let of_whole = whole.due_list(day, &options, &DueFilter::default()).unwrap();
        let as_built = processor::now() - began;
        println!(
            "  the due list: {:.1} ms of {} obligations, as it was built {:.1} ms of {}",
            us(live) / 1e3,
            list.obligations.len(),
            us(as_built) / 1e3,
            of_whole.obligations.len(),
        );
    }
}
