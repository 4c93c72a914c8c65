//! The report of the sample authority and of small ones.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may stop where it fails"
)]

mod dom;
mod escaped;
mod first_page;
mod hidden;
mod options;
mod said;
mod shown;
mod signals;
mod well_formed;

use std::sync::OnceLock;

use csc_measures::{Dataset, Options, Scorecard};
use csc_measures_report::{ReportOptions, html, published_html};

/// The sample authority, which comes with the project.
const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/data/sample-authority");

/// The sample authority.
fn sample() -> &'static Dataset {
    static SAMPLE_DATA: OnceLock<Dataset> = OnceLock::new();
    SAMPLE_DATA.get_or_init(|| csc_measures_files::read_folder(SAMPLE).unwrap())
}

/// Options with targets of each kind and colour.
fn with_targets() -> Options {
    serde_json::from_str(
        r#"{ "targets": {
            "O3.M4": { "better": "higher", "target": 90, "tolerance": 5 },
            "O3.M6": { "better": "higher", "target": 85, "tolerance": 5 },
            "O3.M5.seen_alone": { "better": "higher", "target": 95 },
            "O5.M3": { "better": "lower", "target": 20, "tolerance": 2.5 },
            "O1.M1": { "better": "band", "low": 12, "high": 16, "tolerance": 2 }
        } }"#,
    )
    .unwrap()
}

/// Two years of the sample authority.
fn two_years(options: &Options) -> Scorecard {
    sample().scorecard("2015-04".parse().unwrap(), "2017-03".parse().unwrap(), options).unwrap()
}

/// Two years with targets and groups.
fn full() -> &'static Scorecard {
    static FULL: OnceLock<Scorecard> = OnceLock::new();
    FULL.get_or_init(|| {
        let mut options = with_targets();
        options.breakdown = vec!["sex".to_owned(), "age".to_owned()];
        two_years(&options)
    })
}

/// The report of two years with targets and groups.
fn page() -> &'static str {
    static PAGE: OnceLock<String> = OnceLock::new();
    PAGE.get_or_init(|| html(full(), &ReportOptions::default()).unwrap())
}

/// What of it may be published.
fn published_page() -> &'static str {
    static PAGE: OnceLock<String> = OnceLock::new();
    PAGE.get_or_init(|| published_html(&full().published().unwrap(), &ReportOptions::default()).unwrap())
}
