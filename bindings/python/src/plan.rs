//! The plan and the input tables, as JSON that the package reads; and colours of figures.

use csc_measures::plan::MeasureId;
use csc_measures::tables::{Column, Table};
use csc_measures::{Amount, ErrorKind, Plan, Target};
use pyo3::prelude::*;
use serde::Serialize;

use crate::error::{Failure, raise, unwritten};
use crate::options;

fn json(value: &impl Serialize) -> PyResult<String> {
    serde_json::to_string(value).map_err(|error| unwritten(error).into())
}

/// The plan as JSON: the same text as from the library's other languages.
#[pyfunction]
pub(crate) fn plan_json() -> PyResult<String> {
    json(Plan::worcestershire_2017())
}

#[derive(Serialize)]
struct Declaration {
    table: Table,
    ssd: Option<&'static str>,
    columns: &'static [Column],
}

/// The input tables and their columns as JSON.
#[pyfunction]
pub(crate) fn tables_json() -> PyResult<String> {
    let declare =
        |table: &Table| Declaration { table: *table, ssd: table.ssd_name(), columns: table.columns() };
    json(&Table::ALL.iter().map(declare).collect::<Vec<_>>())
}

/// The colour of a figure of a measure against a target, from exact thousandths.
#[pyfunction]
pub(crate) fn measure_rag(
    measure: &str,
    target: &Bound<'_, PyAny>,
    numerator: i64,
    denominator: i64,
) -> PyResult<&'static str> {
    let measure: MeasureId = measure.parse().map_err(Failure::from)?;
    let target: Target = options::read(target, "target")?;
    Ok(target
        .rag(measure.unit(), amount(numerator, "numerator")?, amount(denominator, "denominator")?)
        .as_str())
}

fn amount(thousandths: i64, name: &str) -> Result<Amount, Failure> {
    Amount::from_thousandths(thousandths)
        .ok_or_else(|| raise(ErrorKind::BadValue, format!("`{name}` is negative")))
}
