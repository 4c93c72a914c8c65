//! The Standard Safeguarding Dataset as systems fill it: rules that decide from the data how its tables are read.
//!
//! One system shares the ids of a form among brothers and sisters, another writes the last day in place of the first
//! day after, a third leaves a person out and names a plan. No system is named here: each rule looks at whole tables
//! that came under the names of the dataset, and does nothing where they are as the dataset has it.

mod births;
mod care_plans;
mod early_help;
mod ends;
mod extract;
mod frame;
mod held;
mod helpers;
mod ids;
mod leavers;
mod links;
mod nulls;
mod persons;
mod settling;
mod signs;
mod strategy;
mod teams;

pub(super) use frame::Frame;
pub(super) use helpers::{helper, is_worked_out};
pub(super) use settling::Settling;

use std::collections::BTreeMap;

use super::supplied::Signs;
use crate::tables::Table;
use crate::time::Day;
use frame::Fate;

/// What the content of the tables says of them as a whole.
pub(super) struct Settled {
    /// The day of the extract.
    pub(super) extract: Option<Day>,
    /// By table what its rows say of whether it holds what is asked of it.
    pub(super) signs: BTreeMap<Table, Signs>,
}

/// Settles how the tables are read.
pub(super) fn settle(settling: &mut Settling<'_>) -> Settled {
    nulls::settle(settling);
    drop_empty_rows(settling);
    teams::settle(settling);
    persons::settle(settling);
    // Before ids are parted: plans name their conferences by them.
    links::transfers_in(settling);
    ids::settle(settling);
    links::settle(settling);
    nulls::leave_out(settling);
    early_help::settle(settling);
    teams::of_cases(settling);
    strategy::settle(settling);
    ends::settle(settling);
    let extract = extract::day(settling);
    births::settle(settling, extract);
    leavers::settle(settling);
    care_plans::settle(settling);
    Settled { extract, signs: signs::read(settling, extract) }
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
