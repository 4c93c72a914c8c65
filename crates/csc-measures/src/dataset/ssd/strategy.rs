//! The strategy discussion that began an enquiry, told by the day by which its conference is to be held.
//!
//! Some systems write when the step of an enquiry began, which is up to some days after the discussion, and work out
//! the target of the conference from the discussion itself, by its clock. Others keep a target that
//! somebody typed, which tells nothing of the discussion. The data say which: where the starts are not the days that
//! the targets tell, they lie shortly after them, nearly all.

use std::collections::{BTreeSet, HashMap};

use super::frame::Value;
use super::settling::Settling;
use crate::tables::Table;
use crate::time::Day;
use crate::time::calendar::Calendar;
use crate::time::clock::ClockId;

/// The working days after the strategy discussion in which a conference is to be held.
const DUE_IN: u16 = ClockId::ICPC.units_after_the_event();
/// The working days within which the step of an enquiry begins after its discussion.
const STEP_BEGINS: i32 = 3;
/// Nearly all: all but one in so many.
const NEARLY_ALL: usize = 20;

pub(super) fn settle(settling: &mut Settling<'_>) {
    // A council that lists its strategy discussions is not told when they were.
    if settling.has_own(Table::StrategyDiscussions) {
        return;
    }
    let calendar = Calendar::england_and_wales();
    let discussions = discussions(settling, &calendar);
    let Some(enquiries) = settling.frame_mut(Table::Section47Enquiries) else { return };
    let (mut as_written, mut elsewhere, mut later) = (0_usize, 0_usize, Vec::new());
    let [s47_enquiry_id, start_date] = ["s47_enquiry_id", "start_date"].map(|name| enquiries.column(name));
    for row in enquiries.read() {
        let id = enquiries.id(s47_enquiry_id, row);
        let told = id.and_then(|id| discussions.get(&id).copied());
        let (Some(told), Some(start)) = (told, enquiries.day(start_date, row)) else { continue };
        match told.and_then(|told| Some((told, calendar.count(told, start).filter(|_| told <= start)?))) {
            Some((_, 0)) => as_written += 1,
            Some((day, 1..=STEP_BEGINS)) => later.push((row, day)),
            _ => elsewhere += 1,
        }
    }
    let differ = later.len() + elsewhere;
    let is_systematic = differ * NEARLY_ALL >= as_written + differ;
    if later.is_empty() || elsewhere * NEARLY_ALL > differ || !is_systematic {
        return;
    }
    for (row, day) in later {
        enquiries.set(start_date, row, Value::day(day));
    }
    enquiries.work_out(start_date);
}

/// By enquiry the strategy discussion that its conference tells; `None` if that is none. Conferences that are to be
/// held by different days tell nothing.
fn discussions(settling: &Settling<'_>, calendar: &Calendar) -> HashMap<Box<str>, Option<Day>> {
    let mut targets: HashMap<Box<str>, BTreeSet<Day>> = HashMap::new();
    let Some(conferences) = settling.frame(Table::InitialConferences) else { return HashMap::new() };
    let [transfer_in, s47_enquiry_id] =
        ["transfer_in", "s47_enquiry_id"].map(|name| conferences.column(name));
    let target_date = conferences.helper("icpc_icpc_target_date");
    for row in conferences.read() {
        // The clock of a child who moved in with a plan runs from another day.
        if conferences.value(transfer_in, row).and_then(Value::flag) == Some(true) {
            continue;
        }
        let target = conferences.day(target_date, row);
        if let (Some(enquiry), Some(target)) = (conferences.id(s47_enquiry_id, row), target) {
            targets.entry(enquiry).or_default().insert(target);
        }
    }
    let one = targets.into_iter().filter(|(_, targets)| targets.len() == 1);
    one.filter_map(|(enquiry, targets)| Some((enquiry, discussion(calendar, *targets.first()?)))).collect()
}

/// The working day from which the clock of a conference ends on a working day.
fn discussion(calendar: &Calendar, target: Day) -> Option<Day> {
    let is_working = |day: Day| calendar.count(day.plus(-1), day) == Some(1);
    let mut day = target;
    is_working(target).then_some(())?;
    while calendar.count(day, target)? < i32::from(DUE_IN) || !is_working(day) {
        day = day.plus(-1);
    }
    Some(day)
}
