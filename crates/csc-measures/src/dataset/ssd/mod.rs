//! The Standard Safeguarding Dataset as systems fill it: rules that decide from the data how its tables are read.
//!
//! One system shares the ids of a form among brothers and sisters, another writes the last day in place of the first
//! day after, a third leaves a person out and names a plan. No system is named here: each rule looks at whole tables
//! that came under the names of the dataset, and does nothing where they are as the dataset has it.

mod births;
mod early_help;
mod ends;
mod frame;
mod helpers;
mod ids;
mod leavers;
mod links;
mod persons;
mod settling;
mod strategy;

pub(super) use frame::Frame;
pub(super) use helpers::{helper, is_derived, is_worked_out};
pub(super) use settling::Settling;

use frame::Fate;

/// Settles how the tables are read.
pub(super) fn settle(settling: &mut Settling<'_>) {
    drop_empty_rows(settling);
    persons::settle(settling);
    // Before ids are parted: plans name their conferences by them.
    links::transfers_in(settling);
    ids::settle(settling);
    links::settle(settling);
    early_help::settle(settling);
    strategy::settle(settling);
    ends::settle(settling);
    births::settle(settling);
    leavers::settle(settling);
}

/// A row of nulls is what an extract writes for a table that the system does not fill.
fn drop_empty_rows(settling: &mut Settling<'_>) {
    for frame in settling.frames.iter_mut() {
        let empty: Vec<usize> = frame.read().filter(|row| frame.is_empty_row(*row)).collect();
        for row in empty {
            if let Some(fate) = frame.fates.get_mut(row) {
                *fate = Fate::Merged;
            }
        }
    }
}
