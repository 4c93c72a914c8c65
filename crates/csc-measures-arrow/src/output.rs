//! Results, signals, cases, obligations, issues and counts of rows out: each a record batch.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch};
use arrow_schema::{ArrowError, Field, Schema};
use chrono::NaiveDate;
use csc_measures::due::Obligation;
use csc_measures::plan::Definitions;
use csc_measures::signals::{Assurance, Rounded, SignalPoint, Signals, Stretch};
use csc_measures::{
    Amount, ColumnReport, DataIssue, Explanation, Funnel, GroupResult, MeasureResult, Outcome, Published,
    PublishedGroup, Scorecard, Shown, TableCount, VisitRule,
};

use crate::in_plan::{Bounds, Place, Places};

/// The key under which the schema of results, cases and obligations carries the versions of the definitions, as JSON.
pub const DEFINITIONS_KEY: &str = "csc_measures.definitions";

/// The results of a scorecard, one row each, in the scorecard's order. For the columns see the
/// [crate](crate#columns-that-are-written).
///
/// # Errors
/// More than two gigabytes of text in a column.
pub fn results_batch(card: &Scorecard) -> Result<RecordBatch, ArrowError> {
    let titles = card.titles();
    let places = Places::new(card.plan(), &titles);
    let rows = card.results().iter().map(|result| {
        let (place, target) = (places.of(&result.measure)?, card.target(&result.measure, result.month));
        Ok(Row { result, place, target: Bounds::of(target)?, is_published: false, is_suppressed: false })
    });
    let rows: Vec<Row<'_>> = rows.collect::<Result<_, ArrowError>>()?;
    let mut columns = Columns::default();
    columns.results(&rows, false)?;
    columns.finish_by(&card.definitions())
}

/// The results of the groups of a breakdown, one row each, in the scorecard's order. For the columns see the
/// [crate](crate#columns-that-are-written).
///
/// # Examples
///
/// ## The columns are there without a breakdown
///
/// ```
/// use csc_measures::{Dataset, Options};
/// use csc_measures_arrow::groups_batch;
///
/// let march = "2017-03".parse()?;
/// let card = Dataset::builder().build().scorecard(march, march, &Options::default())?;
/// let batch = groups_batch(&card)?;
/// assert_eq!(batch.num_rows(), 0);
/// assert_eq!(batch.schema().field(3).name(), "group");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// More than two gigabytes of text in a column.
pub fn groups_batch(card: &Scorecard) -> Result<RecordBatch, ArrowError> {
    let groups = || card.groups().iter();
    let rows: Vec<Group<'_>> = groups().map(Group::whole).collect();
    let mut columns = Columns::default();
    columns.group_figures(&rows)?;
    for outcome in Outcome::ALL {
        columns.counts(outcome.as_str(), groups().map(|row| row.outcomes.get(outcome)));
    }
    columns.group_chances(&rows)?;
    columns.finish_by(&card.definitions())
}

/// What of a scorecard may be published, one result a row, in its order. For the columns see the
/// [crate](crate#columns-that-are-written).
///
/// # Errors
/// More than two gigabytes of text in a column.
pub fn published_batch(published: &Published) -> Result<RecordBatch, ArrowError> {
    let places = Places::new(published.plan(), published.titles());
    let rows = published.results().iter().map(|row| {
        let result = row.result();
        let (place, target) = (places.of(&result.measure)?, published.target(&result.measure, result.month));
        let target = Bounds::of(target)?;
        Ok(Row { result, place, target, is_published: true, is_suppressed: row.is_suppressed() })
    });
    let rows: Vec<Row<'_>> = rows.collect::<Result<_, ArrowError>>()?;
    let mut columns = Columns::default();
    columns.results(&rows, true)?;
    let suppressed: BooleanArray = rows.iter().map(|row| Some(row.is_suppressed)).collect();
    columns.push("suppressed", Arc::new(suppressed), false);
    columns.finish_by(&published.definitions())
}

/// The groups that may be published, one row each: every group that a dimension has anywhere in the data, for every measure
/// and month. For the columns see the [crate](crate#columns-that-are-written).
///
/// # Errors
/// More than two gigabytes of text in a column.
pub fn published_groups_batch(published: &Published) -> Result<RecordBatch, ArrowError> {
    let groups = || published.groups().iter();
    let rows: Vec<Group<'_>> = groups().map(Group::published).collect();
    let mut columns = Columns::default();
    columns.group_figures(&rows)?;
    columns.group_chances(&rows)?;
    let suppressed: BooleanArray = groups().map(|row| Some(PublishedGroup::is_suppressed(row))).collect();
    columns.push("suppressed", Arc::new(suppressed), false);
    columns.finish_by(&published.definitions())
}

/// A group, whole or as it is published: then a number that is left out is null.
struct Group<'a> {
    measure: &'a str,
    month: String,
    dimension: &'a str,
    group: Option<&'a str>,
    status: &'static str,
    numerator: Option<Amount>,
    denominator: Option<Amount>,
    value: Option<Shown>,
    interval: Option<(Shown, Shown)>,
    funnel: Option<Funnel>,
}

impl<'a> Group<'a> {
    fn whole(row: &'a GroupResult) -> Self {
        Self {
            measure: row.measure.as_str(),
            month: row.month.to_string(),
            dimension: &row.dimension,
            group: row.group.as_deref(),
            status: row.status.as_str(),
            numerator: Some(row.numerator),
            denominator: row.denominator,
            value: row.value,
            interval: row.interval,
            funnel: row.funnel,
        }
    }

    fn published(row: &'a PublishedGroup) -> Self {
        Self {
            measure: row.measure.as_str(),
            month: row.month.to_string(),
            dimension: &row.dimension,
            group: row.group.as_deref(),
            status: row.status.as_str(),
            numerator: row.numerator,
            denominator: row.denominator,
            value: row.value,
            interval: row.interval,
            funnel: row.funnel,
        }
    }
}

impl Columns {
    fn group_figures(&mut self, rows: &[Group<'_>]) -> Result<(), ArrowError> {
        self.text("measure", rows.iter().map(|row| row.measure))?;
        self.text("month", rows.iter().map(|row| row.month.as_str()))?;
        self.text("dimension", rows.iter().map(|row| row.dimension))?;
        self.texts("group", rows.iter().map(|row| row.group))?;
        self.text("status", rows.iter().map(|row| row.status))?;
        self.amounts("numerator", rows.iter().map(|row| row.numerator));
        self.amounts("denominator", rows.iter().map(|row| row.denominator));
        self.shown("value", rows.iter().map(|row| row.value));
        Ok(())
    }

    fn group_chances(&mut self, rows: &[Group<'_>]) -> Result<(), ArrowError> {
        self.shown("low", rows.iter().map(|row| row.interval.map(|(low, _)| low)));
        self.shown("high", rows.iter().map(|row| row.interval.map(|(_, high)| high)));
        self.texts("funnel", rows.iter().map(|row| row.funnel.map(Funnel::as_str)))
    }
}

/// A result with what the plan says of it, and whether its numbers are left out.
#[derive(Clone, Copy)]
struct Row<'a> {
    result: &'a MeasureResult,
    place: Place<'a>,
    target: Bounds,
    is_published: bool,
    is_suppressed: bool,
}

impl<'a> Row<'a> {
    /// A value that is never published.
    fn told<T>(self, value: impl FnOnce(&'a MeasureResult) -> T) -> Option<T> {
        (!self.is_published).then(|| value(self.result))
    }

    /// The value less that of the period before, as both are shown.
    fn change(self) -> Option<f64> {
        Some(tenths(self.result.value?.tenths() - self.result.previous?.tenths()))
    }

    /// A value that is shown only if the numbers are.
    fn shown<T>(self, value: impl FnOnce(&'a MeasureResult) -> T) -> Option<T> {
        (!self.is_suppressed).then(|| value(self.result))
    }
}

impl Columns {
    fn results(&mut self, rows: &[Row<'_>], may_be_suppressed: bool) -> Result<(), ArrowError> {
        let results = rows.iter().map(|row| row.result);
        self.text("measure", results.clone().map(|row| row.measure.as_str()))?;
        let months: Vec<String> = results.clone().map(|row| row.month.to_string()).collect();
        self.text("month", months.iter().map(String::as_str))?;
        self.dates("period_from", results.clone().map(|row| row.period.from));
        self.dates("period_to", results.clone().map(|row| row.period.to));
        self.text("status", results.clone().map(|row| row.status.as_str()))?;
        self.amounts("numerator", results.clone().map(|row| row.numerator));
        self.amounts("denominator", results.clone().map(|row| row.denominator));
        self.shown("value", results.clone().map(|row| row.value));
        self.text("unit", results.clone().map(|row| row.unit.as_str()))?;
        for outcome in Outcome::ALL {
            let counts: Int64Array =
                rows.iter().map(|row| row.told(|row| integer(row.outcomes.get(outcome)))).collect();
            self.nullable(outcome.as_str(), Arc::new(counts));
        }
        let rags = strings(rows.iter().map(|row| row.shown(|row| row.rag.as_str())))?;
        self.push("rag", rags, may_be_suppressed);
        self.texts(
            "direction",
            results.clone().map(|row| row.direction.map(|direction| direction.as_str())),
        )?;
        self.lists("warnings", results.clone().map(|row| row.warnings.as_slice()));
        self.lists("missing_tables", results.clone().map(|row| row.missing_tables.as_slice()));
        let all_met: BooleanArray = results.clone().map(|row| row.all_met.flatten()).collect();
        self.nullable("all_met", Arc::new(all_met));
        self.in_plan(rows)?;
        self.shown("previous", results.clone().map(|row| row.previous));
        self.floats("change", rows.iter().map(|row| row.change()));
        let orders: Int64Array = rows.iter().map(|row| Some(row.place.order)).collect();
        self.push("plan_order", Arc::new(orders), false);
        self.dates("month_start", results.map(|row| row.month.first()));
        Ok(())
    }

    fn in_plan(&mut self, rows: &[Row<'_>]) -> Result<(), ArrowError> {
        let places = rows.iter().map(|row| row.place);
        self.text("title", places.clone().map(|place| place.title))?;
        self.text("outcome", places.clone().map(|place| place.outcome.id.as_str()))?;
        self.text("outcome_title", places.clone().map(|place| place.outcome.title.as_str()))?;
        self.text("better", places.map(|place| place.better.as_str()))?;
        let targets = rows.iter().map(|row| row.target);
        self.floats("target", targets.clone().map(|target| target.target));
        self.floats("target_low", targets.clone().map(|target| target.low));
        self.floats("target_high", targets.clone().map(|target| target.high));
        self.floats("target_tolerance", targets.clone().map(|target| target.tolerance));
        self.texts("target_better", targets.map(|target| target.better))
    }
}

/// The signals of a scorecard, or of what of it may be published, one point a row, in their order; `definitions` are those
/// of its measures. For the columns see the [crate](crate#columns-that-are-written).
///
/// # Examples
///
/// ## The columns are there without signals
///
/// ```
/// use csc_measures::{Dataset, Options};
/// use csc_measures_arrow::signals_batch;
///
/// let march = "2017-03".parse()?;
/// let card = Dataset::builder().build().scorecard(march, march, &Options::default())?;
/// let batch = signals_batch(&card.signals(), &card.definitions())?;
/// assert_eq!(batch.num_rows(), 0);
/// assert_eq!(batch.schema().field(7).name(), "marks");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// More than two gigabytes of text in a column.
pub fn signals_batch(signals: &[Signals], definitions: &Definitions) -> Result<RecordBatch, ArrowError> {
    let rows: Vec<Point<'_>> = signals.iter().flat_map(Point::all).collect();
    let months: Vec<String> = rows.iter().map(|row| row.point.month.to_string()).collect();
    let marks: Vec<Vec<String>> =
        rows.iter().map(|row| row.point.marks.iter().map(ToString::to_string).collect()).collect();
    let starts: Vec<Option<String>> =
        rows.iter().map(|row| row.stretch.map(|stretch| stretch.from.to_string())).collect();
    let assurances = rows.iter().map(|row| row.signals.assurance.map(Assurance::as_str));
    let mut columns = Columns::default();
    columns.text("measure", rows.iter().map(|row| row.signals.measure.as_str()))?;
    columns.text("chart", rows.iter().map(|row| row.signals.chart.as_str()))?;
    columns.text("month", months.iter().map(String::as_str))?;
    columns.rounded("value", rows.iter().map(|row| Some(row.point.value)));
    columns.rounded("centre", rows.iter().map(|row| Some(row.point.centre)));
    columns.rounded("low", rows.iter().map(|row| row.point.low));
    columns.rounded("high", rows.iter().map(|row| row.point.high));
    columns.lists("marks", marks.iter().map(Vec::as_slice));
    columns.text("variation", rows.iter().map(|row| row.point.variation.as_str()))?;
    columns.texts("stretch", starts.iter().map(Option::as_deref))?;
    let points = |stretch: &Stretch| i64::try_from(stretch.baseline_points).unwrap_or(i64::MAX);
    columns.integers("baseline_points", rows.iter().map(|row| row.stretch.map(points)));
    columns.rounded("lag1", rows.iter().map(|row| row.stretch.and_then(|stretch| stretch.lag1)));
    columns.texts("assurance", assurances)?;
    columns.finish_by(definitions)
}

/// A point of a chart, and the stretch that it is in.
#[derive(Clone, Copy)]
struct Point<'a> {
    signals: &'a Signals,
    point: &'a SignalPoint,
    stretch: Option<&'a Stretch>,
}

impl<'a> Point<'a> {
    fn all(signals: &'a Signals) -> impl Iterator<Item = Self> {
        signals.points.iter().map(move |point| {
            let has = |stretch: &&Stretch| (stretch.from..=stretch.to).contains(&point.month);
            Self { signals, point, stretch: signals.stretches.iter().find(has) }
        })
    }
}

/// The cases behind figures, one row each, in their order; `definitions` are those of their measures. A scorecard that was
/// broken down adds a column for each dimension that is not a column already. For the columns see the
/// [crate](crate#columns-that-are-written).
///
/// # Examples
///
/// ## The columns are there without cases
///
/// ```
/// use csc_measures::{Dataset, Options};
/// use csc_measures_arrow::cases_batch;
///
/// let march = "2017-03".parse()?;
/// let card = Dataset::builder().build().scorecard(march, march, &Options::default())?;
/// let batch = cases_batch(&[card.explain("O3.M4", march)?], &card.definitions_of("O3.M4")?)?;
/// // nothing was supplied: no cases, and still the columns
/// assert_eq!(batch.num_rows(), 0);
/// assert_eq!(batch.schema().field(2).name(), "subject");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// More than two gigabytes of text in a column: give the cases in parts.
pub fn cases_batch(explained: &[Explanation], definitions: &Definitions) -> Result<RecordBatch, ArrowError> {
    let cases = || explained.iter().flat_map(|one| &one.cases);
    let months: Vec<String> = explained.iter().map(|one| one.month.to_string()).collect();
    let of_each = || {
        let explained = explained.iter().zip(&months);
        explained.flat_map(|(one, month)| one.cases.iter().map(move |_| (one, month)))
    };
    let mut columns = Columns::default();
    columns.text("measure", of_each().map(|(one, _)| one.measure.as_str()))?;
    columns.text("month", of_each().map(|(_, month)| month.as_str()))?;
    columns.text("subject", cases().map(|case| case.subject.as_str()))?;
    columns.texts("record", cases().map(|case| case.record.as_deref()))?;
    columns.text("outcome", cases().map(|case| case.outcome.as_str()))?;
    columns.texts("reason", cases().map(|case| case.reason.map(|reason| reason.as_str())))?;
    columns.nullable_dates("anchor", cases().map(|case| case.anchor));
    columns.nullable_dates("due", cases().map(|case| case.due));
    columns.nullable_dates("done", cases().map(|case| case.done));
    columns.integers("elapsed", cases().map(|case| case.elapsed.map(i64::from)));
    columns.texts("rag", cases().map(|case| case.rag.map(|rag| rag.as_str())))?;
    columns.amounts("numerator", cases().map(|case| case.numerator));
    columns.amounts("denominator", cases().map(|case| case.denominator));
    columns.texts("rule", cases().map(|case| case.rule.flatten().map(VisitRule::as_str)))?;
    columns.texts("team", cases().map(|case| case.team.as_deref()))?;
    columns.texts("worker", cases().map(|case| case.worker.as_deref()))?;
    let dimensions = explained.first().map_or(&[][..], |one| &one.dimensions);
    for dimension in dimensions.iter().filter(|name| !matches!(name.as_str(), "team" | "worker")) {
        let name = if columns.has(dimension) { format!("{dimension}_group") } else { dimension.clone() };
        columns.texts(&name, cases().map(|case| case.group(dimension)))?;
    }
    columns.finish_by(definitions)
}

/// What is due, one obligation a row, in their order: those of a due list or of a person, with its definitions.
/// For the columns see the [crate](crate#columns-that-are-written).
///
/// # Examples
///
/// ## Obligations of a due list
///
/// ```
/// use csc_measures::due::DueFilter;
/// use csc_measures::{Dataset, Options};
/// use csc_measures_arrow::obligations_batch;
///
/// let day = chrono::NaiveDate::from_ymd_opt(2017, 3, 31).unwrap();
/// let list = Dataset::builder().build().due_list(day, &Options::default(), &DueFilter::default())?;
/// let batch = obligations_batch(&list.obligations, &list.definitions)?;
/// assert_eq!(batch.schema().field(5).name(), "due");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// More than two gigabytes of text in a column: give the obligations in parts.
pub fn obligations_batch(
    obligations: &[Obligation],
    definitions: &Definitions,
) -> Result<RecordBatch, ArrowError> {
    let owed = || obligations.iter();
    let mut columns = Columns::default();
    columns.text("person", owed().map(|owed| owed.person.as_str()))?;
    columns.text("clock", owed().map(|owed| owed.clock))?;
    columns.text("measure", owed().map(|owed| owed.measure.as_str()))?;
    columns.texts("record", owed().map(|owed| owed.record.as_deref()))?;
    columns.nullable_dates("anchor", owed().map(|owed| owed.anchor));
    columns.nullable_dates("due", owed().map(|owed| owed.due));
    columns.nullable_dates("last_done", owed().map(|owed| owed.last_done));
    columns.integers("elapsed", owed().map(|owed| owed.elapsed.map(i64::from)));
    columns.text("unit", owed().map(|owed| owed.unit.as_str()))?;
    columns.integers("days_left", owed().map(|owed| owed.days_left.map(i64::from)));
    columns.integers("days_over", owed().map(|owed| owed.days_over.map(i64::from)));
    columns.text("outcome", owed().map(|owed| owed.outcome.as_str()))?;
    columns.texts("reason", owed().map(|owed| owed.reason.map(|reason| reason.as_str())))?;
    columns.texts("rag", owed().map(|owed| owed.rag.map(|rag| rag.as_str())))?;
    columns.texts("worker", owed().map(|owed| owed.worker.as_deref()))?;
    columns.texts("team", owed().map(|owed| owed.team.as_deref()))?;
    columns.texts("rule", owed().map(|owed| owed.rule.flatten().map(VisitRule::as_str)))?;
    columns.finish_by(definitions)
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
    columns.texts("source", issues.iter().map(DataIssue::source))?;
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
    columns.texts("source", tables.iter().map(|count| count.source.as_deref()))?;
    columns.nullable_dates("as_at", tables.iter().map(|count| count.as_at));
    columns.finish()
}

/// What became of every column of the supplied tables, one row each. For the columns see the
/// [crate](crate#columns-that-are-written).
///
/// # Errors
/// None that a list of columns can bring about.
pub fn columns_batch(reports: &[ColumnReport]) -> Result<RecordBatch, ArrowError> {
    let mut columns = Columns::default();
    columns.text("table", reports.iter().map(|report| report.table.name()))?;
    columns.texts("column", reports.iter().map(|report| report.column))?;
    columns.texts("given_as", reports.iter().map(|report| report.given_as.as_deref()))?;
    columns.text("state", reports.iter().map(|report| report.state.as_str()))?;
    columns.counts("rows", reports.iter().map(|report| report.rows));
    columns.counts("nulls", reports.iter().map(|report| report.nulls));
    columns.counts("not_understood", reports.iter().map(|report| report.not_understood));
    columns.texts("nearest", reports.iter().map(|report| report.nearest.as_deref()))?;
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

    fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name() == name)
    }

    fn shown(&mut self, name: &str, values: impl Iterator<Item = Option<Shown>>) {
        let values: Float64Array = values.map(|value| value.map(Shown::as_f64)).collect();
        self.nullable(name, Arc::new(values));
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

    fn lists<'a>(&mut self, name: &str, rows: impl Iterator<Item = &'a [String]>) {
        let mut builder = ListBuilder::new(StringBuilder::new());
        for texts in rows {
            for text in texts {
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

    fn nullable_dates(&mut self, name: &str, values: impl Iterator<Item = Option<NaiveDate>>) {
        let days: Date32Array = values.map(|date| date.map(|date| date.to_epoch_days())).collect();
        self.nullable(name, Arc::new(days));
    }

    fn integers(&mut self, name: &str, values: impl Iterator<Item = Option<i64>>) {
        let integers: Int64Array = values.collect();
        self.nullable(name, Arc::new(integers));
    }

    fn counts(&mut self, name: &str, values: impl Iterator<Item = u64>) {
        let counts: Int64Array = values.map(|count| Some(integer(count))).collect();
        self.push(name, Arc::new(counts), false);
    }

    fn floats(&mut self, name: &str, values: impl Iterator<Item = Option<f64>>) {
        let floats: Float64Array = values.collect();
        self.nullable(name, Arc::new(floats));
    }

    fn rounded(&mut self, name: &str, values: impl Iterator<Item = Option<Rounded>>) {
        let figures: Float64Array = values.map(|figure| figure.map(Rounded::as_f64)).collect();
        self.nullable(name, Arc::new(figures));
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

/// The nearest float of so many tenths.
#[expect(clippy::cast_precision_loss, reason = "the nearest float is what is asked for")]
fn tenths(tenths: i64) -> f64 {
    tenths as f64 / 10.0
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
