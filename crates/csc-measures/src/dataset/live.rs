//! Children whose rows are not those of the whole any more.

use std::sync::{Arc, OnceLock};

use super::data::Data;
use super::digest::digest;
use super::issue::DataIssue;
use super::owners::Whose;
use super::tree::{Keyed, Tree};
use crate::tables::Table;
use crate::value::index::{IdNo, PersonIx, Position};

/// The children whose rows were replaced since the whole was built.
#[derive(Debug, Default)]
pub(super) struct Live {
    children: Tree<Arc<Child>>,
    /// Whose the ids are that the whole does not have, or has of somebody else.
    claims: Tree<Claim>,
    /// Who refers to what is not there.
    seekers: Tree<Seekers>,
    /// Every issue, once somebody asks.
    pub(super) issues: OnceLock<Vec<DataIssue>>,
}

/// A child whose rows were replaced.
#[derive(Debug)]
pub(super) struct Child {
    pub(super) id: Box<str>,
    /// The child's place in the whole, whose rows are passed over.
    pub(super) in_whole: Option<PersonIx>,
    /// The rows; `None`: the child was taken out.
    pub(super) data: Option<Arc<Data>>,
}

/// An id of a table, by its digest.
type Id = (Table, u64);

#[derive(Clone, Debug)]
struct Claim {
    id: Id,
    child: Arc<Child>,
}

#[derive(Clone, Debug)]
struct Seekers {
    id: Id,
    children: Arc<[Box<str>]>,
}

impl Keyed for Arc<Child> {
    type Key = str;

    fn key(&self) -> &str {
        &self.id
    }
}

impl Keyed for Claim {
    type Key = Id;

    fn key(&self) -> &Id {
        &self.id
    }
}

impl Keyed for Seekers {
    type Key = Id;

    fn key(&self) -> &Id {
        &self.id
    }
}

impl Child {
    /// Whether a row of the child has an id.
    fn has(&self, table: Table, id: &str) -> bool {
        self.data.as_ref().is_some_and(|data| {
            let number = data.ids.by_table(table).number(id);
            number.is_some_and(|number| data.owners.of(table, number) != Whose::NoRow)
        })
    }

    /// The ids of the child's rows that the whole does not have of the same child.
    fn claimed<'c>(&'c self, whole: &'c Data) -> impl Iterator<Item = Id> + 'c {
        let ids = self.data.iter().flat_map(|data| data.owners.ids().map(move |id| text_of(data, id)));
        let is_new = |(table, id): &(Table, &str)| {
            let owner = whole.owner(*table, id);
            !matches!(owner, Whose::Of(person) if Some(person) == self.in_whole)
        };
        ids.filter(is_new).map(|(table, id)| (table, digest(id)))
    }

    /// What rows of the child refer to and is not there.
    fn sought(&self) -> impl Iterator<Item = Id> + '_ {
        let of_data = |data: &Arc<Data>| {
            let sought = data.owners.sought.iter();
            let ids = sought.map(|(table, id, _)| (*table, digest(text_of(data, (*table, *id)).1)));
            ids.collect::<Vec<Id>>()
        };
        self.data.iter().flat_map(of_data)
    }
}

/// An id as text.
pub(super) fn text_of(data: &Data, (table, id): (Table, IdNo)) -> (Table, &str) {
    (table, data.ids.by_table(table).text(id))
}

impl Live {
    /// The children, by id.
    pub(super) fn children(&self) -> impl Iterator<Item = &Child> {
        self.children.iter().map(|child| &**child)
    }

    /// A child by id.
    pub(super) fn child(&self, id: &str) -> Option<&Child> {
        self.children.get(id).map(|child| &**child)
    }

    /// The same with a child's rows in place of those before.
    pub(super) fn with(&self, child: Child, whole: &Data) -> Self {
        let child = Arc::new(child);
        let before = self.child(&child.id);
        let (old, new): (Vec<Id>, Vec<Id>) = (
            before.into_iter().flat_map(|before| before.claimed(whole)).collect(),
            child.claimed(whole).collect(),
        );
        let mut claims = self.claims.clone();
        for id in old.iter().filter(|id| !new.contains(id)) {
            claims = claims.without(id);
        }
        for id in new {
            claims = claims.with(Claim { id, child: Arc::clone(&child) });
        }
        let mut seekers = self.seekers.clone();
        for id in before.into_iter().flat_map(Child::sought) {
            seekers = Self::without_seeker(&seekers, id, &child.id);
        }
        for id in child.sought() {
            seekers = Self::without_seeker(&seekers, id, &child.id);
            let others = seekers.get(&id).map(|seekers| Arc::clone(&seekers.children));
            let children = others.iter().flat_map(|others| others.iter()).chain([&child.id]);
            seekers = seekers.with(Seekers { id, children: children.cloned().collect() });
        }
        // A child whom neither the whole nor anything else has leaves nothing behind.
        let children = match (&child.data, child.in_whole) {
            (None, None) => self.children.without(&child.id),
            _ => self.children.with(child),
        };
        Self { children, claims, seekers, issues: OnceLock::new() }
    }

    fn without_seeker(seekers: &Tree<Seekers>, id: Id, child: &str) -> Tree<Seekers> {
        let Some(known) = seekers.get(&id) else { return seekers.clone() };
        let children: Arc<[Box<str>]> =
            known.children.iter().filter(|other| ***other != *child).cloned().collect();
        if children.is_empty() { seekers.without(&id) } else { seekers.with(Seekers { id, children }) }
    }

    /// Whether somebody other than a child has a row with an id.
    pub(super) fn is_held_by_others(&self, table: Table, id: &str, child: &str, whole: &Data) -> bool {
        let of_whole = match whole.owner(table, id) {
            Whose::NoRow => false,
            Whose::Nobodys => true,
            Whose::Of(person) => {
                let person = whole.person_id(person);
                person != child && self.child(person).is_none_or(|other| other.has(table, id))
            }
        };
        let claim = || self.claims.get(&(table, digest(id)));
        of_whole || claim().is_some_and(|claim| *claim.child.id != *child)
    }

    /// Whether a row of somebody other than a child refers to what has an id and is not there.
    pub(super) fn is_sought_by_others(&self, table: Table, id: &str, child: &str, whole: &Data) -> bool {
        let is_other = |person: PersonIx| {
            let person = whole.person_id(person);
            person != child && self.child(person).is_none()
        };
        let of_whole = whole.seekers(table, id).any(is_other);
        let seekers = || self.seekers.get(&(table, digest(id)));
        of_whole || seekers().is_some_and(|seekers| seekers.children.iter().any(|other| **other != *child))
    }

    /// By how many the children are more than those of the whole whom they replace, and by how many fewer.
    pub(super) fn person_count(&self, whole: &Data) -> usize {
        let persons = |child: &Child| usize::from(child.data.is_some());
        let replaced = self.children().filter(|child| child.in_whole.is_some()).count();
        whole.person_count() - replaced + self.children().map(persons).sum::<usize>()
    }

    /// Every issue: those of the whole, and those of the rows that were given for children, which are counted in those
    /// rows.
    pub(super) fn issues(&self, whole: &Data) -> &[DataIssue] {
        self.issues.get_or_init(|| {
            let of_child = |child: &Child| {
                let issues = child.data.iter().flat_map(|data| data.issues.iter().cloned());
                issues.collect::<Vec<DataIssue>>()
            };
            let mut issues: Vec<DataIssue> = whole.issues.clone();
            issues.extend(self.children().flat_map(of_child));
            issues.sort_by(|a, b| a.order().cmp(&b.order()));
            issues
        })
    }
}

impl Data {
    /// Whose row of a table has an id.
    fn owner(&self, table: Table, id: &str) -> Whose {
        let number = self.ids.by_table(table).number(id);
        number.map_or(Whose::NoRow, |number| self.owners.of(table, number))
    }

    /// The persons whose rows refer to what has an id and is not there.
    fn seekers(&self, table: Table, id: &str) -> impl Iterator<Item = PersonIx> {
        let number = self.ids.by_table(table).number(id);
        let sought = &self.owners.sought;
        number.into_iter().flat_map(move |number| {
            let from =
                sought.partition_point(|(of, other, _)| (*of, other.place()) < (table, number.place()));
            let is_it = move |(of, other, _): &&(Table, IdNo, PersonIx)| (*of, *other) == (table, number);
            sought.iter().skip(from).take_while(is_it).map(|(_, _, person)| *person)
        })
    }
}
