//! A row of a plan: a measure under an id and a title of the council's own.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::target::RowTargets;
use crate::measures::{Better, Definition, Form, Measure, PeriodKind, Unit};
use crate::policy::Policy;
use crate::value::given::Given;

/// The id of a plan's row, such as `O3.M4`, or of a companion of one, such as `O3.M4.seen_alone`.
///
/// It is text that is cheap to clone, and compares with text.
///
/// # Examples
///
/// ## An id compared with text
///
/// ```
/// use csc_measures::Plan;
///
/// let plan = Plan::worcestershire_2017();
/// let row = plan.row("O3.M4")?;
/// assert_eq!(row.id(), "O3.M4");
/// # Ok::<(), csc_measures::plan::UnknownId>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(Arc<str>);

impl RowId {
    pub(crate) fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for RowId {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for RowId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for RowId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for RowId {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl PartialEq<&str> for RowId {
    fn eq(&self, other: &&str) -> bool {
        &*self.0 == *other
    }
}

impl PartialEq<RowId> for &str {
    fn eq(&self, other: &RowId) -> bool {
        **self == *other.0
    }
}

impl fmt::Display for RowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl fmt::Debug for RowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl Serialize for RowId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl<'de> Deserialize<'de> for RowId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Ok(Self::new(&text))
    }
}

/// A row of a plan, or a companion of one: a figure that is not a row of its own and keeps its measure honest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanRow {
    pub(super) id: RowId,
    pub(super) title: String,
    /// The place of its outcome.
    pub(super) outcome: usize,
    pub(super) outcome_id: RowId,
    pub(super) measure: Measure,
    pub(super) unit: Unit,
    /// The row that it is a companion of.
    pub(super) companion_of: Option<RowId>,
    /// The earlier row with the same figure.
    pub(super) alias_of: Option<RowId>,
    pub(super) companions: Companions,
    pub(super) policy: PolicyChanges,
    pub(super) targets: Option<RowTargets>,
}

/// Which companions of its measure a row brings along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Companions {
    All,
    None,
    /// Those with these names, in the order of the catalogue.
    Some(Vec<&'static str>),
}

impl Companions {
    pub(super) fn has(&self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::None => false,
            Self::Some(names) => names.contains(&name),
        }
    }
}

/// Policies of one row, over those of the run.
#[derive(Clone, Debug, PartialEq, Default)]
pub(crate) struct PolicyChanges(pub(super) Vec<(String, Given)>);

/// A policy took each value, and none takes what is not a number, so every value equals itself.
impl Eq for PolicyChanges {}

impl PolicyChanges {
    /// The policies of the run with the row's own.
    ///
    /// # Errors
    /// Values that are not valid, in words.
    pub(crate) fn over(&self, policy: &Policy) -> Result<Policy, String> {
        let mut policy = policy.clone();
        for (key, given) in &self.0 {
            policy.set(key, given)?;
        }
        policy.check()?;
        Ok(policy)
    }

    /// Whether the policies of the run hold unchanged.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl PlanRow {
    /// Its id in the plan.
    #[must_use]
    pub fn id(&self) -> &RowId {
        &self.id
    }

    /// The title: of a row the plan's own, of a companion the catalogue's.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The id of its outcome.
    #[must_use]
    pub fn outcome(&self) -> &RowId {
        &self.outcome_id
    }

    /// The measure that it shows.
    #[must_use]
    pub fn measure(&self) -> Measure {
        self.measure
    }

    /// What its figure is.
    #[must_use]
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// The row that it is a companion of.
    #[must_use]
    pub fn companion_of(&self) -> Option<&RowId> {
        self.companion_of.as_ref()
    }

    /// The earlier row of the plan that shows the same figure, if there is one.
    #[must_use]
    pub fn alias_of(&self) -> Option<&RowId> {
        self.alias_of.as_ref()
    }

    /// Whether it is a row of the plan itself: true unless it is a companion.
    #[must_use]
    pub fn is_printed(&self) -> bool {
        self.companion_of.is_none()
    }

    /// What its measure counts, reads and comes from.
    #[must_use]
    pub fn definition(&self) -> &'static Definition {
        self.measure.definition()
    }

    /// The form in which it shows the measure.
    #[must_use]
    pub fn form(&self) -> &'static Form {
        match self.measure.form(self.unit) {
            Some(form) => form,
            None => crate::value::index::broken(format_args!("`{}` has no form {}", self.measure, self.unit)),
        }
    }

    /// The policies that can change it: keys of a policy file.
    pub fn policies(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.definition().policies.iter().chain(self.form().policies).copied()
    }

    /// The policies of its own, which go before those of a run: each key with its value, as compact JSON without the
    /// quotes of a text.
    ///
    /// # Examples
    ///
    /// ## A row that counts visits within ten working days
    ///
    /// ```
    /// use csc_measures::Plan;
    ///
    /// let plan = Plan::from_json(
    ///     r#"{"id": "x", "title": "Example", "outcomes": [{"id": "seen", "title": "Children are seen", "rows": [
    ///         {"id": "S1", "title": "Seen in ten working days", "measure": "cp_visits_in_time",
    ///          "policy": {"cp_visit_working_days": 10}}]}]}"#,
    /// )?;
    /// assert_eq!(plan.rows()[0].own_policies(), [("cp_visit_working_days", "10".to_owned())]);
    /// # Ok::<(), csc_measures::plan::PlanError>(())
    /// ```
    #[must_use]
    pub fn own_policies(&self) -> Vec<(&str, String)> {
        // It was seen to be valid when the plan was read.
        let policy = self.policy.over(&Policy::default()).unwrap_or_else(|error| {
            crate::value::index::broken(format_args!("policies of `{}`: {error}", self.id))
        });
        self.policy.0.iter().map(|(key, _)| (key.as_str(), policy.compact(key))).collect()
    }

    /// Which way is better.
    #[must_use]
    pub fn better(&self) -> Better {
        self.definition().better
    }

    /// The stretch of time that one figure is about.
    #[must_use]
    pub fn period(&self) -> PeriodKind {
        self.definition().period
    }

    /// The version of the measure's definition.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.definition().version
    }

    /// Its policies over those of a run.
    pub(crate) fn policy_changes(&self) -> &PolicyChanges {
        &self.policy
    }

    pub(crate) fn own_targets(&self) -> Option<&RowTargets> {
        self.targets.as_ref()
    }

    /// The policies that can change its figures under a policy: those that only colour obligations, and those that
    /// another makes idle, are left out.
    pub(crate) fn bearing<'a>(&'a self, policy: &'a Policy) -> impl Iterator<Item = &'static str> + use<'a> {
        let idle = self.definition().idle;
        self.policies().filter(move |key| {
            let is_idle = idle.iter().any(|idle| idle.policies.contains(key) && (idle.under)(policy));
            !is_idle && !Policy::OF_COLOURS.contains(key)
        })
    }

    /// Whether two rows show one figure in a run: a measure in one form, under policies that differ in nothing that
    /// bears on it.
    pub(crate) fn shows_the_same_as(&self, other: &Self, run: &Policy) -> bool {
        if self.measure != other.measure || self.unit != other.unit {
            return false;
        }
        // Policies that do not go together are refused where the run is made.
        let (Ok(ours), Ok(theirs)) = (self.policy.over(run), other.policy.over(run)) else { return false };
        let differences = ours.decides_otherwise(&theirs);
        !self.bearing(&ours).chain(other.bearing(&theirs)).any(|key| differences.contains(&key))
    }
}
