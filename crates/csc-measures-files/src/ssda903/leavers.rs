//! Care leavers, with what they do.

use csc_measures::tables::Lack;

use super::files::{Return, origin};
use super::kind::Kind;
use super::latest::{Latest, by_child};
use crate::derived::{Derived, Value};

/// The care leavers of OC3, each by the latest year's row.
///
/// The return asks what a young person does about the birthday in its year, and does not say which birthday that
/// was: the activity has no date.
pub(super) fn tables(of: &Return) -> Vec<Derived<'_>> {
    const COLUMNS: [&str; 4] = ["care_leaver_id", "person_id", "eligibility", "activity"];
    let mut table = Derived::new("care_leavers", &COLUMNS);
    let Latest { rows, bad } = by_child(of.rows(Kind::Leavers));
    for row in rows.into_values().flatten() {
        let child = row.text("CHILD");
        let activity = match row.text("ACTIV") {
            // not in touch: not known
            "0" => Value::Null,
            _ => row.field("ACTIV").into(),
        };
        table.push(
            origin(row),
            [
                Value::Made(format!("{child}/oc3")),
                row.field("CHILD").into(),
                Value::Text("former relevant"),
                activity,
            ],
        );
    }
    for row in bad {
        table.push_bad(origin(row));
    }
    // It knows of no pathway plans.
    table.lacks(Lack::PathwayPlanning);
    vec![table]
}
