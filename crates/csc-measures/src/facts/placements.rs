//! Where a child looked after lives, and how many placements there were.

use super::Terms;
use crate::dataset::PersonRecords;
use crate::dataset::is_respite;
use crate::tables::records::{Interval, Placement, PlacementType, StartReason};
use crate::time::Day;

/// The placement of a child on a day.
///
/// A temporary one (hospital, holiday, a carer's holiday: T0 to T4) gives way to the one it interrupts.
pub(crate) fn placement_at<'a>(child: &PersonRecords<'a>, day: Day) -> Option<&'a Placement> {
    let open = |placement: &&Placement| placement.is_open(day);
    let lasting = child.cla_placements.iter().rfind(|placement| open(placement) && !placement.is_temporary());
    if lasting.is_some() {
        return lasting;
    }
    let temporary = child.cla_placements.iter().rfind(open)?;
    let interrupted = child.cla_placements.iter().rfind(|placement| {
        !placement.is_temporary() && placement.cla == temporary.cla && placement.start <= day
    });
    interrupted.or(Some(temporary))
}

/// The number of placements with a day after `after` and by `day`.
///
/// Those that go on with the same carer are one; temporary ones within their limit, those of no length, and
/// those that begin during a short break are none.
pub(crate) fn placements_in_window(
    child: &PersonRecords<'_>,
    terms: Terms<'_>,
    after: Day,
    day: Day,
) -> usize {
    let mut placements: Vec<&Placement> =
        child.cla_placements.iter().filter(|placement| placement.start <= day).collect();
    // The rows lie by start and id; a stable sort brings each period's together.
    placements.sort_by_key(|placement| placement.cla);
    placements
        .chunk_by(|a, b| a.cla == b.cla)
        .map(|period| stays_in_window(child, terms, period, after, day))
        .sum()
}

fn stays_in_window(
    child: &PersonRecords<'_>,
    terms: Terms<'_>,
    period: &[&Placement],
    after: Day,
    day: Day,
) -> usize {
    let mut stays = 0;
    let mut in_window = false;
    let mut before: Option<&Placement> = None;
    for placement in period.iter().copied().filter(|placement| counts(child, terms, placement, day)) {
        if !before.is_some_and(|before| continues(child, terms, period, before, placement, day)) {
            stays += usize::from(in_window);
            in_window = false;
        }
        in_window |= placement.end.is_none_or(|end| end > after.plus(1));
        before = Some(placement);
    }
    stays + usize::from(in_window)
}

/// A temporary placement within its limit, as it stands on a day.
fn is_left_out_as_temporary(terms: Terms<'_>, placement: &Placement, day: Day) -> bool {
    match placement.kind {
        PlacementType::Temporary { ends: None } => true,
        PlacementType::Temporary { ends: Some(clock) } => {
            let until = placement.end.filter(|end| *end <= day).unwrap_or(day);
            terms.is_in_time(clock, placement.start, until) == Some(true)
        }
        _ => false,
    }
}

fn counts(child: &PersonRecords<'_>, terms: Terms<'_>, placement: &Placement, day: Day) -> bool {
    !is_left_out_as_temporary(terms, placement, day)
        && placement.end != Some(placement.start)
        && !is_respite(child.legal_statuses, placement.start)
}

/// Whether a placement goes on from the one before it.
fn continues(
    child: &PersonRecords<'_>,
    terms: Terms<'_>,
    period: &[&Placement],
    before: &Placement,
    placement: &Placement,
    day: Day,
) -> bool {
    if placement.kind == PlacementType::AdoptionByCarer
        || (placement.carer.is_some() && placement.carer == before.carer)
    {
        return true;
    }
    let reason = child
        .cla_episodes
        .iter()
        .find(|episode| episode.placement == Some(placement.id) && episode.start <= day)
        .map(|episode| episode.start_reason);
    if reason == Some(StartReason::SameCarer) {
        return true;
    }
    // One left out because it began in respite is left out as much as one that kept to its limit.
    let is_return = period.iter().any(|other| {
        matches!(other.kind, PlacementType::Temporary { .. })
            && !counts(child, terms, other, day)
            && other.end == Some(placement.start)
    });
    let carers_differ = before.carer.zip(placement.carer).is_some_and(|(a, b)| a != b);
    is_return && !carers_differ && reason != Some(StartReason::NewPlacement)
}
