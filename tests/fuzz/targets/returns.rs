//! Bytes as a return of any kind: what cannot be used is reported, and nothing ends the program.
#![no_main]

use csc_measures::{Month, Options};
use csc_measures_fuzz::{Return, allow_panics_of_the_decoder, check_derived_rows, check_scorecard};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    allow_panics_of_the_decoder();
    match Return::from_bytes(bytes).read() {
        Ok(dataset) => {
            check_derived_rows(&dataset);
            let from = Month::new(2017, 2).expect("a month of the calendar");
            check_scorecard(&dataset, from, &Options::default(), bytes.len()).expect("the months are good");
        }
        Err(error) => assert!(!error.to_string().contains('\n'), "{error}"),
    }
});
