//! The groups of codes that the data have.

use std::collections::{BTreeMap, BTreeSet};

use super::grouping::Groupings;
use super::place::fixed;
use crate::dataset::{Standing, Stands};
use crate::value::index::at;

/// By dimension of codes the groups that some person is in, without that of what is not recorded. Areas, teams and groups
/// of the caller's own are names in the data to begin with, and ages change with time.
pub(in crate::scorecard) fn codes_in_data(
    standing: &Standing<'_>,
    groupings: &Groupings,
) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for grouping in groupings.iter().filter(|grouping| grouping.dimension.is_of_codes()) {
        // The groups of codes have the same numbers in all data.
        let records = standing.everybody().map(|stands| match stands {
            Stands::InWhole(person) => standing.whole().person_records(person),
            Stands::Apart(data, person) => data.person_records(person),
        });
        let groups: BTreeSet<usize> = records.filter_map(|records| fixed(grouping, &records)).collect();
        let names = groups.into_iter().filter_map(|group| at(&grouping.names, group).as_deref());
        found.insert(grouping.dimension.name().to_owned(), names.map(str::to_owned).collect());
    }
    found
}
