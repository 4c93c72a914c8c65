//! What a declaration gives, and what is kept of the rows.

use std::cmp::Ordering;
use std::fmt::Debug;
use std::ops::Range;

use super::{ColumnDeclaration, Names, Pair, Space, Table};
use crate::column::{Faults, Source, UniqueIds};
use crate::time::Day;
use crate::value::index::{IdNo, LabelNo, OrderNo, PersonNo, RoleNo, TeamNo, broken};

/// How the own ids of a table's rows are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OwnId {
    /// Each has a number, by which other rows and cases name it.
    Numbered,
    /// Nothing names it: ids are only searched for doubles, once all rows are in.
    Unlisted,
    /// The rows have none.
    None,
}

/// What the declaration of a table gives.
pub(crate) trait Declared: Sized + 'static {
    const TABLE: Table;
    const NAME: &'static str;
    const SSD_NAME: Option<&'static str>;
    const ABOUT: &'static str;
    const COLUMNS: &'static [ColumnDeclaration];
    const PAIRS: &'static [Pair];
    const OWN_ID: OwnId;
    /// A row that was read and found good.
    type Read<'a>;
    type Block<'a>: ReadBlock<'a, Table = Self> + Default;
}

/// A block of rows while it is read, column by column.
pub(crate) trait ReadBlock<'a> {
    type Table: Declared<Block<'a> = Self>;

    /// Reads every column but ids, which are only checked.
    fn read(&mut self, sources: &[Source<'_, 'a>], rows: Range<usize>, faults: &mut Faults);

    /// Numbers the ids of the rows that are not out. A row whose own id an earlier row has goes out.
    fn number(
        &mut self,
        sources: &[Source<'_, 'a>],
        rows: Range<usize>,
        faults: &mut Faults,
        names: &mut Names,
        first: usize,
    );

    /// Calls with the column, the kind and the number of each id that a row refers to and that can be missing.
    fn references(&self, row: usize, each: impl FnMut(usize, Space, IdNo));

    /// Keeps the own ids of the rows that are not out, if they have no numbers.
    fn unlisted(&self, sources: &[Source<'_, 'a>], rows: Range<usize>, faults: &Faults, ids: &mut UniqueIds);

    /// The number of the row's own id, if it has one.
    fn own_id(&self, row: usize) -> Option<IdNo>;

    /// A row that is not out.
    fn row(&self, row: usize) -> <Self::Table as Declared>::Read<'a>;

    /// Notes by column the latest date that was understood, of rows whose fields are those of the header.
    fn last_dates(&self, faults: &Faults, lasts: &mut Vec<Option<Day>>);

    /// The earliest date of the column that says how far the table goes back.
    fn earliest(&self, faults: &Faults) -> Option<Day>;

    /// The latest date of the column that says up to when the table is kept.
    fn latest(&self, faults: &Faults) -> Option<Day>;
}

/// What of the rows of a table is kept.
pub(crate) trait Keep: Declared {
    type Record: Copy + Debug;
    /// How the records are kept: [`ByPerson`], [`Listed`] or [`Joined`].
    type Keeping;
    /// Whether cases are named by the ids of its rows.
    const IS_NAMED: bool = false;
    /// Whether all its rows belong in one part of an authority's rows: those without a person, and with them what
    /// belongs to workers.
    const IS_WHOLE: bool = false;
    /// Whether rows that [`order`](Self::order) finds equal are ordered by their ids as text; otherwise they stay
    /// in the order of the input.
    const EQUALS_BY_ID: bool = false;

    /// Whose row it is.
    fn owner(row: &Self::Read<'_>) -> Option<PersonNo>;

    fn keep(row: Self::Read<'_>, given: &mut Given<'_>) -> Self::Record;

    /// Whether a row says that a child was placed for adoption.
    fn is_adoption(_: &Self::Record) -> bool {
        false
    }

    /// The order in which the records of a person lie.
    fn order(_: &Self::Record, _: &Self::Record) -> Ordering {
        Ordering::Equal
    }
}

/// Records that lie together by person, each person's in order.
#[derive(Debug)]
pub(crate) struct ByPerson;

/// Records in the order of the input.
#[derive(Debug)]
pub(crate) struct Listed;

/// Records that are joined with those of other tables, and not kept as they are.
#[derive(Debug)]
pub(crate) struct Joined;

/// What a row is kept with: which columns the table has, and the names of everything.
pub(crate) struct Given<'n> {
    pub(crate) names: &'n mut Names,
    pub(crate) columns: &'n [bool],
    /// The columns of a list as at a day in which something stands that cannot be read.
    pub(crate) unreadable: &'n [usize],
}

impl Given<'_> {
    /// Whether the table has a column.
    pub(crate) fn has(&self, place: usize) -> bool {
        match self.columns.get(place) {
            Some(has) => *has,
            None => broken(format_args!("there is no column {place} among {}", self.columns.len())),
        }
    }

    /// Whether something stands in a column that cannot be read: what the row has there only stands in its place.
    pub(crate) fn is_unreadable(&self, place: usize) -> bool {
        self.unreadable.contains(&place)
    }

    pub(crate) fn team(&mut self, team: &str) -> TeamNo {
        self.names.team(team)
    }

    pub(crate) fn role(&mut self, folded: &str) -> RoleNo {
        self.names.role(folded)
    }

    pub(crate) fn order(&mut self, folded: &str) -> OrderNo {
        self.names.order(folded)
    }

    pub(crate) fn label(&mut self, text: &str) -> LabelNo {
        self.names.label(text)
    }
}

/// Keeps the later of a date and the one that is known of a column.
pub(crate) fn later(lasts: &mut Vec<Option<Day>>, place: usize, day: Option<Day>) {
    if lasts.len() <= place {
        lasts.resize(place + 1, None);
    }
    if let Some(last) = lasts.get_mut(place) {
        *last = (*last).max(day);
    }
}

/// The sources of all columns, by name.
pub(crate) fn each_of<'c, 'a, const N: usize>(sources: &[Source<'c, 'a>]) -> [Source<'c, 'a>; N] {
    match <[Source<'c, 'a>; N]>::try_from(sources) {
        Ok(sources) => sources,
        Err(_) => broken(format_args!("{} sources for {N} columns", sources.len())),
    }
}

/// The value of a required column in a row that is not out.
pub(crate) fn needed<T>(value: Option<T>) -> T {
    match value {
        Some(value) => value,
        None => broken(format_args!("a row without a required value was read as a good one")),
    }
}
