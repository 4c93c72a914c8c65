//! A group of a measure in a month, as it may be published.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::result::{LeftOut, Number};
use crate::plan::RowId;
use crate::scorecard::breakdown::Funnel;
use crate::scorecard::figure::{Shown, Status};
use crate::time::{Day, Month};
use crate::value::Amount;

/// A measure in a month or another period, of the cases of one group, as it may be published.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PublishedGroup {
    /// The id of the plan's row.
    pub measure: RowId,
    /// The month, or the last of the period.
    pub month: Month,
    /// What the cases are grouped by.
    pub dimension: String,
    /// The group; `None`: what the cases are grouped by is not recorded.
    pub group: Option<String>,
    /// Whether it has a value.
    pub status: Status,
    /// The sum over the cases; `None` if it is left out.
    pub numerator: Option<Amount>,
    /// The sum over the cases; `None` for counts, and if it is left out.
    pub denominator: Option<Amount>,
    /// The value as it is shown.
    pub value: Option<Shown>,
    /// The ends of the 95 % interval of a percentage.
    pub interval: Option<(Shown, Shown)>,
    /// Whether a percentage is further from the whole than chance carries it.
    pub funnel: Option<Funnel>,
    pub(super) left_out: LeftOut,
    /// The places of its dimension and of the group.
    pub(super) place: (usize, usize),
    /// The day that its tables are as at.
    pub(super) as_at: Option<Day>,
}

impl PublishedGroup {
    /// Whether its value is left out.
    #[must_use]
    pub fn is_suppressed(&self) -> bool {
        self.left_out.value
    }

    /// Whether its numerator is left out; of a rounded figure the denominator may still be there.
    #[must_use]
    pub fn has_no_numerator(&self) -> bool {
        self.left_out.numerator
    }

    /// Whether its denominator is left out.
    #[must_use]
    pub fn has_no_denominator(&self) -> bool {
        self.left_out.denominator
    }
}

impl Serialize for PublishedGroup {
    /// What may be shown of a group; a number that is left out is `"c"`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let left_out = self.left_out;
        let mut map = serializer.serialize_map(Some(11))?;
        map.serialize_entry("measure", &self.measure)?;
        map.serialize_entry("month", &self.month)?;
        map.serialize_entry("dimension", &self.dimension)?;
        map.serialize_entry("group", &self.group)?;
        map.serialize_entry("status", self.status.as_str())?;
        map.serialize_entry("numerator", &Number::new(&self.numerator, left_out.numerator))?;
        map.serialize_entry("denominator", &Number::new(&self.denominator, left_out.denominator))?;
        map.serialize_entry("value", &Number::new(&self.value, left_out.value))?;
        map.serialize_entry("low", &self.interval.map(|(low, _)| low))?;
        map.serialize_entry("high", &self.interval.map(|(_, high)| high))?;
        map.serialize_entry("funnel", &self.funnel)?;
        map.end()
    }
}
