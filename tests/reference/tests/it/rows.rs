//! Random authorities to datasets: whole, or some of their rows with the numbers that they have in the whole.

use csc_measures::{Chunk, Dataset, Month, Options, Rows, Scalar, Scorecard};
use csc_measures_reference::{Input, Table};

use crate::random::Question;

/// The rows that are wanted, by the name of their table and their place in it.
pub(crate) fn dataset(input: &Input, wanted: impl Fn(&str, usize) -> bool) -> Dataset {
    dataset_that_looks_up(input, &[], wanted)
}

/// The same, of which some tables are there only to be looked up.
pub(crate) fn dataset_that_looks_up(
    input: &Input,
    looked_up: &[&str],
    wanted: impl Fn(&str, usize) -> bool,
) -> Dataset {
    let mut builder = Dataset::builder();
    for table in looked_up {
        builder.look_up(table).unwrap();
    }
    for (name, table) in &input.tables {
        let header: Vec<&str> = table.header.iter().map(String::as_str).collect();
        let places: Vec<usize> = (0..table.rows.len()).filter(|place| wanted(name, *place)).collect();
        if places.is_empty() {
            builder.declare(name, &header).unwrap();
            continue;
        }
        let rows: Vec<&Vec<String>> = places.iter().map(|place| &table.rows[*place]).collect();
        let numbers: Vec<u32> = places.iter().map(|place| u32::try_from(place + 1).unwrap()).collect();
        let mut given = Rows::new(header.len());
        for row in &rows {
            given.push(row.iter().map(|text| Scalar::Text(text)));
        }
        let columns = given.columns();
        let bad_rows: Vec<usize> = (0..rows.len()).filter(|row| is_bad(table, rows[*row])).collect();
        let chunk = Chunk { rows: rows.len(), columns: &columns, bad_rows: &bad_rows };
        builder.table(name, &header).unwrap().numbered_chunk(&chunk, &numbers).unwrap();
    }
    builder.build()
}

/// Whether a row has more or fewer fields than the header.
pub(crate) fn is_bad(table: &Table, row: &[String]) -> bool {
    row.len() != table.header.len()
}

pub(crate) fn options(question: &Question) -> Options {
    crate::engine::options(&question.input)
}

pub(crate) fn months(question: &Question) -> (Month, Month) {
    (question.from.parse().unwrap(), question.to.parse().unwrap())
}

pub(crate) fn scorecard(question: &Question) -> Scorecard {
    let (from, to) = months(question);
    dataset(&question.input, |_, _| true).scorecard(from, to, &options(question)).unwrap()
}
