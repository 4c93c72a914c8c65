//! Visits from Arrow, as pandas and as Polars hand them over: ids as text and as dictionaries, shuffled and sorted
//! by child.
//!
//! `cargo bench -p csc-measures-arrow --bench arrow` (or `-- --quick`). Before it times, it checks that every row
//! is used, without an issue. The rival only reads the same bytes into typed columns, without a check of any kind:
//! ids hashed, dates as days, flags as bytes. Times are of the processor if Linux reports them, else of the clock;
//! memory is the peak beyond the arrays, if Linux reports it.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a bench: a panic is a failed run"
)]
#![allow(unsafe_code, reason = "the bench is the other side of the C data interface")]

use std::fs;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Int32Type, TimestampMicrosecondType, UInt32Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, DictionaryArray, Int32Array, LargeStringArray, RecordBatch,
    StringArray, StringViewArray, TimestampMicrosecondArray, UInt32Array,
};
use arrow_schema::DataType;
use csc_measures::Dataset;
use csc_measures_arrow::interface::{add_stream, export_stream};

/// Who made the arrays.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Make {
    /// Large text, timestamps, dictionaries with signed keys.
    Pandas,
    /// Views, dates, dictionaries with unsigned keys.
    Polars,
}

/// The visits of so many children.
fn visits(make: Make, is_keyed: bool, is_sorted: bool, rows: usize, children: usize) -> RecordBatch {
    let mut state = 1_u64;
    let mut random = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    let mut persons: Vec<usize> = (0..rows).map(|_| random() % children).collect();
    if is_sorted {
        persons.sort_unstable();
    }
    let days: Vec<i32> = (0..rows).map(|_| 16_161 + i32::try_from(random() % 1_096).unwrap()).collect();
    let ids = (0..rows).map(|row| format!("CV{row:08}"));
    let person = |number: usize| format!("P{number:06}");
    let (ids, dates): (ArrayRef, ArrayRef) = match make {
        Make::Pandas => (
            Arc::new(LargeStringArray::from_iter_values(ids)),
            Arc::new(TimestampMicrosecondArray::from_iter_values(
                days.iter().map(|day| i64::from(*day) * 86_400_000_000),
            )),
        ),
        Make::Polars => (Arc::new(StringViewArray::from_iter_values(ids)), Arc::new(Date32Array::from(days))),
    };
    let distinct = || Arc::new(StringArray::from_iter_values((0..children).map(person)));
    let keys = || persons.iter().map(|person| u32::try_from(*person).unwrap());
    let persons: ArrayRef = match (make, is_keyed) {
        (Make::Pandas, false) => {
            Arc::new(LargeStringArray::from_iter_values(persons.iter().map(|n| person(*n))))
        }
        (Make::Polars, false) => {
            Arc::new(StringViewArray::from_iter_values(persons.iter().map(|n| person(*n))))
        }
        (Make::Pandas, true) => {
            let keys = Int32Array::from_iter_values(keys().map(|key| i32::try_from(key).unwrap()));
            Arc::new(DictionaryArray::<Int32Type>::new(keys, distinct()))
        }
        (Make::Polars, true) => {
            Arc::new(DictionaryArray::<UInt32Type>::new(UInt32Array::from_iter_values(keys()), distinct()))
        }
    };
    let flags = |nth: usize| Arc::new((0..rows).map(|row| Some(row % nth > 0)).collect::<BooleanArray>());
    RecordBatch::try_from_iter([
        ("cp_visit_id", ids),
        ("person_id", persons),
        ("date", dates),
        ("seen", flags(50) as _),
        ("seen_alone", flags(3) as _),
    ])
    .unwrap()
}

fn build(batch: &RecordBatch) -> Dataset {
    let mut stream = export_stream(batch.clone());
    let mut builder = Dataset::builder();
    // SAFETY: the stream was exported a line above, and nobody else has it.
    unsafe { add_stream(&mut builder, "cp_visits", &raw mut stream) }.unwrap();
    builder.build()
}

fn hash(text: &[u8]) -> u64 {
    let (words, rest) = text.as_chunks::<8>();
    let words = words.iter().map(|word| u64::from_le_bytes(*word));
    let rest = rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
    words
        .chain([rest])
        .fold(0_u64, |hash, word| (hash.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

/// Typed columns of the visits, read without a check.
fn scan(batch: &RecordBatch) -> (Vec<u64>, Vec<u64>, Vec<i32>, Vec<[u8; 2]>) {
    let ids = |array: &ArrayRef| -> Vec<u64> {
        match array.data_type() {
            DataType::LargeUtf8 => {
                array.as_string::<i64>().iter().map(|id| hash(id.unwrap().as_bytes())).collect()
            }
            DataType::Utf8View => {
                array.as_string_view().iter().map(|id| hash(id.unwrap().as_bytes())).collect()
            }
            _ => {
                let keyed = array.as_any_dictionary();
                let distinct: Vec<u64> =
                    keyed.values().as_string::<i32>().iter().map(|id| hash(id.unwrap().as_bytes())).collect();
                match keyed.keys().as_primitive_opt::<Int32Type>() {
                    Some(keys) => {
                        keys.values().iter().map(|key| distinct[usize::try_from(*key).unwrap()]).collect()
                    }
                    None => keyed
                        .keys()
                        .as_primitive::<UInt32Type>()
                        .values()
                        .iter()
                        .map(|key| distinct[*key as usize])
                        .collect(),
                }
            }
        }
    };
    let dates = match batch.column(2).as_primitive_opt::<Date32Type>() {
        Some(days) => days.values().to_vec(),
        None => {
            let instants = batch.column(2).as_primitive::<TimestampMicrosecondType>();
            instants.values().iter().map(|at| i32::try_from(at.div_euclid(86_400_000_000)).unwrap()).collect()
        }
    };
    let (seen, alone) = (batch.column(3).as_boolean(), batch.column(4).as_boolean());
    let flags =
        (0..batch.num_rows()).map(|row| [u8::from(seen.value(row)), u8::from(alone.value(row))]).collect();
    (ids(batch.column(0)), ids(batch.column(1)), dates, flags)
}

/// Processor seconds of this process; of the clock if the system does not report them.
fn seconds(start: Instant) -> f64 {
    let told = || {
        let stat = fs::read_to_string("/proc/self/schedstat").ok()?;
        Some(stat.split_whitespace().next()?.parse::<f64>().ok()? / 1e9)
    };
    told().unwrap_or_else(|| start.elapsed().as_secs_f64())
}

/// A size of the process in bytes, such as the greatest so far.
fn size(which: &str) -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(which))?;
    Some(line.trim_start_matches(':').trim().trim_end_matches("kB").trim().parse::<f64>().ok()? * 1024.0)
}

/// The median of nanoseconds a row.
fn time<T>(rows: usize, runs: usize, mut work: impl FnMut() -> T) -> f64 {
    let start = Instant::now();
    let mut each: Vec<f64> = (0..runs)
        .map(|_| {
            let before = seconds(start);
            let made = black_box(work());
            let after = seconds(start);
            drop(made);
            (after - before) * 1e9 / rows as f64
        })
        .collect();
    each.sort_by(f64::total_cmp);
    each[runs / 2]
}

fn main() {
    let is_quick = std::env::args().any(|arg| arg == "--quick" || arg == "--test");
    // `-- "Pandas, text"` times those alone.
    let only = std::env::args().skip(1).find(|arg| !arg.starts_with("--"));
    let (rows, children, runs) = if is_quick { (50_000, 1_000, 1) } else { (10_000_000, 100_000, 3) };
    println!("{rows} visits to {children} children; ns of CPU a row, and bytes a row at the peak");
    println!("{:<32} {:>9} {:>9} {:>9} {:>9}", "", "a dataset", "rival", "ratio", "bytes");
    for make in [Make::Pandas, Make::Polars] {
        for is_keyed in [false, true] {
            for is_sorted in [false, true] {
                let what = format!(
                    "{make:?}, {}, {}",
                    if is_keyed { "dictionary" } else { "text" },
                    if is_sorted { "sorted" } else { "shuffled" }
                );
                if only.as_ref().is_some_and(|only| !what.contains(only.as_str())) {
                    continue;
                }
                let batch = visits(make, is_keyed, is_sorted, rows, children);
                // A reset of the peak; without it the peak is that of the whole run.
                let _ = fs::write("/proc/self/clear_refs", "5");
                let before = size("VmRSS");
                let dataset = build(&batch);
                let peak = size("VmHWM").zip(before).map(|(peak, before)| (peak - before) / rows as f64);
                assert_eq!((dataset.tables()[0].used, dataset.issues().len()), (rows as u64, 0));
                assert_eq!(
                    dataset.person_count(),
                    scan(&batch).1.iter().collect::<std::collections::HashSet<_>>().len()
                );
                drop(dataset);
                if is_quick {
                    // So few rows take less time than the system tells.
                    println!("{what:<32} checked");
                    continue;
                }
                let ours = time(rows, runs, || build(&batch));
                let rival = time(rows, runs, || scan(&batch));
                println!(
                    "{what:<32} {ours:>9.1} {rival:>9.1} {:>9.2} {:>9}",
                    ours / rival,
                    peak.map_or("-".to_owned(), |peak| format!("{peak:.0}"))
                );
            }
        }
    }
}
