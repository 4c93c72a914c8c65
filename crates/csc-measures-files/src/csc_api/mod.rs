//! The children's social care API of the Department for Education: JSON, a child an object, dates as `YYYY-MM-DD`.

mod child;
mod children;
mod file;
mod key;
mod tables;

pub(crate) use children::{Children, FORM};
