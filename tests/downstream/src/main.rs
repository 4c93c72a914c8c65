//! A case management system in small: it has rows, asks for a due date, and prints a figure with its reason.

use std::error::Error;

use chrono::NaiveDate;
use csc_measures::tables::{CpPlan, CpVisit, Person};
use csc_measures::{Calendar, Clock, Dataset, Options};

fn day(year: i32, month: u32, day: u32) -> Result<NaiveDate, &'static str> {
    NaiveDate::from_ymd_opt(year, month, day).ok_or("no such day")
}

fn main() -> Result<(), Box<dyn Error>> {
    let seen = day(2017, 3, 3)?;
    let due = Clock::by_id("cp_visit")?.due(seen, &Calendar::england_and_wales())?;
    println!("due {due}");

    let person = Person {
        person_id: "P1".into(),
        date_of_birth: Some(day(2009, 6, 1)?),
        expected_date_of_birth: None,
        date_of_death: None,
        sex: None,
        ethnicity: None,
        disability: None,
        sen: None,
        area: None,
    };
    let plan = CpPlan {
        cp_plan_id: "CP1".into(),
        person_id: "P1".into(),
        start_date: day(2017, 1, 3)?,
        end_date: None,
        other_authority: None,
        transfer_in: None,
    };
    let visit = CpVisit {
        cp_visit_id: "V1".into(),
        person_id: "P1".into(),
        date: seen,
        seen: Some(true),
        seen_alone: None,
    };
    let mut builder = Dataset::builder();
    builder.rows(&[person])?.rows(&[plan])?.rows(&[visit])?;
    let march = "2017-03".parse()?;
    let card = builder.build().scorecard(march, march, &Options::default())?;
    let result = card.result("O3.M4", march).ok_or("no result")?;
    let value = result.value.ok_or("no value")?;
    println!("{} {value}", result.measure);
    for case in card.cases(&result.measure, march)? {
        println!("{} {}", case.subject, case.outcome.as_str());
    }
    Ok(())
}
