//! Results, cases, issues and counts of rows out: each a record batch.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch};
use arrow_schema::{ArrowError, Field, Schema};
use chrono::NaiveDate;
use csc_measures::due::DueList;
use csc_measures::plan::Definitions;
use csc_measures::{
    Amount, Case, DataIssue, MeasureId, MeasureResult, Month, Outcome, Published, Scorecard, TableCount,
};

/// The key under which the schema of results and of cases carries the versions of the definitions, as JSON.
pub const DEFINITIONS_KEY: &str = "csc_measures.definitions";

/// The results of a scorecard, one row each, in the scorecard's order. For the columns see the
/// [crate](crate#columns-that-are-written).
///
/// # Errors
/// More than two gigabytes of text in a column.
pub fn results_batch(card: &Scorecard) -> Result<RecordBatch, ArrowError> {
    let mut columns = Columns::default();
    columns.results(&card.results().iter().collect::<Vec<_>>(), |_| false)?;
    columns.finish_by(&card.definitions())
}

/// The results that may be published, one row each. For the columns see the
/// [crate](crate#columns-that-are-written).
///
/// # Errors
/// More than two gigabytes of text in a column.
pub fn published_batch(published: &Published) -> Result<RecordBatch, ArrowError> {
    let rows: Vec<&MeasureResult> = published.results().iter().map(|row| row.result()).collect();
    let is_suppressed: Vec<bool> = published.results().iter().map(|row| row.is_suppressed()).collect();
    let mut columns = Columns::default();
    columns.results(&rows, |place| is_suppressed.get(place).is_some_and(|is_suppressed| *is_suppressed))?;
    columns.push("suppressed", Arc::new(BooleanArray::from(is_suppressed)), false);
    columns.finish_by(&Definitions::of(rows.iter().map(|row| row.measure)))
}

/// What is due, one row an obligation, in the order of the list. For the columns see the
/// [crate](crate#columns-that-are-written).
///
/// ```
/// use csc_measures::due::DueFilter;
/// use csc_measures::{Dataset, Options};
/// use csc_measures_arrow::obligations_batch;
/// # use chrono::NaiveDate;
///
/// let today = NaiveDate::from_ymd_opt(2017, 3, 31).unwrap();
/// let list = Dataset::builder().build().due_list(today, &Options::default(), &DueFilter::default())?;
/// assert_eq!(obligations_batch(&list)?.num_rows(), 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// More than two gigabytes of text in a column.
pub fn obligations_batch(list: &DueList) -> Result<RecordBatch, ArrowError> {
    let rows = &list.obligations;
    let mut columns = Columns::default();
    columns.text("person", rows.iter().map(|row| row.person.as_str()))?;
    columns.text("clock", rows.iter().map(|row| row.clock))?;
    columns.text("measure", rows.iter().map(|row| row.measure.as_str()))?;
    columns.texts("record", rows.iter().map(|row| row.record.as_deref()))?;
    columns.maybe_dates("anchor", rows.iter().map(|row| row.anchor));
    columns.maybe_dates("due", rows.iter().map(|row| row.due));
    columns.maybe_dates("last_done", rows.iter().map(|row| row.last_done));
    columns.integers("elapsed", rows.iter().map(|row| row.elapsed.map(i64::from)));
    columns.text("unit", rows.iter().map(|row| row.unit.as_str()))?;
    columns.integers("days_left", rows.iter().map(|row| row.days_left.map(i64::from)));
    columns.integers("days_over", rows.iter().map(|row| row.days_over.map(i64::from)));
    columns.text("outcome", rows.iter().map(|row| row.outcome.as_str()))?;
    columns.texts("reason", rows.iter().map(|row| row.reason.map(|reason| reason.as_str())))?;
    columns.texts("rag", rows.iter().map(|row| row.rag.map(|rag| rag.as_str())))?;
    columns.texts("worker", rows.iter().map(|row| row.worker.as_deref()))?;
    columns.texts("team", rows.iter().map(|row| row.team.as_deref()))?;
    columns.finish_by(&list.definitions)
}

/// The cases of a measure in a month, one row each, in their order. For the columns see the
/// [crate](crate#columns-that-are-written).
///
/// ```
/// use csc_measures::{Dataset, MeasureId, Options};
/// use csc_measures_arrow::cases_batch;
///
/// let march = "2017-03".parse()?;
/// let card = Dataset::builder().build().scorecard(march, march, &Options::default())?;
/// let measure: MeasureId = "O3.M4".parse()?;
/// let batch = cases_batch(measure, march, &card.cases(measure, march)?)?;
/// // nothing was supplied: no cases, and still the columns
/// assert_eq!(batch.num_rows(), 0);
/// assert_eq!(batch.schema().field(2).name(), "subject");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// More than two gigabytes of text in a column: give the cases in parts.
pub fn cases_batch(measure: MeasureId, month: Month, cases: &[Case]) -> Result<RecordBatch, ArrowError> {
    let month = month.to_string();
    let mut columns = Columns::default();
    columns.text("measure", cases.iter().map(|_| measure.as_str()))?;
    columns.text("month", cases.iter().map(|_| month.as_str()))?;
    columns.text("subject", cases.iter().map(|case| case.subject.as_str()))?;
    columns.texts("record", cases.iter().map(|case| case.record.as_deref()))?;
    columns.text("outcome", cases.iter().map(|case| case.outcome.as_str()))?;
    columns.texts("reason", cases.iter().map(|case| case.reason.map(|reason| reason.as_str())))?;
    columns.maybe_dates("anchor", cases.iter().map(|case| case.anchor));
    columns.maybe_dates("due", cases.iter().map(|case| case.due));
    columns.maybe_dates("done", cases.iter().map(|case| case.done));
    columns.integers("elapsed", cases.iter().map(|case| case.elapsed.map(i64::from)));
    columns.texts("rag", cases.iter().map(|case| case.rag.map(|rag| rag.as_str())))?;
    columns.amounts("numerator", cases.iter().map(|case| case.numerator));
    columns.amounts("denominator", cases.iter().map(|case| case.denominator));
    columns.finish_by(&Definitions::of([measure]))
}

/// The issues of the data, one row each, in their order. For the columns see the
/// [crate](crate#columns-that-are-written).
///
/// # Errors
/// More than two gigabytes of text in a column, as tens of millions of issues have: give them in parts.
pub fn issues_batch(issues: &[DataIssue]) -> Result<RecordBatch, ArrowError> {
    let mut columns = Columns::default();
    columns.text("table", issues.iter().map(|issue| issue.table().name()))?;
    columns.counts("row", issues.iter().map(DataIssue::row));
    columns.texts("record", issues.iter().map(DataIssue::record))?;
    columns.text("code", issues.iter().map(|issue| issue.code().as_str()))?;
    let messages: Vec<String> = issues.iter().map(DataIssue::message).collect();
    columns.text("message", messages.iter().map(String::as_str))?;
    columns.texts("column", issues.iter().map(DataIssue::column))?;
    columns.finish()
}

/// The supplied tables and what became of their rows, one row each. For the columns see the
/// [crate](crate#columns-that-are-written).
///
/// # Errors
/// None that a list of tables can bring about.
pub fn tables_batch(tables: &[TableCount]) -> Result<RecordBatch, ArrowError> {
    let mut columns = Columns::default();
    columns.text("table", tables.iter().map(|count| count.table.name()))?;
    columns.counts("rows", tables.iter().map(|count| count.rows));
    columns.counts("used", tables.iter().map(|count| count.used));
    columns.finish()
}

/// The columns of a batch that is being made.
#[derive(Default)]
struct Columns {
    fields: Vec<Field>,
    arrays: Vec<ArrayRef>,
}

impl Columns {
    fn push(&mut self, name: &str, array: ArrayRef, is_nullable: bool) {
        self.fields.push(Field::new(name, array.data_type().clone(), is_nullable));
        self.arrays.push(array);
    }

    fn nullable(&mut self, name: &str, array: ArrayRef) {
        self.push(name, array, true);
    }

    fn text<'a>(
        &mut self,
        name: &str,
        values: impl Iterator<Item = &'a str> + Clone,
    ) -> Result<(), ArrowError> {
        let array = strings(values.map(Some))?;
        self.push(name, array, false);
        Ok(())
    }

    fn texts<'a>(
        &mut self,
        name: &str,
        values: impl Iterator<Item = Option<&'a str>> + Clone,
    ) -> Result<(), ArrowError> {
        let array = strings(values)?;
        self.push(name, array, true);
        Ok(())
    }

    /// The columns of results. What is withheld of a row has no number of an outcome either.
    fn results(
        &mut self,
        rows: &[&MeasureResult],
        is_withheld: impl Fn(usize) -> bool,
    ) -> Result<(), ArrowError> {
        self.text("measure", rows.iter().map(|row| row.measure.as_str()))?;
        let months: Vec<String> = rows.iter().map(|row| row.month.to_string()).collect();
        self.text("month", months.iter().map(String::as_str))?;
        self.dates("period_from", rows.iter().map(|row| row.period.from));
        self.dates("period_to", rows.iter().map(|row| row.period.to));
        self.text("status", rows.iter().map(|row| row.status.as_str()))?;
        self.amounts("numerator", rows.iter().map(|row| row.numerator));
        self.amounts("denominator", rows.iter().map(|row| row.denominator));
        let values: Float64Array = rows.iter().map(|row| row.value.map(|value| value.as_f64())).collect();
        self.nullable("value", Arc::new(values));
        self.text("unit", rows.iter().map(|row| row.measure.unit().as_str()))?;
        for outcome in Outcome::ALL {
            let counts = rows
                .iter()
                .enumerate()
                .map(|(place, row)| (!is_withheld(place)).then(|| integer(row.outcomes.get(outcome))));
            self.integers(outcome.as_str(), counts);
        }
        self.text("rag", rows.iter().map(|row| row.rag.as_str()))?;
        self.texts("direction", rows.iter().map(|row| row.direction.map(|direction| direction.as_str())))?;
        self.lists("warnings", rows, |row| &row.warnings);
        self.lists("missing_tables", rows, |row| &row.missing_tables);
        let all_met: BooleanArray = rows.iter().map(|row| row.all_met.flatten()).collect();
        self.nullable("all_met", Arc::new(all_met));
        Ok(())
    }

    fn lists(&mut self, name: &str, rows: &[&MeasureResult], texts: impl Fn(&MeasureResult) -> &[String]) {
        let mut builder = ListBuilder::new(StringBuilder::new());
        for row in rows {
            for text in texts(row) {
                builder.values().append_value(text);
            }
            builder.append(true);
        }
        self.push(name, Arc::new(builder.finish()), false);
    }

    fn dates(&mut self, name: &str, values: impl Iterator<Item = NaiveDate>) {
        let days: Date32Array = values.map(|date| Some(date.to_epoch_days())).collect();
        self.push(name, Arc::new(days), false);
    }

    fn maybe_dates(&mut self, name: &str, values: impl Iterator<Item = Option<NaiveDate>>) {
        let days: Date32Array = values.map(|date| date.map(|date| date.to_epoch_days())).collect();
        self.nullable(name, Arc::new(days));
    }

    fn integers(&mut self, name: &str, values: impl Iterator<Item = Option<i64>>) {
        self.nullable(name, Arc::new(values.collect::<Int64Array>()));
    }

    fn counts(&mut self, name: &str, values: impl Iterator<Item = u64>) {
        let counts: Int64Array = values.map(|count| Some(integer(count))).collect();
        self.push(name, Arc::new(counts), false);
    }

    fn amounts(&mut self, name: &str, values: impl Iterator<Item = Option<Amount>>) {
        let amounts: Float64Array = values.map(|amount| amount.map(float)).collect();
        self.nullable(name, Arc::new(amounts));
    }

    /// A batch of figures, with the definitions that they were worked out by.
    fn finish_by(self, definitions: &Definitions) -> Result<RecordBatch, ArrowError> {
        let metadata = HashMap::from([(DEFINITIONS_KEY.to_owned(), definitions.to_string())]);
        RecordBatch::try_new(Arc::new(Schema::new_with_metadata(self.fields, metadata)), self.arrays)
    }

    fn finish(self) -> Result<RecordBatch, ArrowError> {
        RecordBatch::try_new(Arc::new(Schema::new(self.fields)), self.arrays)
    }
}

/// Texts whose offsets fit the 32 bits that every reader of Arrow knows.
fn strings<'a>(values: impl Iterator<Item = Option<&'a str>> + Clone) -> Result<ArrayRef, ArrowError> {
    let (rows, bytes) =
        values.clone().fold((0, 0_usize), |(rows, bytes), text| (rows + 1, bytes + text.map_or(0, str::len)));
    if i32::try_from(bytes).is_err() {
        return Err(ArrowError::OffsetOverflowError(bytes));
    }
    let mut builder = StringBuilder::with_capacity(rows, bytes);
    for text in values {
        builder.append_option(text);
    }
    Ok(Arc::new(builder.finish()))
}

/// A count as the signed integer that every reader of Arrow knows.
fn integer(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The float that the JSON output has.
#[expect(clippy::cast_precision_loss, reason = "the nearest float is what is asked for")]
fn float(amount: Amount) -> f64 {
    amount.thousandths() as f64 / 1000.0
}
