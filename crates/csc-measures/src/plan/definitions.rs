//! The definitions by which a set of figures was worked out: the plan's edition and each measure's version.

use std::fmt;

use serde::ser::{SerializeMap, SerializeStruct};
use serde::{Serialize, Serializer};

use super::row::RowId;
use super::structure::Plan;

/// The versions of the definitions by which figures were worked out.
///
/// Figures of two runs mean the same if these are the same. Every output carries them: the JSON of a
/// scorecard and of an explanation, the table, CSV and Arrow. [`Display`](fmt::Display) is the JSON, on one
/// line.
///
/// # Examples
///
/// ## The version of one measure
///
/// ```
/// use csc_measures::{Dataset, Options};
///
/// let options: Options = serde_json::from_str(r#"{"measures": ["O3.M4"]}"#)?;
/// let march = "2017-03".parse()?;
/// let card = Dataset::builder().build().scorecard(march, march, &options)?;
/// assert_eq!(card.definitions().version("O3.M4"), Some(1));
/// assert_eq!(
///     card.definitions().to_string(),
///     r#"{"form":2,"plan":{"id":"worcestershire-2017","edition":2},"measures":{"O3.M4":1}}"#
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definitions {
    plan: Plan,
    measures: Vec<(RowId, u32)>,
}

impl Definitions {
    /// The version of the form in which the library writes JSON, CSV and Arrow. It rises when a name or a
    /// type in them changes or goes; a name that is new does not raise it.
    pub const FORM: u32 = 2;

    /// The versions of measures under the ids that results give them, in order and each once.
    pub(crate) fn new(plan: &Plan, measures: impl IntoIterator<Item = (RowId, u32)>) -> Self {
        let mut versions: Vec<(RowId, u32)> = Vec::new();
        for (id, version) in measures {
            if !versions.iter().any(|(other, _)| *other == id) {
                versions.push((id, version));
            }
        }
        Self { plan: plan.clone(), measures: versions }
    }

    /// The plan that the measures are of.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The version of a measure's definition, by the id that results give it.
    #[must_use]
    pub fn version(&self, id: &str) -> Option<u32> {
        self.measures.iter().find(|(other, _)| *other == id).map(|(_, version)| *version)
    }

    /// The ids with the versions of their definitions, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&RowId, u32)> {
        self.measures.iter().map(|(id, version)| (id, *version))
    }
}

impl Serialize for Definitions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        /// The plan by its id and edition.
        #[derive(Serialize)]
        struct Of<'a> {
            id: &'a str,
            edition: u32,
        }
        /// An object whose keys are the ids.
        struct Measures<'a>(&'a Definitions);
        impl Serialize for Measures<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(Some(self.0.measures.len()))?;
                for (id, version) in self.0.iter() {
                    map.serialize_entry(id, &version)?;
                }
                map.end()
            }
        }
        let mut object = serializer.serialize_struct("Definitions", 3)?;
        object.serialize_field("form", &Self::FORM)?;
        object.serialize_field("plan", &Of { id: self.plan.id(), edition: self.plan.edition() })?;
        object.serialize_field("measures", &Measures(self))?;
        object.end()
    }
}

impl fmt::Display for Definitions {
    /// As JSON; ids have no characters that JSON would escape.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            r#"{{"form":{},"plan":{{"id":"{}","edition":{}}},"measures":{{"#,
            Self::FORM,
            self.plan.id(),
            self.plan.edition()
        )?;
        for (place, (id, version)) in self.iter().enumerate() {
            let comma = if place == 0 { "" } else { "," };
            write!(f, r#"{comma}"{id}":{version}"#)?;
        }
        f.write_str("}}")
    }
}
