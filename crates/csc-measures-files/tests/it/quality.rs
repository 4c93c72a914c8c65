//! Which cases the issues of the data touch, beside a slow count that reads the files and the explanations by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use chrono::NaiveDate;
use csc_measures::measures::{InputKind, Measure};
use csc_measures::quality::{Quality, QualityDays};
use csc_measures::tables::{Need, Table};
use csc_measures::{Dataset, IssueCode, Month, Options, Outcome, Plan, Policy};
use csc_measures_files::{add_csv, read_folder};
use serde_json::{Value, json};

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/data/sample-authority")
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// The rows of a file, by the names of its header; rows of other widths are left away.
type Rows = Vec<BTreeMap<String, String>>;

/// The tables of the sample authority, in which every so-many-th row is spoilt.
struct Spoilt {
    tables: BTreeMap<String, Rows>,
    dataset: Dataset,
}

/// The table, the column, every how many rows, and what is written there.
const SLIPS: [(&str, &str, usize, &str); 8] = [
    ("cp_visits", "seen", 37, "perhaps"),
    ("assessments", "start_date", 41, "soon"),
    ("workers", "fte", 5, "much"),
    ("complaints", "made_by_child", 7, "perhaps"),
    ("complaints", "stage", 9, "7"),
    ("cla_placements", "distance_miles", 11, "far"),
    ("legal_statuses", "legal_status", 13, "Z9"),
    ("referrals", "person_id", 97, ""),
];

/// Every how many persons one has no row.
const LOST: usize = 29;

fn spoilt() -> Spoilt {
    let (mut tables, mut builder) = (BTreeMap::new(), Dataset::builder());
    for table in Table::ALL {
        let Ok(text) = fs::read(sample().join(format!("{table}.csv"))) else { continue };
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(&text[..]);
        let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&header).unwrap();
        let mut rows = Rows::new();
        for (number, record) in reader.records().enumerate() {
            let record = record.unwrap();
            let is_lost = *table == Table::Persons && number % LOST == 0;
            if record.len() != header.len() || is_lost {
                continue;
            }
            let mut row: BTreeMap<String, String> =
                header.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
            for (of, column, every, slip) in SLIPS {
                if of == table.name() && number % every == 0 {
                    row.insert(column.to_owned(), slip.to_owned());
                }
            }
            writer.write_record(header.iter().map(|name| &row[name])).unwrap();
            rows.push(row);
        }
        add_csv(&mut builder, table.name(), &writer.into_inner().unwrap()).unwrap();
        tables.insert(table.name().to_owned(), rows);
    }
    Spoilt { tables, dataset: builder.build() }
}

/// Whether a condition such as `visit_sources = any` holds of the policies, which are read as JSON.
fn holds(condition: &str, policy: &Policy) -> bool {
    let policy = serde_json::to_value(policy).unwrap();
    let is = |found: &Value, word: &str| {
        *found == json!(word) || serde_json::from_str(word).is_ok_and(|word: Value| word == *found)
    };
    condition.split(" and ").all(|condition| match condition.split_once(" = ") {
        Some((key, values)) => values.split(" | ").any(|value| is(&policy[key], value)),
        None => match condition.split_once(' ').unwrap() {
            (key, "named") => policy[key] != json!([]),
            (key, "not all") => policy[key] != json!(["all"]),
            _ => panic!("{condition}"),
        },
    })
}

/// The columns that a measure reads, as `table.column`, by what it says of its inputs.
fn reads(measure: Measure) -> BTreeSet<String> {
    let mut read = BTreeSet::new();
    let policy = Policy::default();
    for input in measure.definition().inputs {
        if input.when.is_some_and(|when| !holds(when.as_str(), &policy)) {
            continue;
        }
        for name in input.alternatives() {
            let table = Table::by_name(name.split('.').next().unwrap()).unwrap();
            let is_whole = matches!(input.kind, InputKind::Needed | InputKind::Optional);
            let always = table.columns().iter().filter(|column| {
                column.need != Need::Optional || is_whole && ["end_date", "seen"].contains(&column.name)
            });
            read.extend(always.map(|column| format!("{table}.{}", column.name)));
            read.extend(input.columns.iter().map(|column| format!("{table}.{column}")));
            if input.kind == InputKind::NeededColumn {
                read.insert(name.to_owned());
            }
        }
    }
    read
}

/// The touched cases of a kind: by row of the plan and month how many, of which unknown, of how many.
type Cases = BTreeMap<(String, String), (u64, u64, u64)>;

fn found(quality: &Quality, table: &str, column: &str, code: IssueCode) -> Cases {
    let is_it = |kind: &&csc_measures::quality::IssueKind| {
        (kind.table.name(), kind.column, kind.code) == (table, Some(column), code)
    };
    let kinds: Vec<_> = quality.issues.iter().filter(is_it).collect();
    assert_eq!(kinds.len(), 1, "{table}.{column} {code:?}");
    let mut cases = Cases::new();
    for touched in &kinds[0].measures {
        for of in &touched.months {
            let key = (touched.measure.to_string(), of.month.to_string());
            assert!(cases.insert(key, (of.cases, of.unknown, of.of)).is_none());
        }
    }
    cases
}

#[test]
fn the_touched_cases_are_those_of_a_slow_count() {
    let Spoilt { tables, dataset } = spoilt();
    let (from, to) = (month("2019-10"), month("2020-03"));
    let mut days = QualityDays::default();
    (days.from, days.to) = (Some(from), Some(to));
    let quality = dataset.quality(&days, &Options::default()).unwrap();
    let card = dataset.scorecard(from, to, &Options::default()).unwrap();

    // By row of the plan and month the subjects of the cases, and whether they are unknown.
    let mut cases: BTreeMap<(String, String), Vec<(String, bool)>> = BTreeMap::new();
    for row in Plan::worcestershire_2017().rows() {
        for step in 0..=to.since(from) {
            let month = from.plus(step);
            if card.result(row.id(), month).is_none() {
                continue;
            }
            let of = card.cases(row.id(), month).unwrap();
            let of = of.iter().map(|case| (case.subject.clone(), case.outcome == Outcome::Unknown));
            cases.insert((row.id().to_string(), month.to_string()), of.collect());
        }
    }

    let known: BTreeSet<&str> = tables["persons"].iter().map(|row| row["person_id"].trim()).collect();
    let is_flag = |text: &str| {
        let words = ["y", "n", "yes", "no", "true", "false", "t", "f", "1", "0", "on", "off", ""];
        words.contains(&text.trim().to_lowercase().as_str())
    };
    let is_date = |text: &str| text.trim().is_empty() || text.trim().parse::<NaiveDate>().is_ok();
    let is_number = |text: &str| text.trim().is_empty() || text.trim().parse::<f64>().is_ok();
    type IsFaulty<'a> = &'a dyn Fn(&BTreeMap<String, String>) -> bool;
    // Table, column, code, whose the rows are, whether they are left out, and which they are.
    type Kind<'a> = (&'a str, &'a str, IssueCode, &'a str, bool, IsFaulty<'a>);
    let kinds: [Kind<'_>; 8] = [
        ("cp_visits", "seen", IssueCode::BadValue, "person_id", false, &|row| !is_flag(&row["seen"])),
        ("assessments", "start_date", IssueCode::BadDate, "person_id", true, &|row| {
            !is_date(&row["start_date"])
        }),
        ("workers", "fte", IssueCode::BadValue, "worker_id", false, &|row| !is_number(&row["fte"])),
        ("complaints", "made_by_child", IssueCode::BadValue, "complaint_id", false, &|row| {
            !is_flag(&row["made_by_child"])
        }),
        ("complaints", "stage", IssueCode::BadValue, "complaint_id", true, &|row| row["stage"] == "7"),
        ("cla_placements", "distance_miles", IssueCode::BadValue, "person_id", false, &|row| {
            !is_number(&row["distance_miles"])
        }),
        ("legal_statuses", "legal_status", IssueCode::UnknownCode, "person_id", false, &|row| {
            row["legal_status"] == "Z9"
        }),
        ("cin_plans", "person_id", IssueCode::UnknownPerson, "person_id", false, &|row| {
            // A plan that ends before it starts is reported as that alone.
            let is_reversed = !row["end_date"].is_empty() && row["end_date"] < row["start_date"];
            !row["person_id"].trim().is_empty() && !known.contains(row["person_id"].trim()) && !is_reversed
        }),
    ];
    for (table, column, code, name, is_out, is_faulty) in kinds {
        let faulty: Vec<_> = tables[table].iter().filter(|row| is_faulty(row)).collect();
        let named: BTreeSet<&str> = faulty.iter().map(|row| row[name].trim()).collect();
        let mut expected = Cases::new();
        for row in Plan::worcestershire_2017().rows() {
            let read = reads(row.measure());
            let whole = format!("{table}.");
            let is_read = match is_out {
                true => read.iter().any(|column| column.starts_with(&whole)),
                false => read.contains(&format!("{table}.{column}")),
            };
            let has_persons = read.iter().any(|column| column.starts_with("persons."));
            if !is_read || code == IssueCode::UnknownPerson && !has_persons {
                continue;
            }
            for ((id, month), cases) in cases.iter().filter(|((id, _), _)| *row.id() == id.as_str()) {
                let touched: Vec<_> =
                    cases.iter().filter(|(subject, _)| named.contains(&subject[..])).collect();
                if !touched.is_empty() {
                    let unknown = touched.iter().filter(|(_, is_unknown)| *is_unknown).count() as u64;
                    let counts = (touched.len() as u64, unknown, cases.len() as u64);
                    expected.insert((id.clone(), month.clone()), counts);
                }
            }
        }
        let told = found(&quality, table, column, code);
        assert_eq!(told, expected, "{table}.{column} {}", code.as_str());
        assert!(!told.is_empty() || is_out, "{table}.{column} touches nothing");
        let kind = quality
            .issues
            .iter()
            .find(|kind| (kind.table.name(), kind.column, kind.code) == (table, Some(column), code));
        let kind = kind.unwrap();
        assert_eq!((kind.rows, kind.left_out), (faulty.len() as u64, is_out), "{table}.{column}");
    }
    // Rows of nobody are rows, and nothing else.
    let nobody = quality.issues.iter().find(|kind| {
        (kind.table, kind.column, kind.code)
            == (Table::Referrals, Some("person_id"), IssueCode::MissingRequired)
    });
    let nobody = nobody.unwrap();
    assert!(nobody.rows >= 38 && nobody.rows == nobody.rows_of_nobody && nobody.measures.is_empty());
}

#[test]
fn the_rows_nulls_and_last_dates_are_those_of_the_files() {
    let Spoilt { tables, dataset } = spoilt();
    let quality = dataset.quality(&QualityDays::default(), &Options::default()).unwrap();
    let day = quality.as_at.unwrap();
    assert_eq!(quality.to, Some(Month::of(day)));
    for table in &quality.tables {
        let rows = &tables[table.table.name()];
        assert_eq!(table.rows, rows.len() as u64, "{}", table.table);
        assert_eq!(table.rows, table.used + table.merged + table.out);
        for column in &table.columns {
            let Some(name) = column.column.filter(|_| column.given_as.is_some()) else { continue };
            let kind = table.table.columns()[table.table.column(name).unwrap()].kind;
            if kind == csc_measures::tables::ColumnKind::Date {
                let last = rows.iter().filter_map(|row| row[name].trim().parse::<NaiveDate>().ok()).max();
                assert_eq!(column.last, last, "{}.{name}", table.table);
                let behind = last.map(|last| (day - last).num_days());
                assert_eq!(column.days_behind.map(i64::from), behind, "{}.{name}", table.table);
            } else {
                assert_eq!(column.last, None);
            }
            let nulls = rows.iter().filter(|row| row[name].trim().is_empty()).count() as u64;
            assert_eq!(column.nulls, nulls, "{}.{name}", table.table);
        }
    }
    // Of every issue that names a row of its own there is a row of a kind.
    for kind in &quality.issues {
        assert!(!kind.message.is_empty() && kind.first_row.is_some(), "{kind:?}");
    }
    let kinds: u64 =
        quality.issues.iter().filter(|kind| kind.code == IssueCode::BadDate).map(|kind| kind.rows).sum();
    let issues = dataset.issues().iter().filter(|issue| issue.code() == IssueCode::BadDate).count();
    assert_eq!(kinds, issues as u64);
}

#[test]
fn the_check_of_the_sample_authority_takes_no_time_to_speak_of() {
    let dataset = read_folder(sample()).unwrap();
    let start = Instant::now();
    let quality = dataset.quality(&QualityDays::default(), &Options::default()).unwrap();
    let taken = start.elapsed();
    assert!(!quality.issues.is_empty());
    assert!(taken.as_secs() < 5, "{taken:?}");
}
