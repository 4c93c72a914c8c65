//! Parts: a scorecard in pieces

use std::ffi::c_char;

use csc_measures::{Options, Part, Scorecard};

use crate::arguments::{given, json, month, output, parse, text, values};
use crate::dataset::csc_dataset;
use crate::error::csc_error;
use crate::guard::guarded;
use crate::scorecard::csc_scorecard;
use crate::status::csc_status;
use crate::text::write_json;

/// What the scorecard of these rows adds up to, for rows that are a part of an authority's, as versioned JSON
/// for `csc_scorecard_merge`. Keep it as the data are kept. Free the text with `csc_text_free`.
///
/// Tables with a `person_id` are split by person, all rows of one to one part; `cla_reviews` go with the
/// person of their `cla_id`; `workers`, `involvements` and tables without a person go whole to one part, and
/// the children in court cases with them. Each part declares every table of the whole: see
/// `csc_dataset_builder_declare`. All else is as for `csc_scorecard_run`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_dataset_part_json(
    dataset: *const csc_dataset,
    from: *const c_char,
    to: *const c_char,
    options_json: *const c_char,
    part_json: *mut *mut c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (dataset, from, to, options, output) = unsafe {
            (
                given(dataset, "dataset")?,
                month(from, "from")?,
                month(to, "to")?,
                json::<Options>(options_json, "options_json")?,
                output(part_json, "part_json")?,
            )
        };
        write_json(output, &dataset.0.part(from, to, &options)?)
    })
}

/// What one of `of` equal shares of the persons of a dataset adds up to, counted from 0: the scorecard of the
/// dataset, piece by piece. The rest as `csc_dataset_part_json`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_dataset_part_of_json(
    dataset: *const csc_dataset,
    index: u32,
    of: u32,
    from: *const c_char,
    to: *const c_char,
    options_json: *const c_char,
    part_json: *mut *mut c_char,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (dataset, from, to, options, output) = unsafe {
            (
                given(dataset, "dataset")?,
                month(from, "from")?,
                month(to, "to")?,
                json::<Options>(options_json, "options_json")?,
                output(part_json, "part_json")?,
            )
        };
        write_json(output, &dataset.0.part_of(index, of, from, to, &options)?)
    })
}

/// Puts parts together into exactly the scorecard of the whole. Free it with `csc_scorecard_free`.
///
/// `CSC_PARTS` if they are not of one whole (other months, policies or versions, or rows that are split
/// otherwise than they may be), `CSC_BAD_VALUE` if one is not a part's JSON.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_scorecard_merge(
    parts_json: *const *const c_char,
    length: usize,
    scorecard: *mut *mut csc_scorecard,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (parts, scorecard) =
            unsafe { (values(parts_json, length, "parts_json")?, output(scorecard, "scorecard")?) };
        let mut read: Vec<Part> = Vec::with_capacity(parts.len());
        for (part, number) in parts.iter().zip(1..) {
            let name = format!("parts_json, part {number}");
            // SAFETY: by the conventions of the header.
            read.push(parse(unsafe { text(*part, &name) }?, &name)?);
        }
        scorecard.write(csc_scorecard::into_raw(Scorecard::merge(read)?));
        Ok(())
    })
}
