//! Building a dataset: tables in

use std::ffi::c_char;

use chrono::NaiveDate;
use csc_measures::{ColumnNames, Dataset, DatasetBuilder, DateForm, Dates, UnknownColumns};
use csc_measures_arrow::interface::ArrowArrayStream;
use serde::Deserialize;

use crate::arguments::{given_mut, output, parse, text, values};
use crate::arrow::GivenStream;
use crate::dataset::csc_dataset;
use crate::error::csc_error;
use crate::guard::guarded;
use crate::quiet::quietly;
use crate::status::{CSC_SPENT_BUILDER, CSC_UNKNOWN_CONSTANT, Failure, csc_status};

/// Takes tables and makes a dataset. It is for one thread at a time.
///
/// Each table is given once, by its own name or that of the Standard Safeguarding Dataset, with columns by
/// either name, in any order, in capitals or small letters. Columns that a table does not know are not read. A
/// table that is not given is not supplied, and measures that need it have no figure; a table without rows says
/// that there were none.
///
/// A row that makes no sense never fails a call: it becomes an issue of the data. If a call fails, some of
/// its table's rows may be in, so the builder is spent: it can only be freed.
pub struct csc_dataset_builder {
    /// None once it has been used.
    builder: Option<DatasetBuilder>,
}

/// How dates are written in texts.
pub type csc_date_form = i32;
/// `2017-03-31`, alone or followed by a time, which is dropped.
pub const CSC_DATE_FORM_ISO: csc_date_form = 0;
/// `31/03/2017`, alone or followed by a time, which is dropped.
pub const CSC_DATE_FORM_UK: csc_date_form = 1;

pub(crate) fn date_form(code: csc_date_form) -> Result<DateForm, Failure> {
    match code {
        CSC_DATE_FORM_ISO => Ok(DateForm::Iso),
        CSC_DATE_FORM_UK => Ok(DateForm::Uk),
        _ => Err(Failure::new(CSC_UNKNOWN_CONSTANT, format!("{code} is not a csc_date_form"))),
    }
}

impl csc_dataset_builder {
    /// Does work with the builder, which has been used up if it fails or panics.
    fn with<E: Into<Failure>>(
        &mut self,
        work: impl FnOnce(&mut DatasetBuilder) -> Result<(), E>,
    ) -> Result<(), Failure> {
        let mut builder = self.take()?;
        work(&mut builder).map_err(Into::into)?;
        self.builder = Some(builder);
        Ok(())
    }

    pub(crate) fn take(&mut self) -> Result<DatasetBuilder, Failure> {
        self.builder.take().ok_or_else(|| {
            Failure::new(
                CSC_SPENT_BUILDER,
                "the builder has already been used: its dataset is built, or a table could not be taken",
            )
        })
    }
}

/// Starts a dataset. Free the builder with `csc_dataset_builder_free`, also after its dataset is built.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_dataset_builder_new(
    builder: *mut *mut csc_dataset_builder,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let output = unsafe { output(builder, "builder") }?;
        output.write(Box::into_raw(Box::new(csc_dataset_builder { builder: Some(Dataset::builder()) })));
        Ok(())
    })
}

/// Frees a builder with the rows that are in it. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_dataset_builder_free(builder: *mut csc_dataset_builder) {
    quietly(|| {
        if !builder.is_null() {
            // SAFETY: by the conventions of the header it came from `csc_dataset_builder_new`, and is freed
            // once.
            drop(unsafe { Box::from_raw(builder) });
        }
    });
}

/// Sets how the dates in texts are written in the tables that follow; `CSC_DATE_FORM_ISO` unless this is called.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_dataset_builder_date_form(
    builder: *mut csc_dataset_builder,
    form: csc_date_form,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let builder = unsafe { given_mut(builder, "builder") }?;
        let form = date_form(form)?;
        builder.with(|builder| {
            builder.date_form(form);
            Ok::<_, Failure>(())
        })
    })
}

/// How tables are read.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Names {
    unknown_columns: UnknownColumns,
    columns: ColumnNames,
    dates: Option<Dates>,
    extract_day: Option<NaiveDate>,
    look_up: Vec<String>,
}

/// Sets how the tables that follow are read. `names_json` is an object with `columns`, the columns that have other names than the library's (`{"cp_plans": {"PersonID": "person_id"}}`), and `unknown_columns`,
/// what happens to columns that a table does not know: with `"warn"` and `"ignore"` they are not read, with
/// `"error"` the table cannot be taken; and optionally `dates`, how dates in texts are written, by table
/// (`{"cp_visits": "uk", "*": "iso"}`), `extract_day`, the day on which tables of the Standard Safeguarding Dataset
/// were extracted, and `look_up`, a list of tables that are there only to be looked up, because another part counts them
/// (of `workers`, `involvements`, `care_proceedings`, `final_order_applications`). `csc_dataset_columns_json` lists what was not read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_dataset_builder_names_json(
    builder: *mut csc_dataset_builder,
    names_json: *const c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (builder, names) = unsafe { (given_mut(builder, "builder")?, text(names_json, "names_json")?) };
        let names: Names = parse(names, "names_json")?;
        builder.with(|builder| {
            builder.unknown_columns(names.unknown_columns).columns(names.columns);
            if let Some(dates) = names.dates {
                builder.dates(dates);
            }
            if let Some(day) = names.extract_day {
                builder.extract_day(day);
            }
            for table in &names.look_up {
                builder.look_up(table)?;
            }
            Ok::<_, Failure>(())
        })
    })
}

/// Takes a table from an Arrow stream of record batches, with columns of any date, timestamp, text,
/// dictionary, integer, boolean, decimal or float type. A stream without batches is a table without rows.
///
/// The stream is always consumed: it is released, and its struct marked so, before the call returns, also
/// if the call fails. Data are read in place and not kept.
///
/// `CSC_UNREADABLE` if the stream is released already, breaks off, or contradicts itself.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_dataset_builder_add_arrow(
    builder: *mut csc_dataset_builder,
    table: *const c_char,
    stream: *mut ArrowArrayStream,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header. Taken first, it is released whatever else is wrong.
        let stream = unsafe { GivenStream::take(stream) }?;
        // SAFETY: by the conventions of the header.
        let (builder, table) = unsafe { (given_mut(builder, "builder")?, text(table, "table")?) };
        builder.with(|builder| stream.add_to(builder, table))
    })
}

/// Takes a table from CSV text: a header, then one row on each line; commas, quotes if needed, UTF-8 with or
/// without a byte order mark. The text is read during the call and not kept.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_dataset_builder_add_csv(
    builder: *mut csc_dataset_builder,
    table: *const c_char,
    csv: *const c_char,
    length: usize,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (builder, table, csv) = unsafe {
            (given_mut(builder, "builder")?, text(table, "table")?, values(csv.cast::<u8>(), length, "csv")?)
        };
        builder.with(|builder| csc_measures_files::add_csv(builder, table, csv))
    })
}

/// Takes a table from JSON text: a list of objects, one a row, by column (`[{"person_id": "P1"}]`), or an
/// object of lists of one length, by column. The columns supplied are those that any row names; an empty list
/// is a table with every column and no rows. The text is read during the call and not kept.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_dataset_builder_add_json(
    builder: *mut csc_dataset_builder,
    table: *const c_char,
    json: *const c_char,
    length: usize,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (builder, table, json) = unsafe {
            (
                given_mut(builder, "builder")?,
                text(table, "table")?,
                values(json.cast::<u8>(), length, "json")?,
            )
        };
        builder.with(|builder| csc_measures_files::add_json(builder, table, json))
    })
}

/// Declares a table that the whole authority has, with its columns, and of which this part has no rows, so
/// that each part has the tables of the whole.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_dataset_builder_declare(
    builder: *mut csc_dataset_builder,
    table: *const c_char,
    columns: *const *const c_char,
    length: usize,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (builder, table, columns) = unsafe {
            let columns = values(columns, length, "columns")?;
            (
                given_mut(builder, "builder")?,
                text(table, "table")?,
                columns.iter().map(|column| text(*column, "columns")).collect::<Result<Vec<_>, _>>()?,
            )
        };
        builder.with(|builder| builder.declare(table, &columns).map(|_| ()))
    })
}

/// Declares every table that was not given: it is supplied, with every column, and has no rows. Call it last, for all that
/// a system knows of one child: a child with a plan and no row of visits is then owed a visit. Leave it out if the system
/// does not have every table.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_dataset_builder_declare_others(
    builder: *mut csc_dataset_builder,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let builder = unsafe { given_mut(builder, "builder") }?;
        builder.with(|builder| builder.declare_others().map(|_| ()))
    })
}

/// Makes the dataset: checks what needs all tables, and groups the rows by person. A table whose columns have names and
/// that was not given is an error. The builder has then been used.
/// Free the dataset with `csc_dataset_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_dataset_builder_build(
    builder: *mut csc_dataset_builder,
    dataset: *mut *mut csc_dataset,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (builder, dataset) = unsafe { (given_mut(builder, "builder")?, output(dataset, "dataset")?) };
        let builder = builder.take()?;
        builder.check_names()?;
        dataset.write(csc_dataset::into_raw(builder.build()));
        Ok(())
    })
}
