//! The plan: outcomes, measures, recommendations and input tables

use std::ffi::c_char;

use csc_measures::Plan;
use csc_measures::tables::{Column, Table};
use serde::Serialize;

use crate::arguments::output;
use crate::error::csc_error;
use crate::guard::guarded;
use crate::status::csc_status;
use crate::text::write_json;

/// The Service Improvement Plan as JSON: its outcomes, measures and companions with unit, period, definition,
/// source and the tables that each needs, and the recommendations. Free the text with `csc_text_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_plan_json(
    plan_json: *mut *mut c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let output = unsafe { output(plan_json, "plan_json") }?;
        write_json(output, Plan::worcestershire_2017())
    })
}

#[derive(Serialize)]
struct Declaration {
    table: Table,
    ssd: Option<&'static str>,
    columns: &'static [Column],
}

/// The tables that a dataset takes, as a JSON list: the name of each and its name in the Standard
/// Safeguarding Dataset, and of each column the names, what it holds, whether it is needed and what it means.
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
