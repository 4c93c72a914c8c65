//! The months that centre and limits are taken from.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use crate::value::given::{Given, Setting, by_id};

/// How many months, the first of each stretch, centre and limits are taken from.
///
/// In JSON it is a number for every row, or an object with a number for some: `24`, `{"O3.M4": 24}`.
///
/// # Examples
///
/// ## For every row, and for one
///
/// ```
/// use csc_measures::signals::Baseline;
///
/// assert_eq!(serde_json::from_str::<Baseline>("24")?.of("O3.M4"), Some(24));
/// let baseline: Baseline = serde_json::from_str(r#"{ "O3.M4": 18 }"#)?;
/// assert_eq!((baseline.of("O3.M4"), baseline.of("O3.M5")), (Some(18), None));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[allow(clippy::exhaustive_enums, reason = "a number, or one a row")]
pub enum Baseline {
    /// The same for every row.
    Every(u16),
    /// By row; the others have all points of a stretch.
    ByRow(BTreeMap<String, u16>),
}

impl Baseline {
    /// The fewest points that limits may be asked from.
    pub const LEAST: u16 = 12;

    /// That of a row; `None` is all points of each stretch.
    #[must_use]
    pub fn of(&self, id: &str) -> Option<u16> {
        match self {
            Self::Every(points) => Some(*points),
            Self::ByRow(rows) => rows.get(id).copied(),
        }
    }

    /// The numbers, each with the row that it is for.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = (Option<&str>, u16)> {
        let (every, rows) = match self {
            Self::Every(points) => (Some((None, *points)), None),
            Self::ByRow(rows) => (None, Some(rows)),
        };
        let rows = rows.into_iter().flatten().map(|(id, points)| (Some(id.as_str()), *points));
        every.into_iter().chain(rows)
    }
}

impl<'de> Deserialize<'de> for Baseline {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let given = Given::deserialize(deserializer)?;
        let read = match &given {
            Given::Object(_) => {
                by_id(&given, "an object of numbers by measure", "baseline", u16::from_given).map(Self::ByRow)
            }
            Given::Whole(_) => u16::from_given(&given).map(Self::Every),
            _ => Err(format!("expected a number, or an object of numbers by measure, found {given}")),
        };
        read.map_err(serde::de::Error::custom)
    }
}
