//! The names of teams, which tables of the Standard Safeguarding Dataset name by the number of their department.

use std::collections::HashMap;

use super::frame::Value;
use super::held::Held;
use super::settling::Settling;
use crate::tables::Table;

pub(super) fn settle(settling: &mut Settling<'_>) {
    let Some(departments) = settling.frame(Table::Departments) else { return };
    let mut places: HashMap<Box<str>, usize> = HashMap::new();
    let mut names = Held::default();
    for row in departments.read() {
        let name = departments.value("name", row).filter(|name| !name.is_null());
        if let (Some(id), Some(name)) = (departments.id("department_id", row), name) {
            places.entry(id).or_insert_with(|| names.push(name.0));
        }
    }
    for table in [Table::Referrals, Table::Assessments, Table::Workers] {
        let Some(frame) = settling.frame_mut(table) else { continue };
        let rows: Vec<usize> = frame.read().collect();
        for row in rows {
            // A team that no department has is known by its number, or is a name already.
            let place = frame.id("team", row).and_then(|id| places.get(&id));
            if let Some(name) = place.and_then(|place| names.get(*place)) {
                frame.set("team", row, Value(name));
            }
        }
    }
}
