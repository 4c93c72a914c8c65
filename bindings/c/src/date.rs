//! Dates: days since 1970-01-01

/// No date, or no number: in a column a day that is not known, in an answer a count that does not apply.
///
/// It is INT32_MIN, which is not a date of any calendar.
pub const CSC_NONE: i32 = i32::MIN;
