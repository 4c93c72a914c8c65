//! Rows made of figures, as the vectors of signals write them. Every program that runs them includes this file.

use std::collections::BTreeMap;

use chrono::Days;
use csc_measures::Month;
use serde::Deserialize;
use serde_json::{Map, Value};

pub(crate) type Row = Map<String, Value>;

/// How rows are made of figures, by table.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rows {
    #[serde(default)]
    fixed: BTreeMap<String, Vec<Row>>,
    /// One for each that is counted.
    #[serde(default)]
    each: BTreeMap<String, Row>,
    /// One for each that is in the denominator alone.
    #[serde(default)]
    others: BTreeMap<String, Row>,
    /// One for each figure.
    #[serde(default)]
    once: BTreeMap<String, Row>,
}

/// A count, or a numerator and a denominator.
#[derive(Clone, Copy, Deserialize)]
#[serde(untagged)]
pub(crate) enum Figure {
    Count(u32),
    Quotient([u32; 2]),
}

impl Rows {
    /// The rows of figures, so many months from one to the next.
    pub(crate) fn of(
        &self,
        first: Month,
        step: i32,
        figures: &[Figure],
    ) -> Result<BTreeMap<String, Vec<Row>>, String> {
        let mut tables = self.fixed.clone();
        let mut ids = 0;
        for (place, figure) in (0..).zip(figures) {
            let month = first.plus(place * step);
            let (counted, all) = match *figure {
                Figure::Count(count) => (count, count),
                Figure::Quotient([counted, all]) => (counted, all),
            };
            let others = all.checked_sub(counted).ok_or("a numerator is above its denominator")?;
            for (templates, count) in [(&self.each, counted), (&self.others, others), (&self.once, 1)] {
                for _ in 0..count {
                    ids += 1;
                    for (table, template) in templates {
                        let row = template
                            .iter()
                            .map(|(column, value)| (column.clone(), filled(value, ids, month, counted)));
                        tables.entry(table.clone()).or_default().push(row.collect());
                    }
                }
            }
        }
        Ok(tables)
    }
}

/// The month of the last of so many figures.
pub(crate) fn last(first: Month, step: i32, figures: &[Figure]) -> Month {
    (0..).zip(figures).last().map_or(first, |(place, _)| first.plus(place * step))
}

/// A value of a template for one row.
fn filled(value: &Value, id: u32, month: Month, figure: u32) -> Value {
    match value.as_str() {
        Some("{id}") => format!("I{id}").into(),
        Some("{first}") => month.first().to_string().into(),
        Some("{next}") => month.plus(1).first().to_string().into(),
        Some("{ago}") => (month.first() - Days::new(figure.into())).to_string().into(),
        _ => value.clone(),
    }
}
