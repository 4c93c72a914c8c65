//! What is wrong with the data, and which figures it touches

use std::ffi::c_char;

use csc_measures::Options;
use csc_measures::quality::QualityDays;

use crate::arguments::{given, json, output};
use crate::dataset::csc_dataset;
use crate::error::csc_error;
use crate::guard::guarded;
use crate::status::csc_status;
use crate::text::write_json;

/// What became of the data, as a JSON object: by table and column the rows, nulls, issues and last dates, and for
/// each kind of issue the measures and months that it touches, and by how many cases. `days_json` says of which
/// months, and from which day the age of the data is counted, by any of these keys:
/// `{"from": "2016-04", "to": "2017-03", "as_at": "2017-03-31"}`. NULL gives the year up to the last date of the data.
/// `options_json` is as in `csc_scorecard_run`; NULL for the defaults. Free the text with `csc_text_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_dataset_quality_json(
    dataset: *const csc_dataset,
    days_json: *const c_char,
    options_json: *const c_char,
    quality_json: *mut *mut c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (dataset, days, options, output) = unsafe {
            (
                given(dataset, "dataset")?,
                json::<QualityDays>(days_json, "days_json")?,
                json::<Options>(options_json, "options_json")?,
                output(quality_json, "quality_json")?,
            )
        };
        write_json(output, &dataset.0.quality(&days, &options)?)
    })
}
