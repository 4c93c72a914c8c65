//! One value as it comes in, whatever it comes from: a typed row, a CSV field, an Arrow array.

use chrono::NaiveDate;

use crate::value::Decimal;

/// One value of an input column, before it is checked.
///
/// A reader hands over what it has; the dataset reads a text date, an integral float id or a `1` for yes
/// by itself. What a column cannot hold is the issue `bad_value` or `bad_date`, never a null without one: a
/// date or yes and no where an id or a text belongs, a number with a fraction as an id, a whole number that
/// needs more than 32 bits, a decimal of a thousand million and more, a date before the year 1 or after 9999.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Cell<'a> {
    /// No value.
    Null,
    /// A text; empty and `NULL` are null.
    Text(&'a str),
    /// A date.
    Date(NaiveDate),
    /// A whole number.
    Integer(i64),
    /// A float; NaN is null.
    Float(f64),
    /// An exact decimal number.
    Decimal(Decimal),
    /// Yes or no.
    Bool(bool),
    /// A value that cannot be represented, such as a timestamp beyond the calendar: an issue, never a null.
    Unreadable,
}

/// A column of input values, read by row.
///
/// Implemented by the readers of files and of Arrow arrays; `row` is below the number of rows of the chunk.
pub trait CellColumn {
    /// The value of a row.
    fn cell(&self, row: usize) -> Cell<'_>;
}

/// A typed row of a table; implemented by the row structs of [`crate::tables`].
pub trait TableRow: Sized + 'static {
    /// The table the row belongs to.
    const TABLE: crate::tables::Table;
    /// A value for each of the table's columns, in their order.
    #[doc(hidden)]
    const CELLS: &'static [for<'r> fn(&'r Self) -> Cell<'r>];
}

/// A column of a slice of typed rows.
pub(crate) struct RowsColumn<'a, R> {
    pub(crate) rows: &'a [R],
    pub(crate) cell: for<'r> fn(&'r R) -> Cell<'r>,
}

impl<R> CellColumn for RowsColumn<'_, R> {
    fn cell(&self, row: usize) -> Cell<'_> {
        self.rows.get(row).map_or(Cell::Null, self.cell)
    }
}

/// A typed value as a cell.
pub(crate) trait ToCell {
    fn to_cell(&self) -> Cell<'_>;
}

impl ToCell for String {
    fn to_cell(&self) -> Cell<'_> {
        Cell::Text(self)
    }
}

impl ToCell for NaiveDate {
    fn to_cell(&self) -> Cell<'_> {
        Cell::Date(*self)
    }
}

impl ToCell for bool {
    fn to_cell(&self) -> Cell<'_> {
        Cell::Bool(*self)
    }
}

impl ToCell for i64 {
    fn to_cell(&self) -> Cell<'_> {
        Cell::Integer(*self)
    }
}

impl ToCell for Decimal {
    fn to_cell(&self) -> Cell<'_> {
        Cell::Decimal(*self)
    }
}

impl<T: ToCell> ToCell for Option<T> {
    fn to_cell(&self) -> Cell<'_> {
        self.as_ref().map_or(Cell::Null, ToCell::to_cell)
    }
}
