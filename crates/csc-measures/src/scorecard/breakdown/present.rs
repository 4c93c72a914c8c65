//! The groups that a dimension has anywhere in the data.

use std::collections::BTreeSet;

use super::dimension::Dimension;
use super::grouping::{GroupNo, Groupings, NOT_RECORDED};
use super::place::fixed;
use crate::dataset::Data;
use crate::value::index::{PersonIx, Position};

/// By dimension the names of the groups that some person is in, and always that of what is not recorded. Ages change
/// with time, so every band is there; areas, teams and groups of the caller's own are names in the data to begin with.
pub(in crate::scorecard) fn groups_in_data(data: &Data, groupings: &Groupings) -> Vec<Vec<Option<String>>> {
    let of = |grouping: &super::grouping::Grouping| {
        let is_of_codes = matches!(
            grouping.dimension,
            Dimension::Sex
                | Dimension::Ethnicity
                | Dimension::EthnicGroup
                | Dimension::Disability
                | Dimension::Sen
        );
        let persons = (0..data.person_count()).map(PersonIx::at);
        let present: BTreeSet<GroupNo> = if is_of_codes {
            persons.filter_map(|person| fixed(grouping, &data.person_records(person))).collect()
        } else {
            (0..grouping.names.len()).collect()
        };
        let names = grouping.names.iter().enumerate();
        let names = names.filter(|(group, _)| *group == NOT_RECORDED || present.contains(group));
        names.map(|(_, name)| name.as_deref().map(str::to_owned)).collect()
    };
    groupings.iter().map(of).collect()
}
