//! Figures by sex, age, team or any other dimension of the cases: what boards ask for next.

mod ages;
mod dimension;
mod funnel;
mod group_no;
mod grouping;
mod interval;
mod place;
mod present;
mod result;
mod sums;
mod warnings;

pub(super) use dimension::refuse_unknown;
pub(crate) use dimension::{Dimension, dimensions, own_names, unknown};
pub use funnel::Funnel;
pub(crate) use grouping::Groupings;
pub(crate) use place::{CaseOf, Placing};
pub(super) use present::codes_in_data;
pub use result::GroupResult;
pub(super) use result::{group, groups};
pub(crate) use sums::{DimensionSums, GroupSums};
pub(super) use warnings::warnings;
