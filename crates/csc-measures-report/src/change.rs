//! How a figure moved since the period before: in figures, and better or worse in a word only if its chart says so.

use csc_measures::Direction;
use csc_measures::measures::Better;
use csc_measures::signals::Variation;
use maud::{Markup, html};

use crate::figures::Measured;
use crate::signal::{icon, word};
use crate::words::{difference, figure, month};

/// The change as it stands in a table: the word of a signal, and the difference.
pub(crate) fn in_short(measure: &Measured<'_>) -> Markup {
    let variation = measure.last_point().map_or(Variation::Common, |point| point.variation);
    html! {
        @if let Some(word) = word(variation) {
            span.signal { (icon(variation)) " " (word) }
            " "
        }
        @if let Some((arrow, text)) = moved(measure) {
            span.change { span aria-hidden="true" { (arrow) " " } (text) }
        }
    }
}

/// The change in a sentence: `up 6.7 points from 58.0 % in February 2017`.
pub(crate) fn in_words(measure: &Measured<'_>) -> Option<String> {
    let before = measure.before()?;
    let (_, text) = moved(measure)?;
    if before.is_suppressed || before.result.value.is_none() {
        return None;
    }
    let from = format!("{} in {}", figure(before), month(before.result.month));
    Some(if text == SAME {
        format!("the same as in {}", month(before.result.month))
    } else {
        format!("{text} from {from}")
    })
}

const SAME: &str = "no change";

/// An arrow for the way, and by how much; nothing if either figure is not there.
fn moved(measure: &Measured<'_>) -> Option<(&'static str, String)> {
    let line = measure.last()?;
    let direction = line.result.direction?;
    let before = measure.before().and_then(|before| before.result.value);
    let by = before.zip(line.result.value).map(|(before, now)| now.tenths() - before.tenths());
    let way = way(direction, measure.row.better());
    Some(match (direction, by) {
        (Direction::Same, _) => ("=", SAME.to_owned()),
        // It moved by less than is shown.
        (_, Some(0)) => (way.0, format!("{} by less than is shown", way.1)),
        (_, Some(by)) => (way.0, difference(by, line.result.unit)),
        (_, None) => (way.0, way.1.to_owned()),
    })
}

/// The way that a figure went.
fn way(direction: Direction, better: Better) -> (&'static str, &'static str) {
    match (direction, better) {
        (Direction::Up, _) | (Direction::Improved, Better::Higher) | (Direction::Worsened, Better::Lower) => {
            ("↑", "up")
        }
        (Direction::Down, _)
        | (Direction::Improved, Better::Lower)
        | (Direction::Worsened, Better::Higher) => ("↓", "down"),
        _ => ("=", SAME),
    }
}
