//! How the obligations of a column stood at the end of a day.

use std::sync::Arc;

use arrow_array::{ArrayRef, Date32Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::ArrowError;
use csc_measures::ClockStatus;
use serde::Serialize;

/// A status for each row; `None` for a row without a start.
pub(crate) struct Statuses(pub(crate) Vec<Option<ClockStatus>>);

/// A row as JSON: that of a status, or nulls.
#[derive(Serialize)]
#[serde(untagged)]
enum Row {
    Status(ClockStatus),
    Empty { outcome: (), due: (), first_late_day: (), days_left: (), days_over: (), rag: () },
}

impl Statuses {
    /// A row for each, with the fields of a status as columns.
    pub(crate) fn batch(&self) -> Result<RecordBatch, ArrowError> {
        let each = || self.0.iter().map(Option::as_ref);
        let texts = |of: fn(&ClockStatus) -> &'static str| -> ArrayRef {
            Arc::new(each().map(|status| status.map(of)).collect::<StringArray>())
        };
        let days = |of: fn(&ClockStatus) -> chrono::NaiveDate| -> ArrayRef {
            Arc::new(
                each().map(|status| status.map(|status| of(status).to_epoch_days())).collect::<Date32Array>(),
            )
        };
        let counts = |of: fn(&ClockStatus) -> Option<u32>| -> ArrayRef {
            Arc::new(each().map(|status| status.and_then(of).map(i64::from)).collect::<Int64Array>())
        };
        RecordBatch::try_from_iter_with_nullable([
            ("outcome", texts(|status| status.outcome.as_str()), true),
            ("due", days(|status| status.due), true),
            ("first_late_day", days(|status| status.first_late_day), true),
            ("days_left", counts(|status| status.days_left), true),
            ("days_over", counts(|status| status.days_over), true),
            ("rag", texts(|status| status.rag.as_str()), true),
        ])
    }

    /// A list with an object for each row.
    pub(crate) fn json(&self) -> serde_json::Result<String> {
        let empty =
            || Row::Empty { outcome: (), due: (), first_late_day: (), days_left: (), days_over: (), rag: () };
        let rows: Vec<Row> = self.0.iter().map(|status| status.map_or_else(empty, Row::Status)).collect();
        serde_json::to_string(&rows)
    }
}
