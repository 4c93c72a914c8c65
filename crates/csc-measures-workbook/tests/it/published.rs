//! What anybody may read is made from the published figures alone.

use csc_measures_workbook::{WorkbookOptions, published_workbook};

use crate::card;
use crate::read::Read;

#[test]
fn hidden_figures_are_a_sign_and_the_others_are_those_that_are_published() {
    let published = card().published().unwrap();
    let book = Read::new(published_workbook(&published, &WorkbookOptions::default()).unwrap());
    assert_eq!(book.names, ["About", "Results", "By month", "Groups"]);
    assert!(book.texts("About").contains(&"Published: small numbers hidden.".to_owned()));
    let rows = book.rows("Results");
    assert_eq!(rows.len(), published.results().len());
    let mut hidden = 0;
    for (row, line) in rows.iter().zip(published.results()) {
        let value = line.result().value.filter(|_| !line.is_suppressed());
        assert_eq!(row.number("Value"), value.map(|value| value.as_f64()));
        assert_eq!(row.text("Value").as_deref() == Some("c"), line.is_suppressed());
        assert_eq!(row.text("Numerator").as_deref() == Some("c"), line.has_no_numerator());
        assert_eq!(row.text("Denominator").as_deref() == Some("c"), line.has_no_denominator());
        assert_eq!(row.number("Not known"), None);
        if line.is_suppressed() {
            assert_eq!((row.text("Colour"), row.number("Change")), (None, None));
            hidden += 1;
        }
    }
    assert!(hidden > 0);
    // Small counts are in no cell, whatever it is of: a figure of fewer than six cases is a percentage or a mean.
    for group in book.rows("Groups") {
        assert!(group.number("Numerator").is_none_or(|count| count == 0.0 || count > 5.0));
    }
    assert!(book.numbers().count() > 500);
}
