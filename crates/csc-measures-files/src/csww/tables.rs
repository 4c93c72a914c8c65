//! The table that is made of a workforce census.

use std::collections::BTreeMap;

use csc_measures::Origin;
use csc_measures::tables::Lack;

use super::census::*;
use crate::derived::{Derived, Value};

impl Census {
    /// The tables that are made of it.
    pub(crate) fn tables(&self) -> Vec<Derived<'_>> {
        vec![workers(self)]
    }
}

/// A row for each role: a worker who left and came back has two, and one that is there twice has one and is reported.
fn workers(census: &Census) -> Derived<'_> {
    const COLUMNS: [&str; 8] = [
        "worker_id",
        "fte",
        "agency",
        "start_date",
        "end_date",
        "leaving_type",
        "long_term_absence",
        "cases_held",
    ];
    let mut table = Derived::new("workers", &COLUMNS);
    table.stood_at(census.as_at);
    table.lacks(Lack::Terms);
    let mut roles: Roles<'_> = BTreeMap::new();
    for (number, worker) in (1..).zip(&census.workers) {
        table.push(
            Origin { source: &census.source, row: number },
            [
                id(worker, &mut roles),
                fte(worker),
                one(worker, AGENCY),
                one(worker, START),
                one(worker, END),
                leaving(worker),
                is_absent(worker),
                one(worker, CASES),
            ],
        );
    }
    for (source, count) in &census.faults {
        for row in 1..=*count {
            table.push_bad(Origin { source, row });
        }
    }
    if census.workers.is_empty() {
        table.lacks(Lack::Everything);
    }
    table
}

/// The roles of each worker, with their numbers.
type Roles<'a> = BTreeMap<&'a str, BTreeMap<&'a Worker, usize>>;

/// The worker's number, and from the second role on which it is.
fn id<'a>(worker: &'a Worker, roles: &mut Roles<'a>) -> Value<'a> {
    let own = one(worker, ID);
    let Value::Text(number) = own else { return own };
    if number.is_empty() {
        return own;
    }
    let of_worker = roles.entry(number).or_default();
    let next = of_worker.len() + 1;
    match *of_worker.entry(worker).or_insert(next) {
        1 => own,
        role => Value::Made(format!("{number}/{role}")),
    }
}

/// Full-time equivalents of the role, or else those of 30 September.
fn fte(worker: &Worker) -> Value<'_> {
    let of_role = worker.texts(FTE).iter().any(|text| !text.is_empty());
    one(worker, if of_role { FTE } else { FTE_30 })
}

/// How a worker left, by the reason. Other reasons, and those that are not known or not yet collected, say nothing of it.
fn leaving(worker: &Worker) -> Value<'_> {
    match one(worker, LEFT_FOR) {
        // resigned, voluntarily redundant, redundant, dismissed, retired, died
        Value::Text("1" | "2" | "3" | "4" | "5" | "6") => Value::Text("left_authority"),
        // to other work of the authority
        Value::Text("7") => Value::Text("internal_move"),
        Value::Text("8" | "9" | "10") => Value::Null,
        other => other,
    }
}

/// Whether the worker is absent on 30 September: the element may stand there for each absence.
fn is_absent(worker: &Worker) -> Value<'_> {
    match worker.texts(ABSENT) {
        [] => Value::Null,
        [only] => Value::Text(only),
        several if several.iter().all(|text| matches!(text.as_str(), "0" | "1")) => {
            Value::Bool(several.iter().any(|text| text == "1"))
        }
        _ => Value::Unreadable,
    }
}

/// What stands in an element that may stand there once.
fn one<'a>(worker: &'a Worker, element: &str) -> Value<'a> {
    match worker.texts(element) {
        [] => Value::Null,
        [only] => Value::Text(only),
        _ => Value::Unreadable,
    }
}
