//! Codes as people read them.

use chrono::NaiveDate;
use csc_measures::signals::Variation;
use csc_measures::{Clock, ClockKind};

/// A code in words: `not_yet_due` is `not yet due`.
pub(crate) fn words(code: &str) -> String {
    code.replace('_', " ")
}

/// `31 March 2017`.
pub(crate) fn day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// What a control chart says of a month.
pub(crate) fn signal(variation: Variation) -> &'static str {
    match variation {
        Variation::Improvement => "improved",
        Variation::Concern => "worsened",
        Variation::High => "higher than usual",
        Variation::Low => "lower than usual",
        _ => "none",
    }
}

/// What a clock counts.
pub(crate) fn counted_in(kind: ClockKind) -> &'static str {
    match kind {
        ClockKind::WorkingDays => "working days",
        _ => "days",
    }
}

/// What the clocks of a measure count; `None` if it has none, or some that count otherwise than others.
pub(crate) fn unit_of(measure: &str) -> Option<&'static str> {
    let mut kinds =
        Clock::all().filter(|clock| clock.measures().contains(&measure)).map(|clock| clock.kind());
    let first = kinds.next()?;
    kinds.all(|kind| kind == first).then(|| counted_in(first))
}
