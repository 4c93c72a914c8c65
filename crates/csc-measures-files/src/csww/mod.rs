//! The social work workforce census: an XML file a year, as at 30 September, with dates as `YYYY-MM-DD`.

mod census;
mod tables;

pub(crate) use census::{Census, FORM};
