//! Which definitions stand behind a set of figures: the plan's edition and each measure's version.

use std::collections::BTreeSet;
use std::fmt;

use serde::ser::{SerializeMap, SerializeStruct};
use serde::{Serialize, Serializer};

use super::outcomes::Plan;
use crate::definitions::MeasureId;

/// The versions of the definitions by which figures were worked out.
///
/// Figures of two runs mean the same where these are the same. Every output carries them: the JSON of a
/// scorecard and of an explanation, the table, CSV and Arrow. [`Display`](fmt::Display) is the JSON, on one
/// line.
///
/// ```
/// use csc_measures::plan::{Definitions, MeasureId};
///
/// let definitions = Definitions::of([MeasureId::O3_M4]);
/// assert_eq!(definitions.version(MeasureId::O3_M4), Some(1));
/// assert_eq!(
///     definitions.to_string(),
///     r#"{"form":1,"plan":"worcestershire-2017","version":2,"measures":{"O3.M4":1}}"#
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definitions {
    measures: BTreeSet<MeasureId>,
}

impl Definitions {
    /// The version of the form in which the library writes JSON, CSV and Arrow. It rises when a name or a
    /// type in them changes or goes; a name that is new does not raise it.
    pub const FORM: u32 = 1;

    /// The definitions of these measures.
    pub fn of(measures: impl IntoIterator<Item = MeasureId>) -> Self {
        Self { measures: measures.into_iter().collect() }
    }

    /// The plan that the measures are of.
    #[must_use]
    pub fn plan(&self) -> &'static Plan {
        Plan::worcestershire_2017()
    }

    /// The version of a measure's definition, if it is one of these.
    #[must_use]
    pub fn version(&self, measure: MeasureId) -> Option<u32> {
        self.measures.contains(&measure).then(|| measure.version())
    }

    /// The measures with the versions of their definitions, in plan order.
    pub fn iter(&self) -> impl Iterator<Item = (MeasureId, u32)> {
        self.measures.iter().map(|measure| (*measure, measure.version()))
    }
}

impl Serialize for Definitions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        /// An object whose keys are the measures.
        struct Measures<'a>(&'a Definitions);
        impl Serialize for Measures<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(Some(self.0.measures.len()))?;
                for (measure, version) in self.0.iter() {
                    map.serialize_entry(measure.as_str(), &version)?;
                }
                map.end()
            }
        }
        let mut object = serializer.serialize_struct("Definitions", 4)?;
        object.serialize_field("form", &Self::FORM)?;
        object.serialize_field("plan", &self.plan().id)?;
        object.serialize_field("version", &self.plan().version)?;
        object.serialize_field("measures", &Measures(self))?;
        object.end()
    }
}

impl fmt::Display for Definitions {
    /// As JSON; ids have nothing in them that JSON would escape.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plan = self.plan();
        write!(
            f,
            r#"{{"form":{},"plan":"{}","version":{},"measures":{{"#,
            Self::FORM,
            plan.id,
            plan.version
        )?;
        for (place, (measure, version)) in self.iter().enumerate() {
            let comma = if place == 0 { "" } else { "," };
            write!(f, r#"{comma}"{measure}":{version}"#)?;
        }
        f.write_str("}}")
    }
}
