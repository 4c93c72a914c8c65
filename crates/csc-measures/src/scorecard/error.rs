//! Why a scorecard cannot be computed, asked or put together.

use crate::plan::{PlanError, UnknownId};
use crate::tables::Table;
use crate::time::Month;
use crate::time::calendar::CalendarError;

/// Why a scorecard cannot be computed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScorecardError {
    /// The run ends before it begins.
    #[error("the run of months ends before it begins: {from} to {to}")]
    MonthsReversed {
        /// The first month.
        from: Month,
        /// The last month.
        to: Month,
    },
    /// A month of which the calendar does not know the working days.
    #[error("{month} is outside the calendar (1995-01 to 2050-12)")]
    OutsideCalendar {
        /// The month.
        month: Month,
    },
    /// A month for which the scorecard was not computed.
    #[error("{month} is not one of the months of the scorecard ({from} to {to})")]
    OtherMonth {
        /// The month asked for.
        month: Month,
        /// The first month of the scorecard.
        from: Month,
        /// The last month of the scorecard.
        to: Month,
    },
    /// An id that the plan does not have.
    #[error(transparent)]
    UnknownMeasure(#[from] UnknownId),
    /// A dimension that a breakdown asks for more than once.
    #[error("the breakdown asks for `{dimension}` twice")]
    DimensionTwice {
        /// The dimension.
        dimension: String,
    },
    /// A dimension of `person_groups` with the name of one of the library's own.
    #[error("table `person_groups` has a dimension `{dimension}`, which is the name of a built-in one")]
    DimensionTaken {
        /// The dimension.
        dimension: String,
    },
    /// A breakdown by team or worker of parts that were loaded on their own: who works with a child is known only in
    /// the part that has the involvements.
    #[error("a breakdown by `{dimension}` needs all parts to come from one dataset")]
    DimensionInParts {
        /// The dimension.
        dimension: String,
    },
    /// Targets or policies that the plan does not allow.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// A closure outside the calendar.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// A month in which a measure has no result: it is worked out for the month that ends a quarter, or was not asked for.
    #[error("`{measure}` has no result in {month}")]
    NoResult {
        /// The id of the row.
        measure: String,
        /// The month.
        month: Month,
    },
    /// Scorecards whose figures mean different things.
    #[error("the two scorecards cannot be compared: their {difference} differ")]
    OtherTerms {
        /// What differs, in words.
        difference: &'static str,
    },
    /// What is worked out only from a dataset as it was built, of one in which
    /// [rows of a child were replaced](crate::Dataset::with_person).
    #[error("rows of a child were replaced in the dataset; for {what} build a dataset anew from all rows")]
    RowsReplaced {
        /// What was asked for.
        what: &'static str,
    },
    /// Cases of a scorecard that was put together from parts.
    #[error("a scorecard merged from parts has no cases; ask the datasets of its parts for them")]
    NoCases,
    /// Rows that show one measure, or related measures, under different policies: no suppression makes both safe.
    #[error(
        "rows `{first}` and `{second}` show related figures under different policies, and suppression cannot \
         keep one from telling the other; leave one out, or publish with `protection` `rounding`"
    )]
    UnlikeRows {
        /// The first row.
        first: String,
        /// The second.
        second: String,
    },
    /// Two dimensions of which the groups of one are sums of those of the other: together they would tell hidden groups.
    #[error(
        "`{first}` and `{second}` cannot be published together by suppression, since groups of the one are sums of groups of the other; ask for one of them"
    )]
    NestedDimensions {
        /// The first dimension.
        first: &'static str,
        /// The second.
        second: &'static str,
    },
    /// What may be published of a scorecard that was put together from parts, which hold only what they were asked.
    #[error(
        "a scorecard merged from parts can be published only if the parts were made with `publish`: what is safe depends on figures that nobody asked for"
    )]
    NotOfParts,
    /// Figures that tell of a few children together.
    #[error("the figures tell counts of 1 to 5 together; leave out {figures}")]
    Told {
        /// The figures to leave out, in words.
        figures: String,
    },
    /// A denominator too small for rounded percentages.
    #[error("`rounding_least` is {given}; percentages of fewer than {least} would be too far from the truth")]
    RoundingLeast {
        /// What was given.
        given: u32,
        /// The least that is taken.
        least: u32,
    },
    /// No whole period in the run.
    #[error("no whole {period} lies in the months from {from} to {to}")]
    NoWholePeriod {
        /// What a figure was to be of.
        period: &'static str,
        /// The first month.
        from: Month,
        /// The last month.
        to: Month,
    },
    /// A part beyond the last.
    #[error("part {index} of {of} does not exist; parts are counted from 0")]
    NoSuchPart {
        /// The part asked for.
        index: u32,
        /// The number of parts.
        of: u32,
    },
    /// Nothing to put together.
    #[error("there are no parts to merge")]
    NoParts,
    /// Some of a dataset's shares, and not all of them once.
    #[error("part {index} of {of} is missing, or another is given twice; parts are counted from 0")]
    ShareMissing {
        /// The part that is missing.
        index: u32,
        /// The number of parts.
        of: u32,
    },
    /// A part of another scorecard.
    #[error("part {part} cannot be merged: {difference}")]
    OtherPart {
        /// The part, 1 = the first given.
        part: usize,
        /// What differs, in words.
        difference: String,
    },
    /// A table that goes whole to one part, and has rows in two.
    #[error("table `{table}` has rows in parts {first} and {second}; all of its rows belong in one part")]
    TableInParts {
        /// The table.
        table: Table,
        /// The first part with rows, 1 = the first given.
        first: usize,
        /// The second.
        second: usize,
    },
    /// A dataset that makes parts only: some of its tables are counted elsewhere.
    #[error(
        "table `{table}` is there only to be looked up; ask for a part, and merge it with the one that counts it"
    )]
    LookedUp {
        /// The table.
        table: Table,
    },
    /// Of two tables that are counted together, one is there only to be looked up.
    #[error(
        "tables `{looked_up}` and `{counted}` are counted together, and only the first is there to be looked up"
    )]
    PartlyLookedUp {
        /// The table that is looked up.
        looked_up: Table,
        /// The other.
        counted: Table,
    },
    /// A table that every part looks up, and none counts.
    #[error("table `{table}` is looked up in every part; one part has to count it")]
    NotCounted {
        /// The table.
        table: Table,
    },
    /// Rows of one id in two parts: the whole would leave one out, and so may count otherwise.
    #[error(
        "table `{table}` has rows with the same id in parts {first} and {second}; both belong in one part"
    )]
    IdInParts {
        /// The table.
        table: Table,
        /// The first part, 1 = the first given.
        first: usize,
        /// The second.
        second: usize,
    },
    /// A row whose figure depends on a row of another part.
    #[error(
        "row {row} of table `{table}` refers through `{column}` to a row of another part; both belong in one part"
    )]
    SplitApart {
        /// The table.
        table: Table,
        /// The row.
        row: u64,
        /// The column that refers.
        column: &'static str,
    },
}

/// An option that the plan does not allow.
#[derive(Debug)]
pub(crate) enum OptionsError {
    Unknown(UnknownId),
    Plan(PlanError),
}

impl From<UnknownId> for OptionsError {
    fn from(error: UnknownId) -> Self {
        Self::Unknown(error)
    }
}

impl From<PlanError> for OptionsError {
    fn from(error: PlanError) -> Self {
        Self::Plan(error)
    }
}

impl From<OptionsError> for ScorecardError {
    fn from(error: OptionsError) -> Self {
        match error {
            OptionsError::Unknown(error) => error.into(),
            OptionsError::Plan(error) => error.into(),
        }
    }
}
