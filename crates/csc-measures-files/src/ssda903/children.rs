//! Who the children are.

use super::episodes::Episodes;
use super::files::{Return, origin};
use super::kind::Kind;
use super::latest::{Latest, by_child};
use super::standing::{self, Standing};
use crate::derived::{Derived, Value};

/// The children of the header, and those whom only another file knows, with the date of birth that it has.
pub(super) fn persons<'a>(of: &'a Return, episodes: &Episodes<'a>) -> Derived<'a> {
    const OTHERS: [Kind; 5] = [Kind::Uasc, Kind::Reviews, Kind::Leavers, Kind::Adoptions, Kind::Placed];
    let mut table = Derived::new("persons", &["person_id", "date_of_birth", "date_of_death"]);
    let Latest { mut rows, bad } = by_child(of.rows(Kind::Header));
    for row in OTHERS.into_iter().flat_map(|kind| of.rows(kind)).filter(|row| !row.is_bad()) {
        rows.entry(row.text("CHILD")).or_insert_with(|| vec![row]);
    }
    for (child, rows) in rows {
        let episodes = episodes.by_child.get(child).map(Vec::as_slice).unwrap_or_default();
        // E2: the child died
        let died = episodes.iter().find(|episode| episode.row.code("REC") == "E2");
        for row in rows {
            let death = died.map_or(Value::Null, |episode| episode.dec());
            table.push(origin(row), [row.field("CHILD").into(), row.field("DOB").into(), death]);
        }
    }
    for row in bad {
        table.push_bad(origin(row));
    }
    table
}

/// Unaccompanied asylum-seeking children, up to the day they are it no more.
pub(super) fn immigration_statuses(of: &Return) -> Derived<'_> {
    let mut table = Derived::new("immigration_statuses", &["person_id", "status", "end_date"]);
    let Latest { rows, bad } = by_child(of.rows(Kind::Uasc));
    let standing = Standing::new(of, Kind::Uasc, "", "DUC");
    for row in rows.into_values().flatten() {
        let superseded = standing.superseded(row);
        let end = standing::end(row, "DUC", superseded);
        table.push(origin(row), [row.field("CHILD").into(), Value::Text("UASC"), end]);
        if let Some(what) = superseded {
            table.superseded(origin(row), row.text("CHILD").to_owned(), what);
        }
    }
    for row in bad {
        table.push_bad(origin(row));
    }
    table
}
