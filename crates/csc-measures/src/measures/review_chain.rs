//! Review obligations: each is counted once, in the month that the policy picks.

use super::case::{Detail, Name, Verdict};
use super::clock::{Started, Timing};
use super::context::{Context, Judge, Sink};
use super::measure::Measure;
use super::owed::Owed;
use crate::facts::{Obligation, ReviewChain, Sequence};
use crate::policy::ReviewMode;
use crate::tables::records::Review;
use crate::time::Day;
use crate::time::MonthDays;
use crate::time::clock::ClockId;
use crate::time::clock::warning::ClockKind;
use crate::value::index::part;

/// The clocks of the reviews of a child protection plan, one after the other.
pub(super) const CP_REVIEW_CLOCKS: &[ClockId] = &[ClockId::CP_FIRST_REVIEW, ClockId::CP_REVIEW];
/// The clocks of the reviews of a period of care, one after the other.
pub(super) const CLA_REVIEW_CLOCKS: &[ClockId] =
    &[ClockId::CLA_FIRST_REVIEW, ClockId::CLA_SECOND_REVIEW, ClockId::CLA_REVIEW];

/// The reviews of a child protection plan.
pub(super) const CP_REVIEWS: Sequence = Sequence::Numbered(CP_REVIEW_CLOCKS);
/// The reviews of a period of care.
pub(super) const CLA_REVIEWS: Sequence = Sequence::Numbered(CLA_REVIEW_CLOCKS);

/// A chain whose end may depend on what is known by a day.
pub(super) struct Reviews<'a, Of, E> {
    pub(super) subject: Name,
    pub(super) record: Name,
    pub(super) anchor: Day,
    pub(super) sequence: Sequence,
    /// Those of the plan or `cla_id`, by date.
    pub(super) reviews: &'a [Review<Of>],
    /// The end of the chain as it stands on a day.
    pub(super) end: E,
}

impl<Of, E: Fn(Day) -> Option<Day>> Reviews<'_, Of, E> {
    fn chain<'c>(&'c self, context: &'c Context<'_>, end: Option<Day>) -> ReviewChain<'c, Of> {
        ReviewChain {
            anchor: self.anchor,
            sequence: self.sequence,
            reviews: self.reviews,
            end,
            terms: context.terms(),
        }
    }

    /// The obligations of the chain as it stands on a day: a review after the day has not happened, and what cannot be
    /// late before the end lapses.
    pub(super) fn obligations(&self, context: &Context<'_>, day: Day) -> Vec<Obligation> {
        let end = (self.end)(day);
        let mut obligations = self.chain(context, end).obligations();
        for obligation in obligations.iter_mut().filter(|obligation| obligation.held_by(day).is_none()) {
            obligation.lapsed = end.is_some_and(|end| end < obligation.first_late);
        }
        obligations
    }

    /// The review that is due next, if the chain has not ended.
    pub(super) fn owe(&self, owed: &mut Owed<'_>, measure: Measure) {
        let (context, day) = (owed.context, owed.day);
        let end = (self.end)(day);
        if end.is_some_and(|end| end <= day) {
            return;
        }
        let obligations = self.chain(context, end).obligations();
        let next = obligations.iter().enumerate().find(|(_, obligation)| obligation.held_by(day).is_none());
        let Some((number, obligation)) = next else {
            return self.owe_outside_calendar(owed, measure, &obligations);
        };
        // A review after the day has not happened: what cannot be late before the end lapses.
        if end.is_some_and(|end| end < obligation.first_late) {
            return;
        }
        let verdict = stand(obligation, day);
        let timing = timing(context, obligation, day);
        let detail = timing.detail(context, verdict, self.subject, Some(self.record));
        let last_done = (number > 0).then_some(obligation.anchor);
        owed.add(timing.clock, measure, verdict, Detail { done: last_done, ..detail });
    }

    /// The review that a chain ends with because its clock leaves the calendar: not due yet as long as the
    /// count can tell so.
    fn owe_outside_calendar(&self, owed: &mut Owed<'_>, measure: Measure, before: &[Obligation]) {
        let (context, day, number) = (owed.context, owed.day, before.len());
        let anchor = before.last().and_then(|last| last.held).unwrap_or(self.anchor);
        let clock = Started::new(context, self.sequence.clock(number, anchor), anchor);
        if clock.clock.kind() == ClockKind::Days {
            return;
        }
        if self.reviews.iter().any(|review| review.date > anchor && review.date <= day) {
            return;
        }
        let detail = clock.open_detail(day, self.subject, Some(self.record));
        owed.add(clock.clock, measure, clock.open(day), detail);
    }

    /// Hands on the obligations of every month that the mode picks.
    pub(super) fn judge<S: Sink>(&self, judge: &mut Judge<'_, S>, measure: Measure, mode: ReviewMode) {
        let context = judge.context;
        let mut known: Option<(Option<Day>, Vec<Obligation>)> = None;
        for month in context.months.iter().filter(|month| self.anchor <= month.last) {
            let end = (self.end)(month.last);
            if known.as_ref().is_none_or(|(of, _)| *of != end) {
                known = Some((end, self.chain(context, end).obligations()));
            }
            for obligation in known.iter().flat_map(|(_, obligations)| obligations) {
                if let Some((day, verdict)) = judge_obligation(obligation, mode, *month) {
                    judge.case(measure, month.on(day), verdict, || {
                        timing(context, obligation, month.last).detail(
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

/// The reviews of one plan or `cla_id`, of a person's that lie by it.
pub(super) fn reviews_of<Of: Ord + Copy>(reviews: &[Review<Of>], of: Of) -> &[Review<Of>] {
    let from = reviews.partition_point(|review| review.of < of);
    let to = reviews.partition_point(|review| review.of <= of);
    part(reviews, from..to)
}

pub(super) fn timing<'a>(context: &'a Context<'_>, obligation: &Obligation, day: Day) -> Timing<'a> {
    Timing {
        clock: context.clock(obligation.clock),
        anchor: obligation.anchor,
        due: Some(obligation.due),
        done: obligation.held_by(day),
        as_at: day,
    }
}

/// The day by which an obligation is one of a month's, and how it is at the month's end.
fn judge_obligation(obligation: &Obligation, mode: ReviewMode, month: MonthDays) -> Option<(Day, Verdict)> {
    if obligation.lapsed {
        return None;
    }
    let counted_on = match mode {
        ReviewMode::Settled => obligation.settles(),
        ReviewMode::Held => obligation.held?,
        ReviewMode::Due => obligation.due,
    };
    month.contains(counted_on).then(|| (counted_on, stand(obligation, month.last)))
}

/// How an obligation stands on a day.
pub(super) fn stand(obligation: &Obligation, day: Day) -> Verdict {
    match obligation.held_by(day) {
        Some(_) => Verdict::in_time(obligation.in_time),
        None if obligation.first_late <= day => Verdict::OVERDUE,
        None => Verdict::NOT_YET_DUE,
    }
}
