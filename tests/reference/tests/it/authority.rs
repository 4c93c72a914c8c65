//! Random authorities of many children: families side by side, each with ids of its own.

use std::collections::BTreeMap;

use csc_measures::tables::{ColumnKind, Table};
use csc_measures_reference::{Input, Table as TextTable};
use serde_json::{Value, json};

use crate::random::{Random, family};

/// The first year of the months in which families have their dates.
const YEAR: i32 = 2016;
/// So many months from January of that year on.
pub(crate) const MONTHS: u32 = 18;

/// An authority of so many families, each of one to six children.
pub(crate) fn authority(seed: u64, families: usize, policy: Value) -> Input {
    let mut random = Random::new(seed);
    let mut tables: BTreeMap<String, TextTable> = BTreeMap::new();
    for number in 0..families {
        let month = random.below(MONTHS as usize) as u32;
        let of_it = family(&mut random, YEAR + (month / 12) as i32, month % 12 + 1);
        for (name, text) in of_it {
            let table = Table::by_name(&name).unwrap();
            let rows = text.rows.iter().map(|row| {
                let values = row.iter().zip(table.columns());
                let own = values.map(|(value, column)| match column.kind {
                    ColumnKind::Id if !value.is_empty() => format!("{value}/{number}"),
                    _ => value.clone(),
                });
                own.collect()
            });
            let rows: Vec<Vec<String>> = rows.collect();
            tables
                .entry(name)
                .or_insert_with(|| TextTable { header: text.header.clone(), rows: Vec::new() })
                .rows
                .extend(rows);
        }
    }
    Input { tables, policy, targets: json!({}), closures: Vec::new(), uk_dates: false, breakdown: Vec::new() }
}
