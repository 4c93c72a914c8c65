use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use crate::value::given::{Given, Setting, named};

/// The nations of the United Kingdom that keep their own list of bank holidays.
///
/// # Examples
///
/// ## From text and to text
///
/// ```
/// use csc_measures::calendar::Nation;
///
/// assert_eq!("northern-ireland".parse(), Ok(Nation::NorthernIreland));
/// assert_eq!(Nation::default().to_string(), "england-and-wales");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nation {
    /// England and Wales, `england-and-wales`: the default.
    #[default]
    EnglandAndWales,
    /// Scotland, `scotland`.
    Scotland,
    /// Northern Ireland, `northern-ireland`.
    NorthernIreland,
}

impl Nation {
    /// The three nations, in the order of GOV.UK's list.
    pub const ALL: [Self; 3] = [Self::EnglandAndWales, Self::Scotland, Self::NorthernIreland];

    /// The name in policies and in GOV.UK's list.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EnglandAndWales => "england-and-wales",
            Self::Scotland => "scotland",
            Self::NorthernIreland => "northern-ireland",
        }
    }
}

impl fmt::Display for Nation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Setting for Nation {
    fn from_given(given: &Given) -> Result<Self, String> {
        named(given, &Self::ALL, Self::as_str)
    }
}

impl<'de> Deserialize<'de> for Nation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_given(&Given::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}
