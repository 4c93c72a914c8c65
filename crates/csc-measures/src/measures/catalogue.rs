//! The measures by their keys, looked up when the library is built.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::definition::{Definition, Form};
use super::kinds::{PeriodKind, Unit};
use super::measure::Measure;
use super::{
    activity, adoption, assessments, audits, care_plans, conferences, early_help, exit_interviews, feedback,
    health_assessments, missing, pathway_plans, placements, policy_documents, proceedings, ratings,
    referrals, repeat_plans, reviews, statutory_visits, strategy_discussions, visits, workforce,
};
use crate::policy::Policy;
use crate::value::index::broken;
use crate::value::names::{UnknownId, same};

/// The definitions by topic: the catalogue.
const TOPICS: [&[Definition]; 23] = [
    workforce::MEASURES,
    exit_interviews::MEASURES,
    policy_documents::MEASURES,
    assessments::MEASURES,
    ratings::MEASURES,
    conferences::MEASURES,
    reviews::MEASURES,
    visits::MEASURES,
    statutory_visits::MEASURES,
    audits::MEASURES,
    feedback::MEASURES,
    strategy_discussions::MEASURES,
    referrals::MEASURES,
    repeat_plans::MEASURES,
    placements::MEASURES,
    adoption::MEASURES,
    activity::MEASURES,
    care_plans::MEASURES,
    pathway_plans::MEASURES,
    proceedings::MEASURES,
    early_help::MEASURES,
    missing::MEASURES,
    health_assessments::MEASURES,
];

/// The definitions of all topics, in their order.
pub(super) static ROWS: [&Definition; Measure::COUNT] = flatten();

/// A set of measures has a bit for each.
const _: () = assert!(Measure::COUNT <= u128::BITS as usize);

const fn count() -> usize {
    let mut count = 0;
    let mut topics: &[&[Definition]] = &TOPICS;
    while let [topic, rest @ ..] = topics {
        count += topic.len();
        topics = rest;
    }
    count
}

const fn flatten() -> [&'static Definition; Measure::COUNT] {
    const NONE: &Definition = &Definition::EMPTY;
    let mut flat = [NONE; Measure::COUNT];
    let mut places: &mut [&'static Definition] = &mut flat;
    let mut topics: &[&'static [Definition]] = &TOPICS;
    while let [topic, more_topics @ ..] = topics {
        let mut rows = *topic;
        while let [row, more_rows @ ..] = rows {
            if let Some((place, more_places)) = places.split_first_mut() {
                *place = row;
                places = more_places;
            } else {
                return flat;
            }
            rows = more_rows;
        }
        topics = more_topics;
    }
    flat
}

impl Measure {
    /// How many measures there are, companions included.
    pub const COUNT: usize = count();

    /// The measure with a key that is written in this library: one that no row has stops the build.
    #[expect(clippy::panic, reason = "it is asked at compile time alone, where a panic stops the build")]
    pub(super) const fn named(key: &str) -> Self {
        let mut place = 0;
        let mut topics: &[&[Definition]] = &TOPICS;
        while let [topic, more_topics @ ..] = topics {
            let mut rows = *topic;
            while let [row, more_rows @ ..] = rows {
                if same(row.key, key) {
                    return Self(place);
                }
                place += 1;
                rows = more_rows;
            }
            topics = more_topics;
        }
        panic!("no measure has the key")
    }

    /// Every measure, each companion after its measure.
    pub fn all() -> impl ExactSizeIterator<Item = Self> + DoubleEndedIterator + Clone {
        (0..Self::COUNT as u8).map(Self)
    }

    /// What it counts, reads and comes from.
    #[must_use]
    pub fn definition(self) -> &'static Definition {
        match ROWS.get(self.index()) {
            Some(row) => row,
            None => broken(format_args!("measure {} has no row", self.0)),
        }
    }

    /// The key, such as `cp_visits_in_time`.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.definition().key
    }

    /// The measure that it is a companion of: a figure that keeps its measure honest.
    #[must_use]
    pub fn companion_of(self) -> Option<Self> {
        let (of, _) = self.key().split_once('.')?;
        Self::all().find(|measure| measure.key() == of)
    }

    /// Its companions, in the order of the catalogue.
    pub fn companions(self) -> impl Iterator<Item = Self> {
        Self::all().filter(move |other| other.companion_of() == Some(self))
    }

    /// The name of a companion: `seen_alone`. `None` for a measure.
    #[must_use]
    pub fn companion_name(self) -> Option<&'static str> {
        self.key().split_once('.').map(|(_, name)| name)
    }

    /// The form that shows a unit, if it has one.
    #[must_use]
    pub fn form(self, unit: Unit) -> Option<&'static Form> {
        self.definition().forms.iter().find(|form| form.unit == unit)
    }

    /// The unit in which its cases are added up: of a number and its percentage the percentage.
    pub(crate) fn tallied_as(self) -> Unit {
        let forms = self.definition().forms;
        match forms.iter().find(|form| form.unit != Unit::Count).or(forms.first()) {
            Some(form) => form.unit,
            None => broken(format_args!("measure `{self}` has no form")),
        }
    }

    /// The stretch of time of one figure, under the policies.
    pub(crate) fn period(self, policy: &Policy) -> PeriodKind {
        let definition = self.definition();
        match definition.period_when {
            Some((when, period)) if when.holds(policy) => period,
            _ => definition.period,
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.key())
    }
}

impl fmt::Debug for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

impl FromStr for Measure {
    type Err = UnknownId;

    fn from_str(text: &str) -> Result<Self, UnknownId> {
        let keys = || Self::all().map(Self::key);
        Self::all()
            .find(|measure| measure.key() == text)
            .ok_or_else(|| UnknownId::new("measure", text, keys()))
    }
}

impl Serialize for Measure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

impl<'de> Deserialize<'de> for Measure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
