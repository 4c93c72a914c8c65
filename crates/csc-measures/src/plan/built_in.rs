//! The plans that the library brings along.

use std::sync::LazyLock;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::read;
use super::structure::Plan;
use crate::value::given::Given;
use crate::value::index::broken;
use crate::value::names::UnknownId;

/// The id of the first.
const WORCESTERSHIRE: &str = "worcestershire-2017";
/// The id of the second.
const ALL: &str = "all-measures";

fn worcestershire_2017() -> Plan {
    static PLAN: LazyLock<Plan> = LazyLock::new(|| checked(include_str!("worcestershire_2017.json")));
    PLAN.clone()
}

fn all_measures() -> Plan {
    static PLAN: LazyLock<Plan> = LazyLock::new(|| checked(include_str!("all_measures.json")));
    PLAN.clone()
}

/// A built-in plan is read and checked as every plan is.
fn checked(text: &str) -> Plan {
    Plan::from_json(text).unwrap_or_else(|error| broken(format_args!("a plan that is built in: {error}")))
}

impl Plan {
    /// The ids of the plans that are built in.
    pub const BUILT_IN: [&'static str; 2] = [WORCESTERSHIRE, ALL];

    /// Worcestershire's Service Improvement Plan of 2017: 8 outcomes, 50 rows and 14 recommendations, titles as
    /// printed. It is the plan of every call that is given none.
    #[must_use]
    pub fn worcestershire_2017() -> Self {
        worcestershire_2017()
    }

    /// Every measure of the catalogue in every form, by topic, with titles in plain words of the field.
    #[must_use]
    pub fn all_measures() -> Self {
        all_measures()
    }

    /// A plan that is built in, by its id.
    ///
    /// # Errors
    /// If there is none; the error names the nearest.
    pub fn by_id(id: &str) -> Result<Self, UnknownId> {
        match id {
            WORCESTERSHIRE => Ok(Self::worcestershire_2017()),
            ALL => Ok(Self::all_measures()),
            _ => Err(UnknownId::new("plan", id, Self::BUILT_IN)),
        }
    }

    /// Whether it is one of the plans that are built in, unchanged.
    #[must_use]
    pub fn is_built_in(&self) -> bool {
        Self::by_id(self.id()).is_ok_and(|plan| plan == *self)
    }
}

impl Default for Plan {
    fn default() -> Self {
        Self::worcestershire_2017()
    }
}

impl<'de> Deserialize<'de> for Plan {
    /// A plan, or the id of one that is built in.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Given::deserialize(deserializer)? {
            Given::Text(id) => Self::by_id(&id).map_err(D::Error::custom),
            given @ Given::Object(_) => read::plan(given).map_err(D::Error::custom),
            given => Err(D::Error::custom(format_args!("expected a plan or the id of one, found {given}"))),
        }
    }
}
