//! Adoptions, and children placed for adoption.

use std::collections::BTreeSet;

use super::episodes::{Episode, Episodes};
use super::latest::by_child;
use super::{Kind, Return, origin};
use crate::derived::{Derived, Value};

/// A row for each adoption order, and for each child who was placed for adoption and is not adopted.
pub(super) fn permanence<'a>(of: &'a Return, episodes: &Episodes<'a>) -> Derived<'a> {
    const COLUMNS: [&str; 9] = [
        "permanence_id",
        "person_id",
        "cla_id",
        "placed_for_adoption_date",
        "order_date",
        "order_type",
        "adopted_by_carer",
        "placed_foster_carer_date",
        "decision_reversed_date",
    ];
    let mut table = Derived::new("permanence", &COLUMNS);
    let (all_adopters, all_placed) = (by_child(of.rows(Kind::Adoptions)), by_child(of.rows(Kind::Placed)));
    let adopted =
        episodes.by_child.iter().filter(|(_, rows)| adoption(rows).is_some()).map(|(child, _)| *child);
    let told = all_placed.rows.keys().chain(all_adopters.rows.keys()).copied();
    let children: BTreeSet<&str> = told.chain(adopted).collect();
    for child in children {
        let rows = episodes.by_child.get(child).map(Vec::as_slice).unwrap_or_default();
        let (order, placed, adopters) = (adoption(rows), all_placed.get(&child), all_adopters.get(&child));
        let Some(row) = order.map(|order| order.row).or(placed).or(adopters) else { continue };
        let period = order.or_else(|| rows.last()).map(|episode| Value::Made(episode.period.clone()));
        let by_carer = adopters.map(|row| row.text("FOSTER_CARE")).filter(|flag| !flag.is_empty());
        table.push(
            origin(row),
            [
                Value::Made(format!("{child}/adoption")),
                Value::Text(child),
                period.unwrap_or(Value::Null),
                placed.map_or(Value::Null, |row| row.field("DATE_PLACED").into()),
                order.map_or(Value::Null, |episode| episode.row.field("DEC").into()),
                order.map_or(Value::Null, |_| Value::Text("Adoption order")),
                by_carer.map_or(Value::Null, Value::Text),
                by_carer
                    .filter(|flag| *flag == "1")
                    .and(order)
                    .map_or(Value::Null, |order| fostered(rows, order)),
                placed
                    .filter(|_| order.is_none())
                    .map_or(Value::Null, |row| row.field("DATE_PLACED_CEASED").into()),
            ],
        );
    }
    // A child who is there twice in one file: the second row is told of and not read.
    for (child, row) in all_placed.doubles().chain(all_adopters.doubles()) {
        let mut values = [const { Value::Null }; COLUMNS.len()];
        values[0] = Value::Made(format!("{child}/adoption"));
        values[1] = Value::Text(child);
        table.push(origin(row), values);
    }
    for row in all_adopters.bad.iter().chain(&all_placed.bad) {
        table.push_bad(origin(*row));
    }
    table
}

/// The episode that ended in an adoption: E11 not contested, E12 contested.
fn adoption<'e, 'a>(episodes: &'e [Episode<'a>]) -> Option<&'e Episode<'a>> {
    episodes.iter().rfind(|episode| matches!(episode.row.text("REC"), "E11" | "E12"))
}

/// When a child who was adopted by the foster carer came to that carer: the first of the episodes up to the order
/// that no change of carer lies between.
fn fostered<'a>(episodes: &[Episode<'a>], order: &Episode<'a>) -> Value<'a> {
    let mut stay =
        episodes.iter().filter(|episode| episode.period == order.period && episode.start <= order.start);
    let changes = |episode: &&Episode<'a>| matches!(episode.row.text("RNE"), "S" | "P" | "B");
    stay.rfind(changes).map_or(Value::Null, |episode| episode.row.field("DECOM").into())
}
