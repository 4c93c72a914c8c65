//! The Service Improvement Plan as typed data: its outcomes, measures and recommendations.
//!
//! Worcestershire's plan of 2017 prints titles and nothing else. Here every measure also has a unit, a
//! period, a definition, a source and the tables that it needs, so that a figure can be read, checked and
//! worked out again. Titles stand as printed, slips included.
//!
//! ```
//! use csc_measures::plan::{MeasureId, Plan};
//!
//! let plan = Plan::worcestershire_2017();
//! let visits = plan.measure("O3.M4")?;
//! assert_eq!(visits.title, "% of CP children seen within timescale (within last 20 working days)");
//! assert_eq!(visits.id, MeasureId::O3_M4);
//!
//! // health assessments are recommended and not measured
//! assert!(plan.unmeasured_recommendations().any(|recommendation| recommendation.id == "R10"));
//! # Ok::<(), csc_measures::plan::UnknownId>(())
//! ```

mod definitions;
mod outcomes;
mod recommendations;

pub use crate::definitions::{Better, InputKind, InputRow, MeasureId, PeriodKind, Unit, UnknownId, When};
pub use definitions::Definitions;
pub use outcomes::{Definition, Input, Measure, NumberSource, Outcome, Plan, Recommendation, Text};
