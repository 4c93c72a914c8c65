//! A referral that the censuses of several years tell.
//!
//! A census holds of a case what is of its year: assessments, conferences and plans that ended in it, and those that
//! go on. What was over by then only the earlier census has.

use std::collections::{BTreeMap, VecDeque};

use super::census::{Assessment, Enquiry, Item, Plan, Protection, Referral};
use super::dates::FORM;
use crate::return_year::Day;

impl Referral {
    /// What the referral has besides its own dates, which leaves it without.
    pub(super) fn take_contents(&mut self) -> Self {
        Self {
            conferences: std::mem::take(&mut self.conferences),
            assessments: std::mem::take(&mut self.assessments),
            plans: std::mem::take(&mut self.plans),
            enquiries: std::mem::take(&mut self.enquiries),
            protection: std::mem::take(&mut self.protection),
            ..Self::default()
        }
    }

    /// Takes over what an earlier census had of this referral and this one does not repeat.
    pub(super) fn follow(&mut self, earlier: Self) {
        follow(&mut self.assessments, earlier.assessments);
        follow(&mut self.plans, earlier.plans);
        follow(&mut self.enquiries, earlier.enquiries);
        follow(&mut self.protection, earlier.protection);
        follow(&mut self.conferences, earlier.conferences);
    }
}

/// What is in each census in which it went on.
pub(super) trait Told {
    /// The day by which it is known.
    fn known_by(&self) -> &Item;

    /// Takes over what only the earlier census has.
    fn keep(&mut self, _earlier: &mut Self) {}

    fn day(&self) -> Day {
        Day::of(self.known_by().text(), FORM)
    }
}

/// Puts what only the earlier census has before what this one has.
pub(super) fn follow<T: Told>(later: &mut Vec<T>, earlier: Vec<T>) {
    let mut all = Vec::with_capacity(later.len() + earlier.len());
    // Two of one day are in the same order in each census.
    let mut free: BTreeMap<Day, VecDeque<&mut T>> = BTreeMap::new();
    for anew in later.iter_mut() {
        free.entry(anew.day()).or_default().push_back(anew);
    }
    for mut told in earlier {
        match free.get_mut(&told.day()).and_then(VecDeque::pop_front) {
            Some(anew) => anew.keep(&mut told),
            None => all.push(told),
        }
    }
    all.append(later);
    *later = all;
}

impl Told for Referral {
    fn known_by(&self) -> &Item {
        &self.date
    }
}

impl Told for Assessment {
    fn known_by(&self) -> &Item {
        &self.start
    }
}

impl Told for Plan {
    fn known_by(&self) -> &Item {
        &self.start
    }
}

impl Told for Enquiry {
    fn known_by(&self) -> &Item {
        &self.start
    }
}

impl Told for Protection {
    fn known_by(&self) -> &Item {
        &self.start
    }

    fn keep(&mut self, earlier: &mut Self) {
        follow(&mut self.reviews, std::mem::take(&mut earlier.reviews));
    }
}

/// A review, or a conference without an enquiry.
impl Told for Item {
    fn known_by(&self) -> &Item {
        self
    }
}
