//! The report for a board, as a file.

use csc_measures::{Scorecard, SectionBy};
use csc_measures_report::{ReportOptions, html, published_html};

use crate::args::{ReportTo, Request};
use crate::inputs::Inputs;
use crate::out_file;
use crate::stop::Stop;

/// Writes the report. One that anybody may read says nothing of the files that it is made from.
pub(crate) fn write(
    request: &Request,
    report: &ReportTo,
    inputs: &Inputs,
    card: &Scorecard,
) -> Result<(), Stop> {
    let mut options = ReportOptions::default();
    options.authority.clone_from(&report.authority);
    options.by = request.by.unwrap_or(SectionBy::Outcome);
    let page = match request.publish {
        Some(publish) => {
            let published = card.published_as(publish.publishing).map_err(Stop::unusable)?;
            if inputs.options.breakdown.iter().any(|dimension| dimension.eq_ignore_ascii_case("worker")) {
                options.sources.push(("not published".to_owned(), "the breakdown by worker".to_owned()));
            }
            published_html(&published, &options)
        }
        None => {
            options.sources = sources(inputs);
            html(card, &options)
        }
    };
    let page = page.map_err(Stop::unusable)?;
    out_file::write(&report.out, page.as_bytes())
}

/// Where the data come from, by name.
fn sources(inputs: &Inputs) -> Vec<(String, String)> {
    let data = if inputs.is_sample {
        "the sample authority, which is made up".to_owned()
    } else {
        inputs.paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
    };
    let mut sources = vec![("data".to_owned(), data)];
    sources.extend(inputs.sources.entries().into_iter().map(|(name, tables)| (name.to_owned(), tables)));
    sources
}
