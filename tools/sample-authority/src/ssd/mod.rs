//! The authority as the Standard Safeguarding Dataset of a case system: SystemC, Mosaic or Eclipse.
//!
//! The scripts that councils run fill the dataset from a case system, each in its own way: ids that brothers and
//! sisters share, days that are the last and not the first after, texts in place of codes, columns that are always
//! empty. The same seed gives the same children as the tables of the library's own, so that both can be compared:
//! a number in the dataset, without its millions, is that of the row it was made of (`ids`).
//!
//! Without losses the dataset holds all that it has columns for; with them also what the scripts leave out is gone.
//! `held` cuts the library's own tables down to what a dataset holds.

mod care_plans;
mod child_protection;
mod choice;
mod conferences;
mod cp_visits;
mod departments;
mod ending_care;
mod ends;
mod episodes;
mod extract;
mod forms;
mod held;
mod ids;
mod in_need;
mod leavers;
mod legal;
mod links;
mod people;
mod placements;
mod reviews;
mod sheet;
mod siblings;
mod texts;
mod visits;
mod well_being;
mod workforce;
mod write;

pub(crate) use choice::{Choice, Dataset, System, Variant};
pub(crate) use write::write;
