//! The input tables, each declared once.
//!
//! A table has one place, in the file of its family: its columns with their types, the names that the Standard
//! Safeguarding Dataset (SSD) has for them, what they refer to and what is checked; what of a row is kept; whose
//! the row is, and in which order a person's rows lie. A reader accepts either name of a column, columns in any
//! order, and ignores columns that the table does not have. `all_tables` lists the tables.

mod care_leavers;
mod child_protection;
mod column;
mod courts;
mod declare;
mod declared;
mod in_need;
pub(crate) mod interval;
mod lack;
mod list;
mod looked_after;
mod missing;
mod names;
mod people;
mod schema;
mod service;
mod typed;
mod visits;
mod workforce;

pub use crate::column::Bound;
pub use care_leavers::*;
pub use child_protection::*;
pub use column::{ColumnDeclaration, ColumnKind, Need};
pub use courts::*;
pub use in_need::*;
pub use lack::Lack;
pub use list::Table;
pub use looked_after::*;
pub use missing::*;
pub use people::*;
pub use schema::UnknownTable;
#[cfg(test)]
pub(crate) use schema::looked_up;
pub use service::*;
pub use typed::TableRow;
pub use visits::*;
pub use workforce::*;

pub(crate) use column::{Pair, Space, place_of, plain};
pub(crate) use declared::{
    ByPerson, Declared, Given, Joined, Keep, Listed, OwnId, ReadBlock, each_of, later, needed,
};
pub(crate) use list::all_tables;
pub(crate) use names::Names;
pub(crate) use typed::ToScalar;

/// What is kept of the rows of every table: days, small numbers for ids, codes as types.
pub(crate) mod records {
    pub(crate) use super::care_leavers::records::*;
    pub(crate) use super::child_protection::records::*;
    pub(crate) use super::courts::records::*;
    pub(crate) use super::in_need::records::*;
    pub(crate) use super::interval::Interval;
    pub(crate) use super::looked_after::records::*;
    pub(crate) use super::missing::records::*;
    pub(crate) use super::people::records::*;
    pub(crate) use super::service::records::*;
    pub(crate) use super::visits::records::*;
    pub(crate) use super::workforce::records::*;
}
