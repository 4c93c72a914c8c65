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

/// The number under which an id of some kind is known.
macro_rules! number {
    (Persons) => {
        crate::value::index::PersonNo
    };
    (Workers) => {
        crate::value::index::WorkerNo
    };
    (Cla) => {
        crate::value::index::ClaNo
    };
    (Carers) => {
        crate::value::index::CarerNo
    };
    ($table:ident) => {
        crate::value::index::IdNo
    };
}

/// The ids that a column has: those of a table, or of what has no table of its own.
macro_rules! space {
    (Cla) => {
        crate::tables::Space::Cla
    };
    (Carers) => {
        crate::tables::Space::Carers
    };
    ($table:ident) => {
        crate::tables::Space::Table(crate::tables::Table::$table)
    };
}

/// The type of a column in a row that was read and found good.
macro_rules! read {
    (optional $kind:ident ($($to:ident)?) [$($set:tt)*]) => {
        Option<read!(required $kind ($($to)?) [$($set)*])>
    };
    (unique id () []) => { crate::value::index::IdNo };
    (unlisted id () []) => { () };
    ($need:ident id ($to:ident) []) => { number!($to) };
    ($need:ident date () []) => { crate::time::Day };
    ($need:ident bool () []) => { bool };
    ($need:ident decimal () []) => { crate::value::Decimal };
    ($need:ident integer () []) => { i64 };
    ($need:ident text () []) => { std::borrow::Cow<'a, str> };
    ($need:ident code () []) => { std::borrow::Cow<'a, str> };
    ($need:ident $kind:ident () [$($set:tt)+]) => { crate::column::Coded };
}

/// What holds a column while a block of rows is read.
macro_rules! block {
    (id []) => { crate::column::IdBlock<'a> };
    (date []) => { crate::column::DateBlock };
    (bool []) => { crate::column::FlagBlock };
    (decimal []) => { crate::column::DecimalBlock };
    (integer []) => { crate::column::IntegerBlock };
    (text []) => { crate::column::TextBlock<'a> };
    (code []) => { crate::column::TextBlock<'a> };
    ($kind:ident [$($set:tt)+]) => { crate::column::CodeBlock<'a> };
}

/// Reads a column of a block; ids are only checked.
macro_rules! read_block {
    ($block:expr, $source:expr, $rows:expr, $faults:expr, id []) => {
        $block.check($source, $rows, $faults)
    };
    ($block:expr, $source:expr, $rows:expr, $faults:expr, $kind:ident [$($set:tt)*]) => {
        $block.read($source, $rows, $faults)
    };
}

/// Numbers the ids of a column that refers to others, or that defines those of its kind.
macro_rules! refer_block {
    ($block:expr, $source:expr, $rows:expr, $faults:expr, $names:expr, ($to:ident) ()) => {
        $block.refer($source, $rows, $faults, $names.ids_mut(space!($to)))
    };
    ($block:expr, $source:expr, $rows:expr, $faults:expr, $names:expr, ($to:ident) (defines)) => {{
        $block.refer($source, $rows.clone(), $faults, $names.ids_mut(space!($to)));
        for number in (0..$rows.len()).filter_map(|row| $block.at(row)) {
            $names.define(space!($to), number);
        }
    }};
    ($block:expr, $source:expr, $rows:expr, $faults:expr, $names:expr, () ()) => {};
}

/// Where a column refers to, if what it refers to can be missing.
macro_rules! refers {
    () => {
        None
    };
    (Carers) => {
        None
    };
    ($to:ident) => {
        Some(space!($to))
    };
}

/// Calls with the number of each reference of a row.
macro_rules! each_reference {
    ($block:expr, $row:expr, $place:expr, $each:expr, (Persons) ()) => {};
    ($block:expr, $row:expr, $place:expr, $each:expr, (Carers) ()) => {};
    ($block:expr, $row:expr, $place:expr, $each:expr, ($to:ident) (defines)) => {};
    ($block:expr, $row:expr, $place:expr, $each:expr, ($to:ident) ()) => {
        if let Some(number) = $block.at($row) {
            $each($place, space!($to), number);
        }
    };
    ($block:expr, $row:expr, $place:expr, $each:expr, () ()) => {};
}

/// The value of a column in a good row.
macro_rules! value {
    (unlisted id () $block:expr, $row:expr) => {
        ()
    };
    (optional id ($to:ident) $block:expr, $row:expr) => {
        $block.at($row).map(crate::value::index::retyped)
    };
    (optional $kind:ident () $block:expr, $row:expr) => {
        $block.at($row)
    };
    ($need:ident id ($to:ident) $block:expr, $row:expr) => {
        crate::value::index::retyped(crate::tables::needed($block.at($row)))
    };
    ($need:ident $kind:ident () $block:expr, $row:expr) => {
        crate::tables::needed($block.at($row))
    };
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
    (unlisted) => {
        crate::tables::Need::Unique
    };
    (required) => {
        crate::tables::Need::Required
    };
    (optional) => {
        crate::tables::Need::Optional
    };
}

/// How a row's own id is kept: numbered, only searched for doubles, or not there at all.
macro_rules! own_id {
    () => {
        crate::tables::OwnId::None
    };
    (unique $($rest:ident)*) => {
        crate::tables::OwnId::Numbered
    };
    (unlisted $($rest:ident)*) => {
        crate::tables::OwnId::Unlisted
    };
    ($other:ident $($rest:ident)*) => {
        own_id!($($rest)*)
    };
}

macro_rules! own_number {
    (unique $block:expr, $source:expr, $rows:expr, $faults:expr, $ids:expr, $first:expr) => {
        $block.define($source, $rows, $faults, $ids, $first)
    };
    ($need:ident $block:expr, $source:expr, $rows:expr, $faults:expr, $ids:expr, $first:expr) => {};
}

/// Keeps the ids of a column that nothing refers to.
macro_rules! unlisted {
    (unlisted $block:expr, $source:expr, $rows:expr, $faults:expr, $ids:expr) => {
        $block.each($source, $rows, $faults, |_, id| $ids.push(id))
    };
    ($need:ident $block:expr, $source:expr, $rows:expr, $faults:expr, $ids:expr) => {};
}

macro_rules! own_at {
    (unique $found:ident $block:expr, $row:expr) => {
        $found = $block.at($row)
    };
    ($need:ident $found:ident $block:expr, $row:expr) => {};
}

/// The set of a column's codes that is not of its declaration.
macro_rules! of {
    () => {
        None
    };
    ($set:ident) => {
        Some(crate::column::Codes::Set(crate::column::CodeSet::$set))
    };
}

macro_rules! ssd {
    () => {
        None
    };
    ($name:literal) => {
        Some($name)
    };
}

macro_rules! is_fatal {
    (out) => {
        true
    };
    (stays) => {
        false
    };
}

/// Declares a table.
///
/// A column says its name, whether it is needed (`unique` and `unlisted` identify the row; nothing can refer to an
/// `unlisted` id), what it holds, what it refers to (`-> Persons`) or defines (`-> Cla defines`), its codes (`{ "a" |
/// "b" }`, or `of LegalStatus` for those of a set), further words, its name in the Standard Safeguarding Dataset, and
/// what it means. The words: `history` (the earliest date says how far the table goes back), `latest` (the latest says
/// up to when it is kept), `fact` (what results call it if it is worked out), `sparse` (not every row has it),
/// `null_tells` (that it is null in every row is a fact), `warned` (what results say in place of `no_column` of a table
/// without it), `ends` (the date ends an interval of the row), `only_checked` (no figure depends on what is referred
/// to), `over`, `from`, `below`, `up_to` (a range), `rounded` (the range is of the number in hundredths), `or_out` (a
/// number outside the range puts the row out), `also` (further names that extracts give the column), `or_else` (columns
/// that are read if it is not there).
///
/// `pairs` are intervals: `end_date after start_date: out` puts a row out that ends before it starts, and one
/// whose end cannot be read; `stays` only notes the first.
macro_rules! table {
    (
        $(#[doc = $doc:literal])+
        $table:ident $name:ident $($ssd:literal)? => $row:ident, $read:ident {
            $(
                $column:ident: $need:ident $kind:ident $(-> $to:ident $($defines:ident)?)?
                $({ $($code:literal)|+ })? $(of $set:ident)? $([$($word:ident $(($($argument:expr),*))?),+])?
                $(= $column_ssd:literal)?, $note:literal;
            )+
        } $(pairs {
            $($end:ident after $start:ident: $fate:ident;)+
        })?
    ) => {
        $(#[doc = $doc])+
        ///
        /// A typed row: dates are civil dates, an interval's end is the first day it no longer holds, and
        /// `None` is a null, "not recorded".
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        #[allow(clippy::exhaustive_structs, reason = "rows are written as literals by callers")]
        pub struct $row {
            $( #[doc = $note] pub $column: crate::tables::declare::owned!($need $kind), )+
        }

        impl crate::tables::TableRow for $row {
            const TABLE: crate::tables::Table = crate::tables::Table::$table;
            const VALUES: &'static [for<'r> fn(&'r Self) -> crate::column::Scalar<'r>] =
                &[$( |row| crate::tables::ToScalar::to_scalar(&row.$column) ),+];
        }

        /// A row that was read and found good.
        #[allow(dead_code, reason = "a declaration may name a column that only its own checks read")]
        #[allow(clippy::unused_unit, reason = "an id that nothing refers to has no number")]
        pub(crate) struct $read<'a> {
            $( pub(crate) $column: read!($need $kind ($($to)?) [$($($code)+)? $($set)?]), )+
            pub(crate) lifetime: std::marker::PhantomData<&'a ()>,
        }

        const _: () = {
            #[derive(Default)]
            #[allow(clippy::missing_docs_in_private_items, reason = "one field a column")]
            pub(crate) struct Block<'a> {
                $( $column: block!($kind [$($($code)+)? $($set)?]), )+
                lifetime: std::marker::PhantomData<&'a ()>,
            }

            const COLUMNS: &[crate::tables::ColumnDeclaration] = &[$(
                crate::tables::ColumnDeclaration::new(
                    crate::tables::plain(stringify!($column)),
                    ssd!($($column_ssd)?),
                    kind!($kind),
                    need!($need),
                    &[$($($code),+)?],
                    $note,
                )
                .refers(refers!($($to)?))
                .of(of!($($set)?))
                $($(.$word($($($argument),*)?))+)?
            ),+];

            #[allow(dead_code, reason = "tables without intervals have no pairs")]
            const fn place(name: &str) -> usize {
                crate::tables::place_of(COLUMNS, name)
            }

            impl crate::tables::Declared for $row {
                const TABLE: crate::tables::Table = crate::tables::Table::$table;
                const NAME: &'static str = stringify!($name);
                const SSD_NAME: Option<&'static str> = ssd!($($ssd)?);
                const ABOUT: &'static str = concat!($($doc,)+);
                const COLUMNS: &'static [crate::tables::ColumnDeclaration] = COLUMNS;
                const PAIRS: &'static [crate::tables::Pair] = &[$($(
                    crate::tables::Pair {
                        start: place(stringify!($start)),
                        end: place(stringify!($end)),
                        is_fatal: is_fatal!($fate),
                    }
                ),+)?];
                const OWN_ID: crate::tables::OwnId = own_id!($($need)+);
                type Read<'a> = $read<'a>;
                type Block<'a> = Block<'a>;
            }

            impl<'a> crate::tables::ReadBlock<'a> for Block<'a> {
                type Table = $row;

                fn read(
                    &mut self,
                    sources: &[crate::column::Source<'_, 'a>],
                    rows: std::ops::Range<usize>,
                    faults: &mut crate::column::Faults,
                ) {
                    let [$($column),+] = crate::tables::each_of(sources);
                    $( read_block!(self.$column, $column, rows.clone(), faults, $kind [$($($code)+)? $($set)?]); )+
                    $($(
                        self.$start.check_pair(&self.$end, const { place(stringify!($end)) }, is_fatal!($fate), faults);
                    )+)?
                }

                #[allow(unused_variables, reason = "some tables have no id, others refer to nothing")]
                fn number(
                    &mut self,
                    sources: &[crate::column::Source<'_, 'a>],
                    rows: std::ops::Range<usize>,
                    faults: &mut crate::column::Faults,
                    names: &mut crate::tables::Names,
                    first: usize,
                ) {
                    let [$($column),+] = crate::tables::each_of(sources);
                    $(
                        own_number!(
                            $need self.$column, $column, rows.clone(), faults,
                            names.table_mut(crate::tables::Table::$table), first
                        );
                    )+
                    $(
                        refer_block!(
                            self.$column, $column, rows.clone(), faults, names, ($($to)?) ($($($defines)?)?)
                        );
                    )+
                }

                #[allow(unused_variables, unused_mut, reason = "some tables refer to nothing")]
                fn references(
                    &self,
                    row: usize,
                    mut each: impl FnMut(usize, crate::tables::Space, crate::value::index::IdNo),
                ) {
                    $( each_reference!(
                        self.$column, row, const { place(stringify!($column)) }, each, ($($to)?) ($($($defines)?)?)
                    ); )+
                }

                #[allow(unused_variables, reason = "most ids have numbers")]
                fn unlisted(
                    &self,
                    sources: &[crate::column::Source<'_, 'a>],
                    rows: std::ops::Range<usize>,
                    faults: &crate::column::Faults,
                    ids: &mut crate::column::UniqueIds,
                ) {
                    let [$($column),+] = crate::tables::each_of(sources);
                    $( unlisted!($need self.$column, $column, rows.clone(), faults, ids); )+
                }

                #[allow(unused_variables, unused_mut, unused_assignments, reason = "some rows have no number")]
                fn own_id(&self, row: usize) -> Option<crate::value::index::IdNo> {
                    let mut found = None;
                    $( own_at!($need found self.$column, row); )+
                    found
                }

                fn row(&self, row: usize) -> $read<'a> {
                    $read {
                        $( $column: value!($need $kind ($($to)?) self.$column, row), )+
                        lifetime: std::marker::PhantomData,
                    }
                }

                #[allow(unused_variables, reason = "some tables have no dates")]
                fn last_dates(&self, faults: &crate::column::Faults, lasts: &mut Vec<Option<crate::time::Day>>) {
                    $( last_date!(self.$column, faults, *lasts, const { place(stringify!($column)) }, $kind); )+
                }

                #[allow(unused_variables, unused_mut, unused_assignments, reason = "few tables say how far back they go")]
                fn earliest(&self, faults: &crate::column::Faults) -> Option<crate::time::Day> {
                    let mut found = None;
                    $( $($( history!(found self.$column, faults, $word); )+)? )+
                    found
                }

                #[allow(unused_variables, unused_mut, unused_assignments, reason = "not all tables are kept up by date")]
                fn latest(&self, faults: &crate::column::Faults) -> Option<crate::time::Day> {
                    let mut found = None;
                    $( $($( latest!(found self.$column, faults, $word); )+)? )+
                    found
                }
            }
        };
    };
}

/// Notes the latest date of a column of dates.
macro_rules! last_date {
    ($block:expr, $faults:expr, $lasts:expr, $place:expr, date) => {
        crate::tables::later(&mut $lasts, $place, $block.last($faults))
    };
    ($block:expr, $faults:expr, $lasts:expr, $place:expr, $kind:ident) => {};
}

/// Returns the earliest date of a column that says how far the table goes back.
macro_rules! history {
    ($found:ident $block:expr, $faults:expr, history) => {
        $found = $block.earliest($faults)
    };
    ($found:ident $block:expr, $faults:expr, $word:ident) => {};
}

/// Returns the latest date of a column that says up to when the table is kept.
macro_rules! latest {
    ($found:ident $block:expr, $faults:expr, latest) => {
        $found = $block.latest($faults)
    };
    ($found:ident $block:expr, $faults:expr, $word:ident) => {};
}

pub(crate) use {
    block, each_reference, history, is_fatal, kind, last_date, latest, need, number, of, own_at, own_id,
    own_number, owned, read, read_block, refer_block, refers, space, ssd, table, unlisted, value,
};
