//! What is where.

use maud::{Markup, html};

use crate::abbreviations::Abbreviations;
use crate::section::Section;

/// The parts, each by a link.
pub(crate) fn contents(
    sections: &[Section<'_, '_>],
    has_recommendations: bool,
    words: &Abbreviations<'_>,
) -> Markup {
    html! {
        nav.contents aria-labelledby="heading-contents" {
            h2 id="heading-contents" { "Contents" }
            ul {
                @for section in sections {
                    li {
                        a href=(format!("#{}", section.id)) {
                            @if let Some(name) = section.name { span.name { (name) } " " }
                            (words.text(section.title))
                        }
                    }
                }
                @if has_recommendations { li { a href="#recommendations" { "The recommendations" } } }
                li { a href="#reading" { "How to read this report" } }
                li { a href="#sources" { "Sources and versions" } }
            }
        }
    }
}
