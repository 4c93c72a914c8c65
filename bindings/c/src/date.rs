//! Dates: days since 1970-01-01

/// No date, or no number: a day that is not known in a column, a count that there cannot be.
///
/// It is INT32_MIN, which no calendar can write.
pub const CSC_NONE: i32 = i32::MIN;
