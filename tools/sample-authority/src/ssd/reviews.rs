//! Reviews of children looked after.

use std::error::Error;

use csc_measures::tables::Table;

use super::choice::{System, Variant};
use super::extract::{Extract, Lot};
use super::ids;
use super::sheet::{Sheet, Values};
use super::siblings::{alike_of, shared};

/// Of so many reviews one was recorded without Eclipse's form, and has no id.
const WITHOUT_FORM: u64 = 5;
/// Of so many reviews that were not held SystemC's script leaves out one.
const LEFT_OUT: u64 = 3;

/// `ssd_cla_reviews`.
pub(super) fn reviews(extract: &Extract<'_>) -> Result<Sheet, Box<dyn Error>> {
    let choice = extract.choice;
    let columns = [
        "clar_cla_review_id",
        "clar_cla_id",
        // Two names for the same, of which a script has one or both.
        "clar_person_id",
        "clar_cla_person_id",
        "clar_cla_review_due_date",
        "clar_cla_review_date",
        "clar_cla_review_cancelled",
        "clar_cla_review_participation",
    ];
    let is_mosaic = choice.of(System::Mosaic);
    let mut sheet = Sheet::new("ssd_cla_reviews", &columns)
        .without("clar_person_id", !is_mosaic)
        .without("clar_cla_person_id", choice.of(System::Eclipse))
        .without("clar_cla_review_cancelled", choice.is(Variant::Essex));
    let rows = extract.rows(Table::ClaReviews)?;
    let child = |care: &str| extract.links.child(care).to_owned();
    let steps = shared(&rows, "cla_review_id", |row| {
        alike_of(&child(row.get("cla_id")), row, &["date", "cancelled"])
    });
    for row in &rows {
        let (id, care) = (row.get("cla_review_id"), row.get("cla_id"));
        let number = ids::number(Table::ClaReviews, id);
        let is_held = !row.get("date").is_empty() && row.get("cancelled") != "true";
        let is_gone = choice.losses
            && choice.of(System::Systemc)
            && !is_held
            && extract.one_in(Lot::ReviewNotHeld, number, LEFT_OUT);
        if is_gone {
            continue;
        }
        let is_cancelled = row.get("cancelled") == "true";
        let date = if is_cancelled && !choice.of(System::Systemc) { "" } else { row.get("date") };
        let cancelled = if choice.of(System::Eclipse) { "false" } else { row.get("cancelled") };
        let has_id = !choice.of(System::Eclipse) || !number.is_multiple_of(WITHOUT_FORM);
        let person = ids::person(&child(care));
        let values = Values::of(row)
            .text(
                "clar_cla_review_id",
                if has_id { extract.step(Table::ClaReviews, id, &steps) } else { String::new() },
            )
            .text("clar_cla_id", ids::care(care))
            .text("clar_person_id", person.clone())
            .text("clar_cla_person_id", person)
            .date("clar_cla_review_date", date)
            .flag("clar_cla_review_cancelled", cancelled)
            .text("clar_cla_review_participation", "PN3");
        sheet.add(values);
    }
    Ok(sheet)
}
