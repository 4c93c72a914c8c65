//! The teams that rows name as those of their case, read where nobody knows the team of a child's worker.

use std::collections::HashMap;

use super::row_numbers::RowNumbers;
use super::store::Store;
use super::supplied::Supplied;
use crate::tables::{Names, TEAM_OF_WORKER, Table};
use crate::value::index::{RowNumber, TeamNo};

/// By table the teams of its rows, in their order.
#[derive(Debug, Default)]
pub(super) struct CaseTeams {
    names: Vec<Box<str>>,
    places: HashMap<Box<str>, u32>,
    rows: Vec<(Table, Vec<OfRow>)>,
}

/// The number of a row, and the place of its team among the names.
#[derive(Clone, Copy, Debug)]
struct OfRow {
    number: RowNumber,
    team: Option<u32>,
}

impl CaseTeams {
    /// Takes the rows of a table, with their numbers in the input.
    pub(super) fn take(&mut self, table: Table, rows: impl Iterator<Item = (u64, Option<Box<str>>)>) {
        let of_rows = rows.map(|(number, team)| {
            let team = team.and_then(|team| self.place(team));
            OfRow { number: RowNumber::new(number), team }
        });
        let of_rows = of_rows.collect();
        self.rows.push((table, of_rows));
    }

    /// The place of a name, which is added if it is not there.
    fn place(&mut self, team: Box<str>) -> Option<u32> {
        if let Some(place) = self.places.get(&team) {
            return Some(*place);
        }
        let place = u32::try_from(self.names.len()).ok()?;
        self.names.push(team.clone());
        self.places.insert(team, place);
        Some(place)
    }

    /// Says of the rows that are used which team has the case: of involvements where workers have no column of teams,
    /// of plans and conferences also where nobody says whose worker is whose.
    pub(super) fn tell(&self, store: &mut Store, names: &mut Names, supplied: &mut Supplied) {
        let knows_workers = supplied.has_column(Table::Workers, TEAM_OF_WORKER);
        let knows_leads = supplied.usable(Table::Involvements).is_some();
        if knows_workers && knows_leads {
            return;
        }
        for (table, rows) in &self.rows {
            let teams = |numbers: &RowNumbers, names: &mut Names| self.of(rows, numbers, names);
            let is_any = match table {
                Table::Involvements if !knows_workers => {
                    let teams = teams(&store.involvements.numbers, names);
                    set(&mut store.involvements.records, teams, |row| &mut row.team)
                }
                Table::CinPlans => {
                    let teams = teams(&store.cin_plans.numbers, names);
                    set(&mut store.cin_plans.records, teams, |row| &mut row.team)
                }
                Table::InitialConferences => {
                    let teams = teams(&store.initial_conferences.numbers, names);
                    set(&mut store.initial_conferences.records, teams, |row| &mut row.team)
                }
                _ => false,
            };
            if let Some(supply) = supplied.get_mut(*table) {
                supply.teams = is_any;
            }
        }
    }

    /// The teams of the rows that are used, which come in the order in which all of them came.
    fn of(&self, rows: &[OfRow], used: &RowNumbers, names: &mut Names) -> Vec<Option<TeamNo>> {
        let mut rows = rows.iter();
        let of_used = used.iter().map(|number| rows.find(|row| row.number == number));
        let name = |row: &OfRow| self.names.get(row.team? as usize);
        of_used.map(|row| row.and_then(name).map(|team| names.team(team))).collect()
    }
}

/// Sets the teams of records, and says whether any has one.
fn set<R>(
    records: &mut [R],
    teams: Vec<Option<TeamNo>>,
    team: impl Fn(&mut R) -> &mut Option<TeamNo>,
) -> bool {
    let mut is_any = false;
    for (record, of_row) in records.iter_mut().zip(teams) {
        *team(record) = of_row;
        is_any |= of_row.is_some();
    }
    is_any
}
