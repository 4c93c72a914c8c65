//! The macro that turns a table's declaration into everything that is made from it.

/// The type of a column in a typed row.
macro_rules! owned {
    (optional $kind:ident) => { Option<owned!(required $kind)> };
    ($need:ident id) => { String };
    ($need:ident date) => { chrono::NaiveDate };
    ($need:ident bool) => { bool };
    ($need:ident decimal) => { crate::value::Decimal };
    ($need:ident integer) => { i64 };
    ($need:ident text) => { String };
    ($need:ident code) => { String };
}

/// The type of a column in a row that was read and found good.
macro_rules! read {
    (optional $kind:ident) => { Option<read!(required $kind)> };
    ($need:ident id) => { std::borrow::Cow<'a, str> };
    ($need:ident date) => { crate::dates::Day };
    ($need:ident bool) => { bool };
    ($need:ident decimal) => { crate::value::Decimal };
    ($need:ident integer) => { i64 };
    ($need:ident text) => { std::borrow::Cow<'a, str> };
    ($need:ident code) => { std::borrow::Cow<'a, str> };
}

macro_rules! kind {
    (id) => {
        crate::tables::ColumnKind::Id
    };
    (date) => {
        crate::tables::ColumnKind::Date
    };
    (bool) => {
        crate::tables::ColumnKind::Bool
    };
    (decimal) => {
        crate::tables::ColumnKind::Decimal
    };
    (integer) => {
        crate::tables::ColumnKind::Integer
    };
    (text) => {
        crate::tables::ColumnKind::Text
    };
    (code) => {
        crate::tables::ColumnKind::Code
    };
}

macro_rules! need {
    (unique) => {
        crate::tables::Need::Unique
    };
    (required) => {
        crate::tables::Need::Required
    };
    (optional) => {
        crate::tables::Need::Optional
    };
}

macro_rules! finish {
    (optional $value:ident) => {
        $value
    };
    ($need:ident $value:ident) => {
        $value?
    };
}

macro_rules! own_id {
    (unique $id:ident $value:expr) => {
        $id = $value
    };
    ($need:ident $id:ident $value:expr) => {};
}

macro_rules! ssd {
    () => {
        None
    };
    ($name:literal) => {
        Some($name)
    };
}

macro_rules! tables {
    ($(
        $(#[doc = $doc:literal])+
        $table:ident $name:ident $($ssd:literal)? => $row:ident, $read:ident {
            $( $column:ident: $need:ident $kind:ident $({ $($code:literal)|+ })? $(= $column_ssd:literal)?, $note:literal; )+
        }
    )+) => {
        /// An input table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Table {
            $( $(#[doc = $doc])+ $table, )+
        }

        impl Table {
            /// Every table, in the order in which issues are listed.
            pub const ALL: &'static [Self] = &[$(Self::$table),+];

            /// The table's name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$table => stringify!($name),)+ }
            }

            /// The table's name in the Standard Safeguarding Dataset, where it has one.
            #[must_use]
            pub const fn ssd_name(self) -> Option<&'static str> {
                match self { $(Self::$table => ssd!($($ssd)?),)+ }
            }

            /// What a row of the table is.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self { $(Self::$table => concat!($($doc,)+),)+ }
            }

            /// The table's columns, in their order.
            #[must_use]
            pub const fn columns(self) -> &'static [Column] {
                match self {
                    $(Self::$table => &[$(
                        Column {
                            name: stringify!($column),
                            ssd: ssd!($($column_ssd)?),
                            kind: kind!($kind),
                            need: need!($need),
                            set: &[$($($code),+)?],
                            note: $note,
                        }
                    ),+],)+
                }
            }
        }

        $(
            $(#[doc = $doc])+
            ///
            /// A typed row: dates are civil dates, an interval's end is the first day it no longer holds, and
            /// `None` is a null, "not recorded".
            #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
            #[serde(deny_unknown_fields)]
            #[allow(clippy::exhaustive_structs, reason = "rows are written as literals by callers")]
            pub struct $row {
                $( #[doc = $note] pub $column: owned!($need $kind), )+
            }

            impl crate::dataset::TableRow for $row {
                const TABLE: Table = Table::$table;
                const CELLS: &'static [for<'r> fn(&'r Self) -> crate::dataset::Cell<'r>] =
                    &[$( |row| crate::dataset::ToCell::to_cell(&row.$column) ),+];
            }

            /// A row that was read and found good.
            #[allow(dead_code, reason = "a declaration may name a column that only its own checks read")]
            pub(crate) struct $read<'a> {
                $( pub(crate) $column: read!($need $kind), )+
            }

            impl<'a> crate::dataset::ReadRow<'a> for $read<'a> {
                const TABLE: Table = Table::$table;

                #[allow(unused_mut, unused_assignments, reason = "only tables with an id column set it")]
                fn own_id(&self) -> &str {
                    let mut id = "";
                    $( own_id!($need id &self.$column); )+
                    id
                }

                fn read(row: &mut crate::dataset::RowReader<'a, '_>) -> Option<Self> {
                    $( let $column = row.$kind(); )+
                    row.is_good().then_some(())?;
                    Some(Self { $( $column: finish!($need $column) ),+ })
                }
            }
        )+
    };
}

pub(crate) use {finish, kind, need, own_id, owned, read, ssd, tables};
