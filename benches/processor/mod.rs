//! The use of the processor and the memory, as Linux reports it.
#![allow(dead_code, reason = "each bench takes what it needs")]

use std::fs;
use std::sync::OnceLock;
use std::time::Instant;

/// The time that this thread had of the processor, in nanoseconds; elsewhere the time by the clock.
pub(crate) fn now() -> u64 {
    static START: OnceLock<Instant> = OnceLock::new();
    let of_thread = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let time = of_thread.and_then(|text| text.split_whitespace().next()?.parse().ok());
    time.unwrap_or_else(|| START.get_or_init(Instant::now).elapsed().as_nanos().try_into().unwrap())
}

/// What work makes, and the bytes that the process had at the peak of it beyond those before.
pub(crate) fn peak<T>(work: impl FnOnce() -> T) -> (T, Option<u64>) {
    // A reset of the peak; without it the peak is that of the whole run.
    let _ = fs::write("/proc/self/clear_refs", "5");
    let before = size("VmRSS:");
    let made = work();
    let peak = size("VmHWM:").zip(before).map(|(peak, before)| peak.saturating_sub(before));
    (made, peak)
}

fn size(which: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(which))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? * 1024)
}
