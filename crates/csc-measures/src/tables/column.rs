//! What a table says of its columns.

use serde::Serialize;

use super::Table;
use crate::column::{Bound, Codes, Range};
use crate::value::names::fold_alike;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ColumnKind {
    /// Text or an integer, compared as text by code point.
    Id,
    /// A date, or a timestamp whose time part is dropped.
    Date,
    /// Y/N, Yes/No, true/false, T/F, on/off, 1/0, in any case.
    Bool,
    /// An exact decimal number.
    Decimal,
    /// A whole number.
    Integer,
    /// Free text.
    Text,
    /// A code, compared in lower case without spaces, hyphens and underscores.
    Code,
}

/// Whether a column must be there, and hold a value in every row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Need {
    /// Required, and no two rows share a value.
    Unique,
    /// Required in every row.
    Required,
    /// May be null, or absent altogether.
    Optional,
}

/// What a table declares of one of its columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ColumnDeclaration {
    /// The column's name here.
    pub name: &'static str,
    /// The column's name in the Standard Safeguarding Dataset, if it has one.
    pub ssd: Option<&'static str>,
    /// Further names that published extracts of the Standard Safeguarding Dataset give it.
    #[serde(skip)]
    pub aliases: &'static [&'static str],
    /// The names of columns that are read in its place if it is missing.
    #[serde(skip)]
    pub stand_ins: &'static [&'static str],
    /// What it holds.
    pub kind: ColumnKind,
    /// Whether it must be there.
    pub need: Need,
    /// The words that are its codes; empty if its codes are those of a return, or any text is one.
    pub set: &'static [&'static str],
    /// What it means.
    pub note: &'static str,
    /// The table that an id is one of, if the dataset checks it; of `cla_episodes` it is the `cla_id`.
    #[serde(skip)]
    pub refers_to: Option<Table>,
    /// The least and the greatest number that it can hold.
    #[serde(skip)]
    pub range: Option<(Bound, Bound)>,
    /// What is referred to, as the dataset numbers it.
    #[serde(skip)]
    pub(crate) reference: Option<Space>,
    /// Whether a figure depends on what is referred to.
    #[serde(skip)]
    pub(crate) counts: bool,
    /// Whether its earliest date says how far the table goes back.
    #[serde(skip)]
    pub(crate) is_history: bool,
    /// What results call it if it is worked out from others, if that is not its name.
    #[serde(skip)]
    pub(crate) fact: Option<&'static str>,
    /// Whether its latest date says up to when the table is kept.
    #[serde(skip)]
    pub(crate) is_latest: bool,
    /// Whether it says something that the column is null in every row: nothing has ended, nobody has died.
    #[serde(skip)]
    pub(crate) null_tells: bool,
    /// The warning of a result that reads the table without it, if that is not `no_column`: what the rule then takes of
    /// every row.
    #[serde(skip)]
    pub(crate) warned: Option<&'static str>,
    /// Whether it is not recorded in every row, so that a system in which no row lacks it writes "no" for "not known".
    #[serde(skip)]
    pub(crate) is_sparse: bool,
    /// Whether its date ends an interval of the row: a date far ahead means that there is no end.
    #[serde(skip)]
    pub(crate) is_end: bool,
    /// Whether its number counts as it is rounded to hundredths.
    #[serde(skip)]
    pub(crate) is_rounded: bool,
    /// Whether a number outside its range puts the row out.
    #[serde(skip)]
    pub(crate) is_range_fatal: bool,
    /// The codes that it holds.
    #[serde(skip)]
    pub(crate) codes: Option<Codes>,
}

/// What an id is one of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    /// The ids of a table's rows.
    Table(Table),
    /// Periods of care, which `cla_episodes` define.
    Cla,
    /// Carers, who have no table.
    Carers,
}

impl Space {
    /// The table whose rows define the ids.
    pub(crate) const fn table(self) -> Option<Table> {
        match self {
            Self::Table(table) => Some(table),
            Self::Cla => Some(Table::ClaEpisodes),
            Self::Carers => None,
        }
    }
}

/// An interval of a table, by the places of its columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Whether a row goes out whose interval ends before it starts, or whose end cannot be read.
    pub(crate) is_fatal: bool,
}

impl ColumnDeclaration {
    /// Every name of the column: its own, the Standard Safeguarding Dataset's, its aliases and stand-ins.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        [Some(self.name), self.ssd]
            .into_iter()
            .flatten()
            .chain(self.aliases.iter().chain(self.stand_ins).copied())
    }

    /// Whether a name is that of a column that is read in place of this one.
    pub(crate) fn is_stand_in(&self, name: &str) -> bool {
        self.stand_ins.iter().any(|known| fold_alike(known, name))
    }
}

/// The words of a declaration.
impl ColumnDeclaration {
    pub(super) const fn new(
        name: &'static str,
        ssd: Option<&'static str>,
        kind: ColumnKind,
        need: Need,
        set: &'static [&'static str],
        note: &'static str,
    ) -> Self {
        Self {
            name,
            ssd,
            aliases: &[],
            stand_ins: &[],
            kind,
            need,
            set,
            note,
            refers_to: None,
            range: None,
            reference: None,
            counts: true,
            is_history: false,
            fact: None,
            is_latest: false,
            null_tells: false,
            warned: None,
            is_sparse: false,
            is_end: false,
            is_rounded: false,
            is_range_fatal: false,
            codes: if set.is_empty() { None } else { Some(Codes::Words(set)) },
        }
    }

    /// It holds codes of a set that is not of this declaration.
    pub(super) const fn of(mut self, codes: Option<Codes>) -> Self {
        if codes.is_some() {
            self.codes = codes;
        }
        self
    }

    pub(super) const fn refers(mut self, to: Option<Space>) -> Self {
        self.reference = to;
        if let Some(space) = to {
            self.refers_to = space.table();
        }
        self
    }

    /// Further names of the column.
    pub(super) const fn also(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// Columns that are read in its place.
    pub(super) const fn or_else(mut self, stand_ins: &'static [&'static str]) -> Self {
        self.stand_ins = stand_ins;
        self
    }

    /// No figure depends on the row that is referred to.
    pub(super) const fn only_checked(mut self) -> Self {
        self.counts = false;
        self
    }

    /// The earliest date says how far the table goes back.
    pub(super) const fn history(mut self) -> Self {
        self.is_history = true;
        self
    }

    /// The latest date says up to when the table is kept.
    pub(super) const fn latest(mut self) -> Self {
        self.is_latest = true;
        self
    }

    /// What results call it if it is worked out from others.
    pub(super) const fn fact(mut self, fact: &'static str) -> Self {
        self.fact = Some(fact);
        self
    }

    /// The warning of a result that reads the table without it.
    pub(super) const fn warned(mut self, warning: &'static str) -> Self {
        self.warned = Some(warning);
        self
    }

    /// Not every row has it.
    pub(super) const fn sparse(mut self) -> Self {
        self.is_sparse = true;
        self
    }

    /// It says something that the column is null in every row.
    pub(super) const fn null_tells(mut self) -> Self {
        self.null_tells = true;
        self
    }

    /// The date ends what the row tells of; in an open row there is none.
    pub(super) const fn ends(mut self) -> Self {
        self.is_end = true;
        self.null_tells = true;
        self
    }

    /// The number counts as it is rounded to hundredths.
    pub(super) const fn rounded(mut self) -> Self {
        self.is_rounded = true;
        self
    }

    /// A number outside the range puts the row out.
    pub(super) const fn or_out(mut self) -> Self {
        self.is_range_fatal = true;
        self
    }

    /// The range of its numbers and what becomes of one outside, if it has a range.
    pub(crate) fn number_range(&self) -> Option<Range> {
        let (least, most) = self.range?;
        Some(Range { least, most, is_rounded: self.is_rounded, is_fatal: self.is_range_fatal })
    }

    pub(super) const fn over(self, bound: i32) -> Self {
        self.least(Bound::Excluded(bound))
    }

    pub(super) const fn from(self, bound: i32) -> Self {
        self.least(Bound::Included(bound))
    }

    pub(super) const fn below(self, bound: i32) -> Self {
        self.most(Bound::Excluded(bound))
    }

    pub(super) const fn up_to(self, bound: i32) -> Self {
        self.most(Bound::Included(bound))
    }

    const fn least(mut self, bound: Bound) -> Self {
        let most = match self.range {
            Some((_, most)) => most,
            None => Bound::Included(i32::MAX),
        };
        self.range = Some((bound, most));
        self
    }

    const fn most(mut self, bound: Bound) -> Self {
        let least = match self.range {
            Some((least, _)) => least,
            None => Bound::Included(i32::MIN),
        };
        self.range = Some((least, bound));
        self
    }
}

/// The name of a column without the mark of a raw identifier: a field cannot be called `type`, but `r#type`.
pub(crate) const fn plain(name: &'static str) -> &'static str {
    if let [b'r', b'#', rest @ ..] = name.as_bytes()
        && let Ok(rest) = std::str::from_utf8(rest)
    {
        rest
    } else {
        name
    }
}

/// The place of a column that a declaration names; a name that it does not have stops the build.
#[expect(clippy::panic, clippy::indexing_slicing, reason = "worked out while the crate is built")]
pub(crate) const fn place_of(columns: &[ColumnDeclaration], name: &str) -> usize {
    let mut place = 0;
    while place < columns.len() {
        if is_same(columns[place].name.as_bytes(), name.as_bytes()) {
            return place;
        }
        place += 1;
    }
    panic!("a declaration names a column that the table does not have")
}

#[expect(clippy::indexing_slicing, reason = "worked out while the crate is built")]
const fn is_same(a: &[u8], b: &[u8]) -> bool {
    let mut place = 0;
    while place < a.len() && place < b.len() && a[place] == b[place] {
        place += 1;
    }
    place == a.len() && place == b.len()
}
