//! Bytes as the CSV files of some tables, read whole and in small chunks, and a scorecard of two months.
#![no_main]

use std::num::NonZeroUsize;

use csc_measures::Options;
use csc_measures_fuzz::{Tables, check_rows, check_same, check_scorecard};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let tables = Tables::from_bytes(bytes);
    let few = NonZeroUsize::new(bytes.len() % 3 + 1).unwrap_or(NonZeroUsize::MIN);
    match (tables.read(NonZeroUsize::MAX), tables.read(few)) {
        (Ok(dataset), Ok(again)) => {
            check_rows(&dataset);
            check_same(&dataset, &again);
            check_scorecard(&dataset, tables.first_month(), &Options::default())
                .expect("the months are good");
        }
        (Err(one), Err(other)) => assert_eq!(one.to_string(), other.to_string()),
        (one, other) => panic!("one reading failed: {:?} {:?}", one.err(), other.err()),
    }
});
