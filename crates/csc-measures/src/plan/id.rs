//! Measure ids: small numbers in plan order that read and print as `O3.M4`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use super::facts::{Better, InputRow, PeriodKind, Unit};
use super::row::{OutcomeRow, Row, Standing};
use super::{Measure, OUTCOMES, Plan};
use crate::index::broken;
use crate::names::{nearest, shown};

/// A measure of the plan, or a companion of one.
///
/// Ids are ordered as the plan is printed, each companion right after its measure.
///
/// ```
/// use csc_measures::plan::MeasureId;
///
/// let id: MeasureId = "O3.M4".parse()?;
/// assert_eq!(id, MeasureId::O3_M4);
/// assert!(MeasureId::O3_M4 < MeasureId::O3_M4_SEEN_ALONE && MeasureId::O3_M4_SEEN_ALONE < MeasureId::O3_M5);
///
/// let error = "O3.4".parse::<MeasureId>().unwrap_err();
/// assert_eq!(error.to_string(), "unknown measure `O3.4`, did you mean `O3.M4`?");
/// # Ok::<(), csc_measures::plan::UnknownId>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MeasureId(u8);

/// The rows of all outcomes, in plan order.
static ROWS: [&Row; MeasureId::COUNT] = flatten();

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

const fn same(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    loop {
        match (a, b) {
            ([], []) => return true,
            ([x, rest_a @ ..], [y, rest_b @ ..]) if *x == *y => (a, b) = (rest_a, rest_b),
            _ => return false,
        }
    }
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

    /// An id that a row is known to have; one that none has stops the build.
    #[expect(clippy::panic, reason = "worked out while the crate is built")]
    pub(super) const fn known(id: &str) -> MeasureId {
        match find(id) {
            Some(found) => found,
            None => panic!("a declaration names a measure that no row has"),
        }
    }

    #[expect(clippy::panic, reason = "a broken invariant refuses: ids are only made of the places of rows")]
    pub(super) const fn row(self) -> &'static Row {
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

    /// Everything that the plan says of it.
    ///
    /// ```
    /// use csc_measures::plan::MeasureId;
    ///
    /// let measure = MeasureId::O1_M1.measure();
    /// assert_eq!(measure.title, "Total Average Caseload");
    /// ```
    #[must_use]
    pub fn measure(self) -> &'static Measure {
        Plan::worcestershire_2017().of(self)
    }

    /// The measure that this one repeats: the printed plan has one row twice.
    #[must_use]
    pub const fn alias_of(self) -> Option<MeasureId> {
        match self.row().standing {
            Standing::AliasOf(id) => find(id),
            Standing::Printed | Standing::CompanionOf(_) => None,
        }
    }

    /// The measure that this figure stands beside, where it is a companion.
    #[must_use]
    pub const fn companion_of(self) -> Option<MeasureId> {
        match self.row().standing {
            Standing::CompanionOf(id) => find(id),
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
    pub(super) fn new<'a>(
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
