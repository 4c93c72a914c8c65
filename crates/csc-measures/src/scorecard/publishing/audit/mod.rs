//! What published figures tell to somebody who knows the rules, from the figures alone.

mod network;
mod possible;
mod seen;
mod sums;

pub(super) use network::{About, Finding, Known, find};
pub(super) use possible::Possible;
pub(super) use seen::{Place, Seen, Sight, is_of_equivalents, shown, sight_of};
