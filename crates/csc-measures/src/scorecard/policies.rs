//! Policies in sight: which of those that were changed bear on a figure.

use crate::plan::PlanRow;
use crate::policy::Policy;

/// Policies that colour obligations, and change no figure.
const OF_COLOURS: [&str; 2] = ["amber_working_days", "amber_days"];

/// The policies of a row that are not the library's default and can change its status, numbers or outcomes.
pub(crate) fn changed_policies<'a>(
    row: &'a PlanRow,
    policy: &'a Policy,
) -> impl Iterator<Item = &'static str> + use<'a> {
    let differences = policy.decides_otherwise(&Policy::default());
    let idle = row.definition().idle;
    row.policies().filter(move |key| {
        let is_idle = idle.iter().any(|idle| idle.policies.contains(key) && (idle.under)(policy));
        differences.contains(key) && !is_idle && !OF_COLOURS.contains(key)
    })
}
