//! Where a child looked after lives, and how many placements there were.

use super::Terms;
use crate::dataset::PersonRecords;
use crate::policy::TemporaryPlacements;
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

/// The placements of one period of care that count by a day, in order, each with the day from which it counts.
///
/// Left out are temporary ones within their limit, those of no length, and those that were over before the
/// obligations of the period began; one that began before is taken as begun on that day.
struct Counted<'a, 'p> {
    child: &'a PersonRecords<'p>,
    terms: Terms<'a>,
    temporary: TemporaryPlacements,
    period: &'a [&'p Placement],
    day: Day,
}

/// One placement of a stay.
#[derive(Clone, Copy)]
struct Part<'p> {
    /// The number of the stay in its period.
    stay: usize,
    placement: &'p Placement,
    start: Day,
}

/// The number of stays with a day after `after` and by `day`: placements that go on with the same carer, in the
/// same home or after an interruption are one stay.
pub(crate) fn stays_in_window(
    child: &PersonRecords<'_>,
    terms: Terms<'_>,
    temporary: TemporaryPlacements,
    after: Day,
    day: Day,
) -> usize {
    let placements = by_period(child, day);
    let stays = placements.chunk_by(|a, b| a.cla == b.cla).map(|period| {
        let counted = Counted { child, terms, temporary, period, day };
        let is_in_window = |one: &Part<'_>| one.placement.end.is_none_or(|end| end > after.plus(1));
        let parts = counted.parts();
        parts.chunk_by(|a, b| a.stay == b.stay).filter(|stay| stay.iter().any(is_in_window)).count()
    });
    stays.sum()
}

/// The stay that a placement belongs to, as it stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stay {
    /// The start of its first placement.
    pub(crate) start: Day,
    /// The start of its first placement for adoption.
    pub(crate) placed_for_adoption: Option<Day>,
}

/// The stay of a placement on a day. One that does not count is a stay of its own.
pub(crate) fn stay_of(child: &PersonRecords<'_>, terms: Terms<'_>, placement: &Placement, day: Day) -> Stay {
    let placements = by_period(child, day);
    let mut periods = placements.chunk_by(|a, b| a.cla == b.cla);
    let period = periods.find(|period| period.iter().any(|one| one.cla == placement.cla)).unwrap_or(&[]);
    let temporary = TemporaryPlacements::Exclude;
    let parts = Counted { child, terms, temporary, period, day }.parts();
    let mut stays = parts.chunk_by(|a, b| a.stay == b.stay);
    let alone = [Part { stay: 0, placement, start: placement.start }];
    let stay = stays.find(|stay| stay.iter().any(|part| part.placement.id == placement.id)).unwrap_or(&alone);
    let adoption = stay.iter().find(|part| part.placement.kind.is_adoption());
    Stay {
        start: stay.first().map_or(placement.start, |part| part.start),
        placed_for_adoption: adoption.map(|part| part.start),
    }
}

/// The placements that began by a day, each period's together, by start and id.
fn by_period<'p>(child: &PersonRecords<'p>, day: Day) -> Vec<&'p Placement> {
    let mut placements: Vec<&Placement> =
        child.cla_placements.iter().filter(|placement| placement.start <= day).collect();
    // The rows lie by start and id; a stable sort brings each period's together.
    placements.sort_by_key(|placement| placement.cla);
    placements
}

impl<'p> Counted<'_, 'p> {
    /// The placements that count, in order, with the number of the stay that each is part of.
    fn parts(&self) -> Vec<Part<'p>> {
        let mut parts: Vec<Part<'_>> = Vec::with_capacity(self.period.len());
        for placement in self.period.iter().copied() {
            let Some(start) = self.counts_from(placement) else { continue };
            let stay = match parts.last() {
                Some(before) => before.stay + usize::from(!self.continues(before.placement, placement)),
                None => 0,
            };
            parts.push(Part { stay, placement, start });
        }
        parts
    }

    /// The day from which a placement counts.
    fn counts_from(&self, placement: &Placement) -> Option<Day> {
        if self.is_left_out_as_temporary(placement) || placement.end == Some(placement.start) {
            return None;
        }
        let of_cla = || self.child.periods.iter().filter(|period| period.cla == placement.cla);
        let period = of_cla().rfind(|period| period.start <= placement.start).or_else(|| of_cla().next());
        // Without a period of care there is nothing to begin before.
        let Some(period) = period else { return Some(placement.start) };
        let anchor = period.anchor?;
        if placement.end.is_some_and(|end| end <= anchor) || anchor > self.day {
            return None;
        }
        Some(placement.start.max(anchor))
    }

    /// A temporary placement within its limit, as it stands on the day.
    fn is_left_out_as_temporary(&self, placement: &Placement) -> bool {
        if self.temporary == TemporaryPlacements::Count {
            return false;
        }
        match placement.kind {
            PlacementType::Temporary { ends: None } => true,
            PlacementType::Temporary { ends: Some(clock) } => {
                let until = placement.end.filter(|end| *end <= self.day).unwrap_or(self.day);
                self.terms.is_in_time(clock, placement.start, until) == Some(true)
            }
            _ => false,
        }
    }

    /// Whether a placement goes on from the one before it.
    fn continues(&self, before: &Placement, placement: &Placement) -> bool {
        if placement.kind == PlacementType::AdoptionByCarer
            || (placement.carer.is_some() && placement.carer == before.carer)
        {
            return true;
        }
        let episodes = self.child.cla_episodes.iter();
        let reason = episodes
            .filter(|episode| episode.placement == Some(placement.id) && episode.start <= self.day)
            .map(|episode| episode.start_reason)
            .next();
        if reason == Some(StartReason::SameCarer) {
            return true;
        }
        if reason == Some(StartReason::NewPlacement) {
            return false;
        }
        before.kind.is_renamed(placement.kind) || self.is_return(before, placement)
    }

    /// Whether a placement begins on the day on which a temporary one that is left out ended.
    fn is_return(&self, before: &Placement, placement: &Placement) -> bool {
        let interrupts = |other: &&&Placement| {
            other.is_temporary() && self.counts_from(other).is_none() && other.end == Some(placement.start)
        };
        let carers_differ = before.carer.zip(placement.carer).is_some_and(|(a, b)| a != b);
        self.temporary == TemporaryPlacements::Exclude
            && !carers_differ
            && self.period.iter().any(|other| interrupts(&other))
    }
}
