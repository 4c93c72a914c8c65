//! Bytes as a Parquet file of the placements, which have columns of most kinds.
#![no_main]

use std::num::NonZeroUsize;

use csc_measures::DateForm;
use csc_measures_fuzz::{allow_panics_of_the_decoder, check_rows, read_files};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    allow_panics_of_the_decoder();
    let file = ("cla_placements.parquet".to_owned(), bytes);
    let chunk_rows = NonZeroUsize::new(1000).unwrap_or(NonZeroUsize::MIN);
    match read_files(std::iter::once(file), DateForm::Iso, chunk_rows) {
        Ok(dataset) => check_rows(&dataset),
        Err(error) => assert!(!error.to_string().contains('\n'), "{error}"),
    }
});
