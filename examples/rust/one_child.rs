//! Everything that is due to one child, soonest first: `one_child FOLDER PERSON DATE`.
#![allow(clippy::print_stdout, reason = "a program for the terminal")]

use std::error::Error;

use csc_measures::Options;

fn main() -> Result<(), Box<dyn Error>> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let [folder, person, today] = &given[..] else {
        return Err("usage: one_child FOLDER PERSON DATE".into());
    };
    let dataset = csc_measures_files::read_folder(folder)?;
    for owed in dataset.person(person, today.parse()?, &Options::default())?.obligations {
        let due = owed.due.map_or_else(|| "not known".to_owned(), |due| due.to_string());
        println!("{:24} due {due}, {}", owed.clock, owed.rag.map_or("no colour", |rag| rag.as_str()));
    }
    Ok(())
}
