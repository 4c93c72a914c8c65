//! Bytes as a policy file: what is read is echoed as it is, and any policy gives a scorecard.
#![no_main]

use csc_measures::{Month, Options, Policy};
use csc_measures_fuzz::{AUTHORITY, check_scorecard};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(policy) = serde_json::from_slice::<Policy>(bytes) else { return };
    let text = serde_json::to_string(&policy).expect("a policy can be written");
    assert_eq!(serde_json::from_str::<Policy>(&text).expect("an echo can be read"), policy);
    let options = Options { policy, ..Options::default() };
    let from = Month::new(2017, 2).expect("a month of the calendar");
    check_scorecard(&AUTHORITY, from, &options).expect("a policy that can be read can be followed");
});
