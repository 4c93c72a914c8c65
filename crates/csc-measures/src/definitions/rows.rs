//! What a measure's id knows: the rows of all outcomes, looked up.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use super::facts::{Better, InputRow, PeriodKind, Unit};
use super::id::MeasureId;
use super::row::{OutcomeRow, Row, Standing};
use super::{outcome_1, outcome_2, outcome_3, outcome_4, outcome_5, outcome_6, outcome_7, outcome_8};
use crate::value::index::broken;
use crate::value::names::{nearest, same, shown};

/// The outcomes in the order printed.
pub(crate) const OUTCOMES: [OutcomeRow; 8] = [
    outcome_1::OUTCOME,
    outcome_2::OUTCOME,
    outcome_3::OUTCOME,
    outcome_4::OUTCOME,
    outcome_5::OUTCOME,
    outcome_6::OUTCOME,
    outcome_7::OUTCOME,
    outcome_8::OUTCOME,
];

/// The rows of all outcomes, in plan order.
static ROWS: [&Row; MeasureId::COUNT] = flatten();

const _: () =
    assert!(outcome_8::END as usize == MeasureId::COUNT, "an outcome does not follow the one before");

/// What an impossible id would read.
const NO_ROW: &Row = &Row::EMPTY;

const fn count() -> usize {
    let mut count = 0;
    let mut outcomes: &[OutcomeRow] = &OUTCOMES;
    while let [outcome, rest @ ..] = outcomes {
        count += outcome.measures.len();
        outcomes = rest;
    }
    count
}

const fn flatten() -> [&'static Row; MeasureId::COUNT] {
    let mut flat = [NO_ROW; MeasureId::COUNT];
    let mut places: &mut [&'static Row] = &mut flat;
    let mut outcomes: &[OutcomeRow] = &OUTCOMES;
    while let [outcome, more_outcomes @ ..] = outcomes {
        let mut rows = outcome.measures;
        while let [row, more_rows @ ..] = rows {
            if let Some((place, more_places)) = places.split_first_mut() {
                *place = row;
                places = more_places;
            } else {
                return flat;
            }
            rows = more_rows;
        }
        outcomes = more_outcomes;
    }
    flat
}

/// The place of an id among the rows.
const fn find(id: &str) -> Option<MeasureId> {
    let mut place = 0;
    let mut rows: &[&Row] = &ROWS;
    while let [row, rest @ ..] = rows {
        if same(row.id, id) {
            return Some(MeasureId(place));
        }
        place += 1;
        rows = rest;
    }
    None
}

/// The measure that a row names.
#[expect(clippy::panic, reason = "a misspelt id stops the compilation, which asks for each")]
const fn declared(id: &str) -> MeasureId {
    match find(id) {
        Some(measure) => measure,
        None => panic!("internal error: a row names a measure that is not there"),
    }
}

/// Every alias and companion names a measure.
const _: () = {
    let mut place = 0;
    while place < MeasureId::COUNT {
        let measure = MeasureId(place as u8);
        let _ = (measure.alias_of(), measure.companion_of());
        place += 1;
    }
};

/// Some of the measures.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MeasureSet([bool; MeasureId::COUNT]);

impl Default for MeasureSet {
    /// None of them.
    fn default() -> Self {
        Self([false; MeasureId::COUNT])
    }
}

impl MeasureSet {
    pub(crate) fn insert(&mut self, measure: MeasureId) {
        match self.0.get_mut(measure.index()) {
            Some(is_in) => *is_in = true,
            None => broken(format_args!("measure {} has no row", measure.index())),
        }
    }

    pub(crate) fn contains(&self, measure: MeasureId) -> bool {
        match self.0.get(measure.index()) {
            Some(is_in) => *is_in,
            None => broken(format_args!("measure {} has no row", measure.index())),
        }
    }
}

impl MeasureId {
    /// How many ids there are, companions included.
    pub const COUNT: usize = count();

    /// Every id, in plan order, companions included.
    pub fn all() -> impl DoubleEndedIterator<Item = MeasureId> + ExactSizeIterator {
        (0..ROWS.len()).map(|place| MeasureId(place as u8))
    }

    #[expect(clippy::panic, reason = "a broken invariant refuses: ids are only made of the places of rows")]
    pub(crate) const fn row(self) -> &'static Row {
        match ROWS.split_at_checked(self.0 as usize) {
            Some((_, [row, ..])) => row,
            _ => panic!("internal error: a measure has no row"),
        }
    }

    /// The id as text, such as `O3.M4.seen_alone`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.row().id
    }

    /// Its place in plan order, below [`MeasureId::COUNT`].
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// What the figure is.
    #[must_use]
    pub const fn unit(self) -> Unit {
        self.row().unit
    }

    /// The stretch of time that one figure speaks of.
    #[must_use]
    pub const fn period_kind(self) -> PeriodKind {
        self.row().period
    }

    /// Which way is better.
    #[must_use]
    pub const fn better(self) -> Better {
        self.row().better
    }

    /// The tables and columns that it reads.
    #[must_use]
    pub const fn inputs(self) -> &'static [InputRow] {
        self.row().inputs
    }

    /// The version of its definition. It rises when the same data would give another figure.
    #[must_use]
    pub const fn version(self) -> u32 {
        self.row().version
    }

    /// The measure that this one repeats: the printed plan has one row twice.
    #[must_use]
    pub const fn alias_of(self) -> Option<MeasureId> {
        match self.row().standing {
            Standing::AliasOf(id) => Some(declared(id)),
            Standing::Printed | Standing::CompanionOf(_) => None,
        }
    }

    /// The measure that this figure stands beside, where it is a companion.
    #[must_use]
    pub const fn companion_of(self) -> Option<MeasureId> {
        match self.row().standing {
            Standing::CompanionOf(id) => Some(declared(id)),
            Standing::Printed | Standing::AliasOf(_) => None,
        }
    }
}

impl fmt::Display for MeasureId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for MeasureId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for MeasureId {
    type Err = UnknownId;

    fn from_str(text: &str) -> Result<Self, UnknownId> {
        find(text).ok_or_else(|| UnknownId::new("measure", text, ROWS.iter().map(|row| row.id)))
    }
}

/// So that a measure can be asked for by its text.
impl TryFrom<&str> for MeasureId {
    type Error = UnknownId;

    fn try_from(text: &str) -> Result<Self, UnknownId> {
        text.parse()
    }
}

impl TryFrom<&String> for MeasureId {
    type Error = UnknownId;

    fn try_from(text: &String) -> Result<Self, UnknownId> {
        text.parse()
    }
}

impl Serialize for MeasureId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for MeasureId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// An id that the plan does not have, with the nearest one that it has.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("unknown {kind} `{given}`, did you mean `{nearest}`?")]
pub struct UnknownId {
    kind: &'static str,
    given: String,
    nearest: String,
}

impl UnknownId {
    pub(crate) fn new<'a>(
        kind: &'static str,
        given: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> UnknownId {
        UnknownId { kind, given: shown(given), nearest: nearest(given, known).to_owned() }
    }

    /// What was given, cut where it is far too long.
    #[must_use]
    pub fn given(&self) -> &str {
        &self.given
    }

    /// The nearest id that exists.
    #[must_use]
    pub fn nearest(&self) -> &str {
        &self.nearest
    }
}
