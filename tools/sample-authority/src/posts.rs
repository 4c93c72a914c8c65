//! The posts in teams, and the workers who hold them.

use chrono::NaiveDate;

use crate::chance::Chance;
use crate::diary::plus;

/// A team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Team {
    FrontDoor,
    Safeguarding,
    Disability,
    ThroughCare,
    CareLeavers,
    Reviewing,
}

/// What a team is.
pub(crate) struct TeamFacts {
    pub(crate) team: Team,
    /// One name or more: a large team has a name for each part of the county.
    pub(crate) names: &'static [&'static str],
    pub(crate) team_type: &'static str,
    /// Posts for every ten thousand children known.
    pub(crate) posts: u64,
}

pub(crate) const TEAMS: [TeamFacts; 6] = [
    TeamFacts { team: Team::FrontDoor, names: &["Family Front Door"], team_type: "other", posts: 21 },
    TeamFacts {
        team: Team::Safeguarding,
        names: &["Safeguarding North", "Safeguarding South", "Safeguarding East"],
        team_type: "safeguarding",
        posts: 38,
    },
    TeamFacts { team: Team::Disability, names: &["Disabled Children's Team"], team_type: "other", posts: 4 },
    TeamFacts {
        team: Team::ThroughCare,
        names: &["Through Care East", "Through Care West"],
        team_type: "other",
        posts: 19,
    },
    TeamFacts { team: Team::CareLeavers, names: &["Care Leavers Team"], team_type: "care_leavers", posts: 4 },
    TeamFacts { team: Team::Reviewing, names: &["Independent Reviewing"], team_type: "other", posts: 8 },
];

/// How often a newly qualified worker is spared a new case.
const SPARED: u32 = 780;

/// The posts of the authority.
#[derive(Default)]
pub(crate) struct Staff {
    pub(crate) teams: Vec<Posts>,
}

/// The posts of a team, of which one after another has its turn.
#[derive(Default)]
pub(crate) struct Posts {
    pub(crate) posts: Vec<Vec<Holder>>,
    pub(crate) turn: usize,
}

/// A worker in a post.
#[derive(Clone)]
pub(crate) struct Holder {
    pub(crate) worker: String,
    pub(crate) from: NaiveDate,
    pub(crate) to: NaiveDate,
    pub(crate) newly_qualified_until: Option<NaiveDate>,
    pub(crate) hundredths: i64,
}

/// The team's name by the child's number or the like.
pub(crate) fn team_name(team: Team, chance: &mut Chance) -> String {
    let names = TEAMS.iter().find(|facts| facts.team == team).map_or(&[""][..], |facts| facts.names);
    let place = chance.below(u64::try_from(names.len()).unwrap_or(1));
    usize::try_from(place)
        .ok()
        .and_then(|place| names.get(place))
        .map_or_else(String::new, |name| (*name).to_owned())
}

impl Staff {
    /// The holders of the post whose turn it is.
    pub(crate) fn next(&mut self, team: Team, on: NaiveDate, chance: &mut Chance) -> Vec<Holder> {
        let place = TEAMS.iter().position(|facts| facts.team == team);
        let Some(posts) = place.and_then(|place| self.teams.get_mut(place)) else { return Vec::new() };
        let mut turn = posts.take_turn(on);
        let is_learning = turn
            .iter()
            .any(|holder| holder.from <= on && holder.newly_qualified_until.is_some_and(|until| on < until));
        let holder = turn.iter().find(|holder| holder.from <= on && on < holder.to);
        let away = holder.map_or(0, |holder| u64::try_from(100 - holder.hundredths).unwrap_or_default());
        // Who works three days is passed over two times in five.
        if is_learning && chance.happens(SPARED) || chance.below(100) < away {
            turn = posts.take_turn(on);
        }
        turn
    }
}

impl Posts {
    /// The next post that somebody holds, or will within weeks.
    fn take_turn(&mut self, on: NaiveDate) -> Vec<Holder> {
        for _ in 0..self.posts.len() {
            self.turn = (self.turn + 1).checked_rem(self.posts.len()).unwrap_or_default();
            let post = self.posts.get(self.turn);
            if let Some(post) = post.filter(|post| post.iter().any(|holder| holder.from <= plus(on, 30))) {
                return post.clone();
            }
        }
        Vec::new()
    }
}
