//! The names of teams, which tables of the Standard Safeguarding Dataset name by the number of their department.

use std::collections::HashMap;

use super::frame::{Frame, Place, Value};
use super::held::Held;
use super::helpers::{TEAM_OF_CIN_PLAN, TEAM_OF_CONFERENCE, TEAM_OF_INVOLVEMENT};
use super::nulls::NO_KEYS;
use super::settling::Settling;
use crate::tables::{TEAM_OF_WORKER, Table};

pub(super) fn settle(settling: &mut Settling<'_>) {
    let Some(departments) = Departments::of(settling) else { return };
    for table in [Table::Referrals, Table::Assessments, Table::Workers] {
        let Some(frame) = settling.frame_mut(table) else { continue };
        let column = frame.column("team");
        let rows: Vec<usize> = frame.read().collect();
        for row in rows {
            // A team that no department has is known by its number, or is a name already.
            let name = frame.id(column, row).and_then(|id| departments.name(&id));
            if let Some(name) = name {
                frame.set(column, row, name);
            }
        }
    }
}

/// The names of departments by their numbers.
struct Departments {
    places: HashMap<Box<str>, usize>,
    names: Held,
}

impl Departments {
    /// `None`: there is no table of them.
    fn of(settling: &Settling<'_>) -> Option<Self> {
        let departments = settling.frame(Table::Departments)?;
        let mut places: HashMap<Box<str>, usize> = HashMap::new();
        let mut names = Held::default();
        let (name, department_id) = (departments.column("name"), departments.column("department_id"));
        for row in departments.read() {
            let name = departments.value(name, row).filter(|name| !name.is_null());
            if let (Some(id), Some(name)) = (departments.id(department_id, row), name) {
                places.entry(id).or_insert_with(|| names.push(name.0));
            }
        }
        Some(Self { places, names })
    }

    fn name(&self, id: &str) -> Option<Value<'_>> {
        self.names.get(*self.places.get(id)?).map(Value)
    }
}

/// Rows of cases that name the team that has them, by their tables.
const CASES: [(Table, &str); 3] = [
    (Table::Involvements, TEAM_OF_INVOLVEMENT),
    (Table::CinPlans, TEAM_OF_CIN_PLAN),
    (Table::InitialConferences, TEAM_OF_CONFERENCE),
];

/// Notes the teams of cases, if it may be that no worker's is known.
pub(super) fn of_cases(settling: &mut Settling<'_>) {
    let knows_workers = match settling.frame(Table::Workers) {
        Some(workers) => {
            let team = workers.column("team");
            workers.read().any(|row| workers.text(team, row).is_some())
        }
        None => settling.supplied.is_column_given(Table::Workers, TEAM_OF_WORKER),
    };
    let departments = Departments::of(settling);
    for (table, column) in CASES {
        if table == Table::Involvements && knows_workers {
            continue;
        }
        let Some(frame) = settling.frames.iter().find(|frame| frame.table == table) else { continue };
        let column = frame.helper(column);
        if frame.has(column) {
            let departments = departments.as_ref();
            let teams = frame.read().map(|row| (frame.number(row), team(frame, column, row, departments)));
            settling.case_teams.take(table, teams);
        }
    }
}

/// The team that a row names: that of its department, if there is such a one.
fn team(frame: &Frame, column: Place, row: usize, departments: Option<&Departments>) -> Option<Box<str>> {
    let given = frame.value(column, row)?;
    let id = given.id();
    if id.as_ref().is_some_and(|id| NO_KEYS.contains(&&**id)) {
        return None;
    }
    let named = id.and_then(|id| departments?.name(&id)?.text_of());
    named.or_else(|| given.text_of())
}
