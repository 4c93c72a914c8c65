//! Care plans that a system writes as one row for each step of review, ended on the day of that step: none is open, and
//! so a plan lasts to the next.

use super::settling::Settling;
use crate::tables::Table;

/// So many plans of which none is open tell that ends are not those of plans.
const PLANS: usize = 20;

pub(super) fn settle(settling: &mut Settling<'_>) {
    let Some(plans) = settling.frame_mut(Table::CarePlans) else { return };
    let end_date = plans.column("end_date");
    let rows: Vec<usize> = plans.read().collect();
    if rows.len() >= PLANS && rows.iter().all(|row| plans.day(end_date, *row).is_some()) {
        plans.remove(end_date);
    }
}
