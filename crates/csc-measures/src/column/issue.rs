//! What can be wrong with a row.

use serde::{Deserialize, Serialize};

/// What is wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum IssueCode {
    /// More or fewer fields than the header: the row is out.
    BadRow,
    /// A required value is null: the row is out.
    MissingRequired,
    /// A date that cannot be read. In a required column or the end of an interval the row is out, else the
    /// value is null.
    BadDate,
    /// A value that cannot be read or is outside its range; what follows is as for a bad date.
    BadValue,
    /// Codes that are not in their set, reported once for each column: they are unknown, and the rows stay.
    UnknownCode,
    /// Placeholder dates, which systems write for no date, reported once for each column: they are null, and if a
    /// date is required the rows are out.
    PlaceholderDate,
    /// The id of an earlier row: this row is out.
    DuplicateId,
    /// An interval that ends before it starts: the row is out, but for reversed dates of the assessed and
    /// supported year in employment, which stay.
    EndBeforeStart,
    /// A person without a row in `persons`, reported once for each table and person: the row stays.
    UnknownPerson,
    /// A reference to a row that is not there: the row stays.
    DanglingReference,
    /// A review held outside every span of its plan or period of care: the row stays.
    ReviewOutOfChain,
    /// Nothing says whose the row is, reported once for each column: the rows are out.
    NoPerson,
    /// The period of care says whose the row is, and its person is another, reported once for each column: the rows
    /// stay.
    PersonByClaId,
    /// The person is the number of an older system, reported once for each column: the rows stay.
    PersonByLegacyId,
    /// The end is the last day, and is taken as the day after, reported once for each column: the rows stay.
    EndIsLastDay,
    /// The day of birth is an estimated or expected one, reported once for each column: the rows stay.
    EstimatedBirth,
    /// A visit that was not held, reported once for each column: the rows are out.
    NotHeld,
    /// A case that waits for a worker, reported once for each column: the rows are out.
    Unallocated,
    /// A child protection plan that starts while another of the child is open: the row stays.
    OverlappingPlans,
    /// A row of an earlier year's return that was open at the end of its year and that the return of the next year
    /// does not have: left out if that return has it from another day, else open no longer than its year.
    Superseded,
}

impl IssueCode {
    /// Every code.
    pub const ALL: [Self; 20] = [
        Self::BadRow,
        Self::MissingRequired,
        Self::BadDate,
        Self::BadValue,
        Self::UnknownCode,
        Self::PlaceholderDate,
        Self::DuplicateId,
        Self::EndBeforeStart,
        Self::UnknownPerson,
        Self::DanglingReference,
        Self::ReviewOutOfChain,
        Self::OverlappingPlans,
        Self::NoPerson,
        Self::PersonByClaId,
        Self::PersonByLegacyId,
        Self::EndIsLastDay,
        Self::EstimatedBirth,
        Self::NotHeld,
        Self::Unallocated,
        Self::Superseded,
    ];

    /// Whether one issue counts for all rows of a column.
    pub(crate) fn is_gathered(self) -> bool {
        matches!(
            self,
            Self::UnknownCode
                | Self::PlaceholderDate
                | Self::NoPerson
                | Self::PersonByClaId
                | Self::PersonByLegacyId
                | Self::EndIsLastDay
                | Self::EstimatedBirth
                | Self::NotHeld
                | Self::Unallocated
        )
    }

    /// The code in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadRow => "bad_row",
            Self::MissingRequired => "missing_required",
            Self::BadDate => "bad_date",
            Self::BadValue => "bad_value",
            Self::UnknownCode => "unknown_code",
            Self::PlaceholderDate => "placeholder_date",
            Self::DuplicateId => "duplicate_id",
            Self::EndBeforeStart => "end_before_start",
            Self::UnknownPerson => "unknown_person",
            Self::DanglingReference => "dangling_reference",
            Self::ReviewOutOfChain => "review_out_of_chain",
            Self::OverlappingPlans => "overlapping_plans",
            Self::NoPerson => "no_person",
            Self::PersonByClaId => "person_by_cla_id",
            Self::PersonByLegacyId => "person_by_legacy_id",
            Self::EndIsLastDay => "end_is_last_day",
            Self::EstimatedBirth => "estimated_birth",
            Self::NotHeld => "not_held",
            Self::Unallocated => "unallocated",
            Self::Superseded => "superseded",
        }
    }
}
