//! The plan and the input tables, as JSON that the package reads; and colours of figures.

use csc_measures::measures::Measure;
use csc_measures::tables::{ColumnDeclaration, Table};
use csc_measures::{Amount, ErrorKind, Plan, Target};
use pyo3::prelude::*;
use serde::Serialize;

use crate::error::{Failure, raise, unwritten};
use crate::options;

fn json(value: &impl Serialize) -> PyResult<String> {
    serde_json::to_string(value).map_err(|error| unwritten(error).into())
}

/// A plan and its rows as JSON, by the id of a built-in plan or from the JSON of another, which is checked.
#[pyfunction]
pub(crate) fn plan_json(plan: &str) -> PyResult<(String, String)> {
    let plan = if plan.trim_start().starts_with('{') {
        Plan::from_json(plan).map_err(Failure::from)?
    } else {
        Plan::by_id(plan).map_err(Failure::from)?
    };
    Ok((json(&plan)?, json(&plan.rows())?))
}

/// The catalogue of measures as JSON: the same text as from the library's other languages.
#[pyfunction]
pub(crate) fn measures_json() -> PyResult<String> {
    json(&Measure::all().map(Measure::definition).collect::<Vec<_>>())
}

#[derive(Serialize)]
struct Declaration {
    table: Table,
    ssd: Option<&'static str>,
    columns: &'static [ColumnDeclaration],
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
    let (plan, all) = (Plan::default(), Plan::all_measures());
    let row = match plan.row(measure) {
        Ok(row) => row,
        Err(unknown) => all.row(measure).map_err(|_| Failure::from(unknown))?,
    };
    let target = options::arguments(target.py())?.call_method1("option", ("target", target))?;
    let target: Target = options::read(&target, "target")?;
    Ok(target.rag(row.unit(), amount(numerator, "numerator")?, amount(denominator, "denominator")?).as_str())
}

fn amount(thousandths: i64, name: &str) -> Result<Amount, Failure> {
    Amount::from_thousandths(thousandths)
        .ok_or_else(|| raise(ErrorKind::BadValue, format!("`{name}` is negative")))
}
