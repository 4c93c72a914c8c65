//! A due date on a screen: the next visit to a child under a child protection plan, and its colour today.
#![allow(clippy::print_stdout, reason = "a program for the terminal")]

use std::error::Error;

use csc_measures::{Calendar, Clock};

fn main() -> Result<(), Box<dyn Error>> {
    let (last_visit, today) = ("2017-03-29".parse()?, "2017-04-26".parse()?);
    let calendar = Calendar::england_and_wales();
    let status = Clock::by_id("cp_visit")?.status(last_visit, None, today, &calendar)?;
    println!("due {}, {}", status.due, status.rag.as_str());
    Ok(())
}
