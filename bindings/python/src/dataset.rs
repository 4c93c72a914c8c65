//! Datasets: tables in, questions asked.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use csc_measures::tables::Table as TableName;
use csc_measures::{Chunk, ColumnNames, Dates, DatesError, ErrorKind, IssueCode, Rows, UnknownColumns};
use csc_measures_arrow::interface::{add_array, add_stream};
use csc_measures_arrow::{columns_batch, issues_batch, tables_batch};
use csc_measures_files::{Source, SourceKind, SourceReader};
use csc_measures_zones::london_day;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyIterator, PyString};

use crate::arrow::{self, Given};
use crate::batch;
use crate::cells::{self, Place};
use crate::date::{self, month};
use crate::due::{AsAt, DueList, Person, filter};
use crate::error::{Failure, raise};
use crate::part::Part;
use crate::quality::{self, Quality};
use crate::scorecard::{Made, Scorecard};
use crate::table::Table;
use crate::work::{Step, Worker, at_once, patiently};
use crate::{options, work};

/// How dates in texts are written: in all tables, or by table.
#[derive(FromPyObject)]
enum GivenDates {
    All(String),
    Tables(BTreeMap<String, String>),
}

fn dates_of(dates: Option<&Bound<'_, PyAny>>) -> PyResult<Dates> {
    let Some(dates) = dates else { return Ok(Dates::default()) };
    let dates = options::arguments(dates.py())?.call_method1("dates", (dates,))?.extract()?;
    let text = match dates {
        GivenDates::All(form) => form,
        GivenDates::Tables(tables) => {
            let forms: Vec<String> = tables.iter().map(|(table, form)| format!("{table}={form}")).collect();
            // An object of one table is not the form of all of them.
            format!("{},", forms.join(","))
        }
    };
    text.trim_end_matches(',').parse().map_err(|error: DatesError| {
        let error = error.to_string();
        let is_table = error.starts_with("unknown table ");
        let kind = if is_table { ErrorKind::UnknownName } else { ErrorKind::BadValue };
        raise(kind, format!("`dates`: {error} `iso` is 2017-03-31, `uk` 31/03/2017")).into()
    })
}

/// The source that each table is taken from.
fn choices(given: Option<&Bound<'_, PyAny>>) -> PyResult<Vec<(TableName, SourceKind)>> {
    let Some(given) = given else { return Ok(Vec::new()) };
    let example = r#"{"persons": "cin_census"}"#;
    let given: BTreeMap<String, String> =
        options::arguments(given.py())?.call_method1("by_table", ("choose", given, example))?.extract()?;
    let choice = |(table, source): (String, String)| {
        let table =
            TableName::by_name(&table).map_err(|error| raise(ErrorKind::UnknownName, error.to_string()))?;
        let source = source.parse().map_err(|error: csc_measures_files::ParseSourceKindError| {
            raise(ErrorKind::BadValue, format!("`choose`: {error}"))
        })?;
        Ok::<_, Failure>((table, source))
    };
    Ok(given.into_iter().map(choice).collect::<Result<_, _>>()?)
}

fn unknown_columns_of(given: Option<&Bound<'_, PyAny>>) -> PyResult<UnknownColumns> {
    let Some(given) = given else { return Ok(UnknownColumns::Warn) };
    let word: String =
        options::arguments(given.py())?.call_method1("option", ("unknown_columns", given))?.extract()?;
    Ok(match word.as_str() {
        "error" => UnknownColumns::Error,
        "ignore" => UnknownColumns::Ignore,
        _ => UnknownColumns::Warn,
    })
}

/// The names of columns by table.
type Named = BTreeMap<String, BTreeMap<String, String>>;

fn column_names(given: Option<&Bound<'_, PyAny>>) -> PyResult<ColumnNames> {
    let mut names = ColumnNames::default();
    let Some(given) = given else { return Ok(names) };
    let given: Named = options::arguments(given.py())?.call_method1("columns", (given,))?.extract()?;
    for (table, columns) in given {
        TableName::by_name(&table).map_err(Failure::from)?;
        for (given, column) in columns {
            names.call(&table, &given, &column).map_err(Failure::from)?;
        }
    }
    Ok(names)
}

/// Warns of the columns that are not read and nearly have the name of one that is, and of tables and columns of which
/// little or nothing could be used.
fn warn_of_what_is_not_read(
    py: Python<'_>,
    dataset: &csc_measures::Dataset,
    unknown_columns: UnknownColumns,
) -> PyResult<()> {
    if unknown_columns == UnknownColumns::Warn {
        for near_miss in dataset.columns().iter().filter_map(csc_measures::ColumnReport::near_miss) {
            py.import("warnings")?.call_method1("warn", (near_miss,))?;
        }
    }
    for notice in dataset.notices() {
        py.import("warnings")?.call_method1("warn", (notice,))?;
    }
    Ok(())
}

/// The most rows that are taken in, or made a dataset, by the calling thread: it is over in some milliseconds.
const FEW_ROWS: usize = 10_000;

/// Takes tables. Use it as ``Dataset({...})``.
#[pyclass(frozen, module = "csc_measures._native")]
pub(crate) struct DatasetBuilder {
    builder: Arc<Mutex<Option<csc_measures::DatasetBuilder>>>,
    /// How many rows there are so far, as far as is known; those of a stream are many.
    rows: AtomicUsize,
    /// Does what takes long, of all tables.
    worker: Worker,
}

impl DatasetBuilder {
    /// Does work with the builder, which is gone if that fails: with so many rows, if that is known.
    fn with(
        &self,
        py: Python<'_>,
        rows: Option<usize>,
        work: impl FnOnce(&mut csc_measures::DatasetBuilder) -> Result<(), Failure> + Send + 'static,
    ) -> PyResult<()> {
        let shared = Arc::clone(&self.builder);
        let work = move || {
            let mut place = shared.lock().unwrap_or_else(PoisonError::into_inner);
            let mut builder = place.take().ok_or_else(spent)?;
            work(&mut builder)?;
            *place = Some(builder);
            Ok(())
        };
        let before = self.rows.load(Ordering::Relaxed);
        self.rows.store(before.saturating_add(rows.unwrap_or(FEW_ROWS + 1)), Ordering::Relaxed);
        match rows {
            Some(..=FEW_ROWS) => at_once(py, work),
            _ => self.worker.patiently(py, work),
        }
    }
}

fn spent() -> Failure {
    raise(ErrorKind::BadValue, "the dataset is already built, or one of its tables failed".to_owned())
}

#[pymethods]
impl DatasetBuilder {
    #[new]
    fn new(
        dates: Option<&Bound<'_, PyAny>>,
        unknown_columns: Option<&Bound<'_, PyAny>>,
        columns: Option<&Bound<'_, PyAny>>,
        extract_day: Option<&Bound<'_, PyAny>>,
        look_up: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let mut builder = csc_measures::Dataset::builder();
        builder
            .dates(dates_of(dates)?)
            .london(london_day)
            .unknown_columns(unknown_columns_of(unknown_columns)?)
            .columns(column_names(columns)?);
        if let Some(day) = extract_day {
            builder.extract_day(date::given(day, "extract_day")?);
        }
        if let Some(tables) = look_up {
            let tables = options::arguments(tables.py())?.call_method1("texts", ("look_up", tables))?;
            for table in tables.extract::<Vec<String>>()? {
                builder.look_up(&table).map_err(Failure::from)?;
            }
        }
        let builder = Arc::new(Mutex::new(Some(builder)));
        Ok(Self { builder, rows: AtomicUsize::new(0), worker: Worker::default() })
    }

    /// For each name the place of the column of the table that it is, if it is one.
    fn places(&self, table: &str, names: Vec<String>) -> PyResult<Vec<Option<usize>>> {
        let place = self.builder.lock().unwrap_or_else(PoisonError::into_inner);
        let mut header = place.as_ref().ok_or_else(spent)?.header(table).map_err(Failure::from)?;
        Ok(names.iter().map(|name| header.place(name)).collect())
    }

    /// For each name whether the column is read: also one that is none of the table's and says how to read another.
    fn reads(&self, table: &str, names: Vec<String>) -> PyResult<Vec<bool>> {
        let place = self.builder.lock().unwrap_or_else(PoisonError::into_inner);
        let mut header = place.as_ref().ok_or_else(spent)?.header(table).map_err(Failure::from)?;
        Ok(names.iter().map(|name| header.push(name)).collect())
    }

    /// The table's own name, by whichever of its names.
    #[staticmethod]
    fn table_name(name: &str) -> PyResult<&'static str> {
        Ok(TableName::by_name(name).map_err(Failure::from)?.name())
    }

    /// Declares every table that was not given: supplied, and without rows.
    fn declare_others(&self) -> PyResult<()> {
        let mut place = self.builder.lock().unwrap_or_else(PoisonError::into_inner);
        place.as_mut().ok_or_else(spent)?.declare_others().map_err(Failure::from)?;
        Ok(())
    }

    /// Takes a table from batches, in its own thread: a connection may be used in no other. Of the table there are
    /// columns by those names; the batches have those that it knows, in the same order, as rows of values or each as a
    /// tuple of columns of Arrow. Says how many rows there were.
    fn add_batches(&self, table: &str, names: Vec<String>, batches: &Bound<'_, PyAny>) -> PyResult<usize> {
        let take = || self.builder.lock().unwrap_or_else(PoisonError::into_inner);
        let mut builder = take().take().ok_or_else(spent)?;
        let mut header = builder.header(table).map_err(Failure::from)?;
        let mut known = Vec::with_capacity(names.len());
        for name in &names {
            if header.push(name) {
                known.push(name.as_str());
            }
        }
        header.leave_out_unknown();
        let mut into = builder.begin(header).map_err(Failure::from)?;
        let mut rows = 0;
        for batch in batches.try_iter()? {
            rows += batch::take(&mut into, table, &known, &batch?)?;
        }
        *take() = Some(builder);
        self.rows.fetch_add(rows, Ordering::Relaxed);
        Ok(rows)
    }

    /// Takes a table from what has the Arrow protocol; `False` where the object has not.
    fn add_arrow(&self, table: String, frame: &Bound<'_, PyAny>) -> PyResult<bool> {
        match arrow::given(frame)? {
            Some(Given::Stream(mut stream)) => self.with(frame.py(), rows_of(frame), move |builder| {
                // SAFETY: the capsule's producer has promised what its stream is.
                Ok(unsafe { add_stream(builder, &table, (&raw mut stream).cast()) }?)
            })?,
            Some(Given::Array(schema, array)) => {
                self.with(frame.py(), Some(array.len()), move |builder| {
                    let (mut schema, mut array) = (schema, array);
                    // SAFETY: the capsules' producer has promised what they are.
                    Ok(unsafe {
                        add_array(builder, &table, (&raw mut schema).cast(), (&raw mut array).cast())
                    }?)
                })?
            }
            None => return Ok(false),
        }
        Ok(true)
    }

    /// Takes a table from columns of one length, each an iterable of values of Python.
    fn add_columns(&self, table: String, columns: &Bound<'_, PyDict>) -> PyResult<()> {
        let mut names: Vec<String> = Vec::with_capacity(columns.len());
        let mut rows = Rows::new(columns.len());
        let mut length: Option<usize> = None;
        for (name, given) in columns.iter() {
            let name = crate::dataset::name(&table, &name)?;
            let mut count = 0;
            for value in values_of(&table, &name, &given)? {
                cells::put(&mut rows, Place { row: count, column: names.len() }, &value?)?;
                count += 1;
            }
            if let Some(length) = length.filter(|length| *length != count) {
                let message = format!(
                    "table `{table}`: column `{name}` has {count} values, and those before it {length}"
                );
                return Err(raise(ErrorKind::BadTable, message).into());
            }
            length = Some(count);
            names.push(name);
        }
        self.add_gathered(columns.py(), table, names, rows)
    }

    /// Takes a table from rows, each a dict; the columns are those that any row names.
    fn add_rows(&self, table: String, rows: &Bound<'_, PyAny>) -> PyResult<()> {
        let mut names: Vec<String> = Vec::new();
        let mut gathered = Rows::new(0);
        let mut count = 0;
        for row in rows.try_iter()? {
            let (row, number) = (row?, count + 1);
            let row = row.cast::<PyDict>().map_err(|_| {
                let message = format!("table `{table}`, row {number}: a row must be a dict");
                pyo3::exceptions::PyTypeError::new_err(message)
            })?;
            for (key, value) in row.iter() {
                let key = name(&table, &key)?;
                let column = match names.iter().position(|name| *name == key) {
                    Some(column) => column,
                    None => {
                        names.push(key);
                        gathered.add_column()
                    }
                };
                cells::put(&mut gathered, Place { row: count, column }, &value)?;
            }
            count += 1;
        }
        gathered.fill(count);
        if count == 0 {
            return self.with(rows.py(), Some(0), move |builder| {
                let mut header = builder.header(&table).map_err(csc_measures::DatasetError::from)?;
                header.push_every_column();
                builder.begin(header)?;
                Ok(())
            });
        }
        self.add_gathered(rows.py(), table, names, gathered)
    }

    /// Makes the dataset.
    fn build(&self, py: Python<'_>) -> PyResult<Dataset> {
        let shared = Arc::clone(&self.builder);
        let work = move || {
            let builder = shared.lock().unwrap_or_else(PoisonError::into_inner).take().ok_or_else(spent)?;
            builder.check_names().map_err(Failure::from)?;
            Ok(Dataset(builder.build(), Vec::new()))
        };
        match self.rows.load(Ordering::Relaxed) {
            ..=FEW_ROWS => at_once(py, work),
            _ => self.worker.patiently(py, work),
        }
    }
}

impl DatasetBuilder {
    fn add_gathered(
        &self,
        py: Python<'_>,
        table: String,
        names: Vec<String>,
        rows: Rows<'static>,
    ) -> PyResult<()> {
        self.with(py, Some(rows.len()), move |builder| {
            let header: Vec<&str> = names.iter().map(String::as_str).collect();
            let mut table = builder.table(&table, &header)?;
            table.chunk(&Chunk { rows: rows.len(), columns: &rows.columns(), bad_rows: &[] })?;
            Ok(())
        })
    }
}

/// The rows of a frame that lies in memory; others may have to work for the number, or not know it.
fn rows_of(frame: &Bound<'_, PyAny>) -> Option<usize> {
    let module = frame.get_type().module().ok()?;
    let package = module.to_str().ok()?.split('.').next()?;
    matches!(package, "pandas" | "polars" | "pyarrow").then(|| frame.len().ok())?
}

/// The values of a column; the letters of a text are none.
fn values_of<'py>(table: &str, name: &str, given: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyIterator>> {
    let is_text = given.is_instance_of::<PyString>() || given.is_instance_of::<PyBytes>();
    match given.try_iter() {
        Ok(values) if !is_text => Ok(values),
        _ => {
            let class = given.get_type().qualname()?;
            let message = format!("table `{table}`: column `{name}` must be a list of values, not {class}");
            Err(pyo3::exceptions::PyTypeError::new_err(message))
        }
    }
}

fn name(table: &str, name: &Bound<'_, PyAny>) -> PyResult<String> {
    name.extract().map_err(|_| {
        let message = format!("table `{table}`: the name of a column must be text");
        pyo3::exceptions::PyTypeError::new_err(message)
    })
}

/// An authority's tables, read and checked. It never changes, and any number of threads may ask it at once.
///
/// ``Dataset({"cp_plans": frame, "cp_visits": frame})`` takes frames by the names of the tables: anything with the
/// Arrow protocol, dicts of columns, lists of dicts. Column names may be in capitals or small letters, with or without
/// ``_``; ``columns={"cp_plans": {"PersonID": "person_id"}}`` gives yours. Columns that the library does not know are
/// not read. ``unknown_columns`` is ``"warn"`` (a warning, if the name is nearly that of an absent column),
/// ``"error"`` or ``"ignore"``. ``dates`` is ``"uk"`` for texts such as 31/03/2017, or says so by table
/// (``{"cp_visits": "uk"}``). ``extract_day`` is the day on which tables of the Standard Safeguarding Dataset were
/// extracted, else the latest on which anything was recorded. ``look_up`` names tables that are there only to be looked
/// up, because another part of the authority counts them: ``workers``, ``involvements``, ``care_proceedings``,
/// ``final_order_applications``. With ``declare_others`` every table that is not named is supplied and empty, for all
/// that a system knows of one child: a child with a plan and no row of visits is then owed a visit. A row that makes no sense is left out and listed in
/// ``issues``; a table that cannot be taken raises BadTableError.
#[pyclass(frozen, module = "csc_measures")]
pub(crate) struct Dataset(pub(crate) csc_measures::Dataset, Vec<Source>);

/// The options that calls have in common.
macro_rules! options {
    ($py:expr, $plan:ident, $policy:ident, $targets:ident, $measures:ident, $breakdown:ident, $by:ident, $closures:ident, $signals:ident, $chart:ident, $baseline:ident, $rebase:ident, $threads:ident) => {
        options::of(
            $py,
            &[
                ("plan", $plan),
                ("policy", $policy),
                ("targets", $targets),
                ("measures", $measures),
                ("breakdown", $breakdown),
                ("by", $by),
                ("closures", $closures),
                ("signals", $signals),
                ("chart", $chart),
                ("baseline", $baseline),
                ("rebase", $rebase),
                ("threads", $threads),
            ],
        )?
    };
}

#[pymethods]
impl Dataset {
    /// A dataset of tables by name, each a frame, a dict of columns or a list of rows.
    #[new]
    #[pyo3(signature = (tables, *, dates = None, unknown_columns = None, columns = None, extract_day = None, look_up = None, declare_others = false, progress = None))]
    #[expect(clippy::too_many_arguments, reason = "each is a keyword of Python")]
    fn new(
        tables: &Bound<'_, PyAny>,
        dates: Option<&Bound<'_, PyAny>>,
        unknown_columns: Option<&Bound<'_, PyAny>>,
        columns: Option<&Bound<'_, PyAny>>,
        extract_day: Option<&Bound<'_, PyAny>>,
        look_up: Option<&Bound<'_, PyAny>>,
        declare_others: bool,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let builder = DatasetBuilder::new(dates, unknown_columns, columns, extract_day, look_up)?;
        let builder = builder.into_pyobject(tables.py())?;
        tables.py().import("csc_measures._frames")?.call_method1("add_all", (&builder, tables, progress))?;
        if declare_others {
            builder.get().declare_others()?;
        }
        let dataset = builder.get().build(tables.py())?;
        warn_of_what_is_not_read(tables.py(), &dataset.0, unknown_columns_of(unknown_columns)?)?;
        Ok(dataset)
    }

    /// Reads files and folders: tables, each a CSV or Parquet file, and returns as councils send them.
    ///
    /// A folder has tables or returns: SSDA903 (CSV), the children in need census (XML), Annex A (Excel), the
    /// children's social care API (JSON), the social work workforce census (XML). ``choose={"persons": "cin_census"}``
    /// says which source a table is taken from if several have it; ``as_at`` is the day of an Annex A workbook, else the
    /// latest on which anything in it happened. ``tables`` says where each table came from.
    ///
    /// A file that looks like a table and is not one, such as ``cp_plan.csv``, raises a warning; ``dates``, ``unknown_columns``,
    /// ``columns`` and ``extract_day`` are as for frames. What is read may be held in ``memory_limit`` bytes, about 4 GiB
    /// unless told; more is an error that names the file.
    #[staticmethod]
    #[pyo3(signature = (paths, *, dates = None, choose = None, as_at = None, unknown_columns = None, columns = None, extract_day = None, memory_limit = None, progress = None))]
    #[expect(clippy::too_many_arguments, reason = "named arguments, as Python has them")]
    fn read(
        py: Python<'_>,
        paths: &Bound<'_, PyAny>,
        dates: Option<&Bound<'_, PyAny>>,
        choose: Option<&Bound<'_, PyAny>>,
        as_at: Option<&Bound<'_, PyAny>>,
        unknown_columns: Option<&Bound<'_, PyAny>>,
        columns: Option<&Bound<'_, PyAny>>,
        extract_day: Option<&Bound<'_, PyAny>>,
        memory_limit: Option<&Bound<'_, PyAny>>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let dates = dates_of(dates)?;
        let unknown_columns = unknown_columns_of(unknown_columns)?;
        let columns = column_names(columns)?;
        let choices = choices(choose)?;
        let memory_limit =
            memory_limit.map(|bytes| options::count::<u64>(bytes, "memory_limit")).transpose()?;
        let paths: Vec<PathBuf> = options::arguments(py)?.call_method1("paths", (paths,))?.extract()?;
        let as_at = as_at.map(|day| date::given(day, "as_at")).transpose()?;
        let extract_day = extract_day.map(|day| date::given(day, "extract_day")).transpose()?;
        let progress = work::progress(progress)?;
        let looked_at = paths.clone();
        let (dataset, sources, notes) = work::patiently_in_steps(py, progress.as_ref(), move |steps| {
            let mut reader = SourceReader::open(paths)?.dates(dates).on_progress(|progress| {
                let what = progress.table.map_or(progress.file, |table| table.name()).to_owned();
                steps.tell(Step { what, done: progress.bytes, total: progress.total_bytes });
            });
            reader = reader.unknown_columns(unknown_columns).columns(columns);
            for (table, source) in choices {
                reader = reader.choose(table, source);
            }
            if let Some(day) = as_at {
                reader = reader.as_at(day);
            }
            if let Some(day) = extract_day {
                reader = reader.extract_day(day);
            }
            if let Some(bytes) = memory_limit {
                reader = reader.memory_limit(bytes);
            }
            let dataset = reader.read()?;
            let ignored = reader.ignored().iter().filter(|file| file.looks_like_table);
            let mut notes: Vec<String> =
                ignored.map(|file| format!("`{}` is not read: {}", file.name, file.reason)).collect();
            for source in reader.sources() {
                let title = source.kind.title();
                notes.extend(source.warnings.iter().map(|warning| format!("{title}: {}", warning.message())));
            }
            Ok((dataset, reader.sources().to_vec(), notes))
        })?;
        for note in notes {
            py.import("warnings")?.call_method1("warn", (note,))?;
        }
        // Whoever has no issue of that kind need not wait until every file is looked at again.
        if dataset.issues().iter().any(|issue| issue.code() == IssueCode::BadValue) {
            py.import("csc_measures._files")?.call_method1("warn_of_other_letters", (looked_at,))?;
        }
        warn_of_what_is_not_read(py, &dataset, unknown_columns)?;
        Ok(Self(dataset, sources))
    }

    /// The tables of a database, by a connection of DB-API 2, SQLAlchemy (or an engine of it), ADBC or DuckDB.
    ///
    /// Of the tables of the Standard Safeguarding Dataset, with ``prefix`` before their names and in ``schema``, those
    /// that are there are read, and of them no column but those that the library knows; nothing is written, and the
    /// connection stays open. ``tables={"persons": "ssd_person_v2"}`` says where a table is that has another name, or
    /// by None that it is not to be read; ``columns``, ``dates``, ``unknown_columns`` and ``extract_day`` are as for frames. Rows
    /// come ``batch_rows`` at a time, 50,000 unless told, as Arrow where the driver has it.
    ///
    /// One warning lists the tables that are not there, in the driver's words. Another, ``table_changed:<table>``, says
    /// that a table does not have at the end the number of rows that were read: it is being filled, so read again. A
    /// table that may not be read is an UnreadableError, and so is a database with none of the tables.
    #[staticmethod]
    #[pyo3(signature = (connection, schema = None, tables = None, prefix = "ssd_", columns = None, batch_rows = None, *, dates = None, unknown_columns = None, extract_day = None, progress = None))]
    #[expect(clippy::too_many_arguments, reason = "named arguments, as Python has them")]
    fn from_sql(
        connection: &Bound<'_, PyAny>,
        schema: Option<&Bound<'_, PyAny>>,
        tables: Option<&Bound<'_, PyAny>>,
        prefix: &str,
        columns: Option<&Bound<'_, PyAny>>,
        batch_rows: Option<&Bound<'_, PyAny>>,
        dates: Option<&Bound<'_, PyAny>>,
        unknown_columns: Option<&Bound<'_, PyAny>>,
        extract_day: Option<&Bound<'_, PyAny>>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let py = connection.py();
        let batch_rows = batch_rows.map_or(Ok(50_000), |rows| options::count::<u32>(rows, "batch_rows"))?;
        let builder =
            DatasetBuilder::new(dates, unknown_columns, columns, extract_day, None)?.into_pyobject(py)?;
        let given = (&builder, connection, schema, tables, prefix, batch_rows, progress);
        py.import("csc_measures._sql")?.call_method1("add_all", given)?;
        let dataset = builder.get().build(py)?;
        warn_of_what_is_not_read(py, &dataset.0, unknown_columns_of(unknown_columns)?)?;
        Ok(dataset)
    }

    /// What is wrong with the data, a row an issue: table, row (1 = the first), record, code, message, column.
    #[getter]
    fn issues(&self) -> PyResult<Table> {
        let dataset = self.0.clone();
        Table::new(issues_batch(self.0.issues()), move || serde_json::to_string(dataset.issues()))
    }

    /// The tables that were given, with their rows and how many of them are used.
    #[getter]
    fn tables(&self) -> PyResult<Table> {
        let dataset = self.0.clone();
        Table::new(tables_batch(&self.0.tables()), move || serde_json::to_string(&dataset.tables()))
    }

    /// What ``Dataset.read`` found, a source a dictionary: its kind, files and tables, the day that it is as at, the years of
    /// a return of several years, each by the calendar year in which it ends, and what is to be told of them.
    #[getter]
    fn sources<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        options::to_python(py, &self.1)
    }

    /// Every column of the tables that were given: whether it was read, is absent or unknown, its name in the data, how
    /// many rows are null or not understood, and the nearest name.
    #[getter]
    fn columns(&self) -> PyResult<Table> {
        let dataset = self.0.clone();
        Table::new(columns_batch(&self.0.columns()), move || serde_json::to_string(&dataset.columns()))
    }

    /// The number of persons that any table names.
    #[getter]
    fn person_count(&self) -> usize {
        self.0.person_count()
    }

    /// The measures for a run of months, both ends included; without ``last``, for one month.
    ///
    /// ``breakdown`` names dimensions, such as ``["sex", "age", "team"]``: ``groups`` of the scorecard has the results of
    /// each group. ``by`` adds the results' sections to the JSON, and ``signals=True`` the signals. ``chart`` has control charts by
    /// row, ``baseline`` how many points limits are taken from (a number, or one by row), ``rebase`` by row the months
    /// from which its chart starts anew. The answer does not depend on ``threads``.
    #[pyo3(signature = (first, last = None, *, plan = None, policy = None, targets = None, measures = None, breakdown = None, by = None, closures = None, signals = None, chart = None, baseline = None, rebase = None, threads = None))]
    #[expect(clippy::too_many_arguments, reason = "named arguments, as Python has them")]
    fn scorecard(
        &self,
        py: Python<'_>,
        first: &Bound<'_, PyAny>,
        last: Option<&Bound<'_, PyAny>>,
        plan: Option<&Bound<'_, PyAny>>,
        policy: Option<&Bound<'_, PyAny>>,
        targets: Option<&Bound<'_, PyAny>>,
        measures: Option<&Bound<'_, PyAny>>,
        breakdown: Option<&Bound<'_, PyAny>>,
        by: Option<&Bound<'_, PyAny>>,
        closures: Option<&Bound<'_, PyAny>>,
        signals: Option<&Bound<'_, PyAny>>,
        chart: Option<&Bound<'_, PyAny>>,
        baseline: Option<&Bound<'_, PyAny>>,
        rebase: Option<&Bound<'_, PyAny>>,
        threads: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Scorecard> {
        let options = options!(
            py, plan, policy, targets, measures, breakdown, by, closures, signals, chart, baseline, rebase,
            threads
        );
        let (first, last) = (month(first, "first")?, month(last.unwrap_or(first), "last")?);
        let dataset = self.0.clone();
        let made = Made::Dataset {
            dataset: dataset.clone(),
            from: first,
            to: last,
            options: Box::new(options.clone()),
        };
        let card = patiently(py, move || Ok(dataset.scorecard(first, last, &options)?))?;
        Ok(Scorecard::new(card, made))
    }

    /// Another dataset, in which one child has the rows of ``tables`` in place of those before.
    ///
    /// A child who was not there is added. It costs no more in a dataset of many children: everything but the child's
    /// rows is shared, and this dataset stays as it is. ``tables`` are all rows of the child, of every table that is kept
    /// by person, with the ``cla_reviews`` of the child's periods of care: what is not given is not there any more. They
    /// have the columns that the dataset has. ``workers``, ``care_proceedings`` and the other tables that are no child's
    /// stay, and so does what all rows together decide: the counts of tables and columns, and their first and last dates.
    ///
    /// Rows of several persons, or that hang together with another person's, are a BadValueError, other tables or columns
    /// a BadTableError. Of such a dataset there are no parts, and no quality. ``dates`` and ``columns`` are as for frames.
    #[pyo3(signature = (tables, *, dates = None, columns = None))]
    fn with_person(
        &self,
        tables: &Bound<'_, PyAny>,
        dates: Option<&Bound<'_, PyAny>>,
        columns: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let py = tables.py();
        let builder = DatasetBuilder::new(dates, None, columns, None, None)?.into_pyobject(py)?;
        let progress: Option<&Bound<'_, PyAny>> = None;
        py.import("csc_measures._frames")?.call_method1("add_all", (&builder, tables, progress))?;
        let (dataset, builder) = (self.0.clone(), Arc::clone(&builder.get().builder));
        let sources = self.1.clone();
        at_once(py, move || {
            let rows = builder.lock().unwrap_or_else(PoisonError::into_inner).take().ok_or_else(spent)?;
            rows.check_names().map_err(Failure::from)?;
            Ok(Self(dataset.with_person(rows).map_err(Failure::from)?, sources))
        })
    }

    /// Another dataset without one child, which shares everything else with this one.
    fn without_person(&self, person_id: &Bound<'_, PyAny>) -> PyResult<Self> {
        let person = options::identity(person_id, "person_id")?;
        Ok(Self(self.0.without_person(&person).map_err(Failure::from)?, self.1.clone()))
    }

    /// One child as at the end of a day: the cohorts, and everything open, soonest first.
    #[pyo3(signature = (person_id, as_at, *, plan = None, policy = None, measures = None, closures = None))]
    #[expect(clippy::too_many_arguments, reason = "named arguments, as Python has them")]
    fn person(
        &self,
        py: Python<'_>,
        person_id: &Bound<'_, PyAny>,
        as_at: &Bound<'_, PyAny>,
        plan: Option<&Bound<'_, PyAny>>,
        policy: Option<&Bound<'_, PyAny>>,
        measures: Option<&Bound<'_, PyAny>>,
        closures: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Person> {
        let options = options::of_day(py, plan, policy, measures, closures)?;
        let person_id = options::identity(person_id, "person_id")?;
        Person::new(self.0.person(&person_id, date::given(as_at, "as_at")?, &options).map_err(Failure::from)?)
    }

    /// What is due to everybody as at the end of a day, soonest first.
    ///
    /// ``within`` is a number of working days; what is overdue and what has no date are always listed.
    #[pyo3(signature = (as_at, *, within = None, rag = None, clocks = None, teams = None, plan = None, policy = None, measures = None, closures = None))]
    #[expect(clippy::too_many_arguments, reason = "named arguments, as Python has them")]
    fn due_list(
        &self,
        py: Python<'_>,
        as_at: &Bound<'_, PyAny>,
        within: Option<&Bound<'_, PyAny>>,
        rag: Option<&Bound<'_, PyAny>>,
        clocks: Option<&Bound<'_, PyAny>>,
        teams: Option<&Bound<'_, PyAny>>,
        plan: Option<&Bound<'_, PyAny>>,
        policy: Option<&Bound<'_, PyAny>>,
        measures: Option<&Bound<'_, PyAny>>,
        closures: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<DueList> {
        let options = options::of_day(py, plan, policy, measures, closures)?;
        let (day, filter) = (date::given(as_at, "as_at")?, filter(py, within, rag, clocks, teams)?);
        let dataset = self.0.clone();
        DueList::new(patiently(py, move || Ok(dataset.due_list(day, &options, &filter)?))?)
    }

    /// What became of the data: by table and column the rows, nulls, issues and last dates, and for each kind of issue
    /// the measures and months that it touches, and by how many cases.
    ///
    /// Without months, the year up to the month of the day that the data are as at is looked at. That day is ``as_at``,
    /// or else the last on which anything in the data happened.
    #[pyo3(signature = (first = None, last = None, *, as_at = None, plan = None, policy = None, measures = None, closures = None))]
    #[expect(clippy::too_many_arguments, reason = "named arguments, as Python has them")]
    fn quality(
        &self,
        py: Python<'_>,
        first: Option<&Bound<'_, PyAny>>,
        last: Option<&Bound<'_, PyAny>>,
        as_at: Option<&Bound<'_, PyAny>>,
        plan: Option<&Bound<'_, PyAny>>,
        policy: Option<&Bound<'_, PyAny>>,
        measures: Option<&Bound<'_, PyAny>>,
        closures: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Quality> {
        let options = options::of_day(py, plan, policy, measures, closures)?;
        let days = quality::days(first, last, as_at)?;
        let dataset = self.0.clone();
        Ok(Quality::new(patiently(py, move || Ok(dataset.quality(&days, &options)?))?))
    }

    /// The dataset as at the end of a day, to be asked for many children.
    #[pyo3(signature = (day, *, plan = None, policy = None, measures = None, closures = None))]
    fn as_at(
        &self,
        py: Python<'_>,
        day: &Bound<'_, PyAny>,
        plan: Option<&Bound<'_, PyAny>>,
        policy: Option<&Bound<'_, PyAny>>,
        measures: Option<&Bound<'_, PyAny>>,
        closures: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<AsAt> {
        let options = options::of_day(py, plan, policy, measures, closures)?;
        Ok(AsAt(Arc::new(self.0.as_at(date::given(day, "day")?, &options).map_err(Failure::from)?)))
    }

    /// What these rows add up to, for rows that are a part of an authority's; or share ``index`` (from 0) of ``of``
    /// equal shares of the persons of this dataset. ``Scorecard.merge`` makes the whole from all of them; if the whole is to
    /// be published, each is made with ``publish=True``.
    #[pyo3(signature = (first, last = None, *, index = None, of = None, plan = None, policy = None, targets = None, measures = None, breakdown = None, by = None, closures = None, signals = None, chart = None, baseline = None, rebase = None, publish = false))]
    #[expect(clippy::too_many_arguments, reason = "named arguments, as Python has them")]
    fn part(
        &self,
        py: Python<'_>,
        first: &Bound<'_, PyAny>,
        last: Option<&Bound<'_, PyAny>>,
        index: Option<&Bound<'_, PyAny>>,
        of: Option<&Bound<'_, PyAny>>,
        plan: Option<&Bound<'_, PyAny>>,
        policy: Option<&Bound<'_, PyAny>>,
        targets: Option<&Bound<'_, PyAny>>,
        measures: Option<&Bound<'_, PyAny>>,
        breakdown: Option<&Bound<'_, PyAny>>,
        by: Option<&Bound<'_, PyAny>>,
        closures: Option<&Bound<'_, PyAny>>,
        signals: Option<&Bound<'_, PyAny>>,
        chart: Option<&Bound<'_, PyAny>>,
        baseline: Option<&Bound<'_, PyAny>>,
        rebase: Option<&Bound<'_, PyAny>>,
        publish: bool,
    ) -> PyResult<Part> {
        let threads = None;
        let mut options = options!(
            py, plan, policy, targets, measures, breakdown, by, closures, signals, chart, baseline, rebase,
            threads
        );
        options.publish = publish;
        let (first, last) = (month(first, "first")?, month(last.unwrap_or(first), "last")?);
        let index = index.map(|index| options::count::<u32>(index, "index")).transpose()?;
        let of = of.map(|of| options::count::<u32>(of, "of")).transpose()?;
        let dataset = self.0.clone();
        let part = patiently(py, move || {
            Ok(match (index, of) {
                (None, None) => dataset.part(first, last, &options)?,
                (Some(index), Some(of)) => dataset.part_of(index, of, first, last, &options)?,
                _ => {
                    let message = "`index` and `of` go together: share 0 of 4, share 1 of 4 and so on";
                    return Err(raise(ErrorKind::BadValue, message.to_owned()));
                }
            })
        })?;
        Ok(Part(part))
    }

    /// A dataset is not pickled: it would be its tables once more, as they are here and not where they came from.
    fn __reduce__(&self) -> PyResult<()> {
        let message = "a dataset cannot be pickled; pickle its tables and make `Dataset(tables)` of them where they arrive, \
                       or pickle what was asked of it: a scorecard, or a part by `data.part(...)`";
        Err(pyo3::exceptions::PyTypeError::new_err(message))
    }

    fn __copy__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __deepcopy__<'py>(slf: Bound<'py, Self>, memo: &Bound<'py, PyAny>) -> Bound<'py, Self> {
        // It never changes.
        let _ = memo;
        slf
    }

    fn __repr__(&self) -> String {
        format!(
            "Dataset of {} persons in {} tables, {} issues",
            self.0.person_count(),
            self.0.tables().len(),
            self.0.issues().len()
        )
    }
}
