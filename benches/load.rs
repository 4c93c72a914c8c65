//! Tables from text in memory: one child from JSON and from CSV, as a screen asks for it, and a large table of CSV.
//!
//! `cargo bench -p csc-measures-files --bench load` (or `-- --quick`). Before it times, it checks that every row is
//! used, without an issue, whatever the text. The rivals only read the same bytes into typed rows, by serde_json
//! and the csv crate, and for the large table there is a plain scan into typed columns, without a check of any
//! kind. Times are of the processor if Linux reports them, else of the clock.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::cast_possible_wrap,
    reason = "a bench: a panic is a failed run"
)]

mod processor;

use std::hint::black_box;
use std::io::Write;

use chrono::NaiveDate;
use csc_measures::Dataset;
use csc_measures_files::{ReadError, add_csv, add_json};
use serde::{Deserialize, Serialize};

use processor::now;

/// A table's name and its text.
type Text = (&'static str, Vec<u8>);
/// Takes a text of a table.
type Add = fn(&mut csc_measures::DatasetBuilder, &str, &[u8]) -> Result<(), ReadError>;
type Day = Option<NaiveDate>;

macro_rules! child {
    ($( $name:ident: $row:ident { $($field:ident: $type:ty),+ } )+) => {
        $(
            #[derive(Serialize, Deserialize)]
            struct $row { $($field: $type),+ }
        )+

        /// The rows of one child.
        #[derive(Default)]
        struct Child { $($name: Vec<$row>),+ }

        impl Child {
            fn rows(&self) -> usize {
                0 $(+ self.$name.len())+
            }

            fn to_json(&self) -> Vec<Text> {
                vec![$( (stringify!($name), serde_json::to_vec(&self.$name).unwrap()) ),+]
            }

            fn to_csv(&self) -> Vec<Text> {
                vec![$( (stringify!($name), {
                    let mut text = csv::Writer::from_writer(Vec::new());
                    self.$name.iter().for_each(|row| text.serialize(row).unwrap());
                    text.into_inner().unwrap()
                }) ),+]
            }

            /// What the rivals do with the text of each table.
            fn read(texts: &[Text], is_json: bool) -> Self {
                let mut child = Self::default();
                for (name, text) in texts {
                    match *name {
                        $( stringify!($name) => child.$name = if is_json {
                            serde_json::from_slice(text).unwrap()
                        } else {
                            csv::Reader::from_reader(&text[..]).deserialize().map(Result::unwrap).collect()
                        }, )+
                        _ => unreachable!(),
                    }
                }
                child
            }
        }
    };
}
child! {
    persons: Person { person_id: String, date_of_birth: Day, expected_date_of_birth: Day, date_of_death: Day }
    cp_plans: CpPlan { cp_plan_id: String, person_id: String, start_date: Day, end_date: Day, other_authority: bool }
    cp_visits: CpVisit { cp_visit_id: String, person_id: String, date: Day, seen: bool, seen_alone: bool }
    cp_reviews: CpReview { cp_review_id: String, person_id: String, cp_plan_id: String, date: Day }
    referrals: Referral {
        referral_id: String, person_id: String, referral_date: Day, close_date: Day, close_reason: String, team: String
    }
    assessments: Assessment {
        assessment_id: String, person_id: String, referral_id: String, start_date: Day, authorised_date: Day
    }
    cin_plans: CinPlan {
        cin_plan_id: String, person_id: String, start_date: Day, end_date: Day, visit_working_days: u32
    }
    cin_visits: CinVisit { cin_visit_id: String, person_id: String, date: Day, seen: bool, seen_alone: bool }
    strategy_discussions: Discussion {
        discussion_id: String, person_id: String, date: Day, health_involved: bool, school_involved: bool
    }
    section_47_enquiries: Enquiry {
        s47_enquiry_id: String, person_id: String, referral_id: String, start_date: Day
    }
    initial_conferences: Conference {
        icpc_id: String, person_id: String, s47_enquiry_id: String, date: Day, transfer_in: bool
    }
    involvements: Involvement {
        involvement_id: String, worker_id: String, person_id: String, start_date: Day, end_date: Day
    }
    workers: Worker { worker_id: String, fte: f64, agency: bool, team: String, team_type: String, start_date: Day }
}

fn day(month: u32, day: u32) -> Day {
    NaiveDate::from_ymd_opt(2016, month, day)
}

/// A child whose case came twice, with a plan of each kind.
fn child() -> Child {
    let person_id = || "P0012345".to_owned();
    let id = |of: &str, number: u32| format!("{of}{}", 40_000 + number);
    Child {
        persons: vec![Person {
            person_id: person_id(),
            date_of_birth: day(1, 24),
            expected_date_of_birth: None,
            date_of_death: None,
        }],
        cp_plans: (0..2)
            .map(|n| CpPlan {
                cp_plan_id: id("CP", n),
                person_id: person_id(),
                start_date: day(3 + 6 * n, 4),
                end_date: day(8 + 4 * n, 9),
                other_authority: false,
            })
            .collect(),
        cp_visits: (0..12)
            .map(|n| CpVisit {
                cp_visit_id: id("CV", n),
                person_id: person_id(),
                date: day(1 + n, 15),
                seen: true,
                seen_alone: n % 3 > 0,
            })
            .collect(),
        cp_reviews: (0..3)
            .map(|n| CpReview {
                cp_review_id: id("CR", n),
                person_id: person_id(),
                cp_plan_id: id("CP", n / 2),
                date: day(5 + 2 * n, 20),
            })
            .collect(),
        referrals: (0..2)
            .map(|n| Referral {
                referral_id: id("RF", n),
                person_id: person_id(),
                referral_date: day(2 + 6 * n, 1),
                close_date: day(7 + 5 * n, 12),
                close_reason: "RC7".to_owned(),
                team: "Family Front Door".to_owned(),
            })
            .collect(),
        assessments: (0..2)
            .map(|n| Assessment {
                assessment_id: id("AS", n),
                person_id: person_id(),
                referral_id: id("RF", n),
                start_date: day(2 + 6 * n, 2),
                authorised_date: day(3 + 6 * n, 3),
            })
            .collect(),
        cin_plans: vec![CinPlan {
            cin_plan_id: id("CI", 0),
            person_id: person_id(),
            start_date: day(8, 9),
            end_date: day(12, 20),
            visit_working_days: 20,
        }],
        cin_visits: (0..6)
            .map(|n| CinVisit {
                cin_visit_id: id("NV", n),
                person_id: person_id(),
                date: day(7 + n, 21),
                seen: true,
                seen_alone: false,
            })
            .collect(),
        strategy_discussions: vec![Discussion {
            discussion_id: id("SD", 0),
            person_id: person_id(),
            date: day(2, 10),
            health_involved: true,
            school_involved: true,
        }],
        section_47_enquiries: vec![Enquiry {
            s47_enquiry_id: id("SE", 0),
            person_id: person_id(),
            referral_id: id("RF", 0),
            start_date: day(2, 10),
        }],
        initial_conferences: vec![Conference {
            icpc_id: id("IC", 0),
            person_id: person_id(),
            s47_enquiry_id: id("SE", 0),
            date: day(2, 26),
            transfer_in: false,
        }],
        involvements: (0..4)
            .map(|n| Involvement {
                involvement_id: id("IN", n),
                worker_id: "W104".to_owned(),
                person_id: person_id(),
                start_date: day(2 + 2 * n, 1),
                end_date: day(4 + 2 * n, 1),
            })
            .collect(),
        workers: vec![Worker {
            worker_id: "W104".to_owned(),
            fte: 0.8,
            agency: false,
            team: "Family Front Door".to_owned(),
            team_type: "safeguarding".to_owned(),
            start_date: day(1, 4),
        }],
    }
}

fn build(texts: &[Text], add: Add) -> Dataset {
    let mut builder = Dataset::builder();
    for (name, text) in texts {
        add(&mut builder, name, text).unwrap();
    }
    builder.build()
}

fn check(dataset: &Dataset, rows: usize) {
    assert!(dataset.issues().is_empty(), "{:?}", dataset.issues());
    let used: u64 = dataset.tables().iter().map(|table| table.used).sum();
    assert_eq!(used, rows as u64, "not every row is used");
}

/// The median over several runs of the time that each of so many times took, in nanoseconds.
fn time<T>(runs: usize, times: u32, mut work: impl FnMut() -> T) -> f64 {
    let mut each: Vec<f64> = (0..runs)
        .map(|_| {
            let start = now();
            (0..times).for_each(|_| drop(black_box(work())));
            (now() - start) as f64 / f64::from(times)
        })
        .collect();
    each.sort_by(f64::total_cmp);
    each[runs / 2]
}

/// Visits as a system exports them.
fn visits(rows: usize, children: usize) -> Vec<u8> {
    let mut text = b"cp_visit_id,person_id,date,seen,seen_alone\n".to_vec();
    let mut state = 1_u64;
    for row in 0..rows {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let random = (state >> 33) as usize;
        let (person, month, day) = (random % children, 1 + random / 7 % 12, 1 + random / 91 % 28);
        let alone = if random.is_multiple_of(3) { "false" } else { "true" };
        writeln!(text, "CV{row:08},P{person:06},2016-{month:02}-{day:02},true,{alone}").unwrap();
    }
    text
}

/// Typed columns of the visits, read without a check: ids hashed, dates as numbers.
fn scan(text: &[u8]) -> (Vec<u64>, Vec<u64>, Vec<u32>, Vec<[bool; 2]>) {
    let hash = |text: &[u8]| {
        text.iter()
            .fold(0_u64, |hash, byte| (hash.rotate_left(5) ^ u64::from(*byte)).wrapping_mul(0x9E37_79B9))
    };
    let number = |text: &[u8]| text.iter().fold(0, |number, digit| number * 10 + u32::from(*digit - b'0'));
    let (mut ids, mut persons, mut dates, mut flags) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for line in text.split(|byte| *byte == b'\n').skip(1).filter(|line| !line.is_empty()) {
        let mut fields = line.split(|byte| *byte == b',');
        ids.push(hash(fields.next().unwrap()));
        persons.push(hash(fields.next().unwrap()));
        let date = fields.next().unwrap();
        dates.push((number(&date[..4]) * 12 + number(&date[5..7])) * 31 + number(&date[8..]));
        flags.push([fields.next().unwrap() == b"true", fields.next().unwrap() == b"true"]);
    }
    (ids, persons, dates, flags)
}

fn main() {
    let is_quick = std::env::args().any(|arg| arg == "--quick" || arg == "--test");
    let (runs, times) = if is_quick { (3, 100) } else { (15, 2_000) };

    let child = child();
    let (json, csv) = (child.to_json(), child.to_csv());
    println!("one child of {} rows in {} tables", child.rows(), json.len());
    for (what, texts, add, is_json) in
        [("JSON", &json, add_json as Add, true), ("CSV", &csv, add_csv as Add, false)]
    {
        check(&build(texts, add), child.rows());
        assert_eq!(Child::read(texts, is_json).rows(), child.rows());
        let ours = time(runs, times, || build(texts, add)) / 1e3;
        let rival = time(runs, times, || Child::read(texts, is_json)) / 1e3;
        println!(
            "{what:<5} a dataset {ours:>7.1} us   typed rows alone {rival:>7.1} us   {:>5.2}",
            ours / rival
        );
    }
    let empty = time(runs, times, || Dataset::builder().build()) / 1e3;
    println!("      no tables {empty:>7.1} us");

    let (rows, children) = if is_quick { (50_000, 1_000) } else { (1_000_000, 10_000) };
    let visits = [("cp_visits", visits(rows, children))];
    check(&build(&visits, add_csv), rows);
    let text = &visits[0].1;
    assert_eq!(scan(text).0.len(), rows);
    assert_eq!(
        csv::Reader::from_reader(&text[..]).deserialize::<CpVisit>().filter(Result::is_ok).count(),
        rows
    );
    let runs = if is_quick { 1 } else { 5 };
    let each = |time: f64| time / rows as f64;
    let ours = each(time(runs, 1, || build(&visits, add_csv)));
    let rival = each(time(runs, 1, || Child::read(&visits, false)));
    let plain = each(time(runs, 1, || scan(text)));
    println!("{rows} visits to {children} children, {} bytes of CSV", text.len());
    println!("a dataset {ours:>7.1} ns a row   typed rows {rival:>7.1}   plain scan {plain:>7.1}");
    println!("a dataset / plain scan {:>7.2}", ours / plain);
}
