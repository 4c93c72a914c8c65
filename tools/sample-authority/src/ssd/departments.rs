//! The departments: the dataset names a team by its number.

use std::collections::BTreeMap;
use std::error::Error;

use csc_measures::tables::Table;

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

    /// The number of each team, by its name.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&String, &String)> {
        self.0.iter()
    }

    /// The number of a team; none for none.
    pub(super) fn id(&self, team: &str) -> &str {
        self.0.get(team).map_or("", String::as_str)
    }
}
