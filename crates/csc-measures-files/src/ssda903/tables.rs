//! The tables that are made of the files.

use super::files::Return;
use super::kind::Kind;
use super::{adoption, children, episodes, leavers, reviews};
use crate::derived::Derived;

impl Return {
    /// The tables that are made from the return.
    pub(crate) fn tables(&self) -> Vec<Derived<'_>> {
        let episodes = episodes::read(self);
        let mut tables: Vec<Derived<'_>> = Vec::new();
        tables.push(children::persons(self, &episodes));
        if self.has(Kind::Uasc) {
            tables.push(children::immigration_statuses(self));
        }
        if self.has(Kind::Episodes) {
            tables.extend(episodes::tables(self, &episodes));
            tables.push(adoption::permanence(self, &episodes));
        }
        if self.has(Kind::Reviews) {
            tables.push(reviews::cla_reviews(self, &episodes));
        }
        if self.has(Kind::Leavers) {
            tables.extend(leavers::tables(self));
        }
        tables
    }
}
