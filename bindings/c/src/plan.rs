//! Plans, the catalogue of measures, and input tables

use std::ffi::c_char;

use csc_measures::Plan;
use csc_measures::measures::Measure;
use csc_measures::tables::{ColumnDeclaration, Table};
use serde::Serialize;

use crate::arguments::{optional_text, output};
use crate::error::csc_error;
use crate::guard::guarded;
use crate::status::{Failure, csc_status};
use crate::text::write_json;

/// A plan as JSON: its outcomes with their rows, and the recommendations that they answer. Free the text with
/// `csc_text_free`.
///
/// `plan` is the id of a plan that is built in (`"worcestershire-2017"`, `"all-measures"`), NULL for the first, or the
/// JSON of a plan of your own, which is checked and completed. The key `plan` of the options takes the same: an id or
/// the object.
///
/// `CSC_UNKNOWN_NAME` for an id that is not built in, `CSC_BAD_VALUE` for a plan that cannot be taken: the message says
/// where and why.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_plan_json(
    plan: *const c_char,
    plan_json: *mut *mut c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (plan, output) = unsafe { (optional_text(plan, "plan")?, output(plan_json, "plan_json")?) };
        write_json(output, &plan_of(plan)?)
    })
}

/// The rows of a plan with their companions, as a JSON list: id, outcome, title, measure, unit, period, which way is
/// better, what is counted and left out, the tables and columns that it reads, the policies that change it, source and
/// version. `plan` is as in `csc_plan_json`. Free the text with `csc_text_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_plan_rows_json(
    plan: *const c_char,
    rows_json: *mut *mut c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (plan, output) = unsafe { (optional_text(plan, "plan")?, output(rows_json, "rows_json")?) };
        write_json(output, &plan_of(plan)?.rows())
    })
}

fn plan_of(plan: Option<&str>) -> Result<Plan, Failure> {
    match plan {
        None => Ok(Plan::default()),
        Some(text) if text.trim_start().starts_with('{') => Ok(Plan::from_json(text)?),
        Some(id) => Ok(Plan::by_id(id)?),
    }
}

/// The catalogue of measures as a JSON list: the key of each, its forms with their titles, its period, which way is
/// better, what is counted and left out, the tables and columns that it reads, the policies that change it, source and
/// version. Free the text with `csc_text_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_measures_json(
    measures_json: *mut *mut c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let output = unsafe { output(measures_json, "measures_json") }?;
        write_json(output, &Measure::all().map(Measure::definition).collect::<Vec<_>>())
    })
}

#[derive(Serialize)]
struct Declaration {
    table: Table,
    ssd: Option<&'static str>,
    columns: &'static [ColumnDeclaration],
}

/// The tables that a dataset takes, as a JSON list: the name of each and its name in the Standard
/// Safeguarding Dataset, and for each column the names, what it holds, whether it is needed and what it means.
/// Free the text with `csc_text_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_tables_json(
    tables_json: *mut *mut c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let output = unsafe { output(tables_json, "tables_json") }?;
        let declarations: Vec<Declaration> = Table::ALL
            .iter()
            .map(|table| Declaration { table: *table, ssd: table.ssd_name(), columns: table.columns() })
            .collect();
        write_json(output, &declarations)
    })
}
