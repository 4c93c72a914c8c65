//! The whole page.

use csc_measures::visible;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::abbreviations::Abbreviations;
use crate::contents::contents;
use crate::error::ReportError;
use crate::figures::Figures;
use crate::first_page::{head, months, standing, summary};
use crate::options::ReportOptions;
use crate::reading::reading;
use crate::section::{section, sections};
use crate::sources::{recommendations, sources};
use crate::style::{STYLE, foot};

/// The page as text.
pub(crate) fn page(figures: &Figures<'_>, options: &ReportOptions) -> Result<String, ReportError> {
    let words = Abbreviations::new(&options.abbreviations);
    let sections = sections(figures);
    let mut shown = Vec::new();
    let (class, said) = standing(figures);
    let page: Markup = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title(figures, options)) }
                style { (PreEscaped(STYLE)) (PreEscaped(foot(said))) }
            }
            body.(class) {
                a.skip href="#content" { "Skip to the report" }
                (head(figures, options))
                main id="content" tabindex="-1" {
                    (summary(figures, &words))
                    (contents(&sections, !figures.plan.recommendations().is_empty(), &words))
                    @for part in &sections { (section(part, &mut shown, figures, &words)) }
                    (recommendations(figures, &words))
                    (reading(figures))
                    (sources(figures, options, &words))
                }
                footer { p { (said) "." } }
            }
        }
    };
    // No text of a plan or of the data hides what follows it; the lines are those of the style sheet.
    let lines: Vec<_> = page.0.split('\n').map(visible).collect();
    Ok(lines.join("\n"))
}

fn title(figures: &Figures<'_>, options: &ReportOptions) -> String {
    let months = months(figures);
    let plan = figures.plan.title();
    match &options.authority {
        Some(authority) => format!("{plan}, {authority}, {months}"),
        None => format!("{plan}, {months}"),
    }
}
