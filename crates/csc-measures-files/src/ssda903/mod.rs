//! The SSDA903 return: looked after children, as CSV files with dates as `DD/MM/YYYY`, of one year or several.
//!
//! A return has no periods of care, placements or legal statuses, only episodes: a new one begins whenever the
//! placement or the legal status changes. They are put together here. What a file is shows in its columns, so
//! its name does not matter; of which year it is shows in its dates.

mod adoption;
mod children;
mod episodes;
mod files;
mod kind;
mod latest;
mod leavers;
mod reviews;
mod sets;
mod standing;
mod tables;

pub(crate) use files::{FORM, Return};
pub(crate) use kind::Kind;
