//! The vectors of signals: rows made of figures, and what their charts say.

use std::collections::BTreeMap;

use csc_measures::Month;
use serde::Deserialize;
use serde_json::{Value, json};

#[path = "../../../tests/vectors/figures.rs"]
mod figures;

use figures::{Figure, Row, Rows, last};

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
            let step = self.step.unwrap_or(1);
            let tables = self.rows.of(vector.from, step, &vector.figures)?;
            let tables = tables.into_iter().map(|(table, rows)| Ok((table, serde_json::to_value(rows)?)));
            let to = last(vector.from, step, &vector.figures);
            let mut options = vector.options.clone();
            options.insert("signals".to_owned(), true.into());
            options.insert("measures".to_owned(), json!([self.measure]));
            let expected: Vec<Row> = vector.expect.iter().map(whole_fields).collect();
            Ok(SignalsRun {
                tables: tables.collect::<Fallible<_>>()?,
                months: [vector.from, to],
                options: Value::Object(options).to_string(),
                expected: serde_json::to_string(&expected)?,
            })
        };
        self.vectors.iter().filter(|vector| vector.error.is_none()).map(run).collect()
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
