//! What brothers and sisters share: a form that was filled in once for all of them has one id.

use std::collections::BTreeMap;

use super::ids;
use crate::tables::Row;

/// The ids in whose place others stand.
pub(super) type Shared = BTreeMap<String, String>;

/// The id in whose place an id stands, or the id itself.
pub(super) fn first<'a>(shared: &'a Shared, id: &'a str) -> &'a str {
    shared.get(id).map_or(id, String::as_str)
}

/// The id in whose place each id stands, from the first child on: that of the row before, where its child is the
/// brother or sister next on record and all else that is told of it is alike. `told` says whose a row is, and what
/// must be alike; a row of which it says nothing is shared with nobody.
///
/// No table tells who is whose brother. Children of a family come one after another on record, and two families
/// hardly ever have the same day with the same team.
pub(super) fn shared(rows: &[Row], id: &str, told: impl Fn(&Row) -> Option<(u64, String)>) -> Shared {
    let mut latest: BTreeMap<String, (u64, String)> = BTreeMap::new();
    let mut shared = BTreeMap::new();
    for row in rows {
        let own = row.get(id).to_owned();
        // A row that was exported twice has its id already.
        if shared.contains_key(&own) {
            continue;
        }
        let first = match told(row) {
            None => own.clone(),
            Some((child, key)) => {
                let first = match latest.get(&key) {
                    Some((before, first)) if before + 1 == child => first.clone(),
                    _ => own.clone(),
                };
                latest.insert(key, (child, first.clone()));
                first
            }
        };
        shared.insert(own, first);
    }
    shared
}

/// The child of a row and its fields in some columns, where none of those is empty.
pub(super) fn alike(row: &Row, columns: &[&str]) -> Option<(u64, String)> {
    alike_of(row.get("person_id"), row, columns)
}

/// The same where the row does not name the child.
pub(super) fn alike_of(child: &str, row: &Row, columns: &[&str]) -> Option<(u64, String)> {
    let fields: Vec<&str> = columns.iter().map(|column| row.get(column)).collect();
    (!fields.contains(&"")).then(|| (ids::person_number(child), fields.join("|")))
}
