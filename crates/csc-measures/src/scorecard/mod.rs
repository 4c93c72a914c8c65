//! Months by measures: results, and the cases behind each.

mod breakdown;
mod card;
mod change;
mod counting;
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
mod policies;
mod publishing;
mod rating;
mod reads;
mod result;
mod results;
mod run;
mod section_by;
mod sections;
mod signals;
mod tallies;
mod tally;

pub(crate) use breakdown::Groupings;
pub use breakdown::{Funnel, GroupResult};
pub use card::Scorecard;
pub use change::{Change, Move, MoveSum, MovedCase, Points, Side};
pub(crate) use error::OptionsError;
pub use error::ScorecardError;
pub(crate) use evaluate::evaluate;
pub use explain::Explanation;
pub use figure::{Shown, Status};
pub(crate) use inputs::Inputs;
pub use options::Options;
pub use part::Part;
pub use publishing::{
    Audit, AuditFinding, Protection, PublishPeriod, Published, PublishedGroup, PublishedResult, Publishing,
};
#[doc(hidden)]
pub use publishing::{PublishingRule, broken_relations, published_without, untrue_findings};
pub use rating::{Direction, MeasureRag};
pub(crate) use reads::Reads;
pub use result::{MeasureResult, Outcomes};
pub(crate) use run::{MONTHS_BEFORE, Run, Terms};
pub use section_by::{ParseSectionByError, SectionBy};
pub use sections::Section;
