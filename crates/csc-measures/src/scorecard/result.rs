//! One result: a measure in a month.

use crate::value::index::at;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::figure::{Shown, Status};
use super::rating::{Direction, MeasureRag};
use crate::measures::{Measure, Outcome, Unit};
use crate::plan::RowId;
use crate::time::{Month, Period};
use crate::value::Amount;

/// The cases of a result by outcome; only those that occur.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Outcomes {
    pub(crate) counts: [u64; Outcome::ALL.len()],
}

impl Outcomes {
    /// The number of cases with an outcome.
    #[must_use]
    pub fn get(&self, outcome: Outcome) -> u64 {
        *at(&self.counts, outcome as usize)
    }

    /// The outcomes that occur, with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (Outcome, u64)> {
        Outcome::ALL.into_iter().zip(self.counts).filter(|(_, count)| *count > 0)
    }
}

impl Serialize for Outcomes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (outcome, count) in self.iter() {
            map.serialize_entry(outcome.as_str(), &count)?;
        }
        map.end()
    }
}

/// A measure in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MeasureResult {
    /// The id of the plan's row, or of a companion.
    pub measure: RowId,
    /// The measure that the row shows.
    pub key: Measure,
    /// What the figure is.
    pub unit: Unit,
    /// The month.
    pub month: Month,
    /// The days it covers, both ends included; for a snapshot the last day of the month.
    pub period: Period,
    /// Whether it has a value.
    pub status: Status,
    /// The sum over the cases; `None` if an input was not supplied.
    pub numerator: Option<Amount>,
    /// The sum over the cases; `None` for counts, and if an input was not supplied.
    pub denominator: Option<Amount>,
    /// The value as it is shown.
    pub value: Option<Shown>,
    /// The cases by outcome.
    pub outcomes: Outcomes,
    /// The colour against the caller's target.
    pub rag: MeasureRag,
    /// The movement since the period before.
    pub direction: Option<Direction>,
    /// The value of the period before, as it is shown; `None` if that period has none. The JSON does not have it. Of what
    /// may be published, it is the value that the same publication shows of the period before.
    pub previous: Option<Shown>,
    /// The warnings, sorted.
    pub warnings: Vec<String>,
    /// Needed tables, and columns as `table.column`, that were not supplied.
    pub missing_tables: Vec<String>,
    /// Whether every policy was met, for `policies_reviewed`: `None` for other measures; inside, `None` unless there
    /// is a value.
    pub all_met: Option<Option<bool>>,
}

impl Serialize for MeasureResult {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("measure", &self.measure)?;
        map.serialize_entry("month", &self.month)?;
        map.serialize_entry("period", &self.period)?;
        map.serialize_entry("status", self.status.as_str())?;
        map.serialize_entry("numerator", &self.numerator)?;
        map.serialize_entry("denominator", &self.denominator)?;
        map.serialize_entry("value", &self.value)?;
        map.serialize_entry("unit", self.unit.as_str())?;
        map.serialize_entry("outcomes", &self.outcomes)?;
        map.serialize_entry("rag", self.rag.as_str())?;
        map.serialize_entry("direction", &self.direction.map(Direction::as_str))?;
        map.serialize_entry("warnings", &self.warnings)?;
        map.serialize_entry("missing_tables", &self.missing_tables)?;
        if let Some(all_met) = self.all_met {
            map.serialize_entry("all_met", &all_met)?;
        }
        map.end()
    }
}
