//! A month of every measure from a folder of tables: `scorecard_from_folder FOLDER MONTH`.
#![allow(clippy::print_stdout, reason = "a program for the terminal")]

use std::error::Error;

use csc_measures::Options;

fn main() -> Result<(), Box<dyn Error>> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let [folder, month] = &given[..] else { return Err("usage: scorecard_from_folder FOLDER MONTH".into()) };
    let dataset = csc_measures_files::read_folder(folder)?;
    let card = dataset.scorecard(month.parse()?, month.parse()?, &Options::default())?;
    for result in card.results() {
        let value = result.value.map_or_else(|| "-".to_owned(), |value| value.to_string());
        println!("{:24} {value}", result.measure.as_str());
    }
    Ok(())
}
