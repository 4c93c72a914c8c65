//! What a row of a plan is to reach.

use serde::de::{Error as _, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::measures::{Better, Unit};
use crate::time::Month;
use crate::value::Decimal;
use crate::value::given::{Fields, Given, Setting, named, objects_only};

/// What a measure is to reach. The bounds belong to the better colour, and the exact value is compared, not
/// the one shown: 89.96 % is amber against 90 although it prints as 90.0.
///
/// In JSON a bound is a number, or a text if it has more than fifteen digits: `"90.0000000000000001"`.
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
        let dated = TargetFrom::from_given(Given::deserialize(deserializer)?).map_err(D::Error::custom)?;
        match dated {
            TargetFrom { from: None, confirm: false, target } => Ok(target),
            _ => Err(D::Error::custom("one target takes neither `from` nor `confirm`")),
        }
    }
}

/// A target, and the month from which it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct TargetFrom {
    /// The first month; `None` is from the start.
    pub from: Option<Month>,
    /// The target.
    pub target: Target,
    /// Whether a target that looks like a slip is meant: `better` against the measure's, or a percentage below 1.
    pub confirm: bool,
}

/// The keys of a target.
const KEYS: [&str; 7] = ["better", "target", "low", "high", "tolerance", "from", "confirm"];

impl TargetFrom {
    /// A target that holds from the start.
    #[must_use]
    pub const fn always(target: Target) -> Self {
        Self { from: None, target, confirm: false }
    }

    /// # Errors
    /// What is wrong, in words.
    fn from_given(given: Given) -> Result<Self, String> {
        let mut fields = Fields::of(given, "an object with `better` and its bounds", &KEYS)?;
        let better =
            fields.take("better").ok_or("`better` is missing; expected `higher`, `lower` or `band`")?;
        let better = named(&better, &["higher", "lower", "band"], |name| name)
            .map_err(|error| format!("`better`: {error}"))?;
        let tolerance: Decimal = fields.setting("tolerance")?.unwrap_or_default();
        if tolerance.is_negative() {
            return Err("`tolerance` is negative".into());
        }
        let bounds = (fields.setting("target")?, fields.setting("low")?, fields.setting("high")?);
        let target = match (better, bounds) {
            ("higher", (Some(target), None, None)) => Target::Higher { target, tolerance },
            ("lower", (Some(target), None, None)) => Target::Lower { target, tolerance },
            ("band", (None, Some(low), Some(high))) if low <= high => Target::Band { low, high, tolerance },
            ("band", (None, Some(_), Some(_))) => return Err("`low` is above `high`".into()),
            ("band", _) => {
                return Err("`better` is `band`, which needs `low` and `high` and takes no `target`".into());
            }
            _ => {
                return Err(format!(
                    "`better` is `{better}`, which needs `target` and takes neither `low` nor `high`"
                ));
            }
        };
        let confirm = fields.setting("confirm")?.unwrap_or_default();
        Ok(Self { from: fields.setting("from")?, target, confirm })
    }

    /// Why the target cannot be meant for a measure, in words.
    fn slip(&self, better: Better, unit: Unit) -> Option<String> {
        let one = Decimal::from_integer(1);
        let is_fraction = |bound: &Decimal| *bound > Decimal::default() && *bound < one;
        let (turned, bounds): (bool, Vec<Decimal>) = match self.target {
            Target::Higher { target, .. } => (better == Better::Lower, vec![target]),
            Target::Lower { target, .. } => (better == Better::Higher, vec![target]),
            Target::Band { low, high, .. } => (false, vec![low, high]),
        };
        if turned {
            return Some(format!(
                "`better` is `{}`, and of this measure {better} is better",
                match better {
                    Better::Lower => "higher",
                    _ => "lower",
                }
            ));
        }
        let fraction = bounds.iter().find(|bound| unit == Unit::Percent && is_fraction(bound))?;
        Some(format!("a percentage is of a hundred, and `{fraction}` is below 1"))
    }
}

impl Serialize for TargetFrom {
    /// As a target, with `from` and `confirm` if they are set.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self.target {
            Target::Higher { target, tolerance } | Target::Lower { target, tolerance } => {
                let is_higher = matches!(self.target, Target::Higher { .. });
                map.serialize_entry("better", if is_higher { "higher" } else { "lower" })?;
                map.serialize_entry("target", &target)?;
                map.serialize_entry("tolerance", &tolerance)?;
            }
            Target::Band { low, high, tolerance } => {
                map.serialize_entry("better", "band")?;
                map.serialize_entry("low", &low)?;
                map.serialize_entry("high", &high)?;
                map.serialize_entry("tolerance", &tolerance)?;
            }
        }
        if let Some(from) = self.from {
            map.serialize_entry("from", &from)?;
        }
        if self.confirm {
            map.serialize_entry("confirm", &true)?;
        }
        map.end()
    }
}

/// The targets of one row: one, or several by the month from which each holds.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct RowTargets(Vec<TargetFrom>);

impl RowTargets {
    /// # Errors
    /// What is wrong, in words.
    pub(crate) fn from_given(given: Given) -> Result<Self, String> {
        let targets: Vec<TargetFrom> = match given {
            Given::List(values) if values.is_empty() => return Err("the list of targets is empty".into()),
            Given::List(values) => {
                values.into_iter().map(TargetFrom::from_given).collect::<Result<_, _>>()?
            }
            given => vec![TargetFrom::from_given(given)?],
        };
        for (place, target) in targets.iter().enumerate() {
            if targets.iter().take(place).any(|other| other.from == target.from) {
                return Err(match target.from {
                    Some(from) => format!("two targets are `from` {from}"),
                    None => "two targets have no `from`".into(),
                });
            }
        }
        Ok(Self(targets))
    }

    /// The target that holds in a month: of those that have begun the last.
    pub(crate) fn at(&self, month: Month) -> Option<&Target> {
        let begun = self.0.iter().filter(|target| target.from.is_none_or(|from| from <= month));
        begun.max_by_key(|target| target.from).map(|target| &target.target)
    }

    /// # Errors
    /// A target that looks like a slip, in words.
    pub(crate) fn check(&self, better: Better, unit: Unit) -> Result<(), String> {
        let slip = self.0.iter().filter(|target| !target.confirm).find_map(|one| one.slip(better, unit));
        slip.map_or(Ok(()), |slip| {
            Err(format!("{slip}; if the target is meant, add `\"confirm\": true` to it"))
        })
    }

    fn insert(&mut self, target: TargetFrom) -> Option<Target> {
        match self.0.iter_mut().find(|other| other.from == target.from) {
            Some(other) => Some(std::mem::replace(other, target).target),
            None => {
                self.0.push(target);
                None
            }
        }
    }
}

impl Serialize for RowTargets {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [one] if one.from.is_none() => one.serialize(serializer),
            several => several.serialize(serializer),
        }
    }
}

/// Targets by the id of a plan's row: those of a caller, which go before the plan's own.
///
/// The file form is a JSON object by id. Under an id is a target, or a list of targets each with the month from which
/// it holds. An id given twice is refused; one that the plan does not have is refused when the targets are used.
///
/// # Examples
///
/// ## A target that rises in April
///
/// ```
/// use csc_measures::{Month, Targets};
///
/// let targets: Targets = serde_json::from_str(
///     r#"{ "O3.M4": { "better": "higher", "target": 90, "tolerance": 5 },
///          "O2.M3": [ { "better": "higher", "target": 80 }, { "better": "higher", "target": 90, "from": "2017-04" } ] }"#,
/// )?;
/// let month: Month = "2017-03".parse()?;
/// assert!(targets.get("O3.M4", month).is_some());
/// assert_ne!(targets.get("O2.M3", month), targets.get("O2.M3", month.plus(1)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Targets(Vec<(String, RowTargets)>);

impl Targets {
    /// The target given for a row in a month.
    #[must_use]
    pub fn get(&self, id: &str, month: Month) -> Option<&Target> {
        self.of(id)?.at(month)
    }

    /// Sets the target of a row that holds from the start, and gives back the one it had.
    pub fn insert(&mut self, id: impl Into<String>, target: Target) -> Option<Target> {
        self.insert_from(id, TargetFrom::always(target))
    }

    /// Sets a target of a row that holds from a month, and gives back the one it had from that month.
    pub fn insert_from(&mut self, id: impl Into<String>, target: TargetFrom) -> Option<Target> {
        let id = id.into();
        if let Some((_, targets)) = self.0.iter_mut().find(|(other, _)| *other == id) {
            return targets.insert(target);
        }
        self.0.push((id, RowTargets(vec![target])));
        None
    }

    /// The targets of each id, as they were given.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[TargetFrom])> {
        self.0.iter().map(|(id, targets)| (id.as_str(), targets.0.as_slice()))
    }

    /// The ids that have targets.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(id, _)| id.as_str())
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those of a row.
    pub(crate) fn of(&self, id: &str) -> Option<&RowTargets> {
        self.0.iter().find(|(other, _)| other == id).map(|(_, targets)| targets)
    }

    /// Puts them in the order of these ids.
    pub(crate) fn sort_by<'a>(&mut self, ids: impl Iterator<Item = &'a str> + Clone) {
        self.0.sort_by_key(|(id, _)| ids.clone().position(|other| other == id));
    }
}

impl Serialize for Targets {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (id, targets) in &self.0 {
            map.serialize_entry(id, targets)?;
        }
        map.end()
    }
}

impl<I: Into<String>> FromIterator<(I, Target)> for Targets {
    fn from_iter<T: IntoIterator<Item = (I, Target)>>(targets: T) -> Self {
        let mut all = Self::default();
        for (id, target) in targets {
            all.insert(id, target);
        }
        all
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
                while let Some((id, given)) = map.next_entry::<String, Given>()? {
                    let given = RowTargets::from_given(given)
                        .map_err(|error| A::Error::custom(format_args!("target of `{id}`: {error}")))?;
                    if targets.of(&id).is_some() {
                        return Err(A::Error::custom(format_args!("the target of `{id}` is given twice")));
                    }
                    targets.0.push((id, given));
                }
                Ok(targets)
            }
        }
        deserializer.deserialize_any(Object)
    }
}

impl Setting for Month {
    fn from_given(given: &Given) -> Result<Self, String> {
        let text = String::from_given(given)?;
        text.parse().map_err(|error: crate::time::ParseMonthError| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            r#"{"better":"lower","target":1,"from":"2017-04"}"#,
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

    #[test]
    fn of_several_targets_the_last_that_has_begun_holds() {
        let text = r#"{"A":[{"better":"higher","target":1,"from":"2017-04"},{"better":"higher","target":2},
            {"better":"higher","target":3,"from":"2018-04"}]}"#;
        let targets: Targets = serde_json::from_str(text).unwrap();
        let at = |month: &str| match targets.get("A", month.parse().unwrap()) {
            Some(Target::Higher { target, .. }) => target.to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!(
            ["2017-03", "2017-04", "2018-03", "2018-04", "2030-01"].map(at),
            ["2", "1", "1", "3", "3"]
        );
        for (text, expected) in [
            (r#"{"A":[]}"#, "target of `A`: the list of targets is empty"),
            (
                r#"{"A":[{"better":"higher","target":1},{"better":"higher","target":2}]}"#,
                "target of `A`: two targets have no `from`",
            ),
            (
                r#"{"A":{"better":"higher","target":1,"from":"April"}}"#,
                "target of `A`: `from`: `April` is not a month",
            ),
        ] {
            let error = serde_json::from_str::<Targets>(text).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        }
    }
}
