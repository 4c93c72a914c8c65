//! Where a child looked after lives, and how many placements there were.

use std::cell::OnceCell;

use super::Terms;
use crate::dataset::{CarePeriod, PersonRecords};
use crate::policy::TemporaryPlacements;
use crate::tables::records::{Interval, Placement, PlacementType, StartReason};
use crate::time::Day;
use crate::value::index::{ClaNo, IdNo, part};

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
    let care = Care::of(child, day);
    let stays = placements.chunk_by(|a, b| a.cla == b.cla).map(|period| {
        let parts = Period { care: &care, terms, temporary, day }.parts(period);
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
    let parts = Period { care: &Care::of(child, day), terms, temporary, day }.parts(&period);
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

/// What is looked up in a child's records for each placement, as far as it is known on a day.
struct Care<'a, 'p> {
    child: &'a PersonRecords<'p>,
    day: Day,
    /// By period of care and start, if there are many.
    periods: OnceCell<Vec<&'p CarePeriod>>,
    /// Why placements started, by placement, if there are many episodes.
    reasons: OnceCell<Vec<(IdNo, StartReason)>>,
}

/// So few rows are sooner read through than sorted.
const FEW: usize = 16;

impl<'a, 'p> Care<'a, 'p> {
    fn of(child: &'a PersonRecords<'p>, day: Day) -> Self {
        Self { child, day, periods: OnceCell::new(), reasons: OnceCell::new() }
    }

    /// The first run of days of a period of care that ends after a day.
    fn period_after(&self, cla: ClaNo, day: Day) -> Option<&'p CarePeriod> {
        let is_known = |period: &&CarePeriod| period.start <= self.day;
        let is_over = |period: &CarePeriod| period.end.is_some_and(|end| end <= day);
        if self.child.periods.len() <= FEW {
            let of_cla = self.child.periods.iter().filter(is_known).filter(|period| period.cla == cla);
            return of_cla.filter(|period| !is_over(period)).min_by_key(|period| period.start);
        }
        let sorted = self.periods.get_or_init(|| {
            let mut known: Vec<&CarePeriod> = self.child.periods.iter().filter(is_known).collect();
            known.sort_by_key(|period| (period.cla, period.start));
            known
        });
        let from = sorted.partition_point(|period| period.cla < cla);
        let to = sorted.partition_point(|period| period.cla <= cla);
        // The runs of one period of care have days between them, and so end in the order in which they start.
        let of_cla = part(sorted, from..to);
        of_cla.get(of_cla.partition_point(|period| is_over(period))).copied()
    }

    /// Why the first episode in a placement started.
    fn start_reason(&self, placement: IdNo) -> Option<StartReason> {
        let known = || self.child.cla_episodes.iter().filter(|episode| episode.start <= self.day);
        if self.child.cla_episodes.len() <= FEW {
            let first = known().find(|episode| episode.placement == Some(placement));
            return first.map(|episode| episode.start_reason);
        }
        let sorted = self.reasons.get_or_init(|| {
            let mut reasons: Vec<(IdNo, StartReason)> =
                known().filter_map(|episode| Some((episode.placement?, episode.start_reason))).collect();
            // The sort is stable, so that the first stays the first.
            reasons.sort_by_key(|(of, _)| *of);
            reasons
        });
        let first = sorted.get(sorted.partition_point(|(of, _)| *of < placement))?;
        (first.0 == placement).then_some(first.1)
    }
}

/// By what the placements of one period of care are read.
struct Period<'a, 'p> {
    care: &'a Care<'a, 'p>,
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
        let returns = self.returns(&begun);
        let mut parts: Vec<Part<'_>> = Vec::with_capacity(begun.len());
        for (placement, start) in begun {
            if self.is_left_out(placement, start) {
                continue;
            }
            let stay = match parts.last() {
                Some(before) => {
                    before.stay + usize::from(!self.continues(before.placement, placement, start, &returns))
                }
                None => 0,
            };
            parts.push(Part { stay, placement, start });
        }
        parts
    }

    /// The day from which a placement counts: not before the obligations of its care begin; `None` if it was
    /// over by then.
    fn begins(&self, placement: &Placement) -> Option<Day> {
        let start = placement.start;
        // Without a period of care there is nothing to begin before.
        let Some(care) = self.care.period_after(placement.cla, start) else { return Some(start) };
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
    fn continues(&self, before: &Placement, placement: &Placement, start: Day, returns: &[Day]) -> bool {
        if placement.kind == PlacementType::AdoptionByCarer
            || (placement.carer.is_some() && placement.carer == before.carer)
        {
            return true;
        }
        let carers_differ = before.carer.zip(placement.carer).is_some_and(|(a, b)| a != b);
        match self.care.start_reason(placement.id) {
            Some(StartReason::SameCarer) => true,
            Some(StartReason::NewPlacement) => false,
            _ if carers_differ => false,
            _ => before.kind.is_renamed(placement.kind) || returns.binary_search(&start).is_ok(),
        }
    }

    /// The days on which temporary placements that are left out ended, in order: whatever begins on them is a return.
    fn returns(&self, begun: &[(&Placement, Day)]) -> Vec<Day> {
        if self.temporary == TemporaryPlacements::Count {
            return Vec::new();
        }
        let interruptions =
            begun.iter().filter(|(other, start)| other.is_temporary() && self.is_left_out(other, *start));
        let mut returns: Vec<Day> = interruptions.filter_map(|(other, _)| other.end).collect();
        returns.sort_unstable();
        returns
    }
}
