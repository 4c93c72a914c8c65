//! The dates of a census.

use csc_measures::DateForm;

/// How dates are written.
pub(crate) const FORM: DateForm = DateForm::Iso;
