//! Of which year a row of a census is, and what became of it.

use chrono::NaiveDate;
use csc_measures::Superseded;

use crate::return_year::ReturnYear;

/// Of which year a row is, and what became of it if the census of the next year does not have it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    /// The year of the latest census that has it.
    pub(super) year: Option<ReturnYear>,
    pub(super) superseded: Option<Superseded>,
    /// Whether the census of the next year has it in another place.
    pub(super) is_told_anew: bool,
}

impl Standing {
    /// The day that ends it, if its year does.
    pub(super) fn end(self) -> Option<NaiveDate> {
        match self.superseded {
            Some(Superseded::Dropped(day)) => Some(day),
            Some(Superseded::Redated) | None => None,
        }
    }

    /// Whether the next census has it from another day.
    pub(super) fn is_redated(self) -> bool {
        self.superseded == Some(Superseded::Redated)
    }
}
