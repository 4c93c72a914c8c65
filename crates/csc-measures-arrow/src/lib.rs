//! Arrow record batches in and out of [`csc_measures`]: tables to a dataset, and results, cases, what is due
//! and data issues to batches.
//!
//! # Examples
//!
//! ## Plans in, results out
//!
//! ```
//! use std::sync::Arc;
//!
//! use arrow_array::{Date32Array, RecordBatch, StringArray};
//! use csc_measures::{Dataset, Options};
//! use csc_measures_arrow::{add_batches, results_batch};
//!
//! let plans = RecordBatch::try_from_iter([
//!     ("cp_plan_id", Arc::new(StringArray::from(vec!["CP1"])) as _),
//!     ("person_id", Arc::new(StringArray::from(vec!["P1"])) as _),
//!     ("start_date", Arc::new(Date32Array::from(vec![17_169])) as _),
//! ])?;
//! let mut builder = Dataset::builder();
//! add_batches(&mut builder, "cp_plans", &plans.schema(), [Ok(plans)])?;
//! let card = builder.build().scorecard("2016-04".parse()?, "2017-03".parse()?, &Options::default())?;
//! let results = results_batch(&card)?;
//! assert_eq!(results.num_rows(), card.results().len());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Types that are read
//!
//! Any column may be of any of these types; the dataset then reads its values as it reads text, so an id of
//! `123.0` or a yes of `1` is fine. A whole number in a column of dates counts days since 1970-01-01, as in
//! `Date32`. A value that cannot be read, or that is of a type which its column cannot have (a date or a `true` as
//! an id, an id of `2.5`, a float as a date), is a data issue of its row, never a null without one.
//!
//! | Arrow type | read as |
//! |---|---|
//! | `Null` | nulls |
//! | `Boolean` | yes or no |
//! | `Int8` to `Int64`, `UInt8` to `UInt64` | whole numbers |
//! | `Float16`, `Float32`, `Float64` | numbers, NaN a null; a single or half as the shortest decimal of the single, so that `999.9` stays `999.9` |
//! | `Decimal32` to `Decimal256` | exact numbers, of any scale; an array with a number too large for that (an id of thirty digits) as the texts of its numbers |
//! | `Utf8`, `LargeUtf8`, `Utf8View` | text |
//! | `Binary`, `LargeBinary`, `BinaryView`, `FixedSizeBinary` | text if it is UTF-8, else unreadable; with the extension `arrow.uuid` the text of a UUID |
//! | `Date32`, `Date64` | dates of the years 1 to 9999, others unreadable, as no text could write them |
//! | `Timestamp` | the date on the clock of its time zone: see below |
//! | `Time32`, `Time64`, `Duration`, `Interval` | unreadable: no column of any table holds one |
//! | `Dictionary`, `RunEndEncoded` | as their values; a null value is a null |
//! | lists, `Struct`, `Map`, `Union` | refused, with the names of table and column; a column that the table does not know is not looked at |
//!
//! A timestamp reads as a date, so its time zone matters near midnight. Without a zone it is a civil time and
//! the zone is not asked for. UTC and offsets such as `+01:00` are exact. A place of the time zone database, as
//! `Europe/London` in small letters or capitals, has the clocks that the database says it had, also before 1970:
//! midnight of 1 July in London is 23:00 of 30 June in UTC, and reads as 1 July. The database is part of the
//! library, and no file of the system is read. Timestamps of a zone that it does not know are unreadable, because
//! a wrong date is worse than an issue: convert such columns to dates first.
//!
//! What pandas calls naive, as most of its columns are, has no zone and reads as it is written. Spark writes
//! instants in UTC, whatever zone it shows them in: a London midnight in summer is 23:00 of the day before,
//! and reads as the day before, for the column no longer says whose midnight it was. No warning is possible;
//! cast such columns to dates in Spark, where the zone is known.
//!
//! Text that is not UTF-8, from a producer that says it is, is unreadable row by row; an array whose offsets
//! lie outside its data is refused. Offsets, nulls and chunks of any kind are fine. The 128-bit integers of Polars,
//! which Arrow does not have, read as decimals without a scale.
//!
//! # Columns that are written
//!
//! Integers are signed and texts have 32-bit offsets, which every reader of Arrow knows. Numerators,
//! denominators and values are the floats of the JSON output: they are exact to the thousandth up to nine
//! million million, and a data frame adds them up as they come, while decimals become objects. The schemas of
//! results, groups, signals, cases and obligations carry the versions of the definitions under [`DEFINITIONS_KEY`].
//!
//! | batch | column | type | null |
//! |---|---|---|---|
//! | results | `measure` | Utf8 | no |
//! | results | `month` | Utf8 | no |
//! | results | `period_from` | Date32 | no |
//! | results | `period_to` | Date32 | no |
//! | results | `status` | Utf8 | no |
//! | results | `numerator` | Float64 | yes |
//! | results | `denominator` | Float64 | yes |
//! | results | `value` | Float64 | yes |
//! | results | `unit` | Utf8 | no |
//! | results | `met` | Int64 | yes |
//! | results | `late` | Int64 | yes |
//! | results | `overdue` | Int64 | yes |
//! | results | `not_met` | Int64 | yes |
//! | results | `counted` | Int64 | yes |
//! | results | `not_counted` | Int64 | yes |
//! | results | `not_yet_due` | Int64 | yes |
//! | results | `extinguished` | Int64 | yes |
//! | results | `not_applicable` | Int64 | yes |
//! | results | `unknown` | Int64 | yes |
//! | results | `rag` | Utf8 | no |
//! | results | `direction` | Utf8 | yes |
//! | results | `warnings` | List(Utf8) | no |
//! | results | `missing_tables` | List(Utf8) | no |
//! | results | `all_met` | Boolean | yes |
//! | results | `title` | Utf8 | no |
//! | results | `outcome` | Utf8 | no |
//! | results | `outcome_title` | Utf8 | no |
//! | results | `better` | Utf8 | no |
//! | results | `target` | Float64 | yes |
//! | results | `target_low` | Float64 | yes |
//! | results | `target_high` | Float64 | yes |
//! | results | `target_tolerance` | Float64 | yes |
//! | results | `target_better` | Utf8 | yes |
//! | results | `previous` | Float64 | yes |
//! | results | `change` | Float64 | yes |
//! | results | `plan_order` | Int64 | no |
//! | results | `month_start` | Date32 | no |
//! | groups | `measure` | Utf8 | no |
//! | groups | `month` | Utf8 | no |
//! | groups | `dimension` | Utf8 | no |
//! | groups | `group` | Utf8 | yes |
//! | groups | `status` | Utf8 | no |
//! | groups | `numerator` | Float64 | yes |
//! | groups | `denominator` | Float64 | yes |
//! | groups | `value` | Float64 | yes |
//! | groups | `met` | Int64 | no |
//! | groups | `late` | Int64 | no |
//! | groups | `overdue` | Int64 | no |
//! | groups | `not_met` | Int64 | no |
//! | groups | `counted` | Int64 | no |
//! | groups | `not_counted` | Int64 | no |
//! | groups | `not_yet_due` | Int64 | no |
//! | groups | `extinguished` | Int64 | no |
//! | groups | `not_applicable` | Int64 | no |
//! | groups | `unknown` | Int64 | no |
//! | groups | `low` | Float64 | yes |
//! | groups | `high` | Float64 | yes |
//! | groups | `funnel` | Utf8 | yes |
//! | signals | `measure` | Utf8 | no |
//! | signals | `chart` | Utf8 | no |
//! | signals | `month` | Utf8 | no |
//! | signals | `value` | Float64 | yes |
//! | signals | `centre` | Float64 | yes |
//! | signals | `low` | Float64 | yes |
//! | signals | `high` | Float64 | yes |
//! | signals | `marks` | List(Utf8) | no |
//! | signals | `variation` | Utf8 | no |
//! | signals | `stretch` | Utf8 | yes |
//! | signals | `baseline_points` | Int64 | yes |
//! | signals | `lag1` | Float64 | yes |
//! | signals | `assurance` | Utf8 | yes |
//! | cases | `measure` | Utf8 | no |
//! | cases | `month` | Utf8 | no |
//! | cases | `subject` | Utf8 | no |
//! | cases | `record` | Utf8 | yes |
//! | cases | `outcome` | Utf8 | no |
//! | cases | `reason` | Utf8 | yes |
//! | cases | `anchor` | Date32 | yes |
//! | cases | `due` | Date32 | yes |
//! | cases | `done` | Date32 | yes |
//! | cases | `elapsed` | Int64 | yes |
//! | cases | `rag` | Utf8 | yes |
//! | cases | `numerator` | Float64 | yes |
//! | cases | `denominator` | Float64 | yes |
//! | cases | `rule` | Utf8 | yes |
//! | cases | `team` | Utf8 | yes |
//! | cases | `worker` | Utf8 | yes |
//! | obligations | `person` | Utf8 | no |
//! | obligations | `clock` | Utf8 | no |
//! | obligations | `measure` | Utf8 | no |
//! | obligations | `record` | Utf8 | yes |
//! | obligations | `anchor` | Date32 | yes |
//! | obligations | `due` | Date32 | yes |
//! | obligations | `last_done` | Date32 | yes |
//! | obligations | `elapsed` | Int64 | yes |
//! | obligations | `unit` | Utf8 | no |
//! | obligations | `days_left` | Int64 | yes |
//! | obligations | `days_over` | Int64 | yes |
//! | obligations | `outcome` | Utf8 | no |
//! | obligations | `reason` | Utf8 | yes |
//! | obligations | `rag` | Utf8 | yes |
//! | obligations | `worker` | Utf8 | yes |
//! | obligations | `team` | Utf8 | yes |
//! | obligations | `rule` | Utf8 | yes |
//! | issues | `table` | Utf8 | no |
//! | issues | `row` | Int64 | no |
//! | issues | `record` | Utf8 | yes |
//! | issues | `code` | Utf8 | no |
//! | issues | `message` | Utf8 | no |
//! | issues | `column` | Utf8 | yes |
//! | issues | `source` | Utf8 | yes |
//! | tables | `table` | Utf8 | no |
//! | tables | `rows` | Int64 | no |
//! | tables | `used` | Int64 | no |
//! | tables | `source` | Utf8 | yes |
//! | tables | `as_at` | Date32 | yes |
//! | columns | `table` | Utf8 | no |
//! | columns | `column` | Utf8 | yes |
//! | columns | `given_as` | Utf8 | yes |
//! | columns | `state` | Utf8 | no |
//! | columns | `rows` | Int64 | no |
//! | columns | `nulls` | Int64 | no |
//! | columns | `not_understood` | Int64 | no |
//! | columns | `nearest` | Utf8 | yes |
//!
//! Signals have a row a point; `stretch` is the month in which its stretch begins. Months are written `2017-03`. An outcome that does not occur is 0; a null is kept for figures that are
//! withheld. `all_met` is null in every measure but O2.M1.
//!
//! Each result has what the JSON has elsewhere or leaves to its reader, so that a table of results needs no other. `title` is the title of the plan's row, followed by the changed policies in words; `outcome` and `outcome_title`
//! are the plan's outcome, `plan_order` the place of the row in the plan, from 1, and `better` is `higher`, `lower` or
//! `neutral`. `target` is what was to be reached in the month; of a band it is null, and `target_low` and `target_high` are
//! its bounds. `target_better` is `higher`, `lower` or `band`. `previous` is the value of the period before, and `change` the
//! value less that, both as they are shown: so a change of 0 may go with a direction other than `same`. `month_start` is
//! the first day of the month.
//!
//! What may be published has the columns of the results, and after them `suppressed`, a Boolean without nulls:
//! if it is true the value and `rag` are null, and of what is not rounded the other numbers too. The outcomes and
//! `all_met` are always null there, and `previous` is what the same publication shows of the period before. Groups that may be published have the columns of groups without the outcomes, and after them
//! `suppressed`.
//!
//! For readers that have no lists, [`flat_batch`] makes texts of them: `a;b`.
//!
//! # Without a copy
//!
//! With the feature `ffi` the module `interface` takes tables and gives batches by the Arrow C data interface:
//! from and to data frames of any language in the same process.
//!
//! Minimum supported Rust version: 1.88.
#![cfg_attr(not(feature = "ffi"), forbid(unsafe_code))]

mod column;
mod flat;
mod in_plan;
mod input;
#[cfg(feature = "ffi")]
pub mod interface;
mod output;

pub use column::{ArrayColumn, ColumnError};
pub use flat::flat_batch;
pub use input::{ArrowInputError, add_batches, add_reader, add_struct_array};
pub use output::{
    DEFINITIONS_KEY, cases_batch, columns_batch, groups_batch, issues_batch, obligations_batch,
    published_batch, published_groups_batch, results_batch, signals_batch, tables_batch,
};
