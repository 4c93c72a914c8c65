//! An invented authority: writes the tables of a council's children's services, seeded, the same every time.
//!
//! ```text
//! cargo run --release --example sample_authority -- --children 2900 --seed 1 --out DIR [--names own|ssd] \
//!     [--returns ssda903,cin_census,annex_a,csc_api]
//! ```
//!
//! Every child, worker and case is invented. The journeys hang together (referral, assessment, enquiry,
//! conference, plan; care with its placements, reviews and leaving), volumes and rates are near those published
//! for England, the service drifts until an inspection and mends after it, and the records have such faults as
//! real ones have. `--returns` writes the returns besides that a council would make of the tables.
//! `docs/sample-authority.md` tells all of it.

#[path = "sample_authority/chance.rs"]
mod chance;
#[path = "sample_authority/child_protection.rs"]
mod child_protection;
#[path = "sample_authority/contents.rs"]
mod contents;
#[path = "sample_authority/council.rs"]
mod council;
#[path = "sample_authority/course.rs"]
mod course;
#[path = "sample_authority/courts.rs"]
mod courts;
#[path = "sample_authority/diary.rs"]
mod diary;
#[path = "sample_authority/faults.rs"]
mod faults;
#[path = "sample_authority/figures.rs"]
mod figures;
#[path = "sample_authority/front_door.rs"]
mod front_door;
#[path = "sample_authority/improvement.rs"]
mod improvement;
#[path = "sample_authority/in_care.rs"]
mod in_care;
#[path = "sample_authority/in_need.rs"]
mod in_need;
#[path = "sample_authority/journeys.rs"]
mod journeys;
#[path = "sample_authority/leaving_care.rs"]
mod leaving_care;
#[path = "sample_authority/page.rs"]
mod page;
#[path = "sample_authority/people.rs"]
mod people;
#[path = "sample_authority/placements.rs"]
mod placements;
#[path = "sample_authority/quality.rs"]
mod quality;
#[path = "sample_authority/rates.rs"]
mod rates;
#[path = "sample_authority/returns/mod.rs"]
mod returns;
#[path = "sample_authority/seasons.rs"]
mod seasons;
#[path = "sample_authority/visits.rs"]
mod visits;
#[path = "sample_authority/workforce.rs"]
mod workforce;

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Parser;

use council::{Council, Names};
use faults::Faults;
use returns::Return;

#[derive(Parser)]
#[command(about = "Writes the tables of an invented council's children's services.")]
struct Arguments {
    /// The number of children known in the window or the years before that its look-backs need.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    children: u64,
    /// The same seed gives the same council.
    #[arg(long)]
    seed: u64,
    /// The folder to write to; made if it is not there.
    #[arg(long)]
    out: PathBuf,
    /// The names of the files and columns.
    #[arg(long, value_enum, default_value = "own")]
    names: Names,
    /// Leaves out the faults that raise an issue; the journeys stay the same.
    #[arg(long)]
    clean: bool,
    /// The returns to write besides, into folders in `returns`.
    #[arg(long, value_enum, value_delimiter = ',')]
    returns: Vec<Return>,
    /// How many workbooks of Annex A, a month apart; the last is of the day of the extract.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=72))]
    workbooks: u32,
    /// A page to write the rates of this council into, such as `docs/sample-authority.md`.
    #[arg(long)]
    page: Option<PathBuf>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let Arguments { children, seed, .. } = arguments;
    let faults = Faults::new(seed, arguments.clean);
    let mut council = Council::open(&arguments.out, arguments.names, faults)?;
    council.hire(children, seed);
    journeys::families(&mut council, children, seed);
    quality::oversee(&mut council, children, seed);
    let faults = council.finish()?;

    let month = |date: NaiveDate| date.format("%Y-%m").to_string();
    let about = serde_json::json!({
        "authority": "invented",
        "children": children,
        "seed": seed,
        "from": month(diary::HISTORY),
        "to": month(diary::EXTRACT),
        "faults": faults.counts(),
        "note": "Every child, worker and case is invented. Made by the sample_authority example.",
    });
    fs::write(arguments.out.join("about.json"), format!("{about:#}\n"))?;
    returns::write(&arguments.out, arguments.names, &arguments.returns, arguments.workbooks)?;
    if let Some(path) = &arguments.page {
        page::renew(path, &arguments.out, children, &faults)?;
    }
    Ok(())
}
