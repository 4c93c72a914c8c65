//! A measure in a month, as it may be published.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::measures::Better;
use crate::scorecard::figure::Status;
use crate::scorecard::rating::Direction;
use crate::scorecard::result::MeasureResult;
use crate::scorecard::signals::Value;
use crate::time::Day;
use crate::value::Amount;

/// What is written in place of a number that is not published, as in official statistics.
pub(super) const LEFT_OUT: &str = "c";

/// Which numbers of a figure are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct LeftOut {
    pub(super) numerator: bool,
    pub(super) denominator: bool,
    pub(super) value: bool,
}

impl LeftOut {
    pub(super) const ALL: Self = Self { numerator: true, denominator: true, value: true };
    pub(super) const NONE: Self = Self { numerator: false, denominator: false, value: false };
}

/// A measure in a month or another period, as it may be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedResult {
    pub(super) result: MeasureResult,
    pub(super) better: Better,
    pub(super) left_out: LeftOut,
    /// Whether it is hidden since something of it is few, which nobody sees.
    pub(super) is_few: bool,
    /// The day that its tables are as at.
    pub(super) as_at: Option<Day>,
}

impl PublishedResult {
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

    /// Which way the figure is better.
    #[must_use]
    pub fn better(&self) -> Better {
        self.better
    }

    /// The result, without outcomes and without warnings that depend on counts; what is left out is `None`.
    #[must_use]
    pub fn result(&self) -> &MeasureResult {
        &self.result
    }

    /// The figure that is shown as a point of a chart; of a rounded average, which has no numerator, the average itself.
    pub(super) fn point(&self) -> Option<Value<'_>> {
        let MeasureResult { measure, month, numerator, value, .. } = &self.result;
        if numerator.is_some() {
            return Value::of(&self.result);
        }
        let average = Amount::from_thousandths(value.as_ref()?.tenths() * 100)?;
        Some(Value { measure, month: *month, numerator: average, denominator: Some(Amount::ONE) })
    }
}

/// A number, or what stands in its place.
pub(super) enum Number<'a, T> {
    Shown(&'a T),
    LeftOut,
}

impl<'a, T> Number<'a, T> {
    pub(super) fn new(number: &'a T, is_left_out: bool) -> Self {
        if is_left_out { Self::LeftOut } else { Self::Shown(number) }
    }
}

impl<T: Serialize> Serialize for Number<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Shown(number) => number.serialize(serializer),
            Self::LeftOut => serializer.serialize_str(LEFT_OUT),
        }
    }
}

impl Serialize for PublishedResult {
    /// What may be shown of a result; a number that is left out is `"c"`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { result, better, left_out, .. } = self;
        let is_rated = result.status != Status::Suppressed;
        let mut map = serializer.serialize_map(Some(13))?;
        map.serialize_entry("measure", &result.measure)?;
        map.serialize_entry("month", &result.month)?;
        map.serialize_entry("period", &result.period)?;
        map.serialize_entry("status", result.status.as_str())?;
        map.serialize_entry("numerator", &Number::new(&result.numerator, left_out.numerator))?;
        map.serialize_entry("denominator", &Number::new(&result.denominator, left_out.denominator))?;
        map.serialize_entry("value", &Number::new(&result.value, left_out.value))?;
        map.serialize_entry("unit", result.unit.as_str())?;
        map.serialize_entry("better", better)?;
        map.serialize_entry("rag", &is_rated.then_some(result.rag.as_str()))?;
        map.serialize_entry("direction", &result.direction.map(Direction::as_str))?;
        map.serialize_entry("warnings", &result.warnings)?;
        map.serialize_entry("missing_tables", &result.missing_tables)?;
        map.end()
    }
}
