//! What the edge of the C library costs: the same questions from C and from Rust, to the same data, in one run.
//!
//! `cargo bench -p csc-measures-c --bench edge` (or `-- --quick` for a hundredth of it). The library is
//! installed and the program in C built as a user builds it; each answer from C is the answer from Rust, or the
//! run fails.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a bench: a panic is a failed run"
)]

mod authority;

use std::collections::HashMap;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use arrow_array::{BooleanArray, Date32Array, Int32Array, RecordBatch};
use authority::{Random, Rows, median, rows};
use chrono::NaiveDate;
use csc_measures::clock::Clock;
use csc_measures::tables::Table;
use csc_measures::{Calendar, Dataset, Options};
use csc_measures_arrow::add_batches;

/// 1 April 2014, the days to 31 March 2017, and that day.
const FIRST: i32 = 16_161;
const DAYS: i32 = 1_096;
const AS_AT: i32 = 17_256;
const RUNS: usize = 5;
/// A value that is not there, as the header has it.
const NONE: i32 = i32::MIN;

fn main() {
    let is_quick = std::env::args().any(|arg| arg == "--quick" || arg == "--test");
    let (children, visits) = if is_quick { (1_000, 30_000) } else { (100_000, 3_000_000) };
    let (calls, asked) = if is_quick { (100_000, 1_000) } else { (10_000_000, 20_000) };
    let rows = rows(children, visits);
    let mut random = Random(3);
    let ids: Vec<i32> = (0..asked).map(|_| random.below(children as u64)).collect();

    let program = program();
    let given = Path::new(env!("CARGO_TARGET_TMPDIR")).join("edge.columns");
    write(&given, &rows, &ids);
    let empty = Path::new(env!("CARGO_TARGET_TMPDIR")).join("edge.tables");
    fs::write(&empty, tables_without_rows().map(|words| words.join(" ") + "\n").collect::<String>()).unwrap();
    let said = Command::new(&program)
        .args([&given, &empty])
        .args([calls.to_string(), asked.to_string()])
        .env("LD_LIBRARY_PATH", prefix().join("lib"))
        .output()
        .unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let said = String::from_utf8(said.stdout).unwrap();
    let from_c: HashMap<&str, (f64, u64)> = said
        .lines()
        .map(|line| {
            let words: Vec<&str> = line.split(' ').collect();
            (words[0], (words[1].parse().unwrap(), words[2].parse().unwrap()))
        })
        .collect();

    println!("{children} children, {visits} visits         from C      in Rust    ratio");
    let compare = |name: &str, count: usize, ask: &mut dyn FnMut() -> u64| {
        let (time, answer) = median(RUNS, ask);
        let in_rust = time.as_nanos() as f64 / count as f64;
        let (in_c, answer_of_c) = from_c[name];
        assert_eq!(answer_of_c, answer, "`{name}` says otherwise from C");
        println!("{name:<28} {in_c:>10.1} ns {in_rust:>10.1} ns {:>7.2}", in_c / in_rust);
    };

    let calendar = Calendar::england_and_wales();
    let day = |days: i32| NaiveDate::from_epoch_days(days).unwrap();
    let as_at = day(AS_AT);
    let starts = || (0..calls).map(|call| day(black_box(FIRST + call % DAYS)));
    let sum = |days: &mut dyn Iterator<Item = i32>| days.map(|days| u64::from(days.unsigned_abs())).sum();
    let count = calls.unsigned_abs() as usize;
    compare("add_working_days", count, &mut || {
        sum(&mut starts().map(|start| calendar.add_working_days(start, 15).unwrap().to_epoch_days()))
    });
    compare("working_days_between", count, &mut || {
        sum(&mut starts().map(|start| calendar.working_days_between(start, as_at).unwrap()))
    });
    let clock = || Clock::by_id(black_box("cp_visit")).unwrap();
    compare("clock_due", count, &mut || {
        sum(&mut starts().map(|start| clock().due(start, &calendar).unwrap().to_epoch_days()))
    });
    compare("clock_status", count, &mut || {
        sum(&mut starts()
            .map(|start| clock().status(start, None, as_at, &calendar).unwrap().due.to_epoch_days()))
    });

    let tables = tables(&rows);
    let built = || {
        let mut builder = Dataset::builder();
        for (table, batch) in &tables {
            add_batches(&mut builder, table, &batch.schema(), [Ok(batch.clone())]).unwrap();
        }
        for words in tables_without_rows() {
            builder.declare(words[0], &words[1..]).unwrap();
        }
        builder.build()
    };
    compare("tables_by_arrow", visits, &mut || built().person_count() as u64);

    let dataset = built();
    let options = Options::default();
    let text = |person: csc_measures::due::PersonView| serde_json::to_string(&person).unwrap();
    let alone = |id: &i32| text(dataset.person(&id.to_string(), as_at, &options).unwrap());
    let first_bytes = |texts: &mut dyn Iterator<Item = String>| {
        texts.map(|text| u64::from(black_box(text).as_bytes()[0])).sum()
    };
    compare("person", ids.len(), &mut || first_bytes(&mut ids.iter().map(alone)));
    let day = dataset.as_at(as_at, &options).unwrap();
    compare("person_of_a_prepared_day", ids.len(), &mut || {
        first_bytes(&mut ids.iter().map(|id| text(day.person(&id.to_string()).unwrap())))
    });
    let texts = ids.iter().map(alone).fold(0, |hash: u64, text: String| hashed(hash, &text));
    assert_eq!(from_c["texts"].1, texts, "what is due to the children is otherwise from C");
}

fn prefix() -> std::path::PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("edge")
}

/// Installs the library, and builds the program against it.
fn program() -> std::path::PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let installed = Command::new(env!("CARGO"))
        .args(["xtask", "install", "--prefix"])
        .arg(prefix())
        .current_dir(&root)
        .status()
        .unwrap();
    assert!(installed.success(), "the library cannot be installed");
    let flags = Command::new("pkg-config")
        .args(["--cflags", "--libs", "csc_measures"])
        .env("PKG_CONFIG_PATH", prefix().join("lib/pkgconfig"))
        .output()
        .unwrap();
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("edge-from-c");
    let compiled = Command::new("cc")
        .args(["-std=c11", "-Wall", "-Wextra", "-Werror", "-O2", "-o"])
        .arg(&program)
        .arg(root.join("benches/edge/edge.c"))
        .args(String::from_utf8(flags.stdout).unwrap().split_whitespace())
        .status()
        .unwrap();
    assert!(compiled.success(), "the program in C cannot be built");
    program
}

fn write(path: &Path, rows: &Rows, asked: &[i32]) {
    let sizes = [rows.children as i32, rows.visit_person.len() as i32];
    let persons: Vec<i32> = rows.visit_person.iter().map(|id| id.cast_signed()).collect();
    let ends: Vec<i32> = rows.plan_end.iter().map(|end| end.unwrap_or(NONE)).collect();
    let columns: [&[i32]; 6] = [&sizes, &persons, &rows.visit_date, &rows.plan_start, &ends, asked];
    let bytes: Vec<u8> =
        columns.iter().flat_map(|column| column.iter().flat_map(|value| value.to_ne_bytes())).collect();
    fs::write(path, bytes).unwrap();
}

/// The tables that the program in C has.
fn tables(rows: &Rows) -> Vec<(&'static str, RecordBatch)> {
    let numbers = |count: usize| Arc::new(Int32Array::from_iter_values(0..count as i32)) as _;
    let dates = |days: &[i32]| Arc::new(Date32Array::from(days.to_vec())) as _;
    let visits = rows.visit_person.len();
    let persons: Int32Array = rows.visit_person.iter().map(|id| Some(id.cast_signed())).collect();
    let batch = |columns: Vec<(&str, arrow_array::ArrayRef)>| RecordBatch::try_from_iter(columns).unwrap();
    vec![
        ("persons", batch(vec![("person_id", numbers(rows.children))])),
        (
            "cp_plans",
            batch(vec![
                ("cp_plan_id", numbers(rows.children)),
                ("person_id", numbers(rows.children)),
                ("start_date", dates(&rows.plan_start)),
                ("end_date", Arc::new(Date32Array::from(rows.plan_end.clone()))),
            ]),
        ),
        (
            "cp_visits",
            batch(vec![
                ("cp_visit_id", numbers(visits)),
                ("person_id", Arc::new(persons)),
                ("date", dates(&rows.visit_date)),
                ("seen", Arc::new(BooleanArray::from(vec![true; visits]))),
            ]),
        ),
    ]
}

/// The other tables, each a name and its columns.
fn tables_without_rows() -> impl Iterator<Item = Vec<&'static str>> {
    let has_rows = |table: &Table| matches!(table, Table::Persons | Table::CpPlans | Table::CpVisits);
    Table::ALL.iter().filter(move |table| !has_rows(table)).map(|table| {
        std::iter::once(table.name()).chain(table.columns().iter().map(|column| column.name)).collect()
    })
}

/// FNV-1a, from wherever it stands.
fn hashed(hash: u64, text: &str) -> u64 {
    text.bytes().fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
