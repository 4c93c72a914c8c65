//! Workbooks of the sample authority and of small ones, read back.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may stop where it fails"
)]

mod cases;
mod due;
mod form;
mod left_out;
mod published;
mod read;
mod results;

use std::sync::OnceLock;

use csc_measures::{Chunk, Dataset, Options, Rows, Scalar, Scorecard};
use csc_measures_workbook::{WorkbookOptions, workbook};

use crate::read::Read;

/// The sample authority, which comes with the project.
const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/data/sample-authority");

/// The sample authority.
fn sample() -> &'static Dataset {
    static SAMPLE_DATA: OnceLock<Dataset> = OnceLock::new();
    SAMPLE_DATA.get_or_init(|| csc_measures_files::read_folder(SAMPLE).unwrap())
}

/// Fifteen months with targets of each kind and groups.
fn card() -> &'static Scorecard {
    static CARD: OnceLock<Scorecard> = OnceLock::new();
    CARD.get_or_init(|| {
        let options: Options = serde_json::from_str(
            r#"{ "breakdown": ["sex"], "targets": {
                "O3.M4": { "better": "higher", "target": 90, "tolerance": 5 },
                "O5.M3": { "better": "lower", "target": 20, "tolerance": 2.5 },
                "O3.M6": { "better": "higher", "target": "85.00000000000000001" },
                "O1.M1": { "better": "band", "low": 12, "high": 16 }
            } }"#,
        )
        .unwrap();
        sample().scorecard("2016-01".parse().unwrap(), "2017-03".parse().unwrap(), &options).unwrap()
    })
}

/// The workbook of that, read back.
fn whole() -> &'static Read {
    static WHOLE: OnceLock<Read> = OnceLock::new();
    WHOLE.get_or_init(|| Read::new(workbook(card(), &WorkbookOptions::default()).unwrap()))
}

/// A table by its name, with its columns and rows.
type Given<'a> = (&'a str, &'a [&'a str], &'a [&'a [&'a str]]);

/// A dataset of texts.
fn dataset(tables: &[Given<'_>]) -> Dataset {
    let mut builder = Dataset::builder();
    for (name, header, rows) in tables {
        let mut given = Rows::new(header.len());
        for row in *rows {
            given.push(row.iter().map(|cell| Scalar::Text(cell)));
        }
        let chunk = Chunk { rows: rows.len(), columns: &given.columns(), bad_rows: &[] };
        builder.table(name, header).unwrap().chunk(&chunk).unwrap();
    }
    builder.build()
}
