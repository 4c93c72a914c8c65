//! Typed rows as values.

use chrono::NaiveDate;

use super::Table;
use crate::column::Scalar;
use crate::time::Day;
use crate::value::Decimal;

/// A typed row of a table; implemented by the row structs of [`crate::tables`].
pub trait TableRow: Sized + 'static {
    /// The table the row belongs to.
    const TABLE: Table;
    /// A value for each of the table's columns, in their order.
    #[doc(hidden)]
    const VALUES: &'static [for<'r> fn(&'r Self) -> Scalar<'r>];
}

/// A typed value as one of a row.
pub(crate) trait ToScalar {
    fn to_scalar(&self) -> Scalar<'_>;
}

impl ToScalar for String {
    fn to_scalar(&self) -> Scalar<'_> {
        Scalar::Text(self)
    }
}

impl ToScalar for NaiveDate {
    fn to_scalar(&self) -> Scalar<'_> {
        Scalar::Day(Day::new(*self).0)
    }
}

impl ToScalar for bool {
    fn to_scalar(&self) -> Scalar<'_> {
        Scalar::Flag(*self)
    }
}

impl ToScalar for i64 {
    fn to_scalar(&self) -> Scalar<'_> {
        Scalar::Integer((*self).into())
    }
}

impl ToScalar for Decimal {
    fn to_scalar(&self) -> Scalar<'_> {
        Scalar::Decimal(*self)
    }
}

impl<T: ToScalar> ToScalar for Option<T> {
    fn to_scalar(&self) -> Scalar<'_> {
        self.as_ref().map_or(Scalar::Null, ToScalar::to_scalar)
    }
}
