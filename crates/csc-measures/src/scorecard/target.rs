//! Measures against the targets that a caller gives; there are none of our own.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::figure::{Exact, Figure, Status};
use crate::definitions::{Better, MeasureId, Unit};
use crate::value::Amount;
use crate::value::Decimal;
use crate::value::given::{Given, Setting, named, objects_only};
use crate::value::names::{nearest, shown};

/// What a measure is to reach. The bounds belong to the better colour, and the exact value is compared, not
/// the one shown: 89.96 % is amber against 90 although it prints as 90.0.
///
/// In JSON a bound is a number, or a text where it has more than fifteen digits: `"90.0000000000000001"`.
/// Every reader of JSON gets fifteen right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "better", rename_all = "lowercase")]
#[non_exhaustive]
pub enum Target {
    /// Green at the target or above, amber down to the tolerance below it.
    Higher {
        /// The target.
        target: Decimal,
        /// The tolerance, in the measure's unit.
        tolerance: Decimal,
    },
    /// Green at the target or below, amber up to the tolerance above it.
    Lower {
        /// The target.
        target: Decimal,
        /// The tolerance, in the measure's unit.
        tolerance: Decimal,
    },
    /// Green from `low` to `high`, amber within the tolerance outside.
    Band {
        /// The lower bound.
        low: Decimal,
        /// The upper bound.
        high: Decimal,
        /// The tolerance, in the measure's unit.
        tolerance: Decimal,
    },
}

impl<'de> Deserialize<'de> for Target {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Target;

            objects_only!("an object with `better` and its bounds");

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Target, A::Error> {
                let mut given = [const { None }; KEYS.len()];
                while let Some(key) = map.next_key::<String>()? {
                    let value = map.next_value::<Given>()?;
                    let Some(slot) = KEYS.iter().zip(&mut given).find(|(known, _)| **known == key) else {
                        let near = nearest(&key, KEYS);
                        let message = format!("unknown key `{}`, did you mean `{near}`?", shown(&key));
                        return Err(A::Error::custom(message));
                    };
                    if slot.1.replace(value).is_some() {
                        return Err(A::Error::custom(format_args!("`{key}` is given twice")));
                    }
                }
                target(given).map_err(A::Error::custom)
            }
        }
        deserializer.deserialize_any(Object)
    }
}

/// The keys of a target.
const KEYS: [&str; 5] = ["better", "target", "low", "high", "tolerance"];

/// A target of what stands under its keys.
fn target([better, target, low, high, tolerance]: [Option<Given>; KEYS.len()]) -> Result<Target, String> {
    let number = |key: &str, given: Option<Given>| match given {
        None => Ok(None),
        Some(given) => Decimal::from_given(&given).map(Some).map_err(|error| format!("`{key}`: {error}")),
    };
    let better = better.ok_or("`better` is missing; expected `higher`, `lower` or `band`")?;
    let better = named(&better, &["higher", "lower", "band"], |name| name)
        .map_err(|error| format!("`better`: {error}"))?;
    let tolerance = number("tolerance", tolerance)?.unwrap_or_default();
    if tolerance.is_negative() {
        return Err("`tolerance` is negative".into());
    }
    match (better, number("target", target)?, number("low", low)?, number("high", high)?) {
        ("higher", Some(target), None, None) => Ok(Target::Higher { target, tolerance }),
        ("lower", Some(target), None, None) => Ok(Target::Lower { target, tolerance }),
        ("band", None, Some(low), Some(high)) if low <= high => Ok(Target::Band { low, high, tolerance }),
        ("band", None, Some(_), Some(_)) => Err("`low` is above `high`".into()),
        ("band", ..) => Err("`better` is `band`, which needs `low` and `high` and takes no `target`".into()),
        _ => Err(format!("`better` is `{better}`, which needs `target` and takes neither `low` nor `high`")),
    }
}

/// Targets by measure.
///
/// The file form is a JSON object by measure id; an unknown id, or one given twice, is refused.
///
/// ```
/// use csc_measures::{MeasureId, Targets};
///
/// let targets: Targets = serde_json::from_str(
///     r#"{ "O3.M4": { "better": "higher", "target": 90, "tolerance": 5 } }"#,
/// )?;
/// assert!(targets.get(MeasureId::O3_M4).is_some());
///
/// let error = serde_json::from_str::<Targets>(r#"{ "O3.M44": {} }"#).unwrap_err();
/// assert!(error.to_string().starts_with("unknown measure `O3.M44`, did you mean `O3.M4`?"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct Targets(BTreeMap<MeasureId, Target>);

impl Targets {
    /// The target of a measure. The row that the plan prints twice has one, by whichever id it is given.
    #[must_use]
    pub fn get(&self, measure: MeasureId) -> Option<&Target> {
        let printed_once = |id: MeasureId| id.alias_of().unwrap_or(id);
        let of_the_same = |(id, _): &(&MeasureId, &Target)| printed_once(**id) == printed_once(measure);
        self.0.get(&measure).or_else(|| self.0.iter().find(of_the_same).map(|(_, target)| target))
    }

    /// Sets the target of a measure, and gives back the one it had.
    pub fn insert(&mut self, measure: MeasureId, target: Target) -> Option<Target> {
        self.0.insert(measure, target)
    }

    /// The targets as they were given, in plan order.
    pub fn iter(&self) -> impl Iterator<Item = (MeasureId, &Target)> {
        self.0.iter().map(|(measure, target)| (*measure, target))
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(MeasureId, Target)> for Targets {
    fn from_iter<I: IntoIterator<Item = (MeasureId, Target)>>(targets: I) -> Self {
        Self(targets.into_iter().collect())
    }
}

impl<'de> Deserialize<'de> for Targets {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Targets;

            objects_only!("an object of targets by measure");

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Targets, A::Error> {
                let mut targets = Targets::default();
                while let Some(measure) = map.next_key::<MeasureId>()? {
                    let target = map
                        .next_value()
                        .map_err(|error| A::Error::custom(format_args!("target of `{measure}`: {error}")))?;
                    if targets.insert(measure, target).is_some() {
                        return Err(A::Error::custom(format_args!(
                            "the target of `{measure}` is given twice"
                        )));
                    }
                }
                Ok(targets)
            }
        }
        deserializer.deserialize_any(Object)
    }
}

/// A measure's colour against its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MeasureRag {
    /// On target.
    Green,
    /// Within the tolerance.
    Amber,
    /// Beyond the tolerance.
    Red,
    /// No target, or told in words.
    NotRated,
    /// A target, and no value.
    NotApplicable,
}

impl MeasureRag {
    /// The colour in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
            Self::NotRated => "not_rated",
            Self::NotApplicable => "not_applicable",
        }
    }
}

impl Target {
    /// The colour of a figure that was worked out elsewhere, by the rule of this library's own: the exact
    /// value is compared, a percentage of a hundred. It is exact below a hundred million million.
    ///
    /// A count has no denominator, and what stands there is not looked at. Without a denominator a quotient is
    /// [`MeasureRag::NotApplicable`]; what is told in words is [`MeasureRag::NotRated`].
    ///
    /// ```
    /// use csc_measures::plan::Unit;
    /// use csc_measures::{Amount, MeasureRag, Target};
    ///
    /// let target: Target = serde_json::from_str(r#"{"better": "higher", "target": 90, "tolerance": 5}"#)?;
    /// let children = |count: i64| Amount::from_thousandths(count * 1000).unwrap();
    ///
    /// // 89.96 % prints as 90.0, and is no 90
    /// assert_eq!(target.rag(Unit::Percent, children(2249), children(2500)), MeasureRag::Amber);
    /// assert_eq!(target.rag(Unit::Percent, children(0), children(0)), MeasureRag::NotApplicable);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn rag(&self, unit: Unit, numerator: Amount, denominator: Amount) -> MeasureRag {
        measure_rag(unit, &Figure::of(unit, numerator, denominator), Some(self))
    }

    fn rate(&self, value: Exact) -> MeasureRag {
        let at_least =
            |bound: Decimal| bound.compare_fraction(value.numerator, value.denominator) != Ordering::Less;
        let at_most =
            |bound: Decimal| bound.compare_fraction(value.numerator, value.denominator) != Ordering::Greater;
        let (green, amber) = match *self {
            Self::Higher { target, tolerance } => (at_least(target), at_least(target.minus(tolerance))),
            Self::Lower { target, tolerance } => (at_most(target), at_most(target.plus(tolerance))),
            Self::Band { low, high, tolerance } => (
                at_least(low) && at_most(high),
                at_least(low.minus(tolerance)) && at_most(high.plus(tolerance)),
            ),
        };
        match (green, amber) {
            (true, _) => MeasureRag::Green,
            (false, true) => MeasureRag::Amber,
            (false, false) => MeasureRag::Red,
        }
    }
}

/// The colour of a figure. What is told in words is never rated, supplied or not.
pub(crate) fn measure_rag(unit: Unit, figure: &Figure, target: Option<&Target>) -> MeasureRag {
    match (figure.status, target.filter(|_| unit != Unit::Qualitative), figure.exact) {
        (_, None, _) => MeasureRag::NotRated,
        (Status::Ok, Some(target), Some(value)) => target.rate(value),
        _ => MeasureRag::NotApplicable,
    }
}

/// How a figure moved since the period before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Direction {
    /// It got better.
    Improved,
    /// It stayed as it was, exactly.
    Same,
    /// It got worse.
    Worsened,
    /// It rose, and neither way is better.
    Up,
    /// It fell, and neither way is better.
    Down,
}

impl Direction {
    /// The direction in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Improved => "improved",
            Self::Same => "same",
            Self::Worsened => "worsened",
            Self::Up => "up",
            Self::Down => "down",
        }
    }
}

/// The direction of travel from one figure to the next; `None` where either has no value.
pub(crate) fn direction(better: Better, before: &Figure, now: &Figure) -> Option<Direction> {
    let movement = now.exact?.compare(before.exact?);
    Some(match (movement, better) {
        (Ordering::Equal, _) => Direction::Same,
        (Ordering::Greater, Better::Neutral) => Direction::Up,
        (Ordering::Less, Better::Neutral) => Direction::Down,
        (Ordering::Greater, Better::Higher) | (Ordering::Less, Better::Lower) => Direction::Improved,
        (Ordering::Greater, Better::Lower) | (Ordering::Less, Better::Higher) => Direction::Worsened,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(target: &str, numerator: i128, denominator: i128) -> MeasureRag {
        serde_json::from_str::<Target>(target).unwrap().rate(Exact { numerator, denominator })
    }

    #[test]
    fn the_bounds_belong_to_the_better_colour() {
        let higher = r#"{"better":"higher","target":90,"tolerance":5}"#;
        assert_eq!(rate(higher, 90, 1), MeasureRag::Green);
        assert_eq!(rate(higher, 8996, 100), MeasureRag::Amber);
        assert_eq!(rate(higher, 85, 1), MeasureRag::Amber);
        assert_eq!(rate(higher, 84_999_999, 1_000_000), MeasureRag::Red);
        let lower = r#"{"better":"lower","target":0.1,"tolerance":0.05}"#;
        assert_eq!(rate(lower, 1, 10), MeasureRag::Green);
        assert_eq!(rate(lower, 15, 100), MeasureRag::Amber);
        assert_eq!(rate(lower, 151, 1000), MeasureRag::Red);
        let band = r#"{"better":"band","low":12,"high":16,"tolerance":2}"#;
        for (value, rag) in
            [(9, "red"), (10, "amber"), (12, "green"), (16, "green"), (18, "amber"), (19, "red")]
        {
            assert_eq!(rate(band, value, 1).as_str(), rag, "{value}");
        }
    }

    #[test]
    fn a_target_that_makes_no_sense_is_refused() {
        for text in [
            r#"{"better":"higher"}"#,
            r#"{"better":"upper","target":1}"#,
            r#"{"better":"band","low":2,"high":1}"#,
            r#"{"better":"lower","target":1,"tolerance":-1}"#,
            r#"{"better":"lower","target":1,"goal":2}"#,
            r#"{"better":"lower","target":"one"}"#,
            r#"{"better":"lower","target":1,"low":0}"#,
        ] {
            assert!(serde_json::from_str::<Target>(text).is_err(), "{text}");
        }
        for (text, expected) in [
            (r#"{"better":"lower","goal":2}"#, "unknown key `goal`, did you mean `low`?"),
            (r#"{"better":5,"target":2}"#, "`better`: expected a name such as `band`, found `5`"),
            (r#"{"target":2}"#, "`better` is missing; expected `higher`, `lower` or `band`"),
            (r#"{"better":"lower","target":true}"#, "`target`: `true` is not a decimal number"),
            (r#"{"better":"lower","target":1,"target":2}"#, "`target` is given twice"),
            (r#"{"better":"lower","target":1e40}"#, "`target`: `1"),
        ] {
            let error = serde_json::from_str::<Target>(text).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{text}: {error}");
        }
        let twice = r#"{"O3.M4":{"better":"lower","target":1},"O3.M4":{"better":"lower","target":2}}"#;
        let error = serde_json::from_str::<Targets>(twice).unwrap_err().to_string();
        assert!(error.starts_with("the target of `O3.M4` is given twice"), "{error}");
        let wrong = r#"{"O3.M4":{"better":"upper","target":1}}"#;
        let error = serde_json::from_str::<Targets>(wrong).unwrap_err().to_string();
        assert!(
            error.starts_with("target of `O3.M4`: `better`: unknown value `upper`, did you mean `lower`?"),
            "{error}"
        );
    }
}
