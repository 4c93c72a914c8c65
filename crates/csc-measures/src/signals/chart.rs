//! The charts: how far months of a measure spread by themselves.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};

use super::series::Figure;
use crate::measures::Unit;
use crate::plan::UnknownId;
use crate::value::given::{Given, Setting, by_id, named};

/// A control chart: by what the spread of months is measured.
///
/// # Examples
///
/// ## A misspelt chart
///
/// ```
/// use csc_measures::signals::Chart;
///
/// assert_eq!("p_prime".parse(), Ok(Chart::PPrime));
/// let error = "pprime".parse::<Chart>().unwrap_err();
/// assert_eq!(error.to_string(), "unknown chart `pprime`, did you mean `p_prime`?");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Chart {
    /// By how far each month lies from the one before, whatever the figure is.
    Xmr,
    /// Of percentages: by chance alone, each month by its own denominator.
    P,
    /// As `p`, widened if months differ by more than chance.
    PPrime,
    /// Of counts: by chance alone.
    C,
    /// As `c`, widened if months differ by more than chance.
    CPrime,
    /// By the standard deviation of a long baseline: of figures that hang together from month to month.
    Level,
}

impl Chart {
    /// Every chart.
    pub const ALL: [Self; 6] = [Self::Xmr, Self::P, Self::PPrime, Self::C, Self::CPrime, Self::Level];

    /// Its name in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Xmr => "xmr",
            Self::P => "p",
            Self::PPrime => "p_prime",
            Self::C => "c",
            Self::CPrime => "c_prime",
            Self::Level => "level",
        }
    }

    /// The charts that figures of a unit can have: the one that they have if none is asked for first.
    #[must_use]
    pub const fn of_unit(unit: Unit) -> &'static [Self] {
        match unit {
            Unit::Percent => &[Self::PPrime, Self::P, Self::Xmr, Self::Level],
            Unit::Count => &[Self::CPrime, Self::C, Self::Xmr, Self::Level],
            Unit::Average | Unit::Days => &[Self::Xmr, Self::Level],
            Unit::Qualitative => &[],
        }
    }

    /// Whether its marks also have to be unlikely by chance alone.
    pub(super) const fn asks_chance(self) -> bool {
        matches!(self, Self::P | Self::PPrime | Self::C | Self::CPrime)
    }

    /// The chart of some figures: the one asked for, or else that of their unit; without whole numbers of cases to
    /// reckon chances from the one that needs none.
    pub(super) fn of(asked: Option<Self>, unit: Unit, figures: &[Figure]) -> Option<Self> {
        let fitting = Self::of_unit(unit);
        let chart = asked.filter(|chart| fitting.contains(chart)).or_else(|| fitting.first().copied())?;
        let are_cases = figures.iter().all(|figure| figure.cases().is_some());
        Some(if chart.asks_chance() && !are_cases { Self::Xmr } else { chart })
    }
}

impl fmt::Display for Chart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Chart {
    type Err = UnknownId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|chart| chart.as_str() == text);
        found.ok_or_else(|| UnknownId::new("chart", text, Self::ALL.map(Self::as_str)))
    }
}

impl Setting for Chart {
    fn from_given(given: &Given) -> Result<Self, String> {
        match given {
            Given::Text(text) => text.parse().map_err(|error: UnknownId| error.to_string()),
            _ => named(given, &Self::ALL, Self::as_str),
        }
    }
}

impl<'de> Deserialize<'de> for Chart {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_given(&Given::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// Reads charts by row.
pub(crate) fn by_row<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, Chart>, D::Error> {
    by_id(&Given::deserialize(deserializer)?, "an object of charts by measure", "chart", Chart::from_given)
        .map_err(serde::de::Error::custom)
}
