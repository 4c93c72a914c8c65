//! How to read the report: what its words, signs and pictures mean.

use csc_measures::signals::{Assurance, Variation};
use maud::{Markup, html};

use crate::figures::{Figures, Standing};
use crate::signal::{assurance_icon, icon};

/// The part.
pub(crate) fn reading(figures: &Figures<'_>) -> Markup {
    html! {
        section.part id="reading" aria-labelledby="heading-reading" {
            h2 id="heading-reading" { "How to read this report" }
            h3 { "Charts and signals" }
            p {
                "A control chart draws a centre and limits through the months of a measure. A figure within the limits, \
                 in no long run and no trend is one of the measure's own ups and downs, and nobody need explain it. A \
                 signal says that something is there that was not there before; it does not say what. Of a hundred \
                 measures that do not change, a few have a signal in three years by chance."
            }
            dl.legend {
                div { dt { (icon(Variation::Improvement)) } dd { "A signal for the better: a large disc in the chart." } }
                div { dt { (icon(Variation::Concern)) } dd { "A signal for the worse: a diamond." } }
                div { dt { (icon(Variation::High)) } dd { "A signal of a measure of which neither way is better: a triangle that points up if it is high, and down if it is low." } }
                div { dt { (icon(Variation::Common)) } dd { "No signal: a small dot." } }
                div { dt { (assurance_icon(Assurance::Passing)) } dd { "The limits are on the better side of the target." } }
                div { dt { (assurance_icon(Assurance::HitAndMiss)) } dd { "The target is between the limits." } }
                div { dt { (assurance_icon(Assurance::Failing)) } dd { "The limits are on the worse side of the target." } }
            }
            p {
                "Words for better and worse are used of a signal alone; every other movement is given in figures, with \
                 an arrow for its way."
            }
            h3 { "Targets" }
            p {
                "A figure is green if it meets its target, amber if it misses it by no more than the tolerance, and red \
                 beyond that. The exact figure is held against the target, and not the rounded one that is shown."
            }
            h3 { "Cases outside a figure" }
            p {
                "Cases that are not yet due, to which the question does not apply, or of which the data do not tell are \
                 in neither number of a figure. A measure without any case to judge says \u{201c}no cases\u{201d}: that is \
                 not zero."
            }
            @if figures.measures.iter().any(|measure| !measure.groups.is_empty()) {
                h3 { "Groups" }
                p {
                    "The groups of a measure add up to its figure. A bar is how far chance alone may carry a percentage of \
                     so few cases, and the line across is the whole. A group is above or below if it is further from the \
                     whole than one in forty is by chance, and far above or below if one in a thousand is. The small charts show \
                     each group over the months, all on one scale from zero; the dashed line is the whole."
                }
            }
            @if let Standing::Published(published) = figures.standing {
                h3 { "What is hidden" }
                @for note in published.notes() { p { (note) } }
            }
        }
    }
}
