//! The groups of codes that the data have.

use std::collections::{BTreeMap, BTreeSet};

use super::grouping::Groupings;
use super::place::fixed;
use crate::dataset::Data;
use crate::value::index::{PersonIx, Position, at};

/// By dimension of codes the groups that some person is in, without that of what is not recorded. Areas, teams and groups
/// of the caller's own are names in the data to begin with, and ages change with time.
pub(in crate::scorecard) fn codes_in_data(
    data: &Data,
    groupings: &Groupings,
) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for grouping in groupings.iter().filter(|grouping| grouping.dimension.is_of_codes()) {
        let persons = (0..data.person_count()).map(PersonIx::at);
        let groups: BTreeSet<usize> =
            persons.filter_map(|person| fixed(grouping, &data.person_records(person))).collect();
        let names = groups.into_iter().filter_map(|group| at(&grouping.names, group).as_deref());
        found.insert(grouping.dimension.name().to_owned(), names.map(str::to_owned).collect());
    }
    found
}
