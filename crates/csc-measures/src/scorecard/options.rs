//! What a scorecard is computed with.

use std::num::NonZeroUsize;

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use super::by::By;
use super::target::Targets;
use crate::definitions::MeasureId;
use crate::policy::Policy;
use crate::time::calendar::Closures;
use crate::value::given::from_objects_only;

/// What a scorecard is computed with.
///
/// Its JSON form has these keys, any of them; an unknown one is refused.
///
/// ```
/// use csc_measures::{By, MeasureId, Options};
///
/// let options: Options = serde_json::from_str(
///     r#"{ "policy": { "cp_visit_working_days": 10 }, "measures": ["O3.M4"], "by": "recommendation" }"#,
/// )?;
/// assert_eq!(options.measures, Some(vec![MeasureId::O3_M4]));
/// assert_eq!(options.by, Some(By::Recommendation));
///
/// // a misspelt choice
/// let error = serde_json::from_str::<Options>(r#"{ "by": "outcomes" }"#).unwrap_err();
/// assert!(error.to_string().starts_with("unknown value `outcomes`, did you mean `outcome`?"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, remote = "Self")]
#[non_exhaustive]
pub struct Options {
    /// The choices that the definitions leave open.
    pub policy: Policy,
    /// Targets by measure; none are built in.
    pub targets: Targets,
    /// Further days that are no working days: council closures, or bank holidays as GOV.UK publishes them.
    pub closures: Option<Closures>,
    /// The measures wanted, companions by their own ids; `None` = all.
    pub measures: Option<Vec<MeasureId>>,
    /// How the results are grouped where [`Scorecard::groups`](crate::Scorecard::groups) is asked; no figure
    /// depends on it.
    pub by: Option<By>,
    /// The threads that share the persons; no figure depends on it. `None` = as many as the machine runs at
    /// once, and one where there are few persons.
    pub threads: Option<NonZeroUsize>,
}

from_objects_only!(Options, "an object of options");

impl Serialize for Options {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl Options {
    pub(crate) fn asks(&self, measure: MeasureId) -> bool {
        self.measures.as_ref().is_none_or(|asked| asked.contains(&measure))
    }

    /// How many keys [`Options::serialize_terms`] writes.
    pub(super) fn count_terms(&self) -> usize {
        usize::from(self.closures.is_some()) + usize::from(!self.targets.is_empty())
    }

    /// What figures and colours depend on besides the policies, where it was given.
    pub(super) fn serialize_terms<S: SerializeStruct>(&self, object: &mut S) -> Result<(), S::Error> {
        if let Some(closures) = &self.closures {
            object.serialize_field("closures", closures)?;
        }
        if !self.targets.is_empty() {
            object.serialize_field("targets", &self.targets)?;
        }
        Ok(())
    }
}
