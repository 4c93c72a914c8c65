//! The workbook of a scorecard, or of what is due.

use csc_measures::due::DueList;
use csc_measures::{Published, Scorecard};
use csc_measures_workbook::{WorkbookOptions, due_workbook, published_workbook, workbook};

use crate::args::Request;
use crate::stop::Stop;

/// That of a scorecard, or of what of it is published.
pub(crate) fn of_scorecard(
    request: &Request,
    card: &Scorecard,
    published: Option<&Published>,
) -> Result<Vec<u8>, Stop> {
    let bytes = match published {
        Some(published) => published_workbook(published, &options(request)),
        None => workbook(card, &options(request)),
    };
    bytes.map_err(Stop::unusable)
}

/// That of a due list.
pub(crate) fn of_due_list(request: &Request, list: &DueList) -> Result<Vec<u8>, Stop> {
    due_workbook(list, &options(request)).map_err(Stop::unusable)
}

fn options(request: &Request) -> WorkbookOptions {
    let mut options = WorkbookOptions::default();
    options.lists = request.lists;
    options
}
