//! Are children seen, assessed, reviewed and placed in time, and is the service improving?
//!
//! This crate answers for an English council's Children's Social Care **Service Improvement Plan**: its 8
//! outcomes, 49 measures in 50 rows and linked Ofsted recommendations as typed data ([`Plan`]); working days
//! ([`Calendar`]) and the statutory and local timescales ([`Clock`]); and the measures themselves, computed from
//! child-level tables ([`Dataset`]) for any run of months ([`Scorecard`]), each number with the cases behind
//! it. It does no input or output, never asks the time, keeps no global state, and has no unsafe code.
//!
//! # One child's visit, on a screen
//!
//! ```
//! use chrono::NaiveDate;
//! use csc_measures::{Calendar, Clock, Rag};
//!
//! let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
//! let calendar = Calendar::england_and_wales();
//! let visit = Clock::by_id("cp_visit")?;
//!
//! // Seen on Wednesday 29 March 2017: the next visit is due within 20 working days, over Easter.
//! let status = visit.status(day(2017, 3, 29), None, day(2017, 4, 26), &calendar)?;
//! assert_eq!(status.due, day(2017, 4, 28));
//! assert_eq!(status.rag, Rag::Amber);
//!
//! // A Sunday, then a bank holiday: the count is still 20, so the child is still in time.
//! assert!(visit.in_time(day(2017, 3, 29), day(2017, 5, 1), &calendar)?);
//! assert!(!visit.in_time(day(2017, 3, 29), day(2017, 5, 2), &calendar)?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # A scorecard, at night
//!
//! ```
//! use chrono::NaiveDate;
//! use csc_measures::tables::{CpPlan, CpVisit, Person};
//! use csc_measures::{Dataset, Options};
//!
//! let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
//! let mut builder = Dataset::builder();
//! builder
//!     .rows(&[Person {
//!         person_id: "P1".into(),
//!         date_of_birth: Some(day(2009, 6, 1)),
//!         expected_date_of_birth: None,
//!         date_of_death: None,
//!         sex: None,
//!         ethnicity: None,
//!         disability: None,
//!         sen: None,
//!         area: None,
//!     }])?
//!     .rows(&[CpPlan {
//!         cp_plan_id: "CP1".into(),
//!         person_id: "P1".into(),
//!         start_date: day(2017, 1, 3),
//!         end_date: None,
//!         other_authority: None,
//!         transfer_in: None,
//!     }])?
//!     .rows(&[CpVisit {
//!         cp_visit_id: "V1".into(),
//!         person_id: "P1".into(),
//!         date: day(2017, 3, 3),
//!         seen: Some(true),
//!         seen_alone: Some(true),
//!     }])?;
//! let dataset = builder.build();
//!
//! let card = dataset.scorecard("2017-01".parse()?, "2017-03".parse()?, &Options::default())?;
//! let march = "2017-03".parse()?;
//! let seen = card.result("O3.M4", march).unwrap();
//! assert_eq!(seen.value.unwrap().to_string(), "100.0");
//!
//! // Why? The same judgement, case by case.
//! let cases = card.cases("O3.M4", march)?;
//! assert_eq!((cases[0].subject.as_str(), cases[0].elapsed), ("P1", Some(20)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What holds everywhere
//!
//! - **Dates** are civil dates. An interval holds from its start until the day before its end, and without an
//!   end for ever; the days of a result's period are both included.
//! - **A month is computed as it stood at the end of its last day**: what is dated later has not happened.
//! - **Null means "not recorded"**, never no: such a case is [`Outcome::Unknown`], outside the denominator and
//!   listed. Nothing is divided by zero: without cases the status is [`Status::NotApplicable`].
//! - **Numbers are exact**: integers and fractions until a value is shown, which rounds half away from zero.
//! - **Nothing is lost**: a bad row never stops a run; every issue is listed, and
//!   [rows in](Dataset::tables) = rows used + rows out.
//! - **Errors** name what is wrong in the words of the rules, with the nearest valid name, and never repeat
//!   data beyond ids.
//!
//! # Where to look
//!
//! | you want | look at |
//! |---|---|
//! | what a measure means | [`measures`], and `docs/measures.md` |
//! | the plan of another council | [`plan`], and `docs/plans.md` |
//! | to count working days, for one date or a column | [`calendar`] |
//! | a due date and its colour | [`clock`] |
//! | what is due to one child, or to everybody | [`due`]: [`Dataset::person`], [`Dataset::due_list`] |
//! | to supply data | [`tables`] for typed rows, [`DatasetBuilder`] for columns; the crates `csc-measures-arrow` and `csc-measures-files` for Arrow, CSV and Parquet |
//! | to choose between readings | [`Policy`], each key with its default |
//! | targets | [`Target`]; none are built in |
//! | the figures of a recommendation | [`Scorecard::by_recommendation`] |
//! | to work an authority out on several machines | [`Part`] and [`Scorecard::merge`] |
//! | to know what is wrong with the data, and which figures it touches | [`quality`]: [`Dataset::quality`] |
//! | to know whether a change is one, or the months' own ups and downs | [`signals`]: [`Scorecard::signals`] |
//! | to publish figures | [`Scorecard::published`] |
//!
//! Minimum supported Rust version: 1.88. Runtime dependencies: `chrono` (without its clock), `serde`,
//! `thiserror`.
#![forbid(unsafe_code)]

mod column;
mod dataset;
pub mod due;
mod error;
mod facts;
pub mod measures;
pub mod plan;
mod policy;
pub mod quality;
mod scorecard;
pub mod signals;
pub mod tables;
mod time;
mod value;

/// Breaks an invariant of the library: it panics, as a defect would. The libraries for C and Python test with it
/// that no panic reaches their callers.
#[doc(hidden)]
pub fn break_an_invariant() {
    let nobody = dataset::Grouped::<value::index::PersonIx, u8>::default();
    let _ = nobody.of(value::index::Position::at(0));
}

pub use column::{
    Column, ColumnError, DateForm, Flags, Integers, IssueCode, Layout, LondonDay, Rows, Scalar, Slice, Text,
    TimeUnit, Validity, Values, Zone,
};
pub use dataset::{
    Chunk, ColumnNames, ColumnReport, ColumnState, DataIssue, Dataset, DatasetBuilder, DatasetError, Dates,
    DatesError, Header, Origin, Superseded, TableBuilder, TableCount, UnknownColumns, WithPersonError,
};
pub use error::ErrorKind;
pub use measures::case::{Case, Outcome, Reason, VisitRule};
pub use plan::{Plan, Target, Targets};
pub use policy::{Policy, PolicyDeclaration};
pub use scorecard::{
    Audit, AuditFinding, Change, Direction, Explanation, Funnel, GroupResult, MeasureRag, MeasureResult,
    Move, MoveSum, MovedCase, Options, Outcomes, ParseSectionByError, Part, Points, Protection,
    PublishPeriod, Published, PublishedGroup, PublishedResult, Publishing, Scorecard, ScorecardError,
    Section, SectionBy, Shown, Side, Status,
};
#[doc(hidden)]
pub use scorecard::{PublishingRule, broken_relations, published_without, untrue_findings};
pub use tables::TableRow;
pub use time::calendar::{self, Calendar, CalendarError};
pub use time::clock::warning::{ClockKind, WarningWindow};
pub use time::clock::{self, Clock, ClockError, ClockStatus};
pub use time::day as dates;
pub use time::{Month, ParseMonthError, Period};
pub use value::names::{guarded, visible};
pub use value::{Amount, Decimal, ParseDecimalError, Rag};
