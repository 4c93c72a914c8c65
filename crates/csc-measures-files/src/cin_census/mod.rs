//! The children in need census: an XML file a year, from 2021 on, with dates as `YYYY-MM-DD`.

mod census;
mod children;
mod closing;
mod dates;
mod standing;
mod tables;
mod years;

pub(crate) use children::Children;
pub(crate) use dates::FORM;
