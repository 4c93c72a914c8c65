//! The rows of everybody as they stand: those of the whole without the children whose rows were replaced, and those
//! children, each with data of their own.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::data::Data;
use super::live::Live;
use super::service::service;
use crate::value::index::{Indexed, PersonIx, Position, TeamNo};
use crate::value::names::fold;

/// The rows of everybody as they stand.
///
/// Everybody has a place: first the persons of the whole, of whom some are passed over, and then the children.
pub(crate) struct Standing<'a> {
    whole: &'a Data,
    /// For each person of the whole whether it is passed over; empty if nobody is.
    passed_over: Vec<bool>,
    /// The data of the children, by id.
    children: Vec<&'a Data>,
    is_live: bool,
    service: OnceLock<Box<Data>>,
}

/// Somebody in their data.
pub(crate) enum Stands<'a> {
    InWhole(PersonIx),
    /// The one person of the data.
    Apart(&'a Data, PersonIx),
}

impl<'a> Standing<'a> {
    pub(super) fn new(whole: &'a Data, live: Option<&'a Live>) -> Self {
        let (mut passed_over, mut children) = (Vec::new(), Vec::new());
        for child in live.iter().flat_map(|live| live.children()) {
            if let Some(person) = child.in_whole {
                passed_over.resize(whole.person_count(), false);
                if let Some(place) = passed_over.get_mut(person.place()) {
                    *place = true;
                }
            }
            children.extend(child.data.as_deref());
        }
        Self { whole, passed_over, children, is_live: live.is_some(), service: OnceLock::new() }
    }

    /// The whole as it was built.
    pub(crate) fn whole(&self) -> &'a Data {
        self.whole
    }

    /// Whether rows of children were replaced since the whole was built.
    pub(crate) fn is_live(&self) -> bool {
        self.is_live
    }

    /// The number of places.
    pub(crate) fn places(&self) -> usize {
        self.whole.person_count() + self.children.len()
    }

    /// Who has a place; `None`: somebody who is passed over.
    pub(crate) fn at(&self, place: usize) -> Option<Stands<'a>> {
        let count = self.whole.person_count();
        if place < count {
            let is_passed_over = self.passed_over.get(place).copied().unwrap_or(false);
            return (!is_passed_over).then(|| Stands::InWhole(PersonIx::at(place)));
        }
        self.children.get(place - count).map(|data| Stands::Apart(data, PersonIx::at(0)))
    }

    /// Everybody.
    pub(crate) fn everybody(&self) -> impl Iterator<Item = Stands<'a>> {
        (0..self.places()).filter_map(|place| self.at(place))
    }

    /// The persons of the whole who are not passed over.
    pub(crate) fn persons_of_whole(&self) -> impl Iterator<Item = PersonIx> {
        self.everybody().filter_map(|stands| match stands {
            Stands::InWhole(person) => Some(person),
            Stands::Apart(..) => None,
        })
    }

    /// The data of the children whose rows were replaced.
    pub(crate) fn children(&self) -> impl Iterator<Item = &'a Data> {
        self.children.iter().copied()
    }

    /// The rows of nobody, and the workers with the children they have: those of the whole, or the same with the rows of
    /// the children as they stand.
    pub(crate) fn service(&self) -> &Data {
        if !self.is_live {
            return self.whole;
        }
        let is_passed_over =
            |person: PersonIx| self.passed_over.get(person.place()).copied().unwrap_or(false);
        self.service.get_or_init(|| Box::new(service(self.whole, is_passed_over, &self.children)))
    }

    /// Every team that a table names, as it is written there.
    pub(crate) fn team_names(&self) -> BTreeSet<&'a str> {
        let names = self.teams_of_whole().into_iter().map(|team| self.whole.team(team));
        names.chain(self.children().flat_map(Data::team_names)).collect()
    }

    /// The teams that rows of the whole name, but those that only somebody names who is passed over.
    pub(crate) fn teams_of_whole(&self) -> Vec<TeamNo> {
        let whole = self.whole;
        if !self.passed_over.contains(&true) {
            return whole.teams().collect();
        }
        let mut by_others = Indexed::filled(whole.teams().len(), false);
        let mut by_passed_over = by_others.clone();
        for (_, worker) in whole.workers.iter() {
            if let Some(team) = worker.and_then(|worker| worker.team) {
                by_others[team] = true;
            }
        }
        for (place, is_passed_over) in self.passed_over.iter().enumerate() {
            let named = if *is_passed_over { &mut by_passed_over } else { &mut by_others };
            whole.teams_of_person(PersonIx::at(place)).for_each(|team| named[team] = true);
        }
        whole.teams().filter(|team| by_others[*team] || !by_passed_over[*team]).collect()
    }

    /// Those of some teams that no table names; names are compared folded.
    pub(crate) fn unknown_teams<'n>(&self, names: impl IntoIterator<Item = &'n String>) -> BTreeSet<String> {
        let mut names = names.into_iter().peekable();
        if names.peek().is_none() {
            return BTreeSet::new();
        }
        let known: BTreeSet<String> = self.team_names().into_iter().map(fold).collect();
        names.filter(|name| !known.contains(&fold(name))).cloned().collect()
    }
}
