//! Interviews of children who came back from being missing.

use super::case::{Detail, Name, Reason, Verdict};
use super::clock::Started;
use super::context::{Child, Context, Judge, Sink};
use super::definition::{Form, Row};
use super::kinds::{Better, PeriodKind, Unit, column, needs, optional};
use super::measure::Measure;
use super::owed::{Duty, Owed};
use crate::tables::Table;
use crate::tables::records::MissingEpisode;
use crate::time::Day;
use crate::time::clock::ClockId;

pub(super) const MEASURES: &[Row] = &[Row {
    key: "return_interviews_in_time",
    forms: &[Form {
        unit: Unit::Percent,
        title: "Percentage of return home interviews held within 72 hours of a missing child's return",
        denominator: "Returns with an interview in time, with a late one and without one.",
        policies: &[],
    }],
    period: PeriodKind::Month,
    better: Better::Higher,
    cases: "Episodes of children missing from home or care whose third day after the return falls in the \
        month; the day of the return is day 0, because the data have days and not hours.",
    numerator: "Those after which an interview was held by the third day.",
    exclusions: "An interview that the child did not accept, and that was not held, is not applicable. An \
        interview dated before the return: unknown. A child who has not come back is not yet a case.",
    inputs: &[
        needs("missing_episodes"),
        column("missing_episodes.interview_date"),
        optional("missing_episodes", &["interview_accepted"]),
    ],
    policies: &["count_start_day"],
    source: "Statutory guidance on children who run away or go missing from home or care, January 2014: \
        an independent interview within 72 hours of the return (wording not verified).",
    version: 1,
    clocks: &[ClockId::RETURN_INTERVIEW],
    owes: Some(Duty::Interview),
    ..Row::EMPTY
}];

impl Measure {
    /// `return_interviews_in_time`: percentage of return home interviews held within 72 hours of a missing child's return.
    pub const RETURN_INTERVIEWS_IN_TIME: Self = Self::named("return_interviews_in_time");
}

pub(super) fn judge_child<S: Sink>(judge: &mut Judge<'_, S>, child: &Child<'_>) {
    let context = judge.context;
    for episode in child.records.missing_episodes {
        let Some(interview) = Interview::of(context, episode) else { continue };
        let Some((due, month)) = interview.clock.due().and_then(|due| Some((due, context.month_of(due)?)))
        else {
            continue;
        };
        let verdict = interview.verdict(month.last);
        judge.case(Measure::RETURN_INTERVIEWS_IN_TIME, month.on(due), verdict, || {
            interview.detail(verdict, child, month.last)
        });
    }
}

/// The interviews that are still to be held: one that is on record is done, whatever its date.
pub(super) fn owe(owed: &mut Owed<'_>, child: &Child<'_>) {
    let (context, day) = (owed.context, owed.day);
    if !child.is_child_and_alive(day) {
        return;
    }
    for episode in child.records.missing_episodes {
        let Some(interview) = Interview::of(context, episode) else { continue };
        if interview.clock.start > day || interview.held(day).is_some() || episode.is_refused {
            continue;
        }
        let clock = interview.clock;
        let detail = clock.open_detail(day, Name::Person(child.records.index), Some(interview.record()));
        owed.add(clock.clock, Measure::RETURN_INTERVIEWS_IN_TIME, clock.open(day), detail);
    }
}

/// The interview that is due after a return.
struct Interview<'a> {
    context: &'a Context<'a>,
    episode: &'a MissingEpisode,
    clock: Started<'a>,
}

impl<'a> Interview<'a> {
    /// `None`: the child has not come back.
    fn of(context: &'a Context<'a>, episode: &'a MissingEpisode) -> Option<Self> {
        let clock = Started::new(context, ClockId::RETURN_INTERVIEW, episode.end?);
        Some(Self { context, episode, clock })
    }

    fn record(&self) -> Name {
        Name::Row(Table::MissingEpisodes, self.episode.id)
    }

    fn held(&self, day: Day) -> Option<Day> {
        self.episode.interview.filter(|date| *date <= day)
    }

    /// How it stands at the end of the month in which it was due: not held by then it is overdue, even if it was
    /// due on the last day.
    fn verdict(&self, day: Day) -> Verdict {
        match self.held(day) {
            Some(date) => self.clock.done(date),
            None if self.episode.is_refused => Verdict::not_applicable(Reason::Declined),
            None => Verdict::OVERDUE,
        }
    }

    fn detail(&self, verdict: Verdict, child: &Child<'_>, day: Day) -> Detail {
        let (subject, record) = (Name::Person(child.records.index), Some(self.record()));
        match self.held(day) {
            Some(date) => self.clock.done_detail(date, verdict, subject, record),
            None => self.clock.timing(None, day).detail(self.context, verdict, subject, record),
        }
    }
}
