//! What may be published of a scorecard: nothing that is shown, alone or together, tells a count of 1 to 5 people.
//!
//! `figures` works every measure out, `rules` and `suppression` hide what few cases are behind, `audit` tries what
//! somebody who knows the rules can still tell, and `rounded` is the other way to be safe.

mod audit;
mod cell;
mod figures;
mod ground;
mod group;
mod make;
mod options;
mod proof;
mod publish;
mod published;
mod report;
mod result;
mod rounded;
mod rules;
mod suppression;
mod ties;
mod window;

pub(super) use ground::{Ground, first, wide_runs};
pub use group::PublishedGroup;
pub use options::{Protection, PublishPeriod, Publishing};
#[doc(hidden)]
pub use proof::{broken_relations, published_without, untrue_findings};
pub use published::Published;
pub use report::{Audit, AuditFinding};
pub use result::PublishedResult;
#[doc(hidden)]
pub use rules::Rule as PublishingRule;
