//! The kinds of error, for which other languages have errors of their own.

use crate::dataset::{DatasetError, WithPersonError};
use crate::due::DueError;
use crate::plan::{PlanError, UnknownId};
use crate::scorecard::ScorecardError;
use crate::tables::UnknownTable;
use crate::time::calendar::CalendarError;
use crate::time::clock::ClockError;

/// What kind of thing is wrong. A program acts on the kind; the message is for people.
///
/// Each error of the library is of one of these kinds; the C library has a number for each and the Python
/// package an exception. The list is closed, so that a binding decides about each.
///
/// # Examples
///
/// ## A misspelt clock
///
/// ```
/// use csc_measures::{Clock, ErrorKind};
///
/// let error = Clock::by_id("cp_vist").unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::UnknownName);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums, reason = "whoever maps the kinds to their own is to decide about each")]
pub enum ErrorKind {
    /// No clock, measure, table, nation or person has the id or name.
    UnknownName,
    /// A value makes no sense where it is given: months in the wrong order, done before the start.
    BadValue,
    /// A date, or an answer, is before the first or after the last day of the calendar.
    OutsideCalendar,
    /// A table cannot be taken: a column is missing, or there twice.
    BadTable,
    /// A file or stream cannot be read.
    Unreadable,
    /// The parts are not of one whole, or cases were asked of a scorecard that was put together from parts.
    Parts,
}

impl CalendarError {
    /// What kind of thing is wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Outside { .. } | Self::BeyondEnd { .. } | Self::BeforeStart { .. } => {
                ErrorKind::OutsideCalendar
            }
            Self::Row { error, .. } => error.kind(),
            Self::Lengths { .. } | Self::ShortValidity { .. } | Self::NoDivision { .. } => {
                ErrorKind::BadValue
            }
            Self::UnknownNation { .. } => ErrorKind::UnknownName,
        }
    }
}

impl ClockError {
    /// What kind of thing is wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Unknown { .. } => ErrorKind::UnknownName,
            Self::Calendar(error) => error.kind(),
            Self::DoneBeforeStart { .. } | Self::NoLimit { .. } | Self::OutsideLaw { .. } => {
                ErrorKind::BadValue
            }
            Self::NoDate { .. } => ErrorKind::OutsideCalendar,
        }
    }
}

impl DatasetError {
    /// What kind of thing is wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::UnknownTable(error) => error.kind(),
            Self::UnknownColumn { .. } => ErrorKind::UnknownName,
            Self::MissingColumn { .. }
            | Self::UnknownColumns { .. }
            | Self::CalledColumnMissing { .. }
            | Self::CalledTableMissing { .. }
            | Self::TableTwice { .. }
            | Self::ColumnTwice { .. }
            | Self::NotLookedUp { .. }
            | Self::DatesAsNumbers { .. } => ErrorKind::BadTable,
            Self::RowNumbers { .. } | Self::ColumnLength { .. } | Self::ChunkWidth { .. } => {
                ErrorKind::BadValue
            }
            Self::MemoryLimit { .. } => ErrorKind::Unreadable,
        }
    }
}

impl WithPersonError {
    /// What kind of thing is wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::UnknownPerson { .. } => ErrorKind::UnknownName,
            Self::NotOfPersons { .. }
            | Self::TableNotThere { .. }
            | Self::OtherColumns { .. }
            | Self::OtherExtract { .. }
            | Self::OfStandardDataset { .. } => ErrorKind::BadTable,
            Self::NoPerson
            | Self::RowsOfOthers { .. }
            | Self::RowOfNobody { .. }
            | Self::ReviewOfOthers { .. }
            | Self::NamedByOthers { .. }
            | Self::TiedToOthers { .. } => ErrorKind::BadValue,
        }
    }
}

impl crate::DatesError {
    /// What kind of thing is wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::UnknownForm { .. } => ErrorKind::UnknownName,
            Self::UnknownTable(error) => error.kind(),
            Self::TableTwice { .. } => ErrorKind::BadValue,
        }
    }
}

impl DueError {
    /// What kind of thing is wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::UnknownPerson { .. } | Self::ClockWithoutTable { .. } | Self::UnknownTeam { .. } => {
                ErrorKind::UnknownName
            }
            Self::NoChildren => ErrorKind::Parts,
            Self::UnknownMeasure(error) => error.kind(),
            Self::Plan(error) => error.kind(),
            Self::Clock(error) => error.kind(),
            Self::Calendar(error) => error.kind(),
        }
    }
}

impl ScorecardError {
    /// What kind of thing is wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::MonthsReversed { .. }
            | Self::OutsideCalendar { .. }
            | Self::OtherMonth { .. }
            | Self::NoSuchPart { .. }
            | Self::NoResult { .. }
            | Self::OtherTerms { .. }
            | Self::DimensionTwice { .. }
            | Self::DimensionTaken { .. }
            | Self::UnlikeRows { .. }
            | Self::NestedDimensions { .. }
            | Self::RowsReplaced { .. }
            | Self::Told { .. }
            | Self::RoundingLeast { .. }
            | Self::NoWholePeriod { .. } => ErrorKind::BadValue,
            Self::UnknownMeasure(error) => error.kind(),
            Self::Plan(error) => error.kind(),
            Self::Calendar(error) => error.kind(),
            Self::NoCases
            | Self::NotOfParts
            | Self::NoParts
            | Self::ShareMissing { .. }
            | Self::OtherPart { .. }
            | Self::TableInParts { .. }
            | Self::IdInParts { .. }
            | Self::SplitApart { .. }
            | Self::LookedUp { .. }
            | Self::PartlyLookedUp { .. }
            | Self::NotCounted { .. }
            | Self::DimensionInParts { .. } => ErrorKind::Parts,
        }
    }
}

impl PlanError {
    /// What kind of thing is wrong: always a bad value.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        ErrorKind::BadValue
    }
}

impl UnknownId {
    /// What kind of thing is wrong: always an unknown name.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        ErrorKind::UnknownName
    }
}

impl UnknownTable {
    /// What kind of thing is wrong: always an unknown name.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        ErrorKind::UnknownName
    }
}
