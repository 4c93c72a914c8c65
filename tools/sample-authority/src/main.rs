//! An invented authority: writes the tables of a council's children's services, seeded, the same every time.
//!
//! ```text
//! cargo run --release --package sample-authority -- --children 2900 --seed 1 --out DIR [--names own|ssd] \
//!     [--returns ssda903,cin_census,annex_a,csc_api]
//! cargo run --release --package sample-authority -- --children 2900 --seed 1 --out DIR \
//!     --ssd systemc|mosaic|eclipse [--losses] [--ssd-variant NAME]...
//! ```
//!
//! Every child, worker and case is invented. The journeys hang together (referral, assessment, enquiry,
//! conference, plan; care with its placements, reviews and leaving), volumes and rates are near those published
//! for England, the service drifts until an inspection and mends after it, and the records have such faults as
//! real ones have. `--returns` writes the returns besides that a council would make of the tables. `--ssd` writes in
//! place of the tables the Standard Safeguarding Dataset as the scripts of a case system fill it, and `--ssd-clean`
//! the tables cut down to what such a dataset holds.
//! `docs/sample-authority.md` tells all of it.

mod chance;
mod characteristics;
mod child_protection;
mod contents;
mod council;
mod course;
mod courts;
mod diary;
mod done;
mod faults;
mod figures;
mod front_door;
mod health;
mod improvement;
mod in_care;
mod in_need;
mod journeys;
mod leaving_care;
mod missing;
mod page;
mod people;
mod placements;
mod posts;
mod proceedings;
mod quality;
mod rates;
mod returns;
mod schools;
mod seasons;
mod shares;
mod ssd;
mod tables;
mod visits;
mod workforce;

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{CommandFactory, Parser};

use council::{Council, Names};
use faults::Faults;
use returns::Return;
use ssd::{Choice, Dataset, System, Variant};
use tables::Tables;

/// Where the tables stand, in the folder to write to, until a dataset is made of them.
const STAGE: &str = ".tables";

#[derive(Parser)]
#[command(about = "Writes the tables of an invented council's children's services.")]
#[command(group = clap::ArgGroup::new("dataset").args(["ssd", "ssd_clean"]))]
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
    /// Writes in place of the tables the Standard Safeguarding Dataset of a case system, one file a table of the
    /// dataset; tables that it does not have are written as they are.
    #[arg(long, value_enum, value_name = "SYSTEM", conflicts_with = "names")]
    ssd: Option<System>,
    /// Writes in place of the tables those with the library's own names that the dataset of a case system can give:
    /// without what it does not hold. Its results are those of the dataset.
    #[arg(long, value_enum, value_name = "SYSTEM", conflicts_with_all = ["names", "ssd"])]
    ssd_clean: Option<System>,
    /// Leaves out of the dataset what the scripts of the system leave out.
    #[arg(long, requires = "dataset")]
    losses: bool,
    /// A way in which some councils have the dataset; may be given again. It is an error with a system that has no
    /// such way.
    #[arg(long, value_enum, value_name = "NAME", requires = "dataset")]
    ssd_variant: Vec<Variant>,
    /// A page to write the rates of this council into, such as `docs/sample-authority.md`.
    #[arg(long)]
    page: Option<PathBuf>,
}

impl Arguments {
    /// The dataset that is asked for, if one is, or why there is none such.
    fn choice(&self) -> Result<Option<Choice>, String> {
        let asked = self.ssd.map(|system| (Dataset::Ssd, system));
        let asked = asked.or(self.ssd_clean.map(|system| (Dataset::Held, system)));
        asked
            .map(|(dataset, system)| Choice::new(dataset, system, self.losses, &self.ssd_variant))
            .transpose()
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let choice = arguments.choice().unwrap_or_else(|problem| {
        Arguments::command().error(clap::error::ErrorKind::ArgumentConflict, problem).exit()
    });
    let Arguments { children, seed, .. } = arguments;
    let folder = if choice.is_some() { arguments.out.join(STAGE) } else { arguments.out.clone() };
    let faults = Faults::new(seed, arguments.clean);
    let mut council = Council::open(&folder, arguments.names, faults)?;
    council.hire(children, seed);
    journeys::families(&mut council, children, seed);
    quality::oversee(&mut council, children, seed);
    let faults = council.finish()?;

    let month = |date: NaiveDate| date.format("%Y-%m").to_string();
    let mut about = serde_json::json!({
        "authority": "invented",
        "children": children,
        "seed": seed,
        "from": month(diary::HISTORY),
        "to": month(diary::EXTRACT),
        "faults": faults.counts(),
        "note": "Every child, worker and case is invented. Made by tools/sample-authority.",
    });
    let tables = Tables { folder: &folder, names: arguments.names };
    returns::write(&tables, &arguments.out, &arguments.returns, arguments.workbooks)?;
    if let Some(path) = &arguments.page {
        page::renew(path, &folder, children, &faults)?;
    }
    if let (Some(choice), Some(about)) = (&choice, about.as_object_mut()) {
        ssd::write(&tables, &arguments.out, choice, seed)?;
        fs::remove_dir_all(&folder)?;
        about.insert("dataset".to_owned(), choice.about());
    }
    fs::write(arguments.out.join("about.json"), format!("{about:#}\n"))?;
    Ok(())
}
