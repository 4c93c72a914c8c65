//! The vectors of signals: rows made of figures, and what their charts say.

use std::collections::BTreeMap;

use chrono::Days;
use csc_measures::Month;
use serde::Deserialize;
use serde_json::{Map, Value, json};

type Row = Map<String, Value>;
type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

/// The vectors of a measure.
#[derive(Deserialize)]
pub(super) struct SignalsFile {
    measure: String,
    /// The months from one figure to the next.
    #[serde(default)]
    step: Option<i32>,
    rows: Rows,
    vectors: Vec<SignalsVector>,
}

/// How rows are made of figures, by table.
#[derive(Deserialize)]
struct Rows {
    #[serde(default)]
    fixed: BTreeMap<String, Vec<Row>>,
    #[serde(default)]
    each: BTreeMap<String, Row>,
    #[serde(default)]
    others: BTreeMap<String, Row>,
    #[serde(default)]
    once: BTreeMap<String, Row>,
}

#[derive(Deserialize)]
struct SignalsVector {
    from: Month,
    figures: Vec<Figure>,
    #[serde(default)]
    options: Row,
    #[serde(default)]
    expect: Option<Row>,
    #[serde(default)]
    error: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(untagged)]
enum Figure {
    Count(u32),
    Quotient([u32; 2]),
}

/// What is asked of a vector's rows, and what is expected.
pub(super) struct SignalsRun {
    pub(super) tables: BTreeMap<String, Value>,
    pub(super) months: [Month; 2],
    pub(super) options: String,
    pub(super) expected: String,
}

impl SignalsFile {
    /// The runs that end well; what is said of the others is compared where their files are read.
    pub(super) fn runs(&self) -> Fallible<Vec<SignalsRun>> {
        let run = |vector: &SignalsVector| {
            let (tables, to) = self.tables(vector)?;
            let mut options = vector.options.clone();
            options.insert("signals".to_owned(), true.into());
            options.insert("measures".to_owned(), json!([self.measure]));
            let expected: Vec<Row> = vector.expect.iter().map(whole_fields).collect();
            Ok(SignalsRun {
                tables,
                months: [vector.from, to],
                options: Value::Object(options).to_string(),
                expected: serde_json::to_string(&expected)?,
            })
        };
        self.vectors.iter().filter(|vector| vector.error.is_none()).map(run).collect()
    }

    /// The rows of every figure, and the last month.
    fn tables(&self, vector: &SignalsVector) -> Fallible<(BTreeMap<String, Value>, Month)> {
        let mut tables = self.rows.fixed.clone();
        let (mut ids, mut month) = (0, vector.from);
        for (place, figure) in (0..).zip(&vector.figures) {
            month = vector.from.plus(place * self.step.unwrap_or(1));
            let (counted, all) = match *figure {
                Figure::Count(count) => (count, count),
                Figure::Quotient([counted, all]) => (counted, all),
            };
            let others = all.checked_sub(counted).ok_or("a numerator is above its denominator")?;
            let kinds = [(&self.rows.each, counted), (&self.rows.others, others), (&self.rows.once, 1)];
            for (templates, count) in kinds {
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
        let tables = tables.into_iter().map(|(table, rows)| Ok((table, serde_json::to_value(rows)?)));
        Ok((tables.collect::<Fallible<_>>()?, month))
    }
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

/// What is expected whole, and not of some points.
fn whole_fields(expected: &Row) -> Row {
    let is_whole = |key: &str| !matches!(key, "points" | "marks");
    expected
        .iter()
        .filter(|(key, _)| is_whole(key))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}
