//! Bytes as a targets file: what is read is written as it was, and any targets give a scorecard.
#![no_main]

use csc_measures::{Month, Options, Targets};
use csc_measures_fuzz::{AUTHORITY, check_scorecard};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(targets) = serde_json::from_slice::<Targets>(bytes) else { return };
    let text = serde_json::to_string(&targets).expect("targets can be written");
    assert_eq!(serde_json::from_str::<Targets>(&text).expect("what was written can be read"), targets);
    let mut options = Options::default();
    options.measures = Some(targets.iter().map(|(measure, _)| measure).take(3).collect());
    options.targets = targets;
    let from = Month::new(2017, 2).expect("a month of the calendar");
    check_scorecard(&AUTHORITY, from, &options).expect("targets that can be read can be compared with");
});
