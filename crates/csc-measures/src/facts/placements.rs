//! Where a child looked after lives, and how many placements there were.

use super::Terms;
use crate::dataset::PersonRecords;
use crate::policy::TemporaryPlacements;
use crate::tables::records::{Interval, Placement, PlacementType, StartReason};
use crate::time::Day;

/// Months in a placement after which the intervals of visits grow.
pub(crate) const FIRST_YEAR_OF_PLACEMENT: i32 = 12;

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

/// One placement of a stay.
#[derive(Clone, Copy)]
struct Part<'p> {
    /// The number of the stay in its period.
    stay: usize,
    placement: &'p Placement,
    /// The day from which it counts.
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
    let is_in_window = |part: &Part<'_>| part.placement.end.is_none_or(|end| end > after.plus(1));
    let placements = by_period(child, day);
    let stays = placements.chunk_by(|a, b| a.cla == b.cla).map(|period| {
        let parts = Period { child, terms, temporary, day }.parts(period);
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
    let of_period = |other: &&Placement| other.cla == placement.cla && other.start <= day;
    let period: Vec<&Placement> = child.cla_placements.iter().filter(of_period).collect();
    let temporary = TemporaryPlacements::Exclude;
    let parts = Period { child, terms, temporary, day }.parts(&period);
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

/// By what the placements of one period of care are read.
struct Period<'a, 'p> {
    child: &'a PersonRecords<'p>,
    terms: Terms<'a>,
    temporary: TemporaryPlacements,
    day: Day,
}

impl<'p> Period<'_, 'p> {
    /// The placements that count, in order, with the number of the stay that each is part of.
    ///
    /// Left out are temporary ones within their limit, those of no length, and those that were over before the
    /// obligations of the period began; one that began before is taken as begun on that day.
    fn parts(&self, period: &[&'p Placement]) -> Vec<Part<'p>> {
        let mut begun: Vec<(&Placement, Day)> =
            period.iter().filter_map(|placement| Some((*placement, self.begins(placement)?))).collect();
        begun.sort_by(|(a, a_start), (b, b_start)| {
            a_start.cmp(b_start).then_with(|| self.terms.compare_placements(a.id, b.id))
        });
        let mut parts: Vec<Part<'_>> = Vec::with_capacity(begun.len());
        for (placement, start) in &begun {
            if self.is_left_out(placement, *start) {
                continue;
            }
            let stay = match parts.last() {
                Some(before) => {
                    before.stay + usize::from(!self.continues(before.placement, placement, *start, &begun))
                }
                None => 0,
            };
            parts.push(Part { stay, placement, start: *start });
        }
        parts
    }

    /// The day from which a placement counts: not before the obligations of its care begin; `None` if it was
    /// over by then.
    fn begins(&self, placement: &Placement) -> Option<Day> {
        let start = placement.start;
        let of_cla = self
            .child
            .periods
            .iter()
            .filter(|period| period.cla == placement.cla && period.start <= self.day);
        let care =
            of_cla.filter(|period| period.end.is_none_or(|end| end > start)).min_by_key(|care| care.start);
        // Without a period of care there is nothing to begin before.
        let Some(care) = care else { return Some(start) };
        let anchor = care.anchor?;
        if start >= anchor {
            return Some(start);
        }
        (anchor <= self.day && placement.end.is_none_or(|end| end > anchor)).then_some(anchor)
    }

    /// Whether a placement is of no length, or a temporary one within its limit, as it stands on the day.
    fn is_left_out(&self, placement: &Placement, start: Day) -> bool {
        if placement.end == Some(placement.start) {
            return true;
        }
        match placement.kind {
            _ if self.temporary == TemporaryPlacements::Count => false,
            PlacementType::Temporary { ends: None } => true,
            PlacementType::Temporary { ends: Some(clock) } => {
                let until = placement.end.filter(|end| *end <= self.day).unwrap_or(self.day);
                self.terms.is_in_time(clock, start, until) == Some(true)
            }
            _ => false,
        }
    }

    /// Whether a placement goes on from the one before it.
    fn continues(
        &self,
        before: &Placement,
        placement: &Placement,
        start: Day,
        begun: &[(&Placement, Day)],
    ) -> bool {
        if placement.kind == PlacementType::AdoptionByCarer
            || (placement.carer.is_some() && placement.carer == before.carer)
        {
            return true;
        }
        let mut episodes = self.child.cla_episodes.iter();
        let reason = episodes
            .find(|episode| episode.placement == Some(placement.id) && episode.start <= self.day)
            .map(|episode| episode.start_reason);
        let carers_differ = before.carer.zip(placement.carer).is_some_and(|(a, b)| a != b);
        match reason {
            Some(StartReason::SameCarer) => true,
            Some(StartReason::NewPlacement) => false,
            _ if carers_differ => false,
            _ => before.kind.is_renamed(placement.kind) || self.is_return(start, begun),
        }
    }

    /// Whether a placement begins on the day on which a temporary one that is left out ended.
    fn is_return(&self, start: Day, begun: &[(&Placement, Day)]) -> bool {
        let interrupted = |(other, other_start): &(&Placement, Day)| {
            other.is_temporary() && self.is_left_out(other, *other_start) && other.end == Some(start)
        };
        self.temporary == TemporaryPlacements::Exclude && begun.iter().any(interrupted)
    }
}
