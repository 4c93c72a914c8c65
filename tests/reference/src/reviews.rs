//! Review obligations: chains of plans and of care periods.

use crate::calendar::{Outside, add_days, days};
use crate::case::{Case, Date};
use crate::facts::{Month, Period, all_periods, date_of_death, eighteenth};
use crate::input::Row;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clock {
    Working(i64),
    Months(i32),
}

pub(crate) struct Obligation {
    pub(crate) from: Date,
    pub(crate) clock: Clock,
    pub(crate) due: Date,
    pub(crate) first_late: Date,
    pub(crate) held: Option<Date>,
    pub(crate) in_time: bool,
    pub(crate) lapsed: bool,
}

impl Month<'_> {
    pub(crate) fn due_and_first_late(&self, from: Date, clock: Clock) -> Result<(Date, Date), Outside> {
        match clock {
            Clock::Working(n) => {
                let n = self.length(n);
                let due = self.cal.add(from, n)?;
                let mut late = due;
                while self.wd(from, late)? <= n {
                    late = add_days(late, 1);
                }
                Ok((due, late))
            }
            Clock::Months(n) => {
                let due = self.due_months(from, n);
                Ok((due, add_days(due, 1)))
            }
        }
    }

    fn in_time(&self, from: Date, clock: Clock, due: Date, held: Date) -> Result<bool, Outside> {
        match clock {
            Clock::Working(n) => Ok(self.wd(from, held)? <= self.length(n)),
            Clock::Months(_) => Ok(held <= due),
        }
    }

    /// The obligations of one chain as they stood at the end of the month, lapsed and pending ones included.
    /// `clock` is that of the review of a number, from 0, after one held on a day.
    pub(crate) fn chain(
        &self,
        anchor: Date,
        end: Option<Date>,
        reviews: &[Date],
        clock: impl Fn(usize, Date) -> Clock,
    ) -> Vec<Obligation> {
        let mut held: Vec<Date> = reviews.to_vec();
        held.retain(|h| *h > anchor && end.is_none_or(|e| *h <= e));
        held.sort();
        held.dedup();
        let mut out = Vec::new();
        let mut from = anchor;
        let mut k = 0;
        loop {
            if k > 0 && end == Some(from) {
                return out;
            }
            let clock = clock(k, from);
            let Ok((due, first_late)) = self.due_and_first_late(from, clock) else { return out };
            let next = held.get(k).copied();
            let in_time = match next {
                None => false,
                Some(h) => match self.in_time(from, clock, due, h) {
                    Ok(b) => b,
                    Err(Outside) => return out,
                },
            };
            let lapsed = !in_time && end.is_some_and(|e| e < first_late);
            out.push(Obligation { from, clock, due, first_late, held: next, in_time, lapsed });
            match next {
                Some(h) if !lapsed => from = h,
                _ => return out,
            }
            k += 1;
        }
    }

    /// The obligations of a child protection plan.
    pub(crate) fn cp_obligations(&self, plan: &Row) -> Vec<Obligation> {
        let data = &self.then;
        let id = plan.id("person_id");
        let ends = [plan.date("end_date"), eighteenth(data, id), date_of_death(data, id)];
        let end = ends.into_iter().flatten().min();
        let reviews: Vec<Date> = data
            .rows("cp_reviews")
            .iter()
            .filter(|r| r.id("cp_plan_id") == plan.id("cp_plan_id"))
            .filter_map(|r| r.date("date"))
            .collect();
        self.chain(plan.day("start_date"), end, &reviews, |k, _| Clock::Months(if k == 0 { 3 } else { 6 }))
    }

    /// The day after which nothing more is due in a care period.
    pub(crate) fn care_end(&self, period: &Period, anchor: Date) -> Option<Date> {
        let data = &self.then;
        let id = &period.person;
        let placed = data
            .rows("permanence")
            .iter()
            .filter(|r| r.id("person_id") == id && r.text("cla_id") == Some(period.cla_id.as_str()))
            .filter(|r| r.date("decision_reversed_date").is_none())
            .filter_map(|r| r.date("placed_for_adoption_date"))
            .filter(|p| *p >= anchor && period.end.is_none_or(|e| *p <= e))
            .min();
        let ends = [period.end, eighteenth(data, id), date_of_death(data, id), placed];
        ends.into_iter().flatten().min()
    }

    /// The obligations of a care period.
    fn cla_obligations(&self, period: &Period, anchor: Date) -> Vec<Obligation> {
        let data = &self.then;
        let reviews: Vec<Date> = data
            .rows("cla_reviews")
            .iter()
            .filter(|r| r.id("cla_id") == period.cla_id && r.flag("cancelled") != Some(true))
            .filter_map(|r| r.date("date"))
            .collect();
        let clocks = [Clock::Working(20), Clock::Months(3), Clock::Months(6)];
        self.chain(anchor, self.care_end(period, anchor), &reviews, |k, _| clocks[k.min(2)])
    }

    /// The case that an obligation is in this month by a mode, if it is one.
    pub(crate) fn review_case(
        &self,
        subject: &str,
        record: &str,
        o: &Obligation,
        mode: &str,
    ) -> Option<Case> {
        if o.lapsed {
            return None;
        }
        let d = self.last;
        let outcome = match o.held {
            Some(_) if o.in_time => "met",
            Some(_) => "late",
            None if o.first_late <= d => "overdue",
            None => "not_yet_due",
        };
        let counted = match mode {
            "held" => self.in_month(o.held),
            "due" => self.in_month(Some(o.due)),
            _ => match outcome {
                "met" => self.in_month(o.held),
                "not_yet_due" => false,
                _ => self.in_month(Some(o.first_late)),
            },
        };
        if !counted {
            return None;
        }
        let until = o.held.unwrap_or(d);
        let mut case = Case::new(subject, Some(record), outcome);
        case.anchor = Some(o.from);
        case.due = Some(o.due);
        case.done = o.held;
        case.on = Some(day_of_review(mode, o.held, o.in_time, o.due, o.first_late));
        let (elapsed, rag) = match o.clock {
            // READING: an obligation whose elapsed days or colour leave the calendar has left it, too.
            Clock::Working(_) => (
                self.wd(o.from, until).ok()?,
                if outcome == "not_yet_due" { self.working_day_rag(o.due).ok()? } else { "" },
            ),
            Clock::Months(_) => (days(o.from, until), self.calendar_rag(o.due)),
        };
        case.elapsed = Some(elapsed);
        case.rag = Some(match outcome {
            "met" => "green",
            "not_yet_due" => rag,
            _ => "red",
        });
        Some(case)
    }

    pub(crate) fn cp_review_cases(&self) -> Vec<Case> {
        let mut out = Vec::new();
        for plan in self.then.rows("cp_plans") {
            if plan.flag("other_authority") == Some(true) {
                continue;
            }
            for o in self.cp_obligations(plan) {
                out.extend(self.review_case(
                    plan.id("person_id"),
                    plan.id("cp_plan_id"),
                    &o,
                    &self.policy.review_mode,
                ));
            }
        }
        out
    }

    pub(crate) fn cla_review_cases(&self) -> Vec<Case> {
        let mut out = Vec::new();
        for period in all_periods(&self.then) {
            let Some(anchor) = period.anchor else { continue };
            for o in self.cla_obligations(&period, anchor) {
                out.extend(self.review_case(&period.person, &period.cla_id, &o, &self.policy.review_mode));
            }
        }
        out
    }

    /// Whether a review of the plan is overdue at the end of the month.
    pub(crate) fn cp_review_overdue(&self, plan: &Row) -> bool {
        self.cp_obligations(plan).iter().any(|o| !o.lapsed && o.held.is_none() && o.first_late <= self.last)
    }

    /// Whether a review of the plan is still to be held and nearly due.
    // READING: an obligation that will lapse (the 18th birthday comes first) gives no colour.
    pub(crate) fn cp_review_amber(&self, plan: &Row) -> bool {
        self.cp_obligations(plan).iter().any(|o| {
            !o.lapsed && o.held.is_none() && o.first_late > self.last && self.calendar_rag(o.due) == "amber"
        })
    }
}

/// The day of the case of an obligation by a mode: that of being held, of falling due, or of settling.
fn day_of_review(mode: &str, held: Option<Date>, in_time: bool, due: Date, late: Date) -> Date {
    match (mode, held) {
        ("due", _) => due,
        ("held", Some(day)) => day,
        (_, Some(day)) if in_time => day,
        _ => late,
    }
}
