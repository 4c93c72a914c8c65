//! A workbook for managers: the measures of a scorecard, what is due, and the cases behind both, as one Excel file.
//!
//! | sheet | what is in it |
//! |---|---|
//! | About | whose figures these are, whether anybody may read them, what is on each sheet |
//! | Results | a row for each measure and month: period, figure, target, figure before, change, signal |
//! | By month | a row for each measure, a column for each month |
//! | Groups | the groups of a breakdown, if one was asked for |
//! | Cases | the cases behind the last figure of each measure, by team and measure |
//! | Due | what is to be done, by the order in which a morning takes it up; then how much of it each team and each worker has |
//! | Data quality | what is wrong with the data and which measures it touches; then the tables, and each issue |
//!
//! Days and months are real dates, figures plain numbers, and a text stays a text whatever it begins with. Each sheet has
//! a filter, and its head stays in view. What has more rows than a sheet of Excel can have goes on on another. The same
//! scorecard gives the same bytes.
//!
//! A workbook of a [`Scorecard`] is for the council itself, and says so; the lists with the ids of children can be left
//! out. One of what may be [published](Published) is made from that alone.
//!
//! # Examples
//!
//! ## A workbook without the lists of children
//!
//! ```
//! use csc_measures::{Dataset, Options};
//! use csc_measures_workbook::{WorkbookOptions, workbook};
//!
//! let (april, march) = ("2016-04".parse()?, "2017-03".parse()?);
//! let card = Dataset::builder().build().scorecard(april, march, &Options::default())?;
//! let mut options = WorkbookOptions::default();
//! options.authority = Some("Fenshire".to_owned());
//! options.lists = false;
//! let bytes = workbook(&card, &options)?;
//! assert!(bytes.starts_with(b"PK"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Minimum supported Rust version: 1.88.
#![forbid(unsafe_code)]

mod about;
mod book;
mod cases;
mod cell;
mod due;
mod error;
mod figures;
mod groups;
mod months;
mod options;
mod quality;
mod results;
mod words;

use csc_measures::due::{DueFilter, DueList};
use csc_measures::{Published, Scorecard, ScorecardError};

use about::About;
use book::Book;
pub use error::WorkbookError;
use figures::Figures;
pub use options::WorkbookOptions;

/// The workbook of a scorecard, as the bytes of an `.xlsx` file. It is for the council itself: it has figures of any number
/// of cases and, unless the options leave them out, lists of children by their ids.
///
/// A scorecard that was put together from parts has no cases: its workbook has the figures and the tables, and says so.
///
/// # Errors
/// A text that is longer than a cell can hold; a day of the due list outside the calendar.
///
/// # Examples
///
/// ## With the lists
///
/// ```
/// use csc_measures::{Dataset, Options};
/// use csc_measures_workbook::{WorkbookOptions, workbook};
///
/// let march = "2017-03".parse()?;
/// let card = Dataset::builder().build().scorecard(march, march, &Options::default())?;
/// let bytes = workbook(&card, &WorkbookOptions::default())?;
/// assert_eq!(bytes, workbook(&card, &WorkbookOptions::default())?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn workbook(card: &Scorecard, options: &WorkbookOptions) -> Result<Vec<u8>, WorkbookError> {
    let figures = Figures::whole(card);
    let mut book = Book::new(figures.plan.title(), card.to().last());
    let quality = match card.quality() {
        Err(ScorecardError::NoCases) => None,
        quality => Some(quality?),
    };
    let mut about = About::of_scorecard(card, &figures, options, quality.is_some());
    results::sheet(&figures, &mut book)?;
    months::sheet(&figures, &mut book)?;
    groups::sheet(&figures, &mut book)?;
    if let Some(quality) = quality {
        let day = options.due_as_at.unwrap_or_else(|| card.to().last());
        let list = card.due_list(day, &DueFilter::default())?;
        if options.lists {
            cases::sheet(card, &figures, &mut book)?;
        }
        due::sheets(&list, options.lists, &mut book)?;
        about.due(&list);
        quality::kinds(&quality, &figures, &mut book)?;
        quality::tables(&quality, &mut book)?;
    }
    if options.lists {
        quality::issues(card.issues(), &mut book)?;
    }
    about.write(&mut book)?;
    book.bytes()
}

/// The workbook of what may be published, as the bytes of an `.xlsx` file. It is made from the published figures alone,
/// and says that small numbers are hidden: a `c` is in their place.
///
/// # Errors
/// A text that is longer than a cell can hold.
///
/// # Examples
///
/// ## What anybody may read
///
/// ```
/// use csc_measures::{Dataset, Options};
/// use csc_measures_workbook::{WorkbookOptions, published_workbook};
///
/// let march = "2017-03".parse()?;
/// let card = Dataset::builder().build().scorecard(march, march, &Options::default())?;
/// assert!(published_workbook(&card.published()?, &WorkbookOptions::default())?.starts_with(b"PK"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn published_workbook(
    published: &Published,
    options: &WorkbookOptions,
) -> Result<Vec<u8>, WorkbookError> {
    let figures = Figures::published(published);
    let mut book = Book::new(figures.plan.title(), published.to().last());
    let about = About::of_published(&figures, published, options);
    results::sheet(&figures, &mut book)?;
    months::sheet(&figures, &mut book)?;
    groups::sheet(&figures, &mut book)?;
    about.write(&mut book)?;
    book.bytes()
}

/// The workbook of a due list, as the bytes of an `.xlsx` file: what is to be done, then how much of it each team and each
/// worker has. Without the lists it has the teams alone.
///
/// # Errors
/// A text that is longer than a cell can hold.
///
/// # Examples
///
/// ## A morning's list
///
/// ```
/// use csc_measures::due::DueFilter;
/// use csc_measures::{Dataset, Options};
/// use csc_measures_workbook::{WorkbookOptions, due_workbook};
///
/// let day = chrono::NaiveDate::from_ymd_opt(2017, 3, 31).unwrap();
/// let list = Dataset::builder().build().due_list(day, &Options::default(), &DueFilter::default())?;
/// assert!(due_workbook(&list, &WorkbookOptions::default())?.starts_with(b"PK"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn due_workbook(list: &DueList, options: &WorkbookOptions) -> Result<Vec<u8>, WorkbookError> {
    let mut book = Book::new("What is due", list.as_at);
    let about = About::of_due_list(list, options);
    due::sheets(list, options.lists, &mut book)?;
    about.write(&mut book)?;
    book.bytes()
}
