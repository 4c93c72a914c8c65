//! Signals: which months of a measure say that something changed, and which are only the months' own ups and downs.
//!
//! A control chart draws a centre and limits through a run of months. A figure within the limits, and in no long run or
//! trend, is *common cause*: the service as it is gives such figures, and nobody need explain them. What the chart marks
//! is *special cause*: something that was not there before. `docs/signals.md` says it in plain words.
//!
//! Figures go in exactly as the results have them. Limits are floats, like the intervals and funnels of breakdowns and nothing else in this crate: doubles by
//! `+`, `-`, `*`, `/` and the square root alone, so that every machine has the same, and what is within a
//! billionth of a limit counts as on it. They are shown to three decimals.
//!
//! # Examples
//!
//! ## Seven months above the centre
//!
//! ```
//! use chrono::NaiveDate;
//! use csc_measures::signals::{Mark, Variation};
//! use csc_measures::tables::Compliment;
//! use csc_measures::{Dataset, Month, Options};
//!
//! let first: Month = "2016-01".parse()?;
//! let counts = [6, 9, 7, 10, 8, 6, 9, 7, 18, 20, 19, 21, 18, 20, 19];
//! let mut rows = Vec::new();
//! for (step, count) in (0..).zip(counts) {
//!     for number in 0..count {
//!         let received_date = first.plus(step).first();
//!         rows.push(Compliment { compliment_id: format!("{step}-{number}"), received_date });
//!     }
//! }
//! let mut builder = Dataset::builder();
//! builder.rows(&rows)?;
//!
//! let mut options = Options::default();
//! options.measures = Some(vec!["O4.M4".to_owned()]);
//! let card = builder.build().scorecard(first, first.plus(14), &options)?;
//! let compliments = &card.signals()[0];
//! assert!(compliments.points[14].marks.contains(&Mark::RunHigh));
//! assert_eq!(compliments.points[14].variation, Variation::Improvement);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod assurance;
mod baseline;
mod chance;
mod chart;
mod limits;
mod marks;
mod measure_signals;
mod near;
mod rounded;
mod runs;
mod series;
#[cfg(test)]
mod simulated;
mod stretch;
mod variation;

pub use assurance::Assurance;
pub use baseline::Baseline;
pub use chart::Chart;
pub use marks::Mark;
pub use measure_signals::{SignalPoint, Signals, Stretch};
pub use rounded::Rounded;
pub use variation::Variation;

pub(crate) use chart::by_row as charts_by_row;
pub(crate) use measure_signals::{Asked, signals};
pub(crate) use series::{Figure, Series};
pub(crate) use stretch::rebase_by_row;
