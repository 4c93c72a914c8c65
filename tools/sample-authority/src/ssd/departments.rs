//! The departments: the dataset names a team by its number.

use std::collections::BTreeMap;
use std::error::Error;

use csc_measures::tables::Table;

use super::choice::System;
use super::extract::Extract;
use super::sheet::{Sheet, Values};
use crate::tables::Tables;

/// The number of the first department.
const FIRST: usize = 501;

/// The number of each team, by its name.
#[derive(Default)]
pub(super) struct Departments(BTreeMap<String, String>);

impl Departments {
    /// Those that the tables name, in the order of their names.
    pub(super) fn read(tables: &Tables<'_>) -> Result<Self, Box<dyn Error>> {
        let mut names = BTreeMap::new();
        for table in [Table::Referrals, Table::Assessments, Table::Workers] {
            for row in tables.rows(table)? {
                names.insert(row.get("team").to_owned(), String::new());
            }
        }
        names.remove("");
        for (number, id) in names.values_mut().enumerate() {
            *id = (FIRST + number).to_string();
        }
        Ok(Self(names))
    }

    /// The number of a team; none for none.
    pub(super) fn id(&self, team: &str) -> &str {
        self.0.get(team).map_or("", String::as_str)
    }
}

/// `ssd_department`; Mosaic's script does not fill it.
pub(super) fn departments(extract: &Extract<'_>) -> Sheet {
    let columns = ["dept_team_id", "dept_team_name", "dept_team_parent_id", "dept_team_parent_name"];
    let mut sheet = Sheet::new("ssd_department", &columns);
    let names = (!extract.choice.of(System::Mosaic)).then_some(&extract.departments.0);
    for (name, id) in names.into_iter().flatten() {
        sheet.add(Values::default().text("dept_team_id", id).text("dept_team_name", name));
    }
    sheet
}
