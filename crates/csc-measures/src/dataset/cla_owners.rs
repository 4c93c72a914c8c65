//! Whose each period of care is.

use super::care_period::CarePeriod;
use super::grouped::Grouped;
use crate::value::index::{ClaNo, PersonIx, part};

/// The care periods of each `cla_id`, with their persons.
pub(super) struct ClaOwners {
    periods: Vec<(ClaNo, PersonIx, CarePeriod)>,
}

impl ClaOwners {
    pub(super) fn new(
        persons: impl Iterator<Item = PersonIx>,
        grouped: &Grouped<PersonIx, CarePeriod>,
    ) -> Self {
        let mut periods: Vec<(ClaNo, PersonIx, CarePeriod)> = persons
            .flat_map(|person| grouped.of(person).iter().map(move |period| (period.cla, person, *period)))
            .collect();
        periods.sort_by_key(|(cla, person, _)| (*cla, *person));
        Self { periods }
    }

    pub(super) fn periods(&self, cla: ClaNo) -> &[(ClaNo, PersonIx, CarePeriod)] {
        let from = self.periods.partition_point(|(of, _, _)| *of < cla);
        let to = self.periods.partition_point(|(of, _, _)| *of <= cla);
        part(&self.periods, from..to)
    }
}
