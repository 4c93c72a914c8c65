//! A dataset with other rows of one child, or without the child.

use std::ffi::c_char;

use crate::arguments::{given, given_mut, output, text};
use crate::builder::csc_dataset_builder;
use crate::dataset::csc_dataset;
use crate::error::csc_error;
use crate::guard::guarded;
use crate::status::csc_status;

/// Makes a dataset in which one child has the rows of a builder in place of those before, and everybody else the rows of
/// `dataset`: a visit was recorded, and the screen is to show it. It costs no more in a dataset of many children, since
/// everything but the child's rows is shared. `dataset` stays as it is for whoever still reads it, and each is freed by
/// itself. A child who was not there is added. The builder has then been used.
///
/// The rows are all of the child, of every table that is kept by person, with the `cla_reviews` of the child's periods of
/// care; a table that is not given has none. They have the columns that the dataset has. `workers`, `care_proceedings` and
/// the other tables that are no child's stay as they are. So does what all rows together decide: the counts of tables and
/// columns, and their first and last dates.
///
/// Rows of several persons, or that hang together with another person's, are `CSC_BAD_VALUE`; other tables or columns than
/// the dataset's, and tables that came under a name of the Standard Safeguarding Dataset, `CSC_BAD_TABLE`. Parts and the
/// quality of the data are refused of the new dataset. Free it with `csc_dataset_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_dataset_with_person(
    dataset: *const csc_dataset,
    builder: *mut csc_dataset_builder,
    with_person: *mut *mut csc_dataset,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (dataset, builder, output) = unsafe {
            (given(dataset, "dataset")?, given_mut(builder, "builder")?, output(with_person, "with_person")?)
        };
        let builder = builder.take()?;
        builder.check_names()?;
        output.write(csc_dataset::into_raw(dataset.0.with_person(builder)?));
        Ok(())
    })
}

/// Makes a dataset without one child, which shares everything else with `dataset`: as `csc_dataset_with_person` with no
/// rows. Free it with `csc_dataset_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn csc_dataset_without_person(
    dataset: *const csc_dataset,
    person_id: *const c_char,
    without_person: *mut *mut csc_dataset,
    error: *mut *mut csc_error,
) -> csc_status {
    guarded(error, || {
        // SAFETY: by the conventions of the header.
        let (dataset, person, output) = unsafe {
            (
                given(dataset, "dataset")?,
                text(person_id, "person_id")?,
                output(without_person, "without_person")?,
            )
        };
        output.write(csc_dataset::into_raw(dataset.0.without_person(person)?));
        Ok(())
    })
}
