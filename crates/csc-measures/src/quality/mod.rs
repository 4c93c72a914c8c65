//! What is wrong with the data, and which figures it touches: for whoever mends the data.
//!
//! # Examples
//!
//! ## A flag that cannot be read, and the figure that it touches
//!
//! ```
//! use csc_measures::quality::QualityDays;
//! use csc_measures::{Chunk, Dataset, Options, Rows, Scalar};
//!
//! let mut rows = Rows::new(3);
//! rows.push([Scalar::Text("C1"), Scalar::Text("2017-03-01"), Scalar::Text("perhaps")]);
//! rows.push([Scalar::Text("C2"), Scalar::Text("2017-03-02"), Scalar::Text("yes")]);
//! let mut builder = Dataset::builder();
//! let mut table = builder.table("complaints", &["complaint_id", "received_date", "made_by_child"])?;
//! table.chunk(&Chunk { rows: 2, columns: &rows.columns(), bad_rows: &[] })?;
//!
//! let quality = builder.build().quality(&QualityDays::default(), &Options::default())?;
//! let kind = &quality.issues[0];
//! assert_eq!((kind.table.name(), kind.column, kind.rows), ("complaints", Some("made_by_child"), 1));
//! let touched = &kind.measures[0];
//! assert_eq!((touched.measure.as_str(), touched.months[0].cases, touched.months[0].of), ("O4.M2", 1, 2));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod days;
mod kind;
mod report;
mod table;
mod touched;

pub use days::QualityDays;
pub use kind::{IssueKind, Touched, TouchedMonth};
pub use report::Quality;
pub use table::{CodeCount, ColumnQuality, TableQuality};
