//! The staff: the workers who hold the posts one after another, and whose child is whose.

use chrono::NaiveDate;
use csc_measures::Decimal;
use csc_measures::tables::{ExitInterview, Involvement, Table, Worker};

use crate::chance::{Chance, Stream};
use crate::council::Council;
use crate::course::Trend;
use crate::diary::{EXTRACT, HISTORY, NEVER, any_day, day, known, plus, plus_months};
use crate::people::Child;
use crate::posts::{Holder, Posts, TEAMS, Team, TeamFacts};

/// Employment of a worker who takes up a post, by the day.
const PERMANENT: Trend = Trend::inspected(515, 370, 635);
const AGENCY: Trend = Trend::inspected(385, 535, 295);
/// Employment of those who held the posts when the history begins, in a thousand.
const PERMANENT_THEN: u64 = 800;
const AGENCY_THEN: u64 = 130;
/// One post in so many was made after the inspection, in the year from this day on.
const NEW_POSTS: u64 = 5;
const NEW_FROM: NaiveDate = day(2017, 4, 3);
/// Those who leave in a month.
const PERMANENT_LEAVES: Trend = Trend::inspected(12, 12, 9);
const FIXED_TERM_LEAVES: Trend = Trend::inspected(20, 22, 16);
const AGENCY_LEAVES: Trend = Trend::inspected(80, 65, 90);
/// Permanent workers who take up a post newly qualified.
const NEWLY_QUALIFIED: u32 = 450;
const LONG_TERM_ABSENT: u32 = 70;
const FULL_TIME: [(u32, i64); 4] = [(740, 100), (110, 80), (70, 60), (50, 50)];
/// Of those who leave: moved within the authority, nobody recorded why.
const INTERNAL_MOVE: u32 = 150;
const LEAVING_NOT_RECORDED: u32 = 40;
const INTERVIEW_OFFERED: u32 = 780;
const INTERVIEW_COMPLETED: u32 = 840;
const INSIDE_CONTROL: Trend = Trend::inspected(500, 600, 390);
/// Involvements that nobody closed when the worker left.
const LEFT_OPEN: u64 = 1500;
/// Children whom a second worker supports.
const CO_WORKED: u32 = 60;
const LEAD: &str = "Allocated Case Worker";

impl Council {
    /// Fills the posts that so many children need.
    pub(crate) fn hire(&mut self, children: u64, seed: u64) {
        let chance = &mut Chance::new(seed, Stream::Workforce);
        for facts in &TEAMS {
            let posts = (children * facts.posts).div_ceil(10_000);
            let posts = (0..posts).map(|post| self.fill(facts, post, chance)).collect();
            self.staff.teams.push(Posts { posts, turn: 0 });
        }
    }

    /// The workers who hold a post one after another.
    fn fill(&mut self, facts: &TeamFacts, post: u64, chance: &mut Chance) -> Vec<Holder> {
        let mut holders = Vec::new();
        let parts = u64::try_from(facts.names.len()).unwrap_or(1);
        let name = usize::try_from(post % parts).ok().and_then(|part| facts.names.get(part)).copied();
        let mut from = day(2008, 1, 7);
        let is_new = chance.one_in(NEW_POSTS) && post > 0;
        if is_new {
            from = self.diary.working(any_day(chance, NEW_FROM, plus(NEW_FROM, 360)));
        }
        let mut is_first = !is_new;
        while from <= EXTRACT {
            let hired = if is_first { any_day(chance, day(2008, 1, 7), HISTORY) } else { from };
            let start = Some(hired).filter(|_| !is_first || !chance.happens(120));
            let employment = employment(chance, hired, is_first);
            let holder = self.employ(facts.team_type, name, employment, start, chance);
            from = self.diary.working(plus(holder.to, chance.between(0, 60)));
            is_first = false;
            holders.push(holder);
        }
        holders
    }

    fn employ(
        &mut self,
        team_type: &str,
        team: Option<&str>,
        employment: &str,
        start: Option<NaiveDate>,
        chance: &mut Chance,
    ) -> Holder {
        let from = start.unwrap_or(day(2008, 1, 7));
        let leaves = match employment {
            "permanent" => PERMANENT_LEAVES,
            "agency" => AGENCY_LEAVES,
            _ => FIXED_TERM_LEAVES,
        };
        let mut month = from.max(HISTORY);
        while month <= EXTRACT && !chance.happens(leaves.at(month)) {
            month = plus_months(month, 1);
        }
        // Notice already given is known some weeks ahead.
        let to = self.diary.working(plus(month, chance.between(2, 32)));
        let end = Some(to).filter(|to| *to <= plus(EXTRACT, 21));
        let is_newly_qualified =
            employment == "permanent" && from > plus(HISTORY, -300) && chance.happens(NEWLY_QUALIFIED);
        let qualifies = is_newly_qualified.then(|| plus_months(from, 12));
        let leaving_type = end.filter(|_| !chance.happens(LEAVING_NOT_RECORDED)).map(|_| {
            let moves = employment == "permanent" && chance.happens(INTERNAL_MOVE);
            if moves { "internal_move" } else { "left_authority" }
        });
        let worker = self.id(Table::Workers);
        let hundredths = chance.pick(&FULL_TIME, 75);
        self.add(&Worker {
            worker_id: worker.clone(),
            fte: Some(hundredths).filter(|_| !chance.one_in(60)).and_then(hundredth),
            agency: chance.recorded(1000, 30).map(|_| employment == "agency"),
            employment: Some(employment).filter(|_| !chance.one_in(70)).map(str::to_owned),
            team: team.map(str::to_owned),
            team_type: Some(team_type.to_owned()),
            start_date: start,
            end_date: end,
            leaving_type: leaving_type.map(str::to_owned),
            asye_start_date: Some(from).filter(|_| is_newly_qualified),
            asye_end_date: qualifies,
            long_term_absence: Some(chance.happens(LONG_TERM_ABSENT)),
            cases_held: None,
        });
        if let Some(left) = end.and_then(known) {
            self.interview(&worker, left, leaving_type == Some("internal_move"), chance);
        }
        Holder { worker, from, to: end.unwrap_or(NEVER), newly_qualified_until: qualifies, hundredths }
    }

    fn interview(&mut self, worker: &str, left: NaiveDate, has_moved: bool, chance: &mut Chance) {
        if has_moved || !chance.happens(INTERVIEW_OFFERED) {
            return;
        }
        let held = self.diary.working_back(plus(left, -chance.between(0, 20)));
        let row = ExitInterview {
            exit_interview_id: self.id(Table::ExitInterviews),
            worker_id: worker.to_owned(),
            completed_date: Some(held).filter(|_| chance.happens(INTERVIEW_COMPLETED)),
            primary_reason_inside_control: chance.recorded(INSIDE_CONTROL.at(held), 90),
        };
        self.add(&row);
    }

    /// Gives the child to a post of the team: the workers who hold it in that time, one after another.
    pub(crate) fn allocate(&mut self, team: Team, child: &mut Child, from: NaiveDate, to: NaiveDate) {
        let to = to.min(child.childhood_ends().max(from));
        let role = child.own.pick(&[(60, None)], Some(LEAD));
        self.involve(team, child, role, from, to);
        if child.own.happens(CO_WORKED) {
            self.involve(team, child, Some("Family Support Worker"), plus(from, 20), to);
        }
    }

    /// As [`allocate`](Self::allocate), in whatever role and at whatever age.
    pub(crate) fn involve(
        &mut self,
        team: Team,
        child: &mut Child,
        role: Option<&str>,
        from: NaiveDate,
        to: NaiveDate,
    ) {
        if from > EXTRACT || to <= from.max(HISTORY) {
            return;
        }
        let holders = self.staff.next(team, from, &mut child.own);
        for holder in holders.iter().filter(|holder| holder.from < to && holder.to > from) {
            let start = from.max(holder.from);
            let is_left_open = holder.to < EXTRACT && child.own.one_in(LEFT_OPEN);
            let end = known(to.min(holder.to)).filter(|_| !is_left_open);
            if start <= EXTRACT {
                let row = Involvement {
                    involvement_id: self.id(Table::Involvements),
                    worker_id: holder.worker.clone(),
                    person_id: child.id.clone(),
                    role: role.map(str::to_owned),
                    start_date: start,
                    end_date: end,
                };
                self.add(&row);
            }
        }
    }
}

fn employment(chance: &mut Chance, hired: NaiveDate, is_first: bool) -> &'static str {
    let (permanent, agency) = if is_first {
        (PERMANENT_THEN, AGENCY_THEN)
    } else {
        (u64::from(PERMANENT.at(hired)), u64::from(AGENCY.at(hired)))
    };
    match chance.below(1000) {
        share if share < permanent => "permanent",
        share if share < permanent + agency => "agency",
        _ => "fixed_term",
    }
}

fn hundredth(hundredths: i64) -> Option<Decimal> {
    format!("{}.{:02}", hundredths / 100, hundredths % 100).parse().ok()
}
