//! An invented authority: writes the tables of a council's children's services, seeded, the same every time.
//!
//! ```text
//! cargo run --release --package sample-authority -- --children 2900 --seed 1 --out DIR [--names own|ssd] \
//!     [--returns ssda903,cin_census,annex_a,csc_api]
//! ```
//!
//! Every child, worker and case is invented. The journeys hang together (referral, assessment, enquiry,
//! conference, plan; care with its placements, reviews and leaving), volumes and rates are near those published
//! for England, the service drifts until an inspection and mends after it, and the records have such faults as
//! real ones have. `--returns` writes the returns besides that a council would make of the tables.
//! `docs/sample-authority.md` tells all of it.

mod chance;
mod child_protection;
mod contents;
mod council;
mod course;
mod courts;
mod diary;
mod faults;
mod figures;
mod front_door;
mod improvement;
mod in_care;
mod in_need;
mod journeys;
mod leaving_care;
mod page;
mod people;
mod placements;
mod posts;
mod proceedings;
mod quality;
mod rates;
mod returns;
mod seasons;
mod visits;
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
        "note": "Every child, worker and case is invented. Made by tools/sample-authority.",
    });
    fs::write(arguments.out.join("about.json"), format!("{about:#}\n"))?;
    returns::write(&arguments.out, arguments.names, &arguments.returns, arguments.workbooks)?;
    if let Some(path) = &arguments.page {
        page::renew(path, &arguments.out, children, &faults)?;
    }
    Ok(())
}
