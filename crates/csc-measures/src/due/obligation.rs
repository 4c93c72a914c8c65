//! One open obligation.

use std::cmp::Reverse;

use chrono::NaiveDate;
use serde::Serialize;

use super::allocation::Allocated;
use crate::dataset::Data;
use crate::measures::{Duty, Measure, OpenObligation, Outcome, Reason, VisitRule};
use crate::plan::RowId;
use crate::time::Day;
use crate::time::calendar::Calendar;
use crate::time::clock::warning::ClockKind;
use crate::value::Rag;

/// How an open obligation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DueOutcome {
    /// Still in time: due today, and the weekend after a due Friday, included.
    NotYetDue,
    /// Past due.
    Overdue,
    /// The data do not say; the reason says why.
    Unknown,
}

impl DueOutcome {
    /// The outcome in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotYetDue => "not_yet_due",
            Self::Overdue => "overdue",
            Self::Unknown => "unknown",
        }
    }
}

/// Something that is to be done for a child, and was not done by the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Obligation {
    /// The child.
    pub person: String,
    /// The id of the clock; [`Clock::by_id`](crate::Clock::by_id) has its title and source. The limit is the
    /// policy's.
    pub clock: &'static str,
    /// The measure by whose rule it is judged: the id of the plan's row that shows it, else its key.
    pub measure: RowId,
    /// The plan, assessment, conference, placement or period of care (`cla_id`) that it is owed under.
    pub record: Option<String>,
    /// The day the clock runs from.
    pub anchor: Option<NaiveDate>,
    /// The last day in time; for a working-day clock the last working day in time.
    pub due: Option<NaiveDate>,
    /// When it was last done: the visit or review before.
    pub last_done: Option<NaiveDate>,
    /// Units of the clock from the anchor to the day.
    pub elapsed: Option<i32>,
    /// What the clock counts.
    pub unit: ClockKind,
    /// Units of the clock to the due date while it is in time, 0 from the due date on.
    pub days_left: Option<u32>,
    /// Units of the clock by which it is overdue.
    pub days_over: Option<u32>,
    /// How it stands.
    pub outcome: DueOutcome,
    /// Why it is not known.
    pub reason: Option<Reason>,
    /// Red if overdue, amber if due within the warning window, else green; `None` if it is not known.
    pub rag: Option<Rag>,
    /// The child's lead worker, by the latest of the involvements open on the day.
    pub worker: Option<String>,
    /// That worker's team.
    pub team: Option<String>,
    /// The paragraph by which a visit of regulation 28 is due; the inner `None` if no rule was in force. Other
    /// obligations have none, and no such key in JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<Option<VisitRule>>,
    /// What kind of thing is to be done. JSON has it not: the clock says it there.
    #[serde(skip)]
    pub duty: Duty,
    /// The measure that judges it.
    #[serde(skip)]
    pub(super) judged_by: Measure,
}

impl Obligation {
    pub(super) fn new(
        open: OpenObligation,
        id: RowId,
        data: &Data,
        calendar: &Calendar,
        day: Day,
        allocated: Allocated<'_>,
    ) -> Self {
        let OpenObligation { clock, measure: judged_by, kind, verdict, detail } = open;
        let outcome = match verdict.outcome {
            Outcome::NotYetDue => DueOutcome::NotYetDue,
            Outcome::Overdue => DueOutcome::Overdue,
            _ => DueOutcome::Unknown,
        };
        let units = |from: Day, to: Day| {
            let units = match kind {
                ClockKind::WorkingDays => calendar.count(from, to)?,
                ClockKind::Days => to.since(from),
            };
            // A visit that is in time by the laxest of several rules can be past the earliest of their due dates.
            Some(units.max(0).unsigned_abs())
        };
        Self {
            person: detail.subject.text(data).to_owned(),
            clock,
            measure: id,
            record: detail.record.map(|record| record.text(data).to_owned()),
            anchor: detail.anchor.map(Day::date),
            due: detail.due.map(Day::date),
            last_done: detail.done.map(Day::date),
            elapsed: detail.elapsed,
            unit: kind,
            days_left: detail
                .due
                .filter(|_| outcome == DueOutcome::NotYetDue)
                .and_then(|due| units(day, due)),
            // A working-day clock runs out on its due date, however many days off lie between.
            days_over: detail.due.filter(|_| outcome == DueOutcome::Overdue).and_then(|due| units(due, day)),
            outcome,
            reason: verdict.reason,
            rag: detail.rag,
            worker: allocated.worker.map(str::to_owned),
            team: allocated.team.map(str::to_owned),
            rule: detail.rule,
            // What owes nothing makes no obligations.
            duty: judged_by.definition().owes.unwrap_or(Duty::Record),
            judged_by,
        }
    }

    /// Soonest first, those without a date last; then by person, clock and record.
    pub(super) fn order(&self) -> impl Ord {
        (Reverse(self.due.map(Reverse)), &self.person, self.clock, &self.record)
    }
}
