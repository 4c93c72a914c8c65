//! Months by measures: results, and the cases behind each.

mod by;
mod card;
mod error;
mod evaluate;
mod explain;
mod figure;
mod groups;
mod inputs;
mod merge;
mod options;
mod output;
mod part;
mod part_file;
mod published;
mod result;
mod results;
mod run;
mod suppression;
mod tally;
mod target;

pub use by::{By, ParseByError};
pub use card::Scorecard;
pub use error::ScorecardError;
pub use explain::Explanation;
pub use figure::{Shown, Status};
pub use groups::Group;
pub(crate) use inputs::Inputs;
pub use options::Options;
pub use part::Part;
pub use published::{Published, PublishedResult};
pub use result::{MeasureResult, Outcomes};
pub use target::{Direction, MeasureRag, Target, Targets};
