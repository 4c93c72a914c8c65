//! Periods of care, placements and legal statuses, put together from episodes.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use csc_measures::Superseded;

use super::files::{FORM, Return, origin};
use super::kind::Kind;
use super::latest::{Latest, day};
use super::standing::{self, Standing};
use crate::derived::{Derived, Value};
use crate::sheet::SheetRow;

/// An episode in its period of care and its placement.
#[derive(Clone, Debug)]
pub(super) struct Episode<'a> {
    pub(super) row: SheetRow<'a>,
    pub(super) start: Option<NaiveDate>,
    pub(super) end: Option<NaiveDate>,
    /// What the return of the next year made of it, if that does not have it.
    superseded: Option<Superseded>,
    /// The id of the period of care.
    pub(super) period: String,
    /// The id of the placement.
    placement: String,
    is_placement_start: bool,
}

/// The episodes of every child, in order.
#[derive(Debug, Default)]
pub(super) struct Episodes<'a> {
    pub(super) by_child: BTreeMap<&'a str, Vec<Episode<'a>>>,
    /// Those that the next year has from another day.
    redated: Vec<SheetRow<'a>>,
    bad: Vec<SheetRow<'a>>,
}

impl<'a> Episode<'a> {
    /// Whether it goes on: nothing that could not be read says when it ended.
    fn is_open(&self) -> bool {
        self.superseded.is_none() && FORM.is_no_end(self.row.text("DEC"))
    }

    /// When it ended.
    pub(super) fn dec(&self) -> Value<'a> {
        standing::end(self.row, "DEC", self.superseded)
    }
}

/// Reads the episodes.
pub(super) fn read(of: &Return) -> Episodes<'_> {
    let latest = Latest::new(of.rows(Kind::Episodes), |row| (row.text("CHILD"), day(row, "DECOM")));
    let standing = Standing::new(of, Kind::Episodes, "DECOM", "DEC");
    let mut episodes = Episodes { bad: latest.bad, ..Episodes::default() };
    for row in latest.rows.into_values().flatten() {
        let superseded = standing.superseded(row);
        let end = match superseded {
            Some(Superseded::Redated) => {
                episodes.redated.push(row);
                continue;
            }
            Some(Superseded::Dropped(day)) => Some(day),
            None => FORM.read(row.text("DEC")).filter(|_| !FORM.is_no_end(row.text("DEC"))),
        };
        episodes.by_child.entry(row.text("CHILD")).or_default().push(Episode {
            row,
            start: FORM.read(row.text("DECOM")),
            end,
            superseded,
            period: String::new(),
            placement: String::new(),
            is_placement_start: false,
        });
    }
    for (child, rows) in &mut episodes.by_child {
        rows.sort_by_key(|episode| episode.start);
        chain(child, rows);
    }
    episodes
}

/// Gives the episodes of a child their periods of care and placements.
fn chain(child: &str, episodes: &mut [Episode<'_>]) {
    let mut before: Option<Before> = None;
    for episode in episodes {
        let start = episode.start.map_or_else(|| episode.row.text("DECOM").to_owned(), |day| day.to_string());
        let (reason, place) = (episode.row.code("RNE"), episode.row.code("PLACE"));
        let in_period = before.as_ref().filter(|before| before.goes_on_to(episode.start) && reason != "S");
        episode.period = in_period.map_or_else(|| format!("{child}/{start}"), |before| before.period.clone());
        // With a change of the legal status alone the placement goes on, and so it does if only its code is another.
        let goes_on = |before: &&Before| {
            reason == "L" || (!matches!(&*reason, "P" | "B") && is_recoded(&before.place, &place))
        };
        let in_placement = in_period.filter(goes_on);
        episode.is_placement_start = in_placement.is_none();
        episode.placement =
            in_placement.map_or_else(|| format!("{child}/{start}"), |before| before.placement.clone());
        before = Some(Before {
            end: episode.end,
            is_open: episode.is_open(),
            place,
            period: episode.period.clone(),
            placement: episode.placement.clone(),
        });
    }
}

/// Whether a later list of codes calls a placement otherwise: H5 became K3, and Z1 became Z11 to Z14.
fn is_recoded(before: &str, place: &str) -> bool {
    matches!((before, place), ("H5", "K3") | ("Z1", "Z11" | "Z12" | "Z13" | "Z14"))
}

/// What an episode leaves for the next.
struct Before {
    end: Option<NaiveDate>,
    is_open: bool,
    place: String,
    period: String,
    placement: String,
}

impl Before {
    /// Whether there is no gap to an episode that starts on a day: one starts on the day the last one ends.
    fn goes_on_to(&self, start: Option<NaiveDate>) -> bool {
        match (self.end, start) {
            (Some(end), Some(start)) => end >= start,
            _ => self.is_open,
        }
    }
}

/// The tables that are made of episodes.
pub(super) fn tables<'a>(of: &'a Return, episodes: &Episodes<'a>) -> Vec<Derived<'a>> {
    let mut placements = cla_placements(episodes);
    // The return as it is collected has neither; the department's own file has both.
    placements.has("distance_miles", of.has_column(Kind::Episodes, "PL_DISTANCE"));
    placements.has("outside_authority", of.has_column(Kind::Episodes, "PL_LOCATION"));
    vec![cla_episodes(episodes), legal_statuses(episodes), placements]
}

/// The id of an episode, and of what is made of one alone.
fn id<'a>(row: SheetRow<'a>, start: Option<NaiveDate>) -> Value<'a> {
    let child = row.text("CHILD");
    match start {
        Some(start) => Value::Made(format!("{child}/{start}")),
        None => Value::Made(format!("{child}/{}", row.text("DECOM"))),
    }
}

fn cla_episodes<'a>(episodes: &Episodes<'a>) -> Derived<'a> {
    const COLUMNS: [&str; 8] = [
        "cla_episode_id",
        "person_id",
        "cla_id",
        "placement_id",
        "start_date",
        "start_reason",
        "end_date",
        "end_reason",
    ];
    let mut table = Derived::new("cla_episodes", &COLUMNS);
    for episode in episodes.by_child.values().flatten() {
        let row = episode.row;
        table.push(
            origin(row),
            [
                id(row, episode.start),
                row.field("CHILD").into(),
                Value::Made(episode.period.clone()),
                Value::Made(episode.placement.clone()),
                row.field("DECOM").into(),
                row.field("RNE").into(),
                episode.dec(),
                row.field("REC").into(),
            ],
        );
    }
    for row in &episodes.bad {
        table.push_bad(origin(*row));
    }
    let dropped = episodes.by_child.values().flatten();
    let dropped = dropped.filter_map(|episode| Some((episode.row, episode.superseded?)));
    for (row, what) in dropped.chain(episodes.redated.iter().map(|row| (*row, Superseded::Redated))) {
        let start =
            day(row, "DECOM").date().map_or_else(|| row.text("DECOM").to_owned(), |day| day.to_string());
        table.superseded(origin(row), format!("{}/{start}", row.text("CHILD")), what);
    }
    table
}

/// A legal status for each episode: one that goes on is in several rows, each of its own days.
fn legal_statuses<'a>(episodes: &Episodes<'a>) -> Derived<'a> {
    const COLUMNS: [&str; 5] = ["legal_status_id", "person_id", "legal_status", "start_date", "end_date"];
    let mut table = Derived::new("legal_statuses", &COLUMNS);
    for episode in well_dated(episodes) {
        let row = episode.row;
        table.push(
            origin(row),
            [
                id(row, episode.start),
                row.field("CHILD").into(),
                row.field("LS").into(),
                row.field("DECOM").into(),
                episode.dec(),
            ],
        );
    }
    table
}

fn cla_placements<'a>(episodes: &Episodes<'a>) -> Derived<'a> {
    const COLUMNS: [&str; 9] = [
        "placement_id",
        "person_id",
        "cla_id",
        "start_date",
        "end_date",
        "placement_type",
        "distance_miles",
        "outside_authority",
        "long_term",
    ];
    let mut table = Derived::new("cla_placements", &COLUMNS);
    for rows in episodes.by_child.values() {
        let rows: Vec<&Episode<'a>> = rows.iter().filter(|episode| is_well_dated(episode)).collect();
        for (place, first) in rows.iter().enumerate().filter(|(_, episode)| episode.is_placement_start) {
            let run = rows.iter().skip(place).take_while(|episode| episode.placement == first.placement);
            let last = run.last().unwrap_or(first);
            let row = first.row;
            table.push(
                origin(row),
                [
                    id(row, first.start),
                    row.field("CHILD").into(),
                    Value::Made(first.period.clone()),
                    row.field("DECOM").into(),
                    last.dec(),
                    row.field("PLACE").into(),
                    row.field("PL_DISTANCE").into(),
                    outside(row),
                    // foster placements that are meant to last
                    Value::Bool(matches!(row.code("PLACE").as_str(), "U1" | "U4")),
                ],
            );
        }
    }
    table
}

/// Whether a placement is outside the authority, if the file tells.
fn outside(row: SheetRow<'_>) -> Value<'_> {
    match row.code("PL_LOCATION").as_str() {
        "" => Value::Null,
        "IN" => Value::Bool(false),
        "OUT" => Value::Bool(true),
        _ => Value::Text(row.text("PL_LOCATION")),
    }
}

/// Episodes with a fault in their dates are reported once, in `cla_episodes`.
fn well_dated<'e, 'a>(episodes: &'e Episodes<'a>) -> impl Iterator<Item = &'e Episode<'a>> {
    episodes.by_child.values().flatten().filter(|episode| is_well_dated(episode))
}

fn is_well_dated(episode: &Episode<'_>) -> bool {
    let ends = episode.is_open() || episode.end.is_some_and(|end| Some(end) >= episode.start);
    episode.start.is_some() && ends && !episode.row.text("CHILD").is_empty()
}
