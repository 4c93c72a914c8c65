//! When a child was last seen.

use crate::policy::VisitSources;
use crate::tables::records::{Visit, VisitKind};
use crate::time::Day;
use crate::time::clock::temporary::lets_visit_from_afar;
use crate::value::index::part;

/// Whose visits count, and which of those that were made from afar.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sources {
    kind: Option<VisitKind>,
    remote: Remote,
}

/// Which visits by telephone or video count.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Remote {
    /// All: the measure does not ask.
    Counted,
    /// Those of the days on which the law allowed them.
    AsLaw,
    /// None.
    NotCounted,
}

impl Sources {
    /// All visits, or those of the measure's own kind.
    pub(crate) fn new(policy: VisitSources, own: VisitKind) -> Self {
        let kind = match policy {
            VisitSources::Any => None,
            VisitSources::Own => Some(own),
        };
        Self { kind, remote: Remote::Counted }
    }

    pub(crate) fn with_remote(self, remote: Remote) -> Self {
        Self { remote, ..self }
    }

    fn count(self, visit: &Visit) -> bool {
        visit.seen() && self.kind.is_none_or(|kind| kind == visit.kind()) && self.counts_from_afar(visit)
    }

    fn counts_from_afar(self, visit: &Visit) -> bool {
        !visit.is_remote()
            || match self.remote {
                Remote::Counted => true,
                Remote::AsLaw => lets_visit_from_afar(visit.date()),
                Remote::NotCounted => false,
            }
    }
}

/// The latest day on which a child was seen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LastSeen<'a> {
    pub(crate) date: Day,
    /// The visits up to that day.
    visits: &'a [Visit],
    sources: Sources,
}

/// The latest visit by `day`, on or after `not_before`, at which the child was seen.
pub(crate) fn last_seen(
    visits: &[Visit],
    sources: Sources,
    not_before: Day,
    day: Day,
) -> Option<LastSeen<'_>> {
    let by_day = part(visits, 0..visits.partition_point(|visit| visit.date() <= day));
    let last = by_day.iter().rposition(|visit| sources.count(visit))?;
    let visits = part(by_day, 0..last + 1);
    let date = visits.last()?.date();
    (date >= not_before).then_some(LastSeen { date, visits, sources })
}

impl LastSeen<'_> {
    /// Whether the child was seen alone on that day: at any of its visits, else whether any says not.
    pub(crate) fn seen_alone(&self) -> Option<bool> {
        let on_the_day = self
            .visits
            .iter()
            .rev()
            .take_while(|visit| visit.date() == self.date)
            .filter(|v| self.sources.count(v));
        // `Some(true)` is greater than `Some(false)`, and any answer than none.
        on_the_day.map(|visit| visit.seen_alone()).max().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visit(date: i32, kind: VisitKind, seen: bool, seen_alone: Option<bool>) -> Visit {
        Visit::new(Day(date), kind, seen, seen_alone)
    }

    #[test]
    fn only_visits_at_which_the_child_was_seen_count() {
        let visits = [
            visit(1, VisitKind::Cp, true, Some(false)),
            visit(5, VisitKind::Cin, true, None),
            visit(5, VisitKind::Cin, true, Some(true)),
            visit(5, VisitKind::Cp, true, Some(false)),
            visit(7, VisitKind::Cp, false, Some(true)),
        ];
        let any = Sources::new(VisitSources::Any, VisitKind::Cp);
        let own = Sources::new(VisitSources::Own, VisitKind::Cp);
        let last = last_seen(&visits, any, Day::MIN, Day(9)).unwrap();
        assert_eq!((last.date, last.seen_alone()), (Day(5), Some(true)));
        assert_eq!(last_seen(&visits, own, Day::MIN, Day(9)).unwrap().seen_alone(), Some(false));
        assert_eq!(last_seen(&visits, any, Day::MIN, Day(4)).unwrap().date, Day(1));
        assert!(last_seen(&visits, any, Day(6), Day(9)).is_none());
        assert!(last_seen(&visits, any, Day::MIN, Day(0)).is_none());
    }
}
