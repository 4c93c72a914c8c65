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
    /// A value that cannot be read, or a code outside its closed set; what follows as for a bad date.
    BadValue,
    /// The id of an earlier row: this row is out.
    DuplicateId,
    /// An interval that ends before it starts: the row is out, but for reversed dates of the assessed and
    /// supported year in employment, which stay.
    EndBeforeStart,
    /// A person without a row in `persons`, told once for each table and person: the row stays.
    UnknownPerson,
    /// A reference to a row that is not there: the row stays.
    DanglingReference,
    /// A review held outside every span of its plan or period of care: the row stays.
    ReviewOutOfChain,
    /// A child protection plan that starts while another of the child is open: the row stays.
    OverlappingPlans,
}

impl IssueCode {
    /// Every code.
    pub const ALL: [Self; 10] = [
        Self::BadRow,
        Self::MissingRequired,
        Self::BadDate,
        Self::BadValue,
        Self::DuplicateId,
        Self::EndBeforeStart,
        Self::UnknownPerson,
        Self::DanglingReference,
        Self::ReviewOutOfChain,
        Self::OverlappingPlans,
    ];

    /// Whether it says that a value cannot be read.
    pub(crate) const fn is_not_understood(self) -> bool {
        matches!(self, Self::BadDate | Self::BadValue)
    }

    /// The code in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadRow => "bad_row",
            Self::MissingRequired => "missing_required",
            Self::BadDate => "bad_date",
            Self::BadValue => "bad_value",
            Self::DuplicateId => "duplicate_id",
            Self::EndBeforeStart => "end_before_start",
            Self::UnknownPerson => "unknown_person",
            Self::DanglingReference => "dangling_reference",
            Self::ReviewOutOfChain => "review_out_of_chain",
            Self::OverlappingPlans => "overlapping_plans",
        }
    }
}
