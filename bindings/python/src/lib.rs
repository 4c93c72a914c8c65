//! The native half of the Python package: frames in, answers out, the work done without the interpreter's lock.
//!
//! The answers are those of Rust; what only Python needs (the types of frames, notebooks, plots) is written in Python.
#![allow(unsafe_code, reason = "Arrow capsules hold raw structs; each block says why it may")]
#![deny(clippy::undocumented_unsafe_blocks, unsafe_op_in_unsafe_fn)]

mod arrow;
mod batch;
mod calendar;
mod cells;
mod clock;
mod clock_statuses;
mod column;
mod dataset;
mod date;
mod due;
mod error;
mod file;
mod flat;
mod null;
mod options;
mod part;
mod plan;
mod quality;
mod report;
mod scorecard;
mod table;
mod work;
mod workbook;

use pyo3::prelude::*;

/// The native module; the package `csc_measures` is what to import.
// No class holds state that a thread could change: nothing here needs the interpreter's lock.
#[pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use super::calendar::Calendar;
    #[pymodule_export]
    use super::clock::{Clock, ClockStatus, clocks_json};
    #[pymodule_export]
    use super::column::Column;
    #[pymodule_export]
    use super::dataset::{Dataset, DatasetBuilder};
    #[pymodule_export]
    use super::due::{AsAt, DueList, Person};
    #[pymodule_export]
    use super::part::Part;
    #[pymodule_export]
    use super::plan::{measure_rag, measures_json, plan_json, tables_json};
    #[pymodule_export]
    use super::quality::Quality;
    #[pymodule_export]
    use super::scorecard::{Published, Scorecard};
    #[pymodule_export]
    use super::table::Table;
    #[pymodule_export]
    use super::work::_break_an_invariant;

    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        module.add("OPTIMISED", !cfg!(debug_assertions))
    }
}
