//! The data as it stood at the end of a day, and the facts about persons that the measures share.

use crate::calendar::{Calendar, Outside, add_days, add_months, birthday};
use crate::input::{Data, Row};
use crate::policy::Policy;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;

/// One month: the data as given, the data as it stood at the end of the month, and its days.
pub(crate) struct Month<'a> {
    /// Everything, whatever its date.
    pub(crate) all: &'a Data,
    /// What had happened by the last day.
    pub(crate) then: Data,
    pub(crate) policy: &'a Policy,
    pub(crate) cal: &'a Calendar,
    pub(crate) breakdown: &'a [String],
    pub(crate) first: NaiveDate,
    pub(crate) last: NaiveDate,
}

/// What had happened by `d`: rows of later events and of intervals that start later are gone, later ends
/// and events are null. Birthdays and review dates of policies stay.
pub(crate) fn rewind(data: &Data, d: NaiveDate) -> Data {
    let mut out = data.clone();
    let starts = [
        ("immigration_statuses", "start_date"),
        ("cp_plans", "start_date"),
        ("cp_visits", "date"),
        ("cin_plans", "start_date"),
        ("cin_visits", "date"),
        ("cla_episodes", "start_date"),
        ("legal_statuses", "start_date"),
        ("cla_placements", "start_date"),
        ("cla_visits", "date"),
        ("care_plans", "start_date"),
        ("care_leavers", "start_date"),
        ("activities", "date"),
        ("pathway_plans", "start_date"),
        ("workers", "start_date"),
        ("involvements", "start_date"),
        ("policies", "in_force_from"),
        ("rag_ratings", "date"),
        ("missing_episodes", "start_date"),
        ("cla_health", "date"),
    ];
    for (table, column) in starts {
        if let Some(t) = out.tables.get_mut(table) {
            t.rows.retain(|r| r.date(column).is_none_or(|x| x <= d));
        }
    }
    let events = [
        ("persons", "date_of_death"),
        ("immigration_statuses", "end_date"),
        ("cp_plans", "end_date"),
        ("cp_reviews", "date"),
        ("cin_plans", "end_date"),
        ("cla_episodes", "end_date"),
        ("legal_statuses", "end_date"),
        ("cla_placements", "end_date"),
        ("cla_placements", "visits_agreed_date"),
        ("cla_reviews", "date"),
        ("care_plans", "end_date"),
        ("care_leavers", "end_date"),
        ("pathway_plans", "end_date"),
        ("permanence", "placed_for_adoption_date"),
        ("permanence", "decision_reversed_date"),
        ("workers", "end_date"),
        ("workers", "asye_end_date"),
        ("involvements", "end_date"),
        ("policies", "retired_on"),
        ("missing_episodes", "end_date"),
        ("missing_episodes", "interview_date"),
    ];
    for (table, column) in events {
        if let Some(t) = out.tables.get_mut(table) {
            for r in &mut t.rows {
                if r.date(column).is_some_and(|x| x > d) {
                    r.cells.remove(column);
                }
            }
        }
    }
    out
}

/// Open at `d` by start (null = always) and end (null = open); half-open.
pub(crate) fn open(row: &Row, start: &str, end: &str, d: NaiveDate) -> bool {
    row.date(start).is_none_or(|s| s <= d) && row.date(end).is_none_or(|e| e > d)
}

pub(crate) fn open_at(row: &Row, d: NaiveDate) -> bool {
    open(row, "start_date", "end_date", d)
}

pub(crate) fn person<'a>(data: &'a Data, id: &str) -> Option<&'a Row> {
    data.find("persons", "person_id", id)
}

pub(crate) fn date_of_birth(data: &Data, id: &str) -> Option<NaiveDate> {
    person(data, id)?.date("date_of_birth")
}

pub(crate) fn eighteenth(data: &Data, id: &str) -> Option<NaiveDate> {
    Some(birthday(date_of_birth(data, id)?, 18))
}

pub(crate) fn date_of_death(data: &Data, id: &str) -> Option<NaiveDate> {
    person(data, id)?.date("date_of_death")
}

pub(crate) fn child(data: &Data, id: &str, d: NaiveDate) -> bool {
    eighteenth(data, id).is_none_or(|b| d < b)
}

pub(crate) fn alive(data: &Data, id: &str, d: NaiveDate) -> bool {
    date_of_death(data, id).is_none_or(|x| x > d)
}

pub(crate) fn born(data: &Data, id: &str, d: NaiveDate) -> bool {
    let Some(p) = person(data, id) else { return true };
    match p.date("date_of_birth") {
        Some(dob) => dob <= d,
        None => p.date("expected_date_of_birth").is_none(),
    }
}

/// Of someone unborn at `d`: expected more than 28 days before, and no birth recorded.
// READING: a date of birth after D is a birth recorded.
pub(crate) fn birth_not_recorded(data: &Data, id: &str, d: NaiveDate) -> bool {
    let Some(p) = person(data, id) else { return false };
    p.date("date_of_birth").is_none()
        && p.date("expected_date_of_birth").is_some_and(|x| x < add_days(d, -28))
}

/// Whole years at `d`; none where the date of birth is not known, negative before birth.
pub(crate) fn age(data: &Data, id: &str, d: NaiveDate) -> Option<i32> {
    let dob = date_of_birth(data, id)?;
    let years = d.year() - dob.year();
    Some(if birthday(dob, years) <= d { years } else { years - 1 })
}

/// The distinct persons that a table names.
pub(crate) fn persons_of(data: &Data, table: &str) -> BTreeSet<String> {
    data.rows(table).iter().filter_map(|r| r.text("person_id")).map(str::to_string).collect()
}

pub(crate) fn respite(data: &Data, id: &str, d: NaiveDate) -> bool {
    data.rows("legal_statuses").iter().any(|r| {
        r.id("person_id") == id && matches!(r.text("legal_status"), Some("v3" | "v4")) && open_at(r, d)
    })
}

#[derive(Clone, Debug)]
pub(crate) struct Period {
    pub(crate) person: String,
    pub(crate) cla_id: String,
    pub(crate) start: NaiveDate,
    pub(crate) end: Option<NaiveDate>,
    pub(crate) anchor: Option<NaiveDate>,
}

impl Period {
    pub(crate) fn open_at(&self, d: NaiveDate) -> bool {
        self.start <= d && self.end.is_none_or(|e| e > d)
    }
}

/// The first day from the start on that is not respite and lies before the end.
// READING: a period of no length that does not begin in respite has its start as anchor.
fn anchor(data: &Data, id: &str, start: NaiveDate, end: Option<NaiveDate>) -> Option<NaiveDate> {
    if !respite(data, id, start) {
        return Some(start);
    }
    // After the last day that any respite of the person ends, nothing changes any more.
    let ends = data.rows("legal_statuses").iter().filter(|r| r.id("person_id") == id);
    let horizon = ends.filter_map(|r| r.date("end_date")).max().unwrap_or(start);
    let mut d = start;
    while d <= horizon {
        d = add_days(d, 1);
        if end.is_some_and(|e| d >= e) {
            return None;
        }
        if !respite(data, id, d) {
            return Some(d);
        }
    }
    None
}

/// The care periods of a person, over all cla_ids.
pub(crate) fn periods(data: &Data, id: &str) -> Vec<Period> {
    let mut out: Vec<Period> = Vec::new();
    let ids: BTreeSet<&str> = data
        .rows("cla_episodes")
        .iter()
        .filter(|r| r.id("person_id") == id)
        .map(|r| r.id("cla_id"))
        .collect();
    for cla_id in ids {
        let mut episodes: Vec<(NaiveDate, Option<NaiveDate>)> = data
            .rows("cla_episodes")
            .iter()
            .filter(|r| r.id("person_id") == id && r.id("cla_id") == cla_id)
            .map(|r| (r.day("start_date"), r.date("end_date")))
            .collect();
        episodes.sort();
        let mut run: Option<(NaiveDate, Option<NaiveDate>)> = None;
        let mut runs = Vec::new();
        for (start, end) in episodes {
            run = match run {
                None => Some((start, end)),
                Some((first, Some(latest))) if start > latest => {
                    runs.push((first, Some(latest)));
                    Some((start, end))
                }
                Some((first, Some(latest))) => Some((first, end.map(|e| e.max(latest)))),
                Some((first, None)) => Some((first, None)),
            };
        }
        runs.extend(run);
        for (start, end) in runs {
            out.push(Period {
                person: id.to_string(),
                cla_id: cla_id.to_string(),
                start,
                end,
                anchor: anchor(data, id, start, end),
            });
        }
    }
    out
}

/// The care periods of everybody.
pub(crate) fn all_periods(data: &Data) -> Vec<Period> {
    persons_of(data, "cla_episodes").iter().flat_map(|id| periods(data, id)).collect()
}

impl Month<'_> {
    /// The period that makes a person looked after at the end of the month.
    pub(crate) fn looked_after_period(&self, id: &str) -> Option<(Period, NaiveDate)> {
        let (data, d) = (&self.then, self.last);
        if respite(data, id, d) || !child(data, id, d) || !alive(data, id, d) || !born(data, id, d) {
            return None;
        }
        let open = periods(data, id).into_iter().filter(|p| p.open_at(d));
        let anchored = open.filter_map(|p| p.anchor.filter(|a| *a <= d).map(|a| (p, a)));
        anchored.max_by(|(p, _), (q, _)| (p.start, &p.cla_id).cmp(&(q.start, &q.cla_id)))
    }

    /// Everybody looked after at the end of the month, with the period and its anchor.
    pub(crate) fn looked_after(&self) -> Vec<(Period, NaiveDate)> {
        persons_of(&self.then, "cla_episodes").iter().filter_map(|id| self.looked_after_period(id)).collect()
    }

    /// The plan that puts a person on the list of a table of plans.
    fn plan<'d>(&'d self, table: &str, key: &str, id: &str, keep: impl Fn(&Row) -> bool) -> Option<&'d Row> {
        let rows = self.then.rows(table).iter();
        let open = rows.filter(|r| r.id("person_id") == id && open_at(r, self.last) && keep(r));
        open.max_by(|a, b| (a.day("start_date"), a.id(key)).cmp(&(b.day("start_date"), b.id(key))))
    }

    /// Child protection plans at the end of the month, one a child.
    pub(crate) fn cp_plans(&self) -> Vec<&Row> {
        let (data, d) = (&self.then, self.last);
        persons_of(data, "cp_plans")
            .iter()
            .filter(|id| child(data, id, d) && alive(data, id, d))
            .filter_map(|id| {
                self.plan("cp_plans", "cp_plan_id", id, |r| r.flag("other_authority") != Some(true))
            })
            .collect()
    }

    /// Child in need plans at the end of the month, one a child.
    pub(crate) fn cin_plans(&self) -> Vec<&Row> {
        let (data, d) = (&self.then, self.last);
        persons_of(data, "cin_plans")
            .iter()
            .filter(|id| child(data, id, d) && alive(data, id, d) && born(data, id, d))
            .filter(|id| {
                !data.rows("cp_plans").iter().any(|r| r.id("person_id") == id.as_str() && open_at(r, d))
            })
            .filter(|id| self.looked_after_period(id).is_none())
            .filter_map(|id| self.plan("cin_plans", "cin_plan_id", id, |_| true))
            .collect()
    }

    /// The visit tables that count for a measure whose own table is given.
    pub(crate) fn visit_tables<'t>(&self, own: &'t str) -> Vec<&'t str> {
        if self.policy.visit_sources == "own" {
            vec![own]
        } else {
            vec!["cp_visits", "cin_visits", "cla_visits"]
        }
    }

    /// The visits at which a person was seen by the end of the month, on or after `from`.
    pub(crate) fn seen_visits(&self, id: &str, own: &str, from: Option<NaiveDate>) -> Vec<&Row> {
        let mut out = Vec::new();
        for table in self.visit_tables(own) {
            let recorded = self.then.has_column(table, "seen");
            for r in self.then.rows(table) {
                if r.id("person_id") == id
                    && (!recorded || r.flag("seen") == Some(true))
                    && from.is_none_or(|x| r.day("date") >= x)
                {
                    out.push(r);
                }
            }
        }
        out
    }

    pub(crate) fn last_seen(&self, id: &str, own: &str, from: Option<NaiveDate>) -> Option<NaiveDate> {
        self.seen_visits(id, own, from).iter().map(|r| r.day("date")).max()
    }

    /// A clock's length under the policy that counts the day it starts on.
    pub(crate) fn length(&self, n: i64) -> i64 {
        if self.policy.count_start_day { (n - 1).max(0) } else { n }
    }

    /// The last day in time of a clock of months.
    pub(crate) fn due_months(&self, from: NaiveDate, n: i32) -> NaiveDate {
        add_days(add_months(from, n), if self.policy.count_start_day { -1 } else { 0 })
    }

    pub(crate) fn wd(&self, a: NaiveDate, b: NaiveDate) -> Result<i64, Outside> {
        self.cal.wd(a, b)
    }

    /// The colour of something not done and not overdue, by a working-day clock.
    pub(crate) fn working_day_rag(&self, due: NaiveDate) -> Result<&'static str, Outside> {
        let left = self.cal.wd(self.last, due)?;
        Ok(if left <= self.policy.amber_working_days { "amber" } else { "green" })
    }

    /// The colour of something not done and not overdue, by a calendar clock.
    pub(crate) fn calendar_rag(&self, due: NaiveDate) -> &'static str {
        if due <= add_days(self.last, self.policy.amber_days) { "amber" } else { "green" }
    }

    pub(crate) fn in_month(&self, d: Option<NaiveDate>) -> bool {
        d.is_some_and(|d| self.first <= d && d <= self.last)
    }

    /// Whether a referral or an assessment is one of the front door's.
    pub(crate) fn front_door(&self, row: &Row) -> bool {
        let teams = &self.policy.front_door_teams;
        teams.is_empty() || row.text("team").is_some_and(|t| teams.contains(&crate::codes::fold(t)))
    }

    /// The care plans of a period: started on or after the end of the care before it, and before its end.
    pub(crate) fn care_plans_of(&self, period: &Period) -> Vec<&Row> {
        let before = periods(&self.then, &period.person);
        let previous_end = before.iter().filter_map(|p| p.end).filter(|e| *e <= period.start).max();
        let rows = self.then.rows("care_plans").iter().filter(|r| r.id("person_id") == period.person);
        rows.filter(|r| {
            let start = r.day("start_date");
            previous_end.is_none_or(|e| start >= e) && period.end.is_none_or(|e| start < e)
        })
        .collect()
    }
}
