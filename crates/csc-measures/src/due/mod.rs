//! What is due: every open obligation to one child, or to everybody, as at a date.
//!
//! This is what a case-management screen shows ("this child's visit is due Tuesday, amber") and what a team
//! works through in a morning. The due dates and colours are those of the measures: the same code judges a
//! child for a scorecard and for a screen. The dataset may well hold one child, built from rows in memory.
//!
//! # Examples
//!
//! ## A visit that is due in two days
//!
//! ```
//! use chrono::NaiveDate;
//! use csc_measures::tables::{CpPlan, CpVisit};
//! use csc_measures::{Dataset, Options, Rag};
//!
//! let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
//! let mut builder = Dataset::builder();
//! builder
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
//!         date: day(2017, 3, 29),
//!         seen: Some(true),
//!         seen_alone: None,
//!     }])?;
//! let child = builder.build().person("P1", day(2017, 4, 26), &Options::default())?;
//!
//! let visit = &child.obligations[0];
//! assert_eq!((visit.clock, visit.due, visit.rag), ("cp_visit", Some(day(2017, 4, 28)), Some(Rag::Amber)));
//! assert_eq!((visit.last_done, visit.days_left), (Some(day(2017, 3, 29)), Some(2)));
//!
//! // reviews cannot be judged without their table, and the answer says so
//! assert!(child.not_supplied.iter().any(|gap| gap.missing_tables == ["cp_reviews"]));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod allocation;
mod as_at;
mod count;
mod error;
mod line;
mod list;
mod obligation;
mod person;

pub use as_at::{AsAt, NotSupplied};
pub use count::DueCount;
pub use error::{CLOCKS, DueError};
pub use line::DueLine;
pub use list::{DueFilter, DueList};
pub use obligation::{DueOutcome, Obligation};
pub use person::{Cohort, Membership, PersonView};
