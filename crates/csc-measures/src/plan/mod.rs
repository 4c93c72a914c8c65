//! Plans as data: which measures a council shows, under which ids, titles, policies and targets, and which
//! recommendations they answer.
//!
//! # Examples
//!
//! ## A row of the built-in plan
//!
//! ```
//! use csc_measures::Plan;
//!
//! // the plan that is built in, titles as printed
//! let plan = Plan::worcestershire_2017();
//! let visits = plan.row("O3.M4")?;
//! assert_eq!(visits.title(), "% of CP children seen within timescale (within last 20 working days)");
//! assert_eq!(visits.measure().key(), "cp_visits_in_time");
//!
//! // health assessments are recommended and not measured
//! assert!(plan.unmeasured_recommendations().any(|recommendation| recommendation.id == "R10"));
//! # Ok::<(), csc_measures::plan::UnknownId>(())
//! ```

mod built_in;
mod definitions;
mod error;
mod read;
mod row;
mod structure;
mod target;
mod write;

pub use crate::value::names::UnknownId;
pub use definitions::Definitions;
pub use error::PlanError;
pub use row::{PlanRow, RowId};
pub use structure::{Plan, PlanOutcome, Recommendation};
pub(crate) use target::RowTargets;
pub use target::{Target, TargetFrom, Targets};
pub(crate) use write::Named;
