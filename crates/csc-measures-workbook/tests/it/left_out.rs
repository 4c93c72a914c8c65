//! The lists of children can be left out, and the first sheet says which it is.

use csc_measures::{Options, Scorecard};
use csc_measures_workbook::{WorkbookOptions, workbook};

use crate::read::Read;
use crate::{card, sample, whole};

fn without_lists(card: &Scorecard) -> Read {
    let mut options = WorkbookOptions::default();
    options.lists = false;
    options.authority = Some("Fenshire".to_owned());
    Read::new(workbook(card, &options).unwrap())
}

#[test]
fn without_the_lists_no_child_worker_or_record_is_named() {
    let book = without_lists(card());
    assert_eq!(
        book.names,
        ["About", "Results", "By month", "Groups", "Due by team", "Data quality", "Tables"]
    );
    let about = book.texts("About");
    assert!(about.contains(&"Fenshire".to_owned()));
    assert!(about.iter().any(|text| text.ends_with("the lists of children are left out.")), "{about:?}");
    let ids: Vec<String> = whole()
        .rows("Cases")
        .iter()
        .flat_map(|row| [row.text("Person"), row.text("Worker")])
        .flatten()
        .collect();
    assert!(ids.len() > 100);
    let texts: std::collections::BTreeSet<String> =
        book.names.iter().flat_map(|name| book.texts(name)).collect();
    for id in ids {
        assert!(!texts.contains(&id), "{id}");
    }
}

#[test]
fn with_the_lists_the_first_sheet_says_so() {
    let about = whole().texts("About");
    assert!(
        about
            .iter()
            .any(|text| text.starts_with("Internal: not for publication. It lists children by their ids"))
    );
}

#[test]
fn a_scorecard_of_parts_has_its_figures_and_says_that_it_has_no_cases() {
    let march = "2017-03".parse().unwrap();
    let part = sample().part(march, march, &Options::default()).unwrap();
    let merged = Scorecard::merge(vec![part]).unwrap();
    let book = Read::new(workbook(&merged, &WorkbookOptions::default()).unwrap());
    assert_eq!(book.names, ["About", "Results", "By month", "Issues"]);
    assert_eq!(book.rows("Results").len(), merged.results().len());
    assert!(book.texts("About").iter().any(|text| text.contains("put together without their cases")));
}
