//! Review obligations: each is counted once, in the month that the policy picks.

use super::case::{Detail, Name, Verdict};
use super::clock::{Timing, WorkingDayClock};
use super::context::{Context, Judge, Sink};
use super::owed::Owed;
use crate::definitions::MeasureId;
use crate::facts::{Obligation, ReviewChain, ReviewInterval};
use crate::policy::ReviewMode;
use crate::tables::records::Review;
use crate::time::Day;
use crate::time::MonthDays;
use crate::time::clock::warning::ClockKind;
use crate::value::index::{broken, part};

/// First review after three months, then every six.
pub(super) const CP_INTERVALS: &[ReviewInterval] = &[ReviewInterval::Months(3), ReviewInterval::Months(6)];
/// First review after 20 working days, the second after three months, then every six.
pub(super) const CLA_INTERVALS: &[ReviewInterval] =
    &[ReviewInterval::WorkingDays(20), ReviewInterval::Months(3), ReviewInterval::Months(6)];

/// A chain whose end may depend on what is known by a day.
pub(super) struct Reviews<'a, Of, E> {
    pub(super) subject: Name,
    pub(super) record: Name,
    pub(super) anchor: Day,
    pub(super) intervals: &'a [ReviewInterval],
    /// Those of the plan or `cla_id`, by date.
    pub(super) reviews: &'a [Review<Of>],
    /// The end of the chain as it stands on a day.
    pub(super) end: E,
}

impl<Of, E: Fn(Day) -> Option<Day>> Reviews<'_, Of, E> {
    fn chain<'c>(&'c self, context: &'c Context<'_>, end: Option<Day>) -> ReviewChain<'c, Of> {
        ReviewChain {
            anchor: self.anchor,
            intervals: self.intervals,
            reviews: self.reviews,
            end,
            count_start_day: context.count_start_day(),
            calendar: context.calendar,
        }
    }

    /// The obligations of the chain as it stands on a day.
    pub(super) fn obligations(&self, context: &Context<'_>, day: Day) -> Vec<Obligation> {
        self.chain(context, (self.end)(day)).obligations()
    }

    /// The review that is due next, if the chain has not ended: `clocks` names those of the first and the
    /// later ones, the last for ever.
    pub(super) fn owe(&self, owed: &mut Owed<'_>, measure: MeasureId, clocks: &[&'static str]) {
        let (context, day) = (owed.context, owed.day);
        let end = (self.end)(day);
        if end.is_some_and(|end| end <= day) {
            return;
        }
        let obligations = self.chain(context, end).obligations();
        let next = obligations.iter().enumerate().find(|(_, obligation)| obligation.held_by(day).is_none());
        let Some((number, obligation)) = next else {
            return self.owe_outside_calendar(owed, measure, clocks, &obligations);
        };
        // Nobody knows yet of a review after the day: what cannot be late before the end lapses.
        if end.is_some_and(|end| end < obligation.first_late) {
            return;
        }
        let verdict = stand(obligation, day);
        let timing = timing(obligation, day);
        let detail = timing.detail(context, verdict, self.subject, Some(self.record));
        let last_done = (number > 0).then_some(obligation.anchor);
        let clock = clock_of(clocks, number);
        owed.add(clock, measure, timing.kind, verdict, Detail { done: last_done, ..detail });
    }

    /// The review that a chain ends with because its clock leaves the calendar: not due yet as long as the
    /// count can tell so.
    fn owe_outside_calendar(
        &self,
        owed: &mut Owed<'_>,
        measure: MeasureId,
        clocks: &[&'static str],
        before: &[Obligation],
    ) {
        let (context, day, number) = (owed.context, owed.day, before.len());
        let anchor = before.last().and_then(|last| last.held).unwrap_or(self.anchor);
        let Some(ReviewInterval::WorkingDays(limit)) = self.intervals.get(number) else { return };
        if self.reviews.iter().any(|review| review.date > anchor && review.date <= day) {
            return;
        }
        let clock = WorkingDayClock::new(context, u16::try_from(*limit).unwrap_or(u16::MAX), anchor);
        let detail = clock.open_detail(day, self.subject, Some(self.record));
        let clock_id = clock_of(clocks, number);
        owed.add(clock_id, measure, ClockKind::WorkingDays, clock.open(day), detail);
    }

    /// Hands on the obligations of every month.
    pub(super) fn judge<S: Sink>(&self, judge: &mut Judge<'_, S>, measure: MeasureId) {
        let context = judge.context;
        let mut known: Option<(Option<Day>, Vec<Obligation>)> = None;
        for month in context.months.iter().filter(|month| self.anchor <= month.last) {
            let end = (self.end)(month.last);
            if known.as_ref().is_none_or(|(of, _)| *of != end) {
                known = Some((end, self.chain(context, end).obligations()));
            }
            for obligation in known.iter().flat_map(|(_, obligations)| obligations) {
                if let Some(verdict) = judge_obligation(obligation, context.policy.review_mode, *month) {
                    judge.case(measure, *month, verdict, || {
                        timing(obligation, month.last).detail(
                            context,
                            verdict,
                            self.subject,
                            Some(self.record),
                        )
                    });
                }
            }
        }
    }
}

/// The clock of the review of a number; the last for ever.
fn clock_of(clocks: &[&'static str], number: usize) -> &'static str {
    match clocks.get(number).or(clocks.last()) {
        Some(clock) => clock,
        None => broken(format_args!("reviews have no clock")),
    }
}

/// The reviews of one plan or `cla_id`, of a person's that lie by it.
pub(super) fn reviews_of<Of: Ord + Copy>(reviews: &[Review<Of>], of: Of) -> &[Review<Of>] {
    let from = reviews.partition_point(|review| review.of < of);
    let to = reviews.partition_point(|review| review.of <= of);
    part(reviews, from..to)
}

pub(super) fn timing(obligation: &Obligation, day: Day) -> Timing {
    Timing {
        anchor: obligation.anchor,
        due: Some(obligation.due),
        done: obligation.held_by(day),
        as_at: day,
        kind: match obligation.interval {
            ReviewInterval::WorkingDays(_) => ClockKind::WorkingDays,
            ReviewInterval::Months(_) => ClockKind::Days,
        },
    }
}

/// How an obligation stands at the end of a month, if it is one of the month's.
fn judge_obligation(obligation: &Obligation, mode: ReviewMode, month: MonthDays) -> Option<Verdict> {
    if obligation.lapsed {
        return None;
    }
    let counted_on = match mode {
        ReviewMode::Settled => obligation.settles(),
        ReviewMode::Held => obligation.held?,
        ReviewMode::Due => obligation.due,
    };
    month.contains(counted_on).then(|| stand(obligation, month.last))
}

/// How an obligation stands on a day.
pub(super) fn stand(obligation: &Obligation, day: Day) -> Verdict {
    match obligation.held_by(day) {
        Some(_) => Verdict::in_time(obligation.in_time),
        None if obligation.first_late <= day => Verdict::OVERDUE,
        None => Verdict::NOT_YET_DUE,
    }
}
