//! How figures are made safe to publish.

use chrono::Datelike;
use serde::{Deserialize, Serialize, Serializer};

use crate::time::Month;
use crate::value::given::from_objects_only;

/// What keeps published figures from telling of a few children.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Protection {
    /// Figures of 1 to 5 cases are hidden, and further ones where they would tell them: for one publication of a month.
    #[default]
    Suppression,
    /// Every figure is rounded: for publications that may meet others of the same months.
    Rounding,
}

impl Protection {
    /// Its word in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Suppression => "suppression",
            Self::Rounding => "rounding",
        }
    }
}

/// What one published figure is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PublishPeriod {
    /// A month.
    #[default]
    Month,
    /// A quarter: events are added up, and how things stood, and what is of twelve months or more, is of its last month.
    Quarter,
    /// A financial year, from April to March.
    Year,
}

impl PublishPeriod {
    /// Every period.
    pub const ALL: [Self; 3] = [Self::Month, Self::Quarter, Self::Year];

    /// Its word in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// How many months it has.
    pub(super) const fn months(self) -> i32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }

    /// Whether it ends with a month.
    pub(super) fn ends_with(self, month: Month) -> bool {
        match self {
            Self::Month => true,
            Self::Quarter => month.ends_quarter(),
            Self::Year => is_march(month),
        }
    }
}

/// Whether a month is the last of a financial year.
pub(super) fn is_march(month: Month) -> bool {
    month.first().month() == 3
}

/// What is published, and how it is made safe.
///
/// # Examples
///
/// ## Rounded figures of quarters
///
/// ```
/// use csc_measures::{Protection, PublishPeriod, Publishing};
///
/// let publishing: Publishing = serde_json::from_str(r#"{ "protection": "rounding", "publish_period": "quarter" }"#)?;
/// assert_eq!(publishing.protection, Protection::Rounding);
/// assert_eq!(publishing.publish_period, PublishPeriod::Quarter);
/// assert_eq!(publishing.rounding_least, 50);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, remote = "Self")]
#[non_exhaustive]
pub struct Publishing {
    /// What keeps the figures from telling of a few children.
    pub protection: Protection,
    /// The least rounded denominator of which a percentage is shown, from 20. Of 50 to 99 a percentage is within 8 points, of 20 within 17.
    pub rounding_least: u32,
    /// What one figure is of.
    pub publish_period: PublishPeriod,
}

from_objects_only!(Publishing, "an object of what is published");

impl Serialize for Publishing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl Default for Publishing {
    fn default() -> Self {
        Self {
            protection: Protection::default(),
            rounding_least: 50,
            publish_period: PublishPeriod::default(),
        }
    }
}

impl Publishing {
    /// The least that `rounding_least` may be.
    pub const ROUNDING_LEAST: u32 = 20;
}
