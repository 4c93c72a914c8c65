//! Folders of CSV and of Parquet files: the persons, child protection plans and visits of an authority, read from
//! disk into a dataset.
//!
//! `cargo bench -p csc-measures-files --bench folders` (or `-- --quick`). Before it times, it checks that every row
//! is used, without an issue, that the rivals read as many rows and the same sum of days, and that the datasets of
//! both folders have the figures of the columns that the files were written from. The rivals only read the same
//! bytes into typed columns, without a check of any kind: the csv crate its records, the parquet crate its batches
//! of Arrow. Rounds alternate between the reader and its rival. Times are of the processor if Linux reports them,
//! else of the clock; memory is the peak of a process that does nothing else, if Linux reports it.
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

use std::fs::{self, File};
use std::hint::black_box;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Date32Type;
use arrow_array::{ArrayRef, BooleanArray, Date32Array, RecordBatch, StringArray};
use arrow_schema::DataType;
use chrono::NaiveDate;
use csc_measures::{Chunk, Dataset, MeasureResult, Options, Scalar};
use csc_measures_files::read_folder;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

/// A column of the authority.
enum Column {
    Id(Vec<String>),
    Date(Vec<Option<i32>>),
    Flag(Vec<bool>),
}

/// A table of the authority: its name, and its columns by name.
type Table = (&'static str, Vec<(&'static str, Column)>);

/// Children with a plan each, and their visits.
fn tables(children: usize, visits: usize) -> Vec<Table> {
    let rows = authority::rows(children, visits);
    let ids = |of: &str, count: usize| Column::Id((0..count).map(|row| format!("{of}{row:08}")).collect());
    let born = rows.plan_start.iter().map(|start| Some(start - 3_000)).collect();
    let starts = rows.plan_start.iter().copied().map(Some).collect();
    let persons = rows.visit_person.iter().map(|person| format!("P{person:08}")).collect();
    let dates = rows.visit_date.iter().copied().map(Some).collect();
    vec![
        ("persons", vec![("person_id", ids("P", children)), ("date_of_birth", Column::Date(born))]),
        (
            "cp_plans",
            vec![
                ("cp_plan_id", ids("CP", children)),
                ("person_id", ids("P", children)),
                ("start_date", Column::Date(starts)),
                ("end_date", Column::Date(rows.plan_end)),
            ],
        ),
        (
            "cp_visits",
            vec![
                ("cp_visit_id", ids("CV", visits)),
                ("person_id", Column::Id(persons)),
                ("date", Column::Date(dates)),
                ("seen", Column::Flag(vec![true; visits])),
                ("seen_alone", Column::Flag((0..visits).map(|row| row % 3 > 0).collect())),
            ],
        ),
    ]
}

fn rows(columns: &[(&str, Column)]) -> usize {
    match &columns[0].1 {
        Column::Id(ids) => ids.len(),
        Column::Date(days) => days.len(),
        Column::Flag(flags) => flags.len(),
    }
}

fn write_csv(folder: &Path, (name, columns): &Table) {
    let mut file = BufWriter::new(File::create(folder.join(format!("{name}.csv"))).unwrap());
    let header: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    write!(file, "{}", header.join(",")).unwrap();
    for row in 0..rows(columns) {
        for (place, (_, column)) in columns.iter().enumerate() {
            file.write_all(if place == 0 { b"\n" } else { b"," }).unwrap();
            match column {
                Column::Id(ids) => file.write_all(ids[row].as_bytes()).unwrap(),
                Column::Date(days) => {
                    let date = days[row].map(|day| NaiveDate::from_epoch_days(day).unwrap().to_string());
                    file.write_all(date.unwrap_or_default().as_bytes()).unwrap();
                }
                Column::Flag(flags) => write!(file, "{}", flags[row]).unwrap(),
            }
        }
    }
    file.write_all(b"\n").unwrap();
    file.flush().unwrap();
}

fn write_parquet(folder: &Path, (name, columns): &Table) {
    let arrays = columns.iter().map(|(name, column)| {
        let array: ArrayRef = match column {
            Column::Id(ids) => Arc::new(StringArray::from_iter_values(ids)),
            Column::Date(days) => Arc::new(Date32Array::from(days.clone())),
            Column::Flag(flags) => Arc::new(BooleanArray::from(flags.clone())),
        };
        (*name, array, true)
    });
    let batch = RecordBatch::try_from_iter_with_nullable(arrays).unwrap();
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let file = File::create(folder.join(format!("{name}.parquet"))).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

/// The dataset of the columns themselves, by no file.
fn of_columns(tables: &[Table]) -> Dataset {
    let mut builder = Dataset::builder();
    for (name, columns) in tables {
        let header: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        let mut given = csc_measures::Rows::new(columns.len());
        for row in 0..rows(columns) {
            given.push(columns.iter().map(|(_, column)| match column {
                Column::Id(ids) => Scalar::Text(&ids[row]),
                Column::Date(days) => days[row].map_or(Scalar::Null, Scalar::Day),
                Column::Flag(flags) => Scalar::Flag(flags[row]),
            }));
        }
        let chunk = Chunk { rows: rows(columns), columns: &given.columns(), bad_rows: &[] };
        builder.table(name, &header).unwrap().chunk(&chunk).unwrap();
    }
    builder.build()
}

/// What two readings of the same rows have in common.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Sums {
    rows: u64,
    days: i64,
}

/// A column as the plain reading of CSV has it.
enum Plain {
    /// The texts one after another, and where each ends.
    Id(Vec<u8>, Vec<usize>),
    Date(Vec<Option<i32>>),
    Flag(Vec<bool>),
}

/// Typed columns of a folder of CSV files, read without a check.
fn scan_csv(folder: &Path, tables: &[Table]) -> Vec<Vec<Plain>> {
    let number = |text: &[u8]| text.iter().fold(0, |number, digit| number * 10 + u32::from(*digit - b'0'));
    let day = |text: &[u8]| {
        let (year, month, day) = (number(&text[..4]), number(&text[5..7]), number(&text[8..]));
        NaiveDate::from_ymd_opt(year as i32, month, day).unwrap().to_epoch_days()
    };
    let read = |(name, columns): &Table| {
        let mut plain: Vec<Plain> = columns
            .iter()
            .map(|(_, column)| match column {
                Column::Id(_) => Plain::Id(Vec::new(), Vec::new()),
                Column::Date(_) => Plain::Date(Vec::new()),
                Column::Flag(_) => Plain::Flag(Vec::new()),
            })
            .collect();
        let path = folder.join(format!("{name}.csv"));
        let mut reader = csv::ReaderBuilder::new().buffer_capacity(1 << 16).from_path(path).unwrap();
        let mut record = csv::ByteRecord::new();
        while reader.read_byte_record(&mut record).unwrap() {
            for (field, column) in record.iter().zip(&mut plain) {
                match column {
                    Plain::Id(texts, ends) => {
                        texts.extend_from_slice(field);
                        ends.push(texts.len());
                    }
                    Plain::Date(days) => days.push((!field.is_empty()).then(|| day(field))),
                    Plain::Flag(flags) => flags.push(field == b"true"),
                }
            }
        }
        plain
    };
    tables.iter().map(read).collect()
}

/// Batches of Arrow of a folder of Parquet files.
fn scan_parquet(folder: &Path, tables: &[Table]) -> Vec<RecordBatch> {
    let read = |(name, _): &Table| {
        let file = File::open(folder.join(format!("{name}.parquet"))).unwrap();
        let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().with_batch_size(1 << 16);
        reader.build().unwrap().map(Result::unwrap)
    };
    tables.iter().flat_map(read).collect()
}

fn sums_of_tables(tables: &[Table]) -> Sums {
    let days = tables.iter().flat_map(|(_, columns)| columns).map(|(_, column)| match column {
        Column::Date(days) => days.iter().flatten().map(|day| i64::from(*day)).sum(),
        Column::Id(_) | Column::Flag(_) => 0,
    });
    Sums { rows: tables.iter().map(|(_, columns)| rows(columns) as u64).sum(), days: days.sum() }
}

fn sums_of_csv(tables: &[Vec<Plain>]) -> Sums {
    let mut sums = Sums { rows: 0, days: 0 };
    for columns in tables {
        let mut counts = columns.iter().map(|column| match column {
            Plain::Id(_, ends) => ends.len(),
            Plain::Date(days) => days.len(),
            Plain::Flag(flags) => flags.len(),
        });
        let rows = counts.next().unwrap();
        assert!(counts.all(|count| count == rows), "columns differ in their rows");
        sums.rows += rows as u64;
        for column in columns {
            if let Plain::Date(days) = column {
                sums.days += days.iter().flatten().map(|day| i64::from(*day)).sum::<i64>();
            }
        }
    }
    sums
}

fn sums_of_parquet(batches: &[RecordBatch]) -> Sums {
    let dates = batches.iter().flat_map(RecordBatch::columns);
    let dates = dates.filter(|column| *column.data_type() == DataType::Date32);
    let days = dates.flat_map(|column| column.as_primitive::<Date32Type>()).flatten();
    Sums { rows: batches.iter().map(|batch| batch.num_rows() as u64).sum(), days: days.map(i64::from).sum() }
}

/// The figures of visits in a year of a dataset, whose rows are all used, without an issue.
fn figures(dataset: &Dataset, sums: Sums, children: usize) -> Vec<MeasureResult> {
    assert!(dataset.issues().is_empty(), "{:?}", dataset.issues());
    let used: u64 = dataset.tables().iter().map(|table| table.used).sum();
    assert_eq!((used, dataset.person_count()), (sums.rows, children), "not every row is used");
    let mut options = Options::default();
    options.measures = Some(vec!["O3.M4".to_owned()]);
    let card = dataset.scorecard("2016-04".parse().unwrap(), "2017-03".parse().unwrap(), &options).unwrap();
    assert!(card.results().iter().all(|result| result.numerator.is_some()), "a month has no figure");
    card.results().to_vec()
}

/// The time of a piece of work, in nanoseconds of the processor.
fn time(work: impl FnOnce()) -> f64 {
    let start = processor::now();
    work();
    (processor::now() - start) as f64
}

/// The medians of the times of a reader and of its rival, over rounds in which each has its turn.
fn medians(rounds: usize, ours: impl Fn(), rival: impl Fn()) -> (f64, f64) {
    let (mut our_times, mut their_times): (Vec<f64>, Vec<f64>) =
        (0..rounds).map(|_| (time(&ours), time(&rival))).unzip();
    our_times.sort_by(f64::total_cmp);
    their_times.sort_by(f64::total_cmp);
    (our_times[rounds / 2], their_times[rounds / 2])
}

/// The four readings, by what a process of its own is asked for.
fn read(what: &str, folder: &Path) {
    let kinds = tables(0, 0);
    match what {
        "csv" | "parquet" => drop(black_box(read_folder(folder).unwrap())),
        "plain-csv" => drop(black_box(scan_csv(folder, &kinds))),
        "plain-parquet" => drop(black_box(scan_parquet(folder, &kinds))),
        _ => unreachable!("{what} is not a reading"),
    }
}

/// The peak of the memory of a reading, in a process where nothing was before: in bytes a visit.
fn peak(what: &str, folder: &Path, visits: usize) -> String {
    let mut program = Command::new(std::env::current_exe().unwrap());
    let output = program.arg("--peak").arg(what).arg(folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let peak = String::from_utf8(output.stdout).unwrap().trim().parse::<usize>();
    peak.map_or("-".to_owned(), |peak| (peak / visits).to_string())
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, what, folder] = &arguments[..]
        && flag == "--peak"
    {
        let ((), peak) = processor::peak(|| read(what, Path::new(folder)));
        println!("{}", peak.map_or(String::new(), |peak| peak.to_string()));
        return;
    }
    let is_quick = arguments.iter().any(|arg| arg == "--quick" || arg == "--test");
    let (children, visits) = if is_quick { (500, 50_000) } else { (100_000, 10_000_000) };
    let folder = tempfile::tempdir().unwrap();
    let (csv, parquet) = (folder.path().join("csv"), folder.path().join("parquet"));
    fs::create_dir(&csv).unwrap();
    fs::create_dir(&parquet).unwrap();

    let written = tables(children, visits);
    let sums = sums_of_tables(&written);
    for table in &written {
        write_csv(&csv, table);
        write_parquet(&parquet, table);
    }
    let expected = figures(&of_columns(&written), sums, children);
    drop(written);
    for (what, folder) in [("CSV", &csv), ("Parquet", &parquet)] {
        let dataset = read_folder(folder).unwrap();
        assert!(figures(&dataset, sums, children) == expected, "{what}: the figures differ");
    }
    let kinds = tables(0, 0);
    assert_eq!(sums_of_csv(&scan_csv(&csv, &kinds)), sums, "the plain reading of CSV reads something else");
    let batches = scan_parquet(&parquet, &kinds);
    assert_eq!(sums_of_parquet(&batches), sums, "the plain reading of Parquet reads something else");
    drop(batches);

    println!("{children} children, {visits} visits, {} rows in {} tables", sums.rows, kinds.len());
    if is_quick {
        // So few rows take less time than the system tells.
        println!("checked; peak of CSV {} bytes a visit", peak("csv", &csv, visits));
        return;
    }
    println!("         a dataset   typed columns   ratio   peak: a dataset   typed columns");
    println!("              ns a row                              bytes a visit");
    for (what, kind, plain, folder) in
        [("CSV", "csv", "plain-csv", &csv), ("Parquet", "parquet", "plain-parquet", &parquet)]
    {
        let (ours, rival) = medians(5, || read(kind, folder), || read(plain, folder));
        println!(
            "{what:<8} {:>9.1} {:>15.1} {:>7.2} {:>17} {:>15}",
            ours / sums.rows as f64,
            rival / sums.rows as f64,
            ours / rival,
            peak(kind, folder, visits),
            peak(plain, folder, visits)
        );
    }
}
