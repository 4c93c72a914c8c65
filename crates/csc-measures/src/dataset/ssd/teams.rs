//! The names of teams, which tables of the Standard Safeguarding Dataset name by the number of their department.

use std::collections::HashMap;

use super::frame::Value;
use super::settling::Settling;
use crate::tables::Table;

pub(super) fn settle(settling: &mut Settling<'_>) {
    let Some(departments) = settling.frame(Table::Departments) else { return };
    let mut names: HashMap<Box<str>, Value> = HashMap::new();
    for row in departments.read() {
        let name = departments.value("name", row).filter(|name| !name.is_null());
        if let (Some(id), Some(name)) = (departments.id("department_id", row), name) {
            names.entry(id).or_insert_with(|| name.clone());
        }
    }
    for table in [Table::Referrals, Table::Assessments, Table::Workers] {
        let Some(frame) = settling.frame_mut(table) else { continue };
        let rows: Vec<usize> = frame.read().collect();
        for row in rows {
            // A team that no department has is known by its number, or is a name already.
            if let Some(name) = frame.id("team", row).and_then(|id| names.get(&id)) {
                frame.set("team", row, name.clone());
            }
        }
    }
}
