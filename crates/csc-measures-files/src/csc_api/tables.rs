//! The tables that are made of children.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use csc_measures::Origin;
use csc_measures::tables::Lack;

use super::child::{Child, Episode, Leaf, Many, One, Place, Placement};
use super::children::{Children, FORM};
use crate::derived::{Derived, Value};

impl<'a> From<&'a Leaf> for Value<'a> {
    fn from(leaf: &'a Leaf) -> Self {
        match leaf {
            Leaf::Null => Self::Null,
            Leaf::Bool(value) => Self::Bool(*value),
            Leaf::Text(text) => Self::Text(text),
            Leaf::Unreadable => Self::Unreadable,
        }
    }
}

fn origin(at: &Place) -> Origin<'_> {
    Origin { source: &at.source, row: at.number }
}

impl Children {
    /// The tables that are made of them.
    pub(crate) fn tables(&self) -> Vec<Derived<'_>> {
        tables(self)
    }
}

fn tables(children: &Children) -> Vec<Derived<'_>> {
    let cared: Vec<Cared<'_>> = children.iter().map(Cared::new).collect();
    let mut tables = vec![
        persons(children, &cared),
        immigration_statuses(children),
        referrals(children),
        assessments(children),
        section_47_enquiries(children),
        initial_conferences(children),
        cp_plans(children),
        cin_plans(children),
        cla_episodes(children, &cared),
        cla_placements(&cared),
        care_leavers(children),
        activities(children),
        permanence(&cared),
    ];
    // Systems that send no workers leave the table to other files.
    if episodes(children).any(|(_, episode)| !episode.care_worker_details.0.is_empty()) {
        tables.push(involvements(children));
    }
    for table in &mut tables {
        if table.is_made_of_nothing() && !is_list_given(children, table.table()) {
            table.lacks(Lack::Everything);
        }
    }
    tables
}

/// Whether any child has the list that a table is made of, which may be empty: then there are none. A table that is
/// made of fields of a child alone is there with every child.
fn is_list_given(children: &Children, table: &str) -> bool {
    let any = |is_given: fn(&Episode) -> bool| episodes(children).any(|(_, episode)| is_given(episode));
    match table {
        _ if children.iter().next().is_none() => true,
        "referrals" => children.iter().any(|child| child.social_care_episodes.is_given()),
        "assessments" => any(|episode| episode.child_and_family_assessments.is_given()),
        "section_47_enquiries" | "initial_conferences" => {
            any(|episode| episode.section_47_assessments.is_given())
        }
        "cp_plans" => any(|episode| episode.child_protection_plans.is_given()),
        "cin_plans" => any(|episode| episode.child_in_need_plans.is_given()),
        "cla_episodes" | "cla_placements" => any(|episode| episode.child_looked_after_placements.is_given()),
        _ => true,
    }
}

/// The episodes of the children, each with its child.
fn episodes(children: &Children) -> impl Iterator<Item = (&Child, &Episode)> {
    children.iter().flat_map(|child| child.social_care_episodes.iter().map(move |episode| (child, episode)))
}

/// Reports the items of a list that are not objects.
fn tell<'a, T: 'a>(table: &mut Derived<'a>, lists: impl Iterator<Item = &'a Many<T>>) {
    for at in lists.flat_map(Many::unreadable) {
        table.push_bad(origin(at));
    }
}

fn persons<'a>(children: &'a Children, cared: &[Cared<'a>]) -> Derived<'a> {
    const COLUMNS: [&str; 4] = ["person_id", "date_of_birth", "expected_date_of_birth", "date_of_death"];
    let mut table = Derived::new("persons", &COLUMNS);
    for (child, cared) in children.iter().zip(cared) {
        let details = child.child_details.get();
        // E2: the child died
        let died = cared.placements.iter().find(|one| one.placement.end_reason.text() == "E2");
        table.push(
            origin(&child.at),
            [
                (&child.la_child_id).into(),
                details.map_or(Value::Null, |details| (&details.date_of_birth).into()),
                details.map_or(Value::Null, |details| (&details.expected_date_of_birth).into()),
                died.map_or(Value::Null, |one| (&one.placement.end_date).into()),
            ],
        );
        if let One::Unreadable(at) = &child.child_details {
            table.push_bad(origin(at));
        }
    }
    for at in &children.unreadable {
        table.push_bad(origin(at));
    }
    table
}

/// Unaccompanied asylum-seeking children, up to the day they are it no more.
fn immigration_statuses(children: &Children) -> Derived<'_> {
    let mut table = Derived::new("immigration_statuses", &["person_id", "status", "end_date"]);
    for child in children.iter() {
        let details = child.child_details.get();
        if let Some(details) = details.filter(|details| details.uasc_flag.is_true()) {
            let end = (&details.uasc_end_date).into();
            table.push(origin(&details.at), [(&child.la_child_id).into(), Value::Text("UASC"), end]);
        }
    }
    table
}

fn referrals(children: &Children) -> Derived<'_> {
    const COLUMNS: [&str; 5] = ["referral_id", "person_id", "referral_date", "close_date", "close_reason"];
    let mut table = Derived::new("referrals", &COLUMNS);
    for (child, episode) in episodes(children) {
        table.push(
            origin(&episode.at),
            [
                (&episode.social_care_episode_id).into(),
                (&child.la_child_id).into(),
                (&episode.referral_date).into(),
                (&episode.closure_date).into(),
                (&episode.closure_reason).into(),
            ],
        );
    }
    tell(&mut table, children.iter().map(|child| &child.social_care_episodes));
    table
}

fn assessments(children: &Children) -> Derived<'_> {
    const COLUMNS: [&str; 5] = ["assessment_id", "person_id", "referral_id", "start_date", "authorised_date"];
    let mut table = Derived::new("assessments", &COLUMNS);
    for (child, episode) in episodes(children) {
        for assessment in episode.child_and_family_assessments.iter() {
            table.push(
                origin(&assessment.at),
                [
                    (&assessment.child_and_family_assessment_id).into(),
                    (&child.la_child_id).into(),
                    (&episode.social_care_episode_id).into(),
                    (&assessment.start_date).into(),
                    (&assessment.authorisation_date).into(),
                ],
            );
        }
    }
    tell(&mut table, episodes(children).map(|(_, episode)| &episode.child_and_family_assessments));
    table
}

/// The workers to whom the child is allocated.
fn involvements(children: &Children) -> Derived<'_> {
    const COLUMNS: [&str; 5] = ["involvement_id", "worker_id", "person_id", "start_date", "end_date"];
    let mut table = Derived::new("involvements", &COLUMNS);
    for (child, episode) in episodes(children) {
        for (number, worker) in (1..).zip(episode.care_worker_details.iter()) {
            let (id, of) = (child.la_child_id.text(), episode.social_care_episode_id.text());
            table.push(
                origin(&worker.at),
                [
                    Value::Made(format!("{id}/{of}/worker{number}")),
                    (&worker.worker_id).into(),
                    (&child.la_child_id).into(),
                    (&worker.start_date).into(),
                    (&worker.end_date).into(),
                ],
            );
        }
    }
    tell(&mut table, episodes(children).map(|(_, episode)| &episode.care_worker_details));
    table
}

fn section_47_enquiries(children: &Children) -> Derived<'_> {
    const COLUMNS: [&str; 4] = ["s47_enquiry_id", "person_id", "referral_id", "start_date"];
    let mut table = Derived::new("section_47_enquiries", &COLUMNS);
    for (child, episode) in episodes(children) {
        for enquiry in episode.section_47_assessments.iter() {
            table.push(
                origin(&enquiry.at),
                [
                    (&enquiry.section_47_assessment_id).into(),
                    (&child.la_child_id).into(),
                    (&episode.social_care_episode_id).into(),
                    (&enquiry.start_date).into(),
                ],
            );
        }
    }
    tell(&mut table, episodes(children).map(|(_, episode)| &episode.section_47_assessments));
    table
}

/// Those held, and those to come: required, and without a date.
fn initial_conferences(children: &Children) -> Derived<'_> {
    const COLUMNS: [&str; 4] = ["icpc_id", "person_id", "s47_enquiry_id", "date"];
    let mut table = Derived::new("initial_conferences", &COLUMNS);
    for (child, episode) in episodes(children) {
        for enquiry in episode.section_47_assessments.iter() {
            if enquiry.icpc_date.is_there() || enquiry.icpc_required_flag.is_true() {
                let id = enquiry.section_47_assessment_id.text();
                table.push(
                    origin(&enquiry.at),
                    [
                        Value::Made(format!("{id}/icpc")),
                        (&child.la_child_id).into(),
                        (&enquiry.section_47_assessment_id).into(),
                        (&enquiry.icpc_date).into(),
                    ],
                );
            }
        }
    }
    table
}

fn cp_plans(children: &Children) -> Derived<'_> {
    let mut table = Derived::new("cp_plans", &["cp_plan_id", "person_id", "start_date", "end_date"]);
    for (child, episode) in episodes(children) {
        for plan in episode.child_protection_plans.iter() {
            let (start, end) = ((&plan.start_date).into(), (&plan.end_date).into());
            let own = (&plan.child_protection_plan_id).into();
            table.push(origin(&plan.at), [own, (&child.la_child_id).into(), start, end]);
        }
    }
    tell(&mut table, episodes(children).map(|(_, episode)| &episode.child_protection_plans));
    table
}

fn cin_plans(children: &Children) -> Derived<'_> {
    let mut table = Derived::new("cin_plans", &["cin_plan_id", "person_id", "start_date", "end_date"]);
    for (child, episode) in episodes(children) {
        for plan in episode.child_in_need_plans.iter() {
            let (start, end) = ((&plan.start_date).into(), (&plan.end_date).into());
            let own = (&plan.child_in_need_plan_id).into();
            table.push(origin(&plan.at), [own, (&child.la_child_id).into(), start, end]);
        }
    }
    tell(&mut table, episodes(children).map(|(_, episode)| &episode.child_in_need_plans));
    table
}

/// The placements of a child in order, each in its period of care.
struct Cared<'a> {
    child: &'a Child,
    placements: Vec<InPeriod<'a>>,
}

/// A placement of the API: one begins also if the legal status alone changes.
struct InPeriod<'a> {
    placement: &'a Placement,
    start: Option<NaiveDate>,
    end: Option<NaiveDate>,
    /// The id of the period of care.
    period: String,
    /// The first of those that are one placement.
    first: &'a Placement,
}

impl<'a> Cared<'a> {
    fn new(child: &'a Child) -> Self {
        let all = child
            .social_care_episodes
            .iter()
            .flat_map(|episode| episode.child_looked_after_placements.iter());
        let mut placements: Vec<InPeriod<'a>> = all
            .map(|placement| InPeriod {
                placement,
                start: FORM.read(placement.start_date.text()),
                end: FORM.read(placement.end_date.text()),
                period: String::new(),
                first: placement,
            })
            .collect();
        placements.sort_by_key(|one| one.start);
        let mut before: Option<(Option<NaiveDate>, bool, &Placement, &Placement, String)> = None;
        for one in &mut placements {
            let reason = one.placement.start_reason.text();
            let goes_on = |end: Option<NaiveDate>, is_open: bool| match (end, one.start) {
                (Some(end), Some(start)) => end >= start,
                _ => is_open,
            };
            let same = before.take().filter(|(end, is_open, ..)| goes_on(*end, *is_open) && reason != "S");
            one.period = match &same {
                Some((.., period)) => period.clone(),
                None => format!("{}/{}", child.la_child_id.text(), one.placement.start_date.text()),
            };
            let is_same_home = |last: &Placement| {
                reason == "L" && last.placement_type.text() == one.placement.placement_type.text()
            };
            if let Some((_, _, _, first, _)) = same.filter(|(_, _, last, ..)| is_same_home(last)) {
                one.first = first;
            }
            let is_open = !one.placement.end_date.is_there();
            before = Some((one.end, is_open, one.placement, one.first, one.period.clone()));
        }
        Self { child, placements }
    }

    /// The placement that ended in an adoption: E11 not contested, E12 contested.
    fn adoption(&self) -> Option<&InPeriod<'a>> {
        self.placements.iter().rfind(|one| matches!(one.placement.end_reason.text(), "E11" | "E12"))
    }
}

impl InPeriod<'_> {
    /// A wrong date is reported once, in `cla_episodes`.
    fn is_well_dated(&self) -> bool {
        let ends = !self.placement.end_date.is_there() || self.end.is_some_and(|end| Some(end) >= self.start);
        self.start.is_some() && ends && self.placement.child_looked_after_placement_id.is_there()
    }
}

fn cla_episodes<'a>(children: &'a Children, cared: &[Cared<'a>]) -> Derived<'a> {
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
    for of in cared {
        for one in &of.placements {
            let placement = one.placement;
            table.push(
                origin(&placement.at),
                [
                    (&placement.child_looked_after_placement_id).into(),
                    (&of.child.la_child_id).into(),
                    Value::Made(one.period.clone()),
                    (&one.first.child_looked_after_placement_id).into(),
                    (&placement.start_date).into(),
                    (&placement.start_reason).into(),
                    (&placement.end_date).into(),
                    (&placement.end_reason).into(),
                ],
            );
        }
    }
    tell(&mut table, episodes(children).map(|(_, episode)| &episode.child_looked_after_placements));
    table
}

fn cla_placements<'a>(cared: &[Cared<'a>]) -> Derived<'a> {
    const COLUMNS: [&str; 7] =
        ["placement_id", "person_id", "cla_id", "start_date", "end_date", "placement_type", "long_term"];
    let mut table = Derived::new("cla_placements", &COLUMNS);
    // It has postcodes, and no distances.
    table.lacks(Lack::Distances);
    for of in cared {
        let placements: Vec<&InPeriod<'a>> = of.placements.iter().filter(|one| one.is_well_dated()).collect();
        for (place, one) in placements.iter().enumerate() {
            let first = one.placement;
            if !std::ptr::eq(first, one.first) {
                continue;
            }
            let run = placements.iter().skip(place).take_while(|other| std::ptr::eq(other.first, first));
            let last = run.last().unwrap_or(one).placement;
            table.push(
                origin(&first.at),
                [
                    (&first.child_looked_after_placement_id).into(),
                    (&of.child.la_child_id).into(),
                    Value::Made(one.period.clone()),
                    (&first.start_date).into(),
                    (&last.end_date).into(),
                    (&first.placement_type).into(),
                    // foster placements that are meant to last
                    Value::Bool(matches!(first.placement_type.text(), "U1" | "U4")),
                ],
            );
        }
    }
    table
}

fn care_leavers(children: &Children) -> Derived<'_> {
    const COLUMNS: [&str; 4] = ["care_leaver_id", "person_id", "eligibility", "activity"];
    let mut table = Derived::new("care_leavers", &COLUMNS);
    // It knows of no pathway plans.
    table.lacks(Lack::PathwayPlanning);
    for (child, episode) in episodes(children) {
        match &episode.care_leavers {
            One::Some(leaver) => {
                let (id, of) = (child.la_child_id.text(), episode.social_care_episode_id.text());
                // With the day of the contact it is one of the activities.
                let undated = if leaver.contact_date.is_there() { &Leaf::Null } else { &leaver.activity };
                table.push(
                    origin(&leaver.at),
                    [
                        Value::Made(format!("{id}/{of}/leaver")),
                        (&child.la_child_id).into(),
                        Value::Text("former relevant"),
                        undated.into(),
                    ],
                );
            }
            One::Unreadable(at) => table.push_bad(origin(at)),
            One::None => {}
        }
    }
    table
}

fn activities(children: &Children) -> Derived<'_> {
    let mut table = Derived::new("activities", &["activity_id", "person_id", "date", "activity"]);
    for (child, episode) in episodes(children) {
        let leaver = episode.care_leavers.get();
        if let Some(leaver) =
            leaver.filter(|leaver| leaver.contact_date.is_there() && leaver.activity.is_there())
        {
            let (id, of) = (child.la_child_id.text(), episode.social_care_episode_id.text());
            let own = Value::Made(format!("{id}/{of}/activity"));
            let (date, activity) = ((&leaver.contact_date).into(), (&leaver.activity).into());
            table.push(origin(&leaver.at), [own, (&child.la_child_id).into(), date, activity]);
        }
    }
    table
}

/// A row for each adoption order, and for each child who was placed for adoption and is not adopted.
fn permanence<'a>(cared: &[Cared<'a>]) -> Derived<'a> {
    const COLUMNS: [&str; 6] =
        ["permanence_id", "person_id", "cla_id", "placed_for_adoption_date", "order_date", "order_type"];
    let mut table = Derived::new("permanence", &COLUMNS);
    for of in cared {
        let mut placed: BTreeMap<&str, (&Place, &Leaf)> = BTreeMap::new();
        for episode in of.child.social_care_episodes.iter() {
            match &episode.adoption {
                One::Some(adoption) if adoption.placed_date.is_there() => {
                    placed.insert(adoption.placed_date.text(), (&adoption.at, &adoption.placed_date));
                }
                One::Unreadable(at) => table.push_bad(origin(at)),
                One::Some(_) | One::None => {}
            }
        }
        // The last, if a child was placed more than once.
        let placed = placed.into_values().next_back();
        let order = of.adoption();
        let Some(at) = order.map(|one| &one.placement.at).or(placed.map(|(at, _)| at)) else { continue };
        let period = order.or_else(|| of.placements.last()).map(|one| Value::Made(one.period.clone()));
        table.push(
            origin(at),
            [
                Value::Made(format!("{}/adoption", of.child.la_child_id.text())),
                (&of.child.la_child_id).into(),
                period.unwrap_or(Value::Null),
                placed.map_or(Value::Null, |(_, date)| date.into()),
                order.map_or(Value::Null, |one| (&one.placement.end_date).into()),
                order.map_or(Value::Null, |_| Value::Text("Adoption order")),
            ],
        );
    }
    table
}
