//! Months by measures: results, and the cases behind each.

mod card;
mod error;
mod evaluate;
mod explain;
mod figure;
mod inputs;
mod merge;
mod options;
mod output;
mod part;
mod part_file;
mod published;
mod rating;
mod result;
mod results;
mod run;
mod section_by;
mod sections;
mod suppression;
mod tally;

pub use card::Scorecard;
pub(crate) use error::OptionsError;
pub use error::ScorecardError;
pub use explain::Explanation;
pub use figure::{Shown, Status};
pub(crate) use inputs::Inputs;
pub use options::Options;
pub use part::Part;
pub use published::{Published, PublishedResult};
pub use rating::{Direction, MeasureRag};
pub use result::{MeasureResult, Outcomes};
pub(crate) use run::Terms;
pub use section_by::{ParseSectionByError, SectionBy};
pub use sections::Section;
