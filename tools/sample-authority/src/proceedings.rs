//! Care proceedings, as a family remembers them.

use chrono::NaiveDate;

/// The proceedings of a family.
#[derive(Clone, Debug)]
pub(crate) struct Proceedings {
    pub(crate) case: String,
    pub(crate) issued: NaiveDate,
    pub(crate) concluded: NaiveDate,
}
