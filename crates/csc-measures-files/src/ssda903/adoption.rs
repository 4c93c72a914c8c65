//! Adoptions, and children placed for adoption.

use std::collections::{BTreeMap, BTreeSet};

use csc_measures::Superseded;

use super::episodes::{Episode, Episodes};
use super::files::{FORM, Return, origin};
use super::kind::Kind;
use super::latest::{Latest, by_child, day};
use super::reviews;
use super::standing::{self, Standing};
use crate::derived::{Derived, Value};
use crate::sheet::SheetRow;

/// A row for each adoption order, and for each placing that led to none.
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
    let all_adopters = by_child(of.rows(Kind::Adoptions));
    let all_placed = Latest::new(of.rows(Kind::Placed), |row| (row.text("CHILD"), day(row, "DATE_PLACED")));
    // The rows that stand, those of later years last.
    let mut placed: BTreeMap<&str, Vec<SheetRow<'a>>> = BTreeMap::new();
    for row in of.rows(Kind::Placed) {
        let (child, day) = (row.text("CHILD"), day(row, "DATE_PLACED"));
        if all_placed.get(&(child, day)).is_some_and(|of| of.is_of_file(row) && of.number == row.number) {
            placed.entry(child).or_default().push(row);
        }
    }
    let standing = Standing::new(of, Kind::Placed, "DATE_PLACED", "DATE_PLACED_CEASED");
    let adopted =
        episodes.by_child.iter().filter(|(_, rows)| orders(rows).next().is_some()).map(|(child, _)| *child);
    let told = placed.keys().chain(all_adopters.rows.keys()).copied();
    let children: BTreeSet<&str> = told.chain(adopted).collect();
    for child in children {
        let rows = episodes.by_child.get(child).map(Vec::as_slice).unwrap_or_default();
        let adopters = all_adopters.get(&child);
        let (ways, redated) = ways(rows, placed.remove(child).unwrap_or_default(), &standing);
        for row in redated {
            table.superseded(origin(row), id_of_placing(row), Superseded::Redated);
        }
        let last = ways.len();
        for (number, way) in (1..).zip(ways) {
            let Way { placed, order, superseded } = way;
            // The adopters are recorded once for each child: those of the last adoption.
            let adopters = adopters.filter(|_| number == last);
            let Some(row) = order.map(|order| order.row).or(placed).or(adopters) else { continue };
            let by_carer = adopters.map(|row| row.text("FOSTER_CARE")).filter(|flag| !flag.is_empty());
            table.push(
                origin(row),
                [
                    Value::Made(id(child, number)),
                    Value::Text(child),
                    way.period(rows).map_or(Value::Null, |period| Value::Made(period.to_owned())),
                    placed.map_or(Value::Null, |row| row.field("DATE_PLACED").into()),
                    order.map_or(Value::Null, Episode::dec),
                    order.map_or(Value::Null, |_| Value::Text("Adoption order")),
                    by_carer.map_or(Value::Null, Value::Text),
                    by_carer
                        .filter(|flag| {
                            matches!(
                                flag.to_ascii_lowercase().as_str(),
                                "1" | "y" | "yes" | "t" | "true" | "on"
                            )
                        })
                        .and(order)
                        .map_or(Value::Null, |order| fostered(rows, order)),
                    placed
                        .filter(|_| order.is_none())
                        .map_or(Value::Null, |row| standing::end(row, "DATE_PLACED_CEASED", superseded)),
                ],
            );
            if let Some((row, what)) = placed.zip(superseded) {
                table.superseded(origin(row), id(child, number), what);
            }
        }
    }
    // What is there twice in one file: the second row is reported and not read.
    let doubles = all_placed.doubles().map(|((child, _), row)| (*child, row));
    for (child, row) in doubles.chain(all_adopters.doubles().map(|(child, row)| (*child, row))) {
        let mut values = [const { Value::Null }; COLUMNS.len()];
        values[0] = Value::Made(id(child, 1));
        values[1] = Value::Text(child);
        table.push(origin(row), values);
    }
    for row in all_adopters.bad.iter().chain(&all_placed.bad) {
        table.push_bad(origin(*row));
    }
    table
}

fn id(child: &str, number: usize) -> String {
    if number == 1 { format!("{child}/adoption") } else { format!("{child}/adoption{number}") }
}

/// What a placing that is left out is called: no row of the table has that id.
fn id_of_placing(row: SheetRow<'_>) -> String {
    let start = day(row, "DATE_PLACED").date();
    let start = start.map_or_else(|| row.text("DATE_PLACED").to_owned(), |day| day.to_string());
    format!("{}/placed/{start}", row.text("CHILD"))
}

/// A placing for adoption with the order that it led to, if either is known.
#[derive(Clone, Copy)]
struct Way<'e, 'a> {
    placed: Option<SheetRow<'a>>,
    order: Option<&'e Episode<'a>>,
    /// What the return of the next year made of a placing without an order, if that does not have it.
    superseded: Option<Superseded>,
}

impl<'e, 'a> Way<'e, 'a> {
    /// The period of care: that of the order, or the one in which the child was placed, or else the last.
    fn period(&self, episodes: &'e [Episode<'a>]) -> Option<&'e str> {
        let placed = self.placed.and_then(|row| FORM.read(row.text("DATE_PLACED")));
        let of_order = self.order.map(|order| order.period.as_str());
        of_order
            .or_else(|| placed.and_then(|day| reviews::period(episodes, day)))
            .or_else(|| episodes.last().map(|episode| episode.period.as_str()))
    }
}

/// The ways of a child to adoption: the orders, each with its placing, then the placings that led to none. With them
/// the placings that a later year has from another day.
fn ways<'e, 'a>(
    episodes: &'e [Episode<'a>],
    mut placed: Vec<SheetRow<'a>>,
    standing: &Standing<'_>,
) -> (Vec<Way<'e, 'a>>, Vec<SheetRow<'a>>) {
    let day = |row: &SheetRow<'a>| FORM.read(row.text("DATE_PLACED"));
    let has_ceased = |row: &SheetRow<'a>| !FORM.is_no_end(row.text("DATE_PLACED_CEASED"));
    // Of several that could be meant, that of the latest year and then of the latest day is.
    for file in placed.chunk_by_mut(|a, b| a.is_of_file(*b)) {
        file.sort_by_key(day);
    }
    let newest = placed.last().copied();
    let mut ways: Vec<Way<'e, 'a>> = Vec::new();
    for order in orders(episodes) {
        let led = |row: &SheetRow<'a>| !has_ceased(row) && day(row) <= order.end;
        let placing = placed.iter().rposition(led).map(|place| placed.remove(place));
        ways.push(Way { placed: placing, order: Some(order), superseded: None });
    }
    // A placing that is dated after its order, or cannot be read, goes with the order all the same.
    if let Some(last) = ways.last_mut().filter(|way| way.placed.is_none()) {
        last.placed = placed.iter().rposition(|row| !has_ceased(row)).map(|place| placed.remove(place));
    }
    // One that neither ceased nor led to an order before the next was dated anew by a later year.
    let is_dated_anew = |row: &SheetRow<'a>| {
        let is_later = newest.is_some_and(|newest| !newest.is_of_file(*row));
        !has_ceased(row) && is_later && !standing.has_gap(*row)
    };
    let mut left: Vec<Way<'e, 'a>> = Vec::new();
    let mut redated = Vec::new();
    for row in placed {
        match standing.superseded(row) {
            Some(Superseded::Redated) => redated.push(row),
            superseded @ Some(Superseded::Dropped(_)) => {
                left.push(Way { placed: Some(row), order: None, superseded });
            }
            None if is_dated_anew(&row) => redated.push(row),
            None => left.push(Way { placed: Some(row), order: None, superseded: None }),
        }
    }
    if ways.is_empty() && left.is_empty() {
        // only the adopters are recorded
        return (vec![Way { placed: None, order: None, superseded: None }], redated);
    }
    (left.into_iter().chain(ways).collect(), redated)
}

/// The episodes that ended in an adoption: E11 not contested, E12 contested.
fn orders<'e, 'a>(episodes: &'e [Episode<'a>]) -> impl Iterator<Item = &'e Episode<'a>> {
    episodes.iter().filter(|episode| matches!(episode.row.code("REC").as_str(), "E11" | "E12"))
}

/// When a child who was adopted by the foster carer came to that carer: the first of the episodes up to the order
/// that no change of carer lies between.
fn fostered<'a>(episodes: &[Episode<'a>], order: &Episode<'a>) -> Value<'a> {
    let mut stay =
        episodes.iter().filter(|episode| episode.period == order.period && episode.start <= order.start);
    let changes = |episode: &&Episode<'a>| matches!(episode.row.code("RNE").as_str(), "S" | "P" | "B");
    stay.rfind(changes).map_or(Value::Null, |episode| episode.row.field("DECOM").into())
}
