//! Policies in sight: which of those that were changed bear on a figure.

use crate::plan::PlanRow;
use crate::policy::Policy;

/// The policies of a row that are not the library's default and can change its status, numbers or outcomes.
pub(crate) fn changed_policies<'a>(
    row: &'a PlanRow,
    policy: &'a Policy,
) -> impl Iterator<Item = &'static str> + use<'a> {
    let differences = policy.decides_otherwise(&Policy::default());
    row.bearing(policy).filter(move |key| differences.contains(key))
}
