//! Issues that need more than one row.
